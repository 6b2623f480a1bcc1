"""Publishing: an immutable, numbered, hashed version of the result with its announcement."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.attachments import result_csv, result_json
from beiratswahl.documents.press import OutsideAddress
from beiratswahl.documents.result_announcement import SheetIncomplete, announce
from beiratswahl.documents.result_sheet import Label, ResultAnnouncement
from beiratswahl.documents.signature import SigningKey, sign
from beiratswahl.documents.typeface import FontsMissing, UnprintableCharacter
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announced_districts import published_groups
from beiratswahl.operations.announcements import sheet_of
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.determination import settled
from beiratswahl.operations.result_control import obstacles
from beiratswahl.operations.result_statistics import result_statistics
from beiratswahl.operations.results import result
from beiratswahl.store.read.published import PublishedView, versions
from beiratswahl.store.read.setup import ElectionView, MunicipalityView, printed_municipality
from beiratswahl.store.read.setup import election as election_view
from beiratswahl.store.tables.publication import Publication
from beiratswahl.store.tables.setup import Election

SIGNED_FOR = "Bekanntmachung des Wahlergebnisses"


@dataclass(frozen=True, slots=True)
class Edition:
    """Druckfertige Fassung: the sheet and the files made from it."""

    sheet: ResultAnnouncement
    json: bytes
    csv: bytes
    pdf: bytes

    @property
    def sha256(self) -> str:
        """Prüfsumme of the JSON; its first digits stand in the footer of the PDF."""
        return hashlib.sha256(self.json).hexdigest()


def unsaid(municipality: MunicipalityView) -> tuple[str, ...]:
    """Fehlende Angaben zur Körperschaft, without which a final announcement is not complete (§ 65 KWO, § 48 KWG); their names."""
    needed = {
        "Name der Wahlleitung": municipality.returning_officer,
        "Ort": municipality.town,
        "Stelle für Einsprüche": municipality.objection_recipient,
    }
    return tuple(name for name, value in needed.items() if not value.strip())


def overtaken(session: Session, election_id: int) -> PublishedView | None:
    """Überholte Fassung: the newest one if it is final and not withdrawn, but no determination stands any more for the result."""
    newest = next(iter(versions(session, election_id)), None)
    if newest is None or newest.withdrawn_at_utc is not None or newest.label != Label.FINAL.value:
        return None
    try:
        settled(session, election_id)
    except Refused:
        return newest
    return None


def edition(session: Session, election_id: int, label: Label, determined_on: date | None, at_utc: datetime) -> Edition:
    """Fassung drucken, the way it would be published at that moment; nothing is stored.

    Raises:
        Refused: something stands against it, or the announcement cannot be printed.
    """
    stopping = obstacles(session, election_id)
    if stopping:
        raise Refused("Das Ergebnis kann noch nicht veröffentlicht werden: " + " ".join(stopping))
    election = _election(session, election_id)
    municipality = printed_municipality(session, election.municipality_id)
    if label is Label.FINAL and unsaid(municipality):
        raise Refused(
            f"Für das endgültige Ergebnis fehlt: {', '.join(unsaid(municipality))}. Ohne diese Angaben trägt die Bekanntmachung keine "
            "Unterschrift (§ 65 KWO), und niemand weiß, wo Einspruch zu erheben ist (§ 48 KWG). Tragen Sie sie unter „Angaben zur "
            "Körperschaft“ ein und veröffentlichen Sie dann."
        )
    sheet = _sheet(session, election, label, determined_on if label is Label.FINAL else None, at_utc)
    try:
        return Edition(sheet, result_json(sheet), result_csv(sheet), announce(sheet))
    except (SheetIncomplete, UnprintableCharacter, FontsMissing, OutsideAddress) as error:
        raise Refused(str(error)) from error


def publish(desk: Desk, election_id: int, label: Label, *, note: str = "", key: SigningKey | None = None) -> int:
    """Ergebnis veröffentlichen. The announcement is printed first, so that nobody waits for it; then the version is stored.

    Source: § 65 KWO: what is announced is the result that the Wahlausschuss determined (§ 63 KWO) [V].

    Args:
        desk: who publishes.
        election_id: the election.
        label: preliminary, or final once the Wahlausschuss has determined exactly this result.
        note: what changed against the version before; required from the second version on.
        key: signs the announcement; None when the municipality has none or publishes without.

    Returns:
        The number of the version.

    Raises:
        Refused: something stands against it, the note is missing, a final result is not determined as it stands, or the count changed
            while the announcement was printed.
    """
    number = next_number(desk.session, election_id)
    if number > 1 and not note.strip():
        raise Refused("Beschreiben Sie, was sich gegenüber der vorigen Fassung geändert hat; das steht auf der öffentlichen Seite.")
    at_utc = clock.now().replace(microsecond=0)
    determined_on = _day_of_determination(desk.session, election_id) if label is Label.FINAL else None
    printed = edition(desk.session, election_id, label, determined_on, at_utc)
    election = desk.session.get_one(Election, election_id)
    pdf = sign(printed.pdf, key, reason=SIGNED_FOR, location=printed.sheet.place) if key else printed.pdf
    signed_by = key.holder if key else ""
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.RESULT_PUBLISHED, f"Fassung {number}, {label.value}", **where) as entry:
        if _now(desk.session, election_id, printed.sheet, at_utc) != printed.json:
            raise Refused("Während des Drucks hat sich etwas geändert. Prüfen Sie das Ergebnis und veröffentlichen Sie es noch einmal.")
        keep(desk, printed, pdf, signed_by=signed_by, note=note.strip(), entry=entry, **where)
    return number


def keep(
    desk: Desk, printed: Edition, pdf: bytes, *, signed_by: str, note: str, entry: Entry, municipality_id: int, election_id: int
) -> None:
    """Fassung ablegen, inside the act that publishes it; from then on it is never changed."""
    sheet = printed.sheet
    desk.session.add(
        Publication(
            municipality_id=municipality_id,
            election_id=election_id,
            number=sheet.version,
            label=sheet.label.value,
            result=printed.json.decode(),
            sha256=printed.sha256,
            csv=printed.csv.decode(),
            pdf=pdf,
            signed_by=signed_by,
            published_at_utc=sheet.created_at_utc,
            note=note,
            withdrawal_notice="",
        )
    )
    digest = hashlib.sha256(pdf).hexdigest()
    about = {"number": sheet.version, "label": sheet.label.value, "sha256": printed.sha256, "pdf_sha256": digest}
    entry.note(**about, signed_by=signed_by, note=note)


def withdraw(desk: Desk, election_id: int, number: int, notice: str) -> None:
    """Veröffentlichung zurückziehen; the version stays reachable with the notice.

    Raises:
        Refused: there is no such version, it is withdrawn already, or the notice is missing.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.PUBLICATION_WITHDRAWN, f"Fassung {number}", **where) as entry:
        query = select(Publication).where(Publication.election_id == election_id, Publication.number == number)
        row = desk.session.scalars(query.with_for_update()).one_or_none()
        if row is None:
            raise Refused(f"Die Fassung {number} gibt es nicht.")
        if row.withdrawn_at_utc is not None:
            raise Refused(f"Die Fassung {number} ist schon zurückgezogen.")
        if not notice.strip():
            raise Refused("Nennen Sie den Grund; er steht auf der öffentlichen Seite.")
        row.withdrawn_at_utc, row.withdrawal_notice = clock.now(), notice.strip()
        entry.note(number=number, notice=notice)


