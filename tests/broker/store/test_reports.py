"""What a day came to: a day made by hand, whose figures can be counted on fingers."""

import pytest
from msgspec.structs import replace
from sqlalchemy import insert

from broker.domain import commands as c
from broker.domain.day import MINUTE_MS
from broker.domain.day_report import DayFigures, ForecastFigures, OneDayFigures, WaitFigures
from broker.domain.evolve import evolve
from broker.domain.rules import ChannelRule
from broker.domain.state import Conduct, State, Tally
from broker.domain.values import BusinessDay, Channel, ChoiceReason, Priority
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Group, Journal
from broker.store.reports import Reports
from tests.support import sample
from tests.support.journal import commit
from tests.support.morning import ONE, Morning

RULES = replace(
    sample.RULES, channels=(ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30),)
)
WEDNESDAY = BusinessDay("2026-07-15")
AFTERWARDS = State(rules=RULES, last_day=WEDNESDAY)
"""As seen later: no day is open."""


def figures_of(database: Database, day: BusinessDay = sample.TUESDAY) -> DayFigures:
    figures = Reports(database).day(day, AFTERWARDS)
    assert figures is not None
    return figures


# One-day services


def file(number: int, accepted: int, ready: int | None, **different: object) -> dict[str, object]:
    """A one-day file accepted and ready so many minutes after 08.00, promised for 240 minutes after acceptance."""
    eight = sample.at(8)
    return {
        "id": f"file-{number}",
        "service": sample.MICRO_BUSINESS,
        "status": "in-process" if ready is None else "handed-over",
        "accepted_at": eight + accepted * MINUTE_MS,
        "accepted_by": "sri",
        "promised_at": eight + (accepted + 240) * MINUTE_MS,
        "ready_at": None if ready is None else eight + ready * MINUTE_MS,
        "overdue": False,
        "failed_deliveries": 0,
    } | different


A_DAY = 24 * 60


def made_files(database: Database) -> None:
    files = [
        file(1, 0, 100),
        file(2, 10, 250, service=sample.JOBSEEKER),  # just as promised
        file(3, 20, 300, overdue=True),  # late, and still the same day
        file(4, 30, A_DAY + 60, overdue=True),  # carried over
        file(5, 40, None, overdue=True),  # still open
        file(6, 50, None, status="rejected", ended_at=sample.at(9), reason="not-eligible"),
        file(7, 60, None, status="rejected", ended_at=sample.at(9, day=WEDNESDAY), reason="withdrawn"),
        file(8, 70, 100, promised_at=None),  # no one-day service
        file(9, A_DAY, A_DAY + 10),  # the next day's
        file(10, -A_DAY, 10, overdue=True),  # the day before's
    ]
    for each in files:
        database.write(insert(schema.application).values(each))


def test_promises_are_counted_for_the_day_of_acceptance(database: Database) -> None:
    made_files(database)
    everything, iumk, jobseeker = sorted(figures_of(database).one_day, key=lambda figures: -figures.accepted)
    assert everything == OneDayFigures(
        service=None,
        accepted=7,
        completed_same_day=3,
        kept=2,
        overdue=3,
        carried_over=3,
        rejected=2,
        median_ms=(240 + 280) // 2 * MINUTE_MS,
        p90_ms=(A_DAY + 30) * MINUTE_MS,
    )
    assert (iumk.service, iumk.accepted, iumk.completed_same_day, iumk.kept) == (
        sample.MICRO_BUSINESS,
        6,
        2,
        1,
    )
    assert (jobseeker.service, jobseeker.accepted, jobseeker.median_ms) == (
        sample.JOBSEEKER,
        1,
        240 * MINUTE_MS,
    )


def test_each_days_files_are_its_own(database: Database) -> None:
    made_files(database)
    assert figures_of(database, WEDNESDAY).one_day[0].accepted == 1


# Waits


def ticket(number: int, waited: float | None, **different: object) -> dict[str, object]:
    """A ticket that arrived at 08.00 and was called after so many minutes; None: never."""
    eight = sample.at(8)
    return {
        "id": f"ticket-{number}",
        "day": sample.TUESDAY,
        "letter": "A",
        "number": number,
        "copy": 0,
        "queue": "A",
        "status": "completed",
        "channel": "walk-in",
        "language": "id",
        "device": "kiosk-1",
        "issued_at": eight,
        "arrived_at": eight,
        "first_called_at": None if waited is None else eight + int(waited * MINUTE_MS),
        "start_unknown": False,
        "unfinished": False,
    } | different


def made_tickets(database: Database, *tickets: dict[str, object]) -> None:
    for each in tickets:
        database.write(insert(schema.ticket).values(each))


def test_waits_are_told_by_queue_channel_and_priority(database: Database) -> None:
    plain = [ticket(n, 10 * n) for n in range(1, 10)]
    made_tickets(
        database,
        *plain,
        ticket(10, 100, status="no-show"),
        ticket(11, 5, priority=Priority.ELDERLY),
        ticket(12, 7, priority=Priority.PREGNANT),
        ticket(13, None, status="expired", letter="B"),
        ticket(14, 3, day=WEDNESDAY),
    )
    assert figures_of(database).waits == (
        WaitFigures("A", Channel.WALK_IN, False, 10, 9, 1, 55 * MINUTE_MS, 90 * MINUTE_MS),
        WaitFigures("A", Channel.WALK_IN, True, 2, 2, 0, 6 * MINUTE_MS, 7 * MINUTE_MS),
        WaitFigures("B", Channel.WALK_IN, False, 1, 0, 0, None, None),
    )


