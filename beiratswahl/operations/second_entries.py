"""Control by a second entry: another account types ballots again, all or a sample, blind to the first entry; both settle what differs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.count_control import ControlMethod, SampleRule, sample_holds
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper, ballot_of, ballot_paper, stored
from beiratswahl.operations.capture import refuse_while_resting
from beiratswahl.operations.count_controls import method_of, rule_of
from beiratswahl.operations.counting import adjudicated, as_meant, columns_of, count_of, keys_of, meanings
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.poll_end import refuse_before_count
from beiratswahl.operations.unsent import Waited, note_unsent
from beiratswahl.store.read.count_control import DrawView, chosen, draws
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.second_entries import SecondEntry
from beiratswahl.store.tables.setup import PollingDistrict

FIRST, SECOND = "erste", "zweite"
#: parts of a ballot, in words
FIELDS = {
    "list_marks": "Listenkreuze",
    "marks": "Stimmen",
    "struck": "Streichungen",
    "write_ins": "Eintragungen",
    "findings": "Befunde",
    "voided": "einzeln ungültige Stimmen",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """Unterschied zwischen erster und zweiter Eingabe.

    Attributes:
        number: number of the ballot.
        first: the first entry.
        second: the second entry.
        fields: the parts that differ, in words.
        first_by_id: account of the first entry.
        second_by_id: account of the second entry.
        first_says: which entry is right, as the first says; empty before.
        second_says: the same of the second.
    """

    number: int
    first: Ballot
    second: Ballot
    fields: tuple[str, ...]
    first_by_id: int
    second_by_id: int
    first_says: str
    second_says: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Stichprobe eines Stimmbezirks.

    Attributes:
        draws: the draws in their order.
        undrawn: True before the first draw, and when ballots were recorded after the last one.
        drawn: numbers of all drawn ballots.
        differing: numbers of those whose entries differed, settled or not, or that were taken back after the draw.
        failed: True when these are more than allowed: then every ballot is entered again.
    """

    draws: tuple[DrawView, ...]
    undrawn: bool
    drawn: tuple[int, ...]
    differing: tuple[int, ...]
    failed: bool


@dataclass(frozen=True, slots=True)
class SecondCount:
    """Stand der Kontrolle der Einzelerfassung, and what of it still stands against closing.

    Attributes:
        method: the procedure of the election.
        entered: ballots entered twice.
        wanted: numbers of the ballots that have to be entered twice, as known now.
        waiting: those of them without a second entry.
        differences: ballots whose entries differ and are not settled.
        differed: how many differed, settled or not.
        sample: the sample; None where none is chosen.
    """

    method: ControlMethod
    entered: int
    wanted: tuple[int, ...]
    waiting: tuple[int, ...]
    differences: tuple[Difference, ...]
    differed: int
    sample: Sample | None

    @property
    def missing(self) -> int:
        """How many second entries are missing."""
        return len(self.waiting)

    @property
    def pending(self) -> bool:
        """Whether somebody may still have to enter a ballot without seeing the first entry."""
        return bool(self.waiting) or (self.sample is not None and self.sample.undrawn)


