"""How old an outlet's newest backup is: for the doctor, for `antrean health`, for the metrics. `backups` makes them.

A backup's age is told by its name, which a copy to another disk keeps.
"""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from antrean.settings import BackupSettings
from wording import Wording

DATA, SEALED = ".antrean", ".keys"
"""The two files of a backup: the outlet's data, and its keys, written last."""

STAMP = "outlet-%Y%m%d-%H%M%S"
"""Their name, of the moment in UTC."""

TOO_OLD = 2
"""So many times as old as it should be at most, and one backup at least has not been made."""

HOUR_SECONDS = 3600


class Newest(Struct, frozen=True):
    """What a folder of backups is found to hold."""

    folder: Path
    age_seconds: float | None
    """None: there is no backup with both its files."""
    is_too_old: bool

    def told(self, w: Wording) -> str:
        """In a sentence without its full stop."""
        if self.age_seconds is None:
            return w.t("There is no backup in {folder}", folder=self.folder)
        return w.t(
            "The newest backup is {hours} h old", hours=w.number(int(self.age_seconds) // HOUR_SECONDS)
        )


def newest(settings: BackupSettings, base: Path, now: datetime | None = None) -> Newest:
    """The newest backup of the outlet in the folder `base`."""
    folder = base / settings.folder
    ages = [((now or datetime.now(UTC)) - made).total_seconds() for made in _made(folder)]
    age = min(ages, default=None)
    bound = TOO_OLD * settings.every_hours * HOUR_SECONDS
    return Newest(folder, age, age is None or age > bound)


def todo(w: Wording) -> str:
    """What to do where there is none, or an old one only."""
    return w.t("Make one with `antrean backup`, and let the timer antrean-backup.timer do it every day.")


def _made(folder: Path) -> list[datetime]:
    """When each of a folder's backups was made."""
    made = []
    for file in folder.glob(f"outlet-*{DATA}"):
        try:
            at = datetime.strptime(file.stem, STAMP).replace(tzinfo=UTC)
        except ValueError:  # somebody's own file
            continue
        if file.with_suffix(SEALED).exists():
            made.append(at)
    return made
