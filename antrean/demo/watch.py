"""The demo's own eye: an operator's session with a replica, to wait for what the script expects to happen."""

import queue
import time
from collections.abc import Callable

from antrean import keys
from antrean.demo.set_up import Stage
from broker.client import SYSTEM_CLOCK, Endpoints, Inbound, Link, Session, Transport, new_request_id
from broker.client.session import Reply
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.protocol import messages as m
from wording import Wording

PATIENCE_SECONDS = 30.0


class NotInTimeError(Exception):
    """What the script expected did not happen."""


class Watcher:
    """An operator's replica, driven by whoever waits."""

    def __init__(self, stage: Stage, wording: Wording) -> None:
        self._arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
        address = f"tcp://127.0.0.1:{stage.port}"
        keyring = keys.PassingKeyring(stage.folder / "keys/operator.key", wording)
        endpoints = Endpoints(address, f"tcp://127.0.0.1:{stage.port + 1}")
        self._transport = Transport(endpoints, keyring, self._arrived.put)
        self._session = Session(self._transport, "antrean demo", SYSTEM_CLOCK, keyring)
        self.records: list[Recorded] = []
        self._session.on_change(self.records.extend)

    def __enter__(self) -> "Watcher":
        self._transport.start()
        self._session.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._transport.stop()

    @property
    def state(self) -> State:
        """The outlet now."""
        return self._session.state

    def live(self) -> None:
        """Wait for the broker."""
        self.until("the broker answers", lambda: self._session.link is Link.LIVE)

    def until(self, what: str, condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the condition holds. Raises NotInTimeError with `what` when it does not."""
        ends = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > ends:
                raise NotInTimeError(what)
            self._turn()

    def history(self, number: str) -> tuple[Recorded, ...]:
        """All events of a ticket, by its number."""
        replies: list[Reply] = []
        self._session.ask(m.AskHistory(new_request_id(), number), replies.append)
        self.until(f"the history of {number}", lambda: bool(replies))
        reply = replies[0]
        if not isinstance(reply, m.History):
            raise NotInTimeError(f"the history of {number}: {reply}")
        return reply.records

    def _turn(self) -> None:
        try:
            self._session.receive(self._arrived.get(timeout=0.02))
        except queue.Empty:
            self._session.tick()
