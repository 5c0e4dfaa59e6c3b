"""A printer as the rest of Antrean sees it: its state, known at any time without waiting, and jobs with an outcome.

A Printer owns one thread, in it the connection, all deadlines, reconnection and the print journal. Drivers carry
bytes (`hardware.connection`), `hardware.escpos.dialogue` knows what to say. Nothing here is decided for the caller: a
job is tried once, and printing it again is a new job.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

import structlog

from hardware.connection import Connection, ConnectionLost
from hardware.escpos.dialogue import Deadlines, Dialogue, NoAnswer
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.print_journal import JournalUnusable, PrintJournal

log = structlog.get_logger()

OnState = Callable[[PrinterState], None]
OnOutcome = Callable[[PrintJob, Outcome], None]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between looks at the printer, and between attempts to reach one that is away (doubling)."""

    poll: float = 1.0
    first_retry: float = 0.5
    last_retry: float = 8.0


@dataclass(frozen=True, slots=True)
class _Submitted:
    job: PrintJob
    on_outcome: OnOutcome


class Printer:
    """One printer. `on_state` and each job's `on_outcome` are called in the printer's thread."""

    def __init__(
        self,
        connection: Connection,
        journal: PrintJournal,
        on_state: OnState,
        *,
        deadlines: Deadlines | None = None,
        rhythm: Rhythm | None = None,
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._on_state = on_state
        self._deadlines = deadlines or Deadlines()
        self._rhythm = rhythm or Rhythm()
        self._dialogue: Dialogue | None = None
        self._state = PrinterState.UNKNOWN
        self._retry = self._rhythm.first_retry
        self._jobs: queue.SimpleQueue[_Submitted | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._log = log.bind(printer=connection.description)

    @property
    def state(self) -> PrinterState:
        """As last seen, at most a poll and a deadline ago."""
        return self._state

    def start(self) -> None:
        self._thread.start()

    def submit(self, job: PrintJob, on_outcome: OnOutcome) -> None:
        """Have a job printed after those before it. Its outcome comes once, whatever happens to the printer."""
        self._jobs.put(_Submitted(job, on_outcome))

    def stop(self, within_seconds: float = 30.0) -> None:
        """Finish the jobs submitted, then let go of the device. TimeoutError when that takes too long."""
        self._jobs.put(None)
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            raise TimeoutError(f"the printer's thread did not end within {within_seconds} s")

    def _run(self) -> None:
        wait = 0.0
        while True:
            try:
                submitted = self._jobs.get(timeout=wait) if wait else self._jobs.get_nowait()
            except queue.Empty:
                wait = self._look()
                continue
            if submitted is None:
                break
            outcome = self._recorded(submitted.job)
            submitted.on_outcome(submitted.job, outcome)
        self._hang_up()

    def _look(self) -> float:
        """See how the printer is; returns the seconds until the next look."""
        state = self._asked()
        self._found(state)
        if self._dialogue is not None:
            self._retry = self._rhythm.first_retry
            return self._rhythm.poll
        wait, self._retry = self._retry, min(self._retry * 2, self._rhythm.last_retry)
        return wait

    def _recorded(self, job: PrintJob) -> Outcome:
        """Print a job between its lines in the journal. What cannot be written down first is not printed."""
        note = self._log.bind(job=job.id, kind=job.kind, command=job.command_id)
        try:
            number = self._journal.queued(job)
            outcome = self._printed(job, number)
        except JournalUnusable as error:
            note.error("not printed: print journal unusable", why=str(error))
            return Failed(PrinterState.FAULT)
        try:
            self._journal.closed(number, outcome)
        except JournalUnusable as error:  # the job stays in doubt there; here its end is known
            note.error("print journal unusable", why=str(error))
        note.info("print job ended", number=number, outcome=outcome)
        return outcome

    def _printed(self, job: PrintJob, number: int) -> Outcome:
        state = self._asked_anew()
        self._found(state)
        if not state.can_print or self._dialogue is None:
            return Failed(state)
        self._journal.printing(number)
        outcome = self._dialogue.print(job.data, f"{number % 10_000:04}".encode("ascii"))
        match outcome:
            case Printed():
                pass
            case Failed(found):
                self._found(found)
            case Unknown(found):
                self._hang_up()  # what it may still say belongs to this job, not to the next
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
                self._dialogue = Dialogue(self._connection, self._deadlines)
            return self._dialogue.ask_status().state
        except ConnectionLost as lost:
            if self._state is not PrinterState.UNREACHABLE:
                self._log.warning("printer unreachable", why=str(lost))
            self._hang_up()
            return PrinterState.UNREACHABLE
        except NoAnswer:
            # Answers that come late would be taken for those to the next question: start anew.
            self._hang_up()
            return PrinterState.SILENT

    def _hang_up(self) -> None:
        self._dialogue = None
        self._connection.close()

    def _found(self, state: PrinterState) -> None:
        if state is not self._state:
            self._state = state
            self._log.info("printer state", state=state)
            self._on_state(state)
