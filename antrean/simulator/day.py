"""One day at an outlet, played: people come, clerks call, serve, rest and go, all through the real core.

Times are minutes of the day; the core gets instants. Everything random comes from the seed.
"""

import heapq
from collections.abc import Callable
from functools import partial
from itertools import count
from random import Random

from msgspec import Struct

from antrean.simulator.arrivals import Arrival, arrivals_of
from antrean.simulator.core import Core
from antrean.simulator.record import DayRecord, Observer, Told, Visit
from antrean.simulator.setting import (
    BACK_OFFICE,
    CLOSES,
    LUNCHES,
    OPENS,
    ClerkLaw,
    Perturbation,
    Setting,
    outlet_of,
)
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.day import instant_of
from broker.domain.queue import next_for
from broker.domain.refusals import Refusal
from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    ClerkId,
    CounterNumber,
    Delivery,
    DeviceRole,
    Instant,
    PauseReason,
    TicketId,
)

DAY = BusinessDay("2026-07-14")
TEN = 10 * 60
SECOND = 1 / 60
SLOWER, NEW_CLERK = 1.25, 1.7
ONE_DAY_MINUTES = (20.0, 150.0)
"""The back office's work on a one-day application: so the promise is kept about nine times in ten."""


def run_day(setting: Setting, seed: int, observer: Observer, day: BusinessDay = DAY) -> DayRecord:
    """Play one day. The same setting, seed and day give the same people, whatever is observed."""
    return _Day(setting, seed, observer, day).play()


class _Rest(Struct, frozen=True):
    """A clerk is away from the counter, from a minute on."""

    begins: float
    until: float | None
    """None: `minutes` after it began."""
    minutes: float
    reason: PauseReason


class _Desk:
    """A counter with its clerk, and what the clerk has before him."""

    def __init__(self, number: CounterNumber, law: ClerkLaw, rests: list[_Rest], closes: float) -> None:
        self.number = number
        self.law = law
        self.rests = rests
        self.closes = closes
        self.idle = False
        self.open = False


