"""Clarifications: what the election office settles itself where the register leaves a right to vote open."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "roll_clarifications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("matter", sa.Text, nullable=False),
        sa.Column("finding", sa.Text, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("register_state", sa.Text, nullable=False),
        sa.Column("proof_kind", sa.Text, nullable=False),
        sa.Column("proof_date", sa.Date),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", MOMENT, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("withdrawn_at_utc", MOMENT),
        sa.Column("withdrawn_by", sa.Text),
        sa.Column("withdrawn_reason", sa.Text),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_roll_clarifications_municipality_id_election_id",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_roll_clarifications_person_id"),
    )
    op.create_index("ix_roll_clarifications_election_id", "roll_clarifications", ["election_id"])
    op.create_index("ix_roll_clarifications_person_id", "roll_clarifications", ["person_id"])


def downgrade() -> None:
    op.drop_table("roll_clarifications")
