"""A clerk's day on the real window, by touch, keys and scanner, in both languages and at every size."""

import pytest

from broker.domain import commands as c
from broker.domain.application import ApplicationStatus
from broker.domain.ticket import TicketStatus
from broker.domain.values import PauseReason, Priority
from hardware.job import Failed, PrinterState
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.support import sample
from tests.support.morning import ONE, Morning
from tests.support.outlet import token_of
from wording import Language

WINDOW, STRIP, LARGE = (1366, 768), (380, 768), (1920, 1080)

SEEN = pytest.mark.parametrize(
    ("size", "language"),
    [
        (WINDOW, Language.ID),
        (WINDOW, Language.EN),
        (STRIP, Language.ID),
        (STRIP, Language.EN),
        (LARGE, Language.ID),
        (LARGE, Language.EN),
        ((1280, 720), Language.ID),
    ],
)


def signs_in(hands: Hands, clerk: str = "sri") -> None:
    hands.touch(f"clerk-{clerk}")
    hands.type_pin("1234")
    hands.press("Return")


@SEEN
def test_a_whole_day(open_counter: Open, size: tuple[int, int], language: Language) -> None:
    morning = Morning()
    hands = open_counter(morning, size, language)
    hands.assert_legible()
    signs_in(hands)
    hands.assert_legible()
    for letter, service, priority in (
        ("A", sample.MICRO_BUSINESS, Priority.ELDERLY),
        ("A", None, None),
        ("B", sample.DOCTOR, Priority.DISABILITY),
        ("C", sample.RESEARCH, None),
    ):
        morning.take(letter, service, priority)
        morning.advance(minutes=4)

    # Called, called again, served
    hands.press("Ctrl+Return")
    assert hands.reads("plate") == "A 001"
    hands.assert_legible()
    morning.announce(hands.session.state.seats[ONE].ticket)  # type: ignore[arg-type]
    hands.wait_seconds(20)
    hands.press("F2")
    hands.assert_legible()
    hands.press("Ctrl+Return")
    hands.wait_seconds(252)
    assert hands.reads("timer") == "4:12"
    hands.assert_legible()

    # A file with its slip
    hands.press("F8")
    hands.assert_legible()
    hands.touch("requirement-0", "requirement-2")
    hands.press("Ctrl+Return")
    assert [slip["received"] for slip in hands.tray.slips] == [
        ("KTP asli dan fotokopinya", "Pasfoto 4 x 6, dua lembar")
    ]
    hands.assert_legible()
    hands.press("Ctrl+Return")  # on with the desk
    hands.assert_legible()
    (application,) = morning.state.applications
    hands.press("Ctrl+Return")
    assert morning.state.tallies[sample.SRI].served == 1

    # Nobody comes
    hands.press("Ctrl+Return")
    assert hands.reads("plate") == "A 002"
    morning.announce(morning.state.seats[ONE].ticket)  # type: ignore[arg-type]
    hands.wait_seconds(50)
    hands.press("F6")
    assert morning.state.tallies[sample.SRI].missed == 1

    # Sent on to another queue
    hands.press("Ctrl+Return", "Ctrl+Return", "F4")
    hands.assert_legible()
    hands.touch("transfer-C", "place-end")
    hands.press("Ctrl+Return")
    assert morning.state.waiting_count("C") == 2

    # The permit is ready and handed over by its slip
    hands.press("Ctrl+2")
    hands.assert_legible()
    hands.touch(f"file-{application}")
    hands.press("Ctrl+Return")
    assert morning.state.applications[application].status is ApplicationStatus.READY
    hands.assert_legible()
    hands.press("Ctrl+1")
    hands.scan(token_of(application))
    hands.assert_legible()
    hands.press("Ctrl+Return")
    assert morning.state.applications == {}

    # A break, and home
    hands.press("Ctrl+B")
    hands.assert_legible()
    hands.press("F3")
    assert morning.state.seats[ONE].pause is PauseReason.PRAYER
    hands.assert_legible()
    hands.press("Ctrl+Return", "Ctrl+L")
    assert morning.state.seats == {}
    assert hands.sees("sign-in")


def test_the_pin_by_the_keys_on_the_screen(open_counter: Open) -> None:
    hands = open_counter(Morning())
    hands.touch("clerk-sri", "pin-1", "pin-2", "pin-9", "pin-delete", "pin-3", "pin-4", "sign-in")
    assert hands.sees("call-next")


def test_the_clerk_is_chosen_by_arrow_keys(open_counter: Open) -> None:
    hands = open_counter(Morning())
    hands.press("Down", "Down", "Up")
    hands.type_pin("1234")
    hands.press("Return")
    assert hands.morning.state.seats[ONE].clerk == sample.SRI


def test_a_wrong_pin_is_said_and_has_to_be_typed_again(open_counter: Open) -> None:
    hands = open_counter(Morning())
    hands.touch("clerk-sri")
    hands.type_pin("4321")
    hands.press("Return")
    assert hands.reads("said") == "PIN tidak cocok. Silakan coba lagi."
    assert hands.find("sign-in") is None
    hands.type_pin("1234")
    hands.press("Return")
    assert hands.sees("call-next")


def test_the_language_changes_at_the_sign_in_page_and_stays(open_counter: Open) -> None:
    hands = open_counter(Morning())
    hands.touch("language")
    assert hands.reads("sign-in") == "Sign in"
    signs_in(hands)
    assert hands.reads("call-next") == "Call next"


