"""A number that waits is found at a counter, called out of turn with a reason, or given its true priority."""

import pytest

from broker.domain import commands as c
from broker.domain.refusals import (
    CounterNotOpen,
    CounterOnBreak,
    QueueNotHere,
    QueueOnPause,
    SkillMissing,
    TicketInHand,
    WrongStatus,
)
from broker.domain.ticket import TicketStatus, ToCounter
from broker.domain.values import (
    Because,
    ChoiceReason,
    ClosingReason,
    PauseReason,
    Priority,
    TicketId,
)
from counter import office_words
from counter.desk import Number
from counter.office_sheets import CallOtherSheet, OthersSheet, PrioritySheet
from counter.others import OtherNumber, other_numbers
from counter.page import Tab
from tests.counter.conftest import Open
from tests.counter.support import Counter
from tests.counter.test_office_day import SEEN, in_view
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning
from wording import Language, Wording

ID, EN = Wording(Language.ID), Wording(Language.EN)


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


@pytest.fixture
def counter(morning: Morning) -> Counter:
    return Counter(morning, clerk="sri")


def others(morning: Morning) -> list[OtherNumber]:
    return list(other_numbers(morning.state, sample.SRI, ONE, morning.now))


def sheet(counter: Counter) -> OthersSheet:
    counter.presenter.office.open_others()
    found = counter.work.sheet
    assert isinstance(found, OthersSheet)
    return found


# Which there are


def test_all_that_wait_are_found_those_first_that_can_be_called_here(morning: Morning) -> None:
    morning.take("E")  # counter 1 does not serve it
    morning.take("B", priority=Priority.PREGNANT)
    morning.take("A")
    assert [(each.waiting.number, each.priority) for each in others(morning)] == [
        (Number("A", "001"), None),
        (Number("B", "001"), Priority.PREGNANT),
        (Number("E", "001"), None),
    ]
    assert [each.obstacle for each in others(morning)] == [None, None, QueueNotHere("E")]


def test_what_is_in_the_way_of_a_call_is_told(morning: Morning) -> None:
    morning.take("B")
    morning.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    assert others(morning)[0].obstacle == QueueOnPause("B", ClosingReason.SYSTEM_FAULT)
    morning.clerk("ratna", c.ResumeQueue("B"))
    morning.clerk("sri", c.PauseCounter(ONE, PauseReason.PRAYER))
    assert others(morning)[0].obstacle == CounterOnBreak(ONE)
    morning.clerk("sri", c.CloseCounter(ONE))
    assert others(morning)[0].obstacle == CounterNotOpen(ONE)


def test_with_a_number_in_hand_none_can_be_called(morning: Morning) -> None:
    in_hand = morning.take("A")
    morning.take("A")
    morning.call("sri", ONE)
    assert [each.obstacle for each in others(morning)] == [TicketInHand(in_hand)]


