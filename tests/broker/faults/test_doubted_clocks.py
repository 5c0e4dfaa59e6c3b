"""Clocks beyond belief: a broker goes on with the time that it has, and follows once somebody says what is right."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from broker.domain import events as e
from broker.domain.commands import IssueTicket
from broker.domain.values import BusinessDay, DeviceId, Instant
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.broker.faults.test_clocks import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    WEDNESDAY,
    SetClock,
    journal_in,
    take,
    tickets_have_possible_times,
    time_only_goes_on,
)
from tests.support import sample
from tests.support.broker import (
    DISPLAY,
    KIOSK,
    MONITOR,
    OFFICE,
    OTHER_PC,
    PC,
    Device,
    RunningBroker,
    new_outlet,
)

NOON = sample.at(12)
FAR = 41 * DAY
MONDAY = BusinessDay("2026-08-24")
"""So far from Tuesday."""


class Outlet:
    """An outlet on Tuesday at noon; its broker is started as often as wanted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = SetClock(NOON)
        self.enrolment = new_outlet(folder)
        with self.running() as broker, broker.device(KIOSK) as kiosk:
            assert number_of(kiosk) == "20260714-A001"

    @contextmanager
    def running(self) -> Iterator[RunningBroker]:
        """The broker, while it runs."""
        broker = RunningBroker(self.folder, self.enrolment, self.clock)
        try:
            yield broker
        finally:
            broker.stop()

    def happened(self) -> list[tuple[Instant, e.AnyEvent]]:
        """What time and clocks did, each with when it was recorded; the journal is whole."""
        records = journal_in(self.folder)
        time_only_goes_on(records)
        tickets_have_possible_times(self.folder)
        of_time = e.ClockSetForward | e.DayOpened | e.DayClosed
        opened_at_first, *others = (each for each in records if isinstance(each.event, of_time))
        assert opened_at_first.event == e.DayOpened(sample.TUESDAY)
        return [(each.at, each.event) for each in others]


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path)


def number_of(kiosk: Device) -> str:
    issued = take(kiosk)
    assert issued is not None
    return issued.ticket


def alarms(device: Device) -> tuple[m.Alarm, ...]:
    answer = device.ask(m.AskDevices(new_request_id()))
    assert isinstance(answer, m.Devices)
    return answer.alarms


def time_at(device: Device) -> Instant:
    answer = device.ask(m.AskDevices(new_request_id()))
    assert isinstance(answer, m.Devices)
    return answer.at


def doubted(ahead_ms: int) -> tuple[m.Alarm, ...]:
    return (m.Alarm(m.AlarmKind.CLOCK_DOUBTED, ahead_ms),)


def believe(device: Device) -> m.ErrorCode | None:
    """Why not; None: it is believed."""
    answer = device.ask(m.BelieveClock(new_request_id()))
    assert isinstance(answer, m.ClockBelieved | m.Error)
    return answer.code if isinstance(answer, m.Error) else None


# Behind


def test_a_broker_whose_clock_is_an_hour_behind_goes_on_from_its_journal(outlet: Outlet) -> None:
    outlet.clock.set_by(-HOUR)
    with outlet.running() as broker, broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        assert alarms(office) == doubted(-HOUR)
        assert number_of(kiosk) == "20260714-A002"
        outlet.clock.pass_ms(10 * SECOND)
        assert time_at(office) == NOON + 10 * SECOND
        assert alarms(office) == doubted(-HOUR)
        outlet.clock.set_by(HOUR + SECOND)
        assert alarms(office) == ()
        assert time_at(office) == NOON + 11 * SECOND
    assert outlet.happened() == [(NOON + 10 * SECOND, e.ClockSetForward(SECOND))]


def test_a_clock_behind_that_an_operator_believes_is_waited_for(outlet: Outlet) -> None:
    outlet.clock.set_by(-HOUR)
    with outlet.running() as broker, broker.device(OFFICE) as office:
        assert believe(office) is None
        assert alarms(office) == ()
        outlet.clock.pass_ms(MINUTE)
        assert time_at(office) == NOON + MINUTE / 2
    assert outlet.happened() == []


def test_a_clock_a_little_behind_is_nobodys_matter(outlet: Outlet) -> None:
    outlet.clock.set_by(-5 * MINUTE)
    with outlet.running() as broker, broker.device(OFFICE) as office:
        assert alarms(office) == ()
        assert believe(office) is m.ErrorCode.CLOCK_NOT_DOUBTED


# Ahead


