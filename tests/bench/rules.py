"""How long the core takes for each kind of command by name: deciding and folding, with few and with many tickets.

One clerk's visit goes through every command, over and over, in an outlet where a thousand, then a hundred thousand
tickets of the day wait. Only `decide` and `evolve` are measured.
"""

import gc
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted
from broker.domain.day import MINUTE_MS, instant_of
from broker.domain.decide import HANDLERS, decide
from broker.domain.evolve import evolve
from broker.domain.known import Known
from broker.domain.refusals import Refusal
from broker.domain.roll import ROLL, RollTicket
from broker.domain.rules import AppointmentRules, Bilingual, Machine, NumberRange, Patience
from broker.domain.state import State
from broker.domain.ticket import Estimate, Expected, ToQueue
from broker.domain.values import (
    ActReason,
    BusinessDay,
    CancelReason,
    ChoiceReason,
    ClerkId,
    ClosingReason,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    Instant,
    MachineCode,
    MachineState,
    OutputState,
    PauseReason,
    PrinterState,
    Priority,
    RejectReason,
    Seq,
    Stage,
    TicketId,
    VisitFailure,
)
from tests.support import sample

FEW, MANY = 1_000, 100_000
AT_MOST_US, GROWTH_AT_MOST = 20.0, 1.5
VISITS = 120
ONE, TWO = CounterNumber(1), CounterNumber(2)
SRI, RATNA = ClerkId("sri"), ClerkId("ratna")
PRINTER = MachineCode("ektp-printer")
RULES = replace(
    sample.RULES,
    queues=tuple(replace(queue, digits=5) for queue in sample.QUEUES),
    ranges=(NumberRange(DeviceId("device"), "E", 90_000, 99_999), NumberRange(ROLL, "E", 80_000, 89_999)),
    machines=(Machine(PRINTER, Bilingual("Mesin KTP", "Card printer")),),
    appointments=AppointmentRules(per_slot=10**6),
    patience=Patience(recall_after_seconds=0, no_show_after_seconds=0, recalls_at_most=9),
)
DAY = BusinessDay("2026-07-15")
SLOT = instant_of(DAY, 8 * 60, sample.JAKARTA_MINUTES)


