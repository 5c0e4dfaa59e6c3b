"""A device's keys in their file, and their renewal while a real broker and a real device work."""

import queue
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antrean import keys
from antrean.keys import DeviceKeyring
from broker.client import SYSTEM_CLOCK, DeviceKeys, Endpoints, Inbound, Link, Session, Transport
from broker.client.session import CommandAnswer
from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
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
    broker = RunningBroker(tmp_path, new_outlet(tmp_path), HandClock(sample.at(7, 31)))
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
