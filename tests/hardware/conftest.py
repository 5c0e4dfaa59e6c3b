"""A virtual printer on a free port, with what left it; and contents to print."""

import datetime as dt
import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from hardware.layout.content import ExpectedCall, FileIdentity, SlipContent, TicketContent
from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.paper import WIDTH_80MM, Paper
from hardware.virtual.server import PrinterServer
from wording import Language

PATIENCE_SECONDS = 10.0
TOKEN = "https://antrean.example/t/AQMxNzQwMTAwNzE0QTAxOVF4OVJ0YlZrLXpQNm1MMHdZYw"


class VirtualPrinter:
    """A running server, and the paper that has come out of it."""

    def __init__(self, width_dots: int, mm_per_second: float | None, abilities: Abilities) -> None:
        self._out: queue.SimpleQueue[Paper] = queue.SimpleQueue()
        self.server = PrinterServer(
            self._out.put, width_dots=width_dots, mm_per_second=mm_per_second, abilities=abilities
        )

    def paper(self) -> Paper:
        """The next piece, waited for."""
        return self._out.get(timeout=PATIENCE_SECONDS)

    def all_paper(self) -> list[Paper]:
        """Every piece that has come out and was not taken yet."""
        pieces: list[Paper] = []
        while not self._out.empty():
            pieces.append(self._out.get())
        return pieces

    @property
    def nothing_more(self) -> bool:
        return self._out.empty()


StartPrinter = Callable[..., VirtualPrinter]


@pytest.fixture
def start_printer() -> Iterator[StartPrinter]:
    with ExitStack() as running:

        def start(
            width_dots: int = WIDTH_80MM,
            mm_per_second: float | None = None,
            abilities: Abilities = EPSON,
        ) -> VirtualPrinter:
            printer = VirtualPrinter(width_dots, mm_per_second, abilities)
            printer.server.start()
            running.callback(printer.server.stop)
            return printer

        yield start


@pytest.fixture
def virtual_printer(start_printer: StartPrinter) -> VirtualPrinter:
    return start_printer()


@pytest.fixture
def ticket() -> TicketContent:
    return TicketContent(
        language=Language.ID,
        outlet_name="PTSP Kecamatan Tebet",
        letter="A",
        number="019",
        queue_name="Sehari jadi",
        token=TOKEN,
        code="7K4 M2P",
        people_ahead=8,
        issued_at=dt.datetime(2026, 7, 14, 10, 8),
        service_name="Izin Usaha Mikro dan Kecil (IUMK)",
        expected=ExpectedCall(dt.time(10, 25), dt.time(10, 40)),
        bring=("KTP asli dan fotokopinya", "Surat pengantar RT dan RW", "Pasfoto 4×6, ≥ 2 lembar"),
        ready_at=dt.time(14, 30),
    )


@pytest.fixture
def slip() -> SlipContent:
    return SlipContent(
        file=FileIdentity(
            language=Language.ID,
            outlet_name="PTSP Kecamatan Tebet",
            letter="A",
            number="019",
            application_number="3174-20260714-0042",
            service_name="Izin Usaha Mikro dan Kecil (IUMK)",
            token=TOKEN,
            code="9QF 3TX",
            collect_at="Loket 6",
        ),
        ready_by=dt.time(14, 30),
        received=("KTP asli dan fotokopinya", "Surat pengantar RT dan RW", "Pasfoto dan foto tempat usaha"),
        open_until=dt.time(16),
        accepted_at=dt.datetime(2026, 7, 14, 10, 52),
    )
