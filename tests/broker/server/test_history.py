"""Whether this is the newest history that anybody has heard of: hellos judged against a real database."""

import hmac
import sqlite3
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy import text

from broker.domain.known import Known
from broker.domain.values import BusinessDay, DeviceId, Instant, Seq
from broker.protocol.identifiers import new_request_id
from broker.protocol.messages import Epoch, Hello, Shown, Witness
from broker.server.history import MAC_BYTES, History
from broker.store import epochs
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.errors import NotCommittedError
from broker.store.registry import SigningKey
from tests.support import sample
from tests.support.broker import url_in
from tests.support.morning import Morning

KEYS = (SigningKey(1, b"1" * 32), SigningKey(2, b"2" * 32))
HERE = Seq(100)
KIOSK, PC, DISPLAY = (DeviceId(name) for name in ("kiosk-1", "pc-1", "display-1"))
EVERYBODY = (KIOSK, PC, DISPLAY)
TODAY, TOMORROW = BusinessDay("2026-07-14"), BusinessDay("2026-07-15")
STATE = Morning().state
"""Of the outlet, on this morning."""


def history_in(database: Database, keys: tuple[SigningKey, ...] = KEYS) -> History:
    return History(Epochs(database), keys)


@pytest.fixture
def history(database: Database) -> History:
    return history_in(database)


def hello(shown: Shown | None = None, known: Known | None = None) -> Hello:
    return Hello(new_request_id(), (1,), "a test", shown, known)


def witnesses(history: History, devices: Container[DeviceId] = EVERYBODY) -> tuple[Witness, ...]:
    return history.witnesses(devices, STATE, sample.at(8))


def known(history: History, devices: Container[DeviceId] = EVERYBODY) -> Known:
    return history.known(devices, STATE, sample.at(8))


def told_by(history: History, seq: int) -> Shown:
    """What a device holds that heard this history's word of event `seq`."""
    return Shown(history.epoch, Seq(seq), history.mac(Seq(seq)))


def next_history(database: Database, fork: int = 50) -> History:
    """The history that an operator has let begin after event `fork`."""
    history = history_in(database)
    history.confirm(Seq(fork), Instant(0))
    return history


# The mark


def test_the_mark_is_one_for_each_number_of_each_history_under_each_key(database: Database) -> None:
    first, old = history_in(database), history_in(database, KEYS[:1])
    later = next_history(database)
    marks = {each.mac(Seq(seq)) for each in (first, old, later) for seq in range(100)}
    assert len(marks) == 300
    assert {len(mark) for mark in marks} == {MAC_BYTES}


# Believed


def test_what_this_history_told_up_to_now_is_no_reason_to_doubt(history: History) -> None:
    for seq in (0, 1, HERE - 1, HERE):
        history.hear(KIOSK, hello(told_by(history, seq)), HERE)
        assert history.is_confirmed
    assert witnesses(history) == (Witness(KIOSK, history.epoch, HERE, None),)


def test_a_number_of_this_history_that_is_not_here_is_a_reason(history: History) -> None:
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    assert not history.is_confirmed


def test_a_word_under_an_older_key_counts_as_much(history: History, database: Database) -> None:
    before_the_new_key = history_in(database, KEYS[:1])
    history.hear(KIOSK, hello(told_by(before_the_new_key, HERE)), HERE)
    assert witnesses(history)[0].seq == HERE
    history.hear(KIOSK, hello(told_by(before_the_new_key, HERE + 1)), HERE)
    assert not history.is_confirmed


def test_an_ancestors_numbers_past_the_fork_are_no_reason_the_operator_knew_of_them(
    database: Database,
) -> None:
    """Whoever held them has shown them before the fork was confirmed, or is away: the new history goes on."""
    ancestor = history_in(database)
    child = next_history(database, fork=50)
    for seq in (50, 51, 10_000):
        child.hear(KIOSK, hello(told_by(ancestor, seq)), HERE)
        assert child.is_confirmed


def test_a_child_that_this_disk_has_never_heard_of_is_a_reason(database: Database, tmp_path: Path) -> None:
    """A broker went on under a new epoch, then its disk was set back to what it was before that."""
    with set_back(database, tmp_path) as before:
        child, older = next_history(database), history_in(before)
        older.hear(KIOSK, hello(told_by(child, 1)), HERE)
        assert not older.is_confirmed


@contextmanager
def set_back(database: Database, folder: Path) -> Iterator[Database]:
    """A copy of the disk as it is now."""
    copied = folder / "copy"
    copied.mkdir()
    with (
        closing(sqlite3.connect(database.where)) as source,
        closing(sqlite3.connect(copied / "outlet.db")) as copy,
    ):
        source.backup(copy)
    with Database.open(url_in(copied)) as opened:
        yield opened


# Not believed


def forged(shown: Shown) -> list[Shown]:
    """What somebody makes of a genuine word who has no key."""
    return [
        replace(shown, seq=Seq(shown.seq + 1)),
        replace(shown, seq=Seq(2**64 - 1)),
        replace(shown, epoch=Epoch("0" * 32)),
        replace(shown, epoch=Epoch(f"{shown.epoch}:1")),
        replace(shown, mac=b""),
        replace(shown, mac=bytes(MAC_BYTES)),
        replace(shown, mac=shown.mac[:-1]),
        replace(shown, mac=shown.mac + b"\0"),
        replace(shown, mac=bytes(reversed(shown.mac))),
        replace(shown, mac=bytes([shown.mac[0] ^ 1]) + shown.mac[1:]),
    ]


def test_no_forged_word_makes_the_broker_doubt_or_is_taken_for_genuine(history: History) -> None:
    for shown in forged(told_by(history, HERE)) + forged(told_by(history, HERE + 1)):
        history.hear(KIOSK, hello(shown), HERE)
        assert history.is_confirmed, shown
        assert witnesses(history) == (Witness(KIOSK, None, None, None),), shown


