"""Between the session and the screen: what has changed becomes a scene at once, calls take their turns.

No widgets and no timers: the screen shows what it is given, the voice says when an announcement is over.
"""

from collections.abc import Callable
from typing import Protocol

import structlog

from broker.client import CommandAnswer, Link, SessionFace
from broker.domain.commands import ReportAnnounced
from broker.domain.events import Recorded
from broker.domain.state import Announced
from broker.protocol.messages import Accepted
from display.announcer import Announcer, end_turn, hear, rejoin, take_turn
from display.board import Scene, board, cut

log = structlog.get_logger(__name__)


class Screen(Protocol):
    """Where a scene is shown."""

    def show_scene(self, scene: Scene) -> None:
        """Show it in place of the present one; a new call begins to flash."""


class Voice(Protocol):
    """What is heard of an announcement."""

    def announce(self, call: Announced, on_end: Callable[[], None], /) -> None:
        """Begin the announcement and return at once; `on_end` is called when it is over, whatever happens."""


class Presenter:
    """One display. `speaks`: it is the one of its zone that reports calls as announced."""

    def __init__(self, session: SessionFace, screen: Screen, voice: Voice, speaks: bool) -> None:
        self._session = session
        self._screen = screen
        self._voice = voice
        self._speaks = speaks
        self._announcer = Announcer()
        self._follows = False
        """Whether the board on the screen is current, so that events join on to it."""
        session.on_change(self._changed)
        self._changed(())

    def refresh(self) -> None:
        """Let time show: the clock and the expected waits. To be called about once a second."""
        self._screen.show_scene(self._scene())

    def _changed(self, records: tuple[Recorded, ...]) -> None:
        state = self._session.state
        follows = self._session.link is Link.LIVE and state.rules is not None
        if follows and self._follows and records:
            self._announcer = hear(self._announcer, state, records)
        elif follows:
            self._announcer = rejoin(self._announcer, state, self._session.now())
        self._follows = follows
        self._go_on()

    def _go_on(self) -> None:
        """Show what holds now; a call whose turn begins is painted first and heard after."""
        before = self._announcer
        if self._follows:
            self._announcer = take_turn(before)
        self.refresh()
        if self._announcer is not before and self._announcer.turn is not None:
            self._voice.announce(self._announcer.turn, self._ended)

    def _ended(self) -> None:
        call = self._announcer.turn
        assert call is not None
        self._announcer = end_turn(self._announcer)
        if self._speaks:
            self._session.send(ReportAnnounced(call.ticket, call.call), self._reported)
        self._go_on()

    def _reported(self, answer: CommandAnswer) -> None:
        """The broker counts a call that nobody reports as announced after a while; so nothing is lost here."""
        if not isinstance(answer, Accepted):
            log.info("announcement not taken", answer=answer)

    def _scene(self) -> Scene:
        if self._follows:
            return board(self._session.state, self._announcer, self._session.now())
        return cut(self._session.state, self._session.lost_at, self._session.now())
