"""Offene Daten: the announced result as JSON and as CSV, from the same sheet as the printed page, always the same bytes.

JSON fields (`format` "beiratswahl-ergebnis", `format_version` 1; whole numbers are numbers, exact fractions are text such as "1234/5",
days are ISO 8601, a missing value is null):

- `authority`, `ags`, `council`, `bylaw`, `level`: whose election it is; `ags` keeps its leading zero
- `election_day`, `system`, `seats`
- `label` ("vorläufig", "endgültig", or "Zwischenstand" while districts are missing), `version`, `determined_on`, `announced_on`
- `eligible`, `voters`, `turnout`, `valid_ballots`, `invalid_ballots`, `votes`
- `contact`: `office`, `address` (lines), `lines` (telephone, e-mail)
- `postal_letters`: `in_time` (the rejected ones among them), `rejected`, `late`,
  `rejected_by_reason` (`reason`, `text`, `source`, `letters`); or null
- `lists` (Verhältniswahl): `number`, `keyword`, `votes`, `share` (of all votes), `seats`, `vacant_seats`, `candidates` in ballot order
- `persons` (Mehrheitswahl): the elected and the published substitutes
- a candidate: `position`, `title`, `family_name`, `given_names`, `votes`, `elected`, `elected_rank`, `substitute_rank`, `by_lot`
- `vacant_seats`
- `lots`: `subject`, `among`, `drawn_by`, `drawn_on`, `witnesses`, `result`, `source`, `seat`, `winner`, `list` (the list that won the
  seat, null between persons), `drawn_hour` (local time, or ""); the last four may be missing in older files
- `allocation`: `method`, `source`, `divisor`, `quotients` (`list`, `divisor`, `value`, `rank`, `by_lot`),
  `rounding` (`list`, `votes`, `quotient`, `seats`, `note`), `steps` (`rule`, `source`, `text`); or null
- `districts`: polling districts that have enough ballots, and one entry for the small ones together: `numbers`, `names`, `eligible`,
  `voters`, `valid_ballots`, `invalid_ballots`, `votes`, `postal_letters`, `list_votes` (in the order of `lists`), `candidate_votes`
  (for each list, in the order of its `candidates`), `person_votes` (in the order of `persons`); they add up to the totals
- `least_ballots`: with fewer ballots a district stands only together with others
- `rules`: the rules that held: `rule`, `title`, `value`, `origin`, `source`
- `statistics`: `least`, `elected` (`sex`, `age`, `nationality`, `elected_before`), `candidates` (`sex`, `age`), `eligible` (`minors`):
  persons by group; a group is null when it is left out so that nobody is recognised, a whole table is null when it was not recorded; may
  be missing
- `interim`: only in an interim version: `districts_counted`, `districts` (all), `missing` (`number`, `name`). Such a version allocates no
  seats and elects nobody: `turnout`, `allocation`, `vacant_seats`, `seats` and `vacant_seats` of the lists, `elected` and the ranks are
  null; `eligible` is the whole electorate, every other number is of the counted districts; `persons` are all that are printed

CSV columns (`;`, UTF-8 without BOM, RFC 4180 quoting, `dd.mm.yyyy`, no thousands separator; one row per person, so a list that nobody
stands on cannot occur): version, wahl-behoerde-gs, wahl-datum, stand, ergebnis-version, wahlvorschlag-nr, wahlvorschlag,
wahlvorschlag-stimmen, wahlvorschlag-sitze, platz, titel, familienname, vornamen, stimmen, gewaehlt, gewaehlt-rang, ersatzperson-rang,
los (the lot decided the rank of this person), wahlvorschlag-los-sitze (seats of the list that the lot decided).
"""

import json
from collections.abc import Iterator
from fractions import Fraction

from beiratswahl import csv_files, words
from beiratswahl.documents.press import Enclosure
from beiratswahl.documents.result_districts import DistrictFigures, PostalLetters
from beiratswahl.documents.result_sheet import Candidate, ListResult, ResultAnnouncement, SeatAllocation, elected_of

