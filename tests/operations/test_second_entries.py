"""Control by a second entry: another account, blind to the first; both settle what differs, and nothing is typed again."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.closing import control
from beiratswahl.operations.counting import record_ballot
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.second_entries import FIRST, SECOND, record_second, say_which_is_right, second_count
from beiratswahl.operations.tally import tally
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.second_entries import SecondEntry
from tests.world import Place, admitted

TYPED = (Ballot(marks={"101": 3}), Ballot(marks={"201": 1}, struck=("202",)))


@pytest.fixture
def place(desk: Desk) -> Place:
    return admitted(desk)


@pytest.fixture
def anna(session: Session, place: Place) -> Desk:
    """The first team; two ballots are entered."""
    team = Desk(session, Actor(11, "Anna", "Zählgruppe"))
    for at, ballot in enumerate(TYPED):
        record_ballot(team, place.districts[0], f"kennung-{at}", ballot)
    return team


@pytest.fixture
def ben(session: Session) -> Desk:
    return Desk(session, Actor(12, "Ben", "Zählgruppe"))


def codes(session: Session, place: Place) -> set[str]:
    return {check.code for check in control(session, place.districts[0]).errors} & {"F208", "F209"}


def test_a_begun_second_entry_has_to_be_complete_and_agree(session: Session, place: Place, anna: Desk, ben: Desk) -> None:
    north = place.districts[0]
    assert codes(session, place) == set()
    record_second(ben, north, 1, TYPED[0])
    assert codes(session, place) == {"F208"}
    record_second(ben, north, 2, Ballot(marks={"201": 2}, struck=("202",)))
    assert codes(session, place) == {"F209"}
    (difference,) = second_count(session, north).differences
    assert (difference.number, difference.fields) == (2, ("Stimmen",))


def test_both_have_to_name_the_same_entry_before_it_holds(session: Session, place: Place, anna: Desk, ben: Desk) -> None:
    north = place.districts[0]
    record_second(ben, north, 1, TYPED[0])
    record_second(ben, north, 2, Ballot(marks={"203": 2}))
    say_which_is_right(anna, north, 2, FIRST)
    say_which_is_right(ben, north, 2, SECOND)
    assert codes(session, place) == {"F209"}
    say_which_is_right(anna, north, 2, SECOND)
    assert codes(session, place) == set()
    assert tally(session, ballot_paper(session, place.election_id), north, 0).votes == {"101": 3, "203": 2}
    with pytest.raises(Refused, match="keinen offenen Unterschied"):
        say_which_is_right(anna, north, 2, FIRST)


def test_when_both_name_the_first_entry_it_stays(session: Session, place: Place, anna: Desk, ben: Desk) -> None:
    north = place.districts[0]
    record_second(ben, north, 1, Ballot(marks={"102": 1}))
    for team in (anna, ben):
        say_which_is_right(team, north, 1, FIRST)
    assert second_count(session, north).differences == ()
    row = session.scalars(select(RecordedBallot).where(RecordedBallot.number == 1)).one()
    assert row.votes == {"101": 3}


def test_nobody_makes_both_entries_or_settles_for_others(session: Session, place: Place, anna: Desk, ben: Desk) -> None:
    north = place.districts[0]
    with pytest.raises(Refused, match="haben Sie selbst zuerst erfasst"):
        record_second(anna, north, 1, TYPED[0])
    record_second(ben, north, 1, Ballot(marks={"102": 1}))
    with pytest.raises(Refused, match="schon zum zweiten Mal"):
        record_second(ben, north, 1, TYPED[0])
    with pytest.raises(Refused, match="gibt es in diesem Stimmbezirk nicht"):
        record_second(ben, north, 9, TYPED[0])
    with pytest.raises(Refused, match="die beiden, die den Stimmzettel erfasst haben"):
        say_which_is_right(Desk(session, Actor(13, "Chloe", "Zählgruppe")), north, 1, FIRST)
    with pytest.raises(Refused, match="Wählen Sie"):
        say_which_is_right(ben, north, 1, "dritte")


@pytest.mark.parametrize(("first", "second"), [(11, 11), (12, 11)], ids=["the same account twice", "a false account of the first"])
def test_the_database_refuses_one_account_for_both(session: Session, place: Place, anna: Desk, first: int, second: int) -> None:
    keys = {"municipality_id": place.municipality_id, "election_id": place.election_id, "district_id": place.districts[0], "number": 1}
    told = {"second_by": "x", "content": {}, "first_says": "", "second_says": "", "recorded_at_utc": clock.now()}
    with pytest.raises(IntegrityError):
        session.execute(insert(SecondEntry).values(**keys, **told, first_by_id=first, second_by_id=second))
    session.rollback()
