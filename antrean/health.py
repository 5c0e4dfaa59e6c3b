"""`antrean health`: whether the outlet's broker serves, and what needs somebody's hand; with an exit code."""

from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, assert_never

import msgspec
from msgspec import Struct

from antrean import backup_age, believing
from antrean.broker_line import BrokerLine, NoAnswer
from antrean.programs import Program, program_of
from antrean.settings import Settings
from broker.client import new_request_id
from broker.domain.values import Instant
from broker.protocol import messages as m
from wording import Wording

MS, MEGABYTE = 1000, 1_000_000


class Health(IntEnum):
    """The exit code."""

    HEALTHY = 0
    DEGRADED = 1
    """It serves; there are alarms."""
    NOT_SERVING = 2


class Report(Struct, frozen=True):
    """How the broker is."""

    health: Health
    findings: tuple[str, ...]
    """A line each, in the operator's language."""
    figures: m.Figures | None = None
    """None: the broker does not answer."""


def examine(line: BrokerLine, w: Wording, seen_here: Sequence[str] = ()) -> Report:
    """Ask the broker; `seen_here` is what else needs a hand, by what this machine sees.

    Raises Problem where the device may not ask.
    """
    try:
        figures = line.ask(m.AskFigures(new_request_id()))
    except NoAnswer as problem:
        return Report(Health.NOT_SERVING, (f"{problem.what}: {problem.where}. {problem.todo}", *seen_here))
    assert isinstance(figures, m.Figures)
    if not figures.is_confirmed:
        waits = w.t(
            "The broker knows less than has happened and serves nobody. Confirm its history: antrean confirm"
        )
        return Report(Health.NOT_SERVING, (waits, *seen_here), figures)
    alarms = (*(alarm_line(alarm, figures.at, w) for alarm in figures.alarms), *seen_here)
    return Report(Health.DEGRADED if alarms else Health.HEALTHY, alarms or (_serves(figures, w),), figures)


def old_backups(path: Path, own: Settings, w: Wording) -> tuple[str, ...]:
    """What there is to say of the backups in the folder that a settings file names: nothing where all is well, or where
    this machine does not see that folder and is not the broker's.
    """
    newest = backup_age.newest(own.backup, path.parent)
    is_seen = newest.folder.is_dir() or program_of(path) is Program.BROKER
    return (f"{newest.told(w)}. {backup_age.todo(w)}",) if is_seen and newest.is_too_old else ()


def as_json(report: Report) -> dict[str, Any]:
    """For scripts."""
    figures = msgspec.to_builtins(report.figures) if report.figures is not None else None
    return {
        "health": report.health.name.lower().replace("_", "-"),
        "findings": report.findings,
        "figures": figures,
    }


def alarm_line(alarm: m.Alarm, at: Instant, w: Wording) -> str:
    """What an alarm says, told at this time of the broker's, and what to do."""
    figure = alarm.figure
    match alarm.kind:
        case m.AlarmKind.CLOCK_DOUBTED:
            return w.t(
                "{readings}, and does not follow. Correct the clock, or if it is right: antrean believe-clock FOLDER.",
                readings=believing.readings(alarm, at, w),
            )
        case m.AlarmKind.DISK_FULL_SOON:
            return w.t(
                "The database's disk is filling up: {free} MB free. Make room, or move the outlet's folder.",
                free=w.number(figure // MEGABYTE),
            )
        case m.AlarmKind.LOG_GROWS:
            return w.t(
                "The database's write-ahead log grows: {size} MB. End whatever reads the database for long, such as a "
                "backup that stands still.",
                size=w.number(figure // MEGABYTE),
            )
        case m.AlarmKind.CLOCK_OFF if alarm.device is None:
            return w.t(
                "The broker's clock is off by {seconds} s, judging by its devices. Let it be set from the network.",
                seconds=w.number(abs(figure) // MS),
            )
        case m.AlarmKind.CLOCK_OFF:
            return w.t(
                "The clock of {device} is off by {seconds} s. Let it be set from the network.",
                device=alarm.device,
                seconds=w.number(abs(figure) // MS),
            )
        case m.AlarmKind.DEVICE_SILENT:
            return w.t(
                "{device} has given no sign of life for {seconds} s. Look whether it runs and is connected.",
                device=alarm.device,
                seconds=w.number(figure // MS),
            )
        case m.AlarmKind.NOT_STORED:
            return w.t(
                "Changes can't be stored: {n} since the broker's start. Look at the disk and at the broker's log.",
                n=w.number(figure),
            )
        case _:
            assert_never(alarm.kind)


def _serves(figures: m.Figures, w: Wording) -> str:
    mean_ms = figures.commit_ms_sum / figures.commits if figures.commits else 0.0
    return w.t(
        "The broker serves: {commands} commands since its start, {ms} ms to disk on average, event {seq}.",
        commands=w.number(sum(figures.commands.values())),
        ms=f"{mean_ms:.1f}",
        seq=w.number(figures.seq),
    )
