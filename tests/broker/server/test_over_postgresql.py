"""A broker whose database server goes away: it says nothing that it can't know, and goes on when the server is back."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
import zmq
from sqlalchemy import make_url

from antrean.units import WATCHDOG_SECONDS
from broker.domain.codec import encode_state
from broker.domain.commands import IssueTicket
from broker.domain.values import ApplicationId, BusinessDay, CommandId, DeviceId, Instant, NoteId
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.provision import Enrolment, make_outlet
from broker.server.server import HEARTBEAT_SECONDS, Server
from broker.store.database import Database
from broker.store.errors import DatabaseInUseError
from broker.store.journal import Journal
from tests.broker.server.test_extremes import ODD_TEXTS
from tests.support import sample
from tests.support.broker import (
    ANYWHERE,
    CLERKS,
    DEVICES,
    DISPLAY,
    KIOSK,
    NOW,
    OFFICE,
    PATIENCE_SECONDS,
    PC,
    Device,
    HandClock,
    HeldKeys,
)
from tests.support.postgresql import Postgresql
from tests.support.waiting import wait_until

ONE = m.RequestId("1")
HELD_AT_MOST_SECONDS = 8.0
"""The wait for an answer, and for a new connection, on a machine that does other things too."""


class Broker:
    """A server in a thread of its own, over a database of a server."""

    def __init__(self, url: str, enrolment: Enrolment) -> None:
        self._enrolment = enrolment
        self._database = Database.open(url)
        keys = HeldKeys(enrolment.broker)
        self.server = Server(self._database, keys, ANYWHERE, HandClock(sample.at(7, 31)))
        self.ended_by: list[BaseException] = []
        self.passes = [time.monotonic()]
        """When the loop was seen alive, as whoever watches it is told."""
        self.thread = threading.Thread(target=self._run, name="broker")
        self.thread.start()

    def _run(self) -> None:
        try:
            self.server.run(lambda: self.passes.append(time.monotonic()))
        except DatabaseInUseError as error:
            self.ended_by.append(error)

    def stop(self) -> None:
        self.server.stop()
        self.thread.join(PATIENCE_SECONDS)
        self.server.close()
        self._database.close()

    @contextmanager
    def device(self, name: DeviceId) -> Iterator[Device]:
        with Device(self.server.bound, self._enrolment.broker, self._enrolment.devices[name]) as device:
            device.hello()
            yield device


@pytest.fixture
def url(postgresql: Postgresql) -> Iterator[str]:
    with postgresql.database() as url:
        yield url


@pytest.fixture
def broker(url: str) -> Iterator[Broker]:
    at = Instant(sample.at(7, 31) - 1000)
    broker = Broker(url, make_outlet(url, sample.RULES, sample.SERVICES, DEVICES, CLERKS, at))
    yield broker
    broker.stop()


def alarms(office: Device) -> set[m.AlarmKind]:
    figures = office.ask(m.AskFigures(new_request_id()))
    assert isinstance(figures, m.Figures)
    return {alarm.kind for alarm in figures.alarms}


@contextmanager
def away(postgresql: Postgresql) -> Iterator[None]:
    postgresql.stop()
    try:
        yield
    finally:
        postgresql.start()


def send(device: Device, letter: str) -> CommandId:
    """Without waiting for the answer."""
    command = new_command_id(NOW)
    device.requests.send(encode(m.SendCommand(command, IssueTicket(letter))))
    return command


def test_while_its_server_is_away_a_broker_is_as_silent_as_one_that_does_not_run(
    broker: Broker, postgresql: Postgresql
) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display, broker.device(OFFICE) as office:
        display.listen()
        assert m.AlarmKind.NOT_STORED not in alarms(office)
        with away(postgresql):
            asked = send(kiosk, "A")
            wait_until(lambda: m.AlarmKind.NOT_STORED in alarms(office))  # operators are told how it is
            kiosk.requests.send(encode(m.AskSnapshot(new_request_id())))
            while display.updates.poll(0, zmq.POLLIN):
                assert isinstance(display.heard(), m.Heartbeat)
            assert not display.updates.poll(1500 * HEARTBEAT_SECONDS, zmq.POLLIN)
            assert not kiosk.requests.poll(0, zmq.POLLIN)
        assert isinstance(display.heard(), m.Heartbeat)
        issued = kiosk.accepted(IssueTicket("A"), asked)
        assert isinstance(issued.outcome, m.TicketOutcome)
        assert issued.outcome.number == 1
        assert display.heard_update().records[0].command == asked
        assert m.AlarmKind.NOT_STORED not in alarms(office)


def test_what_was_committed_without_a_word_is_told_and_answered_when_the_server_is_back(
    broker: Broker, url: str, postgresql: Postgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit has come through, the session has ended before anybody heard of it, and the server is gone."""
    whole = Journal.commit

    def commit_and_lose(journal: Journal, group: object) -> None:
        whole(journal, group)  # type: ignore[arg-type]
        monkeypatch.undo()
        postgresql.stop()
        whole(journal, group)  # type: ignore[arg-type]

    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display, broker.device(OFFICE) as office:
        display.listen()
        kiosk.accepted(IssueTicket("A"))
        display.heard_update()
        monkeypatch.setattr(Journal, "commit", commit_and_lose)
        asked = send(kiosk, "A")
        try:
            wait_until(lambda: m.AlarmKind.NOT_STORED in alarms(office))
        finally:
            postgresql.start()
        answer = kiosk.accepted(IssueTicket("A"), asked)
        assert isinstance(answer.outcome, m.TicketOutcome)
        assert answer.outcome.number == 2
        told = display.heard_update().records
        assert [record.command for record in told] == [asked]
        assert kiosk.accepted(IssueTicket("A")).outcome.number == 3  # type: ignore[union-attr]


