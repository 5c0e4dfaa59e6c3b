"""What an earlier run left in doubt is asked about at the sign-in, one paper after the other."""

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from broker.domain.values import CounterNumber, DeviceRole
from counter import words
from counter.app import CounterProgram
from counter.desk import Number
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.settings import CounterSettings
from counter.sheets import DoubtSheet, NotPrinted
from hardware.job import Failed, PrinterState
from hardware.layout.samples import sample
from hardware.page import JobKind, Page
from hardware.print_journal import Doubt
from tests.counter.hands import Hands
from tests.counter.support import Glass, Tray
from tests.support.morning import Morning
from ui.settings import WindowSettings
from wording import Language, Wording


def doubt(job: str, digits: str) -> Doubt:
    return about(job, Page(JobKind.SLIP, {"letter": "A", "number": digits}))


def about(job: str, page: Page) -> Doubt:
    return Doubt(1, job, page.kind, page, None, None, False, True, datetime(2026, 7, 14, tzinfo=UTC))


class Desk:
    """A counter whose clerk is signed in already, with papers in doubt."""

    def __init__(self, *doubts: Doubt) -> None:
        self.tray = Tray(*doubts)
        self.glass = Glass()
        session = Morning().session(DeviceRole.COUNTER, "pc-1", "sri")
        self.presenter = Presenter(session, self.glass, CounterNumber(1), self.tray)
        self.presenter.start()

    @property
    def work(self) -> WorkPage:
        assert isinstance(self.glass.page, WorkPage)
        return self.glass.page

    @property
    def asked(self) -> str | None:
        sheet = self.work.sheet
        assert sheet is None or isinstance(sheet, DoubtSheet)
        return None if sheet is None else sheet.job


@pytest.fixture
def desk() -> Desk:
    return Desk(doubt("slip-1", "001"), doubt("slip-2", "002"))


def test_each_is_asked_about_and_settled_or_printed_again(desk: Desk) -> None:
    assert desk.asked == "slip-1"
    desk.presenter.settle_doubt()
    assert desk.asked == "slip-2"
    desk.presenter.print_doubt()
    assert desk.asked is None
    assert (desk.tray.settled, desk.tray.again) == (["slip-1"], ["slip-2"])


def test_one_that_does_not_come_out_is_told(desk: Desk) -> None:
    desk.tray.ends = Failed(PrinterState.PAPER_OUT)
    desk.presenter.print_doubt()
    assert desk.work.notice == NotPrinted(JobKind.SLIP, Number("A", "001"))


@pytest.mark.parametrize(
    ("kind", "named", "number"),
    [
        (JobKind.TICKET, "Karcis", Number("A", "019")),
        (JobKind.APPOINTMENT, "Janji temu", None),
        (JobKind.SLIP, "Tanda terima berkas", Number("A", "019")),
        (JobKind.FILE_COPY, "Tanda terima, salinan untuk berkas", Number("A", "019")),
        (JobKind.COLLECTION_NOTE, "Tanda pengambilan", Number("A", "019")),
        (JobKind.DAY_REPORT, "Laporan harian Siti Rahayu", None),
    ],
)
def test_every_paper_of_a_counter_has_its_name_and_number(
    kind: JobKind, named: str, number: Number | None
) -> None:
    desk = Desk(about("job", Page(kind, sample(kind, Language.EN))))
    sheet = desk.work.sheet
    assert isinstance(sheet, DoubtSheet)
    assert words.paper(sheet.kind, sheet.clerk, Wording(Language.ID)) == named
    assert sheet.number == number


def test_a_paper_whose_page_an_older_version_did_not_keep_still_has_its_name() -> None:
    lost = Doubt(1, "job", JobKind.SLIP, None, None, None, False, True, datetime(2026, 7, 14, tzinfo=UTC))
    sheet = Desk(lost).work.sheet
    assert isinstance(sheet, DoubtSheet)
    assert (sheet.kind, sheet.number, sheet.can_print) == (JobKind.SLIP, None, False)


def test_what_is_put_off_stays_in_doubt(desk: Desk) -> None:
    desk.presenter.close_sheet()
    assert (desk.asked, desk.tray.settled, desk.tray.again) == (None, [], [])


@pytest.mark.parametrize("size", [(1366, 768), (380, 768)])
@pytest.mark.parametrize("language", Language)
def test_the_question_is_legible_and_answered_by_a_touch(
    qtbot: QtBot, size: tuple[int, int], language: Language
) -> None:
    morning, tray = Morning(), Tray(doubt("slip-1", "001"))
    session = morning.session(DeviceRole.COUNTER, "pc-1", "sri")
    window = WindowSettings(full_screen=False, size=size)
    program = CounterProgram(CounterSettings(language=language, window=window), session, tray)
    program.start()
    qtbot.waitUntil(program.window.isActiveWindow, timeout=15_000)
    hands = Hands(program, morning, session, tray, qtbot)
    hands.assert_legible()
    hands.touch("doubt-print")
    assert tray.again == ["slip-1"]
    qtbot.waitUntil(lambda: hands.find("doubt-print") is None)
    program.stop()
    program.window.deleteLater()
