"""Layout and content become a page: what is on it, how large it is, what a strict printer makes of it."""

import datetime as dt
import time
from dataclasses import replace

import pytest
from PIL import Image

from hardware.escpos.compose import compose
from hardware.layout.blocks import Fields, InBothLanguages, Layout, Logo, Section, Style, Text
from hardware.layout.content import SlipContent, TicketContent, slip_fields, ticket_fields
from hardware.layout.samples import sample
from hardware.layout.shipped import layout_for
from hardware.page import JobKind
from hardware.profile import EPSON_58MM, EPSON_80MM, CodeTable, Profile
from hardware.virtual.abilities import EPSON
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper
from hardware.virtual.preview import preview
from wording import Language

LONG_SERVICE = (
    "Izin Penyelenggaraan Satuan Pendidikan Anak Usia Dini Nonformal (Kelompok Bermain dan Taman Penitipan)"
)
PAPERS = [EPSON_80MM, EPSON_58MM]
PRINTERS = [
    replace(paper, native_qr=native_qr, pictures=pictures, cuts=cuts)
    for paper in PAPERS
    for native_qr in (True, False)
    for pictures in (True, False)
    for cuts in (True, False)
]
"""One of each ability."""

WORTH_SOMETHING = [kind for kind in JobKind if kind not in (JobKind.TEST_PAGE, JobKind.PAPER_CHECK)]
"""Pages that must not pass for a first one when they are printed again."""

A_TICKETS_BYTES = 24_000
A_PLAIN_TICKETS_BYTES = 2_000
COMPOSING_SECONDS = 0.010


def name(profile: Profile) -> str:
    abilities = {"qr": profile.native_qr, "pictures": profile.pictures, "cutter": profile.cuts}
    return f"{profile.paper} mm" + "".join(f" {each}" for each, has in abilities.items() if has)


def page_of(ticket: TicketContent, profile: Profile = EPSON_80MM) -> bytes:
    return compose(layout_for(JobKind.TICKET, profile), unmarked(ticket_fields(ticket)), profile)


def unmarked(fields: Fields) -> Fields:
    return {**fields, "mark": ""}


def with_(ticket: TicketContent, **changes: object) -> TicketContent:
    values = {name: getattr(ticket, name) for name in ticket.__slots__}
    return TicketContent(**(values | changes))


def obeyed(page: bytes, profile: Profile) -> Paper:
    """The one paper that a strict printer makes of the page, with nothing to complain of and nothing answered."""
    pieces: list[Paper] = []
    printer = Engine(pieces.append, profile.width_dots, replace(EPSON, cutter=profile.cuts))
    printer.receive(page)
    printer.work()
    if not profile.cuts:
        printer.tear_off()
    assert printer.reports == []
    assert printer.answers() == b""  # nothing in the pictures reads as a question
    (paper,) = pieces
    return paper


