"""What a device does with its broker: commands that are retried safely, questions, and a replica kept current.

A Session lives in one thread and never blocks: it is fed messages (`receive`) and time (`tick`), and hands bytes to
its transport. Screens read `state` and `link`, and are told of changes.
"""

import random
from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

import structlog
from msgspec import Struct

from broker.client.backoff import MANY, Backoff
from broker.client.device import DeviceClock, Keyring
from broker.client.replica import Lack, Replica
from broker.client.transport import Inbound, Reached, Unreadable
from broker.domain.codec import JournalError
from broker.domain.commands import AnyCommand
from broker.domain.events import Recorded
from broker.domain.known import Known, joined, known_to, of_the_broker
from broker.domain.state import State
from broker.domain.values import CommandId, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_command_id, new_request_id

log = structlog.get_logger(__name__)

STALE_AFTER_SECONDS = 2.7
"""Without a sign of life for so long, what a screen shows is old: within three seconds it must say so."""

ALIVE_SECONDS = 5.0
"""How often a device gives a sign of life."""

RENEW_SPREAD_SECONDS = 0.5
"""A silent connection is thrown away up to so much later: a broker that stood still does not meet all at once."""

NEVER = float("inf")
EXPIRES_SECONDS = 10.0

COMMANDS = Backoff(1.0, 4.0)
"""A lost answer is had by asking again. What was lost with its connection goes out with the next at once."""

GREETINGS = Backoff(0.5, 1.0)
"""The bound is how long a device stays away from a broker that has been back all along."""

CATCHING_UP = Backoff(2.0, 16.0)
"""A replay or a snapshot on a slow line takes its time; asked for too often it never comes."""

CLOCK_SET_SECONDS = 5.0
"""A broker's clock that is so far behind what this device shows has been set; less is a late message."""


class Link(Enum):
    """How a device stands with its broker."""

    CONNECTING = auto()
    LIVE = auto()
    STALE = auto()


class Unanswered(Struct, frozen=True):
    """No answer came in time. The command may have been carried out: its id stays good for asking again."""

    id: str


CommandAnswer = m.Accepted | m.Refused | m.Error | Unanswered
Question = (
    m.SignIn
    | m.SignOut
    | m.AskProfiles
    | m.AskToken
    | m.AskHistory
    | m.AskSlip
    | m.WriteNote
    | m.AskNote
    | m.EraseNote
    | m.AskDayReport
    | m.AskDevices
    | m.AskFigures
    | m.EnrolDevice
    | m.RevokeDevice
    | m.RenewKeys
    | m.OfferKey
    | m.RenewBrokerKey
    | m.SwitchBrokerKey
    | m.AskWitnesses
    | m.ConfirmHistory
    | m.BelieveClock
    | m.AskUpdates
)
Reply = m.Answer | Unanswered
OnAnswer = Callable[[CommandAnswer], None]
OnReply = Callable[[Reply], None]


class Wire(Protocol):
    """What a session needs of its transport."""

    def send(self, body: bytes) -> None:
        """Hand one message over; never blocks."""

    def renew(self) -> None:
        """Throw the connection away and make a new one."""


class _Pending(Struct):
    body: bytes
    expires_at: float
    retry_at: float
    on_reply: OnReply
    retries: int = 0
    sent: bool = False

    @property
    def once(self) -> bool:
        """Whether it may not be sent again, since the broker may have acted on it."""
        return self.retry_at == NEVER


class _Greeting(Struct, frozen=True):
    """The last Hello, and the newest event known when it was sent."""

    id: m.RequestId
    known: Seq


