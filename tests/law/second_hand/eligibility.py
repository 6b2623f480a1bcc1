"""Wahlberechtigung a second time: walk through the days, try every date an incomplete date could be.

Source: § 56 Abs. 2 GemO = § 49a Abs. 2 LKO [V]; § 1 Abs. 1 Nr. 2 and 3, Abs. 3, § 2 KWG [V]; statute versions 1994, 2009, 2014 [S].
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Any

Json = dict[str, Any]
GERMAN = "000"
STATELESS = "997"
UNCLEAR_NATIONALITY = {"998", "999"}
DAY = timedelta(days=1)


def answer(document: Json) -> Json:
    """Per person: entitled, category, grounds, entry."""
    return {"persons": [{"person": person["person"]} | decide(document["election"], person) for person in document["persons"]]}


def decide(election: Json, person: Json) -> Json:
    """First what every ground needs, then the grounds, then the way into the roll."""
    day = date.fromisoformat(election["day"])
    rules = election["rules"]
    area = set(election["area"]) | set(election.get("incorporated", []))
    general = [
        completed(person.get("birth_date"), rules.get("age", 16 if day.year >= 2014 else 18), day),
        resident(person, area, rules.get("residence_months", 3), day),
        {True: "no", False: "yes", None: "unclear"}[person.get("excluded", False)],
        verdict({died > day for died in completions(person["died"], day)}) if person.get("died") else "yes",
    ]
    grounds = grounds_of(day)
    german = GERMAN in person.get("nationalities", [])
    nationality, category = nationality_of(set(person.get("nationalities", [])))
    if german and "NR2B" not in grounds:
        nationality = "no"
    applications = applications_of(person)
    first = nationality if person.get("registered", True) else first_claimed(nationality, applications)
    claims = {one["ground"]: claim_of(one, person, category, rules, day) for one in applications if one["ground"] != "NR1"}
    claims |= dict.fromkeys(claims.keys() - grounds, "no")
    hopeful = sorted(ground for ground, state in claims.items() if state != "no")
    if category in (None, GERMAN) and hopeful:
        category = CATEGORY[hopeful[0]]
    by_policy = german and not rules["dual_nationals_ex_officio"]
    on_application = by_policy or not person.get("registered", True)
    usable = first if applications or not on_application else "no"
    ground = best([usable, *claims.values()])
    claimed_first = on_application and any(one["ground"] == "NR1" for one in applications)
    states = {"NR1": nationality if nationality == "yes" or claimed_first else "no"} | claims
    entitled = "no" if "no" in [*general, ground] else "unclear" if "unclear" in [*general, ground] else "yes"
    wanted = ("yes",) if entitled == "yes" else ("yes", "unclear")
    return {
        "entitled": entitled,
        "category": None if category == GERMAN else category,
        "grounds": sorted(name for name, state in states.items() if state in wanted),
        "entry": None if "no" in general else entry_of(first, on_application, bool(hopeful), bool(applications), person, grounds),
    }


def grounds_of(day: date) -> set[str]:
    """1994: Ausländer alone; 2009: with Spätaussiedler and Eingebürgerte; 2014: with the children under § 4 StAG."""
    return {"NR1"} | ({"NR2A", "NR2B"} if day.year >= 2009 else set()) | ({"NR2C", "NR2D"} if day.year >= 2014 else set())


def entry_of(first: str, on_application: bool, hopeful: bool, applied: bool, person: Json, grounds: set[str]) -> str | None:
    """Ex officio where the register shows NR1 and the policy allows it, on application where somebody has applied or still can."""
    if first == "yes" and not on_application:
        return "ex_officio"
    if first == "yes" or hopeful:
        return "application"
    if not on_application and first == "unclear":
        return None
    if applied:
        return "application" if first == "unclear" else None
    can_claim = GERMAN in person.get("nationalities", []) and "NR2B" in grounds
    return "application" if can_claim or not person.get("registered", True) else None


def applications_of(person: Json) -> list[Json]:
    """None, one, or a list."""
    given = person.get("application")
    return given if isinstance(given, list) else [given] if given else []


def nationality_of(keys: set[str]) -> tuple[str, str | None]:
    """NR1 by the keys of the register, and the group; German and stateless at once, or stateless and unclear at once, is no answer."""
    named = keys - {GERMAN, STATELESS} - UNCLEAR_NATIONALITY
    if named:
        return "yes", "Doppelstaater" if GERMAN in keys else "Ausländer"
    if keys == {STATELESS}:
        return "yes", "Ausländer"
    if keys == {GERMAN}:
        return "no", GERMAN
    return "unclear", GERMAN if GERMAN in keys else None


def first_claimed(nationality: str, applications: list[Json]) -> str:
    """§ 26 BMG: who is not registered affirms the residence in the application; without that it stays open."""
    affirmed = any(one["proof"] for one in applications if one["ground"] == "NR1")
    return "unclear" if nationality == "yes" and not affirmed else nationality


def claim_of(application: Json, person: Json, category: str | None, rules: Json, day: date) -> str:
    """What became of a claimed NR2: only Germans can hold it, and only with proof."""
    if category == "Ausländer":
        return "no"
    if application["ground"] == "NR2C":
        since = verdict({born >= date(2000, 1, 1) for born in completions(person.get("birth_date"), day)})
        if since != "yes":
            return since if since == "no" or application["proof"] else "unclear"
    if application["ground"] == "NR2D":
        parent = application.get("parent")
        if parent == "Deutsche" or (parent == "Eingebürgerte" and not rules["children_of_naturalised"]):
            return "no"
        if parent is None:
            return "unclear"
    return "yes" if application["proof"] and GERMAN in person.get("nationalities", []) else "unclear"


def best(states: list[str]) -> str:
    """One ground is enough."""
    return "yes" if "yes" in states else "unclear" if "unclear" in states else "no"


CATEGORY = {"NR2A": "Spätaussiedler", "NR2B": "Eingebürgerte", "NR2C": "Kinder nach § 4 StAG", "NR2D": "Kinder nach § 4 StAG"}


def completions(text: str | None, day: date) -> list[date]:
    """Every calendar day an incomplete date can mean; a missing year means any age at all."""
    parts = [int(part) for part in (text or "0").split("-")] + [0, 0]
    years = [parts[0]] if parts[0] else list(range(day.year - 40, day.year + 1))
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


def resident(person: Json, area: set[str], months: int, day: date) -> str:
    """A Hauptwohnung in the area on every day from the last permitted day of moving in to the election day."""
    homes = person.get("residences")
    if homes is None or (not homes and not person.get("registered", True)):
        return "unclear"
    first = day
    while whole_months(first, day) < months:
        first -= DAY
    wanted = [first + DAY * n for n in range((day - first).days + 1)]
    results = set()
    for main_unknown in (True, False):
        for late in (True, False):
            for gone in (True, False):
                mains = [home for home in homes if home.get("main", None) or (home.get("main", None) is None and main_unknown)]
                inside = [home for home in mains if belongs(home["ags"], area)]
                results.add(all(any(covers(home, each, late, gone) for home in inside) for each in wanted))
    outside = [home for home in homes if home.get("main") and not belongs(home["ags"], area)]
    if results != {False} and any(contradicts(home, wanted) for home in outside):
        return "unclear"
    return verdict(results)


def belongs(ags: str, area: set[str]) -> bool:
    """A municipality of the area; five digits stand for a whole Landkreis."""
    return ags in area or ags[:5] in area


def contradicts(home: Json, wanted: list[date]) -> bool:
    """A second Hauptwohnung at the same time; moving out on the first or in on the last day is no second one (§ 21 Abs. 2 BMG)."""
    days = [each for each in wanted if covers(home, each, False, False)]
    ends_first = all(each == wanted[0] for each in days) and not covers(home, wanted[0] + DAY, False, False)
    return bool(days) and not ends_first and any(each != wanted[-1] for each in days)


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


def covers(residence: Json, day: date, late: bool, gone: bool) -> bool:
    """Whether the person lived there that day, every incomplete date read as late as possible (`late`) or as early (`gone`) as possible."""
    until, since = residence.get("until"), residence.get("from")
    if until is not None:
        ends = completions_wide(until)
        if (min(ends) if gone else max(ends)) < day:
            return False
    starts = completions_wide(since)
    return (max(starts) if late else min(starts)) <= day


@cache
def completions_wide(text: str | None) -> list[date]:
    """The earliest and the latest day an incomplete date can mean; an unknown date of moving may lie anywhere."""
    if text is None or text.startswith("0000"):
        return [date.min, date.max]
    return completions(text, date.max)
