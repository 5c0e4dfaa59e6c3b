"""A device's keys in their file, and their renewal while a real broker and a real device work."""

import fcntl
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antrean import keys
from antrean.broker_line import BrokerLine
from antrean.keys import DeviceKeyring, PassingKeyring
from antrean.problem import Problem
from broker.client import SYSTEM_CLOCK, DeviceKeys, Endpoints, Inbound, Link, Session, Transport
from broker.client.session import CommandAnswer
from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.limits import Limits
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, HandClock, RunningBroker, new_outlet
from wording import Language, Wording

W = Wording(Language.EN)
OWN = DeviceKeys("p" * 40, "s" * 40, "b" * 40)
NEXT_BROKER = "n" * 40
DEADLINE_SECONDS = 30


@pytest.fixture
def path(tmp_path: Path) -> Path:
    keys.write(tmp_path / "kiosk-1.key", OWN)
    return tmp_path / "kiosk-1.key"


def test_at_first_there_is_one_way_to_connect(path: Path) -> None:
    keyring = DeviceKeyring(path, W)
    assert keyring.candidates() == (OWN,)
    assert keyring.next_broker_key() is None


def test_a_next_pair_is_on_disk_before_it_is_offered_and_tried_first(path: Path) -> None:
    public = DeviceKeyring(path, W).prepare()
    again = DeviceKeyring(path, W)  # after a power cut
    assert again.prepare() == public
    first, second = again.candidates()
    assert (first.public, first.broker) == (public, OWN.broker)
    assert second == OWN
    assert path.stat().st_mode & 0o777 == keys.OWNER_ONLY


def test_what_the_broker_has_answered_to_is_the_only_way_from_then_on(path: Path) -> None:
    keyring = DeviceKeyring(path, W)
    keyring.prepare()
    keyring.hold_broker_key(NEXT_BROKER)
    assert len(keyring.candidates()) == 4
    chosen = next(each for each in keyring.candidates() if each.broker == NEXT_BROKER)
    keyring.settle(chosen)
    assert keyring.candidates() == DeviceKeyring(path, W).candidates() == (chosen,)
    assert keyring.next_broker_key() is None


def test_the_old_keys_answered_to_leave_the_next_ones_to_come(path: Path) -> None:
    keyring = DeviceKeyring(path, W)
    keyring.hold_broker_key(NEXT_BROKER)
    keyring.settle(OWN)
    assert keyring.next_broker_key() == NEXT_BROKER
    keyring.hold_broker_key(OWN.broker)  # what is in use already is not kept as the next
    assert keyring.next_broker_key() == NEXT_BROKER


def test_a_file_left_half_written_by_a_power_cut_is_in_nobodys_way(path: Path) -> None:
    path.with_name(path.name + ".new").write_text("half a li")
    DeviceKeyring(path, W).prepare()
    assert len(DeviceKeyring(path, W).candidates()) == 2


# Several programs of one device


def test_what_another_program_has_kept_meanwhile_is_there_and_stays(path: Path) -> None:
    first, second = DeviceKeyring(path, W), DeviceKeyring(path, W)
    public = first.prepare()
    second.hold_broker_key(NEXT_BROKER)
    assert first.candidates() == second.candidates()
    assert {(each.public, each.broker) for each in first.candidates()} == {
        (own, broker) for own in (OWN.public, public) for broker in (OWN.broker, NEXT_BROKER)
    }
    assert second.prepare() == public
    second.settle(first.candidates()[0])
    assert [each.public for each in first.candidates()] == [public, public]


def test_what_another_program_has_settled_is_not_undone_by_a_late_word(path: Path) -> None:
    first, second = DeviceKeyring(path, W), DeviceKeyring(path, W)
    first.hold_broker_key(NEXT_BROKER)
    first.settle(first.candidates()[1])
    second.hold_broker_key(NEXT_BROKER)  # a heartbeat from before
    second.settle(OWN)
    assert [each.broker for each in second.candidates()] == [NEXT_BROKER]
    assert second.next_broker_key() is None


