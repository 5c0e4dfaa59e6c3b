"""The conversation with an ESC/POS printer over a connection: asking its state, and one job from first byte to
confirmation. Deadlines are handed in; whose thread it is and what happens next is `hardware.printer`'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from hardware.connection import Connection, ConnectionLost
from hardware.escpos.replies import (
    AutomaticStatus,
    BuffersCleared,
    Noise,
    Processed,
    RealtimeAnswer,
    Replies,
    Reply,
)
from hardware.escpos.status import ASK_EVERYTHING, REALTIME_ANSWERS, Status, from_realtime
from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.patience import Patience

# ESC @ first: it also switches automatic status off, which GS a then switches on for state, errors and paper.
_PREAMBLE = b"\x1b@\x1da\x0e"
_CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class NoAnswer(Exception):  # noqa: N818 - says what happened
    """The printer was asked and did not answer in time."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds that each part of the conversation may take."""

    connect: float = 1.0
    answer: float = 1.0
    write: float = 5.0
    confirm: float = 15.0
    ask_again: float = 0.5  # while a confirmation is awaited


class Dialogue:
    """Talks over an open connection, from one thread. Every method may raise ConnectionLost."""

    def __init__(self, connection: Connection, deadlines: Deadlines, patience: Patience) -> None:
        self._connection = connection
        self._deadlines = deadlines
        self._patience = patience
        self._replies = Replies()
        self._owed = 0
        """Real-time answers that were asked for and have not come."""

    def ask_status(self) -> Status:
        """The printer's state by DLE EOT 1 to 4; raises NoAnswer."""
        if self._owed:
            self._let_owed_answers_go()
        self._ask()
        answers: list[int] = []
        for reply in self._heard(self._deadlines.answer):
            if isinstance(reply, RealtimeAnswer):
                answers.append(reply.byte)
            if len(answers) == REALTIME_ANSWERS:
                return from_realtime(*answers)
        raise NoAnswer(self._connection.description)

    def _ask(self) -> None:
        self._connection.write(ASK_EVERYTHING, self._deadlines.answer)
        self._owed += REALTIME_ANSWERS

    def _let_owed_answers_go(self) -> None:
        """They say how the printer was while it printed; taken for its state now, every later answer would lag."""
        for _ in self._heard(self._deadlines.answer):
            if not self._owed:
                return
        self._owed = 0

    def print(self, data: bytes, number: bytes) -> Outcome:
        """Send a page in one write and wait for the printer to say that it is on paper.

        `number` (four characters) names the page in the printer's answer. It does not raise.
        """
        page = _PREAMBLE + data + b"\x1d(H\x06\x0000" + number
        try:
            self._connection.write(page, self._deadlines.write)
            return self._confirmation(number)
        except ConnectionLost:
            return Unknown(PrinterState.UNREACHABLE)

    def _confirmation(self, number: bytes) -> Outcome:
        answers: list[int] = []
        awaited = 0
        end = self._patience.now() + self._deadlines.confirm
        while (left := end - self._patience.now()) > 0:
            for reply in self._heard(min(self._deadlines.ask_again, left)):
                match reply:
                    case Processed() if reply.number == number:
                        return Printed()
                    case AutomaticStatus(status) if not status.state.can_print:
                        return self._given_up(status.state, number)
                    case RealtimeAnswer(byte):
                        answers.append(byte)
                    case AutomaticStatus() | Processed() | BuffersCleared() | Noise():
                        pass
                    case _:
                        assert_never(reply)
            if len(answers) >= awaited:
                if awaited and not (state := from_realtime(*answers[:REALTIME_ANSWERS]).state).can_print:
                    return self._given_up(state, number)
                # Real-time, so it disturbs nothing; for printers that have no automatic status.
                self._ask()
                answers.clear()
                awaited = REALTIME_ANSWERS
        return Unknown(PrinterState.SILENT)

    def _given_up(self, state: PrinterState, number: bytes) -> Outcome:
        """The page met a fault: have the printer forget the rest, so that it does not come out later.

        Only the printer's word that it has makes it a failure.
        """
        self._connection.write(_CLEAR_BUFFERS, self._deadlines.answer)
        for reply in self._heard(self._deadlines.answer):
            match reply:
                case Processed() if reply.number == number:
                    return Printed()
                case BuffersCleared():
                    return Failed(state, began=True)
                case _:
                    pass
        return Unknown(state)

    def _heard(self, within_seconds: float) -> Iterator[Reply]:
        """Replies as they come, until the time is over."""
        end = self._patience.now() + within_seconds
        while (left := end - self._patience.now()) > 0:
            for reply in self._replies.feed(self._connection.read(left)):
                if isinstance(reply, RealtimeAnswer):
                    self._owed = max(0, self._owed - 1)
                yield reply