def test_a_server_that_hangs_holds_the_loop_no_longer_than_devices_wait(
    broker: Broker, postgresql: Postgresql
) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display, broker.device(OFFICE) as office:
        kiosk.accepted(IssueTicket("A"))
        with postgresql.hanging():
            asked = send(kiosk, "A")
            wait_until(lambda: m.AlarmKind.NOT_STORED in alarms(office))
            assert not kiosk.requests.poll(0, zmq.POLLIN)
        answer = kiosk.accepted(IssueTicket("A"), asked)
        assert isinstance(answer.outcome, m.TicketOutcome)
        assert answer.outcome.number == 2
        display.heard()
    held = max(later - earlier for earlier, later in pairwise(broker.passes))
    assert held < HELD_AT_MOST_SECONDS < WATCHDOG_SECONDS


@pytest.mark.parametrize("odd", ODD_TEXTS)
def test_whatever_a_question_names_is_not_found_as_in_a_file(broker: Broker, odd: str) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("ratna")
        day, note, file = BusinessDay(odd), NoteId(odd), ApplicationId(odd)
        told = [
            pc.ask(question)
            for question in (
                m.AskHistory(ONE, odd),
                m.AskHistory(ONE, "A001", day),
                m.AskNote(ONE, note),
                m.EraseNote(ONE, note),
                m.AskDayReport(ONE, day),
                m.AskToken(ONE, odd),
                m.AskSlip(ONE, file),
            )
        ]
        nothing = [
            m.History(ONE, None, ()),
            m.History(ONE, None, ()),
            m.Note(ONE),
            m.NoteErased(ONE),
            m.DayReport(ONE),
        ]
        assert told == [*nothing, m.TokenAnswer(ONE), m.Slip(ONE)]


def test_a_broker_that_another_has_taken_over_from_ends(
    broker: Broker, url: str, postgresql: Postgresql
) -> None:
    with broker.device(KIOSK) as kiosk:
        kiosk.accepted(IssueTicket("A"))
        postgresql.end_sessions(make_url(url).database or "")
        with Database.open(url) as other:
            before = encode_state(Journal(other).load())
            send(kiosk, "A")
            broker.thread.join(PATIENCE_SECONDS)
            assert [type(error) for error in broker.ended_by] == [DatabaseInUseError]
            assert encode_state(Journal(other).load()) == before


@pytest.mark.parametrize("nonsense", ["\0", "0" * 65, "0\n"])
def test_an_id_that_can_not_be_kept_is_malformed_and_ends_nothing(broker: Broker, nonsense: str) -> None:
    """PostgreSQL keeps no text with a zero in it: such an id must not come so far."""
    with broker.device(KIOSK) as kiosk:
        kiosk.accepted(IssueTicket("A"))
        answer = kiosk.command(IssueTicket("A"), CommandId(nonsense))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.MALFORMED
        kiosk.accepted(IssueTicket("A"))
