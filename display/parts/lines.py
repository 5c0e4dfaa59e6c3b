"""Setting words that share a line: on one baseline, and two of them side by side."""

from itertools import product

from PySide6.QtGui import QPainter

from ui.text import Align, Paragraph
from ui.theme import Hex, Type

_STEPS = (1.0, 0.95, 0.9, 0.86, 0.83, 0.8, 0.76, 0.72)


def draw_on_baseline(
    painter: QPainter, text: Paragraph, x: float, baseline: float, colour: Hex, align: Align = Align.LEFT
) -> None:
    """Words of one line with their feet on `baseline`."""
    text.draw(painter, x, baseline - text.first_baseline, colour, align)


def side_by_side(
    left: tuple[str, Type], right: tuple[str, Type], width: float, gap: float, least_px: int
) -> tuple[Paragraph, Paragraph]:
    """Two texts that share a line of this width: smaller where they have to, below `least_px` only as a last
    resort."""
    for floor, step in product((least_px, 1), _STEPS):
        both = tuple(
            Paragraph(words, type.at(max(min(floor, type.px), round(type.px * step))))
            for words, type in (left, right)
        )
        if both[0].width + gap + both[1].width <= width:
            break
    return both[0], both[1]
