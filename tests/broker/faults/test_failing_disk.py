"""A disk that is full, broken or read-only: nothing half done, each sender told, and the outlet goes on afterwards."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random

import apsw
import pytest

from broker.domain.codec import encode_state
from broker.domain.commands import IssueTicket
from broker.domain.values import CommandId
from broker.protocol import messages as m
from broker.server.core import Asked
from broker.store.database import Database
from broker.store.errors import DatabaseUnreadableError, StoreError
from tests.support import apsw_driver, sample
from tests.support.broker import new_outlet, url_in
from tests.support.disk import Deed, Disk, Left, Platter, Sync, Write
from tests.support.hall import HANDS, Hall, readings
from tests.support.tables import the_tables_say_what_the_state_says

FAILURES = (apsw.FullError, apsw.IOError, apsw.ReadOnlyError)
MOST_DEEDS = 200
"""A commit of three commands has fewer."""


class Failing:
    """A rule that lets so many deeds through and then fails, so many times or for good."""

    def __init__(self, error: type[Exception], after: int, times: int = 1_000_000) -> None:
        self._error = error
        self._places = range(after, after + times)
        self._asked = 0

    @property
    def has_failed(self) -> bool:
        return self._asked > self._places.start

    def __call__(self, deed: Deed) -> None:
        place, self._asked = self._asked, self._asked + 1
        if place in self._places:
            raise self._error("the disk fails, as asked")


def no_syncs(deed: Deed) -> None:
    if isinstance(deed, Sync):
        raise apsw.IOError("the disk fails, as asked")


def no_writes(deed: Deed) -> None:
    if isinstance(deed, Write):
        raise apsw.ReadOnlyError("attempt to write a readonly database")


def memory_and_disk_agree(hall: Hall) -> None:
    state = hall.core.state
    assert encode_state(hall.journal.load()) == encode_state(state)
    assert hall.told == list(hall.journal.records_from(hall.told[0].seq, len(hall.told) + 1))
    the_tables_say_what_the_state_says(hall.database, state)


def each_knows_what_became_of_it(hall: Hall, wanted: Sequence[Asked], answers: Sequence[m.Answer]) -> None:
    told = {record.command for record in hall.told}
    for asked, answer in zip(wanted, answers, strict=True):
        if isinstance(answer, m.Error):
            assert answer.code is m.ErrorCode.NOT_STORED
        else:
            assert isinstance(answer, m.Accepted)
        assert isinstance(answer, m.Accepted) == (asked.envelope.id in told)


def all_act_once(hall: Hall, wanted: Sequence[Asked]) -> None:
    """Sent again, now that the disk works."""
    answers = hall.act(*wanted)
    assert all(isinstance(answer, m.Accepted) for answer in answers)
    journal = hall.journal.records_from(hall.told[0].seq, 10_000)
    for asked in wanted:
        assert len([record for record in journal if record.command == asked.envelope.id]) == 1


@pytest.mark.parametrize("error", FAILURES)
def test_a_disk_that_fails_for_a_while_stores_nothing_and_says_so(
    tmp_path: Path, error: type[Exception]
) -> None:
    """From each deed of a commit on. Where nobody can know what would be left, the broker ends, and starts anew."""
    new_outlet(tmp_path)
    ended = []
    for after in range(MOST_DEEDS):
        folder = tmp_path / f"after-{after}"
        folder.mkdir()
        shutil.copy(tmp_path / "outlet.db", folder)
        with Disk(folder) as disk:
            rule = Failing(error, after)
            try:
                fail_and_go_on(disk, folder, rule)
            except StoreError:
                ended.append(after)
            disk.rule = None
            with Database.open(apsw_driver.url_in(folder)) as database:
                again = Hall(database, Random(1), sample.at(8))
                all_act_once(again, three_wanted(again))
                memory_and_disk_agree(again)
        if not rule.has_failed:
            break
    else:
        pytest.fail("the commit never came to its end")
    assert ended == [after - 1], "only the last deed, the sync, leaves a commit's outcome open"


def three_wanted(hall: Hall) -> list[Asked]:
    """The same three each time, whatever came before."""
    return [
        hall.asked(HANDS[0], IssueTicket(letter), CommandId(f"f{number:031x}"))
        for number, letter in enumerate("ABC")
    ]


def fail_and_go_on(disk: Disk, folder: Path, rule: Failing) -> None:
    with Database.open(apsw_driver.url_in(folder)) as database:
        hall = Hall(database, Random(1))
        hall.busy()
        wanted = three_wanted(hall)
        disk.rule = rule
        each_knows_what_became_of_it(hall, wanted, hall.act(*wanted))
        disk.rule = None
        memory_and_disk_agree(hall)
        all_act_once(hall, wanted)
        memory_and_disk_agree(hall)


@pytest.mark.parametrize("error", FAILURES)
def test_a_disk_that_fails_once_costs_nobody_a_command(
    disk: Disk, hall: Hall, error: type[Exception]
) -> None:
    for after in range(MOST_DEEDS):
        wanted = [hall.ticket_wanted(letter) for letter in "ABC"]
        rule = disk.rule = Failing(error, after, 1)
        answers = hall.act(*wanted)
        disk.rule = None
        assert all(isinstance(answer, m.Accepted) for answer in answers)
        memory_and_disk_agree(hall)
        if not rule.has_failed:
            break
    else:
        pytest.fail("the commit never came to its end")


def test_a_disk_that_fails_is_not_asked_again_for_everybody_who_waits(
    disk: Disk, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each attempt takes the whole journal from disk again: for sixteen that would be seconds."""
    before = hall.ticket_wanted()
    hall.act(before)
    wanted = [hall.ticket_wanted() for _ in range(16)]
    read = readings(hall.journal, monkeypatch)
    disk.rule = no_writes
    answers = hall.act(wanted[0], before, *wanted[1:])
    assert len(read) == 2
    assert isinstance(answers.pop(1), m.Accepted), "it has been carried out before"
    assert all(isinstance(answer, m.Error) for answer in answers)
    each_knows_what_became_of_it(hall, wanted, answers)
    disk.rule = None
    all_act_once(hall, wanted)
    memory_and_disk_agree(hall)


