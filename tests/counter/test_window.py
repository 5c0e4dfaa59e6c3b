"""The window: a strip or a whole desk by its width, the same desk after every change."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from broker.client import Link
from counter.window import theme_for
from tests.counter.conftest import Open
from tests.support.morning import Morning
from ui.theme import Size, Surface
from wording import Language


@pytest.mark.parametrize(
    ("size", "surface", "scale"),
    [
        (Size(380, 768), Surface.STRIP, 1.0),
        (Size(1199, 768), Surface.STRIP, 1.0),
        (Size(1366, 768), Surface.COUNTER, 1.0),
        (Size(1280, 720), Surface.COUNTER, 1.0),
        (Size(1920, 1080), Surface.COUNTER, 1.4),
        (Size(3840, 2160), Surface.COUNTER, 1.5),
    ],
)
def test_the_design_follows_the_window(size: Size, surface: Surface, scale: float) -> None:
    theme = theme_for(size)
    assert (theme.surface, theme.scale) == (surface, scale)


def test_a_window_made_narrow_shows_the_same_desk_as_a_strip(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning, clerk="sri")
    hands.touch("open")
    morning.take("B")
    hands.press("Ctrl+Return")
    assert hands.find("hold") is None  # it has its place, but can't be used
    assert hands.sees("hold")
    hands.window.resize(380, 768)
    hands.qtbot.waitUntil(lambda: not hands.sees("hold"), timeout=15_000)
    assert hands.reads("plate") == "B 001"
    hands.assert_legible()
    hands.press("Ctrl+Return")
    assert hands.sees("timer")


def test_a_lost_broker_is_said_and_nothing_can_be_pressed(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning, clerk="sri")
    hands.touch("open")
    morning.take("B")
    hands.session.set_link(Link.STALE)
    assert hands.sees("link-lost")
    assert hands.find("call-next") is None
    assert hands.find("scan") is None
    hands.assert_legible()
    hands.session.set_link(Link.LIVE)
    assert not hands.sees("link-lost")
    assert hands.find("call-next") is not None


def test_before_the_first_word_of_the_broker_the_sign_in_page_waits(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning, language=Language.EN)
    hands.session.set_link(Link.STALE)
    hands.touch("clerk-sri")
    hands.type_pin("1234")
    assert hands.find("sign-in") is None
    hands.assert_legible()


def test_what_is_chosen_on_the_board_stays_chosen_as_others_come_and_go(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning, clerk="sri")
    hands.touch("open")
    for _ in range(2):
        morning.take("A", "IUMK")
        hands.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    first, second = morning.state.applications
    hands.press("Ctrl+2")
    hands.touch(f"file-{second}")
    hands.program.presenter.mark_complete([first])
    hands.qtbot.waitUntil(lambda: hands.find("mark-complete") is not None, timeout=15_000)
    hands.touch("mark-complete")
    assert {each.status.value for each in morning.state.applications.values()} == {"ready"}


@pytest.mark.parametrize("size", [(1024, 600), (380, 600)])
def test_in_a_low_window_what_scrolls_gives_way_to_the_buttons(
    open_counter: Open, size: tuple[int, int]
) -> None:
    hands = open_counter(Morning(), size, clerk="sri")
    hands.press("Ctrl+M", "F2")
    QApplication.processEvents()
    scroll, confirm = (
        hands.window.findChild(QWidget, "find-service"),
        hands.window.findChild(QWidget, "give-confirm"),
    )
    while not isinstance(scroll, QScrollArea):
        assert scroll is not None
        scroll = scroll.parentWidget()
    assert confirm is not None
    foot = scroll.mapTo(hands.window, QPoint(0, scroll.height()))
    assert foot.y() <= confirm.mapTo(hands.window, QPoint(0, 0)).y()
    hands.assert_legible()
