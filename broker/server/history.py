"""Which history this broker tells, and whether it is the newest that anybody has heard.

Each number that is told carries a MAC by a key that only the broker holds. A device shows the newest that it holds
when it says hello: so a broker that was set back (an old disk, an old copy of its machine) finds out, and waits for
an operator instead of giving out numbers that are on paper already.
"""

import hashlib
import hmac
from collections.abc import Container, Sequence

import structlog
from msgspec import to_builtins
from msgspec.structs import replace

from broker.domain.known import Known, joined, judged
from broker.domain.state import State
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol.messages import Epoch, Hello, Witness
from broker.store.epochs import Epochs
from broker.store.errors import NotCommittedError
from broker.store.registry import SigningKey

log = structlog.get_logger(__name__)

MAC_BYTES = 16


class History:
    """The present epoch. `keys` sign the numbers told, the newest last; all of them are known again."""

    def __init__(self, epochs: Epochs, keys: Sequence[SigningKey]) -> None:
        self._epochs = epochs
        self._keys = [each.key for each in keys]
        lineage = epochs.lineage()
        self._lineage = {each.epoch for each in lineage}
        self.epoch = Epoch(lineage[-1].epoch)
        self.is_confirmed = lineage[-1].is_confirmed
        """False: serve nobody until `confirm`."""
        self._witnesses: dict[DeviceId, Witness] = {}

    def mac(self, seq: Seq) -> bytes:
        """The broker's mark on a number of this history."""
        return _mac(self._keys[-1], self.epoch, seq)

    def hear(self, device: DeviceId, hello: Hello, seq: Seq) -> None:
        """What a device holds is weighed against the newest event here, `seq`."""
        shown = hello.shown
        is_genuine = shown is not None and any(
            hmac.compare_digest(_mac(key, shown.epoch, shown.seq), shown.mac) for key in self._keys
        )
        if shown is None or not is_genuine:
            self._note(Witness(device, None, None, hello.known))
            return
        self._note(Witness(device, shown.epoch, shown.seq, hello.known))
        is_behind = shown.seq > seq if shown.epoch == self.epoch else shown.epoch not in self._lineage
        if is_behind and self.is_confirmed:
            log.error(
                "a device holds more than this broker has: it serves nobody until an operator confirms",
                device=device,
                shown=shown.seq,
                here=seq,
            )
            self._doubt()

    def witnesses(self, devices: Container[DeviceId], state: State, at: Instant) -> tuple[Witness, ...]:
        """What those devices have shown, by their ids, each by its last hello since the broker's start; and what of it
        is not believed, the state being as it is.
        """
        return tuple(
            _weighed(self._witnesses[device], state, at)
            for device in sorted(self._witnesses)
            if device in devices
        )

    def known(self, devices: Container[DeviceId], state: State, at: Instant) -> Known:
        """What those devices know together, as far as it is believed; what is not is logged."""
        known = Known()
        for witness in self.witnesses(devices, state, at):
            if witness.not_believed is not None:
                log.warning(
                    "a device's word is not believed",
                    device=witness.device,
                    what=to_builtins(witness.not_believed),
                )
            if witness.known is not None:
                known = joined(known, judged(witness.known, state, at).believed)
        return known

    def confirm(self, fork: Seq, at: Instant) -> None:
        """Go on from event `fork` as a new history. NotCommittedError: it is as before."""
        begun = self._epochs.begin(at, self.epoch, fork)
        self._lineage.add(begun.epoch)
        self.epoch, self.is_confirmed = Epoch(begun.epoch), True
        log.warning("an operator has confirmed the history; it goes on under a new epoch", fork=fork)

    def _note(self, witness: Witness) -> None:
        self._witnesses[witness.device] = witness

    def _doubt(self) -> None:
        self.is_confirmed = False
        try:
            self._epochs.doubt()
        except NotCommittedError as error:
            log.error("that the history waits for a word is not on disk", error=str(error))


def _weighed(witness: Witness, state: State, at: Instant) -> Witness:
    not_believed = judged(witness.known, state, at).not_believed if witness.known is not None else Known()
    return witness if not_believed == Known() else replace(witness, not_believed=not_believed)


def _mac(key: bytes, epoch: str, seq: Seq) -> bytes:
    return hmac.digest(key, f"{epoch}:{seq}".encode(), hashlib.sha256)[:MAC_BYTES]
