"""Wahlregeln: layers, sources, ranges, contradictions, and what nobody may guess."""

import json
from dataclasses import fields
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.law.presets import PRESETS, Preset
from beiratswahl.law.rule_layers import CONFIRMABLE, Confirmation, Origin, RuleError, confirmation_of, empty_layer, layer_of
from beiratswahl.law.rule_parameters import PARAMETERS, REQUIRED
from beiratswahl.law.rule_sets import RuleSet, Setting, open_rules, rule_set_of
from beiratswahl.law.rule_values import DayBefore, Hours, Window, plain
from beiratswahl.law.rule_versions import VERSIONS, BeforeFirstVersion, version_on
from beiratswahl.law.rules import (
    BallotOrder,
    Ground,
    Level,
    MajorityOvervote,
    NominationModel,
    RemainingVotes,
    Rules,
    RuleToBeConfirmed,
    RuleVersion,
    SeatMethod,
    System,
    VotingMode,
    confirmable,
)

DAY = date(2024, 11, 10)
BASE: dict[str, object] = {"system": "Verhältniswahl", "seats": 13}
PERSONS: dict[str, object] = {"system": "Mehrheitswahl", "nomination_model": "Personenmodell", "seats": 4}


def rule_set(day: date = DAY, **values: object) -> RuleSet:
    return RuleSet(day, layer_of(Origin.BYLAW, {**BASE, **values}, "Satzung vom 01.02.2024"))


def problems(values: dict[str, object]) -> dict[str, str]:
    with pytest.raises(RuleError) as caught:
        RuleSet(DAY, layer_of(Origin.BYLAW, values)).rules()
    return {problem.key: str(problem) for problem in caught.value.problems}


def test_every_field_of_the_rules_is_described_once() -> None:
    assert set(PARAMETERS) == {field.name for field in fields(Rules)}
    assert all(parameter.title and parameter.source and parameter.mark in {"V", "Vo", "S", "I", "G"} for parameter in PARAMETERS.values())
    assert set(CONFIRMABLE) <= set(PARAMETERS)


def test_the_defaults_of_the_value_are_those_of_the_statute_today() -> None:
    built = rule_set(voting_mode="nur Briefwahl").rules()
    plain_rules = Rules(System.PROPORTIONAL, 13, 13)
    assert built == plain_rules


# versions of the statute


@pytest.mark.parametrize(
    ("day", "version", "age", "method", "quorum", "threshold", "clause"),
    [
        (date(2004, 11, 7), RuleVersion.FOREIGNERS_COUNCIL, 18, SeatMethod.HARE_NIEMEYER, 10, Fraction(1, 33), None),
        (date(2008, 12, 31), RuleVersion.FOREIGNERS_COUNCIL, 18, SeatMethod.HARE_NIEMEYER, 10, Fraction(1, 33), None),
        (date(2009, 11, 8), RuleVersion.MIGRATION_COUNCIL, 18, SeatMethod.HARE_NIEMEYER, 0, Fraction(0), None),
        (date(2014, 11, 23), RuleVersion.AGE_SIXTEEN, 16, SeatMethod.SAINTE_LAGUE, 0, Fraction(0), True),
        (date(2023, 3, 26), RuleVersion.AGE_SIXTEEN, 16, SeatMethod.SAINTE_LAGUE, 0, Fraction(0), True),
        (DAY, RuleVersion.CURRENT, 16, SeatMethod.SAINTE_LAGUE, 0, Fraction(0), True),
    ],
)
def test_election_day_chooses_the_version_of_the_statute(
    day: date, version: RuleVersion, age: int, method: SeatMethod, quorum: int, threshold: Fraction, clause: bool | None
) -> None:
    rules = rule_set(day).rules()
    assert (rules.version, rules.age, rules.seat_method) == (version, age, method)
    assert (rules.turnout_quorum_percent, rules.threshold, rules.majority_clause) == (quorum, threshold, clause)


def test_the_electorate_grew_with_each_version() -> None:
    assert rule_set(date(2004, 11, 7)).rules().grounds == (Ground.NR1,)
    assert rule_set(date(2009, 11, 8)).rules().grounds == (Ground.NR1, Ground.NR2A, Ground.NR2B)
    assert rule_set(date(2014, 11, 23)).rules().grounds == tuple(Ground)


