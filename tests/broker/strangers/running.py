"""A broker for as long as a block lasts, also when the block fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broker.server.limits import Limits
from broker.server.provision import Enrolment
from broker.server.server import DEFAULT_LIMITS
from tests.support.broker import ANYWHERE, HandClock, RunningBroker


@contextmanager
def running(
    folder: Path, enrolment: Enrolment, clock: HandClock, limits: Limits = DEFAULT_LIMITS
) -> Iterator[RunningBroker]:
    """A listening broker on the folder's database."""
    broker = RunningBroker(folder, enrolment, clock, ANYWHERE, limits)
    try:
        yield broker
    finally:
        broker.stop()
