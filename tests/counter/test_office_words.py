"""What the supervisor's and the office's pages say."""

from collections.abc import Callable
from typing import Any

import pytest

from broker.domain.ticket import Estimate
from broker.domain.values import (
    ActReason,
    Channel,
    ClerkRole,
    ClosingReason,
    MachineState,
    Stage,
)
from counter import office_words
from counter.office_sheets import Closing, ClosingSheet
from counter.supervising import ClerkCard, Doing, Period
from tests.support import sample
from tests.support.morning import ONE
from wording import Language, Wording

ID, EN = Wording(Language.ID), Wording(Language.EN)


@pytest.mark.parametrize(
    ("say", "values"),
    [
        (office_words.act_reason, list(ActReason)),
        (office_words.closing_reason, list(ClosingReason)),
        (office_words.machine_state, list(MachineState)),
        (office_words.stage, list(Stage)),
        (office_words.channel, list(Channel)),
        (office_words.doing, list(Doing)),
        (office_words.closing_yes, list(Closing)),
    ],
)
def test_each_of_a_set_has_a_name_of_its_own(say: Callable[[Any, Wording], str], values: list[Any]) -> None:
    for w in (ID, EN):
        said = [say(value, w) for value in values]
        assert len(set(said)) == len(values)
        assert all(each and each[0].isupper() for each in said)


@pytest.mark.parametrize(
    ("minutes", "indonesian", "english"),
    [(0, "0 mnt", "0 min"), (59, "59 mnt", "59 min"), (118, "1 j 58 mnt", "1 h 58 min")],
)
def test_what_lasts_is_told_in_hours_and_minutes(minutes: int, indonesian: str, english: str) -> None:
    assert (office_words.lasting(minutes, ID), office_words.lasting(minutes, EN)) == (indonesian, english)


@pytest.mark.parametrize("closing", Closing)
def test_a_closing_names_how_many_wait(closing: Closing) -> None:
    queue = None if closing is Closing.CLOSE_DOORS else sample.QUEUES[1]
    assert "12 people" in office_words.closing_note(ClosingSheet(closing, queue, 12), EN)
    assert "1 person" in office_words.closing_note(ClosingSheet(closing, queue, 1), EN)
    assert "Nobody is waiting" in office_words.closing_note(ClosingSheet(closing, queue, 0), EN)
    assert ("B" in office_words.closing_title(ClosingSheet(closing, queue, 0), EN)) is (queue is not None)


def test_a_clerk_is_told_by_role_counter_and_services() -> None:
    card = ClerkCard(sample.SRI, ClerkRole.CLERK, ONE, None, ())
    assert office_words.whereabouts(card, ID) == "Petugas, loket 1"
    assert office_words.may_serve(None, ID) == "Semua layanan"
    assert office_words.may_serve((sample.DOCTOR,), EN) == "1 service"


def test_a_period_is_told_from_its_day_on() -> None:
    assert office_words.period(Period(sample.TUESDAY, None, is_now=True), ID) == (
        "Mulai 14 Juli 2026: Semua layanan"
    )
    assert office_words.period(Period(None, (sample.DOCTOR,), is_now=False), EN) == (
        "From the beginning: 1 service"
    )


def test_the_wait_is_told_as_a_range_or_not_at_all() -> None:
    assert office_words.expected(Estimate(20, 30), ID) == "Perkiraan tunggu: 20–30 menit"
    assert office_words.expected(Estimate(20, 30), EN) == "Expected wait: 20–30 min"


def test_an_appointment_is_told_with_its_day_and_time() -> None:
    assert office_words.at_slot(sample.at(9), Wording(Language.ID)) == "Selasa, 14 Juli 2026, pukul 09.00"
