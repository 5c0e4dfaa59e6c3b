"""Updates and heartbeats to everybody who listens, each with the number of the newest event under a MAC."""

from collections.abc import Sequence

import zmq

from broker.domain.events import Recorded
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol.codec import encode
from broker.protocol.messages import Heartbeat, Message, Update
from broker.server.history import History

RECORDS_AT_ONCE = 256


class Publisher:
    """The broker's voice."""

    def __init__(self, socket: zmq.Socket[bytes], history: History) -> None:
        self._socket = socket
        self._history = history

    def speak_on(self, socket: zmq.Socket[bytes]) -> None:
        """Nobody who listened to the old socket hears anything more."""
        self._socket = socket

    def update(self, records: Sequence[Recorded]) -> None:
        """Tell events that are on disk."""
        for start in range(0, len(records), RECORDS_AT_ONCE):
            some = tuple(records[start : start + RECORDS_AT_ONCE])
            self._send(Update(self._history.epoch, some, self._history.mac(some[-1].seq)))

    def heartbeat(self, seq: Seq, at: Instant, next_key: str | None, renewing: tuple[DeviceId, ...]) -> None:
        """Tell that the broker lives, which event is the newest, and which keys are to come."""
        self._send(Heartbeat(self._history.epoch, seq, at, self._history.mac(seq), next_key, renewing))

    def _send(self, message: Message) -> None:
        self._socket.send(encode(message), zmq.NOBLOCK)
