"""Whether everything in a database is what was written: each row by its checksum, the tables by the journal's fold.

`integrity` looks at a file's pages and `agreement` at what is open, at every start; this reads all there is, as whoever
keeps a copy must.
"""

from collections.abc import Iterator

from sqlalchemy import select

from broker.domain.codec import encode_state
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import Seq
from broker.store import agreement, schema
from broker.store.database import Database
from broker.store.errors import DatabaseDamagedError
from broker.store.journal import CODE, READ_AT_ONCE, Journal, is_whole_answer, is_whole_snapshot


def verify(database: Database) -> Iterator[int]:
    """Tells how many events have been read so far. Raises DatabaseDamagedError with what is wrong, and what reading
    raises.
    """
    snapshots = _snapshots(database)
    _check_answers(database)
    journal, state = Journal(database), State()
    while records := journal.records_from(Seq(state.seq + 1), READ_AT_ONCE):
        for record in records:
            if record.seq != state.seq + 1:
                raise DatabaseDamagedError(database.where, f"no event {state.seq + 1} in the journal")
            evolve(state, record)
            if record.seq in snapshots and snapshots[record.seq] != encode_state(state):
                raise DatabaseDamagedError(
                    database.where, f"the snapshot of event {record.seq} is another state"
                )
        yield state.seq
    agreement.check(database, state)


def _snapshots(database: Database) -> dict[Seq, bytes]:
    """Those that this code would begin with."""
    found = {}
    for row in database.read(select(schema.snapshot)):
        if not is_whole_snapshot(row):
            raise DatabaseDamagedError(database.where, f"the snapshot of event {row.seq}")
        if row.code == CODE:
            found[Seq(row.seq)] = row.body
    return found


def _check_answers(database: Database) -> None:
    for row in database.read(select(schema.answer)):
        if not is_whole_answer(row):
            raise DatabaseDamagedError(database.where, f"the answer to {row.command} from {row.device}")
