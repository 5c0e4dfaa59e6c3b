"""The numbers that the broker itself gives out in a queue: never a device's own, never one that a device handed in."""

from broker.domain.rules import Queue
from broker.domain.state import State
from broker.domain.ticket import ticket_id
from broker.domain.values import BusinessDay


def next_number(state: State, day: BusinessDay, queue: Queue, after: int) -> int | None:
    """The first number after this one that the broker may give out; None: there is none left."""
    number = max(after + 1, queue.first_number)
    while number <= queue.greatest_number:
        if (range_end := _range_end(state, queue, number)) is not None:
            number = range_end + 1
        elif ticket_id(day, queue.letter, number, copy=0) in state.copies:
            number += 1
        else:
            return number
    return None


def is_the_brokers(state: State, queue: Queue, number: int) -> bool:
    """Whether the broker gives out this number by the rules that hold: it is no device's own."""
    return queue.first_number <= number <= queue.greatest_number and _range_end(state, queue, number) is None


def _range_end(state: State, queue: Queue, number: int) -> int | None:
    """The last number of a device's own range that holds this number; None when no range does."""
    ranges = state.rules.ranges if state.rules is not None else ()
    return next((each.last for each in ranges if each.holds(queue.letter, number)), None)
