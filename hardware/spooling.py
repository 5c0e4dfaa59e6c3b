"""The talk with a spooler's queue: a page is handed over, and its end is the spooler's word."""

import structlog

from hardware.connection import ConnectionLost, PageRefused, Progress, Spooled
from hardware.conversation import Deadlines, Seen, Sending
from hardware.job import Failed, Outcome, Printed, PrinterState, Unknown
from hardware.patience import Patience

log = structlog.get_logger()


class Spooling:
    """What stays in a queue comes out sooner or later: a page that is not out in time is taken back."""

    def __init__(self, spooled: Spooled, deadlines: Deadlines, patience: Patience) -> None:
        self._spooled = spooled
        self._deadlines = deadlines
        self._patience = patience

    def open(self) -> None:
        """There is nothing to hold open."""

    def close(self) -> None:
        """Nor to let go of."""

    def look(self) -> Seen:
        return Seen(self._state())

    def print(self, page: Sending) -> Outcome:
        try:
            return self._end_of(self._spooled.submit(page.head + page.data, self._deadlines.write))
        except PageRefused as refused:
            log.warning("page refused", why=str(refused))
            return Failed(PrinterState.FAULT)
        except ConnectionLost as lost:
            log.warning("spooler lost", why=str(lost))
            return Unknown(PrinterState.UNREACHABLE)

    def _end_of(self, page: str) -> Outcome:
        end = self._patience.now() + self._deadlines.confirm
        while self._patience.now() < end:
            if (known := self._known_end(page)) is not None:
                return known
            state = self._state()
            if not state.can_print:
                return self._taken_back(page, state)
            self._patience.wait(self._deadlines.ask_again)
        return self._taken_back(page, PrinterState.SILENT)

    def _known_end(self, page: str) -> Outcome | None:
        match self._spooled.progress(page, self._deadlines.answer):
            case Progress.DONE:
                return Printed()
            case Progress.DROPPED:
                return Failed(self._state(), began=True)
            case Progress.UNHEARD_OF:
                return Unknown(self._state())
            case Progress.WAITING:
                return None

    def _taken_back(self, page: str, state: PrinterState) -> Outcome:
        self._spooled.cancel(page, self._deadlines.answer)
        match self._spooled.progress(page, self._deadlines.answer):
            case Progress.DONE:
                return Printed()
            case Progress.DROPPED:
                return Failed(state, began=True)
            case Progress.UNHEARD_OF | Progress.WAITING:
                return Unknown(state)

    def _state(self) -> PrinterState:
        return self._spooled.state(self._deadlines.answer)
