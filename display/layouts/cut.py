"""The page of a display without a connection: it says so, what holds, and since when; no number is on it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from display.board import Connecting, Cut
from display.parts.clock import Clock
from display.words import clock, running_text
from ui.icons import Icon, paint_icon
from ui.theme import Ground, Motion, Role, Theme, Tone, Type, Weight
from ui.widgets.box import Box, paint_box
from ui.widgets.edge import Edge
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from ui.widgets.running import RunningText
from ui.widgets.wordmark import Wordmark
from wording import Wording

_TILE_PX = 340
_TILE_RADIUS_PX = 64
_TEXT_PX = 60


class _Tile(QWidget):
    """A large picture on a card."""

    def __init__(self, theme: Theme, icon: Icon) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        side = theme.px(_TILE_PX)
        self._side = QSize(side, side)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self._side

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        box = Box(palette.card, palette.ink, palette.control, theme.line(3))
        paint_box(painter, QRectF(self.rect()), theme.px(_TILE_RADIUS_PX), box, theme)
        px = self._side.width() * 0.54
        corner = (self._side.width() - px) / 2
        paint_icon(painter, self._icon, QRectF(corner, corner, px, px), palette.ink)
        painter.end()


class _Rule(QWidget):
    """A line that can be seen on the quiet ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.line(3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.control))
        painter.end()


class CutPage(QWidget):
    """Cut off, or connecting for the first time: then neither outlet nor time are known."""

    def __init__(self, theme: Theme, wording: Wording, motion: Motion, scene: Cut | Connecting) -> None:
        super().__init__()
        self.setObjectName("cut" if isinstance(scene, Cut) else "connecting")
        self._theme = theme
        self._wording = wording
        self._outlet = TextLabel(theme, "", self._medium(42), Tone.INK, max_lines=2)
        self._clock = Clock(theme, wording)
        self._last = TextLabel(theme, "", Role.LEAD, Tone.FAINT)
        self._running = RunningText(theme, motion, self)
        self._running.setVisible(isinstance(scene, Cut))
        self._arrange(scene)
        self.show_scene(scene)

    def show_scene(self, scene: Cut | Connecting) -> None:
        if isinstance(scene, Cut):
            self._outlet.set_words(scene.outlet.name)
            self._clock.set_time(scene.minute)
            last = clock(scene.lost_at, self._wording)
            self._last.set_words(self._wording.t("Last connected {time}", time=last))
            self._running.set_text(running_text(scene.outlet.announcement, self._wording.language))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.ground(Ground.QUIET)))
        painter.end()

    def _arrange(self, scene: Cut | Connecting) -> None:
        px = self._theme.px
        content = QVBoxLayout()
        content.setContentsMargins(self._theme.margin, px(40), self._theme.margin, px(48))
        content.setSpacing(0)
        content.addLayout(self._head())
        content.addStretch(2)
        content.addLayout(self._middle(scene))
        content.addStretch(2)
        if isinstance(scene, Cut):
            content.addWidget(_Rule(self._theme))
            content.addSpacing(px(40))
            content.addLayout(self._foot())
            content.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(Edge(self._theme, self._theme.palette.control))
        page.addLayout(content, 1)
        if isinstance(scene, Cut):
            page.addWidget(self._running)

    def _head(self) -> QHBoxLayout | QVBoxLayout:
        wordmark = Wordmark(self._theme, 42, Tone.INK)
        names = QHBoxLayout()
        names.setSpacing(self._theme.px(40))
        names.addWidget(wordmark)
        names.addWidget(self._outlet, 1)
        if self._theme.surface.is_landscape:
            names.addWidget(self._clock)
            return names
        both = QVBoxLayout()
        both.setSpacing(self._theme.px(24))
        both.addLayout(names)
        both.addWidget(self._clock)
        return both

    def _middle(self, scene: Cut | Connecting) -> QHBoxLayout | QVBoxLayout:
        t = self._wording.t
        if isinstance(scene, Cut):
            icon, title = Icon.UNPLUG, t("This screen is disconnected")
            lines = [t("Your number stays valid."), t("Please listen for the call from the counter.")]
        else:
            icon, title = Icon.PLUG, t("This screen is connecting")
            lines = [t("One moment, please.")]
        texts = QVBoxLayout()
        texts.setSpacing(self._theme.px(16))
        texts.addStretch()
        texts.addWidget(TextLabel(self._theme, title, self._theme.type(Role.TITLE).spaced(1.25)))
        texts.addSpacing(self._theme.px(8))
        for line in lines:
            texts.addWidget(TextLabel(self._theme, line, self._medium(_TEXT_PX)))
        texts.addStretch()
        middle = QHBoxLayout() if self._theme.surface.is_landscape else QVBoxLayout()
        middle.setSpacing(self._theme.px(88 if self._theme.surface.is_landscape else 64))
        middle.addWidget(_Tile(self._theme, icon), 0, Qt.AlignmentFlag.AlignLeft)
        middle.addLayout(texts, 1)
        return middle

    def _foot(self) -> QHBoxLayout | QVBoxLayout:
        again = Fact(self._theme, Icon.REFRESH, self._wording.t("Reconnecting"), Role.LEAD)
        foot = QHBoxLayout() if self._theme.surface.is_landscape else QVBoxLayout()
        foot.setSpacing(self._theme.px(24))
        foot.addWidget(again)
        if self._theme.surface.is_landscape:
            foot.addStretch(1)
        foot.addWidget(self._last)
        return foot

    def _medium(self, px: int) -> Type:
        return Type(self._theme.px(px), Weight.MEDIUM, line_em=1.3)
