"""Devices added, revoked and given new keys while the broker runs: real sockets, real keys."""

import time
from pathlib import Path

from broker.domain.commands import IssueTicket
from broker.domain.values import DeviceId, DeviceRole, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair, new_key_pair
from broker.server.provision import Enrolment
from broker.store.registry import Registry
from tests.support.broker import (
    DISPLAY,
    KIOSK,
    OFFICE,
    PC,
    Device,
    HandClock,
    RunningBroker,
)

NEW = DeviceId("kiosk-9")


def enrol(office: Device, keys: KeyPair, device: DeviceId = NEW) -> m.Answer:
    name = "Kiosk at the side door"
    return office.ask(m.EnrolDevice(new_request_id(), device, DeviceRole.KIOSK, name, keys.public))


def error_code(answer: m.Answer) -> m.ErrorCode:
    assert isinstance(answer, m.Error), answer
    return answer.code


def standing(office: Device, device: DeviceId) -> m.DeviceStanding:
    answer = office.ask(m.AskDevices(new_request_id()))
    assert isinstance(answer, m.Devices)
    (found,) = [each for each in answer.devices if each.device == device]
    return found


def alive(device: Device, next_key: str | None = None) -> None:
    """Give a sign of life, which has no answer; when this returns the broker has taken note of it."""
    device.send(m.Alive(new_request_id(), Instant(0), Seq(1), next_key))
    device.hello()


