"""Who connects and comes to nothing: counted from libzmq's own account of a socket's connections.

ZAP hears only of those who speak CURVE. Who says nothing, something else than ZeroMQ, or without a key, is sent away
before; of some of them libzmq tells no more than that they were accepted.
"""

from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Any

import structlog
import zmq
from zmq.utils.monitor import recv_monitor_message

log = structlog.get_logger(__name__)

_places = count(1)


class Callers:
    """Those of one socket, from now until `close`. To be made before it listens. `monotonic` gives seconds."""

    def __init__(
        self, socket: "zmq.Socket[bytes]", settled_seconds: float, monotonic: Callable[[], float]
    ) -> None:
        """After `settled_seconds` a connection has been let in, or has come to nothing."""
        self._socket = socket
        self._settled_seconds = settled_seconds
        self._monotonic = monotonic
        self._recent: deque[float] = deque()
        self._settled = self._let_in = self._in_vain = 0
        place = f"inproc://callers-{next(_places)}"
        socket.monitor(place, zmq.EVENT_ACCEPTED | zmq.EVENT_HANDSHAKE_SUCCEEDED)
        self._told: zmq.Socket[bytes] = socket.context.socket(zmq.PAIR)
        self._told.linger = 0
        self._told.rcvhwm = 0  # else libzmq's thread would wait for us
        self._told.connect(place)

    def in_vain(self) -> int:
        """How many have come to nothing: all of those that came before the last seconds, or fewer while others are
        being let in. To be asked about once a second: what libzmq tells is kept until then.
        """
        now = self._monotonic()
        while self._told.poll(0):
            told: Any = recv_monitor_message(self._told)
            if told["event"] == zmq.EVENT_ACCEPTED:
                self._recent.append(now)
            else:
                self._let_in += 1
        while self._recent and now - self._recent[0] > self._settled_seconds:
            self._recent.popleft()
            self._settled += 1
        before, self._in_vain = self._in_vain, max(self._in_vain, self._settled - self._let_in)
        if self._in_vain > before:
            log.warning("callers were not let in", count=self._in_vain - before)
        return self._in_vain

    def close(self) -> int:
        """Count no more; how many it has been. To be called before the socket is closed."""
        in_vain = self.in_vain()
        self._socket.disable_monitor()
        self._told.close()
        return in_vain
