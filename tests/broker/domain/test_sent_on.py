"""A visit that goes on elsewhere or later: sent on, interrupted, ended before it was served."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.rules import Counter
from broker.domain.ticket import Destination, Sender, TicketStatus, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    ActReason,
    Because,
    CancelReason,
    ChoiceReason,
    CounterNumber,
    DeviceRole,
    HoldReason,
    NoteId,
    PauseReason,
    Place,
    Priority,
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


# Sent on


def test_transferred_by_arrival_it_keeps_its_number_and_its_time(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.advance(minutes=3)
    later = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    now = morning.now_is(ticket)
    assert (now.letter, now.number, now.status) == ("A", 1, TicketStatus.WAITING)
    assert (now.clerk, now.counter, now.call, now.started_at) == (None, None, None, None)
    assert morning.state.seats[ONE].ticket is None
    assert morning.waiting("B") == [ticket, later]


@pytest.mark.parametrize(
    ("place", "order"),
    [
        (Place.FRONT, ["20260714-A001", "20260714-B001", "20260714-B002"]),
        (Place.BY_ARRIVAL, ["20260714-B001", "20260714-A001", "20260714-B002"]),
        (Place.END, ["20260714-B001", "20260714-B002", "20260714-A001"]),
    ],
)
def test_the_queue_says_where_a_ticket_stands_that_is_sent_to_it(place: Place, order: list[str]) -> None:

    queues = tuple(replace(each, transfer_place=place) for each in sample.QUEUES)
    morning = Morning(sample.rules(queues=queues))
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("B")
    morning.advance(minutes=3)
    ticket = morning.take("A")
    morning.advance(minutes=3)
    morning.take("B")
    morning.serving("sri", ONE)
    morning.advance(minutes=3)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    assert morning.waiting("B") == order


def test_the_clerk_may_say_where_it_stands(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.advance(minutes=3)
    later = morning.take("B")
    morning.serving("sri", ONE)
    morning.advance(seconds=30)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B"), Place.END))
    assert morning.waiting("B") == [later, ticket]
    assert morning.now_is(ticket).virtual_arrival == morning.now


def test_a_ticket_carries_who_sent_it_with_what_note_and_where_to_next(morning: Morning) -> None:
    ticket = morning.delivered(morning.issue(c.IssueTicket("B", steps=("E",))).ticket)
    morning.serving("sri", ONE)
    transfer = c.TransferTicket(ticket, ToQueue("C"), note=NoteId("n1"))
    sender = Sender(sample.SRI, ONE, "B")
    assert morning.clerk("sri", transfer) == (
        e.TicketTransferred(ticket, "C", sample.at(7, 30), None, None, sender, NoteId("n1"), ("E",)),
    )
    now = morning.now_is(ticket)
    assert (now.sender, now.note, now.steps) == (sender, "n1", ("E",))
    assert morning.state.tallies.get(sample.SRI) is None or morning.state.tallies[sample.SRI].served == 0


def test_back_to_who_sent_it_it_is_next_in_line_there(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToCounter(TWO), note=NoteId("please look")))
    morning.advance(minutes=1)
    assert morning.serving("ratna", TWO) == ticket
    morning.take("A", priority=Priority.ELDERLY)
    morning.clerk("ratna", c.TransferTicket(ticket, ToSender(), note=NoteId("done")))
    now = morning.now_is(ticket)
    assert (now.only_clerk, now.only_counter, now.note) == (sample.SRI, None, "done")
    assert morning.refused("ratna", c.CallNext(TWO)) == r.NobodyWaiting()
    assert morning.call("sri", ONE) == ticket
    assert morning.now_is(ticket).because is Because.SENT_HERE


def test_back_to_the_sender_it_waits_in_the_queue_from_which_it_was_sent(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    morning.serving("ratna", TWO)
    morning.clerk("ratna", c.TransferTicket(ticket, ToSender(), Place.BY_ARRIVAL))
    assert morning.waiting("A=sri") == [ticket]
    assert morning.now_is(ticket).virtual_arrival == sample.at(7, 30)


def test_a_clerk_who_lacks_the_skill_serves_on_what_comes_back(morning: Morning) -> None:
    """Whom the sender served once, the sender serves on: scanned as well as next."""
    morning.clerk("budi", c.OpenCounter(TWO))
    ticket = morning.take("C")
    morning.serving("budi", TWO)
    morning.clerk("budi", c.SetService(ticket, sample.DOCTOR))
    morning.clerk("budi", c.TransferTicket(ticket, ToClerk(sample.SRI)))
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToSender()))
    morning.clerk("budi", c.CallTicket(TWO, ticket, ChoiceReason.SCANNED))
    morning.clerk("budi", c.UndoCall(ticket))
    assert morning.call("budi", TWO) == ticket


def refusals_of_destinations() -> list[tuple[Destination, r.AnyRefusal]]:
    return [
        (ToQueue("Z"), r.UnknownQueue("Z")),
        (ToCounter(CounterNumber(9)), r.UnknownCounter(9)),
        (ToCounter(THREE), r.CounterNotOpen(THREE)),
        (ToCounter(TWO), r.SkillMissing(sample.DOCTOR)),
        (ToClerk(sample.RATNA), r.ClerkAway("ratna")),
        (ToClerk(sample.ClerkId("joko")), r.ClerkAway("joko")),
        (ToClerk(sample.BUDI), r.SkillMissing(sample.DOCTOR)),
        (ToSender(), r.NoSender("20260714-B001")),
    ]


@pytest.mark.parametrize(("to", "refusal"), refusals_of_destinations())
def test_nobody_is_sent_where_nobody_is_who_could_serve(
    morning: Morning, to: Destination, refusal: r.AnyRefusal
) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    ticket = morning.take("B", sample.DOCTOR)
    morning.serving("sri", ONE)
    assert morning.refused("sri", c.TransferTicket(ticket, to)) == refusal
    reassign = c.ReassignTicket(ticket, to, ActReason.SHARE_THE_LOAD)
    assert morning.refused("ratna", reassign) == refusal


def test_nobody_is_sent_back_to_a_sender_who_has_left(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    morning.clerk("sri", c.CloseCounter(ONE))
    morning.serving("ratna", TWO)
    assert morning.refused("ratna", c.TransferTicket(ticket, ToSender())) == r.ClerkAway("sri")


def test_who_is_sent_to_a_counter_on_a_break_waits_for_it_and_a_supervisor_may_help(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    morning.clerk("ratna", c.PauseCounter(THREE, PauseReason.PRAYER))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToCounter(THREE)))
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    morning.clerk("ratna", c.MoveTickets((ticket,), "A", ActReason.CLERK_ABSENT))
    assert morning.call("sri", ONE) == ticket


def test_straight_from_the_call_it_may_be_sent_on_too(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.call("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    assert morning.waiting("B") == [ticket]
    assert morning.state.unannounced == {}


# Sent on by mistake


def test_what_somebody_has_called_since_is_not_taken_back(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("C")))
    morning.advance(seconds=1)
    morning.call("ratna", TWO)
    for clerk in ("sri", "ratna"):
        assert morning.refused(clerk, c.ReopenTicket(ticket)) == r.UndoTooLate(10)
    morning.clerk("ratna", c.UndoCall(ticket))
    morning.clerk("sri", c.ReopenTicket(ticket))
    assert morning.state.seats[ONE].ticket == ticket


def test_what_a_supervisor_has_moved_since_is_not_taken_back(morning: Morning) -> None:
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("C")))
    morning.clerk("ratna", c.MoveTickets((ticket,), "D", ActReason.WRONG_QUEUE))
    assert morning.refused("sri", c.ReopenTicket(ticket)) == r.UndoTooLate(10)


def test_whoever_completes_what_a_colleague_sent_on_may_take_the_completion_back(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToCounter(TWO)))
    morning.serve("ratna", TWO)
    assert morning.refused("sri", c.ReopenTicket(ticket)) == r.NotYourTicket(TWO)
    assert morning.clerk("ratna", c.ReopenTicket(ticket)) == (e.TicketReopened(ticket, sample.RATNA),)
    assert morning.state.seats[TWO].ticket == ticket


# Interrupted


def test_held_and_resumed(morning: Morning) -> None:
    ticket, next_one = morning.take("A"), morning.take("A")
    morning.serving("sri", ONE)
    assert morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING)) == (
        e.TicketHeld(ticket, HoldReason.WAITING),
    )
    now = morning.now_is(ticket)
    assert (now.status, now.hold, now.hold_until) == (TicketStatus.ON_HOLD, HoldReason.WAITING, None)
    morning.serving("sri", ONE)
    assert morning.refused("sri", c.ResumeTicket(ticket)) == r.TicketInHand(next_one)
    morning.clerk("sri", c.CompleteTicket(next_one))
    morning.clerk("sri", c.ResumeTicket(ticket))
    now = morning.now_is(ticket)
    assert (now.status, now.hold, now.held_at) == (TicketStatus.SERVING, None, None)
    assert morning.state.seats[ONE].ticket == ticket


def test_once_resumed_nobody_is_awaited_with_papers_any_more(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS))
    morning.clerk("sri", c.ResumeTicket(ticket))
    assert (morning.now_is(ticket).hold, morning.now_is(ticket).hold_until) == (None, None)


def test_the_time_of_an_interruption_does_not_count_as_service(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.advance(minutes=4)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.advance(minutes=40)
    morning.clerk("sri", c.ResumeTicket(ticket))
    morning.advance(minutes=3)
    morning.clerk("sri", c.CompleteTicket(ticket))
    assert morning.state.tallies[sample.SRI].service_ms == 7 * MINUTE_MS


def test_only_the_clerk_who_interrupted_it_goes_on_with_it(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    assert morning.refused("ratna", c.ResumeTicket(ticket)) == r.NotYourTicket(ONE)


def test_an_interrupted_service_goes_on_at_the_clerks_counter_of_now(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.clerk("sri", c.CloseCounter(ONE))
    assert morning.refused("sri", c.ResumeTicket(ticket)) == r.CounterNotOpen(ONE)
    morning.clerk("sri", c.OpenCounter(THREE))
    assert morning.clerk("sri", c.ResumeTicket(ticket)) == (e.TicketResumed(ticket, THREE, sample.SRI),)
    assert morning.state.seats[THREE].ticket == ticket


def test_on_a_break_nothing_is_resumed(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    assert morning.refused("sri", c.ResumeTicket(ticket)) == r.CounterOnBreak(ONE)
    morning.clerk("sri", c.ResumeCounter(ONE))
    morning.clerk("sri", c.ResumeTicket(ticket))


def test_back_with_the_papers_in_time_one_is_next(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS))
    assert morning.now_is(ticket).hold_until == morning.now + 60 * MINUTE_MS
    morning.take("A", priority=Priority.ELDERLY)
    morning.advance(minutes=60)
    morning.clerk("budi", c.BringPapers(ticket))
    now = morning.now_is(ticket)
    assert (now.status, now.hold, now.hold_until, now.came_back) == (TicketStatus.WAITING, None, None, True)
    assert morning.call("sri", ONE) == ticket


def test_back_with_the_papers_later_one_stands_at_the_end(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS))
    morning.advance(minutes=60)
    before = morning.take("A")
    morning.advance(seconds=1)
    morning.clerk("sri", c.BringPapers(ticket))
    assert morning.waiting("A") == [before, ticket]


def test_whoever_waits_for_something_may_come_back_into_the_line_too(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.advance(minutes=200)
    morning.take("A")
    morning.clerk("sri", c.BringPapers(ticket))
    assert morning.call("sri", ONE) == ticket


def test_papers_for_a_colleague_who_has_left_meanwhile_are_for_anybody(morning: Morning) -> None:
    morning.clerk("ratna", c.OpenCounter(THREE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToClerk(sample.RATNA)))
    morning.serving("ratna", THREE)
    morning.clerk("ratna", c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS))
    morning.clerk("ratna", c.CloseCounter(THREE))
    front = sample.at(7, 30) - 60 * MINUTE_MS
    assert morning.clerk("sri", c.BringPapers(ticket)) == (
        e.PapersBrought(ticket, front),
        e.TicketMoved(ticket, "A", front, ActReason.CLERK_ABSENT),
    )
    assert morning.call("sri", ONE) == ticket


# Ended


def test_cancelled_while_waiting_it_leaves_the_queue(morning: Morning) -> None:
    ticket = morning.take("A")
    assert morning.clerk("dewi", c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT)) == (
        e.TicketCancelled(ticket, CancelReason.CITIZEN_LEFT),
    )
    assert morning.state.waiting == {}
    assert ticket not in morning.state.queue_of
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()


@pytest.mark.parametrize("served", [False, True])
def test_cancelled_in_hand_it_frees_the_counter(morning: Morning, served: bool) -> None:
    ticket = morning.take("A")
    if served:
        morning.serving("sri", ONE)
    else:
        morning.call("sri", ONE)
    morning.clerk("sri", c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT))
    assert morning.state.seats[ONE].ticket is None
    assert morning.state.tickets == {}


def test_cancelled_on_hold_it_is_gone_by_whomever(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.clerk("dewi", c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT))
    assert morning.state.tickets == {}
    assert morning.state.on_hold == {}


def test_whoever_missed_the_call_cannot_be_cancelled_but_only_comes_back_or_does_not(
    morning: Morning,
) -> None:
    ticket = morning.take("A")
    morning.announce(morning.call("sri", ONE))
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(ticket))
    cancel = c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT)
    assert morning.refused("sri", cancel) == r.WrongStatus(ticket, TicketStatus.NO_SHOW)


def test_back_to_a_sender_whose_queue_is_gone_it_stays_in_its_own(morning: Morning) -> None:
    """In a queue that is no more, nobody could call it once the sender leaves."""
    morning.clerk("ratna", c.OpenCounter(TWO))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    morning.serving("ratna", TWO)
    morning.do(c.AdoptCatalogue(()), DeviceRole.OPERATOR)
    counters = (Counter(ONE, (("B", "C", "D", "E"),)), Counter(TWO, (("B",),)))
    rules = sample.rules(queues=sample.QUEUES[1:], counters=counters)
    morning.do(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)
    morning.clerk("ratna", c.TransferTicket(ticket, ToSender()))
    morning.clerk("sri", c.CloseCounter(ONE))
    assert morning.waiting("B") == [ticket]
    assert morning.call("ratna", TWO) == ticket
