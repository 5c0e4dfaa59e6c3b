"""A database that the first release left in the middle of a day: today's broker goes on where it was."""

import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import encode_state
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.ticket import ToQueue
from broker.domain.values import CounterNumber, Seq
from broker.protocol import messages as m
from broker.server.keys import new_key_pair
from broker.server.provision import Enrolment, enrol
from broker.server.sign_ins import hash_pin
from broker.store import schema
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.registry import ClerkProfile, Purpose, Registry
from tests.support import sample
from tests.support.broker import CLERKS, DEVICES, KIOSK, PC, HandClock, RunningBroker, url_in

DUMP = Path(__file__).parents[1] / "store" / "first_release.sql"
"""What release 0.1.0's first tables held at 07.31, without keys and answers: two clerks busy, one file in process."""


@pytest.fixture
def enrolment(tmp_path: Path) -> Enrolment:
    """The old database in its folder, with new keys for old devices."""
    connection = sqlite3.connect(tmp_path / "outlet.db")
    connection.executescript(DUMP.read_text(encoding="utf-8"))
    connection.close()
    with Database.open(url_in(tmp_path)) as database:
        registry = Registry(database)
        for purpose in Purpose:
            registry.add_signing_key(purpose, secrets.token_bytes(32), sample.at(7, 31))
        for clerk in CLERKS:
            registry.add_clerk(ClerkProfile(clerk.id, clerk.name, hash_pin(clerk.pin)))
        keys = {device.id: enrol(registry, device, sample.at(7, 31)) for device in DEVICES}
    return Enrolment(new_key_pair(), keys)


@pytest.fixture
def clock() -> HandClock:
    return HandClock(sample.at(7, 32))


@pytest.fixture
def old_broker(tmp_path: Path, enrolment: Enrolment, clock: HandClock) -> Iterator[RunningBroker]:
    broker = RunningBroker(tmp_path, enrolment, clock)
    yield broker
    broker.stop()


def test_the_old_journal_folds_to_the_open_day(tmp_path: Path, enrolment: Enrolment) -> None:
    with Database.open(url_in(tmp_path)) as database:
        state = Journal(database).load()
        rows = {row.id: row for row in database.read(select(schema.ticket))}
    assert state.day == sample.TUESDAY
    assert set(state.tickets) < set(rows)
    for ticket in state.tickets.values():
        row = rows[ticket.id]
        assert (row.status, row.clerk, row.queue) == (ticket.status, ticket.clerk, state.queue_of[ticket.id])
    assert [promised.application for promised in state.promises[0]] == [*state.applications]


def test_an_old_transfer_is_no_service_done(tmp_path: Path, enrolment: Enrolment) -> None:
    """The first release had no planned steps: whatever it sent on was sent on by a clerk."""
    with Database.open(url_in(tmp_path)) as database:
        state = Journal(database).load()
    assert state.tallies[sample.SRI].served == 1
    assert state.tallies[sample.RATNA].served == 0


def test_a_snapshot_of_the_old_state_is_not_read(tmp_path: Path, enrolment: Enrolment) -> None:
    """It may look like one of today's, and say nothing of what is watched today: the promises, for one."""
    with Database.open(url_in(tmp_path)) as database:
        journal = Journal(database)
        whole = journal.load()
        body = encode_state(State(seq=whole.seq, at=whole.at, rules=whole.rules))
        row = {"seq": whole.seq, "at": whole.at, "code": "0.1.0", "body": body}
        database.write(insert(schema.snapshot).values(row))
        assert encode_state(journal.load()) == encode_state(whole)


def test_the_broker_serves_on_and_closes_the_day(old_broker: RunningBroker, clock: HandClock) -> None:
    counter = CounterNumber(1)
    with old_broker.device(KIOSK) as kiosk, old_broker.device(PC) as pc:
        kiosk.listen()
        outcome = kiosk.accepted(c.IssueTicket("A")).outcome
        assert isinstance(outcome, m.TicketOutcome)
        assert outcome.number == 6
        pc.sign_in("sri")
        in_hand = folded(old_broker).seats[counter].ticket
        assert in_hand is not None
        pc.accepted(c.TransferTicket(in_hand, ToQueue("D")))
        pc.accepted(c.ReopenTicket(in_hand))
        pc.accepted(c.CompleteTicket(in_hand))
        pc.accepted(c.CallNext(counter))
        clock.time = sample.at(18)
        closed: list[e.AnyEvent] = []
        while not any(isinstance(event, e.DayClosed) for event in closed):
            closed += [record.event for record in kiosk.heard_update().records]
    state = folded(old_broker)
    assert (state.day, state.tickets) == (None, {})
    assert state.applications


def folded(broker: RunningBroker) -> State:
    """The state, as a reader of the whole journal has it."""
    with broker.device(PC) as reader:
        answer = reader.ask(m.AskUpdates(m.RequestId("all"), Seq(1)))
    assert isinstance(answer, m.Updates)
    state = State()
    for record in answer.records:
        evolve(state, record)
    return state
