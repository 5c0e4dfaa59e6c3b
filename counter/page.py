"""What the screen is given to show: somebody signs in, or a clerk is at work. Frozen values."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import Protocol

from msgspec import Struct

from broker.client import Link
from broker.domain.values import ClerkId, CounterNumber, Instant
from broker.protocol.messages import Profile
from counter.desk import Desk
from counter.oneday import Board
from counter.sheets import Notice, Sheet


class Tab(Enum):
    """The pages of a clerk's work."""

    DESK = auto()
    ONE_DAY = auto()


class Surroundings(Struct, frozen=True):
    """What every page tells of where and when it is."""

    counter: CounterNumber
    outlet: str
    utc_offset_minutes: int
    link: Link
    lost_at: Instant | None
    minute: Instant
    """The present time, without its seconds."""


class SignInPage(Struct, frozen=True):
    """Nobody is signed in."""

    around: Surroundings
    profiles: tuple[Profile, ...]
    notice: Notice | None
    pending: bool
    """An answer is taking its time."""


class WorkPage(Struct, frozen=True):
    """A clerk at work."""

    around: Surroundings
    profile: Profile
    tab: Tab
    desk: Desk | None
    """None until the outlet's state is here."""
    board: Board
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
