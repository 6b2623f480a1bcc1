"""Register imports, persons, verdicts, applications and superseded decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

REGISTER_TEXTS = (
    "register_number",
    "family_name",
    "given_names",
    "search_words",
    "birth_date",
    "sex",
    "nationalities",
    "blocks",
    "died",
    "ags",
    "residence_status",
    "moved_in",
    "main_since",
    "moved_out",
    "in_area_since",
    "street",
    "house_number",
    "postcode",
    "town",
    "district",
    "further_residences",
)


def keys(table: str) -> tuple[sa.Column[int], sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{table}_municipality_id_election_id",
        ),
    )


def electoral_key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["election_id", column], [f"{other}.election_id", f"{other}.id"], name=f"fk_{table}_election_id_{column}"
    )


def upgrade() -> None:
    op.create_table(
        "register_imports",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("rules_digest", sa.Text, nullable=False),
        sa.Column("changes_only", sa.Boolean, nullable=False),
        sa.Column("newest_event", sa.Text, nullable=False),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("added", sa.Integer, nullable=False),
        sa.Column("changed", sa.Integer, nullable=False),
        sa.Column("missing", sa.Integer, nullable=False),
        sa.Column("decided_anew", sa.Integer, nullable=False),
        *keys("register_imports"),
        sa.UniqueConstraint("election_id", "number", name="uq_register_imports_election_id_number"),
        sa.UniqueConstraint("election_id", "id", name="uq_register_imports_election_id_id"),
    )
    op.create_index("ix_register_imports_election_id", "register_imports", ["election_id"])
    op.create_table(
        "roll_verdicts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("entitled", sa.Text, nullable=False),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("grounds", sa.JSON, nullable=False),
        sa.Column("entry", sa.Text, nullable=False),
        sa.Column("reasons", sa.JSON, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("rules_digest", sa.Text, nullable=False),
        *keys("roll_verdicts"),
        sa.UniqueConstraint("election_id", "digest", name="uq_roll_verdicts_election_id_digest"),
        sa.UniqueConstraint("election_id", "id", name="uq_roll_verdicts_election_id_id"),
    )
    op.create_index("ix_roll_verdicts_election_id", "roll_verdicts", ["election_id"])
    op.create_table(
        "registered_persons",
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in REGISTER_TEXTS),
        sa.Column("excluded", sa.Boolean, nullable=False),
        sa.Column("import_id", sa.Integer),
        sa.Column("missing_since_import_id", sa.Integer),
        sa.Column("verdict_id", sa.Integer, nullable=False),
        sa.Column("decision_number", sa.Integer, nullable=False),
        sa.Column("decided_at_utc", sa.DateTime(timezone=True), nullable=False),
        *keys("registered_persons"),
        electoral_key("registered_persons", "verdict_id", "roll_verdicts"),
        electoral_key("registered_persons", "import_id", "register_imports"),
        electoral_key("registered_persons", "missing_since_import_id", "register_imports"),
        sa.UniqueConstraint("election_id", "register_number", name="uq_registered_persons_election_id_register_number"),
        sa.CheckConstraint("length(birth_date) = 10", name="ck_registered_persons_birth_date_is_a_date"),
        sa.CheckConstraint("family_name <> ''", name="ck_registered_persons_named"),
    )
    op.create_table(
        "roll_applications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("ground", sa.Text, nullable=False),
        sa.Column("parent", sa.Text, nullable=False),
        sa.Column("received_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("proof_kind", sa.Text, nullable=False),
        sa.Column("proof_date", sa.Date),
        sa.Column("in_time", sa.Boolean, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("second_look_by", sa.Text, nullable=False),
        sa.Column("second_look_remark", sa.Text, nullable=False),
        sa.Column("second_look_agrees", sa.Boolean),
        *keys("roll_applications"),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_roll_applications_person_id"),
    )
    op.create_index("ix_roll_applications_election_id", "roll_applications", ["election_id"])
    op.create_index("ix_roll_applications_person_id", "roll_applications", ["person_id"])
    op.create_table(
        "superseded_decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("verdict_id", sa.Integer, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("decided_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        *keys("superseded_decisions"),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_superseded_decisions_person_id"),
        electoral_key("superseded_decisions", "verdict_id", "roll_verdicts"),
        sa.UniqueConstraint("person_id", "number", name="uq_superseded_decisions_person_id_number"),
    )
    op.create_index("ix_superseded_decisions_election_id", "superseded_decisions", ["election_id"])


def downgrade() -> None:
    for table in ("superseded_decisions", "roll_applications", "registered_persons", "roll_verdicts", "register_imports"):
        op.drop_table(table)
