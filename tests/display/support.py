"""Builders for the display's tests: sample mornings and what stands on the board then."""

from collections.abc import Callable

from broker.domain import commands as c
from broker.domain.state import Announced
from broker.domain.values import ApplicationId, DeviceRole
from display.board import Board, Scene
from tests.support.morning import ONE, TWO, Morning
from tests.support.outlet import LocalSession


def open_morning(first: str = "AABBCCDE") -> Morning:
    """Half past seven: people have taken tickets, Sri sits at counter 1, Ratna at counter 2."""
    outlet = Morning()
    for letter in first:
        outlet.take(letter)
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    return outlet


def display_session(outlet: Morning) -> LocalSession:
    return outlet.session(DeviceRole.DISPLAY, "display-1")


def finish(outlet: Morning, clerk: str, ticket: str) -> None:
    """The clerk serves the ticket in hand and is free again."""
    outlet.clerk(clerk, c.StartService(ticket))
    outlet.clerk(clerk, c.CompleteTicket(ticket))


def make_ready(outlet: Morning, clerk: str = "sri", service: str = "IUMK") -> ApplicationId:
    """Somebody's file is accepted at counter 1 and marked complete; the clerk is free again."""
    ticket = outlet.take("A", service)
    outlet.clerk(clerk, c.CallTicket(ONE, ticket, c.ChoiceReason.SCANNED))
    outlet.clerk(clerk, c.StartService(ticket))
    application = outlet.accept(clerk, ticket, service)
    outlet.clerk(clerk, c.CompleteTicket(ticket))
    outlet.clerk(clerk, c.MarkComplete(application))
    return application


class Watched:
    """A screen and a voice that remember; an announcement lasts until `end` is called."""

    def __init__(self) -> None:
        self.scenes: list[Scene] = []
        self.heard: list[Announced] = []
        self._on_end: Callable[[], None] | None = None

    @property
    def board(self) -> Board:
        assert isinstance(self.scenes[-1], Board)
        return self.scenes[-1]

    def show_scene(self, scene: Scene) -> None:
        self.scenes.append(scene)

    def announce(self, call: Announced, on_end: Callable[[], None]) -> None:
        assert self._on_end is None, "two announcements at once"
        self.heard.append(call)
        self._on_end = on_end

    def end(self) -> None:
        """The announcement is over."""
        assert self._on_end is not None
        on_end, self._on_end = self._on_end, None
        on_end()

    def end_all(self) -> None:
        while self._on_end is not None:
            self.end()
