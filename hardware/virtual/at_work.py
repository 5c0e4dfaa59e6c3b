"""A virtual printer at work: a thread that prints at a given speed and looks after whatever cable it hangs on.

The cable itself (network, serial line, USB) is a subclass's. Whoever else touches the printer (a window, a test) does
so through `printer()`, which holds the thread off meanwhile.
"""

import selectors
import socket
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

from hardware.virtual.engine import Engine, Report
from hardware.virtual.paper import DOTS_PER_MM

log = structlog.get_logger()

_TICK_SECONDS = 0.01
_REST_SECONDS = 0.5


class PrinterAtWork(ABC):
    """An engine that runs. Without `mm_per_second` it prints at once.

    A subclass opens its cable, and implements the methods at the end; all are called with the printer held.
    """

    def __init__(self, engine: Engine, mm_per_second: float | None = None) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._mm_per_second = mm_per_second
        self._on_report: Callable[[Report], object] = _unheard
        self._stalled = False
        self._on_answers: Callable[[bytes], bytes] = bytes
        self._stopping = False
        self._wake, self._woken = socket.socketpair()
        self._woken.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._thread = threading.Thread(target=self._run, name="virtual-printer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_seconds: float = 5.0) -> None:
        """End the thread and let go of the cable; once is enough. TimeoutError when the thread does not end in time."""
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
        self._nudge()

    def print_at(self, mm_per_second: float | None) -> None:
        """Print at another speed from now on; None is at once."""
        with self._lock:
            self._mm_per_second = mm_per_second
        self._nudge()

    def stall(self) -> None:
        """Go on holding the connection, but read nothing and answer nothing."""
        with self._lock:
            self._stalled = True

    def unstall(self) -> None:
        with self._lock:
            self._stalled = False
        self._nudge()

    def unplug(self) -> None:
        """Pull the cable out. What the printer has received it goes on printing."""
        with self._lock:
            self._let_go()

    def plug_in(self) -> None:
        """Put the cable back in. OSError when the place at its other end has been taken."""
        with self._lock:
            self._take_up()
        self._nudge()

    def alter_answers(self, alter: Callable[[bytes], bytes]) -> None:
        """Let every answer pass through a function: a line that loses or garbles bytes."""
        with self._lock:
            self._on_answers = alter

    def tell_reports(self, on_report: Callable[[Report], object]) -> None:
        """Have every report told to a function too; it is called by the printer's thread, which holds the printer."""
        with self._lock:
            self._on_report = on_report

    def _nudge(self) -> None:
        """Have the thread look at once; nothing where it has been stopped."""
        if not self._stopping:
            self._wake.send(b"\0")

    def _run(self) -> None:
        last = time.monotonic()
        while not self._stopping:
            printing = self._mm_per_second is not None and not self._engine.idle
            ready = self._selector.select(_TICK_SECONDS if printing or self._in_haste else _REST_SECONDS)
            with self._lock:
                for key, _ in ready:
                    if key.fileobj is self._woken:
                        self._woken.recv(4096)
                    else:
                        self._attend(key.fileobj)
                now = time.monotonic()
                self._work(now - last if printing else _TICK_SECONDS)
                last = now
                self._answer()
                self._listen()
        with self._lock:
            self._let_go()
            self._selector.close()

    def _work(self, seconds: float) -> None:
        if not self._engine.on:
            self._hang_up()
        speed = self._mm_per_second
        self._engine.work(None if speed is None else max(1, round(speed * DOTS_PER_MM * seconds)))
        reports, self._engine.reports = self._engine.reports, []
        for report in reports:
            log.warning(
                "not obeyed", why=report.kind.value, bytes=report.raw_bytes.hex(" "), detail=report.detail
            )
            self._on_report(report)

    def _answer(self) -> None:
        if not self._stalled and (answers := self._on_answers(self._engine.answers())):
            self._send(answers)

    # What a cable does

    @property
    def _in_haste(self) -> bool:
        """Whether the cable wants to be looked after again within a hundredth of a second."""
        return False

    @abstractmethod
    def _take_up(self) -> None:
        """Open the cable's end; nothing where it is open."""

    @abstractmethod
    def _let_go(self) -> None:
        """Close the cable's end; nothing where it is closed."""

    @abstractmethod
    def _attend(self, ready: object) -> None:
        """Take what has come: `ready` is something that was registered with the selector."""

    @abstractmethod
    def _listen(self) -> None:
        """See to it that the host is heard while its bytes can be taken: a full printer makes it wait."""

    @abstractmethod
    def _send(self, answers: bytes) -> None:
        """Send to the host; lost where there is none."""

    @abstractmethod
    def _hang_up(self) -> None:
        """The printer is switched off: what a host notices of that."""


def _unheard(_report: Report) -> None:
    """The log has it."""
