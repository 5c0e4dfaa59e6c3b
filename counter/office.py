"""The supervisor's and the office's acts: their sheets, their commands, and their part of the page.

Works with what the presenter lends it; the desk and its clerk's own acts are the presenter's.
"""

from collections.abc import Callable, Sequence

from broker.client import Reply, new_request_id
from broker.domain import commands as c
from broker.domain.rules import Service
from broker.domain.state import State
from broker.domain.ticket import ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    ActReason,
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ChoiceReason,
    ClerkId,
    ClerkRole,
    ClosingReason,
    CounterNumber,
    Instant,
    Language,
    Letter,
    MachineCode,
    MachineState,
    Place,
    Priority,
    ServiceCode,
    TicketId,
)
from broker.protocol import messages as m
from counter.appointing import (
    AppointmentLine,
    appointment_day,
    free_slots,
    working_days,
)
from counter.desk import Number, number_of
from counter.device_watch import OTHERWISE_MS, WHILE_SHOWN_MS, DeviceWatch
from counter.devices import devices_shown
from counter.errands import SessionFace, notice_of
from counter.giving import Giving
from counter.lent import Lent
from counter.office_sheets import (
    BookSheet,
    CallOtherSheet,
    CancelAppointmentSheet,
    CheckInSheet,
    ClerksSheet,
    ClockSheet,
    Closing,
    ClosingSheet,
    ConductSheet,
    CounterSheet,
    GiveSheet,
    MachineLine,
    MachineSheet,
    MenuSheet,
    MoveSheet,
    OfficeSheet,
    OthersSheet,
    PrioritySheet,
    QueueSheet,
    ReassignSheet,
    ReleaseSheet,
    RollSheet,
    SkillsSheet,
    VoidSheet,
    WaitingSheet,
    Way,
)
from counter.oneday import next_stage
from counter.others import OtherNumber, other_numbers
from counter.page import OfficePage, Tab
from counter.paper import CounterPrinter
from counter.reporting import Reporting
from counter.sheets import Entered, Remark
from counter.standing import machines_of, standing_of
from counter.supervising import (
    ClerkCard,
    CounterCard,
    QueueCard,
    clerk_cards,
    conduct_of,
    destinations,
    first_days,
    still_waiting,
    supervision_of,
    today_of,
    waiting_numbers,
)


