"""The supervisor's and the office's acts through the presenter, against the real core."""

import pytest

from broker.client import Link
from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.refusals import CounterNotOpen, NotPermitted, UndoTooLate, WrongStatus
from broker.domain.rules import Bilingual, Machine
from broker.domain.ticket import TicketStatus, ToQueue
from broker.domain.values import (
    ActReason,
    Channel,
    ClosingReason,
    Delivery,
    HoldReason,
    Language,
    MachineCode,
    MachineState,
    Place,
    Priority,
    Stage,
    TicketId,
)
from counter.desk import DeskStatus, Number
from counter.office import Office
from counter.office_sheets import (
    BookedSheet,
    BookSheet,
    CheckInSheet,
    Closing,
    ClosingSheet,
    CounterSheet,
    GivenSheet,
    MenuSheet,
    MoveSheet,
    ReassignSheet,
    SkillsSheet,
    VoidSheet,
    WaitingSheet,
)
from counter.page import Tab
from counter.supervising import CounterCard, clerk_cards
from hardware.job import Failed, PrinterState
from tests.counter.support import Counter
from tests.support import sample
from tests.support.morning import ONE, THREE, TWO, Morning
from tests.support.outlet import token_of

PRINTER = MachineCode("ektp-printer")
MACHINE = Machine(PRINTER, Bilingual("Mesin cetak e-KTP", "e-KTP printing machine"))


@pytest.fixture
def supervisor() -> Counter:
    """Ratna at counter 3's program; Sri sits at counter 1, Budi at 2."""
    morning = Morning(sample.rules(machines=(MACHINE,)))
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("budi", c.OpenCounter(TWO))
    counter = Counter(morning, number=3)
    counter.sign_in("ratna")
    return counter


@pytest.fixture
def clerk() -> Counter:
    """Sri at counter 1."""
    counter = Counter(Morning(sample.rules(machines=(MACHINE,))))
    counter.sign_in("sri")
    return counter


def office(counter: Counter) -> Office:
    return counter.presenter.office


def card(counter: Counter, number: int) -> CounterCard:
    supervision = counter.work.office.supervision
    assert supervision is not None
    return next(each for each in supervision.counters if each.counter == number)


def status(counter: Counter, ticket: TicketId) -> TicketStatus:
    return counter.morning.state.tickets[ticket].status


# Who


def test_a_supervisor_begins_with_the_overview_and_opens_no_counter(supervisor: Counter) -> None:
    assert supervisor.work.tab is Tab.SUPERVISION
    assert supervisor.work.office.supervision is not None
    assert THREE not in supervisor.morning.state.seats
    assert supervisor.desk.status is DeskStatus.CLOSED


def test_a_clerk_sees_no_overview_and_may_not_act_on_it(clerk: Counter) -> None:
    clerk.presenter.show_tab(Tab.SUPERVISION)
    assert clerk.work.office.supervision is None
    office(clerk).ask_closing(Closing.CLOSE_QUEUE, "B")
    sheet = clerk.work.sheet
    assert isinstance(sheet, ClosingSheet)
    office(clerk).close(sheet, ClosingReason.FULL)
    assert clerk.work.notice == NotPermitted()


def test_while_the_broker_is_not_heard_nothing_opens(supervisor: Counter) -> None:
    supervisor.session.set_link(Link.STALE)
    office(supervisor).open_menu()
    office(supervisor).open_clerks()
    assert supervisor.work.sheet is None


def test_the_menu_names_the_machines_and_who_asks(supervisor: Counter, clerk: Counter) -> None:
    office(supervisor).open_menu()
    office(clerk).open_menu()
    shown, seen = supervisor.work.sheet, clerk.work.sheet
    assert isinstance(shown, MenuSheet)
    assert isinstance(seen, MenuSheet)
    assert (shown.is_supervisor, seen.is_supervisor) == (True, False)
    assert [line.machine for line in seen.machines] == [MACHINE]


# Queues and doors


def test_a_queue_is_paused_with_a_reason_and_goes_on(supervisor: Counter) -> None:
    supervisor.morning.take("B")
    office(supervisor).ask_closing(Closing.PAUSE_QUEUE, "B")
    sheet = supervisor.work.sheet
    assert isinstance(sheet, ClosingSheet)
    assert sheet.waiting == 1
    office(supervisor).close(sheet, ClosingReason.SYSTEM_FAULT)
    assert supervisor.work.sheet is None
    assert supervisor.morning.state.paused == {"B": ClosingReason.SYSTEM_FAULT}
    office(supervisor).resume_queue("B")
    assert supervisor.morning.state.paused == {}


