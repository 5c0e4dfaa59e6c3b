"""Numbers and reserved places told at a counter: on paper where it has a printer, else on the screen, never neither."""

import pytest

from broker.domain.values import Channel, Delivery, DeviceRole, Language, Priority
from counter.desk import Number
from counter.office_sheets import BookedSheet, GivenSheet, MenuSheet
from counter.page import WorkPage
from counter.paper import NoPrinter, Printing
from counter.presenter import Presenter
from counter.sheets import NotPrinted
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from tests.counter.support import Counter, Glass
from tests.support import sample
from tests.support.morning import ONE, Morning

NO_PAPER = Failed(PrinterState.PAPER_OUT)


@pytest.fixture
def clerk() -> Counter:
    made = Counter(Morning())
    made.sign_in()
    return made


def give(counter: Counter, language: Language = Language.INDONESIAN) -> None:
    counter.presenter.office.giving.give("B", sample.DOCTOR, Channel.WALK_IN, Priority.ELDERLY, language)


def given(counter: Counter) -> GivenSheet:
    assert isinstance(counter.work.sheet, GivenSheet)
    return counter.work.sheet


def delivery(counter: Counter) -> Delivery | None:
    (ticket,) = counter.morning.state.tickets.values()
    return ticket.delivery


def test_a_number_comes_out_on_paper_in_its_citizens_language_and_may_be_called(clerk: Counter) -> None:
    give(clerk, Language.ENGLISH)
    (printout,) = clerk.tray.printouts
    (page,) = printout.pages
    assert (page.kind, printout.is_repeat) == (JobKind.TICKET, False)
    assert printout.ticket == given(clerk).ticket
    fields, doctor = page.fields, clerk.morning.state.services[sample.DOCTOR]
    assert (fields["letter"], fields["number"]) == ("B", "001")
    assert (fields["service"], fields["priority"]) == (doctor.name.en, "Priority: Elderly")
    assert fields["token"] == given(clerk).token
    assert given(clerk).printout.paper == Printed()
    assert delivery(clerk) is Delivery.PAPER


def test_while_it_is_printed_it_may_not_be_called(clerk: Counter) -> None:
    clerk.tray.ends = None
    give(clerk)
    assert given(clerk).printout.paper is Printing.PRINTING
    assert delivery(clerk) is None
    clerk.tray.end(Printed())
    assert delivery(clerk) is Delivery.PAPER


def test_a_number_that_was_not_printed_is_told_on_the_screen(clerk: Counter) -> None:
    clerk.tray.ends = NO_PAPER
    give(clerk)
    assert given(clerk).printout.paper == NO_PAPER
    assert delivery(clerk) is None
    clerk.presenter.office.giving.told(given(clerk).ticket)
    assert delivery(clerk) is Delivery.SCREEN
    assert clerk.work.sheet is None


@pytest.mark.parametrize(
    ("first", "is_marked"),
    [
        (NO_PAPER, False),
        (Failed(PrinterState.COVER_OPEN, began=True), True),
        (Unknown(PrinterState.SILENT), True),
        (Printed(), True),
    ],
)
def test_what_may_be_on_paper_already_is_printed_again_with_its_mark(
    clerk: Counter, first: Failed | Unknown | Printed, is_marked: bool
) -> None:
    clerk.tray.ends = first
    give(clerk)
    clerk.presenter.office.giving.print_again()
    assert clerk.tray.repeats == [False, is_marked]


def test_there_is_one_attempt_at_a_time(clerk: Counter) -> None:
    clerk.tray.ends = None
    give(clerk)
    clerk.presenter.office.giving.print_again()
    assert len(clerk.tray.printouts) == 1


def test_a_sheet_that_was_closed_comes_back_when_its_paper_does_not_come_out(clerk: Counter) -> None:
    clerk.tray.ends = None
    give(clerk)
    clerk.presenter.close_sheet()
    clerk.tray.end(NO_PAPER)
    assert given(clerk).printout.paper == NO_PAPER


def test_a_clerk_who_does_something_else_is_told_that_it_did_not_come_out(clerk: Counter) -> None:
    clerk.tray.ends = None
    give(clerk)
    clerk.presenter.close_sheet()
    clerk.presenter.office.open_menu()
    clerk.tray.end(NO_PAPER)
    assert isinstance(clerk.work.sheet, MenuSheet)
    assert clerk.work.notice == NotPrinted(JobKind.TICKET, Number("B", "001"))


def test_a_closed_sheet_whose_paper_comes_out_stays_closed(clerk: Counter) -> None:
    clerk.tray.ends = None
    give(clerk)
    clerk.presenter.close_sheet()
    clerk.tray.end(Printed())
    assert clerk.work.sheet is None
    assert delivery(clerk) is Delivery.PAPER


def test_without_a_printer_the_number_is_shown() -> None:
    glass = Glass()
    presenter = Presenter(Morning().session(DeviceRole.COUNTER, "pc-1", "sri"), glass, ONE, None)
    presenter.start()
    presenter.office.giving.give("B", None, Channel.WALK_IN, None, Language.INDONESIAN)
    assert isinstance(glass.page, WorkPage)
    assert isinstance(glass.page.sheet, GivenSheet)
    assert glass.page.sheet.printout.paper is NoPrinter.NO_PRINTER


def test_an_appointment_is_printed_and_its_check_in_too(clerk: Counter) -> None:
    doctor = clerk.morning.state.services[sample.DOCTOR]
    giving = clerk.presenter.office.giving
    giving.book(doctor, sample.TUESDAY, sample.at(8))
    booked = clerk.work.sheet
    assert isinstance(booked, BookedSheet)
    assert booked.printout.paper == Printed()
    (proof,) = clerk.tray.pages(JobKind.APPOINTMENT)
    assert (proof.fields["clock"], proof.fields["token"]) == ("08.00", booked.reserved.token)
    clerk.presenter.close_sheet()
    giving.check_in(booked.reserved.appointment, None, Language.INDONESIAN)
    (ticket,) = clerk.tray.pages(JobKind.TICKET)
    assert ticket.fields["service"] == doctor.name.id
    assert delivery(clerk) is Delivery.PAPER
