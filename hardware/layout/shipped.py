"""Which layout a page is printed with: the outlet's own where its folder has one, else the one that ships with Antrean.

A layout's file is named after its kind and paper: `ticket-80mm.toml`.
"""

import difflib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from hardware.layout.blocks import Layout, LayoutError
from hardware.layout.reading import Vocabulary, read_layout
from hardware.layout.samples import sample
from hardware.page import JobKind
from hardware.profile import PaperWidth, Profile
from wording import N_, Language

_SHIPPED = Path(__file__).parent

_NEEDED: dict[JobKind, frozenset[str]] = {
    JobKind.TICKET: frozenset({"mark", "letter", "number", "token"}),
    JobKind.APPOINTMENT: frozenset({"mark", "clock", "token"}),
    JobKind.SLIP: frozenset({"mark", "file", "promise", "token"}),
    JobKind.FILE_COPY: frozenset({"mark", "file", "promise"}),
    JobKind.COLLECTION_NOTE: frozenset({"mark", "file"}),
    JobKind.DAY_REPORT: frozenset({"mark", "clerk", "day"}),
    JobKind.ROLL_TICKET: frozenset({"mark", "letter", "number", "token"}),
    JobKind.TEST_PAGE: frozenset(),
    JobKind.PAPER_CHECK: frozenset({"title", "not_a_ticket"}),
}
"""Without these a paper is not what it should be; without the mark, a repeat would look like the first."""


def layout_for(kind: JobKind, profile: Profile, folder: Path | None = None) -> Layout:
    """The layout for a page of this kind on a printer of this profile. Raises LayoutError.

    `folder` has the outlet's own layouts; each is read once.
    """
    return _read(kind, profile.paper, folder)


@cache
def _read(kind: JobKind, paper: PaperWidth, folder: Path | None) -> Layout:
    name = _name(kind, paper)
    own = folder / name if folder else None
    return read_layout(own if own and own.exists() else _SHIPPED / name, vocabulary(kind))


def check_layouts(folder: Path) -> None:
    """Read every layout in an outlet's folder, so that a mistake is told at the start. Raises LayoutError."""
    known = {_name(kind, paper): kind for kind in JobKind for paper in PaperWidth}
    if not folder.is_dir():
        todo = N_("Create the folder, or take it out of the settings.")
        raise LayoutError(N_("There is no folder of layouts"), str(folder), todo)
    for file in sorted(folder.glob("*.toml")):
        if file.name not in known:
            raise _not_a_layout(file, known)
        read_layout(file, vocabulary(known[file.name]))


@cache
def vocabulary(kind: JobKind) -> Vocabulary:
    """What a layout of this kind can name, and must."""
    fields = sample(kind, Language.ID)
    lists = frozenset(name for name, value in fields.items() if isinstance(value, tuple))
    return Vocabulary(frozenset(fields) - lists, lists, _NEEDED[kind])


def _name(kind: JobKind, paper: PaperWidth) -> str:
    return f"{kind}-{paper}mm.toml"


def _not_a_layout(file: Path, known: Iterable[str]) -> LayoutError:
    near = difflib.get_close_matches(file.name, known, 1)
    todo = N_("Name it after a kind and a paper width, as ticket-80mm.toml, or take it away.")
    detail = f"{near[0]}?" if near else ""
    return LayoutError(
        N_("A layout's name says neither what it is for nor for which paper"), str(file), todo, detail
    )
