"""Moves of supervisors, officers and the back office: tickets put elsewhere, queues closed, files, pick-ups."""

from collections.abc import Callable
from itertools import cycle

from hypothesis import strategies as st

from broker.domain import application, pick_up
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.application import ApplicationAct
from broker.domain.commands import AnyCommand
from broker.domain.day import business_day
from broker.domain.known import Known
from broker.domain.pick_up import PickUpAct
from broker.domain.ticket import TicketAct
from broker.domain.values import (
    ActReason,
    ApplicantId,
    ApplicationId,
    BusinessDay,
    ClosingReason,
    DeviceRole,
    MachineState,
    OutputState,
    PickUpId,
    PrinterNeed,
    PrinterState,
    RejectReason,
    ServiceCode,
    Stage,
    VisitFailure,
)
from tests.broker.domain.properties.at_the_counter import COUNTERS, PLACES, at_counter, somewhere
from tests.broker.domain.properties.move import (
    CLERKS,
    CODES,
    LETTERS,
    RARELY,
    Draw,
    Look,
    a_ticket,
    move,
    seated,
    someone,
    waiting,
    working,
)
from tests.broker.domain.properties.playground import BACK_OFFICE, PRINTER, QUESTION, SUPERVISOR
from tests.broker.domain.properties.world import World

LATER = BusinessDay("2026-07-17")
REASONS = st.sampled_from(ActReason)
CLOSINGS = st.sampled_from(ClosingReason)
PRINTERS = list(zip(PrinterState, cycle([None, *PrinterNeed])))
FAMILIAR = ApplicantId("applicant-1")
APPLICANTS = st.sampled_from([None, ApplicantId("applicant-2"), FAMILIAR, FAMILIAR])
SKILLS: st.SearchStrategy[tuple[ServiceCode, ...] | None] = st.none() | st.lists(
    CODES, max_size=3, unique=True
).map(tuple)


def supervisor(world: World, command: AnyCommand) -> None:
    """The command, from a supervisor's counter."""
    at_counter(world, SUPERVISOR, command)


# Tickets


@move(someone(TicketAct.MOVE), weight=2)
def move_tickets(world: World, draw: Draw) -> None:
    tickets = tuple(waiting(world, draw).id for _ in range(draw(st.integers(1, 3))))
    supervisor(world, c.MoveTickets(tickets, draw(LETTERS), draw(REASONS), draw(PLACES)))


@move(someone(TicketAct.REASSIGN), weight=2)
def reassign(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.REASSIGN)
    supervisor(world, c.ReassignTicket(ticket.id, somewhere(world, draw), draw(REASONS)))


@move(someone(TicketAct.CANCEL))
def void(world: World, draw: Draw) -> None:
    tickets = tuple(a_ticket(world, draw, TicketAct.CANCEL).id for _ in range(draw(st.integers(1, 2))))
    supervisor(world, c.VoidTickets(tickets, draw(REASONS)))


@move(seated)
def release(world: World, draw: Draw) -> None:
    supervisor(world, c.ReleaseCounter(draw(COUNTERS), draw(REASONS)))


# Queues, doors, machines, skills


@move(working, weight=2)
def pause_queue(world: World, draw: Draw) -> None:
    supervisor(world, c.PauseQueue(draw(LETTERS), draw(CLOSINGS)))


@move(lambda look: bool(look.state.paused), weight=2)
def resume_queue(world: World, draw: Draw) -> None:
    supervisor(world, c.ResumeQueue(draw(st.sampled_from([*world.state.paused]))))


@move(working)
def close_queue(world: World, draw: Draw) -> None:
    supervisor(world, c.CloseQueue(draw(LETTERS), draw(CLOSINGS)))


@move(lambda look: bool(look.state.closed), weight=3)
def reopen_queue(world: World, draw: Draw) -> None:
    supervisor(world, c.ReopenQueue(draw(st.sampled_from([*world.state.closed]))))


@move(working)
def close_doors_for_a_while(world: World, draw: Draw) -> None:
    supervisor(world, c.CloseDoors(draw(CLOSINGS)))
    world.attempt(c.IssueTicket(draw(LETTERS)), DeviceRole.KIOSK, "kiosk-1")
    supervisor(world, c.ReopenDoors())


@move()
def report_machine(world: World, draw: Draw) -> None:
    world.attempt(c.ReportMachine(PRINTER, draw(st.sampled_from(MachineState))), DeviceRole.COUNTER, "pc-1")


@move()
def report_printer(world: World, draw: Draw) -> None:
    report = c.ReportPrinter(*draw(st.sampled_from(PRINTERS)))
    world.attempt(report, DeviceRole.KIOSK, "kiosk-1")


@move()
def report_display(world: World, draw: Draw) -> None:
    outputs = st.sampled_from(OutputState)
    world.attempt(c.ReportDisplay(draw(outputs), draw(outputs)), DeviceRole.DISPLAY, "display-1")


@move()
def pass_numbers(world: World, draw: Draw) -> None:
    """Somebody knows of numbers that the journal does not know; or of old ones."""
    state, letter = world.state, draw(LETTERS)
    numbers = {letter: max(0, state.numbers.get(letter, 0) + draw(st.integers(-2, 3)))}
    known = Known(state.last_day, numbers, draw(st.integers(0, 3)), draw(st.integers(0, 2)), {LATER: 2})
    world.attempt(c.PassNumbers(known), DeviceRole.OPERATOR, "operator")


