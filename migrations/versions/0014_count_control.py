"""Control of the count: chosen procedure, draws of samples, stacks counted twice, merged spellings, devices with unsent ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("recorded_ballots", sa.Column("provisional_mark", sa.Text))
    _table(
        "count_controls",
        sa.Column("method", sa.Text, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("allowed", sa.Integer, nullable=False),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("chosen_by", sa.Text, nullable=False),
        sa.Column("chosen_at_utc", MOMENT, nullable=False),
        sa.UniqueConstraint("election_id", name="uq_count_controls_election_id"),
        sa.CheckConstraint("percent BETWEEN 1 AND 100 AND least >= 1 AND allowed >= 0", name="ck_count_controls_sample_rule"),
    )
    _district_table(
        "sample_draws",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("points", sa.Text, nullable=False),
        sa.Column("thrown_by", sa.Text, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.Column("highest_number", sa.Integer, nullable=False),
        sa.Column("percent", sa.Integer, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("allowed", sa.Integer, nullable=False),
        sa.Column("drawn", sa.JSON, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("drawn_at_utc", MOMENT, nullable=False),
        sa.UniqueConstraint("district_id", "number", name="uq_sample_draws_district_id_number"),
    )
    _district_table(
        "stack_entries",
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("counted_by", sa.Text, nullable=False),
        sa.Column("counted_by_key", sa.Text, nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("amounts", sa.JSON, nullable=False),
        sa.Column("settled", sa.JSON, nullable=False),
        sa.Column("recorded_at_utc", MOMENT, nullable=False),
        sa.UniqueConstraint("district_id", "place", name="uq_stack_entries_district_id_place"),
        sa.UniqueConstraint("district_id", "counted_by_key", name="uq_stack_entries_district_id_counted_by_key"),
        sa.CheckConstraint("place IN (1, 2)", name="ck_stack_entries_two_people"),
    )
    _district_table(
        "spelling_merges",
        sa.Column("spelling", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at_utc", MOMENT, nullable=False),
        sa.UniqueConstraint("district_id", "spelling", name="uq_spelling_merges_district_id_spelling"),
        sa.CheckConstraint("spelling <> person", name="ck_spelling_merges_two_names"),
    )
    _district_table(
        "unsent_devices",
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("ballots", sa.Integer, nullable=False),
        sa.Column("announced_by", sa.Text, nullable=False),
        sa.Column("announced_at_utc", MOMENT, nullable=False),
        sa.UniqueConstraint("district_id", "device", name="uq_unsent_devices_district_id_device"),
        sa.CheckConstraint("ballots >= 1", name="ck_unsent_devices_some"),
    )


def downgrade() -> None:
    for name in ("unsent_devices", "spelling_merges", "stack_entries", "sample_draws", "count_controls"):
        op.drop_table(name)
    op.drop_column("recorded_ballots", "provisional_mark")


def _table(name: str, *parts: sa.schema.SchemaItem) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        *parts,
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{name}_municipality_id_election_id",
        ),
    )
    op.create_index(f"ix_{name}_election_id", name, ["election_id"])


def _district_table(name: str, *parts: sa.schema.SchemaItem) -> None:
    district = sa.ForeignKeyConstraint(
        ["election_id", "district_id"],
        ["polling_districts.election_id", "polling_districts.id"],
        name=f"fk_{name}_election_id_district_id",
    )
    _table(name, *parts, sa.Column("district_id", sa.Integer, nullable=False), district)
