"""Names written in by hand: one person in several spellings is merged by a decision of the board before votes are added up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import cast, select
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from beiratswahl import clock
from beiratswahl.law import ballots as law
from beiratswahl.law.ballot_papers import Ballot, Verdict
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper, ballot_of
from beiratswahl.operations.capture import refuse_without_quorum
from beiratswahl.operations.counting import VALID, adjudicated, as_meant, columns_of, counting_act, keys_of, meanings
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.reasons import reason_given
from beiratswahl.store.read.count_control import MergeView, merges
from beiratswahl.store.spelling import search_key
from beiratswahl.store.tables.count_control import SpellingMerge
from beiratswahl.store.tables.counting import RecordedBallot


@dataclass(frozen=True, slots=True)
class Spelling:
    """Schreibweise, wie sie auf Stimmzetteln steht.

    Attributes:
        text: the name as written.
        ballots: how many ballots carry it.
        merge: the decision that merges it, or None.
        alike: other unmerged spellings that look like the same person.
    """

    text: str
    ballots: int
    merge: MergeView | None
    alike: tuple[str, ...]


def spellings(session: Session, paper: Paper, district_id: int) -> tuple[Spelling, ...]:
    """Schreibweisen eines Stimmbezirks by name; entries that name the number of a printed person are left out."""
    written = _written(session, paper, RecordedBallot.district_id == district_id)
    merged = {merge.spelling: merge for merge in merges(session, district_id)}
    printed = {search_key(name.removeprefix(f"{key} ")): key for key, name in paper.names.items() if key in paper.law.position}
    alike: dict[str, list[str]] = {}
    for text in written:
        if text not in merged:
            alike.setdefault(_form(text), []).append(text)
    for name, key in printed.items():
        if (form := _form(name)) in alike:
            alike[form].append(key)
    others = {text: tuple(other for other in same if other != text) for same in alike.values() for text in same}
    return tuple(Spelling(text, written[text], merged.get(text), others.get(text, ())) for text in sorted(written, key=search_key))


def targets(session: Session, paper: Paper, election_id: int, district_id: int) -> dict[str, str]:
    """Personen, für die eine Schreibweise zählen kann: names written in anywhere in the election, then printed persons; words by key."""
    merged = {merge.spelling for merge in merges(session, district_id)}
    names = sorted(set(_written(session, paper, RecordedBallot.election_id == election_id)) - merged, key=search_key)
    return {**{name: name for name in names}, **{key: paper.names[key] for key in paper.law.position}}


def merge_spelling(desk: Desk, district_id: int, spelling: str, person: str, reason: str) -> None:
    """Schreibweise zusammenführen: by resolution of the board it means another name, or a printed person (§ 38 Abs. 2 KWG).

    Raises:
        Refused: the spelling stands on no ballot of the district, it is merged already or others are merged into it, the person is
            unknown or merged itself, the reason is missing, the board has no quorum, or the district is closed.
    """
    with counting_act(desk, district_id, Act.SPELLING_MERGED) as (paper, row, entry):
        refuse_without_quorum(desk.session, district_id)
        known = {each.text: each for each in spellings(desk.session, paper, district_id)}
        if spelling not in known:
            raise Refused(f"„{spelling}“ steht auf keinem Stimmzettel dieses Bezirks.")
        if known[spelling].merge is not None or any(each.merge and each.merge.person == spelling for each in known.values()):
            raise Refused(f"„{spelling}“ ist schon zusammengeführt. Heben Sie das zuerst auf.")
        if person == spelling or person not in targets(desk.session, paper, row.election_id, district_id):
            raise Refused("Wählen Sie die Person, die gemeint ist: einen anderen Namen, der nicht selbst zusammengeführt ist.")
        merge = SpellingMerge(
            **keys_of(row),
            spelling=spelling,
            person=person,
            reason=reason_given(reason),
            decided_by=desk.actor.name,
            decided_at_utc=clock.now(),
        )
        desk.session.add(merge)
        desk.session.flush()
        entry.note(spelling=spelling, person=person, reason=merge.reason)
        _judge_again(desk.session, paper, district_id, spelling, entry)


def part_spelling(desk: Desk, district_id: int, spelling: str) -> None:
    """Zusammenführung aufheben: the spelling is a person of its own again.

    Raises:
        Refused: it is not merged, the board has no quorum, or the district is closed.
    """
    with counting_act(desk, district_id, Act.SPELLING_PARTED) as (paper, _, entry):
        refuse_without_quorum(desk.session, district_id)
        here = (SpellingMerge.district_id == district_id, SpellingMerge.spelling == spelling)
        merge = desk.session.scalars(select(SpellingMerge).where(*here)).one_or_none()
        if merge is None:
            raise Refused(f"„{spelling}“ ist nicht zusammengeführt.")
        entry.note(spelling=spelling, person=merge.person, before_reason=merge.reason)
        desk.session.delete(merge)
        desk.session.flush()
        _judge_again(desk.session, paper, district_id, spelling, entry)


def unmerged_alike(session: Session, paper: Paper, district_id: int) -> int:
    """How many written names look like another one and are not merged."""
    return sum(bool(each.alike) for each in spellings(session, paper, district_id))


def _judge_again(session: Session, paper: Paper, district_id: int, spelling: str, entry: Entry) -> None:
    # a ballot with both spellings has named one person twice: only one of the votes counts (§ 38 Abs. 2 Nr. 5 KWG)
    known: Mapping[str, str] = meanings(session, district_id)
    changed = []
    for row in session.scalars(select(RecordedBallot).where(RecordedBallot.district_id == district_id).order_by(RecordedBallot.number)):
        ballot = ballot_of(row.content)
        if not any(one.person == spelling for one in ballot.write_ins):
            continue
        before = dict(row.votes)
        for column, value in columns_of(_verdict(paper, as_meant(ballot, known), row.resolution)).items():
            setattr(row, column, value)
        if row.votes != before:
            changed.append([row.number, before, row.votes])
    entry.note(changed=changed)


def _verdict(paper: Paper, ballot: Ballot, resolution: str) -> Verdict:
    if not resolution:
        return adjudicated(paper, ballot)
    try:
        return law.decide(paper.law, ballot, valid=resolution == VALID)
    except ValueError as error:
        raise Refused(f"{error} Ein Beschluss über diesen Stimmzettel steht dagegen.") from error


def _written(session: Session, paper: Paper, where: object) -> Counter[str]:
    # the text of the stored ballot tells at once whether anybody was written in
    query = select(RecordedBallot.content).where(where, RecordedBallot.cancelled.is_(False))  # type: ignore[arg-type]  # a condition
    found: Counter[str] = Counter()
    for content in session.scalars(query.where(cast(RecordedBallot.content, Text).contains('"person"'))):
        found.update(
            {one.person for one in ballot_of(content).write_ins if one.person is not None and one.person not in paper.law.position}
        )
    return found


def _form(name: str) -> str:
    return " ".join(sorted(search_key(name).split()))
