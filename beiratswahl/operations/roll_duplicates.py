"""Doppelte Personen: one person under two register numbers is offered for a decision, never merged silently."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_casework import decide_person
from beiratswahl.store.tables.electoral_roll import DuplicateDecision, ElectoralRoll, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication


def decide_duplicate(desk: Desk, person_id: int, other_id: int, *, same: bool, reason: str) -> None:
    """Über eine mögliche Doppelung entscheiden; applications for the one that is left out count for the one that stays.

    Args:
        desk: where the official works.
        person_id: who is not entered in the roll when both are one person.
        other_id: who stays.
        same: True when both are one person; False when they only resemble one another and shall not be offered again.
        reason: how it was clarified.

    Raises:
        Refused: no reason, decided already, one of them is merged with somebody else, or the one to be left out stands in the roll already.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    act = desk.act(
        Act.DUPLICATE_DECIDED, _subject(desk.session, person_id), municipality_id=person.municipality_id, election_id=person.election_id
    )
    with act as entry:
        other = desk.session.get_one(RegisteredPerson, other_id)
        if other.election_id != person.election_id or other_id == person_id:
            raise Refused("Die beiden Personen gehören nicht zu derselben Wahl.")
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, wie die Frage geklärt wurde, zum Beispiel durch Rückfrage beim Einwohnermeldeamt.")
        if _decision(desk.session, person_id, other_id) is not None:
            raise Refused("Über diese beiden Personen ist schon entschieden.")
        if same:
            _check_mergeable(desk.session, person_id, other_id)
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
        desk.session.flush()
        if same:
            _decide_stayer(desk.session, person_id, other_id, f"Zusammengeführt mit Registernummer {person.register_number}")
        entry.note(person_id=person_id, other_id=other_id, same=same, reason=reason.strip())


def undo_duplicate(desk: Desk, person_id: int, other_id: int, reason: str) -> None:
    """Entscheidung über eine Doppelung zurücknehmen; both are offered again. What was decided stays in the journal.

    Source: § 16 KWO: the closed roll does not change any more [V]; whoever was left out wrongly is entered as an obvious error
    (§ 15 Abs. 2 KWO).

    Raises:
        Refused: nothing is decided, no reason, or two entries were merged and the roll is closed.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    act = desk.act(
        Act.DUPLICATE_UNDONE, _subject(desk.session, person_id), municipality_id=person.municipality_id, election_id=person.election_id
    )
    with act as entry:
        row = _decision(desk.session, person_id, other_id)
        if row is None:
            raise Refused("Über diese beiden Personen ist nichts entschieden.")
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, warum die Entscheidung zurückgenommen wird.")
        book = desk.session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == person.election_id)).first()
        if row.same and book is not None and book.closed_at_utc is not None:
            raise Refused(
                "Das Wählerverzeichnis ist abgeschlossen. Wurde jemand zu Unrecht weggelassen, berichtigen Sie das als offenbare "
                "Unrichtigkeit (§ 15 Abs. 2 KWO)."
            )
        left_out, stays, same = row.person_id, row.other_id, row.same
        desk.session.delete(row)
        desk.session.flush()
        if same:
            _decide_stayer(desk.session, left_out, stays, "Zusammenführung zurückgenommen")
        entry.note(person_id=left_out, other_id=stays, same=same, reason=reason.strip())


def _decision(session: Session, person_id: int, other_id: int) -> DuplicateDecision | None:
    pair = DuplicateDecision.person_id.in_((person_id, other_id)) & DuplicateDecision.other_id.in_((person_id, other_id))
    return session.scalars(select(DuplicateDecision).where(pair)).first()


def _check_mergeable(session: Session, person_id: int, other_id: int) -> None:
    chained = or_(DuplicateDecision.person_id.in_((person_id, other_id)), DuplicateDecision.other_id == person_id)
    if session.scalars(select(DuplicateDecision.id).where(chained, DuplicateDecision.same)).first() is not None:
        raise Refused(
            "Einer der beiden Einträge ist schon mit einem dritten zusammengeführt. Nehmen Sie das zuerst zurück und führen Sie alle mit "
            "dem Eintrag zusammen, der bleibt."
        )
    if session.scalars(select(RollEntry.id).where(RollEntry.person_id == person_id, RollEntry.blocked.is_(False))).first() is not None:
        raise Refused("Die Person steht schon im Wählerverzeichnis. Streichen Sie dort den doppelten Eintrag mit Begründung (§ 15 KWO).")


def _decide_stayer(session: Session, left_out: int, stays: int, cause: str) -> None:
    """Decide the one that stays anew, when applications for the other one come or go."""
    if session.scalars(select(RollApplication.id).where(RollApplication.person_id == left_out)).first() is None:
        return
    decide_person(session, session.get_one(RegisteredPerson, stays, with_for_update=True), cause)


def _subject(session: Session, person_id: int) -> str:
    person = session.get_one(RegisteredPerson, person_id)
    return f"{person.family_name}, {person.given_names} ({person.register_number})"