def test_nominations_closed_on_the_41st_day_before_2013() -> None:
    assert str(rule_set(date(2009, 11, 8)).rules().nomination_deadline) == "E-41 18:00"
    assert str(rule_set().rules().nomination_deadline) == "E-48 18:00"


@pytest.mark.parametrize("version", RuleVersion)
def test_a_version_governs_from_its_first_day_on(version: RuleVersion) -> None:
    first_day = VERSIONS[version].valid_from
    assert version_on(first_day) is version
    assert version is RuleVersion.FOREIGNERS_COUNCIL or version_on(first_day - timedelta(days=1)) is not version


def test_there_is_no_law_before_1994() -> None:
    with pytest.raises(BeforeFirstVersion):
        version_on(date(1994, 1, 30))
    with pytest.raises(RuleError, match="Wahltag"):
        rule_set(date(1989, 1, 1)).settings()


# layers


def test_the_notice_wins_over_the_bylaw_and_the_bylaw_over_the_statute() -> None:
    layers = rule_set(nomination_deadline="E-45 12:00", objection_period_days=21)
    noticed = RuleSet(DAY, layers.bylaw, layer_of(Origin.NOTICE, {"nomination_deadline": "E-44 18:00"}, "Bekanntmachung vom 02.09.2024"))
    settings = noticed.settings()
    assert settings["nomination_deadline"].value == DayBefore(44, time(18))
    assert (settings["nomination_deadline"].origin, settings["nomination_deadline"].source) == (
        Origin.NOTICE,
        "Bekanntmachung vom 02.09.2024",
    )
    assert settings["objection_period_days"].origin is Origin.BYLAW
    assert settings["objection_period_days"].mark == ""
    assert (settings["acceptance_period_days"].origin, settings["acceptance_period_days"].source) == (Origin.STATUTE, "§ 44 KWG")


def test_what_follows_from_another_rule_follows_it() -> None:
    rules = RuleSet(DAY, layer_of(Origin.BYLAW, {**PERSONS, "level": "Landkreis"})).rules()
    assert (rules.votes, rules.max_votes_per_candidate, rules.max_named) == (4, 1, 1)
    assert (rules.foreigners_threshold, rules.ballot_order, rules.list_mark) == (5000, BallotOrder.ALPHABETICAL, False)
    assert not rules.nomination_meeting
    assert rule_set(voting_mode="Urne und Briefwahl").rules().voting_hours == Hours(time(8), time(18))
    assert rule_set(voting_mode="nur Briefwahl").rules().voting_hours is None


def test_only_system_and_seats_must_be_given() -> None:
    assert set(problems({})) == set(REQUIRED)
    assert RuleSet(DAY).settings()["seats"].value is None
    assert "ganze Zahl von 1 bis 99" in problems({"system": "Mehrheitswahl"})["seats"]


# to be confirmed


def test_open_rules_are_listed_and_never_filled_in() -> None:
    rules = rule_set().rules()
    assert rules.to_be_confirmed == ("remaining_votes", "dual_nationals_ex_officio", "children_of_naturalised", "application_deadline")
    assert rule_set().to_be_confirmed() == rules.to_be_confirmed


@pytest.mark.parametrize(
    ("version", "system", "list_mark", "keys"),
    [
        (RuleVersion.CURRENT, System.PROPORTIONAL, True, {"remaining_votes", "dual_nationals_ex_officio", "children_of_naturalised"}),
        (RuleVersion.CURRENT, System.PROPORTIONAL, False, {"dual_nationals_ex_officio", "children_of_naturalised"}),
        (RuleVersion.CURRENT, System.MAJORITY, True, {"majority_overvote", "dual_nationals_ex_officio", "children_of_naturalised"}),
        (RuleVersion.MIGRATION_COUNCIL, System.PROPORTIONAL, True, {"remaining_votes", "majority_clause", "dual_nationals_ex_officio"}),
        (RuleVersion.MIGRATION_COUNCIL, System.MAJORITY, True, {"majority_overvote", "dual_nationals_ex_officio"}),
    ],
)
def test_only_what_matters_for_system_and_version_is_to_be_confirmed(
    version: RuleVersion, system: System, list_mark: bool, keys: set[str]
) -> None:
    assert set(confirmable(version, system, list_mark)) == {*keys, "application_deadline"}