def test_a_queue_is_closed_for_today_and_opened_again(supervisor: Counter) -> None:
    office(supervisor).ask_closing(Closing.CLOSE_QUEUE, "B")
    sheet = supervisor.work.sheet
    assert isinstance(sheet, ClosingSheet)
    office(supervisor).close(sheet, ClosingReason.FULL)
    assert supervisor.morning.state.closed == {"B": ClosingReason.FULL}
    office(supervisor).reopen_queue("B")
    assert supervisor.morning.state.closed == {}


def test_the_outlet_closes_early_for_all_who_wait(supervisor: Counter) -> None:
    for letter in "AB":
        supervisor.morning.take(letter)
    office(supervisor).ask_closing(Closing.CLOSE_DOORS, None)
    sheet = supervisor.work.sheet
    assert sheet == ClosingSheet(Closing.CLOSE_DOORS, None, 2)
    assert isinstance(sheet, ClosingSheet)
    office(supervisor).close(sheet, ClosingReason.EMERGENCY)
    assert supervisor.morning.state.doors_closed is ClosingReason.EMERGENCY
    assert supervisor.work.office.standing.doors_closed is ClosingReason.EMERGENCY
    office(supervisor).reopen_doors()
    assert supervisor.morning.state.doors_closed is None


# Counters


def test_the_counter_of_a_clerk_who_left_is_closed_and_what_was_there_waits(supervisor: Counter) -> None:
    ticket = supervisor.morning.take("A")
    supervisor.morning.serving("sri", ONE)
    office(supervisor).release(ONE, ActReason.CLERK_ABSENT)
    assert ONE not in supervisor.morning.state.seats
    assert status(supervisor, ticket) is TicketStatus.WAITING
    released = [
        (record.clerk, record.event.reason)
        for record in supervisor.morning.journal
        if isinstance(record.event, e.CounterReleased)
    ]
    assert released == [(sample.RATNA, ActReason.CLERK_ABSENT)]


def test_nothing_opens_about_a_counter_where_nobody_sits(supervisor: Counter) -> None:
    office(supervisor).open_counter(card(supervisor, 3))
    office(supervisor).ask_release(card(supervisor, 3))
    assert supervisor.work.sheet is None
    office(supervisor).release(THREE, ActReason.CLERK_ABSENT)
    assert supervisor.work.notice == CounterNotOpen(THREE)


def test_a_number_is_taken_from_its_clerk_and_sent_on(supervisor: Counter) -> None:
    ticket = supervisor.morning.take("A")
    supervisor.morning.serving("sri", ONE)
    office(supervisor).open_counter(card(supervisor, 1))
    sheet = supervisor.work.sheet
    assert isinstance(sheet, CounterSheet)
    assert sheet.name == "Sri Wahyuni"
    office(supervisor).ask_reassign(ticket, Number("A", "001"))
    ways = supervisor.work.sheet
    assert isinstance(ways, ReassignSheet)
    assert [way.name for way in ways.ways if way.counter is not None] == ["Budi Santoso"]
    office(supervisor).reassign(ticket, ToQueue("D"), ActReason.WRONG_QUEUE)
    assert supervisor.morning.state.queue_of[ticket] == "D"
    assert supervisor.morning.state.seats[ONE].ticket is None


def test_an_interrupted_number_can_be_sent_on_too(supervisor: Counter) -> None:
    ticket = supervisor.morning.take("A")
    supervisor.morning.serving("sri", ONE)
    supervisor.morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    office(supervisor).reassign(ticket, ToQueue("B"), ActReason.SHARE_THE_LOAD)
    assert status(supervisor, ticket) is TicketStatus.WAITING


def test_a_call_is_taken_back_however_long_ago(supervisor: Counter) -> None:
    ticket = supervisor.morning.take("A")
    supervisor.morning.call("sri", ONE)
    supervisor.morning.advance(minutes=5)
    office(supervisor).undo_call(ticket)
    assert status(supervisor, ticket) is TicketStatus.WAITING


# Numbers that wait


