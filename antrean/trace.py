"""`antrean trace A012`: one ticket's story from touch to end, from the journal and from the print journals."""

import queue
import re
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from antrean.problem import Problem
from broker.client import DeviceKeys, Endpoints, Inbound, Session, Transport, new_request_id
from broker.client.session import Reply, Unanswered
from broker.domain.codec import kind_of
from broker.domain.events import Recorded
from broker.domain.values import BusinessDay
from broker.protocol import messages as m
from hardware import print_journal
from wording import Wording

ANSWER_SECONDS = 10.0
NUMBER = re.compile(r"^[A-Za-z][0-9]{1,5}$")
NOT_TOLD = frozenset({"ticket", "application"})


def history(
    endpoints: Endpoints, keys: DeviceKeys, number: str, day: str | None, wording: Wording
) -> m.History:
    """Ask the broker for a ticket's events. Raises Problem when there is no such ticket, or no broker."""
    if not NUMBER.match(number):
        todo = wording.t("Write a letter and digits, as on the ticket: A012.")
        raise Problem(wording.t("This is no ticket's number"), number, todo)
    question = m.AskHistory(new_request_id(), number.upper(), BusinessDay(day) if day else None)
    reply = ask(endpoints, keys, question, wording)
    if not isinstance(reply, m.History) or not reply.records:
        todo = wording.t("Check the number, and name the day with --day if it was not today.")
        raise Problem(wording.t("There is no such ticket"), f"{number} {day or ''}".strip(), todo)
    return reply


def ask(endpoints: Endpoints, keys: DeviceKeys, question: m.AskHistory, wording: Wording) -> Reply:
    """One question to the broker. Raises Problem when it does not answer."""
    arrived: queue.SimpleQueue[Inbound] = queue.SimpleQueue()
    transport = Transport(endpoints, keys, arrived.put)
    session = Session(transport, "antrean trace", time.monotonic)
    replies: list[Reply] = []
    transport.start()
    try:
        session.start()
        session.ask(question, replies.append)
        deadline = time.monotonic() + ANSWER_SECONDS
        while not replies and time.monotonic() < deadline:
            try:
                session.receive(arrived.get(timeout=0.1))
            except queue.Empty:
                session.tick()
    finally:
        transport.stop()
    if replies and not isinstance(replies[0], m.Error | Unanswered):
        return replies[0]
    raise Problem(
        wording.t("The broker does not answer"),
        endpoints.requests,
        wording.t("Start it with `antrean broker`, or correct the address and the key in the settings."),
    )


def story(told: m.History, print_journals: list[Path], wording: Wording) -> Iterator[str]:
    """The lines of the story, in the order in which things happened."""
    lines = [(int(record.at), _event_line(record, wording)) for record in told.records]
    seen = set()
    for subject in {str(told.ticket), *(record.command for record in told.records)}:
        for path in print_journals:
            for entry in print_journal.trace(path, subject):
                if entry.id not in seen:
                    seen.add(entry.id)
                    lines.append((int(entry.queued_at.timestamp() * 1000), _print_line(entry, path, wording)))
    for _, line in sorted(lines, key=lambda each: each[0]):
        yield line


def _event_line(record: Recorded, wording: Wording) -> str:
    at = wording.local(record.at)
    told = {
        name: value
        for name, value in msgspec.to_builtins(record.event).items()
        if name not in NOT_TOLD and name != "event" and value is not None
    }
    details = "  ".join(f"{name}={value}" for name, value in told.items())
    who = f"{record.device}/{record.clerk}" if record.clerk else record.device
    return (
        f"{at:%Y-%m-%d %H:%M:%S}  {record.seq:>6}  {kind_of(record.event):<22} {who:<16} "
        f"{record.command}  {details}"
    ).rstrip()


def _print_line(entry: print_journal.Entry, path: Path, wording: Wording) -> str:
    at = wording.local(int(entry.queued_at.timestamp() * 1000))
    return f"{at:%Y-%m-%d %H:%M:%S}  {'':>6}  {'print ' + entry.state.value:<22} {path.stem:<16} {entry.command_id}"
