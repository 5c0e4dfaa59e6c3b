"""Key files: a device's CURVE key pair and its broker's public key, readable by their owner only.

While keys are renewed a device's next pair and the broker's next key stand in the same file.
"""

import os
import threading
import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from antrean.problem import Problem
from broker.client import DeviceKeys
from broker.server.keys import KeyPair, new_key_pair
from wording import Wording

OWNER_ONLY = 0o600
NOTE = "# A device's keys. Whoever has the secret is the device: keep this file to its owner.\n"


class KeyFile(Struct, frozen=True, omit_defaults=True):
    """What a key file holds, in Z85."""

    public: str
    secret: str
    broker: str
    next_public: str | None = None
    next_secret: str | None = None
    next_broker: str | None = None


def write(path: Path, keys: DeviceKeys) -> None:
    """Write a new key file. OSError when it is there already or can't be written."""
    _write(path, KeyFile(keys.public, keys.secret, keys.broker))


def read(path: Path, wording: Wording) -> DeviceKeys:
    """The keys in a file. Raises Problem when they can't be read."""
    kept = _read(path, wording)
    return DeviceKeys(kept.public, kept.secret, kept.broker)


def _read(path: Path, wording: Wording) -> KeyFile:
    todo = wording.t("Copy this device's key file from the folder that `antrean init` made.")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), KeyFile)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            wording.t("The key file can't be read: {reason}", reason=reason), str(path), todo
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Problem(
            wording.t("The key file is damaged: {reason}", reason=str(error)), str(path), todo
        ) from error


def _write(path: Path, kept: KeyFile) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(NOTE)
        for name, value in msgspec.to_builtins(kept).items():
            file.write(f"{name} = '{value}'\n")  # Z85 has no apostrophe, but does have $ and the like
        file.flush()
        os.fsync(file.fileno())


class DeviceKeyring:
    """A device's keys in its file, written anew in one step of the file system. Raises Problem: it can't be read."""

    def __init__(self, path: Path, wording: Wording) -> None:
        self._path = path
        self._kept = _read(path, wording)
        self._lock = threading.Lock()

    def candidates(self) -> tuple[DeviceKeys, ...]:
        """What to connect with, the likeliest first: a next pair is kept only once the broker is to know it."""
        kept = self._kept
        own = [(kept.public, kept.secret)]
        if kept.next_public is not None and kept.next_secret is not None:
            own.insert(0, (kept.next_public, kept.next_secret))
        brokers = [kept.broker] if kept.next_broker is None else [kept.broker, kept.next_broker]
        return tuple(DeviceKeys(public, secret, broker) for broker in brokers for public, secret in own)

    def hold_broker_key(self, key: str) -> None:
        """Keep the broker's next key beside the present one."""
        with self._lock:
            if key != self._kept.broker:
                self._keep(replace(self._kept, next_broker=key))

    def next_broker_key(self) -> str | None:
        """The broker's key to come, if it is kept."""
        return self._kept.next_broker

    def prepare(self) -> str:
        """The public half of the device's own next pair; made now if there is none."""
        with self._lock:
            if self._kept.next_public is None:
                pair = new_key_pair()
                self._keep(replace(self._kept, next_public=pair.public, next_secret=pair.secret))
            assert self._kept.next_public is not None
            return self._kept.next_public

    def settle(self, keys: DeviceKeys) -> None:
        """What the broker has answered to takes the place of what was before."""
        with self._lock:
            settled = self._kept
            if keys.public == settled.next_public:
                settled = replace(
                    settled, public=keys.public, secret=keys.secret, next_public=None, next_secret=None
                )
            if keys.broker == settled.next_broker:
                settled = replace(settled, broker=keys.broker, next_broker=None)
            if settled is not self._kept:
                self._keep(settled)

    def _keep(self, kept: KeyFile) -> None:
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.unlink(missing_ok=True)
        _write(fresh, kept)
        fresh.replace(self._path)
        self._kept = kept


class BrokerKeys:
    """The broker's own keys in a file, the next ones in a file beside it. Raises Problem when they can't be read."""

    def __init__(self, path: Path, wording: Wording) -> None:
        self._path = path
        self._next_path = path.with_name(f"{path.stem}-next{path.suffix}")
        own = read(path, wording)
        self._current = KeyPair(own.public, own.secret)
        self._next = None
        if self._next_path.exists():
            prepared = read(self._next_path, wording)
            self._next = KeyPair(prepared.public, prepared.secret)

    @property
    def current(self) -> KeyPair:
        """Under which the broker serves."""
        return self._current

    @property
    def next(self) -> KeyPair | None:
        """Under which it will serve."""
        return self._next

    def prepare(self) -> KeyPair:
        """The next key; made now if there is none."""
        if self._next is None:
            pair = new_key_pair()
            write(self._next_path, DeviceKeys(pair.public, pair.secret, pair.public))
            self._next = pair
        return self._next

    def switch(self) -> None:
        """The next key takes the current one's place, in one step of the file system."""
        assert self._next is not None
        self._next_path.replace(self._path)
        self._current, self._next = self._next, None
