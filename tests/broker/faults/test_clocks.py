"""Clocks that somebody sets, and nights that a broker sleeps through: time only goes on, and a day comes once."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from broker.domain import events as e
from broker.domain.commands import (
    CallNext,
    CompleteTicket,
    ConfirmDelivery,
    IssueTicket,
    OpenCounter,
    PauseCounter,
    StartService,
)
from broker.domain.events import Recorded
from broker.domain.refusals import Refusal
from broker.domain.rules import DayHours
from broker.domain.values import BusinessDay, CounterNumber, Delivery, Instant, PauseReason, Seq
from broker.protocol import messages as m
from broker.server.provision import Enrolment, make_outlet
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Journal
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.broker import (
    CLERKS,
    DEVICES,
    KIOSK,
    NO_LIMITS,
    PC,
    Device,
    RunningBroker,
    new_outlet,
    url_in,
)

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
STEPS = (SECOND, 5 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY)
MOMENTS = 1500 if SOAKING else 100
ONE = CounterNumber(1)

ALWAYS = DayHours(3 * 60, 24 * 60 - 1, 3 * 60, 24 * 60 - 1, 24 * 60)
"""From the business day's first minute to midnight."""


class SetClock:
    """A wall clock that anybody may set, and a monotonic one that nobody can; both move at one moment."""

    def __init__(self, start: Instant) -> None:
        self._hands = (int(start), 0)

    def wall(self) -> Instant:
        return Instant(self._hands[0])

    def monotonic(self) -> int:
        return self._hands[1]

    def pass_ms(self, ms: int) -> None:
        wall, monotonic = self._hands
        self._hands = (wall + ms, monotonic + ms)

    def set_by(self, ms: int) -> None:
        wall, monotonic = self._hands
        self._hands = (wall + ms, monotonic)

    def set_to(self, at: Instant) -> None:
        self._hands = (int(at), self._hands[1])


def take(kiosk: Device) -> m.TicketOutcome | None:
    """A number, in the citizen's hand; None where none is given out now."""
    answer = kiosk.command(IssueTicket("A"))
    if isinstance(answer, m.Refused):
        return None
    assert isinstance(answer, m.Accepted)
    assert isinstance(answer.outcome, m.TicketOutcome)
    kiosk.command(ConfirmDelivery(answer.outcome.ticket, Delivery.PAPER))
    return answer.outcome


def serve_somebody(pc: Device) -> None:
    """Where the day has ended meanwhile, the clerk signs in again."""
    called = pc.command(CallNext(ONE))
    if not isinstance(called, m.Accepted):
        pc.sign_in("sri")
        pc.command(OpenCounter(ONE))
        return
    assert isinstance(called.outcome, m.CallOutcome)
    pc.command(StartService(called.outcome.ticket))
    pc.command(CompleteTicket(called.outcome.ticket))


def journal_in(folder: Path) -> tuple[Recorded, ...]:
    with Database.open(url_in(folder)) as database:
        return Journal(database).records_from(Seq(1), 100_000)


def time_only_goes_on(records: tuple[Recorded, ...]) -> None:
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    for before, after in pairwise(records):
        assert before.at <= after.at


def each_day_comes_once(records: tuple[Recorded, ...]) -> None:
    opened = [record.event.day for record in records if isinstance(record.event, e.DayOpened)]
    closed = [record.event.day for record in records if isinstance(record.event, e.DayClosed)]
    assert opened == sorted(set(opened))
    assert closed == opened[: len(closed)]
    assert len(opened) - len(closed) in (0, 1)


def no_number_comes_twice(records: tuple[Recorded, ...]) -> None:
    issued = [record.event for record in records if isinstance(record.event, e.TicketIssued)]
    numbers = Counter((event.day, event.letter, event.number) for event in issued)
    assert max(numbers.values()) == 1
    days = {event.day: event.number for event in issued}
    assert sum(days.values()) == len(issued), "numbers of a day have gaps"


def tickets_have_possible_times(folder: Path) -> None:
    table = schema.ticket.c
    columns = (table.issued_at, table.arrived_at, table.first_called_at, table.started_at, table.ended_at)
    with Database.open(url_in(folder)) as database:
        for row in database.read(select(*columns)):
            times = [at for at in row if at is not None]
            assert times == sorted(times), row


def outlet_without_nights(folder: Path) -> Enrolment:
    rules = sample.rules(week=(ALWAYS,) * 7, queues=tuple(replace(each, digits=5) for each in sample.QUEUES))
    return make_outlet(url_in(folder), rules, sample.SERVICES, DEVICES, CLERKS, sample.at(7, 30))


def test_a_clock_that_steps_both_ways_disturbs_neither_numbers_nor_days(tmp_path: Path) -> None:
    """While the broker runs, and between two runs."""
    seed = Random().randrange(2**32)
    chance = Random(seed)
    enrolment, clock = outlet_without_nights(tmp_path), SetClock(sample.at(7, 31))
    try:
        for _ in range(5):
            broker = RunningBroker(tmp_path, enrolment, clock, limits=NO_LIMITS)
            try:
                with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
                    for _ in range(MOMENTS // 5):
                        clock.pass_ms(chance.choice((50, SECOND, 20 * SECOND, HOUR)))
                        if chance.random() < 0.3:
                            clock.set_by(chance.choice((-1, 1)) * chance.choice(STEPS))
                        take(kiosk)
                        serve_somebody(pc)
            finally:
                broker.stop()
            clock.set_by(chance.choice((-1, 1)) * chance.choice(STEPS))
        records = journal_in(tmp_path)
        time_only_goes_on(records)
        each_day_comes_once(records)
        no_number_comes_twice(records)
        tickets_have_possible_times(tmp_path)
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}") from error


