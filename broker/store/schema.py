"""The database's tables. Migrations make them; a test holds both to be the same.

The projections repeat what the journal says: so that the database itself refuses what may not be (a number twice, two
tickets in a clerk's hand, two clerks at a counter), and so that reports can count. They can be rebuilt; the other
tables can't. Columns that came after the first release have defaults for the rows from before.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    true,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by themselves only in a column declared INTEGER."""

journal = Table(
    "journal",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("command", String, nullable=False),
    Column("device", String, nullable=False),
    Column("clerk", String),
    Column("kind", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("subject", String),
    Column("body", LargeBinary, nullable=False),
    Column("crc", BigInteger),
    Index("ix_journal_subject", "subject", "seq"),
)

snapshot = Table(
    "snapshot",
    metadata,
    Column("seq", Serial, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("code", String, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("crc", BigInteger),
)

epoch = Table(
    "epoch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("epoch", String, nullable=False, unique=True),
    Column("parent", String),
    Column("fork", BigInteger),
    Column("since", BigInteger, nullable=False),
    Column("confirmed", Boolean, nullable=False, server_default=true()),
)

answer = Table(
    "answer",
    metadata,
    Column("device", String, primary_key=True),
    Column("command", String, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("crc", BigInteger),
    sqlite_with_rowid=False,
)

# Projections

ticket = Table(
    "ticket",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("letter", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("queue", String, nullable=False),
    Column("status", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("language", String, nullable=False),
    Column("device", String, nullable=False),
    Column("service", String),
    Column("priority", String),
    Column("delivery", String),
    Column("counter", Integer),
    Column("clerk", String),
    Column("issued_at", BigInteger, nullable=False),
    Column("arrived_at", BigInteger),
    Column("first_called_at", BigInteger),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("estimate_from", Integer),
    Column("estimate_to", Integer),
    Column("start_unknown", Boolean, nullable=False),
    Column("unfinished", Boolean, nullable=False),
    Column("appointment", String),
    Column("slot_at", BigInteger),
    Column("handed_in", Boolean, nullable=False, server_default=false()),
    Column("because", String),
    Column("chosen", String),
    Column("end_assumed", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("day", "letter", "number", "copy"),
    sqlite_with_rowid=False,
)

Index(
    "uq_ticket_in_hand",
    ticket.c.clerk,
    unique=True,
    sqlite_where=ticket.c.status.in_(("called", "serving")),
    postgresql_where=ticket.c.status.in_(("called", "serving")),
)

application = Table(
    "application",
    metadata,
    Column("id", String, primary_key=True),
    Column("service", String, nullable=False),
    Column("status", String, nullable=False),
    Column("ticket", String, index=True),
    Column("day", String),
    Column("letter", String),
    Column("number", Integer),
    Column("accepted_at", BigInteger, nullable=False),
    Column("accepted_by", String, nullable=False),
    Column("promised_at", BigInteger),
    Column("ready_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("overdue", Boolean, nullable=False),
    Column("reason", String),
    Column("stage", String),
    Column("applicant", String),
    Column("pick_up", String),
    Column("failed_deliveries", Integer, nullable=False, server_default="0"),
    Index("ix_application_accepted_at", "accepted_at"),
)

appointment = Table(
    "appointment",
    metadata,
    Column("id", String, primary_key=True),
    Column("day", String, nullable=False),
    Column("slot_at", BigInteger, nullable=False),
    Column("letter", String, nullable=False),
    Column("service", String, nullable=False),
    Column("status", String, nullable=False),
    Column("booked_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("ticket", String),
    sqlite_with_rowid=False,
)

pick_up = Table(
    "pick_up",
    metadata,
    Column("id", String, primary_key=True),
    Column("service", String, nullable=False),
    Column("status", String, nullable=False),
    Column("requested_at", BigInteger, nullable=False),
    Column("note", String),
    Column("applicant", String),
    Column("officer", String),
    Column("failure", String),
    Column("failed_visits", Integer, nullable=False),
    Column("ended_at", BigInteger),
    Column("application", String),
    sqlite_with_rowid=False,
)

clerk_day = Table(
    "clerk_day",
    metadata,
    Column("day", String, primary_key=True),
    Column("clerk", String, primary_key=True),
    Column("skills", String),
    Column("served", Integer, nullable=False),
    Column("timed", Integer, nullable=False),
    Column("service_ms", BigInteger, nullable=False),
    Column("missed", Integer, nullable=False),
    Column("accepted", Integer, nullable=False),
    Column("idle_ms", BigInteger, nullable=False),
    Column("paused_ms", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

conduct = Table(
    "conduct",
    metadata,
    Column("day", String, primary_key=True),
    Column("clerk", String, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("refuted", Integer, nullable=False),
    Column("chosen", Integer, nullable=False),
    Column("quick_no_shows", Integer, nullable=False),
    sqlite_with_rowid=False,
)

seat = Table(
    "seat",
    metadata,
    Column("counter", Integer, primary_key=True, autoincrement=False),
    Column("clerk", String, nullable=False, unique=True),
    Column("since", BigInteger, nullable=False),
    Column("pause", String),
)

# What no journal holds

device = Table(
    "device",
    metadata,
    Column("id", String, primary_key=True),
    Column("role", String, nullable=False),
    Column("name", String, nullable=False),
    Column("public_key", String, nullable=False, unique=True),
    Column("since", BigInteger, nullable=False),
    Column("next_key", String),
    Column("renew_since", BigInteger),
    Column("revoked_at", BigInteger),
)

clerk_profile = Table(
    "clerk_profile",
    metadata,
    Column("clerk", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("pin_hash", String, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("locked_until", BigInteger),
)

session = Table(
    "session",
    metadata,
    Column("device", String, primary_key=True),
    Column("clerk", String, nullable=False, unique=True),
    Column("since", BigInteger, nullable=False),
)

note = Table(
    "note",
    metadata,
    Column("id", String, primary_key=True),
    Column("text", String, nullable=False),
    Column("clerk", String, nullable=False),
    Column("at", BigInteger, nullable=False),
)

erasure = Table(
    "erasure",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("erased", String, nullable=False),
    Column("clerk", String),
    Column("at", BigInteger, nullable=False),
)

signing_key = Table(
    "signing_key",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("since", BigInteger, nullable=False),
)
