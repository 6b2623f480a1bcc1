"""Counts of the districts, stacks and single ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "district_counts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("letters_received", sa.Integer, nullable=False),
        sa.Column("letters_late", sa.Integer, nullable=False),
        sa.Column("letters_rejected", sa.JSON, nullable=False),
        sa.Column("voters", sa.Integer, nullable=False),
        sa.Column("blank_ballots", sa.Integer, nullable=False),
        sa.Column("explanations", sa.JSON, nullable=False),
        sa.Column("letters_recorded_at_utc", sa.DateTime(timezone=True)),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.CheckConstraint(
            "voters >= 0 AND letters_received >= 0 AND letters_late >= 0 AND blank_ballots >= 0", name="ck_district_counts_not_negative"
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_district_counts_election_id_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_district_counts_municipality_id_election_id",
        ),
        sa.UniqueConstraint("district_id", name="uq_district_counts_district_id"),
    )
    op.create_index("ix_district_counts_election_id", "district_counts", ["election_id"])
    op.create_table(
        "ballot_stacks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nomination_id", sa.Integer, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.CheckConstraint("ballots >= 0", name="ck_ballot_stacks_not_negative"),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_ballot_stacks_election_id_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "nomination_id"],
            ["nominations.election_id", "nominations.id"],
            name="fk_ballot_stacks_election_id_nomination_id",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_ballot_stacks_municipality_id_election_id",
        ),
        sa.UniqueConstraint("district_id", "nomination_id", name="uq_ballot_stacks_district_id_nomination_id"),
    )
    op.create_index("ix_ballot_stacks_election_id", "ballot_stacks", ["election_id"])
    op.create_table(
        "recorded_ballots",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("valid", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("votes", sa.JSON, nullable=False),
        sa.Column("unused", sa.Integer, nullable=False),
        sa.Column("pile", sa.Text, nullable=False),
        sa.Column("needs_resolution", sa.Boolean, nullable=False),
        sa.Column("resolution", sa.Text, nullable=False),
        sa.Column("resolution_reason", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled", sa.Boolean, nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_recorded_ballots_election_id_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_recorded_ballots_municipality_id_election_id",
        ),
        sa.UniqueConstraint("district_id", "client_id", name="uq_recorded_ballots_district_id_client_id"),
        sa.UniqueConstraint("district_id", "number", name="uq_recorded_ballots_district_id_number"),
    )
    op.create_index("ix_recorded_ballots_district_id", "recorded_ballots", ["district_id"])
    op.create_index("ix_recorded_ballots_election_id", "recorded_ballots", ["election_id"])


def downgrade() -> None:
    for table in ("recorded_ballots", "ballot_stacks", "district_counts"):
        op.drop_table(table)
