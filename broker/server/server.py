"""The broker: one thread, one loop. Whatever has come in by a moment is carried out as one group.

A pass of the loop: judge new connections, receive what waits, let time act if it is due, decide and commit the
commands, answer them, tell everybody, then answer questions and sign-ins. Nothing in it waits but the poll and the
disk.
"""

import socket
import time
from collections.abc import Callable, Iterator, Sequence
from math import ceil
from types import TracebackType
from typing import Self

import structlog
import zmq

from broker.domain.commands import AnyCommand, Envelope, NoteClock, PassNumbers, Tick
from broker.domain.events import ClockSetForward, DayClosed, Recorded
from broker.domain.known import Known, is_covered
from broker.domain.values import DeviceId, DeviceRole, Instant
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id
from broker.server.clock import Clock, CoreTime
from broker.server.content import Content
from broker.server.core import Asked, Core
from broker.server.counts import Counts
from broker.server.devices import OCCASIONAL, Devices
from broker.server.front import Front, Incoming
from broker.server.history import History
from broker.server.instruments import Instruments
from broker.server.keys import KeyRing
from broker.server.limits import Allowance, Limits
from broker.server.office import Errand, Loop, Office
from broker.server.publisher import Publisher
from broker.server.queries import ASKERS, CLERKS_ASKING, Queries
from broker.server.sign_ins import Attempt, SignIns
from broker.server.sockets import Addresses, Sockets
from broker.server.tokens import Tokens
from broker.store import agreement
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.errors import DatabaseAwayError, NotCommittedError, StoreError
from broker.store.journal import Journal
from broker.store.notes import Notes
from broker.store.registry import Device, Purpose, Registry
from broker.store.reports import Reports
from broker.store.retention import KeptDays, Retention

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.2
HEARTBEAT_SECONDS = 1.0
SELF = DeviceId("broker")
DEFAULT_LIMITS = Limits()
DEFAULT_KEPT = KeptDays()

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
    | m.Alive
    | m.OfferKey
    | Errand
)

ANSWERED_ALWAYS = (m.Hello, m.AskFigures, m.AskDevices)
"""What those are told also while the database is away: how the broker is."""


