"""The simulator itself: the same days again, and what makes them differ."""

from typing import TypeVar

import pytest
from msgspec.structs import replace

from antrean.simulator import DayRecord, Perturbation, Setting, run_day
from antrean.simulator.record import Told
from broker.domain import events as e
from broker.domain.commands import IssueTicket
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import Instant

Happened = TypeVar("Happened", bound=e.Event)

SETTING = Setting(counters=4, load=0.7, outlet=3)


class Onlooker:
    """Asks nothing, and keeps what happened."""

    def __init__(self) -> None:
        self.events: list[Recorded] = []

    def asked(self, state: State, now: Instant, issue: IssueTicket) -> Told | None:
        return None

    def happened(self, state: State, record: Recorded) -> None:
        self.events.append(record)

    def of(self, kind: type[Happened]) -> list[Happened]:
        return [record.event for record in self.events if isinstance(record.event, kind)]

    def hours_of(self, kind: type[e.Event]) -> list[float]:
        """When such events happened, in hours of local time."""
        return [(each.at / 3_600_000 + 7) % 24 for each in self.events if isinstance(each.event, kind)]


def play(setting: Setting, seed: int = 1) -> tuple[DayRecord, Onlooker]:
    onlooker = Onlooker()
    return run_day(setting, seed, onlooker), onlooker


def test_the_same_seed_is_the_same_day_to_the_millisecond() -> None:
    (record, seen), (again, seen_again) = play(SETTING), play(SETTING)
    assert record == again
    assert seen.events == seen_again.events
    assert play(SETTING, seed=2)[0] != record


def test_everybody_is_called_or_expires() -> None:
    record, seen = play(replace(SETTING, load=1.05))
    called = {event.ticket for event in seen.of(e.TicketCalled)}
    expired = {event.ticket for event in seen.of(e.TicketExpired)}
    assert {event.ticket for event in seen.of(e.TicketIssued)} == called | expired
    assert len(called) == sum(visit.called_at is not None for visit in record.visits)


def test_more_load_is_more_people_and_longer_waits() -> None:
    light, heavy = (play(replace(SETTING, load=load))[0] for load in (0.55, 1.05))
    assert len(heavy.visits) > 1.5 * len(light.visits)
    assert mean_wait(heavy) > 2 * mean_wait(light)


def test_most_promises_are_kept() -> None:
    records = [play(SETTING, seed)[0] for seed in range(5)]
    promised, kept = sum(day.promised for day in records), sum(day.kept for day in records)
    assert 0.8 * promised < kept <= promised


@pytest.mark.parametrize("perturbation", Perturbation)
def test_each_kind_of_day_can_be_played(perturbation: Perturbation) -> None:
    record, _ = play(replace(SETTING, perturbation=perturbation))
    assert sum(visit.called_at is not None for visit in record.visits) > 50


def test_a_counter_closes_at_ten_and_no_other_before_the_end() -> None:
    _, seen = play(replace(SETTING, perturbation=Perturbation.COUNTER_CLOSES))
    closed = seen.hours_of(e.CounterClosed)
    assert min(closed) == pytest.approx(10, abs=0.8)
    assert sorted(closed)[1] >= 15.9


def test_a_counter_left_on_pause_looks_open() -> None:
    _, seen = play(replace(SETTING, perturbation=Perturbation.LEFT_ON_PAUSE))
    paused = len(seen.of(e.CounterPaused)) - len(seen.of(e.CounterResumed))
    assert paused >= 1


def test_a_new_clerk_sits_at_one_counter() -> None:
    _, seen = play(replace(SETTING, perturbation=Perturbation.SLOW_CLERK))
    clerks = [event.clerk for event in seen.of(e.CounterOpened)]
    assert sum(clerk.startswith("new-") for clerk in clerks) == 1


def test_people_who_leave_unseen_are_no_shows_when_called() -> None:
    ordinary, _ = play(replace(SETTING, load=0.95))
    leaving, _ = play(replace(SETTING, load=0.95, perturbation=Perturbation.LEAVE_UNSEEN))
    assert leaving.no_shows > 2 * ordinary.no_shows


def mean_wait(record: DayRecord) -> float:
    waits = [visit.wait_minutes or 0.0 for visit in record.visits if visit.called_at is not None]
    return sum(waits) / len(waits)
