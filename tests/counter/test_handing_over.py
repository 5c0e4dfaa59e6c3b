"""Permits that are handed over: each with a collection note where the counter has a printer, never held up by it."""

import pytest

from broker.client import new_request_id
from broker.domain import commands as c
from broker.domain.values import ApplicationId, DeviceRole
from broker.protocol import messages as m
from counter.desk import Number
from counter.handing_over import lacking
from counter.page import WorkPage
from counter.paper import NoPrinter, NotYet, Paper, Printing
from counter.presenter import Presenter
from counter.sheets import HandOverSheet, NotPrinted, Remark
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from tests.counter.support import Counter, Glass
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of

NO_PAPER = Failed(PrinterState.PAPER_OUT)


def ready(morning: Morning, count: int) -> tuple[ApplicationId, ...]:
    """So many permits that wait to be collected."""
    morning.clerk("sri", c.OpenCounter(ONE))
    files = []
    for _ in range(count):
        morning.take("A", sample.MICRO_BUSINESS)
        ticket = morning.serving("sri", ONE)
        files.append(morning.accept("sri", ticket, sample.MICRO_BUSINESS))
        morning.clerk("sri", c.CompleteTicket(ticket))
    morning.advance(minutes=30)
    for each in files:
        morning.clerk("sri", c.MarkComplete(each))
    return tuple(files)


class Collection:
    """Sri's counter, asked to hand over what is ready."""

    def __init__(self, count: int = 1) -> None:
        morning = Morning()
        self.files = ready(morning, count)
        self.counter = Counter(morning, clerk="sri")
        self.tray = self.counter.tray
        self.handing_over = self.counter.presenter.handing_over
        self.handing_over.offer(self.files)

    @property
    def notes(self) -> tuple[Paper, ...]:
        sheet = self.counter.work.sheet
        assert isinstance(sheet, HandOverSheet)
        return sheet.notes

    @property
    def printed(self) -> list[object]:
        """The numbers on the notes that came to the printer."""
        return [page.fields["number"] for page in self.tray.pages(JobKind.COLLECTION_NOTE)]


def test_the_note_is_printed_when_somebody_asks_for_it_with_the_files_own_token() -> None:
    collection = Collection()
    assert (collection.notes, collection.printed) == ((NotYet.NOT_YET,), [])
    collection.handing_over.print_notes()
    assert collection.notes == (Printed(),)
    (note,) = collection.tray.pages(JobKind.COLLECTION_NOTE)
    (file,) = collection.files
    assert (note.fields["file"], note.fields["token"]) == (file, token_of(file))
    assert note.fields["ready"] == "08.00"
    assert collection.tray.printouts[0].ticket is not None


def test_each_file_of_the_sheet_has_a_note_of_its_own() -> None:
    collection = Collection(3)
    collection.handing_over.print_notes()
    assert collection.printed == ["001", "002", "003"]
    assert collection.notes == (Printed(),) * 3


@pytest.mark.parametrize(
    ("first", "is_marked"),
    [
        (Printed(), True),
        (Unknown(PrinterState.SILENT), True),
        (Failed(PrinterState.COVER_OPEN, began=True), True),
        (NO_PAPER, False),
    ],
)
def test_what_may_be_on_paper_is_printed_again_with_its_mark(first: Paper, is_marked: bool) -> None:
    collection = Collection()
    assert not isinstance(first, Printing | NotYet | NoPrinter)
    collection.tray.ends = first
    collection.handing_over.print_notes()
    collection.counter.presenter.close_sheet()
    collection.handing_over.offer(collection.files)
    collection.handing_over.print_notes()
    assert collection.tray.repeats == [False, is_marked]


def test_another_attempt_is_for_those_that_did_not_come_out() -> None:
    collection = Collection(2)
    collection.tray.ends = None
    collection.handing_over.print_notes()
    assert collection.notes == (Printing.PRINTING,) * 2
    collection.handing_over.print_notes()  # one attempt at a time
    assert collection.printed == ["001", "002"]
    collection.tray.end(NO_PAPER)
    collection.tray.ends = Printed()
    collection.handing_over.print_notes()
    assert collection.printed == ["001", "002", "001", "002"]
    assert collection.notes == (Printed(),) * 2


def test_only_what_is_neither_on_paper_nor_on_its_way_lacks_its_note() -> None:
    sheet_of = Collection(4).counter.work.sheet
    assert isinstance(sheet_of, HandOverSheet)
    sheet = HandOverSheet(sheet_of.files, (Printed(), Printing.PRINTING, NO_PAPER, NotYet.NOT_YET))
    assert [file.number.digits for file in lacking(sheet)] == ["003", "004"]


def test_the_hand_over_does_not_wait_for_the_printer_and_a_fault_is_told_afterwards() -> None:
    collection = Collection()
    collection.tray.ends = None
    collection.handing_over.print_notes()
    collection.handing_over.hand_over()
    assert collection.counter.morning.state.applications == {}
    assert collection.counter.work.sheet is None
    collection.tray.end(NO_PAPER)
    assert collection.counter.work.notice == NotPrinted(JobKind.COLLECTION_NOTE, Number("A", "001"))


def test_a_file_that_is_handed_over_elsewhere_meanwhile_gets_no_note() -> None:
    collection = Collection()
    collection.counter.morning.clerk("sri", c.HandOver(collection.files[0]))
    collection.handing_over.print_notes()
    assert collection.printed == []
    assert collection.counter.work.notice is Remark.FILE_ENDED


def test_a_file_that_is_not_ready_after_all_gets_no_note() -> None:
    collection = Collection()
    collection.counter.morning.clerk("ratna", c.ReopenApplication(collection.files[0]))
    collection.handing_over.print_notes()
    assert collection.printed == []
    assert collection.counter.work.notice is Remark.FILE_ENDED


def test_who_is_not_signed_in_any_more_prints_none() -> None:
    collection = Collection()
    collection.counter.session.ask(m.SignOut(new_request_id()), lambda _: None)
    collection.handing_over.print_notes()
    assert collection.printed == []
    assert collection.counter.sign_in_page.notice is Remark.SIGNED_OUT


def test_a_scanned_receipt_leads_to_the_same_sheet() -> None:
    collection = Collection()
    collection.counter.presenter.close_sheet()
    collection.counter.presenter.scanned(token_of(collection.files[0]))
    collection.handing_over.print_notes()
    assert collection.notes == (Printed(),)


def test_without_a_printer_permits_are_handed_over_without_a_note() -> None:
    morning, glass = Morning(), Glass()
    files = ready(morning, 1)
    presenter = Presenter(morning.session(DeviceRole.COUNTER, "pc-1", "sri"), glass, ONE, None)
    presenter.start()
    presenter.handing_over.offer(files)
    assert isinstance(glass.page, WorkPage)
    assert isinstance(glass.page.sheet, HandOverSheet)
    assert glass.page.sheet.notes == (NoPrinter.NO_PRINTER,)
    presenter.handing_over.print_notes()
    presenter.handing_over.hand_over()
    assert morning.state.applications == {}
