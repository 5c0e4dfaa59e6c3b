"""Within a version older clients can read what they know of: the page's promise, held to each release."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.broker.releases.keep import archives
from tools.docs.kinds import ANSWERS, EVENTS, STATE
from tools.docs.pages import VECTORS
from tools.docs.source import definitions
from tools.docs.wire import names_in

PROGRAM = Path(__file__).with_name("old_codec.py")
GROWING = {"ErrorCode", "SignInReason", "Outcome", "TokenKind"}
"""A client that can't read a later code or kind of token takes it for no answer, and asks again or lets it be; a later
outcome comes of a command that it does not send.
"""

SAID_BY_THE_BROKER = ("answers", "broadcasts", "outcomes", "events", "refusals", "state")


def vectors() -> list[tuple[str, dict[str, Any]]]:
    """Everything that a broker says, by family."""
    return [
        (family, vector)
        for family in SAID_BY_THE_BROKER
        for vector in json.loads((VECTORS / f"{family}.json").read_text(encoding="utf-8"))
    ]


@pytest.fixture(params=archives(), ids=lambda path: path.stem)
def said(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What the release's codec says of today's vectors."""
    done = subprocess.run(
        [sys.executable, PROGRAM],
        input=json.dumps([(family, vector["hex"]) for family, vector in vectors()]) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(request.param)},
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_all_that_an_older_client_knows_of_it_can_read(said: dict[str, Any]) -> None:
    unread = {
        vector["kind"]: complaint
        for (_, vector), complaint in zip(vectors(), said["complaints"], strict=True)
        if complaint and f"'{vector['kind']}'" not in complaint
    }
    assert not [kind for kind in unread if not names_of(kind) & GROWING], unread


def names_of(tag: str) -> set[str]:
    """The types that an answer's fields have."""
    kind = next(each for each in ANSWERS if each.__struct_config__.tag == tag)
    return {name for field in definitions()[kind.__name__].fields for name in names_in(field.annotation)}


def test_no_enumeration_of_the_state_or_of_events_has_got_another_value(said: dict[str, Any]) -> None:
    for name in (
        enumerations_within([STATE, *(kind.__name__ for kind in EVENTS)]) & said["enumerations"].keys()
    ):
        today = sorted(value for value, _ in definitions()[name].members)
        assert today == sorted(said["enumerations"][name]), f"{name}: this needs another protocol version"


def enumerations_within(waiting: list[str]) -> set[str]:
    """The enumerations that these maps hold, however deep."""
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            fields: list[ast.expr] = [field.annotation for field in definitions()[name].fields]
            waiting += [each for annotation in fields for each in names_in(annotation)]
    return {name for name in seen if definitions()[name].members}


def test_the_rule_is_about_enumerations_that_matter() -> None:
    within = enumerations_within([STATE])
    assert {"TicketStatus", "ClosingReason", "PrinterState"} <= within
    assert "DeviceRole" not in within
