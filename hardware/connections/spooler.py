"""A queue of CUPS on this machine, through its programs `lp`, `lpstat` and `cancel`.

Not through python-escpos' driver: that hands a page over without asking what became of it, and waits without end.
"""

import os
import re
import subprocess
import time
from collections.abc import Mapping
from types import MappingProxyType

from hardware.connection import ConnectionLost, PageRefused, Progress
from hardware.connections.address import SpoolerAddress
from hardware.job import PrinterState

_TAKEN = re.compile(r"request id is (\S+-\d+)")
_DONE = frozenset({"none", "job-completed-successfully", "processing-to-stop-point"})
"""What CUPS says of a page that it has ended itself; the last is left standing by CUPS 2.4, where nothing was wrong."""
_REASONS: Mapping[str, PrinterState] = MappingProxyType(
    {
        "media-empty": PrinterState.PAPER_OUT,
        "media-needed": PrinterState.PAPER_OUT,
        "cover-open": PrinterState.COVER_OPEN,
        "door-open": PrinterState.COVER_OPEN,
        "interlock-open": PrinterState.COVER_OPEN,
        "media-jam": PrinterState.FAULT,
        "fuser-over-temp": PrinterState.OVERHEATED,
        "offline": PrinterState.OFFLINE,
        "paused": PrinterState.OFFLINE,
        "shutdown": PrinterState.OFFLINE,
        "connecting-to-device": PrinterState.UNREACHABLE,
        "timed-out": PrinterState.UNREACHABLE,
        "media-low": PrinterState.PAPER_LOW,
    }
)
"""The words of RFC 8011 and PWG 5100.9 for what is the matter with a printer, the worst first."""


class SpoolerQueue:
    """Pages go to the queue as they are ("raw"); see `hardware.connection.Spooled`."""

    def __init__(self, address: SpoolerAddress) -> None:
        self._address = address

    @property
    def description(self) -> str:
        return str(self._address)

    def state(self, within_seconds: float) -> PrinterState:
        queue = self._address.queue
        told = self._ask("lpstat", "-l", "-p", queue, "-a", queue, within_seconds=within_seconds)
        first, *details = told.splitlines() or [""]
        reasons = _after("Alerts:", details)
        found = [
            state for reason, state in _REASONS.items() if any(each.startswith(reason) for each in reasons)
        ]
        if found:
            return found[0]
        if " disabled since " in first or any(f"{queue} not accepting requests" in line for line in details):
            return PrinterState.OFFLINE
        return PrinterState.READY

    def submit(self, data: bytes, within_seconds: float) -> str:
        end = time.monotonic() + within_seconds
        done = self._run(
            "lp", "-d", self._address.queue, "-o", "raw", data=data, within_seconds=within_seconds
        )
        if done.returncode != 0:
            # lp fails too where it has handed the page over and the spooler's last word is missing: look.
            if self._is_empty(end - time.monotonic()):
                raise PageRefused(self._complaint(done))
            raise ConnectionLost(self._complaint(done))
        if (taken := _TAKEN.search(_text(done.stdout))) is None:
            raise ConnectionLost(f"{self.description}: lp has not said what it calls the page")
        return taken[1]

    def progress(self, page: str, within_seconds: float) -> Progress:
        # In this order, so that a page that ends between the two questions is heard of.
        if self._entry("not-completed", page, within_seconds / 2) is not None:
            return Progress.WAITING
        entry = self._entry("completed", page, within_seconds / 2)
        if entry is None:
            return Progress.UNHEARD_OF
        return Progress.DONE if _DONE.issuperset(_after("Alerts:", entry)) else Progress.DROPPED

    def cancel(self, page: str, within_seconds: float) -> None:
        self._ask("cancel", page, within_seconds=within_seconds)

    def _entry(self, which: str, page: str, within_seconds: float) -> list[str] | None:
        """What the queue's list of such pages says of one; None where it is not among them."""
        told = self._ask(
            "lpstat", "-l", "-W", which, "-o", self._address.queue, within_seconds=within_seconds
        )
        lines = told.splitlines()
        at = next((number for number, line in enumerate(lines) if line.split(" ")[0] == page), None)
        return None if at is None else _indented(lines[at + 1 :])

    def _is_empty(self, within_seconds: float) -> bool:
        """Whether no page waits in the queue or is being printed."""
        return not self._ask(
            "lpstat", "-W", "not-completed", "-o", self._address.queue, within_seconds=within_seconds
        )

    def _ask(self, program: str, *arguments: str, within_seconds: float) -> str:
        """What a program of CUPS answers, in English."""
        done = self._run(program, *arguments, within_seconds=within_seconds)
        if done.returncode != 0:
            raise ConnectionLost(self._complaint(done))
        return _text(done.stdout)

    def _run(
        self, program: str, *arguments: str, within_seconds: float, data: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                (program, *arguments),
                input=data,
                capture_output=True,
                timeout=within_seconds,
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ConnectionLost(f"{self.description}: {program} does not answer") from None
        except FileNotFoundError as error:
            raise ConnectionLost(f"{self.description}: the program {program} is not installed") from error
        except OSError as error:
            raise ConnectionLost(f"{self.description}: {program}: {error.strerror}") from error

    def _complaint(self, done: subprocess.CompletedProcess[bytes]) -> str:
        return f"{self.description}: {_text(done.stderr).strip()}"


def _text(told: bytes) -> str:
    return told.decode(errors="replace")


def _indented(lines: list[str]) -> list[str]:
    """The lines that belong to the one above."""
    ending = next((number for number, line in enumerate(lines) if not line[:1].isspace()), len(lines))
    return lines[:ending]


def _after(word: str, lines: list[str]) -> list[str]:
    return [
        each for line in lines if line.strip().startswith(word) for each in line.strip()[len(word) :].split()
    ]
