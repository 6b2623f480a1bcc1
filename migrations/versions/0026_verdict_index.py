"""Roll: count persons by verdict without looking at every person, whose number grows."""

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_index(
        "ix_registered_persons_election_id_verdict_id", "registered_persons", ["election_id", "verdict_id", "missing_since_import_id"]
    )


def downgrade() -> None:
    op.drop_index("ix_registered_persons_election_id_verdict_id", "registered_persons")
