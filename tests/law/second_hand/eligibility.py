"""Wahlberechtigung a second time: walk through the days, try every date an incomplete date could be.

Source: § 56 Abs. 2 GemO = § 49a Abs. 2 LKO [V]; § 1 Abs. 1 Nr. 2 and 3, Abs. 3, § 2 KWG [V]; statute versions 1994, 2009, 2014 [S].
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

Json = dict[str, Any]
GERMAN = "000"
UNCLEAR_NATIONALITY = {"998", "999"}
DAY = timedelta(days=1)


def answer(document: Json) -> Json:
    """Per person: entitled, category, grounds, entry."""
    return {"persons": [{"person": person["person"]} | decide(document["election"], person) for person in document["persons"]]}


def decide(election: Json, person: Json) -> Json:
    """First what every ground needs, then the ground."""
    day = date.fromisoformat(election["day"])
    rules = election["rules"]
    died = person.get("died")
    general = [
        completed(person.get("birth_date"), rules.get("age", 18 if day < date(2014, 6, 1) else 16), day),
        resident(person.get("residences", []), set(election["area"]), rules.get("residence_months", 3), day),
        "no" if person.get("excluded") else "yes",
        "no" if died is not None and date.fromisoformat(died) <= day else "yes",
    ]
    entitled, category, grounds, entry = ground_of(rules, person)
    if "no" in general:
        return {"entitled": "no", "category": category, "grounds": grounds, "entry": None}
    if entitled == "yes" and "unclear" in general:
        entitled = "unclear"
    return {"entitled": entitled, "category": category, "grounds": grounds, "entry": entry}


def ground_of(rules: Json, person: Json) -> tuple[str, str | None, list[str], str | None]:
    """NR1 from the register; NR2A to NR2D only for Germans and only on application."""
    nationalities = set(person.get("nationalities", []))
    application = person.get("application")
    german = GERMAN in nationalities
    foreign = bool(nationalities - {GERMAN} - UNCLEAR_NATIONALITY)
    if not german:
        if foreign:
            return "yes", "Ausländer", ["NR1"], "ex_officio"
        return "unclear", None, [], None
    claimed = application["ground"] if application and application["ground"] != "NR1" else None
    shown = [claimed] if claimed and application["proof"] else []
    if foreign:
        grounds = ["NR1", *shown]
        if rules["dual_nationals_ex_officio"]:
            return "yes", "Doppelstaater", grounds, "ex_officio"
        return ("yes" if application else "no"), "Doppelstaater", grounds, "application"
    if nationalities & UNCLEAR_NATIONALITY and not shown:
        return "unclear", None, [], "application"
    if claimed is None:
        return "no", None, [], "application"
    return ("yes" if shown else "unclear"), CATEGORY[claimed], shown, "application"


CATEGORY = {"NR2A": "Spätaussiedler", "NR2B": "Eingebürgerte", "NR2C": "Kinder nach § 4 StAG", "NR2D": "Kinder nach § 4 StAG"}


def completions(text: str | None, day: date) -> list[date]:
    """Every calendar day an incomplete date can mean; a missing year means any age at all."""
    parts = [int(part) for part in (text or "0").split("-")] + [0, 0]
    years = [parts[0]] if parts[0] else list(range(day.year - 120, day.year + 1))
    months = [parts[1]] if parts[1] else list(range(1, 13))
    return [
        date(year, month, number)
        for year in years
        for month in months
        for number in ([parts[2]] if parts[2] else range(1, monthrange(year, month)[1] + 1))
        if number <= monthrange(year, month)[1]
    ]


def verdict(results: set[bool]) -> str:
    """Yes or no if every possibility says so."""
    if results == {True}:
        return "yes"
    return "no" if results == {False} else "unclear"


def completed(birth_date: str | None, age: int, day: date) -> str:
    """Age reached on the election day; the birthday itself counts (§ 187 Abs. 2 BGB)."""
    return verdict({birthdays(born, day) >= age for born in completions(birth_date, day)})


def birthdays(born: date, day: date) -> int:
    """Completed years of life."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def resident(residences: list[Json], area: set[str], months: int, day: date) -> str:
    """A Hauptwohnung in the area on every day from the last permitted day of moving in to the election day."""
    first = day
    while whole_months(first, day) < months:
        first -= DAY
    wanted = [first + DAY * n for n in range((day - first).days + 1)]
    inside = [one for one in residences if one["main"] and one["ags"] in area]
    return verdict({all(any(covers(one, each, open_from) for one in inside) for each in wanted) for open_from in (True, False)})


def whole_months(start: date, day: date) -> int:
    """Months completed before `day` by a period whose first day counts (§§ 187 Abs. 2, 188 Abs. 2 and 3 BGB)."""
    done = 0
    while True:
        month = start.month + done
        year, month = start.year + month // 12, month % 12 + 1
        last = monthrange(year, month)[1]
        end = date(year, month, start.day) - DAY if start.day <= last else date(year, month, last)
        if end >= day:
            return done
        done += 1


def covers(residence: Json, day: date, open_from: bool) -> bool:
    """Whether the person lived there that day; a missing date of moving in is read as long ago or as too late."""
    until = residence.get("until")
    if until is not None and date.fromisoformat(until) < day:
        return False
    if residence.get("from") is None:
        return open_from
    return date.fromisoformat(residence["from"]) <= day
