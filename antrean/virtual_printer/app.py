"""The virtual printer with its window, put together.

In order: the log, the screen, the printer on its port, Qt with the house's fonts and the end on an error of its own,
then the window, which looks at the printer ten times a second. It is closed, or SIGTERM comes: the printer stops.

Stable object names, for tests and demonstrations: address, language · lamp-ready, lamp-paper, lamp-cover,
lamp-cutter, lamp-heat, lamp-line · paper, cover, upside-down, cutter, near-end, heat, cable, power, answers, speed,
tear-off, all-well · zoom-in, zoom-out.
"""

import datetime as dt
from pathlib import Path

import structlog
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from antrean import logs
from antrean.headless import ABILITIES, NARROW_MM, stop_on_signals, virtual_printer_problems
from antrean.screen import require_screen
from antrean.settings import Settings
from antrean.virtual_printer.bench import Bench
from antrean.virtual_printer.window import PrinterWindow
from hardware.virtual.paper import WIDTH_58MM, WIDTH_80MM
from ui.crash import end_on_error
from ui.gui_thread import GuiThread
from ui.theme import Size
from ui.window import prepare
from wording import Language, Wording

LOOK_MS = 100
WINDOW = Size(1366, 768)

log = structlog.get_logger(__name__)


class PrinterProgram:
    """One printer and its window. Made in the GUI's thread, after `ui.window.prepare`."""

    def __init__(self, bench: Bench, size: Size, language: Language) -> None:
        self._bench = bench
        self.window = PrinterWindow(bench, size, language)
        self._looking = QTimer(self.window, interval=LOOK_MS)
        self._looking.timeout.connect(self.window.look)

    def start(self) -> None:
        """Switch the printer on, and show the window."""
        self._bench.start()
        self._looking.start()
        self.window.look()
        self.window.show()
        self.window.activateWindow()

    def stop(self) -> None:
        self._looking.stop()
        self._bench.stop()
        self.window.close()


def run_window(settings: Settings, base: Path, wording: Wording) -> int:
    """Run the virtual printer with its window until that is closed. Raises Problem when it can't begin."""
    logs.configure(settings.log, "virtual-printer", base)
    require_screen(wording)
    own = settings.virtual_printer
    width = WIDTH_58MM if own.paper_mm == NARROW_MM else WIDTH_80MM
    with virtual_printer_problems(own, base, wording):
        bench = Bench(own.host, own.port, base / own.folder, width, dt.datetime.now, ABILITIES[own.like])
    application = QApplication(["antrean virtual-printer"])
    end_on_error()
    prepare(application)
    program = PrinterProgram(bench, _fitting(application), wording.language)
    gui = GuiThread()
    stop_on_signals(lambda: gui.run(application.quit))
    program.start()
    log.info("the virtual printer's window is open", address="{}:{}".format(*bench.address))
    code = application.exec()
    program.stop()
    return code


def _fitting(application: QApplication) -> Size:
    """The window's size, or all the screen where that is smaller."""
    room = application.primaryScreen().availableGeometry()
    return Size(min(WINDOW.width, room.width()), min(WINDOW.height, room.height()))
