"""The pages of docs/: links lead somewhere, folders and decisions are all there."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.docs.pages import DOCS

ROOT = DOCS.parent
PAGES = sorted(DOCS.rglob("*.md"))

LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
HEADING = re.compile(r"^#+ (?P<text>.+)$", re.MULTILINE)
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The anchors that a forge gives the page's headings."""
    texts = (heading["text"].lower() for heading in HEADING.finditer(page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in texts}


def broken_links(page: Path) -> Iterator[str]:
    """Relative links of the page that lead nowhere."""
    text = CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))
    for target in {link["target"] for link in LINK.finditer(text)}:
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        other = page.parent / file if file else page
        if not other.exists() or (anchor and anchor not in anchors(other)):
            yield target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_links_lead_somewhere(page: Path) -> None:
    assert not list(broken_links(page))


def test_the_architecture_names_every_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = set(project["tool"]["importlinter"]["root_packages"]) - {"broker"}
    parts = {f"broker/{path.parent.name}" for path in (ROOT / "broker").glob("*/__init__.py")}
    rows = set(
        re.findall(
            r"^\| `([a-z/]+)` \|", (DOCS / "architecture.md").read_text(encoding="utf-8"), re.MULTILINE
        )
    )
    assert packages | parts <= rows


def test_the_files_that_pages_name_exist() -> None:
    """Paths in code marks, from the root of the repository."""
    named = {
        path
        for page in PAGES
        for path in re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.[a-z]+)`", page.read_text(encoding="utf-8"))
    }
    assert named
    assert not [path for path in sorted(named) if not (ROOT / path).exists()]


def test_every_decision_is_listed_and_has_its_four_parts() -> None:
    index = (DOCS / "decisions/README.md").read_text(encoding="utf-8")
    for page in (DOCS / "decisions").glob("0*.md"):
        assert f"({page.name})" in index
        headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings == ["Context", "Decision", "Consequences", "Also considered"]
