"""What the presenter lends to those who do its acts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from broker.client import Reply
from broker.client.session import Question
from broker.domain.values import ClerkId
from broker.protocol import messages as m
from counter.sheets import Notice, Sheet


@dataclass(frozen=True)
class Lent:
    """Whether acts are taken, its way of sending, its sheet, and who is who."""

    takes_acts: Callable[[], bool]
    send: Callable[..., None]
    """A command, and what follows when it is done; without that, the sheet goes."""
    ask: Callable[[Question, Callable[[Reply], None]], None]
    """A question, and what follows whatever is replied."""
    sheet: Callable[[], Sheet | None]
    """The one that lies over the page."""
    open_sheet: Callable[[Sheet], None]
    change_sheet: Callable[[Sheet], None]
    """The one over the page has changed; what was said stays."""
    close_sheet: Callable[[], None]
    say: Callable[[Notice], None]
    """Why something was not done."""
    to_desk: Callable[[m.Accepted], None]
    """What follows a call: the sheet goes, and the desk is shown."""
    show: Callable[[], None]
    """The page, anew."""
    profile: Callable[[], m.Profile | None]
    """Who is signed in."""
    names: Callable[[], Mapping[ClerkId, str]]
