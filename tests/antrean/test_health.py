"""Whether the broker serves, and what needs somebody's hand: a real broker in every state, with its exit code."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.broker_line import BrokerLine
from antrean.health import Health, Report, alarm_line, examine, old_backups
from antrean.outlet_folder import Devices
from antrean.problem import Problem
from antrean.settings import Settings
from broker.client import DeviceKeys, Endpoints, FixedKeys
from broker.domain.commands import IssueTicket
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, OFFICE, Device, HandClock, RunningBroker, new_outlet
from tests.support.running import RunningOutlet, running_outlet
from wording import Language, Wording

ENGLISH = Wording(Language.EN)
SECONDS = 60
MINUTE_MS = 60_000
NOW = sample.at(8)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(Instant(sample.at(8)))


@pytest.fixture
def broker(tmp_path: Path, clock: HandClock) -> Iterator[RunningBroker]:
    running = RunningBroker(tmp_path, new_outlet(tmp_path), clock)
    yield running
    running.stop()


def line_to(broker: RunningBroker, device: DeviceId = OFFICE, seconds: float = 10.0) -> BrokerLine:
    own, bound = broker.enrolment.devices[device], broker.server.bound
    keys = FixedKeys(DeviceKeys(own.public, own.secret, broker.enrolment.broker.public))
    return BrokerLine(Endpoints(bound.requests, bound.updates), keys, ENGLISH, seconds)


def health_of(broker: RunningBroker) -> Report:
    with line_to(broker) as line:
        return examine(line, ENGLISH)


def alive(device: Device, at: int) -> None:
    """A sign of life with the device's own clock; the hello after it says that it has been heard."""
    device.send(m.Alive(new_request_id(), Instant(at), Seq(0)))
    device.hello()


def test_a_broker_that_serves_without_alarms_is_healthy(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.accepted(IssueTicket("A"))
    report = health_of(broker)
    assert report.health is Health.HEALTHY
    (told,) = report.findings
    assert told.startswith("The broker serves: ")
    assert report.figures is not None
    assert report.figures.commands["issue-ticket"] == 1


def test_a_device_that_was_here_and_is_silent_is_an_alarm(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(DISPLAY):
        clock.time = Instant(clock.time + MINUTE_MS)
        report = health_of(broker)
    assert report.health is Health.DEGRADED
    (told,) = report.findings
    assert told == "display-1 has given no sign of life for 60 s. Look whether it runs and is connected."


def test_a_clock_that_is_off_is_an_alarm(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(KIOSK) as kiosk:
        alive(kiosk, clock.time - 2 * MINUTE_MS)
        report = health_of(broker)
    assert report.findings == ("The clock of kiosk-1 is off by 120 s. Let it be set from the network.",)
    assert report.health is Health.DEGRADED


@pytest.mark.parametrize("kind", m.AlarmKind)
@pytest.mark.parametrize("language", Language)
def test_every_alarm_has_words(kind: m.AlarmKind, language: Language) -> None:
    for device in (None, DeviceId("kiosk-1")):
        assert alarm_line(m.Alarm(kind, 7_000_000, device), NOW, Wording(language)).endswith(".")


def test_a_broker_that_is_away_does_not_serve(broker: RunningBroker) -> None:
    line = line_to(broker, seconds=0.3)
    broker.server.stop()
    with line:
        report = examine(line, ENGLISH)
    assert report.health is Health.NOT_SERVING
    assert "does not answer" in report.findings[0]
    assert report.figures is None


def test_a_broker_that_waits_for_a_word_on_its_history_does_not_serve(
    tmp_path: Path, clock: HandClock
) -> None:
    enrolment = new_outlet(tmp_path)
    shutil.copy(tmp_path / "outlet.db", tmp_path / "old")
    running = RunningBroker(tmp_path, enrolment, clock)
    with running.device(KIOSK) as kiosk:
        number = kiosk.accepted(IssueTicket("A")).seq
        word = next(
            heard
            for heard in iter(kiosk.heard, None)
            if isinstance(heard, m.Heartbeat) and heard.seq >= number
        )
    running.stop()
    for file in tmp_path.glob("outlet.db*"):
        file.unlink()
    shutil.copy(tmp_path / "old", tmp_path / "outlet.db")
    running = RunningBroker(tmp_path, enrolment, clock)
    with running.stranger(enrolment.devices[KIOSK]) as kiosk:
        kiosk.ask(m.Hello(new_request_id(), (1,), "a test", m.Shown(word.epoch, word.seq, word.mac)))
        report = health_of(running)
    running.stop()
    assert report.health is Health.NOT_SERVING
    assert "antrean confirm" in report.findings[0]


def test_what_this_machine_sees_needs_a_hand_too(broker: RunningBroker) -> None:
    with line_to(broker) as line:
        report = examine(line, ENGLISH, ("The newest backup is 60 h old.",))
    assert report.health is Health.DEGRADED
    assert report.findings == ("The newest backup is 60 h old.",)


def test_old_backups_are_told_where_they_should_be_and_elsewhere_where_they_are_seen(tmp_path: Path) -> None:
    operator, metrics = tmp_path / "antrean.toml", tmp_path / "metrics.toml"
    operator.write_text("[broker]\n")
    metrics.write_text("[metrics]\n")
    (none,) = old_backups(operator, Settings(), ENGLISH)
    assert none.startswith(f"There is no backup in {tmp_path / 'backups'}. Make one with")
    assert old_backups(metrics, Settings(), ENGLISH) == ()
    (tmp_path / "backups").mkdir()
    assert old_backups(metrics, Settings(), ENGLISH) == (none,)


def test_a_device_that_may_not_ask_is_told_so(broker: RunningBroker) -> None:
    with line_to(broker, KIOSK) as line, pytest.raises(Problem, match="not-permitted"):
        examine(line, ENGLISH)


# At the command line


@pytest.fixture(scope="module")
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(1, 1, 0)) as running:
        yield running


def health(outlet: RunningOutlet, *arguments: str) -> "subprocess.CompletedProcess[str]":
    settings = outlet.made.folder / "metrics.toml"
    return subprocess.run(
        [sys.executable, "-m", "antrean", "health", "--settings", str(settings), *arguments],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )


@pytest.mark.slow
def test_the_exit_code_tells_how_it_is(outlet: RunningOutlet) -> None:
    done = health(outlet, "--json")
    assert done.returncode == 0, done
    told = json.loads(done.stdout)
    assert told["health"] == "healthy"
    assert told["figures"]["is_confirmed"] is True
    away = health(outlet, "--connect", "tcp://127.0.0.1:9", "--timeout", "0.3")
    assert away.returncode == 2
    assert "does not answer" in away.stdout
