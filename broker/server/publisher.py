"""Updates and heartbeats to everybody who listens, each with the number of the newest event under a MAC."""

import hashlib
import hmac
from collections.abc import Sequence

import zmq

from broker.domain.events import Recorded
from broker.domain.values import Instant, Seq
from broker.protocol.codec import encode
from broker.protocol.messages import Epoch, Heartbeat, Message, Update

RECORDS_AT_ONCE = 256
MAC_BYTES = 16


class Publisher:
    """The broker's voice. `key` lets it recognize its own numbers again when a device shows them."""

    def __init__(self, socket: zmq.Socket[bytes], epoch: Epoch, key: bytes) -> None:
        self._socket = socket
        self._epoch = epoch
        self._key = key

    def update(self, records: Sequence[Recorded]) -> None:
        """Tell events that are on disk."""
        for start in range(0, len(records), RECORDS_AT_ONCE):
            some = tuple(records[start : start + RECORDS_AT_ONCE])
            self._send(Update(self._epoch, some, self._mac(some[-1].seq)))

    def heartbeat(self, seq: Seq, at: Instant) -> None:
        """Tell that the broker lives, and which event is the newest."""
        self._send(Heartbeat(self._epoch, seq, at, self._mac(seq)))

    def _send(self, message: Message) -> None:
        self._socket.send(encode(message), zmq.NOBLOCK)

    def _mac(self, seq: Seq) -> bytes:
        text = f"{self._epoch}:{seq}".encode()
        return hmac.digest(self._key, text, hashlib.sha256)[:MAC_BYTES]
