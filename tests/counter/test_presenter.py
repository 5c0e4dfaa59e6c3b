"""A counter's day as its presenter sees it, against the real core."""

import pytest
from msgspec.structs import replace

from broker.client import Link, new_request_id
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import values
from broker.domain.refusals import CounterTaken, RecallTooSoon, TicketInHand
from broker.domain.ticket import Sender, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    ApplicationId,
    Because,
    CancelReason,
    CounterNumber,
    Delivery,
    DeviceRole,
    HoldReason,
    PauseReason,
    Place,
)
from broker.protocol import messages as m
from broker.protocol.messages import SignInReason
from counter.desk import Act, DeskStatus, Number
from counter.page import SignInPage, Tab, WorkPage
from counter.presenter import NOTICE_TICKS, Presenter
from counter.sheets import (
    AcceptSheet,
    Colleague,
    FileNotReady,
    HandOverSheet,
    HeldForPapers,
    HoldSheet,
    NextInLine,
    NoPrinter,
    PlanSheet,
    Printing,
    Remark,
    ScanSheet,
    SignInFailed,
    SlipNotPrinted,
    SlipSheet,
    TransferSheet,
    WhySheet,
)
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.layout.content import SlipContent
from tests.counter.support import Counter, Glass
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning
from tests.support.outlet import token_of
from wording import Language


@pytest.fixture
def counter() -> Counter:
    return Counter(Morning())


@pytest.fixture
def at_work(counter: Counter) -> Counter:
    counter.sign_in()
    return counter


def serving(counter: Counter, service: str = sample.MICRO_BUSINESS) -> None:
    counter.morning.take("A", service)
    counter.presenter.act(Act.CALL_NEXT)
    counter.presenter.act(Act.START)


# Signing in


def test_a_clerk_signs_in_and_the_counter_opens(counter: Counter) -> None:
    assert counter.sign_in_page.profiles[0].name == "Sri Wahyuni"
    counter.sign_in()
    assert counter.work.profile.name == "Sri Wahyuni"
    assert counter.desk.status is DeskStatus.FREE
    assert counter.morning.state.seats[ONE].clerk == sample.SRI


def test_a_wrong_pin_is_said(counter: Counter) -> None:
    counter.sign_in(pin="9999")
    assert counter.sign_in_page.notice == SignInFailed(SignInReason.WRONG_PIN, None)


def test_who_finds_a_colleague_at_the_counter_is_not_kept_signed_in(counter: Counter) -> None:
    counter.morning.clerk("budi", c.OpenCounter(ONE))
    counter.sign_in("sri")
    assert counter.sign_in_page.notice == CounterTaken(ONE)


def test_a_clerk_who_is_still_signed_in_after_a_restart_goes_straight_on() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    ticket = morning.serving("sri", ONE)
    again = Counter(morning, clerk="sri")
    assert again.desk.in_hand is not None
    assert again.desk.in_hand.ticket == ticket


def test_the_back_office_begins_with_the_board_and_opens_no_counter(counter: Counter) -> None:
    counter.sign_in("dewi")
    assert counter.work.tab is Tab.ONE_DAY
    assert counter.morning.state.seats == {}
    assert counter.desk.primary is Act.OPEN


def test_signing_out_leaves_the_counter(at_work: Counter) -> None:
    at_work.presenter.act(Act.SIGN_OUT)
    assert isinstance(at_work.glass.page, SignInPage)
    assert at_work.morning.state.seats == {}


def test_nobody_signs_out_with_a_number_in_hand(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.SIGN_OUT)
    assert isinstance(at_work.glass.page, WorkPage)


def test_a_broker_that_does_not_know_the_clerk_any_more_asks_for_the_pin_again(at_work: Counter) -> None:
    welcome = at_work.session.welcome
    assert welcome is not None
    at_work.session.welcome = replace(welcome, profile=None)
    at_work.session.set_link(Link.LIVE)
    assert at_work.sign_in_page.notice is Remark.SIGNED_OUT


def test_a_sign_out_that_got_lost_is_asked_for_again_and_lets_nobody_in(at_work: Counter) -> None:
    morning, session = at_work.morning, at_work.session
    morning.paused = True
    at_work.presenter.sign_out()
    morning.deliver()  # the counter is closed; the sign-out is on its way
    assert isinstance(at_work.glass.page, SignInPage)
    welcome = session.welcome
    assert welcome is not None
    session.welcome = replace(
        welcome, profile=at_work.session._profile("sri")
    )  # the broker has not heard of it
    session.set_link(Link.LIVE)
    assert isinstance(at_work.glass.page, SignInPage)


