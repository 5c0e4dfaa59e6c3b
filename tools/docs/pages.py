"""Which made part stands where: pages hold them between two comments, the prose around them is written by hand.

The test vectors beside the protocol's page are made as a whole.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.docs import example, layouts, lives, protocol, settings, vectors

DOCS = Path(__file__).resolve().parents[2] / "docs"
VECTORS = DOCS / "vectors"

PARTS: Mapping[str, Callable[[], str]] = {
    "requests": protocol.requests,
    "answers": protocol.answers,
    "outcomes": protocol.outcomes,
    "broadcasts": protocol.broadcasts,
    "commands": protocol.commands,
    "events": protocol.events,
    "refusals": protocol.refusals,
    "error codes": protocol.error_codes,
    "sign-in reasons": protocol.sign_in_reasons,
    "scalars": protocol.scalars,
    "enumerations": protocol.enumerations,
    "values": protocol.values,
    "limits": protocol.limits,
    "example": example.conversation,
    "life of a ticket": lives.ticket,
    "life of an application": lives.application,
    "life of a pick-up": lives.pick_up,
    "life of an appointment": lives.appointment,
    "settings": settings.tables,
    "blocks of a layout": layouts.blocks,
    "fields of a layout": layouts.fields,
}

_PART = re.compile(r"(<!-- made by make docs: (?P<name>[^>]*?) -->\n).*?(<!-- end -->)", re.DOTALL)


def stale() -> dict[Path, str]:
    """The files that do not say what the code says now, each with its new text."""
    texts = {page: page.read_text(encoding="utf-8") for page in DOCS.rglob("*.md")}
    made = {page: remade(text) for page, text in texts.items()} | vectors.files(VECTORS)
    return {file: text for file, text in sorted(made.items()) if not _says(file, text)}


def _says(file: Path, text: str) -> bool:
    return file.exists() and file.read_text(encoding="utf-8") == text


def remade(text: str) -> str:
    """The page with each of its parts made anew. KeyError for a part that nobody makes."""
    return _PART.sub(lambda part: f"{part[1]}\n{PARTS[part['name']]().strip()}\n\n{part[3]}", text)


def parts_of(text: str) -> list[str]:
    """The names of the parts that the page holds."""
    return [part["name"] for part in _PART.finditer(text)]
