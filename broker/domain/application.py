"""An application: what a citizen files, with its own life, number and promise."""

from enum import StrEnum

from msgspec import Struct

from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    ClerkId,
    Instant,
    Letter,
    ServiceCode,
    TicketId,
)


class ApplicationStatus(StrEnum):
    """Where in its life an application is."""

    IN_PROCESS = "in-process"
    READY = "ready"
    REJECTED = "rejected"
    HANDED_OVER = "handed-over"


class ApplicationAct(StrEnum):
    """What can be done to an application after its acceptance."""

    MARK_COMPLETE = "mark-complete"
    REJECT = "reject"
    HAND_OVER = "hand-over"


_S, _A = ApplicationStatus, ApplicationAct

TRANSITIONS: dict[ApplicationAct, dict[ApplicationStatus, ApplicationStatus]] = {
    _A.MARK_COMPLETE: {_S.IN_PROCESS: _S.READY},
    _A.REJECT: {_S.IN_PROCESS: _S.REJECTED},
    _A.HAND_OVER: {_S.READY: _S.HANDED_OVER},
}


class Application(Struct, frozen=True):
    """What a citizen filed, and by when it will be ready."""

    id: ApplicationId
    service: ServiceCode
    status: ApplicationStatus
    accepted_at: Instant
    accepted_by: ClerkId
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list."""
    ticket: TicketId | None = None
    day: BusinessDay | None = None
    letter: Letter | None = None
    number: int | None = None
    promised_at: Instant | None = None
    ready_at: Instant | None = None
    overdue: bool = False


def application_id(outlet: str, day: BusinessDay, serial: int) -> ApplicationId:
    """Its own number, never reused: ``31.74.01.1001-20260714-0001``."""
    return ApplicationId(f"{outlet}-{day.replace('-', '')}-{serial:04d}")
