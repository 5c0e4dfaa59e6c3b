"""Mornings by seed, each on a print journal of its own."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from hardware.print_journal import PrintJournal
from tests.hardware.faults.schedule import Morning

MorningOf = Callable[[int], Morning]


@pytest.fixture
def morning_of(tmp_path: Path) -> Iterator[MorningOf]:
    """Makes the morning of a seed. The log is kept out: thousands of faults are told in it."""
    empty = tmp_path / "empty.db"
    PrintJournal(empty, lambda: dt.datetime(2026, 7, 14, tzinfo=dt.UTC)).close()

    def make(seed: int) -> Morning:
        journal = tmp_path / f"{seed}.db"
        shutil.copy(empty, journal)
        return Morning(seed, journal)

    before = structlog.get_config()
    structlog.configure(processors=[_drop])
    yield make
    structlog.configure(**before)


def _drop(*_: object) -> dict[str, object]:
    raise structlog.DropEvent
