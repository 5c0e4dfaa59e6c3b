"""The tables of docs/protocol.md, from the messages, commands, events, refusals and all that they carry."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import msgspec

from broker.client import session
from broker.domain.commands import Command
from broker.domain.decide.permissions import PERMISSIONS, Permission
from broker.domain.values import ClerkRole
from broker.protocol import codec
from broker.protocol import messages as m
from broker.server import front, publisher, queries, server, sign_ins, sockets
from broker.store import journal
from tools.docs.kinds import (
    ANSWERS,
    BROADCASTS,
    COMMANDS,
    EVENTS,
    OUTCOMES,
    REFUSALS,
    REQUESTS,
    STATE,
    TAGGED,
    Kind,
    kind_of,
)
from tools.docs.source import Definition, Field, definitions
from tools.docs.wire import meaning_of_type, names_in, scalar, shown


def requests() -> str:
    """What a device may send."""
    return _tagged(REQUESTS, _who_may_ask)


def answers() -> str:
    """What the broker answers."""
    return _tagged(ANSWERS)


def outcomes() -> str:
    """What an accepted command's answer carries besides."""
    return _tagged(OUTCOMES)


def broadcasts() -> str:
    """What everybody is told."""
    return _tagged(BROADCASTS)


def commands() -> str:
    """What can be asked of the queue."""
    return _tagged(COMMANDS, _who_may_command)


def events() -> str:
    """What can have happened."""
    return _tagged(EVENTS)


def refusals() -> str:
    """Why a command was not carried out."""
    return _tagged(REFUSALS)


def error_codes() -> str:
    """What was wrong with a message."""
    return members("ErrorCode")


def sign_in_reasons() -> str:
    """Why a clerk could not sign in."""
    return members("SignInReason")


def members(enumeration: str) -> str:
    """Each value of an enumeration with its meaning."""
    rows = ((f"`{value}`", meaning) for value, meaning in definitions()[enumeration].members)
    return table(("value", "meaning"), rows)


def scalars() -> str:
    """The named types that are a string or an integer on the wire."""
    found = ((name, scalar(definitions()[name])) for name in reachable())
    rows = ((f"`{name}`", named.wire, named.meaning) for name, named in sorted(found) if named)
    return table(("name", "on the wire", "meaning"), rows)


def enumerations() -> str:
    """The closed sets of strings."""
    rows = (
        (f"`{name}`", ", ".join(f"`{value}`" for value, _ in definition.members), definition.meaning)
        for name, definition in sorted((name, definitions()[name]) for name in reachable())
        if definition.members
    )
    return table(("name", "one of", "meaning"), rows)


def values() -> str:
    """The maps within maps."""
    tagged = {kind.__name__ for kind in TAGGED}
    rows: list[tuple[str, ...]] = []
    for name in sorted(reachable()):
        definition = definitions()[name]
        if definition.fields and name not in tagged:
            rows += _rows(name, definition, _defaults(kind_of(name)), _tag(kind_of(name)))
    return table(_COLUMNS, rows)


