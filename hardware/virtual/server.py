"""Puts the virtual printer on the network as an Ethernet printer is: raw bytes on a TCP port, one host at a time.

One thread owns the sockets and works the printer at its speed; whoever else touches it (a window, a test) does so
through `printer()`, which holds the thread off meanwhile.
"""

import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

from hardware.virtual.engine import Engine
from hardware.virtual.paper import DOTS_PER_MM, WIDTH_80MM, Paper

log = structlog.get_logger()

_TICK_SECONDS = 0.01
_READ_BYTES = 16384


def keep_in(folder: Path) -> Callable[[Paper], None]:
    """A keeper of paper: each piece as `0001.png` with the bytes that made it beside it as `0001.escpos`.

    Counting goes on where an earlier run in the same folder ended. OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = max((int(file.stem) for file in folder.glob("*.png") if file.stem.isdecimal()), default=0)

    def keep(paper: Paper) -> None:
        nonlocal count
        count += 1
        folder.joinpath(f"{count:04}.escpos").write_bytes(paper.raw_bytes)
        paper.image.save(folder / f"{count:04}.png")

    return keep


class PrinterServer:
    """A virtual printer on a TCP port.

    `port` 0 takes any free one (see `address`); without `mm_per_second` it prints at once. OSError when the
    address cannot be bound.
    """

    def __init__(
        self,
        on_paper: Callable[[Paper], None],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        width_dots: int = WIDTH_80MM,
        mm_per_second: float | None = None,
    ) -> None:
        self._engine = Engine(on_paper, width_dots)
        self._lock = threading.Lock()
        self._rows_per_second = mm_per_second * DOTS_PER_MM if mm_per_second else None
        self._reported = 0
        self._stalled = False
        self._on_answers: Callable[[bytes], bytes] = bytes
        self._stopping = False
        self._host: socket.socket | None = None
        self._hearing = False
        self._listener = socket.create_server((host, port))
        self._listener.setblocking(False)
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)

    @property
    def address(self) -> tuple[str, int]:
        host, port = self._listener.getsockname()[:2]
        return str(host), int(port)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_seconds: float = 5.0) -> None:
        """End the thread and close every socket; once is enough. TimeoutError when the thread does not end in time."""
        if self._stopping:
            return
        self._stopping = True
        self._wake.send(b"\0")
        self._thread.join(timeout_seconds)
        if self._thread.is_alive():
            raise TimeoutError(f"the virtual printer's thread did not end within {timeout_seconds} s")
        self._wake.close()
        self._woken.close()  # not by the thread: it may have seen the end before it was woken for it

    @contextmanager
    def printer(self) -> Iterator[Engine]:
        """The printer, for a person's hands: nothing is printed and nothing is answered until they let go."""
        with self._lock:
            yield self._engine
        self._wake.send(b"\0")

    def stall(self) -> None:
        """Go on holding the connection, but read nothing and answer nothing."""
        with self._lock:
            self._stalled = True

    def unstall(self) -> None:
        with self._lock:
            self._stalled = False
        self._wake.send(b"\0")

    def drop_host(self) -> None:
        """Close the connection, as when a cable's other end restarts."""
        with self._lock:
            self._hang_up()

    def alter_answers(self, alter: Callable[[bytes], bytes]) -> None:
        """Let every answer pass through a function: a line that loses or garbles bytes."""
        with self._lock:
            self._on_answers = alter

    def _run(self) -> None:
        last = time.monotonic()
        while not self._stopping:
            busy = self._rows_per_second is not None and not self._engine.idle
            ready = self._selector.select(_TICK_SECONDS if busy else 0.5)
            with self._lock:
                for key, _ in ready:
                    self._attend(key.fileobj)
                now = time.monotonic()
                self._work(now - last if busy else _TICK_SECONDS)
                last = now
                self._answer()
                self._listen()
        with self._lock:
            self._hang_up()
            self._selector.close()
            self._listener.close()

    def _attend(self, ready: object) -> None:
        if ready is self._listener:
            self._accept()
        elif ready is self._woken:
            self._woken.recv(4096)
        elif ready is self._host and not self._stalled and self._engine.room:
            self._read()

    def _accept(self) -> None:
        """A second host is turned away: a printer serves one at a time."""
        host, address = self._listener.accept()
        if self._host is not None or not self._engine.on:
            host.close()
            return
        host.setblocking(False)
        host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = host
        log.info("host connected", address=address)

    def _read(self) -> None:
        assert self._host is not None
        try:
            data = self._host.recv(min(_READ_BYTES, self._engine.room))
        except ConnectionError:
            data = b""
        if data:
            self._engine.receive(data)
        else:
            self._hang_up()

    def _work(self, seconds: float) -> None:
        if not self._engine.on:
            self._hang_up()
        rows = None if self._rows_per_second is None else max(1, round(self._rows_per_second * seconds))
        self._engine.work(rows)
        for report in self._engine.reports[self._reported :]:
            log.warning(
                "not obeyed", why=report.kind.value, bytes=report.raw_bytes.hex(" "), detail=report.detail
            )
        self._reported = len(self._engine.reports)

    def _answer(self) -> None:
        if self._stalled:
            return
        answers = self._on_answers(self._engine.answers())
        if not answers or self._host is None:
            return
        try:
            self._host.sendall(answers)  # a few bytes: they fit the socket's buffer
        except OSError:
            self._hang_up()

    def _listen(self) -> None:
        """Hear the host only while its bytes can be taken: a full printer makes it wait."""
        hearing = self._host is not None and not self._stalled and self._engine.room > 0
        if self._host is None or hearing is self._hearing:
            return
        if hearing:
            self._selector.register(self._host, selectors.EVENT_READ)
        else:
            self._selector.unregister(self._host)
        self._hearing = hearing

    def _hang_up(self) -> None:
        if self._host is None:
            return
        if self._hearing:
            self._selector.unregister(self._host)
            self._hearing = False
        self._host.close()
        self._host = None
