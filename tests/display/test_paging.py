"""Lists that are longer than their room."""

from broker.domain.values import BusinessDay
from display.board import ReadyDay, ReadyNumber
from display.paging import call_pages, pages, ready_pages
from tests.display.support import finish, open_morning
from tests.display.test_board import seen
from tests.support.morning import ONE, TWO, Morning

MONDAY = BusinessDay("2026-07-13")


def numbers(*digits: str) -> tuple[ReadyNumber, ...]:
    return tuple(ReadyNumber("A", each) for each in digits)


def told(days: tuple[ReadyDay, ...], size: int) -> list[str]:
    return [
        " ".join(cell if isinstance(cell, str) else cell.digits for cell in page)
        for page in ready_pages(days, size)
    ]


def rows(outlet: Morning, size: int) -> list[list[str]]:
    return [[f"{row.call.letter}{row.digits}" for row in page] for page in call_pages(seen(outlet), size)]


def test_what_fits_is_one_page() -> None:
    assert pages("abc", 3) == (("a", "b", "c"),)
    assert pages("abcd", 3) == (("a", "b", "c"), ("d",))


def test_nothing_is_one_empty_page() -> None:
    assert pages((), 5) == ((),)
    assert ready_pages((), 6) == ((),)


def test_calls_of_tickets_that_nobody_expects_any_more_do_not_make_a_second_page() -> None:
    outlet = open_morning("AAAAA")
    for _ in range(5):
        finish(outlet, "sri", outlet.call("sri", ONE))
    assert rows(outlet, 3) == [["A004", "A003", "A002"]]


def test_a_ticket_still_expected_is_found_on_a_further_page() -> None:
    outlet = open_morning("AAAAB")
    outlet.call("ratna", TWO)
    for _ in range(4):
        finish(outlet, "sri", outlet.call("sri", ONE))
    assert rows(outlet, 3) == [["A003", "A002", "A001"], ["B001"]]


def test_todays_ready_numbers_fill_pages_without_a_date() -> None:
    assert told((ReadyDay(None, numbers("001", "002", "003")),), 2) == ["001 002", "003"]


def test_an_earlier_days_numbers_follow_their_date_on_each_page() -> None:
    days = (ReadyDay(None, numbers("001")), ReadyDay(MONDAY, numbers("004", "005", "006")))
    assert told(days, 4) == ["001 2026-07-13 004 005", "2026-07-13 006"]


def test_a_date_never_ends_a_page() -> None:
    days = (ReadyDay(None, numbers("001", "002", "003")), ReadyDay(MONDAY, numbers("004")))
    assert told(days, 4) == ["001 002 003", "2026-07-13 004"]
    assert told(days, 3) == ["001 002 003", "2026-07-13 004"]
