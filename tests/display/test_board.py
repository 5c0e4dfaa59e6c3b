"""The board: what the lobby sees of a state."""

from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.state import Announced
from broker.domain.ticket import Estimate, Expected
from broker.domain.values import BusinessDay, ClosingReason, CounterNumber, Instant, PauseReason, TicketId
from display.announcer import Announcer, hear, take_turn
from display.board import (
    Board,
    Closed,
    Connecting,
    Counters,
    CountersFrom,
    Cut,
    Halt,
    NobodyCalled,
    NowCalled,
    NumbersFrom,
    ReadyDay,
    ReadyNumber,
    board,
    cut,
)
from tests.display.support import finish, make_ready, open_morning
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

QUIET = Announcer()
WEDNESDAY = BusinessDay("2026-07-15")


def seen(outlet: Morning, announcer: Announcer = QUIET) -> Board:
    return board(outlet.state, announcer, outlet.now)


def plates(shown: Board) -> list[str]:
    return [f"{row.call.letter}{row.digits}" for row in shown.calls]


def plate_in_panel(shown: Board) -> str:
    assert isinstance(shown.panel, NowCalled)
    return f"{shown.panel.call.letter}{shown.panel.digits}"


def ready_plates(shown: Board) -> list[tuple[BusinessDay | None, list[str]]]:
    return [(ready.day, [f"{each.letter}{each.digits}" for each in ready.numbers]) for ready in shown.ready]


# The panel


def test_the_last_call_stands_in_the_panel_and_the_others_in_the_list_newest_first() -> None:
    outlet = open_morning("AABB")
    for _ in range(2):
        finish(outlet, "sri", outlet.call("sri", ONE))
        finish(outlet, "ratna", outlet.call("ratna", TWO))
    shown = seen(outlet)
    assert plate_in_panel(shown) == "B002"
    assert plates(shown) == ["A002", "B001", "A001"]
    assert [row.call.counter for row in shown.calls] == [1, 2, 1]


def test_a_call_being_announced_has_the_panel_and_calls_after_it_stand_in_the_list_marked() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    outlet.call("ratna", TWO)
    announcer = take_turn(hear(QUIET, outlet.state, tuple(outlet.journal)))
    shown = seen(outlet, announcer)
    assert isinstance(shown.panel, NowCalled)
    assert shown.panel.is_new
    assert plate_in_panel(shown) == "A001"
    assert [(row.digits, row.is_next) for row in shown.calls] == [("001", True)]


def test_a_number_is_never_in_the_panel_and_in_the_list_at_once() -> None:
    outlet = open_morning("A")
    ticket = outlet.call("sri", ONE)
    outlet.announce(ticket)
    outlet.advance(seconds=20)
    outlet.clerk("sri", c.Recall(ticket))
    assert plates(seen(outlet)) == []


def test_before_the_first_number_the_panel_says_from_when_numbers_are_given_out() -> None:
    outlet = Morning(start=sample.at(6, 50))
    assert seen(outlet).panel == NumbersFrom(sample.at(7, 30))


def test_before_the_counters_open_the_panel_says_when_they_do() -> None:
    later = replace(sample.WEEKDAY, opens=8 * 60)
    outlet = Morning(rules=replace(sample.RULES, week=(later,) * 5 + (None, None)))
    assert seen(outlet).panel == CountersFrom(sample.at(8))


def test_until_somebody_is_called_the_panel_asks_to_wait() -> None:
    assert seen(open_morning()).panel == NobodyCalled()


def test_on_a_day_off_the_panel_says_when_the_outlet_opens_again() -> None:
    saturday = BusinessDay("2026-07-18")
    outlet = Morning(start=sample.at(9, day=saturday))
    assert seen(outlet).panel == Closed(sample.at(7, 30, day=BusinessDay("2026-07-20")))


def test_after_the_day_close_nothing_of_the_day_is_called_any_more() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    outlet.advance(minutes=11 * 60)
    shown = seen(outlet)
    assert shown.panel == Closed(sample.at(7, 30, day=WEDNESDAY))
    assert shown.calls == ()


def test_behind_closed_doors_the_last_ones_are_still_called() -> None:
    outlet = open_morning("AA")
    finish(outlet, "sri", outlet.call("sri", ONE))
    outlet.advance(minutes=9 * 60)
    assert plate_in_panel(seen(outlet)) == "A001"
    finish(outlet, "sri", outlet.call("sri", ONE))
    assert seen(outlet).panel == Closed(sample.at(7, 30, day=WEDNESDAY))


def test_yesterdays_calls_are_gone_in_the_morning() -> None:
    outlet = open_morning("A")
    outlet.call("sri", ONE)
    outlet.advance(minutes=11 * 60)
    outlet.now = Instant(sample.at(6, day=WEDNESDAY))
    shown = seen(outlet)
    assert shown.panel == NumbersFrom(sample.at(7, 30, day=WEDNESDAY))
    assert shown.calls == ()


def test_an_outlet_that_never_opens_promises_no_opening() -> None:
    outlet = Morning(rules=replace(sample.RULES, week=(None,) * 7))
    assert seen(outlet).panel == Closed(None)


def test_numbers_have_as_many_digits_as_their_queue() -> None:
    queues = tuple(replace(queue, digits=4) for queue in sample.QUEUES)
    outlet = Morning(rules=replace(sample.RULES, queues=queues))
    outlet.take("A")
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.call("sri", ONE)
    assert plate_in_panel(seen(outlet)) == "A0001"