def test_a_channel_is_held_to_its_standard_and_who_was_never_called_counts(database: Database) -> None:
    drive_thru = {"channel": "drive-thru"}
    made_tickets(
        database,
        ticket(1, 60, **drive_thru),
        ticket(2, 60.1, **drive_thru),
        ticket(3, None, status="expired", **drive_thru),
        ticket(4, None, status="cancelled", **drive_thru),
    )
    (figures,) = figures_of(database).waits
    assert (figures.issued, figures.judged, figures.within) == (4, 3, 1)


# The expected wait


def test_ranges_are_held_against_what_came_true(database: Database) -> None:
    told = {"estimate_from": 10, "estimate_to": 20}
    made_tickets(
        database,
        ticket(1, 0.5, **told),  # at once: nothing to forecast
        ticket(2, 10, **told),
        ticket(3, 20, **told),
        ticket(4, 21, **told),
        ticket(5, 15, estimate_from=15, estimate_to=45),
        ticket(6, None, **told),
        ticket(7, 30),  # told nothing
    )
    assert figures_of(database).forecast == ForecastFigures(
        at_once=1,
        judged=4,
        covered=3,
        median_width_minutes=10,
        median_error_ms=int(5.5 * MINUTE_MS),
    )


def test_a_day_without_visitors_has_no_middle(database: Database) -> None:
    database.write(insert(schema.clerk_day).values(clerk_day("sri")))
    figures = figures_of(database)
    assert figures.forecast == ForecastFigures(0, 0, 0, None, None)
    assert (figures.one_day, figures.waits) == ((), ())


# Clerks


def clerk_day(clerk: str, **different: object) -> dict[str, object]:
    row = {"day": sample.TUESDAY, "clerk": clerk, "skills": None}
    return row | dict.fromkeys(Tally.__struct_fields__, 0) | different


def test_clerks_have_their_day_their_hours_and_what_they_could_serve_then(database: Database) -> None:
    database.write(
        insert(schema.clerk_day).values(clerk_day("sri", served=12, timed=10, service_ms=100, idle_ms=5)),
        insert(schema.clerk_day).values(clerk_day("budi", skills='["IUMK"]')),
        insert(schema.conduct).values(
            day=sample.TUESDAY, clerk="sri", hour=9, refuted=1, chosen=2, quick_no_shows=3
        ),
    )
    budi, sri = figures_of(database).clerks
    assert (budi.clerk, budi.skills, budi.tally, budi.hours) == ("budi", ("IUMK",), Tally(), {})
    assert sri.skills is None
    assert sri.tally == Tally(served=12, timed=10, service_ms=100, idle_ms=5)
    assert sri.hours == {9: Conduct(refuted=1, chosen=2, quick_no_shows=3)}


def test_an_old_report_says_who_could_serve_what_then_whatever_is_assigned_later(database: Database) -> None:
    outlet = Morning()
    outlet.do(c.AssignSkills(sample.SRI, (sample.DOCTOR,), WEDNESDAY), *at_counter("ratna"))
    outlet.advance(minutes=24 * 60)
    outlet.do(c.AssignSkills(sample.SRI, (sample.RESEARCH,), WEDNESDAY), *at_counter("ratna"))
    commit(Journal(database), outlet.journal)
    reports = Reports(database)

    def skills(day: BusinessDay) -> object:
        figures = reports.day(day, outlet.state)
        assert figures is not None
        return next(each.skills for each in figures.clerks if each.clerk == "sri")

    assert skills(sample.TUESDAY) is None
    assert skills(WEDNESDAY) == (sample.RESEARCH,)


def at_counter(clerk: str) -> tuple[c.DeviceRole, str, str]:
    return c.DeviceRole.COUNTER, f"pc-{clerk}", clerk


def test_the_open_day_comes_with_what_there_is_so_far_and_the_same_after_its_close(
    database: Database,
) -> None:
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.take("A")
    chosen = outlet.take("A")
    outlet.clerk("sri", c.CallTicket(ONE, chosen, ChoiceReason.SHORT_QUESTION))
    outlet.clerk("sri", c.StartService(chosen))
    outlet.advance(minutes=8)
    outlet.clerk("sri", c.CompleteTicket(chosen))
    outlet.serve("sri", ONE)
    outlet.clerk("sri", c.CloseCounter(ONE))
    reports = Reports(database)
    journal = Journal(database)
    state = commit(journal, outlet.journal)
    so_far = reports.day(None, state)
    assert so_far is not None
    sri = next(each for each in so_far.clerks if each.clerk == "sri")
    assert (sri.tally.served, sri.hours) == (2, {7: Conduct(chosen=1)})
    written = len(outlet.journal)
    outlet.advance(minutes=11 * 60)
    assert outlet.state.day is None
    group = Group(outlet.now)
    for record in outlet.journal[written:]:
        evolve(state, record)
        group.record(record, state)
    journal.commit(group)
    assert reports.day(sample.TUESDAY, state) == so_far


def test_before_the_first_day_and_on_holidays_there_is_nothing(database: Database) -> None:
    reports = Reports(database)
    assert reports.day(None, State()) is None
    assert reports.day(None, State(rules=RULES)) is None
    assert reports.day(BusinessDay("2026-07-18"), AFTERWARDS) is None


@pytest.mark.parametrize("nonsense", ["", "yesterday", "2026-02-31"])
def test_what_is_no_date_is_no_day(database: Database, nonsense: str) -> None:
    assert Reports(database).day(BusinessDay(nonsense), AFTERWARDS) is None
