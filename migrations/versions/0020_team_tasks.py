"""The task a counting team is limited to; stacks are counted by two recorded members of the board."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_ONE_NAME = "uq_stack_entries_district_id_counted_by_key"
_ONE_MEMBER = "uq_stack_entries_district_id_member_id"
_MEMBER = "fk_stack_entries_district_id_member_id"


def upgrade() -> None:
    op.add_column("permits", sa.Column("counting_task", sa.Text))
    with op.batch_alter_table("stack_entries") as table:
        table.add_column(sa.Column("member_id", sa.Integer))
        table.drop_constraint(_ONE_NAME, type_="unique")
        table.drop_column("counted_by_key")
        table.create_unique_constraint(_ONE_MEMBER, ["district_id", "member_id"])
        table.create_foreign_key(_MEMBER, "board_members", ["district_id", "member_id"], ["district_id", "id"])
    # who stands on the board under the very name that was typed
    op.execute(
        "UPDATE stack_entries SET member_id = (SELECT board_members.id FROM board_members "
        "WHERE board_members.district_id = stack_entries.district_id AND board_members.name = stack_entries.counted_by)"
    )


def downgrade() -> None:
    with op.batch_alter_table("stack_entries") as table:
        table.drop_constraint(_MEMBER, type_="foreignkey")
        table.drop_constraint(_ONE_MEMBER, type_="unique")
        table.drop_column("member_id")
        table.add_column(sa.Column("counted_by_key", sa.Text, nullable=False, server_default=""))
    op.execute("UPDATE stack_entries SET counted_by_key = counted_by")
    with op.batch_alter_table("stack_entries") as table:
        table.create_unique_constraint(_ONE_NAME, ["district_id", "counted_by_key"])
        table.alter_column("counted_by_key", server_default=None)
    op.drop_column("permits", "counting_task")
