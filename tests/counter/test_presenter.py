"""A counter's day as its presenter sees it, against the real core."""

from broker.client import Link, new_request_id
from broker.domain import commands as c
from broker.domain.refusals import RecallTooSoon, TicketInHand
from broker.domain.ticket import Sender, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    Because,
    CancelReason,
    CounterNumber,
    HoldReason,
    PauseReason,
    Place,
)
from broker.protocol import messages as m
from counter.desk import Act, DeskStatus, Number, Undoable
from counter.presenter import NOTICE_TICKS
from counter.sheets import (
    AcceptSheet,
    Colleague,
    FileNotReady,
    HandOverSheet,
    HeldForPapers,
    HoldSheet,
    NextInLine,
    PlanSheet,
    Remark,
    ScanSheet,
    TransferSheet,
    WhySheet,
)
from tests.counter.support import Counter, accepted, serving
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO
from tests.support.outlet import token_of

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


def test_what_was_sent_on_is_taken_back(at_work: Counter) -> None:
    serving(at_work)
    at_work.presenter.act(Act.TRANSFER)
    at_work.presenter.transfer(ToQueue("C"), None, "")
    assert at_work.desk.undo is not None
    assert at_work.desk.undo.what is Undoable.TRANSFER
    at_work.presenter.act(Act.UNDO)
    assert at_work.desk.status is DeskStatus.SERVING
    assert at_work.morning.state.waiting_count("C") == 0


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
    at_work.presenter.handing_over.hand_over()
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
    at_work.presenter.handing_over.offer([first, second])
    assert isinstance(at_work.work.sheet, HandOverSheet)
    assert len(at_work.work.sheet.files) == 2
    at_work.presenter.handing_over.hand_over()
    assert at_work.morning.state.applications == {}
