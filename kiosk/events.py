"""What can happen to a visit: a touch, or what scanner, broker, printer and time have to say. What follows from it is
the flow's.
"""

from msgspec import Struct

from broker.domain.appointment import Appointment
from broker.domain.refusals import AnyRefusal
from broker.domain.values import Instant, Language, Letter, Priority, ServiceCode
from broker.protocol.messages import Reserved, TicketOutcome, TokenKind
from kiosk.in_doubt import InDoubt

NotFound = AnyRefusal | TokenKind
"""Why a code is not that of an appointment of today: what the broker would answer, or what else it is."""


class Event(Struct, frozen=True):
    """The root of all events."""


# Touches


class Begun(Event, frozen=True):
    language: Language


class QueueChosen(Event, frozen=True):
    letter: Letter


class OneDayChosen(Event, frozen=True):
    """The tile of a queue of one-day services, which asks for the service next."""

    letter: Letter


class ServiceChosen(Event, frozen=True):
    letter: Letter
    service: ServiceCode


class SearchChosen(Event, frozen=True):
    pass


class Typed(Event, frozen=True):
    """The field's text after a key: what is searched for, or a code."""

    query: str


class MoreChosen(Event, frozen=True):
    """The list's next page."""


class NumberWanted(Event, frozen=True):
    """ "Take a number" on a service's page."""


class PlaceChosen(Event, frozen=True):
    """A time to come back at, instead of a number now."""

    slot_at: Instant


class AppointmentClaimed(Event, frozen=True):
    """ "I have an appointment"."""


class PriorityAnswered(Event, frozen=True):
    priority: Priority | None


class Done(Event, frozen=True):
    """The page's last button: "Done", "I have copied it", "Choose again", "Take a number"."""


class AgainWanted(Event, frozen=True):
    """The paper in doubt is to be printed again."""


class PaperInHand(Event, frozen=True):
    """The paper in doubt did come out."""


class StripReadable(Event, frozen=True):
    """The strip of the printer with this place can be read."""

    printer: int


class StripBlank(Event, frozen=True):
    """It is white: the roll lies upside down."""

    printer: int


class WentBack(Event, frozen=True):
    pass


class Restarted(Event, frozen=True):
    pass


class LanguageSwitched(Event, frozen=True):
    pass


class StillHere(Event, frozen=True):
    """A touch that chooses nothing."""


# From the scanner, the broker, the printer and time


class Scanned(Event, frozen=True):
    text: str


class AppointmentFound(Event, frozen=True):
    """The code looked up is that of an appointment of today."""

    code: str
    appointment: Appointment


class AppointmentNotFound(Event, frozen=True):
    """The code looked up is not."""

    code: str
    why: NotFound


class Doubted(Event, frozen=True):
    """A paper that an earlier run of the kiosk left in doubt, of use to somebody still."""

    given: InDoubt


class IssuedToPaper(Event, frozen=True):
    given: TicketOutcome | Reserved


class IssuedToScreen(Event, frozen=True):
    """The number, or the place, is given; the printer was known to be unable to print it."""

    given: TicketOutcome | Reserved


class Printed(Event, frozen=True):
    """The printer itself said so."""


class NotPrinted(Event, frozen=True):
    perhaps_on_paper: bool


class RefusedBy(Event, frozen=True):
    refusal: AnyRefusal


class NotAnswered(Event, frozen=True):
    pass


class TimeIsUp(Event, frozen=True):
    """The present wait is over."""


class LinkLost(Event, frozen=True):
    pass


class LinkFound(Event, frozen=True):
    pass
