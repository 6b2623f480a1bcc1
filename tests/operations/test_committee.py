"""The sittings of the Wahlausschuss: planned, attended, decided in, closed; and every step can be put right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from beiratswahl import clock
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.operations import committee, committee_attendance, committee_decisions
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.committee import ADMISSION_AGENDA, SittingData
from beiratswahl.operations.committee_decisions import Vote
from beiratswahl.operations.committee_state import running_sitting, voters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read.committee import SittingView, sitting, sittings
from beiratswahl.store.read.nominations import nomination
from tests.world import Place, found, nominate

MEMBERS = (
    ("Dr. Henriette Beispiel", CommitteeFunction.CHAIR),
    ("Ljubica Probe", CommitteeFunction.ASSESSOR),
    ("Emre Test", CommitteeFunction.ASSESSOR),
    ("Mina Muster", CommitteeFunction.ASSESSOR),
    ("Karl Schreiber", CommitteeFunction.RECORDER),
)
DATA = SittingData(datetime(2026, 10, 2, 14, tzinfo=UTC), "Rathaus, Zimmer 12", ADMISSION_AGENDA, MEMBERS, date(2026, 9, 29))


def planned(desk: Desk, place: Place) -> int:
    return committee.plan_sitting(desk, place.election_id, DATA)


def view(desk: Desk, sitting_id: int) -> SittingView:
    found_view = sitting(desk.session, sitting_id)
    assert found_view is not None
    return found_view


def opened(desk: Desk, place: Place, absent: tuple[str, ...] = ("Mina Muster",)) -> int:
    """A sitting that is open, with all but some present; three may vote."""
    sitting_id, now = planned(desk, place), clock.now() - timedelta(minutes=30)
    for person in view(desk, sitting_id).attendances:
        if person.name not in absent:
            committee_attendance.record_attendance(desk, person.attendance_id, now, None)
    committee.open_sitting(desk, sitting_id, now)
    return sitting_id


def test_the_day_on_which_invitations_went_out_is_noted_afterwards(desk: Desk) -> None:
    sitting_id = planned(desk, found(desk))
    committee.note_invitation(desk, sitting_id, date(2026, 9, 25))
    assert view(desk, sitting_id).invited_on == date(2026, 9, 25)
    for day in (date(2026, 10, 3), date(2999, 1, 1)):
        with pytest.raises(Refused, match="Zukunft oder nach der Sitzung"):
            committee.note_invitation(desk, sitting_id, day)
    committee.cancel_sitting(desk, sitting_id, "Erkrankung")
    with pytest.raises(Refused, match="abgesagt"):
        committee.note_invitation(desk, sitting_id, date(2026, 9, 26))


def test_a_changed_sitting_keeps_who_is_there_already_and_its_guests(desk: Desk) -> None:
    place = found(desk)
    sitting_id = planned(desk, place)
    view = sitting(desk.session, sitting_id)
    assert view is not None
    at = clock.now()
    committee_attendance.record_attendance(desk, view.attendances[0].attendance_id, at, None)
    committee_attendance.add_attendee(desk, sitting_id, "Presse", CommitteeFunction.GUEST)
    members = ((view.attendances[0].name, CommitteeFunction.CHAIR), ("Neu Dabei", CommitteeFunction.ASSESSOR))
    committee.change_sitting(desk, sitting_id, SittingData(view.begins_at_utc, "Bürgersaal", view.agenda, members))
    changed = sitting(desk.session, sitting_id)
    assert changed is not None
    assert [(of.name, of.present_from_utc) for of in changed.attendances] == [
        (view.attendances[0].name, at),
        ("Presse", None),
        ("Neu Dabei", None),
    ]


def test_a_sitting_is_planned_changed_and_called_off(desk: Desk) -> None:
    place = found(desk)
    first = planned(desk, place)
    committee.change_sitting(desk, first, SittingData(DATA.begins_at_utc, "Bürgersaal", ("Eröffnung",), MEMBERS[:2]))
    changed = view(desk, first)
    assert (changed.number, changed.room, changed.agenda, len(changed.attendances)) == (1, "Bürgersaal", ("Eröffnung",), 2)
    committee.cancel_sitting(desk, first, "Der Vorsitz ist erkrankt.")
    with pytest.raises(Refused, match="abgesagt"):
        committee.open_sitting(desk, first, clock.now())
    assert [of.number for of in sittings(desk.session, place.election_id)] == [1]
    assert view(desk, planned(desk, place)).number == 2


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (SittingData(DATA.begins_at_utc, " ", ADMISSION_AGENDA, MEMBERS), "Ort"),
        (SittingData(DATA.begins_at_utc, "Rathaus", (" ",), MEMBERS), "Tagesordnung"),
        (SittingData(DATA.begins_at_utc, "Rathaus", ADMISSION_AGENDA, (*MEMBERS, MEMBERS[1])), "zweimal"),
        (SittingData(DATA.begins_at_utc, "Rathaus", ADMISSION_AGENDA, MEMBERS[1:]), "Vorsitz"),
    ],
)
def test_a_sitting_needs_room_agenda_and_chair(desk: Desk, data: SittingData, why: str) -> None:
    with pytest.raises(Refused, match=why):
        committee.plan_sitting(desk, found(desk).election_id, data)


def test_without_half_of_the_members_the_chair_has_to_say_why_they_may_decide(desk: Desk) -> None:
    sitting_id, now = planned(desk, found(desk)), clock.now()
    chair, first, *_ = view(desk, sitting_id).attendances
    with pytest.raises(Refused, match="Vorsitz"):
        committee.open_sitting(desk, sitting_id, now)
    committee_attendance.record_attendance(desk, chair.attendance_id, now, None)
    committee_attendance.record_attendance(desk, first.attendance_id, now, None)
    with pytest.raises(Refused, match="nicht mehr als die Hälfte"):
        committee.open_sitting(desk, sitting_id, now)
    committee.open_sitting(desk, sitting_id, now, "Nach § 8 der Wahlordnung genügen zwei Mitglieder.")
    assert view(desk, sitting_id).quorum == "Nach § 8 der Wahlordnung genügen zwei Mitglieder."


def test_who_leaves_does_not_vote_any_more(desk: Desk) -> None:
    sitting_id = opened(desk, found(desk))
    assert voters(view(desk, sitting_id)) == 3
    leaving = next(of for of in view(desk, sitting_id).attendances if of.name == "Emre Test")
    committee_attendance.record_attendance(desk, leaving.attendance_id, leaving.present_from_utc, clock.now())
    assert voters(view(desk, sitting_id)) == 2
    with pytest.raises(Refused, match="stimmberechtigt anwesend sind 2"):
        committee_decisions.record_decision(desk, sitting_id, "Reihenfolge", "nach § 24 KWG", Vote(3))
    committee_decisions.record_decision(desk, sitting_id, "Reihenfolge", "nach § 24 KWG", Vote(1, 1))
    with pytest.raises(Refused, match="mehr Nein"):
        committee_decisions.record_decision(desk, sitting_id, "Reihenfolge", "nach § 24 KWG", Vote(0, 2))


def test_attendance_is_put_right_and_guests_are_added(desk: Desk) -> None:
    sitting_id, now = opened(desk, found(desk)), clock.now()
    guest = committee_attendance.add_attendee(desk, sitting_id, "Selam Haile", CommitteeFunction.CONTACT, now)
    assert voters(view(desk, sitting_id)) == 3
    with pytest.raises(Refused, match="steht schon"):
        committee_attendance.add_attendee(desk, sitting_id, "selam haile", CommitteeFunction.GUEST)
    with pytest.raises(Refused, match="Gehen"):
        committee_attendance.record_attendance(desk, guest, now, now - timedelta(minutes=1))
    with pytest.raises(Refused, match="Zukunft"):
        committee_attendance.record_attendance(desk, guest, now + timedelta(hours=1), None)
    committee_attendance.remove_attendee(desk, guest)
    assert "Selam Haile" not in [of.name for of in view(desk, sitting_id).attendances]


def test_the_admission_is_minuted_with_a_vote_on_each_nomination_and_each_strike(desk: Desk) -> None:
    place = found(desk)
    first, second, *others = nominate(desk, place)
    sitting_id = opened(desk, place)
    gone = nomination(desk.session, first)
    assert gone is not None
    person = gone.candidates[0].candidate_id
    votes = dict.fromkeys((first, *others), Vote(3))
    struck = {person: "nicht wählbar (§ 4 Abs. 2 KWG)"}
    with pytest.raises(Refused, match="abgestimmt"):
        close_nominations(desk, place.election_id, Decisions({second: "Frist versäumt"}, struck, votes))
    assert nomination(desk.session, first).number is None  # type: ignore[union-attr]
    votes[second] = Vote(2, 1)
    close_nominations(desk, place.election_id, Decisions({second: "Frist versäumt"}, struck, votes, {person: Vote(2, 0, 1)}))
    decided = view(desk, sitting_id).decisions
    assert [(of.decision, of.yes, of.no, of.abstained) for of in decided] == [
        ("gestrichen", 2, 0, 1),
        ("zugelassen", 3, 0, 0),
        ("zurückgewiesen", 2, 1, 0),
        ("zugelassen", 3, 0, 0),
        ("zugelassen", 3, 0, 0),
    ]
    assert decided[0].candidate_id == person
    with pytest.raises(Refused, match="Zulassung bewirkt"):
        committee_decisions.withdraw_decision(desk, sitting_id, 2)


def test_a_sitting_is_closed_and_opened_again_to_put_the_minutes_right(desk: Desk) -> None:
    place = found(desk)
    sitting_id = opened(desk, place)
    number = committee_decisions.record_decision(desk, sitting_id, "Unterlagen", "Kopien genügen", Vote(3))
    committee.note_course(desk, sitting_id, "Frau Haile wurde gehört.")
    with pytest.raises(Refused, match="vor der Eröffnung"):
        committee.close_sitting(desk, sitting_id, clock.now() - timedelta(days=1))
    committee.close_sitting(desk, sitting_id, clock.now())
    assert running_sitting(desk.session, place.election_id) is None
    with pytest.raises(Refused, match="eröffnet und nicht geschlossen"):
        committee_decisions.withdraw_decision(desk, sitting_id, number)
    with pytest.raises(Refused, match="Grund"):
        committee.reopen_sitting(desk, sitting_id, "")
    committee.reopen_sitting(desk, sitting_id, "Beschluss falsch eingetragen")
    committee_decisions.withdraw_decision(desk, sitting_id, number)
    assert view(desk, sitting_id).decisions == ()


def test_only_one_sitting_is_open_at_a_time(desk: Desk) -> None:
    place = found(desk)
    opened(desk, place)
    with pytest.raises(Refused, match="andere Sitzung"):
        opened(desk, place)