def record_second(desk: Desk, district_id: int, number: int, ballot: Ballot, waited: Waited | None = None) -> None:
    """Einen Stimmzettel zum zweiten Mal erfassen. Says nothing of the first entry, not even whether it agrees.

    The same entry of the same account sent again counts once.

    Args:
        desk: who enters it.
        district_id: the polling district.
        number: the number on the paper.
        ballot: what stands on the paper.
        waited: what the device says of a ballot that could not be sent at once.

    Raises:
        Refused: there is no such ballot, the same account entered it first, it is entered twice already, the ballot names something
            that is not on the paper, capture rests, or the district is closed.
    """
    if waited is None and _entered_before(desk, district_id, number, ballot):
        return
    with _control(desk, district_id, Act.SECOND_ENTRY_RECORDED) as (paper, entry):
        entry.subject = f"Stimmzettel {number}"
        keys = keys_of(count_of(desk.session, district_id))
        if waited:
            note_unsent(desk, keys, waited.device, waited.left)
            entry.note(mark=waited.mark, device=waited.device)
        if _entered_before(desk, district_id, number, ballot):
            entry.note(repeated=number)
            return
        refuse_while_resting(desk, district_id)
        row = _first(desk.session, district_id, number)
        if row.recorded_by_id is None or desk.actor.account_id is None:
            raise Refused("Eine Zweiteingabe braucht zwei Konten; eine der Eingaben ist ohne Konto entstanden.")
        if row.recorded_by_id == desk.actor.account_id:
            raise Refused("Diesen Stimmzettel haben Sie selbst zuerst erfasst. Die zweite Eingabe macht ein anderes Team.")
        if _second(desk.session, district_id, number) is not None:
            raise Refused(f"Stimmzettel {number} ist schon zum zweiten Mal erfasst.")
        _refuse_outside_sample(second_count(desk.session, district_id), number)
        adjudicated(paper, ballot)
        people = {"first_by_id": row.recorded_by_id, "second_by_id": desk.actor.account_id, "second_by": desk.actor.name}
        content = stored(ballot)
        told = {"content": content, "first_says": "", "second_says": "", "recorded_at_utc": clock.now()}
        desk.session.add(SecondEntry(**keys, number=number, **people, **told))
        entry.note(number=number, ballot=content)


def say_which_is_right(desk: Desk, district_id: int, number: int, which: str) -> None:
    """Mit dem Papier in der Hand sagen, welche Eingabe stimmt; when both accounts say the same, it holds and nothing is typed again.

    Raises:
        Refused: there is nothing to settle, the account made neither entry, the choice is unknown, or the district is closed.
    """
    with _control(desk, district_id, Act.DIFFERENCE_SETTLED) as (paper, entry):
        row, other = _first(desk.session, district_id, number), _second(desk.session, district_id, number)
        if other is None or ballot_of(row.content) == ballot_of(other.content) or _settled(other):
            raise Refused(f"Zu Stimmzettel {number} gibt es keinen offenen Unterschied.")
        if which not in (FIRST, SECOND):
            raise Refused("Wählen Sie, ob die erste oder die zweite Eingabe dem Papier entspricht.")
        if desk.actor.account_id == other.first_by_id:
            other.first_says = which
        elif desk.actor.account_id == other.second_by_id:
            other.second_says = which
        else:
            raise Refused("Den Unterschied klären die beiden, die den Stimmzettel erfasst haben.")
        entry.subject = f"Stimmzettel {number}"
        entry.note(number=number, says=which)
        if other.first_says == other.second_says == SECOND:
            entry.note(before=row.content, ballot=other.content)
            row.content = other.content
            row.resolution = row.resolution_reason = ""
            meant = as_meant(ballot_of(row.content), meanings(desk.session, district_id))
            for column, value in columns_of(adjudicated(paper, meant)).items():
                setattr(row, column, value)


def second_count(session: Session, district_id: int) -> SecondCount:
    """Stand der Kontrolle der Einzelerfassung eines Stimmbezirks."""
    control = chosen(session, session.get_one(PollingDistrict, district_id).election_id)
    method = method_of(control)
    of_first = and_(SecondEntry.district_id == RecordedBallot.district_id, SecondEntry.number == RecordedBallot.number)
    here = (RecordedBallot.district_id == district_id, RecordedBallot.cancelled.is_(False))
    pairs = session.execute(
        select(RecordedBallot, SecondEntry).join(SecondEntry, of_first).where(*here).order_by(RecordedBallot.number)
    ).all()
    numbers = tuple(session.scalars(select(RecordedBallot.number).where(*here).order_by(RecordedBallot.number)))
    differed = {row.number for row, other in pairs if _settled(other) or ballot_of(row.content) != ballot_of(other.content)}
    sample = _sample(session, district_id, rule_of(control), numbers, differed) if method is ControlMethod.SAMPLE else None
    wanted = numbers if _all_wanted(method, sample, begun=bool(pairs)) else tuple(sorted({*sample.drawn} & {*numbers})) if sample else ()
    entered = {row.number for row, _ in pairs}
    found = tuple(_difference(row, other) for row, other in pairs if not _settled(other))
    waiting = tuple(number for number in wanted if number not in entered)
    return SecondCount(method, len(pairs), wanted, waiting, tuple(each for each in found if each.fields), len(differed), sample)


