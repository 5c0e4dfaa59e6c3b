"""How much room an outlet's database takes, and how much its disk has left."""

import shutil
from pathlib import Path

from msgspec import Struct

from broker.store.database import Database


class Room(Struct, frozen=True):
    """Bytes on the database's disk."""

    database: int
    log: int
    """The write-ahead log's."""
    free: int


def room_of(database: Database) -> Room | None:
    """None where the database is not a file on this machine."""
    file = Path(database.where)
    try:
        return Room(
            file.stat().st_size,
            _size(file.with_name(file.name + "-wal")),
            shutil.disk_usage(file.parent).free,
        )
    except OSError:
        return None


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0
