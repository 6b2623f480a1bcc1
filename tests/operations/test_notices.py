"""Published notices: frozen with their checksum, in the journal, withdrawn with a reason and still there."""

import hashlib
from datetime import timedelta

import pytest

from beiratswahl import clock
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.calendar import DeadlineState, calendar
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.notices import publish_notice, withdraw_notice
from beiratswahl.operations.setup import MunicipalityData, change_municipality
from beiratswahl.store.read import journal, published, setup
from tests.documents.conftest import text_in
from tests.world import ON_PAPER, admitted, found, nominate


def publish(desk: Desk, election_id: int, which: Announcement = Announcement.CALL, medium: str = "") -> int:
    return publish_notice(desk, election_id, which, clock.today(), medium)


def test_a_published_notice_is_frozen_with_text_page_and_checksum(desk: Desk) -> None:
    place = found(desk)
    number = publish(desk, place.election_id, medium="Amtsblatt Nr. 36")
    view = published.notice(desk.session, place.election_id, number)
    pdf = published.notice_pdf(desk.session, place.election_id, number)
    assert view is not None
    assert pdf is not None
    assert (view.number, view.kind, view.medium, view.withdrawn_at_utc) == (1, "aufforderung", "Amtsblatt Nr. 36", None)
    assert view.sha256 == hashlib.sha256(pdf).hexdigest()
    assert view.sheet["format"] == "beiratswahl-bekanntmachung"
    assert view.sheet["title"] == view.title
    deadline = [block for section in view.sheet["sections"] for block in section["blocks"] if block["type"] == "facts"][-1]
    assert ["Fristende", "Montag, 28.\u00a0September\u00a02026, 18:00\u00a0Uhr"] in deadline["pairs"]
    (entry,) = [of for of in journal.entries(desk.session, place.municipality_id) if of.act == "Bekanntmachung veröffentlicht"]
    assert view.sha256 in entry.details


def test_the_page_and_its_text_say_the_same(desk: Desk) -> None:
    place = admitted(desk)
    number = publish(desk, place.election_id, Announcement.ADMITTED)
    view, pdf = published.notice(desk.session, place.election_id, number), published.notice_pdf(desk.session, place.election_id, number)
    assert view is not None
    said = text_in(pdf or b"")
    for section in view.sheet["sections"]:
        for block in section["blocks"]:
            for row in block.get("rows", ()):
                assert " ".join(cell for cell in row if cell) in said


def test_what_changes_later_changes_no_published_notice(desk: Desk) -> None:
    place = found(desk)
    number = publish(desk, place.election_id)
    before = published.notice(desk.session, place.election_id, number), published.notice_pdf(desk.session, place.election_id, number)
    known = setup.municipality(desk.session, place.municipality_id)
    values = {name: getattr(known, name) for name in MunicipalityData.__dataclass_fields__}
    change_municipality(desk, place.municipality_id, MunicipalityData(**{**values, "street": "Neue Straße 9"}))
    assert before == (
        published.notice(desk.session, place.election_id, number),
        published.notice_pdf(desk.session, place.election_id, number),
    )


def test_a_withdrawn_notice_stays_with_its_reason_and_makes_room_for_a_new_one(desk: Desk) -> None:
    place = found(desk)
    first = publish(desk, place.election_id)
    with pytest.raises(Refused, match="schon veröffentlicht"):
        publish(desk, place.election_id)
    with pytest.raises(Refused, match="Grund"):
        withdraw_notice(desk, place.election_id, first, " ")
    withdraw_notice(desk, place.election_id, first, "Die Anschrift war falsch.")
    second = publish(desk, place.election_id)
    assert [(of.number, of.withdrawn_reason) for of in published.notices(desk.session, place.election_id)] == [
        (second, ""),
        (first, "Die Anschrift war falsch."),
    ]
    assert published.notice_pdf(desk.session, place.election_id, first) is not None
    with pytest.raises(Refused, match="schon zurückgezogen"):
        withdraw_notice(desk, place.election_id, first, "noch einmal")
    with pytest.raises(Refused, match="gibt es nicht"):
        withdraw_notice(desk, place.election_id, 9, "x")


def test_nothing_is_published_before_its_time_or_under_a_day_to_come(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="Zulassung"):
        publish(desk, place.election_id, Announcement.ADMITTED)
    with pytest.raises(Refused, match="Zukunft"):
        publish_notice(desk, place.election_id, Announcement.CALL, clock.today() + timedelta(days=1))
    assert published.notices(desk.session, place.election_id) == ()


def test_no_election_is_published_in_place_of_the_nominations(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place, (("Internationale Liste", 13),))
    close_nominations(desk, place.election_id, ON_PAPER)
    with pytest.raises(Refused, match="findet nicht statt"):
        publish(desk, place.election_id, Announcement.ADMITTED)
    publish(desk, place.election_id, Announcement.NO_ELECTION)
    assert state(desk, place.election_id, "candidates_notice") is DeadlineState.DONE


def state(desk: Desk, election_id: int, key: str) -> DeadlineState:
    return next(of.state for of in calendar(desk.session, election_id, clock.now()) if of.deadline.key == key)


def test_a_notice_keeps_its_deadline_until_it_is_withdrawn(desk: Desk) -> None:
    place = found(desk)
    before = state(desk, place.election_id, "inspection_notice")
    number = publish(desk, place.election_id, Announcement.INSPECTION)
    assert state(desk, place.election_id, "inspection_notice") is DeadlineState.DONE
    withdraw_notice(desk, place.election_id, number, "falscher Ort")
    assert state(desk, place.election_id, "inspection_notice") is before


def test_each_publication_and_withdrawal_changes_the_mark_of_what_is_published(desk: Desk) -> None:
    place = found(desk)
    marks = [published.state(desk.session)]
    number = publish(desk, place.election_id)
    marks.append(published.state(desk.session))
    withdraw_notice(desk, place.election_id, number, "Irrtum")
    marks.append(published.state(desk.session))
    assert len(set(marks)) == 3