class _Day:
    """The play itself: a heap of what comes next."""

    def __init__(self, setting: Setting, seed: int, observer: Observer, day: BusinessDay) -> None:
        self._setting = setting
        self._outlet = outlet_of(setting)
        self._random = Random(
            f"{setting.counters} {setting.outlet} {setting.load} {setting.perturbation} {seed}"
        )
        self._day = day
        self._observer = observer
        self._offset = self._outlet.rules.utc_offset_minutes
        self._configured = {clerk.id: clerk for clerk in self._outlet.rules.clerks}
        self._core = Core(self._outlet, observer, self._at(OPENS - 30))
        self._agenda: list[tuple[float, int, Callable[[float], None]]] = []
        self._order = count()
        self._pace = self._random.lognormvariate(0, 0.06)
        if setting.perturbation is Perturbation.SLOWER:
            self._pace *= SLOWER
        self._arrivals = arrivals_of(setting, self._outlet, self._random)
        self._desks = self._make_desks()
        self._who: dict[TicketId, tuple[Arrival, bool, Told | None, Instant]] = {}
        self._called: dict[TicketId, Instant] = {}
        self._promised = self._kept = self._no_shows = 0

    def play(self) -> DayRecord:
        """Until the day has closed."""
        for arrival in self._arrivals:
            self._plan(arrival.minute, partial(self._comes, arrival))
        for desk in self._desks:
            self._plan(OPENS + self._random.uniform(-5, 6), partial(self._opens, desk))
        for tick in range(OPENS, CLOSES + 2):
            self._plan(tick, self._tick)
        while self._agenda:
            minute, _, act = heapq.heappop(self._agenda)
            act(minute)
        visits = tuple(
            Visit(who.letter, who.priority, who.service, issued, self._called.get(ticket), free, told)
            for ticket, (who, free, told, issued) in self._who.items()
        )
        return DayRecord(visits, self._promised, self._kept, self._no_shows)

    # Time

    def _at(self, minute: float) -> Instant:
        return Instant(instant_of(self._day, 0, self._outlet.rules.utc_offset_minutes) + int(minute * 60_000))

    def _plan(self, minute: float, act: Callable[[float], None]) -> None:
        if minute <= CLOSES + 1:
            heapq.heappush(self._agenda, (minute, next(self._order), act))

    def _tick(self, minute: float) -> None:
        self._core.do(self._at(minute), c.Tick(), DeviceRole.BROKER)

    @property
    def _over(self) -> bool:
        return self._core.state.day is None

    # Clerks

    def _make_desks(self) -> list[_Desk]:
        desks = []
        for number, law in self._outlet.clerks.items():
            begins, until = LUNCHES[number % 2]
            rests = [
                _Rest(law.break_at + self._random.gauss(0, 12), None, law.break_minutes, PauseReason.BREAK),
                _Rest(begins + self._random.uniform(-2, 3), until, 0, PauseReason.BREAK),
            ]
            if self._random.random() < 0.6:
                rests.append(_Rest(15 * 60 + self._random.uniform(-10, 20), None, 10, PauseReason.PRAYER))
            desks.append(_Desk(number, law, sorted(rests, key=lambda rest: rest.begins), CLOSES))
        perturbation = self._setting.perturbation
        chosen = self._random.choice([desk for desk in desks if self._spared(desk.number)])
        if perturbation is Perturbation.COUNTER_CLOSES:
            chosen.closes = TEN
        if perturbation is Perturbation.LEFT_ON_PAUSE:
            chosen.rests = [rest for rest in chosen.rests if rest.begins < TEN - 20]
            chosen.rests.append(_Rest(TEN, CLOSES + 60, 0, PauseReason.BREAK))
        if perturbation is Perturbation.SLOW_CLERK:
            new = ClerkLaw(
                ClerkId(f"new-{chosen.number}"), NEW_CLERK, chosen.law.break_at, chosen.law.break_minutes
            )
            chosen.law = new
        return desks

    def _spared(self, number: CounterNumber) -> bool:
        """Whether every service can still be served without this counter."""
        others = [counter for counter in self._outlet.rules.counters if counter.number != number]
        return all(
            any(
                counter.serves(service.letter) and service.code in self._outlet.skills[counter.number]
                for counter in others
            )
            for service in self._outlet.services
        )

    def _clerk(self, desk: _Desk, minute: float, command: c.AnyCommand) -> tuple[e.AnyEvent, ...]:
        return self._core.do(self._at(minute), command, DeviceRole.COUNTER, desk.law.id)

    def _opens(self, desk: _Desk, minute: float) -> None:
        self._clerk(desk, minute, c.OpenCounter(desk.number))
        desk.open = True
        for rest in desk.rests:
            self._plan(rest.begins, partial(self._look_up, desk))
        self._plan(desk.closes, partial(self._look_up, desk))
        self._ready(desk, max(minute, OPENS))

    def _look_up(self, desk: _Desk, minute: float) -> None:
        """It is time for something: at once if nobody is being served."""
        if desk.idle:
            self._ready(desk, minute)

    def _ready(self, desk: _Desk, minute: float) -> None:
        """The clerk has nobody in hand: rests, goes, or calls."""
        desk.idle = False
        if self._over or not desk.open:
            return
        if minute >= desk.closes:
            self._clerk(desk, minute, c.CloseCounter(desk.number))
            desk.open = False
            return
        if desk.rests and minute >= desk.rests[0].begins:
            rest = desk.rests.pop(0)
            until = minute + rest.minutes if rest.until is None else max(rest.until, minute + 5)
            until += self._random.uniform(0, 2)
            self._clerk(desk, minute, c.PauseCounter(desk.number, rest.reason))
            self._plan(until, partial(self._back, desk))
            return
        called = self._core.ask(self._at(minute), c.CallNext(desk.number), DeviceRole.COUNTER, desk.law.id)
        if isinstance(called, Refusal):
            desk.idle = True
            return
        ticket = next(event.ticket for event in called if isinstance(event, e.TicketCalled))
        self._called.setdefault(ticket, self._at(minute))
        self._plan(minute + self._random.uniform(2, 5) * SECOND, partial(self._announced, desk, ticket))

    def _back(self, desk: _Desk, minute: float) -> None:
        if not self._over:
            self._clerk(desk, minute, c.ResumeCounter(desk.number))
            self._ready(desk, minute)

    def _announced(self, desk: _Desk, ticket: TicketId, minute: float) -> None:
        if self._over:
            return
        self._core.do(self._at(minute), c.ReportAnnounced(ticket, 1), DeviceRole.DISPLAY)
        who, _, _, issued = self._who[ticket]
        waited = (self._called[ticket] - issued) / 60_000
        if who.comes and waited < who.bears_minutes:
            self._plan(minute + self._random.uniform(8, 35) * SECOND, partial(self._starts, desk, ticket))
        else:
            self._plan(minute + self._random.uniform(48, 80) * SECOND, partial(self._missed, desk, ticket))

    def _missed(self, desk: _Desk, ticket: TicketId, minute: float) -> None:
        if self._over:
            return
        self._clerk(desk, minute, c.MarkNoShow(ticket))
        self._no_shows += 1
        self._plan(minute + self._between(), partial(self._ready, desk))

    def _starts(self, desk: _Desk, ticket: TicketId, minute: float) -> None:
        if self._over:
            return
        self._clerk(desk, minute, c.StartService(ticket))
        who = self._who[ticket][0]
        takes = who.service_minutes * desk.law.factor * self._pace
        self._plan(minute + takes, partial(self._completes, desk, ticket))

    def _completes(self, desk: _Desk, ticket: TicketId, minute: float) -> None:
        if self._over:
            return
        who = self._who[ticket][0]
        if who.letter == "A":
            accepted = self._clerk(desk, minute, c.AcceptApplication(ticket, who.service, ()))
            self._accepted(accepted, minute)
        self._clerk(desk, minute, c.CompleteTicket(ticket))
        self._plan(minute + self._between(), partial(self._ready, desk))

    def _between(self) -> float:
        return self._random.lognormvariate(2.6, 0.6) * SECOND

    # The back office

    def _accepted(self, events: tuple[e.AnyEvent, ...], minute: float) -> None:
        for event in events:
            if isinstance(event, e.ApplicationAccepted) and event.promised_at is not None:
                self._promised += 1
                takes = self._random.triangular(*ONE_DAY_MINUTES, 90)
                self._plan(
                    minute + takes, partial(self._ready_to_collect, event.application, event.promised_at)
                )

    def _ready_to_collect(self, application: ApplicationId, promised_at: Instant, minute: float) -> None:
        at = self._at(minute)
        self._core.do(at, c.MarkComplete(application), DeviceRole.COUNTER, BACK_OFFICE)
        self._kept += at <= promised_at
        self._plan(minute + self._random.expovariate(1 / 20), partial(self._hands_over, application))

    def _hands_over(self, application: ApplicationId, minute: float) -> None:
        self._core.do(self._at(minute), c.HandOver(application), DeviceRole.COUNTER, BACK_OFFICE)

    # Citizens

    def _comes(self, who: Arrival, minute: float) -> None:
        now = self._at(minute)
        issue = c.IssueTicket(who.letter, who.service, who.priority)
        told = self._observer.asked(self._core.state, now, issue)
        free = self._free_for(who, now)
        issued = self._core.do(now, issue, DeviceRole.KIOSK)
        ticket = next(event.ticket for event in issued if isinstance(event, e.TicketIssued))
        self._who[ticket] = (who, free, told, now)
        self._plan(minute + self._random.uniform(1, 3) * SECOND, partial(self._has_ticket, ticket))

    def _free_for(self, who: Arrival, now: Instant) -> bool:
        """Whether a counter that may serve them has nobody to call."""
        state = self._core.state
        for counter in self._outlet.rules.counters:
            seat = state.seats.get(counter.number)
            if (
                seat is not None
                and seat.pause is None
                and seat.ticket is None
                and counter.serves(who.letter)
                and who.service in self._outlet.skills[counter.number]
                and next_for(state, counter, self._configured[seat.clerk], now) is None
            ):
                return True
        return False

    def _has_ticket(self, ticket: TicketId, minute: float) -> None:
        self._core.do(self._at(minute), c.ConfirmDelivery(ticket, Delivery.PAPER), DeviceRole.KIOSK)
        for desk in self._desks:
            if desk.idle:
                desk.idle = False
                self._plan(minute + self._random.uniform(1, 4) * SECOND, partial(self._ready, desk))
