"""A printer that takes no time of its own, in a process of its own: it answers at once and notes when bytes came."""

import multiprocessing as mp
import socket
import time
from multiprocessing.connection import Connection

from hardware.virtual.engine import Engine

_MORE_SECONDS = 0.002
"""After a piece of a page the rest is let in before anything is worked on."""
_PROCESS_ID = b"\x1d(H"
"""Stands behind each page."""


def serve(ready: Connection) -> None:
    """One host after the other, until the process is ended. Each page's last byte is told by its time."""
    engine = Engine(lambda _: None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ready.send(listener.getsockname()[1])
        while True:
            host, _ = listener.accept()
            host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _talk(host, engine, ready)


def _talk(host: socket.socket, engine: Engine, tell: Connection) -> None:
    page = b""
    with host:
        while data := host.recv(65536):
            at = time.monotonic()
            host.settimeout(_MORE_SECONDS)
            try:
                while more := host.recv(65536):
                    data, at = data + more, time.monotonic()
            except TimeoutError:
                pass
            host.settimeout(None)
            page += data
            engine.receive(data)
            engine.work()
            host.sendall(engine.answers())
            if _PROCESS_ID in page:
                tell.send(at)
                page = b""


class InstantPrinter:
    """`page` is when the last byte of the next page came, in monotonic seconds."""

    def __init__(self) -> None:
        self._told, there = mp.Pipe()
        self._process = mp.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
        self._process.start()
        self.port: int = self._told.recv()

    def page(self, within_seconds: float) -> float:
        if not self._told.poll(within_seconds):
            raise TimeoutError("no page came to the printer")
        return float(self._told.recv())

    def __enter__(self) -> "InstantPrinter":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