def _day_of_determination(session: Session, election_id: int) -> date:
    stopping = obstacles(session, election_id)
    if stopping:
        raise Refused("Das Ergebnis kann noch nicht veröffentlicht werden: " + " ".join(stopping))
    return settled(session, election_id).sitting.day


def next_number(session: Session, election_id: int) -> int:
    """Nummer der nächsten Fassung."""
    return (session.scalar(select(func.max(Publication.number)).where(Publication.election_id == election_id)) or 0) + 1


def _now(session: Session, election_id: int, sheet: ResultAnnouncement, at_utc: datetime) -> bytes:
    """The JSON as it would be made now, to compare with what was printed."""
    if obstacles(session, election_id):
        return b""
    return result_json(_sheet(session, _election(session, election_id), sheet.label, sheet.determined_on, at_utc))


def _sheet(session: Session, election: ElectionView, label: Label, determined_on: date | None, at_utc: datetime) -> ResultAnnouncement:
    counted = result(session, election.election_id)
    sheet = sheet_of(
        counted,
        printed_municipality(session, election.municipality_id),
        election,
        label=label,
        version=next_number(session, election.election_id),
        at_utc=at_utc,
        determined_on=determined_on,
        groups=published_groups(session, election.election_id),
    )
    return replace(sheet, statistics=result_statistics(session, election, counted))


def _election(session: Session, election_id: int) -> ElectionView:
    election = election_view(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    return election
