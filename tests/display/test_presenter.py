"""From the session to the screen and the voice: over the real core, without widgets."""

import pytest

from broker.client import Link
from broker.domain import commands as c
from broker.domain.events import CallAnnounced
from display.board import Board, Cut, NowCalled
from display.presenter import Presenter
from tests.display.support import Watched, display_session, finish, open_morning
from tests.support.morning import ONE, TWO, Morning
from tests.support.outlet import LocalSession


class Lobby(Watched):
    """A display in the lobby of a morning."""

    def __init__(self, outlet: Morning, speaks: bool = True) -> None:
        super().__init__()
        self.session: LocalSession = display_session(outlet)
        self.presenter = Presenter(self.session, self, self, speaks)

    @property
    def heard_plates(self) -> list[str]:
        return [f"{call.letter}{call.number}/{call.call}" for call in self.heard]

    @property
    def panel(self) -> NowCalled:
        assert isinstance(self.board.panel, NowCalled)
        return self.board.panel


def announced(outlet: Morning) -> list[tuple[str, int, bool]]:
    return [
        (record.event.ticket, record.event.call, record.event.assumed)
        for record in outlet.journal
        if isinstance(record.event, CallAnnounced)
    ]


def test_a_call_is_on_the_screen_when_it_is_heard() -> None:
    outlet = open_morning("A")
    lobby = Lobby(outlet)
    outlet.call("sri", ONE)
    assert lobby.heard_plates == ["A1/1"]
    assert lobby.panel.is_new
    assert lobby.panel.call == lobby.heard[0]


def test_a_burst_is_in_the_list_at_once_and_takes_its_turns_in_order() -> None:
    outlet = open_morning("AB")
    lobby = Lobby(outlet)
    outlet.call("sri", ONE)
    outlet.call("ratna", TWO)
    assert lobby.heard_plates == ["A1/1"]
    assert [row.is_next for row in lobby.board.calls] == [True]
    lobby.end()
    assert lobby.heard_plates == ["A1/1", "B1/1"]
    assert [row.is_next for row in lobby.board.calls] == [False]
    lobby.end()
    assert lobby.heard_plates == ["A1/1", "B1/1"]
    assert not lobby.panel.is_new


def test_a_burst_delivered_late_is_announced_once_each_and_in_order() -> None:
    outlet = open_morning("AAAABBBB")
    lobby = Lobby(outlet)
    outlet.paused = True
    for _ in range(4):
        finish(outlet, "sri", outlet.call("sri", ONE))
        finish(outlet, "ratna", outlet.call("ratna", TWO))
    outlet.deliver()
    lobby.end_all()
    assert lobby.heard_plates == [f"{letter}{n}/1" for n in range(1, 5) for letter in "AB"]


def test_the_speaking_display_reports_each_announcement_at_its_end() -> None:
    outlet = open_morning("A")
    lobby = Lobby(outlet)
    ticket = outlet.call("sri", ONE)
    assert announced(outlet) == []
    lobby.end()
    assert announced(outlet) == [(ticket, 1, False)]
    outlet.advance(seconds=20)
    outlet.clerk("sri", c.Recall(ticket))
    lobby.end()
    assert announced(outlet) == [(ticket, 1, False), (ticket, 2, False)]


def test_a_display_that_does_not_speak_reports_nothing() -> None:
    outlet = open_morning("A")
    lobby = Lobby(outlet, speaks=False)
    outlet.call("sri", ONE)
    lobby.end()
    assert announced(outlet) == []


def test_a_report_that_comes_too_late_changes_nothing() -> None:
    outlet = open_morning("A")
    lobby = Lobby(outlet)
    finish(outlet, "sri", outlet.call("sri", ONE))
    lobby.end()
    assert announced(outlet) == []


def test_a_display_that_starts_shows_old_calls_without_announcing_them() -> None:
    outlet = open_morning("AB")
    outlet.call("sri", ONE)
    outlet.advance(seconds=90)
    lobby = Lobby(outlet)
    assert lobby.heard == []
    assert not lobby.panel.is_new


def test_a_cut_takes_the_numbers_away_and_coming_back_announces_what_was_missed() -> None:
    outlet = open_morning("AB")
    lobby = Lobby(outlet)
    outlet.call("sri", ONE)
    lobby.end()
    lobby.session.set_link(Link.STALE)
    assert isinstance(lobby.scenes[-1], Cut)
    outlet.call("ratna", TWO)
    assert lobby.heard_plates == ["A1/1"]
    assert isinstance(lobby.scenes[-1], Cut)
    lobby.session.set_link(Link.LIVE)
    assert lobby.heard_plates == ["A1/1", "B1/1"]
    assert isinstance(lobby.scenes[-1], Board)


def test_an_announcement_that_a_cut_overtakes_is_not_made_again() -> None:
    outlet = open_morning("AB")
    lobby = Lobby(outlet)
    outlet.call("sri", ONE)
    outlet.call("ratna", TWO)
    lobby.session.set_link(Link.STALE)
    lobby.end()
    assert lobby.heard_plates == ["A1/1"]
    lobby.session.set_link(Link.LIVE)
    assert lobby.heard_plates == ["A1/1", "B1/1"]


@pytest.mark.parametrize("link", [Link.CONNECTING, Link.STALE])
def test_time_shows_on_a_display_without_a_connection_too(link: Link) -> None:
    outlet = open_morning()
    lobby = Lobby(outlet)
    lobby.session.set_link(link)
    outlet.now = type(outlet.now)(outlet.now + 60_000)
    lobby.presenter.refresh()
    shown = lobby.scenes[-1]
    assert isinstance(shown, Cut)
    assert shown.minute == outlet.now