def test_a_word_of_another_outlets_is_none_here(history: History) -> None:
    stranger = Shown(history.epoch, Seq(HERE + 1), told_elsewhere(history, HERE + 1))
    history.hear(KIOSK, hello(stranger), HERE)
    assert history.is_confirmed


def told_elsewhere(history: History, seq: int) -> bytes:
    """The mark that a broker with other keys would make."""
    return hmac.digest(b"3" * 32, f"{history.epoch}:{seq}".encode(), "sha256")[:MAC_BYTES]


def test_who_holds_nothing_is_no_reason(history: History) -> None:
    history.hear(KIOSK, hello(), HERE)
    assert history.is_confirmed


# Doubted, and confirmed


def test_a_doubt_outlives_a_restart_and_a_later_honest_word(history: History, database: Database) -> None:
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    again = history_in(database)
    assert not again.is_confirmed
    again.hear(PC, hello(told_by(again, HERE)), HERE)
    assert not again.is_confirmed
    assert again.epoch == history.epoch


def test_a_doubt_that_the_disk_does_not_take_holds_as_long_as_the_broker_runs(
    history: History, database: Database
) -> None:
    refuse_writing(database, "UPDATE")
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    assert not history.is_confirmed
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    assert not history.is_confirmed


def refuse_writing(database: Database, what: str) -> None:
    """Let the database itself refuse to change its epochs."""
    database.connection.execute(
        text(f"CREATE TRIGGER stuck BEFORE {what} ON epoch BEGIN SELECT RAISE(ABORT, 'stuck'); END")
    )


def test_a_confirmed_history_is_new_and_knows_where_it_comes_from(
    history: History, database: Database
) -> None:
    doubted = history.epoch
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    history.confirm(HERE, Instant(7))
    assert history.is_confirmed
    assert history.epoch != doubted
    assert Epochs(database).lineage()[-1] == epochs.Epoch(
        history.epoch, doubted, HERE, Instant(7), is_confirmed=True
    )
    again = history_in(database)
    assert (again.epoch, again.is_confirmed) == (history.epoch, True)
    assert again.mac(HERE) == history.mac(HERE)


def test_what_made_it_doubt_does_not_once_it_is_confirmed(history: History) -> None:
    reason = told_by(history, HERE + 1)
    history.hear(KIOSK, hello(reason), HERE)
    history.confirm(HERE, Instant(7))
    history.hear(KIOSK, hello(reason), HERE)
    assert history.is_confirmed


def test_a_confirmation_that_the_disk_does_not_take_changes_nothing(
    history: History, database: Database
) -> None:
    history.hear(KIOSK, hello(told_by(history, HERE + 1)), HERE)
    doubted = history.epoch
    refuse_writing(database, "INSERT")
    with pytest.raises(NotCommittedError):
        history.confirm(HERE, Instant(7))
    assert (history.epoch, history.is_confirmed) == (doubted, False)
    assert history.mac(HERE) == told_by(history, HERE).mac


# Witnesses


def test_each_device_is_a_witness_by_its_last_hello(history: History) -> None:
    history.hear(PC, hello(told_by(history, 7)), HERE)
    history.hear(KIOSK, hello(told_by(history, 9)), HERE)
    history.hear(PC, hello(told_by(history, 3), Known(TODAY, {"A": 2})), HERE)
    assert witnesses(history) == (
        Witness(KIOSK, history.epoch, Seq(9), None),
        Witness(PC, history.epoch, Seq(3), Known(TODAY, {"A": 2})),
    )


def test_numbers_go_on_past_all_that_anybody_knows(history: History) -> None:
    history.hear(KIOSK, hello(known=Known(TODAY, {"A": 8}, serials=1, pick_up_serials=2)), HERE)
    history.hear(PC, hello(known=Known(TODAY, {"A": 7, "C": 1}, serials=4, booked={TOMORROW: 3})), HERE)
    history.hear(DISPLAY, hello(), HERE)
    assert known(history) == Known(TODAY, {"A": 8, "C": 1}, 4, 2, {TOMORROW: 3})
    assert all(each.not_believed is None for each in witnesses(history))


def test_of_an_earlier_day_only_what_was_booked_counts(history: History) -> None:
    yesterday = BusinessDay("2026-07-13")
    history.hear(KIOSK, hello(known=Known(yesterday, {"A": 500}, serials=90, booked={TOMORROW: 3})), HERE)
    assert known(history) == Known(booked={TOMORROW: 3})


def test_what_can_not_be_is_not_believed_and_told_with_the_device(
    history: History, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Known(TODAY, {"A": 8, "B": 1_000_000_000}, serials=3)
    history.hear(KIOSK, hello(known=said), HERE)
    history.hear(PC, hello(known=Known(TOMORROW, {"C": 1})), HERE)
    not_believed = {each.device: each.not_believed for each in witnesses(history)}
    assert not_believed == {KIOSK: Known(TODAY, {"B": 1_000_000_000}), PC: Known(TOMORROW, {"C": 1})}
    assert known(history) == Known(TODAY, {"A": 8}, serials=3)
    told = capsys.readouterr().out
    assert "kiosk-1" in told
    assert "1000000000" in told


def test_who_may_not_connect_any_more_is_no_witness(history: History) -> None:
    history.hear(KIOSK, hello(known=Known(TODAY, {"A": 8})), HERE)
    history.hear(PC, hello(known=Known(TODAY, {"A": 9})), HERE)
    assert [each.device for each in witnesses(history, {KIOSK})] == [KIOSK]
    assert known(history, {KIOSK}) == Known(TODAY, {"A": 8})
    assert known(history, ()) == Known()
