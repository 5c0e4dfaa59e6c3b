"""What is said of a printer: in the counters' words, and what to do in each state that stops it."""

import pytest

from antrean.printers import condition, what_to_do
from broker.domain import values
from counter.device_words import PRINTERS
from hardware.job import PrinterState
from wording import Language, Wording


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("state", list(PrinterState))
def test_every_state_has_words_and_what_stops_a_printer_a_remedy(
    state: PrinterState, language: Language
) -> None:
    w = Wording(language)
    assert condition(state, w)
    assert bool(what_to_do(state, w)) is not state.can_print


@pytest.mark.parametrize("state", list(values.PrinterState))
def test_the_words_are_those_that_clerks_read(state: values.PrinterState) -> None:
    w = Wording(Language.ID)
    assert condition(PrinterState(state.value), w) == w.t(PRINTERS[state])
