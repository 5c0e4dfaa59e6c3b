"""What the virtual printer puts on paper for each command."""

import pytest
import zxingcpp
from escpos.printer import Dummy
from PIL import Image, ImageChops

from hardware.virtual.engine import Engine
from hardware.virtual.glyphs import EPSON_CODE_TABLES
from hardware.virtual.interpreter import ReportKind
from hardware.virtual.paper import HEAD_TO_CUTTER_DOTS, WIDTH_58MM, Paper

CUT = b"\x1dV\x42\x00"
CELL = 12
GRAPHICS = b"\x1d(L\x0b\x000p0\x01\x011\x08\x00\x01\x00\xaa"
QR_OF_A019 = b"\x1d(k\x07\x001P0A019"
Box = tuple[int, int, int, int] | None


def printed(data: bytes, width_dots: int = 576) -> tuple[Engine, list[Paper]]:
    pieces: list[Paper] = []
    engine = Engine(pieces.append, width_dots)
    engine.receive(data)
    engine.work()
    return engine, pieces


def paper(data: bytes, width_dots: int = 576) -> Image.Image:
    """The one piece of paper that these bytes and a cut make, with nothing to complain of."""
    engine, pieces = printed(data + CUT, width_dots)
    assert engine.reports == []
    assert len(pieces) == 1
    return pieces[0].image


def ink(image: Image.Image) -> Box:
    """The box that holds all black dots."""
    return ImageChops.invert(image.convert("L")).getbbox()


def inked(image: Image.Image) -> tuple[int, int, int, int]:
    box = ink(image)
    assert box is not None
    return box


def kinds(engine: Engine) -> list[ReportKind]:
    return [report.kind for report in engine.reports]


@pytest.mark.parametrize(("width_dots", "columns"), [(576, 48), (384, 32)])
def test_font_a_sets_so_many_columns(width_dots: int, columns: int) -> None:
    one_line = paper(b"M" * columns + b"\n", width_dots)
    assert one_line.size == (width_dots, 30)
    assert paper(b"M" * (columns + 1) + b"\n", width_dots).height == 60


def test_font_b_sets_more_columns() -> None:
    assert paper(b"\x1bM\x01" + b"M" * 64 + b"\n").height == 30


def test_characters_are_enlarged_dot_by_dot() -> None:
    plain = paper(b"A\n").crop((0, 0, CELL, 24))
    large = paper(b"\x1d!\x12A\n")
    assert large.height == 72
    assert large.crop((0, 0, 24, 72)).tobytes() == plain.resize((24, 72), Image.Resampling.NEAREST).tobytes()


def test_print_mode_sets_size_weight_and_underline_at_once() -> None:
    together = paper(b"\x1b!\xb8Antrean\n")
    one_by_one = paper(b"\x1bE\x01\x1b-\x01\x1d!\x11Antrean\n")
    assert together.tobytes() == one_by_one.tobytes()


def test_emphasis_and_double_strike_look_alike_and_heavier() -> None:
    plain, bold, struck = (paper(style + b"Loket\n") for style in (b"", b"\x1bE\x01", b"\x1bG\x01"))
    assert bold.tobytes() == struck.tobytes()
    assert bold.histogram()[0] > plain.histogram()[0]


def test_reverse_is_white_on_black() -> None:
    plain, reverse = (paper(mode + b"A\n").crop((0, 0, CELL, 24)) for mode in (b"", b"\x1dB\x01"))
    assert ImageChops.invert(reverse.convert("L")).tobytes() == plain.convert("L").tobytes()


@pytest.mark.parametrize(("n", "left"), [(b"\x00", 0), (b"\x01", 258), (b"\x02", 516)])
def test_justification_moves_the_line(n: bytes, left: int) -> None:
    aligned = inked(paper(b"\x1ba" + n + b"MMMMM\n"))
    assert left <= aligned[0] <= left + CELL
    assert aligned[2] <= left + 5 * CELL


def test_margin_and_area_hold_the_text() -> None:
    box = inked(paper(b"\x1dL\x14\x00\x1dW\x78\x00" + b"M" * 25 + b"\n"))
    assert box[0] >= 20
    assert box[2] <= 20 + 120
    assert box[3] > 60  # ten columns a line: three lines


