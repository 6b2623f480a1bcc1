"""Second entries of ballots by another account."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
FIRST = "ix_recorded_ballots_district_id_number_recorded_by_id"


def upgrade() -> None:
    op.add_column("recorded_ballots", sa.Column("recorded_by_id", sa.Integer))
    op.create_index(FIRST, "recorded_ballots", ["district_id", "number", "recorded_by_id"], unique=True)
    op.create_table(
        "second_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("first_by_id", sa.Integer, nullable=False),
        sa.Column("second_by_id", sa.Integer, nullable=False),
        sa.Column("second_by", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("first_says", sa.Text, nullable=False),
        sa.Column("second_says", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_second_entries_election_id_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_second_entries_municipality_id_election_id",
        ),
        sa.ForeignKeyConstraint(
            ["district_id", "number", "first_by_id"],
            ["recorded_ballots.district_id", "recorded_ballots.number", "recorded_ballots.recorded_by_id"],
            name="fk_second_entries_district_id_number_first_by_id",
        ),
        sa.UniqueConstraint("district_id", "number", name="uq_second_entries_district_id_number"),
        sa.CheckConstraint("first_by_id <> second_by_id", name="ck_second_entries_two_people"),
    )
    op.create_index("ix_second_entries_election_id", "second_entries", ["election_id"])


def downgrade() -> None:
    op.drop_table("second_entries")
    op.drop_index(FIRST, "recorded_ballots")
    op.drop_column("recorded_ballots", "recorded_by_id")
