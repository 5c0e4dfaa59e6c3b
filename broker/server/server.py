"""The broker: one thread, one loop. Whatever has come in by a moment is carried out as one group.

A pass of the loop: judge new connections, receive what waits, let time act if it is due, decide and commit the
commands, answer them, tell everybody, then answer questions and sign-ins. Nothing in it waits but the poll and the
disk.
"""

import socket
import time
from collections.abc import Iterator, Sequence
from math import ceil
from types import TracebackType
from typing import Self, assert_never

import structlog
import zmq

from broker.domain.commands import Envelope, Tick
from broker.domain.events import DayClosed, Recorded
from broker.domain.values import ClerkId, DeviceId, DeviceRole, Instant
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id
from broker.server.clock import Clock, CoreTime
from broker.server.core import Asked, Core, content_of
from broker.server.front import Front, Incoming
from broker.server.publisher import Publisher
from broker.server.queries import ASKERS, CLERKS_ASKING, Queries
from broker.server.sign_ins import Attempt, SignIns
from broker.server.sockets import Addresses, KeyPair, Sockets
from broker.server.tokens import Tokens
from broker.store.database import Database
from broker.store.errors import StoreError
from broker.store.journal import Journal
from broker.store.notes import Notes
from broker.store.registry import Device, Purpose, Registry
from broker.store.reports import Reports

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.2
HEARTBEAT_SECONDS = 1.0
SELF = DeviceId("broker")

WAKE_UPS_AT_ONCE = 4096
CLOSED = -1
"""The file descriptor of a socket that has been closed."""

Question = (
    m.Hello
    | m.SignIn
    | m.SignOut
    | m.AskProfiles
    | m.AskToken
    | m.AskHistory
    | m.AskSlip
    | m.WriteNote
    | m.AskNote
    | m.EraseNote
    | m.AskDayReport
    | m.AskUpdates
    | m.AskSnapshot
)


