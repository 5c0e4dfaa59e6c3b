"""The broker's own CURVE keys: the one it serves under, and the next one while that is being told to the devices."""

from typing import Protocol

import zmq
from msgspec import Struct


class KeyPair(Struct, frozen=True):
    """A CURVE key pair in Z85."""

    public: str
    secret: str


class KeyRing(Protocol):
    """Where the broker's keys are kept; what returns is on disk. OSError where it can't be."""

    @property
    def current(self) -> KeyPair:
        """Under which the broker serves."""

    @property
    def next(self) -> KeyPair | None:
        """Under which it will serve; None: nothing has been prepared."""

    def prepare(self) -> KeyPair:
        """The next key; made now if there is none."""

    def switch(self) -> None:
        """Let the next key, which has been prepared, be the current one."""


def new_key_pair() -> KeyPair:
    """A new CURVE key pair."""
    public, secret = zmq.curve_keypair()
    return KeyPair(public.decode(), secret.decode())
