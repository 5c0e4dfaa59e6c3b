"""The program over a real broker: it tells, tickets are answered with it, and it keeps what it learned."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.broker_line import BrokerLine
from antrean.outlet_folder import FORECAST, Devices
from broker.client import FixedKeys, new_request_id
from broker.domain import commands as c
from broker.domain.state import State
from broker.domain.ticket import Estimate
from broker.domain.values import ClerkId, CounterNumber, Delivery
from broker.protocol import messages as m
from forecast import memory
from tests.support.running import RunningOutlet, running_outlet
from wording import Language, Wording

PATIENCE_SECONDS = 40.0


@pytest.fixture(scope="module")
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(kiosks=1, counters=1, displays=0)) as running:
        yield running


@pytest.fixture
def forecast(outlet: RunningOutlet) -> Iterator["subprocess.Popen[bytes]"]:
    settings = outlet.made.settings[FORECAST]
    process = subprocess.Popen([sys.executable, "-m", "antrean", "forecast", "--settings", str(settings)])
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


def line(outlet: RunningOutlet, device: str) -> BrokerLine:
    return BrokerLine(outlet.endpoints, FixedKeys(outlet.keys(device)), Wording(Language.EN))


def told(counter: BrokerLine) -> State:
    """The state, once the forecast has told of queue A."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        counter.ask(m.AskProfiles(new_request_id()))
        expected = counter.state().expected.get("A")
        if expected is not None and expected.estimate is not None:
            return counter.state()
    raise AssertionError("the forecast has told nothing")


@pytest.mark.slow
def test_tickets_are_answered_with_what_the_forecast_tells(
    outlet: RunningOutlet, forecast: "subprocess.Popen[bytes]"
) -> None:
    with line(outlet, "kiosk-1") as kiosk, line(outlet, "counter-1") as counter:
        counter.ask(m.SignIn(new_request_id(), ClerkId("sri"), outlet.pin("sri")))
        counter.send(c.OpenCounter(CounterNumber(1)))
        state = told(counter)
        assert {each.letter for each in state.expected.values()} == {"A", "B", "C", "D", "E"}
        assert state.expected_with_priority["A"].with_priority
        answer = kiosk.send(c.IssueTicket("A"))
        assert isinstance(answer, m.Accepted)
        assert isinstance(answer.outcome, m.TicketOutcome)
        kiosk.send(c.ConfirmDelivery(answer.outcome.ticket, Delivery.PAPER))
        counter.ask(m.AskProfiles(new_request_id()))
        assert isinstance(counter.state().tickets[answer.outcome.ticket].estimate, Estimate)
    forecast.send_signal(signal.SIGTERM)
    assert forecast.wait(PATIENCE_SECONDS) == 0
    kept = memory.read(Path(outlet.made.folder) / "forecast-experience.bin")
    assert kept.today is not None
    assert [entry.letter for entry in kept.today.entries] == ["A"]