def covered(session: Session, district_id: int) -> bool:
    """Ob erste Eingaben verdeckt bleiben: while somebody may have to enter ballots a second time, they are shown to nobody else."""
    return second_count(session, district_id).pending


def _all_wanted(method: ControlMethod, sample: Sample | None, *, begun: bool) -> bool:
    if method is ControlMethod.SAMPLE:
        return sample is not None and sample.failed
    return begun or method is ControlMethod.SECOND_ENTRY


def _sample(session: Session, district_id: int, rule: SampleRule, numbers: tuple[int, ...], differed: set[int]) -> Sample:
    found = draws(session, district_id)
    drawn = tuple(sorted({number for draw in found for number in draw.drawn}))
    undrawn = bool(numbers) and (not found or numbers[-1] > found[-1].highest_number)
    # who takes a drawn ballot back admits that its first entry was wrong
    differing = tuple(number for number in drawn if number in differed or number not in numbers)
    return Sample(found, undrawn, drawn, differing, not sample_holds(rule, len(differing)))


def _refuse_outside_sample(found: SecondCount, number: int) -> None:
    if found.sample is None or number in found.wanted:
        return
    if found.sample.undrawn and not found.sample.drawn:
        raise Refused("Die Stichprobe ist noch nicht gezogen. Erst die Ziehung sagt, welche Stimmzettel noch einmal erfasst werden.")
    raise Refused(f"Stimmzettel {number} gehört nicht zur Stichprobe. Prüfen Sie die Nummer auf dem Papier.")


def _difference(row: RecordedBallot, other: SecondEntry) -> Difference:
    first, second = ballot_of(row.content), ballot_of(other.content)
    fields = tuple(words for name, words in FIELDS.items() if getattr(first, name) != getattr(second, name))
    return Difference(row.number, first, second, fields, other.first_by_id, other.second_by_id, other.first_says, other.second_says)


def _settled(other: SecondEntry) -> bool:
    return bool(other.first_says) and other.first_says == other.second_says


def _first(session: Session, district_id: int, number: int) -> RecordedBallot:
    query = select(RecordedBallot).where(RecordedBallot.district_id == district_id, RecordedBallot.number == number)
    row = session.scalars(query).one_or_none()
    if row is None or row.cancelled:
        raise Refused(f"Den Stimmzettel {number} gibt es in diesem Stimmbezirk nicht. Prüfen Sie die Nummer auf dem Papier.")
    return row


def _entered_before(desk: Desk, district_id: int, number: int, ballot: Ballot) -> bool:
    """Whether this account has entered the very same for this ballot already: then its answer was lost, and nothing is added."""
    row = _second(desk.session, district_id, number)
    return row is not None and row.second_by_id == desk.actor.account_id and ballot_of(row.content) == ballot


def _second(session: Session, district_id: int, number: int) -> SecondEntry | None:
    query = select(SecondEntry).where(SecondEntry.district_id == district_id, SecondEntry.number == number)
    return session.scalars(query).one_or_none()


@contextmanager
def _control(desk: Desk, district_id: int, act: Act) -> Iterator[tuple[Paper, Entry]]:
    district = desk.session.get_one(PollingDistrict, district_id)
    election_id = district.election_id
    with desk.act(act, f"Stimmbezirk {district.number}", municipality_id=district.municipality_id, election_id=election_id) as entry:
        entry.note(district=district_id)
        refuse_before_count(desk.session, district_id)
        if count_of(desk.session, district_id).closed_at_utc is not None:
            raise Refused("Die Zählung dieses Stimmbezirks ist abgeschlossen. Nur das Wahlamt kann sie durch Beschluss wieder öffnen.")
        yield ballot_paper(desk.session, election_id), entry
