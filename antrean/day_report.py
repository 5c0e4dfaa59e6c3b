"""`antrean report`: what a business day came to, as tables to read or as figures in a file."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.client import new_request_id
from broker.domain.day import MINUTE_MS
from broker.domain.day_report import ClerkFigures, DayFigures, ForecastFigures, OneDayFigures, WaitFigures
from broker.domain.rules import Service
from broker.domain.values import BusinessDay, Channel, ClerkId, ServiceCode
from broker.protocol import messages as m
from wording import N_, Wording

GAP = "  "
NOTHING = "–"

CHANNELS: dict[Channel, str] = {
    Channel.WALK_IN: N_("Walk-in"),
    Channel.APPOINTMENT: N_("Appointment"),
    Channel.DRIVE_THRU: N_("Drive-thru"),
    Channel.PICK_UP: N_("Pick-up"),
}

CSV_COLUMNS = ("day", "part", "service", "queue", "channel", "priority", "clerk", "hour", "figure", "value")


class Told(Struct, frozen=True):
    """A day's figures, and what people call whatever they are about."""

    outlet: str
    figures: DayFigures
    services: dict[ServiceCode, Service]
    names: dict[ClerkId, str]


def ask(line: BrokerLine, day: BusinessDay | None, wording: Wording) -> Told:
    """A day's figures from the broker. Raises Problem when there are none."""
    state = line.state()
    report = line.ask(m.AskDayReport(new_request_id(), day))
    assert isinstance(report, m.DayReport)
    if report.figures is None or state.rules is None:
        todo = wording.t("Name a day on which the outlet worked, with --day.")
        raise Problem(wording.t("There are no figures of this day"), day or state.last_day or "", todo)
    profiles = line.ask(m.AskProfiles(new_request_id()))
    assert isinstance(profiles, m.Profiles)
    names = {each.clerk: each.name for each in profiles.profiles}
    return Told(state.rules.name, report.figures, state.services, names)


# To read


def told(report: Told, wording: Wording) -> Iterator[str]:
    """The report as lines of text."""
    figures, w = report.figures, wording
    yield f"{report.outlet}, {w.weekday_date(date.fromisoformat(figures.day))}"
    parts = (
        (w.t("One-day services"), _one_day(report, w)),
        (w.t("Waits, from arrival to the first call"), _waits(figures.waits, w)),
        (w.t("Expected waits against true ones"), _forecast(figures.forecast, w)),
        (w.t("Clerks"), _clerks(report, w)),
        (w.t("Turns that a clerk has changed"), _conduct(report, w)),
        (w.t("Who could serve what"), _skills(report, w)),
    )
    for title, rows in parts:
        yield ""
        yield title
        yield from _table(rows) if len(rows) > 1 else (GAP + w.t("None"),)


def _one_day(report: Told, w: Wording) -> list[list[str]]:
    header = [
        w.t("Service"),
        w.t("Accepted"),
        w.t("Ready the same day"),
        w.t("Promise kept"),
        w.t("Overdue"),
        w.t("Not ready that day"),
        w.t("Rejected"),
        w.t("Median"),
        w.t("Nine of ten"),
    ]
    return [header] + [
        [
            w.t("All") if each.service is None else _service(report, each.service, w),
            *map(w.number, _counts(each)),
            _minutes(each.median_ms, w),
            _minutes(each.p90_ms, w),
        ]
        for each in report.figures.one_day
    ]


def _counts(each: OneDayFigures) -> tuple[int, ...]:
    return (
        each.accepted,
        each.completed_same_day,
        each.kept,
        each.overdue,
        each.carried_over,
        each.rejected,
    )


def _service(report: Told, code: ServiceCode, w: Wording) -> str:
    known = report.services.get(code)
    return code if known is None else (known.short_name or known.name).in_language(w.language.value)


def _waits(waits: Sequence[WaitFigures], w: Wording) -> list[list[str]]:
    header = [
        w.t("Queue"),
        w.t("Came by"),
        w.t("Priority"),
        w.t("Issued"),
        w.t("Served"),
        w.t("No-shows"),
        w.t("Mean"),
        w.t("Nine of ten"),
        w.t("Within standard"),
    ]
    return [header] + [
        [
            each.letter,
            w.t(CHANNELS[each.channel]),
            w.t("yes") if each.with_priority else w.t("no"),
            w.number(each.issued),
            w.number(each.served),
            w.number(each.missed),
            _minutes(each.mean_ms, w),
            _minutes(each.p90_ms, w),
            _share(each.within, each.judged, w),
        ]
        for each in waits
    ]


