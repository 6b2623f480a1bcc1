"""The sitting of the Wahlausschuss freezes what was counted; minutes and letters come from exactly that."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations import closing, determination, results
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.results import Determination
from tests.documents.conftest import text_in
from tests.operations.test_results import close, counted, tie, with_roll
from tests.world import DRAWN, ELECTION_DAY, ON_PAPER, SITTING, Place, admitted, found, nominate


def ready(desk: Desk) -> Place:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place)
    return place


def frozen(desk: Desk) -> list[Determination]:
    return list(desk.session.scalars(select(Determination).order_by(Determination.number)))


def test_a_determination_is_numbered_and_journalled_and_stays(desk: Desk) -> None:
    place = ready(desk)
    assert determination.determine(desk, place.election_id, SITTING) == 1
    first = frozen(desk)[0].result
    assert determination.determine(desk, place.election_id, replace(SITTING, corrections="Bezirk 1: 2 Stimmen berichtigt.")) == 2
    assert [row.number for row in frozen(desk)] == [1, 2]
    assert frozen(desk)[0].result == first
    newest = determination.latest(desk.session, place.election_id)
    assert newest is not None
    assert (newest.number, newest.current, newest.sitting.members) == (2, True, ("Karl Muster", "Ngozi Fall"))
    acts = [row.act for row in desk.session.scalars(select(JournalEntry))]
    assert acts.count("Ergebnis ermittelt") == 2


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"chair": " "}, "Vorsitz"),
        ({"recorder": ""}, "Schriftführung"),
        ({"members": ()}, "Mitglieder"),
        ({"members": (" ",)}, "Mitglieder"),
        ({"place": ""}, "Ort"),
        ({"day": ELECTION_DAY.replace(day=14)}, "vor dem Wahltag"),
    ],
)
def test_a_sitting_needs_its_people_its_place_and_a_day_after_the_election(desk: Desk, change: dict[str, object], why: str) -> None:
    place = ready(desk)
    with pytest.raises(Refused, match=why):
        determination.determine(desk, place.election_id, replace(SITTING, **change))  # type: ignore[arg-type]
    assert frozen(desk) == []


def test_nothing_is_determined_while_a_district_is_open(desk: Desk) -> None:
    place = admitted(desk)
    close(desk, place, place.districts[0], [], {1: 60})
    with pytest.raises(Refused, match="Stimmbezirk 2"):
        determination.determine(desk, place.election_id, SITTING)
    assert frozen(desk) == []


def test_nothing_is_determined_while_a_lot_is_pending(desk: Desk) -> None:
    place = tie(desk)
    with pytest.raises(Refused, match="Los entscheiden"):
        determination.determine(desk, place.election_id, SITTING)
    results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Vera Vorsitz", witness="Karl Muster")
    for before in (replace(SITTING, day=SITTING.day - timedelta(days=1)), replace(SITTING, ended="17:19")):
        with pytest.raises(Refused, match="nicht vor dem Los"):
            determination.determine(desk, place.election_id, before)
    assert determination.determine(desk, place.election_id, SITTING) == 1
    text = text_in(determination.minutes(desk.session, place.election_id))
    assert "Das Los fiel auf" in text
    assert "am 18. November 2026, 17:20 Uhr" in text


def test_a_determination_frozen_before_lots_had_their_hour_still_counts(desk: Desk) -> None:
    place = tie(desk)
    results.enter_lot(desk, place.election_id, "2", drawn_at=DRAWN, drawn_by="Vera Vorsitz", witness="Karl Muster")
    determination.determine(desk, place.election_id, SITTING)
    row = frozen(desk)[0]
    older = json.loads(row.result)
    for lot in older["result"]["lots"]:
        for name in ("seat", "winner", "list", "drawn_hour"):
            del lot[name]
    row.result = json.dumps(older)
    desk.session.flush()
    newest = determination.latest(desk.session, place.election_id)
    assert newest is not None
    assert newest.current


def test_nothing_is_determined_that_does_not_add_up(desk: Desk) -> None:
    place = ready(desk)
    with_roll(desk, place, eligible=10)
    with pytest.raises(Refused, match="das kann nicht stimmen"):
        determination.determine(desk, place.election_id, SITTING)


def test_a_reopened_district_makes_the_determination_outdated(desk: Desk) -> None:
    place = ready(desk)
    determination.determine(desk, place.election_id, SITTING)
    closing.reopen_district(desk, place.districts[0], "Nachzählung beschlossen")
    newest = determination.latest(desk.session, place.election_id)
    assert newest is not None
    assert not newest.current
    for act in (determination.minutes, determination.letters):
        with pytest.raises(Refused, match="neu feststellen"):
            act(desk.session, place.election_id)


def test_the_minutes_hold_the_sitting_the_numbers_and_every_step(desk: Desk) -> None:
    place = ready(desk)
    determination.determine(desk, place.election_id, replace(SITTING, corrections="Bezirk 1: 2 Stimmen berichtigt."))
    first, second = (determination.minutes(desk.session, place.election_id) for _ in range(2))
    assert first == second
    text = text_in(first)
    for part in (
        "Mittwoch, 18. November 2026, Rathaus, Raum 2",
        "17:00 bis 18:10 Uhr",
        "Vera Vorsitz",
        "Karl Muster; Ngozi Fall",
        "Bezirk 1: 2 Stimmen berichtigt.",
        "aller 2 Stimmbezirke",
        "130 gültige und 0 ungültige Stimmzettel sind zusammen 130",
        "Anlage: Berechnung der Sitzverteilung",
        "Rechenschritte",
    ):
        assert part in text, part


def test_every_elected_person_gets_a_letter_with_address_votes_and_period(desk: Desk) -> None:
    place = ready(desk)
    determination.determine(desk, place.election_id, SITTING)
    letters = determination.letters(desk.session, place.election_id)
    assert len(letters) == 13
    assert (letters[0].recipient, letters[0].votes) == (("Ada Person101", "Hauptstraße 1", "55999 Musterstadt"), 70)
    files = determination.print_letters(desk.session, place.election_id)
    assert [name for name, _ in files][:2] == ["01-Person101.pdf", "02-Person102.pdf"]
    text = text_in(files[0][1])
    for part in (
        "Guten Tag Ada Person101",
        "innerhalb einer Woche",
        "gilt die Wahl als angenommen",
        "Ich nehme die Wahl an.",
        "Internationale Liste",
    ):
        assert part in text, part


def test_in_a_majority_election_a_letter_names_no_list(desk: Desk) -> None:
    place = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="2")
    nominate(desk, place, (("", 1), ("", 1), ("", 1)))
    close_nominations(desk, place.election_id, ON_PAPER)
    with_roll(desk, place)
    close(desk, place, place.districts[0], [Ballot(marks={"1": 1}), Ballot(marks={"1": 1}), Ballot(marks={"2": 1})])
    close(desk, place, place.districts[1], [Ballot(marks={"2": 1}), Ballot(marks={"3": 1})])
    determination.determine(desk, place.election_id, SITTING)
    assert [(letter.list_name, letter.votes) for letter in determination.letters(desk.session, place.election_id)] == [("", 2), ("", 2)]
    assert "Sitzverteilung" not in text_in(determination.minutes(desk.session, place.election_id))
