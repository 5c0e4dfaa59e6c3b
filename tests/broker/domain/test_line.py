"""A line behaves like a sorted list, whatever enters and leaves, and its chunks stay in order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain import line as lines
from broker.domain.line import Line, enter, first, in_order, leave, length, up_to

STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 40)), max_size=120)


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a line of a few dozen has many chunks."""
    monkeypatch.setattr(lines, "CHUNK_AT_MOST", 3)


@settings(deadline=None)
@given(STEPS, st.integers(-1, 41))
def test_a_line_is_a_sorted_list_in_chunks(steps: list[tuple[bool, int]], item: int) -> None:
    line: Line[int] = []
    plain: list[int] = []
    for comes, number in steps:
        if comes and number not in plain:
            enter(line, number)
            plain = sorted([*plain, number])
        elif not comes and number in plain:
            leave(line, number)
            plain.remove(number)
        assert list(in_order(line)) == plain
        assert all(0 < len(chunk) <= 3 for chunk in line)
        assert length(line) == len(plain)
        assert first(line) == (plain[0] if plain else None)
    assert up_to(line, item) == sum(each <= item for each in plain)


def test_equal_histories_give_equal_chunks() -> None:
    one: Line[int] = []
    other: Line[int] = []
    for line in (one, other):
        for number in (5, 1, 9, 3, 7, 2, 8):
            enter(line, number)
        leave(line, 3)
    assert one == other
    assert len(one) > 1


def test_a_chunk_is_halved_when_it_grows_too_long() -> None:
    line: Line[int] = []
    for number in (1, 2, 3):
        enter(line, number)
    assert line == [[1, 2, 3]]
    enter(line, 0)
    assert line == [[0, 1], [2, 3]]
    enter(line, 9)
    assert line == [[0, 1], [2, 3, 9]]


def test_a_chunk_that_empties_goes() -> None:
    line: Line[int] = [[1], [2]]
    leave(line, 1)
    assert line == [[2]]
    leave(line, 2)
    assert line == []
