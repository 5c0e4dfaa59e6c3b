"""The last calls, newest first; those whose turn in the panel is still to come stand out in kunyit."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import Board, CallRow
from display.paging import call_pages
from display.parts.lines import draw_on_baseline
from display.parts.page_mark import paint_page_mark
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Ground, Role, Theme, Type, Weight
from ui.widgets.box import Box, paint_box
from ui.widgets.plate import NumberPlate, PlateForm
from wording import Wording

_ARROW_PX = 44
_WORD_PX = 54
_HEADING_PX = 64
_MARK_PX = 20


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
        right = self.width() - theme.margin
        figure = Paragraph(self._wording.number(self._row.call.counter), theme.type(Role.FIGURE))
        word = Paragraph(self._wording.t("Counter"), Type(theme.px(_WORD_PX), Weight.MEDIUM))
        baseline = (self.height() - figure.height) / 2 + figure.first_baseline
        draw_on_baseline(painter, figure, right, baseline, ink, Align.RIGHT)
        right -= round(figure.width) + theme.px(24)
        draw_on_baseline(painter, word, right, baseline, ink, Align.RIGHT)
        px = theme.px(_ARROW_PX)
        left = right - round(word.width) - theme.px(24) - px
        icon = Icon.BELL_RING if self._row.is_next else Icon.ARROW_RIGHT
        paint_icon(painter, icon, QRectF(left, (self.height() - px) / 2, px, px), arrow_ink)
        if self._has_line:
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
        rows = max(1, (self.height() - top - self._theme.px(_MARK_PX)) // self._row_height)
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
        heading = Paragraph(self._wording.t("Recent calls"), type)
        top = (self._theme.px(_HEADING_PX) - heading.height) / 2
        heading.draw(painter, self._theme.margin, top, self._theme.palette.faint)
        height = self._theme.px(_MARK_PX)
        width = self.width() - 2 * self._theme.margin
        mark = QRectF(self._theme.margin, self.height() - height, width, height)
        paint_page_mark(painter, mark, self._page, len(self._pages), self._theme)
        painter.end()
        self.painted.emit(self.shown)

    def _fill(self) -> None:
        if self._board is not None and self._views:
            self._pages = call_pages(self._board, len(self._views))
            self._show_page()

    def _show_page(self) -> None:
        for index, view in enumerate(self._views):
            row = self.shown[index] if index < len(self.shown) else None
            view.set_row(row, has_line=index < len(self._views) - 1)
        self.update()
