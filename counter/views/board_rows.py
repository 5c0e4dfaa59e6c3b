"""The rows of the one-day board, under the heads of their groups."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.values import ApplicationId, ClerkId
from counter import office_words, words
from counter.oneday import BoardLine, Group
from counter.views.list_row import ListRow
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Hex, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.box import Box
from ui.widgets.card import Card
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark
from ui.widgets.pressable import State
from ui.widgets.scroll import Scroll
from wording import Wording

GROUP_ICONS = {
    Group.LATE: Icon.ALERT,
    Group.SOON: Icon.CLOCK_ALERT,
    Group.ON_TIME: Icon.CLOCK,
    Group.NO_PROMISE: Icon.BOX,
    Group.READY: Icon.PACKAGE_CHECK,
}


MOST_ROWS = 60
"""Of a group; more are found by typing."""


class Columns:
    """Where the words of a row begin, from the row's width; the service takes what is left."""

    def __init__(self, theme: Theme, width: int) -> None:
        self.promise = theme.px(62)
        self.number = theme.px(138)
        self.service = theme.px(250)
        self.left = width - theme.px(220)
        self.accepted = self.left - theme.px(196)
        self.stage = self.accepted - theme.px(262)


class BoardRow(ListRow):
    """One file."""

    MARK = Mark.MANY
    HEIGHT_PX = 45

    def __init__(self, theme: Theme, line: BoardLine, names: Mapping[ClerkId, str], w: Wording) -> None:
        self.line = line
        self._names = names
        self._w = w
        super().__init__(theme, line.file.service.name.in_language(w.language.value))
        self.set_line(line, names)

    def set_line(self, line: BoardLine, names: Mapping[ClerkId, str]) -> None:
        self.line, self._names = line, names
        number, left = words.spoken(line.file.number), words.time_left(line, self._w)
        self.setAccessibleName(f"{number}, {self.words}, {left}")
        self.update()

    @property
    def ground(self) -> Hex:
        palette = self.theme.palette
        return palette.danger_quiet if self.line.group is Group.LATE else palette.card

    def paint_row(self, painter: QPainter, box: Box, _mark: QRectF, middle: float) -> None:
        if self.is_narrow:
            self._paint_narrow(painter, box, middle)
        else:
            self._paint_wide(painter, box, Columns(self.theme, self.width()), middle)

    def _paint_wide(self, painter: QPainter, box: Box, columns: Columns, middle: float) -> None:
        theme, w = self.theme, self._w
        self.paint_text(painter, words.promised(self.line, w), columns.promise, middle, box.ink, Weight.BOLD)
        self.paint_number(painter, self.line.file.number, columns.number, middle, box.ink)
        room = columns.stage - columns.service - theme.px(16)
        self.paint_text(painter, str(self.words), columns.service, middle, box.ink, room=room)
        self._paint_stage(painter, columns, middle, box)
        clerk = self._names.get(self.line.accepted_by, "")
        accepted = f"{words.clock(self.line.accepted_at, w)}  {clerk}"
        room = columns.left - columns.accepted - theme.px(16)
        self.paint_text(painter, accepted, columns.accepted, middle, box.ink, room=room)
        self._paint_left(painter, columns.left, middle, box)

    def _paint_narrow(self, painter: QPainter, box: Box, middle: float) -> None:
        theme, w = self.theme, self._w
        left = theme.px(48)
        self.paint_number(painter, self.line.file.number, left, middle, box.ink)
        self._paint_left(painter, theme.px(140), middle, box)
        below = middle + theme.px(26)
        room = self.width() - left - theme.px(12)
        stage = f"  {office_words.stage(self.line.way.stage, w)}" if self.line.way is not None else ""
        said = f"{words.promised(self.line, w)}{stage}  {self.words}"
        self.paint_text(painter, said, left, below, box.ink, room=room)

    def _paint_stage(self, painter: QPainter, columns: Columns, middle: float, box: Box) -> None:
        """How far on its way: a bar for each stage, filled up to its own, and that one's name."""
        way, theme = self.line.way, self.theme
        if way is None:
            return
        whole, gap, height = theme.px(68), theme.px(4), theme.px(16)
        step = (whole + gap) / way.stages
        pen = QPen(QColor(box.ink), theme.line(3))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(way.stages):
            bar = QRectF(columns.stage + place * step, middle - height / 2, step - gap, height)
            inset = pen.widthF() / 2
            painter.setPen(pen)
            painter.setBrush(QColor(box.ink) if place < way.place else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(inset, inset, -inset, -inset), theme.px(3), theme.px(3))
        x = columns.stage + whole + theme.px(12)
        room = columns.accepted - x - theme.px(12)
        self.paint_text(painter, office_words.stage(way.stage, self._w), x, middle, box.ink, room=room)

    def _paint_left(self, painter: QPainter, x: float, middle: float, box: Box) -> None:
        group, px = self.line.group, self.theme.px(20)
        quiet = self.state in (State.REST, State.CHOSEN)
        ink = self.theme.palette.danger if group is Group.LATE and quiet else box.ink
        weight = Weight.BOLD if group in (Group.LATE, Group.SOON) else Weight.MEDIUM
        paint_icon(painter, GROUP_ICONS[group], QRectF(x, middle - px / 2, px, px), ink)
        said = words.time_left(self.line, self._w)
        self.paint_text(painter, said, x + px + self.theme.px(10), middle, ink, weight)


