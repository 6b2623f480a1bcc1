"""Zeichnung des Stimmzettels: what was understood of one ballot, and what the law makes of it, ready to be drawn. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from beiratswahl.counting.command import Fault, Reading
from beiratswahl.counting.wording import CURING
from beiratswahl.law.ballot_papers import Ballot, Finding, Verdict
from beiratswahl.law.ballots import adjudicate
from beiratswahl.law.trace import Step
from beiratswahl.operations.ballot_words import FINDINGS, reason
from beiratswahl.operations.ballots import ALL_PERSONS, Paper
from beiratswahl.words import counted


@dataclass(frozen=True, slots=True)
class Line:
    """Zeile eines Bewerbers: the boxes as crossed on the paper, and the votes the law gives.

    `boxes` is as long as one person can get votes; `surplus` are crosses beyond them.
    """

    key: str
    name: str
    named: int
    boxes: tuple[bool, ...]
    surplus: int
    struck: bool
    voided: bool
    votes: int

    @property
    def marks(self) -> int:
        """Crosses as written."""
        return sum(self.boxes) + self.surplus


@dataclass(frozen=True, slots=True)
class Column:
    """Liste auf dem Stimmzettel; `markable` when it has a Kopfleiste, `title` is empty where all persons stand in one list."""

    key: str
    title: str
    markable: bool
    marked: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Gezeichneter Stimmzettel; `judged` when its votes are those of a verdict."""

    judged: bool
    columns: tuple[Column, ...]
    entries: tuple[str, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Feststellung in Worten: what a person has to know of a verdict.

    `curing` are the steps that set a mistake right, `other` all further ones, both in the order of the law. An invalid ballot is not
    healed: its steps are all `other`.
    """

    title: str
    kind: str
    votes: int
    allowed: int
    unused: int
    curing: tuple[Step, ...]
    other: tuple[Step, ...]
    needs_resolution: bool


def draw(paper: Paper, ballot: Ballot, votes: Mapping[str, int] | None) -> Drawing:
    """Stimmzettel zeichnen; without votes while there is no verdict."""
    people = {person.ballot_number or "": (person.name, person.named) for of in paper.nominations for person in of.standing}
    columns = tuple(
        Column(
            key,
            "" if key == ALL_PERSONS else paper.names[key],
            key != ALL_PERSONS,
            key in ballot.list_marks,
            tuple(_line(paper, ballot, votes or {}, one.candidate, *people[one.candidate]) for one in printed.candidates),
        )
        for key, printed in paper.law.lists.items()
    )
    entries = tuple(f"{one.text}{_doubt(one.person, one.eligible)}" for one in ballot.write_ins)
    return Drawing(votes is not None, columns, entries, tuple(FINDINGS[one.value] for one in Finding if one in ballot.findings))


def outcome(paper: Paper, verdict: Verdict) -> Outcome:
    """Feststellung in Worte fassen."""
    steps = verdict.steps_with(paper.names)
    votes = sum(verdict.votes.values())
    why = reason(verdict.reason.value) if verdict.reason else ""
    if verdict.needs_resolution:
        title, kind = f"Zweifelsfall – {why or 'Vorschlag: gültig'}", "warning"
    elif verdict.valid:
        title, kind = f"Gültig – {counted(votes, 'Stimme', 'Stimmen')}", "success"
    else:
        title, kind = f"Ungültig – {why}", "danger"
    healing = CURING if verdict.valid else ()
    curing = tuple(step for step in steps if step.rule in healing)
    other = tuple(step for step in steps if step.rule not in healing)
    return Outcome(title, kind, votes, paper.law.votes, verdict.unused, curing, other, verdict.needs_resolution)


def _line(paper: Paper, ballot: Ballot, votes: Mapping[str, int], key: str, name: str, named: int) -> Line:
    marks, cap = ballot.marks.get(key, 0), paper.law.cap
    boxes = tuple(place < marks for place in range(cap))
    return Line(key, name, named, boxes, max(0, marks - cap), key in ballot.struck, key in ballot.voided, votes.get(key, 0))


def _doubt(person: str | None, eligible: bool) -> str:
    if person is None:
        return " (nicht zu erkennen)"
    return "" if eligible else " (nicht wählbar)"


@dataclass(frozen=True, slots=True)
class Seen:
    """Was von einer Eingabe zu zeigen ist; `refused` when it was sent and not recorded."""

    drawing: Drawing
    outcome: Outcome | None
    faults: tuple[Fault, ...]
    refused: bool = False

    @property
    def begun(self) -> bool:
        """True while the only fault may go away by typing on."""
        return not self.refused and all(fault.begun for fault in self.faults)


def look(paper: Paper, reading: Reading, refused: tuple[Fault, ...] = ()) -> Seen:
    """What is shown of an entry; no verdict while a word is not understood, since nobody could rely on it."""
    faults = refused or reading.faults
    verdict = None if reading.empty or faults else adjudicate(paper.law, reading.ballot)
    drawing = draw(paper, reading.ballot, verdict.votes if verdict else None)
    return Seen(drawing, outcome(paper, verdict) if verdict else None, faults, bool(refused))
