"""A line to type in: by a keyboard, or key by key from the kiosk's own."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.fonts import font
from ui.icons import Icon, paint_icon
from ui.theme import Hex, Role, Theme, Type, Weight
from ui.widgets.box import Box, paint_box


class TextField(QLineEdit):
    """Bordered in the accent, with an icon before the text. Its name for screen readers is its placeholder."""

    def __init__(
        self, theme: Theme, placeholder: str, icon: Icon | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setFrame(False)
        self.setFont(font(self._type))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        left = self._padding + (0 if icon is None else self._icon_px + round(self._type.px * 0.75))
        self.setTextMargins(left, 0, self._padding, 0)
        self._colour()

    def sizeHint(self) -> QSize:
        kiosk = self._theme.px(self._theme.surface.value.control_height)
        return QSize(self._type.px * 12, kiosk)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._type.px * 6, self.sizeHint().height())

    @property
    def is_cut(self) -> bool:
        """Whether the placeholder is shown and does not fit; a text that is typed may scroll."""
        margins = self.textMargins()
        room = self.width() - margins.left() - margins.right()
        natural = QFontMetricsF(self.font()).horizontalAdvance(self.placeholderText())
        return not self.text() and natural > room

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        line = self._theme.line(6 if self.hasFocus() else 4)
        box = Box(palette.card, palette.ink, palette.accent, line)
        paint_box(painter, QRectF(self.rect()), self._theme.control_radius, box, self._theme)
        if self._icon is not None:
            px = self._icon_px
            rect = QRectF(self._padding, (self.height() - px) / 2, px, px)
            paint_icon(painter, self._icon, rect, palette.accent)
        painter.end()
        super().paintEvent(event)
        if self.hasFocus() and not self.isReadOnly():
            self._paint_caret()

    def _paint_caret(self) -> None:
        """Wide enough to be found, and never blinking."""
        place = self.cursorRect().center()
        width, height = self._theme.line(4), round(self._type.px * 1.25)
        painter = QPainter(self)
        caret = QRect(place.x() - width // 2, place.y() - height // 2, width, height)
        painter.fillRect(caret, QColor(self._theme.palette.accent))
        painter.end()

    @property
    def _type(self) -> Type:
        return Type(self._theme.type(Role.LEAD).px, Weight.MEDIUM)

    @property
    def _icon_px(self) -> int:
        return round(self._type.px * 1.4)

    @property
    def _padding(self) -> int:
        return round(self._type.px * 1.0)

    def _colour(self) -> None:
        palette = self._theme.palette
        made = self.palette()
        roles: dict[QPalette.ColorRole, Hex] = {
            QPalette.ColorRole.Text: palette.ink,
            QPalette.ColorRole.PlaceholderText: palette.faint,
            QPalette.ColorRole.Highlight: palette.accent,
            QPalette.ColorRole.HighlightedText: palette.on_accent,
        }
        for role, colour in roles.items():
            made.setColor(role, QColor(colour))
        made.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(made)
