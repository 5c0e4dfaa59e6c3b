"""The pages of docs/ say what the code says: no made part is stale, nothing is without a meaning."""

import pytest

from broker.domain.decide.permissions import PERMISSIONS
from broker.protocol.token import read_token
from tools.docs import protocol
from tools.docs.kinds import TAGGED
from tools.docs.pages import DOCS, PARTS, parts_of, remade, stale
from tools.docs.source import definitions
from tools.docs.wire import scalar


def test_nothing_is_stale() -> None:
    old = [str(file.relative_to(DOCS)) for file in stale()]
    assert not old, f"run `make docs`: {old}"


def test_every_part_stands_on_one_page() -> None:
    found = [name for page in DOCS.rglob("*.md") for name in parts_of(page.read_text(encoding="utf-8"))]
    assert sorted(found) == sorted(PARTS)


def test_an_old_part_is_made_anew() -> None:
    old = "before\n<!-- made by make docs: limits -->\nwhatever\n<!-- end -->\nafter\n"
    new = remade(old)
    assert new.startswith("before\n")
    assert new.endswith("<!-- end -->\nafter\n")
    assert protocol.limits() in new
    assert remade(new) == new


def test_a_part_that_nobody_makes_is_an_error() -> None:
    with pytest.raises(KeyError):
        remade("<!-- made by make docs: weather -->\n<!-- end -->\n")


@pytest.mark.parametrize("name", sorted(protocol.reachable()))
def test_everything_on_the_wire_has_a_meaning(name: str) -> None:
    definition = definitions()[name]
    named = scalar(definition)
    assert named.meaning if named else definition.meaning, f"{name} says nothing of itself"
    silent = [field.name for field in definition.fields if not protocol.meaning(field)]
    assert not silent, f"fields of {name} without a meaning"


@pytest.mark.parametrize("name", ["ErrorCode", "SignInReason", "TicketStatus", "TicketAct", "ApplicationAct"])
def test_every_code_has_a_meaning(name: str) -> None:
    silent = [value for value, meaning in definitions()[name].members if not meaning]
    assert not silent


def test_every_tagged_kind_is_on_the_protocols_page() -> None:
    page = (DOCS / "protocol.md").read_text(encoding="utf-8")
    missing = [tag for kind in TAGGED if f"**`{(tag := kind.__struct_config__.tag)}`**" not in page]
    assert not missing


def test_the_page_tells_who_may_send_each_command() -> None:
    rows = [line for line in protocol.commands().splitlines() if line.startswith("| **")]
    assert len(rows) == len(PERMISSIONS)
    assert all("*From: " in row for row in rows)


def test_the_tokens_shown_have_a_tokens_form() -> None:
    page = (DOCS / "protocol.md").read_text(encoding="utf-8")
    shown = [word.strip('",') for line in page.splitlines() for word in line.split() if "T:1:31.74" in word]
    assert len(shown) >= 2
    assert all(read_token(text.strip("`")) for text in shown)
