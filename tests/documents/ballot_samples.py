"""Ballots to print: small and large, both systems, the longest names; every name is invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson, BallotSheet
from beiratswahl.law.rules import MajorityOvervote, System
from tests.documents.samples import INTERNATIONAL, PARTICIPATION, ROOTS

NAMES = (*INTERNATIONAL, *PARTICIPATION, *ROOTS)
KEYWORDS = (
    "Internationale Liste",
    "Liste für gleichberechtigte Teilhabe, Bildung und Vielfalt in Musterstadt",
    "Wurzeln und Zukunft – Коріння і майбутнє",
    "Einzelbewerbung Dr. Abdi",
    "Junge Stimmen",
    "Bündnis der Vereine",
)


def persons(number: int, amount: int, named: dict[int, int] | None = None) -> tuple[BallotPerson, ...]:
    """As many persons as asked for, the names in turn."""
    found = []
    for place in range(1, amount + 1):
        family, given = NAMES[(place + 7 * number) % len(NAMES)].split("|")
        found.append(BallotPerson(f"{number}{place:02d}", family, given, (named or {}).get(place, 1)))
    return tuple(found)


def lists(amount: int, size: int) -> tuple[BallotList, ...]:
    """As many lists of one size."""
    return tuple(BallotList(at, KEYWORDS[(at - 1) % len(KEYWORDS)], persons(at, size)) for at in range(1, amount + 1))


def proportional() -> BallotSheet:
    """Four lists, 13 votes, one person three times and one twice."""
    sizes = ((1, 13, {}), (2, 13, {1: 3, 2: 2}), (3, 8, {}))
    people = tuple(BallotList(number, KEYWORDS[number - 1], persons(number, size, named)) for number, size, named in sizes)
    return BallotSheet(
        council_genitive="Beirates für Migration und Integration der Stadt Musterstadt",
        election_day=date(2024, 11, 10),
        system=System.PROPORTIONAL,
        votes=13,
        votes_per_person=3,
        created_at_utc=datetime(2024, 9, 30, 16, 0, tzinfo=UTC),
        lists=(*people, BallotList(4, KEYWORDS[3], (BallotPerson("401", "Abdi", "Dr. Fatuma"),))),
    )


def majority_persons() -> BallotSheet:
    """Mehrheitswahl: each person a nomination, 10 votes, free lines."""
    by_name = sorted(NAMES[:21], key=str.casefold)
    notes = ("Einzelbewerbung", "Verein für interkulturelle Begegnung Musterburg e.\u00a0V.", "", "Deutsch-Türkischer Freundeskreis")
    people = tuple(
        BallotPerson(str(at), *name.split("|"), note=notes[at % len(notes)])  # type: ignore[misc]
        for at, name in enumerate(by_name, 1)
    )
    return BallotSheet(
        council_genitive="Beirates für Migration und Integration des Landkreises Musterland",
        election_day=date(2024, 11, 10),
        system=System.MAJORITY,
        votes=10,
        votes_per_person=1,
        created_at_utc=datetime(2024, 9, 30, 16, 0, tzinfo=UTC),
        persons=people,
        write_in_lines=10,
        overvote=MajorityOvervote.INVALID_BALLOT,
        postal_only=False,
    )


def majority_list() -> BallotSheet:
    """Mehrheitswahl with one list: it can be marked as a whole."""
    return replace(
        majority_persons(),
        persons=(),
        lists=(BallotList(1, KEYWORDS[1], persons(1, 14)),),
        overvote=MajorityOvervote.FIRST_FROM_TOP,
    )


def large() -> BallotSheet:
    """Twelve lists with 46 persons each: 23 seats."""
    return replace(proportional(), votes=23, lists=lists(12, 46), specimen=True)


BALLOTS = {
    "ballot_proportional": proportional,
    "ballot_majority_persons": majority_persons,
    "ballot_majority_list": majority_list,
    "ballot_large": large,
}
