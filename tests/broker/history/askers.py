"""Kiosks and counters that all want the same few tickets, each in a thread of its own over real sockets.

Each writes down when it sent what and when which answer was there. Now and then one leaves without waiting for its
answer, sends again what was answered already, or sends again what was not.
"""

import random
import threading
import time
from collections.abc import Iterator, Sequence

import zmq
from msgspec import Struct

from broker.domain import commands as c
from broker.domain.commands import AnyCommand, Envelope
from broker.domain.refusals import TicketInHand
from broker.domain.ticket import ToClerk, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    CancelReason,
    ChoiceReason,
    ClerkId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    PauseReason,
    Place,
    TicketId,
)
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.broker.history.operations import Attempt, Operation
from tests.support.broker import NOW, Device

ANSWER_MS = 1000
ATTEMPTS = 8
LETTERS = ("A", "B", "C")

LEAVES, GIVES_UP, REPEATS = 0.04, 0.3, 0.06
"""How often an asker does not wait for its answer; how often it then never asks again; how often it asks twice."""


class Hall:
    """The tickets that anybody has heard of."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets: list[TicketId] = []

    def add(self, ticket: TicketId) -> None:
        with self._lock:
            self._tickets.append(ticket)

    def some(self, chance: random.Random) -> TicketId:
        """One of the later ones, which others want too."""
        with self._lock:
            return chance.choice(self._tickets[-12:]) if self._tickets else TicketId("20260714-A001")


class Asker(Struct, frozen=True):
    """A device, and who is signed in there."""

    device: DeviceId
    role: DeviceRole
    keys: KeyPair
    clerk: ClerkId | None = None
    counter: CounterNumber = CounterNumber(0)


class Asking(threading.Thread):
    """One asker at work. `operations` is what it saw."""

    def __init__(
        self, asker: Asker, hall: Hall, bound: Addresses, broker: KeyPair, how_many: int, seed: int
    ) -> None:
        super().__init__(name=str(asker.device))
        self._asker = asker
        self._hall = hall
        self._bound = bound
        self._broker = broker
        self._how_many = how_many
        self._chance = random.Random(f"{seed} {asker.device}")
        self._device: Device | None = None
        self._hand: TicketId | None = None
        self.operations: list[Operation] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            for command in self._commands():
                self._ask(command)
                if len(self.operations) == self._how_many:
                    break
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self._leave()

    # What it asks

    def _commands(self) -> Iterator[AnyCommand]:
        if self._asker.role is DeviceRole.KIOSK:
            return self._kiosk()
        return self._counter()

    def _kiosk(self) -> Iterator[AnyCommand]:
        while True:
            if self._chance.random() < 0.15:
                yield c.ConfirmDelivery(self._hall.some(self._chance), Delivery.SCREEN)
            yield c.IssueTicket(self._chance.choice(LETTERS))
            answer = self._last_answer()
            if isinstance(answer, m.Accepted) and self._chance.random() < 0.9:
                assert isinstance(answer.outcome, m.TicketOutcome)
                yield c.ConfirmDelivery(answer.outcome.ticket, Delivery.PAPER)

    def _counter(self) -> Iterator[AnyCommand]:
        yield c.OpenCounter(self._asker.counter)
        while True:
            ticket = self._hand
            if ticket is None or self._chance.random() < 0.2:
                yield self._with_free_hands()
            else:
                yield self._with(ticket)
            self._look_at_hands(self._last_answer())

    def _with_free_hands(self) -> AnyCommand:
        counter, ticket = self._asker.counter, self._hall.some(self._chance)
        likely = (c.CallNext(counter),) * 10 + (c.ResumeCounter(counter),) * 3
        possible: tuple[AnyCommand, ...] = (
            c.CallTicket(counter, ticket, ChoiceReason.SHORT_QUESTION),
            c.CallTicket(counter, ticket, ChoiceReason.SCANNED),
            c.StartService(ticket),
            c.CompleteTicket(ticket),
            c.ReopenTicket(ticket),
            c.ReinstateTicket(ticket),
            c.ResumeTicket(ticket),
            c.BringPapers(ticket),
            c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT),
            c.MoveTickets((ticket,), self._chance.choice(LETTERS), ActReason.WRONG_QUEUE, Place.FRONT),
            c.VoidTickets((ticket,), ActReason.ISSUED_BY_MISTAKE),
            c.OpenCounter(counter),
            c.PauseCounter(counter, PauseReason.PRAYER),
        )
        return self._chance.choice(likely + possible)

    def _with(self, ticket: TicketId) -> AnyCommand:
        possible: tuple[AnyCommand, ...] = (
            c.StartService(ticket),
            c.StartService(ticket),
            c.CompleteTicket(ticket),
            c.CompleteTicket(ticket),
            c.Recall(ticket),
            c.MarkNoShow(ticket),
            c.UndoCall(ticket),
            c.HoldTicket(ticket, HoldReason.WAITING),
            c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS),
            c.TransferTicket(ticket, ToQueue(self._chance.choice(LETTERS)), Place.BY_ARRIVAL),
            c.TransferTicket(ticket, ToCounter(CounterNumber(self._chance.randint(1, 3))), Place.END),
            c.TransferTicket(ticket, ToClerk(ClerkId("ratna"))),
            c.CallNext(self._asker.counter),
        )
        return self._chance.choice(possible)

    def _look_at_hands(self, answer: m.Accepted | m.Refused | None) -> None:
        """What it has in hand, as far as it can tell from its last answer."""
        match answer:
            case m.Accepted(outcome=m.CallOutcome(ticket)):
                self._hand = ticket
            case m.Refused(refusal=TicketInHand(ticket)):
                self._hand = TicketId(ticket)
            case m.Accepted() if not isinstance(
                self.operations[-1].envelope.command, c.StartService | c.Recall
            ):
                self._hand = None
            case m.Refused() if self._chance.random() < 0.3:
                self._hand = None
            case _:
                pass

    def _last_answer(self) -> m.Accepted | m.Refused | None:
        answers = self.operations[-1].answers
        return answers[0] if answers else None

    # How it asks

    def _ask(self, command: AnyCommand) -> None:
        asker = self._asker
        envelope = Envelope(new_command_id(NOW), asker.device, asker.role, command, asker.clerk)
        attempts: list[Attempt] = []
        while len(attempts) < ATTEMPTS:
            attempts.append(self._attempt(envelope))
            answered = attempts[-1].answer is not None
            if self._chance.random() < (1 - REPEATS if answered else GIVES_UP):
                break
        self.operations.append(Operation(envelope, tuple(attempts)))
        match self._last_answer():
            case m.Accepted(outcome=m.TicketOutcome() as issued):
                self._hall.add(issued.ticket)
            case _:
                pass

    def _attempt(self, envelope: Envelope) -> Attempt:
        device = self._connected()
        began = time.monotonic_ns()
        if device is None:
            return Attempt(began)
        device.send(m.SendCommand(envelope.id, envelope.command))
        if self._chance.random() < LEAVES:
            device.requests.poll(self._chance.randint(0, 2))
            self._leave()
            return Attempt(began)
        try:
            answer = device.answer()
        except zmq.Again:
            self._leave()
            return Attempt(began)
        ended = time.monotonic_ns()
        match answer:
            case m.Accepted() | m.Refused():
                return Attempt(began, ended, answer)
            case m.Error(code=m.ErrorCode.HELLO_FIRST | m.ErrorCode.TOO_MANY):
                self._leave()
                return Attempt(began)
            case _:
                raise AssertionError(answer)

    def _connected(self) -> Device | None:
        """The device on a connection that has said hello; None while nobody answers."""
        if self._device is None:
            device = Device(self._bound, self._broker, self._asker.keys)
            device.requests.rcvtimeo = ANSWER_MS
            self._device = device
            try:
                device.hello()
            except zmq.Again:
                self._leave()
        return self._device

    def _leave(self) -> None:
        if self._device is not None:
            self._device.__exit__(None, None, None)
            self._device = None


def all_of(asking: Sequence[Asking]) -> tuple[Operation, ...]:
    """What all have seen together."""
    for each in asking:
        each.join()
        assert each.failure is None, each.failure
    return tuple(operation for each in asking for operation in each.operations)
