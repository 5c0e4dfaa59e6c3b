"""Sixteen devices with real sessions over real sockets, all driven by one loop, each with somebody who wants things."""

import queue
import time
from collections.abc import Callable, Iterable
from random import Random
from types import TracebackType
from typing import Self

from broker.client import (
    DeviceClock,
    FixedKeys,
    Inbound,
    Link,
    Session,
    Transport,
    Unanswered,
    new_request_id,
)
from broker.client.device import system_wall
from broker.client.session import CommandAnswer, Reply
from broker.domain.commands import AnyCommand
from broker.domain.values import CommandId, DeviceRole
from broker.protocol import messages as m
from tests.support.crowd import Hand
from tests.support.killable import BusyOutlet

TICK_SECONDS = 0.05
PATIENCE = 2.0
"""Sessions wait half as long as they would: retries and silences come twice as fast."""

NEVER_EXPIRES = 1e9
AT_ONCE = {DeviceRole.KIOSK: 3}
"""Commands that a device has under way; one where nothing is said."""


class Visitor:
    """One device and who is at it."""

    def __init__(
        self, hand: Hand, outlet: BusyOutlet, speed: float, arrived: Callable[[Inbound], None], chance: Random
    ) -> None:
        self.hand = hand
        self.sent: dict[CommandId, AnyCommand] = {}
        self.answers: dict[CommandId, CommandAnswer] = {}
        self._pin = outlet.made.pins[hand.clerk] if hand.clerk is not None else None
        self._is_signed_in = hand.clerk is None
        self._is_signing_in = False
        self._chance = chance
        keyring = FixedKeys(outlet.keys(hand.device))
        clock = DeviceClock(lambda: time.monotonic() * PATIENCE, system_wall, speed / PATIENCE)
        self._transport = Transport(outlet.endpoints, keyring, arrived)
        self.session = Session(self._transport, "a visitor", clock, keyring)
        self._transport.start()
        self.session.start()

    @property
    def waits_for(self) -> int:
        """How many commands are not answered yet."""
        return len(self.sent) - len(self.answers)

    def want(self) -> None:
        """Send what there is to do now."""
        if self.session.link is not Link.LIVE:
            return
        if not self._is_signed_in:
            self._sign_in()
            return
        while self.waits_for < AT_ONCE.get(self.hand.role, 1):
            wish = self.hand.wish(self.session.state, self._chance)
            if wish is None:
                return
            self.send(wish)

    def send(self, command: AnyCommand, under: CommandId | None = None) -> None:
        """Send it until it is answered."""
        kept: list[CommandId] = []
        sent = self.session.send(
            command,
            lambda answer: self.answers.__setitem__(kept[0], answer),
            expires_after=NEVER_EXPIRES,
            under=under,
        )
        kept.append(sent)
        self.sent[sent] = command

    def _sign_in(self) -> None:
        assert self.hand.clerk is not None
        assert self._pin is not None
        if not self._is_signing_in:
            self._is_signing_in = True
            self.session.ask(m.SignIn(new_request_id(), self.hand.clerk, self._pin), self._signed_in)

    def _signed_in(self, reply: Reply) -> None:
        self._is_signing_in = False
        self._is_signed_in = isinstance(reply, m.SignedIn)
        assert isinstance(reply, m.SignedIn | m.Error | Unanswered), reply

    def stop(self) -> None:
        self._transport.stop()


class Visitors:
    """All of them. Owned by one thread."""

    def __init__(self, outlet: BusyOutlet, speed: float, chance: Random) -> None:
        self._arrived: queue.SimpleQueue[tuple[int, Inbound]] = queue.SimpleQueue()
        self.all = [
            Visitor(hand, outlet, speed, self._into(place), chance) for place, hand in enumerate(outlet.hands)
        ]
        self._tick_at = 0.0
        self.are_busy = True
        """Whether they want more as soon as they are answered."""

    def _into(self, place: int) -> Callable[[Inbound], None]:
        return lambda message: self._arrived.put((place, message))

    def go_on(self, until: Callable[[], bool], seconds: float) -> bool:
        """Let them work until that is so, but not longer; whether it is."""
        deadline = time.monotonic() + seconds
        while not until():
            now = time.monotonic()
            if now > deadline:
                return False
            if now > self._tick_at:
                self._tick_at = now + TICK_SECONDS
                for visitor in self.all:
                    visitor.session.tick()
                    self._want(visitor)
            self._receive()
        return True

    def _receive(self) -> None:
        try:
            place, message = self._arrived.get(timeout=TICK_SECONDS / 5)
        except queue.Empty:
            return
        visitor = self.all[place]
        visitor.session.receive(message)
        self._want(visitor)

    def _want(self, visitor: Visitor) -> None:
        if self.are_busy:
            visitor.want()

    @property
    def answers(self) -> int:
        """How many there have been."""
        return sum(len(each.answers) for each in self.all)

    @property
    def answered(self) -> Iterable[tuple[Visitor, CommandId, CommandAnswer]]:
        """Every command with its answer."""
        return [(visitor, *each) for visitor in self.all for each in visitor.answers.items()]

    @property
    def wait(self) -> bool:
        """Whether any of them waits for an answer."""
        return any(visitor.waits_for for visitor in self.all)

    @property
    def agree(self) -> bool:
        """Whether all are connected and have heard of the same events."""
        sessions = [visitor.session for visitor in self.all]
        is_live = all(session.link is Link.LIVE for session in sessions)
        return is_live and len({session.state.seq for session in sessions}) == 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for visitor in self.all:
            visitor.stop()
