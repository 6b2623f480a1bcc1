"""What polling boards and counting teams do: letters, single ballots, resolutions, explanations."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law import ballots as law
from beiratswahl.law.ballot_papers import Ballot, Verdict
from beiratswahl.law.postal import rejection_of
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper, ballot_of, ballot_paper, paper_within_act, stored
from beiratswahl.operations.capture import refuse_while_resting, refuse_without_quorum
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.poll_end import refuse_before_count
from beiratswahl.operations.reasons import reason_given
from beiratswahl.operations.unsent import Waited, note_unsent
from beiratswahl.store.tables.count_control import SpellingMerge
from beiratswahl.store.tables.counting import DistrictCount, PostalLetter, RecordedBallot
from beiratswahl.store.tables.setup import PollingDistrict

VALID, INVALID = "gültig", "ungültig"


@dataclass(frozen=True, slots=True)
class Letters:
    """Wahlbriefe eines Briefwahlbezirks.

    Attributes:
        received: letters in time, the rejected ones among them.
        late: letters after the deadline, unopened.
        rejected: rejected letters by key of law.postal.Rejection.
        voters: ballot envelopes taken from the urn.
    """

    received: int
    late: int
    rejected: Mapping[str, int]
    voters: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """Erfasster Stimmzettel: its number, to be written on the paper, and what the law says of it."""

    number: int
    verdict: Verdict


def record_letters(desk: Desk, district_id: int, letters: Letters, version: int) -> None:
    """Wahlbriefe und Wähler erfassen.

    Raises:
        Refused: a number is negative, a reason unknown, the district closed, or another page was faster (`version`).
    """
    with counting_act(desk, district_id, Act.LETTERS_RECORDED) as (_, count, entry):
        refuse_stale(count, version)
        numbers = (letters.received, letters.late, letters.voters, *letters.rejected.values())
        if any(number < 0 for number in numbers):
            raise Refused("Eine Anzahl ist kleiner als 0. Tragen Sie 0 ein, wenn es keine gab.")
        for key in letters.rejected:
            rejection_of(key)
        told = {key: number for key, number in letters.rejected.items() if number}
        _as_in_the_book(desk.session, count, letters, told)
        count.letters_received, count.letters_late, count.voters = letters.received, letters.late, letters.voters
        count.letters_rejected = told
        count.letters_recorded_at_utc = clock.now()
        entry.note(received=letters.received, late=letters.late, rejected=count.letters_rejected, voters=letters.voters)


def record_ballot(
    desk: Desk, district_id: int, client_id: str, ballot: Ballot, waited: Waited | None = None, paper: Paper | None = None
) -> Recorded:
    """Einen Stimmzettel erfassen; a repeated send with the same `client_id` counts once.

    Args:
        desk: who records.
        district_id: the polling district.
        client_id: made by the page that sends it.
        ballot: what stands on the paper.
        waited: what the device says of a ballot that could not be sent at once.
        paper: the paper the page has read the ballot with, so that it is not read a second time.

    Returns:
        The number to write on the paper, and the verdict.

    Raises:
        Refused: the ballot names something that is not on the paper, repeats an id with other content, the district is closed, or
            capture rests (KWO § 55b).
    """
    if waited is None and (known := _known(desk.session, district_id, client_id)) is not None:
        return _again(desk.session, known, ballot)
    with counting_act(desk, district_id, Act.BALLOT_RECORDED, paper) as (paper, count, entry):
        known = _known(desk.session, district_id, client_id)
        if waited:
            note_unsent(desk, keys_of(count), waited.device, waited.left)
            entry.note(mark=waited.mark, device=waited.device)
        if known is None:
            refuse_while_resting(desk, district_id)
            verdict = adjudicated(paper, _meant(desk.session, district_id, ballot))
            number = desk.session.scalar(_HIGHEST, {"district_id": district_id}) or 0
            row = RecordedBallot(
                **keys_of(count),
                number=number + 1,
                client_id=client_id,
                content=stored(ballot),
                recorded_by=desk.actor.name,
                recorded_by_id=desk.actor.account_id,
                recorded_at_utc=clock.now(),
                provisional_mark=waited.mark if waited else None,
                **columns_of(verdict),
            )
            desk.session.add(row)
            entry.subject = f"Stimmzettel {row.number}"
            entry.note(number=row.number, ballot=row.content, valid=row.valid, reason=row.reason, votes=row.votes)
            return Recorded(row.number, verdict)
        entry.note(repeated=known.number)
    return _again(desk.session, known, ballot)


def cancel_ballot(desk: Desk, district_id: int, number: int, reason: str) -> None:
    """Einen erfassten Stimmzettel zurücknehmen; it stays readable and counts no more.

    Raises:
        Refused: there is no such ballot, it is cancelled already, the reason is missing, or the district is closed.
    """
    with counting_act(desk, district_id, Act.BALLOT_CANCELLED) as (_, _count, entry):
        row = _ballot(desk.session, district_id, number)
        row.cancelled, row.resolution_reason = True, reason_given(reason)
        entry.subject = f"Stimmzettel {number}"
        entry.note(number=number, reason=reason)


def decide_ballot(desk: Desk, district_id: int, number: int, *, valid: bool, reason: str) -> Recorded:
    """Beschluss des Wahlvorstands über einen Stimmzettel (KWO §§ 53, 55).

    Raises:
        Refused: there is no such ballot, the reason is missing, the statute leaves no choice, or the district is closed.
    """
    with counting_act(desk, district_id, Act.BALLOT_DECIDED) as (paper, _count, entry):
        refuse_without_quorum(desk.session, district_id)
        row = _ballot(desk.session, district_id, number)
        try:
            verdict = law.decide(paper.law, _meant(desk.session, district_id, ballot_of(row.content)), valid=valid)
        except ValueError as error:
            raise Refused(str(error)) from error
        for column, value in columns_of(verdict).items():
            setattr(row, column, value)
        row.resolution, row.resolution_reason = (VALID if valid else INVALID), reason_given(reason)
        entry.subject = f"Stimmzettel {number}"
        entry.note(number=number, resolution=row.resolution, reason=reason, votes=row.votes)
        return Recorded(number, verdict)


def explain(desk: Desk, district_id: int, code: str, text: str) -> None:
    """Eine Auffälligkeit erklären: the words stand in the Niederschrift.

    Raises:
        Refused: the explanation is shorter than 3 or longer than 500 characters, or the district is closed.
    """
    with counting_act(desk, district_id, Act.WARNING_EXPLAINED) as (_, count, entry):
        count.explanations = {**count.explanations, code: reason_given(text)}
        entry.note(code=code, explanation=text)


def meanings(session: Session, district_id: int) -> dict[str, str]:
    """Who is meant by a name as written, where the board has merged spellings of a district."""
    query = select(SpellingMerge.spelling, SpellingMerge.person).where(SpellingMerge.district_id == district_id)
    return {spelling: person for spelling, person in session.execute(query)}


def as_meant(ballot: Ballot, known: Mapping[str, str]) -> Ballot:
    """The ballot as the law reads it: every written name stands for the person it was merged into."""
    if not known or not ballot.write_ins:
        return ballot
    return ballot._replace(write_ins=tuple(one._replace(person=known.get(one.person or "", one.person)) for one in ballot.write_ins))


def _meant(session: Session, district_id: int, ballot: Ballot) -> Ballot:
    return as_meant(ballot, meanings(session, district_id)) if ballot.write_ins else ballot


def judge(session: Session, election_id: int, ballot: Ballot) -> Verdict:
    """What the law would say of a ballot, without recording it.

    Raises:
        Refused: the ballot names something that is not on the paper.
    """
    return adjudicated(ballot_paper(session, election_id), ballot)


@contextmanager
def counting_act(desk: Desk, district_id: int, act: Act, seen: Paper | None = None) -> Iterator[tuple[Paper, DistrictCount, Entry]]:
    """The frame of every act in the count of a district: its paper, the row of its count, the journal entry.

    Args:
        desk: who acts.
        district_id: the polling district.
        act: what is done.
        seen: the paper the page has read already.

    Raises:
        Refused: the poll is not over, the district is closed, or there is no ballot paper.
    """
    municipality_id, election_id, number = desk.session.execute(_DISTRICT, {"district_id": district_id}).one()
    with desk.act(act, f"Stimmbezirk {number}", municipality_id=municipality_id, election_id=election_id) as entry:
        entry.note(district=district_id)
        refuse_before_count(desk.session, district_id)
        count = count_of(desk.session, district_id)
        if count.closed_at_utc is not None:
            raise Refused("Die Zählung dieses Stimmbezirks ist abgeschlossen. Nur das Wahlamt kann sie durch Beschluss wieder öffnen.")
        yield paper_within_act(desk.session, election_id, seen), count, entry


def keys_of(count: DistrictCount) -> dict[str, int]:
    """The keys every row of a polling district carries."""
    return {"municipality_id": count.municipality_id, "election_id": count.election_id, "district_id": count.district_id}


def count_of(session: Session, district_id: int) -> DistrictCount:
    """The row of a district's count, made when it is the first time; only within an act."""
    row = session.scalars(select(DistrictCount).where(DistrictCount.district_id == district_id)).one_or_none()
    if row is None:
        district = session.get_one(PollingDistrict, district_id)
        row = DistrictCount(
            municipality_id=district.municipality_id,
            election_id=district.election_id,
            district_id=district_id,
            letters_received=0,
            letters_late=0,
            letters_rejected={},
            voters=0,
            blank_ballots=0,
            explanations={},
            closed_by="",
            closings=0,
            version=0,
        )
        session.add(row)
        session.flush()
    return row


