"""Interim versions on the evening: what is counted goes out at once, and never so that a small district could be computed."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import combinations
from typing import Any

import pytest

from beiratswahl import clock
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.ballot_papers import Ballot, WriteIn
from beiratswahl.operations import closing, counting
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determination import determine
from beiratswahl.operations.interim import interim, publish_interim
from beiratswahl.operations.publication import publish, withdraw
from beiratswahl.operations.setup import create_district
from beiratswahl.store.read import published
from tests.operations.test_results import close, with_roll
from tests.world import ON_PAPER, SITTING, Place, admitted, found, nominate


def districts(desk: Desk, amount: int) -> tuple[Place, list[int]]:
    """An election with that many polling districts; their ids by number - 1."""
    place = admitted(desk)
    with_roll(desk, place)
    others = [create_district(desk, place.election_id, number, f"Bezirk {number}", postal=True) for number in range(3, amount + 1)]
    return place, [*place.districts, *others]


def shown(desk: Desk, place: Place) -> dict[str, Any]:
    return published.versions(desk.session, place.election_id)[0].result


def numbers(of: Mapping[str, Any]) -> list[list[int]]:
    return [district["numbers"] for district in of["districts"]]


def test_an_interim_version_shows_votes_and_allocates_no_seat(desk: Desk) -> None:
    place, ids = districts(desk, 4)
    close(desk, place, ids[0], [], {1: 60, 2: 20})
    close(desk, place, ids[1], [], {1: 55})
    assert publish_interim(desk, place.election_id) == 1
    result = shown(desk, place)
    assert (result["label"], result["interim"]["districts_counted"], result["interim"]["districts"]) == ("Zwischenstand", 1, 4)
    assert [of["number"] for of in result["interim"]["missing"]] == [2, 3, 4]
    assert (result["voters"], result["lists"][0]["votes"], result["turnout"]) == (80, 60 * 13, None)
    assert {of["seats"] for of in result["lists"]} == {None}
    assert {one["elected"] for of in result["lists"] for one in of["candidates"]} == {None}
    assert (result["allocation"], result["vacant_seats"], result["lots"]) == (None, None, [])
    assert (published.pdf(desk.session, place.election_id, 1) or b"").startswith(b"%PDF")
    assert ";;;" in (published.csv(desk.session, place.election_id, 1) or "")


def test_the_last_large_one_waits_until_enough_is_certain_to_come(desk: Desk) -> None:
    place, ids = districts(desk, 3)
    close(desk, place, ids[0], [], {1: 60})
    held = interim(desk.session, place.election_id)
    assert [(one.district.number, "errechnen" in one.reason) for one in held.held_back] == [(1, True)]
    with pytest.raises(Refused, match="kein Stimmbezirk dazugekommen"):
        publish_interim(desk, place.election_id)
    counting.record_letters(desk, ids[1], Letters(50, 0, {}, 50), 0)
    assert publish_interim(desk, place.election_id) == 1
    assert numbers(shown(desk, place)) == [[1]]


def test_a_small_district_waits_for_the_next_step(desk: Desk) -> None:
    place, ids = districts(desk, 4)
    counting.record_letters(desk, ids[3], Letters(90, 0, {}, 90), 0)
    close(desk, place, ids[0], [], {1: 60})
    close(desk, place, ids[1], [], {2: 20})
    publish_interim(desk, place.election_id)
    assert numbers(shown(desk, place)) == [[1]]
    assert [one.district.number for one in interim(desk.session, place.election_id).held_back] == [2]
    close(desk, place, ids[2], [], {3: 35})
    publish_interim(desk, place.election_id)
    newest = published.versions(desk.session, place.election_id)[0]
    assert numbers(newest.result) == [[1], [2, 3]]
    assert newest.note == "Neu dabei: Stimmbezirke 2 und 3."


def test_what_stood_alone_in_an_interim_version_hides_no_small_one_later(desk: Desk) -> None:
    """Of a single version {1: 60, 2: 80, 3: 12} the groups would be {1, 3} and {2}; 1 is known already."""
    place, ids = districts(desk, 3)
    counting.record_letters(desk, ids[1], Letters(80, 0, {}, 80), 0)
    close(desk, place, ids[0], [], {1: 60})
    publish_interim(desk, place.election_id)
    count = counting.count_of(desk.session, ids[1])
    assert count.voters == 80
    close_recorded(desk, place, ids[1], {2: 80})
    close(desk, place, ids[2], [], {1: 12})
    with pytest.raises(Refused, match="Alle Stimmbezirke sind abgeschlossen"):
        publish_interim(desk, place.election_id)
    with_all(desk, ids)
    publish(desk, place.election_id, Label.PRELIMINARY, note="Alle Stimmbezirke sind ausgezählt.")
    assert numbers(shown(desk, place)) == [[1], [2, 3]]
    determine(desk, place.election_id, SITTING)
    publish(desk, place.election_id, Label.FINAL, note="festgestellt")
    assert numbers(shown(desk, place)) == [[1], [2, 3]]
    with pytest.raises(Refused, match="schon veröffentlicht"):
        publish_interim(desk, place.election_id)


def close_recorded(desk: Desk, place: Place, district: int, stacks: dict[int, int]) -> None:
    """Close a district whose voters are recorded."""
    from beiratswahl.store.read.nominations import nominations
    from tests.world import count_stacks

    ids = {of.number: of.nomination_id for of in nominations(desk.session, place.election_id)}
    count_stacks(desk, district, {ids[number]: amount for number, amount in stacks.items()}, 0, 1)
    for warning in closing.control(desk.session, district).unexplained:
        counting.explain(desk, district, warning.code, "Geprüft, stimmt so.")
    closing.close_district(desk, district)


def with_all(desk: Desk, ids: list[int]) -> None:
    from beiratswahl.store.tables.setup import PollingDistrict

    for district in ids:
        desk.session.get_one(PollingDistrict, district).eligible = 1000
    desk.session.commit()


def test_no_two_versions_of_an_evening_tell_fewer_than_fifty_ballots(desk: Desk) -> None:
    place, ids = districts(desk, 6)
    amounts = [60, 12, 80, 30, 90, 55]
    versions: list[dict[str, Any]] = []
    for at in (2, 1, 0, 3, 5, 4):
        close(desk, place, ids[at], [], {1 + at % 4: amounts[at]})
        if at != 4:
            try:
                publish_interim(desk, place.election_id)
                versions.append(shown(desk, place))
            except Refused:
                continue
    with_all(desk, ids)
    publish(desk, place.election_id, Label.PRELIMINARY, note="Alle")
    versions.append(shown(desk, place))
    assert len(versions) >= 3
    sums = [of["voters"] for result in versions for of in (result, *result["districts"])]
    assert not [(one, other) for one, other in combinations(sums, 2) if 0 < abs(one - other) < 20 and abs(one - other) in (12, 30, 42)]
    assert min(sums) >= 50


def test_a_reopened_district_stops_the_next_version_until_it_is_closed(desk: Desk) -> None:
    place, ids = districts(desk, 3)
    counting.record_letters(desk, ids[2], Letters(90, 0, {}, 90), 0)
    close(desk, place, ids[0], [], {1: 60})
    publish_interim(desk, place.election_id)
    closing.reopen_district(desk, ids[0], "Stapel vertauscht, Beschluss des Wahlvorstands")
    close(desk, place, ids[1], [], {1: 60})
    with pytest.raises(Refused, match="Stimmbezirk 1 steht schon in einer Fassung"):
        publish_interim(desk, place.election_id)
    closing.close_district(desk, ids[0])
    assert publish_interim(desk, place.election_id) == 2
    assert numbers(shown(desk, place)) == [[1], [2]]


def test_nothing_new_is_refused_but_a_withdrawn_version_can_be_replaced(desk: Desk) -> None:
    place, ids = districts(desk, 3)
    counting.record_letters(desk, ids[2], Letters(90, 0, {}, 90), 0)
    close(desk, place, ids[0], [], {1: 60})
    publish_interim(desk, place.election_id)
    with pytest.raises(Refused, match="kein Stimmbezirk dazugekommen"):
        publish_interim(desk, place.election_id)
    withdraw(desk, place.election_id, 1, "Falscher Bezirk")
    assert publish_interim(desk, place.election_id) == 2
    assert published.versions(desk.session, place.election_id)[0].note == "Zahlen schon gezeigter Stimmbezirke sind berichtigt."


def test_nothing_goes_out_before_voting_has_ended(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place, ids = districts(desk, 3)
    counting.record_letters(desk, ids[2], Letters(90, 0, {}, 90), 0)
    close(desk, place, ids[0], [], {1: 60})
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 15, 16, 59, tzinfo=UTC))
    with pytest.raises(Refused, match="Vor dem Ende der Wahlzeit"):
        publish_interim(desk, place.election_id)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 15, 17, 0, tzinfo=UTC))
    assert publish_interim(desk, place.election_id) == 1


def test_in_a_majority_election_persons_written_in_wait_for_the_whole_result(desk: Desk) -> None:
    place = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="2", write_ins=True)
    nominate(desk, place, (("", 1), ("", 1), ("", 1)))
    close_nominations(desk, place.election_id, ON_PAPER)
    with_roll(desk, place)
    counting.record_letters(desk, place.districts[1], Letters(50, 0, {}, 50), 0)
    ballots = [Ballot(marks={"1": 1}) for _ in range(60)]
    ballots[0] = Ballot(marks={"2": 1}, write_ins=(WriteIn("Zehra Neu", "Zehra Neu", True),))
    close(desk, place, place.districts[0], ballots)
    publish_interim(desk, place.election_id)
    result = shown(desk, place)
    assert [(one["votes"], one["elected"]) for one in result["persons"]] == [(59, None), (1, None), (0, None)]
    assert "Zehra" not in json.dumps(result)
    assert result["votes"] == 61
