"""Two hands, one law: the product and the slow second reading answer generated elections alike.

The nightly run asks more: BEIRATSWAHL_EXAMPLES=20000 pytest tests/law/test_second_hand.py
"""

import json
import os
from itertools import product
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from beiratswahl.commands import law_ballots, law_eligibility, law_seats
from beiratswahl.commands.json_input import InputError
from tests.law import strategies
from tests.law.second_hand import ballots, eligibility, seats
from tests.law.test_approved_words import APPROVED

Json = dict[str, Any]
SECOND_HAND = {"ballots": ballots.answer, "eligibility": eligibility.answer, "seats": seats.answer}
thorough = settings(max_examples=int(os.environ.get("BEIRATSWAHL_EXAMPLES", "300")), deadline=None)


def core(answer: Json, *keys: str) -> Json:
    """The part of an answer that both hands give."""
    return {key: answer[key] for key in keys}


def same_core(answer: Json, expected: Json) -> Json:
    """The part of a whole answer that the second hand gives too."""
    return {
        key: [core(one, *wanted) for one, wanted in zip(answer[key], value, strict=True)] if isinstance(value, list) else answer[key]
        for key, value in expected.items()
    }


def agree_on_seats(document: Json, picks: list[int]) -> None:
    """Both hands answer, draw the same lots and answer again until nothing is open."""
    document = document | {"lots": []}
    for pick in picks:
        expected = seats.answer(document)
        if expected["outcome"] == seats.UNDECIDED:
            with pytest.raises(InputError, match="majority_seats"):
                law_seats.answer(document)
            return
        assert core(law_seats.answer(document), "outcome", "seats", "vacant", "lot") == expected
        if expected["outcome"] == "done":
            return
        among = expected["lot"]["among"]
        document["lots"].append(among[pick % len(among)])


@thorough
@given(document=strategies.seat_questions(), picks=st.lists(st.integers(0, 4), min_size=9, max_size=9))
def test_both_hands_allocate_the_same_seats_and_ask_for_the_same_lots(document: Json, picks: list[int]) -> None:
    agree_on_seats(document, picks)


@pytest.mark.parametrize("question", sorted(SECOND_HAND))
def test_both_hands_agree_about_the_approved_cases(question: str) -> None:
    for case in json.loads((APPROVED / f"{question}.json").read_text(encoding="utf-8")):
        try:
            expected = SECOND_HAND[question](case["in"])
        except seats.WrongLot:
            expected = {"outcome": "refused"}
        if expected.get("outcome") in ("refused", seats.UNDECIDED):
            assert "error" in case
        else:
            assert same_core(case["out"], expected) == expected


@pytest.mark.parametrize("reading", [None, "one_further", "as_many_as_needed"])
@pytest.mark.parametrize("method", ["Sainte-Laguë", "Hare-Niemeyer"])
def test_both_hands_agree_about_a_large_list_and_equal_small_ones(method: str, reading: str | None) -> None:
    for others, total, first in product((2, 4, 5), (3, 6, 7, 8), (0, 2)):
        level = 4
        small = [level + first, *[level] * (others - 1)]
        for largest in sorted({sum(small) + 1, *(level * odd for odd in (3, 5, 7) if level * odd > sum(small))}):
            lists = [{"list": str(number), "votes": given} for number, given in enumerate([*small, largest], 1)]
            document = {"method": method, "seats": total, "majority_clause": True, "majority_seats": reading, "lists": lists}
            agree_on_seats(document, [-1] * 9)
            agree_on_seats(document, [0] * 9)


@thorough
@given(document=strategies.seat_questions(), lots=st.lists(st.sampled_from("123456"), min_size=1, max_size=3))
def test_both_hands_refuse_the_same_lots(document: Json, lots: list[str]) -> None:
    document = document | {"lots": lots}
    try:
        expected = seats.answer(document)
    except seats.WrongLot:
        expected = {"outcome": "refused"}
    event(expected["outcome"])
    if expected["outcome"] in ("refused", seats.UNDECIDED):
        with pytest.raises(InputError, match="lots" if expected["outcome"] == "refused" else "majority_seats"):
            law_seats.answer(document)
    else:
        assert core(law_seats.answer(document), "outcome", "seats", "vacant", "lot") == expected


@thorough
@given(document=st.one_of(strategies.proportional_counts(), strategies.majority_counts()))
def test_both_hands_give_every_ballot_the_same_votes(document: Json) -> None:
    expected = ballots.answer(document)["ballots"]
    for one in expected:
        event(f"valid: {one['valid']}")
    actual = law_ballots.answer(document)["ballots"]
    assert [core(one, "ballot", "valid", "votes", "unused") for one in actual] == expected


@thorough
@given(document=strategies.electorates())
def test_both_hands_find_the_same_persons_entitled(document: Json) -> None:
    expected = eligibility.answer(document)["persons"]
    for one in expected:
        event(one["entitled"])
    actual = law_eligibility.answer(document)["persons"]
    assert [core(one, "person", "entitled", "category", "grounds", "entry") for one in actual] == expected
