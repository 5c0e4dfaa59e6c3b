"""The PIN: dots for what was typed, and keys for who has no keyboard at hand."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Role, Surface, Theme, Type, Weight
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State
from wording import Wording

LONGEST_PIN = 12
SHORTEST_PIN = 4


class PinDots(QWidget):
    """As many dots as digits typed; rings for those that a PIN has at least."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._typed = 0
        self.setFixedHeight(theme.px(32))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_typed(self, typed: int) -> None:
        self._typed = typed
        self.setAccessibleName(self._w.tn("{n} digit typed", "{n} digits typed", typed))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, palette = self._theme, self._theme.palette
        count = max(SHORTEST_PIN, self._typed)
        step, radius = theme.px(26), theme.px(14) / 2
        x = (self.width() - (count - 1) * step) / 2
        for place in range(count):
            is_typed = place < self._typed
            painter.setPen(QPen(QColor(palette.accent if is_typed else palette.control), theme.line(4)))
            painter.setBrush(QColor(palette.accent) if is_typed else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x + place * step, self.height() / 2), radius, radius)
        painter.end()


class PadKey(Pressable):
    """A digit, or the key that takes the last one away."""

    def __init__(self, theme: Theme, said: str, icon: Icon | None = None) -> None:
        self._icon = icon
        super().__init__(theme, said)
        self.setFixedHeight(self.height_for(0))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the number keys of the keyboard do the same

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        line = self.theme.line(palette.control_px)
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.card, palette.ink, palette.control, line)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return Box(palette.page, palette.disabled, palette.hairline, line)

    def height_for(self, _width: int) -> int:
        return self.theme.px(44 if self.theme.surface is Surface.STRIP else 56)

    def design_width(self) -> int:
        return self.theme.px(96)

    @property
    def is_cut(self) -> bool:
        return False

    def paint_words(self, painter: QPainter, box: Box) -> None:
        middle = self.height() / 2
        if self._icon is not None:
            px = self.theme.px(26)
            rect = QRectF((self.width() - px) / 2, middle - px / 2, px, px)
            paint_icon(painter, self._icon, rect, box.ink)
            return
        text = Paragraph(self.words, Type(self.theme.type(Role.TITLE).px, Weight.BOLD))
        text.draw(painter, self.width() / 2, middle - text.height / 2, box.ink, Align.CENTRE)


class PinPad(QWidget):
    """`changed` is emitted whenever the PIN is another one."""

    changed = Signal()

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        self.pin = ""
        self._dots = PinDots(theme, w)
        grid = QGridLayout()
        grid.setSpacing(theme.space(8))
        for place, digit in enumerate("123456789"):
            grid.addWidget(self._digit(theme, digit), place // 3, place % 3)
        grid.addWidget(self._digit(theme, "0"), 3, 1)
        back = PadKey(theme, w.t("Delete a digit"), Icon.BACKSPACE)
        back.setObjectName("pin-delete")
        back.clicked.connect(self.delete)
        grid.addWidget(back, 3, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        column.addWidget(self._dots)
        column.addLayout(grid)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())
        self.clear()

    def add(self, digit: str) -> None:
        if len(self.pin) < LONGEST_PIN:
            self._set(self.pin + digit)

    def delete(self) -> None:
        self._set(self.pin[:-1])

    def clear(self) -> None:
        self._set("")

    @property
    def is_long_enough(self) -> bool:
        return len(self.pin) >= SHORTEST_PIN

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(max(hint.width(), 3 * hint.height() // 4), hint.height())

    def _set(self, pin: str) -> None:
        self.pin = pin
        self._dots.show_typed(len(pin))
        self.changed.emit()

    def _digit(self, theme: Theme, digit: str) -> PadKey:
        key = PadKey(theme, digit)
        key.setObjectName(f"pin-{digit}")
        key.clicked.connect(lambda: self.add(digit))
        return key
