"""Sittings of the Wahlausschuss, support signatures, meetings and contacts of nominations, departures of candidates, ticked deadlines."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
CONTACTS = tuple(f"{who}_{what}" for who in ("contact", "deputy") for what in ("street", "postcode", "town", "phone", "email"))
TEXTS = ("deputy_name", *CONTACTS, "meeting_place", "meeting_invitation", "meeting_leader", "signatures_waived")
DAYS = ("meeting_day", "meeting_invited_on")
TICKS = ("meeting_secret", "meeting_signed", "meeting_affirmed")


def upgrade() -> None:
    for name in TEXTS:
        op.add_column("nominations", sa.Column(name, sa.Text, nullable=False, server_default=""))
    for name in DAYS:
        op.add_column("nominations", sa.Column(name, sa.Date))
    for name in TICKS:
        op.add_column("nominations", sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("nominations", sa.Column("meeting_present", sa.Integer))
    op.add_column("candidates", sa.Column("incompatible_office", sa.Text, nullable=False, server_default=""))
    op.add_column("candidates", sa.Column("intent_declared", sa.Boolean, nullable=False, server_default=sa.false()))
    _committee()
    _signatures()
    op.create_table(
        "deadline_ticks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("done_on", sa.Date, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("ticked_by", sa.Text, nullable=False),
        sa.Column("ticked_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_electoral("deadline_ticks"),
        sa.UniqueConstraint("election_id", "key", name="uq_deadline_ticks_election_id_key"),
    )
    op.create_index("ix_deadline_ticks_election_id", "deadline_ticks", ["election_id"])


def downgrade() -> None:
    for table in ("deadline_ticks", "support_signatures", "candidate_departures", "committee_decisions", "committee_attendances"):
        op.drop_table(table)
    op.drop_table("committee_sittings")
    for name in ("incompatible_office", "intent_declared"):
        op.drop_column("candidates", name)
    for name in (*TEXTS, *DAYS, *TICKS, "meeting_present"):
        op.drop_column("nominations", name)


def _committee() -> None:
    op.create_table(
        "committee_sittings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("begins_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("agenda", sa.JSON, nullable=False),
        sa.Column("invited_on", sa.Date),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True)),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True)),
        sa.Column("quorum", sa.Text, nullable=False),
        sa.Column("course", sa.Text, nullable=False),
        sa.Column("cancelled_reason", sa.Text, nullable=False),
        *_electoral("committee_sittings"),
        sa.UniqueConstraint("election_id", "id", name="uq_committee_sittings_election_id_id"),
        sa.UniqueConstraint("election_id", "number", name="uq_committee_sittings_election_id_number"),
    )
    op.create_index("ix_committee_sittings_election_id", "committee_sittings", ["election_id"])
    op.create_table(
        "committee_attendances",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sitting_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("function", sa.Text, nullable=False),
        sa.Column("present_from_utc", sa.DateTime(timezone=True)),
        sa.Column("present_to_utc", sa.DateTime(timezone=True)),
        *_electoral("committee_attendances"),
        _sitting("committee_attendances"),
        sa.UniqueConstraint("sitting_id", "name", name="uq_committee_attendances_sitting_id_name"),
    )
    op.create_index("ix_committee_attendances_election_id", "committee_attendances", ["election_id"])
    op.create_table(
        "committee_decisions",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("sitting_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("nomination_id", sa.Integer),
        sa.Column("candidate_id", sa.Integer),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("yes", sa.Integer, nullable=False),
        sa.Column("no", sa.Integer, nullable=False),
        sa.Column("abstained", sa.Integer, nullable=False),
        *_electoral("committee_decisions"),
        _sitting("committee_decisions"),
        _nomination("committee_decisions"),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name="fk_committee_decisions_candidate_id"),
        sa.UniqueConstraint("sitting_id", "number", name="uq_committee_decisions_sitting_id_number"),
        sa.CheckConstraint("yes >= 0 AND no >= 0 AND abstained >= 0", name="ck_committee_decisions_votes"),
    )
    op.create_index("ix_committee_decisions_election_id", "committee_decisions", ["election_id"])


def _signatures() -> None:
    op.create_table(
        "candidate_departures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("candidate_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("happened_on", sa.Date, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.Column("treatment", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("sitting_id", sa.Integer),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_electoral("candidate_departures"),
        _sitting("candidate_departures"),
        sa.ForeignKeyConstraint(["candidate_id"], ["candidates.id"], name="fk_candidate_departures_candidate_id"),
        sa.UniqueConstraint("candidate_id", name="uq_candidate_departures_candidate_id"),
    )
    op.create_index("ix_candidate_departures_election_id", "candidate_departures", ["election_id"])
    op.create_table(
        "support_signatures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("nomination_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("objection", sa.Text, nullable=False),
        sa.Column("handed_in_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.Text, nullable=False),
        sa.Column("entered_at_utc", sa.DateTime(timezone=True), nullable=False),
        *_electoral("support_signatures"),
        _nomination("support_signatures"),
        sa.ForeignKeyConstraint(["person_id"], ["registered_persons.id"], name="fk_support_signatures_person_id"),
        sa.UniqueConstraint("nomination_id", "person_id", name="uq_support_signatures_nomination_id_person_id"),
        sa.UniqueConstraint("nomination_id", "number", name="uq_support_signatures_nomination_id_number"),
    )
    op.create_index("ix_support_signatures_election_id", "support_signatures", ["election_id"])


def _electoral(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("municipality_id", sa.Integer, nullable=False),
        sa.Column("election_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id", "election_id"],
            ["elections.municipality_id", "elections.id"],
            name=f"fk_{table}_municipality_id_election_id",
        ),
    )


def _sitting(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["election_id", "sitting_id"],
        ["committee_sittings.election_id", "committee_sittings.id"],
        name=f"fk_{table}_election_id_sitting_id",
    )


def _nomination(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"], name=f"fk_{table}_election_id_nomination_id"
    )
