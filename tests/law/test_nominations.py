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
    age_on,
    defects,
    folded,
    last_moment,
    most_candidates,
    naming_order,
    on_several,
    still_open,
    valid_signatures,
)
from beiratswahl.law.rule_values import DayBefore
from beiratswahl.law.rules import NominationModel, Rules, System

DAY = date(2024, 11, 10)
IN_TIME = datetime.fromisoformat("2024-09-23T18:00")
LIST_RULES = Rules(system=System.PROPORTIONAL, seats=4, votes=4)
PERSON_RULES = Rules(
    system=System.MAJORITY, seats=4, votes=4, nomination_model=NominationModel.PERSON, max_candidates_factor=Fraction(3, 2), max_named=1
)


def a_candidate(key: str, **changes: Any) -> Candidate:
    return replace(Candidate(key, f"Name{key}", "Vor", date(1990, 1, 1)), **changes)


def a_nomination(key: str, *candidates: Candidate, **changes: Any) -> Nomination:
    return replace(Nomination(key, f"Liste {key}", IN_TIME, candidates or (a_candidate(f"{key}1"),)), **changes)


def _found(nomination: Nomination, *others: Nomination, rules: Rules = LIST_RULES) -> dict[str, bool]:
    return {defect.rule: defect.curable for defect in defects(rules, DAY, nomination, others)}


def test_a_proper_nomination_has_no_defect() -> None:
    assert _found(a_nomination("A"), a_nomination("B")) == {}


@pytest.mark.parametrize(
    ("nomination", "rule", "curable"),
    [
        (a_nomination("A", received_at=datetime.fromisoformat("2024-09-23T18:00:01")), "deadline", False),
        (a_nomination("A", copy_by="E-Mail"), "written_form", False),
        (a_nomination("A", copy_by="Telefax", original_at=datetime.fromisoformat("2024-09-23T18:00:01")), "written_form", False),
        (a_nomination("A", keyword=" "), "keyword", False),
        (replace(a_nomination("A"), candidates=()), "no_candidate", False),
        (a_nomination("A", *(a_candidate(str(number)) for number in range(9))), "too_many", True),
        (a_nomination("A", a_candidate("1"), a_candidate("2", named=2)), "naming_order", True),
        (a_nomination("A", a_candidate("1", named=4)), "named_too_often", True),
        (a_nomination("A", a_candidate("1", named=0)), "named_too_often", True),
        (a_nomination("A", a_candidate("1"), a_candidate("2", family_name="NAME1")), "written_twice", True),
        (a_nomination("A", a_candidate("1", missing=("Beruf",))), "details", True),
        (a_nomination("A", a_candidate("1", consent=False)), "consent", False),
        (a_nomination("A", a_candidate("1", certified=False)), "certificate", True),
        (a_nomination("A", a_candidate("1", undeclared_office="Beschäftigte der Stadt")), "intent", True),
        (a_nomination("A", contact_named=False), "contact", True),
        (a_nomination("A", contact_reachable=False), "contact_address", True),
        (a_nomination("A", contact_named=False, contact_reachable=False), "contact", True),
        (a_nomination("A", meeting=Meeting()), "meeting", False),
        (a_nomination("A", a_candidate("1", birth_date=date(2008, 11, 11))), "too_young", False),
        (a_nomination("A", a_candidate("1", birth_date=date(2008, 11, 10))), "parental_consent", True),
    ],
)
def test_every_defect_says_whether_it_can_still_be_cured(nomination: Nomination, rule: str, curable: bool) -> None:
    assert _found(nomination) == {rule: curable}
    assert all(defect.source and defect.text for defect in defects(LIST_RULES, DAY, nomination))


@pytest.mark.parametrize("birth", [None, date(2006, 11, 10)])
def test_grown_up_and_undated_candidates_need_no_parental_consent(birth: date | None) -> None:
    assert _found(a_nomination("A", a_candidate("1", birth_date=birth))) == {}


def test_minors_stand_with_the_consent_of_their_parents() -> None:
    assert _found(a_nomination("A", a_candidate("1", birth_date=date(2008, 11, 10), parental_consent=True))) == {}


def test_the_person_model_needs_no_keyword_and_no_naming_order() -> None:
    persons = a_nomination("A", *(a_candidate(str(number)) for number in range(6)), keyword="")
    assert _found(persons, rules=PERSON_RULES) == {}
    assert _found(a_nomination("A", *(a_candidate(str(number)) for number in range(7))), rules=PERSON_RULES) == {"too_many": True}


def test_the_person_model_needs_no_meeting_and_no_contact() -> None:
    assert _found(a_nomination("A", meeting=Meeting(), contact_named=False, contact_reachable=False), rules=PERSON_RULES) == {}


def test_a_bylaw_may_do_without_the_meeting() -> None:
    rules = replace(LIST_RULES, nomination_meeting=False)
    assert _found(a_nomination("A", meeting=Meeting()), rules=rules) == {}


def test_the_meeting_lies_before_the_last_day_for_nominations() -> None:
    held = Meeting(
        DAY - timedelta(days=48), "Rathaus", DAY - timedelta(days=55), "Aushang", "A. B.", 9, secret=True, signed=True, affirmed=True
    )
    late = replace(held, day=DAY - timedelta(days=47))
    for deadline in (DayBefore(48, time(18)), DayBefore(48)):
        rules = replace(LIST_RULES, nomination_deadline=deadline)
        received = datetime.fromisoformat("2024-09-23T17:00")
        assert _found(a_nomination("A", meeting=held, received_at=received), rules=rules) == {}
        assert _found(a_nomination("A", meeting=late, received_at=received), rules=rules) == {"meeting_too_late": False}


