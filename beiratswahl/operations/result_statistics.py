"""Statistik zum Ergebnis, as AGARP and the Landtag ask for it: sex, age, nationality and re-election; small groups are left out."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.documents.result_statistics import Groups, ResultStatistics
from beiratswahl.operations.nationalities import nationality_name
from beiratswahl.operations.results import Result
from beiratswahl.operations.roll_statistics import roll_statistics, suppressed_labels
from beiratswahl.store.read.nominations import CandidateView, nominations
from beiratswahl.store.read.roll_statistics import SEXES, Dimension, age_group
from beiratswahl.store.read.setup import ElectionView
from beiratswahl.store.tables.results import Determination
from beiratswahl.store.tables.setup import Election

#: a group of fewer persons is left out
LEAST = 3
NOT_STATED = "ohne Angabe"
MINORS = age_group("2010-01-01", date(2026, 1, 1))


def result_statistics(session: Session, election: ElectionView, determined: Result) -> ResultStatistics:
    """Statistik zu Gewählten und Bewerbungen.

    Source: asked for in Landtag-Drucksache 16/5001 and by AGARP; what small numbers betray is left out, as the official statistics do [I].

    Args:
        session: any session.
        election: the election.
        determined: its complete result.
    """
    standing = [person for of in determined.paper.nominations for person in of.standing]
    by_key = {person.ballot_number or "": person for person in standing}
    elected = [by_key.get(key) for chosen in determined.elected.values() for key in chosen.elected]
    before = _elected_before(session, election)
    roll = roll_statistics(session, election.election_id, frozen=True)
    ages = next((table.groups for table in roll.tables if table.dimension is Dimension.AGE), ()) if roll else ()
    return ResultStatistics(
        least=LEAST,
        elected_sex=_by_sex(elected),
        elected_age=grouped(_age(person, election.day) for person in elected),
        elected_nationality=grouped(_nationality(person) for person in elected),
        elected_before=grouped("ja" if person and _who(person) in before else "nein" for person in elected) if before else None,
        candidates_sex=_by_sex(standing),
        candidates_age=grouped(_age(person, election.day) for person in standing),
        eligible_minors=next((group.persons for group in ages if group.label == MINORS), None),
    )


def _by_sex(persons: Sequence[CandidateView | None]) -> Groups | None:
    """None when nobody's sex was recorded."""
    told = [SEXES.get(person.sex, NOT_STATED) if person else NOT_STATED for person in persons]
    return grouped(told) if any(label != NOT_STATED for label in told) else None


def _age(person: CandidateView | None, day: date) -> str:
    return age_group(person.birth_date, day) if person and person.birth_date else NOT_STATED


def _nationality(person: CandidateView | None) -> str:
    return nationality_name(person.nationality) if person and person.nationality else NOT_STATED


def grouped(labels: Iterable[str]) -> Groups:
    """Persons by group; small groups are left out."""
    counts = Counter(labels)
    hidden = suppressed_labels(counts, LEAST)
    return {label: None if label in hidden else counts[label] for label in sorted(counts)}


def _elected_before(session: Session, election: ElectionView) -> frozenset[tuple[str, str, str]]:
    """Who was elected at the last election of the municipality that was determined here; empty when there was none."""
    query = (
        select(Determination.election_id, Determination.result)
        .join(Election, Election.id == Determination.election_id)
        .where(Election.municipality_id == election.municipality_id, Election.day < election.day)
        .order_by(Election.day.desc(), Determination.number.desc())
    )
    row = session.execute(query).first()
    if row is None:
        return frozenset()
    result = json.loads(row.result)["result"]
    everybody = [*result["persons"], *(person for of in result["lists"] for person in of["candidates"])]
    names = {(person["family_name"], person["given_names"]) for person in everybody if person["elected"]}
    people = [person for of in nominations(session, row.election_id) for person in of.candidates]
    return frozenset(_who(person) for person in people if (person.family_name, person.given_names) in names)


def _who(person: CandidateView) -> tuple[str, str, str]:
    return person.family_name.casefold(), person.given_names.casefold(), person.birth_date