def test_a_broker_that_wakes_far_in_the_future_closes_nothing_until_a_supervisor_says_so(
    outlet: Outlet,
) -> None:
    outlet.clock.set_by(FAR)
    with (
        outlet.running() as broker,
        broker.device(KIOSK) as kiosk,
        broker.device(OTHER_PC) as counter,
    ):
        counter.sign_in("ratna")
        assert alarms(counter) == doubted(FAR)
        assert number_of(kiosk) == "20260714-A002"
        assert believe(counter) is None
        assert number_of(kiosk) == "20260824-A001"
        counter.sign_in("ratna")
        assert believe(counter) is m.ErrorCode.CLOCK_NOT_DOUBTED
    assert outlet.happened() == [
        (NOON, e.ClockSetForward(FAR)),
        (NOON + FAR, e.DayClosed(sample.TUESDAY, sample.at(18))),
        (NOON + FAR, e.DayOpened(MONDAY)),
    ]


def test_while_a_clock_is_in_doubt_the_day_goes_on_and_closes_in_its_own_time(outlet: Outlet) -> None:
    outlet.clock.set_by(FAR)
    with outlet.running() as broker, broker.device(KIOSK) as kiosk:
        outlet.clock.pass_ms(6 * HOUR)
        assert take(kiosk) is None
    assert outlet.happened() == [(sample.at(18), e.DayClosed(sample.TUESDAY))]


def test_a_clock_that_leaps_while_the_broker_runs_and_is_set_right_has_done_nothing(outlet: Outlet) -> None:
    with outlet.running() as broker, broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        outlet.clock.set_by(FAR)
        assert alarms(office) == doubted(FAR)
        outlet.clock.pass_ms(10 * SECOND)
        assert number_of(kiosk) == "20260714-A002"
        outlet.clock.set_by(-FAR)
        assert alarms(office) == ()
        assert time_at(office) == NOON + 10 * SECOND
    assert outlet.happened() == []


def test_a_clock_that_was_far_ahead_in_the_morning_and_is_set_right_opens_the_day(outlet: Outlet) -> None:
    morning = sample.at(7, 45, day=WEDNESDAY)
    outlet.clock.set_to(Instant(morning + FAR))
    with outlet.running() as broker, broker.device(KIOSK) as kiosk:
        assert number_of(kiosk) == "20260714-A002"
        outlet.clock.set_to(morning)
        assert number_of(kiosk) == "20260715-A001"
    assert outlet.happened() == [
        (NOON, e.ClockSetForward(morning - NOON)),
        (morning, e.DayClosed(sample.TUESDAY, sample.at(18))),
        (morning, e.DayOpened(WEDNESDAY)),
    ]


def test_the_doubt_outlives_a_restart(outlet: Outlet) -> None:
    outlet.clock.set_by(FAR)
    for _ in range(2):
        with outlet.running() as broker, broker.device(OFFICE) as office:
            assert alarms(office) == doubted(FAR)


# Who may say what is right


@pytest.mark.parametrize("device", [KIOSK, DISPLAY, MONITOR, PC])
def test_nobody_else_is_believed(outlet: Outlet, device: DeviceId) -> None:
    outlet.clock.set_by(FAR)
    with outlet.running() as broker, broker.device(device) as sender, broker.device(OFFICE) as office:
        assert believe(sender) is m.ErrorCode.NOT_PERMITTED
        assert doubted(FAR)[0] in alarms(office)


def test_a_clerk_is_not_believed(outlet: Outlet) -> None:
    outlet.clock.set_by(FAR)
    with outlet.running() as broker, broker.device(PC) as counter, broker.device(OFFICE) as office:
        counter.sign_in("sri")
        assert believe(counter) is m.ErrorCode.NOT_PERMITTED
        assert alarms(office) == doubted(FAR)


# With a history that waits for an operator's word


def test_a_step_while_the_history_waits_is_noted_before_time_acts(outlet: Outlet) -> None:
    """A restored broker learns what was shown; meanwhile its machine's clock is set to the next morning."""
    morning = sample.at(7, 45, day=WEDNESDAY)
    copy = outlet.folder / "old"
    shutil.copy(outlet.folder / "outlet.db", copy)
    with outlet.running() as broker, broker.device(KIOSK) as kiosk:
        seq = kiosk.accepted(IssueTicket("A")).seq
        word = next(
            heard for heard in iter(kiosk.heard, None) if isinstance(heard, m.Heartbeat) and heard.seq >= seq
        )
    for file in outlet.folder.glob("outlet.db*"):
        file.unlink()
    copy.rename(outlet.folder / "outlet.db")
    with outlet.running() as broker, broker.device(KIOSK) as kiosk, broker.device(OFFICE) as office:
        shown = m.Shown(word.epoch, word.seq, word.mac)
        kiosk.ask(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test", shown))
        outlet.clock.set_to(morning)
        assert isinstance(office.ask(m.ConfirmHistory(new_request_id())), m.HistoryConfirmed)
    assert outlet.happened() == [
        (NOON, e.ClockSetForward(morning - NOON)),
        (morning, e.DayClosed(sample.TUESDAY, sample.at(18))),
        (morning, e.DayOpened(WEDNESDAY)),
    ]
