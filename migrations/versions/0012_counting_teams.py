"""Counting teams that log in by link and code, merged polling districts, screens for the room, a password that must be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("permits", sa.Column("counting_group", sa.Integer))
    op.add_column("accounts", sa.Column("must_change_password", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "counting_teams",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("account_id", sa.Integer, nullable=False),
        sa.Column("link_hash", sa.Text),
        sa.Column("link_made_at_utc", sa.DateTime(timezone=True)),
        *_district("counting_teams"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_counting_teams_account_id"),
        sa.UniqueConstraint("district_id", "number", name="uq_counting_teams_district_id_number"),
        sa.UniqueConstraint("district_id", "id", name="uq_counting_teams_district_id_id"),
        sa.UniqueConstraint("account_id", name="uq_counting_teams_account_id"),
        sa.UniqueConstraint("link_hash", name="uq_counting_teams_link_hash"),
        sa.CheckConstraint("number > 0", name="ck_counting_teams_number"),
    )
    op.create_index("ix_counting_teams_election_id", "counting_teams", ["election_id"])
    op.create_table(
        "team_devices",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("team_id", sa.Integer, nullable=False),
        sa.Column("persons", sa.JSON, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("asked_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at_utc", sa.DateTime(timezone=True)),
        *_district("team_devices"),
        sa.ForeignKeyConstraint(
            ["district_id", "team_id"],
            ["counting_teams.district_id", "counting_teams.id"],
            name="fk_team_devices_district_id_team_id",
        ),
        sa.UniqueConstraint("token_hash", name="uq_team_devices_token_hash"),
    )
    op.create_index("ix_team_devices_election_id", "team_devices", ["election_id"])
    op.create_index("ix_team_devices_team_id", "team_devices", ["team_id"])
    _count_units()


def _count_units() -> None:
    op.create_table(
        "district_mergers",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("receiver_id", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_district("district_mergers"),
        sa.ForeignKeyConstraint(
            ["election_id", "receiver_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name="fk_district_mergers_election_id_receiver_id",
        ),
        sa.UniqueConstraint("district_id", name="uq_district_mergers_district_id"),
        sa.CheckConstraint("district_id <> receiver_id", name="ck_district_mergers_two_districts"),
    )
    op.create_index("ix_district_mergers_election_id", "district_mergers", ["election_id"])
    op.create_index("ix_district_mergers_receiver_id", "district_mergers", ["receiver_id"])
    op.create_table(
        "room_screens",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("link_hash", sa.Text, nullable=False),
        sa.Column("shows_votes", sa.Boolean, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("made_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_district("room_screens", everywhere=True),
        sa.UniqueConstraint("link_hash", name="uq_room_screens_link_hash"),
    )
    op.create_index("ix_room_screens_election_id", "room_screens", ["election_id"])


def downgrade() -> None:
    for table in ("room_screens", "district_mergers", "team_devices", "counting_teams"):
        op.drop_table(table)
    op.drop_column("accounts", "must_change_password")
    op.drop_column("permits", "counting_group")


def _district(table: str, *, everywhere: bool = False) -> tuple[sa.Column[int] | sa.ForeignKeyConstraint, ...]:
    return (
        sa.Column("district_id", sa.Integer, nullable=everywhere),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id", "district_id"],
            ["polling_districts.election_id", "polling_districts.id"],
            name=f"fk_{table}_election_id_district_id",
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{table}_municipality_id_election_id",
        ),
    )
