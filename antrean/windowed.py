"""The programs that have a window: kiosk, counter and lobby display, each put together and run here.

In order: the log, the screen, Qt with the house's fonts and the end on an error of its own, the link to the broker,
then the program itself, which is imported alone. Its window is closed, or SIGTERM comes: the program stops, then
the link.
"""

import importlib.metadata
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

import structlog
from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from antrean import addresses, keys, logs, papers
from antrean.clocks import device_clock
from antrean.problem import Problem
from antrean.screen import require_screen
from antrean.settings import Settings
from antrean.systemd import Supervisor
from broker.domain.known import Known
from hardware.layout.blocks import LayoutError
from hardware.print_journal import JournalUnusable
from hardware.settings import DeviceSettingError
from ui.crash import end_on_error
from ui.gui_thread import GuiThread
from ui.link import QtLink
from ui.window import prepare
from wording import Wording

VERSION = importlib.metadata.version("antrean")

log = structlog.get_logger(__name__)


class Program(Protocol):
    """What each of the three offers once it is built."""

    @property
    def window(self) -> QWidget:
        """Its one window."""

    def start(self) -> None:
        """Show the window and begin."""

    def stop(self) -> None:
        """End in order; returns when everything has ended."""


class Running:
    """A program on its link, ready to run."""

    def __init__(self, application: QApplication, link: QtLink, program: Program) -> None:
        self._gui = GuiThread()
        self._application = application
        self._link = link
        self._program = program
        self._supervisor = Supervisor()
        self._beat = QTimer()
        self._beat.timeout.connect(self._supervisor.alive)
        self.window = program.window
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.quit())
        link.start()
        program.start()
        log.info("the window is open")

    def quit(self) -> None:
        """End the program soon; may be called from any thread."""
        self._gui.run(self._application.quit)

    def run(self) -> int:
        """Run until the window is closed or `quit` is called; returns the exit code."""
        QTimer.singleShot(0, self._supervisor.ready)
        if self._supervisor.beat_seconds is not None:
            self._beat.start(int(self._supervisor.beat_seconds * 1000))
        code = self._application.exec()
        self._beat.stop()
        self._supervisor.stopping()
        try:
            self._program.stop()
        finally:
            self._link.stop()
        return code


def run_kiosk(settings: Settings, base: Path, wording: Wording) -> Running:
    """The kiosk. `base` is the folder that relative paths in the settings start from. Raises Problem."""
    from kiosk.app import build

    own = settings.kiosk
    journal = base / own.print_journal
    own = replace(own, print_journal=str(journal), layouts=_in(base, own.layouts))
    known = partial(papers.known_from, journal)
    return _running("kiosk", settings, base, wording, lambda link: build(own, link), known)


def run_counter(settings: Settings, base: Path, wording: Wording) -> Running:
    """A counter's window. Raises Problem."""
    from counter.app import build

    own = settings.counter
    own = replace(own, print_journal=str(base / own.print_journal), layouts=_in(base, own.layouts))
    return _running("counter", settings, base, wording, lambda link: build(own, link))


def run_display(settings: Settings, base: Path, wording: Wording) -> Running:
    """A lobby display. Raises Problem."""
    from display.app import build

    return _running("display", settings, base, wording, lambda link: build(settings.display, link))


def _in(base: Path, folder: str) -> str:
    """A folder that the settings name, or none."""
    return str(base / folder) if folder else ""


PROGRAMS = {"kiosk": run_kiosk, "counter": run_counter, "display": run_display}


def _running(
    name: str,
    settings: Settings,
    base: Path,
    wording: Wording,
    build: Callable[[QtLink], Program],
    known: Callable[[], Known] = Known,
) -> Running:
    logs.configure(settings.log, name, base)
    require_screen(wording)
    connection = settings.connection
    endpoints = addresses.endpoints(connection.requests, connection.updates, wording)
    keyring = keys.DeviceKeyring(base / connection.key, wording)
    application = QApplication([f"antrean {name}"])
    end_on_error()
    prepare(application)
    link = QtLink(endpoints, keyring, f"{name} {VERSION}", device_clock(settings.clock), known)
    try:
        return Running(application, link, build(link))
    except (DeviceSettingError, LayoutError):
        link.stop()
        raise
    except JournalUnusable as error:
        link.stop()
        todo = wording.t(
            "Name another file for it in the settings, or give this program the right to write it."
        )
        raise Problem(wording.t("The print journal can't be used"), str(error), todo) from error
