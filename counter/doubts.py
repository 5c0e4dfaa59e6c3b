"""Papers that an earlier run of the program left in doubt: each is asked about, one after the other."""

from collections.abc import Callable

from counter.desk import Number
from counter.paper import CounterPrinter
from counter.sheets import DoubtSheet
from hardware.job import Outcome
from hardware.print_journal import Doubt


class Doubts:
    """Those of the start. What is put off is asked about again when somebody signs in."""

    def __init__(self, printer: CounterPrinter | None) -> None:
        self._printer = printer
        self._open = {doubt.id: doubt for doubt in (printer.in_doubt() if printer is not None else ())}

    def next_sheet(self) -> DoubtSheet | None:
        """The oldest; None when there is no doubt left."""
        return next(map(_sheet, self._open.values()), None)

    def settle(self, sheet: DoubtSheet) -> None:
        """Somebody has the paper, or does not need it."""
        doubt = self._open.pop(sheet.job, None)
        if doubt is not None and self._printer is not None:
            self._printer.settle(doubt)

    def print_again(self, sheet: DoubtSheet, on_end: Callable[[Outcome], None]) -> None:
        """With its mark, if it may be on paper."""
        doubt = self._open.pop(sheet.job, None)
        if doubt is not None and self._printer is not None:
            self._printer.print_again(doubt, on_end)


def _sheet(doubt: Doubt) -> DoubtSheet:
    fields = doubt.page.fields if doubt.page is not None else {}
    letter, digits = str(fields.get("letter", "")), str(fields.get("number", ""))
    return DoubtSheet(
        job=doubt.id,
        kind=doubt.kind,
        number=Number(letter, digits) if digits else None,
        clerk=str(fields.get("clerk", "")),
        began=doubt.began,
        can_print=doubt.page is not None,
    )
