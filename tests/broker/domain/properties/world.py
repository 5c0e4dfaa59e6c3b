"""The outlet under test: the real core, its journal as bytes, a replica that joined late, and every property checked.

After every command all properties of always.py hold, or ViolatedError names the one that does not.
"""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any, ClassVar

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import decode_event, decode_state, encode_event, encode_state, kind_of
from broker.domain.commands import AnyCommand, Envelope
from broker.domain.decide import decide
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.rules import OutletRules
from broker.domain.state import State
from broker.domain.values import ClerkId, CommandId, DeviceId, DeviceRole, Instant, Seq
from tests.broker.domain.properties import always, once, playground, turns
from tests.support import sample

Rule = Callable[..., None]
"""A property: it asserts."""


class ViolatedError(AssertionError):
    """A property does not hold; `rule` is its name."""

    def __init__(self, rule: str, what: str) -> None:
        super().__init__(f"{rule}: {what}")
        self.rule = rule


class World:
    """One outlet, from its opening at 07.30 on."""

    only: ClassVar[str | None] = None
    """The name of the only property that is asked; None: all of them."""

    def __init__(self) -> None:
        self.now = sample.at(7, 30)
        self.state = State()
        self.journal: list[tuple[Recorded, bytes]] = []
        """Each event as it was recorded, and its body's bytes."""
        self.replica = State()
        self.given_out = once.GivenOut()
        self.turns = turns.Turns()
        self.accepted: Counter[type[c.Command]] = Counter()
        self.refused: Counter[type[Refusal]] = Counter()
        self.broken: ViolatedError | None = None
        """The first property that did not hold."""
        self.sent: list[CommandId] = []
        """The commands that issued a ticket."""
        self._ids = count(1)
        self._bytes = encode_state(self.state)
        self.attempt(c.IssueTicket("A"), DeviceRole.KIOSK)
        self.attempt(c.ConfigureOutlet(playground.RULES), DeviceRole.OPERATOR)
        self.attempt(c.AdoptCatalogue(playground.SERVICES), DeviceRole.OPERATOR)
        self.tick()

    def check(self, rule: Rule, *arguments: Any) -> None:
        """Ask one property."""
        if self.only not in (None, rule.__name__):
            return
        try:
            rule(*arguments)
        except AssertionError as error:
            self.broken = ViolatedError(rule.__name__, str(error))
            raise self.broken from error

    @property
    def rules(self) -> OutletRules:
        assert self.state.rules is not None
        return self.state.rules

    def next_id(self) -> CommandId:
        """The id of a command that is still to be sent."""
        return CommandId(f"{next(self._ids):032x}")

    def envelope(
        self,
        command: AnyCommand,
        role: DeviceRole,
        device: str,
        clerk: str | None,
        happened_at: Instant | None,
        under: CommandId | None,
    ) -> Envelope:
        """The command with who sends it."""
        return Envelope(
            self.next_id() if under is None else under,
            DeviceId(device),
            role,
            command,
            ClerkId(clerk) if clerk else None,
            happened_at,
        )

    def attempt(
        self,
        command: AnyCommand,
        role: DeviceRole,
        device: str = "device",
        clerk: str | None = None,
        *,
        happened_at: Instant | None = None,
        under: CommandId | None = None,
    ) -> tuple[e.AnyEvent, ...]:
        """Carry it out if the core agrees, and check every property; what has happened."""
        envelope = self.envelope(command, role, device, clerk, happened_at, under)
        decision = decide(self.state, envelope, self.now)
        if isinstance(decision, Refusal):
            self.check(a_refusal_changes_nothing, self._bytes, self.state, decision)
            self.refused[type(decision)] += 1
            return ()
        self.check(deciding_changes_nothing, self._bytes, self.state, command)
        self.accepted[type(command)] += 1
        if isinstance(command, c.CallNext):
            for event in decision:
                assert isinstance(event, e.TicketCalled)
                for rule in turns.CALLS:
                    self.check(rule, self.turns, self.state, event, self.now)
        for event in decision:
            self._record(event, envelope)
        if decision:
            self._check_everything()
        return decision

    def _record(self, event: e.AnyEvent, envelope: Envelope) -> None:
        """Into the journal and out of it again, into the state and the replica."""
        self.check(always.every_event_can_be_folded, event)
        body = encode_event(event)
        read = decode_event(kind_of(event), event.VERSION, body)
        self.check(always.every_event_survives_the_journal, event, read)
        record = Recorded(
            Seq(self.state.seq + 1), self.now, envelope.id, envelope.device, event, envelope.clerk
        )
        before = always.status_of(self.state, event)
        evolve(self.state, record)
        evolve(self.replica, _with(record, read))
        self.check(always.every_ticket_lives_by_the_table, event, before, always.status_of(self.state, event))
        self.journal.append((record, body))
        for rule in once.EVENTS:
            self.check(rule, self.given_out, record)
        self.given_out.note(record)

    def _check_everything(self) -> None:
        for rule in always.ALWAYS:
            self.check(rule, self.state)
        self.check(once.nothing_is_lost, self.given_out, self.state)
        self.check(turns.nobody_comes_in_before_the_head_start, self.turns, self.state)
        self.turns.note(self.state)
        self._bytes = encode_state(self.state)
        self.check(a_replica_equals_the_state, self._bytes, self.replica)

    # Restarts and replicas

    def restart(self) -> None:
        """The broker starts again from its journal."""
        folded = State()
        for record, body in self.journal:
            evolve(folded, _with(record, decode_event(kind_of(record.event), record.event.VERSION, body)))
        self.check(a_replay_gives_the_same_state, self._bytes, folded)
        self.state = folded

    def restart_from_snapshot(self) -> None:
        """The broker starts again from what it kept last night; its tail is empty."""
        self.state = decode_state(self._bytes)

    def join(self) -> None:
        """A new replica begins with a snapshot; from now on it folds what the journal gets."""
        self.replica = decode_state(self._bytes)

    # Time

    def tick(self) -> None:
        """Let the broker's tick decide what is due, until nothing is."""
        while self.attempt(c.Tick(), DeviceRole.BROKER, "broker"):
            pass

    def advance(self, *, minutes: int = 0, seconds: int = 0) -> None:
        """Move the clock and tick."""
        self.now = Instant(self.now + minutes * 60_000 + seconds * 1000)
        self.tick()


def _with(record: Recorded, event: e.AnyEvent) -> Recorded:
    """The record as a reader of the journal has it."""
    return Recorded(record.seq, record.at, record.command, record.device, event, record.clerk)


def a_refusal_changes_nothing(before: bytes, state: State, refusal: Refusal) -> None:
    assert encode_state(state) == before, f"{refusal} changed the state"


def deciding_changes_nothing(before: bytes, state: State, command: AnyCommand) -> None:
    assert encode_state(state) == before, f"deciding {command} changed the state"


def a_replay_gives_the_same_state(before: bytes, folded: State) -> None:
    assert encode_state(folded) == before, "the journal tells another story"


def a_replica_equals_the_state(state: bytes, replica: State) -> None:
    assert encode_state(replica) == state, "the replica differs"


RULES: tuple[Rule, ...] = (
    *always.ALWAYS,
    always.every_event_can_be_folded,
    always.every_event_survives_the_journal,
    always.every_ticket_lives_by_the_table,
    *once.EVENTS,
    once.nothing_is_lost,
    *turns.CALLS,
    turns.nobody_comes_in_before_the_head_start,
    a_refusal_changes_nothing,
    deciding_changes_nothing,
    a_replay_gives_the_same_state,
    a_replica_equals_the_state,
)
"""Every property that is asked."""
