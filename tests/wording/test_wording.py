"""Texts, dates and numbers as each language writes them."""

import datetime as dt

import pytest

from wording import N_, Language, Wording, fonts

INDONESIAN = Wording(Language.ID)
ENGLISH = Wording(Language.EN)

BASTILLE_DAY = dt.date(2026, 7, 14)


def test_a_sentence_is_shown_in_the_chosen_language() -> None:
    assert ENGLISH.t("{minutes} min", minutes="5") == "5 min"
    assert INDONESIAN.t("{minutes} min", minutes="5") == "5 menit"


def test_a_marked_constant_is_translated_when_it_is_shown() -> None:
    marked = N_("{minutes} min")
    assert marked == "{minutes} min"
    assert INDONESIAN.t(marked, minutes=5) == "5 menit"


def test_a_sentence_without_a_translation_is_shown_as_the_code_has_it() -> None:
    nobody_translated = "Nobody translated this"
    assert INDONESIAN.t(nobody_translated) == nobody_translated
    assert INDONESIAN.tp("a context", nobody_translated) == nobody_translated


def test_a_missing_parameter_is_an_error() -> None:
    with pytest.raises(KeyError, match="minutes"):
        ENGLISH.t("{minutes} min")


def test_english_has_a_form_for_one_and_a_form_for_many() -> None:
    one, many = "{n} frog in {place}", "{n} frogs in {place}"
    assert ENGLISH.tn(one, many, 1, place="a pond") == "1 frog in a pond"
    assert ENGLISH.tn(one, many, 0, place="a pond") == "0 frogs in a pond"
    assert ENGLISH.tn(one, many, 1200, place="a pond") == "1,200 frogs in a pond"
    assert INDONESIAN.tn(one, many, 1200, place="a pond") == "1.200 frogs in a pond"


@pytest.mark.parametrize(
    ("wording", "clock", "date", "weekday_date", "short_date", "number"),
    [
        (INDONESIAN, "10.08", "14 Juli 2026", "Selasa, 14 Juli 2026", "14 Jul", "1.234.567"),
        (ENGLISH, "10:08", "14 July 2026", "Tuesday, 14 July 2026", "14 Jul", "1,234,567"),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_does(
    wording: Wording, clock: str, date: str, weekday_date: str, short_date: str, number: str
) -> None:
    assert wording.clock(dt.time(10, 8)) == clock
    assert wording.date(BASTILLE_DAY) == date
    assert wording.weekday_date(BASTILLE_DAY) == weekday_date
    assert wording.short_date(BASTILLE_DAY) == short_date
    assert wording.number(1234567) == number


def test_the_clock_has_24_hours_in_both_languages() -> None:
    assert INDONESIAN.clock(dt.time(16, 0)) == "16.00"
    assert ENGLISH.clock(dt.time(16, 0)) == "16:00"
    assert ENGLISH.clock(dt.time(0, 5)) == "00:05"


def test_a_moment_is_shown_in_the_local_time_of_the_outlet() -> None:
    late_on_the_13th_in_utc = dt.datetime(2026, 7, 13, 18, 30, tzinfo=dt.UTC)
    assert INDONESIAN.clock(late_on_the_13th_in_utc) == "01.30"
    assert INDONESIAN.date(late_on_the_13th_in_utc) == "14 Juli 2026"
    in_utc = Wording(Language.ID, utc_offset=dt.timedelta(0))
    assert in_utc.clock(late_on_the_13th_in_utc) == "18.30"
    assert in_utc.weekday_date(late_on_the_13th_in_utc) == "Senin, 13 Juli 2026"


def test_unix_milliseconds_become_local_time() -> None:
    moment = dt.datetime(2026, 7, 14, 3, 8, tzinfo=dt.UTC)
    local = INDONESIAN.local(int(moment.timestamp() * 1000))
    assert local == moment
    assert INDONESIAN.clock(local) == "10.08"


def test_a_time_without_a_zone_is_local_already() -> None:
    assert INDONESIAN.clock(dt.datetime(2026, 7, 14, 10, 8)) == "10.08"
    assert INDONESIAN.date(dt.datetime(2026, 7, 14, 0, 8)) == "14 Juli 2026"


def test_a_range_joins_its_ends_with_a_dash_unless_they_are_one() -> None:
    assert INDONESIAN.minutes_range(20, 30) == "20–30 menit"
    assert ENGLISH.minutes_range(20, 30) == "20–30 min"
    assert INDONESIAN.minutes_range(5, 5) == "5 menit"
    assert INDONESIAN.number_range(20, 30) == "20–30"


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (8, "0:08"), (252, "4:12"), (252.9, "4:12"), (3852, "1:04:12"), (-3, "0:00")],
)
def test_a_duration_is_shown_in_minutes_and_seconds(seconds: float, shown: str) -> None:
    assert INDONESIAN.duration(seconds) == ENGLISH.duration(seconds) == shown


def test_a_wording_is_a_value() -> None:
    assert Wording(Language.ID) == INDONESIAN
    assert {INDONESIAN: 1}[Wording(Language("id"))] == 1


def test_the_fonts_are_there_with_their_licence() -> None:
    for font in (fonts.MEDIUM, fonts.BOLD):
        assert font.read_bytes()[:4] == b"\x00\x01\x00\x00"
        assert "SIL OPEN FONT LICENSE" in font.with_name("OFL.txt").read_text(encoding="utf-8").upper()
