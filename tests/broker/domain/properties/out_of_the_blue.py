"""Moves that make no sense, by strangers and about things that are not there: refused, and nothing changes."""

from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.commands import AnyCommand
from broker.domain.ticket import TicketAct, ToCounter
from broker.domain.values import (
    ActReason,
    ApplicationId,
    AppointmentId,
    BusinessDay,
    ClerkId,
    ClosingReason,
    CounterNumber,
    Delivery,
    DeviceRole,
    MachineCode,
    MachineState,
    PickUpId,
    ServiceCode,
    TicketId,
    VisitFailure,
)
from tests.broker.domain.properties.at_the_counter import at_counter
from tests.broker.domain.properties.move import Draw, a_ticket, move, someone
from tests.broker.domain.properties.playground import KIOSKS, SUPERVISOR
from tests.broker.domain.properties.world import World
from tests.support import sample

NOBODY, NOWHERE, NOTHING = ClerkId("nobody"), CounterNumber(99), TicketId("20260714-A999")
FILE, SLOT, TRIP = ApplicationId("none"), AppointmentId("20260714-J999"), PickUpId("20260714-P999")
MACHINE, SERVICE = MachineCode("mill"), ServiceCode("none")

NONSENSE: tuple[AnyCommand, ...] = (
    c.Tick(),
    c.IssueTicket("F"),
    c.IssueTicket("A", SERVICE),
    c.IssueTicket("A", sample.DOCTOR),
    c.IssueTicket("A", steps=("F",)),
    c.HandInTicket("F", 1, Delivery.PAPER),
    c.HandInTicket("A", 1000, Delivery.PAPER),
    c.BookAppointments((Wanted(sample.TUESDAY, sample.at(3), sample.DOCTOR),)),
    c.ConfirmDelivery(NOTHING, Delivery.PAPER),
    c.CheckIn(SLOT),
    c.CancelAppointment(SLOT),
    c.OpenCounter(NOWHERE),
    c.CallNext(NOWHERE),
    c.ResumeCounter(CounterNumber(3)),
    c.CompleteTicket(NOTHING),
    c.ReopenTicket(NOTHING),
    c.AssignSkills(NOBODY, None, sample.TUESDAY),
    c.AssignSkills(SUPERVISOR, None, BusinessDay("2026-07-13")),
    c.MoveTickets((NOTHING,), "A", ActReason.WRONG_QUEUE),
    c.ReassignTicket(NOTHING, ToCounter(NOWHERE), ActReason.WRONG_QUEUE),
    c.ReleaseCounter(NOWHERE, ActReason.CLERK_ABSENT),
    c.PauseQueue("F", ClosingReason.FULL),
    c.CloseQueue("F", ClosingReason.FULL),
    c.ResumeQueue("F"),
    c.ReopenQueue("F"),
    c.ReopenDoors(),
    c.ReportMachine(MACHINE, MachineState.READY),
    c.MarkComplete(FILE),
    c.FailDelivery(FILE, VisitFailure.NOBODY_HOME),
    c.FetchFile(TRIP),
    c.RequestPickUp(SERVICE),
)


@move(weight=2)
def ask_for_nonsense(world: World, draw: Draw) -> None:
    """By a supervisor, by somebody unknown, by nobody, at any device."""
    role = draw(st.sampled_from([*[DeviceRole.COUNTER] * 6, *DeviceRole]))
    clerk = draw(st.sampled_from([*[SUPERVISOR] * 6, NOBODY, None]))
    for command in NONSENSE:
        world.attempt(command, role, KIOSKS[0], clerk)


@move(lambda look: bool(look.state.appointments))
def come_on_another_day(world: World, draw: Draw) -> None:
    appointment = draw(st.sampled_from([*world.state.appointments]))
    world.attempt(c.CheckIn(appointment), DeviceRole.KIOSK, KIOSKS[0])


@move(lambda look: bool(look.state.tickets))
def confirm_twice(world: World, draw: Draw) -> None:
    ticket = draw(st.sampled_from([*world.state.tickets.values()]))
    for _ in range(2):
        world.attempt(c.ConfirmDelivery(ticket.id, Delivery.PAPER), DeviceRole.KIOSK, ticket.device)


@move(someone(TicketAct.RECALL), weight=2)
def recall_for_ever(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.RECALL)
    assert ticket.clerk is not None
    for _ in range(5):
        world.advance(seconds=30)
        at_counter(world, ticket.clerk, c.Recall(ticket.id))