class Session:
    """One device's side of the connection.

    `keyring` is the wire's; `known` says what the device knows of numbers given out besides its replica; `chance`
    gives random numbers from 0 to 1.
    """

    def __init__(
        self,
        wire: Wire,
        program: str,
        clock: DeviceClock,
        keyring: Keyring,
        known: Callable[[], Known] = Known,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._wire = wire
        self._program = program
        self._clock = clock
        self._monotonic = monotonic = clock.monotonic
        self._speed = clock.speed
        self._keyring = keyring
        self._known = known
        self._chance = chance
        self._shown: m.Shown | None = None
        self._alive_at = monotonic()
        self._offer: m.RequestId | None = None
        self._replica = Replica()
        self._pending: dict[str, _Pending] = {}
        self._watchers: list[Callable[[tuple[Recorded, ...]], None]] = []
        self._heard_at = monotonic()
        self._patience = STALE_AFTER_SECONDS
        self._updates_came = False
        self._hears_updates = True
        self._greetings = 0
        self._greet_at = NEVER
        self._asked = 0
        self._ask_at = float("-inf")
        self._broker_at = Instant(0)
        self._broker_heard = monotonic()
        self._ahead_ms = 0
        self._current_at = monotonic()
        self._greeting = _Greeting(m.RequestId(""), Seq(0))
        self.link = Link.CONNECTING
        self.welcome: m.Welcome | None = None

    # What screens read

    @property
    def state(self) -> State:
        """The replica's state: to be read, never changed."""
        return self._replica.state

    @property
    def lost_at(self) -> Instant | None:
        """The broker's time at its last sign of life; None before the first."""
        return self._broker_at or None

    def now(self) -> Instant:
        """The broker's time, as well as this device can tell. It does not go back for a message that comes late."""
        elapsed_ms = (self._monotonic() - self._broker_heard) * 1000 * self._speed
        return Instant(self._broker_at + int(elapsed_ms + max(0.0, self._ahead_ms - elapsed_ms / 2)))

    def on_change(self, watcher: Callable[[tuple[Recorded, ...]], None]) -> None:
        """Call `watcher` with the events after each fold; with none when a snapshot or the link changed."""
        self._watchers.append(watcher)

    # What screens ask

    def send(
        self,
        command: AnyCommand,
        on_answer: OnAnswer,
        *,
        expires_after: float | None = None,
        under: CommandId | None = None,
    ) -> CommandId:
        """Send a command; it is sent again under the same id until it is answered or its time is over.

        `under` is an id made by the caller, for what must act once even when it is sent anew another time.
        """
        command_id = new_command_id(self.now()) if under is None else under
        message = m.SendCommand(command_id, command)

        def answered(reply: Reply) -> None:
            assert isinstance(reply, m.Accepted | m.Refused | m.Error | Unanswered)
            on_answer(reply)

        self._request(command_id, encode(message), answered, expires_after)
        return command_id

    def ask(self, question: Question, on_reply: OnReply) -> None:
        """Ask something that changes nothing in the queue; `question.id` comes from `new_request_id`.

        A sign-in is sent once: sent again, one wrong PIN would count twice.
        """
        self._request(question.id, encode(question), on_reply, None, again=not isinstance(question, m.SignIn))

    def _request(
        self,
        request_id: str,
        body: bytes,
        on_reply: OnReply,
        expires_after: float | None,
        *,
        again: bool = True,
    ) -> None:
        now = self._monotonic()
        lifetime = EXPIRES_SECONDS if expires_after is None else expires_after
        self._pending[request_id] = _Pending(
            body, now + lifetime, now + self._pause(COMMANDS, 0) if again else NEVER, on_reply
        )
        if self.welcome is not None:
            self._send(self._pending[request_id])

    def _send(self, pending: _Pending) -> None:
        pending.sent = True
        self._wire.send(pending.body)

    # What feeds it

    def start(self) -> None:
        """Begin the conversation on a fresh connection."""
        self.welcome = None
        self._offer = None
        self._greet_at = self._monotonic() + self._pause(GREETINGS, self._greetings)
        self._greetings += 1
        self._ask_at_once()
        self._greeting = _Greeting(new_request_id(), self.state.seq)
        hello = m.Hello(
            self._greeting.id, (m.PROTOCOL_VERSION,), self._program, self._shown, self._all_known()
        )
        self._wire.send(encode(hello))

    def _all_known(self) -> Known:
        """The numbers given out that the replica knows of, and the device besides."""
        known, rules = self._known(), self.state.rules
        if self._replica.epoch is None or rules is None:
            return known
        return joined(known_to(self.state), of_the_broker(known, rules))

    def receive(self, message: Inbound) -> None:
        """Take one message from the broker."""
        match message:
            case Reached():
                self._settle(message)
            case m.Heartbeat():
                self._broker_time(message.at)
                self._shown = m.Shown(message.epoch, message.seq, message.mac)
                self._renew_keys(message)
                self._replica.heard(message.epoch, message.seq)
                self._hears()
            case m.Update():
                self._shown = m.Shown(message.epoch, message.records[-1].seq, message.mac)
                self._hears()
                self._folded(self._replica.update(message))
            case m.Updates() if message.id not in self._pending:
                folded = self._replica.update(message)
                if folded:
                    self._ask_at_once()
                self._folded(folded)
            case m.SnapshotPart():
                self._take_snapshot(message)
            case Unreadable():
                self._replica.forget()  # what can't be folded comes as a snapshot
            case m.Welcome():
                self._welcomed(message)
            case m.KeyTaken() if message.id == self._offer:
                self._wire.renew()
                self.start()
            case m.Error() if message.code is m.ErrorCode.HISTORY_UNCONFIRMED:
                self._turned_away()
            case m.Error() if message.code is m.ErrorCode.HELLO_FIRST or message.id not in self._pending:
                self._protocol_error(message)
            case _:
                pending = self._pending.pop(message.id or "", None)
                if pending is not None:
                    pending.on_reply(message)
        self._catch_up()

    def tick(self) -> None:
        """Let time act: stale links, retries, commands whose time is over. To be called several times a second."""
        now = self._monotonic()
        if self._is_silent and self.link is Link.LIVE:
            self._set_link(Link.STALE)
        if now - self._heard_at > self._patience:
            self._begin_anew(now)
        for request_id, pending in list(self._pending.items()):
            if now >= pending.expires_at:
                del self._pending[request_id]
                pending.on_reply(Unanswered(request_id))
            elif now >= pending.retry_at and self.welcome is not None:
                pending.retries += 1
                pending.retry_at = now + self._pause(COMMANDS, pending.retries)
                self._send(pending)
        if self.welcome is None and now >= self._greet_at:
            self.start()
        if self.welcome is not None and now - self._alive_at > ALIVE_SECONDS:
            self._alive_at = now
            next_key = self._keyring.next_broker_key()
            self._wire.send(encode(m.Alive(new_request_id(), self._clock.wall(), self.state.seq, next_key)))
        self._catch_up()

    # Inside

    def _renew_keys(self, heartbeat: m.Heartbeat) -> None:
        """The broker tells of its next key, or asks this device for its own: both are kept before anything is said."""
        try:
            if heartbeat.next_key is not None and heartbeat.next_key != self._keyring.next_broker_key():
                self._keyring.hold_broker_key(heartbeat.next_key)
            if self.welcome is not None and self.welcome.device in heartbeat.renew and self._offer is None:
                self._offer_key(self._keyring.prepare())
        except OSError as error:
            log.error("new keys can't be kept on this device's disk", error=str(error))

    def _offer_key(self, next_key: str | None) -> None:
        if next_key is not None:
            self._offer = new_request_id()
            self._wire.send(encode(m.OfferKey(self._offer, next_key)))

    def _settle(self, reached: Reached) -> None:
        try:
            self._keyring.settle(reached.keys)
        except OSError as error:
            log.error("new keys can't be kept on this device's disk", error=str(error))

    def _turned_away(self) -> None:
        """The broker knows less than has happened, and waits for an operator: what is shown here is old."""
        log.error("the broker waits for an operator to confirm its history")
        self.welcome = None
        self._heard_at = self._monotonic()
        if self.link is Link.LIVE:
            self._set_link(Link.STALE)

    def _welcomed(self, message: m.Welcome) -> None:
        first = self.welcome is None
        self._greetings = 0
        self.welcome = message
        self._broker_time(message.at)
        known = self._greeting.known if message.id == self._greeting.id else Seq(0)
        if message.epoch == self._replica.epoch and message.seq < known:
            log.error("the broker is behind what it has told before", told=known, now=message.seq)
            self._replica.forget()
        self._replica.heard(message.epoch, message.seq)
        self._alive()
        if first:
            for pending in self._pending.values():
                self._send(pending)
        self._changed(())

    def _take_snapshot(self, part: m.SnapshotPart) -> None:
        try:
            complete = self._replica.snapshot(part)
        except JournalError as error:
            log.error("a snapshot that this program does not understand; it is too old", error=str(error))
            return
        if complete:
            self._ask_at_once()
            self._changed(())
        else:  # the next part is on its way
            self._ask_at = self._monotonic() + self._pause(CATCHING_UP, self._asked)

    def _protocol_error(self, message: m.Error) -> None:
        log.warning("broker answered with an error", code=message.code.value, detail=message.detail)
        if message.id is not None and message.id == self._offer:
            self._offer = None  # it is offered anew as long as the broker asks
        match message.code:
            case m.ErrorCode.HELLO_FIRST if self.welcome is not None:
                self.start()
            case m.ErrorCode.TOO_FAR_BEHIND:
                self._replica.forget()
                self._ask_at_once()
            case m.ErrorCode.TOO_MANY:
                self._hold_back()
            case _:
                pass

    def _hold_back(self) -> None:
        """The broker has turned something away, it does not say what: everything waits its longest."""
        now = self._monotonic()
        for pending in self._pending.values():
            pending.retry_at = max(pending.retry_at, now + self._pause(COMMANDS, MANY))
        self._greet_at = max(self._greet_at, now + self._pause(COMMANDS, MANY))
        self._ask_at = max(self._ask_at, now + self._pause(COMMANDS, MANY))

    def _ask_at_once(self) -> None:
        self._asked = 0
        self._ask_at = float("-inf")

    def _pause(self, backoff: Backoff, before: int) -> float:
        return backoff.pause(before, self._chance())

    def _broker_time(self, at: Instant) -> None:
        ahead_ms = self.now() - at
        late = 0 < ahead_ms < CLOCK_SET_SECONDS * 1000 * self._speed
        self._ahead_ms = ahead_ms if late else 0
        self._broker_at = at
        self._broker_heard = self._monotonic()

    def _hears(self) -> None:
        """Updates come: after a connection on which none came, a greeting alone was not believed."""
        self._updates_came = self._hears_updates = True
        self._alive()

    def _alive(self) -> None:
        self._heard_at = self._monotonic()
        self._set_link(self._link_now())

    @property
    def _is_silent(self) -> bool:
        return self._monotonic() - self._heard_at > STALE_AFTER_SECONDS

    def _link_now(self) -> Link:
        connected = self.welcome is not None and self._hears_updates and not self._is_silent
        return Link.LIVE if connected and self._replica.lack is Lack.NOTHING else self.link

    def _begin_anew(self, now: float) -> None:
        """A connection that is silent for too long is thrown away and made anew."""
        if self.welcome is not None:
            self._hears_updates = self._updates_came
        self._updates_came = False
        self._heard_at = now
        self._patience = STALE_AFTER_SECONDS + self._chance() * RENEW_SPREAD_SECONDS
        self.welcome = None
        self._wire.renew()
        self.start()
        for request_id, pending in list(self._pending.items()):
            if pending.once and pending.sent:  # its answer went to the old connection
                del self._pending[request_id]
                pending.on_reply(Unanswered(request_id))

    def _set_link(self, link: Link) -> None:
        if link is not self.link:
            self.link = link
            self._changed(())

    def _folded(self, records: tuple[Recorded, ...]) -> None:
        if records:
            self._changed(records)

    def _changed(self, records: tuple[Recorded, ...]) -> None:
        for watcher in list(self._watchers):
            watcher(records)

    def _catch_up(self) -> None:
        """Ask for what the replica lacks, once in a while until it has it; meanwhile it may become stale."""
        now = self._monotonic()
        current = self._replica.lack is Lack.NOTHING
        if current:
            self._current_at = now
        elif self.link is Link.LIVE and now - self._current_at > STALE_AFTER_SECONDS:
            self._set_link(Link.STALE)
        if self.welcome is None:
            return
        if current:
            self._set_link(self._link_now())
            return
        if now < self._ask_at:
            return
        self._ask_at = now + self._pause(CATCHING_UP, self._asked)
        self._asked += 1
        if self._replica.lack is Lack.UPDATES:
            self._wire.send(encode(m.AskUpdates(new_request_id(), Seq(self.state.seq + 1))))
        else:
            self._wire.send(encode(m.AskSnapshot(new_request_id())))
