"""The polling board on its evening: members, presence, the check before the start, incidents, the records it signs."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from beiratswahl.store.tables.base import Base, Moment
from beiratswahl.store.tables.counting import DistrictKeys


class BoardMember(Base, DistrictKeys):
    """Mitglied des Wahlvorstands eines Stimmbezirks (§ 26 KWG)."""

    __tablename__ = "board_members"
    __table_args__ = (
        *DistrictKeys.keys(),
        UniqueConstraint("district_id", "id"),
        UniqueConstraint("district_id", "name"),
        CheckConstraint("counting_group >= 0", name="counting_group"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    #: values of law.boards.Function
    function: Mapped[str] = mapped_column(Text)
    #: number of the Auszählungsgruppe, 0 for none
    counting_group: Mapped[int] = mapped_column()


class BoardPresence(Base, DistrictKeys):
    """Kommen und Gehen: the last row of a member says whether the member is there."""

    __tablename__ = "board_presences"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(["district_id", "member_id"], ["board_members.district_id", "board_members.id"]),
        UniqueConstraint("district_id", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the district; the order, whatever the clock says
    number: Mapped[int] = mapped_column()
    member_id: Mapped[int] = mapped_column()
    present: Mapped[bool] = mapped_column()
    at_utc: Mapped[datetime] = mapped_column(Moment)


class OpeningCheck(Base, DistrictKeys):
    """Prüfung vor Beginn (§ 55b KWO): one row for each of the two who confirm that the announced program is the installed one."""

    __tablename__ = "opening_checks"
    __table_args__ = (
        *DistrictKeys.keys(),
        ForeignKeyConstraint(["district_id", "member_id"], ["board_members.district_id", "board_members.id"]),
        UniqueConstraint("district_id", "member_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column()
    program_version: Mapped[str] = mapped_column(Text)
    #: SHA-256 of the program's files
    fingerprint: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime] = mapped_column(Moment)


class Incident(Base, DistrictKeys):
    """Besonderer Vorfall, as it stands in the Niederschrift (§ 59 KWO)."""

    __tablename__ = "count_incidents"
    __table_args__ = (*DistrictKeys.keys(), UniqueConstraint("district_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    recorded_by: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime] = mapped_column(Moment)


class CountRecord(Base, DistrictKeys):
    """Niederschrift und Schnellmeldung as written at one closing; an earlier closing keeps its own."""

    __tablename__ = "count_records"
    __table_args__ = (*DistrictKeys.keys(), UniqueConstraint("district_id", "kind", "closing"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: values of operations.counting_records: Niederschrift, Zählliste, Schnellmeldung
    kind: Mapped[str] = mapped_column(Text)
    #: 1 for the first closing, 2 after it was reopened and closed again …
    closing: Mapped[int] = mapped_column()
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(Text)
    written_at_utc: Mapped[datetime] = mapped_column(Moment)
