"""What others know of the numbers given out: joined, and gone past."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.known import Known, joined, known_to
from broker.domain.values import BusinessDay, DeviceRole, PrinterState
from tests.support import sample
from tests.support.morning import ONE, Morning

WEDNESDAY = BusinessDay("2026-07-15")


def passed(morning: Morning, known: Known) -> tuple[e.AnyEvent, ...]:
    return morning.do(c.PassNumbers(known), DeviceRole.OPERATOR)


def test_a_state_knows_its_own_numbers() -> None:
    morning = Morning()
    morning.take("A")
    morning.take("A")
    morning.take("B")
    assert known_to(morning.state) == Known(sample.TUESDAY, {"A": 2, "B": 1})


def test_of_one_day_the_greatest_of_each_counts() -> None:
    one = Known(sample.TUESDAY, {"A": 5, "B": 1}, serials=4, booked={WEDNESDAY: 1})
    other = Known(sample.TUESDAY, {"A": 3, "C": 9}, serials=2, pick_up_serials=1, booked={WEDNESDAY: 7})
    both = Known(sample.TUESDAY, {"A": 5, "B": 1, "C": 9}, 4, 1, {WEDNESDAY: 7})
    assert joined(one, other) == both
    assert joined(other, one) == both


@pytest.mark.parametrize("earlier", [None, sample.TUESDAY])
def test_of_two_days_the_later_counts_but_appointments_are_of_their_own_day(
    earlier: BusinessDay | None,
) -> None:
    old = Known(earlier, {"A": 50}, serials=9, booked={WEDNESDAY: 3})
    new = Known(WEDNESDAY, {"A": 2}, booked={WEDNESDAY: 1})
    assert joined(old, new) == joined(new, old) == Known(WEDNESDAY, {"A": 2}, booked={WEDNESDAY: 3})


def test_numbers_go_on_past_what_others_know() -> None:
    morning = Morning()
    morning.take("A")
    known = Known(sample.TUESDAY, {"A": 41})
    assert passed(morning, known) == (e.NumbersPassed(known),)
    (issued,) = morning.kiosk(c.IssueTicket("A"))
    assert issued.number == 42


def test_files_and_appointments_go_on_past_what_others_know() -> None:
    morning = Morning(start=sample.at(10))
    passed(morning, Known(sample.TUESDAY, serials=7, pick_up_serials=3, booked={WEDNESDAY: 4}))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    assert morning.accept("sri", ticket, sample.MICRO_BUSINESS).endswith("0008")
    assert morning.state.booked == {WEDNESDAY: 4}
    assert morning.state.pick_up_serials == 3


def test_what_the_outlet_knows_itself_changes_nothing() -> None:
    morning = Morning()
    morning.take("A")
    assert passed(morning, Known(sample.TUESDAY, {"A": 1})) == ()
    assert passed(morning, Known(BusinessDay("2026-07-13"), {"A": 90})) == ()


def test_a_queue_that_is_none_is_refused() -> None:
    morning = Morning()
    decision = morning.decide(c.PassNumbers(Known(sample.TUESDAY, {"X": 3})), DeviceRole.OPERATOR)
    assert decision == r.UnknownQueue("X")


def test_a_printer_is_remembered_while_it_is_not_ready() -> None:
    morning = Morning()
    low = c.ReportPrinter(PrinterState.PAPER_LOW)
    (reported,) = morning.kiosk(low)
    assert morning.state.printers == {reported.device: PrinterState.PAPER_LOW}
    assert morning.kiosk(low) == ()
    morning.kiosk(c.ReportPrinter(PrinterState.READY))
    assert morning.state.printers == {}
