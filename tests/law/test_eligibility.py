"""Wahlberechtigung: cases as data, boundaries, and what must hold for everybody."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.commands import law_eligibility
from beiratswahl.law.candidacy import CandidateFacts, stand
from beiratswahl.law.eligibility import Assessor, decide, latest_birth
from beiratswahl.law.facts import (
    Application,
    Election,
    IncompleteDate,
    ParentStatus,
    Person,
    Residence,
    fact_date,
    months_before,
)
from beiratswahl.law.residence import Residency, residency
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.law.rules import Ground, Level, Rules, RuleToBeConfirmed, RuleVersion, System
from beiratswahl.law.suffrage import Category, Decision, Entitlement, Entry, suffrage_of

CASES = json.loads((Path(__file__).parent / "cases" / "eligibility.json").read_text(encoding="utf-8"))
DAY = date(2024, 11, 10)
TOWN, NEXT_TOWN, FAR = "07999000", "07999001", "08111000"
RULES = Rules(System.MAJORITY, 9, 9, dual_nationals_ex_officio=True, children_of_naturalised=False)
ELECTION = Election(DAY, frozenset({TOWN}))
COUNTY = Election(DAY, frozenset({TOWN, NEXT_TOWN}))
LONG = Residence(TOWN, True, date(2000, 1, 1))
BIRTH = date(1980, 5, 1)
SYRIAN = Person(BIRTH, ("475",), (LONG,))
GERMAN = SYRIAN._replace(nationalities=("000",))


def entitled(person: Person, election: Election = ELECTION, **rules: Any) -> Entitlement:
    return decide(replace(RULES, **rules), election, person).entitled


def unmet(decision: Decision) -> list[str]:
    return [reason.rule for reason in decision.reasons if reason.met is False]


def claims(*grounds: Ground, proof: bool = True) -> Person:
    parents = {Ground.NR2D: ParentStatus.FOREIGNER}
    return GERMAN._replace(applications=tuple(Application(ground, proof, parents.get(ground)) for ground in grounds))


def living(*homes: Residence) -> Person:
    return SYRIAN._replace(residences=homes)


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["case"])
def test_published_cases_are_decided_as_the_law_says(case: dict[str, Any]) -> None:
    election = {**CASES["election"], **case.get("election", {})}
    election["rules"] = {**CASES["election"]["rules"], **case.get("rules", {})}
    document = {"election": election, "persons": [{"person": case["case"], **case["person"]}]}
    said = law_eligibility.answer(document)["persons"][0]  # type: ignore[index]
    assert {key: said[key] for key in case["expected"]} == case["expected"]
    assert [reason["rule"] for reason in said["reasons"] if reason["met"] is False] == case.get("unmet", [])


@pytest.mark.parametrize("case", [case for case in CASES["cases"] if "may_stand" in case], ids=lambda case: case["case"])
def test_published_cases_of_candidacy(case: dict[str, Any]) -> None:
    given_person = case["person"]
    person = Person(date.fromisoformat(given_person["birth_date"]), tuple(given_person["nationalities"]), (LONG,))
    candidacy = stand(RULES, ELECTION, person, CandidateFacts(parental_consent=True))
    assert (candidacy.eligible, candidacy.footing) == (case["may_stand"], case.get("footing"))


# age: § 56 Abs. 2 Satz 2 GemO, §§ 187, 188 BGB


def test_the_sixteenth_birthday_itself_counts() -> None:
    assert entitled(SYRIAN._replace(birth=date(2008, 11, 10))) is Entitlement.YES
    decision = decide(RULES, ELECTION, SYRIAN._replace(birth=date(2008, 11, 11)))
    assert (decision.entitled, decision.entry, unmet(decision)) == (Entitlement.NO, None, ["age"])


@pytest.mark.parametrize(
    ("day", "age", "last"),
    [
        (date(2026, 2, 28), 18, date(2008, 2, 28)),
        (date(2026, 3, 1), 18, date(2008, 3, 1)),
        (date(2024, 2, 29), 16, date(2008, 2, 29)),
        (date(2032, 2, 29), 18, date(2014, 2, 28)),
        (date(2024, 11, 10), 0, date(2024, 11, 10)),
    ],
)
def test_who_is_born_on_29_february_completes_the_year_at_the_end_of_28_february(day: date, age: int, last: date) -> None:
    assert latest_birth(day, age) == last


@pytest.mark.parametrize(
    ("birth", "answer"),
    [
        ("1980", Entitlement.YES),
        ("2007-00-00", Entitlement.YES),
        ("2008", Entitlement.UNCLEAR),
        ("2008-10", Entitlement.YES),
        ("2008-11-00", Entitlement.UNCLEAR),
        ("2008-12", Entitlement.NO),
        ("2009", Entitlement.NO),
        ("0000-00-00", Entitlement.UNCLEAR),
    ],
)
def test_an_incomplete_birth_date_matters_only_where_it_can_decide(birth: str, answer: Entitlement) -> None:
    assert entitled(SYRIAN._replace(birth=fact_date(birth))) is answer


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2024, 11, 1), Entitlement.UNCLEAR), (date(2024, 11, 29), Entitlement.UNCLEAR), (date(2024, 11, 30), Entitlement.YES)],
)
def test_a_month_of_birth_decides_only_when_its_last_day_is_early_enough(day: date, answer: Entitlement) -> None:
    assert entitled(SYRIAN._replace(birth=fact_date("2008-11")), replace(ELECTION, day=day)) is answer


# residence: § 1 Abs. 1 Nr. 2, Abs. 2, Abs. 3 KWG


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2024, 11, 10), 3, date(2024, 8, 10)),
        (date(2024, 5, 31), 3, date(2024, 2, 29)),
        (date(2027, 5, 31), 3, date(2027, 2, 28)),
        (date(2027, 2, 28), 3, date(2026, 11, 28)),
        (date(2025, 1, 12), 3, date(2024, 10, 12)),
        (date(2024, 11, 10), -1, date(2024, 12, 10)),
        (date(2024, 12, 31), -2, date(2025, 2, 28)),
    ],
)
def test_three_months_end_safely_at_the_end_of_a_month(day: date, months: int, last: date) -> None:
    assert months_before(day, months) == last


@pytest.mark.parametrize(
    ("homes", "found"),
    [
        ((Residence(TOWN, True, date(2024, 8, 10)),), Residency.SETTLED),
        ((Residence(TOWN, True, date(2024, 8, 11)),), Residency.RECENT),
        ((Residence(TOWN, None, date(2024, 8, 11)),), Residency.RECENT_ROLE_UNKNOWN),
        ((Residence(TOWN, True, None),), Residency.SINCE_UNKNOWN),
        ((Residence(TOWN, None, date(2010, 1, 1)),), Residency.ROLE_UNKNOWN),
        ((Residence(TOWN, False, date(2010, 1, 1)),), Residency.SECONDARY),
        ((Residence(FAR, True, date(2010, 1, 1)),), Residency.ELSEWHERE),
        ((), Residency.ELSEWHERE),
        # moved away before election day, on it, after it
        ((Residence(TOWN, True, date(2010, 1, 1), date(2024, 11, 9)),), Residency.ELSEWHERE),
        ((Residence(TOWN, True, date(2010, 1, 1), DAY),), Residency.SETTLED),
        ((Residence(TOWN, True, date(2010, 1, 1), date(2024, 12, 1)),), Residency.SETTLED),
        # moves in only after the election
        ((Residence(TOWN, True, date(2024, 11, 11)),), Residency.ELSEWHERE),
        # a gap, a move without gap, a move on one day
        ((Residence(TOWN, True, date(2010, 1, 1), date(2024, 9, 1)), Residence(TOWN, True, date(2024, 9, 3))), Residency.RECENT),
        ((Residence(TOWN, True, date(2024, 9, 2)), Residence(TOWN, True, date(2010, 1, 1), date(2024, 9, 1))), Residency.SETTLED),
        ((Residence(TOWN, True, date(2010, 1, 1), date(2024, 9, 1)), Residence(TOWN, True, date(2024, 9, 1))), Residency.SETTLED),
        # Nebenwohnung first, Hauptwohnung since less than three months
        ((Residence(TOWN, False, date(2010, 1, 1), date(2024, 9, 1)), Residence(TOWN, True, date(2024, 9, 1))), Residency.RECENT),
        # unknown beginnings that cannot matter, and that can
        ((Residence(TOWN, True, None, date(2024, 1, 1)), LONG), Residency.SETTLED),
        ((Residence(TOWN, True, None, date(2024, 9, 1)), Residence(TOWN, True, date(2024, 9, 2))), Residency.SINCE_UNKNOWN),
        # the register contradicts itself: two Hauptwohnungen
        ((LONG, Residence(FAR, True, date(2015, 1, 1))), Residency.TWO_MAIN_RESIDENCES),
        ((LONG, Residence(FAR, True, None)), Residency.TWO_MAIN_RESIDENCES),
        ((LONG, Residence(FAR, True, date(2015, 1, 1), date(2024, 8, 10))), Residency.SETTLED),
        ((LONG, Residence(FAR, True, DAY)), Residency.SETTLED),
        ((LONG, Residence(FAR, False, date(2015, 1, 1))), Residency.SETTLED),
    ],
)
def test_residence_in_a_town(homes: tuple[Residence, ...], found: Residency) -> None:
    assert residency(ELECTION, date(2024, 8, 10), homes) is found
    states = (found.in_area, found.is_main, found.long_enough)
    answer = Entitlement.NO if False in states else Entitlement.UNCLEAR if None in states else Entitlement.YES
    assert entitled(living(*homes)) is answer


@pytest.mark.parametrize(
    ("since", "found"),
    [("2024", Residency.SINCE_UNKNOWN), ("2023", Residency.SETTLED), ("2024-08", Residency.SINCE_UNKNOWN), ("2024-09", Residency.RECENT)],
)
def test_an_incomplete_move_in_date_matters_only_where_it_can_decide(since: str, found: Residency) -> None:
    assert residency(ELECTION, date(2024, 8, 10), [Residence(TOWN, True, fact_date(since))]) is found


def test_an_incomplete_move_out_date_that_can_matter_leaves_the_stay_open() -> None:
    home = Residence(TOWN, True, date(2010, 1, 1), fact_date("2024-11"))
    assert residency(ELECTION, date(2024, 8, 10), [home]) is Residency.SINCE_UNKNOWN


def test_a_move_inside_the_landkreis_does_not_interrupt_the_stay() -> None:
    homes = (Residence(TOWN, True, date(2010, 1, 1), date(2024, 10, 10)), Residence(NEXT_TOWN, True, date(2024, 10, 11)))
    assert entitled(living(*homes), COUNTY) is Entitlement.YES
    assert entitled(living(*homes), Election(DAY, frozenset({"07999"}))) is Entitlement.YES
    assert entitled(living(*homes), ELECTION) is Entitlement.NO
    assert entitled(living(*homes), Election(DAY, frozenset({NEXT_TOWN}))) is Entitlement.NO


def test_time_in_an_incorporated_area_is_credited() -> None:
    homes = (Residence(NEXT_TOWN, True, date(2010, 1, 1), date(2024, 9, 30)), Residence(TOWN, True, date(2024, 10, 1)))
    merged = replace(ELECTION, incorporated=frozenset({NEXT_TOWN}))
    decision = decide(RULES, merged, living(*homes))
    assert decision.entitled is Entitlement.YES
    assert any("Abs. 2, Abs. 3 KWG" in reason.source for reason in decision.reasons)
    assert entitled(living(*homes), ELECTION) is Entitlement.NO
    stayed = decide(RULES, merged, living(homes[0]._replace(until=None)))
    assert stayed.entitled is Entitlement.YES
    assert any("Abs. 2, Abs. 3 KWG" in reason.source for reason in stayed.reasons)


def test_nothing_known_of_the_residence_is_unclear_and_none_registered_is_no() -> None:
    assert entitled(SYRIAN._replace(residences=None)) is Entitlement.UNCLEAR
    assert entitled(SYRIAN._replace(residences=())) is Entitlement.NO
    applied = SYRIAN._replace(registered=False, residences=(), applications=(Application(Ground.NR1, True),))
    assert entitled(applied) is Entitlement.UNCLEAR


def test_two_main_residences_are_a_contradiction_to_be_settled_by_the_officer() -> None:
    decision = decide(RULES, ELECTION, living(LONG, Residence(FAR, True, date(2015, 1, 1))))
    assert decision.entitled is Entitlement.UNCLEAR
    assert any("Widerspruch" in reason.text for reason in decision.reasons if reason.met is None)


# exclusion and death


def test_exclusion_and_death_end_the_right_to_vote() -> None:
    decision = decide(RULES, ELECTION, SYRIAN._replace(excluded=True, died=date(2024, 11, 1), birth=date(2010, 1, 1)))
    assert (decision.entitled, decision.entry) == (Entitlement.NO, None)
    assert unmet(decision) == ["age", "not_excluded", "alive"]
    assert entitled(SYRIAN._replace(excluded=None)) is Entitlement.UNCLEAR


@pytest.mark.parametrize(
    ("died", "answer"),
    [
        (DAY, Entitlement.NO),
        (date(2024, 11, 11), Entitlement.YES),
        (fact_date("2024-11"), Entitlement.UNCLEAR),
        (fact_date("2023"), Entitlement.NO),
    ],
)
def test_death_counts_up_to_election_day(died: date | IncompleteDate, answer: Entitlement) -> None:
    assert entitled(SYRIAN._replace(died=died)) is answer


# nationality: § 56 Abs. 2 Satz 2 Nr. 1 GemO


@pytest.mark.parametrize(
    ("keys", "answer", "category"),
    [
        (("475",), Entitlement.YES, Category.FOREIGNER),
        (("997",), Entitlement.YES, Category.FOREIGNER),
        (("nicht-deutsch",), Entitlement.YES, Category.FOREIGNER),
        (("475", "163"), Entitlement.YES, Category.FOREIGNER),
        (("475", "998"), Entitlement.YES, Category.FOREIGNER),
        (("000", "163"), Entitlement.YES, Category.DUAL_NATIONAL),
        (("000", "163", "998"), Entitlement.YES, Category.DUAL_NATIONAL),
        (("998",), Entitlement.UNCLEAR, None),
        (("999",), Entitlement.UNCLEAR, None),
        (("997", "999"), Entitlement.UNCLEAR, None),
        ((), Entitlement.UNCLEAR, None),
        (("000", "998"), Entitlement.UNCLEAR, None),
        (("000", "997"), Entitlement.UNCLEAR, None),
        (("000",), Entitlement.NO, None),
    ],
)
def test_nationality_decides_the_first_ground(keys: tuple[str, ...], answer: Entitlement, category: Category | None) -> None:
    decision = decide(RULES, ELECTION, SYRIAN._replace(nationalities=keys))
    assert (decision.entitled, decision.category) == (answer, category)


def test_an_unclear_nationality_is_no_ground_and_no_entry_yet() -> None:
    decision = decide(RULES, ELECTION, SYRIAN._replace(nationalities=("998",)))
    assert (decision.grounds, decision.entry) == ((), None)


def test_dual_nationals_apply_where_the_bylaw_says_so() -> None:
    dual = SYRIAN._replace(nationalities=("000", "163"))
    decision = decide(replace(RULES, dual_nationals_ex_officio=False), ELECTION, dual)
    assert (decision.entitled, decision.entry, decision.grounds) == (Entitlement.NO, Entry.APPLICATION, (Ground.NR1,))
    # The register shows the foreign nationality, so any application is enough, proven or not.
    for claim in (Application(Ground.NR1, False), Application(Ground.NR2B, False), Application(Ground.NR2C, True)):
        decision = decide(replace(RULES, dual_nationals_ex_officio=False), ELECTION, dual._replace(applications=(claim,)))
        assert (decision.entitled, decision.entry, decision.grounds) == (Entitlement.YES, Entry.APPLICATION, (Ground.NR1,))


def test_a_second_nationality_that_is_unresolved_needs_an_application_where_dual_nationals_do() -> None:
    unsure = SYRIAN._replace(nationalities=("000", "998"))
    on_application = replace(RULES, dual_nationals_ex_officio=False)
    decision = decide(on_application, ELECTION, unsure)
    assert (decision.entitled, decision.entry, decision.grounds) == (Entitlement.NO, Entry.APPLICATION, ())
    decision = decide(on_application, ELECTION, unsure._replace(applications=(Application(Ground.NR1, True),)))
    assert (decision.entitled, decision.entry, decision.grounds) == (Entitlement.UNCLEAR, Entry.APPLICATION, (Ground.NR1,))


def test_a_needless_claim_takes_nothing_from_a_foreigner() -> None:
    for claim in (Application(Ground.NR1, False), Application(Ground.NR2B, False), Application(Ground.NR2B, True)):
        decision = decide(RULES, ELECTION, SYRIAN._replace(applications=(claim,)))
        assert (decision.entitled, decision.entry, decision.grounds) == (Entitlement.YES, Entry.EX_OFFICIO, (Ground.NR1,))
        assert all(reason.met for reason in decision.reasons)


def test_dual_nationals_may_hold_several_grounds() -> None:
    person = SYRIAN._replace(nationalities=("000", "163"), applications=(Application(Ground.NR2B, True),))
    decision = decide(RULES, ELECTION, person)
    assert decision.grounds == (Ground.NR1, Ground.NR2B)
    assert decision.category is Category.DUAL_NATIONAL


# claims: § 56 Abs. 2 Satz 2 Nr. 2 GemO


@pytest.mark.parametrize("ground", [Ground.NR2A, Ground.NR2B, Ground.NR2C, Ground.NR2D])
def test_a_claim_without_proof_is_unclear_and_with_proof_entitles(ground: Ground) -> None:
    young = date(2003, 1, 1)
    assert entitled(claims(ground)._replace(birth=young)) is Entitlement.YES
    assert entitled(claims(ground, proof=False)._replace(birth=young)) is Entitlement.UNCLEAR


@pytest.mark.parametrize(
    ("birth", "answer"),
    [
        ("1999-12-31", Entitlement.NO),
        ("2000-01-01", Entitlement.YES),
        ("2000", Entitlement.YES),
        ("1999", Entitlement.NO),
        ("0000-00-00", Entitlement.UNCLEAR),
    ],
)
def test_birth_in_germany_counts_since_2000_only(birth: str, answer: Entitlement) -> None:
    assert entitled(claims(Ground.NR2C)._replace(birth=fact_date(birth))) is answer


def test_a_birth_date_that_may_lie_before_2000_leaves_birthright_open() -> None:
    person = claims(Ground.NR2C)._replace(birth=IncompleteDate(date(1999, 12, 1), date(2000, 1, 31)))
    decision = decide(RULES, ELECTION, person)
    assert decision.entitled is Entitlement.UNCLEAR
    assert any("01.01.2000" in reason.text for reason in decision.reasons if reason.met is None)


@pytest.mark.parametrize(
    ("parent", "wide", "answer"),
    [
        (None, False, Entitlement.UNCLEAR),
        (None, True, Entitlement.UNCLEAR),
        (ParentStatus.FOREIGNER, False, Entitlement.YES),
        (ParentStatus.RESETTLER, False, Entitlement.YES),
        (ParentStatus.RESETTLER_FAMILY, False, Entitlement.YES),
        (ParentStatus.NATURALISED, False, Entitlement.NO),
        (ParentStatus.NATURALISED, True, Entitlement.YES),
        (ParentStatus.GERMAN, True, Entitlement.NO),
    ],
)
def test_the_parent_decides_for_children_by_descent(parent: ParentStatus | None, wide: bool, answer: Entitlement) -> None:
    person = GERMAN._replace(applications=(Application(Ground.NR2D, True, parent),))
    assert entitled(person, children_of_naturalised=wide) is answer


def test_a_claim_by_descent_that_names_no_parent_says_what_is_open() -> None:
    decision = decide(RULES, ELECTION, GERMAN._replace(applications=(Application(Ground.NR2D, True),)))
    (open_reason,) = (reason for reason in decision.reasons if reason.met is None)
    assert open_reason.rule == "claim_nr2d"
    assert open_reason.source == "§ 56 Abs. 2 Satz 2 Nr. 2 Buchst. d GemO i. V. m. § 4 Abs. 1, 4 StAG"
    assert "Welchem Kreis der Elternteil angehört, ist offen" in open_reason.text


def test_one_proven_ground_is_enough_beside_one_that_fails() -> None:
    decision = decide(RULES, ELECTION, claims(Ground.NR2C, Ground.NR2B))
    assert (decision.entitled, decision.category, decision.grounds) == (Entitlement.YES, Category.NATURALISED, (Ground.NR2B,))


def test_a_refuted_claim_leads_nowhere() -> None:
    decision = decide(RULES, ELECTION, claims(Ground.NR2C))
    assert (decision.entitled, decision.category, decision.grounds, decision.entry) == (Entitlement.NO, None, (), None)


def test_proof_without_german_nationality_in_the_register_stays_unclear() -> None:
    unknown = claims(Ground.NR2B)._replace(nationalities=("998",))
    decision = decide(RULES, ELECTION, unknown)
    assert (decision.entitled, decision.entry) == (Entitlement.UNCLEAR, Entry.APPLICATION)


# persons exempt from registration: § 26 BMG, § 11a KWO


def test_persons_exempt_from_registration_are_entered_on_application_only() -> None:
    exempt = SYRIAN._replace(registered=False)
    for person, answer in (
        (exempt, Entitlement.NO),
        (exempt._replace(nationalities=()), Entitlement.NO),
        (exempt._replace(applications=(Application(Ground.NR1, True),)), Entitlement.YES),
        (exempt._replace(applications=(Application(Ground.NR1, False),)), Entitlement.UNCLEAR),
        (exempt._replace(applications=(Application(Ground.NR1, True),), nationalities=()), Entitlement.UNCLEAR),
    ):
        decision = decide(RULES, ELECTION, person)
        assert (decision.entitled, decision.entry) == (answer, Entry.APPLICATION)


def test_who_has_not_applied_is_told_so_and_not_that_an_affirmation_is_missing() -> None:
    decision = decide(RULES, ELECTION, SYRIAN._replace(registered=False))
    assert [reason.rule for reason in decision.reasons] == [
        "foreign_nationality",
        "age",
        "not_excluded",
        "residence",
        "main_residence",
        "residence_months",
        "entry",
    ]
    assert unmet(decision) == ["entry"]


def test_proof_of_another_ground_does_not_affirm_the_residence() -> None:
    decision = decide(RULES, ELECTION, SYRIAN._replace(registered=False, applications=(Application(Ground.NR2B, True),)))
    assert decision.entitled is Entitlement.UNCLEAR
    assert [reason.rule for reason in decision.reasons if reason.met is None] == ["affirmation"]


# versions of the statute


def version(day: date) -> Rules:
    rules = RuleSet(day).settings()
    return replace(
        RULES,
        age=int(str(rules["age"].value)),
        grounds=tuple(Ground(str(ground)) for ground in rules["grounds"].value),  # type: ignore[union-attr]
        citizens_may_stand=rules["citizens_may_stand"].value is True,
        candidate_age=int(str(rules["candidate_age"].value)),
    )


def test_in_2004_only_foreigners_voted_at_eighteen() -> None:
    day = date(2004, 11, 7)
    rules, election = version(day), Election(day, frozenset({TOWN}))
    assert decide(rules, election, SYRIAN).entitled is Entitlement.YES
    assert decide(rules, election, SYRIAN._replace(birth=date(1987, 1, 1))).entitled is Entitlement.NO
    for person in (
        GERMAN,
        SYRIAN._replace(nationalities=("000", "163")),
        SYRIAN._replace(nationalities=("000", "998")),
        claims(Ground.NR2B),
    ):
        decision = decide(rules, election, person)
        assert (decision.entitled, decision.entry) == (Entitlement.NO, None)
    settled = replace(rules, dual_nationals_ex_officio=None, children_of_naturalised=None)
    assert decide(settled, election, SYRIAN).entitled is Entitlement.YES


def test_in_2009_naturalised_persons_could_apply_and_children_could_not() -> None:
    day = date(2009, 11, 8)
    rules, election = replace(version(day), children_of_naturalised=None), Election(day, frozenset({TOWN}))
    assert decide(rules, election, claims(Ground.NR2B)).entitled is Entitlement.YES
    assert decide(rules, election, claims(Ground.NR2D)).entitled is Entitlement.NO


@pytest.mark.parametrize("rule", ["dual_nationals_ex_officio", "children_of_naturalised"])
def test_an_open_rule_is_never_guessed(rule: str) -> None:
    with pytest.raises(RuleToBeConfirmed, match=rule):
        decide(replace(RULES, **{rule: None}), ELECTION, SYRIAN)


def test_a_landkreis_cites_its_own_law() -> None:
    decision = decide(replace(RULES, level=Level.DISTRICT), ELECTION, SYRIAN)
    assert decision.reasons[0].source == "§ 49a Abs. 2 Satz 2 Nr. 1 LKO"
    assert decide(RULES, ELECTION, SYRIAN).reasons[0].source == "§ 56 Abs. 2 Satz 2 Nr. 1 GemO"


def test_versions_are_named() -> None:
    assert RULES.version is RuleVersion.CURRENT


# incomplete dates


@pytest.mark.parametrize(
    "text", ["", "80", "1980-5", "1980-13", "1980-02-30", "1980-01-01-01", "01.01.1980", "١٩٨٠", "1980-00-05", "0000-01-01"]
)
def test_impossible_dates_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        fact_date(text)


def test_incomplete_dates_keep_their_bounds() -> None:
    assert fact_date("1980-02-00") == IncompleteDate(date(1980, 2, 1), date(1980, 2, 29))
    assert fact_date("1980") == IncompleteDate(date(1980, 1, 1), date(1980, 12, 31))
    assert fact_date("1980-05-01") == BIRTH
    assert fact_date("0000") is None


# what must hold for everybody

days = st.dates(date(1930, 1, 1), date(2024, 12, 31))
recent = st.dates(date(2024, 6, 1), date(2024, 12, 31))
months = st.builds(lambda day: IncompleteDate(day.replace(day=1), day.replace(day=28)), days)
ends = st.none() | st.dates(date(2025, 1, 1), date(2025, 6, 1))
homes = st.builds(
    Residence, st.sampled_from([TOWN, NEXT_TOWN, FAR]), st.sampled_from([True, True, False, None]), st.none() | days | recent, ends
)
applications = st.lists(
    st.builds(Application, st.sampled_from(Ground), st.booleans(), st.none() | st.sampled_from(ParentStatus)),
    max_size=2,
    unique_by=lambda claim: claim.ground,
).map(tuple)
persons = st.builds(
    Person,
    st.none() | days | months | st.dates(date(2008, 10, 1), date(2008, 12, 31)),
    st.lists(st.sampled_from(["000", "137", "475", "997", "998", "999"]), max_size=2, unique=True).map(tuple),
    st.none() | st.lists(homes, max_size=3).map(tuple),
    st.sampled_from([False, False, True, None]),
    st.none() | st.none() | days,
    applications,
    st.sampled_from([True, True, False]),
)
rules = st.builds(
    lambda dual, children: replace(RULES, dual_nationals_ex_officio=dual, children_of_naturalised=children), st.booleans(), st.booleans()
)
elections = st.sampled_from([ELECTION, COUNTY, replace(ELECTION, incorporated=frozenset({NEXT_TOWN}))])


@given(rules, elections, persons)
def test_every_decision_gives_a_reason_with_its_paragraph(chosen: Rules, election: Election, person: Person) -> None:
    decision = decide(chosen, election, person)
    assert decision.reasons
    assert all("§" in reason.source and reason.text for reason in decision.reasons)
    states = [reason.met for reason in decision.reasons]
    if decision.entitled is Entitlement.YES:
        assert set(states) == {True}
        assert decision.grounds
        assert decision.entry
        assert decision.category
    elif decision.entitled is Entitlement.NO:
        assert False in states
    else:
        assert None in states
        assert False not in states


@given(rules, elections, persons)
def test_missing_facts_never_give_yes(chosen: Rules, election: Election, person: Person) -> None:
    for gap in (
        person._replace(birth=None),
        person._replace(nationalities=()),
        person._replace(residences=None),
        person._replace(excluded=None),
        person._replace(residences=tuple(home._replace(since=None) for home in person.residences or ())),
        person._replace(residences=tuple(home._replace(main=None) for home in person.residences or ())),
    ):
        assert decide(chosen, election, gap).entitled is not Entitlement.YES


@given(rules, elections, persons, st.integers(1, 400))
def test_a_longer_stay_never_turns_yes_into_no(chosen: Rules, election: Election, person: Person, earlier: int) -> None:
    before = decide(chosen, election, person).entitled
    longer = tuple(
        home._replace(since=home.since - timedelta(days=earlier)) if isinstance(home.since, date) and home.ags != FAR else home
        for home in person.residences or ()
    )
    after = decide(chosen, election, person._replace(residences=longer if person.residences is not None else None)).entitled
    if before is Entitlement.YES:
        assert after is Entitlement.YES


@given(rules, elections, persons, st.integers(1, 3000))
def test_being_older_never_costs_the_right_to_vote(chosen: Rules, election: Election, person: Person, days_older: int) -> None:
    if not isinstance(person.birth, date) or any(claim.ground is Ground.NR2C for claim in person.applications):
        return
    if decide(chosen, election, person).entitled is Entitlement.YES:
        older = person._replace(birth=person.birth - timedelta(days=days_older))
        assert decide(chosen, election, older).entitled is Entitlement.YES


@given(rules, elections, persons)
def test_the_order_of_facts_does_not_matter(chosen: Rules, election: Election, person: Person) -> None:
    turned = person._replace(
        nationalities=person.nationalities[::-1],
        residences=None if person.residences is None else person.residences[::-1],
        applications=person.applications[::-1],
    )
    one, other = decide(chosen, election, person), decide(chosen, election, turned)
    assert one[:4] == other[:4]
    assert set(one.reasons) == set(other.reasons)


@given(persons)
def test_a_decision_does_not_depend_on_who_was_decided_before(person: Person) -> None:
    fresh, used = Assessor(suffrage_of(RULES), ELECTION), Assessor(suffrage_of(RULES), ELECTION)
    used.decide(SYRIAN)
    used.decide(GERMAN)
    assert used.decide(person) == fresh.decide(person) == used.decide(person)


def test_persons_whose_facts_answer_alike_share_one_decision() -> None:
    assessor = Assessor(suffrage_of(RULES), ELECTION)
    assert assessor.decide(SYRIAN) is assessor.decide(SYRIAN._replace(birth=date(2004, 7, 1), nationalities=("163",)))


@given(rules, elections, persons)
def test_proof_never_harms(chosen: Rules, election: Election, person: Person) -> None:
    proven = person._replace(applications=tuple(claim._replace(proof=True) for claim in person.applications))
    if decide(chosen, election, person).entitled is Entitlement.YES:
        assert decide(chosen, election, proven).entitled is Entitlement.YES
