"""Mandates: the term of a council and the members the council appoints besides the elected."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.create_table(
        "council_terms",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("begins_on", sa.Date, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_keys("council_terms"),
        sa.UniqueConstraint("election_id", name="uq_council_terms_election_id"),
    )
    op.create_index("ix_council_terms_election_id", "council_terms", ["election_id"])
    op.create_table(
        "appointed_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("appointed_on", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("ended_on", sa.Date, nullable=True),
        sa.Column("ended_reason", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_keys("appointed_members"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= appointed_on", name="ck_appointed_members_ended_later"),
    )
    op.create_index("ix_appointed_members_election_id", "appointed_members", ["election_id"])


def downgrade() -> None:
    op.drop_table("appointed_members")
    op.drop_table("council_terms")


def _keys(table: str) -> tuple[sa.Column[int], sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{table}_municipality_id_election_id",
        ),
    )
