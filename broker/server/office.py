"""What operators and supervisors ask of the broker itself: its devices, its keys, its history, its figures."""

from collections.abc import Callable, Iterator
from typing import assert_never

from msgspec import Struct, json

from broker.domain.day import business_day
from broker.domain.known import Known, joined, judged, known_to
from broker.domain.values import DeviceId, Instant
from broker.protocol import messages as m
from broker.server.clock import CoreTime
from broker.server.core import Core
from broker.server.devices import Devices
from broker.server.history import History
from broker.server.instruments import Instruments
from broker.server.keys import KeyRing
from broker.server.sign_ins import SignIns

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
    | m.BelieveClock
)


class Loop(Struct, frozen=True):
    """What an errand may have to do to the broker's loop."""

    end_updates: Callable[[], None]
    """Nobody hears anything more who does not connect anew."""
    serve_under_current_key: Callable[[], None]
    """Nobody is connected any more; the key ring's current key is the broker's."""
    go_on_past: Callable[[Known, Instant], None]
    """Let time act, then let numbers go on past these. NotCommittedError: it is not on disk."""


class Office:
    """Everything that an errand needs to be done."""

    def __init__(
        self,
        core: Core,
        devices: Devices,
        keys: KeyRing,
        history: History,
        sign_ins: SignIns,
        instruments: Instruments,
        time: CoreTime,
        loop: Loop,
    ) -> None:
        self._core = core
        self._devices = devices
        self._keys = keys
        self._history = history
        self._sign_ins = sign_ins
        self._instruments = instruments
        self._time = time
        self._loop = loop

    @property
    def next_key(self) -> str | None:
        """The broker's next public key, while there is one."""
        return self._keys.next.public if self._keys.next is not None else None

    def answers(self, errand: Errand, sender: DeviceId, at: Instant) -> Iterator[m.Answer]:
        """Do what is asked. StoreError or OSError: it is not done."""
        match errand:
            case m.AskDevices():
                standings = self._devices.standings(self.next_key)
                alarms = self._instruments.alarms(standings, at)
                yield m.Devices(errand.id, at, standings, alarms)
            case m.AskFigures():
                standings = self._devices.standings(self.next_key)
                yield self._instruments.figures(errand.id, self._core.state, self._history, standings, at)
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
                yield from self._switch(errand)
            case m.AskWitnesses():
                yield self._witnesses(errand, at)
            case m.ConfirmHistory():
                yield self._confirm(errand, at)
            case m.BelieveClock():
                yield self._believe_clock(errand)
            case _:
                assert_never(errand)

    def _revoke(self, errand: m.RevokeDevice, sender: DeviceId, at: Instant) -> m.DeviceRevoked | m.Error:
        if errand.device == sender:
            return m.Error(errand.id, m.ErrorCode.NOT_PERMITTED, "the operator's own device")
        error = self._devices.revoke(errand.device, at)
        if error is not None:
            return m.Error(errand.id, error)
        self._loop.end_updates()
        self._sign_ins.end(errand.device)
        return m.DeviceRevoked(errand.id)

    def _switch(self, errand: m.SwitchBrokerKey) -> Iterator[m.BrokerKeySwitched | m.Error]:
        if self.next_key is None:
            yield m.Error(errand.id, m.ErrorCode.KEY_NOT_HELD, "renew the broker's key first")
            return
        without = self._devices.without_broker_key(self.next_key)
        left = sorted(set(without) - set(errand.leave_behind))
        if left:
            yield m.Error(errand.id, m.ErrorCode.KEY_NOT_HELD, ", ".join(left))
            return
        self._keys.switch()
        yield m.BrokerKeySwitched(errand.id, self._keys.current.public)
        self._loop.serve_under_current_key()  # by now the answer is on its way

    def _witnesses(self, errand: m.AskWitnesses, at: Instant) -> m.Witnesses:
        state = self._core.state
        return m.Witnesses(
            errand.id,
            self._history.is_confirmed,
            state.seq,
            known_to(state),
            self._history.witnesses(self._devices.active, state, at),
            business_day(at, state.rules.utc_offset_minutes) if state.rules is not None else None,
        )

    def _confirm(self, errand: m.ConfirmHistory, at: Instant) -> m.HistoryConfirmed | m.Error:
        if self._history.is_confirmed:
            return m.Error(errand.id, m.ErrorCode.NOT_PERMITTED, "the history is confirmed")
        state = self._core.state
        said = judged(errand.known or Known(), state, at)
        if said.not_believed != Known():
            detail = json.encode(said.not_believed).decode()
            return m.Error(errand.id, m.ErrorCode.NOT_BELIEVED, detail)
        fork = state.seq
        known = self._history.known(self._devices.active, state, at)
        self._loop.go_on_past(joined(known, said.believed), at)
        self._history.confirm(fork, at)
        return m.HistoryConfirmed(errand.id, self._history.epoch, known_to(self._core.state))

    def _believe_clock(self, errand: m.BelieveClock) -> m.ClockBelieved | m.Error:
        if self._time.doubt is None:
            return m.Error(errand.id, m.ErrorCode.CLOCK_NOT_DOUBTED)
        self._time.believe()
        return m.ClockBelieved(errand.id)