def refuse_stale(count: DistrictCount, version: int) -> None:
    """Let nobody overwrite what another page has saved since this one was opened.

    Raises:
        Refused: another page was faster.
    """
    if count.version != version:
        raise Refused(
            "Inzwischen hat jemand anderes in diesem Stimmbezirk etwas erfasst. Prüfen Sie die Zahlen und speichern Sie noch einmal."
        )
    count.version += 1


def _as_in_the_book(session: Session, count: DistrictCount, letters: Letters, rejected: Mapping[str, int]) -> None:
    booked = session.scalar(select(func.count()).select_from(PostalLetter).where(PostalLetter.district_id == count.district_id))
    same = (letters.received, letters.late, rejected) == (count.letters_received, count.letters_late, count.letters_rejected)
    if booked and not same:
        raise Refused("Für diesen Bezirk wird das Buch der Wahlbriefe geführt; diese Zahlen kommen von dort. Ändern Sie das Buch.")


def adjudicated(paper: Paper, ballot: Ballot) -> Verdict:
    """The verdict of the law.

    Raises:
        Refused: the ballot names something that is not on the paper.
    """
    try:
        return law.adjudicate(paper.law, ballot)
    except KeyError as error:
        raise Refused(f"„{error.args[0]}“ steht nicht auf dem Stimmzettel. Prüfen Sie die Nummer.") from error


