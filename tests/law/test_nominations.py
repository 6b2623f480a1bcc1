"""Nominations: §§ 15 to 24 KWG, KWO § 29, § 56 Abs. 3 GemO."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.meetings import Meeting
from beiratswahl.law.nominations import (
    Candidate,
    Nomination,
    Outcome,
    age_on,
    alphabetical,
    ballot_order,
    defects,
    folded,
    last_moment,
    most_candidates,
    naming_order,
    on_several,
    outcome,
    still_open,
    valid_signatures,
)
from beiratswahl.law.rule_values import DayBefore
from beiratswahl.law.rules import BallotOrder, Level, NominationModel, Rules, System

DAY = date(2024, 11, 10)
IN_TIME = datetime.fromisoformat("2024-09-23T18:00")
LIST_RULES = Rules(system=System.PROPORTIONAL, seats=4, votes=4)
PERSON_RULES = Rules(
    system=System.MAJORITY, seats=4, votes=4, nomination_model=NominationModel.PERSON, max_candidates_factor=Fraction(3, 2), max_named=1
)


def _candidate(key: str, **changes: Any) -> Candidate:
    return replace(Candidate(key, f"Name{key}", "Vor", date(1990, 1, 1)), **changes)


def _nomination(key: str, *candidates: Candidate, **changes: Any) -> Nomination:
    return replace(Nomination(key, f"Liste {key}", IN_TIME, candidates or (_candidate(f"{key}1"),)), **changes)


def _found(nomination: Nomination, *others: Nomination, rules: Rules = LIST_RULES) -> dict[str, bool]:
    return {defect.rule: defect.curable for defect in defects(rules, DAY, nomination, others)}


def test_a_proper_nomination_has_no_defect() -> None:
    assert _found(_nomination("A"), _nomination("B")) == {}


@pytest.mark.parametrize(
    ("nomination", "rule", "curable"),
    [
        (_nomination("A", received_at=datetime.fromisoformat("2024-09-23T18:00:01")), "deadline", False),
        (_nomination("A", copy_by="E-Mail"), "written_form", False),
        (_nomination("A", copy_by="Telefax", original_at=datetime.fromisoformat("2024-09-23T18:00:01")), "written_form", False),
        (_nomination("A", keyword=" "), "keyword", False),
        (replace(_nomination("A"), candidates=()), "no_candidate", False),
        (_nomination("A", *(_candidate(str(number)) for number in range(9))), "too_many", True),
        (_nomination("A", _candidate("1"), _candidate("2", named=2)), "naming_order", True),
        (_nomination("A", _candidate("1", named=4)), "named_too_often", True),
        (_nomination("A", _candidate("1", named=0)), "named_too_often", True),
        (_nomination("A", _candidate("1"), _candidate("2", family_name="NAME1")), "written_twice", True),
        (_nomination("A", _candidate("1", missing=("Beruf",))), "details", True),
        (_nomination("A", _candidate("1", consent=False)), "consent", False),
        (_nomination("A", _candidate("1", certified=False)), "certificate", True),
        (_nomination("A", _candidate("1", undeclared_office="Beschäftigte der Stadt")), "intent", True),
        (_nomination("A", contact_named=False), "contact", True),
        (_nomination("A", contact_reachable=False), "contact_address", True),
        (_nomination("A", contact_named=False, contact_reachable=False), "contact", True),
        (_nomination("A", meeting=Meeting()), "meeting", False),
        (_nomination("A", _candidate("1", birth_date=date(2008, 11, 11))), "too_young", False),
        (_nomination("A", _candidate("1", birth_date=date(2008, 11, 10))), "parental_consent", True),
    ],
)
def test_every_defect_says_whether_it_can_still_be_cured(nomination: Nomination, rule: str, curable: bool) -> None:
    assert _found(nomination) == {rule: curable}
    assert all(defect.source and defect.text for defect in defects(LIST_RULES, DAY, nomination))


@pytest.mark.parametrize("birth", [None, date(2006, 11, 10)])
def test_grown_up_and_undated_candidates_need_no_parental_consent(birth: date | None) -> None:
    assert _found(_nomination("A", _candidate("1", birth_date=birth))) == {}


def test_minors_stand_with_the_consent_of_their_parents() -> None:
    assert _found(_nomination("A", _candidate("1", birth_date=date(2008, 11, 10), parental_consent=True))) == {}


def test_the_person_model_needs_no_keyword_and_no_naming_order() -> None:
    persons = _nomination("A", *(_candidate(str(number)) for number in range(6)), keyword="")
    assert _found(persons, rules=PERSON_RULES) == {}
    assert _found(_nomination("A", *(_candidate(str(number)) for number in range(7))), rules=PERSON_RULES) == {"too_many": True}


def test_the_person_model_needs_no_meeting_and_no_contact() -> None:
    assert _found(_nomination("A", meeting=Meeting(), contact_named=False, contact_reachable=False), rules=PERSON_RULES) == {}


def test_a_bylaw_may_do_without_the_meeting() -> None:
    rules = replace(LIST_RULES, nomination_meeting=False)
    assert _found(_nomination("A", meeting=Meeting()), rules=rules) == {}


def test_the_meeting_lies_before_the_last_day_for_nominations() -> None:
    held = Meeting(
        DAY - timedelta(days=48), "Rathaus", DAY - timedelta(days=55), "Aushang", "A. B.", 9, secret=True, signed=True, affirmed=True
    )
    late = replace(held, day=DAY - timedelta(days=47))
    for deadline in (DayBefore(48, time(18)), DayBefore(48)):
        rules = replace(LIST_RULES, nomination_deadline=deadline)
        received = datetime.fromisoformat("2024-09-23T17:00")
        assert _found(_nomination("A", meeting=held, received_at=received), rules=rules) == {}
        assert _found(_nomination("A", meeting=late, received_at=received), rules=rules) == {"meeting_too_late": False}


def test_who_is_exempt_needs_no_signatures() -> None:
    rules = replace(LIST_RULES, support_signatures=40)
    assert _found(_nomination("A"), rules=rules) == {"signatures": False}
    assert _found(_nomination("A", signatures_waived=True), rules=rules) == {}


def test_a_deadline_without_an_hour_lasts_the_whole_day() -> None:
    rules = replace(LIST_RULES, nomination_deadline=DayBefore(48))
    assert _found(_nomination("A", received_at=datetime.fromisoformat("2024-09-23T23:59:59")), rules=rules) == {}
    (late,) = defects(rules, DAY, _nomination("A", received_at=datetime.fromisoformat("2024-09-24T00:00")))
    assert (late.rule, late.text) == ("deadline", "Eingegangen am 24.09.2024 um 00:00:00 Uhr, nach Ablauf der Frist am 23.09.2024.")


@pytest.mark.parametrize(("factor", "seats", "most"), [(Fraction(2), 11, 22), (Fraction(3, 2), 4, 6), (Fraction(3, 2), 7, 10)])
def test_a_fraction_of_a_person_is_not_counted(factor: Fraction, seats: int, most: int) -> None:
    assert most_candidates(replace(LIST_RULES, seats=seats, max_candidates_factor=factor)) == most


def test_three_times_named_come_first_then_twice_then_once_in_their_own_order() -> None:
    named = [("1", 1), ("2", 3), ("3", 2), ("4", 3), ("5", 1)]
    assert [one.key for one in naming_order([_candidate(key, named=times) for key, times in named])] == ["2", "4", "3", "1", "5"]


def test_who_stands_on_several_nominations_is_struck_from_all() -> None:
    twice = {"family_name": "Öztürk", "birth_date": date(1980, 5, 5)}
    one = _nomination("A", _candidate("A1", **twice), _candidate("A2"))
    other = _nomination("B", _candidate("B1", **(twice | {"family_name": "oeztürk".replace("oe", "ö").upper()})))
    third = _nomination("C", _candidate("C1", family_name="Öztürk", birth_date=date(1981, 5, 5)))
    assert on_several([one, other, third]) == {"A1", "B1"}
    assert _found(one, other, third) == {"several_nominations": False}
    # named twice on one nomination is no double candidacy
    assert on_several([_nomination("A", _candidate("1", **twice), _candidate("2", **twice))]) == frozenset()


def test_a_voter_signs_one_nomination_only_the_one_received_first() -> None:
    rules = replace(LIST_RULES, support_signatures=2)
    first = _nomination("A", signatures=("17", "18"))
    second = _nomination("B", signatures=("18", "19", "19"), received_at=datetime.fromisoformat("2024-09-23T18:00"))
    assert valid_signatures(first, [second]) == ("17", "18")
    assert valid_signatures(second, [first]) == valid_signatures(second, [first, second]) == ("19",)
    assert _found(first, second, rules=rules) == {}
    assert _found(second, first, rules=rules) == {"signatures": False}


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), min_size=1, max_size=4))
def test_no_signature_counts_twice(signatures: list[list[str]]) -> None:
    nominations = [_nomination(str(number), signatures=tuple(voters)) for number, voters in enumerate(signatures)]
    counted = [voter for one in nominations for voter in valid_signatures(one, [other for other in nominations if other is not one])]
    assert sorted(counted) == sorted(set().union(*signatures))


def _admitted(*sizes: int) -> list[Nomination]:
    return [
        _nomination(str(place), *(_candidate(f"{place}-{number}") for number in range(size)))
        if size
        else replace(_nomination("0"), candidates=())
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
        _nomination("1", keyword="Zebra"),
        _nomination("2", keyword="Ähre"),
        _nomination("0", keyword="Zobel", previous_votes=0),
        _nomination("3", previous_votes=5),
        _nomination("4", previous_votes=9),
        _nomination("5", landtag_votes=1, previous_votes=99),
        _nomination("6", landtag_votes=7),
    ]
    assert [one.key for one in ballot_order(LIST_RULES, lists)] == ["6", "5", "4", "3", "0", "2", "1"]


def test_a_bylaw_may_order_by_name_or_by_receipt() -> None:
    lists = [
        _nomination("1", keyword="Zebra", received_at=datetime.fromisoformat("2024-09-01T00:00")),
        _nomination("2", keyword="Ähre", received_at=datetime.fromisoformat("2024-09-02T00:00"), landtag_votes=3),
        _nomination("3", keyword="Ader", received_at=datetime.fromisoformat("2024-09-03T00:00")),
    ]
    for order, expected in ((BallotOrder.ALPHABETICAL, ["3", "2", "1"]), (BallotOrder.RECEIPT, ["1", "2", "3"])):
        assert [one.key for one in ballot_order(replace(LIST_RULES, ballot_order=order), reversed(lists))] == expected


def test_persons_stand_in_the_order_of_a_german_dictionary() -> None:
    names = [("Zwölf", "A"), ("Öz", "B"), ("Oz", "A"), ("Łukasz", "A"), ("Straße", "A"), ("Strasse", "B"), ("van Dyk", "A"), ("Özil", "A")]
    persons = [_candidate(str(place), family_name=family, given_names=given) for place, (family, given) in enumerate(names)]
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


def test_marks_capitals_and_spaces_have_no_weight() -> None:
    assert folded("  ÇELİK   Şahin ") == "celik sahin"
    assert folded("Łukasz SØRENSEN Đorđević Işık Groß") == "lukasz sorensen dordevic isik gross"


@pytest.mark.parametrize(
    ("birth", "age"), [(date(2008, 11, 10), 16), (date(2008, 11, 11), 15), (date(2008, 12, 1), 15), (date(2008, 2, 29), 16)]
)
def test_the_birthday_itself_completes_the_year(birth: date, age: int) -> None:
    assert age_on(birth, DAY) == age


@pytest.mark.parametrize(
    ("deadline", "last", "late", "told"),
    [
        (DayBefore(48, time(18)), "2024-09-23T18:00", "2024-09-23T18:00:01", "23.09.2024 um 18:00 Uhr"),
        (DayBefore(48), "2024-09-23T23:59:59", "2024-09-24T00:00", "23.09.2024"),
    ],
)
def test_nominations_come_in_until_the_last_moment_of_the_deadline(deadline: DayBefore, last: str, late: str, told: str) -> None:
    rules = replace(LIST_RULES, nomination_deadline=deadline)
    assert still_open(rules, DAY, datetime.fromisoformat(last))
    assert not still_open(rules, DAY, datetime.fromisoformat(late))
    assert last_moment(rules, DAY) == told


@pytest.mark.parametrize("original", [IN_TIME, IN_TIME - timedelta(days=3)])
def test_a_copy_is_as_good_as_its_original_that_came_in_time(original: datetime) -> None:
    assert _found(_nomination("A", copy_by="E-Mail", original_at=original)) == {}


@pytest.mark.parametrize(
    ("original", "told"),
    [
        (None, "kam nur per E-Mail, das unterschriebene Original ist nicht eingegangen; schriftlich muss er bis 23.09.2024 um 18:00 Uhr"),
        (datetime.fromisoformat("2024-09-24T08:15:30"), "das unterschriebene Original kam erst am 24.09.2024 um 08:15:30 Uhr; schriftlich"),
    ],
)
def test_the_missing_original_is_told_with_its_last_moment(original: datetime | None, told: str) -> None:
    (defect,) = defects(PERSON_RULES, DAY, _nomination("A", copy_by="E-Mail", original_at=original))
    assert told in defect.text
