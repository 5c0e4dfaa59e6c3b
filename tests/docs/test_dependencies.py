"""Every dependency is justified, under the licence that it says itself; the lock is whole and names no registry."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PAGE = (ROOT / "docs/decisions/dependencies.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")

ROW = re.compile(r"^\| (?P<name>[a-z][a-z0-9-]*) \| (?P<licence>[^|]+) \| (?P<why>[^|]+) \|$", re.MULTILINE)
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)", re.MULTILINE)

WORDED = {
    "BSD 2-Clause License": "BSD-2-Clause",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: BSD License": "BSD",
}
"""What some packages call their licence, and the identifier that the page uses."""


def declared() -> list[str]:
    """The names of all packages that pyproject.toml asks for."""
    wanted = [
        *PROJECT["dependencies"],
        *(each for extra in PROJECT["optional-dependencies"].values() for each in extra),
    ]
    return [re.split(r"[^A-Za-z0-9-]", each, maxsplit=1)[0] for each in wanted]


def justified() -> dict[str, re.Match[str]]:
    """The page's rows by package."""
    return {row["name"]: row for row in ROW.finditer(PAGE) if row["name"] != "package"}


def installed_licence(name: str) -> str:
    """What the installed package says of its licence."""
    metadata = importlib.metadata.metadata(name)
    classified = [each for each in metadata.get_all("Classifier") or () if each.startswith("License ::")]
    said = metadata.get("License-Expression") or metadata.get("License") or "".join(classified[:1])
    return WORDED.get(said, said)


def locked() -> list[str]:
    """The lock's entries, each with all its lines."""
    return [each for each in re.split(r"\n(?=\S)", LOCK.strip()) if not each.startswith("#")]


def test_every_dependency_is_justified_and_nothing_else_is() -> None:
    assert sorted(justified()) == sorted(declared())


@pytest.mark.parametrize("name", declared())
def test_the_page_says_the_licence_that_the_package_says(name: str) -> None:
    assert justified()[name]["licence"] == installed_licence(name)


def test_the_page_tells_what_comes_along() -> None:
    told = set(re.findall(r"\*\*([a-z0-9-]+)\*\*", PAGE)) | set(justified())
    assert {pin["name"] for pin in PINNED.finditer(LOCK)} <= told


def test_every_dependency_is_pinned() -> None:
    assert set(declared()) <= {pin["name"] for pin in PINNED.finditer(LOCK)}


def test_every_pin_has_a_hash() -> None:
    assert len(locked()) == len(PINNED.findall(LOCK))
    without = [entry.splitlines()[0] for entry in locked() if "--hash=sha256:" not in entry]
    assert not without


def test_the_lock_names_no_registry() -> None:
    assert "://" not in LOCK
    assert "index-url" not in LOCK
    assert not re.search(r"^\s*(-i|-f|--find-links|--trusted-host)\b", LOCK, re.MULTILINE)
