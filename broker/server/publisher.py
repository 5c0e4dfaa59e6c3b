"""Updates and heartbeats to everybody who listens, each with the number of the newest event under a MAC."""

from collections.abc import Callable, Sequence

import zmq

from broker.domain.events import Recorded
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol.codec import encode
from broker.protocol.messages import Heartbeat, Message, Update
from broker.server.history import History

RECORDS_AT_ONCE = 256

GATHER_SECONDS = 0.001
"""Updates of a thousandth of a second go out together: nobody sees it, and a busy broker encrypts less."""

NEVER = float("inf")


class Publisher:
    """The broker's voice. `monotonic` gives seconds."""

    def __init__(self, socket: zmq.Socket[bytes], history: History, monotonic: Callable[[], float]) -> None:
        self._socket = socket
        self._history = history
        self._monotonic = monotonic
        self._gathered: list[Recorded] = []
        self.due_at = NEVER
        """When `speak` has something to say."""

    def speak_on(self, socket: zmq.Socket[bytes]) -> None:
        """Nobody who listened to the old socket hears anything more."""
        self._socket = socket

    def tell(self, records: Sequence[Recorded]) -> None:
        """Events that are on disk, to be told within a moment."""
        if records and not self._gathered:
            self.due_at = self._monotonic() + GATHER_SECONDS
        self._gathered.extend(records)

    def speak(self) -> None:
        """Tell what has been gathered."""
        for start in range(0, len(self._gathered), RECORDS_AT_ONCE):
            some = tuple(self._gathered[start : start + RECORDS_AT_ONCE])
            self._send(Update(self._history.epoch, some, self._history.mac(some[-1].seq)))
        self._gathered.clear()
        self.due_at = NEVER

    def heartbeat(self, seq: Seq, at: Instant, next_key: str | None, renewing: tuple[DeviceId, ...]) -> None:
        """Tell that the broker lives, which event is the newest, and which keys are to come."""
        self.speak()
        self._send(Heartbeat(self._history.epoch, seq, at, self._history.mac(seq), next_key, renewing))

    def _send(self, message: Message) -> None:
        self._socket.send(encode(message), zmq.NOBLOCK)
