"""Groups of commands: one commit, one answer each, and what becomes of them when the disk fails."""

from itertools import count

import pytest
from sqlalchemy import text

from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand, CallNext, Envelope, IssueTicket, Tick
from broker.domain.values import CommandId, CounterNumber, DeviceId, DeviceRole, Instant
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer
from broker.server.content import Content
from broker.server.core import Asked, Core
from broker.server.counts import Counts
from broker.server.tokens import Tokens
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.registry import Purpose, Registry
from tests.support import sample
from tests.support.broker import KIOSK, PC
from tests.support.hall import readings

NOW = sample.at(7, 31)


class Desk:
    """A core with its day open, and short ways of asking it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.journal = Journal(database)
        self.core = Core(self.journal, Tokens(Registry(database).signing_keys(Purpose.TOKENS)), Counts())
        self._ids = count(1)
        self.core.act(
            [Asked(Envelope(CommandId("tick"), DeviceId("broker"), DeviceRole.BROKER, Tick()))], NOW
        )

    def asked(self, command: AnyCommand, under: str | None = None, device: DeviceId = KIOSK) -> Asked:
        command_id = CommandId(f"{next(self._ids):032x}" if under is None else under)
        role = DeviceRole.KIOSK if device == KIOSK else DeviceRole.COUNTER
        message = m.SendCommand(command_id, command)
        return Asked(Envelope(command_id, device, role, command), Content(message))

    def act(self, *group: Asked) -> list[m.Answer]:
        return [decode_answer(body) for body in self.core.act(group, NOW).answers]

    def on_disk(self) -> bytes:
        return encode_state(self.journal.load())


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_commands_that_wait_together_share_one_commit(desk: Desk) -> None:
    before = desk.journal.commits
    answers = desk.act(*(desk.asked(IssueTicket("A")) for _ in range(16)))
    assert [answer.outcome.number for answer in answers] == list(range(1, 17))  # type: ignore[union-attr]
    assert desk.journal.commits == before + 1
    assert desk.on_disk() == encode_state(desk.core.state)


def test_a_quiet_tick_commits_nothing(desk: Desk) -> None:
    before = desk.journal.commits
    tick = Asked(Envelope(CommandId("t"), DeviceId("broker"), DeviceRole.BROKER, Tick()))
    done = desk.core.act([tick], NOW)
    assert done.records == ()
    assert desk.journal.commits == before


def test_an_answer_says_what_to_print(desk: Desk) -> None:
    (answer,) = desk.act(desk.asked(IssueTicket("A", sample.MICRO_BUSINESS)))
    assert isinstance(answer, m.Accepted)
    assert isinstance(answer.outcome, m.TicketOutcome)
    assert answer.seq == desk.core.state.seq
    assert answer.outcome.ticket in desk.core.state.tickets
    assert answer.outcome.ready_expected_at is not None
    assert answer.outcome.token


def test_a_command_sent_twice_acts_once_and_is_answered_the_same(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("A"))
    first, together = desk.act(asked, asked)
    (later,) = desk.act(asked)
    assert first == together == later
    assert len(desk.core.state.tickets) == 1


def test_a_refusal_is_answered_the_same_too_even_when_it_would_be_allowed_by_now(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("X"))
    (refused,) = desk.act(asked)
    assert isinstance(refused, m.Refused)
    seq = desk.core.state.seq
    assert desk.act(asked) == [refused]
    assert desk.core.state.seq == seq


def test_the_same_id_with_other_content_is_an_error(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("A"), under="0" * 32)
    other = desk.asked(IssueTicket("B"), under="0" * 32)
    first, second = desk.act(asked, other)
    assert isinstance(first, m.Accepted)
    assert isinstance(second, m.Error)
    assert second.code is m.ErrorCode.COMMAND_ID_REUSED
    assert desk.act(other) == [second]
    assert desk.act(asked) == [first]


def test_two_devices_may_use_the_same_id(desk: Desk) -> None:
    mine = desk.asked(IssueTicket("A"), under="0" * 32)
    yours = desk.asked(IssueTicket("B"), under="0" * 32, device=PC)
    assert all(isinstance(answer, m.Accepted) for answer in desk.act(mine, yours))


def test_answers_are_known_after_a_restart(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("A"))
    refused = desk.asked(CallNext(CounterNumber(1)), device=PC)
    before = desk.act(asked, refused)
    again = Desk(desk.database)
    assert again.act(asked, refused) == before
    assert len(again.core.state.tickets) == 1


def fail_on(desk: Desk, command: str) -> None:
    """Let the database itself refuse every event of one command."""
    desk.database.connection.execute(
        text(
            f"CREATE TRIGGER poison BEFORE INSERT ON journal WHEN NEW.command = '{command}' "
            "BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        )
    )


def test_a_command_that_the_database_refuses_does_not_spoil_the_others(desk: Desk) -> None:
    group = [desk.asked(IssueTicket("A")) for _ in range(3)]
    fail_on(desk, group[1].envelope.id)
    done = desk.core.act(group, NOW)
    first, poisoned, last = (decode_answer(body) for body in done.answers)
    assert isinstance(first, m.Accepted)
    assert isinstance(poisoned, m.Error)
    assert poisoned.code is m.ErrorCode.NOT_STORED
    assert str(poisoned.id) == group[1].envelope.id
    assert isinstance(last, m.Accepted)
    assert [record.command for record in done.records] == [group[0].envelope.id, group[2].envelope.id]
    assert desk.on_disk() == encode_state(desk.core.state)
    assert desk.core.state.numbers == {"A": 2}


def test_many_commands_that_the_database_refuses_cost_one_reading_of_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    group = [desk.asked(IssueTicket("A")) for _ in range(12)]
    desk.database.connection.execute(
        text(
            "CREATE TRIGGER poison BEFORE INSERT ON journal WHEN NEW.command IN "
            f"{tuple(str(each.envelope.id) for each in group[::2])} BEGIN SELECT RAISE(ABORT, 'poisoned'); END"
        )
    )
    read = readings(desk.journal, monkeypatch)
    answers = desk.act(*group)
    assert [type(answer) for answer in answers] == [m.Error, m.Accepted] * 6
    assert len(read) == 1
    assert desk.on_disk() == encode_state(desk.core.state)
    assert desk.core.state.numbers == {"A": 6}


def test_a_command_that_could_not_be_stored_may_be_sent_again(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("A"))
    fail_on(desk, asked.envelope.id)
    assert isinstance(desk.act(asked)[0], m.Error)
    desk.database.connection.execute(text("DROP TRIGGER poison"))
    assert isinstance(desk.act(asked)[0], m.Accepted)


def test_a_full_disk_stops_one_commit_and_not_the_outlet(desk: Desk) -> None:
    desk.act(desk.asked(IssueTicket("A")))
    pages = desk.database.connection.scalar(text("PRAGMA page_count"))
    desk.database.connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    group = [desk.asked(IssueTicket("B")) for _ in range(200)]
    answers = desk.act(*group)  # the new connection after the failure has no such limit
    assert all(isinstance(answer, m.Accepted) for answer in answers)
    assert desk.core.state.numbers == {"A": 1, "B": 200}
    assert desk.on_disk() == encode_state(desk.core.state)


def test_a_commit_that_was_on_disk_after_all_is_told_and_answered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk took the commit, but the word of it was lost on the way back."""
    whole = desk.journal.commit

    def commit_and_lose(group: object) -> None:
        monkeypatch.undo()
        whole(group)  # type: ignore[arg-type]
        whole(group)  # type: ignore[arg-type]

    monkeypatch.setattr(desk.journal, "commit", commit_and_lose)
    done = desk.core.act([desk.asked(IssueTicket("A"))], NOW)
    assert isinstance(decode_answer(done.answers[0]), m.Accepted)
    assert len(done.records) == 1
    assert desk.core.state.numbers == {"A": 1}


def test_time_does_not_go_back_in_the_journal(desk: Desk) -> None:
    asked = desk.asked(IssueTicket("A"))
    done = desk.core.act([asked], Instant(NOW - 60_000))
    assert done.records[0].at == NOW
