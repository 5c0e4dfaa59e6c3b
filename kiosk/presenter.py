"""Between the citizen's touches and the outlet: runs the flow, asks for the number, has it printed, reports delivery.

No widgets and no timers: screens send Events and read the Sight that follows.
"""

from collections import deque
from collections.abc import Callable
from typing import Protocol, assert_never

import structlog
from msgspec import Struct

from broker.client import CommandAnswer, Link, Reply, SessionFace, Unanswered, new_request_id
from broker.domain.appointment import Wanted
from broker.domain.commands import AnyCommand, BookAppointments, CheckIn, ConfirmDelivery, IssueTicket
from broker.domain.day import business_day
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, Instant, ServiceCode, TicketId
from broker.protocol.messages import (
    Accepted,
    AppointmentsOutcome,
    AskToken,
    Error,
    Refused,
    Reserved,
    TicketOutcome,
    TokenAnswer,
)
from hardware import job
from hardware.page import Page as PaperPage
from hardware.paper_check import Paper as PaperStage
from hardware.print_journal import Doubt
from hardware.told import Told
from kiosk import events, flow
from kiosk.check_in import can_be_asked, judged, unknown
from kiosk.events import Event
from kiosk.flow import Page, Visit
from kiosk.in_doubt import in_doubt
from papers.appointment import appointment_page
from papers.ticket import Asked, ticket_page

log = structlog.get_logger(__name__)

ISSUE_EXPIRES_SECONDS = 20.0
"""Long enough for a broker that is started again; then the citizen is told where to go."""

CONFIRM_EXPIRES_SECONDS = 600.0
"""Who holds a ticket may be called late, but is not to be taken for unconfirmed."""


class KioskPrinter(Protocol):
    """What a kiosk needs of its printer. Outcomes come in the presenter's own thread."""

    @property
    def can_print(self) -> bool:
        """As last seen, without waiting."""
        ...

    @property
    def told(self) -> Told:
        """What there is to tell the broker of it; UNKNOWN while it has not been asked."""
        ...

    def on_change(self, watcher: Callable[[], None]) -> None:
        """Call `watcher` when either may be different."""

    def start(self) -> None:
        """Begin to ask the printer how it is."""

    def stop(self) -> None:
        """Finish what is being printed, then let go of the printer."""

    def print_page(
        self,
        page: PaperPage,
        command: CommandId,
        ticket: TicketId | None,
        on_end: Callable[[job.Outcome], None],
    ) -> None:
        """Print once, for the ticket if it is one; `on_end` comes once, whatever happens to the printer."""

    @property
    def papers(self) -> tuple[PaperStage, ...]:
        """How far the check of each printer's paper has come."""
        ...

    def readable(self, printer: int) -> None:
        """Somebody can read the strip of the printer with this place in `papers`."""

    def unreadable(self, printer: int) -> None:
        """Nobody can: its roll lies upside down."""

    def in_doubt(self) -> tuple[Doubt, ...]:
        """What earlier runs left in doubt, oldest first."""

    def print_again(self, doubt: Doubt, on_end: Callable[[job.Outcome], None]) -> None:
        """Print it once more, with a mark if it may be out; as `print_page`."""

    def settle(self, doubt: Doubt) -> None:
        """Somebody has been asked about it, or there is nobody to ask."""


class Sight(Struct, frozen=True):
    """What a screen may look at. The state is the replica's: to be read, never changed."""

    visit: Visit
    state: State
    now: Instant
    link: Link
    lost_at: Instant | None
    can_print: bool
    papers: tuple[PaperStage, ...]
    """How far the check of each printer's paper has come."""


