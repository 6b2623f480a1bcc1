"""The values of the rules in words for people, and the answers a person can choose when a rule has to be confirmed."""

from datetime import date, datetime, time
from enum import StrEnum
from fractions import Fraction

from beiratswahl import words
from beiratswahl.law.rule_values import DayBefore, Hours, Value, Window
from beiratswahl.law.rules import Ground, MajorityOvervote, RemainingVotes
from beiratswahl.law.seat_values import MajoritySeats

NO_VALUE = "keine Vorgabe"

#: answers to a rule that has to be confirmed: stored value and what it means
ANSWERS: dict[str, tuple[tuple[str, str], ...]] = {
    "remaining_votes": (
        ("skip_marked", "Reststimmen gehen nur an Personen der Liste, die auf dem Stimmzettel noch keine Stimme haben"),
        ("top_up", "Reststimmen gehen an alle Personen der Liste von oben nach unten, auch an schon angekreuzte bis zur Höchstzahl"),
    ),
    "majority_overvote": (
        ("first_from_top", "Überzählige Stimmen entfallen; es gelten die ersten von oben (§ 38 Abs. 2 Nr. 4 KWG)"),
        ("invalid_ballot", "Der ganze Stimmzettel ist ungültig (so manche Satzung)"),
    ),
    "majority_clause": (
        ("true", "Ja, eine Liste mit mehr als der Hälfte der Stimmen erhält mehr als die Hälfte der Sitze"),
        ("false", "Nein, die Sitze folgen allein dem Zuteilungsverfahren"),
    ),
    "majority_seats": (
        ("as_many_as_needed", "So viele weitere Sitze, bis die Liste mehr als die Hälfte der Sitze hat"),
        ("one_further", "Genau ein weiterer Sitz, auch wenn das noch nicht die Mehrheit ist"),
    ),
    "dual_nationals_ex_officio": (
        ("true", "Ja, Doppelstaater werden von Amts wegen eingetragen"),
        ("false", "Nein, Doppelstaater werden nur auf Antrag eingetragen"),
    ),
    "children_of_naturalised": (
        ("true", "Ja, auch Kinder, deren Eltern eingebürgert und nur noch Deutsche sind"),
        ("false", "Nein, ein Elternteil muss Ausländer, Spätaussiedler oder Angehöriger nach § 7 StAG sein (Wortlaut)"),
    ),
}

_CHOICES: dict[object, str] = {
    MajoritySeats.AS_MANY_AS_NEEDED: "so viele Sitze wie nötig",
    MajoritySeats.ONE_FURTHER: "ein weiterer Sitz",
    RemainingVotes.SKIP_MARKED: "nur Personen ohne Stimme",
    RemainingVotes.TOP_UP: "alle Personen der Liste bis zur Höchstzahl",
    MajorityOvervote.FIRST_FROM_TOP: "die ersten von oben gelten",
    MajorityOvervote.INVALID_BALLOT: "Stimmzettel ungültig",
    Ground.NR1: "ausländische und staatenlose Einwohner (Nr. 1)",
    Ground.NR2A: "Spätaussiedler und Angehörige, § 7 StAG (Nr. 2 a)",
    Ground.NR2B: "Eingebürgerte (Nr. 2 b)",
    Ground.NR2C: "Geburt in Deutschland, § 4 Abs. 3 StAG (Nr. 2 c)",
    Ground.NR2D: "Kinder, § 4 Abs. 1 und 4 StAG (Nr. 2 d)",
}

MARKS = {
    "V": "Wortlaut eingesehen",
    "Vo": "ältere Fassung eingesehen",
    "S": "aus Sekundärquelle",
    "I": "Auslegung",
    "G": "allgemein bekannt, Wortlaut nicht eingesehen",
}


def option(word: StrEnum) -> str:
    """One answer of a choice in German."""
    return _CHOICES.get(word, str(word))


def said(value: Value, day: date) -> str:
    """A rule's value in German, days before the election with their date."""
    if value is None:
        return NO_VALUE
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, DayBefore):
        return _day(value, day)
    if isinstance(value, Window):
        return f"{_day(value.first, day)} bis {_day(value.last, day)}"
    if isinstance(value, Hours):
        return f"{_hour(value.opens)} bis {_hour(value.closes)}"
    if isinstance(value, time):
        return _hour(value)
    if isinstance(value, Fraction):
        return words.decimal(value, 0 if value.denominator == 1 else 2)
    if isinstance(value, tuple):
        return ", ".join(_CHOICES.get(member, str(member)) for member in value)
    if isinstance(value, int):
        return words.number(value)
    return _CHOICES.get(value, str(value))


def _day(value: DayBefore, day: date) -> str:
    at = value.at(day)
    if isinstance(at, datetime):
        return f"{words.weekday_date(at.date())}, {_hour(at.time())} ({value.days}. Tag vor der Wahl)"
    return f"{words.weekday_date(at)} ({value.days}. Tag vor der Wahl)"


def _hour(value: time) -> str:
    return f"{value:%H:%M}{words.NO_BREAK}Uhr"
