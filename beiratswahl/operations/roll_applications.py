"""Anträge auf Eintragung: what somebody claims, what proof was seen, and the new decision that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.facts import Application, ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_decisions import decide_anew
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication, RollVerdict
from beiratswahl.store.tables.setup import Election


class Channel(StrEnum):
    """Eingangsweg of an application."""

    IN_PERSON = "persönlich"
    POST = "Post"
    LETTERBOX = "Briefkasten"
    FAX = "Fax"
    EMAIL = "E-Mail"
    ONLINE = "Online-Formular"


@dataclass(frozen=True, slots=True)
class ApplicationData:
    """Angaben eines Antrags.

    Attributes:
        ground: the claimed ground.
        received_at: moment it came in, with time zone.
        channel: how it came in.
        proof_kind: what proof was seen, e.g. "Einbürgerungsurkunde"; empty for none. No copy is kept.
        proof_date: date of the proof's issue, None when it bears none.
        parent: for NR2D the status of the parent on whom the claim rests.
    """

    ground: Ground
    received_at: datetime
    channel: Channel
    proof_kind: str = ""
    proof_date: date | None = None
    parent: ParentStatus | None = None


def record_application(desk: Desk, person_id: int, data: ApplicationData) -> RollVerdict:
    """Antrag auf Eintragung erfassen; the person is decided anew at once.

    Args:
        desk: where the official works.
        person_id: the person in the register.
        data: what the application says and what proof was seen; of two applications for one ground the later one counts.

    Returns:
        The verdict that holds now.

    Raises:
        Refused: received in the future, or a proof date without a proof, or a rule that decides is not confirmed.
    """
    if data.received_at > clock.now():
        raise Refused("Der Eingang liegt in der Zukunft. Ob die Frist gewahrt ist, hängt davon ab; bitte Datum und Uhrzeit prüfen.")
    if data.proof_date is not None and not data.proof_kind.strip():
        raise Refused("Zum Datum des Nachweises fehlt die Art. Bitte angeben, welcher Nachweis vorgelegen hat.")
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{person.family_name}, {person.given_names} ({person.register_number})"
    act = desk.act(Act.APPLICATION_RECORDED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        session = desk.session
        person = session.get_one(RegisteredPerson, person_id, with_for_update=True)
        election = session.get_one(Election, person.election_id)
        session.add(_row(person, data))
        session.flush()
        verdicts = Verdicts(session, election, rules_of(session, election.id))
        applications = applications_of(session, election.id, [person_id])[person_id]
        decide_anew(session, person, applications, verdicts, f"Antrag vom {clock.local(data.received_at):%d.%m.%Y %H:%M}")
        verdict = session.get_one(RollVerdict, person.verdict_id)
        entry.note(person_id=person_id, ground=data.ground.value, received_at=data.received_at.isoformat(), channel=data.channel.value)
        entry.note(proof_kind=data.proof_kind, proof_date=data.proof_date.isoformat() if data.proof_date else "")
        entry.note(entitled=verdict.entitled, entry=verdict.entry, decision_number=person.decision_number)
        return verdict


def applications_of(session: Session, election_id: int, person_ids: Sequence[int]) -> dict[int, tuple[Application, ...]]:
    """Anträge der genannten Personen as the law reads them: for each ground the latest one received, in the order of the grounds."""
    query = (
        select(RollApplication)
        .where(RollApplication.election_id == election_id, RollApplication.person_id.in_(person_ids))
        .order_by(RollApplication.received_at_utc, RollApplication.id)
    )
    latest: dict[int, dict[Ground, Application]] = {}
    for row in session.scalars(query):
        ground = Ground(row.ground)
        parent = ParentStatus(row.parent) if row.parent else None
        latest.setdefault(row.person_id, {})[ground] = Application(ground, bool(row.proof_kind), parent)
    return {person_id: tuple(by_ground[ground] for ground in sorted(by_ground)) for person_id, by_ground in latest.items()}


def _row(person: RegisteredPerson, data: ApplicationData) -> RollApplication:
    return RollApplication(
        municipality_id=person.municipality_id,
        election_id=person.election_id,
        person_id=person.id,
        ground=data.ground.value,
        parent=data.parent.value if data.parent else "",
        received_at_utc=data.received_at,
        channel=data.channel.value,
        proof_kind=data.proof_kind.strip(),
        proof_date=data.proof_date,
        recorded_at_utc=clock.now(),
    )
