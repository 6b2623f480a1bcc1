"""Nominations and candidates, in the order and with the data of KWG § 19 and KWO § 25."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from beiratswahl.store.tables.base import Base, Electoral, Moment


class Nomination(Base, Electoral):
    """Wahlvorschlag, as received; number and state come with the decision of the Wahlausschuss."""

    __tablename__ = "nominations"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "id"), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Kennwort
    keyword: Mapped[str] = mapped_column(Text)
    #: Kurzbezeichnung; may be empty
    short_name: Mapped[str] = mapped_column(Text)
    received_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: how it came: "persönlich", "Post" …
    channel: Mapped[str] = mapped_column(Text)
    #: when the signed original came, where the nomination itself was a copy by e-mail or Telefax
    original_received_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    #: Vertrauensperson
    contact_name: Mapped[str] = mapped_column(Text)
    contact_street: Mapped[str] = mapped_column(Text, default="")
    contact_postcode: Mapped[str] = mapped_column(Text, default="")
    contact_town: Mapped[str] = mapped_column(Text, default="")
    contact_phone: Mapped[str] = mapped_column(Text, default="")
    contact_email: Mapped[str] = mapped_column(Text, default="")
    #: Stellvertretung der Vertrauensperson
    deputy_name: Mapped[str] = mapped_column(Text, default="")
    deputy_street: Mapped[str] = mapped_column(Text, default="")
    deputy_postcode: Mapped[str] = mapped_column(Text, default="")
    deputy_town: Mapped[str] = mapped_column(Text, default="")
    deputy_phone: Mapped[str] = mapped_column(Text, default="")
    deputy_email: Mapped[str] = mapped_column(Text, default="")
    #: Versammlung zur Aufstellung (§ 18 KWG): when, where, how and when invited, who led it, how many were there
    meeting_day: Mapped[date | None] = mapped_column()
    meeting_place: Mapped[str] = mapped_column(Text, default="")
    meeting_invited_on: Mapped[date | None] = mapped_column()
    meeting_invitation: Mapped[str] = mapped_column(Text, default="")
    meeting_leader: Mapped[str] = mapped_column(Text, default="")
    meeting_present: Mapped[int | None] = mapped_column()
    #: the vote was secret; at least five signed the minutes; leader and two participants affirmed in lieu of an oath
    meeting_secret: Mapped[bool] = mapped_column(default=False)
    meeting_signed: Mapped[bool] = mapped_column(default=False)
    meeting_affirmed: Mapped[bool] = mapped_column(default=False)
    #: why no support signatures are needed (§ 16 Abs. 3 KWG); empty when they are
    signatures_waived: Mapped[str] = mapped_column(Text, default="")
    #: Landesstimmen of a party that sits in the Landtag, for the order of lists (§ 24 KWG); None for everybody else
    landtag_votes: Mapped[int | None] = mapped_column()
    #: votes at the last election, for the order of lists (§ 24 KWG); None when the list is new
    previous_votes: Mapped[int | None] = mapped_column()
    #: Listennummer, given when nominations are closed
    number: Mapped[int | None] = mapped_column()
    #: values of law.nominations
    state: Mapped[str] = mapped_column(Text)
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    candidates: Mapped[list["Candidate"]] = relationship(order_by="Candidate.position", lazy="selectin", cascade="all, delete-orphan")


class Candidate(Base, Electoral):
    """Bewerberin oder Bewerber eines Wahlvorschlags."""

    __tablename__ = "candidates"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"]),
        UniqueConstraint("nomination_id", "position"),
        UniqueConstraint("election_id", "ballot_number"),
        CheckConstraint("named BETWEEN 1 AND 3", name="named"),
        CheckConstraint("position >= 1", name="position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column(index=True)
    position: Mapped[int] = mapped_column()
    family_name: Mapped[str] = mapped_column(Text)
    given_names: Mapped[str] = mapped_column(Text)
    #: ISO date, unknown parts 00 as the register writes them
    birth_date: Mapped[str] = mapped_column(Text)
    #: key of the Statistisches Bundesamt
    nationality: Mapped[str] = mapped_column(Text)
    profession: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text)
    postcode: Mapped[str] = mapped_column(Text)
    town: Mapped[str] = mapped_column(Text)
    #: how often the ballot names the candidate, 1 to 3 (§ 15 Abs. 3 KWG)
    named: Mapped[int] = mapped_column()
    #: written consent (§ 20 KWG)
    consent: Mapped[bool] = mapped_column()
    #: certificate that the candidate may be elected (§ 20 KWG)
    eligibility_certified: Mapped[bool] = mapped_column()
    #: consent of the gesetzliche Vertreter; only minors need it
    parental_consent: Mapped[bool] = mapped_column()
    #: office that § 5 KWG may not allow together with membership; empty for none
    incompatible_office: Mapped[str] = mapped_column(Text, default="")
    #: the declaration what the person will do with that office is there (§ 19 Abs. 3, § 20 KWG)
    intent_declared: Mapped[bool] = mapped_column(default=False)
    #: "m", "w", "d" or "" (not told); for statistics only, never printed (KWO § 25)
    sex: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: as what the person stands: a value of law.rules.Ground, "Bürger", or "" where it was not told
    stands_as: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: Erreichbarkeitsanschrift, published instead of the home of a person with a blocked address (§ 30 Abs. 1 KWO); empty for all others
    public_postcode: Mapped[str] = mapped_column(Text, default="", server_default="")
    public_town: Mapped[str] = mapped_column(Text, default="", server_default="")
    struck: Mapped[bool] = mapped_column(default=False)
    struck_reason: Mapped[str] = mapped_column(Text, default="")
    #: number printed on the ballot, e.g. "304" for the fourth of list 3
    ballot_number: Mapped[str | None] = mapped_column(Text)


class FreeListNumber(Base, Electoral):
    """Freie Listennummer: kept for a party of the Landtag that does not run, where the bylaw refers to § 24 Abs. 1 KWG."""

    __tablename__ = "free_list_numbers"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    #: the party it is kept for
    party: Mapped[str] = mapped_column(Text)
    #: why the rule holds for this election, e.g. the § of the bylaw
    basis: Mapped[str] = mapped_column(Text)


class CandidateDeparture(Base, Electoral):
    """Ausscheiden nach der Zulassung: death, loss of Wählbarkeit or a withdrawal, and what the Wahlausschuss decided to do about it."""

    __tablename__ = "candidate_departures"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["candidate_id"], ["candidates.id"]),
        ForeignKeyConstraint(["election_id", "sitting_id"], ["committee_sittings.election_id", "committee_sittings.id"]),
        UniqueConstraint("candidate_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column()
    #: values of law.departures.DepartureKind
    kind: Mapped[str] = mapped_column(Text)
    happened_on: Mapped[date] = mapped_column()
    #: by what it is known, e.g. "Sterbeurkunde vom …"
    evidence: Mapped[str] = mapped_column(Text)
    #: values of law.departures.Treatment
    treatment: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    #: sitting that decided; None when it is not kept here
    sitting_id: Mapped[int | None] = mapped_column()
    recorded_by: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(Moment)


class SupportSignature(Base, Electoral):
    """Unterstützungsunterschrift (§ 16 Abs. 2 KWG) of a person of the register, or of somebody who is not in it."""

    __tablename__ = "support_signatures"
    __table_args__ = (
        *Electoral.keys(),
        ForeignKeyConstraint(["election_id", "nomination_id"], ["nominations.election_id", "nominations.id"]),
        ForeignKeyConstraint(["person_id"], ["registered_persons.id"]),
        UniqueConstraint("nomination_id", "person_id"),
        UniqueConstraint("nomination_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    nomination_id: Mapped[int] = mapped_column()
    #: 1, 2, 3 … within the nomination, as written on the sheets
    number: Mapped[int] = mapped_column()
    person_id: Mapped[int | None] = mapped_column()
    #: as signed
    name: Mapped[str] = mapped_column(Text)
    #: why an official does not count it; empty when only register and roll decide
    objection: Mapped[str] = mapped_column(Text)
    handed_in_at_utc: Mapped[datetime] = mapped_column(Moment)
    entered_by: Mapped[str] = mapped_column(Text)
    entered_at_utc: Mapped[datetime] = mapped_column(Moment)
