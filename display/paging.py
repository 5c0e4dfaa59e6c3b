"""Pages for lists that are longer than their room: fewer rows, then pages, never smaller letters. Pure."""

from collections.abc import Sequence
from typing import TypeVar

from broker.domain.values import BusinessDay
from display.board import Board, CallRow, ReadyDay, ReadyNumber

Item = TypeVar("Item")

ReadyCell = ReadyNumber | BusinessDay
"""A number, or the day to which the numbers after it belong."""


def pages(items: Sequence[Item], size: int) -> tuple[tuple[Item, ...], ...]:
    """The items on pages of `size`; one empty page when there are none."""
    starts = range(0, max(len(items), 1), size)
    return tuple(tuple(items[start : start + size]) for start in starts)


def call_pages(shown: Board, size: int) -> tuple[tuple[CallRow, ...], ...]:
    """The newest calls, and as many pages more as somebody is still expected on."""
    return pages(shown.calls[: max(size, shown.awaited)], size)


def ready_pages(days: Sequence[ReadyDay], size: int) -> tuple[tuple[ReadyCell, ...], ...]:
    """Numbers in cells; those of earlier days behind a cell with their day, again on each page."""
    filled: list[list[ReadyCell]] = [[]]
    for ready in days:
        heading: list[ReadyCell] = [] if ready.day is None else [ready.day]
        if len(filled[-1]) + len(heading) >= size:
            filled.append([])
        filled[-1].extend(heading)
        for number in ready.numbers:
            if len(filled[-1]) >= size:
                filled.append(list(heading))
            filled[-1].append(number)
    return tuple(tuple(page) for page in filled)
