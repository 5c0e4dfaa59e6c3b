"""Sole ownership of a database file: a lock that the system drops with the process, however it ends."""

import fcntl
import os
from pathlib import Path
from typing import Self

from broker.store.errors import DatabaseInUseError

OWNER_ONLY = 0o600


class FileLock:
    """A locked file beside the database. Held from `take` to `release`, or until the process ends."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self:
        """Lock `path`; DatabaseInUseError names the process that holds it."""
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                holder = os.pread(descriptor, 20, 0).decode(errors="replace")
                os.close(descriptor)
                raise DatabaseInUseError(str(path), f"process {holder}" if holder else "") from error
            if _still_there(path, descriptor):
                os.ftruncate(descriptor, 0)
                os.pwrite(descriptor, str(os.getpid()).encode(), 0)
                return cls(path, descriptor)
            os.close(descriptor)  # its last holder removed it between our open and our lock

    def release(self) -> None:
        """Give the lock up and leave no file behind."""
        if _still_there(self._path, self._descriptor):
            self._path.unlink()
        os.close(self._descriptor)


def _still_there(path: Path, descriptor: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(descriptor).st_ino
    except FileNotFoundError:
        return False
