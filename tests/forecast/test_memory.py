"""What was learned survives the process."""

from pathlib import Path

import msgspec
import pytest

from forecast import memory
from forecast.experience import DAYS_KEPT, DayFigures, Experience, Raw, Score
from tests.forecast.hall import DAYS, entry, rest, shift, spell, steady
from tests.support import sample


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "experience.bin"


def test_what_is_written_is_read_again(file: Path) -> None:
    today = DayFigures(
        sample.TUESDAY,
        entries=[entry(480)],
        spells=[spell("A", 9.5)],
        gaps=[0.2],
        rests=[rest(600, 12), rest(700, None)],
        shifts=[shift()],
        scores=[Score(Raw(1, 2, 3), 2.5)],
    )
    experience = steady({"A": 10.0})
    memory.write(file, experience, today)
    assert memory.read(file) == memory.Remembered(memory.FORMAT, experience, today)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_no_file_is_no_experience(file: Path) -> None:
    assert memory.read(file).experience == Experience()


def test_a_file_that_is_not_ours_is_no_experience(file: Path) -> None:
    file.write_bytes(b"\x00 something else")
    assert memory.read(file).experience == Experience()


def test_a_file_of_another_format_is_no_experience(file: Path) -> None:
    memory.write(file, steady({"A": 10.0}), DayFigures(sample.TUESDAY))
    other = msgspec.msgpack.decode(file.read_bytes()) | {"format": memory.FORMAT + 1}
    file.write_bytes(msgspec.msgpack.encode(other))
    assert memory.read(file).experience == Experience()


def test_only_the_last_days_are_kept() -> None:
    experience = Experience()
    for number in range(DAYS_KEPT + 5):
        experience = experience.with_day(DayFigures(type(DAYS[0])(f"2026-06-{number + 1:02d}")))
    assert len(experience.days) == DAYS_KEPT
    assert experience.days[-1].day == f"2026-06-{DAYS_KEPT + 5:02d}"


def test_a_day_seen_again_takes_its_own_place() -> None:
    experience = (
        Experience().with_day(DayFigures(sample.TUESDAY)).with_day(DayFigures(sample.TUESDAY, gaps=[0.5]))
    )
    assert experience.days == (DayFigures(sample.TUESDAY, gaps=[0.5]),)
