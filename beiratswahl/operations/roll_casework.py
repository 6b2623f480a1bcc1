"""Was außer dem Melderegister zählt: reads the applications and clarifications of persons, and decides a person anew on them."""

from collections.abc import Sequence

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from beiratswahl.law.facts import Application, ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_decisions import decide_anew
from beiratswahl.operations.roll_facts import NOTHING, Casework
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.clarified import Clarification
from beiratswahl.store.read.roll_work import DOUBLE
from beiratswahl.store.tables.electoral_roll import DuplicateDecision
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication
from beiratswahl.store.tables.roll_cases import RollClarification
from beiratswahl.store.tables.setup import Election


def casework_of(session: Session, election_id: int, person_ids: Sequence[int]) -> dict[int, Casework]:
    """Anträge und Feststellungen that count, by person; who has neither is left out.

    Applications recorded for a second entry of the same person count for the entry that stays.
    """
    applications = _applications_of(session, election_id, person_ids)
    clarifications = _clarifications_of(session, election_id, person_ids)
    persons = applications.keys() | clarifications.keys()
    return {person_id: Casework(applications.get(person_id, ()), clarifications.get(person_id, ())) for person_id in persons}


def decide_person(session: Session, person: RegisteredPerson, cause: str, before: Casework | None = None) -> None:
    """Decide a locked person anew under the rules as they are, on everything that counts now; see `decide_anew`."""
    election = session.get_one(Election, person.election_id)
    verdicts = Verdicts(session, election, rules_of(session, election.id))
    casework = casework_of(session, election.id, [person.id]).get(person.id, NOTHING)
    decide_anew(session, person, casework, verdicts, cause, before=before)


def check_not_double(session: Session, person: RegisteredPerson) -> None:
    """Check that a person is nobody's second entry.

    Raises:
        Refused: found to be one person with another entry, which stays and which the register still has.
    """
    double = select(RegisteredPerson.id).where(RegisteredPerson.id == person.id, DOUBLE)
    if session.scalars(double).first() is not None:
        raise Refused("Dieser Registereintrag ist als doppelt erkannt und zählt nicht. Arbeiten Sie mit dem Eintrag, der bleibt.")


def _applications_of(session: Session, election_id: int, person_ids: Sequence[int]) -> dict[int, tuple[Application, ...]]:
    """Rechtzeitige Anträge as the law reads them: for each person and ground the latest received, in the order of the grounds."""
    second = select(DuplicateDecision.person_id, DuplicateDecision.other_id).where(
        DuplicateDecision.election_id == election_id, DuplicateDecision.same, DuplicateDecision.other_id.in_(person_ids)
    )
    stays: dict[int, int] = {person_id: other_id for person_id, other_id in session.execute(second)}
    counts = and_(RollApplication.in_time, RollApplication.withdrawn_at_utc.is_(None))
    query = (
        select(RollApplication)
        .where(RollApplication.election_id == election_id, counts, RollApplication.person_id.in_([*person_ids, *stays]))
        .order_by(RollApplication.received_at_utc, RollApplication.id)
    )
    latest: dict[int, dict[Ground, Application]] = {}
    for row in session.scalars(query):
        ground = Ground(row.ground)
        parent = ParentStatus(row.parent) if row.parent else None
        latest.setdefault(stays.get(row.person_id, row.person_id), {})[ground] = Application(ground, bool(row.proof_kind), parent)
    return {person_id: tuple(by_ground[ground] for ground in sorted(by_ground)) for person_id, by_ground in latest.items()}


def _clarifications_of(session: Session, election_id: int, person_ids: Sequence[int]) -> dict[int, tuple[Clarification, ...]]:
    """Geltende Feststellungen by person, in the order they were made; whether the register still says the same is not asked here."""
    query = (
        select(RollClarification.person_id, RollClarification.facts, RollClarification.register_state)
        .where(
            RollClarification.election_id == election_id,
            RollClarification.withdrawn_at_utc.is_(None),
            RollClarification.person_id.in_(person_ids),
        )
        .order_by(RollClarification.id)
    )
    found: dict[int, tuple[Clarification, ...]] = {}
    for person_id, facts, state in session.execute(query):
        found[person_id] = (*found.get(person_id, ()), Clarification(facts, state))
    return found
