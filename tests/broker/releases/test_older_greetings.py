"""`hello-first` is about a connection and not about one message: older clients rely on its having no id."""

from pathlib import Path

import pytest

from broker.domain import commands as c
from broker.domain.values import Delivery
from tests.broker.releases.keep import archives
from tests.broker.releases.test_older_clients import old_device, state_of
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, HandClock, RunningBroker, new_outlet

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("archive", archives(), ids=lambda path: path.stem)
def test_what_an_older_client_sends_to_a_broker_that_was_just_started_anew_is_carried_out(
    archive: Path, tmp_path: Path
) -> None:
    """Its library connects again by itself, and the command comes before the greeting. With an id, the client would
    take the error for the command's answer and tell its citizen so.
    """
    enrolment, clock = new_outlet(tmp_path), HandClock(sample.at(7, 31))
    broker = RunningBroker(tmp_path, enrolment, clock)
    try:
        with old_device(archive, broker, KIOSK) as kiosk:
            with broker.device(OFFICE) as office:
                kiosk.current(state_of(office))
            for number in range(1, 4):
                bound = broker.server.bound
                broker.stop()
                broker = RunningBroker(tmp_path, enrolment, clock, bound)
                answer = kiosk.send(c.IssueTicket("A"))
                assert answer["type"] == "accepted", answer
                ticket = f"20260714-A{number:03d}"
                assert answer["outcome"]["ticket"] == ticket
                assert kiosk.send(c.ConfirmDelivery(ticket, Delivery.PAPER))["type"] == "accepted"
    finally:
        broker.stop()
