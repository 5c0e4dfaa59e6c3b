"""The page about personal data names every text that Antrean can hold, and every time for which it is kept."""

import re
import typing
from collections.abc import Iterator
from enum import Enum

import pytest
from msgspec import Struct
from sqlalchemy import Column, LargeBinary, String

from antrean.settings import BackupSettings, KeepSettings
from broker.domain.commands import AnyCommand, Envelope
from broker.domain.events import AnyEvent, Recorded
from broker.domain.state import State
from broker.protocol import messages as m
from broker.store import schema
from broker.store.journal import ANSWERS_KEPT_MS, SNAPSHOTS_KEPT
from broker.store.notes import Note
from broker.store.registry import ClerkProfile
from broker.store.retention import DAY_MS
from forecast.experience import DAYS_KEPT
from tools.docs.pages import DOCS

PAGE = (DOCS / "personal-data.md").read_text(encoding="utf-8")
WORDS = PAGE.partition("## Word by word")[2]
NAMED = set(re.findall(r"`(\w+)`", WORDS))

IN_JOURNAL = {
    schema.journal,
    schema.snapshot,
    schema.ticket,
    schema.application,
    schema.appointment,
    schema.pick_up,
}
IN_JOURNAL |= {schema.clerk_day, schema.conduct, schema.seat}
"""Tables that repeat what events say."""


def texts(root: object) -> Iterator[tuple[str, str]]:
    """Each text that a type can hold: its name, and where; by its kind, where it has one of its own."""
    seen: set[type] = set()

    def within(kind: object, name: str, where: str) -> Iterator[tuple[str, str]]:
        if isinstance(kind, typing.NewType):
            if kind.__supertype__ is str:
                yield kind.__name__, where
        elif typing.get_origin(kind) is typing.Annotated:
            yield from within(typing.get_args(kind)[0], name, where)
        elif typing.get_args(kind):
            for inner in typing.get_args(kind):
                yield from within(inner, name, where)
        elif isinstance(kind, type) and issubclass(kind, Enum):
            yield kind.__name__, where
        elif kind in (str, bytes):
            yield name, where
        elif isinstance(kind, type) and issubclass(kind, Struct) and kind not in seen:
            seen.add(kind)
            for field, hint in typing.get_type_hints(kind, include_extras=True).items():
                if typing.get_origin(hint) is not typing.ClassVar:
                    yield from within(hint, field, f"{kind.__name__}.{field}")

    return within(root, "", "")


MESSAGES = [each for each in vars(m).values() if isinstance(each, type) and issubclass(each, Struct)]
HELD = [AnyEvent, Recorded, AnyCommand, Envelope, State, Note, ClerkProfile, *MESSAGES]


def columns() -> Iterator[Column[object]]:
    """Texts in tables that the journal does not have."""
    for table in set(schema.metadata.tables.values()) - IN_JOURNAL:
        yield from (each for each in table.columns if isinstance(each.type, String | LargeBinary))


def test_every_text_that_can_be_held_is_on_the_page() -> None:
    missing = {f"{name} ({where})" for root in HELD for name, where in texts(root) if name not in NAMED}
    missing |= {f"{each.name} ({each})" for each in columns() if each.name not in NAMED}
    assert not missing, f"say in docs/personal-data.md what they are: {sorted(missing)}"


def test_the_page_names_nothing_that_is_not_there() -> None:
    known = {name for root in HELD for name, _ in texts(root)} | {each.name for each in columns()}
    assert not NAMED - known


@pytest.mark.parametrize("table", schema.metadata.tables)
def test_every_table_is_on_the_page(table: str) -> None:
    assert f"`{table}`" in PAGE.replace("the journal", "`journal`")


def test_the_times_on_the_page_are_those_of_the_code() -> None:
    keep, backup = KeepSettings(), BackupSettings()
    for told in (
        f"{keep.notes_days} days from when it was written",
        f"{keep.pick_up_notes_days} days at most",
        f"`[broker.keep]` {keep.clerks_days} days more",
        f"{ANSWERS_KEPT_MS // DAY_MS} days",
        f"the last {SNAPSHOTS_KEPT}",
        f"the last {DAYS_KEPT} working days",
        f"the newest {backup.keep}",
        f"`replaced_days`: {backup.replaced_days} days",
    ):
        assert told in PAGE, told