def test_who_keeps_the_lock_holds_nobody_up_for_good(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "LOCK_SECONDS", 0.05)
    keyring = DeviceKeyring(path, W)
    folder = os.open(path.parent, os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # as a program that was stopped in the middle
    try:
        with pytest.raises(OSError, match="locked"):
            keyring.prepare()
        assert keyring.candidates() == (OWN,)
    finally:
        os.close(folder)
    assert keyring.prepare() == keyring.candidates()[0].public


def test_the_file_stays_its_owners_whoever_changes_it(path: Path) -> None:
    owner = 1234 if os.geteuid() == 0 else os.geteuid()
    os.chown(path, owner, -1)
    DeviceKeyring(path, W).prepare()
    assert (path.stat().st_uid, path.stat().st_mode & 0o777) == (owner, keys.OWNER_ONLY)


def test_a_file_that_has_gone_leaves_a_running_program_the_keys_it_had(path: Path) -> None:
    keyring = DeviceKeyring(path, W)
    path.unlink()
    assert keyring.candidates() == (OWN,)
    path.write_text("public = 'half a li")
    assert keyring.candidates() == (OWN,)


def test_a_command_that_comes_and_goes_makes_no_keys_but_keeps_what_it_is_told(path: Path) -> None:
    passing = PassingKeyring(path, W)
    assert passing.prepare() is None
    assert passing.candidates() == (OWN,)
    DeviceKeyring(path, W).prepare()
    passing.hold_broker_key(NEXT_BROKER)
    assert len(passing.candidates()) == 4
    passing.settle(passing.candidates()[0])
    assert len(DeviceKeyring(path, W).candidates()) == 2


# With a real broker


class Kiosk:
    """A real session on real sockets, with its keys in a file."""

    def __init__(self, broker: RunningBroker, path: Path) -> None:
        bound = broker.server.bound
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        self.keyring = DeviceKeyring(path, W)
        self.transport = Transport(Endpoints(bound.requests, bound.updates), self.keyring, self._arrived.put)
        self.session = Session(self.transport, "a test", SYSTEM_CLOCK, self.keyring)
        self.transport.start()
        self.session.start()

    def until(self, condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            assert time.monotonic() < ends, "not in time"
            self.turn()

    def turn(self) -> None:
        try:
            self.session.receive(self._arrived.get(timeout=0.02))
        except queue.Empty:
            self.session.tick()

    def issue(self) -> None:
        answers: list[CommandAnswer] = []
        self.session.send(IssueTicket("A"), answers.append, expires_after=DEADLINE_SECONDS)
        self.until(lambda: bool(answers))
        assert isinstance(answers[0], m.Accepted), answers


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[RunningBroker]:
    clock = HandClock(sample.at(7, 31))
    broker = RunningBroker(tmp_path, new_outlet(tmp_path), clock, limits=Limits(1e6, 1e6))
    yield broker
    broker.stop()


@pytest.fixture
def kiosk(broker: RunningBroker, tmp_path: Path) -> Iterator[Kiosk]:
    own = broker.enrolment.devices[KIOSK]
    path = tmp_path / "real.key"
    keys.write(path, DeviceKeys(own.public, own.secret, broker.enrolment.broker.public))
    kiosk = Kiosk(broker, path)
    kiosk.until(lambda: kiosk.session.link is Link.LIVE)
    yield kiosk
    kiosk.transport.stop()


def test_a_kiosk_that_is_asked_has_a_new_key_and_goes_on(broker: RunningBroker, kiosk: Kiosk) -> None:
    (old,) = kiosk.keyring.candidates()
    with broker.device(OFFICE) as office:
        assert isinstance(office.ask(m.RenewKeys(new_request_id(), (KIOSK,))), m.KeysRenewing)
        kiosk.until(lambda: kiosk.keyring.candidates()[0].public != old.public)
        kiosk.until(lambda: len(kiosk.keyring.candidates()) == 1)
        kiosk.until(lambda: kiosk.session.link is Link.LIVE)
        kiosk.issue()
        standings = office.ask(m.AskDevices(new_request_id()))
        assert isinstance(standings, m.Devices)
        assert not any(each.is_renewing for each in standings.devices)
    with broker.stranger(broker.enrolment.devices[KIOSK]) as late:
        late.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "with the old key"))
        assert not late.requests.poll(1000)


def test_the_brokers_key_changes_and_a_kiosk_finds_it_by_itself(broker: RunningBroker, kiosk: Kiosk) -> None:
    with broker.device(OFFICE) as office:
        announced = office.ask(m.RenewBrokerKey(new_request_id()))
        assert isinstance(announced, m.BrokerKeyAnnounced)
        kiosk.until(lambda: kiosk.keyring.next_broker_key() == announced.next_key)
        switched: list[m.Answer] = []

        def has_switched() -> bool:
            answer = office.ask(m.SwitchBrokerKey(new_request_id()))
            switched.append(answer)
            return isinstance(answer, m.BrokerKeySwitched)

        kiosk.until(has_switched)  # from its next sign of life on the broker knows that the kiosk is ready
    kiosk.until(lambda: kiosk.keyring.candidates()[0].broker == announced.next_key)
    kiosk.until(lambda: kiosk.session.link is Link.LIVE)
    kiosk.issue()
    assert len(kiosk.keyring.candidates()) == 1


