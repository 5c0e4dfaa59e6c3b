"""What a device says of its printer: the broker is told whenever its word on it, in the replica, is another."""

from collections.abc import Callable
from typing import Protocol

import structlog

from broker.client.face import SessionFace
from broker.client.session import CommandAnswer, Link
from broker.domain.commands import ReportPrinter
from broker.domain.values import PrinterNeed, PrinterState, Seq
from broker.protocol.messages import Accepted, Welcome

log = structlog.get_logger(__name__)


class PrinterTold(Protocol):
    """What there is to tell: values of PrinterState and of PrinterNeed, whoever has them in a type of its own."""

    @property
    def state(self) -> str: ...

    @property
    def need(self) -> str | None: ...


class PrinterReports:
    """One report at a time. `present` is the printer as last seen; a state UNKNOWN is nothing to tell."""

    def __init__(self, session: SessionFace, present: Callable[[], PrinterTold]) -> None:
        self._session = session
        self._present = present
        self._welcome: Welcome | None = None
        self._is_reporting = False
        self._seq_to_come = Seq(0)
        session.on_change(lambda _: self.look())

    def look(self) -> None:
        """To be called when the printer may be another; the session's changes are followed anyway."""
        welcome = self._session.welcome
        if welcome is not self._welcome:
            self._welcome, self._seq_to_come = welcome, Seq(0)  # the broker's state is what it is
        if welcome is None or self._session.link is not Link.LIVE or self._is_reporting:
            return
        state, told = self._session.state, self._present()
        present, need = PrinterState(told.state), None if told.need is None else PrinterNeed(told.need)
        if state.seq < self._seq_to_come or present is PrinterState.UNKNOWN:
            return
        known = (
            state.printers.get(welcome.device, PrinterState.READY),
            state.printer_needs.get(welcome.device),
        )
        if known != (present, need):
            self._is_reporting = True
            self._session.send(ReportPrinter(present, need), self._answered)

    def _answered(self, answer: CommandAnswer) -> None:
        """What was not taken is said again at the next change of anything."""
        self._is_reporting = False
        if isinstance(answer, Accepted):
            self._seq_to_come = max(self._seq_to_come, answer.seq)
            self.look()
        else:
            log.warning("the printer's state was not reported", answer=answer)
