"""Which page follows which: the kiosk's flow as one literal table, without Qt, printer or broker.

A Visit is one citizen at the screen. `step` takes an Event and gives the visit that follows and what is to be done
(Effects). What NEXT does not hold for a page changes nothing: that is why a second touch never issues a second
number.
"""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from broker.domain.appointment import Appointment
from broker.domain.refusals import AnyRefusal
from broker.domain.values import Delivery, Instant, Language, Letter, Priority, ServiceCode, TicketId
from broker.protocol.messages import Reserved, TicketOutcome, TokenKind
from broker.protocol.token import read_code
from kiosk.in_doubt import InDoubt


class Page(Enum):
    """What stands on the screen."""

    START = auto()
    IN_DOUBT = auto()  # a paper of before the kiosk's start may not have come out
    CHOOSE = auto()
    ONE_DAY = auto()
    SEARCH = auto()
    SERVICE = auto()
    PRIORITY = auto()
    CHECK_IN = auto()  # who has an appointment shows its code
    ISSUING = auto()  # the number, or the place, is asked for
    PRINTING = auto()  # the ticket comes out
    LEAVING = auto()  # the same, and the citizen has touched "Done"
    TAKING = auto()  # the ticket lies in the slot
    ON_SCREEN = auto()  # the ticket is shown, to be photographed or copied
    REFUSED = auto()
    UNANSWERED = auto()
    AWAY = auto()  # the broker can't be reached


class Wait(Enum):
    """For what a page waits without being touched; how long is the program's setting."""

    TOUCH = auto()  # then asks whether somebody is still there
    ANSWER = auto()  # that question stands, counted down
    TAKING = auto()
    COPYING = auto()
    READING = auto()


class Wish(Struct, frozen=True):
    """What the citizen wants a number for, or a place."""

    letter: Letter
    service: ServiceCode | None = None
    priority: Priority | None = None
    appointment: Appointment | None = None
    """The citizen has it, and is here."""
    slot_at: Instant | None = None
    """The citizen wants no number, but to come back then."""


Given = TicketOutcome | Reserved | InDoubt
"""What the citizen takes away: a number, a place, or either of before the kiosk's start."""

NotFound = AnyRefusal | TokenKind
"""Why a code is not that of an appointment of today: what the broker would answer, or what else it is."""


# Events: touches


class Event(Struct, frozen=True):
    """The root of all events."""


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


# Events: from the scanner, the broker, the printer and time


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


# Effects


class Effect(Struct, frozen=True):
    """The root of all effects."""


class Issue(Effect, frozen=True):
    wish: Wish
    language: Language


class LookUp(Effect, frozen=True):
    """Ask what a scanned or typed code stands for."""

    code: str


class Print(Effect, frozen=True):
    given: TicketOutcome | Reserved


class PrintAgain(Effect, frozen=True):
    """With a mark, if it may be out already."""

    given: InDoubt


class Settle(Effect, frozen=True):
    """The paper is in doubt no more: somebody has been asked."""

    given: InDoubt


class TrustPaper(Effect, frozen=True):
    printer: int


class RefusePaper(Effect, frozen=True):
    printer: int


class Confirm(Effect, frozen=True):
    ticket: TicketId
    delivery: Delivery


class Visit(Struct, frozen=True):
    """One citizen at the screen."""

    page: Page = Page.START
    language: Language = Language.INDONESIAN
    trail: tuple[Page, ...] = ()
    """The pages that "Back" leads to, the nearest last."""
    wish: Wish | None = None
    query: str = ""
    list_page: int = 0
    """Which page of the list of services, from 0."""
    not_found: NotFound | None = None
    """Why `query` is not the code of an appointment of today; None: it is, or nobody has looked yet."""
    given: Given | None = None
    perhaps_on_paper: bool = False
    refusal: AnyRefusal | None = None
    asked_if_there: bool = False


class _Before(Enum):
    """A target that depends on the way here."""

    PAGE = auto()


_P = Page
_BACK = _Before.PAGE
_CHOOSING: dict[type[Event], Page | _Before] = {
    WentBack: _BACK,
    Restarted: _P.START,
    TimeIsUp: _P.START,
    LinkLost: _P.AWAY,
}

_SCANNING: dict[type[Event], Page | _Before] = {Scanned: _P.CHECK_IN}