@move()
def assign_skills(world: World, draw: Draw) -> None:
    """From today on, or later."""
    today = business_day(world.now, world.rules.utc_offset_minutes)
    first_day = draw(st.sampled_from([today, today, max(today, LATER)]))
    supervisor(world, c.AssignSkills(draw(CLERKS), draw(SKILLS), first_day))


# Files


def applications(look: Look) -> bool:
    """A file is in the office."""
    return bool(look.state.applications)


@move(someone(TicketAct.COMPLETE), weight=6)
def accept(world: World, draw: Draw) -> None:
    ticket = a_ticket(world, draw, TicketAct.COMPLETE)
    assert ticket.clerk is not None
    received = draw(st.sampled_from([(), (), (0,), (7,)]))
    command = c.AcceptApplication(ticket.id, draw(CODES), received, draw(APPLICANTS))
    at_counter(world, ticket.clerk, command)


FILES: dict[ApplicationAct, Callable[[ApplicationId], AnyCommand]] = {
    ApplicationAct.MARK_COMPLETE: c.MarkComplete,
    ApplicationAct.REOPEN: c.ReopenApplication,
    ApplicationAct.HAND_OVER: c.HandOver,
    ApplicationAct.DELIVER: c.DeliverPermit,
    ApplicationAct.REJECT: lambda file: c.RejectApplication(file, RejectReason.NOT_ELIGIBLE),
    ApplicationAct.FAIL_DELIVERY: lambda file: c.FailDelivery(file, VisitFailure.NOBODY_HOME),
}


@move(applications, weight=10)
def process(world: World, draw: Draw) -> None:
    """What the back office does with a file; now and then what it can't."""
    file = draw(st.sampled_from([*world.state.applications.values()]))
    legal = [each for each in FILES if file.status in application.TRANSITIONS[each]]
    act = draw(st.sampled_from([*FILES] if draw(RARELY) else legal))
    at_counter(world, draw(st.sampled_from([BACK_OFFICE, SUPERVISOR])), FILES[act](file.id))


@move(applications, weight=3)
def complete_and_take_back(world: World, draw: Draw) -> None:
    file = draw(st.sampled_from([*world.state.applications]))
    at_counter(world, BACK_OFFICE, c.MarkComplete(file))
    world.advance(seconds=draw(st.sampled_from([2, 12])))
    at_counter(world, BACK_OFFICE, c.ReopenApplication(file))


@move(applications, weight=4)
def advance(world: World, draw: Draw) -> None:
    file = draw(st.sampled_from([*world.state.applications]))
    at_counter(world, BACK_OFFICE, c.AdvanceApplication(file, draw(st.sampled_from(Stage))))


# Pick-ups


@move(working, weight=2)
def request_pick_up(world: World, draw: Draw) -> None:
    at_counter(world, BACK_OFFICE, c.RequestPickUp(draw(CODES), applicant=draw(APPLICANTS)))


VISITS: dict[PickUpAct, Callable[[PickUpId], AnyCommand]] = {
    PickUpAct.ASSIGN: lambda wanted: c.AssignPickUp(wanted, SUPERVISOR),
    PickUpAct.FETCH: c.FetchFile,
    PickUpAct.FAIL: lambda wanted: c.FailPickUp(wanted, VisitFailure.ADDRESS_NOT_FOUND),
    PickUpAct.ACCEPT: lambda wanted: c.AcceptFetched(wanted, ()),
    PickUpAct.CANCEL: c.CancelPickUp,
}


@move(lambda look: bool(look.state.pick_ups), weight=8)
def go_and_fetch(world: World, draw: Draw) -> None:
    """What comes next for a request; now and then what does not."""
    request = draw(st.sampled_from([*world.state.pick_ups.values()]))
    legal = [each for each in VISITS if request.status in pick_up.TRANSITIONS[each]]
    act = draw(st.sampled_from([*VISITS] if draw(RARELY) else legal))
    at_counter(world, BACK_OFFICE, VISITS[act](request.id))


@move(working, weight=3)
def fetch_and_accept(world: World, draw: Draw) -> None:
    """From the request to the file, in one go; perhaps at the second visit."""
    command = c.RequestPickUp(draw(CODES), applicant=draw(APPLICANTS))
    for event in world.attempt(command, DeviceRole.COUNTER, "pc-1", BACK_OFFICE):
        assert isinstance(event, e.PickUpRequested)
        acts = [PickUpAct.ASSIGN, PickUpAct.FETCH, PickUpAct.ACCEPT]
        if draw(st.booleans()):
            acts = [PickUpAct.ASSIGN, PickUpAct.FAIL, *acts]
        for act in acts:
            at_counter(world, BACK_OFFICE, VISITS[act](event.pick_up))


@move(lambda look: any(each.pick_up for each in look.state.applications.values()), weight=4)
def bring(world: World, draw: Draw) -> None:
    """The permit of a file that was fetched, ready now; perhaps nobody is at home."""
    file = draw(st.sampled_from([each.id for each in world.state.applications.values() if each.pick_up]))
    at_counter(world, BACK_OFFICE, c.MarkComplete(file))
    if draw(st.booleans()):
        at_counter(world, BACK_OFFICE, c.FailDelivery(file, VisitFailure.PAPERS_NOT_READY))
    at_counter(world, BACK_OFFICE, c.DeliverPermit(file))


@move(working)
def ask_a_question_too_many(world: World, draw: Draw) -> None:
    """The service's quota is small."""
    for _ in range(3):
        world.attempt(c.IssueTicket("D", QUESTION), DeviceRole.KIOSK, "kiosk-1")
