"""The diagrams and tables of docs/lives.md, from the literal tables in the core."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from broker.domain import application as applications
from broker.domain import appointment as appointments
from broker.domain import pick_up as pick_ups
from broker.domain import ticket as tickets
from broker.domain.application import ApplicationStatus
from broker.domain.appointment import AppointmentStatus
from broker.domain.pick_up import PickUpStatus
from broker.domain.ticket import TicketStatus
from tools.docs.protocol import members, table
from tools.docs.source import definitions

Act = TypeVar("Act", bound=StrEnum)
Status = TypeVar("Status", bound=StrEnum)


def ticket() -> str:
    """A ticket's life."""
    return _life(tickets.TRANSITIONS, TicketStatus.WAITING, "issue")


def application() -> str:
    """An application's life."""
    return _life(applications.TRANSITIONS, ApplicationStatus.IN_PROCESS, "accept")


def pick_up() -> str:
    """The life of a request that an officer fetches a file."""
    return _life(pick_ups.TRANSITIONS, PickUpStatus.REQUESTED, "request")


def appointment() -> str:
    """An appointment's life."""
    return _life(appointments.TRANSITIONS, AppointmentStatus.BOOKED, "book")


def _life(transitions: Mapping[Act, Mapping[Status, Status]], first: Status, begins: str) -> str:
    statuses = type(first)
    acts = type(next(iter(transitions)))
    diagram = "\n".join(_diagram(transitions, first, begins))
    return "\n\n".join(
        (
            f"```mermaid\n{diagram}\n```",
            members(statuses.__name__),
            table(("by", "from", "to", "meaning"), _acts(transitions, dict(_meanings(acts)))),
        )
    )


def _diagram(transitions: Mapping[Act, Mapping[Status, Status]], first: Status, begins: str) -> Iterator[str]:
    yield "stateDiagram-v2"
    for status in type(first):
        yield f'    state "{status.value}" as {status.name}'
    yield f"    [*] --> {first.name}: {begins}"
    ways: dict[tuple[Status, Status], list[str]] = {}
    for act, row in transitions.items():
        for start, end in row.items():
            ways.setdefault((start, end), []).append(act.value)
    for (start, end), by in ways.items():
        yield f"    {start.name} --> {end.name}: {', '.join(by)}"
    for status in type(first):
        if not any(status in row for row in transitions.values()):
            yield f"    {status.name} --> [*]"


def _meanings(enumeration: type[StrEnum]) -> Iterator[tuple[str, str]]:
    for value, meaning in definitions()[enumeration.__name__].members:
        yield f"`{value}`", meaning


def _acts(
    transitions: Mapping[Act, Mapping[Status, Status]], meanings: Mapping[str, str]
) -> Iterator[tuple[str, str, str, str]]:
    for act, row in transitions.items():
        for end in dict.fromkeys(row.values()):
            starts = ", ".join(f"`{start}`" for start in row if row[start] is end)
            yield f"`{act}`", starts, f"`{end}`", meanings[f"`{act}`"]
