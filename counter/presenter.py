"""Between the session and the screen: what has changed becomes a page, what the clerk does becomes commands.

No widgets, no words and no clock of its own: the screen shows the page it is given, and `time_passed` is called a
few times a second. While an answer is awaited, further acts are not taken.
"""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from broker.client import Link, Reply, new_request_id
from broker.client.session import Question
from broker.domain import commands as c
from broker.domain.events import Recorded
from broker.domain.refusals import ClerkNeeded
from broker.domain.ticket import Destination
from broker.domain.values import (
    ApplicationId,
    CancelReason,
    ClerkId,
    CounterNumber,
    HoldReason,
    Letter,
    PauseReason,
    Place,
    ServiceCode,
    TicketId,
)
from broker.protocol import messages as m
from counter.asking import sheet_about
from counter.desk import Act, Desk, InHand, Undo, Undoable, desk_of
from counter.doubts import Doubts
from counter.errands import Errands, SessionFace, notice_of
from counter.handing_over import HandingOver
from counter.lent import Lent
from counter.notes import Notes
from counter.office import Office
from counter.office_sheets import CheckInSheet, RollSheet
from counter.oneday import FileLine, board_of
from counter.page import FIRST_TAB, Page, Screen, SignInPage, Tab, WorkPage, surroundings
from counter.paper import CounterPrinter
from counter.presence import Presence, Told
from counter.scan import Do, after_scan, token_in
from counter.sheets import (
    BreakSheet,
    DoubtSheet,
    HandOverSheet,
    HeldForPapers,
    HoldSheet,
    Notice,
    NotPrinted,
    Remark,
    ScanSheet,
    Sheet,
    SlipSheet,
    ticket_of,
)
from counter.slips import Slips
from hardware.job import Failed, Outcome, Printed, Unknown
from hardware.page import JobKind
from papers.filed import filed_now

ACCEPTING_EXPIRES_SECONDS = 120.0
"""The answer to an acceptance brings the slip: it is waited for longer than others."""

NOTICE_TICKS = 60
"""For so many times of `time_passed` a remark stays, unless something else happens before."""

PENDING_TICKS = 2
"""An answer that takes longer is worth telling."""