def test_an_absolute_position_places_the_next_character() -> None:
    assert inked(paper(b"\x1b$\x2c\x01M\n"))[0] >= 300


def test_a_relative_position_may_go_back() -> None:
    assert inked(paper(b"\x1b$\x2c\x01\x1b\\\x9c\xffM\n"))[0] in range(200, 212)


def test_tabs_stop_every_eight_columns_or_where_set() -> None:
    assert inked(paper(b"\tM\n"))[0] in range(96, 108)
    assert inked(paper(b"\x1bD\x14\x00\tM\n"))[0] in range(240, 252)


@pytest.mark.parametrize(
    ("feeding", "rows"),
    [
        (b"\n", 30),
        (b"\x1b3\x50\n", 80),
        (b"\x1b3\x50\x1b2\n", 30),
        (b"\x1bd\x04", 120),
        (b"\x1bJ\x64", 100),
        (b"\x1dP\x00\x65\x1bJ\x32", 100),  # units of 1/101 inch are two dots high
    ],
)
def test_paper_is_fed_by_lines_and_by_units(feeding: bytes, rows: int) -> None:
    assert paper(feeding).height == rows
    assert paper(b"A" + feeding).height == rows


def test_a_line_is_fed_by_no_less_than_its_height() -> None:
    assert paper(b"\x1d!\x03A\x1bJ\x01").height == 96


def test_a_carriage_return_alone_does_nothing() -> None:
    assert paper(b"A\rB\n").tobytes() == paper(b"AB\n").tobytes()


def test_initialize_forgets_the_line_and_the_modes() -> None:
    assert paper(b"\x1bE\x01\x1d!\x77lost\x1b@A\n").tobytes() == paper(b"A\n").tobytes()


def test_the_code_table_says_what_a_byte_is() -> None:
    in_437, in_1252 = paper(b"\x1bt\x00\x82\n"), paper(b"\x1bt\x10\xe9\n")
    assert in_437.tobytes() == in_1252.tobytes()


@pytest.mark.parametrize("impl", ["bitImageRaster", "graphics", "bitImageColumn"])
def test_a_picture_comes_out_as_it_went_in(impl: str) -> None:
    picture = Image.effect_mandelbrot((64, 48), (-2, -1, 1, 1), 40).point(
        lambda grey: 255 if grey > 90 else 0
    )
    host = Dummy(profile="TM-T20II")
    host.image(picture, impl=impl)
    on_paper = paper(bytes(host.output)).crop((0, 0, 64, 48))
    assert on_paper.convert("L").tobytes() == picture.convert("L").tobytes()


def test_raster_modes_double_the_dots() -> None:
    assert inked(paper(b"\x1dv0\x03\x01\x00\x02\x00\x80\x80")) == (0, 0, 2, 4)


@pytest.mark.parametrize("size", [3, 7])
def test_a_qr_code_is_drawn_at_its_module_size_and_read_by_another(size: int) -> None:
    host = Dummy(profile="TM-T20II")
    host.set(align="center")
    host.text("\n")
    host.qr("https://antrean.example/t/A019", ec=1, size=size, native=True)
    host.text("\n")
    image = paper(bytes(host.output))
    left, top, right, bottom = inked(image)
    assert right - left == bottom - top == 29 * size
    assert [code.text for code in zxingcpp.read_barcodes(image.convert("L"))] == [
        "https://antrean.example/t/A019"
    ]


def test_a_cut_ends_a_piece_of_paper_with_the_bytes_that_made_it() -> None:
    first, second = b"one\n" + CUT, b"two\n\x1dV\x41\x10"
    _, pieces = printed(first + second)
    assert [piece.raw_bytes for piece in pieces] == [first, second]
    assert [piece.image.height for piece in pieces] == [30, 46]


def test_a_cut_without_feed_leaves_what_lies_below_the_cutter() -> None:
    engine, (above, _) = printed(b"A\n" * 5 + b"\x1dV\x00" + CUT)
    assert above.image.height == 150 - HEAD_TO_CUTTER_DOTS
    assert kinds(engine) == [ReportKind.CUT_THROUGH_PRINT]


