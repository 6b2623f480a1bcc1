"""Kinds of values: each reads exactly its own spelling, ends of the range included, and says what is allowed."""

from collections.abc import Callable
from datetime import time
from enum import StrEnum
from fractions import Fraction

import pytest

from beiratswahl.law import rule_values as form
from beiratswahl.law.rule_values import DayBefore, Hours, Kind, Value, Window, plain, shown


class Fruit(StrEnum):
    APPLE = "Apfel"
    PEAR = "Birne"
    PLUM = "Pflaume"


# Every kind is made while the test runs, not while the tables of parameters are imported: so mutation testing reaches them.
@pytest.mark.parametrize(
    ("kind", "name", "allowed"),
    [
        (lambda: form.whole_number(2, 5), "whole_number", "ganze Zahl von 2 bis 5"),
        (form.yes_or_no, "yes_or_no", "true oder false"),
        (lambda: form.choice(Fruit), "choice", "„Apfel“ oder „Birne“ oder „Pflaume“"),
        (lambda: form.choice(Fruit, Fruit.PEAR), "choice", "„Birne“"),
        (lambda: form.choices(Fruit), "choices", "Liste aus „Apfel“, „Birne“, „Pflaume“ (ohne Wiederholung)"),
        (lambda: form.ratio(Fraction(0), Fraction(1, 2)), "ratio", 'Bruch oder Dezimalzahl von 0 bis 1/2, zum Beispiel "3/2"'),
        (form.day_before, "day_before", 'Tag vor der Wahl wie "E-41"'),
        (form.moment_before, "moment_before", 'Tag vor der Wahl mit Uhrzeit wie "E-48 18:00"'),
        (form.window, "window", 'Zeitraum wie "E-20..E-16", der erste Tag nicht nach dem letzten'),
        (form.hour, "hour", 'Uhrzeit wie "18:00"'),
        (form.hours, "hours", 'Zeitspanne wie "08:00-18:00", Beginn vor Ende'),
    ],
)
def test_every_kind_says_what_is_allowed(kind: Callable[[], Kind], name: str, allowed: str) -> None:
    made = kind()
    assert (made.name, made.allowed) == (name, allowed)


GOOD: dict[str, list[tuple[object, Value]]] = {
    "whole_number": [(2, 2), (3, 3), (5, 5)],
    "yes_or_no": [(True, True), (False, False)],
    "choice": [("Apfel", Fruit.APPLE), ("Birne", Fruit.PEAR)],
    "choices": [
        (["Pflaume"], (Fruit.PLUM,)),
        (["Pflaume", "Apfel"], (Fruit.APPLE, Fruit.PLUM)),
        (("Apfel", "Birne", "Pflaume"), tuple(Fruit)),
    ],
    "ratio": [(0, Fraction(0)), ("1/2", Fraction(1, 2)), (0.25, Fraction(1, 4)), ("0,25", Fraction(1, 4))],
    "day_before": [("E-0", DayBefore(0)), ("E-7", DayBefore(7)), ("E-999", DayBefore(999))],
    "moment_before": [
        ("E-48 18:05", DayBefore(48, time(18, 5))),
        ("E-0 00:00", DayBefore(0, time(0))),
        ("E-1 23:59", DayBefore(1, time(23, 59))),
    ],
    "window": [("E-20..E-16", Window(DayBefore(20), DayBefore(16))), ("E-5..E-5", Window(DayBefore(5), DayBefore(5)))],
    "hour": [("00:00", time(0)), ("09:30", time(9, 30)), ("23:59", time(23, 59))],
    "hours": [("08:15-18:45", Hours(time(8, 15), time(18, 45))), ("10:00-10:01", Hours(time(10), time(10, 1)))],
}
BAD: dict[str, list[object]] = {
    "whole_number": [1, 6, True, "3", 3.0, None],
    "yes_or_no": [0, 1, "true", None],
    "choice": ["apfel", "Kirsche", ["Apfel"], None],
    "choices": [[], "Apfel", ["Apfel", "Apfel"], ["Apfel", "Kirsche"], ["Apfel", 1], {"Apfel": 1}, None],
    "ratio": [-1, "-1/100", "51/100", 1, "1/0", "x", "nan", False, None, [0]],
    "day_before": ["E-1000", "E-07", "E-", "E7", "e-7", "E-7 ", "E-7 18:00", "E-٤", 7, None],
    "moment_before": ["E-48", "E-48 24:00", "E-48 18:60", "E-48 8:00", "E-48  18:00", "E-48 18:00 Uhr", 48, None],
    "window": ["E-16..E-20", "E-20", "E-20-E-16", "E-20.xE-16", "E-20..16", 20, None],
    "hour": ["24:00", "12:60", "9:30", "0930", "09:30:00", 9, None],
    "hours": ["10:00-10:00", "18:00-08:00", "08:00", "08:00..18:00", 8, None],
}


def _kinds() -> dict[str, Kind]:
    return {
        "whole_number": form.whole_number(2, 5),
        "yes_or_no": form.yes_or_no(),
        "choice": form.choice(Fruit),
        "choices": form.choices(Fruit),
        "ratio": form.ratio(Fraction(0), Fraction(1, 2)),
        "day_before": form.day_before(),
        "moment_before": form.moment_before(),
        "window": form.window(),
        "hour": form.hour(),
        "hours": form.hours(),
    }


@pytest.mark.parametrize(("kind", "raw", "value"), [(kind, raw, value) for kind, pairs in GOOD.items() for raw, value in pairs])
def test_a_kind_reads_its_spelling(kind: str, raw: object, value: Value) -> None:
    read = _kinds()[kind].read(raw)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(("kind", "raw"), [(kind, raw) for kind, raws in BAD.items() for raw in raws])
def test_a_kind_reads_nothing_else(kind: str, raw: object) -> None:
    assert _kinds()[kind].read(raw) is None


def test_a_narrowed_choice_leaves_the_other_words_out() -> None:
    narrowed = form.choice(Fruit, Fruit.PEAR)
    assert [kind.options for kind in (narrowed, form.choice(Fruit), form.choices(Fruit))] == [(Fruit.PEAR,), tuple(Fruit), tuple(Fruit)]
    assert narrowed.read("Birne") is Fruit.PEAR
    assert narrowed.read("Apfel") is None


@pytest.mark.parametrize(
    ("value", "spelling"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (time(8, 5), "08:05"),
        (Fraction(3, 2), "3/2"),
        (Fraction(2), "2"),
        (Fruit.PEAR, "Birne"),
        ((Fruit.APPLE, Fruit.PLUM), ["Apfel", "Pflaume"]),
        (DayBefore(41), "E-41"),
        (DayBefore(48, time(9, 5)), "E-48 09:05"),
        (Window(DayBefore(20), DayBefore(16)), "E-20..E-16"),
        (Hours(time(8), time(18, 30)), "08:00-18:30"),
    ],
)
def test_every_value_has_one_stored_spelling(value: Value, spelling: object) -> None:
    written = plain(value)
    assert written == spelling
    assert type(written) is type(spelling)


@pytest.mark.parametrize(
    ("raw", "text"), [("E-7", "E-7"), (True, "true"), (None, "null"), (["Bär", 1], '["Bär", 1]'), (Fraction(1, 2), '"1/2"')]
)
def test_a_sentence_shows_a_value_as_a_rules_file_writes_it(raw: object, text: str) -> None:
    assert shown(raw) == text
