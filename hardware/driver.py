"""All that one printer needs, without a thread of its own: the talk and its deadlines, looks at the state, and one
attempt at a job. `hardware.printer` gives it a thread; nothing here is decided for the job's owner.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, assert_never

import structlog

from hardware.connection import ConnectionLost
from hardware.conversation import Conversation, NoAnswer, Seen, Sending
from hardware.escpos.beginning import beginning
from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.layout.blocks import LayoutError
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
        """Its turn has come. Raises JournalUnusable when that cannot be written down."""

    def judged(self, state: PrinterState) -> PrinterState:
        """The state of the printer, just seen, as far as this job is concerned."""

    def begins(self, data: bytes) -> int:
        """The first of these bytes is about to go out; returns the number that the printer is to confirm.

        Raises JournalUnusable when that cannot be written down.
        """

    def ended(self, outcome: Outcome) -> None:
        """How it ended; once, unless the program stopped before that was known."""


class Driver:
    """One printer, known to operators by its `name`. `on_seen` hears each time how it was found, changed or not."""

    def __init__(
        self,
        name: str,
        conversation: Conversation,
        profile: Profile,
        press: Press,
        rhythm: Rhythm,
        on_seen: Callable[[Seen], None],
    ) -> None:
        self._conversation = conversation
        self._profile = profile
        self._press = press
        self._rhythm = rhythm
        self._on_seen = on_seen
        self._is_open = False
        self._retry = rhythm.first_retry
        self.left = Leftover()
        self._log = log.bind(printer=name)
        self.seen = Seen(PrinterState.UNKNOWN)

    def look(self) -> float:
        """See how the printer is; returns the seconds until the next look."""
        self.find(self._asked())
        if self._is_open:
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

    def find(self, seen: Seen) -> None:
        """The printer was seen like this."""
        if seen.state is not self.seen.state:
            self._log.info("printer state", state=seen.state)
        self.seen = seen
        self._on_seen(seen)

    def hang_up(self) -> None:
        """Let go of the device; the next look reaches for it again."""
        self._is_open = False
        self._conversation.close()

    def _printed(self, attempt: Attempt) -> Outcome:
        data = self._press(attempt.job, self._profile)
        self.find(self._asked_anew())
        state = attempt.judged(self.seen.state)
        if not state.can_print or not self._is_open:
            return Failed(state)
        number = attempt.begins(data)
        head = beginning(self.left.torn_bytes, self._profile.cuts)
        page = Sending(head, data, number, self.left.unconfirmed)
        outcome = self._conversation.print(page)
        self.left = self.left.after(len(data), outcome)
        match outcome:
            case Printed():
                pass
            case Failed(found):
                self.find(Seen(found))
            case Unknown(found):
                if not found.can_print:
                    self.hang_up()  # what it may still say belongs to this job, not to the next
                self.find(Seen(found))
            case _:
                assert_never(outcome)
        return outcome

    def _asked_anew(self) -> Seen:
        """The state just before a job. A connection that died unnoticed is made anew: nothing has been sent yet."""
        was_open = self._is_open
        seen = self._asked()
        if was_open and seen.state is PrinterState.UNREACHABLE:
            return self._asked()
        return seen

    def _asked(self) -> Seen:
        """The state by asking, over a new connection where there is none."""
        try:
            if not self._is_open:
                self._conversation.open()
                self._is_open = True
            return self._conversation.look()
        except ConnectionLost as lost:
            if self.seen.state is not PrinterState.UNREACHABLE:
                self._log.warning("printer unreachable", why=str(lost))
            self.hang_up()
            return Seen(PrinterState.UNREACHABLE)
        except NoAnswer:
            # Answers that come late would be taken for those to the next question: start anew.
            self.hang_up()
            return Seen(PrinterState.SILENT)