def test_the_old_electorate_left_nothing_open() -> None:
    assert confirmable(RuleVersion.FOREIGNERS_COUNCIL, System.MAJORITY, True) == ("majority_overvote",)
    # majority_seats is asked only where the readings of § 41 Abs. 2 KWG differ, once the votes are known
    assert set(confirmable(RuleVersion.CURRENT, None, True)) == set(CONFIRMABLE) - {"majority_clause", "majority_seats"}
    assert open_rules(RuleSet(DAY).settings()) == confirmable(RuleVersion.CURRENT, None, True)


def test_confirming_is_an_act_with_name_day_and_reason() -> None:
    act = confirmation_of("remaining_votes", "skip_marked", "Erika Muster", date(2024, 9, 1), "§ 37 Abs. 5 KWG eingesehen")
    confirmed = rule_set().confirmed(act)
    assert confirmed.rules().remaining_votes is RemainingVotes.SKIP_MARKED
    parameter, source = PARAMETERS["remaining_votes"], "Erika Muster, 01.09.2024: § 37 Abs. 5 KWG eingesehen"
    # no mark of confidence: a person answers for the value
    assert confirmed.settings()["remaining_votes"] == Setting(parameter, RemainingVotes.SKIP_MARKED, Origin.CONFIRMATION, source, "")
    assert "remaining_votes" not in confirmed.to_be_confirmed()


def test_the_last_confirmation_counts() -> None:
    acts = [confirmation_of("remaining_votes", value, "E. M.", DAY, "geprüft") for value in ("skip_marked", "top_up")]
    assert RuleSet(DAY, rule_set().bylaw, confirmations=tuple(acts)).rules().remaining_votes is RemainingVotes.TOP_UP


@pytest.mark.parametrize(
    ("key", "value", "name", "reason", "text"),
    [
        ("age", 16, "E. M.", "geprüft", "nicht zu bestätigen"),
        ("remaining_votes", "alle", "E. M.", "geprüft", "skip_marked"),
        ("remaining_votes", None, "E. M.", "geprüft", "skip_marked"),
        ("remaining_votes", "top_up", " ", "geprüft", "Name"),
        ("remaining_votes", "top_up", "E. M.", "", "Begründung"),
    ],
)
def test_a_confirmation_without_sense_is_refused(key: str, value: object, name: str, reason: str, text: str) -> None:
    with pytest.raises(RuleError, match=text):
        confirmation_of(key, value, name, DAY, reason)


def test_nobody_confirms_against_the_bylaw() -> None:
    act = confirmation_of("dual_nationals_ex_officio", True, "E. M.", DAY, "geprüft")
    assert rule_set(dual_nationals_ex_officio=True).confirmed(act).rules().dual_nationals_ex_officio is True
    with pytest.raises(RuleError, match="Satzung oder Bekanntmachung"):
        rule_set(dual_nationals_ex_officio=False).confirmed(act).rules()


def test_an_open_rule_is_named_when_it_is_needed() -> None:
    fault = RuleToBeConfirmed("remaining_votes")
    assert fault.rule == "remaining_votes"
    assert "„remaining_votes“" in str(fault)


# refusing


