"""What reports count, appointments, pick-ups, notes; rows from before get the new columns' defaults."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("appointment", sa.String(), nullable=True))
    op.add_column("ticket", sa.Column("slot_at", sa.BigInteger(), nullable=True))
    op.add_column("ticket", sa.Column("handed_in", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("ticket", sa.Column("because", sa.String(), nullable=True))
    op.add_column("ticket", sa.Column("chosen", sa.String(), nullable=True))
    op.add_column("application", sa.Column("stage", sa.String(), nullable=True))
    op.add_column("application", sa.Column("applicant", sa.String(), nullable=True))
    op.add_column("application", sa.Column("pick_up", sa.String(), nullable=True))
    op.add_column(
        "application", sa.Column("failed_deliveries", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_index("ix_application_accepted_at", "application", ["accepted_at"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("slot_at", sa.BigInteger(), nullable=False),
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ticket", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pick_up",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("requested_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("applicant", sa.String(), nullable=True),
        sa.Column("officer", sa.String(), nullable=True),
        sa.Column("failure", sa.String(), nullable=True),
        sa.Column("failed_visits", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("application", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pick_up")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "clerk_day",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("skills", sa.String(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("timed", sa.Integer(), nullable=False),
        sa.Column("service_ms", sa.BigInteger(), nullable=False),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("idle_ms", sa.BigInteger(), nullable=False),
        sa.Column("paused_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("day", "clerk", name=op.f("pk_clerk_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "conduct",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("refuted", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.Integer(), nullable=False),
        sa.Column("quick_no_shows", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "clerk", "hour", name=op.f("pk_conduct")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
    )
    op.create_table(
        "erasure",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("erased", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_erasure")),
    )
