"""Every page, in both languages and on every kind of panel, with the whole catalogue: nothing cut or overlapping."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

import catalogue
from antrean.seed import seed_for
from broker.client import Link
from broker.domain.appointment import Wanted
from broker.domain.commands import (
    BookAppointments,
    CloseDoors,
    CloseQueue,
    ConfigureOutlet,
    PauseQueue,
    ReopenDoors,
)
from broker.domain.rules import Bilingual, DatedWeek, Service
from broker.domain.values import BusinessDay, ClosingReason, DeviceRole, Language, ServiceCode
from hardware.job import Failed, Printed, PrinterState
from hardware.paper_check import Paper as PaperStage
from kiosk import events as e
from kiosk import flow as f
from kiosk.flow import Page, Visit
from kiosk.screens.message import Sign
from kiosk.screens.slot import Paper
from tests.kiosk.conftest import Stand
from tests.kiosk.cut_off import number_in_doubt, place_in_doubt
from tests.kiosk.support import PATIENCE_MS, Citizen, open_outlet
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of
from tests.support.sample import TUESDAY, at, rules
from ui.legibility import cut_words
from ui.widgets.label import TextLabel
from ui.widgets.pressable import Pressable

SIZES = [(1080, 1920), (1366, 768), (1920, 1080), (1024, 600)]
LEAST_TOUCH_PX = {(1080, 1920): 81, (1366, 768): 74, (1920, 1080): 104, (1024, 600): 61}
WEDNESDAY = BusinessDay("2026-07-15")
TOMORROW = at(9, day=WEDNESDAY)
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
    happen(e.Begun(language))
    yield "choose"
    happen(e.OneDayChosen("A"))
    yield "one-day"
    happen(e.WentBack())
    happen(e.SearchChosen())
    yield "search"
    happen(e.WentBack())
    for letter, code in (("A", ONE_DAY), ("B", LONG)):
        happen(e.ServiceChosen(letter, code))
        yield f"service {code}"
        happen(e.WentBack())
    happen(e.ServiceChosen("A", ONE_DAY))
    happen(e.NumberWanted())
    yield "priority"
    printer.can_print = False
    citizen.kiosk.presenter.printer_changed()
    yield "priority without paper"
    printer.can_print = True
    happen(e.PriorityAnswered(None))
    citizen.qtbot.waitUntil(lambda: slid_out(citizen), timeout=PATIENCE_MS)
    yield "printing"
    printer.end(Printed())
    yield "taking"
    happen(e.Done())
    for event in (
        e.Begun(language),
        e.ServiceChosen("A", ONE_DAY),
        e.NumberWanted(),
        e.PriorityAnswered(None),
    ):
        happen(event)
    printer.end(Failed(PrinterState.PAPER_OUT))
    yield "on-screen"
    happen(e.Done())
    happen(e.Begun(language))
    citizen.outlet.advance(minutes=400)
    yield "choose, closed"
    happen(e.OneDayChosen("A"))
    yield "one-day, closed"
    happen(e.WentBack())
    for letter, code in (("A", ONE_DAY), ("B", LONG)):
        happen(e.ServiceChosen(letter, code))
        yield f"service {code}, closed"
        happen(e.WentBack())
    happen(e.ServiceChosen("A", ONE_DAY))
    happen(e.PlaceChosen(TOMORROW))
    citizen.qtbot.waitUntil(lambda: slid_out(citizen), timeout=PATIENCE_MS)
    yield "printing a place"
    printer.end(Printed())
    yield "taking a place"
    happen(e.Done())
    for event in (e.Begun(language), e.ServiceChosen("A", ONE_DAY), e.PlaceChosen(TOMORROW)):
        happen(event)
    printer.end(Failed(PrinterState.PAPER_OUT))
    yield "a place on the screen"
    happen(e.Done())
    citizen.kiosk.presenter.visit = Visit(Page.PRIORITY, language, (Page.START,), f.Wish("B"))
    happen(e.PriorityAnswered(None))
    yield "refused"
    citizen.kiosk.presenter.visit = Visit(Page.UNANSWERED, language, (Page.START,))
    happen(e.StillHere())
    yield "unanswered"
    happen(e.Done())
    citizen.session.set_link(Link.STALE)
    yield "away"


def slid_out(citizen: Citizen) -> bool:
    """Whether the paper on the screen has come to rest."""
    papers = [paper for paper in citizen.kiosk.window.findChildren(Paper) if paper.isVisible()]
    return [paper.y() for paper in papers] == [0]


def check_in_pages(citizen: Citizen, language: Language) -> Iterator[str]:
    """The ways of who has an appointment; in the end two queues are closed."""
    happen, outlet = citizen.kiosk.presenter.happen, citizen.outlet
    slots = ((TUESDAY, at(9)), (TUESDAY, at(8)), (WEDNESDAY, TOMORROW))
    outlet.kiosk(BookAppointments(tuple(Wanted(day, slot_at, ONE_DAY) for day, slot_at in slots)))
    tokens = [token_of(each) for each in outlet.state.appointments]
    yield "start with appointments"
    happen(e.AppointmentClaimed())
    if language is Language.ENGLISH:
        happen(e.LanguageSwitched())
    yield "check-in"
    for name, code in (
        ("unknown", "7K4M2P"),
        ("another day", tokens[2]),
        ("a ticket", token_of(next(iter(outlet.state.tickets)))),
    ):
        happen(e.Scanned(code))
        yield f"check-in, {name}"
    happen(e.Scanned(tokens[0]))
    yield "priority of an appointment"
    happen(e.WentBack())
    outlet.advance(minutes=40)
    happen(e.Scanned(tokens[1]))
    yield "priority of who comes too late"
    happen(e.WentBack())
    happen(e.Done())
    for letter, reason in (("B", ClosingReason.EMERGENCY), ("A", ClosingReason.SYSTEM_FAULT)):
        outlet.clerk("ratna", PauseQueue(letter, reason))
    outlet.clerk("ratna", CloseQueue("C", ClosingReason.CEREMONY))
    yield "choose, paused"
    for letter, code in (("A", ONE_DAY), ("B", LONG)):
        happen(e.ServiceChosen(letter, code))
        yield f"service {code}, paused"
        happen(e.WentBack())
    happen(e.Restarted())
    outlet.clerk("ratna", CloseDoors(ClosingReason.NO_CLERK))
    yield "start, closed early"
    happen(e.Begun(language))
    yield "choose, closed early"
    happen(e.Restarted())
    holidays = DatedWeek(Bilingual("Cuti bersama Idulfitri", "Eid al-Fitr"), TUESDAY, WEDNESDAY, (None,) * 7)
    outlet.do(ConfigureOutlet(rules(dated=(holidays,))), DeviceRole.OPERATOR)
    outlet.do(ReopenDoors(), DeviceRole.COUNTER, "pc-ratna", "ratna")
    outlet.now = at(8, day=WEDNESDAY)
    outlet.tick()
    happen(e.StillHere())
    yield "start, holiday"


def paper_pages(citizen: Citizen, language: Language) -> Iterator[str]:
    """What is said of paper: of a ticket and a place that the last run left in doubt, and of paper that was changed."""
    happen, printer = citizen.kiosk.presenter.happen, citizen.printer
    for name in ("a number", "a place"):
        if citizen.kiosk.presenter.visit.language is not language:
            happen(e.LanguageSwitched())
        yield f"{name} in doubt"
        printer.run_out_of_paper()
        yield f"{name} in doubt without paper"
        printer.asks(PaperStage.TRUSTED)
        happen(e.AgainWanted())
        citizen.qtbot.waitUntil(lambda: slid_out(citizen), timeout=PATIENCE_MS)
        yield f"{name} printed again"
        if name == "a number":
            printer.end(Printed())
            yield "the number's paper is taken"
        else:
            printer.end(Failed(PrinterState.PAPER_OUT))
            yield "the place was not printed again"
        happen(e.Done())
    for papers in ((PaperStage.ASKED,), (PaperStage.WHITE,), (PaperStage.TRUSTED, PaperStage.ASKED)):
        printer.asks(*papers)
        yield f"start, {papers[-1]} of {len(papers)}"


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


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_appointments_and_closings_can_be_read(
    stand: Stand, size: tuple[int, int], language: Language
) -> None:
    citizen = stand(size)
    flaws = {}
    for name in check_in_pages(citizen, language):
        QApplication.processEvents()
        found = [*cut_words(citizen.kiosk.window), *overlapping(citizen.kiosk.window)]
        if found:
            flaws[name] = found
    assert flaws == {}


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_what_is_said_of_paper_can_be_read(
    stand: Stand, outlet: Morning, size: tuple[int, int], language: Language
) -> None:
    citizen = stand(size, doubts=[number_in_doubt(outlet, language), place_in_doubt(outlet, language)])
    flaws = {}
    for name in paper_pages(citizen, language):
        QApplication.processEvents()
        found = [*cut_words(citizen.kiosk.window), *overlapping(citizen.kiosk.window)]
        if found:
            flaws[name] = found
    assert flaws == {}


@pytest.mark.parametrize("walk", [pages, check_in_pages, paper_pages])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_that_is_touched_is_large_enough(
    stand: Stand, outlet: Morning, size: tuple[int, int], walk: Callable[[Citizen, Language], Iterator[str]]
) -> None:
    """20 mm on the panels that LOOK measures; on the small one at least as large as its keys."""
    doubts = [number_in_doubt(outlet), place_in_doubt(outlet)] if walk is paper_pages else []
    citizen = stand(size, doubts=doubts)
    least = LEAST_TOUCH_PX[size]
    small = {}
    for name in walk(citizen, Language.INDONESIAN):
        QApplication.processEvents()
        for button in citizen.kiosk.window.findChildren(Pressable):
            if button.isVisible() and min(button.width(), button.height()) < least:
                small[f"{name}: {button.objectName()}"] = (button.width(), button.height())
    assert small == {}
