"""Nominations: when the signed original of a copy came."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("nominations", sa.Column("original_received_at_utc", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("nominations", "original_received_at_utc")
