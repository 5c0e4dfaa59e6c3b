"""What holds of the state after every event, each property a function of its own."""

from collections import Counter
from typing import Any

from broker.domain import events as e
from broker.domain.application import ApplicationStatus
from broker.domain.evolve import HANDLERS
from broker.domain.queue import line_of
from broker.domain.state import Promised, State, Waiting
from broker.domain.ticket import Ticket, TicketStatus
from broker.domain.values import TicketId

_S = TicketStatus
_IN_HAND = (_S.CALLED, _S.SERVING)
_OPEN = (_S.WAITING, _S.CALLED, _S.SERVING, _S.ON_HOLD, _S.NO_SHOW)
MINUTE_MS = 60_000


def _waits(ticket: Ticket) -> bool:
    """Whether it can be called: it has arrived, and waits."""
    return ticket.status is _S.WAITING and ticket.arrived_at is not None


def _places(state: State) -> list[Waiting]:
    return [
        place
        for lines in state.waiting.values()
        for line in lines.values()
        for chunk in line
        for place in chunk
    ]


# Tickets, clerks, counters


def no_ticket_is_in_two_places(state: State) -> None:
    waiting = [place.ticket for place in _places(state)]
    in_hand = [seat.ticket for seat in state.seats.values() if seat.ticket is not None]
    assert len(waiting + in_hand) == len({*waiting, *in_hand}), "twice in a line or a hand"


def every_ticket_is_where_its_status_says(state: State) -> None:
    waiting = {place.ticket for place in _places(state)}
    in_hand = {seat.ticket for seat in state.seats.values()}
    for ticket in state.tickets.values():
        assert ticket.status in _OPEN, f"{ticket.id} has ended and is kept"
        assert (ticket.id in waiting) == _waits(ticket), f"{ticket.id} in a line: {ticket.id in waiting}"
        assert (ticket.id in in_hand) == (ticket.status in _IN_HAND), f"{ticket.id} in no hand"
    assert waiting <= state.tickets.keys(), "a line holds what has ended"


def no_clerk_has_two_tickets(state: State) -> None:
    in_hand = [each.clerk for each in state.tickets.values() if each.status in _IN_HAND]
    assert None not in in_hand, "in nobody's hand"
    assert len(in_hand) == len(set(in_hand)), f"two tickets: {in_hand}"


def no_clerk_sits_at_two_counters(state: State) -> None:
    clerks = [seat.clerk for seat in state.seats.values()]
    assert len(clerks) == len(set(clerks)), f"two counters: {clerks}"


def seats_and_tickets_agree(state: State) -> None:
    for number, seat in state.seats.items():
        assert seat.counter == number, f"{seat} is kept as {number}"
        if seat.ticket is not None:
            ticket = state.tickets.get(seat.ticket)
            assert ticket is not None, f"{seat.ticket} is in a hand and not open"
            assert (ticket.counter, ticket.clerk) == (seat.counter, seat.clerk), f"{ticket} and {seat}"


def seats_measure_their_time(state: State) -> None:
    for seat in state.seats.values():
        assert seat.ticket is None or seat.pause is None, f"{seat} pauses with a ticket in hand"
        is_idle = seat.ticket is None and seat.pause is None
        assert (seat.idle_since is not None) == is_idle, f"{seat}: idle"
        assert (seat.paused_since is not None) == (seat.pause is not None), f"{seat}: paused"


def nobody_is_sent_to_who_is_away(state: State) -> None:
    clerks = {seat.clerk for seat in state.seats.values()}
    for place in _places(state):
        ticket = state.tickets[place.ticket]
        assert ticket.only_counter is None or ticket.only_counter in state.seats, f"{ticket.id}: counter"
        assert ticket.only_clerk is None or ticket.only_clerk in clerks, f"{ticket.id}: clerk"


def nobody_stands_before_the_longest_head_start(state: State) -> None:
    if state.rules is None:
        return
    longest = state.rules.fairness.longest_head_start_minutes * MINUTE_MS
    for ticket in state.tickets.values():
        if ticket.virtual_arrival is not None:
            assert ticket.arrived_at is not None, f"{ticket.id} is called before it arrives"
            assert ticket.virtual_arrival >= ticket.arrived_at - longest, f"{ticket.id} jumps ahead"


# Indexes


