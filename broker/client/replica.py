"""A copy of the broker's state, kept by folding the broker's events with the broker's own function.

Pure: it is fed messages and says what it lacks. A gap is seen at once; what it can't fold it answers with a request
for a snapshot.
"""

from enum import Enum, auto

from broker.domain.codec import JournalError, decode_state
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import Seq
from broker.protocol.messages import Epoch, SnapshotPart, Update, Updates


class Lack(Enum):
    """What a replica needs to become equal to the broker's state again."""

    NOTHING = auto()
    UPDATES = auto()
    SNAPSHOT = auto()


class Replica:
    """One outlet's state at a client, and how far it has got."""

    def __init__(self) -> None:
        self.state = State()
        self.epoch: Epoch | None = None
        """The history that `state` belongs to; None before the first snapshot and after a change of epoch."""
        self._heard_epoch: Epoch | None = None
        self._newest = Seq(0)
        self._parts: dict[int, SnapshotPart] = {}

    @property
    def lack(self) -> Lack:
        """What is missing now."""
        if self.epoch is None:
            return Lack.SNAPSHOT
        return Lack.UPDATES if self.state.seq < self._newest else Lack.NOTHING

    def heard(self, epoch: Epoch, seq: Seq) -> None:
        """The broker says that its newest event in `epoch` is at least `seq`."""
        self._newest = max(self._newest, seq) if epoch == self._heard_epoch else seq
        self._heard_epoch = epoch
        if epoch != self.epoch:
            self.epoch = None

    def forget(self) -> None:
        """Nothing of the state or of what was heard is to be relied on; a snapshot takes its place."""
        self.epoch = None
        self._heard_epoch = None

    def update(self, message: Update | Updates) -> tuple[Recorded, ...]:
        """Fold what is new and joins on; returns the events folded."""
        if not message.records:
            return ()
        self.heard(message.epoch, message.records[-1].seq)
        if self.epoch is None:
            return ()
        folded = []
        for record in message.records:
            if record.seq == self.state.seq + 1:
                evolve(self.state, record)
                folded.append(record)
        return tuple(folded)

    def snapshot(self, part: SnapshotPart) -> bool:
        """Take one part of a snapshot; True when it was the last one and the state is replaced.

        One that is older than the state, asked for twice and overtaken by updates, is let go.
        """
        if part.epoch == self.epoch and part.seq < self.state.seq:
            return False
        if any(other.id != part.id for other in self._parts.values()):
            self._parts = {}
        self._parts[part.part] = part
        if len(self._parts) < part.parts:
            return False
        body = b"".join(self._parts[index].body for index in range(part.parts))
        self._parts = {}
        try:
            self.state = decode_state(body)
        except JournalError:
            self.epoch = None
            raise
        self.epoch = part.epoch
        self.heard(part.epoch, self.state.seq)
        return True
