"""What the screen is given to show: somebody signs in, or a clerk is at work. Frozen values."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

from broker.client import Link
from broker.domain.day import MINUTE_MS
from broker.domain.values import ClerkId, ClerkRole, CounterNumber, Instant
from broker.protocol.messages import Profile
from counter.appointing import AppointmentDay
from counter.desk import Desk
from counter.devices import DevicesShown
from counter.errands import SessionFace
from counter.oneday import Board
from counter.sheets import Notice, Sheet
from counter.standing import Standing
from counter.supervising import Supervision

JAKARTA_MINUTES = 7 * 60
"""The local time that is shown until the outlet's own is known."""


class Tab(Enum):
    """The pages of a clerk's work."""

    DESK = auto()
    ONE_DAY = auto()
    APPOINTMENTS = auto()
    SUPERVISION = auto()
    """A supervisor's."""
    DEVICES = auto()
    """A supervisor's."""


FIRST_TAB = {
    ClerkRole.CLERK: Tab.DESK,
    ClerkRole.BACK_OFFICE: Tab.ONE_DAY,
    ClerkRole.SUPERVISOR: Tab.SUPERVISION,
}
"""Where the work of each role begins."""


class Surroundings(Struct, frozen=True):
    """What every page tells of where and when it is."""

    counter: CounterNumber
    outlet: str
    utc_offset_minutes: int
    link: Link
    lost_at: Instant | None
    minute: Instant
    """The present time, without its seconds."""


def surroundings(session: SessionFace, counter: CounterNumber) -> Surroundings:
    """Those of a counter, as its session has them now."""
    rules = session.state.rules
    return Surroundings(
        counter=counter,
        outlet=rules.name if rules else "",
        utc_offset_minutes=rules.utc_offset_minutes if rules else JAKARTA_MINUTES,
        link=session.link,
        lost_at=session.lost_at if session.link is Link.STALE else None,
        minute=Instant(session.now() // MINUTE_MS * MINUTE_MS),
    )


class SignInPage(Struct, frozen=True):
    """Nobody is signed in."""

    around: Surroundings
    profiles: tuple[Profile, ...]
    notice: Notice | None
    pending: bool
    """An answer is taking its time."""


class OfficePage(Struct, frozen=True):
    """What the page shows besides the desk and the board."""

    standing: Standing
    supervision: Supervision | None = None
    """None: another page is shown, or the clerk is no supervisor."""
    appointments: AppointmentDay | None = None
    """None: another page is shown."""
    devices: DevicesShown | None = None
    """None: another page is shown, or the broker has not answered yet."""
    to_see: int = 0
    """How many of the devices, and of the broker's own matters, need a supervisor's look."""


class WorkPage(Struct, frozen=True):
    """A clerk at work."""

    around: Surroundings
    profile: Profile
    tab: Tab
    desk: Desk | None
    """None until the outlet's state is here."""
    note: str | None
    """What came with the ticket in hand, as far as it is known."""
    board: Board
    office: OfficePage
    names: Mapping[ClerkId, str]
    sheet: Sheet | None
    notice: Notice | None
    pending: bool
    """An answer is taking its time."""


Page = SignInPage | WorkPage


class Screen(Protocol):
    """Where a page is shown."""

    def present(self, page: Page) -> None:
        """Show it in place of the present one."""