def test_nothing_is_answered_of_which_a_power_cut_could_leave_nothing(disk: Disk, hall: Hall) -> None:
    """Without syncs a commit may stand in the file, be read again over a new connection, and still be lost."""
    disk.rule = no_syncs
    with pytest.raises(StoreError):
        hall.act(hall.ticket_wanted())


def test_what_a_killed_broker_had_not_synced_is_synced_before_anybody_is_served(
    disk: Disk, hall: Hall, tmp_path: Path
) -> None:
    wanted = hall.ticket_wanted()
    disk.rule = no_syncs
    with pytest.raises(StoreError):
        hall.act(wanted)
    disk.rule = None
    (tmp_path / "outlet.db.lock").unlink()  # the killed broker's own lock would have gone with it
    with Database.open(apsw_driver.url_in(tmp_path)) as database:
        again = Hall(database, Random(1), hall.now)
        assert again.core.state.seq == hall.told[-1].seq + 1
        platter = Platter()
        for deed in disk.log:
            platter.take(deed)
        left = platter.after_a_cut(Left.NOTHING, Random(0))
    (tmp_path / "after").mkdir()
    for name, body in left.items():
        (tmp_path / "after" / name).write_bytes(body)
    with Database.open(url_in(tmp_path / "after")) as database:
        assert Hall(database, Random(1), hall.now).told == again.told


def test_a_database_that_becomes_read_only_stores_nothing_until_it_is_writable_again(
    disk: Disk, hall: Hall
) -> None:
    wanted = [hall.ticket_wanted() for _ in range(3)]
    disk.rule = no_writes
    for answer in hall.act(*wanted):
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.NOT_STORED
    disk.rule = None
    all_act_once(hall, wanted)
    memory_and_disk_agree(hall)


def test_a_snapshot_that_does_not_fit_costs_nothing_but_time(
    disk: Disk, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broker.store.journal.SNAPSHOT_EVENTS", 1)
    for after in range(40):
        hall.act(hall.ticket_wanted())
        disk.rule = Failing(apsw.FullError, after)
        hall.core.keep_snapshot_if_due()
        disk.rule = None
        memory_and_disk_agree(hall)


def test_a_database_that_can_not_be_written_is_named_at_the_start(disk: Disk, tmp_path: Path) -> None:
    disk.is_read_only = True
    with pytest.raises(DatabaseUnreadableError, match=r"outlet\.db"):
        Database.open(apsw_driver.url_in(tmp_path))