def every_line_is_true(state: State) -> None:
    """The lines are what one would make of the tickets."""
    made: dict[tuple[str, str], list[Waiting]] = {}
    for ticket in state.tickets.values():
        if _waits(ticket):
            key = line_of(ticket, state.queue_of[ticket.id]), ticket.service or ""
            assert ticket.virtual_arrival is not None, f"{ticket.id} has no place"
            made.setdefault(key, []).append(Waiting(ticket.virtual_arrival, ticket.order, ticket.id))
    kept = {
        (key, service): [place for chunk in line for place in chunk]
        for key, lines in state.waiting.items()
        for service, line in lines.items()
    }
    assert kept == {key: sorted(places) for key, places in made.items()}, "a line is not true"


def no_line_is_empty(state: State) -> None:
    for key, lines in state.waiting.items():
        assert lines, f"nobody waits at {key}"
        for service, line in lines.items():
            assert line, f"nobody waits at {key} for {service!r}"
            assert all(line), f"a chunk at {key} is empty"


def every_open_ticket_has_its_queue(state: State) -> None:
    assert state.queue_of.keys() == state.tickets.keys(), "queues of other tickets"


def the_undelivered_are_true(state: State) -> None:
    made = {each.id: each.issued_at for each in state.tickets.values() if each.arrived_at is None}
    assert state.undelivered == made, f"undelivered {state.undelivered}, not {made}"


def the_unannounced_are_true(state: State) -> None:
    made = {
        each.id: each.call.at
        for each in state.tickets.values()
        if each.status is _S.CALLED and each.call is not None and each.call.announced_at is None
    }
    assert state.unannounced == made, f"unannounced {state.unannounced}, not {made}"


def the_missed_are_true(state: State) -> None:
    made = {each.id: each.ended_at for each in state.tickets.values() if each.status is _S.NO_SHOW}
    assert state.missed == made, f"missed {state.missed}, not {made}"
    assert [*state.missed.values()] == sorted(state.missed.values()), "missed out of order"


def the_held_are_true(state: State) -> None:
    made = {each.id: each.clerk for each in state.tickets.values() if each.status is _S.ON_HOLD}
    assert state.on_hold == made, f"on hold {state.on_hold}, not {made}"


def every_open_ticket_is_found_by_its_command(state: State) -> None:
    made = {each.command: each.id for each in state.tickets.values()}
    assert state.issued_by == made, f"issued by {state.issued_by}, not {made}"


def the_reserved_are_true(state: State) -> None:
    made: dict[str, int] = {}
    for each in state.appointments.values():
        slot = f"{each.letter}@{each.slot_at}"
        made[slot] = made.get(slot, 0) + 1
    assert state.reserved == made, f"reserved {state.reserved}, not {made}"


def the_promises_are_true(state: State) -> None:
    """Time watches what is in process and not overdue, in the order of the promises."""
    made = [
        Promised(each.promised_at, each.id)
        for each in state.applications.values()
        if each.status is ApplicationStatus.IN_PROCESS and each.promised_at is not None and not each.overdue
    ]
    kept = [promised for chunk in state.promises for promised in chunk]
    assert kept == sorted(made), f"promises {kept}, not {sorted(made)}"
    assert all(state.promises), "a chunk of promises is empty"


def whatever_ended_last_is_its_clerks(state: State) -> None:
    """What was completed or sent on can be taken back only by who sits where it was, with empty hands."""
    for clerk, ended in state.last_ended.items():
        seat = state.seat_of(clerk)
        assert seat is not None, f"{clerk} has left"
        assert seat.ticket is None, f"{clerk} has another ticket"
        if ended.left is None:
            assert ended.ticket.id not in state.tickets, f"{ended.ticket.id} is open"


# Limits


def no_slot_is_overbooked(state: State) -> None:
    if state.rules is None:
        return
    taken = Counter((each.letter, each.slot_at) for each in state.appointments.values())
    assert max(taken.values(), default=0) <= state.rules.appointments.per_slot, f"overbooked: {taken}"


def no_applicant_files_too_much(state: State) -> None:
    if state.rules is None or state.rules.applicant_quota is None:
        return
    quota = state.rules.applicant_quota
    for applicant, days in state.filings.items():
        assert len(days) <= quota.files, f"{applicant} filed {len(days)} times in {quota.days} days"


