"""A client written from the protocol's page alone works with a real broker: its page says what one has to know."""

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgpack
import pytest

from broker.domain.codec import decode_state, encode_state
from broker.domain.known import Known
from broker.domain.state import State
from broker.domain.values import DeviceId
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server import queries
from tests.support import sample, small_client
from tests.support.broker import KIOSK, OFFICE, PC, PINS, HandClock, RunningBroker, new_outlet
from tests.support.small_client import SmallClient, new_command_id

SHORT_MS = 400
"""A test's client begins anew sooner."""


class Outlet:
    """A broker that can be started anew where it was, also over an old copy of its database."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._copy = folder / "disk", folder / "copy"
        self._folder.mkdir()
        self._enrolment = new_outlet(self._folder)
        self._clock = HandClock(sample.at(7, 31))
        shutil.copytree(self._folder, self._copy)
        self.broker = RunningBroker(self._folder, self._enrolment, self._clock)

    def start(self) -> None:
        """Start the broker again where it was."""
        self.broker = RunningBroker(self._folder, self._enrolment, self._clock, self.broker.server.bound)

    def set_back(self) -> None:
        """Start it over the copy."""
        shutil.rmtree(self._folder)
        shutil.copytree(self._copy, self._folder)
        self.start()

    def client(self, device: DeviceId, silence_ms: int = 3000) -> SmallClient:
        own, broker = self._enrolment.devices[device], self._enrolment.broker
        keys = {"public": own.public, "secret": own.secret, "broker": broker.public}
        bound = self.broker.server.bound
        return SmallClient(bound.requests, bound.updates, keys, silence_ms)

    @property
    def state(self) -> State:
        """What the broker has."""
        with self.broker.device(OFFICE) as office:
            part = office.ask(m.AskSnapshot(new_request_id()))
            assert isinstance(part, m.SnapshotPart)
            return decode_state(part.body)


@pytest.fixture
def outlet(tmp_path: Path) -> Iterator[Outlet]:
    running = Outlet(tmp_path)
    yield running
    running.broker.stop()


@pytest.fixture
def kiosk(outlet: Outlet) -> Iterator[SmallClient]:
    with outlet.client(KIOSK) as client:
        client.hello()
        yield client


def issued(client: SmallClient, under: str | None = None) -> Any:
    answer = client.command(under, command="issue-ticket", letter="B")
    assert answer["type"] == "accepted", answer
    return answer["outcome"]["ticket"]


def listen_until(client: SmallClient, seq: int) -> None:
    while client.seq < seq:
        client.listen()


def test_it_imports_nothing_of_ours() -> None:
    tree = ast.parse(Path(small_client.__file__).read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported - sys.stdlib_module_names == {"zmq", "msgpack"}


def test_it_says_hello_and_hears_who_it_is(kiosk: SmallClient) -> None:
    assert (kiosk.welcome["device"], kiosk.welcome["role"], kiosk.welcome["version"]) == (
        "kiosk-1",
        "kiosk",
        1,
    )


def test_it_takes_a_number_and_hears_of_it(kiosk: SmallClient) -> None:
    kiosk.listen()
    answer = kiosk.command(command="issue-ticket", letter="B", priority="elderly")
    ticket = answer["outcome"]["ticket"]
    assert (answer["type"], ticket) == ("accepted", "20260714-B001")
    kiosk.command(command="confirm-delivery", ticket=ticket, delivery="paper")
    listen_until(kiosk, answer["seq"] + 1)
    heard = [record["event"]["event"] for record in kiosk.since]
    assert heard[-2:] == ["ticket-issued", "ticket-delivered"]


def test_it_learns_why_not(kiosk: SmallClient) -> None:
    answer = kiosk.command(command="issue-ticket", letter="Z")
    assert (answer["type"], answer["refusal"]) == ("refused", {"refusal": "unknown-queue", "letter": "Z"})


def test_it_calls_as_a_counter_whose_clerk_has_signed_in(outlet: Outlet, kiosk: SmallClient) -> None:
    ticket = issued(kiosk)
    kiosk.command(command="confirm-delivery", ticket=ticket, delivery="paper")
    with outlet.client(PC) as counter:
        counter.hello()
        assert counter.ask(type="sign-in", clerk="sri", pin=PINS["sri"])["type"] == "signed-in"
        counter.command(command="open-counter", counter=1)
        assert counter.command(command="call-next", counter=1)["outcome"] == {
            "kind": "call",
            "ticket": ticket,
        }


def test_what_it_sends_again_acts_once(outlet: Outlet, kiosk: SmallClient) -> None:
    command = new_command_id()
    first = issued(kiosk, command)
    assert issued(kiosk, command) == first
    kiosk.connect()
    kiosk.hello()
    assert issued(kiosk, command) == first
    outlet.broker.stop()
    outlet.start()
    assert issued(kiosk, command) == first, "after the broker's restart too"
    assert outlet.state.numbers == {"B": 1}


def test_a_command_that_meets_no_broker_is_carried_out_when_there_is_one(outlet: Outlet) -> None:
    with outlet.client(KIOSK, SHORT_MS) as client:
        client.hello()
        outlet.broker.stop()
        command = new_command_id()
        wish = {"command": "issue-ticket", "letter": "B"}
        client.send(type="command", id=command, command=wish)
        outlet.start()
        assert issued(client, command) == "20260714-B001"
        assert outlet.state.numbers == {"B": 1}


def test_its_snapshot_is_the_brokers_state(outlet: Outlet, kiosk: SmallClient) -> None:
    issued(kiosk)
    kiosk.take_snapshot()
    assert kiosk.state == msgpack.unpackb(encode_state(outlet.state), strict_map_key=False)


def test_a_snapshot_of_many_parts_is_put_together(
    outlet: Outlet, kiosk: SmallClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = encode_state(outlet.state)
    monkeypatch.setattr(queries, "SNAPSHOT_PART_BYTES", 100)
    kiosk.take_snapshot()
    assert kiosk.state == msgpack.unpackb(whole, strict_map_key=False)


def test_it_sees_a_gap_and_asks_for_what_is_missing(kiosk: SmallClient) -> None:
    kiosk.listen()
    for _ in range(3):
        issued(kiosk)
    while msgpack.unpackb(kiosk.updates.recv())["type"] != "update":
        pass  # lost on the way
    kiosk.taken.clear()
    answer = kiosk.command(command="issue-ticket", letter="B")
    listen_until(kiosk, answer["seq"])
    assert kiosk.taken == ["ask-updates"]
    numbers = [each["seq"] for each in kiosk.since]
    assert numbers == list(range(kiosk.state["seq"] + 1, answer["seq"] + 1))


def test_it_takes_a_snapshot_when_a_replay_would_be_too_long(
    kiosk: SmallClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.listen()
    monkeypatch.setattr(queries, "REPLAY_AT_MOST", 1)
    for _ in range(3):
        last = kiosk.command(command="issue-ticket", letter="B")["seq"]
    while msgpack.unpackb(kiosk.updates.recv())["type"] != "update":
        pass
    kiosk.taken.clear()
    kiosk.command(command="issue-ticket", letter="B")
    listen_until(kiosk, last + 1)
    assert "ask-snapshot" in kiosk.taken
    assert kiosk.seq == last + 1


def test_it_keeps_a_broker_that_was_set_back_from_giving_out_a_number_twice(
    outlet: Outlet, kiosk: SmallClient
) -> None:
    kiosk.listen()
    ticket = issued(kiosk)
    while kiosk.since[-1:] == [] or kiosk.since[-1]["event"].get("ticket") != ticket:
        kiosk.listen()
    outlet.broker.stop()
    outlet.set_back()
    kiosk.connect()
    refused = kiosk.hello()
    assert (refused["type"], refused["code"]) == ("error", "history-unconfirmed")
    with outlet.broker.device(OFFICE) as office:
        known = Known(sample.TUESDAY, {"B": 1})
        assert isinstance(office.ask(m.ConfirmHistory(new_request_id(), known)), m.HistoryConfirmed)
    assert kiosk.hello()["type"] == "welcome"
    before, kiosk.taken = kiosk.epoch, []
    assert issued(kiosk) == "20260714-B002"
    kiosk.listen()
    assert (kiosk.epoch == before, kiosk.taken) == (False, ["ask-snapshot"])
