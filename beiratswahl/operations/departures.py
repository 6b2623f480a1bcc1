"""Ausscheiden nach der Zulassung: what happened to a candidate, and what the Wahlausschuss decided about the ballot."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.admission import Outcome
from beiratswahl.law.departures import DepartureKind, Treatment, effects, takes_no_seat, too_few
from beiratswahl.law.trace import Step
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_decisions import Vote, minute
from beiratswahl.operations.committee_state import running_sitting
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read.nominations import NominationView, nominations
from beiratswahl.store.tables.committee import CommitteeSitting
from beiratswahl.store.tables.counting import BallotStack, RecordedBallot
from beiratswahl.store.tables.nominations import Candidate, CandidateDeparture
from beiratswahl.store.tables.setup import Election, PollingDistrict


@dataclass(frozen=True, slots=True)
class DepartureData:
    """Angaben zum Ausscheiden.

    Attributes:
        kind: what happened.
        happened_on: when; not after the election, not in the future.
        evidence: by what it is known, e.g. "Mitteilung des Standesamts vom 3. November 2026".
        treatment: what the Wahlausschuss decided about the ballot.
        reason: why; where the law is silent the decision needs one.
        vote: vote in the sitting that is open; None when the decision is not kept here.
    """

    kind: DepartureKind
    happened_on: date
    evidence: str
    treatment: Treatment
    reason: str
    vote: Vote | None = None


def record_departure(desk: Desk, candidate_id: int, data: DepartureData) -> tuple[Step, ...]:
    """Ausscheiden erfassen, with the decision of the Wahlausschuss on the ballot.

    Returns:
        What follows.

    Raises:
        Refused: nominations are not decided or no election takes place, the person is struck or has left already, something is missing,
            somebody withdraws who is to be taken off, or ballots are recorded that name the person.
    """
    candidate = desk.session.get_one(Candidate, candidate_id)
    where = {"municipality_id": candidate.municipality_id, "election_id": candidate.election_id}
    name = f"{candidate.family_name}, {candidate.given_names}"
    with desk.act(Act.CANDIDATE_DEPARTED, name, **where) as entry:
        candidate = desk.session.get_one(Candidate, candidate_id, with_for_update=True)
        election = desk.session.get_one(Election, candidate.election_id)
        _check(desk.session, candidate, election, data)
        steps = effects(rules_of(desk.session, election.id), data.kind, data.treatment)
        sitting = running_sitting(desk.session, election.id)
        if sitting is not None:
            if data.vote is None:
                raise Refused("Die Sitzung des Wahlausschusses ist eröffnet; tragen Sie ein, wie abgestimmt wurde.")
            row = desk.session.get_one(CommitteeSitting, sitting.sitting_id, with_for_update=True)
            subject = f"{name} ({data.kind.value} am {data.happened_on:%d.%m.%Y})"
            minute(desk.session, row, subject, data.treatment.value, data.reason, data.vote, candidate_id=candidate_id)
        desk.session.add(
            CandidateDeparture(
                **where,
                candidate_id=candidate_id,
                kind=data.kind.value,
                happened_on=data.happened_on,
                evidence=data.evidence.strip(),
                treatment=data.treatment.value,
                reason=data.reason.strip(),
                sitting_id=sitting.sitting_id if sitting else None,
                recorded_by=desk.actor.name,
                recorded_at_utc=clock.now(),
            )
        )
        if data.treatment is Treatment.TAKEN_OFF:
            candidate.struck, candidate.struck_reason = True, f"{data.kind.value} am {data.happened_on:%d.%m.%Y}: {data.reason.strip()}"
        entry.note(
            candidate_id=candidate_id,
            kind=data.kind.value,
            happened_on=data.happened_on.isoformat(),
            evidence=data.evidence.strip(),
            treatment=data.treatment.value,
            reason=data.reason.strip(),
        )
        return steps


def revoke_departure(desk: Desk, candidate_id: int, reason: str) -> None:
    """Irrtümlich erfasstes Ausscheiden zurücknehmen; who was taken off stands on the ballot again.

    Raises:
        Refused: nothing is recorded, the reason is missing, or ballots were recorded without the person.
    """
    candidate = desk.session.get_one(Candidate, candidate_id)
    where = {"municipality_id": candidate.municipality_id, "election_id": candidate.election_id}
    with desk.act(Act.DEPARTURE_REVOKED, f"{candidate.family_name}, {candidate.given_names}", **where) as entry:
        row = desk.session.scalars(select(CandidateDeparture).where(CandidateDeparture.candidate_id == candidate_id)).one_or_none()
        if row is None:
            raise Refused("Für diese Person ist kein Ausscheiden erfasst.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund, warum das Ausscheiden zurückgenommen wird.")
        candidate = desk.session.get_one(Candidate, candidate_id, with_for_update=True)
        if row.treatment == Treatment.TAKEN_OFF.value:
            if _ballots(desk.session, candidate.election_id):
                raise Refused(
                    "Es sind schon Stimmzettel erfasst, auf denen die Person nicht steht. Der Stimmzettel lässt sich nicht mehr ändern."
                )
            candidate.struck, candidate.struck_reason = False, ""
        entry.note(candidate_id=candidate_id, kind=row.kind, treatment=row.treatment, reason=reason.strip())
        desk.session.delete(row)


@dataclass(frozen=True, slots=True)
class DepartureView:
    """Erfasstes Ausscheiden."""

    kind: str
    happened_on: date
    evidence: str
    treatment: str
    reason: str
    recorded_by: str
    recorded_at_utc: datetime


def departure_of(session: Session, candidate_id: int) -> DepartureView | None:
    """What is recorded of a person's departure, or None."""
    row = session.scalars(select(CandidateDeparture).where(CandidateDeparture.candidate_id == candidate_id)).one_or_none()
    if row is None:
        return None
    return DepartureView(row.kind, row.happened_on, row.evidence, row.treatment, row.reason, row.recorded_by, row.recorded_at_utc)


