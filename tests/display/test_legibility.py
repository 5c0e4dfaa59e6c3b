"""How large letters are, by how far away people sit."""

import pytest

from display.legibility import MOST, for_distance, pixels_per_mm, readable_metres
from ui.theme import Role, Size, display_theme

FULL_HD = Size(1920, 1080)
THEME = display_theme(FULL_HD)
ON_55_INCHES = pixels_per_mm(FULL_HD, 55.0)


def test_a_55_inch_screen_has_its_pixels_per_mm() -> None:
    assert pytest.approx(1.58, abs=0.01) == ON_55_INCHES


def test_at_ten_metres_the_design_is_as_drawn() -> None:
    assert for_distance(THEME, 10, ON_55_INCHES) == THEME


def test_from_nearer_nothing_becomes_smaller() -> None:
    assert for_distance(THEME, 3, ON_55_INCHES) == THEME


def test_from_farther_texts_grow_with_the_distance() -> None:
    around = for_distance(THEME, 12, ON_55_INCHES)
    assert around.type(Role.LEAST).px == 42
    assert readable_metres(THEME, around, ON_55_INCHES) == pytest.approx(12)


def test_growing_has_a_limit_and_what_it_costs_is_known() -> None:
    around = for_distance(THEME, 30, ON_55_INCHES)
    assert around.scale == pytest.approx(THEME.scale * MOST)
    assert readable_metres(THEME, around, ON_55_INCHES) == pytest.approx(12.25, abs=0.01)


def test_a_smaller_screen_of_the_same_pixels_is_read_from_nearer() -> None:
    px_per_mm = pixels_per_mm(FULL_HD, 32.0)
    assert readable_metres(THEME, THEME, px_per_mm) == pytest.approx(5.9, abs=0.1)
