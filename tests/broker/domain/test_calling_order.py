"""The order in which a counter's waiting tickets are listed is the order in which it calls them."""

import random

import pytest

from broker.domain.commands import CallNext, CompleteTicket, ConfirmDelivery, IssueTicket, OpenCounter
from broker.domain.events import TicketCalled, TicketIssued
from broker.domain.queue import calling_order, next_for
from broker.domain.values import CounterNumber, Delivery, DeviceRole, Priority, TicketId
from tests.support import sample
from tests.support.outlet import LocalOutlet

COUNTER = sample.RULES.counters[0]
CLERK = sample.RULES.clerks[0]


def issue(outlet: LocalOutlet, letter: str, priority: Priority | None) -> None:
    (issued,) = outlet.do(IssueTicket(letter, priority=priority), DeviceRole.KIOSK)
    assert isinstance(issued, TicketIssued)
    outlet.do(ConfirmDelivery(issued.ticket, Delivery.PAPER), DeviceRole.KIOSK)


def call(outlet: LocalOutlet) -> TicketId:
    (called,) = outlet.do(CallNext(CounterNumber(1)), DeviceRole.COUNTER, clerk="sri")
    assert isinstance(called, TicketCalled)
    outlet.do(CompleteTicket(called.ticket), DeviceRole.COUNTER, clerk="sri")
    return called.ticket


@pytest.mark.parametrize("seed", range(8))
def test_the_listed_order_is_the_order_of_the_calls(seed: int) -> None:
    chance = random.Random(seed)
    outlet = LocalOutlet()
    outlet.do(OpenCounter(CounterNumber(1)), DeviceRole.COUNTER, clerk="sri")
    for _ in range(30):
        issue(outlet, chance.choice("ABCDE"), chance.choice([None, None, Priority.ELDERLY]))
        outlet.advance(minutes=chance.choice([0, 1, 7]))
    listed = [ticket.id for ticket in calling_order(outlet.state, COUNTER, CLERK, outlet.now)]
    assert [call(outlet) for _ in listed] == listed
    assert next_for(outlet.state, COUNTER, CLERK, outlet.now) is None


def test_nobody_is_listed_whom_the_clerk_may_not_serve() -> None:
    outlet = LocalOutlet()
    outlet.do(IssueTicket("B", service=sample.DOCTOR), DeviceRole.KIOSK)
    outlet.advance(minutes=1)
    budi = next(clerk for clerk in sample.RULES.clerks if clerk.id == sample.BUDI)
    assert calling_order(outlet.state, COUNTER, budi, outlet.now) == []
