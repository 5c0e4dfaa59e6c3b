"""What a stolen key or a broken program may send with the newer messages: answered, and the broker goes on."""

from typing import Any

import msgspec
import pytest

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.ticket import ToQueue
from broker.domain.values import (
    ActReason,
    ApplicantId,
    AppointmentId,
    BusinessDay,
    ClerkId,
    ClosingReason,
    CommandId,
    Delivery,
    DeviceId,
    Instant,
    MachineCode,
    MachineState,
    NoteId,
    Seq,
    ServiceCode,
    TicketId,
)
from broker.protocol import messages as m
from broker.protocol.identifiers import new_note_id, new_request_id
from tests.support import sample
from tests.support.broker import DISPLAY, KIOSK, OFFICE, OTHER_PC, PC, RunningBroker

ID = new_request_id
NOTE = NoteId("0" * 32)


def code(answer: m.Answer) -> m.ErrorCode | None:
    return answer.code if isinstance(answer, m.Error) else None


@pytest.mark.parametrize("stolen", [KIOSK, DISPLAY])
def test_a_kiosks_or_displays_key_reads_no_notes_and_no_reports(
    broker: RunningBroker, stolen: DeviceId
) -> None:
    with broker.device(stolen) as device:
        for question in (
            m.WriteNote(ID(), new_note_id(), "…"),
            m.AskNote(ID(), NOTE),
            m.EraseNote(ID(), NOTE),
            m.AskDayReport(ID()),
            m.AskProfiles(ID()),
            m.SignIn(ID(), ClerkId("sri"), "1234"),
        ):
            assert code(device.ask(question)) is m.ErrorCode.NOT_PERMITTED
        device.hello()