def test_a_clock_set_back_over_midnight_opens_no_day_twice(tmp_path: Path) -> None:
    """Four in the morning, and it is set to yesterday evening: today goes on."""
    enrolment, clock = outlet_without_nights(tmp_path), SetClock(sample.at(23))
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(KIOSK) as kiosk:
        assert take(kiosk) is not None
        clock.pass_ms(5 * HOUR)
        first = take(kiosk)
        clock.set_by(-8 * HOUR)
        second = take(kiosk)
    broker.stop()
    assert first is not None
    assert second is not None
    assert (first.number, second.number) == (1, 2)
    assert first.ticket[:8] == second.ticket[:8] == "20260715"
    assert second.at >= first.at


WEDNESDAY, FRIDAY, MONDAY = (BusinessDay(day) for day in ("2026-07-15", "2026-07-17", "2026-07-20"))


def evening(folder: Path, clock: SetClock, enrolment: Enrolment) -> None:
    """Tuesday at noon: somebody waits, somebody is served, one counter pauses; then nobody is there any more."""
    broker = RunningBroker(folder, enrolment, clock)
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        for _ in range(3):
            assert take(kiosk) is not None
        pc.sign_in("sri")
        pc.accepted(OpenCounter(ONE))
        called = pc.accepted(CallNext(ONE)).outcome
        assert isinstance(called, m.CallOutcome)
        pc.accepted(StartService(called.ticket))
    with broker.device(DEVICES[2].id) as other:
        other.sign_in("ratna")
        other.accepted(OpenCounter(CounterNumber(2)))
        other.accepted(PauseCounter(CounterNumber(2), PauseReason.PRAYER))
    broker.stop()


def the_morning_is_as_it_should(
    folder: Path, enrolment: Enrolment, clock: SetClock, day: BusinessDay
) -> None:
    """Tuesday is closed as of its time, the day is open, its numbers begin anew, and clerks sign in again."""
    broker = RunningBroker(folder, enrolment, clock)
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        issued = take(kiosk)
        assert issued is not None
        assert (issued.ticket, issued.number) == (f"{day.replace('-', '')}-A001", 1)
        refused = pc.command(CallNext(ONE))
        assert isinstance(refused, m.Refused)
        assert isinstance(refused.refusal, Refusal)
        pc.sign_in("sri")
        pc.accepted(OpenCounter(ONE))
        called = pc.accepted(CallNext(ONE)).outcome
        assert isinstance(called, m.CallOutcome)
        assert called.ticket == issued.ticket
    broker.stop()
    records = journal_in(folder)
    closed_at = sample.at(18)
    ends = [
        record.event for record in records if isinstance(record.event, e.TicketExpired | e.TicketCompleted)
    ]
    assert [(type(end), end.assumed_at) for end in ends] == [
        (e.TicketCompleted, closed_at),
        (e.TicketExpired, closed_at),
        (e.TicketExpired, closed_at),
    ]
    days = [record.event for record in records if isinstance(record.event, e.DayClosed | e.DayOpened)]
    assert days == [e.DayOpened(sample.TUESDAY), e.DayClosed(sample.TUESDAY, closed_at), e.DayOpened(day)]
    left = [record.event for record in records if isinstance(record.event, e.CounterClosed)]
    assert [(each.counter, each.assumed_at) for each in left] == [(1, closed_at), (2, closed_at)]
    tickets_have_possible_times(folder)


Sleep = Callable[[SetClock, BusinessDay], None]


@pytest.mark.parametrize("day", [WEDNESDAY, FRIDAY, MONDAY])
def test_a_broker_that_was_off_closes_what_it_missed_and_opens_the_day(
    tmp_path: Path, day: BusinessDay
) -> None:
    enrolment, clock = new_outlet(tmp_path), SetClock(sample.at(12))
    evening(tmp_path, clock, enrolment)
    clock.set_to(sample.at(7, 45, day=day))
    the_morning_is_as_it_should(tmp_path, enrolment, clock, day)


def test_a_machine_that_was_asleep_with_its_broker_closes_and_opens_too(tmp_path: Path) -> None:
    """A suspended machine's monotonic clock stands still, its wall clock does not."""
    enrolment, clock = new_outlet(tmp_path), SetClock(sample.at(12))
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(KIOSK) as kiosk:
        assert take(kiosk) is not None
        clock.set_to(sample.at(7, 45, day=WEDNESDAY))
        issued = take(kiosk)
    broker.stop()
    assert issued is not None
    assert issued.ticket == "20260715-A001"
    records = journal_in(tmp_path)
    assert e.DayClosed(sample.TUESDAY, sample.at(18)) in [record.event for record in records]
    slept_ms = sample.at(7, 45, day=WEDNESDAY) - sample.at(12)
    noted = [(record.at, record.event) for record in records if isinstance(record.event, e.ClockSetForward)]
    assert noted == [(sample.at(12), e.ClockSetForward(slept_ms))]


def test_a_broker_that_was_off_over_a_holiday_opens_nothing_on_it(tmp_path: Path) -> None:
    enrolment, clock = new_outlet(tmp_path), SetClock(sample.at(12))
    evening(tmp_path, clock, enrolment)
    clock.set_to(sample.at(10, day=BusinessDay("2026-07-18")))
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(KIOSK) as kiosk:
        assert take(kiosk) is None
    broker.stop()
    days = [record.event for record in journal_in(tmp_path) if isinstance(record.event, e.DayOpened)]
    assert days == [e.DayOpened(sample.TUESDAY)]