def consequences(session: Session, of: NominationView) -> dict[int, tuple[Step, ...]]:
    """Folgen for everybody of a nomination who left after the admission, by number (id) of the person."""
    rules = rules_of(session, of.election_id)
    rows = session.scalars(select(CandidateDeparture).where(CandidateDeparture.election_id == of.election_id))
    known = {row.candidate_id: row for row in rows}
    here = [candidate.candidate_id for candidate in of.candidates if candidate.candidate_id in known]
    return {key: effects(rules, DepartureKind(known[key].kind), Treatment(known[key].treatment)) for key in here}


def shortage(session: Session, election_id: int) -> Step | None:
    """Ob nach dem Ausscheiden noch genug Personen da sind; None when there are, or nobody left."""
    admitted = [of for of in nominations(session, election_id) if of.number is not None]
    if not any(person.departed for of in admitted for person in of.candidates):
        return None
    electable = sum(person.electable for of in admitted for person in of.standing)
    return too_few(rules_of(session, election_id), electable)


def _check(session: Session, candidate: Candidate, election: Election, data: DepartureData) -> None:
    if election.nominations_closed_at_utc is None:
        raise Refused("Über die Zulassung ist noch nicht entschieden; ändern Sie den Wahlvorschlag selbst.")
    if election.admission_outcome == Outcome.NO_ELECTION.value:
        raise Refused("Die Wahl findet nicht statt; ein Ausscheiden ändert daran nichts.")
    if candidate.ballot_number is None or candidate.struck:
        raise Refused("Diese Person ist nicht zugelassen oder steht nicht mehr auf dem Stimmzettel.")
    if session.scalar(select(func.count()).where(CandidateDeparture.candidate_id == candidate.id)):
        raise Refused("Für diese Person ist schon ein Ausscheiden erfasst. Nehmen Sie es zurück, um es zu berichtigen.")
    if data.happened_on > election.day:
        raise Refused("Der Tag liegt nach der Wahl: Dann ist die Person gewählt, und es rückt jemand nach (§ 45 KWG).")
    if data.happened_on > clock.today():
        raise Refused("Der Tag liegt in der Zukunft.")
    if not data.evidence.strip() or not data.reason.strip():
        raise Refused("Nennen Sie den Nachweis und den Grund der Entscheidung; beides steht in der Niederschrift.")
    if data.treatment is Treatment.TAKEN_OFF and not takes_no_seat(data.kind):
        raise Refused("Nach der Zulassung kann niemand mehr zurücktreten (§ 23 KWG); die Person bleibt auf dem Stimmzettel.")
    if data.treatment is Treatment.TAKEN_OFF and _ballots(session, election.id):
        raise Refused("Es sind schon Stimmzettel erfasst. Der Stimmzettel lässt sich nicht mehr ändern; die Person bleibt darauf.")


def _ballots(session: Session, election_id: int) -> int:
    districts = select(PollingDistrict.id).where(PollingDistrict.election_id == election_id)
    single = session.scalar(select(func.count()).select_from(RecordedBallot).where(RecordedBallot.district_id.in_(districts))) or 0
    return single + (session.scalar(select(func.sum(BallotStack.ballots)).where(BallotStack.district_id.in_(districts))) or 0)
