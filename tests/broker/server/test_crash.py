"""kill -9 at any moment: what was acknowledged is there, nothing has acted twice, no number is given out twice."""

import json
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Collection
from pathlib import Path

import pytest
import zmq

from broker.domain.codec import encode_state
from broker.domain.commands import IssueTicket
from broker.domain.values import CommandId
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import new_command_id
from broker.server.provision import Enrolment
from broker.server.sockets import Addresses
from broker.store.database import Database
from broker.store.journal import Journal
from tests.conftest import SOAKING
from tests.support.broker import KIOSK, NOW, Device, url_in

BROKER = """
import json, sys
from broker.server.keys import KeyPair
from broker.server.server import Server
from broker.store.database import Database
from tests.support import sample
from tests.support.broker import ANYWHERE, HandClock, HeldKeys

url, public, secret = sys.argv[1:]
server = Server(Database.open(url), HeldKeys(KeyPair(public, secret)), ANYWHERE, HandClock(sample.at(7, 31)))
print(json.dumps([server.bound.requests, server.bound.updates]), flush=True)
server.run()
"""

CRASHES = 80 if SOAKING else 4


def start(folder: Path, enrolment: Enrolment) -> tuple["subprocess.Popen[str]", Device]:
    keys = enrolment.broker
    process = subprocess.Popen(
        [sys.executable, "-c", BROKER, url_in(folder), keys.public, keys.secret],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    bound = Addresses(*json.loads(process.stdout.readline()))
    kiosk = Device(bound, keys, enrolment.devices[KIOSK])
    kiosk.hello()
    return process, kiosk


def kill(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGKILL)
    with process:
        process.wait()


@pytest.mark.slow
def test_a_killed_broker_loses_nothing_that_it_has_acknowledged(tmp_path: Path, enrolment: Enrolment) -> None:
    acknowledged: dict[CommandId, m.Accepted] = {}
    asked: dict[CommandId, IssueTicket] = {}
    for round_ in range(CRASHES):
        process, kiosk = start(tmp_path, enrolment)
        with kiosk:
            unanswered = [command for command in asked if command not in acknowledged]
            asked |= {new_command_id(NOW): IssueTicket("ABCDE"[round_ % 5]) for _ in range(60)}
            for command in [*unanswered, *list(asked)[-60:]]:
                kiosk.requests.send(encode(m.SendCommand(command, asked[command])))
            for _ in range(11 + 7 * (round_ % 7)):
                take_answer(kiosk, acknowledged)
            kill(process)
            while kiosk.requests.poll(0, zmq.POLLIN):
                take_answer(kiosk, acknowledged)
    process, kiosk = start(tmp_path, enrolment)
    with kiosk:
        for command, wish in asked.items():
            answer = kiosk.accepted(wish, command)
            assert answer == acknowledged.setdefault(command, answer)
        kill(process)
    check(tmp_path, asked.values())


def take_answer(kiosk: Device, acknowledged: dict[CommandId, m.Accepted]) -> None:
    answer = kiosk.answer()
    assert isinstance(answer, m.Accepted)
    acknowledged[answer.id] = answer


def check(folder: Path, asked: Collection[IssueTicket]) -> None:
    """Each command has acted once, and the state is the journal's fold."""
    with Database.open(url_in(folder)) as database:
        journal = Journal(database)
        state = journal.load()
        assert state.numbers == Counter(wish.letter for wish in asked)
        assert len(state.tickets) == len(asked)
        assert encode_state(journal.load()) == encode_state(state)