def limits() -> str:
    """The figures that a client has to know."""
    allowed = server.DEFAULT_LIMITS
    figures: tuple[tuple[str, str], ...] = (
        ("Largest message to the broker", f"{codec.LARGEST_REQUEST_BYTES // 1024} KiB"),
        ("Body of one snapshot part, at most", f"{codec.SNAPSHOT_PART_BYTES // 1024} KiB"),
        ("Events in one `update`, at most", str(publisher.RECORDS_AT_ONCE)),
        ("Events in one `updates`, at most", str(queries.RECORDS_AT_ONCE)),
        ("Replay, at most; a client further behind takes a snapshot", f"{queries.REPLAY_AT_MOST:,} events"),
        ("Heartbeat, every", f"{server.HEARTBEAT_SECONDS:g} s"),
        ("Silence after which a client calls itself stale", f"{session.STALE_AFTER_SECONDS:g} s"),
        (
            "Our clients send an unanswered message again after, by chance",
            f"{session.COMMANDS.first / 2:g} to {session.COMMANDS.first:g} s, then after twice as long each time",
        ),
        ("… but never later than after", f"{session.COMMANDS.most:g} s"),
        ("… and give it up after", f"{session.EXPIRES_SECONDS:g} s"),
        ("A sign of life from our clients, every", f"{session.ALIVE_SECONDS:g} s"),
        (
            "Messages that a device may send in a second; more are answered `too-many`",
            f"{allowed.per_second:g}",
        ),
        ("… and at once after a rest", f"{allowed.at_once:g}"),
        (
            "Bytes that a device may be answered in a second; then what may be long is answered `too-many`",
            f"{allowed.bytes_per_second / (1 << 20):g} MiB",
        ),
        ("… and at once after a rest, and a whole answer more", f"{allowed.bytes_at_once / (1 << 20):g} MiB"),
        ("Devices that an outlet may have", str(allowed.devices)),
        ("Answers to commands are kept for", f"{journal.ANSWERS_KEPT_MS // 86_400_000} days"),
        ("Commands that share one commit, at most", str(front.MESSAGES_AT_ONCE)),
        (
            "Answers, or updates, that wait for one slow device; more are dropped",
            str(sockets.MESSAGES_WAITING),
        ),
        ("Wrong PINs in a row that lock a clerk", str(sign_ins.FAILURES_AT_MOST)),
        ("… for", f"{sign_ins.LOCK_MS // 60_000} min"),
    )
    return table(("what", "figure"), figures)


@cache
def reachable() -> frozenset[str]:
    """Every named type that the wire carries, however deep."""
    found: set[str] = set()
    waiting = [STATE, *(kind.__name__ for kind in TAGGED)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            for field in definitions()[name].fields:
                waiting += names_in(field.annotation)
    return frozenset(found)


def meaning(field: Field) -> str:
    """What a field means: what is said of it, else what its type means."""
    return field.meaning or meaning_of_type(field.annotation)


_COLUMNS = ("name", "field", "type", "if left out", "meaning")


def _tagged(kinds: Iterable[Kind], remark: Callable[[Any], str] = lambda _: "") -> str:
    rows: list[tuple[str, ...]] = []
    for kind in kinds:
        definition = definitions()[kind.__name__]
        rows += _rows(str(kind.__struct_config__.tag), definition, _defaults(kind), remark(kind))
    return table(_COLUMNS, rows)


def _rows(
    name: str, definition: Definition, defaults: dict[str, str], remark: str
) -> Iterator[tuple[str, ...]]:
    yield f"**`{name}`**", "", "", "", " ".join(filter(None, (definition.meaning, remark)))
    for field in definition.fields:
        yield "", f"`{field.name}`", shown(field.annotation), defaults.get(field.name, ""), meaning(field)


def _tag(kind: Kind) -> str:
    """How a map among several possible ones says which it is."""
    config = kind.__struct_config__
    return f"*`{config.tag_field}` is `{config.tag}`.*" if config.tag is not None else ""


def _defaults(kind: Kind) -> dict[str, str]:
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.default is not msgspec.NODEFAULT:
            found[field.name] = f"`{msgspec.json.encode(field.default).decode()}`"
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = f"`{msgspec.json.encode(field.default_factory()).decode()}`"
    return found


def _who_may_command(kind: type[Command]) -> str:
    permission: Permission = PERMISSIONS[kind]
    devices = ", ".join(sorted(permission.devices))
    if permission.clerks is None:
        return f"*From: {devices}.*"
    clerks = (
        "a clerk"
        if permission.clerks == frozenset(ClerkRole)
        else f"a {', '.join(sorted(permission.clerks))}"
    )
    return f"*From: {devices}, {clerks} signed in.*"


def _who_may_ask(kind: type[m.Message]) -> str:
    askers = queries.ASKERS.get(kind)
    if not askers:
        return ""
    clerks = queries.CLERKS_ASKING.get(kind)
    who = "a clerk" if clerks == frozenset(ClerkRole) else f"a {', '.join(sorted(clerks or ()))}"
    remark = f"; at a counter {who} is signed in" if clerks else ""
    return f"*From: {', '.join(sorted(askers))}{remark}.*"


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
