"""Devices of earlier releases at today's broker: they work as they did, and what they don't know they bear."""

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import decode_state, encode_state
from broker.domain.known import Known
from broker.domain.state import State
from broker.domain.values import BusinessDay, CounterNumber, Delivery, DeviceId, PrinterState
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.broker.faults.test_clocks import SetClock
from tests.broker.releases.keep import archives
from tests.support import sample
from tests.support.broker import (
    KIOSK,
    OFFICE,
    OTHER_PC,
    PC,
    PINS,
    Device,
    HandClock,
    RunningBroker,
    new_outlet,
)
from tests.support.waiting import wait_until

PROGRAM = Path(__file__).with_name("old_device.py")
PATIENCE_SECONDS = 20.0
ONE = CounterNumber(1)
WEDNESDAY = BusinessDay("2026-07-15")

pytestmark = pytest.mark.slow


class Old:
    """A device of an older release, in its own process."""

    def __init__(self, archive: Path, broker: RunningBroker, device: DeviceId) -> None:
        bound, own = broker.server.bound, broker.enrolment.devices[device]
        keys = {"public": own.public, "secret": own.secret, "broker": broker.enrolment.broker.public}
        given = {"endpoints": {"requests": bound.requests, "updates": bound.updates}, "keys": keys}
        self.process = subprocess.Popen(
            [sys.executable, PROGRAM, json.dumps(given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(archive)},
        )
        self._told: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()
        assert self._answer()["broker"].startswith(str(archive)), "not the kept client"

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._told.put(line)

    def _answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self._told.get(timeout=PATIENCE_SECONDS))
        return answer

    def do(self, what: str, **how: Any) -> dict[str, Any]:
        """Tell it to do something; its answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps({"do": what} | how) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def send(self, command: c.AnyCommand) -> dict[str, Any]:
        """Let it send a command; the broker's answer."""
        return self.do("send", command=msgspec.to_builtins(command))

    def current(self, state: State) -> dict[str, Any]:
        """What it holds, once it says that it is current and as far as `state`."""
        return self.do("wait", link="LIVE", seq=state.seq)

    def close(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        try:
            assert self.process.wait(PATIENCE_SECONDS) == 0
        finally:
            self.process.kill()
            self._listener.join(PATIENCE_SECONDS)
            self.process.stdout.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock(sample.at(7, 31))


@pytest.fixture
def broker(tmp_path: Path, clock: HandClock) -> Iterator[RunningBroker]:
    running = RunningBroker(tmp_path, new_outlet(tmp_path), clock)
    yield running
    running.stop()


@pytest.fixture(params=archives(), ids=lambda path: path.stem)
def archive(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@contextmanager
def old_device(archive: Path, broker: RunningBroker, device: DeviceId) -> Iterator[Old]:
    old = Old(archive, broker, device)
    try:
        yield old
    finally:
        old.close()


def state_of(device: Device) -> State:
    """The broker's state, by a snapshot of today's client."""
    part = device.ask(m.AskSnapshot(new_request_id()))
    assert isinstance(part, m.SnapshotPart)
    assert part.parts == 1
    return decode_state(part.body)


def holds(told: dict[str, Any], state: State) -> bool:
    """Whether an older device's state says what the broker's says, in all that it knows of."""
    old = msgspec.msgpack.decode(bytes.fromhex(told["state"]))
    return _within(old, msgspec.msgpack.decode(encode_state(state)))


def differs_in(told: dict[str, Any], state: State) -> set[str]:
    """What an older device says otherwise than the broker."""
    old, new = (
        msgspec.msgpack.decode(bytes.fromhex(told["state"])),
        msgspec.msgpack.decode(encode_state(state)),
    )
    return {key for key, value in old.items() if key not in new or not _within(value, new[key])}


def _within(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        return all(key in new and _within(value, new[key]) for key, value in old.items())
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_within, old, new))
    return bool(old == new)


def test_an_older_kiosk_gives_out_a_number(archive: Path, broker: RunningBroker) -> None:
    with broker.device(OFFICE) as today, old_device(archive, broker, KIOSK) as kiosk:
        answer = kiosk.send(c.IssueTicket("A", sample.MICRO_BUSINESS))
        assert (answer["type"], answer["outcome"]["ticket"]) == ("accepted", "20260714-A001")
        assert kiosk.send(c.ConfirmDelivery("20260714-A001", Delivery.PAPER))["type"] == "accepted"
        assert kiosk.send(c.CallNext(ONE))["refusal"]["refusal"] == "not-permitted"
        state = state_of(today)
        assert holds(kiosk.current(state), state)


def test_an_older_counter_calls_and_serves(archive: Path, broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, old_device(archive, broker, PC) as counter:
        ticket = "20260714-B001"
        kiosk.accepted(c.IssueTicket("B"))
        kiosk.accepted(c.ConfirmDelivery(ticket, Delivery.PAPER))
        assert counter.do("sign-in", clerk="sri", pin=PINS["sri"])["type"] == "signed-in"
        assert counter.send(c.OpenCounter(ONE))["type"] == "accepted"
        assert counter.send(c.CallNext(ONE))["outcome"]["ticket"] == ticket
        for command in (c.StartService(ticket), c.CompleteTicket(ticket)):
            assert counter.send(command)["type"] == "accepted"
        state = state_of(kiosk)
        assert holds(counter.current(state), state)


def test_an_event_that_an_older_client_does_not_know_costs_it_one_snapshot(
    archive: Path, broker: RunningBroker
) -> None:
    with broker.device(KIOSK) as today, broker.device(OFFICE) as office:
        with old_device(archive, broker, PC) as counter:
            before = counter.current(state_of(today))["sent"]["ask-snapshot"]
            today.accepted(c.ReportPrinter(PrinterState.PAPER_OUT))
            state = state_of(today)
            told = counter.current(state)
            assert holds(told, state)
            assert told["sent"]["ask-snapshot"] == before + 1
            today.accepted(c.IssueTicket("A"))
            state = state_of(today)
            told = counter.current(state)
            assert holds(told, state), "what follows is folded as ever"
            assert told["sent"]["ask-snapshot"] == before + 1, "and no snapshot is taken again"
        assert state_of(office).printers == {KIOSK: PrinterState.PAPER_OUT}


def test_an_older_client_goes_on_past_numbers_that_somebody_else_knew(
    archive: Path, broker: RunningBroker
) -> None:
    with broker.device(OFFICE) as office, old_device(archive, broker, KIOSK) as kiosk:
        kiosk.current(state_of(office))
        office.accepted(c.PassNumbers(Known(sample.TUESDAY, {"A": 30})))
        assert kiosk.send(c.IssueTicket("A"))["outcome"]["ticket"] == "20260714-A031"
        state = state_of(office)
        assert holds(kiosk.current(state), state)


@contextmanager
def idle_counter(broker: RunningBroker) -> Iterator[None]:
    """Sri waits for somebody at counter 1, and the day goes on without the broker."""
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        pc.accepted(c.OpenCounter(ONE))
        yield


def test_after_a_close_that_nobody_saw_an_older_client_counts_idle_time_until_its_next_snapshot(
    archive: Path, broker: RunningBroker, clock: HandClock
) -> None:
    """It does not know when the counter is taken to have closed, and counts until the broker said so."""
    with (
        idle_counter(broker),
        broker.device(KIOSK) as today,
        old_device(archive, broker, OTHER_PC) as counter,
    ):
        snapshots = counter.current(state_of(today))["sent"]["ask-snapshot"]
        clock.time = sample.at(20)
        wait_until(lambda: state_of(today).day is None)
        state = state_of(today)
        told = counter.current(state)
        assert not holds(told, state)
        assert differs_in(told, state) == {"tallies"}
        assert told["sent"]["ask-snapshot"] == snapshots
        today.accepted(c.ReportPrinter(PrinterState.PAPER_OUT))  # unknown to it: it takes a snapshot
        state = state_of(today)
        assert holds(counter.current(state), state)


def test_a_new_day_ends_that_difference_without_a_snapshot(
    archive: Path, broker: RunningBroker, clock: HandClock
) -> None:
    with (
        idle_counter(broker),
        broker.device(KIOSK) as today,
        old_device(archive, broker, OTHER_PC) as counter,
    ):
        snapshots = counter.current(state_of(today))["sent"]["ask-snapshot"]
        clock.time = sample.at(7, 30, day=WEDNESDAY)
        wait_until(lambda: state_of(today).day == WEDNESDAY)
        state = state_of(today)
        told = counter.current(state)
        assert holds(told, state)
        assert told["sent"]["ask-snapshot"] == snapshots


def test_an_older_client_bears_that_a_clock_was_set_forward(archive: Path, tmp_path: Path) -> None:
    clock = SetClock(sample.at(7, 31))
    broker = RunningBroker(tmp_path, new_outlet(tmp_path), clock)
    try:
        with broker.device(OFFICE) as office, old_device(archive, broker, KIOSK) as kiosk:
            before = kiosk.current(state_of(office))["sent"]["ask-snapshot"]
            clock.set_by(60_000)
            assert kiosk.send(c.IssueTicket("A"))["outcome"]["at"] == sample.at(7, 32)
            state = state_of(office)
            told = kiosk.current(state)
            assert holds(told, state)
            assert told["sent"]["ask-snapshot"] == before + 1
    finally:
        broker.stop()


def set_back(folder: Path) -> tuple[RunningBroker, m.Shown]:
    """A broker over an old copy of its database, and what it told of itself after the copy was made."""
    enrolment, clock = new_outlet(folder), HandClock(sample.at(7, 31))
    copy = shutil.copytree(folder, folder / "copy")
    broker = RunningBroker(folder, enrolment, clock)
    with broker.device(KIOSK) as kiosk:
        kiosk.listen()
        kiosk.accepted(c.IssueTicket("A"))
        update = kiosk.heard_update()
        while not isinstance(update.records[-1].event, e.TicketIssued):
            update = kiosk.heard_update()
    broker.stop()
    for left in folder.glob("outlet.db*"):
        left.unlink()
    shutil.copytree(copy, folder, dirs_exist_ok=True)
    return RunningBroker(folder, enrolment, clock), m.Shown(update.epoch, update.records[-1].seq, update.mac)


def test_an_older_client_is_stale_while_the_broker_serves_nobody_and_comes_back(
    archive: Path, tmp_path: Path
) -> None:
    broker, shown = set_back(tmp_path)
    try:
        with broker.device(OFFICE) as office, old_device(archive, broker, KIOSK) as kiosk:
            first = kiosk.current(state_of(office))["sent"]["ask-snapshot"]
            office.ask(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "who knows more", shown))
            stale = kiosk.do("wait", link="STALE", seq=0)["sent"]["ask-snapshot"]
            assert stale <= first + 1, "it does not ask again and again"
            assert isinstance(office.ask(m.ConfirmHistory(new_request_id())), m.HistoryConfirmed)
            state = state_of(office)
            told = kiosk.current(state)
            assert holds(told, state)
            assert told["sent"]["ask-snapshot"] <= first + 3, "the new history costs it a snapshot"
    finally:
        broker.stop()


def test_today_still_has_events_that_older_clients_do_not_know() -> None:
    known = {kind.__struct_config__.tag for kind in e.AnyEvent.__args__}
    assert {"printer-reported", "numbers-passed"} <= known
