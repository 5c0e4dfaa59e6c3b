"""The broker as devices meet it: real sockets, real keys."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import zmq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import (
    CallNext,
    ConfirmDelivery,
    HandInTicket,
    HandOver,
    IssueTicket,
    MarkComplete,
    OpenCounter,
    Tick,
)
from broker.domain.evolve import evolve
from broker.domain.refusals import NotPermitted
from broker.domain.state import State
from broker.domain.values import ApplicationId, BusinessDay, CounterNumber, Delivery, DeviceRole, Seq
from broker.protocol import messages as m
from broker.protocol.codec import LARGEST_REQUEST_BYTES, decode_answer, encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.errors import AddressInUseError, AddressInvalidError
from broker.server.keys import new_key_pair
from broker.server.provision import Enrolment
from broker.server.server import Server
from broker.server.sockets import Addresses
from broker.store.database import Database
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.broker import (
    ANYWHERE,
    DISPLAY,
    KIOSK,
    NO_LIMITS,
    NOW,
    OFFICE,
    OTHER_PC,
    PATIENCE_SECONDS,
    PC,
    Device,
    HandClock,
    HeldKeys,
    RunningBroker,
    accepted_file,
    new_outlet,
    url_in,
)


def error_code(answer: m.Answer) -> m.ErrorCode | None:
    return answer.code if isinstance(answer, m.Error) else None


def ticket_of(answer: m.Accepted) -> m.TicketOutcome:
    assert isinstance(answer.outcome, m.TicketOutcome)
    return answer.outcome


# Greeting


def test_hello_tells_a_device_who_it_is(broker: RunningBroker, clock: HandClock) -> None:
    with broker.stranger(broker.enrolment.devices[KIOSK]) as kiosk:
        welcome = kiosk.hello()
    assert (welcome.version, welcome.device, welcome.role) == (1, KIOSK, DeviceRole.KIOSK)
    assert welcome.at == clock.time
    assert welcome.seq >= 3


def test_nothing_is_served_before_hello(broker: RunningBroker) -> None:
    with broker.stranger(broker.enrolment.devices[KIOSK]) as kiosk:
        assert kiosk.command(IssueTicket("A")) == m.Error(None, m.ErrorCode.HELLO_FIRST)
        kiosk.hello()
        kiosk.accepted(IssueTicket("A"))


def test_a_program_with_no_version_in_common_is_told(broker: RunningBroker) -> None:
    with broker.stranger(broker.enrolment.devices[KIOSK]) as kiosk:
        hello = m.Hello(new_request_id(), (2, 3), "from the future")
        assert kiosk.ask(hello) == m.Error(hello.id, m.ErrorCode.NO_COMMON_VERSION)
        answer = kiosk.ask(m.Hello(new_request_id(), (2, 1), "from the future, but polite"))
        assert isinstance(answer, m.Welcome)
        assert answer.version == 1


# Commands and updates


def test_a_ticket_is_answered_and_told_to_everybody(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display:
        display.listen()
        answer = kiosk.accepted(IssueTicket("A", sample.MICRO_BUSINESS))
        ticket = ticket_of(answer)
        assert (ticket.letter, ticket.number) == ("A", 1)
        update = display.heard_update()
        assert update.records[-1].seq == answer.seq
        assert update.records[-1].command == answer.id
        assert update.epoch == kiosk.hello().epoch


def test_the_first_releases_clients_ask_for_a_snapshot_with_a_field_that_is_no_more(
    broker: RunningBroker,
) -> None:
    with broker.device(KIOSK) as kiosk:
        asked = m.AskSnapshot(new_request_id())
        kiosk.requests.send(msgspec.msgpack.encode(msgspec.to_builtins(asked) | {"least": 1_000_000}))
        assert isinstance(kiosk.answer(), m.SnapshotPart)


def test_a_replica_from_snapshot_and_updates_equals_the_state(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display, broker.device(PC) as pc:
        display.listen()
        kiosk.accepted(IssueTicket("A"))
        replica = snapshot(display)
        pc.sign_in("sri")
        pc.accepted(OpenCounter(CounterNumber(1)))
        ticket = ticket_of(kiosk.accepted(IssueTicket("A"))).ticket
        kiosk.accepted(ConfirmDelivery(ticket, Delivery.PAPER))
        last = pc.accepted(CallNext(CounterNumber(1)))
        while replica.seq < last.seq:
            for record in display.heard_update().records:
                if record.seq > replica.seq:
                    evolve(replica, record)
        assert encode_state(replica) == encode_state(snapshot(display))


def snapshot(device: Device) -> State:
    request = m.AskSnapshot(new_request_id())
    device.send(request)
    body, parts = b"", 1
    while parts:
        part = device.answer()
        assert isinstance(part, m.SnapshotPart)
        body += part.body
        parts = part.parts - part.part - 1
    return decode_state(body)


def test_a_gap_is_filled_by_a_replay(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        for _ in range(5):
            last = kiosk.accepted(IssueTicket("A"))
        answer = kiosk.ask(m.AskUpdates(new_request_id(), Seq(last.seq - 2)))
        assert isinstance(answer, m.Updates)
        assert [record.seq for record in answer.records] == [last.seq - 2, last.seq - 1, last.seq]
        answer = kiosk.ask(m.AskUpdates(new_request_id(), Seq(last.seq + 1)))
        assert isinstance(answer, m.Updates)
        assert answer.records == ()
        answer = kiosk.ask(m.AskUpdates(new_request_id(), Seq(0)))
        assert error_code(answer) is m.ErrorCode.TOO_FAR_BEHIND


def test_a_heartbeat_tells_the_newest_number(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(KIOSK) as kiosk:
        last = kiosk.accepted(IssueTicket("A"))
        while True:
            beat = kiosk.heard()
            if isinstance(beat, m.Heartbeat) and beat.seq == last.seq:
                break
        assert beat.at == clock.time
        assert len(beat.mac) == 16


def test_commands_sent_at_once_all_act_in_order(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        for _ in range(300):
            kiosk.send(m.SendCommand(new_command_id(NOW), IssueTicket("A")))
        numbers = []
        for _ in range(300):
            answer = kiosk.answer()
            assert isinstance(answer, m.Accepted)
            numbers.append(ticket_of(answer).number)
        assert numbers == list(range(1, 301))


def test_a_display_may_send_nothing_but_its_own_command(broker: RunningBroker) -> None:
    with broker.device(DISPLAY) as display:
        for command in (IssueTicket("A"), Tick()):
            answer = display.command(command)
            assert isinstance(answer, m.Refused)
            assert answer.refusal == NotPermitted()


# Tokens and history


def test_a_scanned_token_and_a_written_code_lead_to_the_ticket(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        ticket = ticket_of(kiosk.accepted(IssueTicket("A")))
        for text in (ticket.token, f"https://gerai.example/t/{ticket.token}", ticket.code.lower()):
            answer = pc.ask(m.AskToken(new_request_id(), text))
            assert isinstance(answer, m.TokenAnswer)
            assert (answer.kind, answer.ticket) == (m.TokenKind.TICKET, ticket.ticket)
        last = "B" if ticket.token.endswith("A") else "A"
        for text in (ticket.token[:-1] + last, "hello", "234567"):
            answer = pc.ask(m.AskToken(new_request_id(), text))
            assert isinstance(answer, m.TokenAnswer)
            assert answer.kind is None


def test_a_tickets_story_is_told_by_its_number(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        issued = kiosk.accepted(IssueTicket("A"))
        kiosk.accepted(ConfirmDelivery(ticket_of(issued).ticket, Delivery.PAPER))
        story = pc.ask(m.AskHistory(new_request_id(), "a 001"))
        assert isinstance(story, m.History)
        assert story.ticket == ticket_of(issued).ticket
        assert story.records[0].command == issued.id
        assert len(story.records) == 2
        unknown = pc.ask(m.AskHistory(new_request_id(), "what was mine again"))
        assert isinstance(unknown, m.History)
        assert unknown.ticket is None


# Slips


def slip(device: Device, application: ApplicationId) -> m.ApplicationOutcome | None:
    answer = device.ask(m.AskSlip(new_request_id(), application))
    assert isinstance(answer, m.Slip), answer
    return answer.outcome


def test_a_slip_says_the_same_however_often_and_wherever_it_is_asked_for(
    broker: RunningBroker, clock: HandClock
) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        given = accepted_file(broker, pc)
        clock.time = sample.at(9)
        assert slip(pc, given.application) == given
        other.sign_in("ratna")
        assert slip(other, given.application) == given


def test_there_is_no_slip_of_an_unknown_file_nor_of_one_handed_over(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        given = accepted_file(broker, pc)
        assert slip(pc, ApplicationId("31.74.01.1001-20260714-9999")) is None
        pc.accepted(MarkComplete(given.application))
        assert slip(pc, given.application) == given
        pc.accepted(HandOver(given.application))
        assert slip(pc, given.application) is None


def test_nobody_learns_a_slips_token_but_a_clerk_and_an_operator(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as nobody_at_it:
        given = accepted_file(broker, pc)
        question = m.AskSlip(new_request_id(), given.application)
        assert error_code(nobody_at_it.ask(question)) is m.ErrorCode.NOT_PERMITTED
    for name in (KIOSK, DISPLAY):
        with broker.device(name) as device:
            assert error_code(device.ask(question)) is m.ErrorCode.NOT_PERMITTED
    with broker.device(OFFICE) as office:
        assert slip(office, given.application) == given


# Strangers and nonsense


def test_a_stranger_gets_no_answer_and_no_update(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.stranger(new_key_pair()) as stranger:
        stranger.send(m.Hello(new_request_id(), (1,), "a stranger"))
        for _ in range(10):
            kiosk.accepted(IssueTicket("A"))
        assert stranger.requests.poll(500) == 0
        assert stranger.updates.poll(0) == 0
        kiosk.accepted(IssueTicket("A"))


def test_without_encryption_nobody_gets_in(broker: RunningBroker) -> None:
    with zmq.Context() as context, context.socket(zmq.DEALER) as plain:
        plain.linger = 0
        plain.connect(broker.server.bound.requests)
        plain.send(encode(m.Hello(new_request_id(), (1,), "in the clear")))
        assert plain.poll(500) == 0
    with broker.device(KIOSK) as kiosk:
        kiosk.accepted(IssueTicket("A"))


def test_a_message_that_is_too_large_is_told_so(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.requests.send(b"x" * (LARGEST_REQUEST_BYTES + 1))
        assert error_code(kiosk.answer()) is m.ErrorCode.TOO_LARGE


def test_a_message_far_too_large_ends_the_connection_and_nothing_else(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        kiosk.requests.send(b"x" * (4 * LARGEST_REQUEST_BYTES))
        assert pc.hello().device == PC
        until = time.monotonic() + PATIENCE_SECONDS
        while not kiosk.requests.poll(100) and time.monotonic() < until:
            kiosk.send(m.Hello(new_request_id(), (1,), "back again"))
        assert isinstance(kiosk.answer(), m.Welcome)


@pytest.fixture
def patient(tmp_path: Path, enrolment: Enrolment, clock: HandClock) -> Iterator[RunningBroker]:
    """A broker that takes as many messages as come."""
    broker = RunningBroker(tmp_path, enrolment, clock, limits=NO_LIMITS)
    yield broker
    broker.stop()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=20_000 if SOAKING else 50,
    deadline=None,
)
@given(body=st.binary(max_size=200))
def test_nonsense_is_answered_with_an_error_and_changes_nothing(patient: RunningBroker, body: bytes) -> None:
    with patient.device(KIOSK) as kiosk:
        before = kiosk.hello().seq
        kiosk.requests.send(body)
        assert error_code(kiosk.answer()) is m.ErrorCode.MALFORMED
        kiosk.requests.send_multipart([b"", body])
        assert error_code(kiosk.answer()) is m.ErrorCode.MALFORMED
        assert kiosk.hello().seq == before


def test_who_speaks_stays_greeted_and_who_was_silent_longest_says_hello_again(
    broker: RunningBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broker.server.front.GREETINGS_KEPT", 2)
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        kiosk.accepted(IssueTicket("A"))
        with broker.device(DISPLAY):
            kiosk.accepted(IssueTicket("A"))
            assert error_code(pc.ask(m.AskProfiles(new_request_id()))) is m.ErrorCode.HELLO_FIRST
            pc.hello()
            assert isinstance(pc.ask(m.AskProfiles(new_request_id())), m.Profiles)


def test_a_malformed_pin_is_not_repeated_in_the_answer(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        answer = pc.ask(m.SignIn(new_request_id(), sample.SRI, "geheim"))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.MALFORMED
        assert "geheim" not in answer.detail


# Starting and stopping


def test_it_stops_within_a_second_and_frees_its_ports(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    broker = RunningBroker(tmp_path, enrolment, clock)
    bound = broker.server.bound
    with broker.device(KIOSK) as kiosk:
        kiosk.accepted(IssueTicket("A"))
        assert broker.stop() < 1
    for address in (bound.requests, bound.updates):
        with zmq.Context() as context, context.socket(zmq.PUB) as other:
            other.bind(address)


def test_a_port_in_use_is_named(broker: RunningBroker, tmp_path: Path, clock: HandClock) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    keys = new_outlet(elsewhere).broker
    taken = broker.server.bound.requests
    with Database.open(url_in(elsewhere)) as database:
        with pytest.raises(AddressInUseError, match=taken):
            Server(database, HeldKeys(keys), Addresses(taken, ANYWHERE.updates), clock)
        with pytest.raises(AddressInvalidError, match="no-such-interface"):
            Server(database, HeldKeys(keys), Addresses("tcp://no-such-interface:1", ANYWHERE.updates), clock)


def test_what_was_acknowledged_is_there_after_a_restart(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    broker = RunningBroker(tmp_path, enrolment, clock)
    command = new_command_id(NOW)
    with broker.device(KIOSK) as kiosk:
        before = kiosk.accepted(IssueTicket("A"), command)
        epoch = kiosk.hello().epoch
    broker.stop()
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(KIOSK) as kiosk:
        assert kiosk.accepted(IssueTicket("A"), command) == before
        assert ticket_of(kiosk.accepted(IssueTicket("A"))).number == 2
        assert kiosk.hello().epoch == epoch
    broker.stop()


def test_the_day_opens_by_itself(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.listen()
        assert snapshot(kiosk).day == sample.TUESDAY
        clock.time = sample.at(18)
        assert [type(record.event).__name__ for record in kiosk.heard_update().records] == ["DayClosed"]


def test_after_a_jump_of_the_clock_time_acts_before_any_command(
    broker: RunningBroker, clock: HandClock
) -> None:
    """A number handed in at the first moment of the new day belongs to it, and does not expire with the old one."""
    with broker.device(KIOSK) as kiosk:
        kiosk.listen()
        for day in ("2026-07-15", "2026-07-16", "2026-07-17"):
            clock.time = sample.at(8, day=BusinessDay(day))
            outcome = kiosk.accepted(HandInTicket("A", 900, Delivery.PAPER)).outcome
            assert isinstance(outcome, m.TicketOutcome)
            assert outcome.ticket in snapshot(kiosk).tickets


def test_answers_to_nonsense_are_messages_too(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.requests.send(b"")
        assert isinstance(decode_answer(kiosk.requests.recv()), m.Error)
