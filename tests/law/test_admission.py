"""The outcome of the admission and the order of the ballot paper: § 56 Abs. 3 GemO, §§ 22, 24 KWG."""

from dataclasses import replace
from datetime import datetime

import pytest

from beiratswahl.law.admission import Outcome, alphabetical, ballot_order, outcome
from beiratswahl.law.nominations import Nomination
from beiratswahl.law.rules import BallotOrder, Level, Rules
from tests.law.test_nominations import LIST_RULES, PERSON_RULES, a_candidate, a_nomination


def _admitted(*sizes: int) -> list[Nomination]:
    return [
        a_nomination(str(place), *(a_candidate(f"{place}-{number}") for number in range(size)))
        if size
        else replace(a_nomination("0"), candidates=())
        for place, size in enumerate(sizes)
    ]


@pytest.mark.parametrize(
    ("sizes", "rules", "expected"),
    [
        ((), LIST_RULES, Outcome.NO_ELECTION),
        ((4,), LIST_RULES, Outcome.NO_ELECTION),
        ((2, 2), LIST_RULES, Outcome.NO_ELECTION),
        ((5,), LIST_RULES, Outcome.MAJORITY),
        ((5, 0), LIST_RULES, Outcome.MAJORITY),
        ((5,), replace(LIST_RULES, switch_to_majority_if_single_list=False), Outcome.PROPORTIONAL),
        ((3, 2), LIST_RULES, Outcome.PROPORTIONAL),
        ((1, 1, 1, 1, 1), PERSON_RULES, Outcome.MAJORITY),
        ((1, 1, 1, 1), replace(PERSON_RULES, level=Level.DISTRICT), Outcome.NO_ELECTION),
    ],
)
def test_the_admitted_persons_decide_what_kind_of_election_follows(sizes: tuple[int, ...], rules: Rules, expected: Outcome) -> None:
    found, steps = outcome(rules, _admitted(*sizes))
    assert found is expected
    assert all(step.source and step.text for step in steps)


def test_the_same_person_counts_once_when_it_is_asked_whether_there_is_an_election() -> None:
    five = _admitted(5)[0]
    assert outcome(LIST_RULES, [five])[0] is Outcome.MAJORITY
    doubled = replace(five, candidates=(*five.candidates[:4], replace(five.candidates[0], key="again")))
    assert outcome(LIST_RULES, [doubled])[0] is Outcome.NO_ELECTION


def test_the_district_names_its_own_statute() -> None:
    assert outcome(replace(LIST_RULES, level=Level.DISTRICT), [])[1][0].source == "§ 49a Abs. 3 LKO"
    assert outcome(LIST_RULES, [])[1][0].source == "§ 56 Abs. 3 Satz 1 GemO"


def test_lists_stand_by_landtag_votes_then_by_council_votes_then_by_name() -> None:
    lists = [
        a_nomination("1", keyword="Zebra"),
        a_nomination("2", keyword="Ähre"),
        a_nomination("0", keyword="Zobel", previous_votes=0),
        a_nomination("3", previous_votes=5),
        a_nomination("4", previous_votes=9),
        a_nomination("5", landtag_votes=1, previous_votes=99),
        a_nomination("6", landtag_votes=7),
    ]
    assert [one.key for one in ballot_order(LIST_RULES, lists)] == ["6", "5", "4", "3", "0", "2", "1"]


def test_a_bylaw_may_order_by_name_or_by_receipt() -> None:
    lists = [
        a_nomination("1", keyword="Zebra", received_at=datetime.fromisoformat("2024-09-01T00:00")),
        a_nomination("2", keyword="Ähre", received_at=datetime.fromisoformat("2024-09-02T00:00"), landtag_votes=3),
        a_nomination("3", keyword="Ader", received_at=datetime.fromisoformat("2024-09-03T00:00")),
    ]
    for order, expected in ((BallotOrder.ALPHABETICAL, ["3", "2", "1"]), (BallotOrder.RECEIPT, ["1", "2", "3"])):
        assert [one.key for one in ballot_order(replace(LIST_RULES, ballot_order=order), reversed(lists))] == expected


def test_persons_stand_in_the_order_of_a_german_dictionary() -> None:
    names = [("Zwölf", "A"), ("Öz", "B"), ("Oz", "A"), ("Łukasz", "A"), ("Straße", "A"), ("Strasse", "B"), ("van Dyk", "A"), ("Özil", "A")]
    persons = [a_candidate(str(place), family_name=family, given_names=given) for place, (family, given) in enumerate(names)]
    ordered = [(one.family_name, one.given_names) for one in alphabetical(persons)]
    assert ordered == [
        ("Łukasz", "A"),
        ("Oz", "A"),
        ("Öz", "B"),
        ("Özil", "A"),
        ("Straße", "A"),
        ("Strasse", "B"),
        ("van Dyk", "A"),
        ("Zwölf", "A"),
    ]