class Server:
    """A listening broker: made in any thread, run in one, stopped from anywhere.

    The database stays the caller's to close, after the server. Raises ServerError when it can't listen, StoreError
    when the journal can't be read or is damaged.
    """

    def __init__(
        self,
        database: Database,
        keys: KeyRing,
        addresses: Addresses,
        clock: Clock,
        limits: Limits = DEFAULT_LIMITS,
        kept: KeptDays = DEFAULT_KEPT,
    ) -> None:
        registry = Registry(database)
        journal = Journal(database)
        tokens = Tokens(registry.signing_keys(Purpose.TOKENS))
        counts = Counts()
        self._database = database
        self._keys = keys
        self._history = History(Epochs(database), registry.signing_keys(Purpose.HISTORY))
        self._core = Core(journal, tokens, counts)
        agreement.check(database, self._core.state)
        self._retention = Retention(database, kept)
        self._queries = Queries(journal, Reports(database), Notes(database), tokens)
        self._time = CoreTime(clock, self._core.state.at if self._core.state.seq else None)
        self._sign_ins = SignIns(registry, self._wake)
        self._devices = Devices(registry, limits.devices)
        self._sockets = Sockets(addresses, keys.current, self._devices.admitted)
        self.bound = self._sockets.bound
        """Where devices connect, with real ports."""
        self._wake_up, self._woken = socket.socketpair()
        self._front = Front(self._sockets.requests, self._devices.active, Allowance(limits, time.monotonic))
        self._publisher = Publisher(self._sockets.updates, self._history, time.monotonic)
        self._office = Office(
            self._core,
            self._devices,
            keys,
            self._history,
            self._sign_ins,
            Instruments(database, journal, counts, self._front, self._sockets.strangers, self._time),
            self._time,
            Loop(self._end_updates, self._serve_under_current_key, self._go_on_past),
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

    def run(self, after_pass: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop`; `after_pass` is called several times a second, while the loop is alive.

        Raises StoreError when the disk fails for good.
        """
        log.info("the broker listens", requests=self.bound.requests, updates=self.bound.updates)
        while not self._stopping:
            self._pass()
            after_pass()
        self._publisher.speak()
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
        due_in = min(self._tick_at, self._beat_at, self._publisher.due_at) - time.monotonic()
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
        if time.monotonic() >= self._publisher.due_at:
            self._publisher.speak()
        self._beat(at)
        self._core.keep_snapshot_if_due()
        if self._core.is_current:
            self._database.scrub_if_due()

    def _carry_out(self, incoming: Sequence[Incoming], at: Instant) -> None:
        """Let time act if it is due, then the commands, all in one commit; answer them and tell everybody."""
        commands = [(each, each.message) for each in incoming if isinstance(each.message, m.SendCommand)]
        if not self._history.is_confirmed:
            for each, message in commands:
                self._refuse(each, m.Error(m.RequestId(message.id), m.ErrorCode.HISTORY_UNCONFIRMED))
            return
        group = self._due_tick(at)
        ticks = len(group)
        group += [self._asked(each, message) for each, message in commands]
        if not group:
            return
        was_current = self._core.is_current
        try:
            self._tell(self._note_step())
            done = self._core.act(group, at)
        except DatabaseAwayError as error:
            if was_current:
                log.error("the database is away; nobody is served until it is back", error=str(error))
            return
        if not was_current:
            log.warning("the database is back", seq=self._core.state.seq)
        for (each, _), body in zip(commands, done.answers[ticks:], strict=True):
            self._front.send(each.route, body)
        self._tell(done.records)

    def _tell(self, records: Sequence[Recorded]) -> None:
        self._publisher.tell(records)
        self._follow(records)

    def _note_step(self) -> Sequence[Recorded]:
        """At the time before it, and before time acts: what has fallen due meanwhile was missed."""
        step = self._time.step
        if step is None:
            return ()
        records = self._core.act([self._own(NoteClock(step.by_ms), step.at)], step.at).records
        if any(isinstance(record.event, ClockSetForward) for record in records):
            self._time.noted()
        return records

    def _due_tick(self, at: Instant) -> list[Asked]:
        if time.monotonic() < self._tick_at and at - self._ticked_at < TICK_SECONDS * 1000:
            return []
        self._tick_at, self._ticked_at = time.monotonic() + TICK_SECONDS, at
        return [self._own(Tick(), at)]

    def _own(self, command: AnyCommand, at: Instant) -> Asked:
        """A command of the broker's own, as the role that may send it."""
        role = DeviceRole.BROKER if isinstance(command, Tick | NoteClock) else DeviceRole.OPERATOR
        return Asked(Envelope(new_command_id(at), SELF, role, command))

    def _asked(self, incoming: Incoming, message: m.SendCommand) -> Asked:
        device = incoming.device
        clerk = self._sign_ins.clerk_at(device.id)
        envelope = Envelope(message.id, device.id, device.role, message.command, clerk, message.happened_at)
        return Asked(envelope, Content(message))

    def _follow(self, records: Sequence[Recorded]) -> None:
        """After what time did, there may be more for it to do; sessions end with the day, and what is over its time."""
        if any(record.device == SELF for record in records):
            self._tick_at = time.monotonic()
        if any(isinstance(record.event, DayClosed) for record in records):
            try:
                self._sign_ins.end_all()
                self._retention.forget(self._core.state)
            except StoreError as error:
                log.error("the day's sessions and what is over its time could not be ended", error=str(error))

    def _answer(self, incoming: Incoming, at: Instant) -> None:
        """Answer what is not a command."""
        message = incoming.message
        if isinstance(message, m.SendCommand) or not self._is_served(incoming):
            return
        if self._front.puts_off(incoming):
            return
        refused = self._refused(incoming, message)
        if refused is not None:
            self._refuse(incoming, m.Error(message.id, refused))
            return
        try:
            for answer in self._answers(incoming, message, at):
                self._front.answer(incoming.route, answer)
        except StoreError as error:
            self._refuse(incoming, m.Error(message.id, m.ErrorCode.NOT_STORED, error.what))
        except OSError as error:
            self._refuse(incoming, m.Error(message.id, m.ErrorCode.NOT_STORED, error.strerror or ""))

    def _is_served(self, incoming: Incoming) -> bool:
        """While the database is away the broker is as silent as one that does not run: kiosks then help themselves, and
        whoever asks asks again. An answer could only be a guess.
        """
        if self._core.is_current:
            return True
        return incoming.device.role in OCCASIONAL and isinstance(incoming.message, ANSWERED_ALWAYS)

    def _refused(self, incoming: Incoming, message: Question) -> m.ErrorCode | None:
        """Why the sender may not ask this, or not now; None: it may."""
        role = incoming.device.role
        if isinstance(message, m.Hello):
            self._history.hear(incoming.device.id, message, self._core.state.seq)
        if not self._history.is_confirmed and role not in OCCASIONAL:
            return m.ErrorCode.HISTORY_UNCONFIRMED
        return None if self._may_ask(incoming) else m.ErrorCode.NOT_PERMITTED

    def _may_ask(self, incoming: Incoming) -> bool:
        device, question = incoming.device, type(incoming.message)
        askers = ASKERS.get(question)
        if askers is not None and device.role not in askers:
            return False
        clerks = CLERKS_ASKING.get(question)
        if clerks is None or device.role is not DeviceRole.COUNTER:
            return True
        profile = self._profile_at(device)
        return profile is not None and profile.role in clerks

    def _answers(self, incoming: Incoming, message: Question, at: Instant) -> Iterator[m.Answer]:
        state = self._core.state
        device = incoming.device
        match message:
            case m.Hello():
                yield self._welcome(incoming, message, at)
            case m.Alive():
                self._devices.note_alive(device.id, message, at)
            case m.OfferKey():
                error = self._devices.offer_key(device.id, message.public_key)
                yield m.KeyTaken(message.id) if error is None else m.Error(message.id, error)
            case m.SignIn():
                self._sign_ins.ask(Attempt(incoming.route, device.id, message))
            case m.SignOut():
                yield self._sign_ins.sign_out(device.id, message)
            case m.AskProfiles():
                yield m.Profiles(message.id, self._sign_ins.profiles(state))
            case m.AskToken():
                yield self._queries.token(message, state, at)
            case m.AskHistory():
                yield self._queries.history(message)
            case m.AskSlip():
                yield self._queries.slip(message, state)
            case m.WriteNote():
                yield self._queries.write_note(message, self._signed_in(device).clerk, at)
            case m.AskNote():
                yield self._queries.note(message)
            case m.EraseNote():
                yield self._queries.erase_note(message, self._signed_in(device), at)
            case m.AskDayReport():
                yield self._queries.day_report(message, state)
            case m.AskUpdates():
                yield self._queries.updates(message, state, self._history.epoch, device.role)
            case m.AskSnapshot():
                yield from self._queries.snapshot(message, state, self._history.epoch)
            case _:
                yield from self._office.answers(message, device.id, at)

    def _profile_at(self, device: Device) -> m.Profile | None:
        """Who is signed in at a device."""
        return self._sign_ins.profile(self._sign_ins.clerk_at(device.id), self._core.state)

    def _signed_in(self, device: Device) -> m.Profile:
        """The clerk at a device of whom `_may_ask` has made sure."""
        profile = self._profile_at(device)
        assert profile is not None
        return profile

    def _welcome(self, incoming: Incoming, hello: m.Hello, at: Instant) -> m.Welcome:
        device = incoming.device
        self._devices.note_hello(device.id, hello.program, incoming.address, at)
        log.info("a device said hello", device=device.id, program=hello.program, version=incoming.version)
        return m.Welcome(
            hello.id,
            incoming.version,
            self._history.epoch,
            self._core.state.seq,
            device.id,
            device.role,
            at,
            self._profile_at(device),
        )

    def _refuse(self, incoming: Incoming, error: m.Error) -> None:
        self._front.refuse(incoming.route, incoming.device.id, error)

    def _beat(self, at: Instant) -> None:
        """Who serves nobody gives no sign of life: screens say that they are stale."""
        if time.monotonic() < self._beat_at:
            return
        self._beat_at = time.monotonic() + HEARTBEAT_SECONDS
        self._sockets.strangers()  # what libzmq tells of them would heap up
        if self._history.is_confirmed and self._core.is_current:
            self._publisher.heartbeat(self._core.state.seq, at, self._office.next_key, self._devices.renewing)

    # What errands of the office do to the loop

    def _end_updates(self) -> None:
        self._sockets.renew_updates()
        self._publisher.speak_on(self._sockets.updates)

    def _serve_under_current_key(self) -> None:
        self._poller.unregister(self._sockets.requests)
        self._sockets.renew_all(self._keys.current)
        self._poller.register(self._sockets.requests, zmq.POLLIN)
        self._front.listen_on(self._sockets.requests)
        self._publisher.speak_on(self._sockets.updates)

    def _go_on_past(self, known: Known, at: Instant) -> None:
        """Time acts first, so that numbers of a day that has begun meanwhile find it open."""
        self._follow(self._note_step())
        passing = [self._own(Tick(), at), self._own(PassNumbers(known), at)]
        self._follow(self._core.act(passing, at).records)
        if not is_covered(known, self._core.state):
            raise NotCommittedError(self.bound.requests)
