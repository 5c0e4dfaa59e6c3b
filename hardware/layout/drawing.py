"""A layout's pictures, for a page so many dots wide: which of `pictures` each block is, with which words."""

from collections.abc import Callable
from typing import assert_never

from PIL import Image

from hardware.layout import pictures
from hardware.layout.blocks import (
    Align,
    Band,
    Box,
    Edge,
    Heading,
    Layout,
    Logo,
    Masthead,
    Panel,
    Plate,
    Ruler,
    Stripes,
)
from hardware.profile import Profile

Picture = Edge | Masthead | Logo | Band | Plate | Heading | Panel | Box | Ruler | Stripes
"""The blocks that are drawn."""

Filled = Callable[[str], str]
"""A template with its fields filled in."""


def drawn(block: Picture, layout: Layout, profile: Profile, filled: Filled) -> tuple[int, Image.Image]:
    """The picture, and where it begins, in dots from the paper's first."""
    area = profile.width_dots - 2 * layout.margin
    match block:
        case Edge(height):
            return 0, pictures.edge(profile.width_dots, height)
        case Ruler(height):
            return 0, pictures.ruler(profile.width_dots, height, profile.dots_per_inch)
        case Stripes(height):
            return 0, pictures.stripes(profile.width_dots, height)
        case Logo(file, height, align):
            logo = pictures.logo(layout.logos[file], area, height)
            return layout.margin + _start(area - logo.width, align), logo
        case Masthead(height, right):
            image = pictures.masthead(area, height, filled(right))
        case Band(text, height):
            image = pictures.band(area, height, filled(text))
        case Plate(letter, number, height):
            image = pictures.plate(area, height, filled(letter), filled(number))
        case Heading(title, letter, number, height):
            image = pictures.heading(area, height, filled(title), filled(letter), filled(number))
        case Panel(caption, clock, height):
            image = pictures.panel(area, height, filled(caption), filled(clock))
        case Box(caption, height):
            image = pictures.box(area, height, filled(caption))
        case _:
            assert_never(block)
    return layout.margin, image


def _start(free: int, align: Align) -> int:
    """In whole bytes, as a picture's rows are."""
    match align:
        case Align.LEFT:
            return 0
        case Align.CENTER:
            return free // 16 * 8
        case Align.RIGHT:
            return free // 8 * 8
    assert_never(align)
