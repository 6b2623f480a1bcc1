"""The way into the electoral roll: register imports, persons, verdicts, applications, superseded decisions.

A person's row holds the facts of the newest import and points to the verdict on them. Many persons share one verdict, word for word. When
facts or rules change, the old decision moves with its facts to `superseded_decisions`.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class RegisterImport(Base, Electoral):
    """Übernahme eines Melderegister-Auszugs."""

    __tablename__ = "register_imports"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"), UniqueConstraint("election_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the election
    number: Mapped[int] = mapped_column()
    at_utc: Mapped[datetime] = mapped_column(Moment)
    file_name: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    #: hash of the rules under which the persons were decided
    rules_digest: Mapped[str] = mapped_column(Text)
    #: True when the file brings only persons that changed, so that nobody is missing in it
    changes_only: Mapped[bool] = mapped_column()
    #: latest arrival, move, departure or death in the file, "" for none; tells an older export from a newer one
    newest_event: Mapped[str] = mapped_column(Text)
    persons: Mapped[int] = mapped_column()
    added: Mapped[int] = mapped_column()
    changed: Mapped[int] = mapped_column()
    missing: Mapped[int] = mapped_column()
    #: persons whose verdict became another one
    decided_anew: Mapped[int] = mapped_column()


class RollVerdict(Base, Electoral):
    """Entscheidung in Worten: answer, category, ground, entry and all reasons, shared by all persons to whom they apply alike."""

    __tablename__ = "roll_verdicts"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "digest"), UniqueConstraint("election_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: SHA-256 of everything below
    digest: Mapped[str] = mapped_column(Text)
    #: values of law.suffrage.Entitlement
    entitled: Mapped[str] = mapped_column(Text)
    #: values of law.suffrage.Category; empty where the facts do not tell it
    category: Mapped[str] = mapped_column(Text)
    #: values of law.rules.Ground
    grounds: Mapped[list[str]] = mapped_column(JSON)
    #: values of law.suffrage.Entry; empty where no way leads into the roll
    entry: Mapped[str] = mapped_column(Text)
    #: fields of law.trace.Reason
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    rules_version: Mapped[str] = mapped_column(Text)
    rules_digest: Mapped[str] = mapped_column(Text)


class RegisteredPerson(Base, Electoral):
    """Person aus dem Melderegister. Dates of the register are texts "YYYY-MM-DD", 00 for unknown parts, "" for none."""

    __tablename__ = "registered_persons"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "verdict_id"], ["roll_verdicts.election_id", "roll_verdicts.id"]),
        ForeignKeyConstraint(["election_id", "import_id"], ["register_imports.election_id", "register_imports.id"]),
        ForeignKeyConstraint(["election_id", "missing_since_import_id"], ["register_imports.election_id", "register_imports.id"]),
        UniqueConstraint("election_id", "register_number"),
        # Persons are counted by verdict on every overview.
        Index("ix_registered_persons_election_id_verdict_id", "election_id", "verdict_id", "missing_since_import_id"),
        CheckConstraint("length(birth_date) = 10", name="birth_date_is_a_date"),
        CheckConstraint("family_name <> ''", name="named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: no index of its own: the unique pair begins with it
    election_id: Mapped[int] = mapped_column()
    #: Ordnungsmerkmal of the register
    register_number: Mapped[str] = mapped_column(Text)
    family_name: Mapped[str] = mapped_column(Text)
    given_names: Mapped[str] = mapped_column(Text)
    #: store.spelling.search_words of both names
    search_words: Mapped[str] = mapped_column(Text)
    birth_date: Mapped[str] = mapped_column(Text)
    #: "m", "w", "d" or ""
    sex: Mapped[str] = mapped_column(Text)
    #: three-digit keys parted by blanks, German first
    nationalities: Mapped[str] = mapped_column(Text)
    #: "", "51", "52" or "51 52" (§§ 51, 52 BMG)
    blocks: Mapped[str] = mapped_column(Text)
    died: Mapped[str] = mapped_column(Text)
    excluded: Mapped[bool] = mapped_column()
    #: the residence that counts most: in the Wahlgebiet, still lived in, Hauptwohnung
    ags: Mapped[str] = mapped_column(Text)
    residence_status: Mapped[str] = mapped_column(Text)
    moved_in: Mapped[str] = mapped_column(Text)
    main_since: Mapped[str] = mapped_column(Text)
    moved_out: Mapped[str] = mapped_column(Text)
    in_area_since: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text)
    house_number: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(Text)
    #: Stimmbezirk as the register assigns it
    district: Mapped[str] = mapped_column(Text)
    #: all other residences as a JSON list of lists in the same order of fields; "" for none
    further_residences: Mapped[str] = mapped_column(Text)
    #: the import that brought these facts; NULL for a person exempt from registration, entered on application (§ 26 BMG, § 11a KWO)
    import_id: Mapped[int | None] = mapped_column()
    #: the first import in which the person was missing; NULL while the register has the person
    missing_since_import_id: Mapped[int | None] = mapped_column()
    verdict_id: Mapped[int] = mapped_column()
    #: 1 for the first decision on this person
    decision_number: Mapped[int] = mapped_column()
    decided_at_utc: Mapped[datetime] = mapped_column(Moment)


class RollApplication(Base, Electoral):
    """Antrag auf Eintragung in das Wählerverzeichnis; of a proof only kind and date are kept, never a copy."""

    __tablename__ = "roll_applications"
    __table_args__ = Electoral.keys()

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("registered_persons.id"), index=True)
    #: values of law.rules.Ground
    ground: Mapped[str] = mapped_column(Text)
    #: values of law.facts.ParentStatus; empty where not named
    parent: Mapped[str] = mapped_column(Text)
    received_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: how it came in, values of operations.roll.Channel
    channel: Mapped[str] = mapped_column(Text)
    #: what proof was seen; empty for none
    proof_kind: Mapped[str] = mapped_column(Text)
    proof_date: Mapped[date | None] = mapped_column()
    #: received by the deadline of the bylaw; a late one is kept and does not count
    in_time: Mapped[bool] = mapped_column()
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int | None] = mapped_column()
    #: True when nobody is entered on it before a second person has agreed
    second_look_needed: Mapped[bool | None] = mapped_column()
    #: who looked at it a second time, empty for nobody, and with what remark
    second_look_by: Mapped[str] = mapped_column(Text)
    second_look_remark: Mapped[str] = mapped_column(Text)
    second_look_agrees: Mapped[bool | None] = mapped_column()
    second_look_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    #: taken back by the person, or recorded wrongly; it is kept and does not count
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_by: Mapped[str | None] = mapped_column(Text)
    withdrawn_reason: Mapped[str | None] = mapped_column(Text)


class SupersededDecision(Base, Electoral):
    """Überholte Entscheidung: what had been decided, on which facts, until when."""

    __tablename__ = "superseded_decisions"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "verdict_id"], ["roll_verdicts.election_id", "roll_verdicts.id"]),
        UniqueConstraint("person_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("registered_persons.id"))
    number: Mapped[int] = mapped_column()
    verdict_id: Mapped[int] = mapped_column()
    #: the facts the law was asked about, as JSON text
    facts: Mapped[str] = mapped_column(Text)
    decided_at_utc: Mapped[datetime] = mapped_column(Moment)
    superseded_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: what superseded it, in words
    cause: Mapped[str] = mapped_column(Text)
