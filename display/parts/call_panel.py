"""The large panel: the current call and where it goes; while it is new it alternates, then stands in kunyit."""

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from display.board import Closed, CountersFrom, NobodyCalled, Notice, NowCalled, NumbersFrom, Panel
from display.parts.call_bar import BarWords, CallBar
from display.parts.notice import NoticePane
from display.words import notice_words
from ui.icons import Icon
from ui.text import Align
from ui.theme import Ground, Motion, Role, Theme, Tone, Type, Weight
from ui.widgets.edge import HEIGHT_PX as EDGE_PX
from ui.widgets.edge import paint_teeth
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate
from ui.widgets.wordmark import Wordmark
from wording import Wording

ALTERNATIONS = 3
PHASE_MS = 400
"""Half a period of 1.25 Hz."""
_FRAME_PX = 16

_ICONS: dict[type[Notice], Icon] = {
    NumbersFrom: Icon.CLOCK,
    CountersFrom: Icon.DOOR,
    NobodyCalled: Icon.BELL,
    Closed: Icon.CALENDAR_CLOCK,
}


class CallPanel(QWidget):
    """Reaches down to the tips of the teeth at its foot. In portrait it also holds the clock."""

    painted = Signal(object)
    """The NowCalled just painted; to be connected queued, so that it is told when the picture is out."""

    def __init__(self, theme: Theme, wording: Wording, motion: Motion, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._motion = motion
        self._shown: Panel | None = None
        self._phases_left = 0
        self._flash = QTimer(self, interval=PHASE_MS, timerType=Qt.TimerType.PreciseTimer)
        self._flash.timeout.connect(self._next_phase)
        portrait = not theme.surface.is_landscape
        self._wordmark = Wordmark(theme, 42, Tone.ON_PANEL)
        medium = Type(theme.px(42), Weight.MEDIUM, line_em=1.15)
        align = Align.LEFT if portrait else Align.RIGHT
        self._outlet = TextLabel(theme, "", medium, Tone.ON_PANEL, align, max_lines=2)
        self._clock = TextLabel(theme, "", theme.type(Role.CLOCK).spaced(1.0), Tone.ON_PANEL, Align.RIGHT)
        self._clock.setVisible(portrait)
        side = (theme.surface.value.size.width if portrait else 1160) - 2 * theme.surface.value.margin
        self._plate = NumberPlate(theme, side // 3, ground=Ground.PANEL)
        self._notice = NoticePane(theme, side // 3)
        self._bar = CallBar(theme, 184 if portrait else 168)
        self._arrange(portrait)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def shown(self) -> Panel | None:
        return self._shown

    @property
    def ground(self) -> Ground:
        """PANEL, or NOW while the panel is kunyit."""
        is_new = isinstance(self._shown, NowCalled) and self._shown.is_new
        return Ground.NOW if is_new and self._phases_left % 2 == 0 else Ground.PANEL

    @property
    def is_flashing(self) -> bool:
        return self._flash.isActive()

    def set_outlet(self, name: str) -> None:
        self._outlet.set_words(name)

    def set_clock(self, clock: str) -> None:
        self._clock.set_words(clock)

    def set_panel(self, panel: Panel) -> None:
        """Show it at once; a call that is new begins to flash."""
        before, self._shown = self._shown, panel
        if panel == before:
            return
        self._show_words(panel)
        if isinstance(panel, NowCalled) and panel.is_new and not _same_new(before, panel):
            self._begin_flash()
        self._colour()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.page))
        foot = self.height() - self._theme.px(EDGE_PX)
        field = QRectF(0, 0, self.width(), foot)
        painter.fillRect(field, QColor(palette.ground(self.ground)))
        if self.ground is Ground.NOW:
            frame = self._theme.px(_FRAME_PX)
            painter.fillRect(field, QColor(palette.on_now))
            painter.fillRect(field.adjusted(frame, frame, -frame, -frame), QColor(palette.now))
        else:
            teeth = QRectF(0, foot, self.width(), self._theme.px(EDGE_PX))
            paint_teeth(painter, teeth, palette.panel, self._theme, band_px=0)
        painter.end()
        if isinstance(self._shown, NowCalled):
            self.painted.emit(self._shown)

    def _arrange(self, portrait: bool) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        foot = theme.px(EDGE_PX + (60 if portrait else 36))
        column.setContentsMargins(theme.margin, theme.px(32), theme.margin, foot)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.px(32))
        if portrait:
            names = QVBoxLayout()
            names.setSpacing(theme.px(4))
            names.addWidget(self._wordmark, 0, Qt.AlignmentFlag.AlignLeft)
            names.addWidget(self._outlet)
            head.addLayout(names, 1)
            head.addWidget(self._clock)
        else:
            head.addWidget(self._wordmark)
            head.addWidget(self._outlet, 1)
        column.addLayout(head)
        column.addStretch(1)
        column.addWidget(self._plate)
        column.addWidget(self._notice)
        column.addStretch(1)
        column.addWidget(self._bar)

    def _show_words(self, panel: Panel) -> None:
        is_call = isinstance(panel, NowCalled)
        self._plate.setVisible(is_call)
        self._notice.setVisible(not is_call)
        if isinstance(panel, NowCalled):
            self.setObjectName(f"panel-{panel.call.letter}{panel.digits}")
            self._plate.set_number(panel.call.letter, panel.digits)
            self._bar.set_words(self._where_to_go(panel))
        else:
            self.setObjectName("panel-notice")
            words = notice_words(panel, self._wording)
            self._notice.set_notice(_ICONS[type(panel)], words.title)
            self._bar.set_words(BarWords(words.line, figure=words.time))

    def _where_to_go(self, panel: NowCalled) -> BarWords:
        t = self._wording.t
        counter = self._wording.number(panel.call.counter)
        if not panel.is_new:
            return BarWords(t("Please go to"), t("Counter"), counter)
        line = t("New call") if panel.call.call == 1 else t("Called again")
        return BarWords(line, t("Counter"), counter, Icon.BELL_RING)

    def _begin_flash(self) -> None:
        if self._motion is Motion.FULL:
            self._phases_left = 2 * ALTERNATIONS
            self._flash.start()

    def _next_phase(self) -> None:
        self._phases_left -= 1
        if self._phases_left == 0:
            self._flash.stop()
        self._colour()

    def _colour(self) -> None:
        ground = self.ground
        tone = Tone.ON_NOW if ground is Ground.NOW else Tone.ON_PANEL
        for label in (self._wordmark, self._outlet, self._clock):
            label.set_tone(tone)
        self._plate.set_ground(ground)
        self._bar.set_ground(ground)
        self.update()


def _same_new(before: Panel | None, panel: NowCalled) -> bool:
    return isinstance(before, NowCalled) and before.is_new and before.call == panel.call
