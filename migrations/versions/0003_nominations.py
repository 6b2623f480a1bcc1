"""Nominations and their candidates."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("keyword", sa.Text, nullable=False),
        sa.Column("short_name", sa.Text, nullable=False),
        sa.Column("received_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("contact_name", sa.Text, nullable=False),
        sa.Column("landtag_votes", sa.Integer),
        sa.Column("previous_votes", sa.Integer),
        sa.Column("number", sa.Integer),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("decision_reason", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_nominations_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "id", name="uq_nominations_election_id_id"),
        sa.UniqueConstraint("election_id", "number", name="uq_nominations_election_id_number"),
    )
    op.create_index("ix_nominations_election_id", "nominations", ["election_id"])
    op.create_table(
        "candidates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nomination_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("family_name", sa.Text, nullable=False),
        sa.Column("given_names", sa.Text, nullable=False),
        sa.Column("birth_date", sa.Text, nullable=False),
        sa.Column("nationality", sa.Text, nullable=False),
        sa.Column("profession", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postcode", sa.Text, nullable=False),
        sa.Column("town", sa.Text, nullable=False),
        sa.Column("named", sa.Integer, nullable=False),
        sa.Column("consent", sa.Boolean, nullable=False),
        sa.Column("eligibility_certified", sa.Boolean, nullable=False),
        sa.Column("parental_consent", sa.Boolean, nullable=False),
        sa.Column("struck", sa.Boolean, nullable=False),
        sa.Column("struck_reason", sa.Text, nullable=False),
        sa.Column("ballot_number", sa.Text),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.CheckConstraint("named BETWEEN 1 AND 3", name="ck_candidates_named"),
        sa.CheckConstraint("position >= 1", name="ck_candidates_position"),
        sa.ForeignKeyConstraint(
            ["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"], name="fk_candidates_election_id_nomination_id"
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_candidates_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "ballot_number", name="uq_candidates_election_id_ballot_number"),
        sa.UniqueConstraint("nomination_id", "position", name="uq_candidates_nomination_id_position"),
    )
    op.create_index("ix_candidates_election_id", "candidates", ["election_id"])
    op.create_index("ix_candidates_nomination_id", "candidates", ["nomination_id"])


def downgrade() -> None:
    for table in ("candidates", "nominations"):
        op.drop_table(table)
