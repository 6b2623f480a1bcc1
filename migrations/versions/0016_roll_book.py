"""Beside the roll: Wahlscheine, register districts with their polling districts, statistics of the closing."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

MOMENT = sa.DateTime(timezone=True)


def keys(table: str) -> tuple[sa.Column[int], sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{table}_municipality_id_election_id",
        ),
    )


def district(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name=f"fk_{table}_election_id_district_id",
        ),
    )


def upgrade() -> None:
    op.create_table(
        "voting_certificates",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("running", sa.Integer),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("issued_at_utc", MOMENT, nullable=False),
        sa.Column("issued_by", sa.Text, nullable=False),
        sa.Column("delivery", sa.Text, nullable=False),
        sa.Column("sent_on", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("after_closing", sa.Boolean, nullable=False),
        sa.Column("replaces_id", sa.Integer),
        sa.Column("invalidated_at_utc", MOMENT),
        sa.Column("invalidated_by", sa.Text, nullable=False),
        sa.Column("invalid_reason", sa.Text, nullable=False),
        *keys("voting_certificates"),
        *district("voting_certificates"),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_voting_certificates_person_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["voting_certificates.id"], name="fk_voting_certificates_replaces_id"),
        sa.UniqueConstraint("election_id", "number", name="uq_voting_certificates_election_id_number"),
        sa.UniqueConstraint("election_id", "id", name="uq_voting_certificates_election_id_id"),
        sa.CheckConstraint("number <> ''", name="ck_voting_certificates_numbered"),
    )
    op.create_index("ix_voting_certificates_person_id", "voting_certificates", ["person_id"])
    op.create_table(
        "register_districts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        *keys("register_districts"),
        *district("register_districts"),
        sa.UniqueConstraint("election_id", "name", "street", name="uq_register_districts_election_id_name_street"),
    )
    op.create_table(
        "roll_statistics",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("dimension", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        *keys("roll_statistics"),
        sa.UniqueConstraint("election_id", "dimension", "label", name="uq_roll_statistics_election_id_dimension_label"),
    )


def downgrade() -> None:
    for table in ("roll_statistics", "register_districts", "voting_certificates"):
        op.drop_table(table)
