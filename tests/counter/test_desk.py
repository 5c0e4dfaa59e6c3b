"""What a clerk sees and may do, in each state of the desk."""

import pytest

from broker.domain import commands as c
from broker.domain.ticket import Sender, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    CancelReason,
    ClerkId,
    HoldReason,
    NoteId,
    PauseReason,
    Place,
    Priority,
)
from counter import words
from counter.desk import Act, Desk, DeskStatus, Number, Undo, Undoable, desk_of
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning
from wording import Language, Wording


@pytest.fixture
def morning() -> Morning:
    return Morning()


def desk(morning: Morning, clerk: str = "sri", counter: int = 1) -> Desk:
    found = desk_of(morning.state, ClerkId(clerk), ONE if counter == 1 else TWO, morning.now)
    assert found is not None
    return found


def opened(morning: Morning) -> Morning:
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def test_a_counter_nobody_sits_at_can_be_opened(morning: Morning) -> None:
    assert desk(morning).status is DeskStatus.CLOSED
    assert desk(morning).primary is Act.OPEN
    assert Act.OPEN in desk(morning).acts


def test_a_counter_where_a_colleague_sits_cannot_be_opened(morning: Morning) -> None:
    opened(morning)
    assert desk(morning, "budi").status is DeskStatus.CLOSED
    assert Act.OPEN not in desk(morning, "budi").acts


def test_a_free_counter_calls_when_somebody_waits(morning: Morning) -> None:
    opened(morning)
    assert desk(morning).status is DeskStatus.FREE
    assert Act.CALL_NEXT not in desk(morning).acts
    morning.take("A")
    assert Act.CALL_NEXT in desk(morning).acts
    assert desk(morning).primary is Act.CALL_NEXT


def test_a_called_ticket_shows_its_number_and_how_long_it_waited(morning: Morning) -> None:
    opened(morning)
    morning.take("B", sample.DOCTOR)
    morning.advance(minutes=18)
    morning.call("sri", ONE)
    seen = desk(morning).in_hand
    assert seen is not None
    assert seen.number == Number("B", "001")
    assert seen.service is not None
    assert seen.service.code == sample.DOCTOR
    assert (seen.arrived_at, seen.waited_minutes) == (sample.at(7, 30), 18)
    assert seen.serving_seconds is None