def test_every_mistake_is_reported_at_once_with_what_is_allowed() -> None:
    with pytest.raises(RuleError) as caught:
        layer_of(Origin.BYLAW, {"sitze": 13, "seats": 0, "system": "Los", "age": True, "votes": None})
    texts = {problem.key: problem.text for problem in caught.value.problems}
    assert set(texts) == {"sitze", "seats", "system", "age", "votes"}
    assert "majority_overvote" in texts["sitze"]
    assert "ganze Zahl von 1 bis 99" in texts["seats"]
    assert "„Verhältniswahl“ oder „Mehrheitswahl“" in texts["system"]
    assert str(caught.value) == " ".join(str(problem) for problem in caught.value.problems)
    assert str(caught.value.problems[1]) == "Satzung, seats: „0“ ist hier nicht erlaubt. Erlaubt ist: ganze Zahl von 1 bis 99."


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("votes", {**BASE, "votes": 14}),
        ("appointed_max", {**BASE, "appointed_max": 7}),
        ("max_votes_per_candidate", {**PERSONS, "max_votes_per_candidate": 3}),
        ("max_named", {**PERSONS, "max_named": 2}),
        ("nomination_model", {**BASE, "nomination_model": "Personenmodell"}),
        ("ballot_order", {**PERSONS, "ballot_order": "Listennummer"}),
        ("list_mark", {**PERSONS, "list_mark": True}),
        ("voting_hours", {**BASE, "voting_mode": "nur Briefwahl", "voting_hours": "08:00-18:00"}),
        ("hand_in_hours", {**BASE, "hand_in_hours": "08:00-18:30"}),
        ("admission_deadline", {**BASE, "admission_deadline": "E-49"}),
        ("candidates_notice_deadline", {**BASE, "candidates_notice_deadline": "E-42"}),
        ("foreigners_threshold", {**BASE, "foreigners_threshold": 2000, "tie_seat": "Los"}),
        ("grounds", {**BASE, "grounds": ["NR1"]}),
    ],
)
def test_a_contradiction_names_the_rule_and_what_is_allowed(key: str, values: dict[str, object]) -> None:
    found = problems(values)
    assert set(found) == {key}
    assert "Erlaubt" in found[key]


@pytest.mark.parametrize(
    "values",
    [
        {**BASE, "votes": 13, "appointed_max": 6, "hand_in_hours": "15:00-18:00", "admission_deadline": "E-48"},
        {**BASE, "votes": 9, "candidates_notice_deadline": "E-41", "voting_mode": "Urne und Briefwahl", "voting_hours": "10:00-16:00"},
        {**PERSONS, "max_votes_per_candidate": 1, "ballot_order": "Eingang", "list_mark": False},
    ],
)
def test_what_fits_together_is_accepted(values: dict[str, object]) -> None:
    assert RuleSet(DAY, layer_of(Origin.BYLAW, values)).rules().seats == values["seats"]


# forms of values

GOOD: dict[str, list[tuple[object, object]]] = {
    "seats": [(1, 1), (99, 99)],
    "write_ins": [(True, True), (False, False)],
    "level": [("Verbandsgemeinde", Level.ASSOCIATION)],
    "nominators": [(["Partei"], None), (["Wählergruppe", "Verein"], None)],
    "max_candidates_factor": [
        ("3/2", Fraction(3, 2)),
        (1.5, Fraction(3, 2)),
        ("1,5", Fraction(3, 2)),
        (2, Fraction(2)),
        ("5", Fraction(5)),
    ],
    "admission_deadline": [("E-41", DayBefore(41)), ("E-0", DayBefore(0))],
    "nomination_deadline": [("E-48 18:00", DayBefore(48, time(18))), ("E-2 09:30", DayBefore(2, time(9, 30)))],
    "inspection_period": [("E-20..E-16", Window(DayBefore(20), DayBefore(16))), ("E-5..E-5", Window(DayBefore(5), DayBefore(5)))],
    "postal_deadline": [("00:00", time(0)), ("23:59", time(23, 59))],
    "voting_hours": [("10:00-16:00", Hours(time(10), time(16)))],
}
BAD: dict[str, list[object]] = {
    "seats": [0, 100, True, "13", 13.0, None],
    "write_ins": [1, 0, "true", None],
    "level": ["Stadt", 1, None],
    "nominators": [[], "Partei", ["Partei", "Partei"], ["Verbund"], [1], None],
    "max_candidates_factor": ["1/0", "x", "0", "5.5", 0.99, True, None, [2]],
    "admission_deadline": ["41", "E-041", "E-1000", "E-41 18:00", "E--1", 41, "E-٤١"],
    "nomination_deadline": ["E-48", "E-48 24:00", "E-48 18:60", "E-48 18:00 "],
    "inspection_period": ["E-16..E-20", "E-20", "E-20..16", 20],
    "postal_deadline": ["18", "18:0", 18, "24:00"],
    "voting_hours": ["16:00-10:00", "10:00-10:00", "10:00", None],
}