def test_the_cut_of_python_escpos_feeds_enough() -> None:
    host = Dummy(profile="TM-T20II")
    host.textln("Karcis")
    host.cut()
    engine, pieces = printed(bytes(host.output))
    assert (kinds(engine), len(pieces)) == ([], 1)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x1bp\x00\x19\xfa", ReportKind.UNKNOWN_COMMAND),
        (b"\x1c.", ReportKind.UNKNOWN_COMMAND),
        (b"\x1ba\x07", ReportKind.BAD_PARAMETER),
        (b"\x1ba\x61", ReportKind.BAD_PARAMETER),
        (b"\x1b-\x03", ReportKind.BAD_PARAMETER),
        (b"\x1bM\x02", ReportKind.BAD_PARAMETER),
        (b"\x1bR\x10", ReportKind.BAD_PARAMETER),
        (b"\x1dr\x04", ReportKind.BAD_PARAMETER),
        (b"\x1dr\x61", ReportKind.BAD_PARAMETER),
        (b"\x1dI\x05", ReportKind.BAD_PARAMETER),
        (b"\x1bD\x08\x04\x00", ReportKind.BAD_PARAMETER),
        (b"\x1d!\xf0", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x03\x001C\x11", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x04\x001C\x05\x05", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x03\x001E\x04", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x04\x001A3\x00", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x04\x001P1A", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x03\x001P0", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\xb5\x1b1P0" + b"A" * 7090, ReportKind.BAD_PARAMETER),
        (b"\x1d(k\xa3\x0b1P0" + b"a" * 2976 + b"\x1d(k\x03\x001Q0", ReportKind.BAD_PARAMETER),
        (b"A" + CUT, ReportKind.MISPLACED),
        (b"A\x1dV\x00", ReportKind.MISPLACED),
        (b"\x1b$\x10\x00\x1ba\x01", ReportKind.MISPLACED),
        (b"A\x1dW\x10\x00", ReportKind.MISPLACED),
        (b"A\x1d(k\x03\x001Q0", ReportKind.MISPLACED),
        (b"A" + GRAPHICS, ReportKind.MISPLACED),
        (GRAPHICS + GRAPHICS, ReportKind.STORED_ALREADY),
        (b"\x10\x05\x01", ReportKind.NOTHING_TO_RECOVER),
        (b"\x1bt\x63", ReportKind.BAD_PARAMETER),
        (b"\x1d!\x0f", ReportKind.BAD_PARAMETER),
        (b"\x1b$\xff\x7f", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x03\x001C\x00", ReportKind.BAD_PARAMETER),
        (b"\x1d(k\x04\x001A1\x00", ReportKind.BAD_PARAMETER),
        (b"A\x1ba\x01", ReportKind.MISPLACED),
        (b"A\x1dL\x01\x00", ReportKind.MISPLACED),
        (b"A\x1dv0\x00\x01\x00\x01\x00\xff", ReportKind.MISPLACED),
        (b"\x1d(k\x03\x001Q0", ReportKind.NOTHING_STORED),
        (b"\x1d(L\x02\x0002", ReportKind.NOTHING_STORED),
        (b"\x1bt\x10\x81", ReportKind.NO_SUCH_CHARACTER),
        (b"\x1dv0\x00\x49\x00\x01\x00" + b"\xff" * 73, ReportKind.TOO_WIDE),
        (b"\x1b*\x00\x21\x01" + b"\xff" * 289, ReportKind.TOO_WIDE),
        (b"\x1dW\x30\x00" + QR_OF_A019 + b"\x1d(k\x03\x001Q0", ReportKind.TOO_WIDE),
    ],
)
def test_what_is_not_obeyed_is_reported(data: bytes, kind: ReportKind) -> None:
    engine, _ = printed(data)
    assert kinds(engine)[0] is kind
    assert engine.reports[0].raw_bytes in data


