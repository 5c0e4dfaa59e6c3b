"""Devices that say of themselves to know what can't be, to a broker that waits for its history to be confirmed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from broker.domain.commands import IssueTicket
from broker.domain.known import Known
from broker.domain.values import BusinessDay, DeviceId
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.provision import Enrolment
from broker.store.database import Database
from broker.store.epochs import Epochs
from tests.broker.strangers.running import running
from tests.support import sample
from tests.support.broker import (
    DISPLAY,
    KIOSK,
    OFFICE,
    OTHER_PC,
    PC,
    Device,
    HandClock,
    RunningBroker,
    url_in,
)

NEXT_YEAR = BusinessDay("2027-07-14")
TOMORROW = BusinessDay("2026-07-15")
LIES = (
    Known(NEXT_YEAR, {"A": 1}),
    Known(BusinessDay("9999-99-99"), {"A": 1}, 1, 1),
    Known(None, {"A": 5}, 5, 5),
    Known(sample.TUESDAY, {"A": 1_000_000_000}, 1_000_000_000, 1_000_000_000),
    Known(sample.TUESDAY, {"A": 999, "B": 999, "X": 2}),
    Known(booked={NEXT_YEAR: 1, BusinessDay("no day at all"): 7, TOMORROW: 1_000_000_000}),
)


@pytest.fixture
def broker(tmp_path: Path, enrolment: Enrolment, clock: HandClock) -> Iterator[RunningBroker]:
    """A broker that has been restored from a backup, and waits."""
    with Database.open(url_in(tmp_path)) as database:
        Epochs(database).doubt()
    with running(tmp_path, enrolment, clock) as broker:
        yield broker


def say(broker: RunningBroker, device: DeviceId, known: Known) -> None:
    with broker.stranger(broker.enrolment.devices[device]) as one:
        answer = one.ask(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "who knows", None, known))
        assert isinstance(answer, m.Error), answer
        assert answer.code is m.ErrorCode.HISTORY_UNCONFIRMED


def confirmed(office: Device, known: Known | None = None) -> Known:
    answer = office.ask(m.ConfirmHistory(new_request_id(), known))
    assert isinstance(answer, m.HistoryConfirmed), answer
    return answer.known


def number(kiosk: Device, letter: str) -> int:
    outcome = kiosk.accepted(IssueTicket(letter)).outcome
    assert isinstance(outcome, m.TicketOutcome)
    return outcome.number


def witnesses(office: Device) -> dict[DeviceId, m.Witness]:
    found = office.ask(m.AskWitnesses(new_request_id()))
    assert isinstance(found, m.Witnesses)
    assert found.day == sample.TUESDAY
    return {each.device: each for each in found.witnesses if each.device != OFFICE}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_keeps_nobody_from_going_on_and_is_shown_with_who_told_it(
    broker: RunningBroker, lie: Known
) -> None:
    say(broker, KIOSK, Known(sample.TUESDAY, {"A": 41}, booked={TOMORROW: 2}))
    say(broker, DISPLAY, lie)
    with broker.device(OFFICE) as office:
        found = witnesses(office)
        assert found[KIOSK].not_believed is None
        assert found[DISPLAY].not_believed == lie
        known = confirmed(office)
        assert (known.day, known.numbers, known.serials) == (sample.TUESDAY, {"A": 41}, 0)
        assert known.booked == {TOMORROW: 2}
    with broker.device(KIOSK) as kiosk:
        assert [number(kiosk, letter) for letter in "AB"] == [42, 1]


def test_of_several_numbers_those_that_can_be_are_believed(broker: RunningBroker) -> None:
    say(broker, PC, Known(sample.TUESDAY, {"A": 999, "B": 7}))
    with broker.device(OFFICE) as office:
        assert witnesses(office)[PC].not_believed == Known(sample.TUESDAY, {"A": 999})
        assert confirmed(office).numbers == {"B": 7}


def test_a_revoked_device_is_a_witness_no_more(broker: RunningBroker) -> None:
    """It says what could be: only an operator can know better."""
    say(broker, KIOSK, Known(sample.TUESDAY, {"A": 41}))
    say(broker, OTHER_PC, Known(sample.TUESDAY, {"A": 998}))
    with broker.device(OFFICE) as office:
        assert set(witnesses(office)) == {KIOSK, OTHER_PC}
        assert isinstance(office.ask(m.RevokeDevice(new_request_id(), OTHER_PC)), m.DeviceRevoked)
        assert set(witnesses(office)) == {KIOSK}
        assert confirmed(office).numbers == {"A": 41}


@pytest.mark.parametrize("lie", LIES)
def test_an_operators_word_that_can_not_be_is_an_error_and_nothing_is_confirmed(
    broker: RunningBroker, lie: Known
) -> None:
    with broker.device(OFFICE) as office:
        answer = office.ask(m.ConfirmHistory(new_request_id(), replace(lie, numbers=lie.numbers | {"C": 7})))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.NOT_BELIEVED
        assert answer.detail
        assert not ask_figures(office).is_confirmed
        assert confirmed(office, Known(sample.TUESDAY, {"C": 7})).numbers == {"C": 7}


def ask_figures(office: Device) -> m.Figures:
    figures = office.ask(m.AskFigures(new_request_id()))
    assert isinstance(figures, m.Figures)
    return figures
