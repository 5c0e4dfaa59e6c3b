"""Commands over the outlet itself: its rules and its catalogue."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.day import business_day, is_date
from broker.domain.decide.checks import Decision, rules_of
from broker.domain.known import is_covered, judged
from broker.domain.refusals import NumberNotPossible, RulesInvalid, UnknownQueue
from broker.domain.rules import DayHours, NumberRange, OutletRules
from broker.domain.state import Outputs, State
from broker.domain.values import Instant, PrinterState, Stage

DAYS_IN_WEEK = 7
UTC_OFFSET_AT_MOST_MINUTES = 14 * 60
GREATEST_COUNTER = 999
"""As people can tell counters apart by voice."""


def configure(state: State, _envelope: c.Envelope, command: c.ConfigureOutlet, now: Instant) -> Decision:
    """Take over the outlet's rules, if they hold together and leave nobody behind."""
    problem = (
        contradiction(command.rules)
        or left_behind(state, command.rules)
        or _turned_back(state, command.rules, now)
    )
    return RulesInvalid(problem) if problem else (e.OutletConfigured(command.rules),)


def adopt_catalogue(
    state: State, _envelope: c.Envelope, command: c.AdoptCatalogue, _now: Instant
) -> Decision:
    """Take over the services; each belongs to a queue of the outlet."""
    codes = [service.code for service in command.services]
    if len(set(codes)) != len(codes):
        return RulesInvalid("services: a code twice")
    for service in command.services:
        for letter in (service.letter, *service.steps):
            if state.queue(letter) is None:
                return RulesInvalid(f"service {service.code}: no queue {letter}")
        if list(service.stages) != sorted(set(service.stages), key=list(Stage).index):
            return RulesInvalid(f"service {service.code}: stages out of order")
        if service.needs is not None and service.needs not in {
            each.code for each in rules_of(state).machines
        }:
            return RulesInvalid(f"service {service.code}: no machine {service.needs}")
    return (e.CatalogueAdopted(command.services),)


def report_printer(state: State, envelope: c.Envelope, command: c.ReportPrinter, _now: Instant) -> Decision:
    """What is known already is not said again."""
    known = (
        state.printers.get(envelope.device, PrinterState.READY),
        state.printer_needs.get(envelope.device),
    )
    if known == (command.state, command.need):
        return ()
    return (e.PrinterReported(envelope.device, command.state, command.need),)


def report_display(state: State, envelope: c.Envelope, command: c.ReportDisplay, _now: Instant) -> Decision:
    """What is known already is not said again."""
    if state.displays.get(envelope.device, Outputs()) == Outputs(command.screen, command.sound):
        return ()
    return (e.DisplayReported(envelope.device, command.screen, command.sound),)


def pass_numbers(state: State, _envelope: c.Envelope, command: c.PassNumbers, now: Instant) -> Decision:
    """What can't be a queue's last number is refused; of other days than today only appointments count.

    Whatever is behind what the outlet knows itself changes nothing.
    """
    for letter in {**command.known.numbers, **command.known.rolls}:
        if state.queue(letter) is None:
            return UnknownQueue(letter)
    said = judged(command.known, state, now)
    for letter, number in {**said.not_believed.numbers, **said.not_believed.rolls}.items():
        return NumberNotPossible(letter, number)
    return () if is_covered(said.believed, state) else (e.NumbersPassed(said.believed),)


def contradiction(rules: OutletRules) -> str | None:
    """What in the rules can't be; None when they hold together."""
    letters = [queue.letter for queue in rules.queues]
    if len(set(letters)) != len(letters):
        return "queues: a letter twice"
    if abs(rules.utc_offset_minutes) > UTC_OFFSET_AT_MOST_MINUTES:
        return "utc_offset_minutes: nowhere on earth"
    if len({clerk.id for clerk in rules.clerks}) != len(rules.clerks):
        return "clerks: an id twice"
    return (
        _counters_wrong(rules, letters)
        or _week_wrong("week", rules.week, letters)
        or _dated_wrong(rules, letters)
        or _numbers_wrong(rules, letters)
    )


def _counters_wrong(rules: OutletRules, letters: list[str]) -> str | None:
    """Counters twice, of no queue, or a queue that no counter serves."""
    numbers = [counter.number for counter in rules.counters]
    if len(set(numbers)) != len(numbers):
        return "counters: a number twice"
    for counter in rules.counters:
        if not 1 <= counter.number <= GREATEST_COUNTER:
            return f"counter {counter.number}: not from 1 to {GREATEST_COUNTER}"
        served = [letter for tier in counter.tiers for letter in tier]
        for letter in served:
            if letter not in letters:
                return f"counter {counter.number}: no queue {letter}"
        if len(set(served)) != len(served):
            return f"counter {counter.number}: a queue twice"
    served_somewhere = {letter for counter in rules.counters for tier in counter.tiers for letter in tier}
    for letter in letters:
        if letter not in served_somewhere:
            return f"queue {letter}: no counter serves it"
    return None


