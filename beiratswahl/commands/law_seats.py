"""`beiratswahl law seats`: allocate seats to lists given as JSON."""

from collections.abc import Mapping

from beiratswahl.commands.json_input import InputError, boolean_at, choice_at, integer_at, items_at, object_at, text_at, unique
from beiratswahl.law.majority_clause import MajoritySeatsOpen
from beiratswahl.law.rules import SeatMethod
from beiratswahl.law.seat_lots import LotRefused
from beiratswahl.law.seat_values import ListVotes, MajoritySeats
from beiratswahl.law.seats import allocate

# far above any council; keeps absurd input from running for hours
_MOST_SEATS = 10_000


def answer(document: object) -> dict[str, object]:
    """Sitze verteilen.

    Args:
        document: parsed JSON with `method`, `seats`, `majority_clause`, `lists`, optional `lots` and `majority_seats`.

    Returns:
        `outcome`, `seats`, `vacant`, `lot` and `steps`.

    Raises:
        InputError: a key, type or value is wrong, a lot does not fit, or the readings of § 41 Abs. 2 KWG differ.
    """
    given = object_at(document, "$", ("method", "seats", "majority_clause", "lists"), ("lots", "majority_seats"))
    reading = given.get("majority_seats")
    try:
        allocation = allocate(
            choice_at(given["method"], "$.method", SeatMethod),
            integer_at(given["seats"], "$.seats", 1, _MOST_SEATS),
            _lists(given["lists"], "$.lists"),
            majority_clause=boolean_at(given["majority_clause"], "$.majority_clause"),
            majority_seats=None if reading is None else choice_at(reading, "$.majority_seats", MajoritySeats),
            lots=[text_at(item, place) for place, item in items_at(given.get("lots", []), "$.lots")],
        )
    except LotRefused as error:
        raise InputError(f"$.lots[{error.index}]", str(error)) from error
    except MajoritySeatsOpen as error:
        raise InputError("$.majority_seats", str(error)) from error
    lot = allocation.lot
    return {
        "outcome": allocation.outcome,
        "seats": dict(allocation.seats),
        "vacant": allocation.vacant,
        "lot": None if lot is None else {"seat": lot.seat, "among": list(lot.among)},
        "steps": [{"rule": step.rule, "source": step.source, "text": step.text} for step in allocation.steps],
    }


def _lists(value: object, path: str) -> list[ListVotes]:
    lists: list[ListVotes] = []
    names: list[tuple[str, str]] = []
    for place, item in items_at(value, path):
        given: Mapping[str, object] = object_at(item, place, ("list", "votes"), ("candidates",))
        name = text_at(given["list"], f"{place}.list")
        names.append((f"{place}.list", name))
        candidates = given.get("candidates")
        limit = None if candidates is None else integer_at(candidates, f"{place}.candidates")
        lists.append(ListVotes(name, integer_at(given["votes"], f"{place}.votes"), limit))
    unique(names, "Die Liste")
    return lists
