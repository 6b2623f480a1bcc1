"""Wahlvorschläge: receiving, changing and withdrawing them, until the Wahlausschuss decides."""

import unicodedata
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.nominations import NominationState
from beiratswahl.law.rules import Ground
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nomination_fields import label_of
from beiratswahl.store.tables.nominations import Candidate, Nomination
from beiratswahl.store.tables.setup import Election

#: who stands as Bürger of the municipality and not as one of the groups of § 56 Abs. 2 Satz 2 GemO
CITIZEN = "Bürger"
STANDS_AS = ("", *(ground.value for ground in Ground), CITIZEN)
SEXES = ("", "w", "m", "d")
EARLIEST_BIRTH = 1900


@dataclass(frozen=True, slots=True)
class CandidateData:
    """Angaben zu einer Bewerberin oder einem Bewerber (§ 19 KWG, KWO § 25)."""

    family_name: str
    given_names: str
    birth_date: str = ""
    nationality: str = ""
    profession: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    named: int = 1
    consent: bool = False
    eligibility_certified: bool = False
    parental_consent: bool = False
    incompatible_office: str = ""
    intent_declared: bool = False
    sex: str = ""
    stands_as: str = ""
    public_postcode: str = ""
    public_town: str = ""


@dataclass(frozen=True, slots=True)
class NominationData:
    """Angaben zu einem Wahlvorschlag; the fields of the meeting are those of law.meetings.Meeting."""

    keyword: str
    received_at_utc: datetime
    candidates: tuple[CandidateData, ...]
    short_name: str = ""
    channel: str = "persönlich"
    contact_name: str = ""
    contact_street: str = ""
    contact_postcode: str = ""
    contact_town: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    deputy_name: str = ""
    deputy_street: str = ""
    deputy_postcode: str = ""
    deputy_town: str = ""
    deputy_phone: str = ""
    deputy_email: str = ""
    meeting_day: date | None = None
    meeting_place: str = ""
    meeting_invited_on: date | None = None
    meeting_invitation: str = ""
    meeting_leader: str = ""
    meeting_present: int | None = None
    meeting_secret: bool = False
    meeting_signed: bool = False
    meeting_affirmed: bool = False
    signatures_waived: str = ""
    landtag_votes: int | None = None
    previous_votes: int | None = None
    original_received_at_utc: datetime | None = None


def receive_nomination(desk: Desk, election_id: int, data: NominationData) -> int:
    """Wahlvorschlag entgegennehmen; a late one is recorded too, and has that defect.

    Returns:
        The number of the nomination in the receipt book.

    Raises:
        Refused: nominations are closed, or a name is missing or unreadable.
    """
    _readable(data)
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.NOMINATION_RECEIVED, data.keyword or "ohne Kennwort", **where) as entry:
        must_be_undecided(desk.session, election_id)
        row = Nomination(
            municipality_id=election.municipality_id, election_id=election_id, state=NominationState.SUBMITTED.value, decision_reason=""
        )
        _fill(row, data)
        desk.session.add(row)
        desk.session.flush()
        entry.note(nomination_id=row.id, received_at=data.received_at_utc.isoformat(), candidates=len(data.candidates))
        return row.id


def change_nomination(desk: Desk, nomination_id: int, data: NominationData) -> None:
    """Wahlvorschlag ändern, until nominations are closed.

    Raises:
        Refused: nominations are closed, the nomination is withdrawn, or a name is missing or unreadable.
    """
    _readable(data)
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.NOMINATION_CHANGED, data.keyword or "ohne Kennwort", **where) as entry:
        row = _submitted(desk.session, nomination_id)
        row.candidates.clear()
        desk.session.flush()
        _fill(row, data)
        entry.note(nomination_id=nomination_id, candidates=len(data.candidates))


def withdraw_nomination(desk: Desk, nomination_id: int, reason: str) -> None:
    """Wahlvorschlag zurücknehmen, before it is decided on.

    Raises:
        Refused: nominations are closed, or the nomination is withdrawn already.
    """
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.NOMINATION_WITHDRAWN, row.keyword, **where) as entry:
        row = _submitted(desk.session, nomination_id)
        row.state, row.decision_reason = NominationState.WITHDRAWN.value, reason
        entry.note(nomination_id=nomination_id, reason=reason)


def must_be_undecided(session: Session, election_id: int) -> None:
    """Only until the Wahlausschuss has decided; locks the election.

    Raises:
        Refused: it has.
    """
    if session.get_one(Election, election_id, with_for_update=True).nominations_closed_at_utc is not None:
        raise Refused("Über die Zulassung ist entschieden; die Wahlvorschläge stehen fest.")


def _submitted(session: Session, nomination_id: int) -> Nomination:
    row = session.get_one(Nomination, nomination_id, with_for_update=True)
    must_be_undecided(session, row.election_id)
    if row.state != NominationState.SUBMITTED.value:
        raise Refused("Dieser Wahlvorschlag ist zurückgenommen.")
    return row


def _readable(data: NominationData) -> None:
    _check_texts(data, "")
    if data.meeting_present is not None and data.meeting_present < 0:
        raise Refused("Die Zahl der Teilnehmenden kann nicht negativ sein.")
    for number, of in enumerate(data.candidates, 1):
        who = f"Person {number} ({of.family_name.strip()})" if of.family_name.strip().isprintable() else f"Person {number}"
        if not of.family_name.strip():
            raise Refused(f"Bei Person {number} fehlt der Familienname.")
        _check_texts(of, f"{who}, ")
        if not 1 <= of.named <= 3:
            raise Refused(f"{who} kann ein-, zwei- oder dreimal genannt sein, nicht {of.named}-mal.")
        _check_values(of, who)


def _check_texts(of: NominationData | CandidateData, where: str) -> None:
    for column in fields(of):
        value = getattr(of, column.name)
        if isinstance(value, str) and not value.isprintable():
            label = label_of(column.name)
            raise Refused(f"{where}{label}: Der Text enthält unsichtbare Steuerzeichen. Tippen Sie ihn neu, statt ihn zu kopieren.")


def _check_values(of: CandidateData, who: str) -> None:
    if of.sex not in SEXES or of.stands_as not in STANDS_AS:
        raise Refused(f"{who}: Geschlecht oder Status ist keine der Angaben, die zur Wahl stehen.")
    if bool(of.public_postcode.strip()) != bool(of.public_town.strip()):
        raise Refused(f"{who}: Zur Erreichbarkeitsanschrift gehören Postleitzahl und Ort (§ 30 Abs. 1 KWO).")
    if _day(of.birth_date) is not None and implausible_birth(date.fromisoformat(of.birth_date)):
        raise Refused(f"{who}: Der {date.fromisoformat(of.birth_date):%d.%m.%Y} kann kein Geburtstag sein. Prüfen Sie das Jahr.")


def implausible_birth(day: date) -> bool:
    """Whether nobody who stands today can have been born on that day."""
    return day > clock.today() or day.year < EARLIEST_BIRTH


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fill(row: Nomination, data: NominationData) -> None:
    for column in fields(data):
        if column.name != "candidates":
            setattr(row, column.name, _composed(getattr(data, column.name)))
    for position, of in enumerate(data.candidates, 1):
        values = {column.name: _composed(getattr(of, column.name)) for column in fields(of)}
        where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
        row.candidates.append(Candidate(position=position, struck=False, struck_reason="", **values, **where))


def _composed(value: Any) -> Any:
    """Text in Unicode NFC without blanks at its ends; other values as they are."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
