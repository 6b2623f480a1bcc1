"""Municipality, election and polling district."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment, Municipal


class Municipality(Base):
    """Körperschaft: the town, Verbandsgemeinde or Landkreis whose Beirat is elected."""

    __tablename__ = "municipalities"
    __table_args__ = (CheckConstraint("length(ags) BETWEEN 5 AND 12", name="ags_length"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: amtlicher Gemeindeschlüssel, 8 digits (5 for a Landkreis, 9 for a Verbandsgemeinde)
    ags: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    #: values of law.rules.Level
    level: Mapped[str] = mapped_column(Text)
    #: name of the council in print, e.g. "Beirat für Migration und Integration der Stadt Musterstadt"
    council_name: Mapped[str] = mapped_column(Text)
    #: who leads the election, e.g. "Der Wahlleiter der Stadt Musterstadt"
    office_name: Mapped[str] = mapped_column(Text)
    street: Mapped[str] = mapped_column(Text, default="")
    postcode: Mapped[str] = mapped_column(Text, default="")
    town: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(Text, default="")
    email: Mapped[str] = mapped_column(Text, default="")
    #: who signs, e.g. "Dr. Henriette Beispiel", and as what, e.g. "Oberbürgermeisterin als Wahlleiterin"
    returning_officer: Mapped[str] = mapped_column(Text, default="")
    returning_officer_title: Mapped[str] = mapped_column(Text, default="")
    #: to whom objections go, in the dative, e.g. "der Oberbürgermeisterin der Stadt Musterstadt" (§ 48 KWG)
    objection_recipient: Mapped[str] = mapped_column(Text, default="")
    #: where the Beirat and where the Beauftragte for migration and integration can be reached, some lines each
    council_contact: Mapped[str] = mapped_column(Text, default="", server_default="")
    commissioner_contact: Mapped[str] = mapped_column(Text, default="", server_default="")
    #: coat of arms, made harmless; None when there is none
    arms: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    arms_media_type: Mapped[str] = mapped_column(Text, default="", server_default="")


class Election(Base, Municipal):
    """Wahl: one election of one council on one day, with the layers of its rules."""

    __tablename__ = "elections"
    __table_args__ = (
        UniqueConstraint("municipality_id", "id"),
        UniqueConstraint("municipality_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column()
    #: AGS of all municipalities of the Wahlgebiet; 5 digits stand for all of a Landkreis
    area: Mapped[list[str]] = mapped_column(JSON)
    #: the layers bylaw, notice and confirmations as law.rules reads them
    rule_layers: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: "Satzung vom …", as cited in every document
    bylaw_citation: Mapped[str] = mapped_column(Text)
    created_at_utc: Mapped[datetime] = mapped_column(Moment)
    nominations_closed_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    #: what admission leads to: values of law.nominations; empty before the Wahlausschuss has decided
    admission_outcome: Mapped[str] = mapped_column(Text, default="")


class PollingDistrict(Base, Electoral):
    """Stimmbezirk: the place where ballots are counted."""

    __tablename__ = "polling_districts"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"), UniqueConstraint("election_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(Text)
    #: True for a Briefwahlbezirk
    postal: Mapped[bool] = mapped_column()
    #: persons with Wahlschein or in the roll who count here; None when not told apart
    eligible: Mapped[int | None] = mapped_column()
