"""Devices with their program's loop, all in the test's thread, and a broker to compare them with."""

import queue
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Self

from broker.client import SYSTEM_CLOCK, DeviceKeys, Endpoints, FixedKeys, Inbound, Link, Session, Transport
from broker.client.session import CommandAnswer
from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.values import CommandId, Letter, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support.broker import Device as Raw
from tests.support.running import RunningOutlet

STALE_SECONDS = 3.0
RIGHT_SECONDS = 2.0
SLOW_MACHINE_SECONDS = 0.5
"""What a busy machine may add to either."""

DEADLINE_SECONDS = 60.0
TICK_SECONDS = 0.1
COMMAND_SECONDS = 120.0


class Remote:
    """A device's session over its transport, and what happened to it."""

    def __init__(
        self,
        endpoints: Endpoints,
        keys: DeviceKeys,
        name: str,
        arrived: "queue.SimpleQueue[tuple[Remote, Inbound]]",
    ) -> None:
        self.name = name
        self.links: list[tuple[float, Link]] = []
        """Each change of the link, with its time."""
        self.answers: dict[CommandId, CommandAnswer] = {}
        self.sent: set[CommandId] = set()
        keyring = FixedKeys(keys)
        self._transport = Transport(endpoints, keyring, lambda message: arrived.put((self, message)))
        self.session = Session(self._transport, name, SYSTEM_CLOCK, keyring)
        self.session.on_change(self._note)
        self._transport.start()
        self.session.start()

    @property
    def is_live(self) -> bool:
        return self.session.link is Link.LIVE

    @property
    def unanswered(self) -> int:
        """How many commands are on their way."""
        return len(self.sent) - len(self.answers)

    def send(self, command: AnyCommand, accepted: Callable[[m.Accepted], None] = lambda _: None) -> None:
        """Send a command; `accepted` is called if it is."""

        def answered(answer: CommandAnswer) -> None:
            assert answer.id not in self.answers, "answered twice"
            self.answers[CommandId(str(answer.id))] = answer
            if isinstance(answer, m.Accepted):
                accepted(answer)

        self.sent.add(self.session.send(command, answered, expires_after=COMMAND_SECONDS))

    @property
    def tickets(self) -> dict[CommandId, m.TicketOutcome]:
        """The tickets that it was given, by the command that asked for each."""
        accepted = [each for each in self.answers.values() if isinstance(each, m.Accepted)]
        return {each.id: each.outcome for each in accepted if isinstance(each.outcome, m.TicketOutcome)}

    def became(self, link: Link, since: float) -> float:
        """When the link first became this after `since`; 0: it did not."""
        return next((at for at, which in self.links if which is link and at >= since), 0.0)

    def stop(self) -> None:
        self._transport.stop()

    def _note(self, _records: tuple[Recorded, ...]) -> None:
        if not self.links or self.links[-1][1] is not self.session.link:
            self.links.append((time.monotonic(), self.session.link))


class Hall:
    """All devices of a test, and the loop that each of their programs would have."""

    def __init__(self) -> None:
        self._arrived: queue.SimpleQueue[tuple[Remote, Inbound]] = queue.SimpleQueue()
        self.remotes: list[Remote] = []
        self._ticked_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each in self.remotes:
            each.stop()

    def connect(self, endpoints: Endpoints, outlet: RunningOutlet, device: str) -> Remote:
        remote = Remote(endpoints, outlet.keys(device), device, self._arrived)
        self.remotes.append(remote)
        return remote

    def turn(self) -> None:
        """One turn of everybody's loop: a message if there is one, and time."""
        try:
            remote, message = self._arrived.get(timeout=0.01)
        except queue.Empty:
            pass
        else:
            remote.session.receive(message)
        if time.monotonic() - self._ticked_at >= TICK_SECONDS:
            self._ticked_at = time.monotonic()
            for each in self.remotes:
                each.session.tick()

    def until(
        self, condition: Callable[[], object], what: str, patience_seconds: float = DEADLINE_SECONDS
    ) -> None:
        """Go on until the condition holds; fails when patience is over."""
        ends = time.monotonic() + patience_seconds
        while not condition():
            assert time.monotonic() < ends, f"not in time: {what}"
            self.turn()

    @property
    def is_live(self) -> bool:
        return all(each.is_live for each in self.remotes)


class Truth:
    """What the broker itself says, asked past the broken network."""

    def __init__(self, outlet: RunningOutlet, device: str) -> None:
        keys = outlet.keys(device)
        bound = Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
        self.raw = Raw(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret))
        self.raw.hello()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.raw.__exit__(kind, error, trace)

    def state(self) -> bytes:
        """The state, encoded."""
        while (state := self._asked()) is None:
            pass
        return state

    def _asked(self) -> bytes | None:
        """The state, encoded; None where too much has been asked lately."""
        self.raw.send(m.AskSnapshot(new_request_id()))
        parts: list[m.SnapshotPart] = []
        while not parts or len(parts) < parts[0].parts:
            part = self.raw.answer()
            if _is_too_many(part):
                return None
            assert isinstance(part, m.SnapshotPart), part
            parts.append(part)
        return b"".join(part.body for part in parts)

    @property
    def numbers(self) -> dict[Letter, int]:
        """The last number of each queue."""
        return decode_state(self.state()).numbers

    def is_equal(self, remotes: Iterable[Remote]) -> bool:
        """Whether all replicas are byte for byte the broker's state."""
        state = self._asked()
        return all(encode_state(each.session.state) == state for each in remotes)

    def journal(self, start: int = 1) -> list[Recorded]:
        """All events from a number on; `device` must be an operator's for the early ones."""
        records: list[Recorded] = []
        while True:
            answer = self.raw.ask(m.AskUpdates(new_request_id(), Seq(start + len(records))))
            if _is_too_many(answer):
                continue
            assert isinstance(answer, m.Updates), answer
            if not answer.records:
                return records
            records += answer.records


def _is_too_many(answer: object) -> bool:
    """Whether this has been asked more often than any device may ask."""
    return isinstance(answer, m.Error) and answer.code is m.ErrorCode.TOO_MANY
