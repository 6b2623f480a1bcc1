"""Reads of pairs that may be one person: who resembles whom, and both entries side by side."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.tables.electoral_roll import DuplicateDecision
from beiratswahl.store.tables.roll import RegisteredPerson

LONG_ENOUGH = 4


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """Mögliche Doppelung: two register numbers with one birth date and names that are spellings of one another."""

    person_id: int
    register_number: str
    name: str
    other_id: int
    other_register_number: str
    other_name: str
    birth_date: str


@dataclass(frozen=True, slots=True)
class DuplicateView:
    """Entscheidung über eine Doppelung; when both are one person, `person_id` is left out and `other_id` stays."""

    person_id: int
    name: str
    other_id: int
    other_name: str
    same: bool
    reason: str
    at_utc: datetime
    by: str


def possible_duplicates(session: Session, election_id: int, limit: int = 200) -> tuple[PossibleDuplicate, ...]:
    """Mögliche Doppelungen nobody has decided about: one complete birth date, and names that resemble one another (`resemble`)."""
    pairs = undecided_pairs(session, election_id)[:limit]
    query = select(RegisteredPerson.id, RegisteredPerson.register_number, RegisteredPerson.family_name, RegisteredPerson.given_names)
    wanted = {number for pair in pairs for number in pair}
    known = {row.id: row for row in session.execute(query.where(RegisteredPerson.id.in_(wanted)).add_columns(RegisteredPerson.birth_date))}
    return tuple(
        PossibleDuplicate(
            one,
            known[one].register_number,
            f"{known[one].family_name}, {known[one].given_names}",
            other,
            known[other].register_number,
            f"{known[other].family_name}, {known[other].given_names}",
            known[one].birth_date,
        )
        for one, other in pairs
    )


def undecided_pairs(session: Session, election_id: int) -> list[tuple[int, int]]:
    """Ids of all possible duplicates nobody has decided about, sorted by the name of the first one."""
    decisions = session.execute(
        select(DuplicateDecision.person_id, DuplicateDecision.other_id, DuplicateDecision.same).where(
            DuplicateDecision.election_id == election_id
        )
    ).all()
    decided = {frozenset((one, other)) for one, other, _ in decisions}
    left_out = {one for one, _, same in decisions if same}
    return [
        (one, other)
        for one, other in _similar_pairs(session, election_id)
        if one not in left_out and other not in left_out and frozenset((one, other)) not in decided
    ]


def duplicate_decisions(session: Session, election_id: int, person_id: int | None = None) -> tuple[DuplicateView, ...]:
    """Entscheidungen über Doppelungen, the newest first; of one person only when she is named."""
    query = select(DuplicateDecision).where(DuplicateDecision.election_id == election_id).order_by(DuplicateDecision.id.desc())
    if person_id is not None:
        query = query.where((DuplicateDecision.person_id == person_id) | (DuplicateDecision.other_id == person_id))
    rows = session.scalars(query).all()
    ids = {number for row in rows for number in (row.person_id, row.other_id)}
    people = select(RegisteredPerson.id, RegisteredPerson.family_name, RegisteredPerson.given_names).where(RegisteredPerson.id.in_(ids))
    names = {number: f"{family}, {given}" for number, family, given in session.execute(people)}
    return tuple(
        DuplicateView(row.person_id, names[row.person_id], row.other_id, names[row.other_id], row.same, row.reason, row.at_utc, row.by)
        for row in rows
    )


def _similar_pairs(session: Session, election_id: int) -> Iterator[tuple[int, int]]:
    # A join of the table with itself by birth date takes minutes for a town: no index serves it, and one would slow every import down.
    columns = (RegisteredPerson.birth_date, RegisteredPerson.search_words, RegisteredPerson.id)
    born: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    query = select(*columns).where(RegisteredPerson.election_id == election_id).order_by(RegisteredPerson.search_words, RegisteredPerson.id)
    for birth_date, names, number in session.execute(query.execution_options(yield_per=20_000)):
        if not birth_date.endswith("-00"):
            born[birth_date].append((names, number))
    found = {(*one, *other) for people in born.values() for one, other in _sharing_a_word(people) if resemble(one[0], other[0])}
    return ((one, other) for _, one, _, other in sorted(found))


def _sharing_a_word(people: list[tuple[str, int]]) -> Iterator[tuple[tuple[str, int], tuple[str, int]]]:
    """Pairs of people of one birth date who share a word of their names; without one they cannot resemble one another."""
    named: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for person in people if len(people) > 1 else ():
        for word in set(person[0].split()):
            yield from ((other, person) for other in named[word])
            named[word].append(person)


def resemble(names: str, others: str) -> bool:
    """Ähnliche Namen: whether two sets of search words can be spellings of one name.

    All words of the shorter name are found in the longer one: equal, or one letter apart, or one the beginning of the other, with at least
    one of them equal. So „Müller, Ana“ resembles „Mueller, Anna Maria“, and exchanged names resemble one another.
    """
    if names == others:
        return True
    fewer, more = sorted((names.split(), others.split()), key=len)
    if not set(fewer) & set(more):
        return False
    return len(fewer) > 1 and all(any(_is_spelling(word, other) for other in more) for word in fewer)


def _is_spelling(word: str, other: str) -> bool:
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    if len(short) < LONG_ENOUGH:
        return False
    return long.startswith(short) or (len(long) - len(short) < 2 and _is_one_letter_apart(short, long))


def _is_one_letter_apart(short: Sequence[str], long: Sequence[str]) -> bool:
    same = next((place for place, sign in enumerate(short) if sign != long[place]), len(short))
    return short[same:] == long[same + 1 :] or (len(short) == len(long) and short[same + 1 :] == long[same + 1 :])