class Course:
    """An outlet through which visits go, each command timed under its name."""

    def __init__(self, tickets: int) -> None:
        self.state = State()
        self.now = sample.at(7, 30)
        self.took: dict[str, list[int]] = defaultdict(list)
        self._ids = count(1)
        self.do(c.ConfigureOutlet(RULES), DeviceRole.OPERATOR)
        self.do(c.AdoptCatalogue(sample.SERVICES), DeviceRole.OPERATOR)
        self.do(c.Tick(), DeviceRole.BROKER)
        for number in range(tickets):
            letter = "ABCD"[number % 4]
            service = next((each.code for each in sample.SERVICES if each.letter == letter), None)
            self.deliver(self.take(letter, service))

    def do(
        self, command: c.AnyCommand, role: DeviceRole = DeviceRole.COUNTER, clerk: ClerkId | None = None
    ) -> tuple[e.AnyEvent, ...]:
        """Decide and fold, timed; only commands that the core agrees to are asked."""
        envelope = c.Envelope(CommandId(f"{next(self._ids):032x}"), DeviceId("device"), role, command, clerk)
        seq = self.state.seq
        begun = time.perf_counter_ns()
        decision = decide(self.state, envelope, self.now)
        assert not isinstance(decision, Refusal), (command, decision)
        for place, event in enumerate(decision, start=1):
            evolve(
                self.state, e.Recorded(Seq(seq + place), self.now, envelope.id, envelope.device, event, clerk)
            )
        self.took[type(command).__name__].append(time.perf_counter_ns() - begun)
        return decision

    def wait(self, seconds: float) -> None:
        self.now = Instant(self.now + int(seconds * 1000))

    def take(self, letter: str, service: str | None = None) -> TicketId:
        (issued,) = self.do(c.IssueTicket(letter, service), DeviceRole.KIOSK)  # type: ignore[arg-type]
        assert isinstance(issued, e.TicketIssued)
        return issued.ticket

    def deliver(self, ticket: TicketId) -> None:
        self.do(c.ConfirmDelivery(ticket, Delivery.PAPER), DeviceRole.KIOSK)

    def call(self) -> TicketId:
        (called,) = self.do(c.CallNext(ONE), clerk=SRI)
        assert isinstance(called, e.TicketCalled)
        return called.ticket

    def visit(self) -> None:
        """Every command at least once; whoever waited before goes on waiting, but for some."""
        self.do(c.OpenCounter(ONE), clerk=SRI)
        self.do(c.PauseCounter(ONE, PauseReason.BREAK), clerk=SRI)
        self.do(c.ResumeCounter(ONE), clerk=SRI)
        self._call_and_serve()
        self._end_some()
        self._as_supervisor()
        self._ahead_of_a_visit()
        self._by_pick_up()
        self.do(c.CloseCounter(ONE), clerk=SRI)
        self.do(c.ConfigureOutlet(RULES), DeviceRole.OPERATOR)
        self.do(c.AdoptCatalogue(sample.SERVICES), DeviceRole.OPERATOR)
        self.do(c.Tick(), DeviceRole.BROKER)
        self.wait(1)

    def _call_and_serve(self) -> None:
        self.do(c.UndoCall(self.call()), clerk=SRI)
        ticket = self.call()
        self.do(c.ReportAnnounced(ticket, 1), DeviceRole.DISPLAY)
        self.do(c.Recall(ticket), clerk=SRI)
        self.do(c.ReportAnnounced(ticket, 2), DeviceRole.DISPLAY)
        self.do(c.MarkNoShow(ticket), clerk=SRI)
        self.do(c.ReinstateTicket(ticket), clerk=SRI)
        self.do(c.CallTicket(ONE, ticket, ChoiceReason.CAME_BACK), clerk=SRI)
        self.do(c.StartService(ticket), clerk=SRI)
        self.do(c.SetService(ticket, sample.MICRO_BUSINESS), clerk=SRI)
        accept = c.AcceptApplication(ticket, sample.MICRO_BUSINESS, (0,))
        (first,) = self.do(accept, clerk=SRI)
        (second,) = self.do(accept, clerk=SRI)
        assert isinstance(first, e.ApplicationAccepted)
        assert isinstance(second, e.ApplicationAccepted)
        self.do(c.AdvanceApplication(first.application, Stage.PRINT_AND_SIGNATURE), clerk=SRI)
        self.do(c.MarkComplete(first.application), clerk=SRI)
        self.do(c.ReopenApplication(first.application), clerk=SRI)
        self.do(c.MarkComplete(first.application), clerk=SRI)
        self.do(c.HandOver(first.application), clerk=SRI)
        self.do(c.RejectApplication(second.application, RejectReason.WITHDRAWN), clerk=SRI)
        self.do(c.PlanSteps(ticket, ("E",)), clerk=SRI)
        self.do(c.PlanSteps(ticket, ()), clerk=SRI)
        self.do(c.HoldTicket(ticket, HoldReason.WAITING), clerk=SRI)
        self.do(c.ResumeTicket(ticket), clerk=SRI)
        self.do(c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS), clerk=SRI)
        self.do(c.BringPapers(ticket), clerk=SRI)
        self.do(c.CallTicket(ONE, ticket, ChoiceReason.SCANNED), clerk=SRI)
        self.do(c.TransferTicket(ticket, ToQueue("B")), clerk=SRI)
        self.do(c.CallTicket(ONE, ticket, ChoiceReason.SCANNED), clerk=SRI)
        self.do(c.CompleteTicket(ticket), clerk=SRI)
        self.do(c.ReopenTicket(ticket), clerk=SRI)
        self.do(c.CompleteTicket(ticket), clerk=SRI)

    def _end_some(self) -> None:
        plain, (issued,) = (
            self.take("D"),
            self.do(c.IssueTicket("A", sample.MICRO_BUSINESS, Priority.ELDERLY), DeviceRole.KIOSK),
        )
        assert isinstance(issued, e.TicketIssued)
        self.deliver(plain)
        self.deliver(issued.ticket)
        self.do(c.CallTicket(ONE, issued.ticket, ChoiceReason.SCANNED), clerk=SRI)
        self.do(c.RefutePriority(issued.ticket), clerk=SRI)
        self.do(c.CancelTicket(plain, CancelReason.CITIZEN_LEFT), clerk=SRI)
        self.do(c.VoidTickets((issued.ticket,), ActReason.CITIZEN_LEFT), clerk=RATNA)

    def _as_supervisor(self) -> None:
        waiting, called = self.take("D"), self.call()
        self.deliver(waiting)
        self.do(c.MoveTickets((waiting,), "C", ActReason.WRONG_QUEUE), clerk=RATNA)
        self.do(c.CorrectPriority(waiting, Priority.DISABILITY), clerk=SRI)
        self.do(c.ReassignTicket(called, ToQueue("B"), ActReason.CLERK_ABSENT), clerk=RATNA)
        self.do(c.OpenCounter(TWO), clerk=RATNA)
        self.do(c.ReleaseCounter(TWO, ActReason.CLERK_ABSENT), clerk=RATNA)
        self.do(c.PauseQueue("E", ClosingReason.NO_CLERK), clerk=RATNA)
        self.do(c.ResumeQueue("E"), clerk=RATNA)
        self.do(c.CloseQueue("E", ClosingReason.FULL), clerk=RATNA)
        self.do(c.ReopenQueue("E"), clerk=RATNA)
        self.do(c.CloseDoors(ClosingReason.EMERGENCY), clerk=RATNA)
        self.do(c.ReopenDoors(), clerk=RATNA)
        self.do(c.AssignSkills(SRI, None, sample.TUESDAY), clerk=RATNA)
        self.do(c.ReportMachine(PRINTER, MachineState.OUT_OF_CARDS), clerk=SRI)
        self.do(c.ReportMachine(PRINTER, MachineState.READY), clerk=SRI)
        self.do(c.ReportPrinter(PrinterState.PAPER_OUT))
        self.do(c.ReportPrinter(PrinterState.READY))
        self.do(c.ReportDisplay(OutputState.WORKING, OutputState.MISSING), DeviceRole.DISPLAY)
        self.do(c.NoteClock(5_000), DeviceRole.BROKER)
        self.do(c.PassNumbers(Known(sample.TUESDAY, {"E": 1})), DeviceRole.OPERATOR)
        (printed,) = self.do(c.PrintRoll("E", 1), DeviceRole.OPERATOR)
        assert isinstance(printed, e.RollPrinted)
        ticket = RollTicket("E", printed.numbers[0], printed.first)
        self.do(c.EnterRollTicket(ticket), clerk=SRI)
        expected = tuple(Expected(each, Estimate(10, 20)) for each in "ABCDE")
        self.do(c.ReportForecast(expected), DeviceRole.FORECAST)

    def _ahead_of_a_visit(self) -> None:
        wanted = (Wanted(DAY, SLOT, sample.DOCTOR),)
        (booked,) = self.do(c.BookAppointments(wanted), DeviceRole.OPERATOR)
        assert isinstance(booked, e.AppointmentBooked)
        self.do(c.CancelAppointment(booked.appointment), clerk=SRI)
        today = Instant(-(-(self.now + 1) // (30 * MINUTE_MS)) * 30 * MINUTE_MS)
        (booked,) = self.do(
            c.BookAppointments((Wanted(sample.TUESDAY, today, sample.DOCTOR),)), DeviceRole.OPERATOR
        )
        assert isinstance(booked, e.AppointmentBooked)
        self.do(c.CheckIn(booked.appointment), DeviceRole.KIOSK)
        self.do(c.HandInTicket("E", 90_000, Delivery.PAPER), DeviceRole.KIOSK)

    def _by_pick_up(self) -> None:
        requested = [self.do(c.RequestPickUp(sample.MICRO_BUSINESS), clerk=SRI)[0] for _ in range(2)]
        ids = [each.pick_up for each in requested if isinstance(each, e.PickUpRequested)]
        for each in ids:
            self.do(c.AssignPickUp(each, SRI), clerk=SRI)
        self.do(c.FailPickUp(ids[1], VisitFailure.NOBODY_HOME), clerk=SRI)
        self.do(c.CancelPickUp(ids[1]), clerk=SRI)
        self.do(c.FetchFile(ids[0]), clerk=SRI)
        (accepted,) = self.do(c.AcceptFetched(ids[0], (0,)), clerk=SRI)
        assert isinstance(accepted, e.ApplicationAccepted)
        self.do(c.MarkComplete(accepted.application), clerk=SRI)
        self.do(c.FailDelivery(accepted.application, VisitFailure.NOBODY_HOME), clerk=SRI)
        self.do(c.DeliverPermit(accepted.application), clerk=SRI)


class KindRow(Struct, frozen=True):
    """One kind of command: its medians in microseconds with few and with many tickets waiting."""

    name: str
    few_us: float
    many_us: float
    growth: float
    met: bool


def measured(progress: Callable[[str], None]) -> list[KindRow]:
    """Every kind of command, the slowest last."""
    medians = []
    for tickets in (FEW, MANY):
        progress(f"the rules with {tickets:,} tickets")
        medians.append(_medians_us(tickets))
    progress("")
    few, many = medians
    rows = [
        KindRow(
            name,
            round(few[name], 1),
            round(many[name], 1),
            round(many[name] / few[name], 2),
            many[name] <= AT_MOST_US and many[name] <= GROWTH_AT_MOST * few[name],
        )
        for name in few
    ]
    return sorted(rows, key=lambda row: row.many_us)


def table(rows: list[KindRow]) -> str:
    """The rows for people, with what this machine takes at least for any of them."""
    lines = [
        f"decide and fold, µs at the median; at most {AT_MOST_US:g}, growing at most {GROWTH_AT_MOST:g}×; "
        f"one frozen value put into a dictionary takes {_bare_us():.1f}",
        f"{'':<24}{f'{FEW:,}':>10}{f'{MANY:,}':>10}{'growth':>8}  met",
    ]
    for row in rows:
        lines.append(
            f"{row.name:<24}{row.few_us:>10.1f}{row.many_us:>10.1f}{row.growth:>8.2f}  "
            f"{'yes' if row.met else 'NO'}"
        )
    return "\n".join(lines)


def _medians_us(tickets: int) -> dict[str, float]:
    """The median for each kind of command, in microseconds, with so many tickets waiting."""
    course = Course(tickets)
    course.took.clear()
    gc.collect()
    gc.freeze()  # what waits is not looked through again while the visits are measured
    for _ in range(VISITS):
        course.visit()
    gc.unfreeze()
    assert {kind.__name__ for kind in HANDLERS} == set(course.took)
    return {name: statistics.median(took) / 1000 for name, took in sorted(course.took.items())}


def _bare_us() -> float:
    """The least that a core of this kind pays: a lookup, a frozen value, a dictionary's entry; in microseconds."""
    state: dict[str, object] = {}
    took = []
    for number in range(2000):
        begun = time.perf_counter_ns()
        state[f"{number}"] = e.ServiceStarted(TicketId(f"{number}"))
        took.append(time.perf_counter_ns() - begun)
    return statistics.median(took) / 1000
