"""What a printer's driver has to do: carry bytes both ways. Deadlines are given to it, state is kept elsewhere."""

from typing import Protocol


class ConnectionLost(Exception):  # noqa: N818 - says what happened
    """The device cannot be reached, or has gone. The message says which device and why."""


class Connection(Protocol):
    """A way to one device. It belongs to one thread; every operation ends within the seconds it is given."""

    @property
    def description(self) -> str:
        """Which device, as an operator would write it: `192.168.1.50:9100`."""

    def open(self, within_seconds: float) -> None:
        """Reach the device; raises ConnectionLost."""

    def write(self, data: bytes, within_seconds: float) -> None:
        """Hand over all of the bytes; raises ConnectionLost, after which some may have arrived."""

    def read(self, within_seconds: float) -> bytes:
        """What has come, or comes in time; empty when nothing did. Raises ConnectionLost at the other end's end."""

    def close(self) -> None:
        """Let go of the device, whatever its state."""
