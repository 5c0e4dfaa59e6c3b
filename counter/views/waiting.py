"""Who waits for this clerk: each queue with its longest wait, then the numbers in the order they will be called."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import Priority
from counter import words
from counter.desk import Desk, NextLine, QueueLine
from counter.views.hero import PRIORITY_ICONS
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Ground, Hex, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box, paint_box
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from wording import Wording


class QueueCounts(QWidget):
    """How many wait in each queue, and for how long. Too many queues for one line go on below."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._lines: tuple[QueueLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_queues(self, lines: tuple[QueueLine, ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        self.setAccessibleName(", ".join(f"{line.letter}: {self._w.number(line.waiting)}" for line in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        rows = -(-len(self._lines) // self._columns) if self._lines else 1
        return QSize(self._theme.px(300), rows * self._row)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @property
    def is_cut(self) -> bool:
        return self.height() < self.sizeHint().height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        column = self.width() / self._columns
        for place, line in enumerate(self._lines):
            self._paint(painter, line, place % self._columns * column, place // self._columns * self._row)
        painter.end()

    def _paint(self, painter: QPainter, line: QueueLine, x: float, y: float) -> None:
        theme = self._theme
        side = theme.px(26)
        badge = QRectF(x, y, side, side)
        paint_badge(painter, badge, line.letter, badge_colours(theme, line.letter, Ground.CARD))
        number = Paragraph(self._w.number(line.waiting), Type(theme.px(22), Weight.BOLD))
        left = x + side + theme.px(8)
        number.draw(painter, left, y + (side - number.height) / 2, theme.palette.ink)
        below = y + side + theme.px(4)
        weight = Weight.BOLD if line.late else Weight.MEDIUM
        colour = theme.palette.danger if line.late else theme.palette.faint
        if line.late:
            px = theme.px(15)
            paint_icon(painter, Icon.ALERT, QRectF(x, below + theme.px(2), px, px), colour)
            x += px + theme.px(4)
        said = words.minutes(line.longest_minutes, self._w) if line.waiting else "–"
        Paragraph(said, Type(theme.type(Role.SMALL).px, weight)).draw(painter, x, below, colour)

    @property
    def _columns(self) -> int:
        return max(1, min(len(self._lines), 5 if self._theme.surface is Surface.STRIP else 6))

    @property
    def _row(self) -> int:
        return self._theme.px(26 + 4 + 20 + 4)


class NextRows(QWidget):
    """The next numbers, as many as there is room for; the first is marked."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._lines: tuple[NextLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_next(self, lines: tuple[NextLine, ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        self.setAccessibleName(", ".join(words.spoken(line.number) for line in lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._first + 6 * self._row)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(300), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.height() < self._first + 2 * self._frame:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._frame:
            palette = self._theme.palette
            box = Box(palette.card, palette.ink, palette.hairline, self._theme.line(palette.hairline_px))
            paint_box(painter, QRectF(self.rect()), self._theme.card_radius, box, self._theme)
        if not self._lines:
            said = Paragraph(self._w.t("Nobody is waiting."), self._theme.type(Role.BODY))
            colour = self._theme.palette.faint
            said.draw(painter, self.width() / 2, (self.height() - said.height) / 2, colour, Align.CENTRE)
        painter.translate(self._frame, self._frame)
        self._paint_rows(painter, self.width() - 2 * self._frame, self.height() - 2 * self._frame)
        painter.end()

    def _paint_rows(self, painter: QPainter, width: float, room: float) -> None:
        y = 0.0
        for place, line in enumerate(self._lines):
            height = self._first if place == 0 else self._row
            if y + height > room:
                break
            rect = QRectF(0, y, width, height)
            if place == 0:
                self._mark(painter, rect)
            elif place > 1:
                edge = self._theme.px(10)
                top = QRectF(edge, y, width - 2 * edge, self._theme.line(2))
                painter.fillRect(top, QColor(self._theme.palette.hairline))
            self._paint(painter, line, rect, is_first=place == 0)
            y += height

    def _mark(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QColor(self._theme.palette.chosen))
        painter.setBrush(QColor(self._theme.palette.chosen))
        radius = self._theme.control_radius
        painter.drawRoundedRect(rect, radius, radius)

    def _paint(self, painter: QPainter, line: NextLine, rect: QRectF, *, is_first: bool) -> None:
        theme, w = self._theme, self._w
        ink, middle = theme.palette.ink, rect.center().y()
        edge = theme.px(12 if is_first else 10)
        side = theme.px(32 if is_first else 26)
        badge = QRectF(edge, middle - side / 2, side, side)
        paint_badge(painter, badge, line.number.letter, badge_colours(theme, line.number.letter, Ground.CARD))
        x = badge.right() + theme.px(12)
        digits = Paragraph(line.number.digits, Type(theme.px(20 if is_first else 18), Weight.BOLD))
        x = self._draw(painter, digits, x, middle, ink) + theme.px(20)
        wait = self._wait(line, w, is_first=is_first)
        colour = theme.palette.danger if line.late else ink
        right = rect.right() - edge
        wait.draw(painter, right, middle - wait.height / 2, colour, Align.RIGHT)
        room = right - wait.width - theme.px(12)
        if is_first:
            said = Paragraph(w.tp("queue", "Next"), Type(theme.type(Role.SMALL).px, Weight.BOLD))
            x = self._draw(painter, said, x, middle, ink) + theme.px(20)
        if line.priority is not None:
            self._paint_priority(painter, line.priority, x, middle, room)

    def _paint_priority(
        self, painter: QPainter, priority: Priority, x: float, middle: float, room: float
    ) -> None:
        faint, px = self._theme.palette.faint, self._theme.px(18)
        paint_icon(painter, PRIORITY_ICONS[priority], QRectF(x, middle - px / 2, px, px), faint)
        x += px + self._theme.px(8)
        text = Paragraph(words.priority(priority, self._w), self._theme.type(Role.SMALL))
        if x + text.width <= room:
            self._draw(painter, text, x, middle, faint)

    @staticmethod
    def _draw(painter: QPainter, text: Paragraph, x: float, middle: float, colour: Hex) -> float:
        """Returns where it ends."""
        text.draw(painter, x, middle - text.height / 2, colour)
        return x + text.width

    def _wait(self, line: NextLine, w: Wording, *, is_first: bool) -> Paragraph:
        weight = Weight.BOLD if is_first or line.late else Weight.MEDIUM
        return Paragraph(words.minutes(line.waited_minutes, w), Type(self._theme.type(Role.SMALL).px, weight))

    @property
    def _frame(self) -> int:
        """In the strip the rows bring a card of their own, which goes where there is no room for one row."""
        return self._theme.space(4) if self._theme.surface is Surface.STRIP else 0

    @property
    def _first(self) -> int:
        return self._theme.px(52)

    @property
    def _row(self) -> int:
        return self._theme.px(40)


class WaitingCard(Card):
    """The side card of the window."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__(theme)
        self._w = w
        self._count = TextLabel(theme, "", Role.SMALL, Tone.FAINT, Align.RIGHT)
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, w.t("Waiting for you"), Role.NAME))
        head.addStretch(1)
        head.addWidget(self._count)
        self._queues = QueueCounts(theme, w)
        self._next = NextRows(theme, w)
        above = QVBoxLayout()
        above.setContentsMargins(theme.px(10), 0, theme.px(10), 0)
        above.setSpacing(theme.space(12))
        above.addLayout(head)
        above.addWidget(self._queues)
        column = QVBoxLayout(self)
        # The marked row stands out to both sides, so that its words are in line with the others.
        column.setContentsMargins(theme.space(12), theme.px(20), theme.space(12), theme.space(8))
        column.setSpacing(theme.space(12))
        column.addLayout(above)
        column.addWidget(self._next, 1)

    def show_desk(self, desk: Desk) -> None:
        self._count.set_words(words.people(desk.waiting, self._w))
        self._queues.show_queues(desk.queues)
        self._next.show_next(desk.next)
