from collections.abc import Iterator
from pathlib import Path

import pytest

from broker.server.provision import Enrolment
from broker.store.database import Database
from tests.support import sample
from tests.support.broker import HandClock, RunningBroker, new_outlet, url_in


@pytest.fixture
def clock() -> HandClock:
    return HandClock(sample.at(7, 31))


@pytest.fixture
def enrolment(tmp_path: Path) -> Enrolment:
    """A new outlet's database in `tmp_path`, and everybody's keys."""
    return new_outlet(tmp_path)


@pytest.fixture
def database(tmp_path: Path, enrolment: Enrolment) -> Iterator[Database]:
    """The new outlet's database."""
    with Database.open(url_in(tmp_path)) as database:
        yield database


@pytest.fixture
def broker(tmp_path: Path, enrolment: Enrolment, clock: HandClock) -> Iterator[RunningBroker]:
    """A listening broker on the new outlet's database."""
    broker = RunningBroker(tmp_path, enrolment, clock)
    yield broker
    broker.stop()