def nothing_is_counted_below_zero(state: State) -> None:
    for clerk, tally in state.tallies.items():
        counts = (tally.served, tally.timed, tally.service_ms, tally.idle_ms, tally.paused_ms, tally.accepted)
        assert min(counts) >= 0, f"{clerk}: {tally}"
        assert tally.timed <= tally.served, f"{clerk}: {tally}"
    for clerk, hours in state.conduct.items():
        for hour in hours.values():
            assert min(hour.refuted, hour.chosen, hour.quick_no_shows) >= 0, f"{clerk}: {hour}"


def a_closed_day_leaves_nobody_behind(state: State) -> None:
    if state.day is None:
        left = (state.tickets, state.seats, state.waiting, state.queue_of, state.undelivered, state.missed)
        assert not any(left), "somebody stays overnight"


ALWAYS = (
    no_ticket_is_in_two_places,
    no_clerk_has_two_tickets,
    no_clerk_sits_at_two_counters,
    every_ticket_is_where_its_status_says,
    seats_and_tickets_agree,
    seats_measure_their_time,
    nobody_is_sent_to_who_is_away,
    nobody_stands_before_the_longest_head_start,
    no_line_is_empty,
    every_open_ticket_has_its_queue,
    every_line_is_true,
    the_undelivered_are_true,
    the_unannounced_are_true,
    the_missed_are_true,
    the_held_are_true,
    every_open_ticket_is_found_by_its_command,
    the_reserved_are_true,
    the_promises_are_true,
    whatever_ended_last_is_its_clerks,
    no_slot_is_overbooked,
    no_applicant_files_too_much,
    nothing_is_counted_below_zero,
    a_closed_day_leaves_nobody_behind,
)


# Events


def every_event_can_be_folded(event: e.AnyEvent) -> None:
    assert type(event) in HANDLERS, f"nobody folds {event}"


def every_event_survives_the_journal(event: e.AnyEvent, read: e.AnyEvent) -> None:
    assert read == event, f"{event} comes back as {read}"


LIVES: dict[type[e.Event], tuple[tuple[TicketStatus, ...], TicketStatus | None]] = {
    e.TicketDelivered: (_OPEN, None),
    e.TicketCalled: ((_S.WAITING,), _S.CALLED),
    e.TicketMoved: ((_S.WAITING,), _S.WAITING),
    e.PriorityCorrected: ((_S.WAITING,), _S.WAITING),
    e.ServiceStarted: ((_S.CALLED,), _S.SERVING),
    e.TicketRecalled: ((_S.CALLED,), _S.CALLED),
    e.PriorityRefuted: ((_S.CALLED,), _S.WAITING),
    e.CallUndone: ((_S.CALLED,), _S.WAITING),
    e.TicketMissed: ((_S.CALLED,), _S.NO_SHOW),
    e.TicketReinstated: ((_S.NO_SHOW,), _S.WAITING),
    e.TicketForgotten: ((_S.NO_SHOW,), None),
    e.TicketCompleted: (_IN_HAND, None),
    e.TicketTransferred: (_IN_HAND, _S.WAITING),
    e.TicketReassigned: ((*_IN_HAND, _S.ON_HOLD), _S.WAITING),
    e.TicketHeld: ((_S.SERVING,), _S.ON_HOLD),
    e.TicketResumed: ((_S.ON_HOLD,), _S.SERVING),
    e.PapersBrought: ((_S.ON_HOLD,), _S.WAITING),
    e.TicketCancelled: ((_S.WAITING, *_IN_HAND, _S.ON_HOLD), None),
    e.TicketVoided: ((_S.WAITING, *_IN_HAND, _S.ON_HOLD), None),
    e.TicketExpired: ((_S.WAITING, _S.CALLED, _S.ON_HOLD), None),
}
"""DESIGN's table of a ticket's life by what is recorded: from which statuses, to which (None: it is open no more,
or, delivered, as it was). Written down once more, so that a wrong table of the core's is found out."""


def status_of(state: State, event: Any) -> TicketStatus | None:
    """The status of the event's ticket; None when it is about none that is open."""
    wanted: TicketId | None = getattr(event, "ticket", None)
    ticket = state.tickets.get(wanted) if wanted is not None else None
    return ticket.status if ticket is not None else None


def every_ticket_lives_by_the_table(
    event: e.AnyEvent, before: TicketStatus | None, after: TicketStatus | None
) -> None:
    if isinstance(event, e.TicketDelivered):
        assert before is after, f"{event}: {before} to {after}"
    elif type(event) in LIVES:
        begins, ends = LIVES[type(event)]
        assert before in begins, f"{event} from {before}"
        assert after is ends, f"{event} to {after}"