class Presenter:
    """One kiosk. `on_change` is called after everything that a screen may show differently."""

    def __init__(
        self,
        session: SessionFace,
        printer: KioskPrinter,
        on_change: Callable[[], None],
        doubts_last_seconds: float,
    ) -> None:
        self._session = session
        self._printer = printer
        self._on_change = on_change
        self._events: deque[Event] = deque()
        self._busy = False
        self._command: CommandId | None = None
        self._doubts_last_seconds = doubts_last_seconds
        self._doubts = {doubt.number: doubt for doubt in printer.in_doubt()}
        self._to_show = deque(self._doubts.values())
        self.visit = Visit()
        session.on_change(self._outlet_changed)
        self._follow_link()

    @property
    def sight(self) -> Sight:
        session = self._session
        return Sight(
            self.visit,
            session.state,
            session.now(),
            session.link,
            session.lost_at,
            self._printer.can_print,
            self._printer.papers,
        )

    def happen(self, event: Event) -> None:
        """Take a touch, or what broker, printer and time have to say."""
        self._events.append(event)
        if self._busy:
            return
        self._busy = True
        try:
            while self._events:
                self._step(self._events.popleft())
                self._follow_link()
        finally:
            self._busy = False
        self._on_change()

    def printer_changed(self) -> None:
        """The printer's state is another."""
        self._on_change()

    # Inside

    def _outlet_changed(self, _records: tuple[Recorded, ...]) -> None:
        if self._busy:
            return  # `happen` follows the link and tells of the change when it ends
        self._follow_link()
        self._follow_offer()
        self._on_change()

    def _follow_offer(self) -> None:
        """What the page is about may have gone from the outlet's rules or catalogue."""
        state, wish = self._session.state, self.visit.wish
        match self.visit.page:
            case Page.SERVICE if wish and not _offered(wish.service, state):
                self._step(events.Restarted())
            case Page.ONE_DAY if wish and state.queue(wish.letter) is None:
                self._step(events.Restarted())
            case _:
                pass

    def _follow_link(self) -> None:
        live = self._session.link is Link.LIVE
        self._step(events.LinkFound() if live else events.LinkLost())
        while live and self._to_show and self.visit.page is Page.START:
            self._take_up(self._to_show.popleft())

    def _take_up(self, doubt: Doubt) -> None:
        """Show what an earlier run left in doubt, before anybody else is served; what is of no use is settled."""
        session = self._session
        found = in_doubt(doubt, session.state, session.now(), self._doubts_last_seconds)
        log.info("paper in doubt", job=doubt.id, ticket=doubt.ticket_id, shown=found is not None)
        if found is None:
            self._printer.settle(doubt)
        else:
            self._step(events.Doubted(found))

    def _step(self, event: Event) -> None:
        before = self.visit.page
        self.visit, effects = flow.step(self.visit, event)
        if self.visit.page is not before:
            log.debug("page", page=self.visit.page.name, after=type(event).__name__)
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect: flow.Effect) -> None:
        match effect:
            case flow.Issue():
                self._issue(effect)
            case flow.LookUp(code):
                self._look_up(code)
            case flow.Print(given):
                self._print(given)
            case flow.PrintAgain(given):
                self._printer.print_again(self._doubts[given.job], self._print_ended)
            case flow.Settle(given):
                self._printer.settle(self._doubts[given.job])
            case flow.TrustPaper(printer):
                self._printer.readable(printer)
            case flow.RefusePaper(printer):
                self._printer.unreadable(printer)
            case flow.Confirm():
                self._confirm(effect)
            case _:
                raise AssertionError(effect)

    def _issue(self, effect: flow.Issue) -> None:
        # Known before a number is asked for: the citizen has been told where the ticket will be seen.
        to_paper = self._printer.can_print
        self._session.send(
            self._command_for(effect),
            lambda answer: self._issued(answer, to_paper),
            expires_after=ISSUE_EXPIRES_SECONDS,
        )

    def _command_for(self, effect: flow.Issue) -> AnyCommand:
        wish = effect.wish
        if wish.slot_at is not None:
            assert wish.service is not None
            return BookAppointments((self._place(wish.service, wish.slot_at),))
        if wish.appointment is not None:
            return CheckIn(wish.appointment.id, wish.priority, effect.language)
        return IssueTicket(wish.letter, wish.service, wish.priority, language=effect.language)

    def _place(self, service: ServiceCode, slot_at: Instant) -> Wanted:
        rules = self._session.state.rules
        assert rules is not None
        return Wanted(business_day(slot_at, rules.utc_offset_minutes), slot_at, service)

    def _issued(self, answer: CommandAnswer, to_paper: bool) -> None:
        match answer:
            case Accepted(command, _, TicketOutcome() as ticket):
                log.info("ticket issued", command=command, ticket=ticket.ticket, paper=to_paper)
                self._given(command, ticket, to_paper)
            case Accepted(command, _, AppointmentsOutcome((reserved,))):
                log.info("place reserved", command=command, appointment=reserved.appointment, paper=to_paper)
                self._given(command, reserved, to_paper)
            case Refused(command, refusal):
                log.info("refused", command=command, refusal=refusal.code)
                self.happen(events.RefusedBy(refusal))
            case Accepted() | Error() | Unanswered():
                log.warning("not given", answer=answer)
                self.happen(events.NotAnswered())
            case _:
                assert_never(answer)

    def _given(self, command: CommandId, given: TicketOutcome | Reserved, to_paper: bool) -> None:
        self._command = command
        self.happen(events.IssuedToPaper(given) if to_paper else events.IssuedToScreen(given))

    def _look_up(self, code: str) -> None:
        if can_be_asked(code):
            self._session.ask(AskToken(new_request_id(), code), lambda reply: self._looked_up(code, reply))
        else:
            self.happen(unknown(code))

    def _looked_up(self, code: str, reply: Reply) -> None:
        if isinstance(reply, TokenAnswer):
            self.happen(judged(code, reply, self._session.state, self._session.now()))
        else:
            log.warning("code not looked up", answer=reply)
            self.happen(events.NotAnswered())

    def _print(self, given: TicketOutcome | Reserved) -> None:
        assert self._command is not None
        language, state = self.visit.language, self._session.state
        match given:
            case TicketOutcome():
                wish = self.visit.wish
                assert wish is not None
                page = ticket_page(given, Asked(wish.service, wish.priority, language), state)
                self._printer.print_page(page, self._command, given.ticket, self._print_ended)
            case Reserved():
                page = appointment_page(given, language, state, self._session.now())
                self._printer.print_page(page, self._command, None, self._print_ended)
            case _:
                assert_never(given)

    def _print_ended(self, outcome: job.Outcome) -> None:
        match outcome:
            case job.Printed():
                self.happen(events.Printed())
            case job.Failed():
                self.happen(events.NotPrinted(perhaps_on_paper=False))
            case job.Unknown():
                self.happen(events.NotPrinted(perhaps_on_paper=True))
            case _:
                assert_never(outcome)

    def _confirm(self, effect: flow.Confirm) -> None:
        self._session.send(
            ConfirmDelivery(effect.ticket, effect.delivery),
            lambda answer: _log_unconfirmed(effect, answer),
            expires_after=CONFIRM_EXPIRES_SECONDS,
        )


def _offered(code: ServiceCode | None, state: State) -> bool:
    service = state.services.get(code) if code is not None else None
    return service is not None and state.queue(service.letter) is not None


def _log_unconfirmed(effect: flow.Confirm, answer: CommandAnswer) -> None:
    """The broker's own time-out stands in for a confirmation that does not arrive."""
    if not isinstance(answer, Accepted):
        log.warning("delivery not confirmed", ticket=effect.ticket, delivery=effect.delivery, answer=answer)