NEXT: dict[Page, dict[type[Event], Page | _Before]] = {
    _P.START: {
        **_SCANNING,
        Doubted: _P.IN_DOUBT,
        StripReadable: _P.START,
        StripBlank: _P.START,
        Begun: _P.CHOOSE,
        AppointmentClaimed: _P.CHECK_IN,
        LinkLost: _P.AWAY,
    },
    _P.IN_DOUBT: {AgainWanted: _P.PRINTING, PaperInHand: _P.START, Done: _P.START, TimeIsUp: _P.START},
    _P.CHOOSE: {
        **_CHOOSING,
        **_SCANNING,
        QueueChosen: _P.PRIORITY,
        OneDayChosen: _P.ONE_DAY,
        ServiceChosen: _P.SERVICE,
        SearchChosen: _P.SEARCH,
    },
    _P.ONE_DAY: {
        **_CHOOSING,
        **_SCANNING,
        MoreChosen: _P.ONE_DAY,
        ServiceChosen: _P.SERVICE,
        QueueChosen: _P.PRIORITY,
    },
    _P.SEARCH: {
        **_CHOOSING,
        **_SCANNING,
        Typed: _P.SEARCH,
        MoreChosen: _P.SEARCH,
        ServiceChosen: _P.SERVICE,
    },
    _P.SERVICE: {**_CHOOSING, **_SCANNING, NumberWanted: _P.PRIORITY, PlaceChosen: _P.ISSUING},
    _P.CHECK_IN: {
        **_CHOOSING,
        **_SCANNING,
        Typed: _P.CHECK_IN,
        AppointmentFound: _P.PRIORITY,
        AppointmentNotFound: _P.CHECK_IN,
        Done: _P.CHOOSE,
        NotAnswered: _P.UNANSWERED,
    },
    _P.PRIORITY: {**_CHOOSING, PriorityAnswered: _P.ISSUING},
    _P.ISSUING: {
        IssuedToPaper: _P.PRINTING,
        IssuedToScreen: _P.ON_SCREEN,
        RefusedBy: _P.REFUSED,
        NotAnswered: _P.UNANSWERED,
    },
    _P.PRINTING: {Printed: _P.TAKING, NotPrinted: _P.ON_SCREEN, Done: _P.LEAVING},
    _P.LEAVING: {Printed: _P.START, NotPrinted: _P.ON_SCREEN},
    _P.TAKING: {Done: _P.START, Restarted: _P.START, TimeIsUp: _P.START},
    _P.ON_SCREEN: {Done: _P.START, TimeIsUp: _P.START},
    _P.REFUSED: {Done: _P.CHOOSE, Restarted: _P.START, TimeIsUp: _P.START},
    _P.UNANSWERED: {Done: _P.CHOOSE, Restarted: _P.START, TimeIsUp: _P.START},
    _P.AWAY: {LinkFound: _BACK, TimeIsUp: _P.AWAY},
}
"""Where each event leads from each page."""

_WAITS: dict[Page, Wait] = {
    _P.IN_DOUBT: Wait.READING,
    _P.CHOOSE: Wait.TOUCH,
    _P.ONE_DAY: Wait.TOUCH,
    _P.SEARCH: Wait.TOUCH,
    _P.SERVICE: Wait.TOUCH,
    _P.CHECK_IN: Wait.TOUCH,
    _P.PRIORITY: Wait.TOUCH,
    _P.TAKING: Wait.TAKING,
    _P.ON_SCREEN: Wait.COPYING,
    _P.REFUSED: Wait.READING,
    _P.UNANSWERED: Wait.READING,
    _P.AWAY: Wait.READING,
}
"""Pages that are not here wait for a citizen, the broker or the printer as long as it takes."""


def wait_of(visit: Visit) -> Wait | None:
    """For what the page waits; None while nothing may end it but an event."""
    return Wait.ANSWER if visit.asked_if_there else _WAITS.get(visit.page)


def step(visit: Visit, event: Event) -> tuple[Visit, tuple[Effect, ...]]:
    """What follows when `event` happens to `visit`."""
    if isinstance(event, LanguageSwitched) and visit.page is not Page.START:
        return replace(visit, language=_other(visit.language), asked_if_there=False), ()
    if isinstance(event, TimeIsUp) and wait_of(visit) is Wait.TOUCH:
        return replace(visit, asked_if_there=True), ()
    target = NEXT[visit.page].get(type(event))
    if target is None or _is_late(visit, event):
        return (replace(visit, asked_if_there=False) if isinstance(event, StillHere) else visit), ()
    told = _with(replace(visit, asked_if_there=False), event)
    return _moved(told, target, event), _effects(told, event)


