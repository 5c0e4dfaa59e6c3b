"""A command that was sent to the release before, and comes again after the upgrade, is the same command."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from broker.domain.commands import IssueTicket, Tick
from broker.domain.values import CommandId, Letter
from broker.protocol import messages as m
from broker.protocol.codec import decode_request
from broker.server.content import Content
from tests.broker.releases.keep import archives
from tools.docs.pages import VECTORS

PROGRAM = Path(__file__).with_name("old_requests.py")
BYTES = 16


@pytest.fixture(params=archives(), ids=lambda path: path.stem)
def requests(request: pytest.FixtureRequest) -> list[bytes]:
    """Every command that the release knows, as its client sends it."""
    vectors = json.loads((VECTORS / "commands.json").read_text(encoding="utf-8"))
    done = subprocess.run(
        [sys.executable, PROGRAM],
        input=json.dumps([each["hex"] for each in vectors]) + "\n",
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(request.param)},
    )
    return [bytes.fromhex(each) for each in json.loads(done.stdout) if each is not None]


def test_what_an_older_release_kept_of_a_command_is_known_again(requests: list[bytes]) -> None:
    assert len(requests) > 50
    for body in requests:
        message = decode_request(body)
        assert isinstance(message, m.SendCommand)
        kept = hashlib.blake2b(body, digest_size=BYTES).digest()
        assert Content(message).was(kept), message.command


def test_other_content_is_not() -> None:
    first = m.SendCommand(CommandId("1"), IssueTicket(Letter("A")))
    assert Content(first).was(Content(first).digest)
    assert not Content(first).was(Content(m.SendCommand(CommandId("1"), IssueTicket(Letter("B")))).digest)
    assert not Content(first).was(Content(m.SendCommand(CommandId("1"), Tick())).digest)
