"""Words on a screen: wrapped, in a role of the type scale and a tone; cut with an ellipsis when asked."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import Align, Paragraph, Words, fitted, plain
from ui.theme import Role, Theme, Tone, Type


class TextLabel(QWidget):
    """A text as wide as its room and as high as it needs.

    `max_lines` ends it with an ellipsis: only for names that come from data, never for a sentence of ours.
    """

    def __init__(
        self,
        theme: Theme,
        words: Words,
        type: Role | Type = Role.BODY,
        tone: Tone = Tone.INK,
        align: Align = Align.LEFT,
        max_lines: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._type = theme.type(type) if isinstance(type, Role) else type
        self._tone = tone
        self._align = align
        self._max_lines = max_lines
        self._words: Words = ""
        self._cache: dict[int, Paragraph] = {}
        self._natural = Paragraph("", self._type)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_words(words)

    @property
    def words(self) -> Words:
        return self._words

    def set_words(self, words: Words) -> None:
        if words == self._words:
            return
        self._words = words
        self._cache.clear()
        self._natural = Paragraph(words, self._type)
        self.setAccessibleName(plain(words).replace("\n", " "))
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    @property
    def is_cut(self) -> bool:
        """Whether something of the text can't be read at the present size."""
        set_now = self._set(self.width())
        return set_now.is_cut or set_now.height > self.height() + 1

    def sizeHint(self) -> QSize:
        return QSize(round(self._natural.width) + 2, round(self._natural.height))

    def minimumSizeHint(self) -> QSize:
        return QSize(
            min(self.sizeHint().width(), self._type.px * 4), round(self._type.px * self._type.line_em)
        )

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._set(width).height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paragraph = self._set(self.width())
        match self._align:
            case Align.LEFT:
                x = 0.0
            case Align.CENTRE:
                x = self.width() / 2
            case Align.RIGHT:
                x = float(self.width())
        y = max(0.0, (self.height() - paragraph.height) / 2)
        paragraph.draw(painter, x, y, self._theme.palette.tone(self._tone), self._align)
        painter.end()

    def _set(self, width: int) -> Paragraph:
        if width not in self._cache:
            if len(self._cache) > 8:
                self._cache.clear()
            self._cache[width] = self._made(width)
        return self._cache[width]

    def _made(self, width: int) -> Paragraph:
        return Paragraph(self._words, self._type, width, self._max_lines)


class OneLineLabel(TextLabel):
    """A name from data that must stay on one line: set smaller before it is cut."""

    def _made(self, width: int) -> Paragraph:
        return fitted(self._words, self._type, width, max_lines=1)
