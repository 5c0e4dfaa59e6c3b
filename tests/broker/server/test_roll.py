"""The emergency roll over the wire: an operator gets tokens, and a counter learns what a scanned one stands for."""

import pytest
from msgspec.structs import replace

from broker.domain.commands import ConfigureOutlet, EnterRollTicket, PrintRoll
from broker.domain.day import DAY_MS
from broker.domain.roll import ROLL, ROLL_DAYS, RollTicket
from broker.domain.rules import NumberRange
from broker.domain.values import CommandId, Instant
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id, new_request_id
from tests.support import sample
from tests.support.broker import KIOSK, NOW, OFFICE, PC, Device, HandClock, RunningBroker

RULES = replace(sample.RULES, ranges=(NumberRange(ROLL, "B", 701, 799),))


def printed(office: Device, count: int, under: CommandId | None = None) -> m.RollOutcome:
    outcome = office.accepted(PrintRoll("B", count), under).outcome
    assert isinstance(outcome, m.RollOutcome)
    return outcome


def meant(device: Device, text: str) -> m.TokenAnswer:
    answer = device.ask(m.AskToken(new_request_id(), text))
    assert isinstance(answer, m.TokenAnswer)
    return answer


@pytest.fixture(autouse=True)
def with_a_roll(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        office.accepted(ConfigureOutlet(RULES))


def test_an_operator_gets_the_tickets_with_their_tokens(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        outcome = printed(office, 3)
    assert outcome.tickets == tuple(RollTicket("B", 700 + place, place) for place in (1, 2, 3))
    assert len(set(outcome.tokens)) == 3
    assert all(token.startswith("R:") for token in outcome.tokens)


def test_asked_again_it_is_the_same_roll(broker: RunningBroker) -> None:
    under = new_command_id(NOW)
    with broker.device(OFFICE) as office:
        assert printed(office, 2, under) == printed(office, 2, under)
        assert printed(office, 1).tickets[0].serial == 3


def test_a_tokens_ticket_is_entered_once_and_then_found_by_it(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office, broker.device(PC) as pc:
        pc.sign_in("sri")
        outcome = printed(office, 2)
        answer = meant(pc, f"https://antrean.example/t/{outcome.tokens[1]}")
        assert (answer.kind, answer.roll, answer.ticket) == (m.TokenKind.ROLL, outcome.tickets[1], None)
        assert answer.roll is not None
        entered = pc.accepted(EnterRollTicket(answer.roll)).outcome
        assert isinstance(entered, m.TicketOutcome)
        again = meant(pc, outcome.tokens[1])
        assert (again.roll, again.ticket) == (None, entered.ticket)


def test_a_token_ends_a_year_after_it_was_printed(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(OFFICE) as office:
        outcome = printed(office, 1)
    clock.time = Instant(clock.time + ROLL_DAYS * DAY_MS)
    with broker.device(KIOSK) as kiosk:
        assert meant(kiosk, outcome.tokens[0]).kind is None


def test_a_token_that_was_tampered_with_is_none(broker: RunningBroker) -> None:
    with broker.device(OFFICE) as office:
        token = printed(office, 1).tokens[0]
    with broker.device(KIOSK) as kiosk:
        assert meant(kiosk, token.replace("B701-1", "B702-2")).kind is None