def is_deaf(device: Device, seconds: float) -> bool:
    """Whether nothing at all comes to the device for so long, although the broker gives a sign of life each second."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if device.updates.poll(100):
            device.updates.recv()
            return False
    return True


# Added


def test_a_device_added_while_the_broker_runs_connects_at_once(broker: RunningBroker) -> None:
    keys = new_key_pair()
    with broker.device(OFFICE) as office:
        enrolled = enrol(office, keys)
        assert isinstance(enrolled, m.DeviceEnrolled)
        assert enrolled.broker_key == broker.enrolment.broker.public
        with broker.stranger(keys) as kiosk:
            assert kiosk.hello().role is DeviceRole.KIOSK
            kiosk.accepted(IssueTicket("A"))
            kiosk.listen()


def test_an_id_or_a_key_that_somebody_has_is_not_given_again(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        assert error_code(enrol(office, new_key_pair(), KIOSK)) is m.ErrorCode.DEVICE_EXISTS
        assert error_code(enrol(office, broker.enrolment.devices[KIOSK])) is m.ErrorCode.DEVICE_EXISTS
        office.ask(m.RevokeDevice(new_request_id(), KIOSK))
        assert error_code(enrol(office, new_key_pair(), KIOSK)) is m.ErrorCode.DEVICE_EXISTS


def test_only_an_operator_adds_devices(broker: RunningBroker) -> None:
    for name in (KIOSK, PC, DISPLAY):
        with broker.device(name) as device:
            assert error_code(enrol(device, new_key_pair())) is m.ErrorCode.NOT_PERMITTED


# Revoked


def test_a_revoked_device_gets_not_one_update_more_and_no_answer_but_an_error(broker: RunningBroker) -> None:
    with broker.device(DISPLAY) as display, broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        display.listen()
        kiosk.listen()
        assert isinstance(office.ask(m.RevokeDevice(new_request_id(), DISPLAY)), m.DeviceRevoked)
        for each in (display, kiosk):
            while each.updates.poll(0):
                each.updates.recv()  # what it was told before
        kiosk.listen()  # who may listen hears again within a moment
        kiosk.accepted(IssueTicket("A"))
        assert isinstance(kiosk.heard_update(), m.Update)
        assert is_deaf(display, 2.5)
        answer = display.ask(m.AskSnapshot(new_request_id()))
        assert error_code(answer) is m.ErrorCode.NOT_PERMITTED


def test_a_revoked_device_does_not_come_back_after_a_restart(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(OFFICE) as office:
        office.ask(m.RevokeDevice(new_request_id(), KIOSK))
        assert standing(office, KIOSK).revoked_at == clock.time
    broker.stop()
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.stranger(enrolment.devices[KIOSK]) as kiosk:
        kiosk.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test"))
        assert not kiosk.requests.poll(1000)
    broker.stop()


def test_whoever_is_signed_in_at_a_revoked_device_is_signed_out(
    broker: RunningBroker, tmp_path: Path
) -> None:
    with broker.device(PC) as pc, broker.device(OFFICE) as office:
        pc.sign_in("sri")
        office.ask(m.RevokeDevice(new_request_id(), PC))
    broker.server.stop()
    assert Registry(broker.database).sessions() == {}


def test_an_operator_cannot_be_locked_out_by_hand(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        assert error_code(office.ask(m.RevokeDevice(new_request_id(), OFFICE))) is m.ErrorCode.NOT_PERMITTED
        answer = office.ask(m.RevokeDevice(new_request_id(), DeviceId("nobody")))
        assert error_code(answer) is m.ErrorCode.NO_SUCH_DEVICE


# New keys


def test_a_device_renews_its_key_while_it_works(broker: RunningBroker) -> None:
    old, new = broker.enrolment.devices[KIOSK], new_key_pair()
    with broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        asked = office.ask(m.RenewKeys(new_request_id(), (KIOSK,)))
        assert isinstance(asked, m.KeysRenewing)
        assert standing(office, KIOSK).is_renewing
        while True:
            heard = kiosk.heard()
            if isinstance(heard, m.Heartbeat) and heard.renew == (KIOSK,):
                break
        assert isinstance(kiosk.ask(m.OfferKey(new_request_id(), new.public)), m.KeyTaken)
        with broker.stranger(old) as again:
            again.hello()  # until the new one has been used, both are good
        with broker.stranger(new) as renewed:
            renewed.hello()
            renewed.accepted(IssueTicket("A"))
        assert not standing(office, KIOSK).is_renewing
        kiosk.accepted(IssueTicket("A"))  # a live connection is not cut
        with broker.stranger(old) as late:
            late.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test"))
            assert not late.requests.poll(1000)


def test_a_key_that_another_device_has_is_not_taken(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        taken = broker.enrolment.devices[PC].public
        assert error_code(kiosk.ask(m.OfferKey(new_request_id(), taken))) is m.ErrorCode.DEVICE_EXISTS


def test_the_brokers_key_is_renewed_while_devices_work(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office, broker.device(KIOSK) as kiosk:
        switch = m.SwitchBrokerKey(new_request_id())
        assert error_code(office.ask(switch)) is m.ErrorCode.KEY_NOT_HELD
        announced = office.ask(m.RenewBrokerKey(new_request_id()))
        assert isinstance(announced, m.BrokerKeyAnnounced)
        alive(kiosk)
        refused = office.ask(switch)
        assert isinstance(refused, m.Error)
        assert (refused.code, refused.detail) == (m.ErrorCode.KEY_NOT_HELD, KIOSK)
        alive(kiosk, announced.next_key)
        assert standing(office, KIOSK).has_next_broker_key
        switched = office.ask(switch)
        assert isinstance(switched, m.BrokerKeySwitched)
        assert switched.key == announced.next_key
    with Device(
        broker.server.bound, KeyPair(announced.next_key, ""), broker.enrolment.devices[KIOSK]
    ) as later:
        later.hello()
        later.accepted(IssueTicket("A"))
        later.listen()
    with broker.stranger(broker.enrolment.devices[KIOSK]) as early:
        early.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test"))
        assert not early.requests.poll(1000)


def test_a_device_may_be_left_behind_knowingly(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office, broker.device(KIOSK) as kiosk:
        office.ask(m.RenewBrokerKey(new_request_id()))
        alive(kiosk)
        left = office.ask(m.SwitchBrokerKey(new_request_id(), (KIOSK,)))
        assert isinstance(left, m.BrokerKeySwitched)


# What is known of them


def test_supervisors_see_each_device_with_its_version_clock_and_replica(
    broker: RunningBroker, clock: HandClock
) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        kiosk.send(m.Alive(new_request_id(), Instant(clock.time + 12_000), Seq(2)))
        kiosk.hello()
        asking = m.AskDevices(new_request_id())
        assert error_code(pc.ask(asking)) is m.ErrorCode.NOT_PERMITTED
        pc.sign_in("sri")
        assert error_code(pc.ask(asking)) is m.ErrorCode.NOT_PERMITTED
        pc.sign_in("ratna")
        found = standing(pc, KIOSK)
        assert (found.program, found.clock_ahead_ms, found.seq) == ("a test", 12_000, 2)
        assert (found.seen_at, found.address) == (clock.time, "127.0.0.1")
        answer = pc.ask(asking)
        assert isinstance(answer, m.Devices)
        assert m.Alarm(m.AlarmKind.CLOCK_OFF, 12_000, KIOSK) in answer.alarms


def test_an_operator_sees_the_brokers_figures(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        kiosk.accepted(IssueTicket("A"))
        kiosk.command(IssueTicket("Z"))
        figures = office.ask(m.AskFigures(new_request_id()))
        assert isinstance(figures, m.Figures)
        assert figures.commands["issue-ticket"] == 1
        assert figures.refusals == {"unknown-queue": 1}
        assert figures.commits == sum(figures.commit_ms) >= 2
        assert figures.database_bytes
        assert figures.memory_bytes > 10_000_000
        assert error_code(kiosk.ask(m.AskFigures(new_request_id()))) is m.ErrorCode.NOT_PERMITTED


def test_nothing_secret_of_a_device_is_in_the_database(broker: RunningBroker, tmp_path: Path) -> None:
    keys = new_key_pair()
    with broker.device(OFFICE) as office:
        enrol(office, keys)
    stored = (tmp_path / "outlet.db").read_bytes() + (tmp_path / "outlet.db-wal").read_bytes()
    assert keys.public.encode() in stored
    assert keys.secret.encode() not in stored
