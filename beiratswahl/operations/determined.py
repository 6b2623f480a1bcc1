"""Festgestellte Mandate: who was elected and who follows, frozen with the determination; five years of succession rest on it alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.candidates import Elected
from beiratswahl.law.rules import Rules
from beiratswahl.law.seat_values import Outcome
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.results import Result, result
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.results import Determination

#: fields of the frozen result that make it another result; names and addresses of offices, wording of rules and steps do not
DECISIVE = (
    *("election_day", "system", "seats", "eligible", "voters", "valid_ballots", "invalid_ballots", "votes", "postal_letters"),
    *("lists", "persons", "vacant_seats", "lots"),
)

#: what older frozen results do not tell of a lot; its words and its day tell the same
ADDED_TO_LOTS = ("seat", "winner", "list", "drawn_hour")


@dataclass(frozen=True, slots=True)
class Determined:
    """Festgestellt: the elected and the substitutes by list key ("" in Mehrheitswahl), words for all keys, and the rules."""

    day: date
    rules: Rules
    elected: Mapping[str, Elected]
    names: Mapping[str, str]


def frozen_mandates(counted: Result) -> dict[str, object]:
    """What a determination keeps of the mandates, as JSON values."""
    persons = {
        key for chosen in counted.elected.values() for key in (*chosen.elected, *(one for group in chosen.substitutes for one in group))
    }
    return {
        "names": {key: counted.paper.names.get(key, key) for key in sorted({*persons, *filter(None, counted.elected)})},
        "lists": [
            {
                "list": of,
                "elected": list(chosen.elected),
                "substitutes": [list(group) for group in chosen.substitutes],
                "vacant": chosen.vacant,
            }
            for of, chosen in counted.elected.items()
        ],
    }


def determined(session: Session, election_id: int) -> Determined:
    """Festgestellte Mandate of the determination that counts, whatever has changed in the count or in the imprint since.

    Raises:
        Refused: nothing is determined.
    """
    query = select(Determination.result).where(Determination.election_id == election_id).order_by(Determination.number.desc())
    text = session.scalars(query.limit(1)).first()
    if text is None:
        raise Refused("Das Ergebnis ist noch nicht festgestellt. Tragen Sie zuerst die Sitzung des Wahlausschusses ein.")
    stored = json.loads(text)
    day = date.fromisoformat(stored["sitting"]["day"])
    frozen = stored.get("mandates")
    if frozen is None:  # determined before the mandates were frozen with it
        counted = result(session, election_id)
        return Determined(day, counted.rules, counted.elected, counted.paper.names)
    return Determined(day, rules_of(session, election_id), {of["list"]: _elected(of) for of in frozen["lists"]}, frozen["names"])


def decisive(frozen_result: Mapping[str, Any]) -> dict[str, Any]:
    """What has to be the same for a result to be the one that was determined; districts by their numbers and figures."""
    districts = [{name: value for name, value in of.items() if name != "names"} for of in frozen_result["districts"]]
    lots = [{name: value for name, value in of.items() if name not in ADDED_TO_LOTS} for of in frozen_result["lots"]]
    return {**{name: frozen_result[name] for name in DECISIVE}, "districts": districts, "lots": lots}


def _elected(of: Mapping[str, Any]) -> Elected:
    groups = tuple(tuple(group) for group in of["substitutes"])
    return Elected(Outcome.DONE, tuple(of["elected"]), groups, of["vacant"], None, ())
