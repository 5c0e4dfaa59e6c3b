"""Tickets of the emergency roll, entered at a counter with the time at which their citizens came."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.day import MINUTE_MS
from broker.domain.refusals import RollTicketUsed
from broker.domain.roll import ROLL, RollTicket
from broker.domain.rules import NumberRange
from broker.domain.ticket import Ticket
from broker.domain.values import DeviceRole, Instant, Language, Priority, ServiceCode
from broker.protocol.token import roll_id
from counter.desk import Act, DeskStatus, Number
from counter.office_sheets import RollSheet
from counter.page import Tab
from counter.sheets import Entered, Remark, ScanSheet
from tests.counter.conftest import Open
from tests.counter.hands import Hands
from tests.counter.support import Counter, serving
from tests.support import sample
from tests.support.morning import Morning
from tests.support.outlet import token_of
from wording import Language as Spoken

RULES = replace(sample.RULES, ranges=(NumberRange(ROLL, "B", 701, 799), NumberRange(ROLL, "D", 701, 799)))


def after_the_outage() -> Morning:
    """At 10.08, with tickets of the roll in the citizens' hands."""
    morning = Morning(RULES)
    morning.do(c.PrintRoll("B", 3), DeviceRole.OPERATOR)
    morning.do(c.PrintRoll("D", 1), DeviceRole.OPERATOR)
    morning.advance(minutes=158)
    return morning


def token(serial: int, letter: str = "B") -> str:
    return token_of(roll_id(RollTicket(letter, 700 + serial, serial)))


def waiting(morning: Morning) -> list[Ticket]:
    return [morning.now_is(each) for each in morning.waiting("B")]


@pytest.fixture
def clerk() -> Counter:
    made = Counter(after_the_outage())
    made.sign_in()
    return made


def enter(
    counter: Counter,
    arrived_at: Instant | None,
    service: ServiceCode | None = None,
    priority: Priority | None = None,
    language: Language = Language.INDONESIAN,
) -> None:
    counter.presenter.office.enter(arrived_at, service, priority, language)


def test_it_waits_since_the_time_written_on_it_and_nobody_is_called(clerk: Counter) -> None:
    clerk.presenter.act(Act.OPEN)
    clerk.presenter.scanned(token(1))
    assert isinstance(clerk.work.sheet, RollSheet)
    assert clerk.work.sheet.number == Number("B", "701")
    assert clerk.morning.waiting("B") == []
    enter(clerk, sample.at(9, 15), sample.DOCTOR, Priority.PREGNANT, Language.ENGLISH)
    (ticket,) = waiting(clerk.morning)
    assert ticket.came_at == sample.at(9, 15)
    assert (ticket.service, ticket.priority, ticket.language) == (
        sample.DOCTOR,
        Priority.PREGNANT,
        Language.ENGLISH,
    )
    assert clerk.work.sheet is None
    assert clerk.work.notice == Entered(Number("B", "701"), sample.at(9, 15))
    assert clerk.desk.status is DeskStatus.FREE


def test_without_a_time_on_it_it_waits_from_now_on(clerk: Counter) -> None:
    clerk.presenter.scanned(token(1))
    enter(clerk, None)
    assert [ticket.came_at for ticket in waiting(clerk.morning)] == [clerk.morning.now]
    assert clerk.work.notice == Entered(Number("B", "701"), clerk.morning.now)


def test_they_stand_in_line_as_they_came_whatever_the_order_of_the_scans(clerk: Counter) -> None:
    for serial, arrived_at in ((1, sample.at(9, 40)), (2, sample.at(9, 15)), (3, sample.at(9, 30))):
        clerk.presenter.scanned(token(serial))
        enter(clerk, arrived_at)
    assert [ticket.number for ticket in waiting(clerk.morning)] == [702, 703, 701]


def test_the_next_of_a_pile_has_to_wait_for_its_turn(clerk: Counter) -> None:
    clerk.presenter.scanned(token(1))
    asked = clerk.work.sheet
    clerk.presenter.scanned(token(2))
    assert (clerk.work.sheet, clerk.work.notice) == (asked, Remark.ENTER_THIS_FIRST)
    enter(clerk, None)
    clerk.presenter.scanned(token(2))
    assert isinstance(clerk.work.sheet, RollSheet)
    assert (clerk.work.sheet.number, clerk.work.notice) == (Number("B", "702"), None)


def test_one_that_a_colleague_was_quicker_with_is_told_in_the_sheet(clerk: Counter) -> None:
    clerk.presenter.scanned(token(1))
    asked = clerk.work.sheet
    clerk.morning.clerk("budi", c.EnterRollTicket(RollTicket("B", 701, 1)))
    enter(clerk, sample.at(9, 15))
    assert (clerk.work.sheet, clerk.work.notice) == (asked, RollTicketUsed("B", 701))


def test_closing_the_sheet_enters_nothing_and_it_can_be_scanned_again(clerk: Counter) -> None:
    clerk.presenter.scanned(token(1))
    clerk.presenter.close_sheet()
    enter(clerk, None)
    assert waiting(clerk.morning) == []
    clerk.presenter.scanned(token(1))
    assert isinstance(clerk.work.sheet, RollSheet)