# The list


def test_the_list_reaches_down_to_the_last_ticket_that_is_still_expected() -> None:
    outlet = open_morning("AAABB")
    outlet.call("ratna", TWO)
    for _ in range(3):
        finish(outlet, "sri", outlet.call("sri", ONE))
    shown = seen(outlet)
    assert plates(shown) == ["A002", "A001", "B001"]
    assert shown.awaited == 3
    outlet.clerk("ratna", c.StartService(outlet.state.recent_calls[3].ticket))
    assert seen(outlet).awaited == 0


# Queues


def test_each_queue_shows_how_many_wait_and_what_a_newcomer_would_wait() -> None:
    outlet = open_morning("AAB")
    outlet.forecast("A", Estimate(10, 30))
    first, second = seen(outlet).queues[:2]
    assert (first.letter, first.waiting, second.letter, second.waiting) == ("A", 2, "B", 1)
    assert (first.expected, second.expected) == (Expected("A", Estimate(10, 30)), None)


def test_a_queue_that_no_counter_will_serve_says_so() -> None:
    outlet = open_morning("E")
    outlet.forecast("E", None)
    collection = seen(outlet).queues[4]
    assert (collection.letter, collection.waiting, collection.expected) == ("E", 1, Expected("E", None))


def test_a_paused_and_a_closed_queue_say_so() -> None:
    outlet = open_morning("AB")
    outlet.clerk("ratna", c.PauseQueue("B", ClosingReason.SYSTEM_FAULT))
    outlet.clerk("ratna", c.CloseQueue("C", ClosingReason.CEREMONY))
    assert [queue.halt for queue in seen(outlet).queues] == [None, Halt.PAUSED, Halt.CLOSED, None, None]
    outlet.clerk("ratna", c.ResumeQueue("B"))
    outlet.clerk("ratna", c.ReopenQueue("C"))
    assert {queue.halt for queue in seen(outlet).queues} == {None}


def test_doors_closed_early_are_told_once_nobody_waits() -> None:
    outlet = open_morning("A")
    outlet.clerk("ratna", c.CloseDoors(ClosingReason.EMERGENCY))
    assert seen(outlet).closed_early is None
    outlet.call("sri", ONE)
    assert seen(outlet).closed_early is ClosingReason.EMERGENCY
    outlet.clerk("ratna", c.ReopenDoors())
    assert seen(outlet).closed_early is None


def test_the_board_knows_whether_anybody_serves() -> None:
    outlet = Morning()
    assert seen(outlet).counters is Counters.NONE
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    outlet.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
    assert seen(outlet).counters is Counters.OPEN
    outlet.clerk("ratna", c.PauseCounter(TWO, PauseReason.PRAYER))
    assert seen(outlet).counters is Counters.ON_BREAK


# Ready for collection


def test_what_is_ready_is_listed_by_number_and_what_is_handed_over_is_not() -> None:
    outlet = open_morning("")
    applications = [make_ready(outlet) for _ in range(3)]
    assert ready_plates(seen(outlet)) == [(None, ["A001", "A002", "A003"])]
    outlet.clerk("sri", c.HandOver(applications[1]))
    shown = seen(outlet)
    assert ready_plates(shown) == [(None, ["A001", "A003"])]
    assert shown.collection_counter == CounterNumber(3)


def test_two_files_of_one_ticket_are_one_number() -> None:
    outlet = open_morning("A")
    ticket = outlet.serving("sri", ONE)
    for service in ("IUMK", "AK1"):
        outlet.clerk("sri", c.MarkComplete(outlet.accept("sri", ticket, service)))
    assert seen(outlet).ready == (ReadyDay(None, (ReadyNumber("A", "001"),)),)


def test_what_was_filed_on_an_earlier_day_stands_behind_todays_under_its_date() -> None:
    outlet = open_morning("")
    make_ready(outlet)
    make_ready(outlet)
    outlet.advance(minutes=11 * 60)
    outlet.now = Instant(sample.at(7, 30, day=WEDNESDAY))
    outlet.tick()
    outlet.clerk("sri", c.OpenCounter(ONE))
    make_ready(outlet)
    assert ready_plates(seen(outlet)) == [(None, ["A001"]), (sample.TUESDAY, ["A001", "A002"])]


# Without a connection


def test_a_cut_off_display_shows_no_number_but_when_it_was_last_connected() -> None:
    outlet = open_morning()
    lost_at = outlet.now
    shown = cut(outlet.state, lost_at, Instant(lost_at + 90_000))
    assert isinstance(shown, Cut)
    assert (shown.lost_at, shown.minute) == (lost_at, lost_at + 60_000)
    assert shown.outlet.name == "PTSP Kelurahan Tebet Timur"


def test_a_display_that_was_never_connected_only_says_that_it_connects() -> None:
    assert cut(Morning().state, None, Instant(0)) == Connecting()


def test_an_announced_call_of_a_ticket_that_has_left_is_still_shown() -> None:
    outlet = open_morning("A")
    gone = Announced(TicketId("20260714-A009"), "A", 9, CounterNumber(2), outlet.now, 1)
    assert plate_in_panel(seen(outlet, Announcer(turn=gone))) == "A009"
