"""The bar at the head of the window: pages, the counter's state, whose it is, and the clock."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import ClerkRole
from counter import sentences, words
from counter.desk import DeskStatus
from counter.page import Tab, WorkPage
from counter.presenter import Presenter
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Ground, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.box import Box
from ui.widgets.card import Field
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from ui.widgets.pressable import Pressable, State
from ui.widgets.wordmark import Wordmark
from wording import Wording

BAR_PX = 60
STRIP_BAR_PX = 52
SIGN_GAP_PX = 6


class TabButton(Pressable):
    """The present page is underlined. Behind its name, how many things there need a look."""

    def __init__(self, theme: Theme, said: str, key: str) -> None:
        self._to_see = ""
        super().__init__(theme, said)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setShortcut(QKeySequence(key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def set_to_see(self, count: int, w: Wording) -> None:
        """Mark it, or take the mark away."""
        to_see = w.number(count) if count else ""
        if to_see != self._to_see:
            self._to_see = to_see
            self.updateGeometry()
            self.update()
        said = w.tn("{n} needs a look", "{n} need a look", count)
        self.setAccessibleName(f"{self.words}, {said}" if count else str(self.words))

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        pressed = state is State.PRESSED
        return Box(palette.pressed if pressed else palette.panel, palette.on_panel)

    @property
    def radius(self) -> int:
        return 0

    def height_for(self, _width: int) -> int:
        return self.theme.px(STRIP_BAR_PX)

    def design_width(self) -> int:
        words = Paragraph(self.words, self._type(Weight.BOLD)).width
        return round(words + self._sign_room) + 2 * self._padding

    @property
    def is_cut(self) -> bool:
        return Paragraph(self.words, self._type(Weight.BOLD), self.width() - self._sign_room).is_cut

    def paint_words(self, painter: QPainter, box: Box) -> None:
        text = Paragraph(self.words, self._type(Weight.BOLD if self.isChecked() else Weight.MEDIUM))
        middle = (self.width() - self._sign_room) / 2
        text.draw(painter, middle, (self.height() - text.height) / 2, box.ink, Align.CENTRE)
        if self._to_see:
            self._paint_sign(painter, box, middle + text.width / 2)
        if self.isChecked():
            line = self.theme.px(5)
            painter.fillRect(
                QRectF(0, self.height() - line, self.width(), line), QColor(self.theme.palette.krem)
            )

    def _paint_sign(self, painter: QPainter, box: Box, words_end: float) -> None:
        px, middle = self._sign_px, self.height() / 2
        left = words_end + self.theme.px(SIGN_GAP_PX)
        paint_icon(painter, Icon.ALERT, QRectF(left, middle - px / 2, px, px), box.ink)
        count = self._count
        count.draw(painter, left + px + self.theme.px(SIGN_GAP_PX) / 2, middle - count.height / 2, box.ink)

    @property
    def _count(self) -> Paragraph:
        return Paragraph(self._to_see, self._type(Weight.BOLD))

    @property
    def _sign_px(self) -> int:
        return round(self.theme.type(Role.SMALL).px * 1.1)

    @property
    def _sign_room(self) -> float:
        """What the mark takes, with the gaps before and in it."""
        if not self._to_see:
            return 0
        return self._sign_px + self._count.width + self.theme.px(SIGN_GAP_PX) * 1.5

    def _type(self, weight: Weight) -> Type:
        return Type(self.theme.type(Role.SMALL).px, weight)

    @property
    def _padding(self) -> int:
        return self.theme.px(8 if self.theme.surface is Surface.STRIP else 16)


class Bar(Field):
    """Above every page of a clerk's work."""

    def __init__(self, theme: Theme, w: Wording, page: WorkPage, presenter: Presenter) -> None:
        super().__init__(theme, Ground.PANEL)
        self._w = w
        is_strip = theme.surface is Surface.STRIP
        self.setFixedHeight(theme.px(STRIP_BAR_PX if is_strip else BAR_PX))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8) if is_strip else theme.margin, 0, theme.margin, 0)
        row.setSpacing(theme.space(8))
        if not is_strip:
            row.addWidget(Wordmark(theme, 17, Tone.ON_PANEL))
            row.addSpacing(theme.space(8))
        self._tabs = {
            tab: self._tab(theme, said, key, tab, presenter) for tab, said, key in self._pages(page, is_strip)
        }
        self._more = TabButton(theme, w.t("More"), "Ctrl+M")
        self._more.setObjectName("more")
        self._more.clicked.connect(presenter.office.open_menu)
        for button in (*self._tabs.values(), self._more):
            row.addWidget(button)
        row.addStretch(1)
        self._standing = Fact(theme, Icon.CIRCLE_CHECK, "", Role.SMALL, Tone.ON_PANEL)
        self._place = _line(theme, Role.SMALL, Weight.BOLD)
        self._clerk = _line(theme, Role.LEAST, Weight.MEDIUM)
        if not is_strip:  # there the desk says it itself
            row.addWidget(self._standing, 0, Qt.AlignmentFlag.AlignVCenter)
            row.addSpacing(theme.space(16))
            row.addLayout(self._whose())
            row.addSpacing(theme.space(16))
        self._clock = _line(theme, Role.CLOCK, Weight.BOLD)
        row.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show_work(page)

    def show_work(self, page: WorkPage) -> None:
        w = self._w
        self._tabs.get(page.tab, self._more).setChecked(True)
        self._tabs.get(Tab.DEVICES, self._more).set_to_see(page.office.to_see, w)
        self._more.setEnabled(page.around.link is Link.LIVE)
        self._clock.set_words(words.clock(page.around.minute, w))
        self._clerk.set_words(page.profile.name)
        is_away = page.desk is None or page.desk.status is DeskStatus.CLOSED
        if is_away and page.profile.role is ClerkRole.BACK_OFFICE:
            self._place.set_words(words.role(page.profile.role, w))
        else:
            self._place.set_words(w.t("Counter {number}", number=page.around.counter))
        self._standing.set_words(self._standing_words(page))
        self._standing.set_icon(self._standing_icon(page), Tone.ON_PANEL)

    def _standing_words(self, page: WorkPage) -> str:
        if page.around.link is not Link.LIVE:
            return self._w.t("Offline")
        return words.standing(page.desk, self._w)

    @staticmethod
    def _standing_icon(page: WorkPage) -> Icon:
        if page.around.link is not Link.LIVE:
            return Icon.UNPLUG
        match page.desk.status if page.desk is not None else DeskStatus.CLOSED:
            case DeskStatus.CLOSED:
                return Icon.LOCK
            case DeskStatus.ON_BREAK:
                return Icon.COFFEE
            case _:
                return Icon.CIRCLE_CHECK

    def _pages(self, page: WorkPage, is_strip: bool) -> list[tuple[Tab, str, str]]:
        """What the clerk can turn to; in the strip the rest is behind "More"."""
        w = self._w
        pages = [
            (Tab.DESK, self._desk_name(page, is_strip), "Ctrl+1"),
            (Tab.ONE_DAY, w.t("Same-day"), "Ctrl+2"),
        ]
        if not is_strip:
            pages.append((Tab.APPOINTMENTS, w.t("Appointments"), "Ctrl+3"))
            if page.profile.role is ClerkRole.SUPERVISOR:
                pages.append((Tab.SUPERVISION, w.t("Overview"), "Ctrl+4"))
                pages.append((Tab.DEVICES, w.t("Devices"), "Ctrl+5"))
        return pages

    def _desk_name(self, page: WorkPage, is_strip: bool) -> str:
        if is_strip:
            return self._w.t("Counter {number}", number=page.around.counter)
        return self._w.t("Counter")

    @staticmethod
    def _tab(theme: Theme, said: str, key: str, tab: Tab, presenter: Presenter) -> TabButton:
        button = TabButton(theme, said, key)
        button.setObjectName(f"tab-{tab.name.lower().replace('_', '-')}")
        button.clicked.connect(lambda: presenter.show_tab(tab))
        return button

    def _whose(self) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch()
        lines.addWidget(self._place)
        lines.addWidget(self._clerk)
        lines.addStretch()
        return lines


def _line(theme: Theme, role: Role, weight: Weight) -> TextLabel:
    type_ = Type(theme.type(role).px, weight, line_em=1.2)
    return TextLabel(theme, "", type_, Tone.ON_PANEL, Align.RIGHT, max_lines=1)


class LinkBand(QWidget):
    """Under the bar while the broker is not heard: what is shown may be old."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.margin, theme.space(8), theme.margin, theme.space(8))
        self._fact = Fact(theme, Icon.UNPLUG, "", Type(theme.type(Role.BODY).px, Weight.BOLD), Tone.INK)
        row.addWidget(self._fact)
        self.setObjectName("link-lost")

    def show_work(self, page: WorkPage) -> None:
        self.setVisible(page.around.link is not Link.LIVE)
        self._fact.set_words(sentences.link_lost(page.around, self._w))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.palette.ground(Ground.QUIET)))
        painter.end()
