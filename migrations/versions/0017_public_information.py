"""Information before the election: what the public page says, frozen, and where council and commissioner can be reached."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
CONTACTS = ("council_contact", "commissioner_contact")


def upgrade() -> None:
    for name in CONTACTS:
        op.add_column("municipalities", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "published_information",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("published_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at_utc", sa.DateTime(timezone=True)),
        sa.Column("withdrawal_notice", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_published_information_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_published_information_election_id_number"),
        sa.CheckConstraint("number > 0", name="ck_published_information_numbered"),
    )
    op.create_index("ix_published_information_election_id", "published_information", ["election_id"])


def downgrade() -> None:
    op.drop_table("published_information")
    for name in CONTACTS:
        op.drop_column("municipalities", name)
