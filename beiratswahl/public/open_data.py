"""Offene Daten: published results as tables that existing readers know, made from the published JSON alone.

All tables: `;`, UTF-8 without BOM, one header, RFC 4180 quoting, `dd.mm.yyyy`, no thousands separator, empty where nothing is known.

Stimmbezirke und Wahlgebiet (layout of votemanager's open data): datum, wahl, ags, gebiet-nr (several small districts: "3+4"), gebiet-name,
max-schnellmeldungen, anz-schnellmeldungen, A1, A2, A3 (not told apart, empty), A Wahlberechtigte, B Wähler, B1 Wähler mit Wahlschein,
C ungültige Stimmzettel, D gültige Stimmen, D1 … votes of the nominations (Mehrheitswahl: of the persons) in the order of the names table,
D1_1 … votes of the candidates of nomination 1, and as an addition gueltige-stimmzettel.

Namen: schluessel (D1, D1_1), art (Wahlvorschlag or Person), wahlvorschlag-nr, platz, name, sitze, gewaehlt, ersatzperson-rang.
"""

from collections.abc import Sequence

from beiratswahl import csv_files, words
from beiratswahl.public.districts import District
from beiratswahl.public.publication import Person, Version

ELECTION = "Beiratswahl"
HEAD = (
    "datum",
    "wahl",
    "ags",
    "gebiet-nr",
    "gebiet-name",
    "max-schnellmeldungen",
    "anz-schnellmeldungen",
    "A1",
    "A2",
    "A3",
    "A",
    "B",
    "B1",
)
NAMES = ("schluessel", "art", "wahlvorschlag-nr", "platz", "name", "sitze", "gewaehlt", "ersatzperson-rang")


def districts_csv(version: Version) -> bytes:
    """Stimmbezirke, small ones together."""
    rows = [
        _row(version, "+".join(map(str, of.numbers)), " und ".join(of.names), (len(of.numbers), len(of.numbers)), of)
        for of in version.districts
    ]
    return csv_files.table((*HEAD, *_vote_columns(version)), rows)


def area_csv(version: Version) -> bytes:
    """Wahlgebiet: one row with the totals."""
    reports = sum(len(of.numbers) for of in version.districts) or 1
    most = version.interim.districts if version.interim else reports
    return csv_files.table((*HEAD, *_vote_columns(version)), [_row(version, "0", version.authority, (most, reports), _total(version))])


def names_csv(version: Version) -> bytes:
    """Namen zu den Spalten D1, D1_1 …"""
    rows: list[Sequence[object]] = []
    undecided = version.interim is not None
    for at, of in enumerate(version.lists, 1):
        rows.append((f"D{at}", "Wahlvorschlag", of.number, "", of.keyword, "" if undecided else of.seats, "", ""))
        persons = enumerate(of.candidates, 1)
        rows += [(f"D{at}_{place}", "Person", of.number, one.position, *_person(one, undecided)) for place, one in persons]
    rows += [(f"D{at}", "Person", "", "", *_person(one, undecided)) for at, one in enumerate(version.persons, 1)]
    return csv_files.table(NAMES, rows)


def rules_and_steps(version: Version) -> dict[str, object]:
    """Regeln, Lose und Rechenschritte of a version as JSON values."""
    steps = version.allocation.steps if version.allocation else ()
    return {
        "format": "beiratswahl-regeln",
        "format_version": 1,
        "ags": version.ags,
        "election_day": version.election_day.isoformat(),
        "version": version.number,
        "rules": [
            {"rule": of.rule, "title": of.title, "value": of.value, "origin": of.origin, "source": of.source} for of in version.rules
        ],
        "lots": [{"subject": lot.subject, "among": list(lot.among), "result": lot.result, "source": lot.source} for lot in version.lots],
        "steps": [{"source": step.source, "text": step.text} for step in steps],
    }


def _vote_columns(version: Version) -> tuple[str, ...]:
    by_list = [(f"D{at}", *(f"D{at}_{place}" for place in range(1, len(of.candidates) + 1))) for at, of in enumerate(version.lists, 1)]
    persons = [f"D{at}" for at in range(1, len(version.persons) + 1)]
    return ("C", "D", *(name for names in by_list for name in names), *persons, "gueltige-stimmzettel")


def _row(version: Version, number: str, name: str, reports: tuple[int, int], of: District) -> Sequence[object]:
    by_mail = of.postal.admitted if of.postal else ""
    lists = [(votes, *candidates) for votes, candidates in zip(of.list_votes, of.candidate_votes, strict=True)]
    return (
        *(words.short_date(version.election_day), ELECTION, version.ags, number, name, *reports),
        *("", "", "", of.eligible, of.voters, by_mail, of.invalid_ballots, of.votes),
        *(votes for block in lists for votes in block),
        *of.person_votes,
        of.valid_ballots,
    )


def _total(version: Version) -> District:
    return District(
        numbers=(0,),
        names=(version.authority,),
        eligible=version.eligible,
        voters=version.voters,
        valid_ballots=version.valid_ballots,
        invalid_ballots=version.invalid_ballots,
        votes=version.votes,
        postal=version.postal,
        list_votes=tuple(of.votes for of in version.lists),
        candidate_votes=tuple(tuple(one.votes for one in of.candidates) for of in version.lists),
        person_votes=tuple(one.votes for one in version.persons),
    )


def _person(one: Person, undecided: bool) -> Sequence[object]:
    return (one.name, "", "" if undecided else "ja" if one.elected_rank is not None else "nein", one.substitute_rank)
