"""One conversation, byte by byte, as the real codec writes it."""

import json
from collections.abc import Iterator

import msgspec

from broker.domain.commands import IssueTicket
from broker.domain.day import day_ends_at
from broker.domain.events import Recorded, TicketIssued
from broker.domain.ticket import Estimate, ticket_id
from broker.domain.values import (
    BusinessDay,
    Channel,
    CommandId,
    DeviceId,
    DeviceRole,
    Instant,
    Language,
    Seq,
    ServiceCode,
)
from broker.protocol import messages as m
from broker.protocol.codec import encode
from broker.protocol.identifiers import uuid7
from broker.server.tokens import Tokens
from broker.store.registry import SigningKey

AT = Instant(1_783_989_480_000)
"""07.38 in Jakarta on 14 July 2026."""

DAY, OFFSET_MINUTES = BusinessDay("2026-07-14"), 7 * 60
OUTLET = "31.74.01.1001"
KIOSK = DeviceId("kiosk-1")
EPOCH = m.Epoch("8f14e45fceea467a9f4d2b1c6a5e3d20")
GREETING = m.RequestId("5b1f0c9e2a7d4836")
COMMAND = CommandId(uuid7(AT, bytes(range(10))))
TICKET = ticket_id(DAY, "A", 12, copy=0)
MAC = bytes(range(16))
"""A stand-in: only a broker can make one, only a broker looks at one."""

BYTES_A_LINE = 16


def conversation() -> str:
    """A kiosk says hello, takes a number, and hears of it as everybody does."""
    return "\n\n".join(_step(*step) for step in _steps())


def _steps() -> Iterator[tuple[str, m.Message]]:
    tokens = Tokens([SigningKey(1, b"a sample key")])
    estimate = Estimate(10, 25)
    issue = IssueTicket("A", ServiceCode("IUMK"), language=Language.INDONESIAN)
    issued = TicketIssued(
        TICKET, DAY, "A", 12, 0, Channel.WALK_IN, Language.INDONESIAN, ServiceCode("IUMK"), None, 4, estimate
    )
    outcome = m.TicketOutcome(
        TICKET,
        "A",
        12,
        AT,
        tokens.for_ticket(OUTLET, TICKET, day_ends_at(DAY, OFFSET_MINUTES)),
        tokens.code(TICKET),
        4,
        estimate,
    )
    yield "Kiosk, DEALER", m.Hello(GREETING, (m.PROTOCOL_VERSION,), "my-kiosk 0.1")
    yield (
        "Broker, ROUTER",
        m.Welcome(GREETING, m.PROTOCOL_VERSION, EPOCH, Seq(41), KIOSK, DeviceRole.KIOSK, AT),
    )
    yield "Kiosk, DEALER", m.SendCommand(COMMAND, issue)
    yield "Broker, ROUTER", m.Accepted(COMMAND, Seq(42), outcome)
    yield "Broker, PUB", m.Update(EPOCH, (Recorded(Seq(42), AT, COMMAND, KIOSK, issued),), MAC)
    yield "Broker, PUB", m.Heartbeat(EPOCH, Seq(42), Instant(AT + 1000), MAC)


def _step(sender: str, message: m.Message) -> str:
    body = encode(message)
    fields = msgspec.msgpack.decode(body)
    shown = json.dumps(fields, indent=2, default=lambda binary: f"h'{binary.hex()}'")
    return f"#### {sender}: `{fields['type']}`, {len(body)} bytes\n\n```json\n{shown}\n```\n\n```\n{_hex(body)}\n```"


def _hex(body: bytes) -> str:
    starts = range(0, len(body), BYTES_A_LINE)
    return "\n".join(f"{start:04x}  {body[start : start + BYTES_A_LINE].hex(' ')}" for start in starts)
