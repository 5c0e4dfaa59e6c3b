"""Pauses grow to their bound and are never the same for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.client.backoff import MANY, Backoff

BACKOFF = Backoff(1.0, 6.0)


@pytest.mark.parametrize(("before", "whole"), [(0, 1.0), (1, 2.0), (2, 4.0), (3, 6.0), (MANY, 6.0)])
def test_pauses_double_up_to_the_bound(before: int, whole: float) -> None:
    assert BACKOFF.pause(before, 1.0) == whole
    assert BACKOFF.pause(before, 0.0) == whole / 2


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_no_pause_is_longer_than_the_bound_or_shorter_than_half_the_first(before: int, chance: float) -> None:
    assert 0.5 <= BACKOFF.pause(before, chance) <= 6.0
