"""The conversation with an ESC/POS printer that answers: asking its state, and one page from first byte to
confirmation. Whose thread it is and what happens next is `hardware.driver`'s.
"""

from collections.abc import Callable, Iterator
from typing import assert_never

from hardware.connection import Connection, ConnectionLost
from hardware.conversation import Deadlines, NoAnswer, Seen, Sending
from hardware.escpos.replies import (
    AutomaticStatus,
    BuffersCleared,
    FullStatus,
    Identity,
    Noise,
    Processed,
    RealtimeAnswer,
    Replies,
    Reply,
    TransmittedStatus,
)
from hardware.escpos.status import (
    ASK_EVERYTHING,
    ASK_FULL_STATUS,
    REALTIME_ANSWERS,
    Status,
    from_realtime,
)
from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.patience import Patience
from hardware.profile import Confirmation, Presenter, Profile

_TELL_CHANGES = b"\x1da\x0e"  # automatic status back: state, errors and paper
_TRANSMIT_PAPER_STATUS = b"\x1dr\x01"
_TRANSMISSIONS = 2  # its answer is any byte of some form: one that a bad line made up does not do alone
_CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


class Dialogue:
    """Talks over a connection, from one thread. `on_status` hears what the printer tells unasked."""

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        deadlines: Deadlines,
        patience: Patience,
        on_status: Callable[[Status], None],
    ) -> None:
        self._connection = connection
        self._profile = profile
        self._deadlines = deadlines
        self._patience = patience
        self._on_status = on_status
        self._tells_changes = profile.confirmation is Confirmation.PROCESS_ID
        self._replies = Replies()
        self._owed = 0
        """Real-time answers that were asked for and have not come."""

    def open(self) -> None:
        self._connection.open(self._deadlines.connect)
        self._replies = Replies()
        self._owed = 0
        if self._tells_changes:
            self._connection.write(_TELL_CHANGES, self._deadlines.answer)

    def close(self) -> None:
        self._connection.close()

    def look(self) -> Seen:
        state = self._status().state
        match self._profile.presenter:
            case Presenter.NONE:
                return Seen(state)
            case Presenter.CUSTOM:
                return self._seen_with_presenter(state)
        assert_never(self._profile.presenter)

    def _status(self) -> Status:
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

    def _seen_with_presenter(self, state: PrinterState) -> Seen:
        self._connection.write(ASK_FULL_STATUS, self._deadlines.answer)
        for reply in self._heard(self._deadlines.answer):
            if isinstance(reply, FullStatus):
                return Seen(PrinterState.FAULT if reply.paper_jam else state, reply.ticket_waits)
        return Seen(state)

    def print(self, page: Sending) -> Outcome:
        """Send it in one write and wait for the printer to say that it is on paper."""
        name = f"{page.number % 10_000:04}".encode("ascii")
        transmissions = _TRANSMISSIONS * (page.unconfirmed + 1)  # as many may be of pages before
        try:
            self._connection.write(self._enclosed(page, name, transmissions), self._deadlines.write)
            return self._confirmation(name, transmissions)
        except ConnectionLost:
            return Unknown(PrinterState.UNREACHABLE)
        except NoAnswer:
            return Unknown(PrinterState.SILENT)

    def _enclosed(self, page: Sending, name: bytes, transmissions: int) -> bytes:
        """The page after its head, which switches automatic status off, and before what has its end confirmed."""
        if self._tells_changes:
            return page.head + _TELL_CHANGES + page.data + b"\x1d(H\x06\x0000" + name
        return page.head + page.data + _TRANSMIT_PAPER_STATUS * transmissions

    def _confirmation(self, name: bytes, transmissions: int) -> Outcome:
        answers: list[int] = []
        awaited = transmitted = 0
        lost_at = end = self._patience.now() + self._deadlines.confirm
        while (left := end - self._patience.now()) > 0:
            for reply in self._heard(min(self._deadlines.ask_again, left)):
                match reply:
                    case Processed() if reply.number == name:
                        return Printed()
                    case TransmittedStatus() if not self._tells_changes:
                        transmitted += 1
                        if transmitted == transmissions:
                            return self._passed(name)
                    case AutomaticStatus(status) if not status.state.can_print:
                        return self._given_up(status.state, name)
                    case RealtimeAnswer(byte):
                        answers.append(byte)
                    case _:
                        pass
            answered = len(answers) >= awaited
            if answered and awaited:
                state = from_realtime(*answers[:REALTIME_ANSWERS]).state
                if not state.can_print:
                    return self._given_up(state, name)
            if answered or self._patience.now() >= lost_at:
                # Real-time, so it disturbs nothing; for printers that have no automatic status.
                self._ask()
                answers.clear()
                awaited = REALTIME_ANSWERS
                lost_at = self._patience.now() + self._deadlines.answer
        return Unknown(PrinterState.SILENT)

    def _passed(self, name: bytes) -> Outcome:
        """GS r stands in the buffer behind the page and was obeyed: it came out, if the printer is well still."""
        state = self._status().state
        return Printed() if state.can_print else self._given_up(state, name)

    def _given_up(self, state: PrinterState, name: bytes) -> Outcome:
        """The page met a fault: have the printer forget the rest, so that it does not come out later.

        Only the printer's word that it has makes it a failure; not every printer knows the command.
        """
        self._connection.write(_CLEAR_BUFFERS, self._deadlines.answer)
        for reply in self._heard(self._deadlines.answer):
            match reply:
                case Processed() if reply.number == name:
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
                match reply:
                    case RealtimeAnswer():
                        self._owed = max(0, self._owed - 1)
                    case AutomaticStatus(status):
                        self._on_status(status)
                    case (
                        Processed()
                        | BuffersCleared()
                        | TransmittedStatus()
                        | FullStatus()
                        | Identity()
                        | Noise()
                    ):
                        pass
                    case _:
                        assert_never(reply)
                yield reply