def test_who_is_exempt_needs_no_signatures() -> None:
    rules = replace(LIST_RULES, support_signatures=40)
    assert _found(a_nomination("A"), rules=rules) == {"signatures": False}
    assert _found(a_nomination("A", signatures_waived=True), rules=rules) == {}


def test_a_deadline_without_an_hour_lasts_the_whole_day() -> None:
    rules = replace(LIST_RULES, nomination_deadline=DayBefore(48))
    assert _found(a_nomination("A", received_at=datetime.fromisoformat("2024-09-23T23:59:59")), rules=rules) == {}
    (late,) = defects(rules, DAY, a_nomination("A", received_at=datetime.fromisoformat("2024-09-24T00:00")))
    assert (late.rule, late.text) == ("deadline", "Eingegangen am 24.09.2024 um 00:00:00 Uhr, nach Ablauf der Frist am 23.09.2024.")


@pytest.mark.parametrize(("factor", "seats", "most"), [(Fraction(2), 11, 22), (Fraction(3, 2), 4, 6), (Fraction(3, 2), 7, 10)])
def test_a_fraction_of_a_person_is_not_counted(factor: Fraction, seats: int, most: int) -> None:
    assert most_candidates(replace(LIST_RULES, seats=seats, max_candidates_factor=factor)) == most


def test_three_times_named_come_first_then_twice_then_once_in_their_own_order() -> None:
    named = [("1", 1), ("2", 3), ("3", 2), ("4", 3), ("5", 1)]
    assert [one.key for one in naming_order([a_candidate(key, named=times) for key, times in named])] == ["2", "4", "3", "1", "5"]


def test_the_other_nominations_of_a_person_are_named() -> None:
    twice = replace(a_candidate("x"), key="y")
    others = [a_nomination("B", twice), a_nomination("C", twice, keyword=" "), a_nomination("D", twice, twice)]
    (found,) = defects(LIST_RULES, DAY, a_nomination("A", a_candidate("x")), others)
    assert found.text == (
        "Namex, Vor (Platz 1) steht auch auf „Liste B“, „ohne Kennwort“, „Liste D“. Wer auf mehreren Wahlvorschlägen steht, wird auf allen "
        "gestrichen."
    )


def test_who_stands_on_several_nominations_is_struck_from_all() -> None:
    twice = {"family_name": "Öztürk", "birth_date": date(1980, 5, 5)}
    one = a_nomination("A", a_candidate("A1", **twice), a_candidate("A2"))
    other = a_nomination("B", a_candidate("B1", **(twice | {"family_name": "oeztürk".replace("oe", "ö").upper()})))
    third = a_nomination("C", a_candidate("C1", family_name="Öztürk", birth_date=date(1981, 5, 5)))
    assert on_several([one, other, third]) == {"A1", "B1"}
    assert _found(one, other, third) == {"several_nominations": False}
    # named twice on one nomination is no double candidacy
    assert on_several([a_nomination("A", a_candidate("1", **twice), a_candidate("2", **twice))]) == frozenset()


def test_a_voter_signs_one_nomination_only_the_one_received_first() -> None:
    rules = replace(LIST_RULES, support_signatures=2)
    first = a_nomination("A", signatures=("17", "18"))
    second = a_nomination("B", signatures=("18", "19", "19"), received_at=datetime.fromisoformat("2024-09-23T18:00"))
    assert valid_signatures(first, [second]) == ("17", "18")
    assert valid_signatures(second, [first]) == valid_signatures(second, [first, second]) == ("19",)
    assert _found(first, second, rules=rules) == {}
    assert _found(second, first, rules=rules) == {"signatures": False}


@given(st.lists(st.lists(st.sampled_from("abcd"), max_size=4), min_size=1, max_size=4))
def test_no_signature_counts_twice(signatures: list[list[str]]) -> None:
    nominations = [a_nomination(str(number), signatures=tuple(voters)) for number, voters in enumerate(signatures)]
    counted = [voter for one in nominations for voter in valid_signatures(one, [other for other in nominations if other is not one])]
    assert sorted(counted) == sorted(set().union(*signatures))


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
    assert _found(a_nomination("A", copy_by="E-Mail", original_at=original)) == {}


@pytest.mark.parametrize(
    ("original", "told"),
    [
        (None, "kam nur per E-Mail, das unterschriebene Original ist nicht eingegangen; schriftlich muss er bis 23.09.2024 um 18:00 Uhr"),
        (datetime.fromisoformat("2024-09-24T08:15:30"), "das unterschriebene Original kam erst am 24.09.2024 um 08:15:30 Uhr; schriftlich"),
    ],
)
def test_the_missing_original_is_told_with_its_last_moment(original: datetime | None, told: str) -> None:
    (defect,) = defects(PERSON_RULES, DAY, a_nomination("A", copy_by="E-Mail", original_at=original))
    assert told in defect.text
    assert defect.source == "§ 16 Abs. 1, § 23 Abs. 2 KWG"
