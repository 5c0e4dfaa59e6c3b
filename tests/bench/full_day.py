"""A journal with 100,000 tickets of one day: how long the broker takes to begin on it, and what it holds then."""

import subprocess
import sys
import time
from pathlib import Path

from msgspec import Struct

from broker.domain.commands import (
    AnyCommand,
    CallNext,
    CompleteTicket,
    ConfirmDelivery,
    Envelope,
    IssueTicket,
    OpenCounter,
    Tick,
)
from broker.domain.values import (
    ClerkId,
    CounterNumber,
    Delivery,
    DeviceId,
    DeviceRole,
    Instant,
    TicketId,
)
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer
from broker.protocol.identifiers import new_command_id
from broker.server.core import Asked, Core
from broker.server.counts import Counts
from broker.server.tokens import Tokens
from broker.store.database import Database
from broker.store.journal import Journal
from broker.store.registry import Purpose, Registry
from tests.bench import load
from tests.support import sample

TICKETS = 100_000
AT_ONCE = 200
LETTERS = "AB"
COUNTER = CounterNumber(1)
MEGA = 1_000_000
DEADLINE_SECONDS = 60.0


class Start(Struct, frozen=True):
    """What one start took."""

    seconds: float
    """From the process's begin to its first answer."""
    megabytes: float
    """Resident memory at that moment."""


class Filled:
    """An outlet's database in which so many visits have been issued, called and completed."""

    def __init__(self, database: Database, clerk: ClerkId) -> None:
        tokens = Tokens(Registry(database).signing_keys(Purpose.TOKENS))
        self._core = Core(Journal(database), tokens, Counts())
        self._clerk = clerk
        self._at = sample.at(8)

    def fill(self, tickets: int) -> None:
        """Group by group, as a busy broker would."""
        self._do([(DeviceRole.BROKER, Tick())])
        self._do([(DeviceRole.COUNTER, OpenCounter(COUNTER))])
        for begin in range(0, tickets, AT_ONCE):
            letter = LETTERS[begin * len(LETTERS) // tickets]
            issued = self._do([(DeviceRole.KIOSK, IssueTicket(letter))] * AT_ONCE)
            given = [_ticket_of(answer) for answer in issued]
            self._do([(DeviceRole.KIOSK, ConfirmDelivery(ticket, Delivery.PAPER)) for ticket in given])
            visits: list[tuple[DeviceRole, AnyCommand]] = []
            for ticket in given:
                visits += [
                    (DeviceRole.COUNTER, CallNext(COUNTER)),
                    (DeviceRole.COUNTER, CompleteTicket(ticket)),
                ]
            self._do(visits)
            self._core.keep_snapshot_if_due()

    def _do(self, commands: list[tuple[DeviceRole, AnyCommand]]) -> tuple[bytes, ...]:
        self._at = Instant(self._at + 1)
        asked = [Asked(self._envelope(role, command)) for role, command in commands]
        return self._core.act(asked, self._at).answers

    def _envelope(self, role: DeviceRole, command: AnyCommand) -> Envelope:
        clerk = self._clerk if role is DeviceRole.COUNTER else None
        device = DeviceId("broker" if role is DeviceRole.BROKER else f"{role.value}-1")
        return Envelope(new_command_id(self._at), device, role, command, clerk)


def _ticket_of(answer: bytes) -> TicketId:
    accepted = decode_answer(answer)
    assert isinstance(accepted, m.Accepted)
    assert isinstance(accepted.outcome, m.TicketOutcome)
    return accepted.outcome.ticket


def fill(url: str, clerk: ClerkId, tickets: int = TICKETS) -> None:
    """Put so many finished visits into an outlet's database, whose broker is stopped."""
    with Database.open(url) as database:
        Filled(database, clerk).fill(tickets)


def start(settings: Path, operator: load.Target) -> tuple[Start, "subprocess.Popen[bytes]"]:
    """Run a broker; what its start took, and the process that goes on."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "antrean", "broker", "--settings", str(settings)], stderr=subprocess.DEVNULL
    )
    load.connect(operator).close(linger=0)
    seconds = time.perf_counter() - began
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return Start(round(seconds, 2), round(pages * 4096 / MEGA, 1)), process
