"""Short facts: an icon with words beside it, and a figure with words below it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.icons import Icon, paint_icon
from ui.text import Paragraph, Words, fitted, plain
from ui.theme import Role, Theme, Tone, Type

_ICON_EM = 1.1
_GAP_EM = 0.35


class Fact(QWidget):
    """An icon and words on one or more lines: "8 waiting", "20–30 min", a hint. The icon may have its own tone."""

    def __init__(
        self,
        theme: Theme,
        icon: Icon,
        words: Words,
        type: Role | Type = Role.BODY,
        tone: Tone = Tone.INK,
        icon_tone: Tone | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._type = theme.type(type) if isinstance(type, Role) else type
        self._tone = tone
        self._icon_tone = tone if icon_tone is None else icon_tone
        self._words: Words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_words(words)

    def set_words(self, words: Words) -> None:
        self._words = words
        self.setAccessibleName(plain(words))
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: Icon, tone: Tone) -> None:
        """Also gives words and icon the tone."""
        self._icon, self._tone, self._icon_tone = icon, tone, tone
        self.update()

    def sizeHint(self) -> QSize:
        natural = Paragraph(self._words, self._type)
        return QSize(round(self._icon_room + natural.width) + 2, round(max(natural.height, self._icon_px)))

    def minimumSizeHint(self) -> QSize:
        least = round(self._icon_room + self._type.px * 3)
        return QSize(min(least, self.sizeHint().width()), self._icon_px)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(max(self._set(width).height, self._icon_px))

    @property
    def is_cut(self) -> bool:
        text = self._set(self.width())
        return text.is_cut or text.height > self.height() + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        text = self._set(self.width())
        px = self._icon_px
        paint_icon(
            painter,
            self._icon,
            QRectF(0, (self.height() - px) / 2, px, px),
            palette.tone(self._icon_tone),
        )
        text.draw(painter, self._icon_room, (self.height() - text.height) / 2, palette.tone(self._tone))
        painter.end()

    def _set(self, width: int) -> Paragraph:
        return Paragraph(self._words, self._type, width - self._icon_room)

    @property
    def _icon_px(self) -> int:
        return round(self._type.px * _ICON_EM)

    @property
    def _icon_room(self) -> int:
        return round(self._type.px * (_ICON_EM + _GAP_EM))


class StatFact(QWidget):
    """A figure that is the point, with words under it and perhaps an icon over it."""

    def __init__(
        self,
        theme: Theme,
        figure: str,
        words: Words,
        icon: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._figure = ""
        self._words: Words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_fact(figure, words)

    def set_fact(self, figure: str, words: Words) -> None:
        self._figure, self._words = figure, words
        self.setAccessibleName(f"{figure} {plain(words)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        figure = Paragraph(self._figure, self._theme.type(Role.FIGURE))
        words = Paragraph(self._words, self._theme.type(Role.LEAD))
        height = self._icon_room + figure.height + words.height
        return QSize(round(max(figure.width, words.width)) + 2, round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.type(Role.LEAD).px * 3, self.sizeHint().height())

    @property
    def is_cut(self) -> bool:
        figure, words = self._set()
        height = self._icon_room + figure.height + words.height
        return figure.is_cut or words.is_cut or height > self.height() + 1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        palette = self._theme.palette
        if self._icon is not None:
            paint_icon(painter, self._icon, QRectF(0, 0, self._icon_px, self._icon_px), palette.accent)
        figure, words = self._set()
        figure.draw(painter, 0, self._icon_room, palette.ink)
        words.draw(painter, 0, self._icon_room + figure.height, palette.faint)
        painter.end()

    def _set(self) -> tuple[Paragraph, Paragraph]:
        figure = fitted(self._figure, self._theme.type(Role.FIGURE), self.width(), max_lines=1)
        words = fitted(self._words, self._theme.type(Role.LEAD), self.width(), max_lines=1)
        return figure, words

    @property
    def _icon_px(self) -> int:
        return round(self._theme.type(Role.LEAD).px * 1.4)

    @property
    def _icon_room(self) -> float:
        return 0 if self._icon is None else self._icon_px * 1.3
