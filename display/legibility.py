"""How large letters must be to be read from the back of the lobby (LOOK, "Display size"). Pure.

Where the design's own letters are too small for the distance, everything around the call panel is drawn larger:
then fewer rows fit, and lists turn pages. How much larger has a limit; `readable_metres` says what it costs.
"""

from dataclasses import replace
from math import hypot
from typing import Final

from ui.theme import Role, Size, Theme

_CAP_HEIGHT_EM: Final = 0.745
_MM_PER_INCH: Final = 25.4
_NUMBER_MM_PER_METRE: Final = 12.2
"""A capital under 0.7 degrees."""
_ROW_METRES_PER_MM: Final = 0.4
"""Comfortable."""
_TEXT_METRES_PER_MM: Final = 0.6
"""The most."""
MOST: Final = 1.2
"""Larger than this by the design, the waits of five queues no longer stand side by side."""


def pixels_per_mm(screen: Size, inches: float) -> float:
    """Of a screen with square pixels and this diagonal."""
    return hypot(screen.width, screen.height) / (inches * _MM_PER_INCH)


def for_distance(theme: Theme, metres: float, px_per_mm: float) -> Theme:
    """The theme for what stands around the call panel, read from so far."""
    wanted = metres / min(_rows_metres(theme, px_per_mm), _texts_metres(theme, px_per_mm))
    return replace(theme, scale=theme.scale * min(max(wanted, 1.0), MOST))


def readable_metres(panel: Theme, around: Theme, px_per_mm: float) -> float:
    """From how far everything on the screen can be read."""
    number_mm = _capital_mm(panel, Role.NUMBER, px_per_mm)
    return min(
        number_mm / _NUMBER_MM_PER_METRE, _rows_metres(around, px_per_mm), _texts_metres(around, px_per_mm)
    )


def _rows_metres(theme: Theme, px_per_mm: float) -> float:
    return _capital_mm(theme, Role.FIGURE, px_per_mm) * _ROW_METRES_PER_MM


def _texts_metres(theme: Theme, px_per_mm: float) -> float:
    return _capital_mm(theme, Role.LEAST, px_per_mm) * _TEXT_METRES_PER_MM


def _capital_mm(theme: Theme, role: Role, px_per_mm: float) -> float:
    return theme.surface.value.type[role] * theme.scale * _CAP_HEIGHT_EM / px_per_mm
