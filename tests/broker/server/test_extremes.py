"""Well-formed messages with values that no honest program sends: each is answered, and the broker goes on."""

from typing import Any

import pytest

from broker.domain import commands as c
from broker.domain.commands import IssueTicket
from broker.domain.values import (
    ApplicationId,
    BusinessDay,
    ChoiceReason,
    ClerkId,
    CommandId,
    CounterNumber,
    Delivery,
    Instant,
    Seq,
    ServiceCode,
    TicketId,
)
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id, new_request_id
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, NOW, PC, RunningBroker

LARGEST = 2**64 - 1
SMALLEST = -(2**63)
ODD_TEXTS = ("", "\0", "A" * 199, "'; DROP TABLE event; --", "\u202e\U0001f600", "A99999999999999999999")


def test_a_replay_may_be_asked_for_from_anywhere(broker: RunningBroker) -> None:
    with broker.device(DISPLAY) as display:
        for start in (LARGEST, 2**63, 2**63 - 1, 0, -1, SMALLEST):
            answer = display.ask(m.AskUpdates(new_request_id(), Seq(start)))
            assert isinstance(answer, m.Error)
            assert answer.code is m.ErrorCode.TOO_FAR_BEHIND
        display.hello()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_questions_may_be_about_anything(broker: RunningBroker, text: str) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        for question in (
            m.AskHistory(new_request_id(), text),
            m.AskHistory(new_request_id(), "A001", BusinessDay(text)),
            m.AskToken(new_request_id(), text),
            m.AskSlip(new_request_id(), ApplicationId(text)),
            m.SignIn(new_request_id(), ClerkId(text), "000000"),
        ):
            assert pc.ask(question).id == question.id
        pc.hello()


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_commands_may_name_anything(broker: RunningBroker, text: str) -> None:
    for number in (LARGEST, 2**63, 0, SMALLEST):
        refused(broker, text, number)


def refused(broker: RunningBroker, text: str, number: int) -> None:
    ticket, counter = TicketId(text), CounterNumber(number)
    commands: dict[Any, tuple[c.AnyCommand, ...]] = {
        KIOSK: (IssueTicket("A", ServiceCode(text)), c.ConfirmDelivery(ticket, Delivery.PAPER)),
        DISPLAY: (c.ReportAnnounced(ticket, number),),
        PC: (
            c.OpenCounter(counter),
            c.CallNext(counter),
            c.CallTicket(counter, ticket, ChoiceReason.SCANNED),
            c.Recall(ticket),
            c.SetService(ticket, ServiceCode(text)),
            c.AcceptApplication(ticket, ServiceCode(text), (number,)),
            c.MarkComplete(ApplicationId(text)),
        ),
    }
    for name, some in commands.items():
        with broker.device(name) as device:
            if name == PC:
                device.sign_in("sri")
            for command in some:
                answer = device.command(command)
                assert isinstance(answer, m.Refused), answer
            device.hello()


def test_a_command_may_say_it_happened_at_any_time(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        for happened_at in (LARGEST, 2**63, 0, SMALLEST):
            command = m.SendCommand(new_command_id(NOW), IssueTicket("A"), Instant(happened_at))
            assert kiosk.ask(command).id == command.id
        kiosk.hello()


def test_a_commands_id_may_be_any_short_text(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        for text in ODD_TEXTS:
            first = kiosk.command(IssueTicket("A"), CommandId(text))
            if text in ("", "\0", "A" * 199):
                assert isinstance(first, m.Error)
                assert first.code is m.ErrorCode.MALFORMED
            else:
                assert isinstance(first, m.Accepted)
                assert kiosk.accepted(IssueTicket("A"), CommandId(text)) == first


def test_a_received_paper_may_have_any_number(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        outcome = kiosk.accepted(IssueTicket("A", sample.MICRO_BUSINESS)).outcome
        assert isinstance(outcome, m.TicketOutcome)
        kiosk.accepted(c.ConfirmDelivery(outcome.ticket, Delivery.PAPER))
        pc.sign_in("sri")
        pc.accepted(c.OpenCounter(CounterNumber(1)))
        pc.accepted(c.CallNext(CounterNumber(1)))
        answer = pc.command(c.AcceptApplication(outcome.ticket, sample.MICRO_BUSINESS, (LARGEST,)))
        assert isinstance(answer, m.Refused), answer
