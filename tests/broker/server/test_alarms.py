"""Which figures need somebody's hand, each at its threshold and one beside it."""

import pytest

from broker.domain.values import DeviceId, DeviceRole, Instant
from broker.protocol.messages import Alarm, AlarmKind, DeviceStanding
from broker.server.alarms import CLOCK_OFF_MS, FREE_BYTES, LOG_BYTES, SILENT_MS, alarms_of
from broker.server.clock import ClockDoubt
from broker.store.disk import Room

NOW = Instant(1_000_000_000)
LONG_AGO = Instant(NOW - 10 * SILENT_MS)
ENOUGH = Room(database=1 << 20, log=LOG_BYTES, free=FREE_BYTES)


def standing(
    device: str,
    *,
    ahead: int | None = None,
    seen_at: Instant | None = NOW,
    role: DeviceRole = DeviceRole.KIOSK,
    revoked_at: Instant | None = None,
) -> DeviceStanding:
    return DeviceStanding(
        DeviceId(device),
        role,
        device,
        Instant(0),
        revoked_at,
        seen_at=seen_at,
        clock_ahead_ms=ahead,
    )


def alarms(
    *devices: DeviceStanding,
    room: Room | None = ENOUGH,
    not_stored: int = 0,
    doubt: ClockDoubt | None = None,
) -> list[Alarm]:
    return list(alarms_of(devices, room, not_stored, doubt, NOW))


def test_an_outlet_in_order_needs_nobody() -> None:
    assert alarms(standing("kiosk-1", ahead=0), standing("pc-1", ahead=40)) == []


def test_changes_that_were_not_stored_are_told_with_their_number() -> None:
    assert alarms(not_stored=7) == [Alarm(AlarmKind.NOT_STORED, 7)]


# The disk


def test_a_disk_with_a_byte_too_few_is_filling_up() -> None:
    assert alarms(room=Room(0, 0, FREE_BYTES - 1)) == [Alarm(AlarmKind.DISK_FULL_SOON, FREE_BYTES - 1)]


def test_a_log_with_a_byte_too_many_grows() -> None:
    assert alarms(room=Room(0, LOG_BYTES + 1, FREE_BYTES)) == [Alarm(AlarmKind.LOG_GROWS, LOG_BYTES + 1)]


def test_the_size_of_the_database_itself_is_no_matter() -> None:
    assert alarms(room=Room(1 << 50, 0, FREE_BYTES)) == []


def test_where_the_database_is_no_file_here_nothing_is_said_of_its_disk() -> None:
    assert alarms(room=None, not_stored=1) == [Alarm(AlarmKind.NOT_STORED, 1)]


# Clocks


@pytest.mark.parametrize("sign", [1, -1], ids=["ahead", "behind"])
def test_a_clock_off_by_more_than_the_allowed_is_told_with_its_device(sign: int) -> None:
    just, over = sign * CLOCK_OFF_MS, sign * (CLOCK_OFF_MS + 1)
    assert alarms(standing("kiosk-1", ahead=just), standing("pc-1", ahead=0)) == []
    assert alarms(standing("kiosk-1", ahead=over), standing("pc-1", ahead=0)) == [
        Alarm(AlarmKind.CLOCK_OFF, over, DeviceId("kiosk-1"))
    ]


@pytest.mark.parametrize("sign", [1, -1], ids=["ahead", "behind"])
def test_three_clocks_off_alike_say_that_the_brokers_is(sign: int) -> None:
    off = sign * 60_000
    three = [standing(f"pc-{number}", ahead=off + number) for number in range(3)]
    assert alarms(*three) == [Alarm(AlarmKind.CLOCK_OFF, -(off + 1))]


def test_two_clocks_off_alike_may_both_be_wrong() -> None:
    two = [standing(f"pc-{number}", ahead=60_000) for number in range(2)]
    assert [alarm.device for alarm in alarms(*two)] == ["pc-0", "pc-1"]


