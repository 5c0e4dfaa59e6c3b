"""A short history made without a broker, in which what is to be altered is at hand."""

from itertools import count

from broker.domain import commands as c
from broker.domain.commands import AnyCommand, Envelope
from broker.domain.decide import decide
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.state import State
from broker.domain.values import (
    ClerkId,
    CommandId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    Instant,
    Seq,
    TicketId,
)
from broker.protocol import messages as m
from broker.server.outcomes import outcome_of
from broker.server.tokens import Tokens
from broker.store.registry import SigningKey
from tests.broker.history.operations import Answer, Attempt, History, Operation
from tests.support import sample

STEP = 10
"""Between two points, in the clock that all share. Each command begins 9 before its point and ends 9 after it."""

ONE, TWO = CounterNumber(1), CounterNumber(2)


class MadeUp:
    """Carries out one command after another, and writes down what its sender would have seen."""

    def __init__(self) -> None:
        self.state = State()
        self.now = Instant(sample.at(8))
        self.journal: list[Recorded] = []
        self.operations: list[Operation] = []
        self._ids = count(1)
        self._tokens = Tokens([SigningKey(1, b"k" * 32)])

    def ask(self, device: str, role: DeviceRole, command: AnyCommand, clerk: str | None = None) -> Answer:
        """One command, its point a step after the last."""
        who = None if clerk is None else ClerkId(clerk)
        envelope = Envelope(CommandId(f"{next(self._ids):032x}"), DeviceId(device), role, command, who)
        point = len(self.operations) * STEP
        answer = self._answer(envelope)
        self.operations.append(Operation(envelope, (Attempt(point - 9, point + 9, answer),)))
        return answer

    def tick(self, milliseconds: int) -> None:
        """Time passes and acts."""
        self.now = Instant(self.now + milliseconds)
        self._answer(
            Envelope(CommandId(f"{next(self._ids):032x}"), DeviceId("broker"), DeviceRole.BROKER, c.Tick())
        )

    def _answer(self, envelope: Envelope) -> Answer:
        decision = decide(self.state, envelope, self.now)
        if isinstance(decision, Refusal):
            return m.Refused(envelope.id, decision)
        records = []
        for event in decision:
            seq = Seq(self.state.seq + 1)
            record = Recorded(seq, self.now, envelope.id, envelope.device, event, envelope.clerk)
            evolve(self.state, record)
            records.append(record)
        self.journal += records
        return m.Accepted(envelope.id, self.state.seq, outcome_of(records, self.state.rules, self._tokens))

    def kiosk(self, command: AnyCommand) -> Answer:
        return self.ask("kiosk-1", DeviceRole.KIOSK, command)

    def clerk(self, clerk: str, command: AnyCommand) -> Answer:
        return self.ask(f"pc-{clerk}", DeviceRole.COUNTER, command, clerk)

    def history(self) -> History:
        """All of it, begun with nothing."""
        return History(State(), tuple(self.operations), tuple(self.journal), self.now)


def a_morning() -> History:
    """Two clerks and a kiosk at an outlet of five queues: numbers, calls, refusals, time."""
    made = MadeUp()
    made.ask("operator", DeviceRole.OPERATOR, c.ConfigureOutlet(sample.RULES))
    made.ask("operator", DeviceRole.OPERATOR, c.AdoptCatalogue(sample.SERVICES))
    made.tick(100)
    made.clerk("sri", c.OpenCounter(ONE))
    made.clerk("ratna", c.OpenCounter(TWO))
    made.clerk("sri", c.CallNext(ONE))  # nobody waits
    made.kiosk(c.IssueTicket("B"))
    made.kiosk(c.IssueTicket("B"))
    made.kiosk(c.ConfirmDelivery(TicketId("20260714-B001"), Delivery.PAPER))
    made.kiosk(c.ConfirmDelivery(TicketId("20260714-B002"), Delivery.PAPER))
    made.clerk("sri", c.OpenCounter(ONE))  # it is so already
    made.clerk("sri", c.CallNext(ONE))
    made.clerk("ratna", c.CallNext(TWO))
    made.clerk("ratna", c.CallNext(TWO))  # a ticket is in hand
    made.clerk("sri", c.Recall(TicketId("20260714-B001")))  # too soon
    made.tick(11_000)
    made.clerk("sri", c.StartService(TicketId("20260714-B001")))
    made.clerk("sri", c.CompleteTicket(TicketId("20260714-B001")))
    made.clerk("ratna", c.CompleteTicket(TicketId("20260714-B002")))
    return made.history()
