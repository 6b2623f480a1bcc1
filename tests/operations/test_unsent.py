"""Ballots that wait on a device hold up closing until the last has arrived, or the board gives the device up."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations.closing import control
from beiratswahl.operations.counting import Waited, record_ballot
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.unsent import announce_unsent, give_up_device
from beiratswahl.store.read.boards import incidents
from beiratswahl.store.read.count_control import unsent
from beiratswahl.store.read.counting import ballot
from beiratswahl.store.tables.journal import JournalEntry
from tests.world import Place, admitted


@pytest.fixture
def north(desk: Desk) -> int:
    place: Place = admitted(desk)
    return place.districts[0]


def blocked(session: Session, district_id: int) -> bool:
    return "F215" in {check.code for check in control(session, district_id).errors}


def entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def test_closing_waits_until_the_last_ballot_has_arrived(session: Session, desk: Desk, north: int) -> None:
    announce_unsent(desk, north, "KX", 2)
    assert blocked(session, north)
    record_ballot(desk, north, "kennung-1", Ballot(marks={"101": 1}), Waited("KX", "KX-1", 1))
    assert blocked(session, north)
    record_ballot(desk, north, "kennung-2", Ballot(marks={"102": 1}), Waited("KX", "KX-2", 0))
    assert not blocked(session, north)
    found = ballot(session, north, 2)
    assert found is not None
    assert found.provisional_mark == "KX-2"


def test_a_repeated_send_settles_the_message_too(session: Session, desk: Desk, north: int) -> None:
    record_ballot(desk, north, "kennung-1", Ballot(marks={"101": 1}))
    announce_unsent(desk, north, "KX", 1)
    again = record_ballot(desk, north, "kennung-1", Ballot(marks={"101": 1}), Waited("KX", "KX-1", 0))
    assert again.number == 1
    assert not blocked(session, north)


def test_the_same_message_again_is_no_act(session: Session, desk: Desk, north: int) -> None:
    announce_unsent(desk, north, "KX", 2)
    before = entries(session)
    announce_unsent(desk, north, "KX", 2)
    announce_unsent(desk, north, "QQ", 0)
    assert entries(session) == before
    announce_unsent(desk, north, "KX", 0)
    assert not blocked(session, north)


def test_a_lost_device_is_given_up_by_decision_and_stands_in_the_record(session: Session, desk: Desk, north: int) -> None:
    announce_unsent(desk, north, "KX", 2)
    announce_unsent(desk, north, "QQ", 1)
    with pytest.raises(Refused, match="Begründung"):
        give_up_device(desk, north, "KX", " ")
    give_up_device(desk, north, "KX", "Gerät ins Wasser gefallen; die Papiere sind neu eingegeben.")
    assert [device.device for device in unsent(session, north)] == ["QQ"]
    assert "ins Wasser gefallen" in incidents(session, north)[0].text
    with pytest.raises(Refused, match="keine ausstehenden"):
        give_up_device(desk, north, "KX", "noch einmal")


@pytest.mark.parametrize(("device", "ballots"), [("k", 1), ("KXY", 1), ("<>", 1), ("KX", -1), ("KX", 10000)])
def test_a_message_that_cannot_be_is_refused(desk: Desk, north: int, device: str, ballots: int) -> None:
    with pytest.raises(Refused, match="nicht zu verstehen"):
        announce_unsent(desk, north, device, ballots)
