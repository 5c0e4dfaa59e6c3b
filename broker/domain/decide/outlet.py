"""Commands over the outlet itself: its rules and its catalogue."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.refusals import AnyRefusal, RulesInvalid
from broker.domain.state import State
from broker.domain.values import Instant, OutletRules

Decision = tuple[e.AnyEvent, ...] | AnyRefusal

DAYS_IN_WEEK = 7
UTC_OFFSET_AT_MOST_MINUTES = 14 * 60


def configure(state: State, _envelope: c.Envelope, command: c.ConfigureOutlet, _now: Instant) -> Decision:
    """Take over the outlet's rules, if they hold together and leave nobody behind."""
    problem = contradiction(command.rules) or left_behind(state, command.rules)
    return RulesInvalid(problem) if problem else (e.OutletConfigured(command.rules),)


def adopt_catalogue(
    state: State, _envelope: c.Envelope, command: c.AdoptCatalogue, _now: Instant
) -> Decision:
    """Take over the services; each belongs to a queue of the outlet."""
    for service in command.services:
        if state.queue(service.letter) is None:
            return RulesInvalid(f"service {service.code}: no queue {service.letter}")
    return (e.CatalogueAdopted(command.services),)


def contradiction(rules: OutletRules) -> str | None:
    """What in the rules can't be; None when they hold together."""
    letters = [queue.letter for queue in rules.queues]
    if len(set(letters)) != len(letters):
        return "queues: a letter twice"
    if abs(rules.utc_offset_minutes) > UTC_OFFSET_AT_MOST_MINUTES:
        return "utc_offset_minutes: nowhere on earth"
    if len(rules.week) != DAYS_IN_WEEK:
        return "week: not seven days"
    numbers = [counter.number for counter in rules.counters]
    if len(set(numbers)) != len(numbers):
        return "counters: a number twice"
    for counter in rules.counters:
        for tier in counter.tiers:
            for letter in tier:
                if letter not in letters:
                    return f"counter {counter.number}: no queue {letter}"
    if len({clerk.id for clerk in rules.clerks}) != len(rules.clerks):
        return "clerks: an id twice"
    for weekday, hours in enumerate(rules.week):
        if hours and not hours.first_ticket <= hours.last_ticket <= hours.doors_close <= hours.day_close:
            return f"week: day {weekday + 1}: times out of order"
    return None


def left_behind(state: State, rules: OutletRules) -> str | None:
    """Who could not be called, or not go on, under these rules; None when there is nobody."""
    letters = {queue.letter for queue in rules.queues}
    for letter in state.queue_of.values():
        if letter not in letters:
            return f"queue {letter}: it has open tickets"
    counters = {counter.number for counter in rules.counters}
    clerks = {clerk.id for clerk in rules.clerks}
    for seat in state.seats.values():
        if seat.counter not in counters:
            return f"counter {seat.counter}: somebody sits there"
        if seat.clerk not in clerks:
            return f"clerk {seat.clerk}: at a counter now"
    return None
