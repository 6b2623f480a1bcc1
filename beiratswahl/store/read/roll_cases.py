"""Reads of the cases of the roll: clarifications, letters, what waits for the second look, rights in another election of the same day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.clarified import DECIDED_ON, Clarification, clarified
from beiratswahl.store.read.roll_views import ClarificationView
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication, RollVerdict
from beiratswahl.store.tables.roll_cases import RollClarification, RollLetter, SecondLookRule
from beiratswahl.store.tables.setup import Election, Municipality


@dataclass(frozen=True, slots=True)
class LetterView:
    """Schreiben; `kept` is False for one with a blocked address, which was printed once."""

    letter_id: int
    person_id: int
    title: str
    addressee: str
    at_utc: datetime
    by: str
    kept: bool


@dataclass(frozen=True, slots=True)
class WaitingApplication:
    """Antrag, der auf den zweiten Blick wartet, or was given back by it (`remark`)."""

    application_id: int
    person_id: int
    name: str
    ground: str
    received_at_utc: datetime
    recorded_by: str
    recorded_by_id: int | None
    entitled: str
    second_look_by: str
    remark: str


@dataclass(frozen=True, slots=True)
class SecondLookRuleView:
    """Regelung des zweiten Blicks."""

    scope: str
    reason: str
    at_utc: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OtherRight:
    """Recht in einer anderen Wahl am selben Tag."""

    election_id: int
    person_id: int
    municipality: str
    entitled: str
    entry: str


def clarifications(session: Session, person: RegisteredPerson) -> tuple[ClarificationView, ...]:
    """Feststellungen about a person, the oldest first, those taken back too."""
    facts = _registered(person)
    return tuple(_clarification(row, facts) for row in _clarifications_of(session, person.id))


def clarification(session: Session, election_id: int, clarification_id: int) -> ClarificationView | None:
    """Eine Feststellung of an election, or None."""
    row = session.get(RollClarification, clarification_id)
    if row is None or row.election_id != election_id:
        return None
    return _clarification(row, _registered(session.get_one(RegisteredPerson, row.person_id)))


def settled_facts(session: Session, person: RegisteredPerson) -> dict[str, Any]:
    """Tatsachen, auf denen die Entscheidung beruht: of the register, with what the office has settled laid over them."""
    counting = [row for row in _clarifications_of(session, person.id) if row.withdrawn_at_utc is None]
    return clarified(_registered(person), [Clarification(row.facts, row.register_state) for row in counting])


def letters(session: Session, person_id: int) -> tuple[LetterView, ...]:
    """Schreiben in the case of a person, the oldest first."""
    query = select(
        RollLetter.id,
        RollLetter.person_id,
        RollLetter.title,
        RollLetter.addressee,
        RollLetter.at_utc,
        RollLetter.by,
        RollLetter.pdf.is_not(None),
    )
    return tuple(LetterView(*row) for row in session.execute(query.where(RollLetter.person_id == person_id).order_by(RollLetter.id)))


def kept_letter(session: Session, election_id: int, letter_id: int) -> bytes | None:
    """The bytes of a letter as it was printed, or None."""
    return session.scalar(select(RollLetter.pdf).where(RollLetter.id == letter_id, RollLetter.election_id == election_id))


def second_look_rule(session: Session, election_id: int) -> SecondLookRuleView | None:
    """Regelung des zweiten Blicks, or None before anybody has settled it."""
    row = session.scalars(select(SecondLookRule).where(SecondLookRule.election_id == election_id)).first()
    return SecondLookRuleView(row.scope, row.reason, row.at_utc, row.by) if row else None


def waiting_applications(session: Session, election_id: int, *, returned: bool = False) -> tuple[WaitingApplication, ...]:
    """Anträge that wait for the second look, or those it gave back; by receipt."""
    agrees = RollApplication.second_look_agrees
    query = (
        select(RollApplication, RegisteredPerson.family_name, RegisteredPerson.given_names, RollVerdict.entitled)
        .join(RegisteredPerson, RegisteredPerson.id == RollApplication.person_id)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(
            RollApplication.election_id == election_id,
            RollApplication.withdrawn_at_utc.is_(None),
            agrees.is_(False) if returned else agrees.is_(None) & RollApplication.second_look_needed.is_(True),
        )
        .order_by(RollApplication.received_at_utc, RollApplication.id)
    )
    return tuple(
        WaitingApplication(
            row.id,
            row.person_id,
            f"{family}, {given}",
            row.ground,
            row.received_at_utc,
            row.recorded_by,
            row.recorded_by_id,
            entitled,
            row.second_look_by,
            row.second_look_remark,
        )
        for row, family, given, entitled in session.execute(query)
    )


def number_waiting(session: Session, election_id: int) -> int:
    """How many applications wait for the second look or were given back by it."""
    pending = or_(
        RollApplication.second_look_agrees.is_(False),
        RollApplication.second_look_agrees.is_(None) & RollApplication.second_look_needed.is_(True),
    )
    query = select(func.count()).select_from(RollApplication).where(RollApplication.election_id == election_id)
    return session.scalar(query.where(RollApplication.withdrawn_at_utc.is_(None), pending)) or 0


def other_rights(
    session: Session, election_id: int, person_ids: Collection[int], municipality_ids: Collection[int]
) -> dict[int, tuple[OtherRight, ...]]:
    """Rechte derselben Personen in einer anderen Wahl am selben Tag, e.g. that of the Landkreis their town lies in.

    An officer learns of them only where the same account keeps the roll of both municipalities: § 11 KWG gives each its own roll, and
    the data protection of the register ends at the municipality. Whoever keeps one roll alone sees nothing of the other, not even that the
    person stands in it.

    One person is recognised by the same register number together with the same birth date: register numbers are unique within one
    register only, and two towns may draw on two.

    Args:
        session: any session.
        election_id: the election at hand.
        person_ids: persons of it.
        municipality_ids: municipalities whose roll the asking account keeps.

    Returns:
        By person; persons without another right are left out.
    """
    here = session.get_one(Election, election_id)
    others = session.execute(
        select(Election.id, Election.area, Municipality.name)
        .join(Municipality, Municipality.id == Election.municipality_id)
        .where(Election.day == here.day, Election.id != election_id, Election.municipality_id.in_(municipality_ids))
    ).all()
    names = {number: name for number, area, name in others if _overlap(here.area, area)}
    if not names or not person_ids:
        return {}
    mine = select(RegisteredPerson.id, RegisteredPerson.register_number, RegisteredPerson.birth_date)
    known = {(row.register_number, row.birth_date): row.id for row in session.execute(mine.where(RegisteredPerson.id.in_(person_ids)))}
    query = (
        select(RegisteredPerson, RollVerdict)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(
            RegisteredPerson.election_id.in_(names),
            RegisteredPerson.register_number.in_([number for number, _ in known]),
            RegisteredPerson.import_id.is_not(None),
            RegisteredPerson.missing_since_import_id.is_(None),
        )
        .order_by(RegisteredPerson.election_id)
    )
    found: dict[int, tuple[OtherRight, ...]] = {}
    for person, verdict in session.execute(query):
        number = known.get((person.register_number, person.birth_date))
        if number is not None:
            right = OtherRight(person.election_id, person.id, names[person.election_id], verdict.entitled, verdict.entry)
            found[number] = (*found.get(number, ()), right)
    return found


def _overlap(areas: Collection[str], others: Collection[str]) -> bool:
    # Five digits stand for a whole Landkreis, eight for one municipality in it.
    return any(one.startswith(other) or other.startswith(one) for one in areas for other in others)


def _registered(person: RegisteredPerson) -> dict[str, Any]:
    return {name: getattr(person, name) for name in DECIDED_ON}


def _clarifications_of(session: Session, person_id: int) -> Sequence[RollClarification]:
    query = select(RollClarification).where(RollClarification.person_id == person_id).order_by(RollClarification.id)
    return session.scalars(query).all()


def _clarification(row: RollClarification, facts: dict[str, Any]) -> ClarificationView:
    return ClarificationView(
        clarification_id=row.id,
        person_id=row.person_id,
        matter=row.matter,
        finding=row.finding,
        proof_kind=row.proof_kind,
        proof_date=row.proof_date,
        reason=row.reason,
        recorded_at_utc=row.recorded_at_utc,
        recorded_by=row.recorded_by,
        outdated=not Clarification(row.facts, row.register_state).holds_over(facts),
        withdrawn_at_utc=row.withdrawn_at_utc,
        withdrawn_by=row.withdrawn_by or "",
        withdrawn_reason=row.withdrawn_reason or "",
    )
