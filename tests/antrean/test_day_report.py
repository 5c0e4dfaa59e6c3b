"""A day's figures as an operator reads them, and as other programs do."""

import csv
from pathlib import Path

import pytest

from antrean.day_report import CHANNELS, Told, told, write_csv
from antrean.problem import Problem
from broker.domain.day import MINUTE_MS
from broker.domain.day_report import ClerkFigures, DayFigures, ForecastFigures, OneDayFigures, WaitFigures
from broker.domain.state import Conduct, Tally
from broker.domain.values import Channel
from tests.support import sample
from tests.support.outlet import NAMES
from wording import Language, Wording

PROMISES = (12, 10, 9, 2, 1, 1, 95 * MINUTE_MS, 1234 * MINUTE_MS)
FIGURES = DayFigures(
    sample.TUESDAY,
    one_day=(OneDayFigures(None, *PROMISES), OneDayFigures(sample.MICRO_BUSINESS, *PROMISES)),
    waits=(
        WaitFigures("A", Channel.WALK_IN, False, 1200, 1100, 3, 12 * MINUTE_MS, 30 * MINUTE_MS),
        WaitFigures("A", Channel.DRIVE_THRU, True, 4, 4, 0, 5 * MINUTE_MS, 6 * MINUTE_MS, 4, 3),
    ),
    forecast=ForecastFigures(10, 90, 75, 12, 3 * MINUTE_MS),
    clerks=(
        ClerkFigures(sample.BUDI, (sample.MICRO_BUSINESS, sample.RESEARCH), Tally(), {}),
        ClerkFigures(
            sample.SRI,
            None,
            Tally(30, 20, 20 * 8 * MINUTE_MS, 3, 12, 40 * MINUTE_MS, 15 * MINUTE_MS),
            {9: Conduct(1, 2, 3)},
        ),
    ),
)
SERVICES = {each.code: each for each in sample.SERVICES}
REPORT = Told("PTSP Kelurahan Tebet Timur", FIGURES, SERVICES, {sample.SRI: NAMES["sri"]})


def lines(language: Language) -> list[str]:
    return list(told(REPORT, Wording(language)))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_it_reads_as_a_table_in_either_language() -> None:
    english, indonesian = lines(Language.EN), lines(Language.ID)
    assert english[0] == "PTSP Kelurahan Tebet Timur, Tuesday, 14 July 2026"
    assert indonesian[0] == "PTSP Kelurahan Tebet Timur, Selasa, 14 Juli 2026"
    assert cells(english[4]) == ["All", "12", "10", "9", "2", "1", "1", "95 min", "1,234 min"]
    assert cells(indonesian[5])[0] == "Izin Usaha Mikro"
    assert cells(indonesian[5])[-1] == "1.234 menit"
    assert len(english) == len(indonesian)


def test_waits_forecast_clerks_and_changed_turns_are_told() -> None:
    rows = [cells(line) for line in lines(Language.EN)]
    assert ["A", "Walk-in", "no", "1,200", "1,100", "3", "12 min", "30 min", "–"] in rows
    assert ["A", "Drive-thru", "yes", "4", "4", "0", "5 min", "6 min", "3 of 4"] in rows
    assert ["90", "75 of 90", "12 min", "3 min", "10"] in rows
    assert ["Sri Wahyuni", "30", "3", "12", "8 min", "40 min", "15 min"] in rows
    assert ["Sri Wahyuni", "9–10", "1", "2", "3"] in rows
    assert ["budi", "IUMK, RISET"] in rows
    assert ["Sri Wahyuni", "All"] in rows


def test_columns_stand_under_each_other() -> None:
    table = lines(Language.EN)[3:6]
    ends = {line.rfind("1,234 min") for line in table[1:]}
    assert len(ends) == 1


def test_a_part_without_figures_says_so() -> None:
    empty = DayFigures(sample.TUESDAY, (), (), ForecastFigures(0, 0, 0, None, None), ())
    text = list(told(Told("PTSP", empty, {}, {}), Wording(Language.EN)))
    assert text.count("  None") == 6


def test_every_channel_has_its_word() -> None:
    assert set(CHANNELS) == set(Channel)


def test_other_programs_get_every_figure_in_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    write_csv(REPORT, path, Wording(Language.ID))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["day"] for row in rows} == {"2026-07-14"}

    def value(**about: str) -> str:
        (row,) = (row for row in rows if all(row[name] == wanted for name, wanted in about.items()))
        return row["value"]

    assert value(part="one-day", service="", figure="p90_ms") == str(1234 * MINUTE_MS)
    assert value(part="waits", queue="A", channel="drive-thru", priority="1", figure="within") == "3"
    assert value(part="conduct", clerk="sri", hour="9", figure="chosen") == "2"
    assert value(part="forecast", figure="covered") == "75"
    assert value(part="skills", clerk="sri", service="*") == "1"
    assert value(part="clerks", clerk="sri", figure="idle_ms") == str(40 * MINUTE_MS)


def test_a_file_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="can't be written"):
        write_csv(REPORT, tmp_path / "nowhere" / "day.csv", Wording(Language.EN))
