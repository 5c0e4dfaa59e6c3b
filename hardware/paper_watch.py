"""One printer's paper check as it goes on: its stage, with the doubt in the print journal for the next run."""

import threading

import structlog

from hardware.paper_check import Happening, Paper, moved
from hardware.print_journal import JournalUnusable, PrintJournal

log = structlog.get_logger()


class PaperWatch:
    """For any thread. Raises JournalUnusable when the journal cannot be read."""

    def __init__(self, printer: str, journal: PrintJournal) -> None:
        self._printer = printer
        self._journal = journal
        self._lock = threading.Lock()
        self._paper = Paper.TOUCHED if journal.is_paper_doubted(printer) else Paper.TRUSTED

    @property
    def paper(self) -> Paper:
        return self._paper

    def happened(self, happening: Happening) -> bool:
        """Take note, and say whether that changed the stage."""
        with self._lock:
            before, self._paper = self._paper, moved(self._paper, happening)
            self._write_down(before)
            return self._paper is not before

    def _write_down(self, before: Paper) -> None:
        try:
            if self._paper is Paper.TRUSTED and before is not Paper.TRUSTED:
                self._journal.trust_paper(self._printer)
            elif before is Paper.TRUSTED and self._paper is not Paper.TRUSTED:
                self._journal.doubt_paper(self._printer)
        except JournalUnusable as error:  # it holds while the program runs; only a restart would not know
            log.error("print journal unusable", why=str(error), printer=self._printer, paper=self._paper)
