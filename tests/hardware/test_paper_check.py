"""Paper that was touched is trusted again only by somebody who has read a strip printed on it."""

import pytest

from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.paper_check import (
    ROLL_CHANGE_SECONDS,
    Happening,
    Paper,
    end_of_strip,
    moved,
    touches_paper,
)


def after(*happenings: Happening) -> Paper:
    paper = Paper.TRUSTED
    for happening in happenings:
        paper = moved(paper, happening)
    return paper


TOUCH, BEGUN, OUT = Happening.TOUCH, Happening.STRIP_BEGUN, Happening.STRIP_OUT
READABLE, UNREADABLE = Happening.READABLE, Happening.UNREADABLE


def test_only_a_reader_brings_trust_back() -> None:
    assert after(TOUCH, BEGUN, OUT, READABLE) is Paper.TRUSTED
    trusting = {(paper, happening) for paper in Paper for happening in Happening}
    assert {
        (paper, happening)
        for paper, happening in trusting
        if paper is not Paper.TRUSTED and moved(paper, happening) is Paper.TRUSTED
    } == {(Paper.ASKED, READABLE), (Paper.WHITE, READABLE)}


@pytest.mark.parametrize("paper", Paper)
def test_a_touch_begins_the_check_anew_at_any_stage(paper: Paper) -> None:
    assert moved(paper, TOUCH) is Paper.TOUCHED


def test_a_white_strip_waits_for_the_roll_to_be_turned_or_for_the_mistake_to_be_seen() -> None:
    assert after(TOUCH, BEGUN, OUT, UNREADABLE) is Paper.WHITE
    assert after(TOUCH, BEGUN, OUT, UNREADABLE, READABLE) is Paper.TRUSTED
    assert after(TOUCH, BEGUN, OUT, UNREADABLE, TOUCH, BEGUN, OUT, READABLE) is Paper.TRUSTED


def test_a_strip_that_did_not_come_out_is_printed_again() -> None:
    assert after(TOUCH, BEGUN, Happening.STRIP_FAILED) is Paper.TOUCHED


def test_a_strip_of_the_roll_before_says_nothing_of_this_one() -> None:
    assert after(TOUCH, BEGUN, TOUCH, OUT) is Paper.TOUCHED
    assert after(TOUCH, BEGUN, OUT, TOUCH, READABLE) is Paper.TOUCHED


@pytest.mark.parametrize(
    ("outcome", "happening"),
    [
        (Printed(), OUT),
        (Unknown(PrinterState.SILENT), OUT),
        (Failed(PrinterState.PAPER_OUT, began=True), Happening.STRIP_FAILED),
    ],
)
def test_a_strip_that_may_be_out_is_asked_about(outcome: Outcome, happening: Happening) -> None:
    assert end_of_strip(outcome) is happening


def test_paper_is_touched_where_the_cover_is_open_or_paper_is_missing() -> None:
    assert {state for state in PrinterState if touches_paper(state, unheard_seconds=0.0)} == {
        PrinterState.COVER_OPEN,
        PrinterState.PAPER_OUT,
    }


def test_a_printer_that_was_not_heard_for_a_rolls_change_is_doubted_once_it_is_heard() -> None:
    not_heard = {PrinterState.UNREACHABLE, PrinterState.SILENT, PrinterState.UNKNOWN}
    longer = ROLL_CHANGE_SECONDS + 1
    assert {state for state in PrinterState if not touches_paper(state, longer)} == not_heard
    assert not touches_paper(PrinterState.READY, ROLL_CHANGE_SECONDS)
