"""What a device says of itself: the broker is told whenever its word on it, in the replica, is another."""

from collections.abc import Callable

import structlog

from broker.client.face import SessionFace
from broker.client.session import CommandAnswer, Link
from broker.domain.commands import AnyCommand
from broker.domain.state import State
from broker.domain.values import DeviceId, Seq
from broker.protocol.messages import Accepted, Welcome

log = structlog.get_logger(__name__)

Difference = Callable[[State, DeviceId], AnyCommand | None]
"""What the state has wrong about the device, as the report that sets it right; None: nothing."""


class Reports:
    """One report at a time."""

    def __init__(self, session: SessionFace, difference: Difference) -> None:
        self._session = session
        self._difference = difference
        self._welcome: Welcome | None = None
        self._is_reporting = False
        self._seq_to_come = Seq(0)
        session.on_change(lambda _: self.look())

    def look(self) -> None:
        """To be called when the device may be another; the session's changes are followed anyway."""
        welcome = self._session.welcome
        if welcome is not self._welcome:
            self._welcome, self._seq_to_come = welcome, Seq(0)  # the broker's state is what it is
        if welcome is None or self._session.link is not Link.LIVE or self._is_reporting:
            return
        if self._session.state.seq < self._seq_to_come:
            return
        report = self._difference(self._session.state, welcome.device)
        if report is not None:
            self._is_reporting = True
            self._session.send(report, self._answered)

    def _answered(self, answer: CommandAnswer) -> None:
        """What was not taken is said again at the next change of anything."""
        self._is_reporting = False
        if isinstance(answer, Accepted):
            self._seq_to_come = max(self._seq_to_come, answer.seq)
            self.look()
        else:
            log.warning("not reported", answer=answer)
