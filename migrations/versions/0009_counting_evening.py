"""The counting evening: boards with presence and opening check, incidents, records, the book of postal letters."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("district_counts", sa.Column("closings", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "board_members",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("function", sa.Text, nullable=False),
        sa.Column("counting_group", sa.Integer, nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("board_members"),
        sa.CheckConstraint("counting_group >= 0", name="ck_board_members_counting_group"),
        sa.UniqueConstraint("district_id", "id", name="uq_board_members_district_id_id"),
        sa.UniqueConstraint("district_id", "name", name="uq_board_members_district_id_name"),
    )
    op.create_index("ix_board_members_election_id", "board_members", ["election_id"])
    op.create_table(
        "board_presences",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("member_id", sa.Integer, nullable=False),
        sa.Column("present", sa.Boolean, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("board_presences"),
        _member("board_presences"),
        sa.UniqueConstraint("district_id", "number", name="uq_board_presences_district_id_number"),
    )
    op.create_index("ix_board_presences_election_id", "board_presences", ["election_id"])
    op.create_table(
        "opening_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("member_id", sa.Integer, nullable=False),
        sa.Column("program_version", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("opening_checks"),
        _member("opening_checks"),
        sa.UniqueConstraint("district_id", "member_id", name="uq_opening_checks_district_id_member_id"),
    )
    op.create_index("ix_opening_checks_election_id", "opening_checks", ["election_id"])
    op.create_table(
        "count_incidents",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("count_incidents"),
        sa.UniqueConstraint("district_id", "number", name="uq_count_incidents_district_id_number"),
    )
    op.create_index("ix_count_incidents_election_id", "count_incidents", ["election_id"])
    op.create_table(
        "count_records",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("closing", sa.Integer, nullable=False),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("written_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("count_records"),
        sa.UniqueConstraint("district_id", "kind", "closing", name="uq_count_records_district_id_kind_closing"),
    )
    op.create_index("ix_count_records_election_id", "count_records", ["election_id"])
    op.create_table(
        "postal_letters",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("district_id", sa.Integer, nullable=False),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        *_keys("postal_letters"),
        sa.UniqueConstraint("district_id", "number", name="uq_postal_letters_district_id_number"),
        sa.UniqueConstraint("election_id", "certificate", name="uq_postal_letters_election_id_certificate"),
    )
    op.create_index("ix_postal_letters_election_id", "postal_letters", ["election_id"])


def downgrade() -> None:
    for table in ("postal_letters", "count_records", "count_incidents", "opening_checks", "board_presences", "board_members"):
        op.drop_table(table)
    op.drop_column("district_counts", "closings")


def _keys(table: str) -> tuple[sa.ForeignKeyConstraint, ...]:
    return (
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


def _member(table: str) -> sa.ForeignKeyConstraint:
    columns = ["board_members.district_id", "board_members.id"]
    return sa.ForeignKeyConstraint(["district_id", "member_id"], columns, name=f"fk_{table}_district_id_member_id")