# asked with every ballot: built once, and without objects where a number will do
_DISTRICT = select(PollingDistrict.municipality_id, PollingDistrict.election_id, PollingDistrict.number).where(
    PollingDistrict.id == bindparam("district_id")
)
_HIGHEST = select(func.max(RecordedBallot.number)).where(RecordedBallot.district_id == bindparam("district_id"))
_KNOWN = select(RecordedBallot.id).where(
    RecordedBallot.district_id == bindparam("district_id"), RecordedBallot.client_id == bindparam("client_id")
)


def _known(session: Session, district_id: int, client_id: str) -> RecordedBallot | None:
    found = session.scalar(_KNOWN, {"district_id": district_id, "client_id": client_id})
    return session.get(RecordedBallot, found) if found is not None else None


def _again(session: Session, row: RecordedBallot, ballot: Ballot) -> Recorded:
    if row.content != stored(ballot):
        raise Refused(f"Unter dieser Kennung ist schon Stimmzettel {row.number} mit anderem Inhalt erfasst.")
    return Recorded(row.number, adjudicated(ballot_paper(session, row.election_id), _meant(session, row.district_id, ballot)))


def _ballot(session: Session, district_id: int, number: int) -> RecordedBallot:
    query = select(RecordedBallot).where(RecordedBallot.district_id == district_id, RecordedBallot.number == number)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise Refused(f"Den Stimmzettel {number} gibt es in diesem Stimmbezirk nicht.")
    if row.cancelled:
        raise Refused(f"Der Stimmzettel {number} ist schon zurückgenommen.")
    return row


def columns_of(verdict: Verdict) -> dict[str, object]:
    """What the archive keeps of a verdict, by column of RecordedBallot."""
    return {
        "valid": verdict.valid,
        "reason": verdict.reason.value if verdict.reason else "",
        "votes": dict(verdict.votes),
        "unused": verdict.unused,
        "pile": verdict.pile.value,
        "needs_resolution": verdict.needs_resolution,
    }
