"""A disk under SQLite that writes down all that is done to it, fails on demand, and tells what a power cut leaves.

What has been synced stays. Of the rest any sectors may have reached the platter, in any order, the last of them torn;
names appear and vanish in their order, once their folder is synced for good.
"""

from collections.abc import Callable, Iterable, Iterator
from enum import Enum, auto
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any, Self

import apsw
from msgspec import Struct

VFS_NAME = "recorded-disk"
SECTOR = 512
KEPT = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
ANNOUNCED = apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL
"""The files of which SQLite's own file system syncs the folder at their first sync."""


class Write(Struct, frozen=True):
    """Bytes in a file."""

    file: int
    offset: int
    data: bytes


class Resize(Struct, frozen=True):
    """A file cut, or grown with zeros."""

    file: int
    size: int


class Sync(Struct, frozen=True):
    """What was written to a file before is there for good."""

    file: int


class Name(Struct, frozen=True):
    """A new file under a name."""

    name: str
    file: int


class Unname(Struct, frozen=True):
    """A file's name is gone."""

    name: str


class SyncFolder(Struct, frozen=True):
    """What happened to names before is there for good."""


Deed = Write | Resize | Sync | Name | Unname | SyncFolder
Rule = Callable[[Deed], None]
"""Asked before each deed; it raises one of apsw's errors where the disk shall fail."""

Images = dict[str, bytes]
"""Files by name."""