class Server:
    """A listening broker: made in any thread, run in one, stopped from anywhere.

    The database stays the caller's to close, after the server. Raises ServerError when it can't listen, StoreError
    when the journal can't be read.
    """

    def __init__(self, database: Database, keys: KeyPair, addresses: Addresses, clock: Clock) -> None:
        registry = Registry(database)
        journal = Journal(database)
        tokens = Tokens(registry.signing_keys(Purpose.TOKENS))
        self._epoch = m.Epoch(journal.epoch)
        self._core = Core(journal, tokens)
        self._notes = Notes(database)
        self._queries = Queries(journal, Reports(database), self._notes, tokens)
        self._time = CoreTime(clock, self._core.state.at)
        self._sign_ins = SignIns(registry, self._wake)
        devices = registry.devices()
        known = {device.public_key: device.id for device in devices.values()}
        self._sockets = Sockets(addresses, keys, known)
        self.bound = self._sockets.bound
        """Where devices connect, with real ports."""
        self._wake_up, self._woken = socket.socketpair()
        self._front = Front(self._sockets.requests, devices)
        self._publisher = Publisher(
            self._sockets.updates, self._epoch, registry.signing_keys(Purpose.HISTORY)[-1].key
        )
        self._poller = zmq.Poller()
        for each in (self._sockets.requests, self._sockets.doorkeeper.socket, self._woken):
            self._poller.register(each, zmq.POLLIN)
        self._stopping = False
        self._tick_at = self._beat_at = time.monotonic()
        self._ticked_at = Instant(0)
        """The queue's time at the last tick: where it has jumped, time acts before any command does."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self) -> None:
        """Serve until `stop`. Raises StoreError when the disk fails for good."""
        log.info("the broker listens", requests=self.bound.requests, updates=self.bound.updates)
        while not self._stopping:
            self._pass()
        log.info("the broker has stopped", seq=self._core.state.seq)

    def stop(self) -> None:
        """Let `run` end after its present pass. Safe in signal handlers and other threads."""
        self._stopping = True
        self._wake()

    def close(self) -> None:
        """Close the sockets, letting answers leave for a moment; within a second."""
        self._sign_ins.close()
        self._sockets.close()
        self._wake_up.close()
        self._woken.close()

    def _wake(self) -> None:
        if self._wake_up.fileno() != CLOSED:
            self._wake_up.send(b"\0")

    def _pass(self) -> None:
        due_in = min(self._tick_at, self._beat_at) - time.monotonic()
        ready = dict(self._poller.poll(max(0, ceil(due_in * 1000))))
        if self._sockets.doorkeeper.socket in ready:
            self._sockets.doorkeeper.serve()
        if self._woken.fileno() in ready:
            self._woken.recv(WAKE_UPS_AT_ONCE)
        at = self._time.now()
        incoming = list(self._front.receive())
        self._carry_out(incoming, at)
        for each in incoming:
            self._answer(each, at)
        for route, answer in self._sign_ins.settle(self._core.state, at):
            self._front.answer(route, answer)
        self._beat(at)
        self._core.keep_snapshot_if_due()

    def _carry_out(self, incoming: Sequence[Incoming], at: Instant) -> None:
        """Let time act if it is due, then the commands, all in one commit; answer them and tell everybody."""
        group = self._due_tick(at)
        ticks = len(group)
        routes = []
        for each in incoming:
            if isinstance(each.message, m.SendCommand):
                group.append(self._asked(each, each.message))
                routes.append(each.route)
        if not group:
            return
        done = self._core.act(group, at)
        for route, body in zip(routes, done.answers[ticks:], strict=True):
            self._front.send(route, body)
        self._publisher.update(done.records)
        self._follow(done.records)

    def _due_tick(self, at: Instant) -> list[Asked]:
        if time.monotonic() < self._tick_at and at - self._ticked_at < TICK_SECONDS * 1000:
            return []
        self._tick_at, self._ticked_at = time.monotonic() + TICK_SECONDS, at
        return [Asked(Envelope(new_command_id(at), SELF, DeviceRole.BROKER, Tick()))]

    def _asked(self, incoming: Incoming, message: m.SendCommand) -> Asked:
        device = incoming.device
        clerk = self._sign_ins.clerk_at(device.id)
        envelope = Envelope(message.id, device.id, device.role, message.command, clerk, message.happened_at)
        return Asked(envelope, content_of(message))

    def _follow(self, records: Sequence[Recorded]) -> None:
        """After what time did, there may be more for it to do; sessions end with the day, and old notes."""
        if any(record.device == SELF for record in records):
            self._tick_at = time.monotonic()
        if any(isinstance(record.event, DayClosed) for record in records):
            try:
                self._sign_ins.end_all()
                self._notes.forget_old(self._core.state.at)
            except StoreError as error:
                log.error("the day's sessions and old notes could not be ended", error=str(error))

    def _answer(self, incoming: Incoming, at: Instant) -> None:
        """Answer what is not a command."""
        message = incoming.message
        if isinstance(message, m.SendCommand):
            return
        if not self._may_ask(incoming):
            self._refuse(incoming, m.Error(message.id, m.ErrorCode.NOT_PERMITTED))
            return
        try:
            for answer in self._answers(incoming, message, at):
                self._front.answer(incoming.route, answer)
        except StoreError as error:
            self._refuse(incoming, m.Error(message.id, m.ErrorCode.NOT_STORED, error.what))

    def _may_ask(self, incoming: Incoming) -> bool:
        device, question = incoming.device, type(incoming.message)
        askers = ASKERS.get(question)
        if askers is not None and device.role not in askers:
            return False
        clerks = CLERKS_ASKING.get(question)
        if clerks is None or device.role is not DeviceRole.COUNTER:
            return True
        profile = self._sign_ins.profile(self._sign_ins.clerk_at(device.id), self._core.state)
        return profile is not None and profile.role in clerks

    def _answers(self, incoming: Incoming, message: Question, at: Instant) -> Iterator[m.Answer]:
        state = self._core.state
        device = incoming.device
        match message:
            case m.Hello():
                yield self._welcome(incoming, message, at)
            case m.SignIn():
                self._sign_ins.ask(Attempt(incoming.route, device.id, message))
            case m.SignOut():
                self._sign_ins.end(device.id)
                yield m.SignedOut(message.id)
            case m.AskProfiles():
                yield m.Profiles(message.id, self._sign_ins.profiles(state))
            case m.AskToken():
                yield self._queries.token(message, state, at)
            case m.AskHistory():
                yield self._queries.history(message)
            case m.AskSlip():
                yield self._queries.slip(message, state)
            case m.WriteNote():
                yield self._queries.write_note(message, self._signed_in(device), at)
            case m.AskNote():
                yield self._queries.note(message)
            case m.EraseNote():
                yield self._queries.erase_note(message, self._signed_in(device), at)
            case m.AskDayReport():
                yield self._queries.day_report(message, state)
            case m.AskUpdates():
                yield self._queries.updates(message, state)
            case m.AskSnapshot():
                yield from self._queries.snapshot(message, state)
            case _:
                assert_never(message)

    def _signed_in(self, device: Device) -> ClerkId:
        """The clerk at a device of whom `_may_ask` has made sure."""
        clerk = self._sign_ins.clerk_at(device.id)
        assert clerk is not None
        return clerk

    def _welcome(self, incoming: Incoming, hello: m.Hello, at: Instant) -> m.Welcome:
        state, device = self._core.state, incoming.device
        profile = self._sign_ins.profile(self._sign_ins.clerk_at(device.id), state)
        log.info("a device said hello", device=device.id, program=hello.program, version=incoming.version)
        return m.Welcome(
            hello.id, incoming.version, self._epoch, state.seq, device.id, device.role, at, profile
        )

    def _refuse(self, incoming: Incoming, error: m.Error) -> None:
        self._front.refuse(incoming.route, incoming.device.id, error)

    def _beat(self, at: Instant) -> None:
        if time.monotonic() >= self._beat_at:
            self._beat_at = time.monotonic() + HEARTBEAT_SECONDS
            self._publisher.heartbeat(self._core.state.seq, at)
