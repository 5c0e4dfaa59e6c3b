"""Which page follows which: the kiosk's flow as one literal table, without Qt, printer or broker.

A Visit is one citizen at the screen. `step` takes an event (events.py) and gives the visit that follows and what is to
be done (Effects). What NEXT does not hold for a page changes nothing: that is why a second touch never issues a second
number.
"""

from enum import Enum, auto

from msgspec import Struct
from msgspec.structs import replace

from broker.domain.appointment import Appointment
from broker.domain.refusals import AnyRefusal
from broker.domain.values import Delivery, Instant, Language, Letter, Priority, ServiceCode, TicketId
from broker.protocol.messages import Reserved, TicketOutcome
from broker.protocol.token import read_code
from kiosk import events as e
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
    not_found: e.NotFound | None = None
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
_CHOOSING: dict[type[e.Event], Page | _Before] = {
    e.WentBack: _BACK,
    e.Restarted: _P.START,
    e.TimeIsUp: _P.START,
    e.LinkLost: _P.AWAY,
}

_SCANNING: dict[type[e.Event], Page | _Before] = {e.Scanned: _P.CHECK_IN}

NEXT: dict[Page, dict[type[e.Event], Page | _Before]] = {
    _P.START: {
        **_SCANNING,
        e.Doubted: _P.IN_DOUBT,
        e.StripReadable: _P.START,
        e.StripBlank: _P.START,
        e.Begun: _P.CHOOSE,
        e.AppointmentClaimed: _P.CHECK_IN,
        e.LinkLost: _P.AWAY,
    },
    _P.IN_DOUBT: {
        e.AgainWanted: _P.PRINTING,
        e.PaperInHand: _P.START,
        e.Done: _P.START,
        e.TimeIsUp: _P.START,
    },
    _P.CHOOSE: {
        **_CHOOSING,
        **_SCANNING,
        e.QueueChosen: _P.PRIORITY,
        e.OneDayChosen: _P.ONE_DAY,
        e.ServiceChosen: _P.SERVICE,
        e.SearchChosen: _P.SEARCH,
    },
    _P.ONE_DAY: {
        **_CHOOSING,
        **_SCANNING,
        e.MoreChosen: _P.ONE_DAY,
        e.ServiceChosen: _P.SERVICE,
        e.QueueChosen: _P.PRIORITY,
    },
    _P.SEARCH: {
        **_CHOOSING,
        **_SCANNING,
        e.Typed: _P.SEARCH,
        e.MoreChosen: _P.SEARCH,
        e.ServiceChosen: _P.SERVICE,
    },
    _P.SERVICE: {**_CHOOSING, **_SCANNING, e.NumberWanted: _P.PRIORITY, e.PlaceChosen: _P.ISSUING},
    _P.CHECK_IN: {
        **_CHOOSING,
        **_SCANNING,
        e.Typed: _P.CHECK_IN,
        e.AppointmentFound: _P.PRIORITY,
        e.AppointmentNotFound: _P.CHECK_IN,
        e.Done: _P.CHOOSE,
        e.NotAnswered: _P.UNANSWERED,
    },
    _P.PRIORITY: {**_CHOOSING, e.PriorityAnswered: _P.ISSUING},
    _P.ISSUING: {
        e.IssuedToPaper: _P.PRINTING,
        e.IssuedToScreen: _P.ON_SCREEN,
        e.RefusedBy: _P.REFUSED,
        e.NotAnswered: _P.UNANSWERED,
    },
    _P.PRINTING: {e.Printed: _P.TAKING, e.NotPrinted: _P.ON_SCREEN, e.Done: _P.LEAVING},
    _P.LEAVING: {e.Printed: _P.START, e.NotPrinted: _P.ON_SCREEN},
    _P.TAKING: {e.Done: _P.START, e.Restarted: _P.START, e.TimeIsUp: _P.START},
    _P.ON_SCREEN: {e.Done: _P.START, e.TimeIsUp: _P.START},
    _P.REFUSED: {e.Done: _P.CHOOSE, e.Restarted: _P.START, e.TimeIsUp: _P.START},
    _P.UNANSWERED: {e.Done: _P.CHOOSE, e.Restarted: _P.START, e.TimeIsUp: _P.START},
    _P.AWAY: {e.LinkFound: _BACK, e.TimeIsUp: _P.AWAY},
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


def step(visit: Visit, event: e.Event) -> tuple[Visit, tuple[Effect, ...]]:
    """What follows when `event` happens to `visit`."""
    if isinstance(event, e.LanguageSwitched) and visit.page is not Page.START:
        return replace(visit, language=_other(visit.language), asked_if_there=False), ()
    if isinstance(event, e.TimeIsUp) and wait_of(visit) is Wait.TOUCH:
        return replace(visit, asked_if_there=True), ()
    target = NEXT[visit.page].get(type(event))
    if target is None or _is_late(visit, event):
        return (replace(visit, asked_if_there=False) if isinstance(event, e.StillHere) else visit), ()
    told = _with(replace(visit, asked_if_there=False), event)
    return _moved(told, target, event), _effects(told, event)


def _is_late(visit: Visit, event: e.Event) -> bool:
    """Whether it is an answer about a code that has been typed over since."""
    return isinstance(event, e.AppointmentFound | e.AppointmentNotFound) and event.code != visit.query


def _moved(visit: Visit, target: Page | _Before, event: e.Event) -> Visit:
    match target:
        case _Before.PAGE:
            *rest, page = visit.trail
            return Visit() if page is Page.START else replace(visit, page=page, trail=tuple(rest))
        case Page.START:
            return Visit()
        case Page.AWAY if isinstance(event, e.TimeIsUp):
            return Visit(Page.AWAY, trail=(Page.START,))
        case Page.CHOOSE:
            return replace(visit, page=target, trail=(Page.START,))
        case visit.page:
            return visit
        case _:
            return replace(visit, page=target, trail=(*visit.trail, visit.page))


def _with(visit: Visit, event: e.Event) -> Visit:
    """The visit with what the event tells."""
    match event:
        case e.Begun(language):
            return replace(visit, language=language)
        case e.QueueChosen(letter):
            return replace(visit, wish=Wish(letter))
        case e.OneDayChosen(letter):
            return replace(visit, wish=Wish(letter), list_page=0)
        case e.ServiceChosen(letter, service):
            return replace(visit, wish=Wish(letter, service))
        case e.PlaceChosen(slot_at):
            assert visit.wish is not None
            return replace(visit, wish=replace(visit.wish, slot_at=slot_at))
        case e.SearchChosen() | e.AppointmentClaimed():
            return replace(visit, query="", list_page=0)
        case e.Typed(query) | e.Scanned(query):
            return replace(visit, query=query, list_page=0, not_found=None)
        case e.AppointmentFound(_, found):
            return replace(visit, wish=Wish(found.letter, found.service, appointment=found))
        case e.AppointmentNotFound(_, why):
            return replace(visit, not_found=why)
        case e.MoreChosen():
            return replace(visit, list_page=visit.list_page + 1)
        case e.PriorityAnswered(priority):
            assert visit.wish is not None
            return replace(visit, wish=replace(visit.wish, priority=priority))
        case e.IssuedToPaper(given) | e.IssuedToScreen(given):
            return replace(visit, given=given)
        case e.Doubted(given):
            return replace(visit, given=given, language=given.language)
        case e.NotPrinted(perhaps_on_paper):
            return replace(visit, perhaps_on_paper=perhaps_on_paper)
        case e.RefusedBy(refusal):
            return replace(visit, refusal=refusal)
        case _:
            return visit


def _effects(visit: Visit, event: e.Event) -> tuple[Effect, ...]:
    match event:
        case e.PriorityAnswered() | e.PlaceChosen():
            assert visit.wish is not None
            return (Issue(visit.wish, visit.language),)
        case e.Scanned(text):
            return (LookUp(text),)
        case e.Typed(text) if visit.page is Page.CHECK_IN and read_code(text) is not None:
            return (LookUp(text),)
        case e.IssuedToPaper(given):
            return (Print(given),)
        case e.StripReadable(printer):
            return (TrustPaper(printer),)
        case e.StripBlank(printer):
            return (RefusePaper(printer),)
        case e.AgainWanted():
            assert isinstance(visit.given, InDoubt)
            return (PrintAgain(visit.given),)
        case e.PaperInHand() | e.Done() | e.TimeIsUp() if visit.page is Page.IN_DOUBT:
            assert isinstance(visit.given, InDoubt)
            return (Settle(visit.given), *_told(visit, event))
        case e.Printed():
            return _confirmed(visit, Delivery.PAPER)
        case e.IssuedToScreen() | e.NotPrinted():
            return _confirmed(visit, Delivery.SCREEN)
        case _:
            return ()


def _told(visit: Visit, event: e.Event) -> tuple[Confirm, ...]:
    """Who says nothing may not be there: then the broker's own time-out decides."""
    match event:
        case e.PaperInHand():
            return _confirmed(visit, Delivery.PAPER)
        case e.Done():
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
