"""All that one printer needs, without a thread of its own: the connection and its deadlines, looks at the state, and
one attempt at a job. `hardware.printer` gives it a thread; nothing here is decided for the job's owner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

import structlog

from hardware.connection import Connection, ConnectionLost
from hardware.escpos.dialogue import Deadlines, Dialogue, NoAnswer
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.layout.blocks import LayoutError
from hardware.patience import Patience
from hardware.press import Press
from hardware.print_journal import JournalUnusable
from hardware.profile import Profile

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between looks at the printer, and between attempts to reach one that is away (doubling)."""

    poll: float = 1.0
    first_retry: float = 0.5
    last_retry: float = 8.0


class Attempt(Protocol):
    """A job at one printer, and who is told of it. Everything is called in the printer's thread."""

    @property
    def job(self) -> PrintJob: ...

    def taken(self) -> None:
        """Its turn has come."""

    def begins(self, data: bytes) -> int:
        """The first of these bytes is about to go out; returns the number that the printer is to confirm.

        Raises JournalUnusable when that cannot be written down.
        """

    def ended(self, outcome: Outcome) -> None:
        """How it ended; once, unless the program stopped before that was known."""


class Driver:
    """One printer. `on_state` is called with each new state."""

    def __init__(
        self,
        connection: Connection,
        profile: Profile,
        press: Press,
        on_state: Callable[[PrinterState], None],
        patience: Patience,
        deadlines: Deadlines,
        rhythm: Rhythm,
    ) -> None:
        self._connection = connection
        self._profile = profile
        self._press = press
        self._on_state = on_state
        self._patience = patience
        self._deadlines = deadlines
        self._rhythm = rhythm
        self._dialogue: Dialogue | None = None
        self._retry = rhythm.first_retry
        self._log = log.bind(printer=connection.description)
        self.state = PrinterState.UNKNOWN

    def look(self) -> float:
        """See how the printer is; returns the seconds until the next look."""
        self._found(self._asked())
        if self._dialogue is not None:
            self._retry = self._rhythm.first_retry
            return self._rhythm.poll
        wait, self._retry = self._retry, min(self._retry * 2, self._rhythm.last_retry)
        return wait

    def print(self, attempt: Attempt) -> None:
        """Try a job once. What cannot be written down first is not printed."""
        job = attempt.job
        note = self._log.bind(job=job.id, kind=job.page.kind, command=job.command_id)
        try:
            attempt.taken()
            outcome = self._printed(attempt)
        except JournalUnusable as error:
            note.error("not printed: print journal unusable", why=str(error))
            outcome = Failed(PrinterState.FAULT)
        except LayoutError as error:
            note.error("not printed: no usable layout", why=str(error))
            outcome = Failed(PrinterState.FAULT)
        note.info("print job ended", outcome=outcome)
        attempt.ended(outcome)

    def hang_up(self) -> None:
        """Let go of the device; the next look reaches for it again."""
        self._dialogue = None
        self._connection.close()

    def _printed(self, attempt: Attempt) -> Outcome:
        data = self._press(attempt.job, self._profile)
        state = self._asked_anew()
        self._found(state)
        if not state.can_print or self._dialogue is None:
            return Failed(state)
        number = attempt.begins(data)
        outcome = self._dialogue.print(data, f"{number % 10_000:04}".encode("ascii"))
        match outcome:
            case Printed():
                pass
            case Failed(found):
                self._found(found)
            case Unknown(found):
                self.hang_up()  # what it may still say belongs to this job, not to the next
                self._found(found)
            case _:
                assert_never(outcome)
        return outcome

    def _asked_anew(self) -> PrinterState:
        """The state just before a job. A connection that died unnoticed is made anew: nothing has been sent yet."""
        was_connected = self._dialogue is not None
        state = self._asked()
        if was_connected and state is PrinterState.UNREACHABLE:
            return self._asked()
        return state

    def _asked(self) -> PrinterState:
        """The state by asking, over a new connection where there is none."""
        try:
            if self._dialogue is None:
                self._connection.open(self._deadlines.connect)
                self._dialogue = Dialogue(self._connection, self._deadlines, self._patience)
            return self._dialogue.ask_status().state
        except ConnectionLost as lost:
            if self.state is not PrinterState.UNREACHABLE:
                self._log.warning("printer unreachable", why=str(lost))
            self.hang_up()
            return PrinterState.UNREACHABLE
        except NoAnswer:
            # Answers that come late would be taken for those to the next question: start anew.
            self.hang_up()
            return PrinterState.SILENT

    def _found(self, state: PrinterState) -> None:
        if state is not self.state:
            self.state = state
            self._log.info("printer state", state=state)
            self._on_state(state)
