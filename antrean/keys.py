"""Key files: a device's CURVE key pair and its broker's public key, readable by their owner only.

While keys are renewed a device's next pair and the broker's next key stand in the same file. Several programs of one
device may have it open at once.
"""

import contextlib
import fcntl
import os
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from antrean.problem import Problem
from broker.client import DeviceKeys
from broker.server.keys import KeyPair, new_key_pair
from wording import Wording

log = structlog.get_logger(__name__)

OWNER_ONLY = 0o600
NOTE = "# A device's keys. Whoever has the secret is the device: keep this file to its owner.\n"

LOCK_SECONDS, LOOK_AGAIN_SECONDS = 1.0, 0.01
"""A change takes as long as the disk; who holds the lock for longer stands still, and a screen must not wait for it."""


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


def _write_anew(path: Path, kept: KeyFile) -> None:
    """In one step of the file system: whoever reads finds the old file or the new one. It stays its owner's."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    try:
        _write(fresh, kept)
        _give_to_owner_of(path, fresh)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _give_to_owner_of(path: Path, fresh: Path) -> None:
    """An administrator's command must not take the file away from the program that runs as another user."""
    owner = path.stat()
    if owner.st_uid != fresh.stat().st_uid:
        os.chown(fresh, owner.st_uid, owner.st_gid)


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[int]:
    """Meanwhile no other program changes a key file in the folder; its descriptor. OSError: not to be had in time.

    The folder itself is locked: a lock file of its own would be somebody's, and in another's way.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _lock(descriptor, folder)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise TimeoutError(f"another program keeps the keys in {folder} locked") from error
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return


class DeviceKeyring:
    """A device's keys in its file. Raises Problem: it can't be read.

    Another program of the device may change the file at any time: it is read anew before each connection, and before
    each change, which is made under a lock.
    """

    def __init__(self, path: Path, wording: Wording) -> None:
        self._path = path
        self._wording = wording
        self._kept = _read(path, wording)

    def candidates(self) -> tuple[DeviceKeys, ...]:
        """What to connect with, the likeliest first: a next pair is kept only once the broker is to know it."""
        kept = self._read_anew()
        own = [(kept.public, kept.secret)]
        if kept.next_public is not None and kept.next_secret is not None:
            own.insert(0, (kept.next_public, kept.next_secret))
        brokers = [kept.broker] if kept.next_broker is None else [kept.broker, kept.next_broker]
        return tuple(DeviceKeys(public, secret, broker) for broker in brokers for public, secret in own)

    def hold_broker_key(self, key: str) -> None:
        """Keep the broker's next key beside the present one."""
        self._change(lambda kept: replace(kept, next_broker=key) if key != kept.broker else kept)

    def next_broker_key(self) -> str | None:
        """The broker's key to come, if it is kept."""
        return self._kept.next_broker

    def prepare(self) -> str | None:
        """The public half of the device's own next pair; made now if there is none."""
        return self._change(_with_next_pair).next_public

    def settle(self, keys: DeviceKeys) -> None:
        """What the broker has answered to takes the place of what was before."""
        self._change(lambda kept: _settled(kept, keys))

    def _change(self, change: Callable[[KeyFile], KeyFile]) -> KeyFile:
        with _alone_in(self._path.parent) as folder:
            before = self._read_anew()
            after = change(before)
            if after != before:
                _write_anew(self._path, after)
                os.fsync(folder)
                self._kept = after
        return after

    def _read_anew(self) -> KeyFile:
        """What the file holds now; where it can't be read any more, what it held."""
        try:
            self._kept = _read(self._path, self._wording)
        except Problem as problem:
            log.error("the key file can't be read any more", problem=problem.what, file=problem.where)
        return self._kept


class PassingKeyring(DeviceKeyring):
    """For commands that come and go: they work through a renewal and keep what they are told; they begin none."""

    def prepare(self) -> str | None:
        """None: a new pair is for the device's own program to make, or for `antrean renew-keys`."""
        return None


def _with_next_pair(kept: KeyFile) -> KeyFile:
    if kept.next_public is not None:
        return kept
    pair = new_key_pair()
    return replace(kept, next_public=pair.public, next_secret=pair.secret)


def _settled(kept: KeyFile, keys: DeviceKeys) -> KeyFile:
    if keys.public == kept.next_public:
        kept = replace(kept, public=keys.public, secret=keys.secret, next_public=None, next_secret=None)
    if keys.broker == kept.next_broker:
        kept = replace(kept, broker=keys.broker, next_broker=None)
    return kept


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
