"""Takes down what happens today, as the figures that the forecast draws from.

What has changed is read from the state after each event, not from the kinds of events: a new kind of event that
frees a counter or fills a queue needs nothing here.
"""

from msgspec import Struct

from broker.domain.events import Recorded, TicketCompleted
from broker.domain.state import Seat, State
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import CounterNumber, Instant, Letter, TicketId
from forecast.experience import DayFigures, Entry, Raw, Rest, Score, Shift, Spell

NEVER = float("-inf")
AT_ONCE_MINUTES = 0.5
"""Who is called sooner found a free counter: nothing was forecast."""


class _Busy(Struct):
    ticket: TicketId
    called: float
    letter: Letter
    waited: float


class Notebook:
    """Today, as seen by a replica."""

    def __init__(self, figures: DayFigures) -> None:
        self.figures = figures
        self._seats: dict[CounterNumber, Seat] = {}
        self._opened: dict[CounterNumber, float] = {}
        self._busy: dict[CounterNumber, _Busy] = {}
        self._paused: dict[CounterNumber, float] = {}
        self._due: dict[CounterNumber, float] = {}
        self._last_call: dict[CounterNumber, float] = {}
        self._released: dict[CounterNumber, float] = {}
        self._places: dict[TicketId, Instant] = {}
        self._told: dict[TicketId, Raw] = {}

    def told(self, ticket: TicketId, raw: Raw) -> None:
        """This was forecast for a ticket at its issue."""
        self._told[ticket] = raw

    def resume(self, state: State) -> None:
        """Take up a day that goes on: what is so already is not news."""
        last = max((entry.minute for entry in self.figures.entries), default=NEVER)
        for ticket in state.tickets.values():
            came = minute_of(state, ticket.came_at)
            if came > last:
                self._entered(state, ticket, came)
            elif ticket.virtual_arrival is not None:
                self._places[ticket.id] = ticket.virtual_arrival
        for number, seat in state.seats.items():
            self._seats[number] = seat
            self._opened[number] = minute_of(state, seat.since)
            if seat.paused_since is not None:
                self._paused[number] = minute_of(state, seat.paused_since)
            ticket_in_hand = state.tickets.get(seat.ticket) if seat.ticket else None
            if ticket_in_hand is not None and ticket_in_hand.call is not None:
                self._called(state, number, ticket_in_hand.id, minute_of(state, ticket_in_hand.call.at))

    def look(self, state: State, record: Recorded) -> None:
        """Take down what this event, already folded, has changed."""
        minute = minute_of(state, record.at)
        ticket_id: TicketId | None = getattr(record.event, "ticket", None)
        ticket = state.tickets.get(ticket_id) if ticket_id else None
        if ticket is not None:
            self._entered(state, ticket, minute)
        if isinstance(record.event, TicketCompleted) and record.event.unfinished:
            self._let_go(record.event.ticket)
        for number in self._seats.keys() | state.seats.keys():
            before, after = self._seats.get(number), state.seats.get(number)
            if before is not after:
                self._seat_changed(state, number, before, after, minute)

    def _entered(self, state: State, ticket: Ticket, minute: float) -> None:
        virtual = ticket.virtual_arrival
        if ticket.status is not TicketStatus.WAITING or virtual is None:
            return
        if self._places.get(ticket.id) == virtual:
            return
        self._places[ticket.id] = virtual
        head_start = minute - minute_of(state, virtual)
        self.figures.entries.append(Entry(minute, state.queue_of[ticket.id], ticket.service, head_start))

    def _seat_changed(
        self, state: State, number: CounterNumber, before: Seat | None, after: Seat | None, minute: float
    ) -> None:
        if after is None:
            self._seats.pop(number, None)
        else:
            self._seats[number] = after
        held_before, held_after = before and before.ticket, after and after.ticket
        if held_before != held_after:
            if held_before and before is not None:
                self._freed(state, before, minute)
            if held_after:
                self._called(state, number, held_after, minute)
        pause_before, pause_after = before and before.pause, after and after.pause
        if before is not None and pause_before and not pause_after:
            begins = self._paused.pop(number, minute)
            ends = minute if after is not None else None
            self.figures.rests.append(Rest(begins, ends, number, pause_before, self._due.pop(number, begins)))
        if pause_after and not pause_before:
            self._paused[number] = minute
            # A counter that has been idle rests when it likes; a busy one when its ticket allows.
            busy = minute - self._released.get(number, NEVER) < AT_ONCE_MINUTES
            self._due[number] = self._last_call.get(number, minute) if busy else minute
            self._released.pop(number, None)
        if before is not None and after is None:
            opened = self._opened.pop(number, minute)
            closes = minute if state.day is not None else None
            self.figures.shifts.append(Shift(opened, closes, number, before.clerk))
            self._released.pop(number, None)
        if before is None and after is not None:
            self._opened[number] = minute

    def _let_go(self, ticket: TicketId) -> None:
        """The day closed upon its service: how long it would have taken nobody knows."""
        self._busy = {number: busy for number, busy in self._busy.items() if busy.ticket != ticket}

    def _freed(self, state: State, seat: Seat, minute: float) -> None:
        busy = self._busy.pop(seat.counter, None)
        if busy is None:
            return
        ticket = state.tickets.get(busy.ticket)
        served = ticket is None or ticket.status is not TicketStatus.NO_SHOW
        spell = Spell(
            busy.called, minute - busy.called, busy.letter, seat.counter, seat.clerk, served, busy.waited
        )
        self.figures.spells.append(spell)
        self._released[seat.counter] = minute

    def _called(self, state: State, number: CounterNumber, ticket_id: TicketId, minute: float) -> None:
        ticket = state.tickets[ticket_id]
        entered = minute_of(state, ticket.came_at)
        self._busy[number] = _Busy(ticket_id, minute, state.queue_of[ticket_id], minute - entered)
        self._last_call[number] = minute
        released = self._released.pop(number, None)
        if released is not None and entered < released:
            self.figures.gaps.append(minute - released)
        told = self._told.pop(ticket_id, None)
        waited = minute - minute_of(state, ticket.issued_at)
        if told is not None and waited >= AT_ONCE_MINUTES:
            self.figures.scores.append(Score(told, waited))


def minute_of(state: State, at: Instant) -> float:
    """The minute since local midnight."""
    offset = state.rules.utc_offset_minutes if state.rules else 0
    return (at / 60_000 + offset) % (24 * 60)
