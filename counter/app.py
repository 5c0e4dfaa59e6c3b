"""The counter program, put together.

`build` makes, from the outside in: the printer with its own thread, where the counter has one; the window;
the presenter over the link's session; the wedge that tells scans from typing; and what runs the plug-ins that
watch machines. `CounterProgram.start` shows the window. The first page is the sign-in page or, when the broker still
knows who is signed in at this device, the desk as it was: the broker holds everything, a restart loses nothing. From
then on the session tells the presenter of every change, a timer tells it that time has passed, and what the clerk
does becomes commands. The link belongs to the caller, who starts it before and stops it after. Whoever is signed in
when the window closes stays so.

Stable object names, for tests and demonstrations:
sign-in page: clerk-ID, pin-0 … pin-9, pin-delete, sign-in, language · bar: tab-desk, tab-one-day; link-lost while the
broker is not heard · desk, one button that changes: open, call-next, start, complete, end-break; and: recall,
no-show, refute-priority, hold, transfer, change-service, accept, scan, cancel, break, sign-out; why and plan-steps,
which tell something, too; undo while there is something to take back; resume-A001, slip-APPLICATION; to be read:
plate, timer, said · every sheet: sheet, back · answer, answer-for-citizen · step-B, planned-way, plan-confirm ·
hold-waiting, hold-completing-papers · break-break, break-prayer, break-back-office-work · to-queue, to-counter,
to-clerk, to-sender; transfer-B, transfer-counter-2, transfer-clerk-ID, transfer-sender; place-by-arrival,
place-front, place-end; note; transfer-confirm · cancel-citizen-left, cancel-issued-by-mistake, cancel-confirm ·
find-service, service-CODE, service-confirm · requirement-0 …, all-received, other-service, accept-confirm · ready-by,
paper, print-again, close · doubt-print, doubt-settled · code, scan-confirm · print-notes, hand-over-confirm · one-day
board: find, file-APPLICATION, mark-complete, hand-over, show-slip, next-stage, not-ready.
More and a supervisor's: bar: more, tab-appointments, tab-supervision; standing while something is not as usual ·
menu: give-number, appointments, day-report, supervision, machine-CODE; figure-0 …, paper, report-print ·
machine-ready …, machine-confirm · queue-A, channel-…, priority-…, language-…, give-confirm, told, print-again ·
emergency ticket: arrived-at, arrived-now, arrival, roll-confirm · page of appointments: day-before, day-after,
appointment-ID, book, cancel-appointment, check-in; sheets: check-in-confirm, cancel-appointment-confirm,
book-day-after, slot-0900, book-confirm, booked-close · overview: queue-card-A, counter-card-1, waiting-numbers,
clerks, conduct, close-doors, reopen-doors; sheets: pause-queue, resume-queue, close-queue, reopen-queue, reason-…,
closing-confirm · undo-call, reassign, release-counter, release-confirm, to-A, to-counter-2, reassign-confirm ·
find-waiting, choose-all, waiting-TICKET, move, void, move-A, move-confirm, void-confirm · skills-CLERK, skills-open,
report-open, skills-all, skill-CODE, from-DAY, skills-confirm · devices: tab-devices or, in the strip's menu, devices;
devices-count, devices-old, alarm-KIND, device-ID.

Keys: Ctrl+Enter for what comes next, here and in every sheet; others as the buttons show; Ctrl+1 to Ctrl+5 for the
pages, Ctrl+M for more, Ctrl+F to find, Esc to go back. A scanner may read at any time.
"""

from PySide6.QtCore import QRect, QTimer

from broker.client import PrinterReports
from broker.domain.values import CounterNumber
from counter.errands import SessionFace
from counter.habits import Habits
from counter.machines import Machines
from counter.paper import CounterPrinter
from counter.presenter import Presenter
from counter.printing import PrintingCounter
from counter.settings import CounterSettings
from counter.window import CounterWindow
from hardware.scanning.scanner import Scanner
from ui.gui_thread import GuiThread
from ui.link import QtLink
from ui.scanning import Wedge
from ui.theme import Size

TICK_MS = 200


class CounterProgram:
    """One counter on one window. Made in the GUI's thread, after `ui.window.prepare`."""

    def __init__(
        self, settings: CounterSettings, session: SessionFace, printer: CounterPrinter | None
    ) -> None:
        self._place = settings.window
        self._printer = printer
        self.window = CounterWindow("Antrean", Size(*settings.window.size), settings.language)
        self.presenter = Presenter(session, self.window, CounterNumber(settings.number), printer)
        self.window.set_presenter(self.presenter)
        self._habits = Habits(self.window)
        gui = GuiThread(self.window)
        self._scanner = Scanner(settings.scanner, lambda code: gui.run(lambda: self._scanned(code)))
        self._wedge = Wedge(
            self.window,
            lambda text: self._scanned(self._scanner.code_in(text)),
            lambda: self.window.listens_to_scans,
        )
        if printer is not None:
            printer.on_change(PrinterReports(session, lambda: printer.told).look)
        self._machines = Machines(session, settings.machines)
        self._ticking = QTimer(self.window, interval=TICK_MS)
        self._ticking.timeout.connect(self.presenter.time_passed)
        self.presenter.start()

    def start(self) -> None:
        """Show the window, full screen or at its place, and let time show."""
        if self._printer is not None:
            self._printer.start()
        self._machines.start()
        self._scanner.start()
        self._ticking.start()
        if self._place.full_screen:
            self.window.showFullScreen()
        else:
            self.window.place_at(QRect(*self._place.position, *self._place.size))
        self.window.activateWindow()

    def stop(self) -> None:
        """Let a slip that is being printed come out, then close the window."""
        self._ticking.stop()
        self._machines.stop()
        self._scanner.stop()
        if self._printer is not None:
            self._printer.stop()
        self.window.close()

    def _scanned(self, code: str) -> None:
        if self.window.listens_to_scans:
            self.presenter.scanned(code)


def build(settings: CounterSettings, link: QtLink) -> CounterProgram:
    """The program, not yet started. Raises JournalUnusable when the print journal can't be used."""
    session = link.session
    printer = PrintingCounter(settings, session.now) if settings.printers else None
    return CounterProgram(settings, session, printer)
