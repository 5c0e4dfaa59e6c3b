"""A device's keys in memory, as strict as those on a disk."""

from broker.client import DeviceKeys


class KeysInHand:
    """See broker/client/device.py for what each of these means."""

    def __init__(self, keys: DeviceKeys, next_pair: tuple[str, str]) -> None:
        self.keys = keys
        self.next_broker: str | None = None
        self.next_pair: tuple[str, str] | None = None
        self.is_full = False
        self.coming: tuple[str, str] | None = next_pair
        """What is made when a key is asked for; None: nothing."""

    def candidates(self) -> tuple[DeviceKeys, ...]:
        own = [(self.keys.public, self.keys.secret)]
        if self.next_pair is not None:
            own.insert(0, self.next_pair)
        brokers = [self.keys.broker, *([self.next_broker] if self.next_broker else [])]
        return tuple(DeviceKeys(*pair, broker) for broker in brokers for pair in own)

    def hold_broker_key(self, key: str) -> None:
        self._write()
        self.next_broker = key

    def next_broker_key(self) -> str | None:
        return self.next_broker

    def prepare(self) -> str | None:
        if self.coming is None:
            return None
        self._write()
        self.next_pair = self.coming
        return self.next_pair[0]

    def settle(self, keys: DeviceKeys) -> None:
        self._write()
        if self.next_pair == (keys.public, keys.secret):
            self.next_pair = None
        if keys.broker == self.next_broker:
            self.next_broker = None
        self.keys = keys

    def _write(self) -> None:
        if self.is_full:
            raise OSError(28, "No space left on device")
