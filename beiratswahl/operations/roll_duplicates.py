"""Doppelte Personen: one person under two register numbers is offered for a decision, never merged silently."""

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.electoral_roll import DuplicateDecision, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson


def decide_duplicate(desk: Desk, person_id: int, other_id: int, *, same: bool, reason: str) -> None:
    """Über eine mögliche Doppelung entscheiden.

    Args:
        desk: where the official works.
        person_id: who is not entered in the roll when both are one person.
        other_id: who stays.
        same: True when both are one person; False when they only resemble one another and shall not be offered again.
        reason: how it was clarified.

    Raises:
        Refused: no reason, decided already, or the one to be left out stands in the roll already.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{person.family_name}, {person.given_names}"
    act = desk.act(Act.DUPLICATE_DECIDED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        other = desk.session.get_one(RegisteredPerson, other_id)
        if other.election_id != person.election_id or other_id == person_id:
            raise Refused("Die beiden Personen gehören nicht zu derselben Wahl.")
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, wie die Frage geklärt wurde, zum Beispiel durch Rückfrage beim Einwohnermeldeamt.")
        pair = DuplicateDecision.person_id.in_((person_id, other_id)) & DuplicateDecision.other_id.in_((person_id, other_id))
        if desk.session.scalars(select(DuplicateDecision.id).where(pair)).first() is not None:
            raise Refused("Über diese beiden Personen ist schon entschieden.")
        if same and desk.session.scalars(select(RollEntry.id).where(RollEntry.person_id == person_id)).first() is not None:
            raise Refused(
                "Die Person steht schon im Wählerverzeichnis. Streichen Sie dort den doppelten Eintrag mit Begründung (§ 15 KWO)."
            )
        desk.session.add(
            DuplicateDecision(
                municipality_id=person.municipality_id,
                election_id=person.election_id,
                person_id=person_id,
                other_id=other_id,
                same=same,
                reason=reason.strip(),
                at_utc=clock.now(),
                by=desk.actor.name,
            )
        )
        entry.note(person_id=person_id, other_id=other_id, same=same, reason=reason.strip())
