"""How long what is about people is kept, and its end: when a day has closed, whatever is over its time is erased."""

from datetime import date, timedelta

from msgspec import Struct
from sqlalchemy import Delete, Select, and_, delete, or_, select

from broker.domain.application import ApplicationStatus
from broker.domain.pick_up import PickUpStatus
from broker.domain.state import State
from broker.domain.values import BusinessDay, Instant
from broker.store import schema
from broker.store.database import Database

DAY_MS = 24 * 3600 * 1000


class KeptDays(Struct, frozen=True):
    """For how many days."""

    notes: int = 30
    """From when it was written: a note is for a colleague on the same day."""
    pick_up_notes: int = 180
    """The same for a pick-up's that is under way: it is needed until the permit is delivered, or nobody sees to it."""
    clerks: int = 90
    """A name and a PIN's hash, from the last day on which the outlet's rules had the clerk."""


class Retention:
    """What ends by itself in an outlet's database."""

    def __init__(self, database: Database, kept: KeptDays) -> None:
        self._database = database
        self._kept = kept

    def forget(self, state: State) -> None:
        """Erase what is over its time at the state's. NotCommittedError: some of it may still be on disk."""
        notes, clerks = _old_notes(self._kept, state.at), _old_clerks(self._kept, state)
        self._database.write(notes, *clerks)
        self._database.scrub()


def _old_notes(kept: KeptDays, now: Instant) -> Delete:
    note = schema.note.c
    is_old = note.at < now - kept.notes * DAY_MS
    is_very_old = note.at < now - max(kept.notes, kept.pick_up_notes) * DAY_MS
    return delete(schema.note).where(or_(is_very_old, and_(is_old, note.id.not_in(_still_needed()))))


def _still_needed() -> Select[tuple[str]]:
    """Notes of pick-ups under way: somebody has to go there, to fetch a file or to bring its permit."""
    request, file = schema.pick_up.c, schema.application.c
    open_files = select(file.id).where(
        file.status.in_((ApplicationStatus.IN_PROCESS, ApplicationStatus.READY))
    )
    open_requests = request.status.in_((PickUpStatus.REQUESTED, PickUpStatus.ASSIGNED, PickUpStatus.FETCHED))
    failed = request.status == PickUpStatus.FAILED
    return select(request.note).where(
        request.note.is_not(None), or_(open_requests, failed, request.application.in_(open_files))
    )


def _old_clerks(kept: KeptDays, state: State) -> tuple[Delete, ...]:
    """Profiles of those who have left: each day's close tells who was there."""
    if state.rules is None or state.last_day is None:
        return ()
    profile, days = schema.clerk_profile.c, schema.clerk_day.c
    there_lately = select(days.clerk).where(days.day >= _before(state.last_day, kept.clerks))
    configured = [clerk.id for clerk in state.rules.clerks]
    gone = and_(profile.clerk.not_in(configured), profile.clerk.not_in(there_lately))
    return (delete(schema.clerk_profile).where(gone),)


def _before(day: BusinessDay, days: int) -> BusinessDay:
    return BusinessDay((date.fromisoformat(day) - timedelta(days=days)).isoformat())
