"""A broken network between devices and a broker: a TCP proxy for each of its two sockets, in the test's hands.

Everything is said by method calls and holds when they return: no byte more gets through than what was said.
`Line` is one socket's proxy with a thread of its own; `Network` is both.
"""

import random
import selectors
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from types import TracebackType
from typing import Self

from msgspec import Struct

from broker.client import Endpoints
from tests.support.running import LOOPBACK

CHUNK_BYTES = 4096
WAITING_BYTES = 256 * 1024
"""What waits in the line in one direction; beyond it the sender's own buffers fill."""

ORDER_SECONDS = 10.0
CONNECT_SECONDS = 1.0
BLOCKED_SECONDS = 0.05
"""Who is not connected after so long on loopback is not answered."""

FOREVER = float("inf")
BACKLOG = 1024


class Newcomers(Enum):
    """What becomes of a connection that a device begins."""

    ADMITTED = auto()
    SWALLOWED = auto()
    """It is accepted, and nothing that it says is ever heard."""
    UNANSWERED = auto()
    """Nobody answers its first packet, as behind a cut cable."""
    REFUSED = auto()


class End(Enum):
    """One of the two ends of a connection."""

    DEVICE = auto()
    BROKER = auto()


class Pace(Struct, frozen=True):
    """How bytes travel. They never overtake each other."""

    delay: float = 0.0
    """Seconds, each way."""
    jitter: float = 0.0
    """At most so many seconds more, by chance."""
    bytes_per_second: float = FOREVER
    lost: float = 0.0
    """The share of chunks that are lost once."""
    sent_again_after: float = 0.25
    """Seconds until a lost chunk is there after all; what follows waits for it."""


AT_ONCE = Pace()
NOBODY, EVERYBODY = frozenset[End](), frozenset(End)


class _Way:
    """One direction of a connection: what has been read at one end and is to be written at the other."""

    def __init__(self, source: socket.socket, target: socket.socket, to: End) -> None:
        self.source, self.target, self.to = source, target, to
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.size = 0
        self.free_at = 0.0
        self.ended = False

    def take(self, chunk: bytes, pace: Pace, chance: random.Random) -> None:
        begins = max(self.free_at, time.monotonic())
        self.free_at = begins + len(chunk) / pace.bytes_per_second
        due = self.free_at + pace.delay + chance.random() * pace.jitter
        if chance.random() < pace.lost:
            due += pace.sent_again_after
        if self.waiting:
            due = max(due, self.waiting[-1][0])
        self.waiting.append((due, chunk))
        self.size += len(chunk)

    def hurry(self) -> None:
        """What waits is due now."""
        self.free_at = time.monotonic()
        self.waiting = deque((self.free_at, chunk) for _, chunk in self.waiting)


class _Pair:
    """A device's connection and, unless it is swallowed, the one to the broker that stands behind it."""

    def __init__(self, device: socket.socket, broker: socket.socket | None) -> None:
        self.ends = {End.DEVICE: device, End.BROKER: broker}
        self.ways = []
        if broker is not None:
            self.ways = [_Way(device, broker, End.BROKER), _Way(broker, device, End.DEVICE)]

    def close(self, end: End, *, reset: bool = False) -> None:
        one = self.ends[end]
        self.ends[end] = None
        self.ways = []
        if one is not None:
            if reset:
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.close()


