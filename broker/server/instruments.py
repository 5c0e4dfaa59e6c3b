"""The broker's own figures, read where they are counted, and the alarms that they come to."""

import importlib.metadata
import resource
from collections.abc import Callable, Sequence

from broker.domain.state import State
from broker.domain.values import Instant
from broker.protocol.messages import Alarm, DeviceStanding, Figures, RequestId
from broker.server.alarms import alarms_of
from broker.server.clock import CoreTime
from broker.server.counts import Counts
from broker.server.front import Front
from broker.server.history import History
from broker.store.database import Database
from broker.store.disk import room_of
from broker.store.journal import Journal

PROGRAM = f"antrean {importlib.metadata.version('antrean')}"
KIB = 1024


class Instruments:
    """What there is to read: all of it since the broker began to serve, which is now."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        counts: Counts,
        front: Front,
        strangers: Callable[[], int],
        time: CoreTime,
    ) -> None:
        self._database = database
        self._journal = journal
        self._counts = counts
        self._front = front
        self._strangers = strangers
        self._time = time
        self._started_at = time.now()

    def alarms(self, devices: Sequence[DeviceStanding], at: Instant) -> tuple[Alarm, ...]:
        """What needs somebody's hand now."""
        room, not_stored = room_of(self._database), self._counts.failed_in_a_row
        return tuple(alarms_of(devices, room, not_stored, self._time.doubt, at))

    def figures(
        self,
        request: RequestId,
        state: State,
        history: History,
        devices: Sequence[DeviceStanding],
        at: Instant,
    ) -> Figures:
        """Everything that is counted."""
        counts, room = self._counts, room_of(self._database)
        return Figures(
            id=request,
            program=PROGRAM,
            epoch=history.epoch,
            seq=state.seq,
            at=at,
            started_at=self._started_at,
            is_confirmed=history.is_confirmed,
            commands={str(kind.__struct_config__.tag): count for kind, count in counts.commands.items()},
            refusals=dict(counts.refusals),
            errors={code.value: count for code, count in self._front.errors.items()},
            strangers=self._strangers(),
            commits=counts.commits,
            failed_commits=counts.failed_commits,
            commit_ms=tuple(counts.commit_ms),
            commit_ms_sum=counts.commit_ms_sum,
            snapshot_seq=self._journal.snapshot_seq,
            database_bytes=room.database if room is not None else None,
            log_bytes=room.log if room is not None else None,
            free_bytes=room.free if room is not None else None,
            memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB,
            alarms=self.alarms(devices, at),
        )
