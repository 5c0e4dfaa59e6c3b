"""The office's own papers on the real window: both languages, every size, whatever the printer does."""

import pytest

from broker.domain import commands as c
from broker.domain.values import ApplicationId
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.support import sample
from tests.support.morning import ONE, Morning
from wording import Language

SEEN = pytest.mark.parametrize(
    ("size", "language"),
    [
        (size, language)
        for size in ((1366, 768), (1024, 600), (380, 768), (1920, 1080))
        for language in Language
    ],
)
FATES = (Failed(PrinterState.UNREACHABLE), Unknown(PrinterState.SILENT), Printed())


def ready(morning: Morning, count: int) -> tuple[ApplicationId, ...]:
    morning.clerk("sri", c.OpenCounter(ONE))
    for _ in range(count):
        morning.take("A", sample.MICRO_BUSINESS)
        ticket = morning.serving("sri", ONE)
        morning.clerk("sri", c.MarkComplete(morning.accept("sri", ticket, sample.MICRO_BUSINESS)))
        morning.clerk("sri", c.CompleteTicket(ticket))
    return tuple(morning.state.applications)


def fares(hands: Hands, key: str) -> None:
    """It is asked for, and fares in every way; each can be read."""
    hands.tray.ends = None
    for fate in FATES:
        hands.press(key)
        hands.assert_legible()
        hands.tray.end(fate)
        hands.assert_legible()


@SEEN
def test_a_clerks_day_report(open_counter: Open, size: tuple[int, int], language: Language) -> None:
    morning = Morning()
    ready(morning, 1)
    hands = open_counter(morning, size, language, clerk="sri")
    hands.press("Ctrl+M")
    hands.assert_legible()
    hands.touch("day-report")
    hands.assert_legible()
    assert hands.reads("figure-0") == "1"
    assert hands.tray.printouts == []
    fares(hands, "Ctrl+Return")
    assert hands.tray.repeats == [False, False, True]
    hands.touch("back")
    assert not hands.sees("sheet")


@SEEN
def test_a_supervisor_opens_a_clerks_report(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    ready(morning, 1)
    hands = open_counter(morning, size, language, number=3, clerk="ratna")
    hands.program.presenter.office.open_clerks()
    hands.assert_legible()
    assert hands.find("report-open") is None
    hands.touch("skills-sri", "report-open")
    hands.assert_legible()
    assert hands.reads("figure-0") == "1"


@SEEN
@pytest.mark.parametrize("count", [1, 4, 6])
def test_collection_notes_are_printed_where_permits_are_handed_over(
    open_counter: Open, size: tuple[int, int], language: Language, count: int
) -> None:
    morning = Morning()
    files = ready(morning, count)
    hands = open_counter(morning, size, language, clerk="sri")
    hands.program.presenter.handing_over.offer(files)
    hands.assert_legible()
    fares(hands, "F8")
    notes = hands.tray.pages(JobKind.COLLECTION_NOTE)
    assert len(notes) == count * len(FATES)
    assert {note.fields["file"] for note in notes} == set(files)
    hands.press("Ctrl+Return")
    assert morning.state.applications == {}
