"""Determining the result: adding up all districts, allocating seats, stopping for the lot, going on with the lot drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.candidates import Elected, PersonVotes, of_list, of_majority
from beiratswahl.law.deadlines import count_begins
from beiratswahl.law.majority_clause import MajoritySeatsOpen
from beiratswahl.law.rules import Rules, System
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.seat_values import ListVotes, LotQuestion, Outcome
from beiratswahl.law.seats import Allocation, allocate
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper, ballot_paper
from beiratswahl.operations.count_units import together, units
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.operations.tally import Tally, tallies, total
from beiratswahl.store.read import count_overview
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.roll import verdict_counts
from beiratswahl.store.read.setup import DistrictView, districts
from beiratswahl.store.tables.results import DrawnLot
from beiratswahl.store.tables.setup import Election

NOBODY = Elected(Outcome.DONE, (), (), 0, None, ())


class LotKind(StrEnum):
    """Worüber das Los entscheidet."""

    LIST = "Wahlvorschläge"
    PERSON = "Personen"


@dataclass(frozen=True, slots=True)
class DistrictResult:
    """Ergebnis eines Stimmbezirks, or of several that were counted together.

    Attributes:
        district: the district that counted.
        count: letters and voters of all parts, the rest as recorded where it was counted.
        tally: what follows from it.
        parts: the districts counted together, the counting one first; mostly one.
    """

    district: DistrictView
    count: CountView
    tally: Tally
    parts: tuple[DistrictView, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Losfrage für Menschen.

    Attributes:
        kind: lists or persons.
        seat: number of the seat.
        among: keys of those who are tied.
        names: words for the keys.
        number: 1 for the first question of this determination.
    """

    kind: LotKind
    seat: int
    among: tuple[str, ...]
    names: Mapping[str, str]
    number: int


@dataclass(frozen=True, slots=True)
class LotView:
    """Eingetragener Losentscheid."""

    number: int
    kind: LotKind
    seat: int
    among: tuple[str, ...]
    winner: str
    drawn_by: str
    witness: str
    drawn_at_utc: datetime


@dataclass(frozen=True, slots=True)
class Result:
    """Ermitteltes Ergebnis, so far as it is certain.

    Attributes:
        rules: the rules it was determined by.
        paper: the ballot paper.
        districts: every polling district.
        tally: all districts added up.
        eligible: Wahlberechtigte.
        voters: Wähler.
        allocation: seats of the lists; None in Mehrheitswahl.
        elected: the elected by list key; in Mehrheitswahl under "".
        lots: the lots drawn so far.
        question: the lot that has to be drawn next; None when the result is complete.
        partial: districts are missing; nothing is allocated and nobody elected.
    """

    rules: Rules
    paper: Paper
    districts: tuple[DistrictResult, ...]
    tally: Tally
    eligible: int
    voters: int
    allocation: Allocation | None
    elected: Mapping[str, Elected]
    lots: tuple[LotView, ...]
    question: Question | None
    partial: bool = False

    @property
    def list_votes(self) -> dict[str, int]:
        """Votes by list key."""
        return self.tally.list_votes(self.paper)

    @property
    def vacant_by_list(self) -> dict[str, int]:
        """Seats of a list that stay empty because it has no more candidates."""
        record = self.allocation.record if self.allocation else ()
        return {str(entry[1]): _whole(entry[2]) for entry in record if entry[0] == "vacant"}


def missing(session: Session, election_id: int) -> tuple[str, ...]:
    """Was noch fehlt, before a result can be determined; empty when nothing does."""
    found = []
    all_districts = districts(session, election_id)
    if not all_districts:
        found.append("Es ist kein Stimmbezirk angelegt.")
    counts = count_overview.counts(session, [district.district_id for district in all_districts])
    for district in all_districts:
        if counts.get(district.district_id, CountView()).closed_at_utc is None:
            found.append(f"Stimmbezirk {district.number} ({district.name}) ist noch nicht abgeschlossen.")
    open_rules = rules_of(session, election_id).to_be_confirmed
    found += [f"Die Wahlregel „{key}“ ist nicht bestätigt." for key in open_rules]
    return tuple(found)