def test_it_goes_on_after_an_unknown_command() -> None:
    engine, pieces = printed(b"\x1d(E\x02\x00\x03\x05A\n" + CUT)
    assert kinds(engine) == [ReportKind.UNKNOWN_COMMAND]
    assert pieces[0].image.tobytes() == paper(b"A\n").tobytes()


def test_a_qr_code_too_wide_for_its_place_is_not_printed_at_all() -> None:
    _, pieces = printed(b"\x1dW\x30\x00" + QR_OF_A019 + b"\x1d(k\x03\x001Q0" + CUT)
    assert ink(pieces[0].image) is None


def test_a_qr_code_stays_stored_until_another_or_until_initialized() -> None:
    print_it = b"\x1d(k\x03\x001Q0"
    once, twice = paper(QR_OF_A019 + print_it), paper(QR_OF_A019 + print_it * 2)
    assert twice.height == 2 * once.height
    engine, _ = printed(QR_OF_A019 + b"\x1b@" + print_it)
    assert kinds(engine) == [ReportKind.NOTHING_STORED]


def test_a_picture_begins_where_a_place_was_chosen() -> None:
    assert inked(paper(b"\x1b$\x64\x00\x1dv0\x00\x01\x00\x02\x00\xff\xff"))[:3:2] == (100, 108)


def test_what_is_cut_while_a_line_is_begun_stays_uncut() -> None:
    _, pieces = printed(b"A" + CUT)
    assert pieces == []


def test_a_tab_past_the_last_stop_stays_and_past_the_area_begins_a_new_line() -> None:
    assert inked(paper(b"\x1bD\x02\x00\t\tM\n"))[0] in range(24, 36)
    past = paper(b"\x1dW\x30\x00\t\tM\n")
    assert past.height == 90


def test_tabs_can_all_be_taken_away() -> None:
    assert inked(paper(b"\x1bD\x00\tM\n"))[0] in range(CELL)


@pytest.mark.parametrize(
    ("country", "byte", "char"),
    [(0, "#", "#"), (1, "@", "à"), (2, "[", "Ä"), (3, "#", "£"), (9, "]", "Å"), (12, "~", "ú")],
)
def test_a_country_has_its_own_signs_in_some_places(country: int, byte: str, char: str) -> None:
    chosen = paper(b"\x1bR" + bytes((country,)) + byte.encode() + b"\n")
    assert chosen.tobytes() == paper(b"\x1bt\x13" + char.encode("cp858") + b"\n").tobytes()


@pytest.mark.parametrize("table", sorted(EPSON_CODE_TABLES))
@pytest.mark.parametrize("font", [b"\x00", b"\x01"])
def test_every_character_of_every_table_is_drawn(table: int, font: bytes) -> None:
    encoding = EPSON_CODE_TABLES[table]
    meant = bytes(byte for byte in range(0x20, 0x100) if _is_a_sign(byte, encoding))
    paper(b"\x1bM" + font + b"\x1bt" + bytes((table,)) + meant + b"\n")


def _is_a_sign(byte: int, encoding: str) -> bool:
    try:
        return bytes((byte,)).decode(encoding).isprintable() or byte == 0xA0
    except UnicodeDecodeError:
        return False


def test_a_long_run_of_nothing_is_one_report() -> None:
    engine, _ = printed(b"\0" * 200 + CUT)
    assert kinds(engine) == [ReportKind.UNKNOWN_COMMAND]


def test_58_mm_paper_is_384_dots_wide() -> None:
    assert paper(b"A\n", WIDTH_58MM).width == 384


@pytest.mark.parametrize("split", [1, 7, 64])
def test_bytes_may_arrive_in_any_pieces(split: int) -> None:
    host = Dummy(profile="TM-T20II")
    host.textln("Silakan duduk.")
    host.qr("A019", native=True)
    host.image(Image.new("1", (100, 40), 0))
    data = bytes(host.output) + CUT
    pieces: list[Paper] = []
    engine = Engine(pieces.append)
    for at in range(0, len(data), split):
        engine.receive(data[at : at + split])
        engine.work()
    _, whole = printed(data)
    assert pieces[0].image.tobytes() == whole[0].image.tobytes()
    assert pieces[0].raw_bytes == data
