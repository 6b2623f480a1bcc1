"""`beiratswahl law …` and `beiratswahl sources`: what a legal reader types."""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import pytest

from beiratswahl.commands import law, law_deadlines, law_eligibility, law_rules, sources
from beiratswahl.commands.json_input import InputError
from beiratswahl.law.presets import PRESETS

RULES = {"dual_nationals_ex_officio": True, "children_of_naturalised": False}
ELECTION: dict[str, Any] = {"day": "2024-11-10", "area": ["07999000"], "rules": RULES}
HOME = {"ags": "07999000", "main": True, "from": "2024-08-10", "until": None}
PERSON: dict[str, Any] = {
    "person": "W1",
    "birth_date": "2008-11-10",
    "nationalities": ["475"],
    "residences": [HOME],
    "excluded": False,
    "died": None,
    "application": None,
}


def document(person: dict[str, Any] | None = None, **election: Any) -> dict[str, Any]:
    return {"election": {**ELECTION, **election}, "persons": [{**PERSON, **(person or {})}]}


def decided(person: dict[str, Any], **election: Any) -> dict[str, Any]:
    return law_eligibility.answer(document(person, **election))["persons"][0]  # type: ignore[index, no-any-return]


def refused(given: object) -> InputError:
    with pytest.raises(InputError) as caught:
        law_eligibility.answer(given)
    return caught.value


def run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    law.add_to(parser.add_subparsers(required=True))
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


# eligibility


def test_the_documented_example_is_answered() -> None:
    said = decided({})
    reasons = said.pop("reasons")
    assert said == {"person": "W1", "entitled": "yes", "category": "Ausländer", "grounds": ["NR1"], "entry": "ex_officio"}
    assert all(set(reason) == {"rule", "source", "text", "met"} and reason["met"] is True for reason in reasons)


def test_missing_facts_are_unclear_and_never_yes() -> None:
    for gap in ("birth_date", "nationalities", "residences"):
        person = {key: value for key, value in PERSON.items() if key != gap}
        assert law_eligibility.answer({"election": ELECTION, "persons": [person]})["persons"][0]["entitled"] == "unclear"  # type: ignore[index]
        assert decided({gap: None})["entitled"] == "unclear"
    assert decided({"residences": [{"ags": "07999000"}]})["entitled"] == "unclear"
    assert decided({"excluded": None})["entitled"] == "unclear"


def test_rules_of_the_call_win_over_the_statute() -> None:
    assert decided({}, rules={**RULES, "age": 18})["entitled"] == "no"
    assert decided({"residences": [{**HOME, "from": "2024-09-01"}]}, rules={**RULES, "residence_months": 2})["entitled"] == "yes"
    assert decided({}, rules={**RULES, "level": "Landkreis"})["reasons"][0]["source"].endswith("LKO")


def test_areas_of_a_landkreis_and_incorporated_areas_are_known() -> None:
    moved = [{**HOME, "from": "2010-01-01", "until": "2024-09-30"}, {**HOME, "ags": "07999001", "from": "2024-10-01"}]
    assert decided({"residences": moved})["entitled"] == "no"
    assert decided({"residences": moved}, area=["07999"])["entitled"] == "yes"
    assert decided({"residences": moved}, area=["07999001"], incorporated=["07999000"])["entitled"] == "yes"


def test_several_claims_may_be_given() -> None:
    claims = [{"ground": "NR2B", "proof": True}, {"ground": "NR2D", "proof": True, "parent": "Eingebürgerte"}]
    said = decided({"nationalities": ["000"], "application": claims})
    assert (said["entitled"], said["grounds"], said["category"]) == ("yes", ["NR2B"], "Eingebürgerte")


def test_an_open_rule_left_out_is_named_even_if_nobody_needs_it() -> None:
    for rule in RULES:
        left = {key: value for key, value in RULES.items() if key != rule}
        fault = refused({"election": {**ELECTION, "rules": left}, "persons": []})
        assert fault.path == f"$.election.rules.{rule}"
        assert rule in fault.message
        assert refused({"election": {**ELECTION, "rules": {**left, rule: None}}, "persons": []}).path == fault.path
    both = refused({"election": {"day": "2024-11-10", "area": ["07999000"]}, "persons": []})
    assert all(rule in both.message for rule in RULES)


