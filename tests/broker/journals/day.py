"""A day at an outlet in which every kind of event occurs, always the same: what a release's kept journal holds."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted
from broker.domain.commands import AnyCommand
from broker.domain.known import Known
from broker.domain.roll import RollTicket
from broker.domain.ticket import Estimate, Expected, ToClerk, ToQueue, ToSender
from broker.domain.values import (
    ActReason,
    ApplicantId,
    ApplicationId,
    CancelReason,
    ChoiceReason,
    ClosingReason,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceRole,
    HoldReason,
    Instant,
    MachineState,
    NoteId,
    OutputState,
    PauseReason,
    PickUpId,
    PrinterState,
    Priority,
    RejectReason,
    ServiceCode,
    Stage,
    TicketId,
    VisitFailure,
)
from tests.broker.domain.properties.playground import (
    BACK_OFFICE,
    CARD,
    COLLECTION,
    KIOSKS,
    PRINTER,
    QUESTION,
    SUPERVISOR,
)
from tests.broker.domain.properties.world import World
from tests.support import sample

ONE, TWO, THREE = CounterNumber(1), CounterNumber(2), CounterNumber(3)
SRI, RATNA, DEWI = sample.SRI, SUPERVISOR, BACK_OFFICE
APPLICANT, OTHER_APPLICANT = ApplicantId("5f0c2d1e"), ApplicantId("c07e4a92")
NOTE = NoteId("8a41b7c9")


class Day(World):
    """Nothing is refused, or the story is wrong."""

    def do(
        self, command: AnyCommand, clerk: str | None, happened_at: Instant | None = None
    ) -> tuple[e.AnyEvent, ...]:
        """At a counter, or, with nobody signed in, at the kiosk."""
        role, device = (
            (DeviceRole.COUNTER, f"pc-{clerk}") if clerk is not None else (DeviceRole.KIOSK, KIOSKS[0])
        )
        happened = self.attempt(command, role, device, clerk, happened_at=happened_at)
        assert happened, f"{command} at {self.now}: {self.refused}"
        return happened

    def take(
        self,
        letter: str,
        service: ServiceCode | None = None,
        priority: Priority | None = None,
        steps: tuple[str, ...] | None = None,
    ) -> TicketId:
        """A citizen takes a number and has it on paper."""
        (issued,) = self.do(c.IssueTicket(letter, service, priority, steps=steps), None)
        assert isinstance(issued, e.TicketIssued)
        self.do(c.ConfirmDelivery(issued.ticket, Delivery.PAPER), None)
        return issued.ticket

    def call(self, clerk: str, counter: CounterNumber) -> TicketId:
        """The next one, announced in the lobby."""
        (called,) = self.do(c.CallNext(counter), clerk)
        assert isinstance(called, e.TicketCalled)
        self.announce(called.ticket)
        return called.ticket

    def announce(self, ticket: TicketId) -> None:
        call = self.state.tickets[ticket].call
        assert call is not None
        self.attempt(c.ReportAnnounced(ticket, call.number), DeviceRole.DISPLAY, "display-1")

    def serve(self, clerk: str, counter: CounterNumber) -> TicketId:
        """Called, and at the counter after some seconds."""
        ticket = self.call(clerk, counter)
        self.advance(seconds=20)
        self.do(c.StartService(ticket), clerk)
        self.advance(minutes=2)
        return ticket

    def file(self, clerk: str, ticket: TicketId, service: ServiceCode) -> ApplicationId:
        """A file is taken in."""
        (accepted,) = self.do(c.AcceptApplication(ticket, service, (0,), APPLICANT), clerk)
        assert isinstance(accepted, e.ApplicationAccepted)
        return accepted.application

    def pick_up(self) -> PickUpId:
        """Somebody asks for an officer."""
        (requested,) = self.do(c.RequestPickUp(CARD, NOTE, OTHER_APPLICANT), DEWI)
        assert isinstance(requested, e.PickUpRequested)
        return requested.pick_up


def played() -> Day:
    """The whole day, closed, and the next one begun."""
    day = Day()
    morning(day)
    visits_and_transfers(day)
    mistakes(day)
    supervisor(day)
    files(day)
    officers(day)
    evening(day)
    return day


def morning(day: Day) -> None:
    """Counters open, places are reserved, people come; a kiosk had been on its own."""
    for counter, clerk in ((ONE, SRI), (TWO, RATNA), (THREE, DEWI)):
        day.do(c.OpenCounter(counter), clerk)
    slots = [Wanted(sample.TUESDAY, sample.at(hour), sample.DOCTOR) for hour in (8, 10, 11)]
    booked = day.attempt(c.BookAppointments(tuple(slots)), DeviceRole.COUNTER, "pc-sri", SRI)
    first, second, _missed = (each.appointment for each in booked if isinstance(each, e.AppointmentBooked))
    day.do(c.CancelAppointment(second), SRI)
    expected = (Expected("A", Estimate(5, 10)), Expected("A", Estimate(0, 5), with_priority=True))
    day.attempt(c.ReportForecast(expected), DeviceRole.FORECAST, "forecast")
    for _ in range(3):
        day.take("A", sample.MICRO_BUSINESS)
        day.take("B", sample.DOCTOR, Priority.ELDERLY)
        day.take("C")
        day.advance(minutes=1)
    day.do(c.CheckIn(first, Priority.PREGNANT), None)
    day.do(c.IssueTicket("D", QUESTION), None)
    day.advance(seconds=40)
    happened_at = Instant(day.now - 15 * 60_000)
    lost = CommandId("f" * 32)
    day.do(c.HandInTicket("A", 900, Delivery.PAPER), None, happened_at)
    day.do(c.HandInTicket("A", 900, Delivery.SCREEN, replaces=lost), None, happened_at)


def visits_and_transfers(day: Day) -> None:
    """Visits go from step to step, to colleagues and back; papers are missing and brought."""
    ticket = day.serve(SRI, ONE)
    day.do(c.PlanSteps(ticket, ("E",)), SRI)
    day.do(c.SetService(ticket, sample.JOBSEEKER), SRI)
    day.do(c.CompleteTicket(ticket), SRI)
    sent = day.serve(RATNA, TWO)
    day.do(c.TransferTicket(sent, ToClerk(SRI), note=NOTE), RATNA)
    assert day.serve(SRI, ONE) == sent
    day.do(c.TransferTicket(sent, ToSender()), SRI)
    assert day.serve(RATNA, TWO) == sent
    day.do(c.HoldTicket(sent, HoldReason.WAITING), RATNA)
    day.advance(minutes=3)
    day.do(c.ResumeTicket(sent), RATNA)
    day.do(c.HoldTicket(sent, HoldReason.COMPLETING_PAPERS), RATNA)
    day.do(c.BringPapers(sent), RATNA)
    day.do(c.PauseCounter(THREE, PauseReason.PRAYER), DEWI)
    day.advance(minutes=5)
    day.do(c.ResumeCounter(THREE), DEWI)
    assert day.serve(DEWI, THREE) == ticket
    day.do(c.CompleteTicket(ticket), DEWI)


def mistakes(day: Day) -> None:
    """A no-show comes back, a call and a completion are taken back, a priority does not hold."""
    missed = day.call(SRI, ONE)
    day.advance(seconds=20)
    day.do(c.Recall(missed), SRI)
    day.announce(missed)
    day.advance(seconds=60)
    day.do(c.MarkNoShow(missed), SRI)
    day.do(c.ReinstateTicket(missed), SRI)
    day.do(c.CallTicket(ONE, missed, ChoiceReason.CAME_BACK), SRI)
    day.do(c.UndoCall(missed), SRI)
    called = day.call(SRI, ONE)
    day.do(c.CompleteTicket(called), SRI)
    day.do(c.ReopenTicket(called), SRI)
    day.do(c.CancelTicket(called, CancelReason.CITIZEN_LEFT), SRI)
    seen = day.take("B")
    day.do(c.CorrectPriority(seen, Priority.INFANT), SRI)
    day.do(c.CallTicket(TWO, seen, ChoiceReason.SHORT_QUESTION), RATNA)
    day.do(c.RefutePriority(seen), RATNA)


def supervisor(day: Day) -> None:
    """Queues are paused and closed, tickets moved and voided, a clerk is released, skills change."""
    day.do(c.PauseQueue("C", ClosingReason.SYSTEM_FAULT), RATNA)
    day.do(c.ResumeQueue("C"), RATNA)
    day.do(c.CloseQueue("D", ClosingReason.FULL), RATNA)
    day.do(c.ReopenQueue("D"), RATNA)
    moved = [day.take("C") for _ in range(3)]
    day.do(c.MoveTickets(tuple(moved[:2]), "D", ActReason.SHARE_THE_LOAD), RATNA)
    day.do(c.VoidTickets((moved[2],), ActReason.ISSUED_BY_MISTAKE), RATNA)
    in_hand = day.call(SRI, ONE)
    day.do(c.ReassignTicket(in_hand, ToQueue("D"), ActReason.CITIZEN_ASKED), RATNA)
    day.call(SRI, ONE)
    day.do(c.ReleaseCounter(ONE, ActReason.CLERK_ABSENT), RATNA)
    day.do(c.OpenCounter(ONE), SRI)
    day.do(c.AssignSkills(SRI, (sample.MICRO_BUSINESS, sample.JOBSEEKER), sample.TUESDAY), RATNA)
    for state in (MachineState.OUT_OF_CARDS, MachineState.READY):
        day.attempt(c.ReportMachine(PRINTER, state), DeviceRole.COUNTER, "pc-sri", SRI)
    day.attempt(c.ReportPrinter(PrinterState.PAPER_OUT), DeviceRole.KIOSK, KIOSKS[0])
    day.attempt(c.ReportDisplay(OutputState.WORKING, OutputState.FAILING), DeviceRole.DISPLAY, "display-1")
    known = Known(sample.TUESDAY, {"D": day.state.numbers.get("D", 0) + 2})
    day.attempt(c.PassNumbers(known), DeviceRole.OPERATOR, "office")
    day.attempt(c.NoteClock(90_000), DeviceRole.BROKER, "broker")
    day.attempt(c.PrintRoll("C", 3), DeviceRole.OPERATOR, "office")
    day.do(c.EnterRollTicket(RollTicket("C", 12, 2), priority=Priority.PREGNANT), SRI)


def files(day: Day) -> None:
    """One-day files: kept, overdue, reopened, rejected."""
    late, kept = (
        day.file(SRI, ticket, service)
        for ticket, service in ((day.serve(SRI, ONE), sample.JOBSEEKER),)
        for service in (service, sample.MICRO_BUSINESS)
    )
    day.do(c.AdvanceApplication(kept, Stage.TECHNICAL_CHECK), DEWI)
    day.do(c.MarkComplete(kept), DEWI)
    day.do(c.ReopenApplication(kept), DEWI)
    day.do(c.MarkComplete(kept), DEWI)
    day.do(c.HandOver(kept), DEWI)
    day.advance(minutes=60)
    day.do(c.RejectApplication(late, RejectReason.WITHDRAWN), DEWI)


def officers(day: Day) -> None:
    """Files are fetched and permits brought, at the second attempt."""
    unwanted, wanted = day.pick_up(), day.pick_up()
    day.do(c.CancelPickUp(unwanted), DEWI)
    for command in (
        c.AssignPickUp(wanted, RATNA),
        c.FailPickUp(wanted, VisitFailure.NOBODY_HOME),
        c.AssignPickUp(wanted, RATNA),
        c.FetchFile(wanted),
    ):
        day.do(command, DEWI)
    day.advance(minutes=24 * 60 - 540)
    while day.state.day is None or day.state.day == sample.TUESDAY:
        day.advance(minutes=30)
    (accepted,) = day.do(c.AcceptFetched(wanted, ()), DEWI)
    assert isinstance(accepted, e.ApplicationAccepted)
    for done in (
        c.MarkComplete(accepted.application),
        c.FailDelivery(accepted.application, VisitFailure.PAPERS_NOT_READY),
        c.DeliverPermit(accepted.application),
    ):
        day.do(done, DEWI)


def evening(day: Day) -> None:
    """The doors close early, somebody is missed for good, others are still there when the day closes."""
    day.now = sample.at(13, day=day.state.day or sample.TUESDAY)
    day.tick()
    day.do(c.OpenCounter(THREE), DEWI)
    for _ in range(3):
        day.do(c.IssueTicket("E", COLLECTION), None)
    day.advance(seconds=40)
    missed = day.call(DEWI, THREE)
    day.advance(minutes=2)
    day.do(c.MarkNoShow(missed), DEWI)
    day.do(c.CloseDoors(ClosingReason.CEREMONY), RATNA)
    day.do(c.ReopenDoors(), RATNA)
    day.advance(minutes=31)
    day.serve(DEWI, THREE)
    day.advance(minutes=5 * 60)
