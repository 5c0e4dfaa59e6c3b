"""Bytes turn on the disk: the broker says what is damaged and what to do; it never serves what was not written."""

import shutil
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from antrean import outlet_folder
from antrean.outlet_folder import Devices
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS
from broker.domain.codec import encode_state
from broker.domain.events import Recorded
from broker.domain.values import Instant, Seq
from broker.server.core import Asked
from broker.store import agreement
from broker.store.checksum import checksum, is_right
from broker.store.database import Database
from broker.store.errors import DatabaseDamagedError, StoreError
from broker.store.journal import Journal
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.broker import new_outlet, url_in
from tests.support.hall import Hall
from tests.support.running import TEBET_TIMUR
from wording import Language, Wording

TURNS = 5000 if SOAKING else 80
HEADER, FRAME = 32, 24 + 2048
"""Sizes in the write-ahead log."""

PAGE, LEAVES, ROWS_HEAD = 2048, (10, 13), 18
"""The database's pages, those of its rows by their first byte, and about how long a row's head is."""


class Kept:
    """A morning's database: closed in order, and as a kill has left it, its last commits in the log."""

    def __init__(self, folder: Path) -> None:
        work, self.left = folder / "work", folder / "left"
        work.mkdir()
        new_outlet(work)
        with Database.open(url_in(work)) as database:
            self.hall = Hall(database, Random(3))
            for moment in range(60):
                self.hall.busy()
                if moment == 40:
                    self.hall.journal.keep_snapshot(self.hall.core.state)
                    database.scrub()
            shutil.copytree(work, self.left, ignore=shutil.ignore_patterns("*.lock", "*-shm"))
        self.closed = (work / "outlet.db").read_bytes()

    def close_in(self, folder: Path, body: bytes) -> str:
        """The closed database with other bytes; its URL."""
        folder.mkdir()
        (folder / "outlet.db").write_bytes(body)
        return url_in(folder)

    def left_in(self, folder: Path, log: bytes) -> str:
        """The database that a kill has left, with another log; its URL."""
        shutil.copytree(self.left, folder)
        (folder / "outlet.db-wal").write_bytes(log)
        return url_in(folder)

    @property
    def log(self) -> bytes:
        return (self.left / "outlet.db-wal").read_bytes()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(tmp_path_factory.mktemp("kept"))


def turned(body: bytes, at: int, by: int = 0x55) -> bytes:
    return body[:at] + bytes([body[at] ^ by]) + body[at + 1 :]


def only_the_truth_is_served(url: str, kept: Kept) -> None:
    """Raises StoreError where damage is told."""
    with Database.open(url) as database:
        journal = Journal(database)
        state = journal.load()
        agreement.check(database, state)
        assert encode_state(state) == encode_state(kept.hall.core.state)
        for record in kept.hall.told:
            assert told_or_read(journal, record.seq) in (None, record)
        for asked, body in kept.hall.answers:
            assert answer_or_none(journal, asked) in (None, body)


def told_or_read(journal: Journal, seq: Seq) -> Recorded | None:
    """The event, or None where the journal says that it is damaged."""
    try:
        (record,) = journal.records_from(seq, 1)
    except DatabaseDamagedError:
        return None
    return record


def answer_or_none(journal: Journal, asked: Asked) -> bytes | None:
    """The answer, or None where it is damaged, or stands under another command now and is not found."""
    try:
        answered = journal.answered(*asked.key)
    except DatabaseDamagedError:
        return None
    return answered.body if answered is not None else None


def turns_told(kept: Kept, folder: Path, places: Sequence[int]) -> int:
    """Turn single bytes, each in a database of its own; how many were told. The others did no harm."""
    chance = Random()
    told = 0
    for turn in range(TURNS):
        at, by = chance.choice(places), chance.randrange(1, 256)
        copy = folder / str(turn)
        try:
            only_the_truth_is_served(kept.close_in(copy, turned(kept.closed, at, by)), kept)
        except StoreError:
            told += 1
        except BaseException as error:
            error.add_note(f"byte {at} turned by {by}: {copy}")
            raise
        shutil.rmtree(copy)
    return told


def heads_of_rows(body: bytes) -> list[int]:
    """Where in the file it stands of what type each value of a row is (https://www.sqlite.org/fileformat2.html)."""
    places: list[int] = []
    for start in range(0, len(body), PAGE):
        head = start + (100 if start == 0 else 0)
        if body[head] not in LEAVES:
            continue
        (rows,) = struct.unpack_from(">H", body, head + 3)
        for row in struct.unpack_from(f">{rows}H", body, head + 8):
            places += range(start + row, start + row + ROWS_HEAD)
    return places


