"""A serial scanner's cable on a pseudo terminal, which can be pulled out and put in."""

import os
import pty
import tty
from pathlib import Path


class ScannerLine:
    """Programs find it at `path`, as they would find /dev/ttyACM0."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ends: tuple[int, int] | None = None

    def plug_in(self) -> None:
        ends = pty.openpty()
        tty.setraw(ends[1])
        self.path.symlink_to(os.ttyname(ends[1]))
        self._ends = ends

    def pull_out(self) -> None:
        if self._ends is not None:
            self.path.unlink()
            for end in self._ends:
                os.close(end)
        self._ends = None

    def send(self, data: bytes) -> None:
        """The scanner reads something."""
        assert self._ends is not None
        os.write(self._ends[0], data)
