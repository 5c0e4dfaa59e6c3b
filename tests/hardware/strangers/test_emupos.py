"""emupos, a printer that is not ours, makes the same paper of every shipped page, and is understood when it speaks.

What it does not know of what we send: ESC R (it has ASCII's own letters always), GS ( H and DLE DC4 8. GS P it takes
and overlooks; its dots are 203 to the inch, as the pages of these profiles say.
"""

import datetime as dt
import itertools
import queue
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Self
from uuid import uuid4

import pytest
import zxingcpp
from PIL import Image, ImageChops

from hardware.connections.network import NetworkConnection
from hardware.conversation import Deadlines
from hardware.driver import Rhythm
from hardware.escpos.compose import compose
from hardware.escpos.introduction import confirmation_of
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.layout.samples import sample
from hardware.layout.shipped import layout_for
from hardware.page import JobKind, Page
from hardware.press import press
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import EPSON_58MM, EPSON_80MM, CodeTable, Confirmation, Profile
from hardware.station import PrintStation
from hardware.virtual.abilities import EPSON
from hardware.virtual.preview import preview
from tests.hardware.strangers.emupos import PATIENCE_SECONDS, Emupos, installed
from tests.support.waiting import wait_until
from wording import Language

COUNTRY = b"\x1bR\x00"
BY_STATUS = replace(EPSON_80MM, confirmation=Confirmation.STATUS)
TICKET = Page(JobKind.TICKET, sample(JobKind.TICKET, Language.ID))

PROFILES = [
    replace(paper, native_qr=native_qr, pictures=pictures, cuts=cuts)
    for paper in (EPSON_80MM, EPSON_58MM)
    for native_qr, pictures, cuts in itertools.product((True, False), repeat=3)
]


def name(profile: Profile) -> str:
    abilities = {"qr": profile.native_qr, "pictures": profile.pictures, "cutter": profile.cuts}
    return f"{profile.paper} mm" + "".join(f" {each}" for each, has in abilities.items() if has)


@pytest.fixture(scope="module")
def emupos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emupos]:
    command = installed(tmp_path_factory.mktemp("python"))
    with Emupos(command, tmp_path_factory.mktemp("emupos")).running() as running:
        yield running


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("profile", PROFILES, ids=name)
@pytest.mark.parametrize("kind", list(JobKind))
def test_it_makes_the_same_paper_of_every_page(
    emupos: Emupos, kind: JobKind, profile: Profile, language: Language
) -> None:
    page = compose(layout_for(kind, profile), sample(kind, language), profile)
    ours = preview(page, profile.width_dots, replace(EPSON, cutter=profile.cuts))
    theirs = emupos.print("wide" if profile.paper == 80 else "narrow", page)
    assert theirs.skipped == [COUNTRY]
    assert theirs.ending == ("cut" if profile.cuts else "connection-closed")
    assert codes(theirs.image) == codes(ours)
    if profile.native_qr:
        assert [f"[qr {code}]" for code in codes(ours)] == [
            line for line in theirs.text.splitlines() if line.startswith("[qr")
        ]
        assert around_codes(theirs.image) == around_codes(ours)
    else:
        assert inked(theirs.image) == inked(ours)


def test_letters_beyond_ascii_are_those_of_the_code_table(emupos: Emupos) -> None:
    fields = {**TICKET.fields, "outlet": "Café Éléphant ½"}
    for table in (CodeTable(0, "cp437"), CodeTable(16, "cp1252")):
        profile = replace(EPSON_80MM, code_table=table, native_qr=False)
        page = compose(layout_for(JobKind.TICKET, profile), fields, profile)
        piece = emupos.print("wide", page)
        assert "Café Éléphant ½" in piece.text
        assert inked(piece.image) == inked(preview(page, 576))


