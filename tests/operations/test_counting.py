"""Recording letters, stacks and ballots."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from beiratswahl.law.admission import Outcome
from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.operations import counting
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import confirm_rule
from beiratswahl.operations.tally import tally, total
from beiratswahl.store.read import counting as read
from beiratswahl.store.read.nominations import nominations
from beiratswahl.store.tables.nominations import Candidate, Nomination
from beiratswahl.store.tables.setup import Election
from tests.world import ON_PAPER, admitted, count_stacks, found, nominate


def ids(desk: Desk, election_id: int) -> list[int]:
    return [of.nomination_id for of in nominations(desk.session, election_id)]


def test_stacks_and_ballots_add_up_to_votes(desk: Desk) -> None:
    place = admitted(desk)
    north, south = place.districts
    lists = ids(desk, place.election_id)
    count_stacks(desk, north, {lists[0]: 10, lists[1]: 5}, 2, 0)
    counting.record_ballot(desk, north, "a", Ballot(marks={"101": 3, "201": 2}))
    counting.record_ballot(desk, south, "a", Ballot(marks={"301": 3}))
    paper = ballot_paper(desk.session, place.election_id)
    first = tally(desk.session, paper, north, 2)
    # list 2 has ten persons, the first named three times and the second twice: 3 + 2 + 8 = 13 votes, all used
    assert (first.valid, first.invalid, first.votes["101"], first.votes["201"], first.unused) == (16, 2, 13, 17, 8)
    both = total([first, tally(desk.session, paper, south, 0)])
    assert both.list_votes(paper) == {"1": 133, "2": 67, "3": 3, "4": 0}
    assert both.used + both.unused == 13 * both.valid


def test_the_number_for_the_paper_counts_up_in_each_district(desk: Desk) -> None:
    place = admitted(desk)
    north, south = place.districts
    numbers = [
        counting.record_ballot(desk, where, str(at), Ballot(marks={"101": 1})).number for at, where in enumerate((north, north, south))
    ]
    assert numbers == [1, 2, 1]


def test_a_ballot_sent_twice_counts_once(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    ballot = Ballot(marks={"101": 1})
    assert counting.record_ballot(desk, district, "same", ballot).number == counting.record_ballot(desk, district, "same", ballot).number
    assert len(read.ballots(desk.session, district)) == 1
    with pytest.raises(Refused, match="anderem Inhalt"):
        counting.record_ballot(desk, district, "same", Ballot(marks={"102": 1}))


def test_what_is_not_on_the_paper_is_refused_and_leaves_nothing(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    for ballot in (Ballot(marks={"999": 1}), Ballot(list_marks=("9",))):
        with pytest.raises(Refused, match="steht nicht auf dem Stimmzettel"):
            counting.record_ballot(desk, district, "x", ballot)
    assert read.ballots(desk.session, district) == ()


def test_a_ballot_comes_back_from_the_archive_as_it_went_in(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    ballot = Ballot(("1", "2"), {"101": 3, "202": 1}, ("103",), (), (Finding.ADDITION,))
    counting.record_ballot(desk, district, "x", ballot)
    kept = read.ballot(desk.session, district, 1)
    assert kept is not None
    assert counting.ballot_of(kept.content) == ballot
    assert (kept.valid, kept.reason, kept.needs_resolution) == (False, "zusatz_oder_vorbehalt", True)


def test_the_board_decides_what_the_law_leaves_open(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    counting.record_ballot(desk, district, "x", Ballot(marks={"101": 3}, findings=(Finding.WILL_UNCLEAR,)))
    decided = counting.decide_ballot(desk, district, 1, valid=True, reason="Das Kreuz liegt im Feld.")
    assert decided.verdict.votes == {"101": 3}
    kept = read.ballot(desk.session, district, 1)
    assert kept is not None
    assert (kept.valid, kept.resolution, kept.needs_resolution) == (True, "gültig", False)


def test_the_board_cannot_overrule_the_statute(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    counting.record_ballot(desk, district, "x", Ballot(list_marks=("1", "2")))
    with pytest.raises(Refused, match="nach dem Gesetz ungültig"):
        counting.decide_ballot(desk, district, 1, valid=True, reason="Wir möchten gern.")


def test_a_cancelled_ballot_stays_readable_and_counts_no_more(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    counting.record_ballot(desk, district, "x", Ballot(marks={"101": 3}))
    counting.cancel_ballot(desk, district, 1, "vertippt")
    (kept,) = read.ballots(desk.session, district)
    assert kept.cancelled
    assert tally(desk.session, ballot_paper(desk.session, place.election_id), district, 0).ballots == 0
    assert counting.record_ballot(desk, district, "y", Ballot(marks={"101": 1})).number == 2


def test_a_page_that_is_behind_is_refused(desk: Desk) -> None:
    place = admitted(desk)
    district = place.districts[0]
    letters = Letters(received=10, late=1, rejected={"nicht_unterschrieben": 2}, voters=8)
    counting.record_letters(desk, district, letters, 0)
    with pytest.raises(Refused, match="Inzwischen"):
        counting.record_letters(desk, district, letters, 0)
    counting.record_letters(desk, district, letters, 1)
    view = read.count(desk.session, district)
    assert (view.letters_received, view.letters_rejected, view.voters, view.version) == (10, {"nicht_unterschrieben": 2}, 8, 2)


@pytest.mark.parametrize("letters", [Letters(-1, 0, {}, 0), Letters(1, 0, {"nicht_unterschrieben": -1}, 0)])
def test_negative_numbers_are_refused(desk: Desk, letters: Letters) -> None:
    district = admitted(desk).districts[0]
    with pytest.raises(Refused, match="kleiner als 0"):
        counting.record_letters(desk, district, letters, 0)


def test_two_teams_at_one_district_never_overwrite_each_other(desk: Desk, session: Session) -> None:
    place = admitted(desk)
    district = place.districts[0]
    with Session(session.get_bind()) as other:
        second = Desk(other, desk.actor)
        for number in range(3):
            counting.record_ballot(desk, district, f"a{number}", Ballot(marks={"101": 1}))
            counting.record_ballot(second, district, f"b{number}", Ballot(marks={"102": 1}))
    assert [of.number for of in read.ballots(desk.session, district)] == [6, 5, 4, 3, 2, 1]


def test_a_remembered_paper_follows_every_change_of_rules_and_nominations(session: Session, desk: Desk) -> None:
    place = admitted(desk)
    first = ballot_paper(session, place.election_id)
    assert ballot_paper(session, place.election_id) is first
    changes = (
        update(Candidate).where(Candidate.ballot_number == "103").values(struck=True),
        update(Candidate).where(Candidate.ballot_number == "104").values(family_name="Neu"),
        update(Candidate).where(Candidate.ballot_number == "105").values(named=2),
        update(Nomination).where(Nomination.number == 2).values(keyword="Anderes Kennwort"),
        update(Nomination).where(Nomination.number == 4).values(number=None),
    )
    seen = [first]
    for change in changes:
        session.execute(change)
        seen.append(ballot_paper(session, place.election_id))
        assert seen[-1] not in seen[:-1]
    assert "103" not in seen[-1].law.position
    assert seen[-1].names["104"] == "104 Neu, Ada"
    assert seen[-1].names["2"] == "Liste 2 – Anderes Kennwort"
    assert set(seen[-1].law.lists) == {"1", "2", "3"}
    session.rollback()
    assert ballot_paper(session, place.election_id) == first


def test_a_remembered_paper_follows_the_rules(session: Session, desk: Desk) -> None:
    place = admitted(desk)
    before = ballot_paper(session, place.election_id).rules.remaining_votes
    confirm_rule(desk, place.election_id, "remaining_votes", "top_up", "anderer Beschluss")
    assert ballot_paper(session, place.election_id).rules.remaining_votes is not before
    election = session.get_one(Election, place.election_id)
    election.admission_outcome = Outcome.NO_ELECTION.value
    with pytest.raises(Refused, match="findet nicht statt"):
        ballot_paper(session, place.election_id)


def test_two_elections_never_share_a_paper(session: Session, desk: Desk) -> None:
    here, there = admitted(desk), found(desk, ags="07999001", name="Stadt Anderswo")
    nominate(desk, there)
    close_nominations(desk, there.election_id, ON_PAPER)
    ours, theirs = (ballot_paper(session, place.election_id) for place in (here, there))
    assert {of.nomination_id for of in ours.nominations}.isdisjoint(of.nomination_id for of in theirs.nominations)
