"""Cases of the roll: second look, withdrawals, objections with address and channel, letters as printed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

MOMENT = sa.DateTime(timezone=True)
ADDED: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
    "roll_applications": {
        "recorded_by_id": sa.Integer(),
        "second_look_needed": sa.Boolean(),
        "second_look_at_utc": MOMENT,
        "withdrawn_at_utc": MOMENT,
        "withdrawn_by": sa.Text(),
        "withdrawn_reason": sa.Text(),
    },
    "roll_objections": {
        "raised_by_address": sa.Text(),
        "channel": sa.Text(),
        "recorded_by": sa.Text(),
        "decided_by_id": sa.Integer(),
        "heard_on": sa.Date(),
        "district": sa.Text(),
        "second_look_needed": sa.Boolean(),
        "second_look_by": sa.Text(),
        "second_look_remark": sa.Text(),
        "second_look_agrees": sa.Boolean(),
        "second_look_at_utc": MOMENT,
        "withdrawn_at_utc": MOMENT,
        "withdrawn_by": sa.Text(),
    },
}


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


def upgrade() -> None:
    for table, columns in ADDED.items():
        for name, kind in columns.items():
            op.add_column(table, sa.Column(name, kind))
    op.create_table(
        "second_look_rules",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at_utc", MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        *keys("second_look_rules"),
        sa.UniqueConstraint("election_id", name="uq_second_look_rules_election_id"),
    )
    op.create_table(
        "roll_letters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("addressee", sa.Text, nullable=False),
        sa.Column("at_utc", MOMENT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("pdf", sa.LargeBinary),
        *keys("roll_letters"),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_roll_letters_person_id"),
    )
    op.create_index("ix_roll_letters_election_id", "roll_letters", ["election_id"])
    op.create_index("ix_roll_letters_person_id", "roll_letters", ["person_id"])


def downgrade() -> None:
    op.drop_table("roll_letters")
    op.drop_table("second_look_rules")
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)
