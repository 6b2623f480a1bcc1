"""Wählbarkeit: Wahlberechtigte, Bürger, minors and bars."""

from dataclasses import replace
from datetime import date

import pytest

from beiratswahl.law.candidacy import UNION_SINCE, CandidateFacts, Footing, is_union_citizen, stand
from beiratswahl.law.facts import Application, Election, IncompleteDate, Person, Residence
from beiratswahl.law.rules import Ground, Rules, System
from beiratswahl.law.suffrage import Entitlement

DAY = date(2024, 11, 10)
RULES = Rules(System.MAJORITY, 9, 9, dual_nationals_ex_officio=True, children_of_naturalised=False)
ELECTION = Election(DAY, frozenset({"07999000"}))
SYRIAN = Person(date(1980, 5, 1), ("475",), (Residence("07999000", True, date(2000, 1, 1)),))
GERMAN = SYRIAN._replace(nationalities=("000",))
SEVENTEEN = date(2007, 1, 1)
PLAIN = CandidateFacts()


def answer(person: Person, facts: CandidateFacts = PLAIN, rules: Rules = RULES) -> tuple[Entitlement, Footing | None]:
    candidacy = stand(rules, ELECTION, person, facts)
    assert all("§" in reason.source for reason in candidacy.reasons)
    return candidacy.eligible, candidacy.footing


def test_everybody_entitled_to_vote_may_stand() -> None:
    assert answer(SYRIAN) == (Entitlement.YES, Footing.ELIGIBLE_PERSON)


def test_germans_and_union_citizens_stand_as_citizens_from_eighteen() -> None:
    assert answer(GERMAN) == (Entitlement.YES, Footing.CITIZEN)
    assert answer(GERMAN._replace(birth=date(2006, 11, 10))) == (Entitlement.YES, Footing.CITIZEN)
    assert answer(GERMAN._replace(birth=date(2006, 11, 11)), CandidateFacts(parental_consent=True)) == (Entitlement.NO, None)


def test_the_answer_no_names_both_footings() -> None:
    candidacy = stand(RULES, ELECTION, SYRIAN._replace(residences=()), PLAIN)
    assert candidacy.eligible is Entitlement.NO
    assert {"residence", "citizen"} <= {reason.rule for reason in candidacy.reasons if reason.met is False}


def test_a_ground_is_enough_even_before_the_entry_in_the_roll() -> None:
    dual = SYRIAN._replace(nationalities=("000", "163"), birth=SEVENTEEN)
    on_application = replace(RULES, dual_nationals_ex_officio=False)
    assert answer(dual, CandidateFacts(parental_consent=True), on_application) == (Entitlement.YES, Footing.ELIGIBLE_PERSON)


def test_a_naturalised_minor_needs_the_proof_of_the_ground() -> None:
    consent = CandidateFacts(parental_consent=True)
    claimed = GERMAN._replace(birth=SEVENTEEN, applications=(Application(Ground.NR2B, False),))
    assert answer(claimed, consent) == (Entitlement.UNCLEAR, Footing.ELIGIBLE_PERSON)
    proven = claimed._replace(applications=(Application(Ground.NR2B, True),))
    assert answer(proven, consent) == (Entitlement.YES, Footing.ELIGIBLE_PERSON)


def test_a_second_nationality_that_is_unresolved_is_no_ground_to_stand() -> None:
    unsure = SYRIAN._replace(nationalities=("000", "998"), birth=SEVENTEEN, applications=(Application(Ground.NR1, True),))
    on_application = replace(RULES, dual_nationals_ex_officio=False)
    assert answer(unsure, CandidateFacts(parental_consent=True), on_application) == (Entitlement.UNCLEAR, Footing.ELIGIBLE_PERSON)


@pytest.mark.parametrize(
    ("consent", "expected"),
    [(True, Entitlement.YES), (None, Entitlement.UNCLEAR), (False, Entitlement.NO)],
)
def test_minors_need_the_consent_of_their_legal_representatives(consent: bool | None, expected: Entitlement) -> None:
    assert answer(SYRIAN._replace(birth=SEVENTEEN), CandidateFacts(parental_consent=consent))[0] is expected