CSV_VERSION = "1.0"
CSV_COLUMNS = (
    *("version", "wahl-behoerde-gs", "wahl-datum", "stand", "ergebnis-version"),
    *("wahlvorschlag-nr", "wahlvorschlag", "wahlvorschlag-stimmen", "wahlvorschlag-sitze"),
    *("platz", "titel", "familienname", "vornamen", "stimmen", "gewaehlt", "gewaehlt-rang", "ersatzperson-rang"),
    *("los", "wahlvorschlag-los-sitze"),
)


def result_files(sheet: ResultAnnouncement) -> tuple[Enclosure, Enclosure]:
    """Beigefügte Dateien: ergebnis.json and ergebnis.csv."""
    return (
        Enclosure("ergebnis.json", "Wahlergebnis mit allen Rechenschritten, maschinenlesbar", result_json(sheet)),
        Enclosure("ergebnis.csv", "Stimmen je Bewerberin und Bewerber als Tabelle", result_csv(sheet)),
    )


def result_json(sheet: ResultAnnouncement) -> bytes:
    """Ergebnis als JSON; the fields stand in the head of this module."""
    content = {
        "format": "beiratswahl-ergebnis",
        "format_version": 1,
        "authority": sheet.letterhead.municipality,
        "ags": sheet.ags,
        "council": sheet.council,
        "bylaw": sheet.bylaw,
        "level": sheet.level.value,
        "election_day": sheet.election_day.isoformat(),
        "system": sheet.system.value,
        "seats": sheet.seats,
        "label": sheet.label.value,
        "version": sheet.version,
        "determined_on": sheet.determined_on.isoformat() if sheet.determined_on else None,
        "announced_on": sheet.announced_on.isoformat(),
        "eligible": sheet.eligible,
        "voters": sheet.voters,
        "turnout": None if sheet.interim else _fraction(sheet.turnout),
        "valid_ballots": sheet.valid_ballots,
        "invalid_ballots": sheet.invalid_ballots,
        "votes": sheet.votes,
        "contact": {
            "office": sheet.letterhead.office,
            "address": list(sheet.letterhead.address),
            "lines": list(sheet.letterhead.contact),
        },
        "postal_letters": _letters(sheet.postal),
        "lists": [_list(of, sheet) for of in sheet.lists],
        "persons": [_candidate(person, sheet) for person in _published_persons(sheet)],
        "vacant_seats": None if sheet.interim else sheet.vacant,
        "lots": [
            {
                "subject": lot.subject,
                "among": list(lot.among),
                "drawn_by": lot.drawn_by,
                "drawn_on": lot.drawn_on.isoformat(),
                "witnesses": list(lot.witnesses),
                "result": lot.result,
                "source": lot.source,
                "seat": lot.seat,
                "winner": lot.winner,
                "list": lot.list_number,
                "drawn_hour": lot.drawn_hour,
            }
            for lot in sheet.lots
        ],
        "allocation": _allocation(sheet.allocation) if sheet.allocation else None,
        "districts": [_district(figures, sheet) for figures in sheet.districts],
        "least_ballots": sheet.least_ballots,
        "rules": [
            {"rule": rule.rule, "title": rule.title, "value": rule.value, "origin": rule.origin, "source": rule.source}
            for rule in sheet.rules
        ],
    }
    if sheet.statistics:
        content["statistics"] = sheet.statistics.as_fields()
    if sheet.interim:
        missing = [{"number": number, "name": name} for number, name in sheet.interim.missing]
        content["interim"] = {"districts_counted": sheet.interim.counted, "districts": sheet.interim.districts, "missing": missing}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def result_csv(sheet: ResultAnnouncement) -> bytes:
    """Ergebnis als CSV by the rules of offenewahldaten.de; the columns stand in the head of this module."""
    return csv_files.table(CSV_COLUMNS, _csv_rows(sheet))