class Office:
    """One counter's part in them. What a role may not do the broker refuses."""

    def __init__(
        self, session: SessionFace, counter: CounterNumber, lent: Lent, printer: CounterPrinter | None
    ) -> None:
        self._session = session
        self._counter = counter
        self._lent = lent
        self.giving = Giving(session, lent, printer)
        self.reporting = Reporting(session, lent, printer)
        self._day: BusinessDay | None = None
        self._devices = DeviceWatch(session, lent.show)

    def page(self, tab: Tab) -> OfficePage:
        """What the page shows besides the desk and the board."""
        state, now = self._state, self._session.now()
        supervises = tab is Tab.SUPERVISION and self._supervises
        answer = self._devices.answer if self._supervises else None
        devices = devices_shown(answer, state, now) if answer is not None else None
        return OfficePage(
            standing=standing_of(state),
            supervision=supervision_of(state, now) if supervises else None,
            appointments=appointment_day(state, self._day, now) if tab is Tab.APPOINTMENTS else None,
            devices=devices if tab is Tab.DEVICES else None,
            to_see=devices.to_see if devices is not None else 0,
        )

    def watch_devices(self, tab: Tab) -> None:
        """To be called a few times a second: a supervisor is told how the devices are, and nobody else."""
        if self._supervises:
            self._devices.follow(WHILE_SHOWN_MS if tab is Tab.DEVICES else OTHERWISE_MS)
        else:
            self._devices.forget()

    def open_menu(self) -> None:
        """What else there is."""
        self._open(MenuSheet(machines_of(self._state), self._supervises))

    # Machines

    def open_machine(self, line: MachineLine) -> None:
        self._open(MachineSheet(line))

    def report_machine(self, machine: MachineCode, is_now: MachineState) -> None:
        self._send(c.ReportMachine(machine, is_now))

    # Numbers given out here

    def open_giving(self) -> None:
        state = self._state
        queues = state.rules.queues if state.rules is not None else ()
        self._open(GiveSheet(queues, tuple(state.services.values())))

    def enter(
        self,
        arrived_at: Instant | None,
        service: ServiceCode | None,
        priority: Priority | None,
        language: Language,
    ) -> None:
        """The emergency ticket of the sheet waits since then (None: from now on); nobody is called for it."""
        sheet = self._lent.sheet()
        if not isinstance(sheet, RollSheet):
            return
        came_at = self._session.now() if arrived_at is None else arrived_at

        def entered(_: m.Accepted) -> None:
            self._lent.close_sheet()
            self._lent.say(Entered(sheet.number, came_at))

        self._send(c.EnterRollTicket(sheet.ticket, arrived_at, service, priority, language), entered)

    # Numbers that wait

    def open_others(self) -> None:
        """Find a number, to call it out of turn or to correct its priority."""
        profile = self._lent.profile()
        if profile is not None and self._state.rules is not None:
            numbers = other_numbers(self._state, profile.clerk, self._counter, self._session.now())
            self._open(OthersSheet(numbers, self._lent.names()))

    def ask_reason(self, other: OtherNumber) -> None:
        """Before it is called."""
        self._open(CallOtherSheet(other.waiting.ticket, other.waiting.number))

    def call_other(self, ticket: TicketId, reason: ChoiceReason) -> None:
        """Call it out of turn, which is marked."""
        self._send(c.CallTicket(self._counter, ticket, reason), self._lent.to_desk)

    def ask_priority(self, other: OtherNumber) -> None:
        self._open(PrioritySheet(other.waiting.ticket, other.waiting.number, other.priority))

    def correct_priority(self, ticket: TicketId, priority: Priority | None) -> None:
        self._send(c.CorrectPriority(ticket, priority))

    # Appointments

    def show_day(self, day: BusinessDay) -> None:
        """Look at another day's appointments."""
        self._day = day
        self._lent.show()

    def open_booking(self) -> None:
        state, today = self._state, today_of(self._state, self._session.now())
        if state.rules is not None and today is not None:
            self._open(BookSheet(tuple(state.services.values()), working_days(state.rules, today)))

    def slots(self, service: Service, day: BusinessDay) -> tuple[Instant, ...]:
        """The times that are free for the service on that day, as far as is known here."""
        return free_slots(self._state, service, day, self._session.now())

    def open_check_in(self, line: AppointmentLine) -> None:
        self._open(CheckInSheet(line))

    def open_cancelling(self, line: AppointmentLine) -> None:
        self._open(CancelAppointmentSheet(line))

    def cancel_appointment(self, appointment: AppointmentId) -> None:
        self._send(c.CancelAppointment(appointment))

    # Files on the board

    def advance(self, applications: Sequence[ApplicationId]) -> None:
        """Each to its next stage; what has none stays."""
        if not self._lent.takes_acts():
            return
        for each in applications:
            application = self._state.applications.get(each)
            stage = next_stage(self._state, application) if application is not None else None
            if stage is not None:
                self._lent.send(c.AdvanceApplication(each, stage))

    def reopen(self, applications: Sequence[ApplicationId]) -> None:
        """They were marked ready by mistake."""
        if self._lent.takes_acts():
            for each in applications:
                self._lent.send(c.ReopenApplication(each))

    # A supervisor: queues and doors

    def open_queue(self, card: QueueCard) -> None:
        self._open(QueueSheet(card))

    def ask_closing(self, closing: Closing, letter: Letter | None) -> None:
        """Why; as citizens are told."""
        supervision = supervision_of(self._state, self._session.now())
        card = next((each for each in supervision.queues if each.letter == letter), None)
        waiting = supervision.waiting if card is None else card.waiting
        self._open(ClosingSheet(closing, card.queue if card is not None else None, waiting))

    def close(self, sheet: ClosingSheet, reason: ClosingReason) -> None:
        """Do what the sheet has asked for."""
        match sheet:
            case ClosingSheet(closing=Closing.PAUSE_QUEUE, queue=queue) if queue is not None:
                self._send(c.PauseQueue(queue.letter, reason))
            case ClosingSheet(closing=Closing.CLOSE_QUEUE, queue=queue) if queue is not None:
                self._send(c.CloseQueue(queue.letter, reason))
            case _:
                self._send(c.CloseDoors(reason))

    def resume_queue(self, letter: Letter) -> None:
        self._send(c.ResumeQueue(letter))

    def reopen_queue(self, letter: Letter) -> None:
        self._send(c.ReopenQueue(letter))

    def reopen_doors(self) -> None:
        self._send(c.ReopenDoors())

    # A supervisor: counters

    def open_counter(self, card: CounterCard) -> None:
        if card.clerk is not None:
            self._open(CounterSheet(card, self._name(card.clerk)))

    def ask_release(self, card: CounterCard) -> None:
        if card.clerk is not None:
            self._open(ReleaseSheet(card, self._name(card.clerk)))

    def release(self, counter: CounterNumber, reason: ActReason) -> None:
        self._send(c.ReleaseCounter(counter, reason))

    def undo_call(self, ticket: TicketId) -> None:
        self._send(c.UndoCall(ticket))

    def ask_reassign(self, ticket: TicketId, number: Number) -> None:
        ways = tuple(self._way(each) for each in destinations(self._state, ticket))
        self._open(ReassignSheet(ticket, number, ways))

    def reassign(
        self, ticket: TicketId, to: ToQueue | ToCounter | ToClerk | ToSender, reason: ActReason
    ) -> None:
        self._send(c.ReassignTicket(ticket, to, reason))

    def _way(self, to: ToQueue | ToCounter | ToSender) -> Way:
        state = self._state
        match to:
            case ToQueue(letter=letter):
                return Way(to, queue=state.queue(letter))
            case ToCounter(counter=counter):
                return Way(to, counter=counter, name=self._name(state.seats[counter].clerk))
            case ToSender():
                return Way(to)

    # A supervisor: all that wait

    def open_waiting(self) -> None:
        if self._state.rules is not None:
            numbers = waiting_numbers(self._state, self._session.now())
            self._open(WaitingSheet(numbers, self._lent.names()))

    def ask_moving(self, tickets: Sequence[TicketId]) -> None:
        """Those that still wait."""
        waiting, rules = still_waiting(self._state, tickets), self._state.rules
        if waiting and rules is not None:
            self._open(MoveSheet(waiting, rules.queues))

    def move(
        self, tickets: tuple[TicketId, ...], letter: Letter, reason: ActReason, place: Place | None
    ) -> None:
        self._send(c.MoveTickets(tickets, letter, reason, place))

    def ask_voiding(self, tickets: Sequence[TicketId]) -> None:
        """Those that still wait."""
        state, waiting = self._state, still_waiting(self._state, tickets)
        if waiting:
            known = [state.tickets[each] for each in waiting]
            numbers = tuple(number_of(state, each.letter, each.number) for each in known)
            self._open(VoidSheet(waiting, numbers))

    def void(self, tickets: tuple[TicketId, ...], reason: ActReason) -> None:
        self._send(c.VoidTickets(tickets, reason))

    # A supervisor: clerks

    def open_clerks(self) -> None:
        self._open(ClerksSheet(clerk_cards(self._state), self._lent.names()))

    def open_skills(self, card: ClerkCard) -> None:
        state, today = self._state, today_of(self._state, self._session.now())
        if state.rules is not None and today is not None:
            services = tuple(state.services.values())
            days = first_days(state.rules, today)
            self._open(SkillsSheet(card, self._name(card.clerk), services, days, today))

    def assign(
        self, clerk: ClerkId, services: tuple[ServiceCode, ...] | None, first_day: BusinessDay
    ) -> None:
        self._send(c.AssignSkills(clerk, services, first_day))

    def open_conduct(self) -> None:
        self._open(ConductSheet(conduct_of(self._state), self._lent.names()))

    # A supervisor: the server's clock

    def ask_clock(self) -> None:
        """Whether it is right after all, where it is in doubt."""
        answer = self._devices.answer
        if answer is None:
            return
        for alarm in answer.alarms:
            if alarm.kind is m.AlarmKind.CLOCK_DOUBTED:
                self._open(ClockSheet(Instant(answer.at + alarm.figure), answer.at))

    def believe_clock(self) -> None:
        """It is."""
        if self._lent.takes_acts():
            self._lent.ask(m.BelieveClock(new_request_id()), self._clock_answered)

    def _clock_answered(self, reply: Reply) -> None:
        if self._lent.profile() is None:
            return
        self._devices.ask_anew()
        match reply:
            case m.ClockBelieved():
                self._lent.close_sheet()
            case m.Error(code=m.ErrorCode.CLOCK_NOT_DOUBTED):
                self._lent.close_sheet()
                self._lent.say(Remark.CLOCK_SETTLED)
            case _:
                self._lent.say(notice_of(reply))

    # Inside

    @property
    def _state(self) -> State:
        return self._session.state

    @property
    def _supervises(self) -> bool:
        profile = self._lent.profile()
        return profile is not None and profile.role is ClerkRole.SUPERVISOR

    def _name(self, clerk: ClerkId) -> str:
        return self._lent.names().get(clerk, clerk)

    def _open(self, sheet: OfficeSheet) -> None:
        if self._lent.takes_acts():
            self._lent.open_sheet(sheet)

    def _send(self, command: c.AnyCommand, done: Callable[[m.Accepted], None] | None = None) -> None:
        if self._lent.takes_acts():
            self._lent.send(command, done)