@pytest.mark.parametrize("profile", PRINTERS, ids=name)
@pytest.mark.parametrize("kind", list(JobKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_obeyed_whole_by_a_strict_printer(
    kind: JobKind, language: Language, profile: Profile
) -> None:
    paper = obeyed(compose(layout_for(kind, profile), sample(kind, language), profile), profile)
    assert paper.image.width == profile.width_dots


@pytest.mark.parametrize(("width", "inch"), [(512, 180), (432, 203), (640, 203)])
@pytest.mark.parametrize("kind", list(JobKind))
def test_a_page_is_as_wide_as_its_printer_prints(kind: JobKind, width: int, inch: int) -> None:
    profile = replace(EPSON_80MM, width_dots=width, columns=width // 12, dots_per_inch=inch)
    page = compose(layout_for(kind, profile), sample(kind, Language.ID), profile)
    assert b"\x1dP" + bytes((inch, inch)) in page
    pieces: list[Paper] = []
    printer = Engine(pieces.append, width)
    printer.receive(
        page.replace(b"\x1dP" + bytes((inch, inch)), b"\x1dP\xcb\xcb")
    )  # its head has 203 to the inch
    printer.work()
    assert printer.reports == []


@pytest.mark.parametrize("kind", WORTH_SOMETHING)
def test_the_mark_is_a_band_that_nobody_overlooks(kind: JobKind) -> None:
    layout, fields = layout_for(kind, EPSON_80MM), sample(kind, Language.ID)
    first, again = (compose(layout, each, EPSON_80MM) for each in (unmarked(fields), fields))
    grown = preview(again, 576).height - preview(first, 576).height
    assert grown >= 48
    band = preview(again, 576).convert("L").crop((20, 46, 556, 94))
    assert band.histogram()[0] > 0.75 * band.width * band.height


def test_in_the_printers_own_characters_the_mark_is_white_on_black() -> None:
    plain = replace(EPSON_80MM, pictures=False)
    page = compose(layout_for(JobKind.TICKET, plain), sample(JobKind.TICKET, Language.EN), plain)
    assert b"\x1dB\x01 REPRINT " in page


@pytest.mark.parametrize("profile", PAPERS, ids=name)
@pytest.mark.parametrize("number", ["001", "999", "1204", "99999"])
@pytest.mark.parametrize("pictures", [True, False])
def test_the_number_fills_its_line_whatever_its_digits(
    ticket, profile: Profile, number: str, pictures: bool
) -> None:
    printer = replace(profile, pictures=pictures)
    obeyed(page_of(with_(ticket, number=number), printer), printer)


@pytest.mark.parametrize("profile", PAPERS, ids=name)
def test_without_pictures_the_number_is_as_large_as_the_printer_can(ticket, profile: Profile) -> None:
    page = page_of(ticket, replace(profile, pictures=False))
    times = 8 if profile is EPSON_80MM else 6
    assert b"\x1d!" + bytes(((times - 1) * 0x11,)) + b"\x1dB\x01A" in page
    assert b"\x1dv0" not in page
    assert b"\x1b*" not in page


def texts(page: bytes) -> str:
    """What the printer's own characters say, line by line."""
    return page.decode("latin-1")


def test_the_ticket_names_queue_service_wait_and_what_to_bring(ticket) -> None:
    page = texts(page_of(ticket))
    for said in (
        "PTSP Kecamatan Tebet",
        "14 Juli 2026",
        "Sehari jadi",
        "Izin Usaha Mikro dan Kecil (IUMK)",
        "Perkiraan siap hari ini pukul 14.30.",
        "8 orang",
        "sebelum Anda",
        "10.25-10.40",
        "perkiraan dipanggil",
        "Yang perlu dibawa",
        "Pasfoto 4x6, \xf2 2 lembar",  # ≥ in PC437
        "Pindai untuk melihat giliran Anda.",
        "7K4 M2P",
        "Silakan duduk. Nomor Anda akan dipanggil dan",
    ):
        assert said in page


def test_an_english_ticket_says_the_same_in_english(ticket) -> None:
    page = texts(page_of(with_(ticket, language=Language.EN)))
    for said in (
        "14 July 2026",
        "Expected to be ready today at 14:30.",
        "8 people",
        "ahead of you",
        "10:25-10:40",
        "expected call",
        "What to bring",
        "Please have a seat.",
    ):
        assert said in page


def test_one_person_ahead_is_one_person(ticket) -> None:
    assert "1 person" in texts(page_of(with_(ticket, language=Language.EN, people_ahead=1)))


def test_without_a_counter_open_no_time_is_promised(ticket) -> None:
    page = texts(page_of(with_(ticket, expected=None)))
    assert "10.25" not in page
    assert "perkiraan dipanggil" not in page
    assert "Waktunya bisa diperkirakan" in page


def test_what_a_ticket_has_not_leaves_no_trace(ticket) -> None:
    bare = with_(ticket, service_name=None, bring=(), ready_at=None, code="")
    page = texts(page_of(bare))
    assert "Yang perlu dibawa" not in page
    assert "Kode" not in page
    # Its section is gone with its rule: exactly the list's lines and the distances around one rule are missing.
    full, less = (preview(page_of(content), 576).height for content in (ticket, bare))
    assert full - less == 2 * 32 + (18 + 3 + 18) + 4 * 32 + 32 + 56


def test_a_bare_token_is_for_the_clerks_scanner(ticket) -> None:
    page = texts(page_of(with_(ticket, token="AQMxNzQw")))
    assert "Tunjukkan kode ini kepada petugas." in page
    assert "Pindai" not in page


def test_a_priority_is_named(ticket) -> None:
    assert "Prioritas: Lansia" in texts(page_of(with_(ticket, priority_name="Lansia")))


def test_the_slip_says_what_was_received_and_where_it_is_collected(slip: SlipContent) -> None:
    page = texts(compose(layout_for(JobKind.SLIP, EPSON_80MM), unmarked(slip_fields(slip)), EPSON_80MM))
    for said in ("3174-20260714-0042", "Yang kami terima", "Surat pengantar RT dan RW", "Ambil di Loket 6"):
        assert said in page
    assert "Buka sampai pukul 16.00." in page


@pytest.mark.parametrize("profile", PAPERS, ids=name)
def test_a_long_service_name_wraps_between_words(ticket, profile: Profile) -> None:
    page = texts(page_of(with_(ticket, service_name=LONG_SERVICE), profile))
    assert all(word in page for word in LONG_SERVICE.split())


@pytest.mark.parametrize("profile", PRINTERS, ids=name)
def test_text_beyond_the_code_table_is_drawn_and_nothing_stands_for_it(ticket, profile: Profile) -> None:
    page = page_of(with_(ticket, service_name="Šibenik & Łódź"), profile)
    assert b"?" not in page.split(b"\x1dv0")[0]
    assert b"ibenik" not in page
    plain, drawn = (obeyed(each, profile) for each in (page_of(ticket, profile), page))
    assert drawn.image.height == plain.image.height - 32 * (profile.paper == 58)  # its name is shorter there
    assert b"Perkiraan siap" in page


def test_a_letter_that_the_table_has_is_set_in_it(ticket) -> None:
    accented = with_(ticket, outlet_name="Café Éléphant")
    assert b"Caf\x82 \x90l\x82phant" in page_of(accented)
    windows = replace(EPSON_80MM, code_table=CodeTable(16, "cp1252"))
    assert b"\x1bt\x10" in page_of(accented, windows)
    assert "Café Éléphant".encode("cp1252") in page_of(accented, windows)


def test_a_printer_without_tables_to_rely_on_gets_ascii_alone(ticket) -> None:
    ascii_alone = replace(EPSON_80MM, code_table=CodeTable(0, "ascii"), pictures=False)
    page = page_of(with_(ticket, outlet_name="Café"), ascii_alone)
    assert b"Caf" not in page
    assert b"\x1dv0\x00" in page


def test_drawn_text_is_white_on_black_where_its_style_is(ticket) -> None:
    style = Section((Text("Łódź", style=Style(reverse=True, down=2)),), ruled=False)
    page = compose(Layout(20, (style,)), unmarked(ticket_fields(ticket)), EPSON_80MM)
    image = preview(page, 576).convert("L").crop((20, 0, 68, 56))
    assert image.histogram()[0] > image.histogram()[255]


def test_an_outlets_logo_is_printed_where_it_was_put() -> None:
    logo = Image.new("L", (100, 50), 0)
    layout = Layout(20, (Section((Logo("logo.png", 80),), ruled=False),), logos={"logo.png": logo})
    image = preview(compose(layout, sample(JobKind.TICKET, Language.ID), EPSON_80MM), 576)
    black = image.point(lambda dot: 255 - dot).getbbox()
    assert black is not None
    left, top, right, bottom = black
    assert (right - left, bottom - top, top) == (160, 80, 0)
    assert abs((left + right) / 2 - 288) <= 8


def test_the_white_above_and_below_a_picture_is_fed_and_not_sent() -> None:
    logo = Image.new("L", (80, 80), 255)
    logo.paste(0, (0, 30, 80, 50))
    layout = Layout(20, (Section((Logo("logo.png", 80),), ruled=False),), logos={"logo.png": logo})
    page = compose(layout, sample(JobKind.TICKET, Language.ID), EPSON_80MM)
    assert b"\x1bJ\x1e\x1dv0\x00\x0a\x00\x14\x00" + b"\xff" * 200 + b"\x1bJ\x1e" in page


def test_the_layouts_own_words_are_in_the_contents_language() -> None:
    own = {"welcome": InBothLanguages("Selamat datang di {outlet}", "Welcome to {outlet}")}
    layout = Layout(20, (Section((Text("{welcome}"),), ruled=False),), texts=own)
    for language, said in ((Language.ID, b"Selamat datang di PTSP"), (Language.EN, b"Welcome to PTSP")):
        assert said in compose(layout, sample(JobKind.TICKET, language), EPSON_80MM)


@pytest.mark.parametrize("profile", PAPERS, ids=name)
@pytest.mark.parametrize("native_qr", [True, False])
def test_a_ticket_is_small(ticket, profile: Profile, native_qr: bool) -> None:
    full = with_(ticket, priority_name="Lansia")
    layout = layout_for(JobKind.TICKET, profile)
    printer = replace(profile, native_qr=native_qr)
    marked = compose(layout, ticket_fields(full), printer)
    assert len(page_of(full, printer)) < len(marked) < A_TICKETS_BYTES
    plain = replace(profile, pictures=False)
    assert len(compose(layout, ticket_fields(full), plain)) < A_PLAIN_TICKETS_BYTES


@pytest.mark.parametrize("profile", PRINTERS, ids=name)
def test_a_ticket_is_quick_to_compose(ticket, profile: Profile) -> None:
    page_of(ticket, profile)  # the layout is read and the fonts are loaded at the start
    times = []
    for _ in range(7):
        started = time.process_time()
        page_of(ticket, profile)
        times.append(time.process_time() - started)
    assert min(times) < COMPOSING_SECONDS


def test_every_time_of_day_and_number_composes(ticket) -> None:
    """The pictures that differ from ticket to ticket, all of a morning's."""
    for minute in range(0, 240, 7):
        moment = dt.datetime(2026, 7, 14, 7, 30) + dt.timedelta(minutes=minute)
        page = page_of(with_(ticket, issued_at=moment, number=f"{minute:03}"))
        printer = Engine(lambda _: None)
        printer.receive(page)
        assert printer.answers() == b""
