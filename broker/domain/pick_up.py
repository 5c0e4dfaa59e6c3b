"""A pick-up: a request that an officer fetches a file at the citizen's place. Its life as one literal table.

What is fetched is an application from then on: in process, ready, delivered (application.py).
"""

from enum import StrEnum

from msgspec import Struct

from broker.domain.values import (
    ApplicantId,
    ClerkId,
    Instant,
    NoteId,
    PickUpId,
    ServiceCode,
    VisitFailure,
)


class PickUpStatus(StrEnum):
    """Where in its life a request is."""

    REQUESTED = "requested"
    """Nobody goes yet."""
    ASSIGNED = "assigned"
    """An officer is to go."""
    FETCHED = "fetched"
    """The officer has the file; it waits to be accepted."""
    ACCEPTED = "accepted"
    """Its file is an application now."""
    FAILED = "failed"
    """The officer came back without it, for a reason; somebody may go again."""
    CANCELLED = "cancelled"
    """Not wanted any more."""


class PickUpAct(StrEnum):
    """What can be done to a request."""

    ASSIGN = "assign"
    """An officer is to go, for the first time, instead of another, or once more."""
    FETCH = "fetch"
    """The officer has the file."""
    FAIL = "fail"
    """The visit brought nothing."""
    ACCEPT = "accept"
    """A fetched file is taken in."""
    CANCEL = "cancel"
    """It is not wanted any more, or cannot be taken in: a file that was fetched goes back."""


_S, _A = PickUpStatus, PickUpAct

TRANSITIONS: dict[PickUpAct, dict[PickUpStatus, PickUpStatus]] = {
    _A.ASSIGN: {_S.REQUESTED: _S.ASSIGNED, _S.ASSIGNED: _S.ASSIGNED, _S.FAILED: _S.ASSIGNED},
    _A.FETCH: {_S.ASSIGNED: _S.FETCHED},
    _A.FAIL: {_S.ASSIGNED: _S.FAILED},
    _A.ACCEPT: {_S.FETCHED: _S.ACCEPTED},
    _A.CANCEL: {
        _S.REQUESTED: _S.CANCELLED,
        _S.ASSIGNED: _S.CANCELLED,
        _S.FETCHED: _S.CANCELLED,
        _S.FAILED: _S.CANCELLED,
    },
}


class PickUp(Struct, frozen=True):
    """A request that an officer fetches a file. Who and where is a note that can be erased."""

    id: PickUpId
    service: ServiceCode
    status: PickUpStatus
    requested_at: Instant
    """When it was asked for."""
    note: NoteId | None = None
    """Name, place and telephone."""
    applicant: ApplicantId | None = None
    """Who files; None: nobody asked."""
    officer: ClerkId | None = None
    """Who is to go, or went last."""
    failure: VisitFailure | None = None
    """Why the last visit brought nothing."""
    visits: int = 0
    """How many visits brought nothing."""


def pick_up_id(day: str, serial: int) -> PickUpId:
    """The id that a request has by nature: ``20260714-P002``."""
    return PickUpId(f"{day.replace('-', '')}-P{serial:03d}")
