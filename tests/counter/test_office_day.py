"""A supervisor's and an office's day on real windows: keys and touches, both languages, every size."""

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from broker.domain import commands as c
from broker.domain.application import ApplicationStatus
from broker.domain.rules import Bilingual, Machine
from broker.domain.ticket import Estimate, TicketStatus
from broker.domain.values import (
    Channel,
    ClosingReason,
    Delivery,
    MachineCode,
    MachineState,
    Priority,
    Stage,
)
from counter.page import Tab
from hardware.job import Failed, Printed, PrinterState, Unknown
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning
from wording import Language

SEEN = pytest.mark.parametrize(
    ("size", "language"),
    [
        ((1366, 768), Language.ID),
        ((1920, 1080), Language.EN),
        ((380, 768), Language.ID),
        ((380, 768), Language.EN),
    ],
)

PRINTER = MachineCode("ektp-printer")
MACHINE = Machine(PRINTER, Bilingual("Mesin cetak e-KTP", "e-KTP printing machine"))


def outlet() -> Morning:
    """Five wait; Sri serves one, Budi has called one."""
    morning = Morning(
        sample.rules(machines=(MACHINE,)),
        tuple(
            each if each.one_day is None else replace(each, stages=tuple(Stage))
            for each in sample.services(sample.RESEARCH, needs=PRINTER)
        ),
    )
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("budi", c.OpenCounter(TWO))
    for letter, priority in (("A", None), ("B", None), ("B", Priority.ELDERLY), ("B", None), ("C", None)):
        morning.take(letter, priority=priority)
        morning.advance(minutes=3)
    morning.serving("sri", ONE)
    morning.call("budi", TWO)
    return morning


def in_view(hands: Hands, name: str) -> None:
    """Scroll until it can be touched, as a hand does."""
    QApplication.processEvents()
    widget = next(each for each in hands.window.findChildren(QWidget, name) if each.isVisible())
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
    QApplication.processEvents()


def to_overview(hands: Hands) -> None:
    """A supervisor who was signed in before begins at the overview."""
    hands.program.presenter.show_tab(Tab.SUPERVISION)
    assert hands.sees("queue-card-B")


@SEEN
def test_a_supervisors_day(open_counter: Open, size: tuple[int, int], language: Language) -> None:
    morning = outlet()
    state = morning.state
    hands = open_counter(morning, size, language, number=3, clerk="ratna")
    to_overview(hands)
    hands.assert_legible()

    # A queue is interrupted, with the reason that citizens read, and goes on
    hands.touch("queue-card-B")
    hands.assert_legible()
    hands.press("F2")
    hands.assert_legible()
    assert hands.find("closing-confirm") is None
    hands.touch("reason-system-fault")
    hands.press("Ctrl+Return")
    assert state.paused == {"B": ClosingReason.SYSTEM_FAULT}
    hands.assert_legible()
    hands.touch("queue-card-B", "resume-queue")
    assert state.paused == {}

    # A call is taken back, a number taken from its clerk, a counter closed for one who left
    called = state.seats[TWO].ticket
    assert called is not None
    in_view(hands, "counter-card-2")
    hands.touch("counter-card-2")
    hands.assert_legible()
    hands.touch("undo-call")
    assert state.tickets[called].status is TicketStatus.WAITING
    served = state.seats[ONE].ticket
    assert served is not None
    in_view(hands, "counter-card-1")
    hands.touch("counter-card-1", "reassign")
    hands.assert_legible()
    in_view(hands, "to-D")
    hands.touch("to-D")
    in_view(hands, "reason-citizen-asked")
    hands.touch("reason-citizen-asked")
    hands.press("Ctrl+Return")
    assert state.queue_of[served] == "D"
    in_view(hands, "counter-card-1")
    hands.touch("counter-card-1", "release-counter")
    hands.assert_legible()
    hands.touch("reason-clerk-absent", "release-confirm")
    assert ONE not in state.seats

    # Numbers that wait are moved together, and ended together
    hands.press("F2")
    hands.assert_legible()
    hands.write("B")
    hands.touch("choose-all")
    assert hands.reads("chosen-waiting").startswith("3 ")
    hands.press("Ctrl+Return")
    hands.assert_legible()
    hands.touch("move-D")
    in_view(hands, "reason-share-the-load")
    hands.touch("reason-share-the-load")
    hands.press("Ctrl+Return")
    assert list(state.queue_of.values()).count("D") == 4
    hands.press("F2")
    hands.touch("choose-all", "void")
    hands.assert_legible()
    hands.touch("reason-technical-fault", "void-confirm")
    assert state.tickets == {}

    # A clerk may serve other services from the next working day on
    hands.press("F3")
    hands.assert_legible()
    in_view(hands, "skills-budi")
    hands.touch("skills-budi", "skills-open")
    hands.assert_legible()
    in_view(hands, "skill-DOKTER")
    hands.touch("skill-DOKTER")
    in_view(hands, "from-2026-07-15")
    hands.touch("from-2026-07-15")
    hands.press("Ctrl+Return")
    (assignment,) = state.assignments[sample.BUDI]
    assert assignment.first_day == "2026-07-15"
    assert set(assignment.services or ()) == {sample.MICRO_BUSINESS, sample.RESEARCH, sample.DOCTOR}

    # The outlet closes early, and opens again after all
    hands.press("F6")
    hands.assert_legible()
    in_view(hands, "reason-emergency")
    hands.touch("reason-emergency")
    hands.press("Ctrl+Return")
    assert state.doors_closed is ClosingReason.EMERGENCY
    assert hands.sees("standing")
    hands.assert_legible()
    hands.press("F6")
    assert state.doors_closed is None
    assert not hands.sees("standing")