def test_elections_before_the_rule_existed_do_not_ask_for_it() -> None:
    old = {"election": {"day": "2004-11-07", "area": ["07999000"]}, "persons": []}
    assert law_eligibility.answer(old) == {"persons": []}


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ([], "$"),
        ({"election": ELECTION}, "$.persons"),
        ({"election": ELECTION, "persons": {}}, "$.persons"),
        ({"election": ELECTION, "persons": [{}]}, "$.persons[0].person"),
        ({"election": ELECTION, "persons": [{"person": "a"}, {"person": "a"}]}, "$.persons[1].person"),
        (document({"alter": 16}), "$.persons[0].alter"),
        (document({"birth_date": "2024-02-30"}), "$.persons[0].birth_date"),
        (document({"birth_date": 2008}), "$.persons[0].birth_date"),
        (document({"died": "gestern"}), "$.persons[0].died"),
        (document({"nationalities": ["SYR"]}), "$.persons[0].nationalities[0]"),
        (document({"nationalities": ["475", "475"]}), "$.persons[0].nationalities[1]"),
        (document({"residences": [{**HOME, "ags": "7999000"}]}), "$.persons[0].residences[0].ags"),
        (document({"residences": [{**HOME, "main": 1}]}), "$.persons[0].residences[0].main"),
        (document({"residences": [{**HOME, "until": "2024-08-09"}]}), "$.persons[0].residences[0].until"),
        (document({"residences": [{"main": True}]}), "$.persons[0].residences[0].ags"),
        (document({"excluded": 0}), "$.persons[0].excluded"),
        (document({"registered": None}), "$.persons[0].registered"),
        (document({"application": {"ground": "NR3"}}), "$.persons[0].application.ground"),
        (document({"application": {"ground": "NR2B", "parent": "Ausländer"}}), "$.persons[0].application.parent"),
        (document({"application": [{"ground": "NR1"}, {"ground": "NR1"}]}), "$.persons[0].application[1].ground"),
        (document(day="2024-13-01"), "$.election.day"),
        (document(day="1989-06-18"), "$.election.day"),
        (document(area=[]), "$.election.area"),
        (document(area=["079990"]), "$.election.area[0]"),
        (document(area=["07999000", "07999000"]), "$.election.area[1]"),
        (document(incorporated=["07999"]), "$.election.incorporated[0]"),
        (document(rules=[]), "$.election.rules"),
        (document(rules={**RULES, "alter": 16}), "$.election.rules.alter"),
        (document(rules={**RULES, "age": "16"}), "$.election.rules.age"),
        (document(rules={**RULES, "age": None}), "$.election.rules.age"),
        (document(rules={**RULES, "seats": 3, "votes": 4}), "$.election.rules.votes"),
    ],
)
def test_bad_input_is_refused_with_its_path(given: object, path: str) -> None:
    assert refused(given).path == path


def test_all_faulty_rules_are_named_in_one_message() -> None:
    fault = refused(document(rules={**RULES, "alter": 16, "age": "16"}))
    assert "$.election.rules.age" in fault.message


# deadlines


def test_deadlines_follow_from_the_day_alone() -> None:
    said = law_deadlines.answer({"day": "2024-11-10"})
    listed = {deadline["key"]: deadline for deadline in said["deadlines"]}  # type: ignore[attr-defined]
    assert listed["nominations"]["at"] == "2024-09-23T18:00"
    assert listed["register_key_date"]["at"] == "2024-09-29"
    assert set(listed["nominations"]) == {"key", "at", "source", "mark", "text", "missed"}
    assert said["to_be_confirmed"] == ["application_deadline"]


def test_deadlines_follow_the_rules_given_plain_or_as_a_preset_prints_them() -> None:
    plain = law_deadlines.answer({"day": "2024-11-10", "rules": {"application_deadline": "E-37 12:00"}})
    printed = law_deadlines.answer({"day": "2024-11-10", "rules": law_rules.answer({"preset": "mayen-koblenz"})})
    for said in (plain, printed):
        listed = {deadline["key"]: deadline["at"] for deadline in said["deadlines"]}  # type: ignore[attr-defined]
        assert listed["applications"] == "2024-10-04T12:00"
        assert said["to_be_confirmed"] == []


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({}, "$.day"),
        ({"day": "heute"}, "$.day"),
        ({"day": "2024-11-10", "rules": {"frist": 1}}, "$.rules.frist"),
        ({"day": "2024-11-10", "rules": {"rules": {"frist": 1}}}, "$.rules.rules.frist"),
        ({"day": "2024-11-10", "rules": 5}, "$.rules"),
    ],
)
def test_bad_deadline_input_is_refused(given: object, path: str) -> None:
    with pytest.raises(InputError) as caught:
        law_deadlines.answer(given)
    assert caught.value.path == path


# rules


