"""A morning and a day in which together everything happens, and their way into a journal."""

from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted
from broker.domain.evolve import evolve
from broker.domain.known import Known
from broker.domain.roll import ROLL, RollTicket
from broker.domain.rules import Bilingual, ChannelRule, Machine, NumberRange
from broker.domain.state import State
from broker.domain.ticket import Estimate, Expected, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    CancelReason,
    Channel,
    ChoiceReason,
    ClosingReason,
    CommandId,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    MachineCode,
    MachineState,
    NoteId,
    OutputState,
    PauseReason,
    PickUpId,
    PrinterState,
    Priority,
    RejectReason,
    Stage,
    VisitFailure,
)
from broker.store.journal import Group, Journal
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning

PRINTER = MachineCode("ektp-printer")
BUSY_RULES = replace(
    sample.RULES,
    ranges=(NumberRange(DeviceId("kiosk-1"), "A", 801, 899), NumberRange(ROLL, "A", 701, 799)),
    channels=(ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30),),
    machines=(Machine(PRINTER, Bilingual("Pencetak KTP-el", "e-KTP printer")),),
)


def busy_morning() -> Morning:
    """A morning in which every kind of event occurs but the day's close."""
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    for _ in range(4):
        outlet.take("A", sample.MICRO_BUSINESS)
        outlet.take("B", priority=Priority.ELDERLY)
    outlet.do(c.IssueTicket("D"), DeviceRole.KIOSK, "kiosk-1")
    ticket = outlet.serving("sri", ONE)
    outlet.advance(minutes=5)
    application = outlet.accept("sri", ticket, sample.MICRO_BUSINESS)
    outlet.clerk("sri", c.CompleteTicket(ticket))
    missed = outlet.call("sri", ONE)
    outlet.announce(missed)
    outlet.advance(seconds=60)
    outlet.clerk("sri", c.Recall(missed))
    outlet.announce(missed)
    outlet.advance(seconds=60)
    outlet.clerk("sri", c.MarkNoShow(missed))
    outlet.clerk("sri", c.ReinstateTicket(missed))
    held = outlet.serving("ratna", TWO)
    outlet.clerk("ratna", c.HoldTicket(held, HoldReason.COMPLETING_PAPERS))
    outlet.clerk("ratna", c.BringPapers(held))
    outlet.clerk("ratna", c.CancelTicket(held, CancelReason.CITIZEN_LEFT))
    refuted = outlet.call("ratna", TWO)
    outlet.clerk("ratna", c.RefutePriority(refuted))
    outlet.advance(minutes=300)
    outlet.clerk("ratna", c.MarkComplete(application))
    outlet.clerk("ratna", c.HandOver(application))
    outlet.clerk("sri", c.CloseCounter(ONE))
    late = outlet.take("D")
    outlet.clerk("ratna", c.CorrectPriority(late, Priority.DISABILITY))
    return outlet


def busy_day() -> Morning:
    """A whole day, to its close, of what is rarer: supervisors' acts, appointments, pick-ups, corrections."""
    outlet = Morning(BUSY_RULES)
    for clerk, counter in (("sri", ONE), ("ratna", TWO), ("budi", THREE)):
        outlet.clerk(clerk, c.OpenCounter(counter))
    _appointments(outlet)
    _pick_ups(outlet)
    _corrections(outlet)
    _supervision(outlet)
    outlet.do(
        c.IssueTicket("A", sample.MICRO_BUSINESS, channel=Channel.DRIVE_THRU), DeviceRole.COUNTER, "pc-sri"
    )
    outlet.do(c.ReportForecast((Expected("A", Estimate(5, 10)),)), DeviceRole.FORECAST, "forecast")
    _handed_in(outlet)
    outlet.advance(minutes=24 * 60)
    return outlet


def _appointments(outlet: Morning) -> None:
    slots = (sample.at(8), sample.at(8), sample.at(9))
    wanted = tuple(Wanted(sample.TUESDAY, slot, sample.DOCTOR) for slot in slots)
    booked = outlet.do(c.BookAppointments(wanted), DeviceRole.OPERATOR, "operator")
    kept, given_back, _ = (each.appointment for each in booked if isinstance(each, e.AppointmentBooked))
    outlet.clerk("sri", c.CancelAppointment(given_back))
    (issued,) = outlet.do(c.CheckIn(kept), DeviceRole.KIOSK, "kiosk-1")
    assert isinstance(issued, e.TicketIssued)
    outlet.do(c.ConfirmDelivery(issued.ticket, Delivery.PAPER), DeviceRole.KIOSK, "kiosk-1")
    outlet.serving("ratna", TWO)
    outlet.advance(minutes=5)
    outlet.clerk("ratna", c.SetService(issued.ticket, sample.RESEARCH))
    application = outlet.accept("ratna", issued.ticket, sample.DOCTOR)
    outlet.clerk("ratna", c.CompleteTicket(issued.ticket))
    outlet.clerk("ratna", c.ReopenTicket(issued.ticket))
    outlet.clerk("ratna", c.CompleteTicket(issued.ticket))
    outlet.clerk("ratna", c.AdvanceApplication(application, Stage.PRINT_AND_SIGNATURE))
    outlet.clerk("ratna", c.RejectApplication(application, RejectReason.NOT_ELIGIBLE))