def _csv_rows(sheet: ResultAnnouncement) -> Iterator[list[object]]:
    head = [CSV_VERSION, sheet.ags, words.short_date(sheet.election_day), sheet.label.value, sheet.version]
    for of in sheet.lists:
        for person in of.candidates:
            seats, drawn = ("", "") if sheet.interim else (of.seats, sum(lot.list_number == of.number for lot in sheet.lots))
            yield [*head, of.number, of.keyword, of.votes, seats, *_cells(person, sheet), drawn]
    for person in _published_persons(sheet):
        yield [*head, "", "", "", "", *_cells(person, sheet), ""]


def _published_persons(sheet: ResultAnnouncement) -> tuple[Candidate, ...]:
    return sheet.persons if sheet.interim else elected_of(sheet.persons) + sheet.published_substitutes


def _cells(person: Candidate, sheet: ResultAnnouncement) -> list[object]:
    about = [person.position, person.title, person.family_name, person.given_names, person.votes]
    if sheet.interim:
        return [*about, "", "", "", ""]
    return [
        *about,
        "ja" if person.elected else "nein",
        person.elected_rank,
        person.substitute_rank,
        "ja" if person.by_lot else "nein",
    ]


def _letters(postal: PostalLetters | None) -> dict[str, object] | None:
    if postal is None:
        return None
    by_reason = [{"reason": of.reason, "text": of.text, "source": of.source, "letters": of.letters} for of in postal.reasons]
    return {"in_time": postal.in_time, "rejected": postal.rejected, "late": postal.late, "rejected_by_reason": by_reason}


def _district(figures: DistrictFigures, sheet: ResultAnnouncement) -> dict[str, object]:
    by_person = dict(zip(map(id, sheet.persons), figures.person_votes, strict=True)) if figures.person_votes else {}
    return {
        "numbers": list(figures.numbers),
        "names": list(figures.names),
        "eligible": figures.eligible,
        "voters": figures.voters,
        "valid_ballots": figures.valid_ballots,
        "invalid_ballots": figures.invalid_ballots,
        "votes": figures.votes,
        "postal_letters": _letters(figures.postal),
        "list_votes": list(figures.list_votes),
        "candidate_votes": [list(votes) for votes in figures.candidate_votes],
        "person_votes": [by_person[id(person)] for person in _published_persons(sheet)] if by_person else [],
    }


def _list(of: ListResult, sheet: ResultAnnouncement) -> dict[str, object]:
    return {
        "number": of.number,
        "keyword": of.keyword,
        "votes": of.votes,
        "share": _fraction(Fraction(of.votes, sheet.votes)) if sheet.votes else None,
        "seats": None if sheet.interim else of.seats,
        "vacant_seats": None if sheet.interim else of.vacant,
        "candidates": [_candidate(person, sheet) for person in of.candidates],
    }


def _candidate(person: Candidate, sheet: ResultAnnouncement) -> dict[str, object]:
    return {
        "position": person.position,
        "title": person.title,
        "family_name": person.family_name,
        "given_names": person.given_names,
        "votes": person.votes,
        "elected": None if sheet.interim else person.elected,
        "elected_rank": person.elected_rank,
        "substitute_rank": person.substitute_rank,
        "by_lot": None if sheet.interim else person.by_lot,
    }


def _allocation(allocation: SeatAllocation) -> dict[str, object]:
    return {
        "method": allocation.method,
        "source": allocation.source,
        "divisor": _fraction(allocation.divisor),
        "quotients": [
            {
                "list": item.list_number,
                "divisor": _fraction(item.divisor),
                "value": _fraction(item.value),
                "rank": item.rank,
                "by_lot": item.by_lot,
            }
            for item in allocation.quotients
        ],
        "rounding": [
            {"list": line.list_number, "votes": line.votes, "quotient": _fraction(line.quotient), "seats": line.seats, "note": line.note}
            for line in allocation.lines
        ],
        "steps": [{"rule": step.rule, "source": step.source, "text": step.text} for step in allocation.steps],
    }


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else f"{value.numerator}/{value.denominator}"