def test_several_numbers_are_moved_together(supervisor: Counter) -> None:
    tickets = [supervisor.morning.take("B") for _ in range(3)]
    office(supervisor).open_waiting()
    assert isinstance(supervisor.work.sheet, WaitingSheet)
    supervisor.morning.call("budi", TWO)
    office(supervisor).ask_moving(tickets)
    sheet = supervisor.work.sheet
    assert isinstance(sheet, MoveSheet)
    assert list(sheet.tickets) == tickets[1:]
    office(supervisor).move(sheet.tickets, "D", ActReason.SHARE_THE_LOAD, Place.END)
    assert [supervisor.morning.state.queue_of[each] for each in tickets] == ["B", "D", "D"]
    assert supervisor.work.sheet is None


def test_several_numbers_end_together(supervisor: Counter) -> None:
    tickets = [supervisor.morning.take("B") for _ in range(2)]
    office(supervisor).ask_voiding(tickets)
    sheet = supervisor.work.sheet
    assert isinstance(sheet, VoidSheet)
    assert sheet.numbers == (Number("B", "001"), Number("B", "002"))
    office(supervisor).void(sheet.tickets, ActReason.CITIZEN_LEFT)
    assert not set(tickets) & set(supervisor.morning.state.tickets)


def test_where_one_was_called_meanwhile_none_is_moved(supervisor: Counter) -> None:
    tickets = tuple(supervisor.morning.take("B") for _ in range(2))
    office(supervisor).ask_moving(tickets)
    supervisor.morning.call("budi", TWO)
    office(supervisor).move(tickets, "D", ActReason.SHARE_THE_LOAD, None)
    assert supervisor.work.notice == WrongStatus(tickets[0], TicketStatus.CALLED)
    assert supervisor.morning.state.queue_of[tickets[1]] == "B"


# Clerks


def test_a_clerks_services_are_assigned_from_a_day_on(supervisor: Counter) -> None:
    budi = next(each for each in clerk_cards(supervisor.morning.state) if each.clerk == sample.BUDI)
    office(supervisor).open_skills(budi)
    sheet = supervisor.work.sheet
    assert isinstance(sheet, SkillsSheet)
    assert sheet.name == "Budi Santoso"
    assert sheet.first_days[0] == sheet.today == sample.TUESDAY
    office(supervisor).assign(sample.BUDI, (sample.DOCTOR,), sheet.first_days[1])
    (assignment,) = supervisor.morning.state.assignments[sample.BUDI]
    assert (assignment.first_day, assignment.services) == ("2026-07-15", (sample.DOCTOR,))


# Numbers and machines at any counter


def test_a_number_given_out_here_is_told_and_may_then_be_called(clerk: Counter) -> None:
    clerk.tray.ends = Failed(PrinterState.PAPER_OUT)
    office(clerk).giving.give("B", sample.DOCTOR, Channel.DRIVE_THRU, Priority.ELDERLY, Language.ENGLISH)
    sheet = clerk.work.sheet
    assert isinstance(sheet, GivenSheet)
    ticket = clerk.morning.state.tickets[sheet.ticket]
    assert (ticket.channel, ticket.priority, ticket.service) == (
        Channel.DRIVE_THRU,
        Priority.ELDERLY,
        sample.DOCTOR,
    )
    assert ticket.language is Language.ENGLISH
    assert clerk.desk.waiting == 0
    office(clerk).giving.told(sheet.ticket)
    assert clerk.work.sheet is None
    assert clerk.morning.state.tickets[sheet.ticket].delivery is Delivery.SCREEN
    assert clerk.desk.waiting == 1


def test_a_machine_is_reported_and_told_at_every_counter(clerk: Counter) -> None:
    office(clerk).report_machine(PRINTER, MachineState.OUT_OF_ORDER)
    (machine,) = clerk.work.office.standing.machines
    assert machine.state is MachineState.OUT_OF_ORDER


# Appointments


def test_an_appointment_is_booked_and_its_citizen_told(clerk: Counter) -> None:
    office(clerk).open_booking()
    sheet = clerk.work.sheet
    assert isinstance(sheet, BookSheet)
    doctor = next(each for each in sheet.services if each.code == sample.DOCTOR)
    slot = office(clerk).slots(doctor, sheet.days[1])[0]
    office(clerk).giving.book(doctor, sheet.days[1], slot)
    booked = clerk.work.sheet
    assert isinstance(booked, BookedSheet)
    assert (booked.reserved.slot_at, booked.reserved.letter) == (slot, "B")
    assert booked.reserved.appointment in clerk.morning.state.appointments