def test_a_byte_that_turns_anywhere_is_told_or_does_no_harm(kept: Kept, tmp_path: Path) -> None:
    assert turns_told(kept, tmp_path, range(len(kept.closed))) > TURNS // 20


def test_so_is_one_that_makes_another_type_of_a_value(kept: Kept, tmp_path: Path) -> None:
    """A number where bytes were, a text where a number was: what reads it must not stumble."""
    assert turns_told(kept, tmp_path, heads_of_rows(kept.closed)) > TURNS // 20


def test_bytes_of_which_a_number_was_made_are_not_what_was_written() -> None:
    right = checksum("1 sri", b"body")
    assert is_right(right, "1 sri", b"body")
    for made in (5, 1.5, "body", None):
        assert not is_right(right, "1 sri", made)
        assert not is_right(None, "1 sri", made)


def test_a_page_of_nonsense_is_told(kept: Kept, tmp_path: Path) -> None:
    pages = len(kept.closed) // 2048
    for page in range(1, pages):
        nonsense = Random(page).randbytes(2048)
        body = kept.closed[: page * 2048] + nonsense + kept.closed[(page + 1) * 2048 :]
        with pytest.raises(StoreError, match=r"outlet\.db"):
            Database.open(kept.close_in(tmp_path / str(page), body))


def test_a_file_that_has_lost_its_end_is_told(kept: Kept, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"outlet\.db"):
        Database.open(kept.close_in(tmp_path / "short", kept.closed[: len(kept.closed) // 4096 * 2048]))


def test_damage_in_the_log_before_its_last_commit_is_told_and_nothing_is_thrown_away(
    kept: Kept, tmp_path: Path
) -> None:
    """SQLite alone would let everything go that comes after it, and the next start would know nothing of it."""
    log = kept.log
    frames = (len(log) - HEADER) // FRAME
    for number, frame in enumerate((0, 1, frames // 3, frames // 2)):
        for part in (2, 6, 10, 18, 24 + 1000):  # page, size, salt, checksum, content
            damaged = turned(log, HEADER + frame * FRAME + part)
            url = kept.left_in(tmp_path / f"{number}-{part}", damaged)
            for _ in range(2):
                with pytest.raises(DatabaseDamagedError, match=r"outlet\.db-wal"):
                    Database.open(url)
            assert (tmp_path / f"{number}-{part}" / "outlet.db-wal").read_bytes() == damaged


def test_a_log_whose_header_is_not_whole_is_what_a_power_cut_leaves_too(kept: Kept, tmp_path: Path) -> None:
    """It is written anew when all before it is in the database."""
    with Database.open(kept.left_in(tmp_path / "cut", turned(kept.log, 13))) as database:
        agreement.check(database, Journal(database).load())


def test_a_last_commit_that_is_not_whole_is_what_a_power_cut_leaves(kept: Kept, tmp_path: Path) -> None:
    before = list(kept.hall.bytes_at)[-2]
    with Database.open(kept.left_in(tmp_path / "cut", kept.log[:-100])) as database:
        assert Journal(database).load().seq == before


def test_a_log_from_a_kill_is_whole(kept: Kept, tmp_path: Path) -> None:
    only_the_truth_is_served(kept.left_in(tmp_path / "whole", kept.log), kept)


def test_damage_while_the_broker_runs_ends_it_with_a_word(tmp_path: Path) -> None:
    new_outlet(tmp_path)
    with Database.open(url_in(tmp_path)) as database:
        hall = Hall(database, Random(3))
        for _ in range(10):
            hall.busy()
        database.scrub()
        file = tmp_path / "outlet.db"
        with file.open("r+b") as raw:
            raw.seek(2048)
            raw.write(Random(1).randbytes(file.stat().st_size - 2048))
        database.connection.exec_driver_sql(
            "PRAGMA shrink_memory"
        )  # a large database is not in memory either
        with pytest.raises(StoreError, match=r"outlet\.db"):
            hall.act(hall.ticket_wanted())
    with pytest.raises(StoreError, match=r"outlet\.db"):
        Database.open(url_in(tmp_path))


@pytest.mark.slow
def test_the_command_says_what_is_damaged_and_what_to_do(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet(TEBET_TIMUR, Wording(Language.EN)), 1)
    made = outlet_folder.make(
        tmp_path / "outlet", seed, Devices(1, 1, 1), "127.0.0.1", 5570, Instant(sample.at(8))
    )
    file = made.folder / "outlet.db"
    body = file.read_bytes()
    file.write_bytes(body[:4096] + bytes(2048) + body[6144:])
    started = subprocess.run(
        [
            *(sys.executable, "-m", "antrean", "broker"),
            *("--settings", str(made.folder / BROKER_SETTINGS)),
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert started.returncode != 0
    assert "The database is damaged" in started.stderr
    assert "antrean restore" in started.stderr
