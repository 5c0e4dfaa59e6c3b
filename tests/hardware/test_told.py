"""What a station is told as: the broker's own words, for whatever its printers are in."""

from itertools import product

import pytest

from broker.domain import values
from hardware.job import PrinterState
from hardware.told import Need, Told, told_of

READY, OUT, UNCHECKED = PrinterState.READY, PrinterState.PAPER_OUT, PrinterState.PAPER_UNCHECKED


@pytest.mark.parametrize(
    ("states", "waits", "expected"),
    [
        pytest.param([READY], False, Told(READY), id="one that is well"),
        pytest.param([OUT], False, Told(OUT), id="one that is not"),
        pytest.param([PrinterState.SILENT], False, Told(PrinterState.UNREACHABLE), id="one that is silent"),
        pytest.param([UNCHECKED], False, Told(READY, Need.READ_STRIP), id="paper that nobody has read"),
        pytest.param([READY], True, Told(READY, Need.TAKE_TICKET), id="a ticket that hangs"),
        pytest.param([READY, READY], False, Told(READY), id="two that are well"),
        pytest.param([READY, OUT], False, Told(READY, Need.MEND_OTHER), id="one of two that is not"),
        pytest.param(
            [READY, UNCHECKED], True, Told(READY, Need.READ_STRIP), id="the other's paper comes first"
        ),
        pytest.param([OUT, UNCHECKED], False, Told(OUT, Need.READ_STRIP), id="neither prints tickets"),
        pytest.param([OUT, OUT], False, Told(OUT), id="two that are not"),
        pytest.param([READY, PrinterState.UNKNOWN], False, Told(READY), id="one that was not asked yet"),
    ],
)
def test_what_is_told(states: list[PrinterState], waits: bool, expected: Told) -> None:
    best = next((state for state in states if state.can_print), states[0])
    assert told_of(best, states, waits) == expected


def test_whatever_is_told_the_broker_has_a_word_for() -> None:
    for best, other in product(PrinterState, PrinterState):
        told = told_of(best, (best, other), ticket_waits=False)
        values.PrinterState(told.state)
    assert {need.value for need in Need} == {need.value for need in values.PrinterNeed}
