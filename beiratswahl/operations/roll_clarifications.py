"""Feststellungen des Wahlamts: what the register leaves open and the office settles itself, without an application by the person."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.facts import GERMAN, NOT_GERMAN, STATELESS, earliest, fact_date, latest
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nationalities import nationalities, nationality_name
from beiratswahl.operations.register_values import ResidenceStatus
from beiratswahl.operations.roll_casework import casework_of, check_not_double, decide_person
from beiratswahl.operations.roll_facts import NOTHING, REGISTER_COLUMNS
from beiratswahl.store.clarified import state_of
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.roll_cases import RollClarification


class Matter(StrEnum):
    """Sache, die das Melderegister offen lässt."""

    NATIONALITY = "Staatsangehörigkeit"
    RESIDENCE = "Wohnung"
    BIRTH = "Geburtsdatum"
    DEATH = "Sterbedatum"


class Finding(StrEnum):
    """Ergebnis einer Feststellung."""

    NOT_GERMAN = "nicht deutsch; ob ausländisch oder staatenlos, bleibt offen"
    STATELESS = "staatenlos"
    FOREIGN = "ausländische Staatsangehörigkeit"
    DUAL = "deutsch und eine weitere Staatsangehörigkeit"
    GERMAN = "nur deutsch"
    MAIN_SINCE = "Hauptwohnung im Wahlgebiet seit dem"
    SECONDARY = "im Wahlgebiet nur eine Nebenwohnung"
    MOVED_OUT = "nicht mehr im Wahlgebiet, ausgezogen am"
    BORN = "geboren am"
    DIED = "verstorben am"
    ALIVE = "nicht verstorben"


FINDINGS: Mapping[Matter, tuple[Finding, ...]] = {
    Matter.NATIONALITY: (Finding.NOT_GERMAN, Finding.STATELESS, Finding.FOREIGN, Finding.DUAL, Finding.GERMAN),
    Matter.RESIDENCE: (Finding.MAIN_SINCE, Finding.SECONDARY, Finding.MOVED_OUT),
    Matter.BIRTH: (Finding.BORN,),
    Matter.DEATH: (Finding.DIED, Finding.ALIVE),
}
#: findings that name a nationality, and those that name a day
WITH_NATIONALITY = frozenset({Finding.FOREIGN, Finding.DUAL})
WITH_DAY = frozenset({Finding.MAIN_SINCE, Finding.MOVED_OUT, Finding.BORN, Finding.DIED})
#: rules of law.trace.Reason that hang on a matter
_MATTERS = {
    "foreign_nationality": Matter.NATIONALITY,
    "residence": Matter.RESIDENCE,
    "main_residence": Matter.RESIDENCE,
    "residence_months": Matter.RESIDENCE,
    "age": Matter.BIRTH,
    "alive": Matter.DEATH,
}
_HOME = {"main_since": "", "moved_out": "", "in_area_since": "", "further_residences": ""}


@dataclass(frozen=True, slots=True)
class ClarificationData:
    """Angaben einer Feststellung.

    Attributes:
        finding: what was found; it belongs to one matter.
        proof_kind: what was seen, or who gave information, e.g. "Nationalpass" or "Auskunft der Ausländerbehörde". No copy is kept.
        reason: how it was settled, in words.
        nationality: three-digit key, for findings `WITH_NATIONALITY`.
        day: for findings `WITH_DAY`.
        proof_date: date of the proof or the information, None when it bears none.
    """

    finding: Finding
    proof_kind: str
    reason: str
    nationality: str = ""
    day: date | None = None
    proof_date: date | None = None


def open_matters(reasons: Sequence[Mapping[str, Any]]) -> tuple[Matter, ...]:
    """Was offen ist: matters on which a decision waits.

    Args:
        reasons: of a verdict, with `rule` and `met`.
    """
    waiting = {_MATTERS.get(str(reason["rule"])) for reason in reasons if reason["met"] is None}
    return tuple(matter for matter in Matter if matter in waiting)


def record_clarification(desk: Desk, person_id: int, data: ClarificationData) -> str:
    """Feststellung erfassen; the person is decided anew at once, an earlier finding on the same matter is replaced.

    It holds as long as the register says about the matter what it says now; what a later export settles itself goes before it.

    Source: §§ 24, 26 VwVfG with § 1 LVwVfG: the authority establishes the facts of its own motion and chooses the means of proof [G].
    § 11 Abs. 1 KWO: who is entitled is entered ex officio [V].

    Args:
        desk: where the official works.
        person_id: the person in the register.
        data: what was found and what was seen.

    Returns:
        The answer that holds now, a value of `law.suffrage.Entitlement`.

    Raises:
        Refused: no proof or reason, a day or nationality is missing or cannot be, the register does not leave the matter open, or the
            person is a second entry of somebody else's.
    """
    check_clarification(data)
    person = desk.session.get_one(RegisteredPerson, person_id)
    act = desk.act(Act.CLARIFICATION_RECORDED, _subject(person), municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        session = desk.session
        person = session.get_one(RegisteredPerson, person_id, with_for_update=True)
        check_not_double(session, person)
        matter, before = matter_of(data.finding), casework_of(session, person.election_id, [person_id]).get(person_id, NOTHING)
        earlier = _holding(session, person_id, matter)
        if not earlier and matter not in open_matters(session.get_one(RollVerdict, person.verdict_id).reasons):
            raise Refused(
                f"Die Sache „{matter}“ ist nicht offen. Ist eine Angabe im Melderegister falsch, berichtigt sie die Meldebehörde; der "
                "nächste Auszug bringt sie mit."
            )
        row = _row(desk, person, matter, data)
        for one in earlier:
            one.withdrawn_at_utc, one.withdrawn_by = row.recorded_at_utc, desk.actor.name
            one.withdrawn_reason = f"ersetzt: {row.finding}"
        session.add(row)
        session.flush()
        decide_person(session, person, f"Feststellung des Wahlamts: {matter}, {row.finding}", before)
        answer = session.get_one(RollVerdict, person.verdict_id).entitled
        entry.note(person_id=person_id, clarification_id=row.id, matter=matter.value, finding=row.finding, reason=row.reason)
        entry.note(proof_kind=row.proof_kind, proof_date=row.proof_date.isoformat() if row.proof_date else "")
        entry.note(entitled=answer, decision_number=person.decision_number)
        return answer


def withdraw_clarification(desk: Desk, clarification_id: int, reason: str) -> None:
    """Feststellung zurücknehmen; the person is decided anew without it. It stays readable.

    Raises:
        Refused: no reason, or withdrawn already.
    """
    row = desk.session.get_one(RollClarification, clarification_id)
    person = desk.session.get_one(RegisteredPerson, row.person_id)
    act = desk.act(Act.CLARIFICATION_WITHDRAWN, _subject(person), municipality_id=row.municipality_id, election_id=row.election_id)
    with act as entry:
        session = desk.session
        person = session.get_one(RegisteredPerson, person.id, with_for_update=True)
        row = session.get_one(RollClarification, clarification_id, with_for_update=True)
        if row.withdrawn_at_utc is not None:
            raise Refused(f"Diese Feststellung gilt nicht mehr: {row.withdrawn_reason}.")
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, warum die Feststellung nicht mehr gilt.")
        before = casework_of(session, person.election_id, [person.id]).get(person.id)
        row.withdrawn_at_utc, row.withdrawn_by, row.withdrawn_reason = clock.now(), desk.actor.name, reason.strip()
        session.flush()
        decide_person(session, person, f"Feststellung zurückgenommen: {reason.strip()}", before)
        entry.note(person_id=person.id, clarification_id=clarification_id, reason=reason.strip(), decision_number=person.decision_number)


def matter_of(finding: Finding) -> Matter:
    """The matter a finding belongs to."""
    return next(matter for matter, findings in FINDINGS.items() if finding in findings)


def check_clarification(data: ClarificationData) -> None:
    """Check what can be told without the person.

    Raises:
        Refused: no proof or reason, or a day or nationality is missing or cannot be.
    """
    today = clock.today()
    if not data.proof_kind.strip() or not data.reason.strip():
        raise Refused("Bitte geben Sie an, was vorgelegen hat und wie die Sache geklärt wurde; darauf beruht die Entscheidung.")
    if data.finding in WITH_DAY and data.day is None:
        raise Refused(f"Zu „{data.finding}“ fehlt der Tag. Von ihm hängt das Wahlrecht ab.")
    if data.finding in WITH_NATIONALITY and (data.nationality not in nationalities() or data.nationality == GERMAN):
        raise Refused("Bitte wählen Sie die ausländische Staatsangehörigkeit.")
    if max(data.day or today, data.proof_date or today) > today:
        raise Refused("Ein Datum liegt in der Zukunft. Festgestellt werden kann nur, was schon feststeht; bitte das Datum prüfen.")


def _row(desk: Desk, person: RegisteredPerson, matter: Matter, data: ClarificationData) -> RollClarification:
    register = {name: getattr(person, name) for name in REGISTER_COLUMNS}
    facts = _FACTS[matter](data, register)
    said = {
        **dict.fromkeys(WITH_NATIONALITY, f": {nationality_name(data.nationality)}"),
        **dict.fromkeys(WITH_DAY, f" {data.day:%d.%m.%Y}" if data.day else ""),
    }
    return RollClarification(
        municipality_id=person.municipality_id,
        election_id=person.election_id,
        person_id=person.id,
        matter=matter.value,
        finding=data.finding.value + said.get(data.finding, ""),
        facts=facts,
        register_state=state_of(register, facts),
        proof_kind=data.proof_kind.strip(),
        proof_date=data.proof_date,
        reason=data.reason.strip(),
        recorded_at_utc=clock.now(),
        recorded_by=desk.actor.name,
    )


def _nationality(data: ClarificationData, _: Mapping[str, Any]) -> dict[str, Any]:
    key = data.nationality
    found = {
        Finding.NOT_GERMAN: NOT_GERMAN,
        Finding.STATELESS: STATELESS,
        Finding.FOREIGN: key,
        Finding.DUAL: f"{GERMAN} {key}",
        Finding.GERMAN: GERMAN,
    }
    return {"nationalities": found[data.finding]}


def _residence(data: ClarificationData, register: Mapping[str, Any]) -> dict[str, Any]:
    # The residence in the row is the one inside the Wahlgebiet, where there is one: without it nothing would be open.
    home = {**_HOME, "ags": register["ags"], "residence_status": ResidenceStatus.MAIN.value, "moved_in": register["moved_in"]}
    day = data.day.isoformat() if data.day else ""
    if data.finding is Finding.MAIN_SINCE:
        return {**home, "moved_in": day}
    if data.finding is Finding.MOVED_OUT:
        return {**home, "moved_out": day}
    return {**home, "residence_status": ResidenceStatus.SECONDARY.value}


def _birth(data: ClarificationData, register: Mapping[str, Any]) -> dict[str, Any]:
    return {"birth_date": _within(data.day, register["birth_date"])}


def _death(data: ClarificationData, register: Mapping[str, Any]) -> dict[str, Any]:
    return {"died": _within(data.day, register["died"]) if data.finding is Finding.DIED else ""}


_FACTS: Mapping[Matter, Callable[[ClarificationData, Mapping[str, Any]], dict[str, Any]]] = {
    Matter.NATIONALITY: _nationality,
    Matter.RESIDENCE: _residence,
    Matter.BIRTH: _birth,
    Matter.DEATH: _death,
}


def _within(day: date | None, registered: str) -> str:
    known = fact_date(registered)
    if day is None or not earliest(known) <= day <= latest(known):
        raise Refused(
            "Der Tag passt nicht zu dem, was das Melderegister schon weiß. Ist das Melderegister falsch, berichtigt es die Meldebehörde; "
            "der nächste Auszug bringt die Angabe mit."
        )
    return day.isoformat()


def _holding(session: Session, person_id: int, matter: Matter) -> Sequence[RollClarification]:
    query = select(RollClarification).where(RollClarification.person_id == person_id, RollClarification.matter == matter.value)
    return session.scalars(query.where(RollClarification.withdrawn_at_utc.is_(None)).with_for_update()).all()


def _subject(person: RegisteredPerson) -> str:
    return f"{person.family_name}, {person.given_names} ({person.register_number})"
