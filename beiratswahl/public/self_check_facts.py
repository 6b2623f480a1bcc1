"""Von Antworten zu Tatsachen: the questions in their order, and the person they describe as the law wants to have it."""

from datetime import date, timedelta
from typing import Any

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import GERMAN, STATELESS, UNRESOLVED, Application, Election, ParentStatus, Person, Residence
from beiratswahl.law.rules import Ground, Level
from beiratswahl.law.suffrage import Suffrage

FIRST = "age"
#: for each question its answers, and the question that follows; None ends the questions
NEXT: dict[str, dict[str, str | None]] = {
    "age": {"alt": "home", "jung": None},
    "home": {"lange": "nationality", "kurz": None, "neben": None, "woanders": None, "unsicher": "nationality"},
    "nationality": {"ausland": None, "beide": None, "deutsch": "origin", "staatenlos": None, "ungeklaert": None},
    "origin": {"aussiedler": None, "eingebuergert": None, "geburt": None, "elternteil": "parent", "immer": None, "unsicher": None},
    "parent": {"auslaendisch": None, "aussiedler": None, "eingebuergert": None},
}
#: stands for any foreign nationality and any municipality: which one makes no difference to the law
FOREIGN, HERE = "423", "07000000"
_NATIONALITIES = {
    "ausland": (FOREIGN,),
    "beide": (GERMAN, FOREIGN),
    "deutsch": (GERMAN,),
    "staatenlos": (STATELESS,),
    "ungeklaert": (UNRESOLVED,),
}
#: conditions of the law that a question is about; of those that nobody was asked about the page says nothing
_ASKED = {
    "age": ("age", "not_excluded"),
    "home": ("residence", "main_residence", "residence_months"),
    "nationality": ("foreign_nationality",),
    "origin": ("claim_nr2a", "claim_nr2b", "claim_nr2c", "claim_nr2d"),
}
#: where somebody lives elsewhere, the question told nothing of the rest
_UNTOLD = {"neben": {"residence_months"}, "woanders": {"main_residence", "residence_months"}}
_PARENTS = {"auslaendisch": ParentStatus.FOREIGNER, "aussiedler": ParentStatus.RESETTLER, "eingebuergert": ParentStatus.NATURALISED}


def assessor_of(sheet: dict[str, Any], day: date) -> Assessor:
    """Prüfung under the rules of a published information sheet."""
    suffrage = Suffrage(
        level=Level(sheet["level"]),
        age=sheet["age"],
        candidate_age=sheet["age"],
        residence_months=sheet["residence_months"],
        grounds=tuple(Ground[name] for name in sheet["grounds"]),
        citizens_may_stand=False,
        dual_nationals_ex_officio=sheet["dual_nationals_ex_officio"],
        children_of_naturalised=sheet["children_of_naturalised"],
    )
    return Assessor(suffrage, Election(day, frozenset({HERE})))


def claims(sheet: dict[str, Any]) -> tuple[str, ...]:
    """Gründe that are entered on application only, of a published information sheet; NR1 there means Germans with a second nationality."""
    both = () if sheet["dual_nationals_ex_officio"] else ("NR1",)
    return (*both, *(name for name in sheet["grounds"] if name not in {"NR1", *sheet["ex_officio_grounds"]}))


def person_of(answers: tuple[str, ...], assessor: Assessor) -> Person:
    """Person, as far as the answers describe it; what was not asked any more is unknown.

    Source: proof is taken as there: the check says what follows when the papers are brought.
    """
    given = dict(zip(("age", "home", "nationality", "origin", "parent"), answers, strict=False))
    applications = _applications(given)
    birth = assessor.latest_birth if given["age"] == "alt" else assessor.latest_birth + timedelta(days=1)
    nationalities = _NATIONALITIES[given["nationality"]] if "nationality" in given else ()
    return Person(birth, nationalities, _residences(given.get("home"), assessor.latest_arrival), applications=applications)


def told(answers: tuple[str, ...]) -> frozenset[str]:
    """Bedingungen that the answers speak of, by the names the law gives them; the entry in the roll follows from the rest."""
    asked = {rule for rules, _ in zip(_ASKED.values(), answers, strict=False) for rule in rules}
    untold = _UNTOLD.get(answers[1], set()) if len(answers) > 1 else set()
    return frozenset({*asked, "entry"} - untold)


def may_apply(answers: tuple[str, ...], sheet: dict[str, Any]) -> bool:
    """Whether an application leads into the roll, as far as the answers go: a nationality that stands in the register needs none."""
    return bool(claims(sheet)) and (len(answers) > len(("age", "home", "nationality")) or ("beide" in answers and "NR1" in claims(sheet)))


def _residences(home: str | None, latest_arrival: date) -> tuple[Residence, ...] | None:
    if home is None:
        return None
    if home == "woanders":
        return ()
    since = {"unsicher": None, "kurz": latest_arrival + timedelta(days=1)}.get(home, latest_arrival)
    return (Residence(HERE, home != "neben", since),)


def _applications(given: dict[str, str]) -> tuple[Application, ...]:
    if given.get("nationality") == "beide":
        # NR1 stands in the register; where dual nationals must apply, any application does
        return (Application(Ground.NR1, proof=True),)
    match given.get("origin"):
        case "aussiedler":
            return (Application(Ground.NR2A, proof=True),)
        case "eingebuergert":
            return (Application(Ground.NR2B, proof=True),)
        case "geburt":
            return (Application(Ground.NR2C, proof=True),)
        case "elternteil":
            return (Application(Ground.NR2D, proof=True, parent=_PARENTS[given["parent"]]),)
        case "unsicher":
            return (Application(Ground.NR2B, proof=False),)
    return ()
