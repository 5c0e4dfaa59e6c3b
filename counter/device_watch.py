"""What the broker says of its devices: asked again and again while a supervisor is here, often while they look."""

from collections.abc import Callable

from broker.client import Link, Reply, new_request_id
from broker.domain.values import Instant
from broker.protocol import messages as m
from counter.errands import SessionFace

WHILE_SHOWN_MS = 3_000
"""While the page is open."""

OTHERWISE_MS = 30_000
"""Often enough for the sign in the bar."""


class DeviceWatch:
    """One question at a time, and nobody is kept from working meanwhile. `changed` is called for each answer."""

    def __init__(self, session: SessionFace, changed: Callable[[], None]) -> None:
        self._session = session
        self._changed = changed
        self._answer: m.Devices | None = None
        self._asked_at: Instant | None = None
        self._is_asking = False

    @property
    def answer(self) -> m.Devices | None:
        """The latest; None: there is none yet, or nobody is here who may know."""
        return self._answer

    def forget(self) -> None:
        """Whoever may know is gone."""
        self._answer = self._asked_at = None

    def ask_anew(self) -> None:
        """What was answered is no longer so."""
        self._asked_at = None

    def follow(self, every_ms: int) -> None:
        """To be called a few times a second: ask, if the last question is so long ago."""
        now = self._session.now()
        is_due = self._asked_at is None or not 0 <= now - self._asked_at < every_ms
        if is_due and not self._is_asking and self._session.link is Link.LIVE:
            self._asked_at, self._is_asking = now, True
            self._session.ask(m.AskDevices(new_request_id()), self._answered)

    def _answered(self, reply: Reply) -> None:
        """Without an answer the last one stays, and grows old."""
        self._is_asking = False
        if isinstance(reply, m.Devices):
            self._answer = reply
            self._changed()
