"""A full hall before a broker's core, without sockets: people whose commands come in groups, answer by answer kept."""

from collections.abc import Sequence
from itertools import count
from random import Random

import pytest

from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand, Envelope, IssueTicket, Tick
from broker.domain.events import Recorded
from broker.domain.state import State
from broker.domain.values import CommandId, CounterNumber, DeviceId, DeviceRole, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer
from broker.server.content import Content
from broker.server.core import Asked, Core
from broker.server.counts import Counts
from broker.server.tokens import Tokens
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.registry import Purpose, Registry
from tests.support import sample
from tests.support.crowd import Hand

HANDS = (
    *(Hand(DeviceId(f"kiosk-{number}"), DeviceRole.KIOSK) for number in (1, 2)),
    Hand(DeviceId("pc-1"), DeviceRole.COUNTER, sample.SRI, CounterNumber(1)),
    Hand(DeviceId("pc-2"), DeviceRole.COUNTER, sample.BUDI, CounterNumber(2)),
    Hand(DeviceId("pc-3"), DeviceRole.COUNTER, sample.RATNA, CounterNumber(3), is_supervisor=True),
    Hand(DeviceId("display-1"), DeviceRole.DISPLAY),
)


class Hall:
    """The core over an open database, at 07.31 of the sample's day."""

    def __init__(
        self,
        database: Database,
        chance: Random,
        now: Instant | None = None,
        hands: Sequence[Hand] = HANDS,
    ) -> None:
        self.database = database
        self._hands = hands
        self.now = sample.at(7, 31) if now is None else now
        self._chance = chance
        self.answers: list[tuple[Asked, bytes]] = []
        """Every command with its answer, in order."""
        self.told: list[Recorded] = []
        """Every event that devices have heard of, in order."""
        self.journal = Journal(database)
        self.core = Core(self.journal, Tokens(Registry(database).signing_keys(Purpose.TOKENS)), Counts())
        self._ids = count(self.core.state.seq * 1000 + 1)
        self.told += self.journal.records_from(Seq(1), self.core.state.seq)
        self.bytes_at = {self.core.state.seq: encode_state(self.core.state)}
        """The state after each group, by its last event."""

    def asked(self, hand: Hand, command: AnyCommand, under: CommandId | None = None) -> Asked:
        command_id = under or CommandId(f"{next(self._ids):032x}")
        envelope = Envelope(command_id, hand.device, hand.role, command, hand.clerk)
        return Asked(envelope, Content(m.SendCommand(command_id, command)))

    def ticket_wanted(self, letter: str = "A") -> Asked:
        return self.asked(HANDS[0], IssueTicket(letter))

    def act(self, *group: Asked) -> list[m.Answer]:
        """One group; its answers."""
        done = self.core.act(group, self.now)
        self.answers += zip(group, done.answers, strict=True)
        self.told += done.records
        self.bytes_at[self.core.state.seq] = encode_state(self.core.state)
        self.core.keep_snapshot_if_due()
        return [decode_answer(body) for body in done.answers]

    def tick(self) -> None:
        own = Hand(DeviceId("broker"), DeviceRole.BROKER)
        self.act(self.asked(own, Tick()))
        self.answers.pop()

    def busy(self, seconds: float = 20) -> list[m.Answer]:
        """A moment: time passes and acts, then some of the people do what they want."""
        self.now = Instant(self.now + int(self._chance.random() * seconds * 1000))
        self.tick()
        some = self._chance.sample(self._hands, self._chance.randint(1, len(self._hands)))
        wishes = [(hand, hand.wish(self.core.state, self._chance)) for hand in some]
        return self.act(*(self.asked(hand, wish) for hand, wish in wishes if wish is not None))


def readings(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """Grows with each time that the state is taken from disk again."""
    read: list[None] = []
    reload = journal.reload

    def counted() -> State:
        read.append(None)
        return reload()

    monkeypatch.setattr(journal, "reload", counted)
    return read
