"""Zulassung wieder öffnen: undo the decision on the nominations, so that the Wahlausschuss can decide anew."""

from collections.abc import Iterable

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from beiratswahl.law.nominations import NominationState
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_state import running_sitting
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.notices import NoticeKind, standing
from beiratswahl.store.tables.committee import CommitteeDecision
from beiratswahl.store.tables.counting import BallotStack, RecordedBallot
from beiratswahl.store.tables.nominations import CandidateDeparture, FreeListNumber, Nomination
from beiratswahl.store.tables.setup import Election

#: notices that rest on the decision
RESTING = (NoticeKind.ADMITTED, NoticeKind.NO_ELECTION, NoticeKind.ELECTION)


def reopen_admission(desk: Desk, election_id: int, reason: str) -> None:
    """Über die Zulassung neu entscheiden: all nominations are as they were handed in, without numbers and strikes.

    Decisions of a sitting that is still open are taken out of its minutes; those of a closed one stay there as they were made.

    Source: § 23 KWG, § 29 KWO: the Wahlausschuss decides; that it may put its decision right is not regulated in the texts seen [I].

    Raises:
        Refused: nothing is decided, the reason is missing, a notice that rests on the decision stands, somebody has departed since, or
            ballots are recorded that are not taken back.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.ADMISSION_REOPENED, "Zulassung der Wahlvorschläge", **where) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        _check(desk.session, election, reason)
        entry.note(outcome=election.admission_outcome, reason=reason.strip())
        election.nominations_closed_at_utc, election.admission_outcome = None, ""
        _undo(desk.session.scalars(select(Nomination).where(Nomination.election_id == election_id)))
        desk.session.execute(delete(FreeListNumber).where(FreeListNumber.election_id == election_id))
        _take_out_of_minutes(desk.session, election_id)


def _check(session: Session, election: Election, reason: str) -> None:
    if election.nominations_closed_at_utc is None:
        raise Refused("Über die Zulassung ist noch nicht entschieden.")
    if not reason.strip():
        raise Refused("Nennen Sie den Grund, zum Beispiel die Beanstandung der Aufsichtsbehörde; er steht im Amtsbuch.")
    for kind in RESTING:
        if (notice := standing(session, election.id, kind.value)) is not None:
            raise Refused(
                f"Die Bekanntmachung Nr. {notice.number} „{notice.title}“ beruht auf dieser Entscheidung. Ziehen Sie sie erst zurück."
            )
    if session.scalar(select(exists().where(CandidateDeparture.election_id == election.id))):
        raise Refused("Seit der Zulassung ist jemand ausgeschieden. Nehmen Sie den Eintrag zuerst zurück.")
    # what was taken back, or counted again as nothing, rests on nothing any more
    single = exists().where(RecordedBallot.election_id == election.id, RecordedBallot.cancelled.is_(False))
    stacked = exists().where(BallotStack.election_id == election.id, BallotStack.ballots > 0)
    if session.scalar(select(or_(single, stacked))):
        raise Refused(
            "Es sind Stimmzettel erfasst, die nach dieser Zulassung gedruckt sind; sie lässt sich nicht ändern, solange sie zählen. Nehmen "
            "Sie sie zurück, wenn sie nur zur Probe erfasst sind."
        )


def _undo(rows: Iterable[Nomination]) -> None:
    for row in rows:
        if row.state in (NominationState.ADMITTED.value, NominationState.REFUSED.value):
            row.state, row.decision_reason = NominationState.SUBMITTED.value, ""
        row.number = None
        for person in row.candidates:
            person.struck, person.struck_reason, person.ballot_number = False, "", None


def _take_out_of_minutes(session: Session, election_id: int) -> None:
    on_admission = CommitteeDecision.election_id == election_id, CommitteeDecision.nomination_id.is_not(None)
    open_one = running_sitting(session, election_id)
    if open_one is not None:
        session.execute(delete(CommitteeDecision).where(*on_admission, CommitteeDecision.sitting_id == open_one.sitting_id))
    # the others stay in their minutes word for word, but they have no effect any more
    session.execute(update(CommitteeDecision).where(*on_admission).values(nomination_id=None, candidate_id=None))
