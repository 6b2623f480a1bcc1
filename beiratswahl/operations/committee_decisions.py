"""Beschlüsse des Wahlausschusses: with their votes in the minutes; those on the admission come with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.law.nominations import NominationState
from beiratswahl.law.trace import votes_in_words
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_state import must_run, on_sitting, running_sitting, voters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read.committee import sitting
from beiratswahl.store.tables.committee import CommitteeDecision, CommitteeSitting
from beiratswahl.store.tables.nominations import Candidate, Nomination


@dataclass(frozen=True, slots=True)
class Vote:
    """Abstimmung im Wahlausschuss: each at least 0."""

    yes: int
    no: int = 0
    abstained: int = 0


def record_decision(desk: Desk, sitting_id: int, subject: str, decision: str, vote: Vote, reason: str = "") -> int:
    """Beschluss eintragen; decisions on nominations come with the admission.

    Returns:
        Its number within the sitting.

    Raises:
        Refused: the sitting is not open, subject or decision are missing, or the vote cannot be right.
    """
    with on_sitting(desk, sitting_id, Act.DECISION_RECORDED) as (row, entry):
        if not subject.strip() or not decision.strip():
            raise Refused("Nennen Sie, worüber und wie beschlossen wurde.")
        number = minute(desk.session, row, subject, decision, reason, vote)
        entry.subject = subject.strip()
        entry.note(number=number, resolution=decision.strip(), reason=reason.strip(), yes=vote.yes, no=vote.no, abstained=vote.abstained)
        return number


def withdraw_decision(desk: Desk, sitting_id: int, number: int) -> None:
    """Falsch eingetragenen Beschluss wieder streichen, while the sitting is open; decisions on the admission stay.

    Raises:
        Refused: the sitting is not open, there is no such decision, or it belongs to the admission or to a departure.
    """
    with on_sitting(desk, sitting_id, Act.DECISION_WITHDRAWN) as (row, entry):
        must_run(row)
        query = select(CommitteeDecision).where(CommitteeDecision.sitting_id == sitting_id, CommitteeDecision.number == number)
        decision = desk.session.scalars(query.with_for_update()).one_or_none()
        if decision is None:
            raise Refused(f"Einen Beschluss Nr. {number} gibt es in dieser Sitzung nicht.")
        if decision.nomination_id is not None or decision.candidate_id is not None:
            raise Refused("Dieser Beschluss hat die Zulassung bewirkt; er lässt sich hier nicht streichen.")
        entry.subject = decision.subject
        entry.note(number=number, resolution=decision.decision)
        desk.session.delete(decision)


def minute(
    session: Session,
    row: CommitteeSitting,
    subject: str,
    decision: str,
    reason: str,
    vote: Vote,
    *,
    nomination_id: int | None = None,
    candidate_id: int | None = None,
) -> int:
    """Beschluss in die Niederschrift; within an act.

    Raises:
        Refused: the sitting is not open, or the vote cannot be right.
    """
    must_run(row)
    view = sitting(session, row.id)
    _check_vote(vote, voters(view) if view else 0, subject)
    newest = session.scalar(select(func.max(CommitteeDecision.number)).where(CommitteeDecision.sitting_id == row.id)) or 0
    session.add(
        CommitteeDecision(
            municipality_id=row.municipality_id,
            election_id=row.election_id,
            sitting_id=row.id,
            number=newest + 1,
            subject=subject.strip(),
            nomination_id=nomination_id,
            candidate_id=candidate_id,
            decision=decision.strip(),
            reason=reason.strip(),
            yes=vote.yes,
            no=vote.no,
            abstained=vote.abstained,
        )
    )
    session.flush()
    return newest + 1


def minute_admission(
    session: Session, election_id: int, rows: Iterable[Nomination], votes: Mapping[int, Vote], strike_votes: Mapping[int, Vote]
) -> None:
    """Die Entscheidungen über die Zulassung in die Niederschrift der offenen Sitzung; without an open one nothing happens.

    Raises:
        Refused: a vote is missing or cannot be right.
    """
    view = running_sitting(session, election_id)
    if view is None:
        return
    row = session.get_one(CommitteeSitting, view.sitting_id, with_for_update=True)
    for of in sorted(rows, key=lambda of: (of.received_at_utc, of.id)):
        if of.state == NominationState.WITHDRAWN.value:
            continue
        name = of.keyword or "ohne Kennwort"
        if of.id not in votes:
            raise Refused(f"Tragen Sie ein, wie über den Wahlvorschlag „{name}“ abgestimmt wurde; die Sitzung ist eröffnet.")
        vote, admitted = votes[of.id], of.number is not None
        if of.state != NominationState.REFUSED.value:
            _minute_strikes(session, row, of.candidates, vote, strike_votes)
        decision = NominationState.ADMITTED.value if admitted else NominationState.REFUSED.value
        reason = of.decision_reason or ("" if admitted else "Keine Person ist zugelassen.")
        minute(session, row, f"Wahlvorschlag „{name}“", decision, reason, vote, nomination_id=of.id)


def _minute_strikes(
    session: Session, row: CommitteeSitting, candidates: Iterable[Candidate], vote: Vote, strike_votes: Mapping[int, Vote]
) -> None:
    for person in candidates:
        if person.struck:
            subject = f"{person.family_name}, {person.given_names}"
            own = strike_votes.get(person.id, vote)
            minute(
                session, row, subject, "gestrichen", person.struck_reason, own, nomination_id=person.nomination_id, candidate_id=person.id
            )


def _check_vote(vote: Vote, present: int, subject: str) -> None:
    if min(vote.yes, vote.no, vote.abstained) < 0:
        raise Refused("Stimmenzahlen können nicht negativ sein.")
    given = vote.yes + vote.no + vote.abstained
    if given != present:
        raise Refused(f"{subject}: {votes_in_words(given)} eingetragen, stimmberechtigt anwesend sind {present}. Prüfen Sie beides.")
    if vote.no > vote.yes:
        raise Refused(f"{subject}: mehr Nein- als Ja-Stimmen; so ist das nicht beschlossen. Tragen Sie ein, was beschlossen wurde.")
