"""A visit at the counter: served and done, completed by mistake, in several steps."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.rules import Counter
from broker.domain.ticket import TicketStatus, ToQueue
from broker.domain.values import (
    CancelReason,
    ChoiceReason,
    DeviceRole,
    HoldReason,
    PauseReason,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning

MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    """Sri sits at counter 1."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


# Served and done


def test_a_visit_from_call_to_completion(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    now = morning.now_is(ticket)
    assert (now.status, now.started_at) == (TicketStatus.SERVING, morning.now)
    morning.advance(minutes=7)
    assert morning.clerk("sri", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket),)
    assert ticket not in morning.state.tickets
    assert morning.state.seats[ONE].ticket is None
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (1, 1, 7 * MINUTE_MS)


def test_a_clerks_service_times_add_up(morning: Morning) -> None:
    for minutes in (8, 16):
        ticket = morning.take("A")
        morning.serving("sri", ONE)
        morning.advance(minutes=minutes)
        morning.clerk("sri", c.CompleteTicket(ticket))
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (2, 2, 24 * MINUTE_MS)


def test_completed_at_the_call_has_no_service_time(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.advance(minutes=3)
    assert morning.clerk("sri", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket, start_unknown=True),)
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (1, 0, 0)


def test_another_clerks_ticket_stays_theirs(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("budi", c.OpenCounter(TWO))
    for command in (
        c.CompleteTicket(ticket),
        c.PlanSteps(ticket, ()),
        c.TransferTicket(ticket, ToQueue("B")),
        c.HoldTicket(ticket, HoldReason.WAITING),
        c.SetService(ticket, sample.DOCTOR),
        c.AcceptApplication(ticket, sample.DOCTOR, ()),
        c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT),
    ):
        assert morning.refused("budi", command) == r.NotYourTicket(ONE)


def test_an_act_in_the_wrong_status_is_refused_with_the_status(morning: Morning) -> None:
    ticket = morning.take("A")
    waiting = r.WrongStatus(ticket, TicketStatus.WAITING)
    for command in (
        c.StartService(ticket),
        c.CompleteTicket(ticket),
        c.PlanSteps(ticket, ()),
        c.TransferTicket(ticket, ToQueue("B")),
        c.HoldTicket(ticket, HoldReason.WAITING),
        c.ResumeTicket(ticket),
        c.BringPapers(ticket),
        c.SetService(ticket, sample.DOCTOR),
        c.Recall(ticket),
        c.MarkNoShow(ticket),
    ):
        assert morning.refused("sri", command) == waiting
    morning.call("sri", ONE)
    held = c.HoldTicket(ticket, HoldReason.WAITING)
    assert morning.refused("sri", held) == r.WrongStatus(ticket, TicketStatus.CALLED)


def test_what_is_not_open_is_not_known(morning: Morning) -> None:
    nobodys = TicketId("20260714-A099")
    for command in (
        c.StartService(nobodys),
        c.CompleteTicket(nobodys),
        c.ResumeTicket(nobodys),
        c.BringPapers(nobodys),
        c.CancelTicket(nobodys, CancelReason.CITIZEN_LEFT),
        c.CallTicket(ONE, nobodys, ChoiceReason.SCANNED),
        c.UndoCall(nobodys),
    ):
        assert morning.refused("sri", command) == r.UnknownTicket(nobodys)


def test_the_clerk_says_what_the_visit_is_about(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.SetService(ticket, sample.DOCTOR))
    assert morning.now_is(ticket).service == sample.DOCTOR
    unknown = c.SetService(ticket, sample.ServiceCode("X"))
    assert morning.refused("sri", unknown) == r.UnknownService("X")


def test_whose_service_was_found_to_be_another_is_sent_on_to_who_may_serve_it(morning: Morning) -> None:
    """A service of another queue does not move the ticket by itself; skills count where it waits then."""
    morning.clerk("budi", c.OpenCounter(TWO))
    ticket = morning.take("C")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.SetService(ticket, sample.DOCTOR))
    assert morning.state.queue_of[ticket] == "C"
    morning.clerk("budi", c.TransferTicket(ticket, ToQueue("B")))
    assert morning.refused("budi", c.CallNext(TWO)) == r.NobodyWaiting()
    assert morning.call("sri", ONE) == ticket


