"""Layout and content become a page: what is on it, how large it is, what a reader that is not ours finds."""

import datetime as dt
import time

import msgspec
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from hardware.escpos.compose import compose, harmless
from hardware.layout.blocks import Layout
from hardware.layout.content import (
    AppointmentContent,
    SlipContent,
    TicketContent,
    appointment_fields,
    slip_fields,
    ticket_fields,
)
from hardware.layout.shipped import appointment_layout, slip_layout, ticket_layout
from hardware.profile import PaperWidth
from hardware.virtual.engine import Engine
from hardware.virtual.preview import preview
from wording import Language

LONG_SERVICE = (
    "Izin Penyelenggaraan Satuan Pendidikan Anak Usia Dini Nonformal (Kelompok Bermain dan Taman Penitipan)"
)
PAPERS = list(PaperWidth)


def page_of(ticket: TicketContent, paper: PaperWidth = PaperWidth.MM_80) -> bytes:
    return compose(ticket_layout(paper), ticket_fields(ticket))


def picture_of(ticket: TicketContent, paper: PaperWidth) -> Image.Image:
    return preview(page_of(ticket, paper), ticket_layout(paper).width)


def with_(ticket: TicketContent, **changes: object) -> TicketContent:
    values = {name: getattr(ticket, name) for name in ticket.__slots__}
    return TicketContent(**(values | changes))


def appointment(language: Language) -> AppointmentContent:
    return AppointmentContent(
        language=language,
        outlet_name="PTSP Kecamatan Tebet",
        service_name=LONG_SERVICE,
        at=dt.datetime(2026, 7, 15, 7, 30),
        until=dt.time(7, 40),
        token="J:1:31.74.01.1001:20260715-J001:29734500:ABCDEFGHIJKLMNOP",
        code="9QH 5DC",
        printed_at=dt.datetime(2026, 7, 14, 11, 15),
        bring=("KTP asli dan fotokopinya", "Surat pengantar RT dan RW"),
    )