def _is_late(visit: Visit, event: Event) -> bool:
    """Whether it is an answer about a code that has been typed over since."""
    return isinstance(event, AppointmentFound | AppointmentNotFound) and event.code != visit.query


def _moved(visit: Visit, target: Page | _Before, event: Event) -> Visit:
    match target:
        case _Before.PAGE:
            *rest, page = visit.trail
            return Visit() if page is Page.START else replace(visit, page=page, trail=tuple(rest))
        case Page.START:
            return Visit()
        case Page.AWAY if isinstance(event, TimeIsUp):
            return Visit(Page.AWAY, trail=(Page.START,))
        case Page.CHOOSE:
            return replace(visit, page=target, trail=(Page.START,))
        case visit.page:
            return visit
        case _:
            return replace(visit, page=target, trail=(*visit.trail, visit.page))


def _with(visit: Visit, event: Event) -> Visit:
    """The visit with what the event tells."""
    match event:
        case Begun(language):
            return replace(visit, language=language)
        case QueueChosen(letter):
            return replace(visit, wish=Wish(letter))
        case OneDayChosen(letter):
            return replace(visit, wish=Wish(letter), list_page=0)
        case ServiceChosen(letter, service):
            return replace(visit, wish=Wish(letter, service))
        case PlaceChosen(slot_at):
            assert visit.wish is not None
            return replace(visit, wish=replace(visit.wish, slot_at=slot_at))
        case SearchChosen() | AppointmentClaimed():
            return replace(visit, query="", list_page=0)
        case Typed(query) | Scanned(query):
            return replace(visit, query=query, list_page=0, not_found=None)
        case AppointmentFound(_, found):
            return replace(visit, wish=Wish(found.letter, found.service, appointment=found))
        case AppointmentNotFound(_, why):
            return replace(visit, not_found=why)
        case MoreChosen():
            return replace(visit, list_page=visit.list_page + 1)
        case PriorityAnswered(priority):
            assert visit.wish is not None
            return replace(visit, wish=replace(visit.wish, priority=priority))
        case IssuedToPaper(given) | IssuedToScreen(given):
            return replace(visit, given=given)
        case Doubted(given):
            return replace(visit, given=given, language=given.language)
        case NotPrinted(perhaps_on_paper):
            return replace(visit, perhaps_on_paper=perhaps_on_paper)
        case RefusedBy(refusal):
            return replace(visit, refusal=refusal)
        case _:
            return visit


def _effects(visit: Visit, event: Event) -> tuple[Effect, ...]:
    match event:
        case PriorityAnswered() | PlaceChosen():
            assert visit.wish is not None
            return (Issue(visit.wish, visit.language),)
        case Scanned(text):
            return (LookUp(text),)
        case Typed(text) if visit.page is Page.CHECK_IN and read_code(text) is not None:
            return (LookUp(text),)
        case IssuedToPaper(given):
            return (Print(given),)
        case StripReadable(printer):
            return (TrustPaper(printer),)
        case StripBlank(printer):
            return (RefusePaper(printer),)
        case AgainWanted():
            assert isinstance(visit.given, InDoubt)
            return (PrintAgain(visit.given),)
        case PaperInHand() | Done() | TimeIsUp() if visit.page is Page.IN_DOUBT:
            assert isinstance(visit.given, InDoubt)
            return (Settle(visit.given), *_told(visit, event))
        case Printed():
            return _confirmed(visit, Delivery.PAPER)
        case IssuedToScreen() | NotPrinted():
            return _confirmed(visit, Delivery.SCREEN)
        case _:
            return ()


def _told(visit: Visit, event: Event) -> tuple[Confirm, ...]:
    """Who says nothing may not be there: then the broker's own time-out decides."""
    match event:
        case PaperInHand():
            return _confirmed(visit, Delivery.PAPER)
        case Done():
            return _confirmed(visit, Delivery.SCREEN)
        case _:
            return ()


def _confirmed(visit: Visit, delivery: Delivery) -> tuple[Confirm, ...]:
    """A number waits for this; a place does not."""
    match visit.given:
        case TicketOutcome(ticket):
            return (Confirm(ticket, delivery),)
        case InDoubt(ticket=ticket) if ticket is not None:
            return (Confirm(ticket, delivery),)
        case _:
            return ()


def _other(language: Language) -> Language:
    return Language.ENGLISH if language is Language.INDONESIAN else Language.INDONESIAN