@pytest.mark.parametrize(("key", "raw", "value"), [(key, raw, value) for key, pairs in GOOD.items() for raw, value in pairs])
def test_allowed_values_are_read_and_written_back_unchanged(key: str, raw: object, value: object) -> None:
    kind = PARAMETERS[key].kind
    read = kind.read(raw)
    assert read is not None
    assert value is None or read == value
    assert kind.read(json.loads(json.dumps(plain(read)))) == read


@pytest.mark.parametrize(("key", "raw"), [(key, raw) for key, raws in BAD.items() for raw in raws])
def test_other_values_are_refused(key: str, raw: object) -> None:
    assert PARAMETERS[key].kind.read(raw) is None


def test_nothing_is_written_as_null_and_sets_in_the_order_of_the_law() -> None:
    assert plain(None) is None
    assert plain(PARAMETERS["nominators"].kind.read(["Wählergruppe", "Verein"])) == ["Verein", "Wählergruppe"]
    assert DayBefore(48, time(18)).at(DAY).isoformat() == "2024-09-23T18:00:00"
    assert DayBefore(42).at(DAY) == date(2024, 9, 29)


# storing and rebuilding


def chosen_values() -> st.SearchStrategy[dict[str, object]]:
    return st.fixed_dictionaries(
        {"system": st.sampled_from(["Verhältniswahl", "Mehrheitswahl"]), "seats": st.integers(10, 99)},
        optional={
            "votes": st.integers(1, 10),
            "appointed_max": st.integers(0, 5),
            "remaining_votes": st.sampled_from(["skip_marked", "top_up"]),
            "majority_overvote": st.sampled_from(["first_from_top", "invalid_ballot"]),
            "max_candidates_factor": st.fractions(1, 5).map(str),
            "application_deadline": st.integers(0, 60).map(lambda days: f"E-{days} 12:00"),
            "nominators": st.lists(st.sampled_from(["Partei", "Verein", "Verband"]), min_size=1, unique=True),
            "dual_nationals_ex_officio": st.booleans(),
        },
    )


@given(chosen_values(), st.booleans())
def test_a_rule_set_survives_the_archive(values: dict[str, object], confirm: bool) -> None:
    layers = RuleSet(
        DAY, layer_of(Origin.BYLAW, values, "Satzung"), layer_of(Origin.NOTICE, {"postal_deadline": "12:00"}, "Bekanntmachung")
    )
    if confirm:
        layers = layers.confirmed(confirmation_of("children_of_naturalised", False, "E. M.", DAY, "geprüft"))
    rebuilt = rule_set_of(json.loads(json.dumps(layers.to_plain())))
    assert rebuilt == layers
    assert rebuilt.rules() == layers.rules()


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        ([], {"Regelwerk"}),
        ({}, {"day"}),
        ({"day": "20241110"}, {"day"}),
        ({"day": 5, "satzung": {}}, {"day", "satzung"}),
        ({"day": "2024-11-10", "bylaw": []}, {"bylaw"}),
        ({"day": "2024-11-10", "bylaw": {"values": 5}}, {"bylaw"}),
        ({"day": "2024-11-10", "notice": {"values": {"x": 1}, "source": ""}, "bylaw": {"regeln": {}}}, {"x", "bylaw"}),
        ({"day": "2024-11-10", "confirmations": {}}, {"confirmations"}),
        ({"day": "2024-11-10", "confirmations": [5, {"key": "age"}]}, {"confirmations"}),
        (
            {"day": "2024-11-10", "confirmations": [{"key": "age", "value": 1, "name": "a", "day": "x", "reason": "b"}]},
            {"confirmations", "age"},
        ),
    ],
)
def test_a_broken_rules_file_is_refused_with_all_its_faults(raw: object, keys: set[str]) -> None:
    with pytest.raises(RuleError) as caught:
        rule_set_of(raw)
    assert {problem.key for problem in caught.value.problems} == keys


def test_an_empty_layer_settles_nothing() -> None:
    assert rule_set_of({"day": "2024-11-10"}) == RuleSet(DAY)
    assert empty_layer(Origin.NOTICE).to_plain() == layer_of(Origin.NOTICE, {}).to_plain() == {"source": "", "values": {}}
    assert isinstance(confirmation_of("remaining_votes", "top_up", "a", DAY, "b"), Confirmation)


# changing to Mehrheitswahl, presets


