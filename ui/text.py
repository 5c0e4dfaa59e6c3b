"""Setting words: wrapped paragraphs with bold or marked parts, cut with an ellipsis or set smaller to fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from ui.fonts import font
from ui.theme import Hex, Type, Weight

_CAP_HEIGHT_EM = 0.745
_LINE_SEPARATOR = "\u2028"
UNBOUNDED = 1e6
_SHRINKING = (1.0, 0.92, 0.84, 0.76, 0.7)


@dataclass(frozen=True)
class Span:
    """A part of a text that differs: in weight, or by a mark behind it."""

    text: str
    weight: Weight | None = None
    mark: Hex | None = None


Words = str | Sequence[Span]
"""A text as the widgets take it."""


class Align(Enum):
    LEFT = auto()
    CENTRE = auto()
    RIGHT = auto()


def plain(words: Words) -> str:
    """The words alone, as a screen reader says them."""
    return words if isinstance(words, str) else "".join(span.text for span in words)


class Paragraph:
    """Words set in one type within a width, on at most so many lines.

    `width` is that of the longest line, `height` that of all; `is_cut` tells that something is missing or
    that a single word is wider than allowed. Capitals stand in the middle of their line's height.
    """

    def __init__(
        self, words: Words, type: Type, width: float | None = None, max_lines: int | None = None
    ) -> None:
        self._type = type
        self._allowed = UNBOUNDED if width is None else max(1.0, width)
        self._lines: list[QTextLayout] = []
        self.is_cut = False
        text = plain(words).replace("\n", _LINE_SEPARATOR)
        formats = _formats(words, type)
        self._break(text, formats, max_lines)
        self.width = max((layout.lineAt(0).naturalTextWidth() for layout in self._lines), default=0.0)
        self.height = len(self._lines) * self._line_height

    @property
    def line_count(self) -> int:
        return len(self._lines)

    @property
    def _line_height(self) -> float:
        return self._type.px * self._type.line_em

    @property
    def first_baseline(self) -> float:
        """Below the paragraph's top."""
        return self._line_height / 2 + self._type.px * _CAP_HEIGHT_EM / 2

    def draw(self, painter: QPainter, x: float, y: float, colour: Hex, align: Align = Align.LEFT) -> None:
        """Draws with its top at y and, by `align`, its left edge, middle or right edge at x."""
        painter.setPen(QColor(colour))
        for index, layout in enumerate(self._lines):
            line = layout.lineAt(0)
            width = line.naturalTextWidth()
            match align:
                case Align.LEFT:
                    left = x
                case Align.CENTRE:
                    left = x - width / 2
                case Align.RIGHT:
                    left = x - width
            baseline = y + index * self._line_height + self.first_baseline
            layout.draw(painter, QPointF(left, round(baseline) - line.ascent()))

    def _break(self, text: str, formats: list[QTextLayout.FormatRange], max_lines: int | None) -> None:
        whole = QTextLayout(text, font(self._type))
        whole.setTextOption(_option(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere))
        whole.setFormats(formats)
        whole.beginLayout()
        pieces: list[tuple[int, int]] = []
        while (line := whole.createLine()).isValid():
            line.setLineWidth(self._allowed)
            pieces.append((line.textStart(), line.textLength()))
        whole.endLayout()
        self.is_cut = any(_breaks_a_word(text, start) for start, _ in pieces[1:])
        if max_lines is not None and len(pieces) > max_lines:
            self.is_cut = True
            pieces = [*pieces[: max_lines - 1], (pieces[max_lines - 1][0], -1)]
        for start, length in pieces:
            self._lines.append(self._line(text, formats, start, length))

    def _line(
        self, text: str, formats: list[QTextLayout.FormatRange], start: int, length: int
    ) -> QTextLayout:
        if length == -1:
            rest = text[start:].replace(_LINE_SEPARATOR, " ")
            metrics = QFontMetricsF(font(self._type))
            piece = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self._allowed)
        else:
            piece = text[start : start + length].rstrip(" " + _LINE_SEPARATOR)
        layout = QTextLayout(piece, font(self._type))
        layout.setTextOption(_option(QTextOption.WrapMode.NoWrap))
        layout.setFormats(_shifted(formats, start, len(piece)))
        layout.beginLayout()
        layout.createLine().setLineWidth(UNBOUNDED)
        layout.endLayout()
        return layout


def fitted(
    words: Words, type: Type, width: float, height: float = UNBOUNDED, max_lines: int = 2
) -> Paragraph:
    """Words that must be read whole: on balanced lines, and a few steps smaller where they do not fit."""
    paragraph = Paragraph(words, type, width, max_lines)
    for smaller in _steps_down(type):
        paragraph = Paragraph(words, smaller, width, max_lines)
        if not paragraph.is_cut and paragraph.height <= height:
            return _balanced(words, smaller, paragraph)
    return paragraph


def _steps_down(type: Type) -> Iterator[Type]:
    for share in _SHRINKING:
        yield type.at(max(1, round(type.px * share)))


def _balanced(words: Words, type: Type, paragraph: Paragraph) -> Paragraph:
    """The narrowest setting on as many lines, so that no line holds a lone short word."""
    narrow, wide = 1.0, paragraph.width
    best = paragraph
    while paragraph.line_count > 1 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        trial = Paragraph(words, type, middle)
        if trial.line_count == paragraph.line_count and not trial.is_cut:
            best, wide = trial, middle
        else:
            narrow = middle
    return best


def _formats(words: Words, type: Type) -> list[QTextLayout.FormatRange]:
    if isinstance(words, str):
        return []
    ranges = []
    start = 0
    for span in words:
        form = QTextCharFormat()
        if span.weight is not None:
            form.setFont(font(Type(type.px, span.weight, type.tracking_em)))
        if span.mark is not None:
            form.setBackground(QBrush(QColor(span.mark)))
        ranges.append(_range(start, len(span.text), form))
        start += len(span.text)
    return ranges


def _range(start: int, length: int, form: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, form
    return made


def _shifted(
    formats: list[QTextLayout.FormatRange], start: int, length: int
) -> list[QTextLayout.FormatRange]:
    shifted = []
    for form in formats:
        first = max(form.start - start, 0)
        last = min(form.start + form.length - start, length)
        if last > first:
            shifted.append(_range(first, last - first, form.format))
    return shifted


def _option(wrap: QTextOption.WrapMode) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(wrap)
    return option


def _breaks_a_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return bool(before) and before not in (" ", "-", "/", "–", _LINE_SEPARATOR)