# Completed by mistake


def test_a_completion_is_taken_back_at_once_and_does_not_count(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.advance(minutes=4)
    before = morning.now_is(ticket)
    morning.clerk("sri", c.CompleteTicket(ticket))
    morning.advance(seconds=10)
    assert morning.clerk("sri", c.ReopenTicket(ticket)) == (e.TicketReopened(ticket, sample.SRI),)
    assert morning.now_is(ticket) == before
    assert morning.state.seats[ONE].ticket == ticket
    assert morning.state.queue_of[ticket] == "A"
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (0, 0, 0)
    morning.advance(minutes=1)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.state.tallies[sample.SRI].served == 1


def test_completed_at_the_call_and_taken_back_it_is_being_served(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.clerk("sri", c.CompleteTicket(ticket))
    morning.clerk("sri", c.ReopenTicket(ticket))
    now = morning.now_is(ticket)
    assert (now.status, now.started_at) == (TicketStatus.SERVING, None)
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (0, 0, 0)


def test_the_time_to_take_a_completion_back_ends_but_not_a_supervisors(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serve("sri", ONE)
    morning.advance(seconds=10.001)
    assert morning.refused("sri", c.ReopenTicket(ticket)) == r.UndoTooLate(10)
    morning.advance(minutes=30)
    morning.clerk("ratna", c.ReopenTicket(ticket))
    assert morning.state.seats[ONE].ticket == ticket


def test_a_completion_after_which_the_clerk_did_something_else_stays(morning: Morning) -> None:
    def called_the_next() -> None:
        morning.take("A")
        morning.serve("sri", ONE)

    def paused() -> None:
        morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))

    def gone_on() -> None:
        morning.clerk("sri", c.ResumeCounter(ONE))

    def left() -> None:
        morning.clerk("sri", c.CloseCounter(ONE))

    first = morning.take("A")
    morning.serve("sri", ONE)
    called_the_next()
    for clerk in ("sri", "ratna"):
        assert morning.refused(clerk, c.ReopenTicket(first)) == r.UndoTooLate(10)
    for more in (paused, left):
        second = morning.take("A")
        morning.serve("sri", ONE)
        more()
        for clerk in ("sri", "ratna"):
            assert morning.refused(clerk, c.ReopenTicket(second)) == r.UndoTooLate(10)
        if more is paused:
            gone_on()


def test_another_clerk_does_not_take_a_completion_back(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serve("sri", ONE)
    assert morning.refused("budi", c.ReopenTicket(ticket)) == r.NotYourTicket(ONE)


def test_a_completion_is_not_taken_back_into_a_queue_that_is_gone(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serve("sri", ONE)
    every_other = Counter(ONE, (("B", "C", "D", "E"),))
    rules = sample.rules(queues=sample.QUEUES[1:], counters=(every_other,))
    morning.do(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)
    assert morning.refused("sri", c.ReopenTicket(ticket)) == r.UndoTooLate(10)


def test_what_was_sent_on_by_mistake_is_taken_back_while_it_waits_there(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.advance(minutes=3)
    before = morning.now_is(ticket)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("C")))
    morning.advance(seconds=5)
    morning.clerk("sri", c.ReopenTicket(ticket))
    assert morning.now_is(ticket) == before
    assert morning.state.queue_of[ticket] == "A"
    assert morning.state.waiting_count("C") == 0
    assert morning.state.tallies[sample.SRI].served == 0


def test_a_step_done_by_mistake_is_taken_back_and_does_not_count(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.PlanSteps(ticket, ("E",)))
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.state.tallies[sample.SRI].served == 1
    morning.clerk("sri", c.ReopenTicket(ticket))
    assert morning.state.tallies[sample.SRI].served == 0
    assert morning.now_is(ticket).steps == ("E",)


def test_what_was_sent_on_and_called_there_is_not_taken_back(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("C")))
    morning.clerk("ratna", c.OpenCounter(TWO))
    morning.clerk("ratna", c.CallTicket(TWO, ticket, ChoiceReason.SUPERVISOR_ASKED))
    for clerk in ("sri", "ratna"):
        assert morning.refused(clerk, c.ReopenTicket(ticket)) == r.UndoTooLate(10)


# In several steps


def test_a_visit_goes_through_its_steps_and_keeps_its_number(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    issued = morning.issue(c.IssueTicket("B", steps=("D", "E")))
    ticket = morning.delivered(issued.ticket)
    morning.serving("sri", ONE)
    morning.advance(minutes=12)
    assert morning.clerk("sri", c.CompleteTicket(ticket)) == (
        e.TicketTransferred(ticket, "D", sample.at(7, 30), steps=("E",)),
    )
    assert (morning.waiting("D"), morning.now_is(ticket).letter) == ([ticket], "B")
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (1, 1, 12 * MINUTE_MS)
    assert morning.serving("sri", ONE) == ticket
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    assert morning.serving("ratna", THREE) == ticket
    assert morning.clerk("ratna", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket),)


def test_a_step_done_at_the_call_counts_without_its_time(morning: Morning) -> None:
    ticket = morning.delivered(morning.issue(c.IssueTicket("B", steps=("D",))).ticket)
    morning.call("sri", ONE)
    morning.advance(minutes=2)
    morning.clerk("sri", c.CompleteTicket(ticket))
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (1, 0, 0)


def test_the_clerk_sets_where_the_visit_goes_on_to(morning: Morning) -> None:
    ticket = morning.delivered(morning.issue(c.IssueTicket("B", steps=("D", "E"))).ticket)
    morning.serving("sri", ONE)
    assert morning.refused("sri", c.PlanSteps(ticket, ("Z",))) == r.UnknownQueue("Z")
    assert morning.clerk("sri", c.PlanSteps(ticket, ("C",))) == (e.StepsPlanned(ticket, ("C",)),)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.waiting("C") == [ticket]
    morning.serving("sri", ONE)
    morning.clerk("sri", c.PlanSteps(ticket, ("D",)))
    morning.clerk("sri", c.PlanSteps(ticket, ()))
    assert morning.clerk("sri", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket),)


