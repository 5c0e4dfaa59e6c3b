"""Whether a history is one that the domain allows: each command at one point between its sending and its answer.

A witness is at hand: the journal says in which order what changed anything was carried out, and when the broker's own
ticks came. What changed nothing (refusals, and what was so already) has no place there; it gets the earliest that its
times and the domain allow. The earliest is always right: it only ever leaves more room for what comes later. Nothing
of the broker's own core is used here, only `decide` and `evolve`, one command after another.

What time alone decides begins or ends once, and none of it comes and goes between two events: so for what changed
nothing the two ends of the time between events stand for all of it.
"""

from collections.abc import Sequence
from itertools import groupby

from broker.domain import events as e
from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import Envelope, NoteClock, Tick
from broker.domain.decide import decide
from broker.domain.events import AnyEvent, Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.values import CommandId, DeviceId, DeviceRole, Instant
from broker.protocol import messages as m
from broker.protocol.token import read_code, read_token
from tests.broker.history.operations import Answer, History, Operation

BROKER = DeviceId("broker")
NEVER = float("inf")


class NotAllowedError(AssertionError):
    """No order of the commands explains what was seen."""


def check(history: History) -> None:
    """Find the order; NotAllowedError when there is none."""
    for operation in history.operations:
        if any(answer != operation.answers[0] for answer in operation.answers):
            raise NotAllowedError(f"{operation.id} was answered in different ways: {operation.answers}")
    _Search(history).run()


class _Search:
    """One pass over the journal, with the state as it was at each point of it."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._state = decode_state(encode_state(history.initial))
        self._by_id = {operation.id: operation for operation in history.operations}
        self._groups = [(command, list(records)) for command, records in groupby(history.journal, _command)]
        journalled = {command for command, _ in self._groups}
        self._placed: set[CommandId] = set()
        self._answered = sorted(
            (operation for operation in history.operations if operation.ended is not None),
            key=lambda operation: operation.ended or 0,
        )
        self._silent = [each for each in self._answered if each.id not in journalled]

    def run(self) -> None:
        """Place everything."""
        for command, records in self._groups:
            self._place_silent(records[0].at)
            self._place(command, records)
        self._place_silent(self._history.until)
        if self._silent:
            raise NotAllowedError(f"there is no point at which this would follow: {self._silent[0]}")

    @property
    def _earliest_end(self) -> float:
        """What began after this has to come after what ended then, which is not placed yet."""
        while self._answered and self._answered[0].id in self._placed:
            del self._answered[0]
        return self._answered[0].ended or NEVER if self._answered else NEVER

    # What changed something

    def _place(self, command: CommandId, records: Sequence[Recorded]) -> None:
        """At its place in the journal."""
        operation = self._by_id.get(command)
        if command in self._placed:
            raise NotAllowedError(f"{command} was carried out twice")
        if operation is not None and operation.began > self._earliest_end:
            raise NotAllowedError(
                f"{operation} was carried out before {self._answered[0]}, which had been answered when it began"
            )
        envelope = operation.envelope if operation is not None else _own(records[0])
        events = tuple(record.event for record in records)
        decision = decide(self._state, envelope, records[0].at)
        if decision != events:
            raise NotAllowedError(f"{envelope} would have led to {decision}, not to {events}")
        for record in records:
            if (record.device, record.clerk, record.seq) != (
                envelope.device,
                envelope.clerk,
                self._state.seq + 1,
            ):
                raise NotAllowedError(f"{record} is not as {envelope} asked, or not in its place")
            evolve(self._state, record)
        if operation is not None and not all(_tells(answer, records) for answer in operation.answers):
            raise NotAllowedError(f"{operation.answers} does not tell of {records}")
        self._placed.add(command)

    # What changed nothing

    def _place_silent(self, at: Instant) -> None:
        """Whatever fits between the last event and the next, which happens `at`."""
        while fitting := next((each for each in self._silent if self._fits(each, at)), None):
            self._silent.remove(fitting)
            self._placed.add(fitting.id)

    def _fits(self, operation: Operation, at: Instant) -> bool:
        if operation.began > self._earliest_end:
            return False
        answer = operation.answers[0]
        return any(self._says_nothing_else(answer, operation.envelope, now) for now in {self._state.at, at})

    def _says_nothing_else(self, answer: Answer, envelope: Envelope, now: Instant) -> bool:
        decision = decide(self._state, envelope, now)
        match answer:
            case m.Refused():
                return isinstance(decision, Refusal) and decision == answer.refusal
            case m.Accepted():
                return decision == () and answer.seq == self._state.seq and answer.outcome is None


def _command(record: Recorded) -> CommandId:
    return record.command


def _own(record: Recorded) -> Envelope:
    """What the broker did by itself."""
    if record.device != BROKER:
        raise NotAllowedError(f"nobody asked for {record}")
    event = record.event
    command = NoteClock(event.by_ms) if isinstance(event, e.ClockSetForward) else Tick()
    return Envelope(record.command, BROKER, DeviceRole.BROKER, command)


def _tells(answer: Answer, records: Sequence[Recorded]) -> bool:
    """Whether the answer is one to a command that has led to these events."""
    return (
        isinstance(answer, m.Accepted)
        and answer.seq == records[-1].seq
        and _is_outcome(answer.outcome, records[0].event, records[0].at)
    )


def _is_outcome(outcome: m.Outcome | None, event: AnyEvent, at: Instant) -> bool:
    match event, outcome:
        case e.TicketIssued(), m.TicketOutcome():
            told = (outcome.ticket, outcome.letter, outcome.number, outcome.at, outcome.ahead)
            return told == (event.ticket, event.letter, event.number, at, event.ahead) and _is_signed(
                outcome.token, outcome.code, event.ticket
            )
        case e.ApplicationAccepted(), m.ApplicationOutcome():
            told_of_file = (outcome.application, outcome.at, outcome.promised_at)
            return told_of_file == (event.application, at, event.promised_at) and _is_signed(
                outcome.token, outcome.code, event.application
            )
        case e.TicketCalled(), m.CallOutcome():
            return outcome.ticket == event.ticket
        case e.TicketIssued() | e.ApplicationAccepted() | e.TicketCalled(), _:
            return False
        case _:
            return outcome is None


def _is_signed(token: str, code: str, identifier: str) -> bool:
    """Whether token and code have their forms; whether they are true only a broker can say."""
    form = read_token(token)
    return form is not None and form.id == identifier and read_code(code) is not None
