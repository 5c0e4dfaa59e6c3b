"""Faults to be seeded into the core: mistakes somebody could make, each against one property that must find it."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from broker.domain import codec, decide, evolve, line, queue
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.decide import applications, appointments, checks, time, visits
from broker.domain.evolve import applications as filed
from broker.domain.evolve import places
from broker.domain.queue import Choice
from broker.domain.refusals import Refusal
from broker.domain.state import State, Tally
from broker.domain.ticket import TRANSITIONS, TicketAct, TicketStatus, ToClerk, ToCounter
from broker.domain.values import Because, Instant, Place
from tests.broker.domain.properties import always, once, turns, world

FOLDING: dict[Any, Any] = evolve.HANDLERS
Seed = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Fault:
    """A mistake, and the property that finds it."""

    rule: world.Rule
    seed: Seed


FAULTS: list[Fault] = []


def fault(rule: world.Rule) -> Callable[[Seed], Seed]:
    """Make the function one of FAULTS."""

    def add(seed: Seed) -> Seed:
        FAULTS.append(Fault(rule, seed))
        return seed

    return add


# Ways to seed one


def instead(patch: pytest.MonkeyPatch, original: Callable[..., Any], mutant: Callable[..., Any]) -> None:
    """Put the mutant into every module that knows the original."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("broker.domain", "tests.broker.domain.properties")) and module is not None:
            for attribute, value in list(vars(module).items()):
                if value is original:
                    patch.setattr(module, attribute, mutant)


def after(patch: pytest.MonkeyPatch, kind: type[e.Event], spoil: Callable[[State, Any], object]) -> None:
    """Spoil the state each time an event of this kind has been folded."""
    handler = evolve.HANDLERS[kind]

    def mutant(state: State, event: Any, recorded: e.Recorded) -> None:
        handler(state, event, recorded)
        spoil(state, event)

    patch.setitem(evolve.HANDLERS, kind, mutant)


def deciding(patch: pytest.MonkeyPatch, kind: type[c.Command], spoil: Callable[[State, Any], Any]) -> None:
    """Spoil the decision about commands of this kind, or the state with it."""
    handler = decide.HANDLERS[kind]

    def mutant(state: State, envelope: c.Envelope, command: Any, now: Instant) -> Any:
        return spoil(state, handler(state, envelope, command, now))

    patch.setitem(decide.HANDLERS, kind, mutant)


# Tickets, clerks, counters


@fault(always.no_ticket_is_in_two_places)
def who_is_called_stays_in_line(patch: pytest.MonkeyPatch) -> None:
    instead(patch, places.leave_line, lambda state, ticket: state.tickets[ticket])


@fault(always.every_ticket_is_where_its_status_says)
def who_is_moved_gets_into_no_line(patch: pytest.MonkeyPatch) -> None:
    def mutant(state: State, event: e.TicketMoved, _: e.Recorded) -> None:
        places.leave_line(state, event.ticket)

    patch.setitem(FOLDING, e.TicketMoved, mutant)


@fault(always.no_clerk_has_two_tickets)
def a_clerk_calls_with_full_hands(patch: pytest.MonkeyPatch) -> None:
    instead(patch, checks.free_seat, checks.own_seat)


