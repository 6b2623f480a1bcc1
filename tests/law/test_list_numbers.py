"""Numbers of lists, and numbers that stay free."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.list_numbers import free_number_fault, free_number_steps, list_numbers
from beiratswahl.law.nominations import Nomination
from beiratswahl.law.rules import BallotOrder, Rules, System

RULES = Rules(system=System.PROPORTIONAL, seats=4, votes=4)


def _lists(*landtag_votes: int | None) -> list[Nomination]:
    received = datetime.fromisoformat("2024-09-01T10:00")
    return [Nomination(str(at), f"Liste {at}", received, (), landtag_votes=votes) for at, votes in enumerate(landtag_votes)]


def test_without_free_numbers_lists_are_counted_from_one() -> None:
    assert list_numbers(_lists(None, None, None)) == (1, 2, 3)
    assert list_numbers([]) == ()


def test_the_number_of_a_party_of_the_landtag_that_does_not_run_stays_free() -> None:
    lists = _lists(900, 500, None)
    assert free_number_fault(RULES, lists, {2}) is None
    assert list_numbers(lists, {2}) == (1, 3, 4)
    assert list_numbers(lists, {1, 3}) == (2, 4, 5)


@given(st.integers(0, 12), st.sets(st.integers(1, 20)))
def test_no_list_gets_a_free_number_and_no_other_number_is_left_out(lists: int, free: set[int]) -> None:
    numbers = list_numbers(_lists(*[None] * lists), free)
    assert not set(numbers) & free
    assert list(numbers) == sorted(numbers)
    assert set(range(1, max(numbers, default=0))) <= set(numbers) | free


@pytest.mark.parametrize(
    ("free", "refused"), [({3}, None), ({1}, None), ({4}, "Nummer 4"), ({0}, "Nummer 0"), ({3, 4}, None), ({5, 3}, "Nummer 5")]
)
def test_only_numbers_among_those_of_the_landtag_stay_free(free: set[int], refused: str | None) -> None:
    fault = free_number_fault(RULES, _lists(900, 500, None, None), free)
    assert fault is None if refused is None else fault is not None and refused in fault


def test_the_fault_counts_admitted_parties_and_free_numbers() -> None:
    assert free_number_fault(RULES, _lists(900, None, None, None), {9, 2}) == (
        "Die Nummer 9 kann nicht frei bleiben. Frei bleiben nur Nummern von Parteien des Landtags; diese tragen hier die "
        "Nummern 1 bis 3 (1 zugelassen, 2 frei). Prüfen Sie die Nummer und ob bei jeder zugelassenen Partei des Landtags die Landesstimmen "
        "eingetragen sind."
    )


@pytest.mark.parametrize("order", [BallotOrder.ALPHABETICAL, BallotOrder.RECEIPT])
def test_a_bylaw_with_another_order_knows_no_free_numbers(order: BallotOrder) -> None:
    rules = replace(RULES, ballot_order=order)
    assert free_number_fault(rules, _lists(900), ()) is None
    assert free_number_fault(rules, _lists(900), {1}) == (
        f"Nach den Wahlregeln ist die Reihenfolge auf dem Stimmzettel „{order.value}“. Nummern bleiben nur frei, wenn die Satzung auf "
        "§ 24 Abs. 1 KWG verweist; ändern Sie dann zuerst diese Regel."
    )


def test_every_free_number_is_explained_in_order() -> None:
    steps = list(free_number_steps({5: "Partei B", 2: "Partei A"}, "§ 7 Abs. 3 der Satzung"))
    assert [step.text for step in steps] == [
        "Die Listennummer 2 bleibt frei: „Partei A“ ist im Landtag vertreten und tritt hier nicht an. Grundlage: § 7 Abs. 3 der Satzung.",
        "Die Listennummer 5 bleibt frei: „Partei B“ ist im Landtag vertreten und tritt hier nicht an. Grundlage: § 7 Abs. 3 der Satzung.",
    ]
    assert {(step.rule, step.source) for step in steps} == {("free_number", "§ 24 Abs. 1 KWG")}
