"""Each queue with how many wait and what a newcomer would wait, side by side; pages where they do not fit.

A queue that is paused or closed says so. Once the doors have closed early and nobody waits, a notice stands instead.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from broker.domain.values import ClosingReason
from display.board import Board, Counters, QueueCell
from display.paging import pages
from display.parts.lines import side_by_side
from display.parts.page_mark import paint_page_mark
from display.words import closed_counters, closed_early, halted
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, fitted
from ui.theme import Ground, Role, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from wording import Wording

_BADGE_PX = 68
_COUNT_PX = 66
_GAP_PX = 20
_ICON_PX = 36
_ICON_GAP_PX = 12
_BETWEEN_PX = 24
_NOTICE_PX = 50
_NOTICE_LINES = 3
_HEADING_MIDDLE = 0.26
_BADGE_MIDDLE = 0.54
_WAIT_MIDDLE = 0.81
"""Of the strip's height."""


class QueueStrip(QWidget):
    """A heading, and below it a column for each queue."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._queues: tuple[QueueCell, ...] = ()
        self._counters = Counters.OPEN
        self._closed_early: ClosingReason | None = None
        self._page = 0

    @property
    def is_cut(self) -> bool:
        """Whether heading and legend run into each other, a column into the next, or the notice out of its room."""
        if self._closed_early is not None:
            return self._notice(self._closed_early).is_cut
        return sum(text.width for text in self._heading()) > self._room or self._widest > self._room

    @property
    def page_count(self) -> int:
        return 1 if self._closed_early is not None else len(self._pages())

    def set_board(self, board: Board) -> None:
        shown = (self._queues, self._counters, self._closed_early)
        if (board.queues, board.counters, board.closed_early) != shown:
            self._queues, self._counters = board.queues, board.counters
            self._closed_early = board.closed_early
            self._page = min(self._page, self.page_count - 1)
            self.setAccessibleName(self._said())
            self.update()

    def turn_page(self) -> None:
        if self.page_count > 1:
            self._page = (self._page + 1) % self.page_count
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._closed_early is not None:
            self._paint_notice(painter, self._closed_early)
            painter.end()
            return
        self._paint_heading(painter)
        all_pages = self._pages()
        pitch = (self._room - self._widest) / max(len(all_pages[0]) - 1, 1)
        for index, queue in enumerate(all_pages[min(self._page, len(all_pages) - 1)]):
            self._paint_queue(painter, queue, self._theme.margin + index * pitch)
        closed = closed_counters(self._counters, self._wording)
        if closed:
            icon = Icon.COFFEE if self._counters is Counters.ON_BREAK else Icon.CLOCK
            self._paint_wait(painter, icon, closed, self._theme.margin)
        mark = QRectF(self._theme.margin, self.height() - self._theme.px(16), self._room, self._theme.px(16))
        paint_page_mark(painter, mark, self._page, len(all_pages), self._theme)
        painter.end()

    def _said(self) -> str:
        if self._closed_early is not None:
            return closed_early(self._closed_early, self._wording)
        return ", ".join(f"{queue.letter} {queue.waiting}" for queue in self._queues)

    def _paint_notice(self, painter: QPainter, reason: ClosingReason) -> None:
        theme = self._theme
        notice = self._notice(reason)
        px, middle = theme.px(_BADGE_PX), self.height() / 2
        icon = QRectF(theme.margin, middle - px / 2, px, px)
        paint_icon(painter, Icon.LOCK, icon, theme.palette.accent)
        left = icon.right() + theme.px(_BETWEEN_PX)
        notice.draw(painter, left, middle - notice.height / 2, theme.palette.ink)

    def _notice(self, reason: ClosingReason) -> Paragraph:
        theme = self._theme
        room = self._room - theme.px(_BADGE_PX) - theme.px(_BETWEEN_PX)
        type = Type(theme.px(_NOTICE_PX), Weight.MEDIUM, line_em=1.25)
        return fitted(closed_early(reason, self._wording), type, room, self.height(), _NOTICE_LINES)

    def _paint_heading(self, painter: QPainter) -> None:
        heading, legend = self._heading()
        middle = self.height() * _HEADING_MIDDLE
        faint = self._theme.palette.faint
        heading.draw(painter, self._theme.margin, middle - heading.height / 2, faint)
        edge = self.width() - self._theme.margin
        legend.draw(painter, edge, middle - legend.height / 2, faint, Align.RIGHT)

    def _heading(self) -> tuple[Paragraph, Paragraph]:
        theme = self._theme
        legend = self._wording.t("– no counter yet") if self._has_dash else ""
        return side_by_side(
            (self._wording.t("Number waiting, estimated minutes"), Type(theme.px(42), Weight.MEDIUM)),
            (legend, theme.type(Role.LEAST)),
            self._room,
            theme.px(_BETWEEN_PX) if legend else 0,
            theme.type(Role.LEAST).px,
        )

    def _paint_queue(self, painter: QPainter, queue: QueueCell, left: float) -> None:
        theme = self._theme
        side = theme.px(_BADGE_PX)
        middle = self.height() * _BADGE_MIDDLE
        badge = QRectF(round(left), round(middle - side / 2), side, side)
        paint_badge(painter, badge, queue.letter, badge_colours(theme, queue.letter, Ground.PAGE))
        count = self._count(queue)
        count.draw(painter, left + side + theme.px(_GAP_PX), middle - count.height / 2, theme.palette.ink)
        if self._counters is not Counters.OPEN:
            return
        words = self._wait_words(queue)
        if queue.halt is not None:
            self._paint_below(painter, words, left)
        elif words:
            self._paint_wait(painter, Icon.CLOCK, words, left)

    def _paint_wait(self, painter: QPainter, icon: Icon, words: str, left: float) -> None:
        theme = self._theme
        middle = self.height() * _WAIT_MIDDLE
        px = theme.px(_ICON_PX)
        paint_icon(painter, icon, QRectF(left, middle - px / 2, px, px), theme.palette.ink)
        self._paint_below(painter, words, left + px + theme.px(_ICON_GAP_PX))

    def _paint_below(self, painter: QPainter, words: str, left: float) -> None:
        text, middle = self._wait(words), self.height() * _WAIT_MIDDLE
        text.draw(painter, left, middle - text.height / 2, self._theme.palette.ink)

    def _pages(self) -> tuple[tuple[QueueCell, ...], ...]:
        between = self._theme.px(_BETWEEN_PX)
        fitting = int((self._room + between) // (self._widest + between))
        return pages(self._queues, max(1, min(fitting, len(self._queues))))

    @property
    def _widest(self) -> float:
        return max(map(self._width, self._queues), default=0.0)

    def _width(self, queue: QueueCell) -> float:
        above = self._theme.px(_BADGE_PX) + self._theme.px(_GAP_PX) + self._count(queue).width
        if self._counters is not Counters.OPEN:
            return above
        icon = self._theme.px(_ICON_PX) + self._theme.px(_ICON_GAP_PX) if queue.halt is None else 0
        return max(above, icon + self._wait(self._wait_words(queue)).width)

    def _count(self, queue: QueueCell) -> Paragraph:
        return Paragraph(self._wording.number(queue.waiting), Type(self._theme.px(_COUNT_PX), Weight.BOLD))

    def _wait(self, words: str) -> Paragraph:
        return Paragraph(words, self._theme.type(Role.SMALL))

    def _wait_words(self, queue: QueueCell) -> str:
        if queue.halt is not None:
            return halted(queue.halt, self._wording)
        if queue.expected is None:
            return ""
        estimate = queue.expected.estimate
        if estimate is None:
            return "–"
        return self._wording.number_range(estimate.from_minutes, estimate.to_minutes)

    @property
    def _has_dash(self) -> bool:
        return self._counters is Counters.OPEN and any(
            queue.expected is not None and queue.expected.estimate is None and queue.halt is None
            for queue in self._queues
        )

    @property
    def _room(self) -> int:
        return self.width() - 2 * self._theme.margin
