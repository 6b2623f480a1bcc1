"""Nominations and candidates, in the order and with the data of KWG § 19 and KWO § 25."""

from datetime import datetime

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
    #: Vertrauensperson
    contact_name: Mapped[str] = mapped_column(Text)
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
    struck: Mapped[bool] = mapped_column(default=False)
    struck_reason: Mapped[str] = mapped_column(Text, default="")
    #: number printed on the ballot, e.g. "304" for the fourth of list 3
    ballot_number: Mapped[str | None] = mapped_column(Text)
