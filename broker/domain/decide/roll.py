"""Commands of the emergency roll: prepared, and entered when a citizen stands there with one of its tickets."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.day import DAY_MS, business_day
from broker.domain.decide.checks import Decision, rules_of
from broker.domain.decide.issue import lately, steps_of, taken_over_as
from broker.domain.refusals import (
    NoRoll,
    NumberNotPossible,
    RollNotUsedYet,
    RollTicketUsed,
    ServiceElsewhere,
    UnknownQueue,
    UnknownService,
)
from broker.domain.roll import ROLL_DAYS, Roll, number_of, roll_range, size_of
from broker.domain.state import State
from broker.domain.ticket import ticket_id
from broker.domain.values import Channel, Delivery, Instant


def print_roll(state: State, _envelope: c.Envelope, command: c.PrintRoll, now: Instant) -> Decision:
    """The next tickets of the roll; none whose number an earlier one still has, which may lie ready in a drawer."""
    if state.queue(command.letter) is None:
        return UnknownQueue(command.letter)
    numbers = roll_range(rules_of(state), command.letter)
    if numbers is None:
        return NoRoll(command.letter)
    roll = state.rolls.get(command.letter, Roll())
    first = roll.serial + 1
    left = next(
        (
            place
            for place in range(command.count)
            if place == size_of(numbers) or roll.could_be_given_out(first + place - size_of(numbers), now)
        ),
        command.count,
    )
    if left < command.count:
        return RollNotUsedYet(command.letter, left)
    serials = range(first, first + command.count)
    ends_at = Instant(now + ROLL_DAYS * DAY_MS)
    return (
        e.RollPrinted(
            command.letter, first, tuple(number_of(serial, numbers) for serial in serials), ends_at
        ),
    )


def enter(state: State, _envelope: c.Envelope, command: c.EnterRollTicket, now: Instant) -> Decision:
    """Take over a number that is already in a citizen's hand, once: whatever the hours say.

    Where its number came in before on that day, or is not one of the roll's any more, it gets the next copy.
    """
    rules, roll = rules_of(state), state.rolls.get(command.ticket.letter, Roll())
    letter, number, serial = command.ticket.letter, command.ticket.number, command.ticket.serial
    queue, numbers = state.queue(letter), roll_range(rules, letter)
    if queue is None:
        return UnknownQueue(letter)
    if not 1 <= number < 10**queue.digits:
        return NumberNotPossible(letter, number)
    if roll.is_spent(serial, now):
        return RollTicketUsed(letter, number)
    service = state.services.get(command.service) if command.service is not None else None
    if command.service is not None and service is None:
        return UnknownService(command.service)
    if service is not None and service.letter != letter:
        return ServiceElsewhere(service.letter)
    came_at = lately(command.arrived_at, now)
    day = business_day(came_at, rules.utc_offset_minutes)
    is_the_rolls = day == state.day and numbers is not None and numbers.holds(letter, number)
    copy = max(state.copies.get(ticket_id(day, letter, number, copy=0), 0), 0 if is_the_rolls else 1)
    issued = e.TicketIssued(
        ticket=ticket_id(day, letter, number, copy),
        day=day,
        letter=letter,
        number=number,
        copy=copy,
        channel=Channel.WALK_IN,
        language=command.language,
        service=service.code if service is not None else None,
        priority=command.priority,
        steps=steps_of(state, service),
        handed_in_at=came_at,
        roll=command.ticket,
    )
    return taken_over_as(state, issued, Delivery.PAPER, came_at)