class Desk:
    """A station that prints on emupos' wide printer."""

    def __init__(self, emupos: Emupos, profile: Profile, journal: Path) -> None:
        printer = Printer(
            NetworkConnection("127.0.0.1", emupos.ports["wide"]),
            profile,
            press,
            deadlines=Deadlines(confirm=3.0),
            rhythm=Rhythm(poll=0.05),
        )
        self.station = PrintStation(
            (printer,), PrintJournal(journal, lambda: dt.datetime.now(dt.UTC)), lambda: None
        )

    @contextmanager
    def open(self) -> Iterator[Self]:
        self.station.start()
        try:
            self.sees(PrinterState.READY)
            yield self
        finally:
            self.station.stop(PATIENCE_SECONDS)

    def sees(self, state: PrinterState) -> None:
        wait_until(lambda: self.station.state is state)

    def print(self, page: Page) -> Outcome:
        outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
        self.station.submit(PrintJob(uuid4().hex, page), lambda _, outcome: outcomes.put(outcome))
        return outcomes.get(timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize("profile", [BY_STATUS, EPSON_80MM], ids=["asked", "asked, and telling unasked"])
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("paper-near-end", PrinterState.PAPER_LOW),
        ("paper-out", PrinterState.PAPER_OUT),
        ("cover-open", PrinterState.COVER_OPEN),
        ("offline", PrinterState.OFFLINE),
    ],
)
def test_its_states_are_understood(
    emupos: Emupos, tmp_path: Path, profile: Profile, fault: str, state: PrinterState
) -> None:
    with Desk(emupos, profile, tmp_path / "print.db").open() as desk:
        with emupos.having("wide", fault):
            desk.sees(state)
        desk.sees(PrinterState.READY)


def test_how_it_confirms_is_found_out(emupos: Emupos) -> None:
    connection = NetworkConnection("127.0.0.1", emupos.ports["wide"])
    connection.open(PATIENCE_SECONDS)
    assert confirmation_of(connection, 1.0) is Confirmation.STATUS
    connection.close()


def test_a_page_counts_as_printed_once_it_is(emupos: Emupos, tmp_path: Path) -> None:
    page = compose(layout_for(JobKind.TICKET, BY_STATUS), {**TICKET.fields, "mark": ""}, BY_STATUS)
    with Desk(emupos, BY_STATUS, tmp_path / "print.db").open() as desk:
        with emupos.having("wide", "cover-open"):
            desk.sees(PrinterState.COVER_OPEN)
            assert desk.print(TICKET) == Failed(PrinterState.COVER_OPEN)
        desk.sees(PrinterState.READY)
        assert desk.print(TICKET) == Printed()
        assert around_codes(emupos.piece().image) == around_codes(preview(page, 576))


def test_without_the_confirmation_that_was_agreed_a_page_is_unknown(emupos: Emupos, tmp_path: Path) -> None:
    with Desk(emupos, EPSON_80MM, tmp_path / "print.db").open() as desk:
        assert desk.print(TICKET) == Unknown(PrinterState.SILENT)
        assert emupos.piece().ending == "cut"


def codes(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image.convert("L"))]


def inked(image: Image.Image) -> tuple[int, bytes]:
    """The picture's width and its rows, down to the last with a dot."""
    box = ImageChops.invert(image.convert("L")).getbbox()
    bottom = box[3] if box else 0
    return image.width, image.crop((0, 0, image.width, bottom)).tobytes()


def around_codes(image: Image.Image) -> list[tuple[int, bytes]]:
    """What is above and below each QR code: of the same text, two printers may draw codes that differ in their mask,
    or in size where one of them packs digits more tightly.
    """
    grey = ImageChops.invert(image.convert("L"))
    parts, top = [], 0
    for code in zxingcpp.read_barcodes(image.convert("L")):
        middle = (code.position.top_left.y + code.position.bottom_right.y) // 2
        first = last = middle
        while not blank(grey, first - 1):
            first -= 1
        while not blank(grey, last + 1):
            last += 1
        parts.append(inked(image.crop((0, top, image.width, first))))
        top = last + 1
    return [*parts, inked(image.crop((0, top, image.width, image.height)))]


def blank(grey: Image.Image, row: int) -> bool:
    return grey.crop((0, row, grey.width, row + 1)).getbbox() is None