def test_a_counters_key_without_a_clerk_reads_and_writes_no_notes(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        other.sign_in("sri")
        for question in (
            m.WriteNote(ID(), new_note_id(), "…"),
            m.AskNote(ID(), NOTE),
            m.EraseNote(ID(), NOTE),
            m.AskDayReport(ID()),
        ):
            assert code(pc.ask(question)) is m.ErrorCode.NOT_PERMITTED, "somebody is signed in elsewhere"
        assert code(other.ask(m.AskDayReport(ID()))) is m.ErrorCode.NOT_PERMITTED, "a clerk is no supervisor"


@pytest.mark.parametrize("stolen", [KIOSK, DISPLAY])
def test_a_kiosks_or_displays_key_does_nothing_that_is_a_clerks(
    broker: RunningBroker, stolen: DeviceId
) -> None:
    ticket = TicketId("20260714-A001")
    with broker.device(stolen) as device:
        for command in (
            c.CancelAppointment(AppointmentId("20260714-J001")),
            c.CorrectPriority(ticket, None),
            c.VoidTickets((ticket,), ActReason.CITIZEN_LEFT),
            c.CloseDoors(ClosingReason.FULL),
            c.PauseQueue("A", ClosingReason.FULL),
            c.AssignSkills(sample.SRI, None, sample.TUESDAY),
            c.ReportMachine(MachineCode("ektp-printer"), MachineState.OUT_OF_ORDER),
            c.ReportForecast(()),
            c.Tick(),
            c.ConfigureOutlet(sample.RULES),
        ):
            answer = device.command(command)
            assert isinstance(answer, m.Refused), command
            assert answer.refusal.code in ("not-permitted", "clerk-needed"), command


def raw(message: m.Message, **changes: Any) -> bytes:
    """The message with other fields than it may have."""
    return msgspec.msgpack.encode(msgspec.to_builtins(message) | changes)


@pytest.mark.parametrize(
    "body",
    [
        raw(m.WriteNote(ID(), NOTE, "…"), text="x" * 501),
        raw(m.WriteNote(ID(), NOTE, "…"), text=""),
        raw(m.WriteNote(ID(), NOTE, "…"), text=7),
        raw(m.WriteNote(ID(), NOTE, "…"), note="Budi, 0812…"),
        raw(m.AskDayReport(ID()), day=20260714),
        raw(m.SendCommand(CommandId("1"), c.BookAppointments(())), command={"command": "book-appointments"}),
    ],
    ids=["long", "empty", "no text", "no note's id", "no day", "nothing wanted"],
)
def test_a_message_of_other_values_is_malformed(broker: RunningBroker, body: bytes) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        pc.requests.send(body)
        assert code(pc.answer()) is m.ErrorCode.MALFORMED
        pc.hello()


def test_a_note_may_say_anything_and_only_its_own_words_come_back(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        other.sign_in("ratna")
        for text in ("\0", "\u202e\U0001f600" * 100, "'; DROP TABLE note; --"):
            note = new_note_id()
            assert isinstance(pc.ask(m.WriteNote(ID(), note, text)), m.NoteWritten)
            assert code(other.ask(m.WriteNote(ID(), note, "other"))) is m.ErrorCode.COMMAND_ID_REUSED
            answer = other.ask(m.AskNote(ID(), note))
            assert isinstance(answer, m.Note)
            assert (answer.text, answer.clerk) == (text, sample.SRI)


def test_a_report_may_be_asked_for_any_day(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("ratna")
        for day in ("", "\0", "2026-02-30", "0001-01-01", "9999-12-31", "20260714", "x" * 10_000):
            answer = pc.ask(m.AskDayReport(ID(), BusinessDay(day)))
            assert isinstance(answer, m.DayReport | m.Error), day
        pc.hello()


def test_places_may_be_asked_for_at_any_time(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        for day in ("", "2026-07-14", "9999-12-31"):
            for slot_at in (0, -(2**63), 2**63, 2**64 - 1):
                wanted = Wanted(BusinessDay(day), Instant(slot_at), sample.MICRO_BUSINESS)
                assert isinstance(kiosk.command(c.BookAppointments((wanted,) * 100)), m.Refused)
        unknown = Wanted(sample.TUESDAY, sample.at(9), ServiceCode("x" * 10_000))
        assert isinstance(kiosk.command(c.BookAppointments((unknown,))), m.Refused)
        assert isinstance(kiosk.command(c.BookAppointments(())), m.Accepted)
        assert isinstance(kiosk.command(c.HandInTicket("A", 2**64 - 1, Delivery.PAPER)), m.Refused)
        kiosk.hello()


@pytest.mark.parametrize("text", ["Budi, 0812-555", "3174010101800001", "0" * 31, ""])
def test_no_name_and_no_nik_comes_into_the_journal_as_an_id(broker: RunningBroker, text: str) -> None:
    ticket, service = TicketId("20260714-A001"), sample.MICRO_BUSINESS
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        for command in (
            c.TransferTicket(ticket, ToQueue("B"), note=NoteId(text)),
            c.AcceptApplication(ticket, service, (), ApplicantId(text)),
            c.RequestPickUp(service, NoteId(text)),
            c.RequestPickUp(service, None, ApplicantId(text)),
        ):
            assert code(pc.command(command)) is m.ErrorCode.MALFORMED
        assert isinstance(pc.command(c.RequestPickUp(service, NOTE, ApplicantId("f" * 32))), m.Accepted)


@pytest.mark.parametrize("at", [-(2**63), 2**64 - 1])
def test_a_clock_may_show_anything_and_is_told_as_far_as_a_message_has_room(
    broker: RunningBroker, at: int
) -> None:
    """What a supervisor asks for is an answer, not the broker's end: the difference fits no number on the wire."""
    with broker.device(OFFICE) as office:
        for liar in (KIOSK, DISPLAY, PC):
            with broker.device(liar) as device:
                device.send(m.Alive(ID(), Instant(at), Seq(2**64 - 1)))
                device.hello()
        answer = office.ask(m.AskDevices(ID()))
        assert isinstance(answer, m.Devices)
        assert [alarm.kind for alarm in answer.alarms] == [m.AlarmKind.CLOCK_OFF]
        assert isinstance(office.ask(m.AskFigures(ID())), m.Figures)