def renewed(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        assert isinstance(office.ask(m.RenewKeys(new_request_id(), (KIOSK,))), m.KeysRenewing)


def is_renewing(broker: RunningBroker) -> bool:
    with broker.device(OFFICE) as office:
        standings = office.ask(m.AskDevices(new_request_id()))
        assert isinstance(standings, m.Devices)
        return any(each.is_renewing for each in standings.devices)


def test_two_programs_of_a_device_are_asked_at_once_and_both_go_on(
    broker: RunningBroker, kiosk: Kiosk, tmp_path: Path
) -> None:
    other = Kiosk(broker, tmp_path / "real.key")
    try:
        other.until(lambda: other.session.link is Link.LIVE)
        for _ in range(2):
            renewed(broker)
            deadline = time.monotonic() + DEADLINE_SECONDS
            while is_renewing(broker) or len(kiosk.keyring.candidates()) > 1:
                assert time.monotonic() < deadline, "not in time"
                kiosk.turn()
                other.turn()
            for each in (kiosk, other):
                each.transport.renew()
                each.session.start()
                each.until(lambda each=each: each.session.welcome is not None)  # type: ignore[misc]
                each.issue()
    finally:
        other.transport.stop()


def line(broker: RunningBroker, path: Path) -> BrokerLine:
    bound = broker.server.bound
    return BrokerLine(Endpoints(bound.requests, bound.updates), PassingKeyring(path, W), W)


def test_a_short_command_works_at_every_step_of_a_renewal(broker: RunningBroker, tmp_path: Path) -> None:
    own = broker.enrolment.devices[KIOSK]
    path = tmp_path / "own.key"
    keys.write(path, DeviceKeys(own.public, own.secret, broker.enrolment.broker.public))
    program = DeviceKeyring(path, W)
    renewed(broker)
    with line(broker, path) as asked:
        asked.state()
        assert len(program.candidates()) == 1, "it begins no renewal"
    next_key = program.prepare()
    assert next_key is not None
    with line(broker, path) as made:  # the broker does not know the new key yet
        made.state()
        assert len(program.candidates()) == 2
        assert isinstance(made.ask(m.OfferKey(new_request_id(), next_key)), m.KeyTaken)
    with line(broker, path) as offered:
        offered.state()
    assert [each.public for each in program.candidates()] == [next_key]
    with line(broker, path) as settled:
        settled.state()


@pytest.mark.slow
def test_processes_that_renew_a_devices_key_at_once_never_lock_it_out(
    broker: RunningBroker, tmp_path: Path
) -> None:
    """Each makes, offers and uses a new key as often as it can, and has a command carried out under each."""
    own, bound = broker.enrolment.devices[KIOSK], broker.server.bound
    path = tmp_path / "shared.key"
    keys.write(path, DeviceKeys(own.public, own.secret, broker.enrolment.broker.public))
    rounds = 300 if os.environ.get("ANTREAN_SOAK") else 20
    told = json.dumps([str(path), bound.requests, bound.updates, rounds])
    with ReaderOf(path) as reader:
        program = [sys.executable, "-m", "tests.antrean.renewing", told]
        processes = [subprocess.Popen(program) for _ in range(2)]
        try:
            codes = [each.wait(rounds * DEADLINE_SECONDS / 10) for each in processes]
        finally:
            for each in processes:
                each.kill()
                each.wait()
    assert codes == [0, 0]
    assert reader.read > rounds
    with line(broker, path) as afterwards:
        afterwards.state()


class ReaderOf:
    """Reads a key file again and again: it is whole at every moment."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._thread = threading.Thread(target=self._run)
        self._ends = threading.Event()
        self._failures: list[Problem] = []
        self.read = 0

    def __enter__(self) -> "ReaderOf":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()
        assert self._failures == []

    def _run(self) -> None:
        while not self._ends.wait(0.001):
            try:
                keys.read(self._path, W)
                self.read += 1
            except Problem as problem:
                self._failures.append(problem)