def qr_texts(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", list(Language))
def test_a_ticket_is_obeyed_whole_by_a_strict_printer(ticket, paper: PaperWidth, language: Language) -> None:
    pieces = []
    printer = Engine(pieces.append, ticket_layout(paper).width)
    printer.receive(page_of(with_(ticket, language=language, service_name=LONG_SERVICE), paper))
    printer.work()
    assert printer.reports == []
    assert printer.answers() == b""  # nothing in the pictures reads as a question
    assert len(pieces) == 1


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", list(Language))
def test_an_appointment_is_obeyed_whole_and_its_code_can_be_read(
    paper: PaperWidth, language: Language
) -> None:
    layout = appointment_layout(paper)
    page = compose(layout, appointment_fields(appointment(language)))
    pieces = []
    printer = Engine(pieces.append, layout.width)
    printer.receive(page)
    printer.work()
    assert (printer.reports, printer.answers(), len(pieces)) == ([], b"", 1)
    assert qr_texts(preview(page, layout.width)) == [appointment(language).token]


def test_a_slip_is_obeyed_whole_by_a_strict_printer(slip: SlipContent) -> None:
    pieces = []
    printer = Engine(pieces.append, slip_layout().width)
    printer.receive(compose(slip_layout(), slip_fields(slip)))
    printer.work()
    assert (printer.reports, printer.answers(), len(pieces)) == ([], b"", 1)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_qr_is_read_from_the_paper(ticket, paper: PaperWidth) -> None:
    assert qr_texts(picture_of(ticket, paper)) == [ticket.token]


@pytest.mark.parametrize("paper", PAPERS)
def test_the_qr_is_read_from_paper_that_has_suffered(ticket, paper: PaperWidth) -> None:
    image = picture_of(ticket, paper).convert("L")
    pale = image.point(lambda grey: 96 + grey // 2)
    assert qr_texts(pale.filter(ImageFilter.GaussianBlur(2))) == [ticket.token]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("length", [20, 90, 150])
def test_a_long_token_still_has_its_white_on_both_sides(ticket, paper: PaperWidth, length: int) -> None:
    token = ("https://antrean.example/t/" + "Qx9RtbVk" * 20)[:length]
    image = picture_of(with_(ticket, token=token), paper)
    assert qr_texts(image) == [token]


def test_the_slip_carries_its_own_token(slip: SlipContent) -> None:
    image = preview(compose(slip_layout(), slip_fields(slip)), slip_layout().width)
    assert qr_texts(image) == [slip.token]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("number", ["001", "999", "1204", "99999"])
def test_the_number_fills_the_plate_whatever_its_digits(ticket, paper: PaperWidth, number: str) -> None:
    assert picture_of(with_(ticket, number=number), paper).size != (0, 0)
    assert len(page_of(with_(ticket, number=number), paper)) < 24_000


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
        "Pasfoto 4x6, >= 2 lembar",
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
    full, less = (picture_of(content, PaperWidth.MM_80).height for content in (ticket, bare))
    assert full - less == 2 * 32 + (18 + 3 + 18) + 4 * 32 + 32 + 56


def test_a_bare_token_is_for_the_clerks_scanner(ticket) -> None:
    page = texts(page_of(with_(ticket, token="AQMxNzQw")))
    assert "Tunjukkan kode ini kepada petugas." in page
    assert "Pindai" not in page


def test_a_priority_is_named(ticket) -> None:
    assert "Prioritas: Lansia" in texts(page_of(with_(ticket, priority_name="Lansia")))


def test_the_slip_says_what_was_received_and_where_it_is_collected(slip: SlipContent) -> None:
    page = texts(compose(slip_layout(), slip_fields(slip)))
    for said in ("3174-20260714-0042", "Yang kami terima", "Surat pengantar RT dan RW", "Ambil di Loket 6"):
        assert said in page
    assert "Buka sampai pukul 16.00." in page


@pytest.mark.parametrize("paper", PAPERS)
def test_a_long_service_name_wraps_between_words(ticket, paper: PaperWidth) -> None:
    page = texts(page_of(with_(ticket, service_name=LONG_SERVICE), paper))
    assert all(word in page for word in LONG_SERVICE.split())


def test_a_ticket_is_small_and_quick_to_compose(ticket, slip: SlipContent) -> None:
    pages = [
        (ticket_layout(PaperWidth.MM_80), ticket_fields(ticket)),
        (ticket_layout(PaperWidth.MM_58), ticket_fields(ticket)),
        (slip_layout(), slip_fields(slip)),
    ]
    for layout, fields in pages:
        assert len(compose(layout, fields)) < 24_000
        started = time.perf_counter()
        for _ in range(10):
            compose(layout, fields)
        assert (time.perf_counter() - started) / 10 < 0.05  # measured 3 to 7 ms; room for a busy machine


def test_text_alone_is_a_small_page(ticket) -> None:
    layout = msgspec.convert(
        {
            "width": 576,
            "margin": 20,
            "sections": [{"blocks": [{"kind": "text", "text": "{letter} {number}"}]}],
        },
        Layout,
    )
    assert len(compose(layout, ticket_fields(ticket))) < 300


@pytest.mark.parametrize(
    "trap", [b"\x10\x04\x01", b"\x10\x05\x02", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"]
)
def test_a_picture_never_holds_a_real_time_command(trap: bytes) -> None:
    row = bytes(8) + trap + bytes(64 - 8 - len(trap))
    picture = Image.frombytes("1", (512, 2), row * 2, "raw", "1;I")
    host = harmless(picture)
    dots = host.tobytes("raw", "1;I")
    assert trap not in dots
    changed = sum((a ^ b).bit_count() for a, b in zip(dots, row * 2, strict=True))
    assert changed == 2  # one dot a row


def test_a_harmless_picture_is_left_alone() -> None:
    picture = Image.new("1", (64, 8), 0)
    assert harmless(picture) is picture


def test_every_time_of_day_and_number_composes(ticket) -> None:
    """The pictures that differ from ticket to ticket, all of a morning's."""
    layout = ticket_layout(PaperWidth.MM_80)
    for minute in range(0, 240, 7):
        moment = dt.datetime(2026, 7, 14, 7, 30) + dt.timedelta(minutes=minute)
        page = compose(layout, ticket_fields(with_(ticket, issued_at=moment, number=f"{minute:03}")))
        printer = Engine(lambda _: None)
        printer.receive(page)
        assert printer.answers() == b""
