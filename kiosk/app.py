"""The kiosk program, put together.

`build` opens the print journal, makes the printer with its own thread, and a window; `Kiosk.start` shows the window
(full screen, or in its place) and begins to ask the printer how it is. From then on everything happens in the GUI's
thread: a touch becomes an Event of `flow`, the Presenter runs the flow and speaks with broker and printer, and the
page that follows is built, or the present one told of its new Sight. Until the broker answers, the page says so.
The link belongs to the caller, who starts it before the kiosk and stops it after.

Stable object names, for tests and demonstrations:
begin, begin-english, appointment · strip-readable, strip-blank · again, paper-in-hand · search, queue-A … ·
service-CODE, more · take, place-1 … · priority-none, priority-elderly, priority-disability, priority-pregnant,
priority-infant · done, copied, choose-again · search-field, key-a …, key-space, key-backspace, key-clear,
other-turn, choose-queue · code-field, key-A … · still-here · footer-back, footer-restart, footer-language.
The page itself is page-start, page-choose,
page-one-day … (see flow.Page).
For a moment after a touch has opened a page, the place touched is covered by double-touch-shield.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QTimer

from broker.client import PrinterReports, SessionFace
from hardware.scanning.scanner import Scanner
from kiosk import events
from kiosk.finder import Finder
from kiosk.flow import Page, Visit
from kiosk.glass import DoubleTouchShield, Glass
from kiosk.in_doubt import InDoubt
from kiosk.paper import PaperTickets
from kiosk.presenter import KioskPrinter, Presenter, Sight
from kiosk.screens.check_in import CheckInScreen
from kiosk.screens.choose import ChooseScreen
from kiosk.screens.in_doubt import AgainOnScreen, AgainScreen, InDoubtScreen
from kiosk.screens.message import AwayScreen, RefusedScreen, UnansweredScreen
from kiosk.screens.on_screen import OnScreenScreen
from kiosk.screens.one_day import OneDayScreen
from kiosk.screens.priority import PriorityScreen
from kiosk.screens.reserved import ReservedOnScreen, ReservedScreen
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.search import SearchScreen
from kiosk.screens.service import ServiceScreen
from kiosk.screens.start import StartScreen
from kiosk.screens.still_there import StillThereSheet
from kiosk.screens.ticket import TicketScreen
from kiosk.settings import KioskSettings
from kiosk.waiting import Waiting
from papers.words import wording_of
from ui.gui_thread import GuiThread
from ui.link import QtLink
from ui.scanning import Wedge
from ui.theme import Contrast, Size, TextSize, Theme, kiosk_theme
from ui.window import Window

_Made = Callable[[Stage, Sight], Screen | StartScreen]

_SCREENS: dict[Page, _Made] = {
    Page.START: StartScreen,
    Page.CHOOSE: ChooseScreen,
    Page.ONE_DAY: OneDayScreen,
    Page.SEARCH: SearchScreen,
    Page.SERVICE: ServiceScreen,
    Page.PRIORITY: PriorityScreen,
    Page.CHECK_IN: CheckInScreen,
    Page.ISSUING: TicketScreen,
    Page.PRINTING: TicketScreen,
    Page.LEAVING: TicketScreen,
    Page.TAKING: TicketScreen,
    Page.ON_SCREEN: OnScreenScreen,
    Page.REFUSED: RefusedScreen,
    Page.UNANSWERED: UnansweredScreen,
    Page.AWAY: AwayScreen,
}
_SCREENS_IN_DOUBT: dict[Page, _Made] = {
    Page.IN_DOUBT: InDoubtScreen,
    Page.PRINTING: AgainScreen,
    Page.LEAVING: AgainScreen,
    Page.TAKING: AgainScreen,
    Page.ON_SCREEN: AgainOnScreen,
}
"""While the paper is one of before the kiosk's start."""
_SCREENS_FOR_A_PLACE: dict[Page, _Made] = {
    Page.ISSUING: ReservedScreen,
    Page.PRINTING: ReservedScreen,
    Page.LEAVING: ReservedScreen,
    Page.TAKING: ReservedScreen,
    Page.ON_SCREEN: ReservedOnScreen,
}
"""While the citizen gets a place for another day, and no number."""

_LOOK_AT_CLOCK_MS = 250
_DOUBLE_TOUCH_REACH_PX = 80


