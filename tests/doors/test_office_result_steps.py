"""The steps of a Mehrheitswahl name persons as the ballot paper does, not by their numbers."""

import pytest

from beiratswahl.access.roles import Role
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from tests.doors.pages import Visitor
from tests.operations.test_results import close, with_roll
from tests.world import ON_PAPER, Place, account, found, nominate


@pytest.fixture
def place(desk: Desk) -> Place:
    here = found(desk, system="Mehrheitswahl", seats=2, nomination_model="Personenmodell", max_candidates_factor="2")
    account(desk, "amt", Role.ELECTION_OFFICE, here)
    nominate(desk, here, (("", 1), ("", 1), ("", 1)))
    close_nominations(desk, here.election_id, ON_PAPER)
    with_roll(desk, here)
    close(desk, here, here.districts[0], [Ballot(marks={"1": 1}), Ballot(marks={"1": 1, "2": 1}), Ballot(marks={"3": 1})])
    close(desk, here, here.districts[1], [Ballot(marks={"2": 1})])
    return here


def test_persons_are_named_in_the_steps_of_a_majority_election(office: Visitor, place: Place) -> None:
    steps = office.open(f"/amt/wahl/{place.election_id}/ergebnis").text.split("Alle Rechenschritte")[1]
    assert "Person101, Ada“ mit" in steps
    assert "„1“" not in steps
