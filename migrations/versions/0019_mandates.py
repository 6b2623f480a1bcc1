"""Mandates: what happened to the elected and to substitutes after the determination."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "mandate_events",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_mandate_events_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "person", "kind", name="uq_mandate_events_election_id_person_kind"),
    )
    op.create_index("ix_mandate_events_election_id", "mandate_events", ["election_id"])


def downgrade() -> None:
    op.drop_table("mandate_events")
