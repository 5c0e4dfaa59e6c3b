"""Setting words: wrapped paragraphs with bold or marked parts, cut with an ellipsis or set smaller to fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final, cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from ui.fonts import font
from ui.theme import Hex, Type, Weight

UNBOUNDED: Final = 1e6
"""A width or height that nothing reaches."""

_CAP_HEIGHT_EM: Final = 0.745
_LINE_SEPARATOR: Final = "\u2028"
_WORD_JOINER: Final = "\u2060"
_RANGE_DASH: Final = re.compile(r"(?<=\d)–(?=\d)")
_SHRINKING: Final = (1.0, 0.92, 0.84, 0.76, 0.7)


@dataclass(frozen=True)
class Span:
    """A part of a text that differs: in weight, or by a mark behind it."""

    text: str
    weight: Weight | None = None
    mark: Hex | None = None


Words = str | tuple[Span, ...]
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
        self._spans = _spans(words)
        self._allowed = UNBOUNDED if width is None else max(1.0, width)
        text = "".join(span.text for span in self._spans)
        self._layout = self._laid_out(text, QTextOption.WrapMode.WordWrap)
        self.is_cut = any(line.naturalTextWidth() > self._allowed + 0.5 for line in self._lines)
        if self.is_cut:
            self._layout = self._laid_out(text, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if max_lines is not None and self.line_count > max_lines:
            self.is_cut = True
            start = self._lines[max_lines - 1].textStart()
            ended = text[:start] + self._elided(text[start:])
            self._layout = self._laid_out(ended, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.width = max((line.naturalTextWidth() for line in self._lines), default=0.0)
        self.height = self.line_count * self._line_height

    @property
    def line_count(self) -> int:
        return self._layout.lineCount()

    @property
    def first_baseline(self) -> float:
        """Below the paragraph's top."""
        return self._line_height / 2 + self._type.px * _CAP_HEIGHT_EM / 2

    def draw(self, painter: QPainter, x: float, y: float, colour: Hex, align: Align = Align.LEFT) -> None:
        """Draws with its top at y and, by `align`, its left edge, middle or right edge at x."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, line in enumerate(self._lines):
            match align:
                case Align.LEFT:
                    left = x
                case Align.CENTRE:
                    left = x - line.naturalTextWidth() / 2
                case Align.RIGHT:
                    left = x - line.naturalTextWidth()
            baseline = round(y + index * self._line_height + self.first_baseline)
            self._draw_marks(painter, line, left, baseline)
            painter.setPen(QColor(colour))
            line.draw(painter, QPointF(left - line.x(), baseline - line.ascent() - line.y()))

    @property
    def _lines(self) -> list[QTextLine]:
        return [self._layout.lineAt(index) for index in range(self._layout.lineCount())]

    @property
    def _line_height(self) -> float:
        return self._type.px * self._type.line_em

    def _laid_out(self, text: str, wrap: QTextOption.WrapMode) -> QTextLayout:
        layout = QTextLayout(text, font(self._type))
        option = QTextOption()
        option.setWrapMode(wrap)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self._allowed)
        layout.endLayout()
        return layout

    def _formats(self) -> list[QTextLayout.FormatRange]:
        ranges = []
        for start, span in self._placed_spans():
            if span.weight is not None:
                form = QTextCharFormat()
                form.setFont(font(replace(self._type, weight=span.weight)))
                placed = QTextLayout.FormatRange()
                placed.start, placed.length, placed.format = start, len(span.text), form
                ranges.append(placed)
        return ranges

    def _placed_spans(self) -> Iterator[tuple[int, Span]]:
        start = 0
        for span in self._spans:
            yield start, span
            start += len(span.text)

    def _elided(self, rest: str) -> str:
        metrics = QFontMetricsF(font(self._type))
        flat = rest.replace(_LINE_SEPARATOR, " ")
        return metrics.elidedText(flat, Qt.TextElideMode.ElideRight, self._allowed)

    def _draw_marks(self, painter: QPainter, line: QTextLine, left: float, baseline: int) -> None:
        em = self._type.px
        painter.setPen(Qt.PenStyle.NoPen)
        for start, span in self._placed_spans():
            first = max(start, line.textStart())
            last = min(start + len(span.text), line.textStart() + line.textLength())
            if span.mark is None or first >= last:
                continue
            one, other = (_cursor_x(line, at) for at in (first, last))
            painter.setBrush(QColor(span.mark))
            rect = QRectF(left - line.x() + one - em * 0.05, baseline - em, other - one + em * 0.1, em * 1.26)
            painter.drawRoundedRect(rect, em * 0.16, em * 0.16)


def fitted(
    words: Words, type: Type, width: float, height: float = UNBOUNDED, max_lines: int = 2
) -> Paragraph:
    """Words that must be read whole: on balanced lines, and a few steps smaller where they do not fit."""
    paragraph = Paragraph(words, type, width, max_lines)
    for share in _SHRINKING:
        smaller = type.at(max(1, round(type.px * share)))
        paragraph = Paragraph(words, smaller, width, max_lines)
        if not paragraph.is_cut and paragraph.height <= height:
            return balanced(words, smaller, width)
    return paragraph


def balanced(words: Words, type: Type, width: float) -> Paragraph:
    """The narrowest setting on as few lines as the width allows, so that no line holds a lone short word."""
    paragraph = best = Paragraph(words, type, width)
    narrow, wide = 1.0, paragraph.width
    while paragraph.line_count > 1 and wide - narrow > type.px / 4:
        middle = (narrow + wide) / 2
        trial = Paragraph(words, type, middle)
        if trial.line_count == paragraph.line_count and not trial.is_cut:
            best, wide = trial, middle
        else:
            narrow = middle
    return best


def _spans(words: Words) -> tuple[Span, ...]:
    spans = (Span(words),) if isinstance(words, str) else words
    return tuple(replace(span, text=_settable(span.text)) for span in spans)


def _settable(text: str) -> str:
    """Line ends as the layout knows them; a range such as 20–30 stays on one line."""
    return _RANGE_DASH.sub(f"–{_WORD_JOINER}", text.replace("\n", _LINE_SEPARATOR))


def _cursor_x(line: QTextLine, at: int) -> float:
    x, _nearest = cast(tuple[float, int], line.cursorToX(at))
    return x
