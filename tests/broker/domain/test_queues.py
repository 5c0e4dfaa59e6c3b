"""What closes and opens numbers: a queue paused or closed, the doors, a machine; and the reported waits."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.appointment import Wanted
from broker.domain.rules import Bilingual, Machine
from broker.domain.ticket import Estimate, Expected, TicketStatus
from broker.domain.values import ClosingReason, DeviceRole, MachineCode, MachineState, PickUpId
from tests.support import sample
from tests.support.morning import ONE, THREE, Morning

PRINTER = MachineCode("ektp-printer")
MACHINES = (Machine(PRINTER, Bilingual("Printer KTP-el", "e-KTP printer")),)


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


@pytest.fixture
def night() -> Morning:
    return Morning(start=sample.at(19))


# Paused


def test_a_paused_queue_gives_out_no_numbers_and_calls_nobody(morning: Morning) -> None:
    waiting = morning.take("A")
    pause = c.PauseQueue("A", ClosingReason.SYSTEM_FAULT)
    assert morning.clerk("ratna", pause) == (e.QueuePaused("A", ClosingReason.SYSTEM_FAULT),)
    told = r.QueueOnPause("A", ClosingReason.SYSTEM_FAULT)
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == told
    assert morning.refused("ratna", pause) == told
    morning.take("B")
    assert morning.clerk("ratna", c.ResumeQueue("A")) == (e.QueueResumed("A"),)
    assert morning.refused("ratna", c.ResumeQueue("A")) == r.QueueNotOnPause("A")
    morning.take("A")
    assert morning.call("sri", ONE) == waiting


def test_beside_a_paused_queue_the_others_of_its_tier_are_called(morning: Morning) -> None:
    morning.take("B")
    other = morning.take("C")
    morning.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    assert morning.call("sri", ONE) == other


def test_who_is_served_when_the_queue_is_paused_is_served_to_the_end(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.SYSTEM_FAULT))
    assert morning.clerk("sri", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket),)


def test_a_pause_ends_with_its_day_and_who_waited_expires(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.EMERGENCY))
    morning.now = sample.at(18)
    morning.tick()
    assert e.TicketExpired(ticket) in morning.happened(e.TicketExpired)
    morning.advance(minutes=14 * 60)
    assert morning.state.paused == {}
    assert morning.take("A") == "20260715-A001"


def test_only_a_queue_that_there_is_is_paused_or_closed(morning: Morning) -> None:
    for command in (c.PauseQueue("Z", ClosingReason.FULL), c.CloseQueue("Z", ClosingReason.FULL)):
        assert morning.refused("ratna", command) == r.UnknownQueue("Z")


# Closed early


def test_a_closed_queue_gives_out_no_more_numbers_and_serves_who_waits(morning: Morning) -> None:
    waiting = morning.take("A")
    close = c.CloseQueue("A", ClosingReason.FULL)
    assert morning.clerk("ratna", close) == (e.QueueClosed("A", ClosingReason.FULL),)
    told = r.QueueClosedToday("A", ClosingReason.FULL)
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == told
    assert morning.refused("ratna", close) == told
    assert morning.call("sri", ONE) == waiting
    morning.take("B")
    assert morning.clerk("ratna", c.ReopenQueue("A")) == (e.QueueReopened("A"),)
    assert morning.refused("ratna", c.ReopenQueue("A")) == r.QueueNotClosed("A")
    morning.take("A")


def test_closed_doors_give_out_no_numbers_in_any_queue_and_serve_who_waits(morning: Morning) -> None:
    waiting = morning.take("A")
    assert morning.clerk("ratna", c.CloseDoors(ClosingReason.CEREMONY)) == (
        e.DoorsClosed(ClosingReason.CEREMONY),
    )
    told = r.DoorsClosedToday(ClosingReason.CEREMONY)
    for letter in "ABCDE":
        assert morning.refused_at_kiosk(c.IssueTicket(letter)) == told
    assert morning.refused("ratna", c.CloseDoors(ClosingReason.FULL)) == told
    assert morning.call("sri", ONE) == waiting
    assert morning.clerk("ratna", c.ReopenDoors()) == (e.DoorsReopened(),)
    assert morning.refused("ratna", c.ReopenDoors()) == r.DoorsNotClosed()
    morning.take("A")


def test_what_is_closed_for_today_is_open_tomorrow(morning: Morning) -> None:
    morning.clerk("ratna", c.CloseQueue("A", ClosingReason.FULL))
    morning.clerk("ratna", c.CloseDoors(ClosingReason.FULL))
    morning.advance(minutes=24 * 60)
    assert (morning.state.closed, morning.state.doors_closed) == ({}, None)
    morning.take("A")


def test_while_the_outlet_is_closed_there_is_nothing_to_close(night: Morning) -> None:
    for command in (
        c.PauseQueue("A", ClosingReason.FULL),
        c.CloseQueue("A", ClosingReason.FULL),
        c.CloseDoors(ClosingReason.FULL),
    ):
        assert night.refused("ratna", command) == r.OutletClosed()


# A machine that a service depends on


@pytest.fixture
def printing() -> Morning:
    """Micro business permits need the printer; Sri sits at counter 1."""
    services = sample.services(sample.MICRO_BUSINESS, needs=PRINTER)
    morning = Morning(sample.rules(machines=MACHINES), services)
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def report(morning: Morning, state: MachineState) -> tuple[e.AnyEvent, ...]:
    return morning.do(c.ReportMachine(PRINTER, state), DeviceRole.OPERATOR)


@pytest.mark.parametrize("state", [MachineState.OUT_OF_CARDS, MachineState.OUT_OF_ORDER])
def test_a_service_whose_machine_cannot_work_is_closed_with_the_reason(
    printing: Morning, state: MachineState
) -> None:
    ticket = printing.take("A", sample.MICRO_BUSINESS)
    printing.serving("sri", ONE)
    printing.kiosk(c.BookAppointments((Wanted(sample.TUESDAY, sample.at(9), sample.MICRO_BUSINESS),)))
    (appointment,) = printing.state.appointments
    assert report(printing, state) == (e.MachineReported(PRINTER, state),)
    told = r.MachineNotReady(PRINTER, state)
    assert printing.refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS)) == told
    assert printing.refused_at_kiosk(c.CheckIn(appointment)) == told
    assert printing.refused("sri", c.AcceptApplication(ticket, sample.MICRO_BUSINESS, ())) == told
    printing.take("A", sample.JOBSEEKER)
    printing.accept("sri", ticket, sample.JOBSEEKER)
    report(printing, MachineState.READY)
    assert printing.state.machines == {}
    printing.take("A", sample.MICRO_BUSINESS)
    printing.accept("sri", ticket, sample.MICRO_BUSINESS)
    printing.issue(c.CheckIn(appointment))


def test_a_fetched_file_waits_for_the_machine_too(printing: Morning) -> None:
    printing.clerk("sri", c.RequestPickUp(sample.MICRO_BUSINESS))
    pick_up = PickUpId("20260714-P001")
    printing.clerk("sri", c.AssignPickUp(pick_up, sample.SRI))
    printing.clerk("sri", c.FetchFile(pick_up))
    report(printing, MachineState.OUT_OF_CARDS)
    told = r.MachineNotReady(PRINTER, MachineState.OUT_OF_CARDS)
    assert printing.refused("sri", c.AcceptFetched(pick_up, ())) == told


def test_the_same_state_once_more_is_no_news(printing: Morning) -> None:
    assert report(printing, MachineState.READY) == ()
    report(printing, MachineState.OUT_OF_CARDS)
    assert report(printing, MachineState.OUT_OF_CARDS) == ()
    assert report(printing, MachineState.OUT_OF_ORDER) != ()
    assert printing.state.machines == {PRINTER: MachineState.OUT_OF_ORDER}


def test_a_machine_stays_as_it_is_over_night(printing: Morning) -> None:
    report(printing, MachineState.OUT_OF_ORDER)
    printing.advance(minutes=24 * 60)
    told = r.MachineNotReady(PRINTER, MachineState.OUT_OF_ORDER)
    assert printing.refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS)) == told


def test_a_machine_that_the_outlet_does_not_have_is_not_known(printing: Morning) -> None:
    unknown = c.ReportMachine(MachineCode("x-ray"), MachineState.READY)
    assert printing.decide(unknown, DeviceRole.COUNTER) == r.UnknownMachine("x-ray")


# The reported waits


def reported(morning: Morning, *expected: Expected) -> object:
    return morning.decide(c.ReportForecast(expected), DeviceRole.FORECAST)


def test_the_latest_reported_waits_are_kept_for_each_queue_and_class(morning: Morning) -> None:
    plain, elder = Expected("A", Estimate(5, 9)), Expected("A", Estimate(1, 3), with_priority=True)
    closed = Expected("E", None)
    reported(morning, plain, elder, closed)
    assert morning.state.expected == {"A": plain, "E": closed}
    assert morning.state.expected_with_priority == {"A": elder}
    assert morning.state.expected_at == morning.now
    morning.advance(minutes=1)
    later = Expected("A", Estimate(6, 10))
    reported(morning, later)
    assert morning.state.expected == {"A": later, "E": closed}
    assert morning.state.expected_at == morning.now
    morning.advance(minutes=24 * 60)
    assert (morning.state.expected, morning.state.expected_with_priority) == ({}, {})
    assert morning.state.expected_at is None


def test_waits_of_queues_that_are_gone_are_left_out(morning: Morning) -> None:
    gone = Expected("Z", Estimate(1, 2))
    assert reported(morning, gone) == ()
    reported(morning, gone, Expected("A", None))
    assert list(morning.state.expected) == ["A"]


def test_while_the_outlet_is_closed_nobody_waits(night: Morning) -> None:
    assert reported(night, Expected("A", None)) == r.OutletClosed()


# Early closing with people waiting


def test_whoever_waits_when_the_doors_close_is_served_until_the_day_closes(morning: Morning) -> None:
    tickets = [morning.take("A") for _ in range(3)]
    morning.now = sample.at(16)
    morning.tick()
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.TooLate(sample.at(13, 30))
    assert morning.serve("sri", ONE) == tickets[0]
    morning.now = sample.at(17, 59)
    morning.tick()
    assert morning.serving("sri", ONE) == tickets[1]
    morning.now = sample.at(18)
    morning.tick()
    assert morning.happened(e.TicketCompleted)[-1] == e.TicketCompleted(tickets[1], unfinished=True)
    assert morning.happened(e.TicketExpired) == [e.TicketExpired(tickets[2])]


def test_collection_goes_on_until_the_doors_close() -> None:

    collection = replace(sample.QUEUES[4], last_ticket=24 * 60)
    morning = Morning(sample.rules(queues=(*sample.QUEUES[:4], collection)), start=sample.at(15, 59))
    morning.clerk("sri", c.OpenCounter(THREE))
    ticket = morning.take("E")
    morning.advance(minutes=1)
    assert morning.refused_at_kiosk(c.IssueTicket("E")) == r.TooLate(sample.at(16))
    assert morning.call("sri", THREE) == ticket
    assert morning.now_is(ticket).status is TicketStatus.CALLED