def test_presets_are_listed_and_shown_with_sources() -> None:
    listed = law_rules.answer({})["presets"]
    assert [preset["preset"] for preset in listed] == list(PRESETS)  # type: ignore[attr-defined]
    said: Any = law_rules.answer({"preset": "neuwied", "day": "2029-11-11"})
    assert said["day"] == "2029-11-11"
    assert said["rules"]["majority_overvote"] == "invalid_ballot"
    overvote = next(setting for setting in said["settings"] if setting["key"] == "majority_overvote")
    assert overvote["origin"] == "Satzung"
    assert [rule["key"] for rule in said["to_be_confirmed"]] == [
        "dual_nationals_ex_officio",
        "children_of_naturalised",
        "application_deadline",
    ]
    model: Any = law_rules.answer({"preset": "listenmodell"})
    assert (model["day"], model["missing"]) == ("2024-11-10", ["seats", "votes"])


@pytest.mark.parametrize(("given", "path"), [({"preset": "mainz"}, "$.preset"), ({"preset": "trier", "day": "1990-01-01"}, "$.day")])
def test_unknown_presets_and_days_are_refused(given: object, path: str) -> None:
    with pytest.raises(InputError) as caught:
        law_rules.answer(given)
    assert caught.value.path == path


# the command line itself


def test_files_and_standard_input_are_read(tmp_path: Path, capfdbinary: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.dumps(document(), ensure_ascii=False)
    path = tmp_path / "personen.json"
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert run("law", "eligibility", str(path)) == 0
    from_file = capfdbinary.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert run("law", "eligibility") == 0
    assert capfdbinary.readouterr().out == from_file
    assert json.loads(from_file)["persons"][0]["category"] == "Ausländer"


def test_bad_input_exits_with_2_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, latin = tmp_path / "broken.json", tmp_path / "latin.json"
    broken.write_text('{"election": ', encoding="utf-8")
    latin.write_bytes('{"x": "ü"}'.encode("latin-1"))
    named = tmp_path / "named.json"
    named.write_text(json.dumps(document({"alter\n": 16})), encoding="utf-8")
    for path, text in (
        (broken, "kein gültiges JSON"),
        (latin, "kein UTF-8"),
        (tmp_path / "fehlt.json", "nicht lesen"),
        (named, "$.persons[0].alter"),
    ):
        assert run("law", "eligibility", str(path)) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert not said.err.startswith("$:")
        assert text in said.err


def test_deadlines_and_rules_take_options(tmp_path: Path, capfdbinary: Any) -> None:
    rules = tmp_path / "regeln.json"
    assert run("law", "rules", "--preset", "ingelheim") == 0
    rules.write_bytes(capfdbinary.readouterr().out)
    assert run("law", "deadlines", "--day", "2024-11-10", "--rules", str(rules)) == 0
    assert "hand_in_opens" in capfdbinary.readouterr().out.decode()
    assert run("law", "deadlines", "--day", "2024-11-10") == 0
    assert run("law", "rules") == 0
    capfdbinary.readouterr()
    assert run("law", "deadlines", "--day", "10.11.2024") == 2
    assert b"$.day" in capfdbinary.readouterr().err


def test_help_describes_input_and_output_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("seats", "ballots", "eligibility", "deadlines", "rules"):
        with pytest.raises(SystemExit):
            run("law", command, "--help")
        assert "Ausgabe" in capsys.readouterr().out


# sources


def test_sources_lists_what_is_not_fully_seen(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sources") == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert all(len(line) == 3 for line in lines)
    assert ["rule_parameters", "remaining_votes", "§ 37 Abs. 5 KWG [I]"] in lines
    assert ["deadline_texts", "voting_certificates_special", "§ 18 KWO [G]"] in lines
    assert any(line[0] == "rule_versions" and line[1] == "1994 majority_clause" for line in lines)
    assert any(line[:2] == ["rules", "Rules.for_majority_vote"] for line in lines)
    assert not any(line[:2] == ["deadlines", "objection_deadlines"] for line in lines)


def test_a_source_runs_to_the_next_section_and_a_missing_mark_counts_as_unseen() -> None:
    every = list(sources.source_lines())
    found = next(line for line in every if (line.module, line.function) == ("eligibility", "latest_birth"))
    assert found.text.endswith("at the end of 28 February [G].")
    bare, seen = sources.SourceLine("a", "b", "§ 1 KWG"), sources.SourceLine("a", "b", "§ 1 KWG [V]; § 2 KWG [V]")
    assert list(sources.unverified(iter([bare, seen]))) == [bare]
