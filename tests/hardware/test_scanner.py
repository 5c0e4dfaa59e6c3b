"""A scan is told from typing, and no key of a clerk's is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.scanner import Heard, Scan, Typed, WedgeDetector

BY_SCANNER, BY_HAND = 0.008, 0.14


def entered(detector: WedgeDetector, text: str, gap: float, start: float = 100.0) -> list[Heard]:
    """All that is heard of a text whose characters are so many seconds apart, and of the silence after it."""
    heard: list[Heard] = []
    at = start
    for char in text:
        heard += detector.character(char, at)
        at += gap
    return heard + list(detector.silence(at + 1))


def typed(heard: list[Heard]) -> str:
    return "".join(what.text for what in heard if isinstance(what, Typed))


def test_a_burst_that_ends_in_enter_is_a_scan() -> None:
    assert entered(WedgeDetector(), "AQMxNzQwMTAw\r", BY_SCANNER) == [Scan("AQMxNzQwMTAw")]


@pytest.mark.parametrize("text", ["PIN1234\r", "praktik", "a", "\r", "IUMK\r\r"])
def test_typing_is_handed_on_whole_and_in_order(text: str) -> None:
    heard = entered(WedgeDetector(), text, BY_HAND)
    assert all(isinstance(what, Typed) for what in heard)
    assert typed(heard) == text


def test_a_burst_without_enter_is_handed_on() -> None:
    assert entered(WedgeDetector(), "aaaaaaaaaaaa", 0.03) == [Typed("aaaaaaaaaaaa")]


def test_a_short_burst_is_a_quick_hand() -> None:
    assert entered(WedgeDetector(), "1234\r", BY_SCANNER) == [Typed("1234\r")]


def test_a_key_before_a_scan_is_not_part_of_it() -> None:
    detector = WedgeDetector()
    assert entered(detector, "x", BY_HAND, start=10.0) == [Typed("x")]
    assert detector.character("y", 20.0) == ()
    assert entered(detector, "AQMxNzQw\r", BY_SCANNER, start=20.2) == [Typed("y"), Scan("AQMxNzQw")]


def test_two_scans_follow_each_other() -> None:
    assert entered(WedgeDetector(), "TOKEN-1\rTOKEN-2\r", BY_SCANNER) == [Scan("TOKEN-1"), Scan("TOKEN-2")]


def test_it_says_when_silence_is_to_be_told_of() -> None:
    detector = WedgeDetector(longest_gap_seconds=0.05)
    assert detector.due_at is None
    detector.character("a", 1.0)
    assert detector.due_at == pytest.approx(1.05)
    assert detector.silence(1.04) == ()
    assert detector.silence(1.06) == (Typed("a"),)
    assert detector.due_at is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcXYZ019-\r"), st.sampled_from([0.001, 0.04, 0.06, 0.3]))))
def test_no_character_is_lost_or_moved(keys: list[tuple[str, float]]) -> None:
    detector, heard, at = WedgeDetector(), [], 0.0
    for char, gap in keys:
        at += gap
        heard += detector.character(char, at)
    heard += detector.silence(at + 1)
    told = "".join(what.text if isinstance(what, Typed) else f"{what.text}\r" for what in heard)
    assert told == "".join(char for char, _ in keys)
