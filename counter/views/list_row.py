"""A row of a page's list that can be chosen: its mark, its number, the line below it. What else it says is its own."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from counter.desk import Number
from ui.text import Paragraph
from ui.theme import Ground, Hex, Role, Surface, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.option import Mark, paint_mark
from ui.widgets.pressable import Pressable, State


class ListRow(Pressable):
    """Checked is chosen. In the strip on two lines."""

    MARK = Mark.ONE
    HEIGHT_PX = 52

    def __init__(self, theme: Theme, said: str) -> None:
        super().__init__(theme, said)
        self.setCheckable(True)

    @property
    def ground(self) -> Hex:
        """What it stands on while nothing is done to it."""
        return self.theme.palette.card

    def paint_row(self, painter: QPainter, box: Box, mark: QRectF, middle: float) -> None:
        """Everything after the mark; `middle` is that of the first line."""
        raise NotImplementedError

    @property
    def radius(self) -> int:
        return 0

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.CHOSEN:
                return Box(palette.chosen, palette.ink)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed)
            case State.REST | State.UNAVAILABLE:
                return Box(self.ground, palette.ink)

    def height_for(self, _width: int) -> int:
        return self.theme.px(72 if self.is_narrow else self.HEIGHT_PX)

    def design_width(self) -> int:
        return self.theme.px(340)

    @property
    def is_cut(self) -> bool:
        return False  # a service's name ends in an ellipsis here: the sheet shows it whole

    @property
    def is_narrow(self) -> bool:
        return self.theme.surface is Surface.STRIP

    def paint_words(self, painter: QPainter, box: Box) -> None:
        theme = self.theme
        middle = theme.px(24) if self.is_narrow else self.height() / 2
        side = theme.px(24)
        mark = QRectF(theme.px(12 if self.is_narrow else 20), middle - side / 2, side, side)
        pressed = self.state is State.PRESSED
        paint_mark(painter, mark, self.MARK, self.isChecked(), theme, box.ink if pressed else None)
        self.paint_row(painter, box, mark, middle)
        line = theme.line(2)
        bottom = QRectF(0, self.height() - line, self.width(), line)
        painter.fillRect(bottom, QColor(theme.palette.hairline))

    def paint_number(self, painter: QPainter, number: Number, x: float, middle: float, ink: Hex) -> float:
        """Returns where it ends. A file of another day has no letter to show."""
        theme = self.theme
        side = theme.px(26)
        if number.letter:
            ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
            badge = QRectF(x, middle - side / 2, side, side)
            paint_badge(painter, badge, number.letter, badge_colours(theme, number.letter, ground))
            x += side + theme.px(10)
        return self.paint_text(painter, number.digits, x, middle, ink, Weight.BOLD)

    def paint_text(
        self,
        painter: QPainter,
        said: str,
        x: float,
        middle: float,
        ink: Hex,
        weight: Weight = Weight.MEDIUM,
        room: float | None = None,
    ) -> float:
        """Returns where it ends."""
        text = Paragraph(said, Type(self.theme.type(Role.BODY).px, weight), room, 1)
        text.draw(painter, x, middle - text.height / 2, ink)
        return x + text.width
