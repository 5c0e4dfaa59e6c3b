"""What a broker looks like from outside, to be compared: its state, and everything on its disk."""

import sqlite3
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from tests.support.broker import Device

PROMPT_SECONDS = 0.25
"""Within which an honest device's command is answered at the median, whatever strangers do; alone it takes some ms."""

ANSWERS = "answer"
"""The table of what was answered: a refusal too is kept there, so that it is repeated."""


def state_of(device: Device) -> tuple[int, bytes]:
    """The outlet's state as a device is told it: its last event's number, and its bytes."""
    device.send(m.AskSnapshot(new_request_id()))
    body, parts = b"", 1
    while parts:
        part = device.answer()
        assert isinstance(part, m.SnapshotPart), part
        body += part.body
        parts = part.parts - part.part - 1
    return part.seq, body


def disk_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table on the outlet's disk, save the answers."""
    with closing(sqlite3.connect(f"file:{folder / 'outlet.db'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert ANSWERS in names
        return {
            name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr)
            for name in names
            if name != ANSWERS
        }


def seconds_of_a_ticket(kiosk: Device) -> float:
    """How long an honest kiosk waits for a number."""
    began = perf_counter()
    kiosk.accepted(IssueTicket("B"))
    return perf_counter() - began


def usual_seconds(kiosk: Device, times: int = 20) -> float:
    """The same at the median; each of them is answered, and rightly."""
    return median(seconds_of_a_ticket(kiosk) for _ in range(times))
