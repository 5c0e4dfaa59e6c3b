"""Nothing is cut off and nothing overlaps: in both languages, on each screen, in each state of the day."""

from collections.abc import Callable, Iterator
from itertools import combinations, product

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from broker.client import Link
from broker.domain import commands as c
from broker.domain.rules import Bilingual, Clerk, Counter
from broker.domain.values import (
    BusinessDay,
    ClerkId,
    ClerkRole,
    ClosingReason,
    CounterNumber,
    DeviceRole,
    PauseReason,
)
from display.parts.call_panel import CallPanel
from tests.display.conftest import LANDSCAPE, PORTRAIT, SMALL, Hang
from tests.display.support import make_ready, open_morning
from tests.support import sample
from tests.support.morning import ONE, Morning
from wording import Language

LONG_NAME = "UP PMPTSP Kabupaten Administrasi Kepulauan Seribu"
SATURDAY = BusinessDay("2026-07-18")


def busy() -> Morning:
    """Twelve counters that all call at once, six queues' worth of tickets, and a full list of what is ready."""
    clerks = [ClerkId(f"k{number}") for number in range(1, 13)]
    letters = tuple(queue.letter for queue in sample.QUEUES)
    outlet = Morning(
        rules=replace(
            sample.RULES,
            name=LONG_NAME,
            counters=tuple(Counter(CounterNumber(number), (letters,)) for number in range(1, 13)),
            clerks=tuple(Clerk(clerk, ClerkRole.SUPERVISOR) for clerk in clerks),
            collection_counter=CounterNumber(12),
        )
    )
    for number, clerk in enumerate(clerks, start=1):
        outlet.clerk(clerk, c.OpenCounter(CounterNumber(number)))
    for _ in range(9):
        make_ready(outlet, "k1")
    for letter in letters * 6:
        outlet.take(letter)
    for number, clerk in enumerate(clerks, start=1):
        outlet.call(clerk, CounterNumber(number))
    return outlet


def one_counter() -> Morning:
    outlet = open_morning("ABCDE")
    outlet.clerk("ratna", c.CloseCounter(CounterNumber(2)))
    outlet.call("sri", ONE)
    return outlet


def at_a_break() -> Morning:
    outlet = open_morning("ABCDE")
    for clerk, number in (("sri", 1), ("ratna", 2)):
        outlet.clerk(clerk, c.PauseCounter(CounterNumber(number), PauseReason.BREAK))
    return outlet


def five_digits() -> Morning:
    queues = tuple(replace(queue, digits=5) for queue in sample.QUEUES)
    outlet = Morning(rules=replace(sample.RULES, queues=queues))
    outlet.take("A")
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.call("sri", ONE)
    return outlet


def day_off() -> Morning:
    return Morning(rules=replace(sample.RULES, name=LONG_NAME), start=sample.at(9, day=SATURDAY))


def early() -> Morning:
    return Morning(start=sample.at(6, 40))


def counters_later() -> Morning:
    later = replace(sample.WEEKDAY, opens=8 * 60)
    return Morning(rules=replace(sample.RULES, week=(later,) * 5 + (None, None)))


def no_running_text() -> Morning:
    return Morning(rules=replace(sample.RULES, announcement=Bilingual("", "")))


def paused() -> Morning:
    outlet = busy()
    outlet.do(c.PauseQueue("B", ClosingReason.SYSTEM_FAULT), DeviceRole.COUNTER, "pc", "k1")
    outlet.do(c.CloseQueue("C", ClosingReason.CEREMONY), DeviceRole.COUNTER, "pc", "k1")
    return outlet


def closed_early() -> Morning:
    outlet = open_morning("")
    outlet.clerk("ratna", c.CloseDoors(ClosingReason.NO_CLERK))
    return outlet


STATES = (
    busy,
    one_counter,
    at_a_break,
    five_digits,
    day_off,
    early,
    counters_later,
    no_running_text,
    paused,
    closed_early,
)
SIZES = (LANDSCAPE, PORTRAIT, SMALL)


def visible(top: QWidget) -> Iterator[QWidget]:
    return (widget for widget in top.findChildren(QWidget) if widget.isVisible())


def cut_off(top: QWidget) -> list[str]:
    """The widgets whose words can't be read whole, or that reach out of their parent."""
    found = []
    for widget in visible(top):
        parent = widget.parentWidget()
        outside = parent is not None and not parent.rect().contains(widget.geometry())
        if getattr(widget, "is_cut", False) or outside:
            found.append(f"{type(widget).__name__} “{widget.accessibleName()}”")
    return found


def overlapping(top: QWidget) -> list[str]:
    """Pairs of neighbours that share pixels; the panel's teeth reach over what is below it."""
    found = []
    for parent in [top, *visible(top)]:
        children = [child for child in visible(parent) if child.parentWidget() is parent]
        for one, other in combinations(children, 2):
            if one.geometry().intersects(other.geometry()) and CallPanel not in (type(one), type(other)):
                found.append(f"{type(one).__name__} and {type(other).__name__}")
    return found


@pytest.mark.parametrize(("language", "size"), list(product(Language, SIZES)))
@pytest.mark.parametrize("state", STATES)
def test_everything_can_be_read(
    hang: Hang, state: Callable[[], Morning], language: Language, size: tuple[int, int]
) -> None:
    hall = hang(state(), size, language)
    assert cut_off(hall.lobby) == []
    assert overlapping(hall.lobby) == []


@pytest.mark.parametrize(("language", "size"), list(product(Language, SIZES)))
def test_everything_can_be_read_from_farther_away(
    hang: Hang, language: Language, size: tuple[int, int]
) -> None:
    hall = hang(busy(), size, language, viewing_metres=12.0)
    assert cut_off(hall.lobby) == []
    assert overlapping(hall.lobby) == []


@pytest.mark.parametrize(("language", "size"), list(product(Language, SIZES)))
@pytest.mark.parametrize("link", [Link.STALE, Link.CONNECTING])
def test_the_page_of_a_display_without_a_connection_can_be_read(
    hang: Hang, link: Link, language: Language, size: tuple[int, int]
) -> None:
    hall = hang(day_off(), size, language)
    if link is Link.CONNECTING:
        hall.session.lost_at = None
        hall.session.link = link
        hall.display.presenter.refresh()
    hall.session.set_link(link)
    page = hall.display.window.page
    assert page is not None
    assert cut_off(page) == []
    assert overlapping(page) == []
