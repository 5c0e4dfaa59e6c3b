"""One printer's paper check as it goes on: its stage, and when the printer was last heard. What the next run has to
know of either is in the print journal.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from hardware.job import PrinterState
from hardware.paper_check import Happening, Paper, is_heard, moved, touches_paper
from hardware.print_journal import JournalUnusable, PrintJournal

log = structlog.get_logger()

_NOTED_SECONDS = 10.0
"""Between two notes of when the printer was heard. A program that is killed and comes back within the rest of a roll
change asks nobody.
"""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Seconds of the machine's own: `steady` is never set and begins anew with it, `wall` goes on over restarts.

    Not the outlet's time, which a program knows only once the broker has told it.
    """

    steady: Callable[[], float] = time.monotonic
    wall: Callable[[], float] = time.time


class PaperWatch:
    """For any thread, but a printer is found and heard in its own. Raises JournalUnusable when the journal cannot be
    read.
    """

    def __init__(self, printer: str, journal: PrintJournal, clocks: Clocks) -> None:
        self._printer = printer
        self._journal = journal
        self._clocks = clocks
        self._lock = threading.Lock()
        self._paper = Paper.TOUCHED if journal.is_paper_doubted(printer) else Paper.TRUSTED
        self._heard = self._heard_before()
        self._noted = -math.inf

    @property
    def paper(self) -> Paper:
        return self._paper

    def happened(self, happening: Happening) -> bool:
        """Take note, and say whether that changed the stage."""
        with self._lock:
            before, self._paper = self._paper, moved(self._paper, happening)
            self._write_down(before)
            return self._paper is not before

    def found(self, state: PrinterState) -> bool:
        """The printer was looked at and found like this; says whether that changed the stage."""
        unheard_seconds = 0.0 if self._heard is None else self._clocks.steady() - self._heard
        changed = touches_paper(state, unheard_seconds) and self.happened(Happening.TOUCH)
        if is_heard(state):
            self.heard()
        return changed

    def heard(self) -> None:
        """The printer has said something, and would have told of anything before."""
        self._heard = self._clocks.steady()
        if self._heard - self._noted >= _NOTED_SECONDS:
            self.note_heard()

    def note_heard(self) -> None:
        """Let the next run know when the printer was last heard."""
        if self._heard is None or self._heard == -math.inf:
            return
        steady = self._clocks.steady()
        try:
            self._journal.heard(self._printer, self._clocks.wall() - (steady - self._heard))
        except JournalUnusable as error:  # the next run asks for a strip, whether or not that is needed
            log.error("print journal unusable", why=str(error), printer=self._printer)
        self._noted = steady

    def _heard_before(self) -> float | None:
        """By the steady clock, also where that had not begun. A clock that was set back tells nothing: long ago."""
        heard = self._journal.last_heard(self._printer)
        if heard is None:
            return None
        seconds_ago = self._clocks.wall() - heard
        return -math.inf if seconds_ago < 0 else self._clocks.steady() - seconds_ago

    def _write_down(self, before: Paper) -> None:
        try:
            if self._paper is Paper.TRUSTED and before is not Paper.TRUSTED:
                self._journal.trust_paper(self._printer)
            elif before is Paper.TRUSTED and self._paper is not Paper.TRUSTED:
                self._journal.doubt_paper(self._printer)
        except JournalUnusable as error:  # it holds while the program runs; only a restart would not know
            log.error("print journal unusable", why=str(error), printer=self._printer, paper=self._paper)