class Line:
    """Between devices and one socket of a broker at `upstream`, which may come and go. Devices connect to `port`."""

    def __init__(self, upstream: int, port: int, seed: int = 0) -> None:
        self.port = port
        self._upstream = upstream
        self._chance = random.Random(seed)
        self._newcomers = Newcomers.ADMITTED
        self._pace = AT_ONCE
        self._held = NOBODY
        """Who gets nothing."""
        self._tear_after: int | None = None
        self._pairs: list[_Pair] = []
        self._blockers: list[socket.socket] = []
        self._ghosts: set[tuple[str, int]] = set()
        """Where blockers came from that are still in the queue."""
        self._place = self._bound()
        """Keeps the port from others while nobody listens there."""
        self._listener: socket.socket | None = self._listen()
        self.delivered_at = time.monotonic()
        """When the last byte went out to a device."""
        self._orders: deque[tuple[Callable[[], None], threading.Event]] = deque()
        self._waker, self._woken = socket.socketpair()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="line", daemon=True)
        self._thread.start()

    # What a test says

    def clear(self) -> None:
        """All is well again. What was held comes now; connections that were lost stay lost."""
        self._order(self._clear)

    def stall(self) -> None:
        """Connections stand and new ones are taken, but not a byte gets through until `clear`."""
        self._order(lambda: self._become(Newcomers.ADMITTED, held=EVERYBODY))

    def mute(self) -> None:
        """What devices say gets through, nothing that they are told does, until `clear`."""
        self._order(lambda: self._become(Newcomers.ADMITTED, held=frozenset({End.DEVICE})))

    def cut(self) -> None:
        """The cable is cut: not a byte gets through, and new connections find nobody, until `clear`."""
        self._order(lambda: self._become(Newcomers.UNANSWERED, held=EVERYBODY))

    def refuse(self) -> None:
        """All connections are reset, and new ones refused, until `clear`."""

        def act() -> None:
            self._become(Newcomers.REFUSED, held=NOBODY)
            self._reset_all()

        self._order(act)

    def reset(self) -> None:
        """All connections are reset once; new ones are welcome."""
        self._order(self._reset_all)

    def lose(self, end: End) -> None:
        """Half-open: the connections at this end are gone, those at the other stand and nobody is behind them.

        New ones are swallowed until `clear`, and go on being so after it.
        """

        def act() -> None:
            self._become(Newcomers.SWALLOWED, held=NOBODY)
            for pair in self._pairs:
                pair.close(end)

        self._order(act)

    def tear(self, after_bytes: int) -> None:
        """When so many more bytes have gone to devices, the connection that carries the next ends in their midst."""

        def act() -> None:
            self._tear_after = after_bytes

        self._order(act)

    def travel(self, pace: Pace) -> None:
        """From now on bytes travel so; `clear` lets them travel at once again."""

        def act() -> None:
            self._pace = pace

        self._order(act)

    def close(self) -> None:
        """End the thread and all connections."""
        if not self._ending:
            self._order(self._end)
            self._thread.join(ORDER_SECONDS)
            self._waker.close()
            self._woken.close()

    # The thread

    def _order(self, act: Callable[[], None]) -> None:
        done = threading.Event()
        self._orders.append((act, done))
        self._waker.send(b"\0")
        if not done.wait(ORDER_SECONDS):
            raise TimeoutError("the line did not obey")

    def _run(self) -> None:
        while not self._ending:
            self._wait()
            while self._orders:
                act, done = self._orders.popleft()
                act()
                done.set()
            self._accept()
            for pair in list(self._pairs):
                self._move(pair)
            self._pairs = [pair for pair in self._pairs if any(pair.ends.values())]

    def _wait(self) -> None:
        """Until there may be something to do: bytes, a connection, an order, or the time of what waits."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            if self._listener is not None and self._newcomers is not Newcomers.UNANSWERED:
                selector.register(self._listener, selectors.EVENT_READ)
            now, pause = time.monotonic(), FOREVER
            wanted: dict[socket.socket, int] = {}
            for pair in self._pairs:
                for end in self._hearers(pair):
                    wanted[end] = selectors.EVENT_READ
                for way in pair.ways:
                    if not way.waiting or way.to in self._held:
                        continue
                    due_in = way.waiting[0][0] - now
                    if due_in > 0:
                        pause = min(pause, due_in)
                    else:
                        wanted[way.target] = wanted.get(way.target, 0) | selectors.EVENT_WRITE
            for each, events in wanted.items():
                selector.register(each, events)
            for key, _ in selector.select(None if pause == FOREVER else pause):
                if key.fileobj is self._woken:
                    self._woken.recv(4096)

    def _hearers(self, pair: _Pair) -> list[socket.socket]:
        """The ends that are to be read: both, as long as there is room; a lonely end, whose bytes are let go."""
        if not pair.ways:
            return [each for each in pair.ends.values() if each is not None]
        return [way.source for way in pair.ways if way.size < WAITING_BYTES and not way.ended]

    def _accept(self) -> None:
        if self._listener is None or self._newcomers is Newcomers.UNANSWERED:
            return
        while True:
            try:
                device, address = self._listener.accept()
            except BlockingIOError:
                return
            if address in self._ghosts:
                self._ghosts.remove(address)
                device.close()
                continue
            broker = None if self._newcomers is Newcomers.SWALLOWED else self._reach()
            if broker is None and self._newcomers is not Newcomers.SWALLOWED:
                device.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                device.close()  # as a machine does on which nothing listens
                continue
            for each in (device, broker):
                if each is not None:
                    each.setblocking(False)
                    each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._pairs.append(_Pair(device, broker))

    def _reach(self) -> socket.socket | None:
        try:
            return socket.create_connection((LOOPBACK, self._upstream), CONNECT_SECONDS)
        except OSError:
            return None

    def _move(self, pair: _Pair) -> None:
        if not pair.ways:
            self._let_go(pair)
            return
        try:
            for way in pair.ways:
                if way.size < WAITING_BYTES and not way.ended:
                    self._read(way)
                if way.to not in self._held:
                    self._write(way)
        except ConnectionError:
            self._part(pair)
            return
        if any(way.ended and not way.waiting for way in pair.ways):
            self._part(pair)

    def _read(self, way: _Way) -> None:
        try:
            chunk = way.source.recv(CHUNK_BYTES)
        except BlockingIOError:
            return
        except ConnectionError:
            chunk = b""
        if chunk:
            way.take(chunk, self._pace, self._chance)
        else:
            way.ended = True

    def _write(self, way: _Way) -> None:
        to_device = way.to is End.DEVICE
        while way.waiting and way.waiting[0][0] <= time.monotonic():
            due, chunk = way.waiting.popleft()
            tears = to_device and self._tear_after is not None and self._tear_after < len(chunk)
            if tears:
                assert self._tear_after is not None
                chunk = chunk[: self._tear_after]
            try:
                sent = way.target.send(chunk) if chunk else 0
            except BlockingIOError:
                way.waiting.appendleft((due, chunk))
                return
            way.size -= sent
            if to_device:
                self.delivered_at = time.monotonic()
                if tears:
                    self._tear_after = None
                    raise ConnectionAbortedError("torn")
                if self._tear_after is not None:
                    self._tear_after -= sent
            if sent < len(chunk):
                way.waiting.appendleft((due, chunk[sent:]))
                return

    def _let_go(self, pair: _Pair) -> None:
        """A lonely end speaks to nobody."""
        for end, one in pair.ends.items():
            if one is not None:
                try:
                    if not one.recv(CHUNK_BYTES):
                        pair.close(end)
                except BlockingIOError:
                    pass
                except ConnectionError:
                    pair.close(end)

    def _part(self, pair: _Pair) -> None:
        """An end has gone. The other hears of it, unless what it would hear by is held too."""
        for end in End:
            if not self._held or any(way.ended and way.source is pair.ends[end] for way in pair.ways):
                pair.close(end)

    # Orders, carried out in the thread

    def _clear(self) -> None:
        self._become(Newcomers.ADMITTED, held=NOBODY)
        self._pace = AT_ONCE
        self._tear_after = None
        for way in (way for pair in self._pairs for way in pair.ways):
            way.hurry()
        if self._listener is None:
            self._listener = self._listen()

    def _become(self, newcomers: Newcomers, *, held: frozenset[End]) -> None:
        self._newcomers = newcomers
        self._held = held
        if newcomers is Newcomers.UNANSWERED:
            self._block()
        else:
            self._unblock()
        if newcomers is Newcomers.REFUSED and self._listener is not None:
            self._listener.close()
            self._listener = None

    def _block(self) -> None:
        """Fill the queue of those who wait to be accepted: the kernel then drops the first packet of all others."""
        self._listener = self._listener or self._listen()
        self._listener.listen(0)
        while True:
            one = socket.socket()
            one.settimeout(BLOCKED_SECONDS)
            self._blockers.append(one)
            try:
                one.connect((LOOPBACK, self.port))
            except TimeoutError:
                return

    def _unblock(self) -> None:
        self._ghosts |= {one.getsockname() for one in self._blockers}
        for one in self._blockers:
            one.close()
        self._blockers = []
        if self._listener is not None:
            self._listener.listen(BACKLOG)

    def _listen(self) -> socket.socket:
        listener = self._bound()
        listener.setblocking(False)
        listener.listen(BACKLOG)
        return listener

    def _bound(self) -> socket.socket:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((LOOPBACK, self.port))
        return one

    def _reset_all(self) -> None:
        for pair in self._pairs:
            for end in End:
                pair.close(end, reset=True)
        self._pairs = []

    def _end(self) -> None:
        self._ending = True
        self._become(Newcomers.REFUSED, held=NOBODY)
        self._reset_all()
        self._place.close()


class Network:
    """Both lines of a broker that listens at `upstream`. Devices connect to `endpoints`, from `port` on."""

    def __init__(self, upstream: Endpoints, port: int, seed: int = 0) -> None:
        self.requests = Line(_port(upstream.requests), port, seed)
        self.updates = Line(_port(upstream.updates), port + 1, seed + 1)
        self.lines = (self.requests, self.updates)
        self.endpoints = Endpoints(f"tcp://{LOOPBACK}:{port}", f"tcp://{LOOPBACK}:{port + 1}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self.lines:
            line.close()

    def both(self, act: Callable[[Line], None]) -> None:
        """Say the same to both lines, e.g. ``network.both(Line.cut)``."""
        for line in self.lines:
            act(line)


def _port(address: str) -> int:
    return int(address.rpartition(":")[2])