def result(session: Session, election_id: int) -> Result:
    """Ergebnis ermitteln from what is recorded and the lots drawn; nothing is stored.

    Raises:
        Refused: nominations are not closed, or the readings of the majority clause differ and nobody has chosen.
    """
    paper = ballot_paper(session, election_id)
    counted = _counted(session, paper, election_id)
    everything = total(each.tally for each in counted)
    lots = drawn_lots(session, election_id)
    allocation, elected, question = _settle(paper, everything, lots)
    return Result(
        rules=paper.rules,
        paper=paper,
        districts=counted,
        tally=everything,
        eligible=eligible_persons(session, election_id),
        voters=sum(each.count.voters for each in counted),
        allocation=allocation,
        elected=elected,
        lots=lots,
        question=question,
    )


def partial_result(session: Session, election_id: int, numbers: Collection[int]) -> Result:
    """Ergebnis einiger Stimmbezirke: their sums alone; no seat is allocated and nobody elected before all are counted (§ 41 KWG).

    Args:
        session: any session.
        election_id: the election.
        numbers: numbers of the districts that count, each for all that are counted together with it.

    Raises:
        Refused: nominations are not closed.
    """
    paper = ballot_paper(session, election_id)
    counted = tuple(each for each in _counted(session, paper, election_id) if each.district.number in numbers)
    lists = paper.law.lists if paper.rules.system is System.PROPORTIONAL else ("",)
    return Result(
        rules=paper.rules,
        paper=paper,
        districts=counted,
        tally=total(each.tally for each in counted),
        eligible=eligible_persons(session, election_id),
        voters=sum(each.count.voters for each in counted),
        allocation=None,
        elected=dict.fromkeys(lists, NOBODY),
        lots=(),
        question=None,
        partial=True,
    )


