"""Lots, determinations and publications."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "drawn_lots",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("question", sa.JSON, nullable=False),
        sa.Column("winner", sa.Text, nullable=False),
        sa.Column("drawn_by", sa.Text, nullable=False),
        sa.Column("witness", sa.Text, nullable=False),
        sa.Column("drawn_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_drawn_lots_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_drawn_lots_election_id_number"),
    )
    op.create_index("ix_drawn_lots_election_id", "drawn_lots", ["election_id"])
    op.create_table(
        "determinations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("determined_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("determined_by", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_determinations_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_determinations_election_id_number"),
    )
    op.create_index("ix_determinations_election_id", "determinations", ["election_id"])
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("csv", sa.Text),
        sa.Column("pdf", sa.LargeBinary),
        sa.Column("published_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("withdrawn_at_utc", sa.DateTime(timezone=True)),
        sa.Column("withdrawal_notice", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_publications_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_publications_election_id_number"),
    )
    op.create_index("ix_publications_election_id", "publications", ["election_id"])


def downgrade() -> None:
    for table in ("publications", "determinations", "drawn_lots"):
        op.drop_table(table)
