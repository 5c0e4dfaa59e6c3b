"""Moves of clerks: sat down, called, served, sent on, interrupted, ended, taken back."""

from collections.abc import Callable

from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain.commands import AnyCommand
from broker.domain.ticket import Destination, TicketAct, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    CancelReason,
    ChoiceReason,
    ClerkId,
    CounterNumber,
    DeviceRole,
    HoldReason,
    NoteId,
    PauseReason,
    Place,
    Priority,
    TicketId,
)
from tests.broker.domain.properties.move import (
    CLERKS,
    CODES,
    LETTERS,
    RARELY,
    Draw,
    a_free_seat,
    a_seat,
    a_ticket,
    free,
    its_clerk,
    move,
    seated,
    someone,
    working,
)
from tests.broker.domain.properties.playground import SUPERVISOR
from tests.broker.domain.properties.world import World

COUNTERS = st.sampled_from([CounterNumber(number) for number in (1, 2, 3)])
PLACES = st.none() | st.sampled_from(Place)


def at_counter(world: World, clerk: ClerkId, command: AnyCommand) -> None:
    """The command, from the counter at which the clerk is signed in."""
    world.attempt(command, DeviceRole.COUNTER, f"pc-{clerk}", clerk)


def of_the_ticket(act: TicketAct, command: Callable[[TicketId], AnyCommand], weight: int) -> None:
    """A move that needs nothing but a ticket, and whoever has it."""

    def carry_out(world: World, draw: Draw) -> None:
        ticket = a_ticket(world, draw, act)
        at_counter(world, its_clerk(world, draw, ticket), command(ticket.id))

    carry_out.__name__ = act.name.lower()
    move(someone(act), weight)(carry_out)


for _act, _command, _weight in (
    (TicketAct.START, c.StartService, 10),
    (TicketAct.COMPLETE, c.CompleteTicket, 5),
    (TicketAct.REINSTATE, c.ReinstateTicket, 4),
    (TicketAct.RESUME, c.ResumeTicket, 6),
    (TicketAct.PAPERS_BROUGHT, c.BringPapers, 4),
    (TicketAct.RETURN, c.RefutePriority, 2),
):
    of_the_ticket(_act, _command, _weight)


@move(lambda look: len(look.state.seats) < 3, weight=12)
def sit_down(world: World, draw: Draw) -> None:
    at_counter(world, draw(CLERKS), c.OpenCounter(draw(COUNTERS)))


@move(seated, weight=2)
def pause(world: World, draw: Draw) -> None:
    seat = a_seat(world, draw)
    at_counter(world, seat.clerk, c.PauseCounter(seat.counter, draw(st.sampled_from(PauseReason))))


@move(lambda look: any(seat.pause for seat in look.state.seats.values()), weight=6)
def go_on(world: World, draw: Draw) -> None:
    seats = [seat for seat in world.state.seats.values() if seat.pause or draw(RARELY)]
    seat = draw(st.sampled_from(seats or [*world.state.seats.values()]))
    at_counter(world, seat.clerk, c.ResumeCounter(seat.counter))


@move(seated)
def leave(world: World, draw: Draw) -> None:
    seat = a_seat(world, draw)
    at_counter(world, seat.clerk, c.CloseCounter(seat.counter))


@move(free, weight=20)
def call_next(world: World, draw: Draw) -> None:
    seat = a_free_seat(world, draw)
    at_counter(world, seat.clerk, c.CallNext(seat.counter))


@move(seated)
def call_once_too_often(world: World, draw: Draw) -> None:
    """By somebody whose hands may be full, or who may sit elsewhere."""
    seat = a_seat(world, draw)
    at_counter(world, draw(CLERKS) if draw(RARELY) else seat.clerk, c.CallNext(seat.counter))


@move(lambda look: look.is_free and someone(TicketAct.CALL)(look), weight=2)
def call_chosen(world: World, draw: Draw) -> None:
    seat, ticket = a_free_seat(world, draw), a_ticket(world, draw, TicketAct.CALL)
    reason = draw(st.sampled_from(ChoiceReason))
    at_counter(world, seat.clerk, c.CallTicket(seat.counter, ticket.id, reason))


@move(someone(TicketAct.RECALL), weight=5)
def recall(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.RECALL)
    world.advance(seconds=draw(st.sampled_from([30, 30, 0])))
    at_counter(world, its_clerk(world, draw, ticket), c.Recall(ticket.id))


