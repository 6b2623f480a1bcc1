"""Statistics of the roll: the same function now and at the closing; no small group is shown or can be computed."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beiratswahl.operations.desk import Desk
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_statistics import (
    LEAST,
    SUPPRESSED,
    RollStatistics,
    hidden_labels,
    roll_statistics,
    statistics_csv,
    suppressed_labels,
)
from beiratswahl.store.read.roll_statistics import Counts, Dimension, age_group, nationality_group
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll_book import CLOSING, STICHTAG, at, close_anyway
from tests.world import Place, found

__all__ = ["write"]

GROUPS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(0, 40), max_size=8)


def shown(statistics: RollStatistics | None, dimension: Dimension) -> dict[str, int | None]:
    assert statistics is not None
    (table,) = [one for one in statistics.tables if one.dimension is dimension]
    return {group.label: group.persons for group in table.groups}


@pytest.fixture
def place(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Twenty persons: ten Turkish, seven French, two Greek, one stateless; twelve women, eight men."""
    at(monkeypatch, STICHTAG)
    here = found(desk)
    keys = ["163"] * 10 + ["129"] * 7 + ["134"] * 2 + ["997"]
    lines = [
        a_line(Registernummer=str(number), Staatsangehörigkeiten=key, Geschlecht="w" if number < 12 else "m")
        for number, key in enumerate(keys)
    ]
    import_register(desk, here.election_id, write(*lines))
    open_roll(desk, here.election_id, {"": here.districts[0]})
    return here


def test_groups_are_counted_and_small_ones_suppressed_with_one_more(desk: Desk, place: Place) -> None:
    now = roll_statistics(desk.session, place.election_id, frozen=False)
    assert now is not None
    assert now.persons == 20
    assert shown(now, Dimension.SEX) == {"weiblich": 12, "männlich": 8}
    nationalities = shown(now, Dimension.NATIONALITY)
    assert [persons for persons in nationalities.values() if persons is not None] == [10]
    assert len(nationalities) == 4
    assert roll_statistics(desk.session, place.election_id, frozen=True) is None


def test_the_numbers_of_the_closing_stay_when_the_register_goes_on(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, CLOSING)
    close_anyway(desk, place.election_id)
    before = roll_statistics(desk.session, place.election_id, frozen=True)
    assert shown(before, Dimension.SEX) == {"weiblich": 12, "männlich": 8}
    changed = [a_line(Registernummer=str(number), Geschlecht="m", Staatsangehörigkeiten="163") for number in range(6)]
    import_register(desk, place.election_id, write(*changed), changes_only=True)
    assert shown(roll_statistics(desk.session, place.election_id, frozen=False), Dimension.SEX) == {"männlich": 14, "weiblich": 6}
    assert roll_statistics(desk.session, place.election_id, frozen=True) == before


def test_the_export_has_what_the_page_has_and_no_more(desk: Desk, place: Place) -> None:
    now = roll_statistics(desk.session, place.election_id, frozen=False)
    assert now is not None
    lines = statistics_csv(now).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["Merkmal;Gruppe;Wahlberechtigte", "Alle;zusammen;20"]
    assert sum(line.endswith(f";{SUPPRESSED}") for line in lines) == sum(table.suppressed for table in now.tables)
    assert not any(line.rpartition(";")[2] in {"1", "2"} for line in lines)


def test_of_a_handful_not_even_the_sum_is_shown(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, STICHTAG)
    here = found(desk)
    import_register(desk, here.election_id, write(a_line()))
    open_roll(desk, here.election_id, {"": here.districts[0]})
    now = roll_statistics(desk.session, here.election_id, frozen=False)
    assert now is not None
    assert now.persons is None
    assert all(group.persons is None for table in now.tables for group in table.groups)


@given(GROUPS)
def test_no_small_group_is_shown(groups: dict[str, int]) -> None:
    hidden = suppressed_labels(groups)
    assert all(persons >= LEAST or persons == 0 for label, persons in groups.items() if label not in hidden)


@given(GROUPS)
def test_nothing_is_hidden_without_a_small_group(groups: dict[str, int]) -> None:
    if not any(0 < persons < LEAST for persons in groups.values()):
        assert suppressed_labels(groups) == frozenset()


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), min_size=1))
@example({"a": 5, "b": 4, "c": 4})
@example({"a": 6, "b": 6, "c": 4})
def test_a_hidden_number_cannot_be_computed_from_the_sum(groups: dict[str, int]) -> None:
    """Somebody who knows sum, shown numbers and this rule is left with at least two possible numbers for every hidden group."""
    total, hidden = sum(groups.values()), suppressed_labels(groups)
    if total < LEAST or not hidden:
        return
    rest = total - sum(persons for label, persons in groups.items() if label not in hidden)
    order = sorted(hidden)
    possible = [
        numbers
        for numbers in product(range(1, rest + 1), repeat=len(order))
        if sum(numbers) == rest
        and suppressed_labels(
            {**{one: persons for one, persons in groups.items() if one not in hidden}, **dict(zip(order, numbers, strict=True))}
        )
        == hidden
    ]
    for place, label in enumerate(order):
        assert len({numbers[place] for numbers in possible}) > 1, (groups, label)


