"""The electoral roll: its entries, corrections and objections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ENTRY_TEXTS = (
    "family_name",
    "given_names",
    "birth_date",
    "street",
    "house_number",
    "postcode",
    "town",
    "blocks",
    "entry",
    "remarks",
)


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


def person(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name=f"fk_{table}_person_id"),
    )


def upgrade() -> None:
    op.create_table(
        "electoral_rolls",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key_date", sa.Date, nullable=False),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True)),
        sa.Column("closed_by", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("certified", sa.JSON, nullable=False),
        *keys("electoral_rolls"),
        sa.UniqueConstraint("election_id", name="uq_electoral_rolls_election_id"),
    )
    op.create_table(
        "roll_entries",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ENTRY_TEXTS),
        sa.Column("blocked", sa.Boolean, nullable=False),
        sa.Column("certificate", sa.Boolean, nullable=False),
        sa.Column("voted", sa.Boolean, nullable=False),
        *keys("roll_entries"),
        *person("roll_entries"),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_roll_entries_election_id_district_id",
        ),
        sa.UniqueConstraint("district_id", "number", name="uq_roll_entries_district_id_number"),
        sa.UniqueConstraint("person_id", name="uq_roll_entries_person_id"),
        sa.UniqueConstraint("election_id", "id", name="uq_roll_entries_election_id_id"),
        sa.CheckConstraint("number > 0", name="ck_roll_entries_numbered"),
    )
    op.create_table(
        "duplicate_decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("other_id", sa.Integer, nullable=False),
        sa.Column("same", sa.Boolean, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        *keys("duplicate_decisions"),
        *person("duplicate_decisions"),
        sa.ForeignKeyConstraint(["other_id"], ["registered_persons.id"], name="fk_duplicate_decisions_other_id"),
        sa.UniqueConstraint("person_id", "other_id", name="uq_duplicate_decisions_person_id_other_id"),
    )
    op.create_index("ix_duplicate_decisions_election_id", "duplicate_decisions", ["election_id"])
    op.create_table(
        "roll_corrections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("heard_on", sa.Date),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("after_closing", sa.Boolean, nullable=False),
        *keys("roll_corrections"),
        *person("roll_corrections"),
    )
    op.create_index("ix_roll_corrections_election_id", "roll_corrections", ["election_id"])
    op.create_table(
        "roll_objections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("raised_by", sa.Text, nullable=False),
        sa.Column("received_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("decided_at_utc", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("granted", sa.Boolean),
        sa.Column("decision_reason", sa.Text, nullable=False),
        *keys("roll_objections"),
        *person("roll_objections"),
    )
    op.create_index("ix_roll_objections_election_id", "roll_objections", ["election_id"])


def downgrade() -> None:
    for table in ("roll_objections", "roll_corrections", "duplicate_decisions", "roll_entries", "electoral_rolls"):
        op.drop_table(table)
