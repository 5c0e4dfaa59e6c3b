"""What operators and supervisors ask of the broker itself: its devices, its keys, its history, its figures."""

import importlib.metadata
import resource
from collections.abc import Callable, Iterator
from typing import assert_never

from msgspec import Struct

from broker.domain.known import Known, joined, known_to
from broker.domain.values import DeviceId, Instant
from broker.protocol import messages as m
from broker.server.alarms import alarms_of
from broker.server.core import Core
from broker.server.counts import Counts
from broker.server.devices import Devices
from broker.server.front import Front
from broker.server.history import History
from broker.server.keys import KeyRing
from broker.server.sign_ins import SignIns
from broker.server.zap import Doorkeeper
from broker.store.database import Database
from broker.store.disk import room_of
from broker.store.journal import Journal

PROGRAM = f"antrean {importlib.metadata.version('antrean')}"
KIB = 1024

LIVING_MS = 15_000
"""A device that gave a sign of life so lately is one that a new key must not leave behind."""

Errand = (
    m.AskDevices
    | m.AskFigures
    | m.EnrolDevice
    | m.RevokeDevice
    | m.RenewKeys
    | m.RenewBrokerKey
    | m.SwitchBrokerKey
    | m.AskWitnesses
    | m.ConfirmHistory
)


class Connections(Struct, frozen=True):
    """What an errand may have to do to connections."""

    end_updates: Callable[[], None]
    """Nobody hears anything more who does not connect anew."""
    serve_under_current_key: Callable[[], None]
    """Nobody is connected any more; the key ring's current key is the broker's."""


class Office:
    """Everything that an errand needs to be done."""

    def __init__(
        self,
        database: Database,
        journal: Journal,
        core: Core,
        devices: Devices,
        keys: KeyRing,
        history: History,
        counts: Counts,
        sign_ins: SignIns,
        front: Front,
        doorkeeper: Doorkeeper,
        connections: Connections,
        go_on_past: Callable[[Known, Instant], None],
        started_at: Instant,
    ) -> None:
        self._database = database
        self._journal = journal
        self._core = core
        self._devices = devices
        self._keys = keys
        self._history = history
        self._counts = counts
        self._sign_ins = sign_ins
        self._front = front
        self._doorkeeper = doorkeeper
        self._connections = connections
        self._go_on_past = go_on_past
        self._started_at = started_at

    @property
    def next_key(self) -> str | None:
        """The broker's next public key, while there is one."""
        return self._keys.next.public if self._keys.next is not None else None

    def answers(self, errand: Errand, sender: DeviceId, at: Instant) -> Iterator[m.Answer]:
        """Do what is asked. StoreError or OSError: it is not done."""
        match errand:
            case m.AskDevices():
                yield m.Devices(
                    errand.id, at, self._devices.standings(self.next_key), tuple(self._alarms(at))
                )
            case m.AskFigures():
                yield self._figures(errand, at)
            case m.EnrolDevice():
                error = self._devices.enrol(errand, at)
                enrolled = m.DeviceEnrolled(errand.id, self._keys.current.public)
                yield enrolled if error is None else m.Error(errand.id, error)
            case m.RevokeDevice():
                yield self._revoke(errand, sender, at)
            case m.RenewKeys():
                asked = self._devices.ask_renewal(errand.devices, at)
                yield (
                    m.Error(errand.id, asked)
                    if isinstance(asked, m.ErrorCode)
                    else m.KeysRenewing(errand.id, asked)
                )
            case m.RenewBrokerKey():
                yield m.BrokerKeyAnnounced(errand.id, self._keys.prepare().public)
            case m.SwitchBrokerKey():
                yield from self._switch(errand, at)
            case m.AskWitnesses():
                yield m.Witnesses(
                    errand.id,
                    self._history.is_confirmed,
                    self._core.state.seq,
                    known_to(self._core.state),
                    self._history.witnesses(),
                )
            case m.ConfirmHistory():
                yield self._confirm(errand, at)
            case _:
                assert_never(errand)

    def _revoke(self, errand: m.RevokeDevice, sender: DeviceId, at: Instant) -> m.DeviceRevoked | m.Error:
        if errand.device == sender:
            return m.Error(errand.id, m.ErrorCode.NOT_PERMITTED, "the operator's own device")
        error = self._devices.revoke(errand.device, at)
        if error is not None:
            return m.Error(errand.id, error)
        self._connections.end_updates()
        self._sign_ins.end(errand.device)
        return m.DeviceRevoked(errand.id)

    def _switch(self, errand: m.SwitchBrokerKey, at: Instant) -> Iterator[m.BrokerKeySwitched | m.Error]:
        if self.next_key is None:
            yield m.Error(errand.id, m.ErrorCode.KEY_NOT_HELD, "renew the broker's key first")
            return
        without = self._devices.without_broker_key(self.next_key, Instant(at - LIVING_MS))
        left = sorted(set(without) - set(errand.leave_behind))
        if left:
            yield m.Error(errand.id, m.ErrorCode.KEY_NOT_HELD, ", ".join(left))
            return
        self._keys.switch()
        yield m.BrokerKeySwitched(errand.id, self._keys.current.public)
        self._connections.serve_under_current_key()  # by now the answer is on its way

    def _confirm(self, errand: m.ConfirmHistory, at: Instant) -> m.HistoryConfirmed | m.Error:
        if self._history.is_confirmed:
            return m.Error(errand.id, m.ErrorCode.NOT_PERMITTED, "the history is confirmed")
        fork = self._core.state.seq
        known = self._history.known(known_to(self._core.state))
        if errand.known is not None:
            known = joined(known, errand.known)
        self._go_on_past(known, at)
        self._history.confirm(fork, at)
        return m.HistoryConfirmed(errand.id, self._history.epoch, known_to(self._core.state))

    def _figures(self, errand: m.AskFigures, at: Instant) -> m.Figures:
        counts, room = self._counts, room_of(self._database)
        return m.Figures(
            id=errand.id,
            program=PROGRAM,
            epoch=self._history.epoch,
            seq=self._core.state.seq,
            at=at,
            started_at=self._started_at,
            is_confirmed=self._history.is_confirmed,
            commands={str(kind.__struct_config__.tag): count for kind, count in counts.commands.items()},
            refusals=dict(counts.refusals),
            errors={code.value: count for code, count in self._front.errors.items()},
            strangers=self._doorkeeper.refused,
            commits=counts.commits,
            failed_commits=counts.failed_commits,
            commit_ms=tuple(counts.commit_ms),
            commit_ms_sum=counts.commit_ms_sum,
            snapshot_seq=self._journal.snapshot_seq,
            database_bytes=room.database if room is not None else None,
            log_bytes=room.log if room is not None else None,
            free_bytes=room.free if room is not None else None,
            memory_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIB,
            alarms=tuple(self._alarms(at)),
        )

    def _alarms(self, at: Instant) -> Iterator[m.Alarm]:
        standings = self._devices.standings(self.next_key)
        yield from alarms_of(standings, room_of(self._database), self._counts.failed_in_a_row, at)