def test_a_service_that_the_clerk_may_not_serve_is_in_the_way(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("B", sample.DOCTOR)
    (number,) = other_numbers(morning.state, sample.BUDI, TWO, morning.now)
    assert number.obstacle == SkillMissing(sample.DOCTOR)


def test_what_was_sent_to_a_colleague_is_in_the_way(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C")
    morning.clerk("sri", c.TransferTicket(morning.serving("sri", ONE), ToCounter(TWO)))
    assert others(morning)[0].obstacle == QueueNotHere("C")


# Called out of turn


def test_a_number_is_called_out_of_turn_with_a_reason_and_counted(counter: Counter) -> None:
    morning = counter.morning
    morning.take("A")
    chosen = morning.take("B")
    number = next(each for each in sheet(counter).numbers if each.waiting.ticket == chosen)
    counter.presenter.office.ask_reason(number)
    assert counter.work.sheet == CallOtherSheet(chosen, Number("B", "001"))
    counter.presenter.office.call_other(chosen, ChoiceReason.SHORT_QUESTION)
    assert counter.work.sheet is None
    assert counter.desk.in_hand is not None
    assert counter.desk.in_hand.ticket == chosen
    assert counter.desk.in_hand.why.because is Because.CHOSEN
    assert counter.desk.in_hand.why.chosen is ChoiceReason.SHORT_QUESTION
    assert [hour.chosen for hour in morning.state.conduct[sample.SRI].values()] == [1]


def test_the_desk_is_shown_after_a_call_from_another_page(counter: Counter) -> None:
    chosen = counter.morning.take("B")
    counter.presenter.show_tab(Tab.APPOINTMENTS)
    sheet(counter)
    counter.presenter.office.call_other(chosen, ChoiceReason.CAME_BACK)
    assert counter.work.tab is Tab.DESK


def test_a_number_that_a_colleague_has_called_meanwhile_is_refused_in_the_sheet(counter: Counter) -> None:
    morning = counter.morning
    morning.clerk("budi", c.OpenCounter(TWO))
    taken = morning.take("C")
    (number,) = sheet(counter).numbers
    counter.presenter.office.ask_reason(number)
    morning.call("budi", TWO)
    counter.presenter.office.call_other(taken, ChoiceReason.CAME_BACK)
    assert counter.work.notice == WrongStatus(taken, TicketStatus.CALLED)
    assert isinstance(counter.work.sheet, CallOtherSheet)


# The true priority


def next_in_line(morning: Morning) -> TicketId:
    morning.clerk("budi", c.OpenCounter(TWO))
    called = morning.call("budi", TWO)
    morning.clerk("budi", c.UndoCall(called))
    return called


def test_a_priority_is_corrected_also_while_somebody_is_served(counter: Counter) -> None:
    morning = counter.morning
    morning.take("A")
    morning.serving("sri", ONE)
    first = morning.take("C")
    morning.advance(minutes=5)
    later = morning.take("C")
    number = next(each for each in sheet(counter).numbers if each.waiting.ticket == later)
    counter.presenter.office.ask_priority(number)
    assert counter.work.sheet == PrioritySheet(later, Number("C", "002"), None)
    counter.presenter.office.correct_priority(later, Priority.ELDERLY)
    assert counter.work.sheet is None
    assert morning.state.tickets[later].priority is Priority.ELDERLY
    assert next_in_line(morning) == later
    counter.presenter.office.correct_priority(later, None)
    assert morning.call("budi", TWO) == first


def test_nobody_waits_and_the_sheet_is_empty(counter: Counter) -> None:
    assert sheet(counter).numbers == ()


# On the window


@SEEN
def test_another_number_by_keys_and_touches(
    open_counter: Open, size: tuple[int, int], language: Language, morning: Morning
) -> None:
    state = morning.state
    for letter, priority in (("A", None), ("B", Priority.DISABILITY), ("B", None), ("E", None)):
        morning.take(letter, priority=priority)
        morning.advance(minutes=3)
    chosen = TicketId("20260714-B002")
    assert chosen in state.tickets
    elsewhere = TicketId("20260714-E001")
    hands = open_counter(morning, size, language, clerk="sri")

    # What nobody may call here can't be called here, yet its priority can be set
    hands.press("Ctrl+M", "F4")
    hands.assert_legible()
    assert hands.find("call") is None
    assert hands.find("priority") is None
    in_view(hands, f"waiting-{elsewhere}")
    hands.touch(f"waiting-{elsewhere}")
    hands.assert_legible()
    assert "E" in hands.reads("chosen-waiting")
    assert hands.find("call") is None
    hands.press("F2")
    hands.assert_legible()
    assert hands.find("priority-confirm") is None
    hands.touch("priority-elderly")
    hands.press("Ctrl+Return")
    assert not hands.sees("sheet")
    assert state.tickets[elsewhere].priority is Priority.ELDERLY

    # Found by typing its number, called for a reason
    hands.press("Ctrl+M")
    hands.touch("another-number")
    hands.write("b002")
    hands.press("Return")
    hands.qtbot.waitUntil(lambda: hands.find("call") is not None, timeout=15_000)
    assert hands.reads("chosen-waiting").startswith("B 002")
    hands.press("Ctrl+Return")
    hands.assert_legible()
    assert hands.find("call-other") is None
    hands.press("Ctrl+Return")
    assert state.tickets[chosen].status is TicketStatus.WAITING
    hands.touch("reason-supervisor-asked")
    hands.press("Ctrl+Return")
    assert hands.reads("plate") == "B 002"
    assert state.tickets[chosen].chosen is ChoiceReason.SUPERVISOR_ASKED
    hands.assert_legible()

    # With somebody at the counter only priorities can be set
    hands.press("Ctrl+M", "F4")
    hands.touch("waiting-20260714-B001")
    hands.assert_legible()
    assert hands.find("call") is None
    hands.touch("priority", "priority-none", "priority-confirm")
    assert state.tickets[TicketId("20260714-B001")].priority is None


def test_the_words_for_what_is_in_the_way() -> None:
    number = Number("B", "014")
    for obstacle in (QueueNotHere("C"), SkillMissing(sample.DOCTOR)):
        assert office_words.in_the_way(number, obstacle, ID) == "B 014 tidak dipanggil di loket ini."
    on_pause = QueueOnPause("B", ClosingReason.SYSTEM_FAULT)
    assert office_words.in_the_way(number, on_pause, EN) == "Queue B is on pause: the system is down."
    in_hand = TicketInHand(TicketId("20260714-A001"))
    assert office_words.in_the_way(number, in_hand, ID).startswith("Silakan selesaikan dulu")
