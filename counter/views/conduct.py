"""What changed somebody's turn today, by clerk and hour, so that habits can be talked about."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from broker.domain.state import Conduct
from broker.domain.values import ClerkId
from counter.office_sheets import ConductSheet
from counter.presenter import Presenter
from counter.supervising import ConductRow, ConductTable
from counter.views.office_question import OfficeQuestion
from ui.text import Align, Paragraph
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.label import TextLabel
from wording import Wording

KINDS: tuple[Callable[[Conduct], int], ...] = (
    lambda conduct: conduct.refuted,
    lambda conduct: conduct.chosen,
    lambda conduct: conduct.quick_no_shows,
)


def kind_names(w: Wording) -> tuple[str, ...]:
    """In the order of KINDS."""
    return (w.t("Priority refuted"), w.t("Called by choice"), w.t("Quick no-show"))


class ConductList(QWidget):
    """All clerks who did any of it, under the hours. Made anew when something is added."""

    def __init__(self, theme: Theme, w: Wording, *, is_narrow: bool) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._is_narrow = is_narrow
        self._shown: ConductTable | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_table(self, table: ConductTable, names: Mapping[ClerkId, str]) -> None:
        if table == self._shown:
            return
        self._shown = table
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        theme, w = self._theme, self._w
        if not table.rows:
            said = w.t("Nobody's turn has been changed today.")
            self._column.addWidget(TextLabel(theme, said, Role.BODY, Tone.FAINT))
            return
        self._column.addWidget(HourHeads(theme, w, table.hours, is_narrow=self._is_narrow))
        for row in table.rows:
            name = names.get(row.clerk, row.clerk)
            self._column.addWidget(ConductRows(theme, w, name, row, is_narrow=self._is_narrow))


class ConductQuestion(OfficeQuestion):
    """The list in a sheet, where the page has no room for it."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ConductSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Corrections today"))
        rows = ConductList(theme, w, is_narrow=self.is_strip)
        rows.show_table(sheet.table, sheet.names)
        column = QVBoxLayout()
        column.addWidget(rows)
        self.scrolling(column)
        self.finish()


class _Hours:
    """Where the columns stand. In the strip the total alone."""

    def __init__(self, theme: Theme, width: int, hours: int, *, is_narrow: bool) -> None:
        self.total = width - theme.px(8)
        self.kind = theme.px(0 if is_narrow else 140)
        first = self.kind + theme.px(176)
        room = self.total - theme.px(56) - first
        step = room / max(1, hours)
        self.at = [] if is_narrow else [first + (place + 0.5) * step for place in range(hours)]


class HourHeads(QWidget):
    """The hours, and the day as a whole."""

    def __init__(self, theme: Theme, w: Wording, hours: tuple[int, ...], *, is_narrow: bool) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._hours = hours
        self._is_narrow = is_narrow
        self.setFixedHeight(theme.px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = _Hours(self._theme, self.width(), len(self._hours), is_narrow=self._is_narrow)
        type_, ink = self._theme.type(Role.SMALL), self._theme.palette.faint
        for hour, x in zip(self._hours, columns.at, strict=False):
            text = Paragraph(f"{hour:02d}", type_)
            text.draw(painter, x, (self.height() - text.height) / 2, ink, Align.CENTRE)
        text = Paragraph(self._w.t("Day"), type_)
        text.draw(painter, columns.total, (self.height() - text.height) / 2, ink, Align.RIGHT)
        painter.end()


class ConductRows(QWidget):
    """One clerk: a line for each kind that there was any of."""

    LINE_PX = 32

    def __init__(self, theme: Theme, w: Wording, name: str, row: ConductRow, *, is_narrow: bool) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._row = row
        self._is_narrow = is_narrow
        self._lines = [
            (said, count) for said, count in zip(kind_names(w), KINDS, strict=True) if count(row.total)
        ]
        said = ", ".join(f"{kind}: {count(row.total)}" for kind, count in self._lines)
        self.setAccessibleName(f"{name}: {said}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = len(self._lines) + (1 if self._is_narrow else 0)
        return QSize(self._theme.px(280), self._theme.px(self.LINE_PX) * lines + self._theme.px(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.width(), theme.line(2)), QColor(palette.hairline))
        hours = len(self._row.hours)
        columns = _Hours(theme, self.width(), hours, is_narrow=self._is_narrow)
        line = theme.px(self.LINE_PX)
        y = float(theme.px(8))
        bold = Type(theme.type(Role.BODY).px, Weight.BOLD)
        room = self.width() if self._is_narrow else columns.kind - theme.px(12)
        name = Paragraph(self._name, bold, room, 1)
        name.draw(painter, 0, y + (line - name.height) / 2, palette.ink)
        y += line if self._is_narrow else 0
        for said, count in self._lines:
            self._paint_line(painter, columns, y, said, count)
            y += line
        painter.end()

    def _paint_line(
        self, painter: QPainter, columns: _Hours, y: float, said: str, count: Callable[[Conduct], int]
    ) -> None:
        theme, palette = self._theme, self._theme.palette
        line = theme.px(self.LINE_PX)
        plain = theme.type(Role.BODY)
        bold = Type(plain.px, Weight.BOLD)
        kind = Paragraph(said, plain)
        kind.draw(painter, columns.kind, y + (line - kind.height) / 2, palette.ink)
        for conduct, x in zip(self._row.hours, columns.at, strict=False):
            n = count(conduct)
            figure = Paragraph(str(n) if n else "·", bold if n else plain)
            if n:
                side = theme.px(26)
                spot = QRectF(x - side / 2, y + (line - side) / 2, side, side)
                painter.setPen(QColor(palette.chosen))
                painter.setBrush(QColor(palette.chosen))
                painter.drawRoundedRect(spot, theme.px(8), theme.px(8))
            ink = palette.on_chosen if n else palette.faint
            figure.draw(painter, x, y + (line - figure.height) / 2, ink, Align.CENTRE)
        total = Paragraph(str(count(self._row.total)), bold)
        total.draw(painter, columns.total, y + (line - total.height) / 2, palette.ink, Align.RIGHT)
