"""A scan is told from typing, and no key of a clerk's is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.scanning.detector import (
    LONGEST_GAP_SECONDS,
    LONGEST_SCAN,
    SHORTEST_SCAN,
    Scan,
    Typed,
    WedgeDetector,
)

BY_SCANNER, BY_HAND = 0.008, 0.14
Heard = Scan | Typed[str]


def entered(detector: WedgeDetector[str], text: str, gap: float, start: float = 100.0) -> list[Heard]:
    """All that is heard of keys that are so many seconds apart, and of the silence after them."""
    heard: list[Heard] = []
    for at, char in enumerate(text):
        heard += stroke(detector, char, start + at * gap)
    return heard + list(detector.quiet())


def stroke(detector: WedgeDetector[str], char: str, at: float) -> tuple[Heard, ...]:
    return detector.ended(char, at) if char in "\r\t" else detector.pressed(char, char, at)


def keys(heard: list[Heard]) -> str:
    return "".join("".join(what.keys) for what in heard if isinstance(what, Typed))


@pytest.mark.parametrize("end", ["\r", "\t"])
@pytest.mark.parametrize("gap", [0.001, 0.008, 0.02, 0.049])
def test_a_burst_that_is_ended_is_a_scan(gap: float, end: str) -> None:
    assert entered(WedgeDetector(), f"AQMxNzQwMTAw{end}", gap) == [Scan("AQMxNzQwMTAw")]


@pytest.mark.parametrize("text", ["PIN1234\r", "praktik", "a", "\r", "IUMK\r\r", "12345678901\r"])
def test_typing_is_handed_on_whole_and_in_order(text: str) -> None:
    heard = entered(WedgeDetector(), text, BY_HAND)
    assert all(isinstance(what, Typed) for what in heard)
    assert keys(heard) == text


def test_a_burst_without_an_end_is_handed_on() -> None:
    assert entered(WedgeDetector(), "aaaaaaaaaaaa", 0.03) == [Typed(tuple("aaaaaaaaaaaa"))]


def test_a_short_burst_is_a_quick_hand() -> None:
    assert entered(WedgeDetector(), "123456\r", BY_SCANNER) == [Typed(tuple("123456\r"))]


def test_what_goes_on_longer_than_any_code_is_handed_on() -> None:
    text = "x" * (LONGEST_SCAN + 1)
    assert entered(WedgeDetector(), f"{text}\r", BY_SCANNER) == [Typed(tuple(text)), Typed(("\r",))]


def test_a_key_before_a_scan_is_not_part_of_it() -> None:
    detector: WedgeDetector[str] = WedgeDetector()
    assert entered(detector, "x", BY_HAND, start=10.0) == [Typed(("x",))]
    assert detector.pressed("y", "y", 20.0) == ()
    assert entered(detector, "AQMxNzQwMTAw\r", BY_SCANNER, start=20.2) == [
        Typed(("y",)),
        Scan("AQMxNzQwMTAw"),
    ]


def test_two_scans_follow_each_other() -> None:
    heard = entered(WedgeDetector(), "TOKEN-0001\rTOKEN-0002\r", BY_SCANNER)
    assert heard == [Scan("TOKEN-0001"), Scan("TOKEN-0002")]


def test_a_clock_that_is_set_back_makes_no_scan() -> None:
    detector: WedgeDetector[str] = WedgeDetector()
    detector.pressed("a", "a", 100.0)
    assert detector.pressed("b", "b", 50.0) == (Typed(("a",)),)


GAPS = st.one_of(st.floats(0.001, 0.02), st.floats(0.001, 0.5), st.just(LONGEST_GAP_SECONDS))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcXYZ019-\r\t"), GAPS), max_size=60))
def test_no_key_is_lost_or_moved(strokes: list[tuple[str, float]]) -> None:
    detector: WedgeDetector[str] = WedgeDetector()
    told, at = "", 0.0
    for char, gap in strokes:
        at += gap
        for what in stroke(detector, char, at):
            told += f"{what.text}{char}" if isinstance(what, Scan) else "".join(what.keys)
    told += keys(list(detector.quiet()))
    assert told == "".join(char for char, _ in strokes)


BY_FINGERS = st.floats(LONGEST_GAP_SECONDS + 0.001, 2)
CODES = st.text("abcdefXYZ0123456789-_.:/", min_size=SHORTEST_SCAN, max_size=LONGEST_SCAN)


@settings(deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("typed"), st.text("abc\r\t1", min_size=1, max_size=9)),
            st.tuples(st.just("scan"), CODES),
        )
    ),
    st.data(),
)
def test_whoever_types_and_whatever_is_scanned_come_apart_again(
    script: list[tuple[str, str]], data: st.DataObject
) -> None:
    detector: WedgeDetector[str] = WedgeDetector()
    heard: list[Heard] = []
    at = 0.0
    for kind, text in script:
        at += 1
        for char in text if kind == "typed" else f"{text}\r":
            at += data.draw(BY_FINGERS if kind == "typed" else st.floats(0.001, 0.02))
            heard += stroke(detector, char, at)
    heard += detector.quiet()
    assert [what.text for what in heard if isinstance(what, Scan)] == [
        text for kind, text in script if kind == "scan"
    ]
    assert keys(heard) == "".join(text for kind, text in script if kind == "typed")
