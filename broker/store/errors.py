"""What can go wrong with an outlet's database, each with what, where and what to do about it.

`what` and `remedy` are English sentences for `Wording.t`; `where` is the database, `detail` what its engine said.
"""

from typing import ClassVar

from wording import N_


class ToldError(Exception):
    """An error that an operator can act on; the server's begin here too."""

    what: ClassVar[str]
    remedy: ClassVar[str]

    def __init__(self, where: str, detail: str = "") -> None:
        self.where = where
        self.detail = detail
        super().__init__(where, detail)

    def __str__(self) -> str:
        return ": ".join(part for part in (self.what, self.where, self.detail) if part)


class StoreError(ToldError):
    """The root of this package's errors."""


class DatabaseMissingError(StoreError):
    what = N_("There is no outlet's database here")
    remedy = N_("Make one with `antrean init`, or correct the setting that names the database.")


class DatabaseExistsError(StoreError):
    what = N_("There is already an outlet's database here")
    remedy = N_("Choose another place, or move the old database away first.")


class DatabaseInUseError(StoreError):
    what = N_("Another broker is working with this database")
    remedy = N_("Stop the other broker, or give this one a database of its own.")


class DatabaseNewerError(StoreError):
    what = N_("A newer version of Antrean has written this database")
    remedy = N_("Install that version or a later one; this one would damage what it does not know.")


class DatabaseUnreadableError(StoreError):
    what = N_("The database can't be read")
    remedy = N_("Check the disk and the file's owner; if the file is damaged, restore the last backup.")


class DatabaseReadOnlyError(StoreError):
    what = N_("The database can't be written")
    remedy = N_(
        "Give the file and its folder to the user as whom the broker runs, on a disk that can be written."
    )


class DatabaseDamagedError(StoreError):
    what = N_("The database is damaged")
    remedy = N_("Keep the file as it is, check the disk, and restore the last backup with `antrean restore`.")


class DatabaseAwayError(StoreError):
    """Nobody knows now what is stored; it may be there again in a moment."""

    what = N_("The database server does not serve us")
    remedy = N_(
        "See that it runs and has room, and that the setting names its address, the database, user and password."
    )


class DatabaseUnsuitableError(StoreError):
    what = N_("The database server would not keep an outlet's data safe")
    remedy = N_(
        "Set fsync and full_page_writes to on; make the database with TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'."
    )


class DatabaseUnknownError(StoreError):
    what = N_("This kind of database is not supported")
    remedy = N_(
        "Name an SQLite file, e.g. sqlite:////var/lib/antrean/outlet.db, or a PostgreSQL database, e.g. "
        "postgresql://antrean@localhost/outlet"
    )


class BackupUnreadableError(StoreError):
    what = N_("This is no backup of an outlet, or it is damaged")
    remedy = N_("Name a file that `antrean backup` made with this version, or take an older one.")


class BackupUnderWayError(StoreError):
    what = N_("Another backup is being made in this folder")
    remedy = N_("Wait until it is made, or end its process.")


class NotCommittedError(StoreError):
    """A transaction failed; nothing of it is to be relied on. The next one has a new connection."""

    what = N_("The database did not take a change")
    remedy = N_("Check the disk's free space and health.")


class StorageFailedError(NotCommittedError):
    """The disk or the server failed, whatever the change was: another one would fare no better now."""
