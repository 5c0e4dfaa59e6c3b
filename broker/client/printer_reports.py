"""What a device says of its printer."""

from collections.abc import Callable
from typing import Protocol

from broker.client.face import SessionFace
from broker.client.reports import Reports
from broker.domain.commands import ReportPrinter
from broker.domain.state import State
from broker.domain.values import DeviceId, PrinterNeed, PrinterState


class PrinterTold(Protocol):
    """What there is to tell: values of PrinterState and of PrinterNeed, whoever has them in a type of its own."""

    @property
    def state(self) -> str: ...

    @property
    def need(self) -> str | None: ...


class PrinterReports(Reports):
    """`present` is the printer as last seen; a state UNKNOWN is nothing to tell."""

    def __init__(self, session: SessionFace, present: Callable[[], PrinterTold]) -> None:
        self._present = present
        super().__init__(session, self._to_tell)

    def _to_tell(self, state: State, device: DeviceId) -> ReportPrinter | None:
        told = self._present()
        present, need = PrinterState(told.state), None if told.need is None else PrinterNeed(told.need)
        known = (state.printers.get(device, PrinterState.READY), state.printer_needs.get(device))
        if present is PrinterState.UNKNOWN or known == (present, need):
            return None
        return ReportPrinter(present, need)