def _forecast(forecast: ForecastFigures, w: Wording) -> list[list[str]]:
    header = [
        w.t("Tickets that waited"),
        w.t("Within the range"),
        w.t("Range, median"),
        w.t("Error, median"),
        w.t("Called at once"),
    ]
    width = forecast.median_width_minutes
    row = [
        w.number(forecast.judged),
        _share(forecast.covered, forecast.judged, w),
        NOTHING if width is None else w.t("{minutes} min", minutes=w.number(width)),
        _minutes(forecast.median_error_ms, w),
        w.number(forecast.at_once),
    ]
    return [header, row] if forecast.judged or forecast.at_once else [header]


def _clerks(report: Told, w: Wording) -> list[list[str]]:
    header = [
        w.t("Clerk"),
        w.t("Served"),
        w.t("No-shows"),
        w.t("Files accepted"),
        w.t("Mean service"),
        w.t("Idle"),
        w.t("On a break"),
    ]
    return [header] + [
        [
            _name(report, each),
            w.number(each.tally.served),
            w.number(each.tally.missed),
            w.number(each.tally.accepted),
            _minutes(each.tally.service_ms // each.tally.timed if each.tally.timed else None, w),
            _minutes(each.tally.idle_ms, w),
            _minutes(each.tally.paused_ms, w),
        ]
        for each in report.figures.clerks
    ]


def _conduct(report: Told, w: Wording) -> list[list[str]]:
    header = [
        w.t("Clerk"),
        w.t("Hour"),
        w.t("Priorities refuted"),
        w.t("Called out of order"),
        w.t("No-shows without a recall"),
    ]
    return [header] + [
        [
            _name(report, each),
            w.number_range(hour, hour + 1),
            w.number(conduct.refuted),
            w.number(conduct.chosen),
            w.number(conduct.quick_no_shows),
        ]
        for each in report.figures.clerks
        for hour, conduct in each.hours.items()
    ]


def _skills(report: Told, w: Wording) -> list[list[str]]:
    header = [w.t("Clerk"), w.t("Services")]
    return [header] + [
        [
            _name(report, each),
            w.t("All") if each.skills is None else ", ".join(each.skills) or w.t("None"),
        ]
        for each in report.figures.clerks
    ]


def _name(report: Told, clerk: ClerkFigures) -> str:
    return report.names.get(clerk.clerk, clerk.clerk)


def _minutes(ms: int | None, w: Wording) -> str:
    return NOTHING if ms is None else w.t("{minutes} min", minutes=w.number(round(ms / MINUTE_MS)))


def _share(count: int, of: int, w: Wording) -> str:
    return w.t("{count} of {all}", count=w.number(count), all=w.number(of)) if of else NOTHING


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Columns as wide as their widest cell: figures flush right, words flush left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        first, *others = row
        cells = [first.ljust(widths[0])]
        cells += [
            cell.rjust(width) if _is_figure(rows, place) else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(others, widths[1:], strict=True), start=1)
        ]
        yield (GAP + GAP.join(cells)).rstrip()


def _is_figure(rows: list[list[str]], place: int) -> bool:
    return all(row[place][:1].isdigit() or row[place] == NOTHING for row in rows[1:])


# For other programs


def write_csv(report: Told, path: Path, wording: Wording) -> None:
    """One line a figure: what it is about, its name, its value. Times are whole milliseconds."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, CSV_COLUMNS)
            writer.writeheader()
            for row in csv_rows(report.figures):
                writer.writerow({"day": report.figures.day, **row})
    except OSError as error:
        reason = error.strerror or str(error)
        todo = wording.t("Name a file in a folder that exists and that you may write to.")
        raise Problem(
            wording.t("The file can't be written: {reason}", reason=reason), str(path), todo
        ) from error


def csv_rows(figures: DayFigures) -> Iterator[dict[str, object]]:
    """Every figure, by what it is about."""
    for one in figures.one_day:
        yield from _figures({"part": "one-day", "service": one.service or ""}, one, ("service",))
    for wait in figures.waits:
        about = {"queue": wait.letter, "channel": wait.channel.value, "priority": int(wait.with_priority)}
        yield from _figures({"part": "waits", **about}, wait, ("letter", "channel", "with_priority"))
    yield from _figures({"part": "forecast"}, figures.forecast, ())
    for clerk in figures.clerks:
        yield from _figures({"part": "clerks", "clerk": clerk.clerk}, clerk.tally, ())
        for hour, conduct in clerk.hours.items():
            yield from _figures({"part": "conduct", "clerk": clerk.clerk, "hour": hour}, conduct, ())
        for service in clerk.skills if clerk.skills is not None else ("*",):
            skill = {"part": "skills", "clerk": clerk.clerk, "service": service}
            yield {**skill, "figure": "could_serve", "value": 1}


def _figures(about: dict[str, object], figures: Struct, but: Sequence[str]) -> Iterator[dict[str, object]]:
    for name, value in msgspec.structs.asdict(figures).items():
        if name not in but and value is not None:
            yield {**about, "figure": name, "value": value}
