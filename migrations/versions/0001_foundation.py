"""Municipalities, accounts, permits, elections, polling districts and the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ags", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.Text, nullable=False),
        sa.Column("council_name", sa.Text, nullable=False),
        sa.Column("office_name", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postcode", sa.Text, nullable=False),
        sa.Column("town", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("returning_officer", sa.Text, nullable=False),
        sa.Column("returning_officer_title", sa.Text, nullable=False),
        sa.Column("objection_recipient", sa.Text, nullable=False),
        sa.UniqueConstraint("ags", name="uq_municipalities_ags"),
        sa.CheckConstraint("length(ags) BETWEEN 5 AND 12", name="ck_municipalities_ags_length"),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("session_token", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("demo", sa.Boolean, nullable=False),
        sa.Column("failed_logins", sa.Integer, nullable=False),
        sa.Column("locked_until_utc", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("login", name="uq_accounts_login"),
    )
    op.create_table(
        "elections",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("municipality_id", sa.Integer, sa.ForeignKey("municipalities.id", name="fk_elections_municipality_id"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("area", sa.JSON, nullable=False),
        sa.Column("rule_layers", sa.JSON, nullable=False),
        sa.Column("bylaw_citation", sa.Text, nullable=False),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("nominations_closed_at_utc", sa.DateTime(timezone=True)),
        sa.Column("admission_outcome", sa.Text, nullable=False),
        sa.UniqueConstraint("municipality_id", "id", name="uq_elections_municipality_id_id"),
        sa.UniqueConstraint("municipality_id", "day", name="uq_elections_municipality_id_day"),
    )
    op.create_index("ix_elections_municipality_id", "elections", ["municipality_id"])
    op.create_table(
        "polling_districts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("postal", sa.Boolean, nullable=False),
        sa.Column("eligible", sa.Integer),
        sa.UniqueConstraint("election_id", "number", name="uq_polling_districts_election_id_number"),
        sa.UniqueConstraint("election_id", "id", name="uq_polling_districts_election_id_id"),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name="fk_polling_districts_municipality_id_election_id",
        ),
    )
    op.create_index("ix_polling_districts_election_id", "polling_districts", ["election_id"])
    op.create_table(
        "permits",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("municipality_id", sa.Integer, sa.ForeignKey("municipalities.id", name="fk_permits_municipality_id"), nullable=False),
        sa.Column("account_id", sa.Integer, sa.ForeignKey("accounts.id", name="fk_permits_account_id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("polling_district_id", sa.Integer, sa.ForeignKey("polling_districts.id", name="fk_permits_polling_district_id")),
        sa.UniqueConstraint(
            "account_id",
            "municipality_id",
            "role",
            "polling_district_id",
            name="uq_permits_account_id_municipality_id_role_polling_district_id",
        ),
        sa.CheckConstraint("role NOT IN ('Wahlvorstand', 'Zählgruppe') OR polling_district_id IS NOT NULL", name="ck_permits_has_district"),
    )
    op.create_index("ix_permits_municipality_id", "permits", ["municipality_id"])
    op.create_index("ix_permits_account_id", "permits", ["account_id"])
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("chain", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("election_id", sa.Integer),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("actor_name", sa.Text, nullable=False),
        sa.Column("actor_role", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("previous_hash", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.UniqueConstraint("chain", "number", name="uq_journal_chain_number"),
    )
    op.create_index("ix_journal_election_id", "journal", ["election_id"])
    op.create_table(
        "journal_chains",
        sa.Column("chain", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("journal_chains", "journal", "permits", "polling_districts", "elections", "accounts", "municipalities"):
        op.drop_table(table)
