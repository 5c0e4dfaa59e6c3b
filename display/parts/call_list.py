"""The last calls, newest first; those whose turn in the panel is still to come stand out in kunyit."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import Board, CallRow, QueueCell
from display.paging import call_pages
from display.parts.lines import draw_on_baseline
from display.parts.page_mark import paint_page_mark
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, fitted
from ui.theme import Ground, Role, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box, paint_box
from ui.widgets.plate import NumberPlate, PlateForm
from wording import Wording

_ICON_PX = 56
_GAP_PX = 22
_WORD_PX = 54
_BADGE_PX = 68
_NAME_PX = 76
_HEADING_PX = 60


class _RowView(QWidget):
    """One call: its number at the left, its counter at the right, a hairline below."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._row: CallRow | None = None
        self._has_line = False
        self._plate = NumberPlate(theme, theme.surface.value.type[Role.FIGURE], PlateForm.ROW, parent=self)

    @property
    def row(self) -> CallRow | None:
        return self._row

    def set_row(self, row: CallRow | None, *, has_line: bool) -> None:
        self._has_line = has_line
        self._row = row
        self.setVisible(row is not None)
        if row is not None:
            self.setObjectName(f"call-{row.call.letter}{row.digits}")
            where = self._wording.t("Counter {number}", number=row.call.counter)
            self.setAccessibleName(f"{row.call.letter} {row.digits}, {where}")
            self._plate.set_number(row.call.letter, row.digits)
            self._plate.set_ground(Ground.NOW if row.is_next else Ground.PAGE)
        self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        size = self._plate.sizeHint()
        top = (self.height() - size.height()) // 2
        self._plate.setGeometry(self._theme.margin, top, size.width(), size.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._row is None:
            return
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        arrow_ink, ink = palette.faint, palette.ink
        if self._row.is_next:
            arrow_ink = ink = palette.on_now
            inset = theme.margin - theme.px(20)
            ground = QRectF(self.rect()).adjusted(inset, theme.px(4), -inset, -theme.px(4))
            paint_box(painter, ground, theme.key_radius, Box(palette.now, ink), theme)
        figure = Paragraph(self._wording.number(self._row.call.counter), theme.type(Role.FIGURE))
        word = Paragraph(self._wording.t("Counter"), Type(theme.px(_WORD_PX), Weight.MEDIUM))
        baseline = (self.height() - figure.height) / 2 + figure.first_baseline
        right = float(self.width() - theme.margin)
        draw_on_baseline(painter, figure, right, baseline, ink, Align.RIGHT)
        right -= figure.width
        room = right - self._plate.geometry().right()
        px, gap = theme.px(_ICON_PX), theme.px(_GAP_PX)
        if gap + word.width + gap <= room:
            right -= gap
            draw_on_baseline(painter, word, right, baseline, ink, Align.RIGHT)
            right -= word.width
            room -= gap + word.width
        if gap + px + gap <= room:
            icon = Icon.BELL_RING if self._row.is_next else Icon.ARROW_RIGHT
            rect = QRectF(right - gap - px, (self.height() - px) / 2, px, px)
            paint_icon(painter, icon, rect, arrow_ink)
        if self._has_line and not self._row.is_next:
            line = theme.line(2)
            rule = QRectF(theme.margin, self.height() - line, self.width() - 2 * theme.margin, line)
            painter.fillRect(rule, QColor(palette.hairline))
        painter.end()


class CallList(QWidget):
    """Rows of one height, as many as fit; further pages while somebody on them is still expected."""

    painted = Signal(object)
    """The CallRows just painted, as a tuple; to be connected queued."""

    def __init__(self, theme: Theme, wording: Wording, row_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._row_height = theme.px(row_px)
        self._board: Board | None = None
        self._pages: tuple[tuple[CallRow, ...], ...] = ((),)
        self._page = 0
        self._views: list[_RowView] = []

    @property
    def shown(self) -> tuple[CallRow, ...]:
        """The rows of the present page."""
        return self._pages[self._page]

    @property
    def rows(self) -> int:
        """How many rows a page has."""
        return len(self._views)

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def set_board(self, board: Board) -> None:
        """A new call brings the first page back."""
        before, self._board = self._board, board
        if before is None or (before.calls, before.awaited) != (board.calls, board.awaited):
            self._page = 0
            self._fill()

    def turn_page(self) -> None:
        if len(self._pages) > 1:
            self._page = (self._page + 1) % len(self._pages)
            self._show_page()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        top = self._theme.px(_HEADING_PX)
        rows = max(1, (self.height() - top) // self._row_height)
        while len(self._views) > rows:
            self._views.pop().deleteLater()
        while len(self._views) < rows:
            self._views.append(_RowView(self._theme, self._wording, self))
        for index, view in enumerate(self._views):
            view.setGeometry(0, top + index * self._row_height, self.width(), self._row_height)
        self._page = 0
        self._fill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        type = Type(self._theme.px(42), Weight.MEDIUM)
        words = self._wording.t("Recent calls") if self.shown else self._wording.t("Queues")
        heading = Paragraph(words, type)
        top = (self._theme.px(_HEADING_PX) - heading.height) / 2
        heading.draw(painter, self._theme.margin, top, self._theme.palette.faint)
        beside = self._theme.margin + heading.width + self._theme.px(48)
        right = self.width() - self._theme.margin
        mark = QRectF(beside, 0, right - beside, self._theme.px(_HEADING_PX))
        paint_page_mark(painter, mark, self._page, len(self._pages), self._theme)
        if not self.shown and self._board is not None:
            self._paint_queues(painter, self._board.queues)
        painter.end()
        self.painted.emit(self.shown)

    def _paint_queues(self, painter: QPainter, queues: tuple[QueueCell, ...]) -> None:
        """Before the first call there is room to say what the letters mean."""
        theme, palette = self._theme, self._theme.palette
        side = theme.px(_BADGE_PX)
        top, room = theme.px(_HEADING_PX), self.width() - 2 * theme.margin
        height = self.height() - top - theme.px(12)
        in_column = max(1, min(len(queues), height // theme.px(_NAME_PX)))
        pitch = min(self._row_height, height / in_column)
        width = room / -(-len(queues) // in_column)
        for index, queue in enumerate(queues):
            column, row = divmod(index, in_column)
            left, middle = theme.margin + column * width, top + (row + 0.5) * pitch
            badge = QRectF(round(left), round(middle - side / 2), side, side)
            paint_badge(painter, badge, queue.letter, badge_colours(theme, queue.letter, Ground.PAGE))
            left += side + theme.px(24)
            name = queue.name.in_language(self._wording.language)
            text = fitted(name, theme.type(Role.BODY).spaced(1.1), width - side - theme.px(48))
            text.draw(painter, left, middle - text.height / 2, palette.ink)

    def _fill(self) -> None:
        if self._board is not None and self._views:
            self._pages = call_pages(self._board, len(self._views))
            self._show_page()

    def _show_page(self) -> None:
        for index, view in enumerate(self._views):
            row = self.shown[index] if index < len(self.shown) else None
            view.set_row(row, has_line=index < len(self.shown) - 1)
        self.update()