# At the desk


def test_a_number_is_called_served_and_finished(at_work: Counter) -> None:
    ticket = at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    assert at_work.desk.status is DeskStatus.CALLED
    at_work.presenter.act(Act.START)
    assert at_work.desk.status is DeskStatus.SERVING
    at_work.presenter.act(Act.COMPLETE)
    assert at_work.desk.status is DeskStatus.FREE
    assert ticket not in at_work.morning.state.tickets


def test_a_button_pressed_twice_acts_once_while_the_answer_is_on_its_way(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.morning.take("A")
    at_work.morning.paused = True
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.morning.paused = False
    at_work.morning.deliver()
    assert at_work.work.notice is None
    assert at_work.desk.in_hand is not None
    assert at_work.desk.in_hand.number == Number("A", "001")


def test_an_answer_that_takes_its_time_is_told(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.morning.paused = True
    at_work.presenter.act(Act.CALL_NEXT)
    assert not at_work.work.pending
    for _ in range(3):
        at_work.presenter.time_passed()
    assert at_work.work.pending
    at_work.morning.deliver()
    at_work.presenter.time_passed()
    assert not at_work.work.pending


def test_what_is_not_possible_now_is_not_sent(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    seq = at_work.morning.state.seq
    at_work.presenter.act(Act.RECALL)
    assert at_work.morning.state.seq == seq
    assert at_work.work.notice is None


def test_a_refusal_is_said_and_passes(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.pause(PauseReason.BREAK)
    assert isinstance(at_work.work.notice, TicketInHand)
    for _ in range(NOTICE_TICKS + 1):
        at_work.presenter.time_passed()
    assert at_work.work.notice is None
    assert not isinstance(at_work.work.notice, RecallTooSoon)


def test_without_a_live_link_nothing_can_be_done_and_it_is_said(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.session.set_link(Link.STALE)
    assert at_work.work.around.link is Link.STALE
    assert at_work.work.around.lost_at == at_work.morning.now
    assert at_work.desk.acts == frozenset()
    at_work.session.set_link(Link.LIVE)
    assert Act.CALL_NEXT in at_work.desk.acts


def transfer_sheet(counter: Counter) -> TransferSheet:
    counter.presenter.act(Act.TRANSFER)
    sheet = counter.work.sheet
    assert isinstance(sheet, TransferSheet)
    return sheet


def test_a_transfer_asks_where_to_first(at_work: Counter) -> None:
    serving(at_work)
    sheet = transfer_sheet(at_work)
    assert [queue.letter for queue, _ in sheet.queues] == list("BCDE")
    assert (sheet.colleagues, sheet.sender) == ((), None)
    at_work.presenter.transfer(ToQueue("C"), Place.END, "")
    assert at_work.work.sheet is None
    assert at_work.desk.status is DeskStatus.FREE
    assert at_work.morning.state.waiting_count("C") == 1


def test_a_transfer_offers_the_colleagues_who_may_serve_it(at_work: Counter) -> None:
    at_work.morning.clerk("ratna", c.OpenCounter(THREE))
    at_work.morning.clerk("budi", c.OpenCounter(TWO))
    serving(at_work, sample.JOBSEEKER)
    assert transfer_sheet(at_work).colleagues == (Colleague(sample.RATNA, "Ratna Sari", THREE),)
    at_work.presenter.transfer(ToClerk(sample.RATNA), None, "")
    assert at_work.morning.state.waiting_count("A=ratna") == 1


def test_a_note_goes_with_the_number_and_is_read_where_it_is_called(at_work: Counter) -> None:
    morning = at_work.morning
    other = Counter(morning, number=2)
    other.sign_in("budi")
    serving(at_work)
    at_work.presenter.act(Act.TRANSFER)
    at_work.presenter.transfer(ToCounter(TWO), None, " KTP asli ada di sini. ")
    assert at_work.work.sheet is None
    other.presenter.act(Act.CALL_NEXT)
    assert other.desk.in_hand is not None
    assert other.desk.in_hand.sender == Sender(sample.SRI, ONE, "A")
    assert other.work.note == "KTP asli ada di sini."
    other.presenter.act(Act.START)
    assert transfer_sheet(other).sender == Colleague(sample.SRI, "Sri Wahyuni", ONE)
    other.presenter.transfer(ToSender(), None, "")
    assert other.work.note is None
    at_work.presenter.act(Act.CALL_NEXT)
    assert at_work.desk.in_hand is not None
    assert at_work.desk.in_hand.sender == Sender(sample.BUDI, TWO, "A")
    assert at_work.work.note is None


def test_a_transfer_whose_note_is_not_kept_is_not_made(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.TRANSFER)
    at_work.session.ask(m.SignOut(new_request_id()), lambda _: None)  # the broker has ended the session
    at_work.presenter.transfer(ToQueue("C"), None, "penting")
    assert at_work.sign_in_page.notice is Remark.SIGNED_OUT
    assert at_work.morning.state.waiting_count("C") == 0


def test_the_visit_goes_on_to_its_next_step_when_this_one_is_done(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.PLAN_STEPS)
    assert isinstance(at_work.work.sheet, PlanSheet)
    at_work.presenter.plan(("C", "E"))
    assert at_work.work.sheet is None
    at_work.presenter.act(Act.COMPLETE)
    assert at_work.morning.state.waiting_count("C") == 1
    assert at_work.desk.undo is not None
    at_work.presenter.act(Act.UNDO)
    assert at_work.morning.state.waiting_count("C") == 0


def test_why_a_number_was_called_is_shown_on_request(at_work: Counter) -> None:
    at_work.morning.take("B")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.WHY)
    sheet = at_work.work.sheet
    assert isinstance(sheet, WhySheet)
    assert sheet.why.because is Because.CAME_FIRST


def test_a_call_and_a_completion_are_taken_back(at_work: Counter) -> None:
    ticket = at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.UNDO)
    assert at_work.desk.status is DeskStatus.FREE
    assert at_work.morning.state.waiting_count("A") == 1
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.START)
    at_work.presenter.act(Act.COMPLETE)
    at_work.presenter.act(Act.UNDO)
    assert at_work.desk.in_hand is not None
    assert at_work.desk.in_hand.ticket == ticket
    assert at_work.desk.today.served == 0


def test_what_can_be_taken_back_passes_with_the_time(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.morning.advance(seconds=4)
    at_work.presenter.time_passed()
    assert at_work.desk.undo is not None
    assert at_work.desk.undo.seconds == 6
    at_work.morning.advance(seconds=6)
    at_work.presenter.time_passed()
    assert at_work.desk.undo is None
    at_work.presenter.act(Act.UNDO)
    assert at_work.desk.status is DeskStatus.CALLED


def test_whoever_holds_for_papers_is_reminded_of_the_time_to_tell(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.HOLD)
    assert isinstance(at_work.work.sheet, HoldSheet)
    at_work.presenter.hold(HoldReason.COMPLETING_PAPERS)
    assert at_work.work.notice == HeldForPapers(Number("A", "001"), sample.at(8, 30))
    assert [line.until for line in at_work.desk.held] == [sample.at(8, 30)]


def test_hold_and_resume(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.HOLD)
    at_work.presenter.hold(HoldReason.WAITING)
    assert [line.number for line in at_work.desk.held] == [Number("A", "001")]
    at_work.presenter.act(Act.RESUME)
    assert at_work.desk.status is DeskStatus.SERVING


def test_a_number_is_cancelled_with_a_reason(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.CANCEL)
    at_work.presenter.cancel(CancelReason.CITIZEN_LEFT)
    assert at_work.desk.in_hand is None
    assert at_work.morning.state.tickets == {}


def test_the_service_is_set(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.CHANGE_SERVICE)
    at_work.presenter.set_service(sample.JOBSEEKER)
    assert at_work.desk.in_hand is not None
    assert at_work.desk.in_hand.service is not None
    assert at_work.desk.in_hand.service.code == sample.JOBSEEKER


def test_a_break_and_its_end(at_work: Counter) -> None:
    at_work.presenter.act(Act.BREAK)
    at_work.presenter.pause(PauseReason.PRAYER)
    assert at_work.desk.status is DeskStatus.ON_BREAK
    at_work.presenter.act(Act.END_BREAK)
    assert at_work.desk.status is DeskStatus.FREE


def test_a_sheet_goes_with_the_number_it_is_about(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.ACCEPT)
    assert isinstance(at_work.work.sheet, AcceptSheet)
    at_work.morning.advance(minutes=11 * 60)  # the day closes
    assert at_work.work.sheet is None


# Files and slips


def accepted(counter: Counter) -> SlipSheet:
    serving(counter)
    counter.presenter.act(Act.ACCEPT)
    counter.presenter.accept(sample.MICRO_BUSINESS, (0, 2))
    sheet = counter.work.sheet
    assert isinstance(sheet, SlipSheet)
    return sheet


def test_an_accepted_file_gets_its_printed_slip(at_work: Counter) -> None:
    sheet = accepted(at_work)
    assert sheet.promised_at == sample.at(11, 30)
    assert sheet.paper == Printed()
    (slip,) = at_work.tray.slips
    assert (slip.letter, slip.number, slip.token) == ("A", "001", sheet.token)
    assert (slip.ready_by.hour, slip.ready_by.minute) == (11, 30)
    assert slip.received == ("KTP asli dan fotokopinya", "Pasfoto 4 x 6, dua lembar")
    assert slip.collect_at == "Loket 3"
    assert slip.open_until.hour == 16


def test_a_slip_that_does_not_come_out_is_still_here_and_may_be_printed_again(at_work: Counter) -> None:
    at_work.tray.ends = Failed(PrinterState.PAPER_OUT)
    sheet = accepted(at_work)
    assert sheet.paper == Failed(PrinterState.PAPER_OUT)
    assert sheet.token
    assert sheet.code
    at_work.tray.ends = None
    at_work.presenter.print_slip_again()
    at_work.presenter.print_slip_again()  # one attempt at a time
    assert isinstance(at_work.work.sheet, SlipSheet)
    assert at_work.work.sheet.paper is Printing.PRINTING
    at_work.tray.end(Printed())
    assert at_work.work.sheet == replace(sheet, paper=Printed())
    assert len(at_work.tray.slips) == 2


def test_a_fault_after_the_slip_was_put_away_is_told_and_the_slip_can_be_shown(at_work: Counter) -> None:
    at_work.tray.ends = None
    sheet = accepted(at_work)
    at_work.presenter.close_sheet()
    at_work.tray.end(Failed(PrinterState.COVER_OPEN))
    assert at_work.work.notice == SlipNotPrinted(Number("A", "001"))
    at_work.presenter.show_slip(sheet.application)
    assert at_work.work.sheet == replace(sheet, paper=Failed(PrinterState.COVER_OPEN))


def test_a_file_without_a_promise_has_no_slip_but_is_shown(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.ACCEPT)
    at_work.presenter.accept(sample.DOCTOR, ())
    sheet = at_work.work.sheet
    assert isinstance(sheet, SlipSheet)
    assert sheet.paper is NoPrinter.NO_PRINTER
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
    assert isinstance(sheet.paper, Unknown)
    assert again.tray.slips == []


def test_the_slip_printed_after_a_restart_is_the_one_that_would_have_been_printed(at_work: Counter) -> None:
    before = accepted(at_work)
    again = Counter(at_work.morning, clerk="sri")
    again.presenter.show_slip(before.application)
    again.presenter.print_slip_again()
    assert again.work.sheet == before
    assert again.tray.slips == at_work.tray.slips


def test_a_slip_is_asked_for_once_and_then_known(at_work: Counter) -> None:
    again = crashed_before_the_slip()
    again.presenter.show_slip(only_file(again))
    again.presenter.close_sheet()
    again.session.set_link(Link.STALE)
    again.presenter.show_slip(only_file(again))
    assert isinstance(again.work.sheet, SlipSheet)


def printed_by_a_new_program(morning: Morning) -> SlipContent:
    again = Counter(morning, clerk="sri")
    again.presenter.show_slip(only_file(again))
    again.presenter.print_slip_again()
    (slip,) = again.tray.slips
    return slip


def test_the_slip_speaks_the_tickets_language_while_the_ticket_is_there_and_then_indonesian() -> None:
    again = crashed_before_the_slip(Language.EN)
    assert printed_by_a_new_program(again.morning).received == (
        "Identity card and a copy",
        "Two photographs, 4 x 6",
    )
    again.presenter.act(Act.COMPLETE)
    slip = printed_by_a_new_program(again.morning)
    assert (slip.letter, slip.number, slip.language) == ("A", "001", Language.ID)
    assert slip.received == ("KTP asli dan fotokopinya", "Pasfoto 4 x 6, dua lembar")


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
    assert glass.page.sheet.paper is NoPrinter.NO_PRINTER
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


# Scanning


def test_a_scanned_ticket_is_called_when_the_counter_is_free(at_work: Counter) -> None:
    at_work.morning.take("A")
    wanted = at_work.morning.take("D")
    at_work.presenter.scanned(token_of(wanted))
    assert at_work.desk.in_hand is not None
    assert at_work.desk.in_hand.number == Number("D", "001")


def test_the_scanned_ticket_that_was_called_is_served(at_work: Counter) -> None:
    ticket = at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.scanned(f"https://antrean.example/t/{token_of(ticket)}")
    assert at_work.desk.status is DeskStatus.SERVING


def test_a_scanned_ticket_waits_while_another_is_in_hand(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.scanned(token_of(at_work.morning.take("A")))
    assert isinstance(at_work.work.notice, TicketInHand)


def test_who_missed_the_call_and_is_scanned_is_next_in_line(at_work: Counter) -> None:
    missed = at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.morning.announce(missed)
    at_work.morning.advance(seconds=45)
    at_work.presenter.act(Act.NO_SHOW)
    assert at_work.desk.today.missed == 1
    at_work.morning.take("A")
    at_work.presenter.scanned(token_of(missed))
    assert at_work.work.notice == NextInLine(Number("A", "001"))
    assert at_work.desk.next[0].number == Number("A", "001")


def test_who_brings_the_missing_papers_and_is_scanned_is_next_in_line(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.HOLD)
    at_work.presenter.hold(HoldReason.COMPLETING_PAPERS)
    ticket = at_work.desk.held[0].ticket
    at_work.presenter.scanned(token_of(ticket))
    assert at_work.work.notice == NextInLine(Number("A", "001"))


def test_a_colleagues_number_is_left_alone(at_work: Counter) -> None:
    at_work.morning.clerk("ratna", c.OpenCounter(CounterNumber(2)))
    theirs = at_work.morning.take("B")
    at_work.morning.call("ratna", CounterNumber(2))
    at_work.presenter.scanned(token_of(theirs))
    assert at_work.desk.in_hand is None
    assert at_work.work.notice is not None


def test_an_unknown_code_is_said_and_the_next_can_be_scanned(at_work: Counter) -> None:
    at_work.presenter.act(Act.SCAN)
    for nonsense in ("TEST:nothing", "x" * 300, " "):
        at_work.presenter.scanned(nonsense)
        assert at_work.work.notice is Remark.CODE_UNKNOWN
        assert at_work.work.sheet == ScanSheet()


def test_a_scanned_slip_leads_to_the_hand_over_once_the_file_is_ready(at_work: Counter) -> None:
    sheet = accepted(at_work)
    at_work.presenter.close_sheet()
    at_work.presenter.scanned(sheet.token)
    notice = at_work.work.notice
    assert isinstance(notice, FileNotReady)
    assert notice.promised_at == sheet.promised_at
    at_work.presenter.mark_complete([sheet.application])
    at_work.presenter.scanned(sheet.token)
    assert isinstance(at_work.work.sheet, HandOverSheet)
    at_work.presenter.hand_over()
    assert at_work.morning.state.applications == {}
    at_work.presenter.scanned(sheet.token)
    assert at_work.work.notice in (Remark.FILE_ENDED, Remark.CODE_UNKNOWN)


def test_a_scan_in_the_middle_of_another_question_is_not_taken(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.TRANSFER)
    at_work.presenter.scanned(token_of(at_work.morning.take("A")))
    assert isinstance(at_work.work.sheet, TransferSheet)
    assert at_work.work.notice is None


def test_several_files_are_marked_and_handed_over_together(at_work: Counter) -> None:
    first = accepted(at_work).application
    at_work.presenter.close_sheet()
    at_work.presenter.act(Act.COMPLETE)
    second = accepted(at_work).application
    at_work.presenter.close_sheet()
    at_work.presenter.mark_complete([first, second])
    at_work.presenter.offer_hand_over([first, second])
    assert isinstance(at_work.work.sheet, HandOverSheet)
    assert len(at_work.work.sheet.files) == 2
    at_work.presenter.hand_over()
    assert at_work.morning.state.applications == {}
