"""Who may ask for what: devices by their role, clerks by theirs."""

import pytest

from broker.domain import commands as c
from broker.domain import refusals as r
from broker.domain.commands import AnyCommand
from broker.domain.decide import HANDLERS, decide
from broker.domain.decide.permissions import PERMISSIONS
from broker.domain.state import State
from broker.domain.ticket import ToQueue
from broker.domain.values import (
    ActReason,
    BusinessDay,
    ClerkRole,
    ClosingReason,
    DeviceRole,
    MachineCode,
    MachineState,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

SOME_TICKET = TicketId("20260714-A001")

SUPERVISORS_ACTS: tuple[AnyCommand, ...] = (
    c.MoveTickets((SOME_TICKET,), "B", ActReason.WRONG_QUEUE),
    c.ReassignTicket(SOME_TICKET, ToQueue("B"), ActReason.WRONG_QUEUE),
    c.VoidTickets((SOME_TICKET,), ActReason.ISSUED_BY_MISTAKE),
    c.ReleaseCounter(ONE, ActReason.CLERK_ABSENT),
    c.PauseQueue("A", ClosingReason.EMERGENCY),
    c.ResumeQueue("A"),
    c.CloseQueue("A", ClosingReason.FULL),
    c.ReopenQueue("A"),
    c.CloseDoors(ClosingReason.FULL),
    c.ReopenDoors(),
    c.AssignSkills(sample.BUDI, None, BusinessDay("2026-10-01")),
)


@pytest.fixture
def morning() -> Morning:
    return Morning()


def test_every_command_has_its_permission_and_its_handler() -> None:
    commands = set(c.AnyCommand.__args__)
    assert set(PERMISSIONS) == commands
    assert set(HANDLERS) == commands


def test_a_display_may_send_nothing_but_its_reports() -> None:
    allowed = {command for command, who in PERMISSIONS.items() if DeviceRole.DISPLAY in who.devices}
    assert allowed == {c.ReportAnnounced, c.ReportDisplay}


def test_a_kiosk_may_give_out_numbers_and_places_and_no_more() -> None:
    allowed = {command for command, who in PERMISSIONS.items() if DeviceRole.KIOSK in who.devices}
    assert allowed == {
        c.IssueTicket,
        c.HandInTicket,
        c.CheckIn,
        c.ConfirmDelivery,
        c.BookAppointments,
        c.ReportPrinter,
    }


def test_the_forecast_may_report_and_no_more() -> None:
    allowed = {command for command, who in PERMISSIONS.items() if DeviceRole.FORECAST in who.devices}
    assert allowed == {c.ReportForecast}


def test_a_monitor_may_look_and_send_nothing() -> None:
    assert not [command for command, who in PERMISSIONS.items() if DeviceRole.MONITOR in who.devices]


def test_an_operator_sets_up_and_never_touches_a_ticket() -> None:
    allowed = {command for command, who in PERMISSIONS.items() if DeviceRole.OPERATOR in who.devices}
    assert allowed == {
        c.ConfigureOutlet,
        c.AdoptCatalogue,
        c.BookAppointments,
        c.ReportMachine,
        c.PassNumbers,
        c.PrintRoll,
    }


def test_time_is_the_brokers_own(morning: Morning) -> None:
    for command in (c.Tick(), c.NoteClock(1000)):
        assert PERMISSIONS[type(command)].devices == {DeviceRole.BROKER}
        for role in set(DeviceRole) - {DeviceRole.BROKER}:
            assert morning.decide(command, role) == r.NotPermitted()


def test_supervisors_acts_are_a_supervisors(morning: Morning) -> None:
    of_supervisors = {command for command, who in PERMISSIONS.items() if who.clerks == {ClerkRole.SUPERVISOR}}
    assert of_supervisors == {type(command) for command in SUPERVISORS_ACTS}
    for command in SUPERVISORS_ACTS:
        for clerk in ("sri", "dewi"):
            assert morning.refused(clerk, command) == r.NotPermitted()
        assert morning.decide(command, DeviceRole.COUNTER) == r.ClerkNeeded()
        assert morning.decide(command, DeviceRole.KIOSK, clerk="ratna") == r.NotPermitted()


def test_at_a_counter_somebody_must_be_signed_in(morning: Morning) -> None:
    assert morning.decide(c.CallNext(ONE), DeviceRole.COUNTER) == r.ClerkNeeded()
    assert morning.decide(c.CallNext(ONE), DeviceRole.COUNTER, clerk="nobody") == r.ClerkNeeded()


def test_only_a_counter_with_a_clerk_does_a_clerks_work(morning: Morning) -> None:
    for command in (c.CallNext(ONE), c.OpenCounter(ONE)):
        for role in set(DeviceRole) - {DeviceRole.COUNTER}:
            assert morning.decide(command, role, clerk="sri") == r.NotPermitted()


def test_a_number_may_be_taken_at_a_counter_where_nobody_is_signed_in(morning: Morning) -> None:
    assert not isinstance(morning.decide(c.IssueTicket("A"), DeviceRole.COUNTER), r.Refusal)


def test_without_rules_nothing_is_decided_but_the_rules() -> None:
    def decided(command: AnyCommand, role: DeviceRole) -> object:
        envelope = c.Envelope(c.CommandId("0" * 32), c.DeviceId("some-device"), role, command)
        return decide(State(), envelope, sample.at(8))

    assert decided(c.IssueTicket("A"), DeviceRole.KIOSK) == r.NotConfigured()
    assert decided(c.AdoptCatalogue(sample.SERVICES), DeviceRole.OPERATOR) == r.NotConfigured()
    machine = c.ReportMachine(MachineCode("ektp-printer"), MachineState.READY)
    assert decided(machine, DeviceRole.COUNTER) == r.NotConfigured()
    assert decided(c.CallNext(ONE), DeviceRole.COUNTER) == r.ClerkNeeded()
    assert decided(c.Tick(), DeviceRole.BROKER) == ()
    assert not isinstance(decided(c.ConfigureOutlet(sample.RULES), DeviceRole.OPERATOR), r.Refusal)