def test_somebody_with_an_appointment_is_checked_in_and_told_the_number(clerk: Counter) -> None:
    doctor = clerk.morning.state.services[sample.DOCTOR]
    office(clerk).giving.book(doctor, sample.TUESDAY, sample.at(8))
    clerk.presenter.close_sheet()
    clerk.presenter.show_tab(Tab.APPOINTMENTS)
    day = clerk.work.office.appointments
    assert day is not None
    office(clerk).open_check_in(day.lines[0])
    assert isinstance(clerk.work.sheet, CheckInSheet)
    office(clerk).giving.check_in(day.lines[0].appointment, None, Language.INDONESIAN)
    assert isinstance(clerk.work.sheet, GivenSheet)
    assert clerk.work.office.appointments is not None
    assert clerk.work.office.appointments.lines == ()


def test_an_appointments_code_can_be_scanned(clerk: Counter) -> None:
    doctor = clerk.morning.state.services[sample.DOCTOR]
    office(clerk).giving.book(doctor, sample.TUESDAY, sample.at(8))
    clerk.presenter.close_sheet()
    (appointment,) = clerk.morning.state.appointments
    clerk.presenter.scanned(token_of(appointment))
    sheet = clerk.work.sheet
    assert isinstance(sheet, CheckInSheet)
    assert sheet.line.appointment == appointment


def test_a_cancelled_appointment_gives_its_place_back(clerk: Counter) -> None:
    doctor = clerk.morning.state.services[sample.DOCTOR]
    office(clerk).giving.book(doctor, sample.TUESDAY, sample.at(8))
    (appointment,) = clerk.morning.state.appointments
    office(clerk).cancel_appointment(appointment)
    assert clerk.morning.state.appointments == {}


def test_another_days_appointments_can_be_looked_at(clerk: Counter) -> None:
    clerk.presenter.show_tab(Tab.APPOINTMENTS)
    day = clerk.work.office.appointments
    assert day is not None
    assert day.after is not None
    office(clerk).show_day(day.after)
    assert clerk.work.office.appointments is not None
    assert clerk.work.office.appointments.day == day.after


# Files on the board


def accepted(counter: Counter) -> str:
    ticket = counter.morning.take("A", sample.MICRO_BUSINESS)
    counter.morning.clerk("sri", c.CallNext(ONE))
    counter.morning.clerk("sri", c.StartService(ticket))
    return counter.morning.accept("sri", ticket, sample.MICRO_BUSINESS)


def test_files_go_on_to_their_next_stage(clerk: Counter) -> None:
    application = accepted(clerk)
    (line,) = clerk.work.board.lines
    assert line.way is not None
    assert (line.way.stage, line.way.onward) == (Stage.RECEIVED, Stage.PRINT_AND_SIGNATURE)
    office(clerk).advance([line.file.application])
    (line,) = clerk.work.board.lines
    assert line.way is not None
    assert (line.way.stage, line.way.onward) == (Stage.PRINT_AND_SIGNATURE, None)
    office(clerk).advance([line.file.application])  # nothing is left but to be marked ready
    assert clerk.morning.state.applications[line.file.application].stage is Stage.PRINT_AND_SIGNATURE
    assert line.file.application == application


def test_ready_is_taken_back_within_ten_seconds(clerk: Counter) -> None:
    accepted(clerk)
    (line,) = clerk.work.board.lines
    clerk.presenter.mark_complete([line.file.application])
    clerk.morning.advance(seconds=3)
    clerk.presenter.time_passed()
    assert clerk.work.board.lines[0].undo_seconds == 7
    office(clerk).reopen([line.file.application])
    assert clerk.work.board.lines[0].undo_seconds == 0
    clerk.presenter.mark_complete([line.file.application])
    clerk.morning.advance(seconds=11)
    office(clerk).reopen([line.file.application])
    assert clerk.work.notice == UndoTooLate(10)


def test_while_an_answer_is_awaited_no_second_number_is_given_out(clerk: Counter) -> None:
    office(clerk).open_giving()
    clerk.morning.paused = True
    office(clerk).giving.give("B", None, Channel.WALK_IN, None, Language.INDONESIAN)
    office(clerk).giving.give(
        "B", None, Channel.WALK_IN, None, Language.INDONESIAN
    )  # not taken: one is awaited
    clerk.morning.paused = False
    clerk.morning.deliver()
    assert isinstance(clerk.work.sheet, GivenSheet)
    assert clerk.morning.state.issued == 1
