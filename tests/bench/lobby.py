"""From a clerk's call to the number painted on a real lobby display, and the bare way of such a message."""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import zmq
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from broker.client import FixedKeys, Link
from broker.domain.commands import CallNext, CompleteTicket, ConfirmDelivery, IssueTicket, OpenCounter
from broker.domain.values import ClerkId, CounterNumber, Delivery
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from display.app import build
from display.settings import DisplaySettings
from tests.bench import load
from tests.bench.bare import BareServer
from tests.support.running import RunningOutlet
from ui.link import QtLink
from ui.settings import WindowSettings
from ui.window import prepare

CALLS = 60
DEADLINE_SECONDS = 20
COUNTER = CounterNumber(1)


def bare_way_ms(bare: BareServer, target: load.Target) -> float:
    """Median of the way from a request through a durable commit to a subscriber, in milliseconds."""
    context: zmq.Context[zmq.Socket[bytes]] = zmq.Context.instance()
    requests = load.connect(target)
    updates = context.socket(zmq.SUB)
    updates.curve_serverkey = target.server_key.encode()
    updates.curve_publickey, updates.curve_secretkey = target.public.encode(), target.secret.encode()
    updates.setsockopt(zmq.SUBSCRIBE, b"")
    updates.connect(bare.updates)
    while not updates.poll(50):  # until the subscription has arrived
        requests.send(b"x" * 150)
        requests.recv()
    while updates.poll(50):
        updates.recv()
    taken = []
    for _ in range(CALLS):
        began = time.perf_counter()
        requests.send(b"x" * 150)
        updates.recv()
        taken.append((time.perf_counter() - began) * 1000)
        requests.recv()
    requests.close(linger=0)
    updates.close(linger=0)
    return statistics.median(taken)


class LobbyBench:
    """A display of the outlet in this process, a kiosk and a counter that call as fast as it paints."""

    def __init__(self, outlet: RunningOutlet, kiosk: load.Target, counter: load.Target) -> None:
        application = QApplication.instance() or QApplication([])
        assert isinstance(application, QApplication)
        self._application = application
        prepare(application)
        self._link = QtLink(outlet.endpoints, FixedKeys(outlet.keys("display-1")), "bench")
        settings = DisplaySettings(window=WindowSettings(full_screen=False), speaks=False)
        self._display = build(settings, self._link)
        self._painted: dict[str, float] = {}
        self._display.window.shown.connect(self._note)
        self._link.start()
        self._display.start()
        self._kiosk = load.connect(kiosk)
        self._counter = load.connect(counter)
        load.send(self._counter, m.SignIn(new_request_id(), ClerkId("sri"), outlet.pin("sri")))
        load.send(self._counter, load.command(OpenCounter(COUNTER)))

    def median_ms(self) -> float:
        """Median from sending the call to the number painted, in milliseconds."""
        self._until(lambda: self._link.session.link is Link.LIVE)
        taken = [self._one_call() for _ in range(CALLS)]
        return statistics.median(taken)

    def close(self) -> None:
        """End the display and the devices."""
        self._display.stop()
        self._link.stop()
        self._kiosk.close(linger=0)
        self._counter.close(linger=0)

    def _one_call(self) -> float:
        issued = load.send(self._kiosk, load.command(IssueTicket("A")))
        assert isinstance(issued, m.Accepted)
        assert isinstance(issued.outcome, m.TicketOutcome)
        ticket = issued.outcome.ticket
        load.send(self._kiosk, load.command(ConfirmDelivery(ticket, Delivery.PAPER)))
        began = time.perf_counter()
        load.send(self._counter, load.command(CallNext(COUNTER)))
        self._until(lambda: ticket in self._painted)
        took = (self._painted[ticket] - began) * 1000
        load.send(self._counter, load.command(CompleteTicket(ticket)))
        return took

    def _note(self, ticket: str, _call: int) -> None:
        self._painted[ticket] = time.perf_counter()

    def _until(self, condition: Callable[[], bool]) -> None:
        ends = time.monotonic() + DEADLINE_SECONDS
        while not condition():
            if time.monotonic() > ends:
                raise TimeoutError("the display did not paint in time")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)