def test_when_most_clocks_are_right_each_wrong_one_is_named() -> None:
    five = [standing(f"pc-{number}", ahead=60_000 if number < 2 else 0) for number in range(5)]
    assert [alarm.device for alarm in alarms(*five)] == ["pc-0", "pc-1"]


def test_devices_that_told_no_time_are_no_witnesses_of_the_brokers_clock() -> None:
    silent = [standing(f"display-{number}") for number in range(5)]
    assert alarms(standing("pc-1", ahead=60_000), *silent) == [
        Alarm(AlarmKind.CLOCK_OFF, 60_000, DeviceId("pc-1"))
    ]


@pytest.mark.parametrize("ahead_ms", [-3_600_000, 40 * 86_400_000])
def test_a_clock_in_doubt_is_told_with_how_far_it_is_ahead(ahead_ms: int) -> None:
    assert alarms(doubt=ClockDoubt(ahead_ms)) == [Alarm(AlarmKind.CLOCK_DOUBTED, ahead_ms)]


def test_while_the_brokers_clock_is_in_doubt_no_devices_clock_is_judged() -> None:
    four = [standing(f"pc-{number}", ahead=60_000) for number in range(4)]
    for devices in (four[:1], four):
        assert alarms(*devices, doubt=ClockDoubt(-400_000)) == [Alarm(AlarmKind.CLOCK_DOUBTED, -400_000)]


# Devices


def test_a_device_is_silent_after_the_allowed_time_and_not_before() -> None:
    just, over = Instant(NOW - SILENT_MS), Instant(NOW - SILENT_MS - 1)
    assert alarms(standing("kiosk-1", seen_at=just)) == []
    assert alarms(standing("kiosk-1", seen_at=over)) == [
        Alarm(AlarmKind.DEVICE_SILENT, SILENT_MS + 1, DeviceId("kiosk-1"))
    ]


def test_a_device_that_was_not_here_since_the_start_is_not_missed() -> None:
    assert alarms(standing("kiosk-1", seen_at=None)) == []


def test_a_revoked_device_is_neither_missed_nor_asked_for_the_time() -> None:
    gone = standing("kiosk-1", seen_at=LONG_AGO, ahead=60_000, revoked_at=NOW)
    assert alarms(gone) == []


@pytest.mark.parametrize("role", [DeviceRole.OPERATOR, DeviceRole.MONITOR])
def test_who_comes_and_goes_is_not_missed(role: DeviceRole) -> None:
    assert alarms(standing("office", seen_at=LONG_AGO, role=role)) == []


@pytest.mark.parametrize("role", sorted(set(DeviceRole) - {DeviceRole.OPERATOR, DeviceRole.MONITOR}))
def test_everybody_else_is_missed(role: DeviceRole) -> None:
    assert [alarm.kind for alarm in alarms(standing("it", seen_at=LONG_AGO, role=role))] == [
        AlarmKind.DEVICE_SILENT
    ]


def test_everything_at_once_is_told_the_gravest_first() -> None:
    found = alarms(
        standing("kiosk-1", seen_at=LONG_AGO),
        standing("pc-1", ahead=60_000),
        room=Room(0, LOG_BYTES + 1, 0),
        not_stored=1,
    )
    assert [alarm.kind for alarm in found] == [
        AlarmKind.NOT_STORED,
        AlarmKind.DISK_FULL_SOON,
        AlarmKind.LOG_GROWS,
        AlarmKind.CLOCK_OFF,
        AlarmKind.DEVICE_SILENT,
    ]


def test_a_clock_in_doubt_is_told_before_anything_else() -> None:
    found = alarms(standing("kiosk-1", seen_at=LONG_AGO), not_stored=1, doubt=ClockDoubt(-400_000))
    assert [alarm.kind for alarm in found] == [
        AlarmKind.CLOCK_DOUBTED,
        AlarmKind.NOT_STORED,
        AlarmKind.DEVICE_SILENT,
    ]