@move(someone(TicketAct.NO_SHOW), weight=4)
def no_show(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.NO_SHOW)
    world.advance(seconds=draw(st.sampled_from([90, 90, 0])))
    at_counter(world, its_clerk(world, draw, ticket), c.MarkNoShow(ticket.id))


@move(someone(TicketAct.UNDO_CALL), weight=2)
def undo_the_call(world: World, draw: Draw) -> None:
    """At once, too late, or by a supervisor."""
    ticket = a_ticket(world, draw, TicketAct.UNDO_CALL)
    clerk = draw(st.sampled_from([ticket.clerk or SUPERVISOR, SUPERVISOR]))
    at_counter(world, clerk, c.UndoCall(ticket.id))


@move(lambda look: bool(look.state.last_ended), weight=2)
def reopen(world: World, draw: Draw) -> None:
    clerk, ended = draw(st.sampled_from([*world.state.last_ended.items()]))
    at_counter(world, draw(st.sampled_from([clerk, SUPERVISOR])), c.ReopenTicket(ended.ticket.id))


@move(someone(TicketAct.COMPLETE))
def complete_and_take_it_back(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.COMPLETE)
    assert ticket.clerk is not None
    at_counter(world, ticket.clerk, c.CompleteTicket(ticket.id))
    world.advance(seconds=draw(st.sampled_from([2, 12])))
    at_counter(world, ticket.clerk, c.ReopenTicket(ticket.id))


@move(someone(TicketAct.COMPLETE))
def plan_steps(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.COMPLETE)
    steps = tuple(draw(st.lists(st.sampled_from("ABCDEF"), max_size=2)))
    at_counter(world, its_clerk(world, draw, ticket), c.PlanSteps(ticket.id, steps))


def somewhere(world: World, draw: Draw) -> Destination:
    """To everywhere, where somebody may be or not."""
    match draw(st.sampled_from(["queue", "queue", "counter", "clerk", "sender"])):
        case "queue":
            return ToQueue(draw(LETTERS))
        case "counter":
            return ToCounter(draw(COUNTERS))
        case "clerk":
            return ToClerk(draw(CLERKS))
        case _:
            return ToSender()


@move(someone(TicketAct.TRANSFER), weight=4)
def transfer(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.TRANSFER)
    note = draw(st.sampled_from([None, NoteId("note-1")]))
    command = c.TransferTicket(ticket.id, somewhere(world, draw), draw(PLACES), note)
    at_counter(world, its_clerk(world, draw, ticket), command)


@move(someone(TicketAct.HOLD), weight=5)
def hold(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.HOLD)
    command = c.HoldTicket(ticket.id, draw(st.sampled_from(HoldReason)))
    at_counter(world, its_clerk(world, draw, ticket), command)


@move(someone(TicketAct.CANCEL))
def cancel(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.CANCEL)
    command = c.CancelTicket(ticket.id, draw(st.sampled_from(CancelReason)))
    at_counter(world, its_clerk(world, draw, ticket), command)


@move(someone(TicketAct.CORRECT_PRIORITY), weight=2)
def correct_priority(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.CORRECT_PRIORITY)
    priority = draw(st.sampled_from([None, *Priority]))
    at_counter(world, draw(CLERKS), c.CorrectPriority(ticket.id, priority))


@move(someone(TicketAct.COMPLETE), weight=3)
def set_service(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.COMPLETE)
    at_counter(world, its_clerk(world, draw, ticket), c.SetService(ticket.id, draw(CODES)))


ANYTHING: tuple[Callable[[TicketId], AnyCommand], ...] = (
    c.Recall,
    c.UndoCall,
    c.RefutePriority,
    c.MarkNoShow,
    c.ReinstateTicket,
    c.StartService,
    c.CompleteTicket,
    c.ReopenTicket,
    c.ResumeTicket,
    c.BringPapers,
)


@move(working)
def anything(world: World, draw: Draw) -> None:
    """Whatever comes to somebody's mind, whoever it is, wherever the ticket is."""
    known = [*world.given_out.tickets - world.given_out.open, *world.state.tickets]
    ticket = draw(st.sampled_from(sorted(known) or [TicketId("none")]))
    at_counter(world, draw(CLERKS), draw(st.sampled_from(ANYTHING))(ticket))