def test_a_birth_date_that_may_be_a_minors_asks_for_consent() -> None:
    perhaps = SYRIAN._replace(birth=IncompleteDate(date(2006, 1, 1), date(2006, 12, 31)))
    assert answer(perhaps)[0] is Entitlement.UNCLEAR
    assert answer(perhaps, CandidateFacts(parental_consent=True))[0] is Entitlement.YES


@pytest.mark.parametrize(("barred", "expected"), [(True, Entitlement.NO), (None, Entitlement.UNCLEAR), (False, Entitlement.YES)])
def test_loss_of_office_bars_everybody(barred: bool | None, expected: Entitlement) -> None:
    assert answer(SYRIAN, CandidateFacts(office_barred=barred))[0] is expected
    assert answer(GERMAN, CandidateFacts(office_barred=barred))[0] is expected


@pytest.mark.parametrize(("barred", "expected"), [(True, Entitlement.NO), (None, Entitlement.UNCLEAR), (False, Entitlement.YES)])
def test_loss_in_the_home_state_bars_union_citizens_only(barred: bool | None, expected: Entitlement) -> None:
    facts = CandidateFacts(home_state_barred=barred)
    assert answer(SYRIAN._replace(nationalities=("137",)), facts)[0] is expected
    assert answer(SYRIAN, facts)[0] is Entitlement.YES


def test_an_unknown_nationality_leaves_candidacy_open() -> None:
    assert answer(SYRIAN._replace(nationalities=()))[0] is Entitlement.UNCLEAR


def test_an_excluded_person_may_not_stand() -> None:
    assert answer(SYRIAN._replace(excluded=True)) == (Entitlement.NO, None)


def test_the_dead_do_not_stand() -> None:
    assert answer(GERMAN._replace(died=date(2024, 11, 1))) == (Entitlement.NO, None)
    assert answer(GERMAN._replace(died=date(2024, 12, 1))) == (Entitlement.YES, Footing.CITIZEN)


def test_a_citizen_exempt_from_registration_still_has_to_show_the_residence() -> None:
    assert answer(GERMAN._replace(registered=False, residences=())) == (Entitlement.UNCLEAR, Footing.CITIZEN)
    assert answer(GERMAN._replace(residences=())) == (Entitlement.NO, None)


def test_whoever_has_not_applied_and_names_no_nationality_may_still_be_a_citizen() -> None:
    assert answer(SYRIAN._replace(registered=False, nationalities=())) == (Entitlement.UNCLEAR, Footing.CITIZEN)


def test_before_2009_only_the_electorate_could_stand() -> None:
    old = replace(RULES, age=18, candidate_age=18, grounds=(Ground.NR1,), citizens_may_stand=False)
    assert answer(GERMAN, rules=old) == (Entitlement.NO, None)
    assert answer(SYRIAN, rules=old) == (Entitlement.YES, Footing.ELIGIBLE_PERSON)


@pytest.mark.parametrize(
    ("key", "day", "member"),
    [
        ("137", date(1994, 10, 16), True),
        ("130", date(2013, 6, 30), False),
        ("130", date(2013, 7, 1), True),
        ("154", date(2006, 12, 31), False),
        ("154", date(2009, 11, 8), True),
        ("152", date(2004, 11, 7), True),
        ("168", date(2019, 10, 27), True),
        ("168", date(2020, 1, 31), True),
        ("168", date(2020, 2, 1), False),
        ("163", DAY, False),
    ],
)
def test_union_citizenship_follows_membership_on_the_day(key: str, day: date, member: bool) -> None:
    assert is_union_citizen((key,), day) is member


@pytest.mark.parametrize(
    ("day", "others"),
    [
        (date(1994, 12, 31), 10),
        (date(1995, 1, 1), 13),
        (date(2004, 4, 30), 13),
        (date(2004, 5, 1), 23),
        (date(2007, 1, 1), 25),
        (date(2013, 7, 1), 26),
    ],
)
def test_the_union_has_as_many_members_beside_germany_and_the_united_kingdom_as_its_treaties_say(day: date, others: int) -> None:
    assert sum(is_union_citizen((key,), day) for key in UNION_SINCE) == others