def enter_lot(desk: Desk, election_id: int, winner: str, *, drawn_at: datetime, drawn_by: str, witness: str) -> None:
    """Losentscheid eintragen: the answer to exactly the question that is open now.

    Args:
        desk: who enters it.
        election_id: the election.
        winner: on whom the lot fell, one of the keys of the question.
        drawn_at: moment of the draw, UTC; told to the minute in announcement and minutes.
        drawn_by: who drew.
        witness: who saw it.

    Raises:
        Refused: nothing is open, the winner is not among the tied, one of the two names is missing or the same, or the moment lies before
            the end of the poll, before an earlier lot, or in the future.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.LOT_ENTERED, "Losentscheid", **where) as entry:
        absent = missing(desk.session, election_id)
        if absent:
            raise Refused(f"Es ist noch kein Los zu ziehen. {absent[0]}")
        question = result(desk.session, election_id).question
        if question is None:
            raise Refused("Es ist kein Los zu ziehen; das Ergebnis steht fest.")
        if winner not in question.among:
            raise Refused("Gezogen werden kann nur, wer am Gleichstand beteiligt ist.")
        _check_moment(desk.session, election_id, election.day, drawn_at)
        first, second = drawn_by.strip(), witness.strip()
        if not first or not second or first.casefold() == second.casefold():
            raise Refused("Nennen Sie zwei verschiedene Personen: wer das Los gezogen hat und wer es bezeugt.")
        lot = DrawnLot(
            municipality_id=election.municipality_id,
            election_id=election_id,
            number=question.number,
            kind=question.kind.value,
            question={"seat": question.seat, "among": list(question.among)},
            winner=winner,
            drawn_by=first,
            witness=second,
            drawn_at_utc=drawn_at,
        )
        desk.session.add(lot)
        entry.subject = f"Los um Sitz {question.seat}: {question.names[winner]}"
        entry.note(seat=question.seat, among=list(question.among), winner=winner, drawn_by=first, witness=second)
        entry.note(drawn_at=clock.local(drawn_at).isoformat(timespec="minutes"))


def drawn_lots(session: Session, election_id: int) -> tuple[LotView, ...]:
    """Lots drawn so far, in order."""
    rows = session.scalars(select(DrawnLot).where(DrawnLot.election_id == election_id).order_by(DrawnLot.number))
    return tuple(
        LotView(
            row.number,
            LotKind(row.kind),
            row.question["seat"],
            tuple(row.question["among"]),
            row.winner,
            row.drawn_by,
            row.witness,
            row.drawn_at_utc,
        )
        for row in rows
    )


def _check_moment(session: Session, election_id: int, day: date, drawn_at: datetime) -> None:
    if drawn_at > clock.now():
        raise Refused("Der angegebene Zeitpunkt der Ziehung liegt in der Zukunft. Tragen Sie ein, wann das Los gezogen worden ist.")
    begins = count_begins(rules_of(session, election_id), day)
    if drawn_at < clock.from_local(begins):
        raise Refused(
            f"Vor dem Ende der Wahl am {begins:%d.%m.%Y um %H:%M} Uhr kann kein Los gezogen worden sein. Prüfen Sie Tag und Uhrzeit."
        )
    earlier = drawn_lots(session, election_id)
    if earlier and drawn_at < earlier[-1].drawn_at_utc:
        raise Refused("Das Los davor wurde später gezogen. Die Lose folgen aufeinander; prüfen Sie Tag und Uhrzeit.")


def eligible_persons(session: Session, election_id: int) -> int:
    """Wahlberechtigte: what the districts state if all do, else the persons of the roll who may vote."""
    stated = [district.eligible for district in districts(session, election_id)]
    if stated and all(number is not None for number in stated):
        return sum(number for number in stated if number is not None)
    return sum(each.persons for each in verdict_counts(session, election_id) if each.entitled == Entitlement.YES.value)


def _counted(session: Session, paper: Paper, election_id: int) -> tuple[DistrictResult, ...]:
    every = units(session, election_id)
    counts = count_overview.counts(session, [part.district_id for unit in every for part in unit.parts])
    blank = {unit.district.district_id: counts.get(unit.district.district_id, CountView()).blank_ballots for unit in every}
    summed = tallies(session, paper, blank)
    # § 38 Abs. 2 Nr. 3 KWG: in Mehrheitswahl votes for somebody who is not wählbar are invalid
    void = frozenset() if paper.rules.system is System.PROPORTIONAL else frozenset(paper.gone)
    return tuple(
        DistrictResult(
            unit.district,
            together(counts.get(part.district_id, CountView()) for part in unit.parts),
            summed[unit.district.district_id].without(void),
            unit.parts,
        )
        for unit in every
    )


def _settle(paper: Paper, everything: Tally, lots: Sequence[LotView]) -> tuple[Allocation | None, dict[str, Elected], Question | None]:
    answers = [lot.winner for lot in lots]
    try:
        if paper.rules.system is System.PROPORTIONAL:
            return _by_lists(paper, everything, answers)
        return _by_persons(paper, everything, answers)
    except LotRefused as error:
        text = "Ein eingetragenes Los passt nicht mehr zu den Stimmen, weil sich die Zählung geändert hat."
        raise Refused(f"{text} Der Wahlausschuss muss neu ziehen. ({error})") from error
    except MajoritySeatsOpen as error:
        text = "Eine Liste hat mehr als die Hälfte der Stimmen, aber ein weiterer Sitz reicht nicht zur Mehrheit (§ 41 Abs. 2 KWG)."
        raise Refused(f"{text} Der Wahlausschuss muss die Lesart festlegen, unter Regeln: „Lesart der Mehrheitsklausel“.") from error


def _by_lists(paper: Paper, everything: Tally, answers: Sequence[str]) -> tuple[Allocation | None, dict[str, Elected], Question | None]:
    votes = everything.list_votes(paper)
    gone = paper.gone
    lists = [
        ListVotes(key, votes[key], sum(person.candidate not in gone for person in printed.candidates))
        for key, printed in paper.law.lists.items()
    ]
    rules = paper.rules
    clause = bool(rules.majority_clause)
    allocation = allocate(rules.seat_method, rules.seats, lists, majority_clause=clause, majority_seats=rules.majority_seats, lots=answers)
    elected = {}
    if allocation.outcome is Outcome.DONE:
        for key, printed in paper.law.lists.items():
            persons = [PersonVotes(person.candidate, everything.votes.get(person.candidate, 0)) for person in printed.candidates]
            elected[key] = of_list(persons, allocation.seats[key], gone)
    return allocation, elected, _question(LotKind.LIST, allocation.lot, paper, len(answers))


def _by_persons(paper: Paper, everything: Tally, answers: Sequence[str]) -> tuple[Allocation | None, dict[str, Elected], Question | None]:
    printed = {person.candidate: 0 for each in paper.law.lists.values() for person in each.candidates if person.candidate not in paper.gone}
    persons = [PersonVotes(key, number) for key, number in {**printed, **everything.votes}.items()]
    chosen = of_majority(persons, paper.rules.seats, answers)
    return None, {"": chosen}, _question(LotKind.PERSON, chosen.lot, paper, len(answers))


def _question(kind: LotKind, lot: LotQuestion | None, paper: Paper, drawn: int) -> Question | None:
    if lot is None:
        return None
    names = {key: paper.names.get(key, key) for key in lot.among}
    return Question(kind, lot.seat, lot.among, names, drawn + 1)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value
