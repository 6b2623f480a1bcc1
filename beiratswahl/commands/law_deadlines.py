"""`beiratswahl law deadlines`: all deadlines of an election day."""

from datetime import date, datetime

from beiratswahl.commands.json_input import object_at
from beiratswahl.commands.rules_input import election_day_at, projected, rule_set_at
from beiratswahl.law.deadlines import Deadline, Timetable, deadlines_of


def answer(document: object) -> dict[str, object]:
    """Fristen berechnen.

    Args:
        document: parsed JSON with `day` and, if wanted, `rules`: an object of rules, or what `law rules --preset` prints.

    Returns:
        `deadlines`: the earliest first, each with `key`, `at`, `source`, `mark`, `text`, `missed`; `to_be_confirmed`: names of rules that
        somebody must settle before their deadline can be told.

    Raises:
        InputError: a key, type or value is wrong, or rules contradict each other.
    """
    top = object_at(document, "$", ("day",), ("rules",))
    day = election_day_at(top["day"], "$.day")
    rules = top.get("rules", {})
    path = "$.rules"
    if isinstance(rules, dict) and "rules" in rules:
        rules, path = rules["rules"], "$.rules.rules"
    table = Timetable(*projected(rule_set_at(rules, path, day).settings(), Timetable._fields))
    is_open = table.takes_applications and table.application_deadline is None
    return {
        "deadlines": [_said(deadline) for deadline in deadlines_of(table, day)],
        "to_be_confirmed": ["application_deadline"] if is_open else [],
    }


def local_time(at: date | datetime) -> str:
    """Zeitangabe: "2024-09-29" for a day, "2024-09-23T18:00" for a local time."""
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def _said(deadline: Deadline) -> dict[str, object]:
    return {
        "key": deadline.key,
        "at": local_time(deadline.at),
        "source": deadline.source,
        "mark": deadline.mark,
        "text": deadline.text,
        "missed": deadline.missed,
    }