def test_the_change_to_majority_vote_takes_cumulation_away_and_asks_for_the_overvote_rule() -> None:
    changed = rule_set(remaining_votes="skip_marked").rules().for_majority_vote()
    assert (changed.system, changed.max_votes_per_candidate, changed.max_named) == (System.MAJORITY, 1, 1)
    assert "majority_overvote" in changed.to_be_confirmed


@pytest.mark.parametrize("preset", PRESETS.values(), ids=lambda preset: preset.name)
def test_presets_fit_together_and_survive_the_archive(preset: Preset) -> None:
    layers = preset.rule_set(preset.day or DAY)
    assert layers.settings()
    assert rule_set_of(json.loads(json.dumps(layers.to_plain()))) == layers
    assert preset.name.isascii()
    assert preset.title in layers.bylaw.source


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("listenmodell", {"system": System.PROPORTIONAL, "voting_mode": VotingMode.POSTAL_ONLY}),
        ("personenmodell", {"nomination_model": NominationModel.PERSON, "max_candidates_factor": Fraction(3, 2)}),
        ("landkreis", {"level": Level.DISTRICT, "system": System.MAJORITY}),
        ("ludwigshafen", {"seats": 22, "support_signatures": 40, "postal_deadline": time(12)}),
        ("neuwied", {"majority_overvote": MajorityOvervote.INVALID_BALLOT, "voting_hours": Hours(time(10), time(16))}),
        ("bitburg", {"dual_nationals_ex_officio": False, "seats": 4, "votes": 4}),
        ("mayen-koblenz", {"application_deadline": DayBefore(37, time(12))}),
    ],
)
def test_presets_say_what_was_observed(name: str, expected: dict[str, Any]) -> None:
    settings = PRESETS[name].rule_set(DAY).settings()
    assert {key: settings[key].value for key in expected} == expected


def test_a_document_that_speaks_replaces_other_documents_and_persons() -> None:
    settled = rule_set().confirmed(confirmation_of("remaining_votes", "top_up", "Erika Amt", DAY, "Auskunft"))
    by_notice = settled.stating(Origin.NOTICE, "remaining_votes", "skip_marked", "Bekanntmachung vom 01.09.2024")
    setting = by_notice.settings()["remaining_votes"]
    assert (setting.value, setting.origin, setting.source) == (
        RemainingVotes.SKIP_MARKED,
        Origin.NOTICE,
        "Bekanntmachung vom 01.09.2024",
    )
    assert by_notice.confirmations == ()
    by_bylaw = by_notice.stating(Origin.BYLAW, "remaining_votes", "top_up", "Satzung vom 01.02.2024")
    assert by_bylaw.settings()["remaining_votes"].origin is Origin.BYLAW
    assert by_bylaw.notice.values == {}
    assert (by_bylaw.bylaw.source, by_bylaw.notice.source) == ("Satzung vom 01.02.2024", "Bekanntmachung vom 01.09.2024")
    assert by_bylaw.bylaw.values["seats"] == 13


def test_where_the_documents_fall_silent_the_statute_speaks_again() -> None:
    longer = rule_set().stating(Origin.BYLAW, "residence_months", 6, "Satzung")
    silent = longer.stating(Origin.BYLAW, "residence_months", None, "Satzung")
    assert (longer.rules().residence_months, silent.rules().residence_months) == (6, 3)
    assert silent.settings()["residence_months"].origin is Origin.STATUTE


@pytest.mark.parametrize(("key", "value"), [("erfunden", 1), ("erfunden", None), ("seats", 0), ("seats", "13")])
def test_no_document_states_what_is_no_rule_or_no_value(key: str, value: object) -> None:
    with pytest.raises(RuleError, match=key) as refused:
        rule_set().stating(Origin.BYLAW, key, value, "Satzung")
    assert [one.origin for one in refused.value.problems] == [Origin.BYLAW]


def test_a_choice_knows_its_words() -> None:
    assert PARAMETERS["system"].kind.options == tuple(System)
    assert PARAMETERS["ex_officio_grounds"].kind.options == tuple(Ground)
    assert [str(word) for word in PARAMETERS["tie_seat"].kind.options] == [str(PARAMETERS["tie_seat"].statute({}))]
    assert PARAMETERS["seats"].kind.options == ()