def test_recall_and_no_show_become_possible_when_their_countdowns_end(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.announce(morning.call("sri", ONE))
    assert desk(morning).acts & {Act.RECALL, Act.NO_SHOW} == set()
    assert (desk(morning).recall_in_seconds, desk(morning).no_show_in_seconds) == (15, 45)
    morning.advance(seconds=14.2)
    assert desk(morning).recall_in_seconds == 1
    morning.advance(seconds=0.8)
    assert Act.RECALL in desk(morning).acts
    assert (desk(morning).recall_in_seconds, desk(morning).no_show_in_seconds) == (0, 30)
    morning.advance(seconds=30)
    assert Act.NO_SHOW in desk(morning).acts


def test_no_countdown_runs_to_a_recall_that_will_not_be_possible(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    ticket = morning.call("sri", ONE)
    for _ in range(morning.state.rules.patience.recalls_at_most):  # type: ignore[union-attr]
        morning.announce(ticket)
        morning.advance(seconds=15)
        morning.clerk("sri", c.Recall(ticket))
    assert desk(morning).recall_in_seconds == 0
    assert Act.RECALL not in desk(morning).acts


def test_in_service_the_time_runs_and_the_primary_act_completes(morning: Morning) -> None:
    opened(morning)
    morning.take("A", sample.MICRO_BUSINESS)
    morning.serving("sri", ONE)
    morning.advance(seconds=252)
    seen = desk(morning)
    assert seen.status is DeskStatus.SERVING
    assert seen.primary is Act.COMPLETE
    assert seen.in_hand is not None
    assert seen.in_hand.serving_seconds == 252
    assert seen.acts == {
        Act.COMPLETE,
        Act.HOLD,
        Act.TRANSFER,
        Act.CHANGE_SERVICE,
        Act.ACCEPT,
        Act.SCAN,
        Act.CANCEL,
        Act.PLAN_STEPS,
        Act.WHY,
    }


def test_every_possible_act_on_the_ticket_is_accepted_by_the_broker(morning: Morning) -> None:
    opened(morning)
    called = morning.take("A", priority=Priority.ELDERLY)
    morning.announce(morning.call("sri", ONE))
    morning.advance(seconds=60)
    commands = {
        Act.START: c.StartService(called),
        Act.RECALL: c.Recall(called),
        Act.NO_SHOW: c.MarkNoShow(called),
        Act.REFUTE_PRIORITY: c.RefutePriority(called),
        Act.TRANSFER: c.TransferTicket(called, ToQueue("B"), Place.END),
        Act.CANCEL: c.CancelTicket(called, CancelReason.CITIZEN_LEFT),
        Act.CHANGE_SERVICE: c.SetService(called, sample.JOBSEEKER),
        Act.PLAN_STEPS: c.PlanSteps(called, ("E",)),
    }
    assert desk(morning).acts == {*commands, Act.SCAN, Act.WHY}


def test_a_priority_can_only_be_refuted_where_there_is_one(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.call("sri", ONE)
    assert Act.REFUTE_PRIORITY not in desk(morning).acts


def test_files_taken_in_are_shown_with_their_promise(morning: Morning) -> None:
    opened(morning)
    morning.take("A", sample.MICRO_BUSINESS)
    morning.accept("sri", morning.serving("sri", ONE), sample.MICRO_BUSINESS)
    seen = desk(morning)
    assert seen.in_hand is not None
    ((service, promised_at),) = [(file.service.code, file.promised_at) for file in seen.in_hand.files]
    assert (service, promised_at) == (sample.MICRO_BUSINESS, sample.at(11, 30))
    assert seen.today.accepted == 1


def test_a_held_ticket_can_be_resumed_once_the_hand_is_free(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.take("B")
    held = morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(held, HoldReason.WAITING))
    assert [line.ticket for line in desk(morning).held] == [held]
    assert Act.RESUME in desk(morning).acts
    morning.serving("sri", ONE)
    assert [line.ticket for line in desk(morning).held] == [held]
    assert Act.RESUME not in desk(morning).acts


def test_on_a_break_only_the_break_can_end(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    seen = desk(morning)
    assert (seen.status, seen.pause) == (DeskStatus.ON_BREAK, PauseReason.PRAYER)
    assert seen.acts == {Act.END_BREAK, Act.SCAN, Act.SIGN_OUT}


def test_who_waits_is_counted_by_queue_with_the_longest_wait(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.advance(minutes=5)
    morning.take("A")
    morning.take("B")
    morning.take("E")  # counter 1 does not serve it
    morning.advance(minutes=2)
    lines = {line.letter: (line.waiting, line.longest_minutes) for line in desk(morning).queues}
    assert lines == {"A": (2, 7), "B": (1, 2), "C": (0, 0), "D": (0, 0)}
    assert desk(morning).waiting == 3


def test_a_wait_past_the_longest_allowed_one_is_late(morning: Morning) -> None:
    opened(morning)
    morning.take("C")
    morning.advance(minutes=90)
    assert [line.late for line in desk(morning).queues if line.letter == "C"] == [True]
    assert [line.late for line in desk(morning).next] == [True]


def test_whom_the_clerk_may_not_serve_does_not_wait_for_this_clerk(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("B", sample.DOCTOR)
    morning.take("C", sample.RESEARCH)
    assert [line.number for line in desk(morning, "budi", 2).next] == [Number("C", "001")]


def test_the_day_is_counted(morning: Morning) -> None:
    opened(morning)
    for minutes in (4, 6):
        morning.take("A")
        ticket = morning.serving("sri", ONE)
        morning.advance(minutes=minutes)
        morning.clerk("sri", c.CompleteTicket(ticket))
    today = desk(morning).today
    assert (today.served, today.mean_seconds, today.since) == (2, 300, sample.at(7, 30))


# Taking back


def test_a_call_can_be_taken_back_for_ten_seconds(morning: Morning) -> None:
    opened(morning)
    ticket = morning.take("B")
    morning.call("sri", ONE)
    morning.advance(seconds=3)
    assert desk(morning).undo == Undo(Undoable.CALL, ticket, Number("B", "001"), 7)
    assert Act.UNDO in desk(morning).acts
    morning.advance(seconds=7)
    assert desk(morning).undo is None
    assert Act.UNDO not in desk(morning).acts


def test_a_completion_can_be_taken_back_while_the_clerk_does_nothing_else(morning: Morning) -> None:
    opened(morning)
    morning.take("B")
    morning.take("B")
    done = morning.serving("sri", ONE)
    morning.clerk("sri", c.CompleteTicket(done))
    assert desk(morning).undo == Undo(Undoable.COMPLETION, done, Number("B", "001"), 10)
    morning.clerk("sri", c.ReopenTicket(done))
    assert desk(morning).status is DeskStatus.SERVING
    morning.clerk("sri", c.CompleteTicket(done))
    later = morning.call("sri", ONE)
    seen = desk(morning).undo
    assert seen is not None
    assert (seen.what, seen.ticket) == (Undoable.CALL, later)


def test_what_was_sent_on_can_be_taken_back_while_it_waits_where_it_was_sent(morning: Morning) -> None:
    opened(morning)
    morning.take("B")
    sent = morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToQueue("C")))
    assert desk(morning).undo == Undo(Undoable.TRANSFER, sent, Number("B", "001"), 10)
    morning.clerk("sri", c.ReopenTicket(sent))
    seen = desk(morning)
    assert seen.status is DeskStatus.SERVING
    assert seen.in_hand is not None
    assert (seen.in_hand.ticket, seen.in_hand.queue.letter) == (sent, "B")


def test_a_step_of_the_visit_that_is_done_is_taken_back_as_a_completion(morning: Morning) -> None:
    opened(morning)
    morning.take("D")
    done = morning.serving("sri", ONE)
    morning.clerk("sri", c.PlanSteps(done, ("B",)))
    morning.clerk("sri", c.CompleteTicket(done))
    assert desk(morning).undo == Undo(Undoable.COMPLETION, done, Number("D", "001"), 10)


def test_what_somebody_has_called_or_moved_where_it_was_sent_is_not_taken_back(morning: Morning) -> None:
    opened(morning)
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("B")
    morning.take("B")
    called = morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(called, ToCounter(TWO)))
    morning.call("budi", TWO)
    assert desk(morning).undo is None
    moved = morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(moved, ToQueue("C")))
    morning.clerk("ratna", c.MoveTickets((moved,), "D", ActReason.WRONG_QUEUE))
    assert desk(morning).undo is None


def test_a_call_that_was_made_again_cannot_be_taken_back(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(ONE))
    morning.take("B")
    ticket = morning.call("ratna", ONE)
    morning.announce(ticket)
    morning.advance(seconds=15)
    morning.clerk("ratna", c.Recall(ticket))
    assert desk(morning, "ratna").undo is None


def test_for_a_supervisor_no_time_runs_out(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(ONE))
    morning.take("B")
    ticket = morning.call("ratna", ONE)
    morning.advance(minutes=5)
    assert desk(morning, "ratna").undo == Undo(Undoable.CALL, ticket, Number("B", "001"), None)
    morning.clerk("ratna", c.StartService(ticket))
    assert desk(morning, "ratna").undo is None
    morning.clerk("ratna", c.CompleteTicket(ticket))
    morning.advance(minutes=5)
    assert desk(morning, "ratna").undo == Undo(Undoable.COMPLETION, ticket, Number("B", "001"), None)
    morning.clerk("ratna", c.ReopenTicket(ticket))


# The visit


def test_the_steps_of_the_visit_are_seen_and_a_done_one_is_gone(morning: Morning) -> None:
    opened(morning)
    morning.take("D")
    ticket = morning.serving("sri", ONE)
    morning.clerk("sri", c.PlanSteps(ticket, ("B", "E")))
    seen = desk(morning).in_hand
    assert seen is not None
    assert [queue.letter for queue in seen.steps] == ["B", "E"]
    morning.clerk("sri", c.CompleteTicket(ticket))
    morning.call("sri", ONE)
    seen = desk(morning).in_hand
    assert seen is not None
    assert (seen.number, seen.queue.letter) == (Number("D", "001"), "B")
    assert [queue.letter for queue in seen.steps] == ["E"]
    assert seen.sender is None


def test_who_sent_a_ticket_and_their_note_come_with_it(morning: Morning) -> None:
    opened(morning)
    morning.clerk("ratna", c.OpenCounter(TWO))
    morning.take("B")
    ticket = morning.serving("ratna", TWO)
    note = NoteId("0" * 32)
    morning.clerk("ratna", c.TransferTicket(ticket, ToCounter(ONE), note=note))
    morning.call("sri", ONE)
    seen = desk(morning).in_hand
    assert seen is not None
    assert seen.sender == Sender(sample.RATNA, TWO, "B")
    assert seen.note == note


def test_what_a_supervisor_has_sent_here_names_no_colleague(morning: Morning) -> None:
    opened(morning)
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C")
    ticket = morning.serving("budi", TWO)
    morning.clerk("budi", c.TransferTicket(ticket, ToCounter(ONE), note=NoteId("0" * 32)))
    morning.call("sri", ONE)
    morning.clerk("ratna", c.ReassignTicket(ticket, ToCounter(TWO), ActReason.SHARE_THE_LOAD))
    morning.call("budi", TWO)
    seen = desk(morning, "budi", 2).in_hand
    assert seen is not None
    assert (seen.sender, seen.note) == (None, None)
    assert words.sent(seen, None, {}, Wording(Language.ID)) == ""


def test_whoever_completes_papers_has_a_time(morning: Morning) -> None:
    opened(morning)
    morning.take("A")
    morning.clerk("sri", c.HoldTicket(morning.serving("sri", ONE), HoldReason.COMPLETING_PAPERS))
    assert [line.until for line in desk(morning).held] == [sample.at(8, 30)]
