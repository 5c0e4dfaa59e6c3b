"""A display on the wall: the real widgets over the real core."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from broker.client import Link
from broker.domain import commands as c
from broker.domain.events import CallAnnounced
from broker.domain.state import Outputs
from broker.domain.values import Instant, OutputState
from display.app import output_state
from display.board import NowCalled
from display.parts.call_panel import ALTERNATIONS, CallPanel
from hardware.sound import Sound, SoundState
from tests.display.conftest import PORTRAIT, Hall, Hang
from tests.display.support import display_session, finish, make_ready, open_morning
from tests.support.morning import ONE, TWO, Morning
from ui.theme import Ground
from ui.widgets.plate import NumberPlate

pytestmark = pytest.mark.usefixtures("hurry")


def names(hall: Hall) -> set[str]:
    return {each.objectName() for each in hall.display.window.findChildren(QWidget) if each.isVisible()}


def announced_to_broker(outlet: Morning) -> list[tuple[str, int]]:
    return [
        (record.event.ticket, record.event.call)
        for record in outlet.journal
        if isinstance(record.event, CallAnnounced)
    ]


def test_a_call_is_painted_large_and_told_once(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hall = hang(outlet)
    ticket = outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: hall.announced == [(ticket, 1)])
    assert hall.shown == [(ticket, 1)]
    assert "panel-A001" in names(hall)


def test_a_burst_is_shown_at_once_and_announced_once_each_in_order(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("AAABBB")
    hall = hang(outlet)
    tickets = []
    for _ in range(3):
        for clerk, counter in (("sri", ONE), ("ratna", TWO)):
            tickets.append((outlet.call(clerk, counter), 1))
            finish(outlet, clerk, tickets[-1][0])
    qtbot.waitUntil(lambda: len(hall.shown) == 6)
    assert len(hall.announced) < 6
    qtbot.waitUntil(lambda: len(hall.announced) == 6)
    assert hall.announced == tickets
    assert sorted(hall.shown) == sorted(tickets)
    qtbot.waitUntil(lambda: not hall.lobby.panel.is_flashing)
    assert hall.announced == tickets


def test_calls_waiting_for_their_turn_stand_out_in_the_list(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("AB")
    hall = hang(outlet)
    outlet.call("sri", ONE)
    outlet.call("ratna", TWO)
    assert [row.is_next for row in hall.lobby.calls.shown] == [True]
    assert {"panel-A001", "call-B001"} <= names(hall)
    qtbot.waitUntil(lambda: len(hall.announced) == 2)
    assert {"panel-B001", "call-A001"} <= names(hall)


def test_the_end_of_an_announcement_is_reported_to_the_broker(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hang(outlet)
    ticket = outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: announced_to_broker(outlet) == [(ticket, 1)])


def test_a_recall_is_announced_again(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hall = hang(outlet)
    ticket = outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: announced_to_broker(outlet) == [(ticket, 1)])
    outlet.advance(seconds=20)
    hall.lobby.panel.repaint()  # once more; that this picture is out is told only after the recall
    outlet.clerk("sri", c.Recall(ticket))
    qtbot.waitUntil(lambda: hall.announced == [(ticket, 1), (ticket, 2)])
    assert hall.shown == [(ticket, 1), (ticket, 2)]
    panel = hall.lobby.panel.shown
    assert isinstance(panel, NowCalled)
    assert panel.is_new


def test_a_display_that_starts_shows_old_calls_and_announces_fresh_ones(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("AB")
    old = outlet.call("sri", ONE)
    outlet.advance(seconds=61)
    fresh = outlet.call("ratna", TWO)
    hall = hang(outlet)
    qtbot.waitUntil(lambda: len(hall.shown) == 2)
    assert {(old, 1), (fresh, 1)} == set(hall.shown)
    assert hall.announced == [(fresh, 1)]
    assert {"panel-B001", "call-A001"} <= names(hall)


def test_a_restarted_display_does_not_repeat_what_is_being_served(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    ticket = outlet.call("sri", ONE)
    outlet.clerk("sri", c.StartService(ticket))
    hall = hang(outlet)
    qtbot.waitUntil(lambda: hall.shown == [(ticket, 1)])
    assert not hall.lobby.panel.is_flashing
    assert hall.announced == []


def test_a_new_call_alternates_three_times_and_stays_kunyit_to_its_end(
    qtbot: QtBot, hang: Hang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("display.speaker.LEAST_MS", 500)
    outlet = open_morning("A")
    hall = hang(outlet)
    watch = Grounds(hall.lobby.panel)
    outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: len(announced_to_broker(outlet)) == 1)
    qtbot.waitUntil(lambda: watch.seen[-1] is Ground.PANEL)
    assert watch.seen == [Ground.NOW, Ground.PANEL] * (ALTERNATIONS + 1)


def test_under_less_motion_a_new_call_stands_in_kunyit(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hall = hang(outlet, less_motion=True)
    watch = Grounds(hall.lobby.panel)
    outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: len(announced_to_broker(outlet)) == 1)
    qtbot.waitUntil(lambda: watch.seen[-1] is Ground.PANEL)
    assert watch.seen == [Ground.NOW, Ground.PANEL]


@pytest.mark.parametrize("size", [(1920, 1080), PORTRAIT])
def test_a_cut_display_shows_no_number_until_it_is_back(
    qtbot: QtBot, hang: Hang, size: tuple[int, int]
) -> None:
    outlet = open_morning("AB")
    hall = hang(outlet, size)
    first = outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: hall.announced == [(first, 1)])
    hall.session.set_link(Link.STALE)
    assert hall.page == "cut"
    assert not [plate for plate in hall.display.window.findChildren(NumberPlate) if plate.isVisible()], (
        "an old number is still on the screen"
    )
    second = outlet.call("ratna", TWO)
    hall.session.set_link(Link.LIVE)
    assert hall.page == "board"
    qtbot.waitUntil(lambda: hall.announced == [(first, 1), (second, 1)])


def test_a_display_without_a_broker_says_that_it_connects(hang: Hang) -> None:
    outlet = open_morning()
    session = display_session(outlet)
    session.link = Link.CONNECTING
    hall = hang(outlet, session=session)
    assert hall.page == "connecting"
    session.set_link(Link.LIVE)
    assert hall.page == "board"


def test_what_becomes_ready_is_listed_and_leaves_when_it_is_handed_over(hang: Hang) -> None:
    outlet = open_morning("")
    hall = hang(outlet)
    application = make_ready(outlet)
    assert "ready-A001" in names(hall)
    outlet.clerk("sri", c.HandOver(application))
    assert "ready-A001" not in names(hall)


def test_a_long_list_of_what_is_ready_turns_its_pages(hang: Hang) -> None:
    outlet = open_morning("")
    for _ in range(8):
        make_ready(outlet)
    hall = hang(outlet)
    ready = hall.lobby.ready
    assert (len(ready.shown), ready.page_count) == (6, 2)
    ready.turn_page()
    assert {"ready-A007", "ready-A008"} <= names(hall)
    assert "ready-A001" not in names(hall)
    ready.turn_page()
    assert "ready-A001" in names(hall)


def test_in_portrait_fewer_numbers_stand_on_a_page(hang: Hang) -> None:
    outlet = open_morning("")
    for _ in range(8):
        make_ready(outlet)
    hall = hang(outlet, PORTRAIT)
    assert (len(hall.lobby.ready.shown), hall.lobby.ready.page_count) == (4, 2)


def test_from_farther_away_rows_are_larger_and_fewer(hang: Hang) -> None:
    outlet = open_morning("")
    for _ in range(6):
        make_ready(outlet)
    near, far = hang(outlet), hang(outlet, viewing_metres=12.0)
    assert len(far.lobby.ready.shown) < len(near.lobby.ready.shown)
    assert far.lobby.calls.rows < near.lobby.calls.rows


def test_the_clock_follows_the_brokers_time(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning()
    hall = hang(outlet)
    outlet.now = Instant(outlet.now + 3_600_000)
    hall.display.presenter.refresh()
    assert [each for each in hall.display.window.findChildren(QWidget) if "08.30" in each.accessibleName()]


def test_a_window_that_changes_its_size_lays_itself_out_anew(hang: Hang) -> None:
    outlet = open_morning("A")
    outlet.call("sri", ONE)
    hall = hang(outlet)
    assert not hall.lobby.theme.surface.value.size.height > 1080
    hall.display.window.resize(1080, 1920)
    assert hall.lobby.theme.surface.value.size.height == 1920
    assert "panel-A001" in names(hall)


def test_a_display_ends_in_order(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hall = hang(outlet, player=Sound(None, lambda _state: None))
    outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: len(announced_to_broker(outlet)) == 1)
    hall.display.stop()
    assert not hall.display.window.isVisible()


def test_a_display_that_cannot_be_heard_says_so_and_its_calls_are_announced(qtbot: QtBot, hang: Hang) -> None:
    outlet = open_morning("A")
    hall = hang(outlet, player=Sound(None, lambda _state: None))
    assert list(outlet.state.displays.values()) == [Outputs(sound=OutputState.MISSING)]
    ticket = outlet.call("sri", ONE)
    qtbot.waitUntil(lambda: announced_to_broker(outlet) == [(ticket, 1)])
    hall.display.stop()


def test_every_state_of_the_sound_can_be_told() -> None:
    told = {state: output_state(state) for state in SoundState}
    assert told[SoundState.WORKING] is OutputState.WORKING
    assert told[SoundState.NO_OUTPUT] is OutputState.MISSING
    assert set(told.values()) == set(OutputState)


class Grounds(QObject):
    """Remembers each ground that a panel was painted with."""

    def __init__(self, panel: CallPanel) -> None:
        super().__init__(panel)
        self.seen: list[Ground] = []
        panel.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, CallPanel):
            calls = isinstance(watched.shown, NowCalled)
            if calls and (not self.seen or self.seen[-1] is not watched.ground):
                self.seen.append(watched.ground)
        return False
