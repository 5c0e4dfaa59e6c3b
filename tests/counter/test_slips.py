"""The slips of files taken in: printed, kept, and found again by a program that was started anew."""

import pytest

from broker.client import Link, new_request_id
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import values
from broker.domain.values import (
    ApplicationId,
    Delivery,
    DeviceRole,
)
from broker.protocol import messages as m
from counter.desk import Act, Number
from counter.page import WorkPage
from counter.paper import NoPrinter, Printing
from counter.presenter import Presenter
from counter.sheets import (
    NotPrinted,
    Remark,
    SlipSheet,
)
from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.layout.blocks import Fields
from hardware.page import JobKind
from tests.counter.support import Counter, Glass, accepted, serving
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of
from wording import Language


def test_an_accepted_file_gets_its_printed_slip(at_work: Counter) -> None:
    sheet = accepted(at_work)
    assert sheet.promised_at == sample.at(11, 30)
    assert sheet.printout.paper == Printed()
    (slip,) = at_work.tray.slips
    assert (slip["letter"], slip["number"], slip["token"]) == ("A", "001", sheet.token)
    assert slip["promise"] == "11.30"
    (copy,) = at_work.tray.pages(JobKind.FILE_COPY)
    assert copy.fields["file"] == slip["file"] == sheet.application


def test_a_slip_that_does_not_come_out_is_still_here_and_may_be_printed_again(at_work: Counter) -> None:
    at_work.tray.ends = Failed(PrinterState.PAPER_OUT)
    sheet = accepted(at_work)
    assert sheet.printout.paper == Failed(PrinterState.PAPER_OUT)
    assert sheet.token
    assert sheet.code
    at_work.tray.ends = None
    at_work.presenter.print_slip_again()
    at_work.presenter.print_slip_again()  # one attempt at a time
    assert isinstance(at_work.work.sheet, SlipSheet)
    assert at_work.work.sheet.printout.paper is Printing.PRINTING
    at_work.tray.end(Printed())
    assert at_work.work.sheet.printout.paper == Printed()
    assert len(at_work.tray.slips) == 2


def test_a_fault_after_the_slip_was_put_away_is_told_and_the_slip_can_be_shown(at_work: Counter) -> None:
    at_work.tray.ends = None
    sheet = accepted(at_work)
    at_work.presenter.close_sheet()
    at_work.tray.end(Failed(PrinterState.COVER_OPEN))
    assert at_work.work.notice == NotPrinted(JobKind.SLIP, Number("A", "001"))
    at_work.presenter.show_slip(sheet.application)
    shown = at_work.work.sheet
    assert isinstance(shown, SlipSheet)
    assert shown.printout.paper == Failed(PrinterState.COVER_OPEN)


def test_a_file_without_a_promise_has_no_slip_but_is_shown(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.ACCEPT)
    at_work.presenter.accept(sample.DOCTOR, ())
    sheet = at_work.work.sheet
    assert isinstance(sheet, SlipSheet)
    assert sheet.printout.paper is NoPrinter.NO_PRINTER
    assert at_work.tray.slips == []


# A program that was started again knows no slip that it has given


