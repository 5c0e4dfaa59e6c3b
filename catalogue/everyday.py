"""What people say for a service when they do not know its name, from data/everyday.toml."""

import tomllib
from pathlib import Path

import msgspec
from msgspec import Struct

from catalogue.problems import Findings, read_text

EVERYDAY = Path(__file__).parent / "data" / "everyday.toml"


class _Words(Struct, frozen=True, forbid_unknown_fields=True):
    ignored: tuple[str, ...]


class Everyday(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that say nothing about what is wanted, and further words by a service's code."""

    words: _Words
    services: dict[str, tuple[str, ...]]


def load_everyday(path: Path = EVERYDAY) -> Everyday:
    """The everyday words. Raises CatalogueError with what is wrong in the file."""
    findings = Findings(path)
    try:
        return msgspec.convert(tomllib.loads(read_text(path, findings)), Everyday)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        findings.fail(None, None, f"{error}: write it as the lines beside it")
