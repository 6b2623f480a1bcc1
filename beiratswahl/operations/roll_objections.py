"""Einwendungen gegen das Wählerverzeichnis: received, decided with reasons, carried out."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, apply_correction
from beiratswahl.operations.roll_entries import day_of
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollObjection
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election


@dataclass(frozen=True, slots=True)
class ObjectionData:
    """Angaben einer Einwendung.

    Attributes:
        raised_by: who raises it.
        received_at: moment it came in, with time zone.
        wanted: what is asked for.
        reasons: what makes it credible.
    """

    raised_by: str
    received_at: datetime
    wanted: Kind
    reasons: str


def record_objection(desk: Desk, person_id: int, data: ObjectionData) -> int:
    """Einwendung erfassen; a late one is recorded too, and can only be rejected.

    Source: § 13 KWO: in writing or zur Niederschrift within the Einsichtsfrist, with reasons that make it credible [V].

    Returns:
        The id of the objection.

    Raises:
        Refused: the roll is not opened, somebody or the reasons are not named, it comes from the future or before the Einsicht.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{data.wanted}: {person.family_name}, {person.given_names}"
    act = desk.act(Act.ROLL_OBJECTION_RECORDED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        election = desk.session.get_one(Election, person.election_id)
        if desk.session.scalars(select(ElectoralRoll.id).where(ElectoralRoll.election_id == election.id)).first() is None:
            raise Refused("Das Wählerverzeichnis ist noch nicht angelegt; eine Einwendung richtet sich gegen seinen Inhalt (§ 13 KWO).")
        if not data.raised_by.strip() or not data.reasons.strip():
            raise Refused("Wer die Einwendung erhebt und worauf sie sich stützt, muss angegeben sein; die Gründe sind glaubhaft zu machen.")
        if data.received_at > clock.now():
            raise Refused("Der Eingang liegt in der Zukunft. Ob die Frist gewahrt ist, hängt davon ab; bitte Datum und Uhrzeit prüfen.")
        late = clock.local(data.received_at).date() > day_of(rules_of(desk.session, election.id), election.day, "inspection_ends")
        row = RollObjection(
            municipality_id=person.municipality_id,
            election_id=election.id,
            person_id=person_id,
            raised_by=data.raised_by.strip(),
            received_at_utc=data.received_at,
            wanted=data.wanted.value,
            reasons=data.reasons.strip(),
            late=late,
            decided_by="",
            decision_reason="",
        )
        desk.session.add(row)
        desk.session.flush()
        entry.note(objection_id=row.id, person_id=person_id, wanted=data.wanted.value, late=late, received_at=data.received_at.isoformat())
        return row.id


def decide_objection(
    desk: Desk, objection_id: int, *, granted: bool, reason: str, heard_on: date | None = None, district: str | None = None
) -> None:
    """Über eine Einwendung entscheiden; a granted one corrects the roll in the same act.

    Source: § 14 KWO: the person concerned is heard before a strike, the decision should be made by the tenth day before the election and
    is sent to both; a Widerspruch goes to the Aufsichtsbehörde [V].

    Args:
        desk: where the official works.
        objection_id: the objection.
        granted: True corrects the roll as wanted.
        reason: of the decision, in words.
        heard_on: day of the hearing, for a strike.
        district: as in `Correction`.

    Raises:
        Refused: decided already, no reason, late and granted, or the correction is not possible (`correct_roll`).
    """
    objection = desk.session.get_one(RollObjection, objection_id)
    subject = f"Einwendung {objection_id}: {'stattgegeben' if granted else 'zurückgewiesen'}"
    act = desk.act(Act.ROLL_OBJECTION_DECIDED, subject, municipality_id=objection.municipality_id, election_id=objection.election_id)
    with act as entry:
        row = desk.session.get_one(RollObjection, objection_id, with_for_update=True)
        if row.granted is not None:
            raise Refused("Über diese Einwendung ist schon entschieden. Gegen die Entscheidung gibt es den Widerspruch (§ 14 KWO).")
        if not reason.strip():
            raise Refused("Die Begründung fehlt; die Entscheidung wird beiden Seiten schriftlich mitgeteilt (§ 14 KWO).")
        if granted and row.late:
            text = "Die Einwendung ist nach dem Ende der Einsicht eingegangen und damit unzulässig."
            raise Refused(f"{text} Eine offenbare Unrichtigkeit berichtigen Sie von Amts wegen (§ 15 Abs. 2 KWO).")
        row.granted, row.decision_reason = granted, reason.strip()
        row.decided_at_utc, row.decided_by = clock.now(), desk.actor.name
        entry.note(objection_id=objection_id, granted=granted, reason=reason.strip())
        if granted:
            apply_correction(desk, entry, row.person_id, Correction(Kind(row.wanted), Basis.OBJECTION, reason, heard_on, district))
