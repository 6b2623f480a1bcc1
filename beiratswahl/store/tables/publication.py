"""What is published: immutable, numbered, hashed versions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column

from beiratswahl.store.tables.base import Base, Electoral, Moment


class Publication(Base, Electoral):
    """Veröffentlichung: a version of the result with its files; withdrawing adds a notice and takes nothing away."""

    __tablename__ = "publications"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    #: "vorläufig" or "endgültig"
    label: Mapped[str] = mapped_column(Text)
    #: the result as documented JSON text
    result: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    csv: Mapped[str] = deferred(mapped_column(Text))
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    published_at_utc: Mapped[datetime] = mapped_column(Moment)
    #: what changed against the version before
    note: Mapped[str] = mapped_column(Text, default="")
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawal_notice: Mapped[str] = mapped_column(Text, default="")
    #: holder of the certificate that signed the PDF; "" when nobody did
    signed_by: Mapped[str] = mapped_column(Text, default="", server_default="")


class PublishedNotice(Base, Electoral):
    """Veröffentlichte Bekanntmachung: the sheet and the printed page as they went out; withdrawing adds a reason and takes nothing away."""

    __tablename__ = "published_notices"
    __table_args__ = (
        *Electoral.keys(),
        UniqueConstraint("election_id", "number"),
        CheckConstraint("number > 0", name="numbered"),
        ForeignKeyConstraint(["election_id", "sitting_id"], ["committee_sittings.election_id", "committee_sittings.id"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the election, whatever the kind
    number: Mapped[int] = mapped_column()
    #: values of operations.notices.NoticeKind
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    #: the text as JSON, its fields stand in documents.notice_data
    sheet: Mapped[str] = mapped_column(Text)
    pdf: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    #: SHA-256 of the PDF, so that everybody can check the file
    sha256: Mapped[str] = mapped_column(Text)
    #: where it was announced besides, e.g. "Amtsblatt Nr. 36 vom 4. September 2026"
    medium: Mapped[str] = mapped_column(Text, default="")
    published_at_utc: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    #: the sitting of the Wahlausschuss it announces; None for every other notice
    sitting_id: Mapped[int | None] = mapped_column()


class PublishedInformation(Base, Electoral):
    """Veröffentlichte Informationen zur Wahl, as they stood at that moment; the newest ones are shown."""

    __tablename__ = "published_information"
    __table_args__ = (*Electoral.keys(), UniqueConstraint("election_id", "number"), CheckConstraint("number > 0", name="numbered"))

    id: Mapped[int] = mapped_column(primary_key=True)
    #: 1, 2, 3 … within the election
    number: Mapped[int] = mapped_column()
    #: JSON text; its fields stand in store.read.published.InformationView
    sheet: Mapped[str] = mapped_column(Text)
    #: SHA-256 of the sheet
    sha256: Mapped[str] = mapped_column(Text)
    published_at_utc: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at_utc: Mapped[datetime | None] = mapped_column(Moment)
    withdrawal_notice: Mapped[str] = mapped_column(Text, default="")