def test_a_step_whose_queue_is_gone_is_left_out(morning: Morning) -> None:
    ticket = morning.delivered(morning.issue(c.IssueTicket("B", steps=("E", "C"))).ticket)
    rules = sample.rules(queues=sample.QUEUES[:4], counters=(Counter(ONE, (("A", "B", "C", "D"),)),))
    morning.do(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)
    morning.serve("sri", ONE)
    assert morning.waiting("C") == [ticket]
    assert morning.now_is(ticket).steps == ()


def test_a_step_stands_where_the_next_queue_says() -> None:
    places = {"C": Place.END, "E": Place.FRONT}
    queues = [
        replace(each, transfer_place=places.get(each.letter, Place.BY_ARRIVAL)) for each in sample.QUEUES
    ]
    morning = Morning(sample.rules(queues=tuple(queues)))
    morning.clerk("sri", c.OpenCounter(ONE))
    tickets = [morning.delivered(morning.issue(c.IssueTicket("B", steps=(each,))).ticket) for each in places]
    morning.advance(minutes=5)
    others = [morning.take(letter, priority=Priority.ELDERLY) for letter in places]
    for ticket in tickets:
        morning.clerk("sri", c.CallTicket(ONE, ticket, ChoiceReason.SHORT_QUESTION))
        morning.clerk("sri", c.CompleteTicket(ticket))
    assert (morning.waiting("C"), morning.waiting("E")) == ([others[0], tickets[0]], [tickets[1], others[1]])


def test_a_service_upon_which_the_day_closes_has_no_service_time(morning: Morning) -> None:
    morning.take("A")
    morning.serving("sri", ONE)
    morning.now = sample.at(18)
    morning.tick()
    tally = morning.state.tallies[sample.SRI]
    assert (tally.served, tally.timed, tally.service_ms) == (1, 0, 0)
