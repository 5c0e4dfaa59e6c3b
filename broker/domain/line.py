"""A line: items kept in order, in chunks, so that entering and leaving cost the same however long it is.

A plain sorted list moves all that stands behind whoever leaves. The chunks follow from the order of entering and
leaving alone, so that equal histories give equal lines, to the byte. No two items of a line are equal.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

CHUNK_AT_MOST = 1024
"""A chunk that grows longer is halved."""


class Ordered(Protocol):
    """What can stand in a line."""

    def __lt__(self, other: Any, /) -> bool: ...


Item = TypeVar("Item", bound=Ordered)
Line = list[list[Item]]
"""Chunks, none of them empty, each in order and all of them in order."""


def enter(line: Line[Item], item: Item) -> None:
    """Put the item into its place."""
    if not line:
        line.append([item])
        return
    place = min(bisect_left(line, item, key=_last), len(line) - 1)
    chunk = line[place]
    insort(chunk, item)
    if len(chunk) > CHUNK_AT_MOST:
        middle = len(chunk) // 2
        line.insert(place + 1, chunk[middle:])
        del chunk[middle:]


def leave(line: Line[Item], item: Item) -> None:
    """Take out the item, which is in the line."""
    place = bisect_left(line, item, key=_last)
    chunk = line[place]
    del chunk[bisect_left(chunk, item)]
    if not chunk:
        del line[place]


def first(line: Line[Item]) -> Item | None:
    """Who stands at the front; None when nobody does."""
    return line[0][0] if line else None


def in_order(line: Line[Item]) -> Iterator[Item]:
    """Everybody, from the front on."""
    for chunk in line:
        yield from chunk


def length(line: Line[Item]) -> int:
    """How many stand in the line."""
    return sum(map(len, line))


def up_to(line: Line[Item], item: Item) -> int:
    """How many stand in the line at or before where `item` would."""
    place = bisect_left(line, item, key=_last)
    if place == len(line):
        return length(line)
    return sum(map(len, line[:place])) + bisect_right(line[place], item)


def _last(chunk: list[Item]) -> Item:
    return chunk[-1]
