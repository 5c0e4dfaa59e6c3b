"""Kept journals: one file a release, JSON lines of events as bytes, and beside it what was agreed to follow from them.

`python -m tests.broker.journals.kept` writes those of the present version. Once it is released they are never
written again: whatever a later program makes of them must be the same.
"""

import hashlib
import json
import tomllib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from broker.domain.codec import decode_event, kind_of
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.ticket import TicketStatus
from broker.domain.values import ClerkId, CommandId, DeviceId, Instant, Seq
from tests.broker.journals import day

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
Facts = dict[str, Any]


def version() -> str:
    """The product's present version."""
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    release: str = project["version"]
    return release


def journals() -> list[Path]:
    """All kept journals, the oldest first; one that was kept on the way to a release has a word after its number."""
    return sorted(HERE.glob("*.jsonl"), key=_age)


def _age(journal: Path) -> tuple[tuple[int, ...], bool]:
    release, dash, _ = journal.stem.partition("-")
    return tuple(int(part) for part in release.split(".")), not dash


def facts_beside(journal: Path) -> Path:
    """Where the facts that follow from a journal are kept."""
    return journal.with_suffix(".facts.json")


def lines(journal: Path) -> Iterator[dict[str, Any]]:
    """What is written of each event."""
    with journal.open() as file:
        for line in file:
            yield json.loads(line)


def read(line: dict[str, Any]) -> Recorded:
    """The event as today's program reads it."""
    return Recorded(
        Seq(line["seq"]),
        Instant(line["at"]),
        CommandId(line["command"]),
        DeviceId(line["device"]),
        decode_event(line["kind"], line["version"], b64decode(line["body"])),
        ClerkId(line["clerk"]) if line["clerk"] else None,
    )


def facts(state: State) -> Facts:
    """What a citizen, a clerk or a supervisor could point at: whatever the program becomes, it stays true."""
    return {
        "day": state.day,
        "numbers": state.numbers,
        "waiting": {
            key: [
                place.ticket
                for place in sorted(place for line in by.values() for chunk in line for place in chunk)
            ]
            for key, by in sorted(state.waiting.items())
        },
        "at counters": {
            str(seat.counter): [seat.clerk, seat.ticket, seat.pause] for seat in state.seats.values()
        },
        "on hold": sorted(each.id for each in state.tickets.values() if each.status is TicketStatus.ON_HOLD),
        "missed": sorted(each.id for each in state.tickets.values() if each.status is TicketStatus.NO_SHOW),
        "files": {
            each.id: [each.status, each.stage, each.promised_at, each.overdue]
            for each in state.applications.values()
        },
        "appointments": sorted(state.appointments),
        "pick-ups": {each.id: [each.status, each.officer, each.visits] for each in state.pick_ups.values()},
        "served": {clerk: [tally.served, tally.missed] for clerk, tally in state.tallies.items()},
        "closed": [state.paused, state.closed, state.doors_closed],
        "machines": state.machines,
        "calls": [[call.ticket, call.counter, call.call] for call in state.recent_calls],
    }


def followed(journal: Path) -> Facts:
    """What follows from the journal today: a digest of the facts after every event, and the last of them in clear."""
    state, digests = State(), []
    midday: Facts = {}
    for line in lines(journal):
        evolve(state, read(line))
        told = json.dumps(facts(state), sort_keys=True)
        digests.append(hashlib.sha256(told.encode()).hexdigest()[:12])
        if state.day is not None and state.seats:
            midday = json.loads(told)
    return {"digests": digests, "before the last counter closed": midday, "at the end": json.loads(told)}


def keep() -> None:
    """Write the journal of the present version, and what follows from it."""
    journal, records = HERE / f"{version()}.jsonl", day.played().journal
    with journal.open("w") as file:
        for record, body in records:
            line = {
                "seq": record.seq,
                "at": record.at,
                "command": record.command,
                "device": record.device,
                "clerk": record.clerk,
                "kind": kind_of(record.event),
                "version": record.event.VERSION,
                "body": b64encode(body).decode(),
            }
            file.write(json.dumps(line) + "\n")
    agree(journal)


def agree(journal: Path) -> None:
    """Write what follows from the journal: once, when it is kept."""
    facts_beside(journal).write_text(json.dumps(followed(journal), indent=1) + "\n")


if __name__ == "__main__":
    keep()
