"""An application: what a citizen files, with its own life, number and promise."""

from enum import StrEnum

from msgspec import Struct

from broker.domain.values import (
    ApplicantId,
    ApplicationId,
    BusinessDay,
    ClerkId,
    Instant,
    Letter,
    PickUpId,
    ServiceCode,
    Stage,
    TicketId,
)


class ApplicationStatus(StrEnum):
    """Where in its life an application is."""

    IN_PROCESS = "in-process"
    """Accepted; the back office works on it."""
    READY = "ready"
    """Complete, to be collected."""
    REJECTED = "rejected"
    """Ended without a permit."""
    HANDED_OVER = "handed-over"
    """The permit is in the citizen's hand."""


class ApplicationAct(StrEnum):
    """What can be done to an application after its acceptance."""

    ADVANCE = "advance"
    """It has reached a further stage of its way through the office."""
    MARK_COMPLETE = "mark-complete"
    """The permit is ready for collection."""
    REOPEN = "reopen"
    """It is not ready after all."""
    REJECT = "reject"
    """There will be no permit, for a reason."""
    HAND_OVER = "hand-over"
    """The citizen has collected it."""
    DELIVER = "deliver"
    """An officer has brought it."""
    FAIL_DELIVERY = "fail-delivery"
    """An officer could not bring it, for a reason."""


_S, _A = ApplicationStatus, ApplicationAct

TRANSITIONS: dict[ApplicationAct, dict[ApplicationStatus, ApplicationStatus]] = {
    _A.ADVANCE: {_S.IN_PROCESS: _S.IN_PROCESS},
    _A.MARK_COMPLETE: {_S.IN_PROCESS: _S.READY},
    _A.REOPEN: {_S.READY: _S.IN_PROCESS},
    _A.REJECT: {_S.IN_PROCESS: _S.REJECTED},
    _A.HAND_OVER: {_S.READY: _S.HANDED_OVER},
    _A.DELIVER: {_S.READY: _S.HANDED_OVER},
    _A.FAIL_DELIVERY: {_S.READY: _S.READY},
}


class Application(Struct, frozen=True):
    """What a citizen filed, and by when it will be ready."""

    id: ApplicationId
    service: ServiceCode
    status: ApplicationStatus
    accepted_at: Instant
    """When it was taken in."""
    accepted_by: ClerkId
    """Who took it in."""
    received: tuple[int, ...]
    """Which of the service's requirements were handed in, by their place in its list."""
    ticket: TicketId | None = None
    """The visit in which it was filed."""
    day: BusinessDay | None = None
    """The ticket's day."""
    letter: Letter | None = None
    """The ticket's letter."""
    number: int | None = None
    """The ticket's number, by which it is called on its own day."""
    promised_at: Instant | None = None
    """By when it will be ready; None: not a one-day service."""
    ready_at: Instant | None = None
    """When it was marked complete."""
    overdue: bool = False
    """Whether the promise passed before it was ready."""
    stage: Stage | None = None
    """The stage that it has reached; None: its service has none."""
    applicant: ApplicantId | None = None
    """Who filed it; None: nobody asked."""
    pick_up: PickUpId | None = None
    """The request by which it was fetched; None: it was filed at a counter."""


def application_id(outlet: str, day: BusinessDay, serial: int) -> ApplicationId:
    """Its own number, never reused: ``31.74.01.1001-20260714-0001``."""
    return ApplicationId(f"{outlet}-{day.replace('-', '')}-{serial:04d}")