@fault(always.no_clerk_sits_at_two_counters)
def nobody_asks_where_the_clerk_sits(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(State, "seat_of", lambda state, clerk: None)


@fault(always.seats_and_tickets_agree)
def the_call_is_noted_for_another_counter(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketCalled) -> None:
        other = next(each.number for each in checks.rules_of(state).counters if each.number != event.counter)
        state.tickets[event.ticket] = replace(state.tickets[event.ticket], counter=other)

    after(patch, e.TicketCalled, spoil)


@fault(always.seats_measure_their_time)
def a_busy_seat_counts_as_idle(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketCalled) -> None:
        state.seats[event.counter] = replace(state.seats[event.counter], idle_since=state.at)

    after(patch, e.TicketCalled, spoil)


@fault(always.nobody_is_sent_to_who_is_away)
def tickets_are_sent_to_empty_chairs(patch: pytest.MonkeyPatch) -> None:
    aim = visits.aim

    def mutant(state: State, ticket: Any, to: Any) -> Any:
        letter = state.queue_of[ticket.id]
        match to:
            case ToCounter():
                return visits.Target(letter, counter=to.counter)
            case ToClerk():
                return visits.Target(letter, clerk=to.clerk)
            case _:
                return aim(state, ticket, to)

    instead(patch, aim, mutant)


@fault(always.nobody_stands_before_the_longest_head_start)
def the_front_is_a_little_too_far_in_front(patch: pytest.MonkeyPatch) -> None:
    _move_the_front(patch, further_ms=1)


def _move_the_front(patch: pytest.MonkeyPatch, further_ms: int) -> None:
    original = queue.virtual_arrival_at

    def mutant(place: Place, *arguments: Any) -> Instant:
        virtual = original(place, *arguments)
        return Instant(virtual - further_ms) if place is Place.FRONT else virtual

    instead(patch, original, mutant)


@fault(always.every_ticket_lives_by_the_table)
def who_is_being_served_can_be_missed(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(TRANSITIONS[TicketAct.NO_SHOW], TicketStatus.SERVING, TicketStatus.NO_SHOW)


# Indexes


@fault(always.no_line_is_empty)
def empty_lines_are_kept(patch: pytest.MonkeyPatch) -> None:
    original = places.leave_line

    def mutant(state: State, ticket_id: Any) -> Any:
        ticket = original(state, ticket_id)
        if ticket.status is TicketStatus.WAITING and ticket.virtual_arrival is not None:
            lines = state.waiting.setdefault(queue.line_of(ticket, state.queue_of[ticket_id]), {})
            lines.setdefault(ticket.service or "", [])
        return ticket

    instead(patch, original, mutant)


@fault(always.every_open_ticket_has_its_queue)
def the_queue_of_an_ended_ticket_is_kept(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.TicketCompleted, lambda state, event: state.queue_of.update({event.ticket: "A"}))


@fault(always.every_line_is_true)
def everybody_stands_at_the_end(patch: pytest.MonkeyPatch) -> None:
    def mutant(items: list[list[Any]], item: Any) -> None:
        if not items:
            items.append([])
        items[-1].append(item)

    instead(patch, line.enter, mutant)


@fault(always.the_undelivered_are_true)
def the_delivered_are_still_watched(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.TicketDelivered, lambda state, event: state.undelivered.update({event.ticket: state.at}))


@fault(always.the_unannounced_are_true)
def whoever_is_served_is_still_to_be_announced(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.ServiceStarted, lambda state, event: state.unannounced.update({event.ticket: state.at}))


@fault(always.the_missed_are_true)
def a_no_show_is_not_remembered(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.TicketMissed, lambda state, event: state.missed.pop(event.ticket))


@fault(always.the_held_are_true)
def an_interrupted_service_is_not_remembered(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.TicketHeld, lambda state, event: state.on_hold.pop(event.ticket))


@fault(always.every_open_ticket_is_found_by_its_command)
def the_command_of_a_transferred_ticket_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketTransferred) -> None:
        command = state.tickets[event.ticket].command
        assert command is not None
        state.issued_by.pop(command, None)

    after(patch, e.TicketTransferred, spoil)


@fault(always.the_reserved_are_true)
def a_place_is_reserved_twice_over(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.AppointmentBooked) -> None:
        state.reserved[f"{event.letter}@{event.slot_at}"] += 1

    after(patch, e.AppointmentBooked, spoil)


@fault(always.the_promises_are_true)
def a_kept_promise_is_still_watched(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(filed, "_fulfil", lambda state, application: None)


@fault(always.whatever_ended_last_is_its_clerks)
def a_completion_can_be_taken_back_for_ever(patch: pytest.MonkeyPatch) -> None:
    original = places.take_in_hand

    def mutant(state: State, ticket: Any, at: Instant) -> None:
        kept = dict(state.last_ended)
        original(state, ticket, at)
        state.last_ended = kept

    instead(patch, original, mutant)


# Limits


@fault(always.no_slot_is_overbooked)
def nobody_counts_the_reserved_places(patch: pytest.MonkeyPatch) -> None:
    instead(patch, appointments.reserved, lambda state, letter, slot_at: 0)


@fault(always.no_applicant_files_too_much)
def every_file_is_taken_in(patch: pytest.MonkeyPatch) -> None:
    instead(patch, applications.refuse_filing, lambda *arguments: None)


@fault(always.nothing_is_counted_below_zero)
def a_completion_is_taken_back_twice(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketReopened) -> None:
        places.add_to_tally(state, event.clerk, Tally(served=-1))

    after(patch, e.TicketReopened, spoil)


@fault(always.a_closed_day_leaves_nobody_behind)
def somebody_is_locked_in(patch: pytest.MonkeyPatch) -> None:
    def mutant(state: State, event: e.DayClosed, _: e.Recorded) -> None:
        state.day = None

    patch.setitem(FOLDING, e.DayClosed, mutant)
    patch.setattr(time, "_close_day", lambda state, day, _: [e.DayClosed(day)])


# Events


@fault(always.every_event_can_be_folded)
def a_kind_of_event_is_not_folded(patch: pytest.MonkeyPatch) -> None:
    patch.delitem(FOLDING, e.QueueClosed)


@fault(always.every_event_survives_the_journal)
def a_field_is_lost_on_the_way_to_the_journal(patch: pytest.MonkeyPatch) -> None:
    original = codec.encode_event

    def mutant(event: Any) -> bytes:
        return original(replace(event, priority=None) if isinstance(event, e.TicketIssued) else event)

    instead(patch, original, mutant)


# Once and never again


@fault(once.no_number_is_given_out_twice)
def a_queue_begins_anew(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketIssued) -> None:
        if event.number == 6:
            state.numbers.pop(event.letter, None)

    after(patch, e.TicketIssued, spoil)


@fault(once.no_number_is_given_out_twice)
def a_number_handed_in_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    after(patch, e.TicketIssued, lambda state, event: state.copies.clear())


@fault(once.no_number_that_has_been_passed_is_given_out)
def what_others_know_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.NumbersPassed) -> None:
        for letter in event.known.numbers:
            state.numbers[letter] = 0

    after(patch, e.NumbersPassed, spoil)


@fault(once.no_roll_ticket_is_entered_twice)
def a_roll_ticket_entered_is_forgotten(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.TicketIssued) -> None:
        if event.roll is not None:
            roll = state.rolls[event.letter]
            state.rolls[event.letter] = replace(roll, entered={})

    after(patch, e.TicketIssued, spoil)


@fault(once.no_roll_ticket_has_the_number_of_one_that_lies_ready)
def a_roll_is_not_remembered(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.RollPrinted) -> None:
        state.rolls[event.letter] = replace(state.rolls[event.letter], printed=())

    after(patch, e.RollPrinted, spoil)


@fault(once.no_file_appointment_or_pick_up_is_numbered_twice)
def files_are_not_counted(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, event: e.ApplicationAccepted) -> None:
        state.serials -= 1

    after(patch, e.ApplicationAccepted, spoil)


@fault(once.nothing_is_lost)
def the_day_closes_without_a_word(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(time, "_close_day", lambda state, day, _: [e.DayClosed(day)])


# Turns


@fault(turns.nobody_starves)
def whoever_came_last_is_called_first(patch: pytest.MonkeyPatch) -> None:
    def mutant(*arguments: Any) -> Choice | None:
        order = queue.calling_order(*arguments)
        return Choice(order[-1], Because.CAME_FIRST) if order else None

    instead(patch, queue.next_for, mutant)


@fault(turns.nobody_starves)
def a_long_wait_does_not_count(patch: pytest.MonkeyPatch) -> None:
    """Whoever waits in a counter's last tier is never called while others come to its first."""
    original = queue.next_for

    def mutant(state: State, counter: Any, clerk: Any, now: Instant) -> Choice | None:
        return original(state, counter, clerk, Instant(0))

    instead(patch, original, mutant)


@fault(turns.the_rule_calls_whom_it_says)
def tiers_are_taken_from_the_last(patch: pytest.MonkeyPatch) -> None:
    original = queue.next_for

    def mutant(state: State, counter: Any, clerk: Any, now: Instant) -> Choice | None:
        return original(state, replace(counter, tiers=counter.tiers[::-1]), clerk, now)

    instead(patch, original, mutant)


@fault(turns.the_rule_calls_whom_it_says)
def paused_queues_are_called_all_the_same(patch: pytest.MonkeyPatch) -> None:
    original = queue.next_for

    def mutant(state: State, *arguments: Any) -> Choice | None:
        paused, state.paused = state.paused, {}
        try:
            return original(state, *arguments)
        finally:
            state.paused = paused

    instead(patch, original, mutant)


@fault(turns.every_call_says_why)
def nobody_says_why(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, decision: Any) -> Any:
        return decision if isinstance(decision, Refusal) else (replace(decision[0], because=None),)

    deciding(patch, c.CallNext, spoil)


@fault(turns.nobody_comes_in_before_the_head_start)
def the_front_is_before_everybody(patch: pytest.MonkeyPatch) -> None:
    _move_the_front(patch, further_ms=10 * 60 * 60_000)


# Deciding, replaying, replicas


@fault(world.a_refusal_changes_nothing)
def refusals_are_counted_in_the_state(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, decision: Any) -> Any:
        if isinstance(decision, Refusal):
            state.numbers["refused"] = 1
        return decision

    deciding(patch, c.CallNext, spoil)


@fault(world.deciding_changes_nothing)
def the_number_is_taken_when_it_is_decided(patch: pytest.MonkeyPatch) -> None:
    def spoil(state: State, decision: Any) -> Any:
        if not isinstance(decision, Refusal):
            state.numbers[decision[0].letter] = decision[0].number
        return decision

    deciding(patch, c.IssueTicket, spoil)


@fault(world.a_replay_gives_the_same_state)
def something_besides_the_journal_is_read(patch: pytest.MonkeyPatch) -> None:
    outside = count()
    after(patch, e.TicketCalled, lambda state, _: state.numbers.update({"read": next(outside)}))


@fault(world.a_replica_equals_the_state)
def the_snapshot_leaves_something_out(patch: pytest.MonkeyPatch) -> None:
    original = codec.decode_state

    def mutant(body: bytes) -> State:
        state = original(body)
        state.recent_calls = []
        return state

    instead(patch, original, mutant)
