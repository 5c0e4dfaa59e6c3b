"""The pictures on paper: whole, within their width, and the hero as large as its place allows."""

import pytest
from PIL import Image, ImageChops

from hardware.layout import pictures
from hardware.layout.blocks import Style


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


def test_a_title_without_a_number_has_the_width_to_itself() -> None:
    long = "Tanda terima berkas yang sangat panjang sekali"
    assert (
        ink(pictures.heading(536, 56, long, "", ""))[2]
        > ink(pictures.heading(536, 56, long, "A", "019"))[0] + 400
    )


def test_a_caption_too_long_for_one_legible_line_takes_two() -> None:
    caption = "Siap diambil hari ini, paling lambat pukul"
    one, two = (pictures.panel(360, 176, text, "14.30").convert("L") for text in ("Siap pukul", caption))
    first_line, second_line = (14, 40), (44, 66)
    assert two.crop((10, *first_line[:1], 350, first_line[1])).getextrema()[1] == 255
    assert two.crop((10, second_line[0], 350, second_line[1])).getextrema()[1] == 255
    digits = [ink(ImageChops.invert(each.crop((20, 80, 340, 170)))) for each in (one, two)]
    assert digits[1][3] - digits[1][1] >= 80  # ten millimetres high still
    assert digits[1][3] <= 90


def test_a_drawn_line_is_as_high_as_a_set_one_and_no_wider() -> None:
    words = [
        pictures.Words(0, 5 * 12, "Łódź!", Style()),
        pictures.Words(200, 7 * 24, "Šibenik", Style(across=2, down=2, bold=True)),
    ]
    line = pictures.line(words)
    assert line.size == (200 + 7 * 24, 48 + 8)
    left, top, right, bottom = ink(line)
    assert left <= 4
    assert right <= 368
    assert top >= 0  # the caron above the capital is whole
    assert bottom <= 56


def test_a_wide_text_is_narrowed_into_its_room() -> None:
    narrow = pictures.line([pictures.Words(0, 4 * 12, "WWWŴ", Style())])
    assert narrow.width == 48
    assert ink(narrow)[2] <= 48


def test_a_ruler_has_a_stroke_each_millimetre_and_one_at_either_end() -> None:
    ruler = pictures.ruler(576, 56, 203)
    first_row = ruler.crop((0, 0, 576, 1)).convert("L").tobytes()
    strokes = [x for x, dot in enumerate(first_row) if dot == 0]
    assert (strokes[0], strokes[-1]) == (0, 575)
    assert strokes[10] == round(10 * 203 / 25.4)
    assert len(strokes) == 73  # 0 to 71 mm, and the end


def test_stripes_are_half_black_and_reach_both_edges() -> None:
    stripes = pictures.stripes(576, 72)
    assert stripes.convert("L").histogram()[0] == pytest.approx(576 * 72 / 2, rel=0.05)


def test_a_frame_is_empty_but_for_its_caption() -> None:
    box = pictures.box(536, 120, "Paraf petugas")
    assert ink(box) == (0, 0, 536, 120)
    assert box.crop((8, 40, 528, 112)).convert("L").getextrema() == (255, 255)


def test_line_art_stays_sharp_and_a_photograph_is_dithered() -> None:
    art = Image.new("L", (200, 100), 255)
    art.paste(0, (50, 20, 150, 80))
    assert ink(pictures.logo(art, 536, 100)) == (50, 20, 150, 80)
    photograph = Image.linear_gradient("L").resize((200, 100))
    dithered = pictures.logo(photograph, 536, 100).convert("L")
    middle = dithered.crop((0, 40, 200, 60))
    assert 0.3 < middle.histogram()[0] / (200 * 20) < 0.7


def test_a_logo_fits_its_height_or_the_width_there_is() -> None:
    assert pictures.logo(Image.new("L", (300, 100)), 536, 80).size == (240, 80)
    assert pictures.logo(Image.new("L", (300, 10)), 360, 80).size == (360, 12)
