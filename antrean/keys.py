"""Key files: a device's CURVE key pair and its broker's public key, readable by their owner only.

While keys are renewed a device's next pair and the broker's next key stand in the same file.
"""

import os
import tomllib
from pathlib import Path

import msgspec

from antrean.problem import Problem
from broker.client import DeviceKeys
from broker.server.keys import KeyPair, new_key_pair
from wording import Wording

OWNER_ONLY = 0o600
NOTE = "# A device's keys. Whoever has the secret is the device: keep this file to its owner.\n"


def write(path: Path, keys: DeviceKeys) -> None:
    """Write a new key file. OSError when it is there already or can't be written."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(NOTE)
        for name, value in msgspec.structs.asdict(keys).items():
            file.write(f"{name} = '{value}'\n")  # Z85 has no apostrophe, but does have $ and the like


def read(path: Path, wording: Wording) -> DeviceKeys:
    """The keys in a file. Raises Problem when they can't be read."""
    todo = wording.t("Copy this device's key file from the folder that `antrean init` made.")
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), DeviceKeys)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Problem(
            wording.t("The key file can't be read: {reason}", reason=reason), str(path), todo
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise Problem(
            wording.t("The key file is damaged: {reason}", reason=str(error)), str(path), todo
        ) from error


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
