"""`antrean printer-test`: one test page on a network printer, and whether it came out, by the printer's own word."""

import datetime as dt
import queue
import tempfile
from pathlib import Path

from antrean import addresses
from antrean.problem import Problem
from hardware.connections.network import NetworkConnection
from hardware.job import Outcome, Printed, PrintJob
from hardware.layout.content import TicketContent, ticket_fields
from hardware.page import JobKind, Page
from hardware.press import press
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import DEFAULT
from hardware.station import PrintStation
from wording import Wording

OUTCOME_SECONDS = 30.0


def print_test_page(address: str, wording: Wording) -> str:
    """Print a sample ticket; the sentence that says it came out. Raises Problem when it did not."""
    host, port = addresses.printer(address, wording)
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    with tempfile.TemporaryDirectory() as folder:
        printer = Printer(NetworkConnection(host, port), DEFAULT, press)
        journal = PrintJournal(Path(folder) / "print.db", lambda: dt.datetime.now(dt.UTC))
        station = PrintStation((printer,), journal, lambda: None)
        station.start()
        page = Page(JobKind.TICKET, ticket_fields(_sample(wording)))
        station.submit(PrintJob("test", page), lambda _, outcome: outcomes.put(outcome))
        try:
            outcome = outcomes.get(timeout=OUTCOME_SECONDS)
        finally:
            station.stop()
    if isinstance(outcome, Printed):
        return wording.t("The printer at {address} has printed the test page.", address=f"{host}:{port}")
    state = station.state.value
    raise Problem(
        wording.t("The test page did not come out ({state})", state=state),
        f"{host}:{port}",
        wording.t("Check power, paper, cover and cable, and that no other program uses the printer."),
    )


def _sample(wording: Wording) -> TicketContent:
    return TicketContent(
        language=wording.language,
        outlet_name=wording.t("Test page"),
        letter="A",
        number="000",
        queue_name=wording.t("Not a queue number"),
        token="TEST",
        code="",
        people_ahead=0,
        issued_at=dt.datetime.now(),
    )