#: the three tables that count the same persons; a kind of person is its group in each of them
LINKED = (Dimension.CATEGORY, Dimension.ENTRY, Dimension.NATIONALITY)
Kinds = tuple[tuple[str, str, str], ...]
TURKISH, FRENCH = ("Ausländer", "von Amts wegen", "163"), ("Ausländer", "von Amts wegen", "129")
RESETTLED, NATURALISED = ("Spätaussiedler", "auf Antrag", "000"), ("Eingebürgerte", "auf Antrag", "000")
KINDS: tuple[Kinds, ...] = (
    (TURKISH, FRENCH, RESETTLED, NATURALISED),
    (TURKISH, ("Doppelstaater", "von Amts wegen", "163"), RESETTLED, NATURALISED),
    (TURKISH, ("Doppelstaater", "auf Antrag", "129"), RESETTLED, NATURALISED),
    (TURKISH, ("Doppelstaater", "von Amts wegen", "129"), RESETTLED, NATURALISED),
    (TURKISH, FRENCH, ("Kinder nach § 4 StAG", "auf Antrag", "000"), ("Kinder nach § 4 StAG", "auf Antrag", "129")),
)


def tables_of(kinds: Kinds, persons: tuple[int, ...]) -> dict[Dimension, Counter[str]]:
    tables: dict[Dimension, Counter[str]] = {dimension: Counter() for dimension in LINKED}
    for kind, number in zip(kinds, persons, strict=True):
        for dimension, label in zip(LINKED, kind, strict=True):
            tables[dimension][label] += number
    return tables


def computed(kinds: Kinds, rule: Callable[[Counts], dict[Dimension, frozenset[str]]], most: int = 10) -> Iterator[str]:
    """Small groups that follow from the sum and all numbers shown, because every roll with these numbers has the same number there.

    Rolls with `most` persons of a kind, or one fewer, are possible but not asked about: others as possible lie beyond the numbers tried.
    """
    persons_by_kind = list(product(range(most + 1), repeat=len(kinds)))
    rolls = [tables_of(kinds, persons) for persons in persons_by_kind]
    by_hidden = defaultdict(list)
    for persons, roll in zip(persons_by_kind, rolls, strict=True):
        if roll[Dimension.ENTRY].total() >= LEAST and max(persons) < most - 1:
            by_hidden[frozenset((dimension, label) for dimension, labels in rule(roll).items() for label in labels)].append(roll)
    everything = sorted({(dimension, label) for kind in kinds for dimension, label in zip(LINKED, kind, strict=True)})
    for hidden, own in by_hidden.items():
        open_to_all = [one for one in everything if one not in hidden]

        def seen(roll: dict[Dimension, Counter[str]], shown: list[tuple[Dimension, str]] = open_to_all) -> tuple[int, ...]:
            return (roll[Dimension.ENTRY].total(), *(roll[dimension][label] for dimension, label in shown))

        possible: defaultdict[tuple[int, ...], dict[tuple[Dimension, str], set[int]]] = defaultdict(lambda: defaultdict(set))
        for roll in rolls:
            if all(roll[dimension][label] for dimension, label in hidden):
                for dimension, label in hidden:
                    possible[seen(roll)][dimension, label].add(roll[dimension][label])
        for roll in own:
            for (dimension, label), numbers in possible[seen(roll)].items():
                if len(numbers) == 1 and roll[dimension][label] < LEAST:
                    yield f"{label}: {roll}"


@pytest.mark.parametrize("kinds", KINDS)
def test_no_small_group_follows_from_the_numbers_of_all_tables_together(kinds: Kinds) -> None:
    assert next(computed(kinds, hidden_labels), None) is None


def test_hiding_in_each_table_alone_would_tell_small_groups() -> None:
    def each_alone(tables: Counts) -> dict[Dimension, frozenset[str]]:
        return {dimension: suppressed_labels(groups) for dimension, groups in tables.items()}

    assert next(computed(KINDS[1], each_alone), None) is not None


def test_with_a_small_group_of_persons_neither_entry_nor_germans_are_shown() -> None:
    counts = {
        Dimension.CATEGORY: {"Ausländer": 137, "Doppelstaater": 5, "Eingebürgerte": 6, "Spätaussiedler": 3},
        Dimension.ENTRY: {"von Amts wegen": 142, "auf Antrag": 9},
        Dimension.NATIONALITY: {"163": 100, "129": 42, "000": 9},
    }
    hidden = hidden_labels(counts)
    assert hidden[Dimension.CATEGORY] == {"Doppelstaater", "Spätaussiedler"}
    assert hidden[Dimension.ENTRY] == {"von Amts wegen", "auf Antrag"}
    assert hidden[Dimension.NATIONALITY] == {"000", "129"}


def test_with_no_small_group_of_persons_entry_and_germans_are_shown() -> None:
    counts = {
        Dimension.CATEGORY: {"Ausländer": 137, "Eingebürgerte": 9},
        Dimension.ENTRY: {"von Amts wegen": 137, "auf Antrag": 9},
        Dimension.NATIONALITY: {"163": 100, "129": 34, "134": 3, "000": 9},
    }
    hidden = hidden_labels(counts)
    assert (hidden[Dimension.CATEGORY], hidden[Dimension.ENTRY]) == (frozenset(), frozenset())
    assert hidden[Dimension.NATIONALITY] == {"134", "129"}, "a small foreign nationality hides behind a foreign one, the Germans are known"


def test_age_counts_on_the_election_day() -> None:
    day = date(2026, 11, 15)
    born = ["2010-11-15", "2008-11-16", "2008-11-15", "1956-11-15", "1956-11-16", "1980-00-00", "0000-00-00"]
    assert [age_group(one, day) for one in born] == [
        "bis 17 Jahre",
        "bis 17 Jahre",
        "18 bis 24 Jahre",
        "70 Jahre und älter",
        "60 bis 69 Jahre",
        "45 bis 59 Jahre",
        "ohne Angabe",
    ]


def test_a_second_nationality_counts_before_the_german_one() -> None:
    assert [nationality_group(keys) for keys in ("163", "000 163", "000", "129 163", "")] == ["163", "163", "000", "129", ""]
