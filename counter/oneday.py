"""The one-day board: applications by their promise, late ones first, then those without one. Pure, like desk.py."""

from enum import Enum, auto
from itertools import groupby

from msgspec import Struct

from broker.domain.application import Application, ApplicationStatus
from broker.domain.calls import SECOND_MS
from broker.domain.day import MINUTE_MS
from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.values import ApplicationId, BusinessDay, ClerkId, Instant, Stage
from counter.desk import Number
from papers.filed import plate_of

SOON_MINUTES = 30
"""A promise this close asks for haste."""


class Group(Enum):
    """How an application stands with its promise, in the board's order."""

    LATE = auto()
    SOON = auto()
    ON_TIME = auto()
    NO_PROMISE = auto()
    READY = auto()


class FileLine(Struct, frozen=True):
    """An application as people name it."""

    application: ApplicationId
    number: Number
    service: Service


class Way(Struct, frozen=True):
    """How far an application is on its service's way through the office."""

    stage: Stage
    place: int
    """Which of the stages that is, from 1."""
    stages: int
    onward: Stage | None
    """The stage to be reached next; None: it is to be marked ready."""


class BoardLine(Struct, frozen=True):
    """One application with its promise, if it has one."""

    file: FileLine
    group: Group
    promised_at: Instant | None
    minutes_left: int
    """Below zero: minutes past the promise."""
    accepted_at: Instant
    accepted_by: ClerkId
    earlier_day: BusinessDay | None
    """Set when its number is of another day than today."""
    way: Way | None = None
    """None: its service has no stages."""
    undo_seconds: int = 0
    """So long any clerk may still say that it is not ready after all."""


class Board(Struct, frozen=True):
    """All of them, in order."""

    lines: tuple[BoardLine, ...]

    def grouped(self) -> tuple[tuple[Group, tuple[BoardLine, ...]], ...]:
        """The lines by group; groups without lines are left out."""
        return tuple((group, tuple(lines)) for group, lines in groupby(self.lines, lambda line: line.group))


def board_of(state: State, now: Instant) -> Board:
    """The board at `now`, sorted by group and promise; where there is none, by acceptance."""
    lines = [
        line for application in state.applications.values() if (line := line_of(state, application, now))
    ]
    return Board(tuple(sorted(lines, key=_place)))


def _place(line: BoardLine) -> tuple[int, Instant, ApplicationId]:
    at = line.promised_at if line.promised_at is not None else line.accepted_at
    return line.group.value, at, line.file.application


def line_of(state: State, application: Application, now: Instant) -> BoardLine | None:
    """The application as the board shows it; None when its service is not offered any more."""
    file, promised_at = file_of(state, application), application.promised_at
    if file is None:
        return None
    return BoardLine(
        file=file,
        group=_group(application, promised_at, now),
        promised_at=promised_at,
        minutes_left=_minutes_left(promised_at, now) if promised_at is not None else 0,
        accepted_at=application.accepted_at,
        accepted_by=application.accepted_by,
        earlier_day=application.day if application.day != state.day else None,
        way=way_of(state, application),
        undo_seconds=_undo_seconds(state, application, now),
    )


def way_of(state: State, application: Application) -> Way | None:
    """Where it is. What is ready has only the hand-over before it."""
    service = state.services.get(application.service)
    stages = service.stages if service is not None else ()
    is_ready = application.status is ApplicationStatus.READY
    stage = Stage.HAND_OVER if is_ready and Stage.HAND_OVER in stages else application.stage
    if stage not in stages:
        return None
    place = stages.index(stage) + 1
    return Way(stage, place, len(stages), next_stage(state, application))


def next_stage(state: State, application: Application) -> Stage | None:
    """The stage after its present one; None when it is ready, or only the hand-over is left."""
    service = state.services.get(application.service)
    if service is None or application.status is not ApplicationStatus.IN_PROCESS:
        return None
    stages = service.stages
    reached = stages.index(application.stage) if application.stage in stages else -1
    onward = stages[reached + 1] if reached + 1 < len(stages) else None
    return None if onward is Stage.HAND_OVER else onward


def _undo_seconds(state: State, application: Application, now: Instant) -> int:
    if application.status is not ApplicationStatus.READY or application.ready_at is None:
        return 0
    assert state.rules is not None
    until = application.ready_at + state.rules.patience.undo_seconds * SECOND_MS
    return max(0, -((now - until) // SECOND_MS))


def file_of(state: State, application: Application) -> FileLine | None:
    """The application by number and service; None when the outlet does not offer its service any more."""
    service = state.services.get(application.service)
    number = Number(*plate_of(state, application))
    return FileLine(application.id, number, service) if service else None


def _group(application: Application, promised_at: Instant | None, now: Instant) -> Group:
    if application.status is ApplicationStatus.READY:
        return Group.READY
    if promised_at is None:
        return Group.NO_PROMISE
    if application.overdue or now >= promised_at:
        return Group.LATE
    return Group.SOON if promised_at - now <= SOON_MINUTES * MINUTE_MS else Group.ON_TIME


def _minutes_left(promised_at: Instant, now: Instant) -> int:
    """Whole minutes, rounded up before the promise and towards it after it."""
    return -((now - promised_at) // MINUTE_MS)
