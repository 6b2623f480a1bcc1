"""Einwendungen gegen das Wählerverzeichnis: received, decided with reasons, looked at twice where it is settled so, carried out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, apply_correction, check_hearing, check_possible
from beiratswahl.operations.roll_entries import day_of
from beiratswahl.operations.roll_receipt import check_receipt
from beiratswahl.operations.roll_second_look import check_other_person, check_remark, is_needed
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
        channel: how it came in, a value of `roll_applications.Channel`; "" where it was not put down.
        address: lines of the address to which the decision goes.
    """

    raised_by: str
    received_at: datetime
    wanted: Kind
    reasons: str
    channel: str = ""
    address: str = ""


def record_objection(desk: Desk, person_id: int, data: ObjectionData) -> int:
    """Einwendung erfassen; a late one is recorded too, and can only be rejected.

    Source: § 13 KWO: in writing or zur Niederschrift within the Einsichtsfrist, with reasons that make it credible [V].

    Returns:
        The id of the objection.

    Raises:
        Refused: the roll is not opened, somebody or the reasons are not named, it comes from the future or from more than a year before
            the election, or the same objection of the same person, moment and channel is recorded already.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{data.wanted}: {person.family_name}, {person.given_names}"
    act = desk.act(Act.ROLL_OBJECTION_RECORDED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        # locked: a form sent twice at once records one objection
        person = desk.session.get_one(RegisteredPerson, person_id, with_for_update=True)
        election = desk.session.get_one(Election, person.election_id)
        if desk.session.scalars(select(ElectoralRoll.id).where(ElectoralRoll.election_id == election.id)).first() is None:
            raise Refused("Das Wählerverzeichnis ist noch nicht angelegt; eine Einwendung richtet sich gegen seinen Inhalt (§ 13 KWO).")
        if not data.raised_by.strip() or not data.reasons.strip():
            raise Refused("Wer die Einwendung erhebt und worauf sie sich stützt, muss angegeben sein; die Gründe sind glaubhaft zu machen.")
        check_receipt(data.received_at, election.day)
        _check_new(desk.session, person_id, data)
        late = clock.local(data.received_at).date() > day_of(rules_of(desk.session, election.id), election.day, "inspection_ends")
        row = RollObjection(
            municipality_id=person.municipality_id,
            election_id=election.id,
            person_id=person_id,
            raised_by=data.raised_by.strip(),
            raised_by_address=data.address.strip(),
            channel=data.channel,
            recorded_by=desk.actor.name,
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
        entry.note(channel=data.channel)
        return row.id


def decide_objection(
    desk: Desk, objection_id: int, *, granted: bool, reason: str, heard_on: date | None = None, district: str | None = None
) -> bool:
    """Über eine Einwendung entscheiden; a granted one corrects the roll in the same act, unless a second person has to agree first.

    Source: § 14 KWO: the person concerned is heard before a strike, the decision should be made by the tenth day before the election and
    is sent to both; a Widerspruch goes to the Aufsichtsbehörde [V].

    Args:
        desk: where the official works.
        objection_id: the objection.
        granted: True corrects the roll as wanted.
        reason: of the decision, in words.
        heard_on: day of the hearing, for a strike.
        district: as in `Correction`.

    Returns:
        True when it holds, False when it waits for the second look.

    Raises:
        Refused: decided or withdrawn already, no reason, late and granted, a hearing in the future or before the opening of the
            roll, or the correction is not possible (`correct_roll`).
    """
    subject = f"{_name(desk.session, objection_id)}: {'stattgegeben' if granted else 'zurückgewiesen'}"
    with _act(desk, Act.ROLL_OBJECTION_DECIDED, objection_id, subject) as entry:
        row = _open(desk.session, objection_id)
        if not reason.strip():
            raise Refused("Die Begründung fehlt; die Entscheidung wird beiden Seiten schriftlich mitgeteilt (§ 14 KWO).")
        if granted and row.late:
            text = "Die Einwendung ist nach dem Ende der Einsicht eingegangen und damit unzulässig."
            raise Refused(f"{text} Eine offenbare Unrichtigkeit berichtigen Sie von Amts wegen (§ 15 Abs. 2 KWO).")
        _check_hearing(desk.session, row.election_id, heard_on)
        row.granted, row.decision_reason = granted, reason.strip()
        row.decided_at_utc, row.decided_by, row.decided_by_id = clock.now(), desk.actor.name, desk.actor.account_id
        row.heard_on, row.district = heard_on, district
        row.second_look_needed = is_needed(desk.session, row.election_id, objection=True)
        row.second_look_by, row.second_look_agrees, row.second_look_at_utc = None, None, None
        entry.note(objection_id=objection_id, granted=granted, reason=reason.strip(), second_look=row.second_look_needed)
        if granted and row.second_look_needed:
            check_possible(desk.session, row.person_id, _correction(row))
        elif granted:
            _carry_out(desk, entry, row)
        return not row.second_look_needed


def look_again_at_objection(desk: Desk, objection_id: int, *, agrees: bool, remark: str = "") -> None:
    """Zweite Prüfung einer Entscheidung by somebody who did not make it; who agrees carries it out, who does not opens it again.

    Raises:
        Refused: nothing waits, by the person who decided, a disagreement without remark, or the correction is not possible any more.
    """
    with _act(desk, Act.ROLL_OBJECTION_CHECKED, objection_id, _name(desk.session, objection_id)) as entry:
        row = desk.session.get_one(RollObjection, objection_id, with_for_update=True)
        if row.granted is None or not row.second_look_needed or row.second_look_agrees is not None:
            raise Refused("Zu dieser Einwendung wartet keine Entscheidung auf den zweiten Blick.")
        check_other_person(desk.actor, row.decided_by, row.decided_by_id)
        check_remark(remark, agrees=agrees)
        row.second_look_by, row.second_look_remark = desk.actor.name, remark.strip()
        row.second_look_at_utc = clock.now()
        entry.note(objection_id=objection_id, agrees=agrees, remark=remark.strip())
        if not agrees:
            row.granted, row.second_look_agrees = None, None
        else:
            row.second_look_agrees = True
            if row.granted:
                _carry_out(desk, entry, row)


def withdraw_objection(desk: Desk, objection_id: int, reason: str) -> None:
    """Einwendung zurücknehmen, as whoever raised it has declared; nothing is decided then.

    Raises:
        Refused: decided or withdrawn already, or nobody says how it was declared.
    """
    with _act(desk, Act.ROLL_OBJECTION_WITHDRAWN, objection_id, _name(desk.session, objection_id)) as entry:
        row = _open(desk.session, objection_id)
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, wie die Rücknahme erklärt wurde, zum Beispiel „Schreiben vom 28. Oktober“.")
        row.withdrawn_at_utc, row.withdrawn_by, row.decision_reason = clock.now(), desk.actor.name, reason.strip()
        entry.note(objection_id=objection_id, reason=reason.strip())


def _check_new(session: Session, person_id: int, data: ObjectionData) -> None:
    query = select(RollObjection.id).where(
        RollObjection.person_id == person_id,
        RollObjection.withdrawn_at_utc.is_(None),
        RollObjection.received_at_utc == data.received_at,
        RollObjection.raised_by == data.raised_by.strip(),
        RollObjection.wanted == data.wanted.value,
        RollObjection.channel == data.channel,
    )
    if session.scalars(query).first() is not None:
        text = "Diese Einwendung ist schon erfasst: von derselben Person, mit demselben Antrag, Eingang und Eingangsweg."
        raise Refused(f"{text} Über eine Einwendung wird einmal entschieden; Sie finden sie unter „Einwendungen“.")


def _act(desk: Desk, act: Act, objection_id: int, subject: str) -> Any:
    row = desk.session.get_one(RollObjection, objection_id)
    return desk.act(act, subject, municipality_id=row.municipality_id, election_id=row.election_id)


def _open(session: Session, objection_id: int) -> RollObjection:
    row = session.get_one(RollObjection, objection_id, with_for_update=True)
    if row.withdrawn_at_utc is not None:
        raise Refused("Diese Einwendung ist zurückgenommen; über sie wird nicht mehr entschieden.")
    if row.granted is not None:
        raise Refused("Über diese Einwendung ist schon entschieden. Gegen die Entscheidung gibt es den Widerspruch (§ 14 KWO).")
    return row


def _check_hearing(session: Session, election_id: int, heard_on: date | None) -> None:
    """A rejection puts the day down too, and it may be decided although the roll was discarded."""
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id)).first()
    if book is not None:
        check_hearing(book, heard_on)


def _carry_out(desk: Desk, entry: Entry, row: RollObjection) -> None:
    apply_correction(desk, entry, row.person_id, _correction(row))


def _correction(row: RollObjection) -> Correction:
    return Correction(Kind(row.wanted), Basis.OBJECTION, row.decision_reason, row.heard_on, row.district)


def _name(session: Session, objection_id: int) -> str:
    row = session.get_one(RollObjection, objection_id)
    person = session.get_one(RegisteredPerson, row.person_id)
    return f"{row.wanted}: {person.family_name}, {person.given_names}"