@SEEN
def test_what_every_counter_can_do(open_counter: Open, size: tuple[int, int], language: Language) -> None:
    morning = outlet()
    state = morning.state
    hands = open_counter(morning, size, language, clerk="sri")
    hands.assert_legible()

    # A machine runs out of cards: two choices, told at once
    hands.press("Ctrl+M")
    hands.assert_legible()
    hands.press("F7")
    hands.assert_legible()
    assert hands.find("machine-confirm") is None
    hands.touch("machine-out-of-cards")
    hands.press("Ctrl+Return")
    assert state.machines == {PRINTER: MachineState.OUT_OF_CARDS}
    assert hands.sees("standing")
    hands.assert_legible()

    # A number for somebody in a car; the printer has no paper
    hands.tray.ends = None
    hands.press("Ctrl+M", "F2")
    hands.assert_legible()
    in_view(hands, "service-DOKTER")
    hands.touch("service-DOKTER")
    in_view(hands, "channel-drive-thru")
    hands.touch("channel-drive-thru")
    hands.press("Ctrl+Return")
    assert hands.reads("given-number") == "B 004"
    hands.assert_legible()
    hands.tray.end(Unknown(PrinterState.SILENT))
    hands.assert_legible()
    hands.press("F8")
    hands.tray.end(Failed(PrinterState.PAPER_OUT))
    assert hands.tray.repeats == [False, True]
    hands.assert_legible()
    hands.press("Ctrl+Return")
    ticket = next(each for each in state.tickets.values() if each.channel is Channel.DRIVE_THRU)
    assert ticket.delivery is Delivery.SCREEN
    hands.tray.ends = Printed()

    # An appointment is booked, cancelled; another one comes
    hands.press("Ctrl+M", "F3")
    assert hands.sees("book")
    hands.assert_legible()
    for _ in range(2):
        hands.press("F2")
        hands.assert_legible()
        in_view(hands, "service-DOKTER")
        hands.touch("service-DOKTER")
        in_view(hands, "slot-0900")
        hands.touch("slot-0900")
        hands.press("Ctrl+Return")
        hands.assert_legible()
        hands.touch("booked-close")
    first, second = state.appointments
    hands.touch(f"appointment-{first}")
    hands.press("F4")
    hands.assert_legible()
    hands.press("Ctrl+Return")
    assert list(state.appointments) == [second]
    hands.touch(f"appointment-{second}")
    hands.press("Ctrl+Return")
    hands.assert_legible()
    hands.touch("priority-infant")
    hands.press("Ctrl+Return")
    assert hands.reads("given-number") == "B 005"
    hands.press("Escape")
    assert state.appointments == {}


