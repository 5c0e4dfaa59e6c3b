"""Puts the virtual printer on a serial line: a pseudo terminal, which programs open as they open /dev/ttyUSB0.

There is no flow control on the line that the printer could use: what is sent while it is full waits in the
terminal, at first in the host's end, and what is sent while it is switched off is lost.
"""

import contextlib
import os
import pty
import selectors
import time
import tty
from collections.abc import Callable
from pathlib import Path

from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.at_work import PrinterAtWork
from hardware.virtual.engine import Engine
from hardware.virtual.paper import WIDTH_80MM, Paper

_BITS_PER_BYTE = 10  # start, eight bits, stop
_BURST_SECONDS, _SHARE_SECONDS = 0.02, 0.01


class SerialPrinter(PrinterAtWork):
    """A virtual printer at the end of a serial line, which programs find at `path`: a link, made here.

    The line carries `baud` bits per second towards the printer. Unplugged, the link is gone and who has the line
    open reads its end, as with an adapter that is pulled out; plugged in again it is there at the same path.
    OSError where the link cannot be made.
    """

    def __init__(
        self,
        on_paper: Callable[[Paper], object],
        path: Path,
        *,
        baud: int = 38400,
        width_dots: int = WIDTH_80MM,
        abilities: Abilities = EPSON,
        mm_per_second: float | None = None,
    ) -> None:
        self.path = path
        self._line: _Line | None = _Line(path)  # first: where the machine has none, nothing else is open yet
        super().__init__(Engine(on_paper, width_dots, abilities), mm_per_second)
        self._bytes_per_second = baud / _BITS_PER_BYTE
        self._hearing = False
        self._allowed = 0.0
        self._counted_at = time.monotonic()

    @property
    def _in_haste(self) -> bool:
        return self._line is not None and not self._stalled and not self._hearing

    def _take_up(self) -> None:
        if self._line is None:
            self._line = _Line(self.path)

    def _let_go(self) -> None:
        if self._line is not None:
            self._deafen(self._line)
            self._line.close()
            self._line = None

    def _attend(self, ready: object) -> None:
        if self._line is None or ready != self._line.printer_end:
            return
        data = self._line.read(min(int(self._allowance()), self._engine.room))
        self._allowed -= len(data)
        self._engine.receive(data)

    def _listen(self) -> None:
        if self._line is None:
            return
        share = max(1.0, self._bytes_per_second * _SHARE_SECONDS)
        hearing = not self._stalled and self._engine.room > 0 and self._allowance() >= share
        if hearing and not self._hearing:
            self._selector.register(self._line.printer_end, selectors.EVENT_READ)
            self._hearing = True
        elif not hearing:
            self._deafen(self._line)

    def _send(self, answers: bytes) -> None:
        if self._line is not None:
            self._line.write(answers)

    def _hang_up(self) -> None:
        """A serial line does not tell that the printer is off."""

    def _allowance(self) -> float:
        """How many bytes may have come through by now: a short burst at most, then at the line's pace."""
        now = time.monotonic()
        came = (now - self._counted_at) * self._bytes_per_second
        self._counted_at = now
        self._allowed = min(self._allowed + came, max(1.0, self._bytes_per_second * _BURST_SECONDS))
        return self._allowed

    def _deafen(self, line: "_Line") -> None:
        if self._hearing:
            self._selector.unregister(line.printer_end)
            self._hearing = False


class _Line:
    """Both ends of a pseudo terminal, raw, and a link to the host's end.

    The printer holds the host's end open too: so the line is there, and raw, whether or not a program has it open.
    """

    def __init__(self, link: Path) -> None:
        self.printer_end, self._host_end = pty.openpty()
        self._link = link
        try:
            tty.setraw(self._host_end)
            os.set_blocking(self.printer_end, False)
            link.symlink_to(os.ttyname(self._host_end))
        except OSError:
            self._close_ends()
            raise

    def read(self, count: int) -> bytes:
        try:
            return os.read(self.printer_end, count) if count else b""
        except BlockingIOError:
            return b""

    def write(self, data: bytes) -> None:
        """What nobody reads in time is lost, as on a line."""
        with contextlib.suppress(BlockingIOError):
            os.write(self.printer_end, data)

    def close(self) -> None:
        self._link.unlink(missing_ok=True)
        self._close_ends()

    def _close_ends(self) -> None:
        os.close(self._host_end)
        os.close(self.printer_end)
