"""What a machine says of itself, every counter is told; what a clerk says stands until the machine says otherwise."""

import pytest

from broker.client import Link
from broker.domain import commands as c
from broker.domain.rules import Bilingual, Machine
from broker.domain.values import DeviceRole, MachineCode, MachineState
from counter.machines import Machines
from hardware.service_device import DeviceState
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import LocalSession

pytestmark = pytest.mark.usefixtures("qapp")
PRINTER = MachineCode("ektp-printer")


@pytest.fixture
def session() -> LocalSession:
    rules = sample.rules(
        machines=(Machine(PRINTER, Bilingual("Mesin cetak e-KTP", "e-KTP printing machine")),)
    )
    return Morning(rules).session(DeviceRole.COUNTER, "pc-1", None)


def test_what_a_machine_says_is_reported(session: LocalSession) -> None:
    machines = Machines(session, ())
    machines.found(PRINTER, MachineState.OUT_OF_CARDS)
    assert session.state.machines == {PRINTER: MachineState.OUT_OF_CARDS}
    machines.found(PRINTER, MachineState.READY)
    assert session.state.machines.get(PRINTER, MachineState.READY) is MachineState.READY


def test_a_machine_that_the_outlet_does_not_know_is_not_reported(session: LocalSession) -> None:
    Machines(session, ()).found(MachineCode("coffee"), MachineState.OUT_OF_ORDER)
    assert session.state.machines == {}


def test_what_was_said_while_the_broker_was_away_is_reported_when_it_is_back(session: LocalSession) -> None:
    machines = Machines(session, ())
    session.set_link(Link.STALE)
    machines.found(PRINTER, MachineState.OUT_OF_CARDS)
    machines.found(PRINTER, MachineState.OUT_OF_ORDER)
    assert session.state.machines == {}
    session.set_link(Link.LIVE)
    assert session.state.machines == {PRINTER: MachineState.OUT_OF_ORDER}


def test_a_clerks_word_stands_until_the_machine_says_something_else(session: LocalSession) -> None:
    machines = Machines(session, ())
    machines.found(PRINTER, MachineState.OUT_OF_ORDER)
    session.send(c.ReportMachine(PRINTER, MachineState.READY), lambda _: None)
    assert session.state.machines.get(PRINTER, MachineState.READY) is MachineState.READY
    machines.found(PRINTER, MachineState.OUT_OF_CARDS)
    assert session.state.machines == {PRINTER: MachineState.OUT_OF_CARDS}


def test_a_plug_in_has_the_brokers_words() -> None:
    assert {each.value for each in DeviceState} == {each.value for each in MachineState}