@SEEN
def test_files_on_the_board_go_from_stage_to_stage(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = outlet()
    hands = open_counter(morning, size, language, clerk="sri")
    ticket = morning.state.seats[ONE].ticket
    assert ticket is not None
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)

    def file() -> tuple[ApplicationStatus, Stage | None]:
        filed = morning.state.applications[application]
        return filed.status, filed.stage

    hands.press("Ctrl+2")
    hands.assert_legible()
    hands.touch(f"file-{application}")
    hands.press("F6")
    assert file() == (ApplicationStatus.IN_PROCESS, Stage.TECHNICAL_CHECK)
    hands.touch(f"file-{application}")
    hands.press("Ctrl+Return")
    assert file() == (ApplicationStatus.READY, Stage.TECHNICAL_CHECK)
    hands.assert_legible()
    assert hands.sees("not-ready")
    hands.press("Ctrl+Z")
    assert file() == (ApplicationStatus.IN_PROCESS, Stage.TECHNICAL_CHECK)
    assert not hands.sees("not-ready")
    hands.touch(f"file-{application}", "mark-complete")
    hands.wait_seconds(11)
    assert not hands.sees("not-ready")


def test_a_supervisor_takes_ready_back_however_late(open_counter: Open) -> None:
    morning = outlet()
    ticket = morning.state.seats[ONE].ticket
    assert ticket is not None
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.clerk("dewi", c.MarkComplete(application))
    morning.advance(minutes=20)
    hands = open_counter(morning, number=3, clerk="ratna")
    hands.press("Ctrl+2")
    hands.touch(f"file-{application}", "not-ready")
    assert morning.state.applications[application].status is ApplicationStatus.IN_PROCESS


def test_a_clerk_has_no_overview(open_counter: Open) -> None:
    hands = open_counter(outlet(), clerk="sri")
    assert not hands.sees("tab-supervision")
    hands.press("Ctrl+M")
    assert hands.find("supervision") is None


@pytest.mark.parametrize("estimate", [Estimate(20, 30), None])
def test_a_wait_is_told_with_a_number_only_where_somebody_knows_it(
    open_counter: Open, estimate: Estimate | None
) -> None:
    morning = outlet()
    hands = open_counter(morning, clerk="sri")
    if estimate is not None:
        morning.forecast("B", estimate)
    hands.press("Ctrl+M", "F2")
    hands.touch("queue-B")
    hands.press("Ctrl+Return")
    assert hands.sees("given-number")
    assert hands.sees("expected") is (estimate is not None)


@pytest.mark.parametrize("size", [(1366, 768), (380, 768)])
def test_each_of_many_machines_can_be_reached_from_the_menu(
    open_counter: Open, size: tuple[int, int]
) -> None:
    codes = [f"ektp-printer-{place}" for place in range(1, 10)]
    named = [Machine(MachineCode(code), Bilingual(f"Mesin {code}", f"Machine {code}")) for code in codes]
    hands = open_counter(Morning(sample.rules(machines=tuple(named))), size, clerk="ratna")
    for code in (codes[0], codes[-1]):
        hands.press("Ctrl+M")
        hands.qtbot.waitUntil(lambda: hands.find("give-number") is not None)
        hands.assert_legible()
        in_view(hands, f"machine-{code}")
        hands.touch(f"machine-{code}", "machine-out-of-order", "machine-confirm")
        hands.qtbot.waitUntil(lambda: hands.find("machine-confirm") is None)
    assert set(hands.session.state.machines) == {codes[0], codes[-1]}
