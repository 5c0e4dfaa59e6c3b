"""Next and revoked keys, histories that wait for an operator's word, ends that had to be assumed, checksums."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("device", sa.Column("next_key", sa.String(), nullable=True))
    op.add_column("device", sa.Column("renew_since", sa.BigInteger(), nullable=True))
    op.add_column("device", sa.Column("revoked_at", sa.BigInteger(), nullable=True))
    op.add_column("epoch", sa.Column("confirmed", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("ticket", sa.Column("end_assumed", sa.Boolean(), server_default=sa.false(), nullable=False))
    for table in ("journal", "snapshot", "answer"):
        op.add_column(table, sa.Column("crc", sa.BigInteger(), nullable=True))
