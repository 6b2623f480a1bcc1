"""Plausibility rules of a count: §§ 52, 57, 63 KWO; every rule fires on its fault alone."""

from dataclasses import replace
from typing import Any

import pytest

from beiratswahl.law.checks import DistrictCount, check
from beiratswahl.law.rules import Rules, System

RULES = Rules(system=System.PROPORTIONAL, seats=4, votes=4)
GOOD = DistrictCount(
    postal=True,
    eligible=1000,
    letters_received=105,
    letters_rejected={"Eid fehlt": 5},
    letters_late=2,
    voters=100,
    valid=98,
    invalid=2,
    unchanged={"A": 40},
    recorded=59,
    blank=1,
    unresolved=0,
    used=380,
    unused=12,
    votes={"A1": 294, "B1": 86},
    printed=frozenset({"A1", "B1"}),
    list_votes={"A": 294, "B": 86},
    highest_number=60,
    cancelled=1,
)


def _codes(**changes: Any) -> list[str]:
    return [found.code for found in check(RULES, replace(GOOD, **changes))]


def test_a_clean_count_gives_no_finding() -> None:
    assert check(RULES, GOOD) == ()
    assert check(RULES, replace(GOOD, postal=False, letters_received=0, letters_rejected={}, eligible=None)) == ()


@pytest.mark.parametrize(
    ("codes", "changes"),
    [
        (["F101", "W103"], {"letters_rejected": {"Eid fehlt": 106}}),
        (["W102"], {"letters_received": 106}),
        (["W102"], {"letters_received": 104}),
        (["F103", "W204"], {"eligible": 99}),
        (["F201"], {"invalid": 3}),
        (["F201"], {"invalid": 1}),
        (["F202"], {"unchanged": {"A": 100}}),
        (["F203"], {"unused": 13}),
        (["F204"], {"votes": {"A1": 295, "B1": 85}, "list_votes": {"A": 295, "B": 85}}),
        (["F205"], {"list_votes": {"A": 293, "B": 86}}),
        (["F104"], {"letters_set_aside": 1}),
        (["F206"], {"unresolved": 1}),
        (["F208"], {"second_missing": 1}),
        (["F209"], {"second_differing": 1}),
        (["F210"], {"sample_undrawn": True}),
        (["F211"], {"sample_missing": 2}),
        (["F208", "F212"], {"sample_failed": True, "sample_differing": 1, "second_missing": 3}),
        (["F213"], {"stacks_counted_once": True}),
        (["F214"], {"stacks_differing": 1}),
        (["F215"], {"unsent": 1}),
        (["W205"], {"similar_spellings": 2}),
        (["F207"], {"highest_number": 61}),
        (["F207"], {"cancelled": 2}),
        (
            ["W201"],
            {"valid": 95, "invalid": 5, "used": 380, "unused": 0, "votes": {"A1": 285, "B1": 95}, "list_votes": {"A": 285, "B": 95}},
        ),
        (["W204"], {"eligible": 3400}),
        (["W204"], {"eligible": 357}),
        (["W103"], {"letters_received": 112, "letters_rejected": {"Eid fehlt": 12}}),
    ],
)
def test_each_rule_fires_on_its_fault_alone(codes: list[str], changes: dict[str, Any]) -> None:
    assert _codes(**changes) == codes


@pytest.mark.parametrize(("eligible", "codes"), [(3333, []), (3334, ["W204"]), (358, []), (357, ["W204"])])
def test_the_range_of_usual_turnout_includes_its_ends(eligible: int, codes: list[str]) -> None:
    # 3 and 27 per cent, fractions of a per cent cut off
    assert [code for code in _codes(eligible=eligible) if code == "W204"] == codes


def test_an_empty_district_is_asked_about() -> None:
    empty: dict[str, Any] = {
        "letters_received": 0,
        "letters_rejected": {},
        "voters": 0,
        "valid": 0,
        "invalid": 0,
        "unchanged": {},
        "recorded": 0,
        "blank": 0,
        "used": 0,
        "unused": 0,
        "votes": {},
        "list_votes": {},
        "highest_number": 0,
        "cancelled": 0,
    }
    assert _codes(**empty) == ["W202"]


def test_few_ballots_endanger_the_secret() -> None:
    few: dict[str, Any] = {
        "eligible": None,
        "postal": False,
        "voters": 49,
        "valid": 49,
        "invalid": 0,
        "unchanged": {},
        "recorded": 49,
        "blank": 0,
        "used": 196,
        "unused": 0,
        "votes": {"A1": 98, "B1": 98},
        "list_votes": {"A": 98, "B": 98},
        "highest_number": 50,
    }
    assert _codes(**few) == ["W203"]
    assert _codes(**(few | {"voters": 50, "valid": 50, "used": 200, "recorded": 49, "blank": 1})) == []


def test_shares_of_few_ballots_say_nothing() -> None:
    assert "W201" not in _codes(valid=17, invalid=2)
    assert "W103" not in _codes(letters_received=19, letters_rejected={"Eid fehlt": 9})


def test_errors_come_first_and_every_finding_speaks_to_both() -> None:
    found = check(RULES, replace(GOOD, letters_received=99, unresolved=1, invalid=9, highest_number=99))
    codes = [one.code for one in found]
    assert codes == sorted(codes)
    assert [one.is_error for one in found] == [code.startswith("F") for code in codes]
    assert all(one.source and one.team and one.office and one.fields for one in found)
