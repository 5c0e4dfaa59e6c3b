"""Who may connect: ZAP (ZeroMQ RFC 27), answered from the devices' CURVE keys.

`judge` knows no sockets. The Doorkeeper serves it on the context's one ZAP socket within the broker's own loop;
nothing that comes in there can stop it.
"""

from collections.abc import Callable, Sequence

import structlog
import zmq
from zmq.utils import z85

from broker.domain.values import DeviceId

log = structlog.get_logger(__name__)

ENDPOINT = "inproc://zeromq.zap.01"
DOMAIN = b"antrean"

Admit = Callable[[str], DeviceId | None]
"""The device that a public key (Z85) belongs to, of which the connection has proved to hold the secret."""

VERSION = b"1.0"
KEY_BYTES = 32
FIELDS = 7
"""Version, request, domain, address, routing id, mechanism, and CURVE's one credential."""


def judge(request: Sequence[bytes], admit: Admit) -> list[bytes] | None:
    """The reply to a ZAP request; None when it is not even a request."""
    if len(request) < 2 or request[0] != VERSION:
        return None
    device = _device_of(request, admit)
    if device is None:
        return [VERSION, request[1], b"400", b"unknown key", b"", b""]
    return [VERSION, request[1], b"200", b"OK", device.encode(), b""]


def _device_of(request: Sequence[bytes], admit: Admit) -> DeviceId | None:
    if len(request) != FIELDS or request[2] != DOMAIN or request[5] != b"CURVE":
        return None
    key = request[6]
    return admit(z85.encode(key).decode()) if len(key) == KEY_BYTES else None


class Doorkeeper:
    """The socket that ZeroMQ asks about each new connection. To be made before the sockets that it guards."""

    def __init__(self, context: "zmq.Context[zmq.Socket[bytes]]", admit: Admit) -> None:
        self.socket = context.socket(zmq.ROUTER)
        self.socket.linger = 0
        self.socket.bind(ENDPOINT)
        self._admit = admit
        self.refused = 0
        """Connections refused so far."""

    def serve(self) -> None:
        """Answer every connection that waits for a judgement."""
        while True:
            try:
                route, _, *request = self.socket.recv_multipart(zmq.NOBLOCK)
            except zmq.Again:
                return
            except ValueError:
                log.warning("a ZAP request without an envelope was dropped")
                continue
            reply = judge(request, self._admit)
            if reply is None:
                log.warning("a malformed ZAP request was dropped", frames=len(request))
                continue
            if reply[2] != b"200":
                self.refused += 1
                log.warning("a stranger was refused", address=b"".join(request[3:4]).decode(errors="replace"))
            self.socket.send_multipart([route, b"", *reply], zmq.NOBLOCK)
