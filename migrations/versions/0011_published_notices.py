"""Published notices: what was announced before the election, frozen."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "published_notices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("published_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at_utc", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_reason", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_published_notices_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_published_notices_election_id_number"),
        sa.CheckConstraint("number > 0", name="ck_published_notices_numbered"),
    )
    op.create_index("ix_published_notices_election_id", "published_notices", ["election_id"])


def downgrade() -> None:
    op.drop_table("published_notices")