class Kiosk(QObject):
    """One kiosk on one window. Made in the GUI's thread, after `ui.window.prepare`."""

    def __init__(self, settings: KioskSettings, session: SessionFace, printer: KioskPrinter) -> None:
        super().__init__()
        self._settings = settings
        self._printer = printer
        self._finder = Finder()
        self._screen: Screen | StartScreen | None = None
        self._built_from: tuple[object, ...] = ()
        self._sheet: StillThereSheet | None = None
        self._minute = 0
        self.window = Window(self._theme(Size(*settings.window.size)), "Antrean")
        self.window.resize(*settings.window.size)
        self.window.winId()  # makes the window's handle, which the glass watches
        self._shield = DoubleTouchShield(self.window, settings.double_touch_ms)
        handle = self.window.windowHandle()
        assert handle is not None
        self._glass = Glass(handle, self)
        self._waiting = Waiting(settings.waits, self)
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK_AT_CLOCK_MS)
        self.presenter = Presenter(session, printer, self._show, settings.waits.in_doubt)
        printer.on_change(self.presenter.printer_changed)
        printer.on_change(PrinterReports(session, lambda: printer.told).look)
        gui = GuiThread(self)
        self._scanner = Scanner(settings.scanner, lambda code: gui.run(lambda: self._scanned(code)))
        self._wedge = Wedge(self.window, lambda text: self._scanned(self._scanner.code_in(text)))
        self._glass.touched.connect(self._waiting.touched)
        self._waiting.over.connect(lambda: self.presenter.happen(events.TimeIsUp()))
        self._waiting.shown.connect(self._count_down)
        self._clock.timeout.connect(self._look_at_clock)
        self.window.installEventFilter(self)
        self._show()

    def start(self) -> None:
        """Show the window and begin to ask the printer how it is."""
        self._printer.start()
        self._scanner.start()
        self._clock.start()
        place = self._settings.window
        if place.full_screen:
            self.window.showFullScreen()
        else:
            self.window.place_at(QRect(*place.position, *place.size))

    def stop(self) -> None:
        """Let a ticket that is being printed come out, then let go of the printer and the window."""
        self._clock.stop()
        self._waiting.stop()
        self._scanner.stop()
        self._printer.stop()
        self.window.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window and event.type() is QEvent.Type.Resize:
            self._show()
        return False

    def _scanned(self, code: str) -> None:
        self.presenter.happen(events.Scanned(code))

    # What is shown

    def _show(self) -> None:
        sight = self.presenter.sight
        theme = self._theme(self.window.area)
        visit, state = sight.visit, sight.state
        built_from = (_screen_of(visit), visit.language, theme, id(state.rules), id(state.services))
        if self._screen is None or built_from != self._built_from:
            self._built_from = built_from
            self._build(sight, theme)
        assert self._screen is not None
        self._screen.setObjectName(f"page-{visit.page.name.lower().replace('_', '-')}")
        self._screen.refresh(sight)
        self._minute = sight.now // 60_000
        self._waiting.follow(visit)
        self._ask_if_there(sight)

    def _build(self, sight: Sight, theme: Theme) -> None:
        language = sight.visit.language
        stage = Stage(theme, wording_of(sight.state, language), language, self._finder, self.presenter.happen)
        self._sheet = None  # goes with its page
        self._screen = _screen_of(sight.visit)(stage, sight)
        self._screen.refresh(sight)
        self.window.show_page(self._screen, theme)
        if self._glass.place is not None:
            self._shield.cover(self._glass.place, theme.px(_DOUBLE_TOUCH_REACH_PX))
            self._glass.place = None

    def _ask_if_there(self, sight: Sight) -> None:
        asked = sight.visit.asked_if_there
        if asked and self._sheet is None and isinstance(self._screen, Screen):
            self._sheet = StillThereSheet(self._screen.stage, self._screen)
            self._sheet.open_sheet()
        elif not asked and self._sheet is not None:
            self._sheet.close_sheet()
            self._sheet = None

    def _count_down(self, left_seconds: float, of_seconds: float) -> None:
        if self._sheet is not None:
            self._sheet.count_down(left_seconds, of_seconds)
        elif isinstance(self._screen, Screen):
            self._screen.count_down(left_seconds, of_seconds)

    def _look_at_clock(self) -> None:
        if self.presenter.sight.now // 60_000 != self._minute:
            self._show()

    def _theme(self, area: Size) -> Theme:
        return kiosk_theme(area, Contrast.NORMAL, TextSize.NORMAL)


def _screen_of(visit: Visit) -> _Made:
    if isinstance(visit.given, InDoubt):
        return _SCREENS_IN_DOUBT[visit.page]
    gets_place = visit.wish is not None and visit.wish.slot_at is not None
    return (gets_place and _SCREENS_FOR_A_PLACE.get(visit.page)) or _SCREENS[visit.page]


def build(settings: KioskSettings, link: QtLink) -> Kiosk:
    """The program, not yet started. Raises JournalUnusable when the print journal can't be used."""
    return Kiosk(settings, link.session, PaperTickets(settings, link.session.now))
