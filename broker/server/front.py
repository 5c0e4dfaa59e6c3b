"""Where messages come in: from which device, well-formed, and after a greeting; and where answers go out.

Whatever is not right is answered with an error, counted and logged here; nothing of it goes further.
"""

from collections import Counter, OrderedDict
from collections.abc import Iterator, Mapping, Sequence

import structlog
import zmq
from msgspec import Struct

from broker.domain.values import DeviceId
from broker.protocol.codec import LARGEST_REQUEST_BYTES, MalformedError, decode_request, encode
from broker.protocol.messages import (
    PROTOCOL_VERSION,
    Answer,
    AskDayReport,
    AskDevices,
    AskFigures,
    AskHistory,
    AskProfiles,
    AskSnapshot,
    AskUpdates,
    AskWitnesses,
    ClientMessage,
    Error,
    ErrorCode,
    Hello,
)
from broker.server.limits import Allowance
from broker.store.registry import Device

log = structlog.get_logger(__name__)

MESSAGES_AT_ONCE = 256
"""The most messages that share one commit: it bounds how long the first of them waits."""

POLLIN, DONT_WAIT, DONT_WAIT_MORE = int(zmq.POLLIN), int(zmq.NOBLOCK), int(zmq.NOBLOCK | zmq.SNDMORE)
"""As plain numbers: pyzmq's enums cost a microsecond wherever they are combined."""

ANSWERED_AT_LENGTH = (
    AskSnapshot,
    AskUpdates,
    AskHistory,
    AskProfiles,
    AskDayReport,
    AskDevices,
    AskFigures,
    AskWitnesses,
)
"""Questions that can wait, with answers that may be long. All others are answered in a few hundred bytes."""

VERSIONS = frozenset({PROTOCOL_VERSION})

FLOOD_LOGGED_EVERY = 1000
_TOO_MANY = encode(Error(None, ErrorCode.TOO_MANY))

GREETINGS_KEPT = 10_000
"""Connections that are remembered, those that spoke last; one that has been forgotten is asked to say hello again."""


class Incoming(Struct, frozen=True):
    """A message, its sender, and the way back to it."""

    route: bytes
    device: Device
    message: ClientMessage
    version: int
    """Of the protocol, as agreed on in the greeting."""
    frame: zmq.Frame
    """As it came: it knows where from."""

    @property
    def address(self) -> str:
        """Where the sender is."""
        return str(self.frame.get("Peer-Address"))


class _Greeted(Struct, frozen=True):
    device: DeviceId
    version: int


class Front:
    """The requests' socket. `devices` is looked at for every message, so that it may change meanwhile."""

    def __init__(
        self, socket: zmq.Socket[bytes], devices: Mapping[DeviceId, Device], allowance: Allowance
    ) -> None:
        self._socket = socket
        self._devices = devices
        self._allowance = allowance
        self._greeted: OrderedDict[bytes, _Greeted] = OrderedDict()
        self.errors: Counter[ErrorCode] = Counter()
        """How many messages were answered with each error."""

    def receive(self) -> Iterator[Incoming]:
        """The messages that wait, at most MESSAGES_AT_ONCE."""
        for _ in range(MESSAGES_AT_ONCE):
            if (
                not int(self._socket.get(zmq.EVENTS)) & POLLIN
            ):  # cheaper than the exception of an empty socket
                return
            route = self._socket.recv(DONT_WAIT)
            frame = self._socket.recv(DONT_WAIT, copy=False)
            rest = self._socket.recv_multipart(DONT_WAIT) if frame.more else ()
            incoming = self._understood(route, frame, rest)
            if incoming is not None:
                yield incoming

    def listen_on(self, socket: zmq.Socket[bytes]) -> None:
        """Another socket: everybody says hello anew."""
        self._socket = socket
        self._greeted.clear()

    def answer(self, route: bytes, message: Answer) -> None:
        """Send an answer; one that a slow device has no room for is dropped, and it asks again."""
        self.send(route, encode(message))

    def send(self, route: bytes, body: bytes) -> None:
        """The same for an answer that is encoded already."""
        greeted = self._greeted.get(route)
        if greeted is not None:
            self._allowance.charge(greeted.device, len(body))
        self._socket.send(route, DONT_WAIT_MORE)
        self._socket.send(body, DONT_WAIT)

    def puts_off(self, incoming: Incoming) -> bool:
        """Whether a question waits because its device is owed too much; it is told so. To be asked right before it is
        answered.
        """
        device = incoming.device.id
        if not isinstance(incoming.message, ANSWERED_AT_LENGTH) or self._allowance.has_room(device):
            return False
        self._turn_away(incoming.route, device)
        return True

    def refuse(self, route: bytes, device: DeviceId, error: Error) -> None:
        """Answer with an error, count it, log it."""
        self.errors[error.code] += 1
        log.warning("a message was refused", device=device, code=error.code.value, detail=error.detail)
        self.answer(route, error)

    def _understood(self, route: bytes, frame: zmq.Frame, rest: Sequence[bytes]) -> Incoming | None:
        device = self._devices.get(DeviceId(str(frame.get("User-Id"))))
        if device is None:
            self.refuse(route, DeviceId(""), Error(None, ErrorCode.NOT_PERMITTED))
            return None
        if not self._allowance.admits(device.id):
            self._turn_away(route, device.id)
            return None
        if rest:
            self.refuse(route, device.id, Error(None, ErrorCode.MALFORMED, "not one frame"))
            return None
        body = frame.bytes
        if len(body) > LARGEST_REQUEST_BYTES:
            self.refuse(route, device.id, Error(None, ErrorCode.TOO_LARGE, f"{len(body)} bytes"))
            return None
        try:
            message = decode_request(body)
        except MalformedError as error:
            self.refuse(route, device.id, Error(None, ErrorCode.MALFORMED, str(error)))
            return None
        if isinstance(message, Hello):
            self._greet(route, device.id, message)
        greeted = self._greeted.get(route)
        if greeted is None or greeted.device != device.id:
            self.refuse(route, device.id, _not_greeted(message))
            return None
        self._greeted.move_to_end(route)
        return Incoming(route, device, message, greeted.version, frame)

    def _turn_away(self, route: bytes, device: DeviceId) -> None:
        """Who floods gets a word for each message, and the log one for each thousand."""
        if self.errors[ErrorCode.TOO_MANY] % FLOOD_LOGGED_EVERY == 0:
            log.warning("a device sends more than it may", device=device)
        self.errors[ErrorCode.TOO_MANY] += 1
        self.send(route, _TOO_MANY)

    def _greet(self, route: bytes, device: DeviceId, hello: Hello) -> None:
        """Agree on the version that the device likes best among those that both speak."""
        self._greeted.pop(route, None)
        common = next((version for version in hello.versions if version in VERSIONS), None)
        if common is None:
            return
        self._greeted[route] = _Greeted(device, common)
        if len(self._greeted) > GREETINGS_KEPT:
            self._greeted.popitem(last=False)


def _not_greeted(message: ClientMessage) -> Error:
    """With its id a client of the first release would take the error for the answer to its command, and give that up;
    without, it says hello and asks again.
    """
    if isinstance(message, Hello):
        return Error(message.id, ErrorCode.NO_COMMON_VERSION)
    return Error(None, ErrorCode.HELLO_FIRST)
