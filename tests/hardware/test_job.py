"""What a printer may still have of earlier pages follows from how they ended."""

import pytest

from hardware.job import Failed, Leftover, Outcome, Printed, PrinterState, Unknown

SOME = Leftover(torn_bytes=900, unconfirmed=2)


@pytest.mark.parametrize(
    ("outcome", "left"),
    [
        (Printed(), Leftover()),
        (Failed(PrinterState.PAPER_OUT, began=True), Leftover(torn_bytes=500)),
        (Failed(PrinterState.FAULT, began=False), SOME),
        (Unknown(PrinterState.SILENT), Leftover(torn_bytes=500, unconfirmed=3)),
        (Unknown(PrinterState.READY), Leftover()),
    ],
)
def test_a_page_leaves_something_where_its_end_is_bad(outcome: Outcome, left: Leftover) -> None:
    assert SOME.after(500, outcome) == left