class Presenter:
    """One counter."""

    def __init__(
        self, session: SessionFace, screen: Screen, counter: CounterNumber, printer: CounterPrinter | None
    ) -> None:
        self._session = session
        self._screen = screen
        self._counter = counter
        self._errands = Errands(session)
        told = Told(self._entered, self._left, self._failed, self._show)
        self._presence = Presence(session, self._errands, counter, told)
        self._tab = Tab.DESK
        self._sheet: Sheet | None = None
        self._slips = Slips(printer, self._slip_changed)
        self._doubts = Doubts(printer)
        self._notes = Notes(session, self._errands, self._show)
        lent = self._lent()
        self.office = Office(session, counter, lent, printer)
        self.handing_over = HandingOver(session, lent, printer)
        self._notice: Notice | None = None
        self._notice_ticks = 0
        self._pending_ticks = 0
        self._shown: Page | None = None

    def start(self) -> None:
        """Show the first page and follow the session from now on."""
        self._session.on_change(self._changed)
        self._changed(())

    def time_passed(self) -> None:
        """Let clocks, countdowns and remarks go on."""
        self._pending_ticks = self._pending_ticks + 1 if self._errands.is_busy else 0
        self._notice_ticks += 1
        if self._notice_ticks > NOTICE_TICKS:
            self._notice = None
        self.office.watch_devices(self._tab)
        self._show()

    # Signing in and out

    def sign_in(self, clerk: ClerkId, pin: str) -> None:
        if self._takes_acts:
            self._presence.sign_in(clerk, pin)

    def sign_out(self) -> None:
        """Leave the counter, then the program's session."""
        desk = self._desk()
        if not self._takes_acts or (desk is not None and Act.SIGN_OUT not in desk.acts):
            return
        profile, seat = self._presence.profile, self._session.state.seats.get(self._counter)
        if profile is not None and seat is not None and seat.clerk == profile.clerk:
            self._send(c.CloseCounter(self._counter), lambda _: self._presence.leave())
        else:
            self._presence.leave()

    def _entered(self, profile: m.Profile) -> None:
        self._tab = FIRST_TAB[profile.role]
        self._sheet = self._doubts.next_sheet()
        self._notice = None

    def _left(self, notice: Notice | None) -> None:
        self._sheet = None
        self._notice = None
        if notice is not None:
            self._say(notice)

    # The desk

    def act(self, act: Act) -> None:
        """Do what a button says, if it is possible now; some acts ask for more in a sheet first."""
        desk = self._desk()
        if desk is None or act not in desk.acts or not self._takes_acts or self._sheet is not None:
            return
        match act:
            case Act.OPEN:
                self._send(c.OpenCounter(self._counter))
            case Act.CALL_NEXT:
                self._send(c.CallNext(self._counter))
            case Act.END_BREAK:
                self._send(c.ResumeCounter(self._counter))
            case Act.BREAK:
                self._open(BreakSheet())
            case Act.SCAN:
                self._open(ScanSheet())
            case Act.SIGN_OUT:
                self.sign_out()
            case Act.RESUME:
                self.resume(desk.held[0].ticket)
            case Act.UNDO:
                assert desk.undo is not None
                self._undo(desk.undo)
            case _:
                assert desk.in_hand is not None
                self._act_in_hand(act, desk.in_hand)

    def _act_in_hand(self, act: Act, hand: InHand) -> None:
        match act:
            case Act.START:
                self._send(c.StartService(hand.ticket))
            case Act.COMPLETE:
                self._send(c.CompleteTicket(hand.ticket))
            case Act.RECALL:
                self._send(c.Recall(hand.ticket))
            case Act.NO_SHOW:
                self._send(c.MarkNoShow(hand.ticket))
            case Act.REFUTE_PRIORITY:
                self._send(c.RefutePriority(hand.ticket))
            case _:
                session = self._session
                self._open(sheet_about(act, hand, session.state, self._presence.names, session.now()))

    def _undo(self, undo: Undo) -> None:
        match undo.what:
            case Undoable.CALL:
                self._send(c.UndoCall(undo.ticket))
            case Undoable.COMPLETION | Undoable.TRANSFER:
                self._send(c.ReopenTicket(undo.ticket))

    def resume(self, ticket: TicketId) -> None:
        """Go on with one of the interrupted services."""
        if self._takes_acts:
            self._send(c.ResumeTicket(ticket))

    # Sheets

    def close_sheet(self) -> None:
        self._sheet = None
        self._show()

    def show_tab(self, tab: Tab) -> None:
        if self._sheet is None:
            self._tab = tab
            self.office.watch_devices(tab)
            self._show()

    def transfer(self, to: Destination, place: Place | None, text: str) -> None:
        """Send the ticket on; what there is to say to its next clerk goes before it."""
        ticket = self._ticket_of_sheet()
        if ticket is None:
            return
        if not text.strip():
            self._send(c.TransferTicket(ticket, to, place))
            return
        self._notice = None
        self._notes.write(
            text.strip(), lambda note: self._send(c.TransferTicket(ticket, to, place, note)), self._failed
        )
        self._show()

    def plan(self, steps: tuple[Letter, ...]) -> None:
        """Say which queues the visit goes on to."""
        if (ticket := self._ticket_of_sheet()) is not None:
            self._send(c.PlanSteps(ticket, steps))

    def hold(self, reason: HoldReason) -> None:
        """Interrupt the service; the clerk is reminded of the time that the citizen is to be told."""
        sheet = self._sheet
        if not isinstance(sheet, HoldSheet) or not self._takes_acts:
            return

        def held(answer: m.Accepted) -> None:
            if reason is HoldReason.COMPLETING_PAPERS:
                self._say(HeldForPapers(sheet.number, sheet.papers_until))
            self._done(answer)

        self._send(c.HoldTicket(sheet.ticket, reason), held)

    def set_service(self, service: ServiceCode) -> None:
        if (ticket := self._ticket_of_sheet()) is not None:
            self._send(c.SetService(ticket, service))

    def cancel(self, reason: CancelReason) -> None:
        if (ticket := self._ticket_of_sheet()) is not None:
            self._send(c.CancelTicket(ticket, reason))

    def pause(self, reason: PauseReason) -> None:
        if self._takes_acts:
            self._send(c.PauseCounter(self._counter, reason))

    def accept(self, service: ServiceCode, received: tuple[int, ...]) -> None:
        """Take the file in; its slip follows."""
        ticket = self._ticket_of_sheet()
        if ticket is None:
            return

        state = self._session.state
        filed = filed_now(state, ticket, service, received)

        def accepted(answer: m.Accepted) -> None:
            assert isinstance(answer.outcome, m.ApplicationOutcome)
            self._open(self._slips.give(state, filed, answer.outcome, answer.id))

        command = c.AcceptApplication(ticket, service, received)
        self._errands.send(command, accepted, self._failed, ACCEPTING_EXPIRES_SECONDS)
        self._show()

    def _ticket_of_sheet(self) -> TicketId | None:
        """What the sheet is about, if acts are taken now."""
        return ticket_of(self._sheet) if self._takes_acts else None

    # Slips

    def show_slip(self, application: ApplicationId) -> None:
        """Look at a file's slip. One that this program never had, or had before it crashed, the broker makes anew."""
        slip = self._slips.of(application)
        if self._sheet is not None:
            return
        if slip is not None:
            self._open(slip)
        elif self._takes_acts:
            self._ask(m.AskSlip(new_request_id(), application), self._slip_answered)

    def _slip_answered(self, reply: Reply) -> None:
        if self._presence.profile is None:
            return
        slip = self._slips.found(self._session.state, reply)
        if isinstance(slip, SlipSheet):
            self._open(slip)
        else:
            self._failed(slip)

    def print_slip_again(self) -> None:
        """Another attempt to bring the slip shown onto paper."""
        if isinstance(self._sheet, SlipSheet):
            self._slips.print(self._sheet.application)

    def _slip_changed(self, slip: SlipSheet) -> None:
        if isinstance(self._sheet, SlipSheet) and self._sheet.application == slip.application:
            self._sheet = slip
        elif isinstance(slip.printout.paper, Failed | Unknown):
            self._say(NotPrinted(JobKind.SLIP, slip.number))
        self._show()

    # Papers in doubt

    def settle_doubt(self) -> None:
        """The paper is there, or nobody needs it."""
        if isinstance(self._sheet, DoubtSheet):
            self._doubts.settle(self._sheet)
            self._next_doubt()

    def print_doubt(self) -> None:
        """Have it printed again; what does not come out is told."""
        sheet = self._sheet
        if isinstance(sheet, DoubtSheet):
            self._doubts.print_again(sheet, lambda ended: self._doubt_ended(sheet, ended))
            self._next_doubt()

    def _next_doubt(self) -> None:
        self._sheet = self._doubts.next_sheet()
        self._show()

    def _doubt_ended(self, sheet: DoubtSheet, ended: Outcome) -> None:
        if not isinstance(ended, Printed):
            self._say(NotPrinted(sheet.kind, sheet.number))
            self._show()

    # Scanning and the one-day board

    def scanned(self, text: str) -> None:
        """A scanner has read something, or a clerk has typed it. Of a pile of tickets each is entered in its turn."""
        if isinstance(self._sheet, RollSheet):
            self._failed(Remark.ENTER_THIS_FIRST)
            return
        idle = self._sheet is None or isinstance(self._sheet, ScanSheet | HandOverSheet | SlipSheet)
        if self._presence.profile is None or not self._takes_acts or not idle:
            return
        self._notice = None
        token = token_in(text)
        if token is None:
            self._failed(Remark.CODE_UNKNOWN)
        else:
            self._errands.ask(m.AskToken(new_request_id(), token), self._token_answered)

    def _token_answered(self, reply: Reply) -> None:
        profile = self._presence.profile
        if profile is None:
            return
        if not isinstance(reply, m.TokenAnswer):
            self._failed(notice_of(reply))
            return
        match after_scan(self._session.state, profile.clerk, self._counter, reply, self._session.now()):
            case Do(command=command, then=then):
                self._send(command, lambda answer: self._scan_done(answer, then))
            case FileLine() as file:
                self._open(self.handing_over.sheet_for((file,)))
            case CheckInSheet() | RollSheet() as sheet:
                self._open(sheet)
            case notice:
                self._failed(notice)

    def _scan_done(self, answer: m.Accepted, then: Notice | None) -> None:
        if then is not None:
            self._say(then)
        self._to_desk(answer)

    def _to_desk(self, answer: m.Accepted) -> None:
        """Where the number is that has been called or scanned."""
        self._tab = Tab.DESK
        self._done(answer)

    def mark_complete(self, applications: Sequence[ApplicationId]) -> None:
        if self._takes_acts:
            for application in applications:
                self._send(c.MarkComplete(application))

    # Inside

    @property
    def _takes_acts(self) -> bool:
        return self._session.link is Link.LIVE and not self._errands.is_busy

    def _send(self, command: c.AnyCommand, done: Callable[[m.Accepted], None] | None = None) -> None:
        self._notice = None
        self._errands.send(command, done or self._done, self._failed)
        self._show()

    def _ask(self, question: Question, replied: Callable[[Reply], None]) -> None:
        self._notice = None
        self._errands.ask(question, replied)
        self._show()

    def _done(self, _answer: m.Accepted) -> None:
        self._sheet = None
        self._show()

    def _failed(self, notice: Notice) -> None:
        """A sheet stays, so that nothing chosen in it is lost."""
        if isinstance(notice, ClerkNeeded):
            self._presence.forget()
        else:
            self._say(notice)
        self._show()

    def _say(self, notice: Notice) -> None:
        self._notice = notice
        self._notice_ticks = 0

    def _open(self, sheet: Sheet) -> None:
        self._notice = None
        self._sheet = sheet
        self._show()

    def _change(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._show()

    def _changed(self, _records: tuple[Recorded, ...]) -> None:
        self._presence.meet()
        about = ticket_of(self._sheet)
        desk = self._desk()
        self._notes.look_for(desk.in_hand.note if desk is not None and desk.in_hand is not None else None)
        if about is not None and desk is not None and (desk.in_hand is None or desk.in_hand.ticket != about):
            self._sheet = None
        self._show()

    def _desk(self) -> Desk | None:
        if self._presence.profile is None:
            return None
        state, now = self._session.state, self._session.now()
        desk = desk_of(state, self._presence.profile.clerk, self._counter, now)
        if desk is None or self._session.link is Link.LIVE:
            return desk
        return replace(desk, acts=frozenset())

    def _show(self) -> None:
        page = self._page()
        if page != self._shown:
            self._shown = page
            self._screen.present(page)

    def _page(self) -> Page:
        pending = self._pending_ticks >= PENDING_TICKS
        if self._presence.profile is None:
            return SignInPage(
                surroundings(self._session, self._counter), self._presence.profiles, self._notice, pending
            )
        desk = self._desk()
        return WorkPage(
            around=surroundings(self._session, self._counter),
            profile=self._presence.profile,
            tab=self._tab,
            desk=desk,
            note=self._notes.text_of(desk.in_hand.note) if desk is not None and desk.in_hand else None,
            board=board_of(self._session.state, self._session.now()),
            office=self.office.page(self._tab),
            names=self._presence.names,
            sheet=self._sheet,
            notice=self._notice,
            pending=pending,
        )

    def _lent(self) -> Lent:
        return Lent(
            takes_acts=lambda: self._takes_acts,
            send=self._send,
            ask=self._ask,
            sheet=lambda: self._sheet,
            open_sheet=self._open,
            change_sheet=self._change,
            close_sheet=self.close_sheet,
            say=self._failed,
            to_desk=self._to_desk,
            show=self._show,
            profile=lambda: self._presence.profile,
            names=lambda: self._presence.names,
        )
