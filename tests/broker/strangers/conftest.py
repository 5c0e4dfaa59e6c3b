"""An outlet for strangers to try: its broker, and what it looks like before and after."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from broker.server.provision import Enrolment
from tests.broker.strangers.running import running
from tests.support import sample
from tests.support.broker import HandClock, RunningBroker, new_outlet


@pytest.fixture
def clock() -> HandClock:
    return HandClock(sample.at(8))


@pytest.fixture
def enrolment(tmp_path: Path) -> Enrolment:
    return new_outlet(tmp_path)


@pytest.fixture
def broker(tmp_path: Path, enrolment: Enrolment, clock: HandClock) -> Iterator[RunningBroker]:
    """A listening broker on a new outlet's database in `tmp_path`."""
    with running(tmp_path, enrolment, clock) as broker:
        yield broker
