"""Every page, in both languages and on every kind of panel, with the whole catalogue: nothing cut or overlapping."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

import catalogue
from antrean.seed import seed_for
from broker.client import Link
from broker.domain.values import Language, Service, ServiceCode
from hardware.job import Failed, Printed, PrinterState
from kiosk import flow as f
from kiosk.flow import Page, Visit
from kiosk.screens.message import Sign
from kiosk.screens.slot import PaperTicket
from tests.kiosk.conftest import Stand
from tests.kiosk.support import PATIENCE_MS, Citizen, open_outlet
from tests.support.morning import ONE, Morning
from ui.legibility import cut_words
from ui.widgets.label import TextLabel
from ui.widgets.pressable import Pressable

SIZES = [(1080, 1920), (1366, 768), (1920, 1080), (1024, 600)]
LEAST_TOUCH_PX = {(1080, 1920): 81, (1366, 768): 74, (1920, 1080): 104, (1024, 600): 61}
ONE_DAY, LONG = ServiceCode("USH-126"), ServiceCode("ADM-003")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.screens.slot.SLIDE_MS", 30)


@cache
def services() -> tuple[Service, ...]:
    outlet = next(each for each in catalogue.load_outlets() if each.level is catalogue.Level.KELURAHAN)
    return seed_for(outlet, 3).services


@pytest.fixture
def outlet() -> Morning:
    """A busy quarter of an hour: 28 people wait."""
    outlet = open_outlet(services=services())
    for letter, people in (("A", 12), ("B", 8), ("C", 5), ("D", 2), ("E", 1)):
        for _ in range(people):
            outlet.take(letter)
    outlet.call("sri", ONE)
    outlet.advance(minutes=15)
    return outlet


def pages(citizen: Citizen, language: Language) -> Iterator[str]:
    """Walk through every page; each is on the screen when its name is given."""
    happen, printer = citizen.kiosk.presenter.happen, citizen.printer
    yield "start"
    happen(f.Begun(language))
    yield "choose"
    happen(f.OneDayChosen("A"))
    yield "one-day"
    happen(f.WentBack())
    happen(f.SearchChosen())
    yield "search"
    happen(f.WentBack())
    for letter, code in (("A", ONE_DAY), ("B", LONG)):
        happen(f.ServiceChosen(letter, code))
        yield f"service {code}"
        happen(f.WentBack())
    happen(f.ServiceChosen("A", ONE_DAY))
    happen(f.NumberWanted())
    yield "priority"
    printer.can_print = False
    citizen.kiosk.presenter.printer_changed()
    yield "priority without paper"
    printer.can_print = True
    happen(f.PriorityAnswered(None))
    paper = citizen.kiosk.window.findChild(PaperTicket)
    assert paper is not None
    citizen.qtbot.waitUntil(lambda: paper.y() == 0, timeout=PATIENCE_MS)
    yield "printing"
    printer.end(Printed())
    yield "taking"
    happen(f.Done())
    for event in (
        f.Begun(language),
        f.ServiceChosen("A", ONE_DAY),
        f.NumberWanted(),
        f.PriorityAnswered(None),
    ):
        happen(event)
    printer.end(Failed(PrinterState.PAPER_OUT))
    yield "on-screen"
    happen(f.Done())
    happen(f.Begun(language))
    citizen.outlet.advance(minutes=400)
    yield "choose, closed"
    happen(f.ServiceChosen("A", ONE_DAY))
    yield "service, closed"
    citizen.kiosk.presenter.visit = Visit(Page.PRIORITY, language, (Page.START,), f.Wish("B"))
    happen(f.PriorityAnswered(None))
    yield "refused"
    citizen.kiosk.presenter.visit = Visit(Page.UNANSWERED, language, (Page.START,))
    happen(f.StillHere())
    yield "unanswered"
    happen(f.Done())
    citizen.session.set_link(Link.STALE)
    yield "away"


def overlapping(window: QWidget) -> list[str]:
    """Pairs of buttons, texts and signs that share pixels."""
    solid = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, Pressable | TextLabel | Sign) and widget.isVisible()
    ]
    places = {widget: QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()) for widget in solid}
    return [
        f"{one.accessibleName()} / {other.accessibleName()}"
        for one, other in combinations(solid, 2)
        if places[one].intersects(places[other]) and not one.isAncestorOf(other)
    ]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_can_be_read(stand: Stand, size: tuple[int, int], language: Language) -> None:
    citizen = stand(size)
    flaws = {}
    for name in pages(citizen, language):
        QApplication.processEvents()
        found = [*cut_words(citizen.kiosk.window), *overlapping(citizen.kiosk.window)]
        if found:
            flaws[name] = found
    assert flaws == {}


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_that_is_touched_is_large_enough(stand: Stand, size: tuple[int, int]) -> None:
    """20 mm on the panels that LOOK measures; on the small one at least as large as its keys."""
    citizen = stand(size)
    least = LEAST_TOUCH_PX[size]
    small = {}
    for name in pages(citizen, Language.INDONESIAN):
        QApplication.processEvents()
        for button in citizen.kiosk.window.findChildren(Pressable):
            if button.isVisible() and min(button.width(), button.height()) < least:
                small[f"{name}: {button.objectName()}"] = (button.width(), button.height())
    assert small == {}