def _pick_ups(outlet: Morning) -> None:
    def request(note: str) -> PickUpId:
        (asked,) = outlet.clerk("sri", c.RequestPickUp(sample.JOBSEEKER, NoteId(note)))
        assert isinstance(asked, e.PickUpRequested)
        return asked.pick_up

    fetched, unwanted = request("a" * 32), request("b" * 32)
    outlet.clerk("sri", c.AssignPickUp(fetched, sample.DEWI))
    outlet.clerk("sri", c.FailPickUp(fetched, VisitFailure.NOBODY_HOME))
    outlet.clerk("sri", c.AssignPickUp(fetched, sample.DEWI))
    outlet.clerk("sri", c.FetchFile(fetched))
    (accepted,) = outlet.clerk("dewi", c.AcceptFetched(fetched, (0,)))
    assert isinstance(accepted, e.ApplicationAccepted)
    outlet.clerk("dewi", c.MarkComplete(accepted.application))
    outlet.clerk("dewi", c.ReopenApplication(accepted.application))
    outlet.clerk("dewi", c.MarkComplete(accepted.application))
    outlet.clerk("dewi", c.FailDelivery(accepted.application, VisitFailure.NOBODY_HOME))
    outlet.clerk("dewi", c.CancelPickUp(unwanted))


def _corrections(outlet: Morning) -> None:
    for _ in range(3):
        outlet.take("A")
    undone = outlet.call("sri", ONE)
    outlet.clerk("sri", c.UndoCall(undone))
    chosen = outlet.take("A")
    outlet.clerk("sri", c.CallTicket(ONE, chosen, ChoiceReason.SHORT_QUESTION))
    outlet.clerk("sri", c.StartService(chosen))
    outlet.clerk("sri", c.PlanSteps(chosen, ("E",)))
    outlet.clerk("sri", c.CompleteTicket(chosen))
    missed = outlet.call("sri", ONE)
    outlet.announce(missed)
    outlet.advance(seconds=60)
    outlet.clerk("sri", c.MarkNoShow(missed))
    outlet.advance(minutes=31)
    held = outlet.serving("sri", ONE)
    outlet.clerk("sri", c.HoldTicket(held, HoldReason.WAITING))
    outlet.clerk("sri", c.ResumeTicket(held))
    outlet.clerk("sri", c.TransferTicket(held, ToCounter(TWO)))
    outlet.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    outlet.advance(minutes=10)
    outlet.clerk("sri", c.ResumeCounter(ONE))


def _supervision(outlet: Morning) -> None:
    moved, voided = outlet.take("B"), outlet.take("B")
    outlet.clerk("ratna", c.MoveTickets((moved,), "C", ActReason.WRONG_QUEUE))
    outlet.clerk("ratna", c.VoidTickets((voided,), ActReason.ISSUED_BY_MISTAKE))
    taken = outlet.serving("sri", ONE)
    outlet.clerk("ratna", c.ReassignTicket(taken, ToQueue("B"), ActReason.SHARE_THE_LOAD))
    outlet.clerk("ratna", c.ReleaseCounter(THREE, ActReason.CLERK_ABSENT))
    outlet.clerk("ratna", c.PauseQueue("D", ClosingReason.NO_CLERK))
    outlet.clerk("ratna", c.ResumeQueue("D"))
    outlet.clerk("ratna", c.CloseQueue("D", ClosingReason.FULL))
    outlet.clerk("ratna", c.ReopenQueue("D"))
    outlet.clerk("ratna", c.CloseDoors(ClosingReason.CEREMONY))
    outlet.clerk("ratna", c.ReopenDoors())
    outlet.clerk("ratna", c.AssignSkills(sample.SRI, (sample.MICRO_BUSINESS,), sample.TUESDAY))
    outlet.do(c.ReportMachine(PRINTER, MachineState.OUT_OF_CARDS), DeviceRole.COUNTER, "pc-sri")
    outlet.do(c.ReportPrinter(PrinterState.PAPER_LOW), DeviceRole.KIOSK, "kiosk-1")
    outlet.do(c.ReportDisplay(OutputState.WORKING, OutputState.MISSING), DeviceRole.DISPLAY, "display-1")
    known = Known(outlet.state.day, {"D": outlet.state.numbers.get("D", 0) + 3})
    outlet.do(c.PassNumbers(known), DeviceRole.OPERATOR)
    outlet.do(c.NoteClock(90_000), DeviceRole.BROKER)
    outlet.do(c.PrintRoll("A", 3), DeviceRole.OPERATOR)
    outlet.clerk("sri", c.EnterRollTicket(RollTicket("A", 702, 2)))


def _handed_in(outlet: Morning) -> None:
    command = c.HandInTicket("A", 801, Delivery.PAPER)
    envelope = c.Envelope(
        CommandId("f" * 32), DeviceId("kiosk-1"), DeviceRole.KIOSK, command, happened_at=outlet.now
    )
    outlet.carry_out(envelope)


def commit(journal: Journal, records: list[e.Recorded], size: int = 7) -> State:
    """Commit the events in groups; the state that the journal's writer has then."""
    state = State()
    for start in range(0, len(records), size):
        group = Group(records[start].at)
        for record in records[start : start + size]:
            evolve(state, record)
            group.record(record, state)
        journal.commit(group)
    return state
