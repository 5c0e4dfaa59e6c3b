"""A kiosk in an outlet in memory, a printer that obeys the test, and a citizen who touches the glass."""

from collections.abc import Callable
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.values import CommandId, Delivery, TicketId
from hardware import job
from hardware.job import PrinterState
from hardware.page import JobKind, Page
from hardware.paper_check import Paper as PaperStage
from hardware.print_journal import Doubt
from hardware.told import Told
from kiosk.app import Kiosk
from tests.support.morning import ONE, TWO, Morning
from tests.support.outlet import LocalSession
from tests.support.touch import is_on_top, middle_of, touch_at

PATIENCE_MS = 15_000


class HandPrinter:
    """Stands for a printer whose states and ends the test decides: they come when it says so."""

    def __init__(self) -> None:
        self.can_print = True
        self.told = Told(PrinterState.READY)
        self.printed: list[Page] = []
        self.commands: list[CommandId] = []
        self.running = False
        self.papers: tuple[PaperStage, ...] = (PaperStage.TRUSTED,)
        self.doubts: list[Doubt] = []
        self.printed_again: list[Doubt] = []
        self.settled: list[Doubt] = []
        self._watchers: list[Callable[[], None]] = []
        self._ends: list[Callable[[job.Outcome], None]] = []

    def on_change(self, watcher: Callable[[], None]) -> None:
        self._watchers.append(watcher)

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    @property
    def tickets(self) -> list[Page]:
        return [page for page in self.printed if page.kind is JobKind.TICKET]

    @property
    def appointments(self) -> list[Page]:
        return [page for page in self.printed if page.kind is JobKind.APPOINTMENT]

    def print_page(
        self,
        page: Page,
        command: CommandId,
        ticket: TicketId | None,
        on_end: Callable[[job.Outcome], None],
    ) -> None:
        self.printed.append(page)
        self.commands.append(command)
        self._ends.append(on_end)

    def in_doubt(self) -> tuple[Doubt, ...]:
        return tuple(self.doubts)

    def print_again(self, doubt: Doubt, on_end: Callable[[job.Outcome], None]) -> None:
        self.printed_again.append(doubt)
        self._ends.append(on_end)

    def settle(self, doubt: Doubt) -> None:
        self.settled.append(doubt)

    def readable(self, printer: int) -> None:
        self._check(printer, PaperStage.TRUSTED)

    def unreadable(self, printer: int) -> None:
        self._check(printer, PaperStage.WHITE)

    def asks(self, *papers: PaperStage) -> None:
        """So far has the check of its printers' paper come."""
        self.papers = papers
        self.can_print = PaperStage.TRUSTED in papers
        self.found(PrinterState.READY)

    def _check(self, printer: int, paper: PaperStage) -> None:
        self.asks(*(paper if at == printer else each for at, each in enumerate(self.papers)))

    def run_out_of_paper(self) -> None:
        self.can_print = False
        self.found(PrinterState.PAPER_OUT)

    def found(self, state: PrinterState) -> None:
        """This is how it is now."""
        self.told = Told(state)
        for watcher in self._watchers:
            watcher()

    def end(self, outcome: job.Outcome) -> None:
        """The oldest ticket that is being printed ends like this."""
        self._ends.pop(0)(outcome)


def open_outlet(**more: object) -> Morning:
    """Half past seven: Sri sits at counter 1, Ratna at counter 2, nobody waits."""
    outlet = Morning(**more)  # type: ignore[arg-type]
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    return outlet


def issued(outlet: Morning) -> list[e.TicketIssued]:
    """All numbers that were given out."""
    return [record.event for record in outlet.journal if isinstance(record.event, e.TicketIssued)]


def delivered(outlet: Morning) -> dict[TicketId, Delivery]:
    """How each number reached its citizen, as the broker has been told."""
    events = (record.event for record in outlet.journal)
    return {each.ticket: each.delivery for each in events if isinstance(each, e.TicketDelivered)}


def read_qr(window: QWidget) -> list[str]:
    """What a camera before the screen reads, with a reader that is not ours."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    size, line = (picture.width(), picture.height()), picture.bytesPerLine()
    image = Image.frombuffer("L", size, bytes(picture.constBits()), "raw", "L", line, 1)
    return [found.text for found in zxingcpp.read_barcodes(image)]


@dataclass
class Citizen:
    """Touches what can be seen, and counts the touches."""

    qtbot: QtBot
    outlet: Morning
    session: LocalSession
    printer: HandPrinter
    kiosk: Kiosk
    touches: int = field(default=0)

    @property
    def page(self) -> str:
        page = self.kiosk.window.page
        return "" if page is None else page.objectName().removeprefix("page-")

    def sees(self, name: str) -> bool:
        return self._find(name) is not None

    def find(self, name: str) -> QWidget:
        self.qtbot.waitUntil(lambda: self.sees(name), timeout=PATIENCE_MS)
        widget = self._find(name)
        assert widget is not None
        return widget

    def button(self, name: str) -> QAbstractButton:
        widget = self.find(name)
        assert isinstance(widget, QAbstractButton)
        return widget

    def touch(self, *names: str) -> None:
        """Touch these, one after the other, each once it can be touched."""
        for name in names:
            touch_at(self.kiosk.window, self._place_of(name))
            self.touches += 1

    def touch_twice(self, name: str) -> None:
        """Two touches at the same place as fast as can be, whatever the first one brings there."""
        place = self._place_of(name)
        for _ in range(2):
            touch_at(self.kiosk.window, place)

    def reads(self, words: str) -> bool:
        """Whether these words stand on the page."""
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        """All words on the page."""
        return [
            f"{widget.accessibleName()} {widget.accessibleDescription()}"
            for widget in self.kiosk.window.findChildren(QWidget)
            if widget.isVisible() and widget.accessibleName()
        ]

    def _place_of(self, name: str) -> QPoint:
        """Where to touch it, as soon as nothing lies over it."""
        widget = self.find(name)
        self.qtbot.waitUntil(lambda: is_on_top(widget), timeout=PATIENCE_MS)
        return middle_of(widget)

    def _find(self, name: str) -> QWidget | None:
        named = self.kiosk.window.findChildren(QWidget, name)
        return next((widget for widget in named if widget.isVisible()), None)
