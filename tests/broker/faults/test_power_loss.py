"""The power fails at any moment: what was acknowledged is there, of the rest whole groups or nothing.

The disk's log is cut at many places, and of what was not synced any sectors are left; the product's own store,
over Python's sqlite3, opens what is left.
"""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from broker.domain.codec import encode_state
from broker.domain.values import Seq
from broker.protocol import messages as m
from broker.store import agreement, journal
from broker.store import sqlite as store
from broker.store.database import Database
from broker.store.errors import StoreError
from broker.store.sqlite import PRAGMAS
from tests.conftest import SOAKING
from tests.support import apsw_driver
from tests.support.broker import new_outlet, url_in
from tests.support.disk import Disk, Images, Left, Sync, after_cuts
from tests.support.hall import Hall
from tests.support.tables import the_tables_say_what_the_state_says

MOMENTS, CUTS = (400, 6000) if SOAKING else (100, 150)


class Recording:
    """A busy morning on a recorded disk, and what had been acknowledged at each place of its log."""

    def __init__(self, folder: Path, chance: Random) -> None:
        new_outlet(folder)
        self.acknowledged: list[tuple[int, int, Seq]] = []
        """Places in the log, with how many answers and which event had been given by then."""
        with Disk(folder) as disk, Database.open(apsw_driver.url_in(folder)) as database:
            self.hall = Hall(database, chance)
            for moment in range(MOMENTS):
                self.hall.busy()
                if moment % 30 == 20:
                    database.scrub()
                if moment % 40 == 35:
                    database.reopen()
                self.acknowledged.append((len(disk.log), len(self.hall.answers), self.hall.core.state.seq))
            self.log = list(disk.log)

    def places(self, chance: Random) -> list[int]:
        """Where to cut: around syncs, and anywhere; never before the outlet had opened."""
        begin = self.acknowledged[0][0]
        syncs = [place for place, deed in enumerate(self.log) if isinstance(deed, Sync) and place > begin]
        around = [place + chance.choice((0, 1)) for place in chance.sample(syncs, min(CUTS // 2, len(syncs)))]
        return around + [chance.randint(begin, len(self.log)) for _ in range(CUTS - len(around))]

    def known_at(self, place: int) -> tuple[int, Seq]:
        """How many answers had been given by then, and which event was the last."""
        return max((answers, seq) for logged, answers, seq in self.acknowledged if logged <= place)


def the_outlet_is_whole(recording: Recording, place: int, left: Images, folder: Path) -> None:
    folder.mkdir()
    for name, body in left.items():
        (folder / name).write_bytes(body)
    answers, seq = recording.known_at(place)
    hall = recording.hall
    with Database.open(url_in(folder)) as database:
        assert database.connection.scalar(text("PRAGMA integrity_check")) == "ok"
        after = Hall(database, Random(0), hall.now)
        state = after.core.state
        assert state.seq >= seq, f"events {state.seq + 1} to {seq} are lost"
        assert encode_state(state) == hall.bytes_at[state.seq]
        assert after.told == hall.told[: state.seq]
        agreement.check(database, state)
        the_tables_say_what_the_state_says(database, state)
        for asked, body in hall.answers[:answers]:
            known = after.journal.answered(*asked.key)
            assert known is not None, f"{asked.envelope.id} has no answer any more"
            assert known.body == body
        after.tick()
        (issued,) = after.act(hall.ticket_wanted("D"))
        assert isinstance(issued, m.Accepted)


def often(monkeypatch: pytest.MonkeyPatch, *pragmas: str) -> None:
    """A day's snapshots and checkpoints within a morning."""
    monkeypatch.setattr(journal, "SNAPSHOT_EVENTS", 60)
    monkeypatch.setattr(store, "PRAGMAS", (*PRAGMAS, "wal_autocheckpoint=30", *pragmas))


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 120)
def test_what_was_acknowledged_survives_a_power_cut_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = Random().randrange(2**32)
    chance = Random(seed)
    (tmp_path / "recorded").mkdir()
    with monkeypatch.context() as patched:
        often(patched)
        recording = Recording(tmp_path / "recorded", chance)
    seen = set()
    for number, (place, how, left) in enumerate(after_cuts(recording.log, recording.places(chance), chance)):
        try:
            the_outlet_is_whole(recording, place, left, tmp_path / f"cut-{number}")
        except (AssertionError, StoreError, SQLAlchemyError) as error:
            raise AssertionError(f"seed {seed}, cut after {place} deeds, left {how.name}: {error}") from error
        seen.add(how)
    assert seen == set(Left)


@pytest.mark.slow
def test_the_proof_finds_what_a_disk_without_syncs_loses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(1)
    (tmp_path / "recorded").mkdir()
    with monkeypatch.context() as patched:
        often(patched, "synchronous=OFF")
        recording = Recording(tmp_path / "recorded", chance)
    lost = 0
    places = recording.places(chance)[:20]
    for number, (place, _, left) in enumerate(after_cuts(recording.log, places, chance)):
        try:
            the_outlet_is_whole(recording, place, left, tmp_path / f"cut-{number}")
        except (AssertionError, StoreError, SQLAlchemyError):
            lost += 1
    assert lost > len(places) // 4
