"""What a business day came to, counted from the journal's tables; of the open day, the clerks' part from the state."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from math import ceil
from statistics import mean, median

import msgspec
from sqlalchemy import select

from broker.domain.application import ApplicationStatus
from broker.domain.day import MINUTE_MS, day_ends_at
from broker.domain.day_report import ClerkFigures, DayFigures, ForecastFigures, OneDayFigures, WaitFigures
from broker.domain.queue import skills_of
from broker.domain.rules import OutletRules
from broker.domain.state import Conduct, State, Tally
from broker.domain.ticket import TicketStatus
from broker.domain.values import BusinessDay, Channel, ClerkId, Instant, Letter, ServiceCode
from broker.store import schema
from broker.store.database import AnyRow, Database
from broker.store.projection import clerks_of

DAY_MS = 24 * 60 * MINUTE_MS

AT_ONCE_MS = MINUTE_MS
"""Whoever is called so soon had no wait to forecast."""


class Reports:
    """Figures of days, read from an outlet's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def day(self, wanted: BusinessDay | None, state: State) -> DayFigures | None:
        """The day's figures, the open day's so far; None: the outlet has not worked then. No day: the last one."""
        rules, day = state.rules, state.day or state.last_day if wanted is None else _real(wanted)
        if rules is None or day is None:
            return None
        tickets, files = self._tickets(day), self._one_day_files(day, rules)
        clerks = _clerks_so_far(state) if day == state.day else self._clerks(day)
        if not (tickets or files or clerks):
            return None
        return DayFigures(
            day,
            tuple(_one_day(files, day_ends_at(day, rules.utc_offset_minutes))),
            tuple(_waits(tickets, rules)),
            _forecast(tickets),
            tuple(sorted(clerks, key=lambda clerk: clerk.clerk)),
        )

    def _tickets(self, day: BusinessDay) -> list[AnyRow]:
        table = schema.ticket
        order = (table.c.letter, table.c.channel, table.c.priority.is_not(None))
        return list(self._database.read(select(table).where(table.c.day == day).order_by(*order)))

    def _one_day_files(self, day: BusinessDay, rules: OutletRules) -> list[AnyRow]:
        """The one-day applications accepted on that day."""
        table = schema.application
        ends = day_ends_at(day, rules.utc_offset_minutes)
        accepted = table.c.accepted_at.between(ends - DAY_MS, ends - 1)
        query = select(table).where(accepted, table.c.promised_at.is_not(None))
        return list(self._database.read(query.order_by(table.c.service)))

    def _clerks(self, day: BusinessDay) -> list[ClerkFigures]:
        hours: dict[str, dict[int, Conduct]] = {}
        conduct, days = schema.conduct, schema.clerk_day
        for row in self._database.read(select(conduct).where(conduct.c.day == day)):
            hours.setdefault(row.clerk, {})[row.hour] = Conduct(row.refuted, row.chosen, row.quick_no_shows)
        return [
            ClerkFigures(
                ClerkId(row.clerk),
                _skills(row.skills),
                _tally(row),
                dict(sorted(hours.get(row.clerk, {}).items())),
            )
            for row in self._database.read(select(days).where(days.c.day == day))
        ]


def _real(day: BusinessDay) -> BusinessDay | None:
    """The day as the tables have it; None where it is no date."""
    try:
        return BusinessDay(date.fromisoformat(day).isoformat())
    except ValueError:
        return None


# Clerks


def _tally(row: AnyRow) -> Tally:
    return Tally(row.served, row.timed, row.service_ms, row.missed, row.accepted, row.idle_ms, row.paused_ms)


def _skills(listed: str | None) -> tuple[ServiceCode, ...] | None:
    return None if listed is None else msgspec.json.decode(listed, type=tuple[ServiceCode, ...])