def _week_wrong(name: str, week: tuple[DayHours | None, ...], letters: list[str]) -> str | None:
    """A week that has not seven days, or times out of order."""
    if len(week) != DAYS_IN_WEEK:
        return f"{name}: not seven days"
    for weekday, hours in enumerate(week, start=1):
        if hours is None:
            continue
        in_order = hours.first_ticket <= hours.last_ticket <= hours.doors_close <= hours.day_close
        if not in_order or hours.opens > hours.doors_close:
            return f"{name}: day {weekday}: times out of order"
        for begins, ends in hours.breaks:
            if not hours.opens <= begins < ends <= hours.day_close:
                return f"{name}: day {weekday}: a break out of order"
        for window in hours.windows:
            if window.letter not in letters:
                return f"{name}: day {weekday}: no queue {window.letter}"
            if window.first_ticket > window.last_ticket:
                return f"{name}: day {weekday}: queue {window.letter}: times out of order"
    return None


def _dated_wrong(rules: OutletRules, letters: list[str]) -> str | None:
    """Exceptions whose dates are none, or out of order."""
    for each in rules.dated:
        name = f"dated: {each.name.en}"
        if not (is_date(each.first_day) and is_date(each.last_day)):
            return f"{name}: not a date"
        if each.first_day > each.last_day:
            return f"{name}: ends before it begins"
        wrong = _week_wrong(name, each.week, letters)
        if wrong is not None:
            return wrong
    return None


def _numbers_wrong(rules: OutletRules, letters: list[str]) -> str | None:
    """Ranges of numbers that don't fit their queue, or each other."""
    for queue in rules.queues:
        if not queue.first_number <= queue.greatest_number < 10**queue.digits:
            return f"queue {queue.letter}: numbers out of order, or more than {queue.digits} digits"
    queues = {queue.letter: queue for queue in rules.queues}
    for place, each in enumerate(rules.ranges):
        name = f"ranges: {each.letter}{each.first}–{each.last}"
        if each.letter not in letters:
            return f"{name}: no queue {each.letter}"
        if not each.first <= each.last < 10 ** queues[each.letter].digits:
            return f"{name}: numbers out of order, or too many digits"
        for other in rules.ranges[:place]:
            if other.letter == each.letter and each.first <= other.last and other.first <= each.last:
                return f"{name}: overlaps {other.letter}{other.first}–{other.last}"
    return None


def left_behind(state: State, rules: OutletRules) -> str | None:
    """Who could not be called, or not go on, under these rules; None when there is nobody."""
    letters = {queue.letter for queue in rules.queues}
    for letter in sorted(_letters_in_use(state)):
        if letter not in letters:
            return f"queue {letter}: it has open tickets"
    for slot in sorted(state.reserved):
        if slot[0] not in letters:
            return f"queue {slot[0]}: it has appointments"
    for each in rules.ranges:
        if (
            each.first <= state.numbers.get(each.letter, 0)
            and state.day is not None
            and not _was_one(state, each)
        ):
            return f"ranges: {each.letter}{each.first}–{each.last}: given out by the broker today"
    counters = {counter.number for counter in rules.counters}
    clerks = {clerk.id for clerk in rules.clerks}
    for seat in state.seats.values():
        if seat.counter not in counters:
            return f"counter {seat.counter}: somebody sits there"
        if seat.clerk not in clerks:
            return f"clerk {seat.clerk}: at a counter now"
    return None


def _turned_back(state: State, rules: OutletRules, now: Instant) -> str | None:
    """Why the outlet's local time can't be another now: the open day would end, or a day come again."""
    if state.rules is None or rules.utc_offset_minutes == state.rules.utc_offset_minutes:
        return None
    if state.day is not None:
        return "utc_offset_minutes: the day is open"
    if state.last_day is not None and business_day(now, rules.utc_offset_minutes) < state.last_day:
        return "utc_offset_minutes: a day would come again"
    return None


def _was_one(state: State, wanted: NumberRange) -> bool:
    """Whether a device had these numbers for its own before."""
    ranges = state.rules.ranges if state.rules is not None else ()
    return any(each.holds(wanted.letter, wanted.first) and each.last >= wanted.last for each in ranges)


def _letters_in_use(state: State) -> set[str]:
    """The queues of all tickets that wait or are somewhere on their way."""
    in_hand = [seat.ticket for seat in state.seats.values() if seat.ticket is not None]
    elsewhere = (*in_hand, *state.on_hold, *state.undelivered, *state.missed)
    return {key[0] for key in state.waiting} | {state.queue_of[ticket] for ticket in elsewhere}