def test_holding_and_resuming(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    ticket = morning.take("A")
    hands.press("Ctrl+Return", "Ctrl+Return", "F3")
    hands.touch("hold-waiting")
    assert morning.state.tickets[ticket].status is TicketStatus.ON_HOLD
    hands.assert_legible()
    hands.touch("resume-A001")
    assert morning.state.tickets[ticket].status is TicketStatus.SERVING


def test_a_number_is_cancelled_only_after_a_yes(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    ticket = morning.take("A")
    hands.press("Ctrl+Return", "Ctrl+Del")
    assert ticket in morning.state.tickets
    hands.press("Escape")
    assert not hands.sees("sheet")
    hands.press("Ctrl+Del")
    hands.touch("cancel-issued-by-mistake", "cancel-confirm")
    assert ticket not in morning.state.tickets


def test_the_service_is_found_by_an_everyday_word_and_changed(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    ticket = morning.take("A")
    hands.press("Ctrl+Return", "F7")
    hands.write("praktek")
    hands.qtbot.waitUntil(lambda: hands.sees("service-DOKTER"), timeout=15_000)
    assert not hands.sees("service-IUMK")
    hands.touch("service-DOKTER")
    hands.press("Ctrl+Return")
    assert morning.state.tickets[ticket].service == sample.DOCTOR


def test_a_file_of_a_service_that_was_not_known_before(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    morning.take("A")
    hands.press("Ctrl+Return", "Ctrl+Return", "F8")
    assert hands.find("accept-confirm") is None
    hands.touch("service-IUMK")
    hands.press("Ctrl+A", "Ctrl+Return")
    (application,) = morning.state.applications.values()
    assert application.received == (0, 1, 2)


def test_without_paper_the_promise_and_the_code_are_on_the_screen(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    hands.tray.ends = Failed(PrinterState.PAPER_OUT)
    signs_in(hands)
    morning.take("A", sample.MICRO_BUSINESS)
    hands.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+Return")
    assert hands.reads("paper") == "Tanda terima tidak tercetak: kertasnya habis."
    assert hands.sees("print-again")
    hands.assert_legible()
    hands.press("F8")
    assert len(hands.tray.slips) == 2
    hands.touch("close")
    (application,) = morning.state.applications
    hands.touch(f"slip-{application}")
    assert hands.sees("paper")


def test_a_refusal_is_a_calm_line_and_no_box(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    morning.take("A")
    other = morning.take("B")
    hands.press("Ctrl+Return")
    hands.scan(token_of(other))
    assert hands.reads("said") == "Silakan selesaikan dulu nomor yang sedang Anda pegang."
    assert not hands.sees("sheet")


def test_files_are_chosen_by_the_keyboard_and_found_by_number(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    for _ in range(3):
        morning.take("A", sample.MICRO_BUSINESS)
        hands.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
    hands.press("Ctrl+2", "Ctrl+F")
    hands.write("A002")
    second = next(each.id for each in morning.state.applications.values() if each.number == 2)
    first = next(each.id for each in morning.state.applications.values() if each.number == 1)
    hands.qtbot.waitUntil(lambda: hands.sees(f"file-{second}"), timeout=15_000)
    assert not hands.sees(f"file-{first}")
    hands.press("Tab", "Down", "Space")
    hands.qtbot.waitUntil(lambda: hands.find("mark-complete") is not None, timeout=15_000)
    hands.press("Ctrl+Return")
    assert morning.state.applications[second].status is ApplicationStatus.READY
    assert morning.state.applications[first].status is ApplicationStatus.IN_PROCESS


@pytest.mark.parametrize("size", [(1366, 768), (360, 768)])
@pytest.mark.parametrize("language", Language)
def test_the_board_shows_the_receipt_of_one_file_also_on_another_day(
    open_counter: Open, size: tuple[int, int], language: Language
) -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    for _ in range(2):
        morning.take("A", sample.MICRO_BUSINESS)
        ticket = morning.serving("sri", ONE)
        morning.accept("sri", ticket, sample.MICRO_BUSINESS)
        morning.clerk("sri", c.CompleteTicket(ticket))
    hands = open_counter(morning, size, language, clerk="sri")
    first, second = morning.state.applications
    hands.press("Ctrl+2")
    hands.touch(f"file-{first}", f"file-{second}")
    assert hands.find("show-slip") is None
    hands.touch(f"file-{second}", "show-slip", "print-again")
    assert [slip["number"] for slip in hands.tray.slips] == ["001"]
    hands.press("Ctrl+Return")
    hands.wait_seconds(24 * 3600)
    hands.touch("show-slip")
    by = {Language.ID: "Dijanjikan 14 Juli 2026", Language.EN: "Promised for 14 July 2026"}
    assert hands.reads("ready-by").startswith(by[language])
    hands.assert_legible()


def test_the_board_hands_over_what_is_ready_after_a_yes(open_counter: Open) -> None:
    morning = Morning()
    hands = open_counter(morning)
    signs_in(hands)
    morning.take("A", sample.MICRO_BUSINESS)
    hands.press("Ctrl+Return", "Ctrl+Return", "F8", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return", "Ctrl+2")
    (application,) = morning.state.applications
    hands.touch(f"file-{application}", "mark-complete")
    assert hands.find("hand-over") is None
    hands.touch(f"file-{application}")
    hands.press("F8")
    assert application in morning.state.applications
    hands.press("Ctrl+Return")
    assert morning.state.applications == {}
