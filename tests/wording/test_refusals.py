"""A refusal's code and parameters become a sentence."""

import datetime as dt

import pytest

from wording import Language, Wording, refusals
from wording.refusals import Parameter, sentence

INDONESIAN = Wording(Language.ID)
TWO_IN_THE_AFTERNOON = int(dt.datetime(2026, 7, 14, 7, 0, tzinfo=dt.UTC).timestamp() * 1000)


@pytest.fixture
def _two_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"closed": "Closed since {closed_at}", "full": "{waiting} of {most} places, {full}: {reason}"}
    monkeypatch.setattr(refusals, "SENTENCES", known)


@pytest.mark.usefixtures("_two_sentences")
def test_a_moment_is_shown_as_the_clock_of_the_outlet() -> None:
    assert sentence("closed", {"closed_at": TWO_IN_THE_AFTERNOON}, INDONESIAN) == "Closed since 14.00"
    in_utc = Wording(Language.EN, utc_offset=dt.timedelta(0))
    assert sentence("closed", {"closed_at": TWO_IN_THE_AFTERNOON}, in_utc) == "Closed since 07:00"


@pytest.mark.usefixtures("_two_sentences")
def test_other_parameters_are_shown_as_they_are_and_whole_numbers_as_the_language_writes_them() -> None:
    params: dict[str, Parameter] = {"waiting": 1200, "most": 1000, "full": True, "reason": "see {notes}"}
    assert sentence("full", params, INDONESIAN) == "1.200 of 1.000 places, True: see {notes}"


def test_a_code_of_a_newer_broker_gets_a_sentence_that_names_it() -> None:
    assert sentence("from_the_future", {"n": 1}, INDONESIAN) == (
        "Saat ini belum bisa (from_the_future). Silakan hubungi pengawas."
    )