class Disk(apsw.VFS):
    """SQLite's file system, in use as VFS_NAME while the `with` block lasts; it keeps the files of one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(VFS_NAME, "")
        self._files: dict[str, int] = {}
        self.log: list[Deed] = []
        """All that was done, in order; it begins with the files that were there."""
        self.rule: Rule | None = None
        self.is_read_only = False
        """Whether files can be opened for reading only."""
        for number, path in enumerate(sorted(folder.iterdir())):
            self._files[path.name] = number
            self.log += [Name(path.name, number), Write(number, 0, path.read_bytes()), Sync(number)]
        self._next = len(self._files)
        self.do(SyncFolder())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unregister()

    def ask(self, deed: Deed) -> None:
        """Let the rule say whether the disk fails here."""
        if self.rule is not None:
            self.rule(deed)

    def do(self, deed: Deed) -> None:
        """Write down what has been done."""
        self.log.append(deed)

    def name_of(self, file: int) -> str:
        """Under which name a file is known now; empty: under none any more."""
        return next((name for name, number in self._files.items() if number == file), "")

    # What SQLite calls

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        if not flags[0] & KEPT or name is None:
            return apsw.VFSFile("", name, flags)
        if self.is_read_only:
            flags[0] = (
                flags[0] & ~(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE) | apsw.SQLITE_OPEN_READONLY
            )
        path = Path(name.filename() if isinstance(name, apsw.URIFilename) else name)
        number = self._files.get(path.name)
        if number is not None:
            return File(self, number, name, flags)
        named = Name(path.name, self._next)
        self.ask(named)
        file = File(self, self._next, name, flags)
        self._files[path.name] = self._next
        self._next += 1
        self.do(named)
        return file

    def xDelete(self, filename: str, syncdir: bool) -> None:
        name = Path(filename).name
        if name not in self._files:
            super().xDelete(filename, syncdir)
            return
        self.ask(Unname(name))
        super().xDelete(filename, syncdir)
        del self._files[name]
        self.do(Unname(name))
        if syncdir:
            self.do(SyncFolder())

    def excepthook(self, _kind: Any, error: BaseException, _trace: Any) -> None:
        """A failure where SQLite goes on without a word: apsw would print it."""
        assert isinstance(error, apsw.Error), error


class File(apsw.VFSFile):
    """One of the files kept."""

    def __init__(self, disk: Disk, number: int, name: Any, flags: list[int]) -> None:
        is_announced = bool(flags[0] & ANNOUNCED)
        super().__init__("", name, flags)
        self._disk = disk
        self._number = number
        self._folder_due = is_announced

    def excepthook(self, kind: Any, error: BaseException, trace: Any) -> None:
        self._disk.excepthook(kind, error, trace)

    def xWrite(self, data: Any, offset: int) -> None:
        written = Write(self._number, offset, bytes(data))
        self._disk.ask(written)
        super().xWrite(written.data, offset)
        self._disk.do(written)

    def xTruncate(self, newsize: int) -> None:
        self._disk.ask(Resize(self._number, newsize))
        super().xTruncate(newsize)
        self._disk.do(Resize(self._number, newsize))

    def xSync(self, flags: int) -> None:
        self._disk.ask(Sync(self._number))
        super().xSync(flags)
        self._disk.do(Sync(self._number))
        if self._folder_due:
            self._folder_due = False
            self._disk.do(SyncFolder())


class Left(Enum):
    """How much of what was not synced a power cut leaves."""

    NOTHING = auto()
    EVERYTHING = auto()
    THE_FIRST = auto()
    """What was done first, the last of it torn."""
    ANY_SECTORS = auto()


class Platter:
    """What is on the disk for good, and what is on its way, after some of the deeds."""

    def __init__(self) -> None:
        self._kept: dict[int, bytearray] = {}
        self._pending: list[Write | Resize] = []
        self._names: dict[str, int] = {}
        self._renaming: list[Name | Unname] = []

    def take(self, deed: Deed) -> None:
        match deed:
            case Write() | Resize():
                self._pending.append(deed)
            case Sync(file):
                for each in self._pending:
                    if each.file == file:
                        _apply(self._kept.setdefault(file, bytearray()), each)
                self._pending = [each for each in self._pending if each.file != file]
            case Name() | Unname():
                self._renaming.append(deed)
            case SyncFolder():
                _rename(self._names, self._renaming)
                self._renaming = []

    def after_a_cut(self, left: Left, chance: Random) -> Images:
        """The files that the next start finds."""
        names, files = dict(self._names), {file: bytearray(kept) for file, kept in self._kept.items()}
        _rename(names, self._renaming[: _how_many(len(self._renaming), left, chance)])
        for deed in _survivors(self._pending, left, chance):
            _apply(files.setdefault(deed.file, bytearray()), deed)
        return {name: bytes(files.get(file, b"")) for name, file in names.items()}


def after_cuts(log: list[Deed], wanted: Iterable[int], chance: Random) -> Iterator[tuple[int, Left, Images]]:
    """For each wanted place, the number of deeds done before the power fails: what is left then, some way or other."""
    platter, done = Platter(), 0
    for place in sorted(wanted):
        for deed in log[done:place]:
            platter.take(deed)
        done = place
        left = chance.choice(list(Left))
        yield place, left, platter.after_a_cut(left, chance)


def _apply(content: bytearray, deed: Write | Resize) -> None:
    match deed:
        case Write(_, offset, data):
            content.extend(bytes(max(0, offset - len(content))))
            content[offset : offset + len(data)] = data
        case Resize(_, size):
            del content[size:]
            content.extend(bytes(size - len(content)))


def _rename(names: dict[str, int], deeds: list[Name | Unname]) -> None:
    for deed in deeds:
        match deed:
            case Name(name, file):
                names[name] = file
            case Unname(name):
                del names[name]


def _how_many(count: int, left: Left, chance: Random) -> int:
    match left:
        case Left.NOTHING:
            return 0
        case Left.EVERYTHING:
            return count
        case Left.THE_FIRST | Left.ANY_SECTORS:
            return chance.randint(0, count)


def _survivors(pending: list[Write | Resize], left: Left, chance: Random) -> Iterator[Write | Resize]:
    match left:
        case Left.NOTHING | Left.EVERYTHING:
            yield from pending[: _how_many(len(pending), left, chance)]
        case Left.THE_FIRST:
            pieces = [piece for deed in pending for piece in _sectors(deed)]
            count = chance.randint(0, len(pieces))
            yield from pieces[:count]
            if count < len(pieces):
                yield from _torn(pieces[count], chance)
        case Left.ANY_SECTORS:
            share = chance.random()
            for deed in pending:
                for piece in _sectors(deed):
                    if chance.random() < share:
                        yield piece
                    elif chance.random() < 0.02:
                        yield from _torn(piece, chance)


def _sectors(deed: Write | Resize) -> Iterator[Write | Resize]:
    if isinstance(deed, Resize):
        yield deed
        return
    begin, end = deed.offset, deed.offset + len(deed.data)
    while begin < end:
        stop = min(end, (begin // SECTOR + 1) * SECTOR)
        yield Write(deed.file, begin, deed.data[begin - deed.offset : stop - deed.offset])
        begin = stop


def _torn(piece: Write | Resize, chance: Random) -> Iterator[Write]:
    """The beginning of the sector is new, and perhaps its end is nonsense."""
    if isinstance(piece, Write):
        cut = chance.randint(0, len(piece.data))
        rest = chance.randbytes(len(piece.data) - cut) if chance.random() < 0.5 else b""
        yield Write(piece.file, piece.offset, piece.data[:cut] + rest)