def _clerks_so_far(state: State) -> list[ClerkFigures]:
    """The clerks of the open day; the tables have them when it closes."""
    figures = []
    for clerk in clerks_of(state):
        skills = skills_of(state, clerk, state.day)
        figures.append(
            ClerkFigures(
                clerk.id,
                None if skills is None else tuple(sorted(skills)),
                state.tallies.get(clerk.id, Tally()),
                dict(sorted(state.conduct.get(clerk.id, {}).items())),
            )
        )
    return figures


# One-day services


def _one_day(files: Sequence[AnyRow], day_ends: Instant) -> Iterator[OneDayFigures]:
    """All services together, then each."""
    if files:
        yield _promises(None, files, day_ends)
    for service, some in groupby(files, key=lambda row: row.service):
        yield _promises(ServiceCode(service), list(some), day_ends)


def _promises(service: ServiceCode | None, files: Sequence[AnyRow], day_ends: Instant) -> OneDayFigures:
    took = [row.ready_at - row.accepted_at for row in files if row.ready_at is not None]
    rejected = [row for row in files if row.status == ApplicationStatus.REJECTED]
    return OneDayFigures(
        service,
        accepted=len(files),
        completed_same_day=sum(_ready_by(row, day_ends - 1) for row in files),
        kept=sum(_ready_by(row, row.promised_at) for row in files),
        overdue=sum(bool(row.overdue) for row in files),
        carried_over=sum(
            not _ready_by(row, day_ends - 1) and not (row in rejected and row.ended_at < day_ends)
            for row in files
        ),
        rejected=len(rejected),
        median_ms=_median(took),
        p90_ms=_p90(took),
    )


def _ready_by(row: AnyRow, at: int) -> bool:
    return row.ready_at is not None and row.ready_at <= at


# Waits


def _waits(tickets: Sequence[AnyRow], rules: OutletRules) -> Iterator[WaitFigures]:
    standards = {each.channel: each.standard_minutes for each in rules.channels}
    for (letter, channel, with_priority), some in groupby(tickets, key=_class_of):
        rows = list(some)
        waits = [wait for row in rows if (wait := _wait_of(row)) is not None]
        standard = standards.get(channel)
        expired = sum(row.status == TicketStatus.EXPIRED and row.first_called_at is None for row in rows)
        yield WaitFigures(
            letter,
            channel,
            with_priority,
            issued=len(rows),
            served=sum(row.status == TicketStatus.COMPLETED for row in rows),
            missed=sum(row.status == TicketStatus.NO_SHOW for row in rows),
            mean_ms=round(mean(waits)) if waits else None,
            p90_ms=_p90(waits),
            judged=0 if standard is None else len(waits) + expired,
            within=0 if standard is None else sum(wait <= standard * MINUTE_MS for wait in waits),
        )


def _class_of(row: AnyRow) -> tuple[Letter, Channel, bool]:
    return row.letter, Channel(row.channel), row.priority is not None


def _wait_of(row: AnyRow) -> int | None:
    """From the arrival to the first call; None: not called."""
    if row.first_called_at is None or row.arrived_at is None:
        return None
    return int(row.first_called_at - row.arrived_at)


def _forecast(tickets: Sequence[AnyRow]) -> ForecastFigures:
    """The ranges that citizens were told, against what came true."""
    told = [
        (row.estimate_from * MINUTE_MS, row.estimate_to * MINUTE_MS, wait)
        for row in tickets
        if row.estimate_from is not None and (wait := _wait_of(row)) is not None
    ]
    judged = [each for each in told if each[2] >= AT_ONCE_MS]
    return ForecastFigures(
        at_once=len(told) - len(judged),
        judged=len(judged),
        covered=sum(low <= wait <= high for low, high, wait in judged),
        median_width_minutes=_median([(high - low) // MINUTE_MS for low, high, _ in judged]),
        median_error_ms=_median([abs((low + high) // 2 - wait) for low, high, wait in judged]),
    )


# Of a handful of figures


def _median(figures: Sequence[int]) -> int | None:
    return round(median(figures)) if figures else None


def _p90(figures: Sequence[int]) -> int | None:
    """The least figure that nine of ten do not exceed."""
    return sorted(figures)[ceil(len(figures) * 0.9) - 1] if figures else None
