"""What is ready for collection, and at which counter; in pages when it is more than fits."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from display.board import Board, ReadyDay, ReadyNumber
from display.paging import ReadyCell, ready_pages
from display.parts.lines import side_by_side
from display.parts.page_mark import paint_page_mark
from display.words import short_day
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Role, Theme, Tone
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from wording import Wording

_DIGITS_PX = 60
_ROW_PX = 80
_BETWEEN_PX = 24
"""At the least, between two columns."""
_HEAD_PX = (28, 60)
"""From the box's top to the heading, and its height."""
_FOOT_PX = 16
_ICON_PX = 48


class _CellView(QWidget):
    """One number, or the day to which the numbers after it belong."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget) -> None:
        super().__init__(parent)
        self._wording = wording
        self._plate = NumberPlate(theme, _DIGITS_PX, PlateForm.ROW, parent=self)
        self._day = TextLabel(theme, "", Role.BODY, Tone.FAINT, parent=self)

    @staticmethod
    def width_of(theme: Theme) -> int:
        """Of a number of three digits."""
        return NumberPlate(theme, _DIGITS_PX, PlateForm.ROW).sizeHint().width()

    def set_cell(self, cell: ReadyCell | None) -> None:
        self.setVisible(cell is not None)
        self._plate.setVisible(isinstance(cell, ReadyNumber))
        self._day.setVisible(isinstance(cell, str))
        match cell:
            case ReadyNumber():
                self.setObjectName(f"ready-{cell.letter}{cell.digits}")
                self._plate.set_number(cell.letter, cell.digits)
            case str():
                self.setObjectName(f"ready-{cell}")
                self._day.set_words(short_day(cell, self._wording))
            case None:
                self.setObjectName("")

    def resizeEvent(self, _event: QResizeEvent) -> None:
        height = self._plate.sizeHint().height()
        self._plate.setGeometry(0, (self.height() - height) // 2, self.width(), height)
        self._day.setGeometry(self.rect())


class ReadyBox(QWidget):
    """Cells of one size, as many as fit, on the ground of a card."""

    def __init__(self, theme: Theme, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wording = wording
        self._ready: tuple[ReadyDay, ...] = ()
        self._counter = ""
        self._pages: tuple[tuple[ReadyCell, ...], ...] = ((),)
        self._page = 0
        self._cells: list[_CellView] = []

    @property
    def shown(self) -> tuple[ReadyCell, ...]:
        """The cells of the present page."""
        return self._pages[self._page]

    @property
    def is_cut(self) -> bool:
        """Whether the heading's two texts run into each other."""
        return sum(text.width for text in self._heading()) > self._heading_room

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def set_board(self, board: Board) -> None:
        number = board.collection_counter
        counter = "" if number is None else self._wording.t("Counter {number}", number=number)
        if (board.ready, counter) != (self._ready, self._counter):
            self._ready, self._counter = board.ready, counter
            self._fill()

    def turn_page(self) -> None:
        if len(self._pages) > 1:
            self._page = (self._page + 1) % len(self._pages)
            self._show_page()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        theme = self._theme
        width, height = _CellView.width_of(theme), theme.px(_ROW_PX)
        room = self.width() - 2 * theme.margin
        top = sum(map(theme.px, _HEAD_PX))
        columns = max(1, (room + theme.px(_BETWEEN_PX)) // (width + theme.px(_BETWEEN_PX)))
        rows = max(1, (self.height() - top - theme.px(_FOOT_PX)) // height)
        for cell in self._cells:
            cell.deleteLater()
        self._cells = [_CellView(theme, self._wording, self) for _ in range(columns * rows)]
        pitch = (room - width) / max(columns - 1, 1)
        for index, cell in enumerate(self._cells):
            row, column = divmod(index, columns)
            cell.setGeometry(theme.margin + round(column * pitch), top + row * height, width, height)
        self._fill()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.card))
        line = theme.line(2)
        painter.fillRect(QRectF(0, 0, self.width(), line), QColor(palette.hairline))
        self._paint_edges(painter, line)
        self._paint_heading(painter)
        if not self._ready:
            nothing = Paragraph(self._wording.t("Nothing is waiting to be collected"), theme.type(Role.SMALL))
            top = sum(map(theme.px, _HEAD_PX)) + theme.px(16)
            nothing.draw(painter, theme.margin, top, palette.faint)
        width = self.width() - 2 * theme.margin
        mark = QRectF(theme.margin, theme.px(8), width, theme.px(16))
        paint_page_mark(painter, mark, self._page, len(self._pages), theme)
        painter.end()

    def _paint_edges(self, painter: QPainter, line: int) -> None:
        """In landscape it stands beside the queues, in portrait above them."""
        colour = QColor(self._theme.palette.hairline)
        if self._theme.surface.is_landscape:
            painter.fillRect(QRectF(0, 0, line, self.height()), colour)
        else:
            painter.fillRect(QRectF(0, self.height() - line, self.width(), line), colour)

    def _paint_heading(self, painter: QPainter) -> None:
        theme, palette = self._theme, self._theme.palette
        title, counter = self._heading()
        middle = theme.px(_HEAD_PX[0]) + theme.px(_HEAD_PX[1]) / 2
        icon_px = theme.px(_ICON_PX)
        icon = QRectF(theme.margin, middle - icon_px / 2, icon_px, icon_px)
        paint_icon(painter, Icon.PACKAGE_CHECK, icon, palette.ink)
        left = self.width() - theme.margin - self._heading_room
        title.draw(painter, left, middle - title.height / 2, palette.ink)
        edge = self.width() - theme.margin
        counter.draw(painter, edge, middle - counter.height / 2, palette.ink, Align.RIGHT)

    def _heading(self) -> tuple[Paragraph, Paragraph]:
        theme = self._theme
        return side_by_side(
            (self._wording.t("Ready for collection"), theme.type(Role.HEADING)),
            (self._counter, theme.type(Role.SMALL)),
            self._heading_room,
            theme.px(20) if self._counter else 0,
            theme.type(Role.LEAST).px,
        )

    @property
    def _heading_room(self) -> int:
        return self.width() - 2 * self._theme.margin - self._theme.px(_ICON_PX + 20)

    def _fill(self) -> None:
        if self._cells:
            self._pages = ready_pages(self._ready, len(self._cells))
            self._page = min(self._page, len(self._pages) - 1)
            self._show_page()

    def _show_page(self) -> None:
        for index, view in enumerate(self._cells):
            view.set_cell(self.shown[index] if index < len(self.shown) else None)
        self.setAccessibleName(self._wording.t("Ready for collection"))
        self.update()
