"""House numbers of one street that belong to another polling district than the rest of it."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "house_ranges",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("first_number", sa.Integer, nullable=False),
        sa.Column("last_number", sa.Integer, nullable=False),
        sa.Column("side", sa.Text, nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_house_ranges_municipality_id_election_id",
        ),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_house_ranges_election_id_district_id",
        ),
        sa.CheckConstraint("first_number > 0 AND first_number <= last_number", name="ck_house_ranges_in_order"),
    )
    op.create_index("ix_house_ranges_election_id", "house_ranges", ["election_id"])


def downgrade() -> None:
    op.drop_table("house_ranges")
