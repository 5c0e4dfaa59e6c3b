"""A supervisor's acts over other people's tickets and counters, each with its reason."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.ticket import Destination, TicketStatus, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    ActReason,
    Because,
    CounterNumber,
    HoldReason,
    NoteId,
    PauseReason,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning

MINUTE_MS = 60_000
FRONT = sample.at(7, 30) - 60 * MINUTE_MS


@pytest.fixture
def morning() -> Morning:
    """Sri sits at counter 1, Ratna, who supervises, at counter 3."""
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("ratna", c.OpenCounter(THREE))
    return morning


# Moved


def test_waiting_tickets_are_moved_into_another_queue_and_keep_number_and_time(morning: Morning) -> None:
    first, second = morning.take("A"), morning.take("D", priority=Priority.ELDERLY)
    morning.advance(minutes=5)
    other = morning.take("C")
    moved = morning.clerk("ratna", c.MoveTickets((first, second), "C", ActReason.SHARE_THE_LOAD))
    assert moved == (
        e.TicketMoved(first, "C", sample.at(7, 30), ActReason.SHARE_THE_LOAD),
        e.TicketMoved(second, "C", sample.at(7, 10), ActReason.SHARE_THE_LOAD),
    )
    assert morning.waiting("C") == [second, first, other]
    assert morning.now_is(first).letter == "A"
    assert morning.journal[-1].clerk == sample.RATNA


@pytest.mark.parametrize(
    ("place", "virtual"), [(Place.FRONT, FRONT), (Place.END, sample.at(7, 32)), (None, sample.at(7, 30))]
)
def test_they_may_be_moved_to_another_place_of_their_own_queue(
    morning: Morning, place: Place | None, virtual: int
) -> None:
    ticket = morning.take("A")
    morning.advance(minutes=2)
    morning.clerk("ratna", c.MoveTickets((ticket,), "A", ActReason.CITIZEN_ASKED, place))
    assert morning.now_is(ticket).virtual_arrival == virtual


def test_they_are_moved_all_or_none(morning: Morning) -> None:
    first, second = morning.take("A"), morning.take("A")
    called = morning.call("sri", ONE)
    assert called == first
    both = c.MoveTickets((second, first), "B", ActReason.WRONG_QUEUE)
    assert morning.refused("ratna", both) == r.WrongStatus(first, TicketStatus.CALLED)
    nobodys = c.MoveTickets((second, TicketId("x")), "B", ActReason.WRONG_QUEUE)
    assert morning.refused("ratna", nobodys) == r.UnknownTicket("x")
    nowhere = c.MoveTickets((second,), "Z", ActReason.WRONG_QUEUE)
    assert morning.refused("ratna", nowhere) == r.UnknownQueue("Z")
    assert morning.waiting("A") == [second]


def test_what_is_still_on_its_way_to_the_citizen_has_no_place_to_be_moved_from(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    move = c.MoveTickets((ticket,), "B", ActReason.WRONG_QUEUE)
    assert morning.refused("ratna", move) == r.NotDelivered(ticket)


def test_a_ticket_named_twice_is_moved_and_voided_once(morning: Morning) -> None:
    ticket = morning.take("A")
    moved = morning.clerk("ratna", c.MoveTickets((ticket, ticket), "B", ActReason.WRONG_QUEUE))
    assert len(moved) == 1
    voided = morning.clerk("ratna", c.VoidTickets((ticket, ticket), ActReason.WRONG_QUEUE))
    assert len(voided) == 1


def test_whom_a_colleague_was_to_serve_is_moved_for_anybody(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToClerk(sample.RATNA)))
    morning.clerk("ratna", c.MoveTickets((ticket,), "B", ActReason.SHARE_THE_LOAD))
    assert morning.waiting("B") == [ticket]
    assert morning.call("sri", ONE) == ticket


# Taken from a clerk


@pytest.mark.parametrize("status", [TicketStatus.CALLED, TicketStatus.SERVING, TicketStatus.ON_HOLD])
def test_a_ticket_is_taken_from_its_clerk_and_is_next_in_line_elsewhere(
    morning: Morning, status: TicketStatus
) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    if status is not TicketStatus.CALLED:
        morning.clerk("sri", c.StartService(ticket))
    if status is TicketStatus.ON_HOLD:
        morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    reassign = c.ReassignTicket(ticket, ToQueue("B"), ActReason.WRONG_QUEUE)
    assert morning.clerk("ratna", reassign) == (
        e.TicketReassigned(ticket, "B", FRONT, ActReason.WRONG_QUEUE),
    )
    now = morning.now_is(ticket)
    assert (now.status, now.clerk, now.counter, now.hold) == (TicketStatus.WAITING, None, None, None)
    assert morning.state.seats[ONE].ticket is None
    assert morning.state.on_hold == {}
    assert morning.state.unannounced == {}
    assert morning.waiting("B") == [ticket]


@pytest.mark.parametrize(
    ("to", "line"),
    [(ToCounter(THREE), "A#3"), (ToClerk(sample.RATNA), "A=ratna"), (ToQueue("D"), "D")],
)
def test_a_ticket_is_reassigned_to_a_counter_a_clerk_or_a_queue(
    morning: Morning, to: Destination, line: str
) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("ratna", c.ReassignTicket(ticket, to, ActReason.CITIZEN_ASKED))
    assert morning.waiting(line) == [ticket]
    assert morning.call("ratna", THREE) == ticket


def test_a_ticket_is_reassigned_to_who_had_sent_it(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    ticket = morning.take("C")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.TransferTicket(ticket, ToCounter(ONE)))
    morning.serving("sri", ONE)
    morning.clerk("ratna", c.ReassignTicket(ticket, ToSender(), ActReason.CLERK_ABSENT))
    assert morning.call("budi", TWO) == ticket
    assert morning.now_is(ticket).because is Because.SENT_HERE


def test_what_a_colleague_wrote_and_who_it_was_does_not_go_on_with_a_reassigned_ticket(
    morning: Morning,
) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToClerk(sample.RATNA), note=NoteId("n1")))
    morning.serving("ratna", THREE)
    morning.clerk("ratna", c.ReassignTicket(ticket, ToQueue("B"), ActReason.WRONG_QUEUE))
    now = morning.now_is(ticket)
    assert (now.sender, now.note, now.only_clerk) == (None, None, None)


def test_who_waits_is_moved_not_reassigned(morning: Morning) -> None:
    ticket = morning.take("A")
    reassign = c.ReassignTicket(ticket, ToQueue("B"), ActReason.WRONG_QUEUE)
    assert morning.refused("ratna", reassign) == r.WrongStatus(ticket, TicketStatus.WAITING)


def test_whoever_is_reassigned_to_a_clerk_on_a_break_waits_and_may_be_moved(morning: Morning) -> None:
    morning.clerk("ratna", c.PauseCounter(THREE, PauseReason.BREAK))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("ratna", c.ReassignTicket(ticket, ToClerk(sample.RATNA), ActReason.CITIZEN_ASKED))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    assert morning.refused("ratna", c.CallNext(THREE)) == r.CounterOnBreak(THREE)
    morning.clerk("ratna", c.MoveTickets((ticket,), "A", ActReason.CLERK_ABSENT))
    assert morning.call("sri", ONE) == ticket


# Voided


def test_several_tickets_are_voided_at_once_wherever_they_are(morning: Morning) -> None:
    held, served, waiting = morning.take("A"), morning.take("A"), morning.take("A")
    on_its_way = morning.issue(c.IssueTicket("A")).ticket
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(held, HoldReason.WAITING))
    morning.serving("sri", ONE)
    every = (held, served, waiting, on_its_way)
    assert morning.clerk("ratna", c.VoidTickets(every, ActReason.ISSUED_BY_MISTAKE)) == tuple(
        e.TicketVoided(each, ActReason.ISSUED_BY_MISTAKE) for each in every
    )
    assert morning.state.tickets == {}
    assert morning.state.waiting == {}
    assert morning.state.undelivered == {}
    assert morning.state.seats[ONE].ticket is None


def test_tickets_are_voided_all_or_none(morning: Morning) -> None:
    ticket = morning.take("A")
    void = c.VoidTickets((ticket, TicketId("x")), ActReason.ISSUED_BY_MISTAKE)
    assert morning.refused("ratna", void) == r.UnknownTicket("x")
    assert morning.waiting("A") == [ticket]


# A counter whose clerk has left


def test_a_counter_is_released_and_what_was_in_hand_or_on_hold_is_next_in_line(morning: Morning) -> None:
    held, served = morning.take("A"), morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(held, HoldReason.COMPLETING_PAPERS))
    morning.serving("sri", ONE)
    sent = morning.take("D")
    morning.serving("ratna", THREE)
    morning.clerk("ratna", c.TransferTicket(sent, ToCounter(ONE)))
    absent = ActReason.CLERK_ABSENT
    assert morning.clerk("ratna", c.ReleaseCounter(ONE, absent)) == (
        e.TicketReassigned(held, "A", FRONT, absent),
        e.TicketReassigned(served, "A", FRONT, absent),
        e.TicketMoved(sent, "D", sample.at(7, 30), absent),
        e.CounterReleased(ONE, sample.SRI, absent),
    )
    assert list(morning.state.seats) == [THREE]
    assert morning.waiting("A") == [held, served]
    assert morning.waiting("D") == [sent]
    assert morning.now_is(held).came_back
    morning.clerk("budi", c.OpenCounter(ONE))
    assert morning.call("budi", ONE) == held


def test_what_another_clerk_has_stays_there(morning: Morning) -> None:
    mine, hers = morning.take("A"), morning.take("D")
    morning.serving("sri", ONE)
    assert morning.serving("ratna", THREE) == hers
    morning.clerk("ratna", c.HoldTicket(hers, HoldReason.WAITING))
    morning.clerk("ratna", c.ReleaseCounter(ONE, ActReason.CLERK_ABSENT))
    assert morning.now_is(hers).status is TicketStatus.ON_HOLD
    assert morning.waiting("A") == [mine]


def test_only_a_counter_at_which_somebody_sits_is_released(morning: Morning) -> None:
    absent = ActReason.CLERK_ABSENT
    assert morning.refused("ratna", c.ReleaseCounter(TWO, absent)) == r.CounterNotOpen(TWO)
    nine = CounterNumber(9)
    assert morning.refused("ratna", c.ReleaseCounter(nine, absent)) == r.UnknownCounter(9)


def test_after_a_release_the_call_of_before_is_not_to_be_undone(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.clerk("ratna", c.ReleaseCounter(ONE, ActReason.CLERK_ABSENT))
    assert morning.refused("sri", c.UndoCall(ticket)) == r.WrongStatus(ticket, TicketStatus.WAITING)
    assert morning.call("ratna", THREE) == ticket
