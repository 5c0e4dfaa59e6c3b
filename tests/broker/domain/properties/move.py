"""A move: one thing that people, machines or time may do at the outlet, and when there is any sense in trying it."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from hypothesis import strategies as st

from broker.domain.state import Seat, State
from broker.domain.ticket import TRANSITIONS, Ticket, TicketAct, TicketStatus
from broker.domain.values import ClerkId
from tests.broker.domain.properties.playground import SERVICES
from tests.broker.domain.properties.world import World

T = TypeVar("T")


class Draw(Protocol):
    """Hypothesis' choice."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


class Look:
    """What is there to act on, looked up once a step."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.statuses = {ticket.status for ticket in state.tickets.values()}
        self.is_free = any(seat.ticket is None and seat.pause is None for seat in state.seats.values())


Act = Callable[[World, Draw], None]


class Move:
    """What to do, when, and how often compared with others."""

    def __init__(self, act: Act, when: Callable[[Look], bool], weight: int) -> None:
        self.act = act
        self.when = when
        self.weight = weight

    def __repr__(self) -> str:
        return self.act.__name__


MOVES: list[Move] = []
"""All of them, in the order of definition."""


def move(when: Callable[[Look], bool] = lambda _: True, weight: int = 1) -> Callable[[Act], Act]:
    """Make the function one of MOVES."""

    def add(act: Act) -> Act:
        MOVES.append(Move(act, when, weight))
        return act

    return add


def possible(state: State) -> list[Move]:
    """The moves that there is sense in now, the more frequent ones several times."""
    look = Look(state)
    return [each for each in MOVES if each.when(look) for _ in range(each.weight)]


# When


def someone(act: TicketAct) -> Callable[[Look], bool]:
    """There is a ticket from which the act may begin."""
    return lambda look: not look.statuses.isdisjoint(TRANSITIONS[act])


def free(look: Look) -> bool:
    """Some counter could call."""
    return look.is_free


def seated(look: Look) -> bool:
    """Somebody sits at a counter."""
    return bool(look.state.seats)


def working(look: Look) -> bool:
    """It is a day on which the outlet works."""
    return look.state.day is not None


# What


CLERKS = st.sampled_from([ClerkId(name) for name in ("sri", "budi", "dewi", "ratna")])
LETTERS = st.sampled_from("ABCDE")
CODES = st.sampled_from([each.code for each in SERVICES])
RARELY = st.sampled_from([False] * 7 + [True])


def a_ticket(world: World, draw: Draw, act: TicketAct) -> Ticket:
    """One from which the act may begin."""
    begins = TRANSITIONS[act]
    return draw(st.sampled_from([each for each in world.state.tickets.values() if each.status in begins]))


def waiting(world: World, draw: Draw) -> Ticket:
    """One that waits."""
    tickets = [each for each in world.state.tickets.values() if each.status is TicketStatus.WAITING]
    return draw(st.sampled_from(tickets))


def a_seat(world: World, draw: Draw) -> Seat:
    """A counter at which somebody sits."""
    return draw(st.sampled_from([*world.state.seats.values()]))


def a_free_seat(world: World, draw: Draw) -> Seat:
    """A counter that could call."""
    seats = world.state.seats.values()
    return draw(st.sampled_from([each for each in seats if each.ticket is None and each.pause is None]))


def its_clerk(world: World, draw: Draw, ticket: Ticket) -> ClerkId:
    """Whoever has the ticket; now and then somebody else."""
    return draw(CLERKS) if ticket.clerk is None or draw(RARELY) else ticket.clerk
