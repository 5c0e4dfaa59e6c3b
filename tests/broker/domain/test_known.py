"""What others know of the numbers given out: joined, and gone past."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.known import GREATEST_SERIAL, Known, is_covered, joined, judged, known_to
from broker.domain.refusals import Refusal
from broker.domain.rules import DatedWeek, NumberRange, OutletRules
from broker.domain.values import BusinessDay, DeviceId, DeviceRole, Instant, PrinterNeed, PrinterState
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


# What is believed

RANGES = replace(
    sample.RULES,
    queues=tuple(
        replace(each, first_number=101, last_number=900) if each.letter == "B" else each
        for each in sample.RULES.queues
    ),
    ranges=tuple(
        NumberRange(DeviceId(f"kiosk-{letter}-{first}"), letter, first, last)
        for letter, first, last in (("A", 801, 899), ("A", 900, 999), ("B", 300, 399), ("C", 1, 50))
    ),
)
"""A's last numbers are the kiosks', B begins at 101 and has a range in its middle, C begins with a kiosk's."""


def believed(known: Known, rules: OutletRules = RANGES, now: Instant | None = None) -> Known:
    """What is believed of it; all else of it is in the other part."""
    morning = Morning(rules)
    found = judged(known, morning.state, morning.now if now is None else now)
    assert set(found.believed.numbers).isdisjoint(found.not_believed.numbers)
    assert set(found.believed.booked).isdisjoint(found.not_believed.booked)
    return found.believed


@pytest.mark.parametrize(
    ("letter", "number"), [("A", 1), ("A", 799), ("B", 101), ("B", 299), ("B", 400), ("B", 899), ("C", 998)]
)
def test_a_number_that_the_broker_gives_out_and_that_is_not_its_last_is_believed(
    letter: str, number: int
) -> None:
    known = Known(sample.TUESDAY, {letter: number})
    assert believed(known) == known


@pytest.mark.parametrize(
    ("letter", "number"),
    [
        *(("A", number) for number in (800, 801, 850, 999, 1000, 1_000_000_000)),
        *(("B", number) for number in (1, 100, 300, 399, 900, 901, 999)),
        *(("C", number) for number in (1, 50, 999)),
        *(("D", number) for number in (999, 10_000)),
        ("X", 1),
    ],
)
def test_a_devices_own_number_and_one_after_which_nothing_is_left_are_not_believed(
    letter: str, number: int
) -> None:
    known = Known(sample.TUESDAY, {letter: number, "E": 7}, serials=3)
    assert believed(known) == Known(sample.TUESDAY, {"E": 7}, serials=3)
    assert judged(known, Morning(RANGES).state, sample.at(8)).not_believed == Known(
        sample.TUESDAY, {letter: number}
    )


@pytest.mark.parametrize("day", [None, "", "today", "2026-7-14", "2026-07-15", "9999-12-31", "zzzz"])
def test_of_a_day_to_come_or_of_none_nothing_is_believed(day: str | None) -> None:
    said = Known(BusinessDay(day) if day is not None else None, {"A": 5}, 4, 3)
    found = judged(replace(said, booked={WEDNESDAY: 2}), Morning().state, sample.at(8))
    assert (found.believed, found.not_believed) == (Known(booked={WEDNESDAY: 2}), said)


def test_of_an_earlier_day_nothing_follows_and_nothing_is_doubted() -> None:
    found = judged(Known(BusinessDay("2026-07-13"), {"A": 10_000}, 99_999), Morning().state, sample.at(8))
    assert (found.believed, found.not_believed) == (Known(), Known())


def test_serials_are_believed_as_far_as_a_day_can_come() -> None:
    most, more = GREATEST_SERIAL, GREATEST_SERIAL + 1
    known = Known(sample.TUESDAY, {}, most, most, {WEDNESDAY: most})
    assert believed(known) == known
    found = judged(Known(sample.TUESDAY, {}, more, more, {WEDNESDAY: more}), Morning().state, sample.at(8))
    assert (found.believed, found.not_believed) == (
        Known(),
        Known(sample.TUESDAY, {}, more, more, {WEDNESDAY: more}),
    )


def test_appointments_are_believed_for_days_on_which_a_place_can_be_reserved() -> None:
    within, beyond = BusinessDay("2026-08-13"), BusinessDay("2026-08-14")
    booked = {sample.TUESDAY: 1, within: 2, beyond: 3, BusinessDay("2026-07-13"): 4, BusinessDay("soon"): 5}
    found = judged(Known(booked=booked), Morning().state, sample.at(8))
    assert found.believed.booked == {sample.TUESDAY: 1, within: 2}
    assert found.not_believed.booked == {beyond: 3, "soon": 5}


def test_an_outlet_that_is_not_set_up_believes_nothing() -> None:
    morning = Morning()
    morning.state.rules = None
    known = Known(sample.TUESDAY, {"A": 5}, booked={WEDNESDAY: 1})
    assert judged(known, morning.state, morning.now).not_believed == known


def test_a_number_that_the_queue_can_not_have_is_refused_as_a_last_one() -> None:
    morning = Morning(RANGES)
    decision = morning.decide(c.PassNumbers(Known(sample.TUESDAY, {"A": 805})), DeviceRole.OPERATOR)
    assert decision == r.NumberNotPossible("A", 805)


