"""List numbers that stay free, more of KWO § 25 about candidates, and which sitting a notice announces."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_TOLD = ("sex", "stands_as", "public_postcode", "public_town")
_SITTING = "fk_published_notices_election_id_sitting_id"
# only where an election has a single sitting is it certain which one an older notice announced
_LINKED = """
UPDATE published_notices SET sitting_id = (
    SELECT min(committee_sittings.id) FROM committee_sittings WHERE committee_sittings.election_id = published_notices.election_id
) WHERE kind = 'sitzung' AND (
    SELECT count(*) FROM committee_sittings WHERE committee_sittings.election_id = published_notices.election_id
) = 1
"""


def upgrade() -> None:
    op.create_table(
        "free_list_numbers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("basis", sa.Text, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_free_list_numbers_municipality_id_election_id",
        ),
        sa.UniqueConstraint("election_id", "number", name="uq_free_list_numbers_election_id_number"),
        sa.CheckConstraint("number >= 1", name="ck_free_list_numbers_number"),
    )
    op.create_index("ix_free_list_numbers_election_id", "free_list_numbers", ["election_id"])
    for name in _TOLD:
        op.add_column("candidates", sa.Column(name, sa.Text, nullable=False, server_default=""))
    with op.batch_alter_table("published_notices") as table:
        table.add_column(sa.Column("sitting_id", sa.Integer))
        table.create_foreign_key(_SITTING, "committee_sittings", ["election_id", "sitting_id"], ["election_id", "id"])
    op.execute(_LINKED)


def downgrade() -> None:
    with op.batch_alter_table("published_notices") as table:
        table.drop_constraint(_SITTING, type_="foreignkey")
        table.drop_column("sitting_id")
    for name in reversed(_TOLD):
        op.drop_column("candidates", name)
    op.drop_table("free_list_numbers")
