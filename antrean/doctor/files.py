"""What a program needs of its files: readable by it alone, on a disk with room, backed up."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from antrean import backup_age, keys
from antrean.backup_age import Newest
from antrean.doctor.finding import Finding, fine, wrong
from antrean.problem import Problem
from broker.server.alarms import FREE_BYTES
from wording import Wording

MOUNTS = Path("/proc/self/mountinfo")
ELSEWHERE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "afs", "davfs"})
"""File systems of other machines: a database there is not on disk when it says so."""

MEGABYTE = 1_000_000
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key(path: Path, w: Wording) -> Iterator[Finding]:
    """A key file: in order, and its owner's alone."""
    try:
        keys.read(path, w)
    except Problem as problem:
        yield wrong(f"{problem.what}: {path}", problem.todo)
        return
    yield private(path, w)


def private(path: Path, w: Wording) -> Finding:
    """Whether nobody else can read a file, by its own mode or its folder's."""
    if not path.stat().st_mode & FOR_OTHERS:
        return fine(w.t("{file} is for its owner alone", file=path.name))
    todo = w.t("Keep it to its owner: chmod 600 {file}", file=path)
    return wrong(w.t("Others can read {file}", file=path.name), todo)


def folder(path: Path, w: Wording) -> Finding:
    """Whether nobody else can look into an outlet's folder: it holds names, notes and PINs' hashes."""
    if not path.stat().st_mode & FOR_OTHERS:
        return fine(w.t("{file} is for its owner alone", file=path))
    todo = w.t("Keep it to its owner: chmod 700 {file}", file=path)
    return wrong(w.t("Others can look into {folder}", folder=path), todo)


def one_owner(files: list[Path], owner: int, w: Wording) -> Finding:
    """Whether all files belong to the user `owner`, as whom the program runs."""
    others = [str(file) for file in files if file.exists() and file.stat().st_uid != owner]
    if not others:
        return fine(w.t("All files belong to one user"))
    what = w.t("Files belong to another user than their folder: {files}", files=", ".join(others))
    return wrong(what, w.t("Give them to the user as whom the program runs: chown"))


def writable(path: Path, w: Wording) -> Finding:
    """Whether files can be made in a folder."""
    try:
        with tempfile.NamedTemporaryFile(dir=path, prefix=".antrean-"):
            return fine(w.t("{folder} can be written", folder=path))
    except OSError as error:
        what = w.t("{folder} can't be written: {reason}", folder=path, reason=error.strerror or str(error))
        return wrong(
            what, w.t("Give the folder to the user as whom the program runs, on a disk that can be written.")
        )


def local(path: Path, w: Wording, mounts: Path = MOUNTS) -> Finding:
    """Whether a folder is on a disk of this machine; `mounts` lists what is mounted where, as Linux tells it."""
    kind = _file_system(path.resolve(), mounts.read_text(encoding="utf-8"))
    if kind in ELSEWHERE or kind.startswith("fuse."):
        todo = w.t("Move the outlet's folder to a disk of this machine.")
        return wrong(w.t("{folder} is on another machine's disk ({kind})", folder=path, kind=kind), todo)
    return fine(w.t("{folder} is on a disk of this machine ({kind})", folder=path, kind=kind))


def room(path: Path, w: Wording, least: int = FREE_BYTES) -> Finding:
    """Whether a disk has room for a long time; `least` in bytes."""
    free = shutil.disk_usage(path).free
    told = w.t("{free} MB are free in {folder}", free=w.number(free // MEGABYTE), folder=path)
    if free >= least:
        return fine(told)
    return wrong(told, w.t("Make room: at least {least} MB.", least=w.number(least // MEGABYTE)))


def backups(newest: Newest, w: Wording) -> Finding:
    """Whether there is a backup, and of late."""
    told = newest.told(w)
    return wrong(told, backup_age.todo(w)) if newest.is_too_old else fine(told)


def _file_system(path: Path, mounts: str) -> str:
    """The kind of the file system that holds a path (proc(5), mountinfo): of the longest mount point above it."""
    best, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        point = before.split()[4].encode().decode("unicode_escape")
        if (path == Path(point) or Path(point) in path.parents) and len(point) >= len(best):
            best, kind = point, after.split()[0]
    return kind