def test_nothing_out_of_the_ordinary_gets_into_the_journal() -> None:
    morning = Morning()
    known = Known(BusinessDay("9999-12-31"), serials=4, booked={WEDNESDAY: 1, BusinessDay("soon"): 2})
    assert passed(morning, known) == (e.NumbersPassed(Known(booked={WEDNESDAY: 1})),)


# A day that is over, or not open yet

SATURDAY = BusinessDay("2026-07-18")
OPEN_ON_SATURDAY = replace(
    sample.RULES,
    dated=(DatedWeek(sample.RULES.announcement, SATURDAY, SATURDAY, (sample.WEEKDAY,) * 7),),
)


def test_numbers_of_a_day_that_has_closed_are_known_and_keep_nobody() -> None:
    morning = Morning()
    morning.advance(minutes=11 * 60)
    assert morning.state.day is None
    known = Known(sample.TUESDAY, {"A": 41}, serials=3)
    assert passed(morning, known) == (e.NumbersPassed(known),)
    assert is_covered(known, morning.state)
    morning.advance(minutes=14 * 60)
    (issued,) = morning.kiosk(c.IssueTicket("A"))
    assert issued.ticket == "20260715-A001"


def test_a_day_that_others_saw_open_goes_on_past_their_numbers_when_it_opens_here_too() -> None:
    """Its hours were set after the backup was made."""
    morning = Morning()
    morning.advance(minutes=4 * 24 * 60 + 30)
    assert morning.state.day is None
    known = Known(SATURDAY, {"A": 41}, serials=3, pick_up_serials=2)
    passed(morning, known)
    passed(morning, Known(SATURDAY, {"B": 7}))
    assert known_to(morning.state) == replace(known, numbers={"A": 41, "B": 7})
    morning.do(c.ConfigureOutlet(OPEN_ON_SATURDAY), DeviceRole.OPERATOR)
    morning.tick()
    assert morning.state.day == SATURDAY
    assert [morning.take(letter)[-4:] for letter in "ABC"] == ["A042", "B008", "C001"]
    assert (morning.state.serials, morning.state.pick_up_serials) == (3, 2)
    morning.advance(minutes=2 * 24 * 60)
    assert morning.take("A") == "20260720-A001"


def test_a_day_of_which_nothing_can_be_true_keeps_nobody() -> None:
    morning = Morning()
    morning.advance(minutes=4 * 24 * 60)
    said = judged(Known(SATURDAY, pick_up_serials=GREATEST_SERIAL + 1), morning.state, morning.now)
    assert said.believed == Known()
    assert passed(morning, said.believed) == ()
    assert is_covered(said.believed, morning.state)


# Whatever is said

DAYS = st.sampled_from([None, "", "x", "2026-07-13", "2026-07-14", "2026-07-15", "2026-07-18", "9999-12-31"])
NUMBERS = st.one_of(st.integers(0, 1100), st.integers(0, 1_000_000_000))
ANYTHING_KNOWN = st.builds(
    Known,
    DAYS,
    st.dictionaries(st.sampled_from("ABCDEX"), NUMBERS),
    NUMBERS,
    NUMBERS,
    st.dictionaries(DAYS.map(str), NUMBERS),
)
HOURS = st.sampled_from([0, 3, 11, 14, 24, 26, 4 * 24 + 1])


@given(st.lists(ANYTHING_KNOWN, max_size=5), HOURS, st.sampled_from([sample.RULES, RANGES]))
def test_whatever_devices_say_the_outlet_goes_on_and_every_queue_gives_out_numbers(
    said: list[Known], hours: int, rules: OutletRules
) -> None:
    morning = Morning(rules)
    morning.take("A")
    morning.advance(minutes=hours * 60)
    all_of_it = reduce(joined, (judged(each, morning.state, morning.now).believed for each in said), Known())
    decision = morning.decide(c.PassNumbers(all_of_it), DeviceRole.OPERATOR)
    assert not isinstance(decision, Refusal)
    assert is_covered(all_of_it, morning.state)
    if morning.state.day is None:
        return
    for queue in rules.queues:
        answer = morning.decide(c.IssueTicket(queue.letter), DeviceRole.KIOSK)
        assert not isinstance(answer, r.NumbersUsedUp)
        if not isinstance(answer, Refusal):
            (issued,) = (record.event for record in answer)
            assert isinstance(issued, e.TicketIssued)
            assert not any(each.holds(queue.letter, issued.number) for each in rules.ranges)
            assert queue.first_number <= issued.number
            assert issued.number > all_of_it.numbers.get(queue.letter, 0)


def test_a_printer_is_remembered_while_it_is_not_ready() -> None:
    morning = Morning()
    low = c.ReportPrinter(PrinterState.PAPER_LOW)
    (reported,) = morning.kiosk(low)
    assert morning.state.printers == {reported.device: PrinterState.PAPER_LOW}
    assert morning.kiosk(low) == ()
    morning.kiosk(c.ReportPrinter(PrinterState.READY))
    assert morning.state.printers == {}


def test_what_a_printer_needs_is_remembered_until_it_needs_nothing() -> None:
    morning = Morning()
    hangs = c.ReportPrinter(PrinterState.READY, PrinterNeed.TAKE_TICKET)
    (reported,) = morning.kiosk(hangs)
    assert morning.state.printers == {}
    assert morning.state.printer_needs == {reported.device: PrinterNeed.TAKE_TICKET}
    assert morning.kiosk(hangs) == ()
    morning.kiosk(c.ReportPrinter(PrinterState.READY))
    assert morning.state.printer_needs == {}
