"""Ids that older releases' clients make are ids to today's broker: none of them is refused for its form."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from broker.domain import commands as c
from broker.protocol import messages as m
from broker.protocol.codec import decode_request
from tests.broker.releases.keep import archives
from tools.docs.kinds import REQUESTS, Kind
from tools.docs.samples import whole

PROGRAM = Path(__file__).with_name("old_ids.py")

COMMANDS: list[tuple[Kind, str]] = [(c.HandInTicket, "replaces")]
NOTES: list[tuple[Kind, str]] = [(c.TransferTicket, "note"), (c.RequestPickUp, "note")]


@pytest.fixture(params=archives(), ids=lambda path: path.stem)
def made(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """What the release's makers make, by their names."""
    done = subprocess.run(
        [sys.executable, PROGRAM],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(request.param)},
    )
    answer: dict[str, list[str]] = json.loads(done.stdout)
    return answer


def messages(maker: str) -> Iterator[tuple[Kind, str]]:
    """Where the broker is told what this maker has made: messages, and their fields."""
    match maker:
        case "new_command_id":
            yield m.SendCommand, "id"
        case "new_request_id":
            yield from ((kind, "id") for kind in REQUESTS if kind is not m.SendCommand)
        case "new_note_id":
            yield from ((kind, "note") for kind in (m.WriteNote, m.AskNote, m.EraseNote))
        case _:
            raise AssertionError(f"{maker} is new: say where what it makes is told")


def commands(maker: str) -> list[tuple[Kind, str]]:
    """Commands that carry what this maker has made."""
    return {"new_command_id": COMMANDS, "new_note_id": NOTES}.get(maker, [])


def test_the_first_release_makes_three_kinds_of_ids(made: dict[str, list[str]]) -> None:
    assert {"new_command_id", "new_request_id", "new_note_id"} <= made.keys()
    assert len(set(made["new_command_id"])) == len(made["new_command_id"])


def test_every_id_that_an_older_client_makes_is_accepted(made: dict[str, list[str]]) -> None:
    for maker, ids in made.items():
        for kind, field in messages(maker):
            fields = whole(kind)
            for each in ids:
                body = msgspec.msgpack.encode(fields | {field: each})
                assert getattr(decode_request(body), field) == each
        for kind, field in commands(maker):
            fields = whole(kind)
            for each in ids:
                sent = whole(m.SendCommand) | {"command": fields | {field: each}}
                message = decode_request(msgspec.msgpack.encode(sent))
                assert isinstance(message, m.SendCommand)
                assert getattr(message.command, field) == each


def test_every_field_of_a_command_that_has_such_an_id_is_looked_at() -> None:
    named = {
        (kind, field.name)
        for kind in c.AnyCommand.__args__
        for field in msgspec.structs.fields(kind)
        if field.name in ("replaces", "note")
    }
    assert named == {*COMMANDS, *NOTES}
