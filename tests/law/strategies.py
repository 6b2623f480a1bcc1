"""Whole elections for the property tests: small numbers, so that ties, cures and borders are frequent."""

from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

votes = st.one_of(st.integers(0, 12), st.sampled_from([0, 1, 3, 6, 9, 15, 21]), st.integers(0, 300))


@st.composite
def seat_questions(draw: st.DrawFn) -> Json:
    """The input of `law seats` without lots: both methods, the clause, lists without votes, lists with too few candidates."""
    seats = draw(st.integers(1, 9))
    lists = [{"list": str(number), "votes": given} for number, given in enumerate(draw(st.lists(votes, min_size=1, max_size=5)), 1)]
    clause = draw(st.booleans())
    question: Json = {}
    if clause:
        if draw(st.booleans()):
            # 4 (6) equal lists beside the largest, 6 (9) seats: here one further seat is not yet a majority
            size, level = draw(st.sampled_from([4, 4, 6])), draw(st.integers(1, 20))
            seats = max(size * 3 // 2 + draw(st.sampled_from([0, 0, -1, 1])), 1)
            lists = [{"list": str(number), "votes": level + draw(st.sampled_from([0, 0, 0, 1]))} for number in range(1, size + 2)]
        leader = draw(st.sampled_from(lists))
        others = sum(one["votes"] for one in lists if one is not leader)
        leader["votes"] = max(others + draw(st.integers(-1, 3)), 0)
        question = {"majority_seats": draw(st.sampled_from([None, "one_further", "as_many_as_needed"]))}
    if draw(st.booleans()):
        for one in lists:
            one["candidates"] = draw(st.integers(1, seats + 1))
    method = draw(st.sampled_from(["Sainte-Laguë", "Sainte-Laguë", "Hare-Niemeyer"]))
    return question | {"method": method, "seats": seats, "majority_clause": clause, "lists": draw(st.permutations(lists))}


findings = st.lists(
    st.sampled_from(["nicht_amtlich", "anderes_wahlgebiet", "wille_nicht_erkennbar", "zusatz_oder_vorbehalt"]), unique=True, max_size=2
)
rarely = st.integers(0, 15).map(lambda number: number == 0)


@st.composite
def proportional_counts(draw: st.DrawFn) -> Json:
    """The input of `law ballots` for a Verhältniswahl; the names stand on the paper in no order of their letters."""
    available = draw(st.integers(1, 9))
    most = draw(st.sampled_from([1, 2, 3, 3, 3]))
    lists = [
        {"list": name, "candidates": [{"candidate": f"{name}{n}", "named": draw(st.integers(1, 3))} for n in range(size, 0, -1)]}
        for name, size in zip("CAB", draw(st.lists(st.integers(1, 5), min_size=1, max_size=3)), strict=False)
    ]
    rules = {
        "system": "Verhältniswahl",
        "votes": available,
        "max_votes_per_candidate": most,
        "remaining_votes": draw(st.sampled_from(["skip_marked", "top_up"])),
        "majority_overvote": "first_from_top",
        "write_ins": draw(st.booleans()),
    }
    ballots = [draw(proportional_ballots(str(number), lists)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    return {"rules": rules, "lists": lists, "ballots": ballots}


@st.composite
def proportional_ballots(draw: st.DrawFn, number: str, lists: list[Json]) -> Json:
    """One paper of a Verhältniswahl: heads, marks, strikes, seldom an entry or a finding."""
    touched = lists if draw(st.booleans()) else [draw(st.sampled_from(lists))]
    names = [c["candidate"] for one in touched for c in one["candidates"]]
    everyone = [c["candidate"] for one in lists for c in one["candidates"]]
    return {
        "ballot": number,
        "list_marks": draw(st.lists(st.sampled_from([one["list"] for one in lists]), unique=True, max_size=2)),
        "marks": draw(st.dictionaries(st.sampled_from(names), st.sampled_from([1, 1, 2, 3, 3, 4, 5]), max_size=len(names))),
        "struck": draw(st.lists(st.sampled_from(everyone), unique=True, max_size=draw(st.sampled_from([0, 0, 2, len(everyone)])))),
        "write_ins": [{"text": "Name", "person": None, "eligible": True}] if draw(rarely) else [],
        "findings": draw(findings) if draw(rarely) else [],
    }


@st.composite
def majority_counts(draw: st.DrawFn) -> Json:
    """The input of `law ballots` for a Mehrheitswahl with one list."""
    printed = [f"P{n}" for n in range(draw(st.integers(1, 8)), 0, -1)]
    rules = {
        "system": "Mehrheitswahl",
        "votes": draw(st.integers(1, 6)),
        "max_votes_per_candidate": 1,
        "remaining_votes": "skip_marked",
        "majority_overvote": draw(st.sampled_from(["first_from_top", "invalid_ballot"])),
        "write_ins": draw(st.integers(0, 3)) > 0,
    }
    eligible = {name: draw(st.integers(0, 3)) > 0 for name in ["X1", "X2", "X3", "X4"]} | dict.fromkeys(printed, True)
    ballots = [draw(majority_ballots(str(number), printed, eligible)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    return {"rules": rules, "lists": [{"list": "A", "candidates": [{"candidate": p, "named": 1} for p in printed]}], "ballots": ballots}


@st.composite
def majority_ballots(draw: st.DrawFn, number: str, printed: list[str], eligible: dict[str, bool]) -> Json:
    """One paper of a Mehrheitswahl: marks, strikes, entries of known, unknown, printed and repeated persons."""
    persons = draw(st.lists(st.sampled_from([None, *eligible]), max_size=draw(st.sampled_from([0, 2, 5]))))
    return {
        "ballot": number,
        "list_marks": draw(st.sampled_from([[], [], ["A"]])),
        "marks": draw(st.dictionaries(st.sampled_from(printed), st.sampled_from([1, 1, 2, 3]), max_size=len(printed))),
        "struck": draw(st.lists(st.sampled_from(printed), unique=True, max_size=draw(st.sampled_from([0, 2, len(printed)])))),
        "write_ins": [{"text": f"Eintrag {name}", "person": name, "eligible": eligible.get(name or "", False)} for name in persons],
        "findings": draw(findings) if draw(rarely) else [],
        "voided": draw(st.lists(st.sampled_from(printed), unique=True, max_size=2)) if draw(rarely) else [],
    }


def moved(day: date, months: int, days: int) -> date:
    """Some months earlier, then some days away: a point near a border."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) + timedelta(days=days)


@st.composite
def partial(draw: st.DrawFn, day: date) -> str | None:
    """A date of the register: mostly whole, sometimes without day, month or year."""
    whole = day.isoformat()
    return draw(
        st.sampled_from([whole, whole, whole, whole, whole[:7], whole[:7] + "-00", whole[:4], whole[:4] + "-00-00", "0000-00-00", None])
    )


AREA = ["07999000", "07999001"]
ELSEWHERE = "07111000"
INCORPORATED = "07222000"


@st.composite
def residences(draw: st.DrawFn, day: date, months: int) -> list[Json]:
    """Homes in a chain, with gaps and overlaps, elsewhere, with incomplete dates, as Haupt- or Nebenwohnung."""
    near = st.integers(-2, 2)
    result: list[Json] = []
    start = moved(day, draw(st.sampled_from([months, months, months, 2, 0, 60])), draw(near))
    for _ in range(draw(st.integers(0, 3))):
        end = start + timedelta(days=draw(st.sampled_from([0, 20, 45, 100, 2000])))
        if draw(st.booleans()):
            end = max(day + timedelta(days=draw(near)), start)
        result.append(
            {
                "ags": draw(st.sampled_from([*AREA, *AREA, *AREA, INCORPORATED, ELSEWHERE])),
                "main": draw(st.sampled_from([True, True, True, True, True, False, None])),
                "from": draw(partial(start)) if draw(rarely) else start.isoformat(),
                "until": draw(st.sampled_from([None, end.isoformat(), end.isoformat()[:7], end.isoformat()])),
            }
        )
        start = end + timedelta(days=draw(st.sampled_from([0, 1, 1, 2, -10])))
    return result


NATIONALITIES = [
    keys.split()
    for keys in ("475", "163", "000", "000", "000 163", "163 475", "997", "998", "999", "", "000 998", "998 163", "000 997", "997 998")
]


@st.composite
def electorates(draw: st.DrawFn) -> Json:
    """The input of `law eligibility`: elections under every version of the statute, persons near every border."""
    since_2014 = st.dates(date(2014, 11, 1), date(2032, 12, 31))
    before = st.sampled_from([date(2004, 10, 31), date(2009, 11, 8), date(2013, 2, 28)])
    day = draw(st.one_of(st.just(date(2024, 11, 10)), since_2014, since_2014, before))
    rules: Json = {"dual_nationals_ex_officio": draw(st.booleans()), "children_of_naturalised": draw(st.booleans())}
    if draw(st.booleans()):
        rules |= {"age": draw(st.sampled_from([16, 18])), "residence_months": draw(st.sampled_from([1, 3, 3, 6]))}
    election = {"day": day.isoformat(), "area": draw(st.sampled_from([AREA[:1], AREA, ["07999"]])), "rules": rules}
    if draw(st.booleans()):
        election["incorporated"] = [INCORPORATED]
    persons = [draw(people(f"W{number}", day, rules)) for number in range(1, draw(st.integers(1, 4)) + 1)]
    return {"election": election, "persons": persons}


@st.composite
def people(draw: st.DrawFn, name: str, day: date, rules: Json) -> Json:
    """One person; half of them meet the border only where it is drawn for them."""
    months = rules.get("residence_months", 3)
    easy = {"birth_date": "1980-05-05", "residences": [{"ags": AREA[0], "main": True, "from": "2001-01-01", "until": None}]}
    born = moved(day, 12 * draw(st.sampled_from([rules.get("age", 16), 16, 40])), draw(st.sampled_from([-30, -1, 0, 1, 30])))
    hard = {"birth_date": draw(partial(born)), "residences": draw(residences(day, months))}
    died = day + timedelta(days=draw(st.integers(-2, 2)))
    return {
        "person": name,
        "birth_date": draw(st.sampled_from([easy, hard]))["birth_date"],
        "nationalities": draw(st.sampled_from(NATIONALITIES)),
        "residences": draw(st.sampled_from([easy, hard]))["residences"],
        "excluded": draw(st.sampled_from([True, None])) if draw(rarely) else False,
        "died": draw(st.sampled_from([died.isoformat(), died.isoformat()[:7]])) if draw(rarely) else None,
        "application": draw(st.one_of(st.none(), applications())),
        "registered": not draw(rarely),
    }


@st.composite
def applications(draw: st.DrawFn) -> Json:
    """A claimed ground, proven or not; for NR2D sometimes with the parent it rests on."""
    ground = draw(st.sampled_from(["NR1", "NR2A", "NR2B", "NR2C", "NR2D", "NR2D"]))
    claim: Json = {"ground": ground, "proof": draw(st.booleans())}
    if ground == "NR2D" and draw(st.booleans()):
        claim["parent"] = draw(st.sampled_from(["Ausländer", "Spätaussiedler", "Angehörige nach § 7 StAG", "Eingebürgerte", "Deutsche"]))
    return claim