def test_it_can_be_entered_while_somebody_is_served_and_from_any_page(clerk: Counter) -> None:
    clerk.presenter.act(Act.OPEN)
    serving(clerk)
    clerk.presenter.show_tab(Tab.ONE_DAY)
    clerk.presenter.scanned(token(1))
    enter(clerk, None)
    assert clerk.work.tab is Tab.ONE_DAY
    assert clerk.desk.status is DeskStatus.SERVING


def test_a_code_that_is_typed_leads_to_the_same_question(clerk: Counter) -> None:
    clerk.presenter.act(Act.SCAN)
    assert isinstance(clerk.work.sheet, ScanSheet)
    clerk.presenter.scanned(token(1))
    assert isinstance(clerk.work.sheet, RollSheet)


# On the window

SEEN = pytest.mark.parametrize(
    ("size", "language"),
    [
        ((1366, 768), Spoken.ID),
        ((1366, 768), Spoken.EN),
        ((1920, 1080), Spoken.ID),
        ((1024, 600), Spoken.ID),
        ((380, 768), Spoken.ID),
        ((380, 768), Spoken.EN),
    ],
)


def hint(hands: Hands) -> str:
    return hands.reads("arrival")


@SEEN
def test_a_pile_is_entered_with_scanner_and_keyboard_alone(
    open_counter: Open, size: tuple[int, int], language: Spoken
) -> None:
    morning = after_the_outage()
    hands = open_counter(morning, size, language, clerk="sri")
    hands.scan(token(1))
    hands.assert_legible()
    assert hands.find("roll-confirm") is None
    hands.press("Return")
    hands.write("0915")
    hands.assert_legible()
    hands.press("Return")
    hands.scan(token(2))
    hands.write("9.05")
    hands.press("Return")
    hands.scan(token(3))
    hands.press("F2")
    hands.assert_legible()
    hands.press("Return")
    assert not hands.sees("sheet")
    assert [(each.number, each.came_at) for each in waiting(morning)] == [
        (702, sample.at(9, 5)),
        (701, sample.at(9, 15)),
        (703, sample.at(10, 8)),
    ]
    by = {
        Spoken.ID: "B 703 masuk antrean, datang 10.08.",
        Spoken.EN: "B 703 is in the queue, time of arrival 10:08.",
    }
    assert hands.reads("said") == by[language]
    hands.assert_legible()


@SEEN
def test_a_time_that_cannot_be_is_refused_in_the_sheet(
    open_counter: Open, size: tuple[int, int], language: Spoken
) -> None:
    morning = after_the_outage()
    hands = open_counter(morning, size, language, clerk="sri")
    hands.scan(token(1))
    hands.write("1009")
    assert "10.08" in hint(hands).replace(":", ".")
    hands.assert_legible()
    assert hands.find("roll-confirm") is None
    hands.press("Return", "Ctrl+Return")
    assert waiting(morning) == []
    hands.wait_seconds(60)
    assert hands.find("roll-confirm") is not None
    hands.press("Backspace", "Backspace", "Backspace", "Backspace")
    hands.write("0230")
    assert "03.00" in hint(hands).replace(":", ".")
    hands.assert_legible()
    hands.press("Return")
    assert waiting(morning) == []


def test_typing_takes_now_back_and_now_takes_what_was_typed(open_counter: Open) -> None:
    hands = open_counter(after_the_outage(), clerk="sri")
    hands.scan(token(1))
    hands.press("F2")
    assert hint(hands) == "Waktu tunggu dihitung mulai sekarang."
    hands.write("0915")
    assert hint(hands) == "Datang 09.15, menunggu 53 menit"
    hands.touch("arrived-now")
    assert hint(hands) == "Waktu tunggu dihitung mulai sekarang."
    hands.press("F2")
    assert hint(hands).startswith("Misalnya 0915")
    assert hands.find("roll-confirm") is None


def test_priority_and_service_are_chosen_where_they_are_known(open_counter: Open) -> None:
    morning = after_the_outage()
    hands = open_counter(morning, clerk="sri")
    hands.scan(token(1))
    hands.write("0915")
    hands.touch("priority-elderly", f"service-{sample.DOCTOR}", "language-en", "roll-confirm")
    (ticket,) = waiting(morning)
    assert (ticket.service, ticket.priority, ticket.language) == (
        sample.DOCTOR,
        Priority.ELDERLY,
        Language.ENGLISH,
    )
    assert ticket.came_at == Instant(morning.now - 53 * MINUTE_MS)


def test_a_queue_without_services_asks_for_none(open_counter: Open) -> None:
    hands = open_counter(after_the_outage(), clerk="sri")
    hands.scan(token(1, "D"))
    assert hands.sees("arrived-at")
    assert not hands.sees("find-service")
    hands.assert_legible()


def test_a_scan_while_the_time_is_typed_goes_into_no_field(open_counter: Open) -> None:
    morning = after_the_outage()
    hands = open_counter(morning, clerk="sri")
    hands.scan(token(1))
    hands.write("09")
    hands.scan(token(2))
    assert hands.reads("said") == "Selesaikan karcis ini dahulu, lalu pindai yang berikutnya."
    hands.assert_legible()
    hands.press("1", "5")
    hands.qtbot.waitUntil(lambda: hint(hands) == "Datang 09.15, menunggu 53 menit", timeout=15_000)
    hands.press("Return")
    assert [each.number for each in waiting(morning)] == [701]
