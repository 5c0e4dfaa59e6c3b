"""The pictures on paper: whole, within their width, and the hero as large as its place allows."""

import pytest
from PIL import Image, ImageChops

from hardware.layout import pictures


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(image.convert("L")).getbbox()
    assert box is not None
    return box


def test_the_edge_runs_over_the_whole_width_with_sixteen_whole_teeth() -> None:
    edge = pictures.edge(576, 20)
    assert edge.size == (576, 20)
    assert ink(edge) == (0, 0, 576, 20)
    row_of_points = edge.crop((0, 18, 576, 19)).convert("L").tobytes()
    assert len([run for run in row_of_points.split(b"\xff") if run]) == 16


@pytest.mark.parametrize("number", ["019", "1204", "99999"])
@pytest.mark.parametrize("letter", ["A", "W"])
def test_badge_and_digits_reach_from_side_to_side(number: str, letter: str) -> None:
    left, _, right, _ = ink(pictures.plate(536, 182, letter, number))
    assert left == 0
    assert 500 < right <= 536


def test_three_digits_stand_17_mm_high() -> None:
    plate = pictures.plate(536, 182, "A", "019")
    assert plate.height == 182
    _, top, _, bottom = ink(plate.crop((200, 0, 536, 182)))
    assert bottom - top == pytest.approx(17.3 * 8, abs=6)


def test_more_digits_make_a_lower_plate() -> None:
    heights = [pictures.plate(536, 182, "A", "1" * count).height for count in (3, 4, 5)]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_digits_stand_in_places_of_one_width() -> None:
    """A 1 takes as much room as an 8, so that numbers line up from ticket to ticket."""
    one, eight = (ink(pictures.plate(536, 182, "A", f"0{digit}0")) for digit in "18")
    assert (one[0], one[2]) == (eight[0], eight[2])


def test_the_promise_is_white_on_black_and_16_mm_high() -> None:
    panel = pictures.panel(536, 216, "Siap diambil hari ini, paling lambat pukul", "14.30")
    assert ink(panel) == (0, 0, 536, 216)
    box = panel.crop((20, 60, 516, 205)).getbbox()
    assert box is not None
    assert box[3] - box[1] == pytest.approx(16.4 * 8, abs=8)


@pytest.mark.parametrize("caption", ["Ready for collection today, at the latest by", "x" * 90])
def test_a_long_caption_is_set_smaller_and_stays_inside(caption: str) -> None:
    panel = pictures.panel(536, 216, caption, "14.30")
    margins = panel.convert("L").crop((530, 20, 536, 196))
    assert margins.getextrema() == (0, 0)


def test_a_long_title_leaves_the_plate_its_place() -> None:
    heading = pictures.heading(536, 56, "Tanda terima berkas yang sangat panjang sekali", "A", "019")
    assert ink(heading)[2] <= 536
    gap = heading.convert("L").crop((362, 0, 366, 56))
    assert gap.getextrema() == (255, 255)
