"""The number plate: a ticket's letter as a badge beside its digits, the hero of every screen."""

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import Align, Paragraph
from ui.theme import Ground, Hex, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge

_ORDINARY_DIGITS = 3


class PlateForm(Enum):
    """Badge side, letter and gap, each as a share of the digits' size."""

    HERO = (1.0, 0.94, 0.2)  # one number fills the screen
    DESK = (0.824, 0.52, 0.17)  # the counter's own ticket
    ROW = (0.895, 0.55, 0.34)  # a row of a list
    SMALL = (1.5, 0.9, 0.7)  # where the badge leads and the digits follow


class NumberPlate(QWidget):
    """A ticket's number, digits `digits_px` large (a length of the design).

    It asks for the width of three digits; with more of them, or in less room, all of it is set smaller.
    """

    def __init__(
        self,
        theme: Theme,
        digits_px: int,
        form: PlateForm = PlateForm.HERO,
        ground: Ground = Ground.PAGE,
        align: Align = Align.LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._digits_px = theme.px(digits_px)
        self._form = form
        self._ground = ground
        self._align = align
        self._letter = ""
        self._digits = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_number(self, letter: str, digits: str) -> None:
        """For example ("A", "019"); an empty letter shows nothing."""
        if (letter, digits) == (self._letter, self._digits):
            return
        self._letter, self._digits = letter, digits
        self.setAccessibleName(f"{letter} {digits}".strip())
        self.updateGeometry()
        self.update()

    def set_ground(self, ground: Ground) -> None:
        self._ground = ground
        self.update()

    @property
    def is_cut(self) -> bool:
        return self.height() < self._height()

    @property
    def shown_digits_px(self) -> float:
        """The size that the digits are drawn at now."""
        return self._digits_px * self._shrink()

    def sizeHint(self) -> QSize:
        digits = max(_ORDINARY_DIGITS, min(len(self._digits), _ORDINARY_DIGITS))
        side, _, gap = (share * self._digits_px for share in self._form.value)
        return QSize(round(side + gap + self._digits_width(digits, self._digits_px)), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self.sizeHint().width() * 0.4), self._height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._letter:
            return
        painter = QPainter(self)
        digits_px = self.shown_digits_px
        side, letter_px, gap = (share * digits_px for share in self._form.value)
        width = side + gap + self._digits_width(len(self._digits), digits_px)
        match self._align:
            case Align.LEFT:
                left = 0.0
            case Align.CENTRE:
                left = (self.width() - width) / 2
            case Align.RIGHT:
                left = self.width() - width
        middle = self.height() / 2
        badge = QRectF(left, middle - side / 2, side, side)
        colours = badge_colours(self._theme, self._letter, self._ground)
        paint_badge(painter, badge, self._letter, colours, round(letter_px))
        digits = Paragraph(self._digits, Type(round(digits_px), Weight.BOLD))
        digits.draw(painter, left + side + gap, middle - digits.height / 2, self._ink())
        painter.end()

    def _ink(self) -> Hex:
        palette = self._theme.palette
        match self._ground:
            case Ground.PANEL:
                return palette.on_panel
            case Ground.NOW:
                return palette.on_now
            case _:
                return palette.ink

    def _height(self) -> int:
        return round(self._digits_px * max(self._form.value[0], 0.8))

    def _shrink(self) -> float:
        side, _, gap = self._form.value
        wanted = (side + gap) * self._digits_px + self._digits_width(len(self._digits), self._digits_px)
        room = min(self.width(), self.sizeHint().width())
        return min(1.0, room / wanted)

    @staticmethod
    def _digits_width(count: int, digits_px: float) -> float:
        return 0.6 * count * digits_px