class GroupHead(QWidget):
    """A group's name with how many are in it."""

    def __init__(self, theme: Theme, group: Group, count: int, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._group = group
        self._count = w.number(count)
        self._said = words.group(group, w)
        self.setFixedHeight(theme.px(41))
        self.setAccessibleName(f"{self._said}: {self._count}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette.page))
        ink = palette.danger if self._group is Group.LATE else palette.ink
        middle, px = self.height() / 2, theme.px(22)
        x = theme.px(20 if theme.surface is not Surface.STRIP else 12)
        paint_icon(painter, GROUP_ICONS[self._group], QRectF(x, middle - px / 2, px, px), ink)
        x += px + theme.px(10)
        name = Paragraph(self._said, Type(theme.type(Role.BODY).px, Weight.BOLD))
        name.draw(painter, x, middle - name.height / 2, ink)
        x += round(name.width) + theme.px(14)
        count = Paragraph(self._count, Type(theme.px(14), Weight.BOLD))
        width, height = max(theme.px(28), round(count.width) + theme.px(16)), theme.px(24)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink))
        painter.drawRoundedRect(QRectF(x, middle - height / 2, width, height), height / 2, height / 2)
        count.draw(painter, x + width / 2, middle - count.height / 2, palette.on_accent, Align.CENTRE)
        line = theme.line(2)
        painter.fillRect(QRectF(0, self.height() - line, self.width(), line), QColor(palette.hairline))
        painter.end()


class ColumnHeads(QWidget):
    """The names of the columns."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._names = (
            w.tp("board", "Promise"),
            w.tp("board", "Number"),
            w.tp("board", "Service"),
            w.tp("board", "Stage"),
            w.tp("board", "Accepted"),
            w.tp("board", "Time left"),
        )
        self.setFixedHeight(theme.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        columns = Columns(self._theme, self.width())
        places = (
            columns.promise,
            columns.number,
            columns.service,
            columns.stage,
            columns.accepted,
            columns.left,
        )
        for name, x in zip(self._names, places, strict=True):
            text = Paragraph(name, self._theme.type(Role.SMALL))
            text.draw(painter, x, (self.height() - text.height) / 2, self._theme.palette.faint)
        line = self._theme.line(2)
        bottom = QRectF(0, self.height() - line, self.width(), line)
        painter.fillRect(bottom, QColor(self._theme.palette.hairline))
        painter.end()


class BoardList(Card):
    """The rows, kept while their files stay, so that choice and focus stay too. Arrows go up and down."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__(theme)
        self._theme = theme
        self._w = w
        self.rows: dict[ApplicationId, BoardRow] = {}
        self._shape: tuple[tuple[Group, int, tuple[ApplicationId, ...]], ...] = ()
        self._scroll = Scroll(theme)
        self._empty = TextLabel(theme, "", Role.LEAD, Tone.FAINT, Align.CENTRE)
        column = QVBoxLayout(self)
        line = theme.line(2)
        column.setContentsMargins(line, theme.px(4), line, theme.px(8))
        column.setSpacing(0)
        if theme.surface is not Surface.STRIP:
            column.addWidget(ColumnHeads(theme, w))
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)

    def show_groups(
        self,
        groups: tuple[tuple[Group, tuple[BoardLine, ...]], ...],
        names: Mapping[ClerkId, str],
        empty: str,
    ) -> bool:
        """Returns whether rows came, went or moved."""
        self._empty.set_words(empty)
        self._empty.setVisible(not groups)
        self._scroll.setVisible(bool(groups))
        shape = tuple(
            (group, len(lines), tuple(line.file.application for line in lines[:MOST_ROWS]))
            for group, lines in groups
        )
        for _, lines in groups:
            for line in lines:
                if line.file.application in self.rows:
                    self.rows[line.file.application].set_line(line, names)
        if shape == self._shape:
            return False
        self._shape = shape
        self._rebuild(groups, names)
        return True

    def chosen(self) -> list[BoardLine]:
        """The lines chosen, in the board's order."""
        return [row.line for row in self.rows.values() if row.isChecked()]

    def _rebuild(
        self, groups: tuple[tuple[Group, tuple[BoardLine, ...]], ...], names: Mapping[ClerkId, str]
    ) -> None:
        before, self.rows = self.rows, {}
        focused = next((key for key, row in before.items() if row.hasFocus()), None)
        chosen = {key for key, row in before.items() if row.isChecked()}
        value = self._scroll.verticalScrollBar().value()
        self._scroll.clear()
        for group, lines in groups:
            self._scroll.rows.addWidget(GroupHead(self._theme, group, len(lines), self._w))
            for line in lines[:MOST_ROWS]:
                row = BoardRow(self._theme, line, names, self._w)
                row.setObjectName(f"file-{line.file.application}")
                row.setChecked(line.file.application in chosen)
                self._scroll.rows.addWidget(row)
                self.rows[line.file.application] = row
        self._scroll.verticalScrollBar().setValue(value)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        rows = list(self.rows.values())
        if step is None or not rows:
            super().keyPressEvent(event)
            return
        now = next((place for place, row in enumerate(rows) if row.hasFocus()), -1 if step > 0 else len(rows))
        row = rows[min(max(now + step, 0), len(rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, self._theme.px(48))
