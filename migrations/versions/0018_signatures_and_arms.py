"""Who signed an announcement, and the coat of arms of a municipality."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("publications", sa.Column("signed_by", sa.Text, nullable=False, server_default=""))
    op.add_column("municipalities", sa.Column("arms", sa.LargeBinary))
    op.add_column("municipalities", sa.Column("arms_media_type", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("municipalities", "arms_media_type")
    op.drop_column("municipalities", "arms")
    op.drop_column("publications", "signed_by")
