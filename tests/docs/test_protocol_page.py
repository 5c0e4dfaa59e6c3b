"""What is written by hand on the protocol's page is whole: nothing that a device can meet is missing there."""

import re
from collections.abc import Iterator

from broker.domain.commands import AnyCommand
from broker.protocol import messages as m
from tools.docs.kinds import ANSWERS, OUTCOMES, REQUESTS, Kind
from tools.docs.pages import DOCS
from tools.docs.vectors import FAMILIES

PAGE = (DOCS / "protocol.md").read_text(encoding="utf-8")


def rows(head: str) -> Iterator[list[str]]:
    """The cells of the table that begins with that head."""
    _, _, after = PAGE.partition(f"{head}\n")
    assert after, f"no table begins with {head}"
    for line in after.splitlines()[1:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def names(cell: str) -> list[str]:
    """What stands in a cell in code marks."""
    return re.findall(r"`([a-z-]+)`", cell)


def tags(kinds: tuple[Kind, ...]) -> set[str]:
    return {str(kind.__struct_config__.tag) for kind in kinds}


def test_every_request_says_what_answers_it() -> None:
    table = list(rows("| request | answered by |"))
    asked = [name for request, _ in table for name in names(request)]
    assert sorted(asked) == sorted(tags(REQUESTS))
    told = {name for _, answers in table for name in names(answers) if name != "parts"}
    assert told == tags(ANSWERS)


def test_every_error_says_what_to_do() -> None:
    told = [name for code, _ in rows("| code | what to do |") for name in names(code)]
    assert sorted(told) == sorted(code.value for code in m.ErrorCode)


def test_every_outcome_says_which_commands_have_it() -> None:
    table = list(rows("| command | outcome |"))
    assert {name for _, outcome in table for name in names(outcome)} == tags(OUTCOMES)
    commands: set[str] = {str(kind.__struct_config__.tag) for kind in AnyCommand.__args__}
    assert {name for command, _ in table for name in names(command)} <= commands


def test_every_file_of_vectors_is_named() -> None:
    assert set(re.findall(r"\(vectors/([a-z]+)\.json\)", PAGE)) == FAMILIES.keys()


def test_patterns_are_written_as_every_library_reads_them() -> None:
    assert r"\Z" not in PAGE