def crashed_before_the_slip(language: Language = Language.ID) -> Counter:
    """Sri has a ticket in hand whose file was accepted; the program that asked for it has not lived to print."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    issue = c.IssueTicket("A", sample.MICRO_BUSINESS, language=values.Language(language.value))
    (issued,) = morning.do(issue, DeviceRole.KIOSK)
    assert isinstance(issued, e.TicketIssued)
    morning.do(c.ConfirmDelivery(issued.ticket, Delivery.PAPER), DeviceRole.KIOSK)
    morning.accept("sri", morning.serving("sri", ONE), sample.MICRO_BUSINESS, (0, 2))
    return Counter(morning, clerk="sri")


def only_file(counter: Counter) -> ApplicationId:
    (application,) = counter.morning.state.applications
    return application


def test_a_file_accepted_before_the_restart_is_on_the_desk_and_nothing_is_printed_by_itself() -> None:
    again = crashed_before_the_slip()
    assert again.desk.in_hand is not None
    assert [file.application for file in again.desk.in_hand.files] == [only_file(again)]
    again.presenter.show_slip(only_file(again))
    sheet = again.work.sheet
    assert isinstance(sheet, SlipSheet)
    assert isinstance(sheet.printout.paper, Unknown)
    assert again.tray.slips == []


def test_the_slip_printed_after_a_restart_is_the_one_that_would_have_been_printed(at_work: Counter) -> None:
    before = accepted(at_work)
    again = Counter(at_work.morning, clerk="sri")
    again.presenter.show_slip(before.application)
    again.presenter.print_slip_again()
    now = again.work.sheet
    assert isinstance(now, SlipSheet)
    assert (now.token, now.printout.paper) == (before.token, Printed())
    assert again.tray.slips == at_work.tray.slips


def test_a_slip_is_asked_for_once_and_then_known(at_work: Counter) -> None:
    again = crashed_before_the_slip()
    again.presenter.show_slip(only_file(again))
    again.presenter.close_sheet()
    again.session.set_link(Link.STALE)
    again.presenter.show_slip(only_file(again))
    assert isinstance(again.work.sheet, SlipSheet)


def printed_by_a_new_program(morning: Morning) -> Fields:
    again = Counter(morning, clerk="sri")
    again.presenter.show_slip(only_file(again))
    again.presenter.print_slip_again()
    (slip,) = again.tray.slips
    return slip


def test_the_slip_speaks_the_tickets_language_while_the_ticket_is_there_and_then_indonesian() -> None:
    again = crashed_before_the_slip(Language.EN)
    assert printed_by_a_new_program(again.morning)["received"] == (
        "Identity card and a copy",
        "Two photographs, 4 x 6",
    )
    again.presenter.act(Act.COMPLETE)
    slip = printed_by_a_new_program(again.morning)
    assert (slip["letter"], slip["number"], slip["language"]) == ("A", "001", Language.ID)
    assert slip["received"] == ("KTP asli dan fotokopinya", "Pasfoto 4 x 6, dua lembar")


def test_a_counter_without_a_printer_shows_the_slip() -> None:
    morning = crashed_before_the_slip().morning
    glass = Glass()
    session = morning.session(DeviceRole.COUNTER, "pc-1", "sri")
    presenter = Presenter(session, glass, ONE, None)
    presenter.start()
    (application,) = morning.state.applications
    presenter.show_slip(application)
    assert isinstance(glass.page, WorkPage)
    assert isinstance(glass.page.sheet, SlipSheet)
    assert glass.page.sheet.printout.paper is NoPrinter.NO_PRINTER
    assert glass.page.sheet.token == token_of(application)


def test_the_slip_of_a_file_that_is_handed_over_meanwhile_is_not_shown() -> None:
    again = crashed_before_the_slip()
    application, morning = only_file(again), again.morning
    morning.clerk("sri", c.MarkComplete(application))
    morning.clerk("sri", c.HandOver(application))
    again.presenter.show_slip(application)
    assert again.work.sheet is None
    assert again.work.notice is Remark.FILE_ENDED


def test_who_is_not_signed_in_any_more_gets_no_slip() -> None:
    again = crashed_before_the_slip()
    again.session.ask(m.SignOut(new_request_id()), lambda _: None)  # the broker has ended the session
    again.presenter.show_slip(only_file(again))
    assert again.sign_in_page.notice is Remark.SIGNED_OUT


@pytest.mark.parametrize(
    ("first", "is_repeat"),
    [
        (Printed(), True),
        (Unknown(PrinterState.SILENT), True),
        (Failed(PrinterState.PAPER_OUT, began=True), True),
        (Failed(PrinterState.PAPER_OUT), False),
    ],
)
def test_a_slip_that_may_be_on_paper_already_is_printed_again_with_its_mark(
    at_work: Counter, first: Outcome, is_repeat: bool
) -> None:
    at_work.tray.ends = first
    accepted(at_work)
    at_work.tray.ends = Failed(PrinterState.UNREACHABLE)
    at_work.presenter.print_slip_again()
    at_work.presenter.print_slip_again()
    assert at_work.tray.repeats == [False, is_repeat, is_repeat]


def test_the_slip_of_a_file_accepted_before_the_restart_may_be_on_paper() -> None:
    again = crashed_before_the_slip()
    again.presenter.show_slip(only_file(again))
    again.presenter.print_slip_again()
    assert again.tray.repeats == [True]
