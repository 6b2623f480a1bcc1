"""Districts with too few ballots are counted by another one, before anything is counted (§ 57 Abs. 6 KWO analogously)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.postal import LetterState
from beiratswahl.operations import unit_sizes as sizes
from beiratswahl.operations.announced_districts import district_figures
from beiratswahl.operations.closing import close_district, control, reopen_district
from beiratswahl.operations.count_units import unit_count, units
from beiratswahl.operations.counting import Letters, explain, record_ballot, record_letters
from beiratswahl.operations.counting_records import record_sheet
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.letters import book_letter
from beiratswahl.operations.mergers import merge, minutes, part
from beiratswahl.operations.results import result
from beiratswahl.operations.setup import create_district
from beiratswahl.operations.unit_sizes import unit_sizes
from beiratswahl.store.tables.journal import JournalEntry
from tests.world import Place, admitted

WHY = "Nur 2 Wahlbriefe; das Wahlgeheimnis wäre nicht gewahrt."
TODAY = date(2026, 11, 15)


@pytest.fixture(autouse=True)
def _on_election_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def letters(desk: Desk, district_id: int, number: int) -> None:
    record_letters(desk, district_id, Letters(number, 0, {}, number), 0)


def explain_all(desk: Desk, district_id: int) -> None:
    for code in [check.code for check in control(desk.session, district_id).unexplained]:
        explain(desk, district_id, code, "Kleiner Bezirk.")


def merged(desk: Desk) -> Place:
    """The first district with three voters counts the two ballots of the second one too."""
    place = admitted(desk)
    north, south = place.districts
    letters(desk, north, 3)
    letters(desk, south, 2)
    merge(desk, place.election_id, south, north, WHY, TODAY)
    return place


def counted(desk: Desk) -> Place:
    """The same, counted and closed."""
    place = merged(desk)
    north, south = place.districts
    explain_all(desk, south)
    close_district(desk, south)
    for number in range(5):
        record_ballot(desk, north, f"ballot-{number}", Ballot(marks={"101": 1}))
    explain_all(desk, north)
    close_district(desk, north)
    return place


def test_a_giving_district_counts_no_ballot(desk: Desk) -> None:
    place = merged(desk)
    with pytest.raises(Refused, match="zusammen mit Stimmbezirk 1"):
        record_ballot(desk, place.districts[1], "a", Ballot(marks={"101": 1}))
    record_ballot(desk, place.districts[0], "a", Ballot(marks={"101": 1}))


def test_the_counting_district_expects_the_ballots_of_both(desk: Desk) -> None:
    place = merged(desk)
    north, south = place.districts
    assert control(desk.session, north).count.voters == 5
    codes = {check.code for check in control(desk.session, north).checks}
    assert "F105" in codes  # the other one has not handed over yet
    assert "W102" not in codes  # letters of both against the urn of both
    assert {check.code for check in control(desk.session, south).errors} == set()
    with pytest.raises(Refused, match="Stimmbezirk 2 gibt seine Stimmzettel hierher ab"):
        close_district(desk, north)


def test_the_result_and_its_publication_know_one_unit(desk: Desk) -> None:
    place = counted(desk)
    found = result(desk.session, place.election_id)
    (only,) = found.districts
    assert (only.district.number, only.count.voters, only.tally.ballots, found.voters) == (1, 5, 5, 5)
    assert only.count.letters_received == 5
    (figures,) = district_figures(found, ())
    assert (figures.numbers, figures.voters, figures.valid_ballots) == ((1, 2), 5, 5)
    assert figures.postal is not None
    assert figures.postal.in_time == 5


def test_both_records_carry_the_minutes_and_only_one_carries_votes(desk: Desk) -> None:
    place = counted(desk)
    taking, giving = (record_sheet(desk.session, district) for district in place.districts)
    assert taking.minutes == giving.minutes
    assert WHY.rstrip(".") in taking.minutes[0]
    assert "15.11.2026" in taking.minutes[0]
    assert "2\u00a0Stimmzettelumschläge" in taking.minutes[0]
    assert (taking.hands_over_to, giving.hands_over_to) == ("", "1 · Briefwahlbezirk Nord")
    assert (taking.voters, giving.voters) == (5, 2)
    assert taking.letters is not None
    assert giving.letters is not None
    assert (taking.letters.received, giving.letters.received) == (3, 2)
    assert (taking.votes, giving.votes) == (5, 0)


def test_what_was_handed_over_stays_until_the_unit_is_opened_again(desk: Desk) -> None:
    place = counted(desk)
    north, south = place.districts
    with pytest.raises(Refused, match="zuerst dort"):
        reopen_district(desk, south, "Umschläge nachzählen.")
    reopen_district(desk, north, "Umschläge nachzählen.")
    reopen_district(desk, south, "Umschläge nachzählen.")


def test_a_merger_is_undone_until_counting_begins(desk: Desk) -> None:
    place = merged(desk)
    north, south = place.districts
    part(desk, place.election_id, south)
    assert [len(unit.parts) for unit in units(desk.session, place.election_id)] == [1, 1]
    merge(desk, place.election_id, south, north, WHY, TODAY)
    record_ballot(desk, north, "a", Ballot(marks={"101": 1}))
    with pytest.raises(Refused, match="schon Stimmzettel erfasst"):
        part(desk, place.election_id, south)
    acts = list(desk.session.scalars(select(JournalEntry.act).where(JournalEntry.act.like("%usammen%")).order_by(JournalEntry.id)))
    assert acts == ["Stimmbezirke zusammengelegt", "Zusammenlegung aufgehoben", "Stimmbezirke zusammengelegt"]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            lambda desk, place, third: merge(desk, place.election_id, place.districts[0], place.districts[0], WHY, TODAY),
            "zwei verschiedene",
        ),
        (lambda desk, place, third: merge(desk, place.election_id, place.districts[1], third, WHY, TODAY), "schon mit einem anderen"),
        (lambda desk, place, third: merge(desk, place.election_id, place.districts[0], third, WHY, TODAY), "nimmt selbst"),
        (lambda desk, place, third: merge(desk, place.election_id, third, place.districts[1], WHY, TODAY), "gibt seine Stimmzettel selbst"),
        (lambda desk, place, third: merge(desk, place.election_id, third, place.districts[0], " ", TODAY), "Begründen"),
        (lambda desk, place, third: merge(desk, place.election_id, third, 999, WHY, TODAY), "gibt es in dieser Wahl nicht"),
        (lambda desk, place, third: merge(desk, place.election_id, third, place.districts[0], WHY, TODAY + timedelta(1)), "Zukunft"),
        (lambda desk, place, third: part(desk, place.election_id, third), "mit keinem anderen"),
    ],
)
def test_what_makes_no_unit_is_refused(desk: Desk, act: Callable[[Desk, Place, int], None], words: str) -> None:
    place = merged(desk)
    third = create_district(desk, place.election_id, 3, "Briefwahlbezirk West", postal=True)
    before = list(desk.session.scalars(select(JournalEntry.id)))
    with pytest.raises(Refused, match=words):
        act(desk, place, third)
    assert list(desk.session.scalars(select(JournalEntry.id))) == before


def test_three_districts_may_be_one_unit(desk: Desk) -> None:
    place = merged(desk)
    third = create_district(desk, place.election_id, 3, "Briefwahlbezirk West", postal=True, eligible=10)
    merge(desk, place.election_id, third, place.districts[0], WHY, TODAY)
    (unit,) = units(desk.session, place.election_id)
    assert [each.number for each in unit.parts] == [1, 2, 3]


def test_who_is_small_is_known_by_voters_letters_or_eligible_persons(desk: Desk) -> None:
    place = admitted(desk)
    letters(desk, place.districts[0], 60)
    for number in range(2):
        book_letter(desk, place.districts[1], f"B-{number}", LetterState.ADMITTED)
    create_district(desk, place.election_id, 3, "Urne Ost", postal=False, eligible=40)
    create_district(desk, place.election_id, 4, "Urne West", postal=False)
    found = [(each.ballots, each.known_by, each.small) for each in unit_sizes(desk.session, place.election_id).sizes]
    assert found == [
        (60, sizes.COUNTED, False),
        (2, sizes.ADMITTED, True),
        (40, sizes.AT_MOST, True),
        (None, sizes.UNKNOWN, False),
    ]
    # together 42 are still too few: the next smallest one counts them all, as it would be published
    north, south = place.districts
    assert unit_sizes(desk.session, place.election_id).proposals == {south: north, south + 1: north}


def test_a_district_without_a_merger_counts_as_before(desk: Desk) -> None:
    place = admitted(desk)
    letters(desk, place.districts[0], 3)
    assert unit_count(desk.session, place.districts[0], ()).voters == 3
    assert minutes(desk.session, units(desk.session, place.election_id)[0].district) == ()
