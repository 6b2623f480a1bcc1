"""Screens for the room: links that show papers, and votes only for everything together."""

import pytest
from sqlalchemy import select

from beiratswahl.operations.count_progress import Stage, progress
from beiratswahl.operations.counting import Letters, record_letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.link_secrets import digest
from beiratswahl.operations.screens import close_screen, open_screen
from beiratswahl.store.read.count_units import screen_of, screens
from beiratswahl.store.tables.journal import JournalEntry
from tests.world import admitted, found


def test_a_link_opens_its_screen_until_it_is_closed_or_replaced(desk: Desk) -> None:
    place = admitted(desk)
    first = open_screen(desk, place.election_id, None, shows_votes=True)
    second = open_screen(desk, place.election_id, None)
    assert screen_of(desk.session, digest(first)) is None
    view = screen_of(desk.session, digest(second))
    assert view is not None
    assert not view.shows_votes
    close_screen(desk, place.election_id, view.screen_id)
    assert screen_of(desk.session, digest(second)) is None
    with pytest.raises(Refused, match="schon geschlossen"):
        close_screen(desk, place.election_id, view.screen_id)
    written = "".join(desk.session.scalars(select(JournalEntry.details)))
    assert first not in written
    assert second not in written


def test_each_district_and_the_whole_have_a_screen_of_their_own(desk: Desk) -> None:
    place = admitted(desk)
    for where in (None, *place.districts):
        open_screen(desk, place.election_id, where)
    assert [each.district_id for each in screens(desk.session, place.election_id)] == [None, *place.districts]


def test_a_single_district_never_shows_votes(desk: Desk) -> None:
    place = admitted(desk)
    with pytest.raises(Refused, match="keine Stimmen"):
        open_screen(desk, place.election_id, place.districts[0], shows_votes=True)


def test_a_screen_belongs_to_its_election(desk: Desk) -> None:
    place, other = admitted(desk), found(desk, ags="07998000", name="Stadt Nachbarstadt")
    with pytest.raises(Refused, match="gibt es in dieser Wahl nicht"):
        open_screen(desk, place.election_id, other.districts[0])
    open_screen(desk, other.election_id, None)
    (foreign,) = screens(desk.session, other.election_id)
    with pytest.raises(Refused, match="schon geschlossen"):
        close_screen(desk, place.election_id, foreign.screen_id)


def test_the_stage_follows_from_what_is_recorded(desk: Desk) -> None:
    place = admitted(desk)
    record_letters(desk, place.districts[0], Letters(3, 0, {}, 3), 0)
    found_now = progress(desk.session, place.election_id)
    assert [(each.stage, each.voters, each.counted) for each in found_now] == [(Stage.LETTERS, 3, 0), (Stage.WAITING, None, 0)]
    (only,) = progress(desk.session, place.election_id, place.districts[1])
    assert only.unit.district.number == 2
