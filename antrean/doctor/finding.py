"""What a check has found, and what to do about it."""

from enum import StrEnum

from msgspec import Struct


class Standing(StrEnum):
    """How it stands with what was looked at."""

    FINE = "fine"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """This machine can't tell."""


class Finding(Struct, frozen=True):
    """In the operator's language."""

    standing: Standing
    what: str
    todo: str = ""
    """Only where something is wrong or can't be told."""


def fine(what: str) -> Finding:
    """As it should be."""
    return Finding(Standing.FINE, what)


def wrong(what: str, todo: str) -> Finding:
    """Not as it should be."""
    return Finding(Standing.WRONG, what, todo)


def unknown(what: str, todo: str) -> Finding:
    """It can't be told here."""
    return Finding(Standing.UNKNOWN, what, todo)
