"""From a clerk's call to the last of fifty displays that hears it, over fifty encrypted connections on this machine."""

import statistics
import time

import zmq

from broker.domain.commands import CallNext, CompleteTicket, ConfirmDelivery, IssueTicket, OpenCounter
from broker.domain.events import TicketCalled
from broker.domain.values import ClerkId, CounterNumber, Delivery
from broker.protocol import messages as m
from broker.protocol.codec import decode_broadcast
from broker.protocol.identifiers import new_request_id
from tests.bench import load

DISPLAYS = 50
CALLS = 200
COUNTER = CounterNumber(2)
DEADLINE_SECONDS = 20.0


def median_ms(
    updates: str, display: load.Target, kiosk: load.Target, counter: load.Target, clerk: ClerkId, pin: str
) -> float:
    """Median from the call's bytes handed over until every display has the update, in milliseconds."""
    ears = [load.listening(updates, display) for _ in range(DISPLAYS)]
    at_kiosk, at_counter = load.connect(kiosk), load.connect(counter)
    load.send(at_counter, m.SignIn(new_request_id(), clerk, pin))
    load.send(at_counter, load.command(OpenCounter(COUNTER)))
    for ear in ears:
        ear.recv()  # a heartbeat: the subscription has arrived
    taken = []
    for _ in range(CALLS):
        issued, _ = load.timed(at_kiosk, IssueTicket("A"))
        assert isinstance(issued.outcome, m.TicketOutcome)
        load.timed(at_kiosk, ConfirmDelivery(issued.outcome.ticket, Delivery.PAPER))
        began = time.perf_counter()
        called = load.send(at_counter, load.command(CallNext(COUNTER)))
        _all_hear(ears)
        taken.append((time.perf_counter() - began) * 1000)
        assert isinstance(called, m.Accepted)
        assert isinstance(called.outcome, m.CallOutcome)
        load.timed(at_counter, CompleteTicket(called.outcome.ticket))
    for socket in (*ears, at_kiosk, at_counter):
        socket.close(linger=0)
    return statistics.median(taken)


def _all_hear(ears: "list[zmq.Socket[bytes]]") -> None:
    poller = zmq.Poller()
    for ear in ears:
        poller.register(ear, zmq.POLLIN)
    left = len(ears)
    ends = time.monotonic() + DEADLINE_SECONDS
    while left:
        if time.monotonic() > ends:
            raise TimeoutError("a display has not heard the call in time")
        for ear, _ in poller.poll(1000):
            if _tells_a_call(ear.recv()):
                poller.unregister(ear)
                left -= 1


def _tells_a_call(body: bytes) -> bool:
    heard = decode_broadcast(body)
    return isinstance(heard, m.Update) and any(
        isinstance(record.event, TicketCalled) for record in heard.records
    )
