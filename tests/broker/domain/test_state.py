"""What the state and the configured values tell without a decision."""

import pytest

from broker.domain import commands as c
from broker.domain.day import MINUTE_MS
from broker.domain.rules import Bilingual
from broker.domain.state import Tally
from broker.domain.values import PauseReason
from tests.support import sample
from tests.support.morning import ONE, Morning


def test_those_who_wait_in_a_queue_are_counted_over_all_its_services() -> None:
    morning = Morning()
    morning.take("A")
    morning.take("A", "IUMK")
    morning.take("A", "AK1")
    assert [morning.state.waiting_count(letter) for letter in "AB"] == [3, 0]


@pytest.mark.parametrize(("language", "text"), [("id", "Ambil"), ("en", "Take"), ("jv", "Ambil")])
def test_a_configured_text_is_told_in_indonesian_unless_english_is_wanted(language: str, text: str) -> None:
    assert Bilingual("Ambil", "Take").in_language(language) == text


def test_a_number_is_written_as_its_queue_writes_it_and_with_three_digits_when_that_is_gone() -> None:
    state = Morning().state
    assert (state.digits("A", 7), state.digits("Z", 7)) == ("007", "007")


def test_a_clerks_day_counts_what_still_lasts() -> None:
    morning = Morning()
    assert morning.state.tally_until(morning.now, sample.SRI) == Tally()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.advance(minutes=3)
    assert morning.state.tally_until(morning.now, sample.SRI) == Tally(idle_ms=3 * MINUTE_MS)
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    morning.advance(minutes=2)
    so_far = Tally(idle_ms=3 * MINUTE_MS, paused_ms=2 * MINUTE_MS)
    assert morning.state.tally_until(morning.now, sample.SRI) == so_far
    morning.clerk("sri", c.CloseCounter(ONE))
    morning.advance(minutes=9)
    assert morning.state.tally_until(morning.now, sample.SRI) == so_far
