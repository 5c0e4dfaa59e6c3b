"""What the state and the configured values tell without a decision."""

import pytest

from broker.domain.rules import Bilingual
from tests.support.morning import Morning


def test_those_who_wait_in_a_queue_are_counted_over_all_its_services() -> None:
    morning = Morning()
    morning.take("A")
    morning.take("A", "IUMK")
    morning.take("A", "AK1")
    assert [morning.state.waiting_count(letter) for letter in "AB"] == [3, 0]


@pytest.mark.parametrize(("language", "text"), [("id", "Ambil"), ("en", "Take"), ("jv", "Ambil")])
def test_a_configured_text_is_told_in_indonesian_unless_english_is_wanted(language: str, text: str) -> None:
    assert Bilingual("Ambil", "Take").in_language(language) == text
