"""From closed districts to the published result."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beiratswahl import clock
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations import closing, counting, results
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determination import determine
from beiratswahl.operations.publication import edition, obstacles, publish, withdraw
from beiratswahl.operations.results import LotKind
from beiratswahl.operations.setup import confirm_rule
from beiratswahl.store.read import published
from beiratswahl.store.read.nominations import nominations
from tests.world import DRAWN, ELECTION_DAY, ON_PAPER, SITTING, Place, admitted, count_stacks, found, nominate


def close(desk: Desk, place: Place, district: int, ballots: list[Ballot], stacks: dict[int, int] | None = None) -> None:
    """Record and close a district with these ballots, and unchanged ones by list number."""
    ids = {of.number: of.nomination_id for of in nominations(desk.session, place.election_id)}
    voters = len(ballots) + sum((stacks or {}).values())
    counting.record_letters(desk, district, Letters(voters, 0, {}, voters), 0)
    if stacks:
        count_stacks(desk, district, {ids[number]: amount for number, amount in stacks.items()}, 0, 1)
    for number, ballot in enumerate(ballots):
        counting.record_ballot(desk, district, f"b{number}", ballot)
    for warning in closing.control(desk.session, district).unexplained:
        counting.explain(desk, district, warning.code, "Geprüft, stimmt so.")
    closing.close_district(desk, district)


def counted(desk: Desk, stacks: tuple[dict[int, int], dict[int, int]], **bylaw: object) -> Place:
    place = admitted(desk, **bylaw)
    for district, amounts in zip(place.districts, stacks, strict=True):
        close(desk, place, district, [], amounts)
    return place


def with_roll(desk: Desk, place: Place, eligible: int = 1000) -> None:
    """State the electorate by district, so that no register is needed."""
    from beiratswahl.store.tables.setup import PollingDistrict

    for district in place.districts:
        desk.session.get_one(PollingDistrict, district).eligible = eligible
    desk.session.commit()


def test_more_ballots_than_voters_block_closing_but_not_typing(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    counting.record_letters(desk, district, Letters(1, 0, {}, 1), 0)
    for key in ("a", "b"):
        counting.record_ballot(desk, district, key, Ballot(marks={"101": 1}))
    assert {error.code for error in closing.control(desk.session, district).errors} == {"F201"}
    with pytest.raises(Refused, match="1 zu viel"):
        closing.close_district(desk, district)


def test_a_warning_wants_an_explanation(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    counting.record_letters(desk, district, Letters(2, 0, {}, 1), 0)
    counting.record_ballot(desk, district, "a", Ballot(marks={"101": 1}))
    with pytest.raises(Refused, match="Erklären"):
        closing.close_district(desk, district)
    with pytest.raises(Refused, match="3 bis 500"):
        counting.explain(desk, district, "W102", "x")
    for code in ("W102", "W203"):
        counting.explain(desk, district, code, "Ein Umschlag fehlte.")
    closing.close_district(desk, district)
    with pytest.raises(Refused, match="abgeschlossen"):
        counting.record_ballot(desk, district, "b", Ballot(marks={"101": 1}))


def test_the_result_needs_every_district(desk: Desk) -> None:
    place = admitted(desk)
    close(desk, place, place.districts[0], [], {1: 60})
    assert [text for text in results.missing(desk.session, place.election_id) if "Stimmbezirk 2" in text]
    with pytest.raises(Refused, match="Stimmbezirk 2"):
        publish(desk, place.election_id, Label.PRELIMINARY)


def test_a_refused_publication_names_all_that_is_missing_and_leaves_nothing(desk: Desk) -> None:
    place = admitted(desk)
    with pytest.raises(Refused) as refusal:
        publish(desk, place.election_id, Label.PRELIMINARY)
    assert "Stimmbezirk 1 (Briefwahlbezirk Nord)" in str(refusal.value)
    assert "Stimmbezirk 2 (Briefwahlbezirk Süd)" in str(refusal.value)
    assert published.versions(desk.session, place.election_id) == ()


def test_nothing_is_published_while_a_lot_is_pending(desk: Desk) -> None:
    place = tie(desk)
    with pytest.raises(Refused, match="Über Sitz 13 muss erst das Los entscheiden"):
        publish(desk, place.election_id, Label.FINAL)
    assert published.versions(desk.session, place.election_id) == ()


def test_seats_follow_the_votes_of_all_districts(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    result = results.result(desk.session, place.election_id)
    assert result.list_votes == {"1": 70 * 13, "2": 20 * 13, "3": 40 * 7, "4": 0}
    # 910 : 260 : 280 with 13 seats by Sainte-Laguë: 8.16, 2.33, 2.51
    assert result.allocation is not None
    assert result.allocation.seats == {"1": 8, "2": 2, "3": 3, "4": 0}
    assert result.elected["1"].elected == ("101", "102", "103", "104", "105", "106", "107", "108")
    assert result.question is None


def tie(desk: Desk) -> Place:
    """Lists 1 and 2 have the same votes, so the thirteenth seat is tied."""
    place = counted(desk, ({1: 50}, {2: 50}))
    with_roll(desk, place)
    return place


def test_a_tie_stops_and_asks_who_is_tied_for_what(desk: Desk) -> None:
    place = tie(desk)
    question = results.result(desk.session, place.election_id).question
    assert question is not None
    assert (question.kind, question.seat, question.among, question.number) == (LotKind.LIST, 13, ("1", "2"), 1)
    assert any("Los" in text for text in obstacles(desk.session, place.election_id))


@pytest.mark.parametrize(
    ("winner", "drawn_by", "witness", "why"),
    [
        ("3", "Die Vorsitzende", "Karl Zeuge", "am Gleichstand"),
        ("1", "", "Karl Zeuge", "zwei verschiedene"),
        ("1", "Karl Zeuge", " karl zeuge ", "zwei verschiedene"),
    ],
)
def test_a_lot_answers_exactly_the_question_before_two_people(desk: Desk, winner: str, drawn_by: str, witness: str, why: str) -> None:
    place = tie(desk)
    with pytest.raises(Refused, match=why):
        results.enter_lot(desk, place.election_id, winner, drawn_at=DRAWN, drawn_by=drawn_by, witness=witness)
    assert results.drawn_lots(desk.session, place.election_id) == ()


@pytest.mark.parametrize(
    ("drawn_at", "why"),
    [
        (datetime(2026, 11, 15, 16, 59, tzinfo=UTC), "Vor dem Ende der Wahl am 15.11.2026 um 18:00 Uhr"),
        (clock.now() + timedelta(days=1), "in der Zukunft"),
    ],
)
def test_a_lot_is_drawn_after_the_poll_and_before_it_is_entered(desk: Desk, drawn_at: datetime, why: str) -> None:
    place = tie(desk)
    with pytest.raises(Refused, match=why):
        results.enter_lot(desk, place.election_id, "2", drawn_at=drawn_at, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    assert [lot.drawn_at_utc for lot in results.drawn_lots(desk.session, place.election_id)] == [DRAWN]


def test_with_the_lot_drawn_the_same_computation_goes_on(desk: Desk) -> None:
    place = tie(desk)
    results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    result = results.result(desk.session, place.election_id)
    assert result.allocation is not None
    assert result.allocation.seats == {"1": 6, "2": 7, "3": 0, "4": 0}
    assert result.question is None
    with pytest.raises(Refused, match="kein Los"):
        results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")


def test_reopening_a_district_voids_the_lots_drawn_on_its_numbers(desk: Desk) -> None:
    place = tie(desk)
    results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    closing.reopen_district(desk, place.districts[0], "Stapel vertauscht, Beschluss des Wahlausschusses")
    assert results.drawn_lots(desk.session, place.election_id) == ()
    assert results.missing(desk.session, place.election_id) != ()


def test_only_what_the_committee_determined_is_published_as_final(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place)
    with pytest.raises(Refused, match="noch nicht festgestellt"):
        publish(desk, place.election_id, Label.FINAL)
    determine(desk, place.election_id, SITTING)
    with_roll(desk, place, eligible=900)
    with pytest.raises(Refused, match="neu feststellen"):
        publish(desk, place.election_id, Label.FINAL)
    assert published.versions(desk.session, place.election_id) == ()


def test_a_published_version_is_numbered_hashed_and_stays(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place)
    assert publish(desk, place.election_id, Label.PRELIMINARY) == 1
    with pytest.raises(Refused, match="was sich"):
        publish(desk, place.election_id, Label.FINAL)
    determine(desk, place.election_id, SITTING)
    assert publish(desk, place.election_id, Label.FINAL, note="endgültig festgestellt") == 2
    withdraw(desk, place.election_id, 1, "durch das endgültige Ergebnis ersetzt")
    newest, first = published.versions(desk.session, place.election_id)
    assert (newest.number, newest.label, first.withdrawal_notice) == (2, "endgültig", "durch das endgültige Ergebnis ersetzt")
    assert [of["seats"] for of in newest.result["lists"]] == [8, 2, 3, 0]
    assert json.loads(published.json_text(desk.session, place.election_id, 1) or "")["label"] == "vorläufig"
    assert (published.pdf(desk.session, place.election_id, 2) or b"").startswith(b"%PDF")


def published_districts(desk: Desk, place: Place) -> list[dict[str, Any]]:
    with_roll(desk, place)
    publish(desk, place.election_id, Label.PRELIMINARY)
    return list(published.versions(desk.session, place.election_id)[0].result["districts"])


def test_districts_are_published_with_their_votes(desk: Desk) -> None:
    first, second = published_districts(desk, counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40})))
    assert (first["names"], first["voters"], first["list_votes"]) == (["Briefwahlbezirk Nord"], 80, [60 * 13, 20 * 13, 0, 0])
    assert first["candidate_votes"][0] == [60] * 13
    assert (second["numbers"], second["list_votes"], second["eligible"]) == ([2], [10 * 13, 0, 40 * 7, 0], 1000)


def test_a_small_district_is_published_with_another_only(desk: Desk) -> None:
    (only,) = published_districts(desk, counted(desk, ({1: 60, 2: 20}, {1: 9, 3: 40})))
    assert (only["numbers"], only["voters"], only["eligible"]) == ([1, 2], 129, 2000)


def test_the_published_rules_name_their_source_and_no_official(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    published_districts(desk, place)
    rules = {rule["rule"]: rule for rule in published.versions(desk.session, place.election_id)[0].result["rules"]}
    assert (rules["seats"]["value"], rules["seats"]["origin"]) == (13, "Satzung")
    assert rules["remaining_votes"]["source"] == "Festlegung des Wahlamts"
    assert "Erika" not in str(rules)


def test_more_voters_than_eligible_cannot_be_published(desk: Desk) -> None:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place, eligible=10)
    with pytest.raises(Refused, match="das kann nicht stimmen"):
        publish(desk, place.election_id, Label.PRELIMINARY)


def test_the_announcement_is_the_same_bytes_twice(desk: Desk) -> None:
    place = tie(desk)
    results.enter_lot(desk, place.election_id, "1", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    at_utc = results.drawn_lots(desk.session, place.election_id)[0].drawn_at_utc
    first, second = (edition(desk.session, place.election_id, Label.FINAL, ELECTION_DAY, at_utc) for _ in range(2))
    assert (first.pdf, first.json, first.csv) == (second.pdf, second.json, second.csv)


def test_a_majority_vote_stops_for_the_lot_between_persons(desk: Desk) -> None:
    place = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="2")
    nominate(desk, place, (("", 1), ("", 1), ("", 1)))
    close_nominations(desk, place.election_id, ON_PAPER)
    with_roll(desk, place)
    close(desk, place, place.districts[0], [Ballot(marks={"1": 1}), Ballot(marks={"1": 1}), Ballot(marks={"2": 1})])
    close(desk, place, place.districts[1], [Ballot(marks={"3": 1})])
    question = results.result(desk.session, place.election_id).question
    assert question is not None
    assert (question.kind, question.seat, question.among) == (LotKind.PERSON, 2, ("2", "3"))
    results.enter_lot(desk, place.election_id, "3", drawn_at=DRAWN, drawn_by="Die Vorsitzende", witness="Karl Zeuge")
    result = results.result(desk.session, place.election_id)
    assert (result.elected[""].elected, result.elected[""].substitutes) == (("1", "3"), (("2",),))
    determine(desk, place.election_id, SITTING)
    assert publish(desk, place.election_id, Label.FINAL) == 1


def test_where_the_readings_of_the_majority_clause_differ_somebody_must_choose(desk: Desk) -> None:
    # 6 seats, 51 : 12 : 12 : 12 : 12 – one further seat would give 3 of 6, no majority
    place = found(desk, seats=6)
    nominate(desk, place, tuple((f"Liste {number}", 6) for number in range(1, 6)))
    close_nominations(desk, place.election_id, ON_PAPER)
    with_roll(desk, place)
    close(desk, place, place.districts[0], [], {1: 51})
    close(desk, place, place.districts[1], [], {2: 12, 3: 12, 4: 12, 5: 12})
    with pytest.raises(Refused, match="Lesart"):
        results.result(desk.session, place.election_id)
    confirm_rule(desk, place.election_id, "majority_seats", "as_many_as_needed", "Beschluss des Wahlausschusses")
    allocation = results.result(desk.session, place.election_id).allocation
    assert allocation is not None
    assert allocation.seats["1"] == 4
