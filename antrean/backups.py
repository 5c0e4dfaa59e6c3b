"""Backups of an outlet's folder and the way back: two files each, the data and the sealed keys."""

import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import assert_never

from antrean import keys
from antrean.backup_age import DATA, SEALED, STAMP
from antrean.headless import database_url
from antrean.problem import Problem
from antrean.settings import Settings
from broker.client import DeviceKeys
from broker.domain.values import Instant
from broker.store import backup
from broker.store.database import Database
from broker.store.errors import DatabaseInUseError, StoreError
from broker.store.registry import Purpose, Registry, SigningKey
from broker.store.sealed import SealBrokenError, SecretKeys, seal, unseal
from wording import Wording

REPLACED = "%Y%m%d-%H%M%S"
"""What a database that a restore has replaced is called after, in UTC."""

TOLD_SECONDS = 2.0
"""How often long work says how far it is."""


def back_up(settings: Settings, base: Path, target: Path, wording: Wording) -> Iterator[str]:
    """Make a backup in the folder `target`, and let go of what is too old. Raises Problem and StoreError."""
    recovery = settings.backup.recovery
    if not recovery:
        raise Problem(
            wording.t("No recovery key is named, so the keys can't be backed up"),
            str(base),
            wording.t("Set [backup] recovery to the public half of a key that is kept elsewhere."),
        )
    target.mkdir(parents=True, exist_ok=True)
    name = datetime.now(UTC).strftime(STAMP)
    data, sealed = target / f"{name}{DATA}", target / f"{name}{SEALED}"
    url = database_url(settings.broker.database, base)
    own = keys.read(base / settings.broker.key, wording)
    kept_apart = _sealed(SecretKeys(own.public, own.secret, backup.signing_keys(url)), recovery, wording)
    events = yield from _told(backup.back_up(url, data), wording)
    _write(sealed, kept_apart)
    yield wording.t("{events} events backed up in {file}", events=wording.number(events), file=data)
    for old in sorted(target.glob(f"outlet-*{DATA}"))[: -settings.backup.keep]:
        old.unlink()
        old.with_suffix(SEALED).unlink(missing_ok=True)
    place = _file_of(url)
    if place is not None:
        _let_go_of_replaced(place, timedelta(days=settings.backup.replaced_days))


def restore(
    settings: Settings, base: Path, data: Path, recovery: Path | None, wording: Wording
) -> Iterator[str]:
    """Put a backup in the place of the outlet's database, which is kept beside it. Raises Problem and StoreError.

    Keys come from the database that is replaced; where that can't be read, from the sealed ones beside the backup.
    """
    url = database_url(settings.broker.database, base)
    place = _file_of(url)
    signing, erased = _from_old(url)
    if signing is None:
        opened = _unsealed(data.with_suffix(SEALED), recovery, wording)
        signing = opened.signing
        own = base / settings.broker.key
        if not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            keys.write(own, DeviceKeys(opened.public, opened.secret, opened.public))
    aside = _set_aside(place) if place is not None else None
    try:
        at = Instant(time.time_ns() // 1_000_000)
        events = yield from _told(backup.restore(data, url, signing, at), wording)
    except StoreError:
        if place is not None and aside is not None:
            _put_back(place, aside)
        raise
    if erased:
        with Database.open(url) as database:
            backup.erase_again(database, erased)
    yield wording.t("{events} events restored from {file}", events=wording.number(events), file=data)
    if aside is not None:
        yield wording.t("What was there before is kept as {file}", file=aside)
    yield wording.t(
        "Start the broker; it serves nobody until you have run: antrean confirm {folder}", folder=base
    )


def _told(steps: Iterator[backup.Progress], wording: Wording) -> Generator[str, None, int]:
    """How far it is, now and then; how many events there are in the end."""
    events, told_at = 0, time.monotonic()
    for step in steps:
        events = step.events
        if time.monotonic() - told_at < TOLD_SECONDS:
            continue
        told_at = time.monotonic()
        done, total = wording.number(step.done), wording.number(step.events)
        match step.work:
            case backup.Work.COPYING:
                yield wording.t("{done} of {events} events copied", done=done, events=total)
            case backup.Work.VERIFYING:
                yield wording.t("{done} of {events} events verified", done=done, events=total)
            case _:
                assert_never(step.work)
    return events


def _from_old(url: str) -> tuple[Mapping[Purpose, Sequence[SigningKey]] | None, Sequence[str]]:
    """Signing keys and erased notes of the database that is to be replaced, if it can still be read."""
    try:
        with Database.open(url) as old:
            registry = Registry(old)
            signing = {purpose: registry.signing_keys(purpose) for purpose in Purpose}
            return (signing if all(signing.values()) else None), backup.erased_notes(old)
    except DatabaseInUseError:
        raise
    except StoreError:
        return None, ()


def _unsealed(sealed: Path, recovery: Path | None, wording: Wording) -> SecretKeys:
    if recovery is None:
        raise Problem(
            wording.t("The outlet's keys are gone with its database"),
            str(sealed),
            wording.t("Name the recovery key with --recovery, to open the sealed keys."),
        )
    try:
        return unseal(sealed.read_bytes(), keys.read(recovery, wording).secret)
    except (OSError, SealBrokenError) as error:
        raise Problem(
            wording.t("The sealed keys can't be opened"),
            str(sealed),
            wording.t("Name the recovery key that belongs to this outlet, and the keys of this very backup."),
        ) from error


def _sealed(secret: SecretKeys, recovery: str, wording: Wording) -> bytes:
    try:
        return seal(secret, recovery)
    except ValueError as error:
        raise Problem(
            wording.t("The recovery key is no public key"),
            recovery,
            wording.t("Set [backup] recovery to the line `public` of the recovery key's file."),
        ) from error


def _file_of(url: str) -> Path | None:
    """The database's file; None: it is on a server."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None


def _set_aside(place: Path) -> Path | None:
    """The old database with its log under another name; None: there is none."""
    if not place.exists():
        return None
    aside = place.with_name(f"{place.name}.{datetime.now(UTC):{REPLACED}}")
    for tail in ("", "-wal", "-shm"):
        file = place.with_name(place.name + tail)
        if file.exists():
            file.rename(aside.with_name(aside.name + tail))
    return aside


def _let_go_of_replaced(place: Path, kept: timedelta) -> None:
    """They hold what has been erased since."""
    for aside in place.parent.glob(f"{place.name}.*"):
        try:
            since = datetime.strptime(aside.name[len(place.name) + 1 :][:15], REPLACED).replace(tzinfo=UTC)
        except ValueError:  # a lock, or somebody's own file
            continue
        if datetime.now(UTC) - since > kept:
            aside.unlink()


def _put_back(place: Path, aside: Path) -> None:
    place.unlink(missing_ok=True)
    for tail in ("", "-wal", "-shm"):
        file = aside.with_name(aside.name + tail)
        if file.exists():
            file.rename(place.with_name(place.name + tail))


def _write(path: Path, content: bytes) -> None:
    path.touch(keys.OWNER_ONLY, exist_ok=False)
    path.write_bytes(content)
