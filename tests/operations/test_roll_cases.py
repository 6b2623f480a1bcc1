"""Applications are cases: a deadline to the minute, a second look, persons without registration, one person under two numbers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_application_changes import look_again
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_duplicates import decide_duplicate
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_unregistered import UnregisteredPerson, record_unregistered
from beiratswahl.store.read.electoral_roll import entries
from beiratswahl.store.read.roll import person_page, person_view
from beiratswahl.store.read.roll_duplicates import possible_duplicates
from beiratswahl.store.read.roll_views import PersonFilter
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

#: the deadline of the tests' bylaw is 13 November 2026, 18:00 in Germany
LAST_MINUTE = datetime(2026, 11, 13, 17, 0, 59, tzinfo=UTC)
TOO_LATE = datetime(2026, 11, 13, 17, 1, tzinfo=UTC)
DIPLOMAT = UnregisteredPerson(
    "Okafor", "Ada", "01.05.1980", "w", "232", "07999000", "01.02.2025", "Botschaftsweg", "3", "67999", "Musterstadt", "1"
)


def affirmed(received: datetime = datetime(2026, 10, 1, 9, tzinfo=UTC), proof: str = "Versicherung nach § 11a KWO") -> ApplicationData:
    return ApplicationData(Ground.NR1, received, Channel.POST, proof)


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 14, 8, tzinfo=UTC))
    return found(desk)


@pytest.fixture
def german(desk: Desk, place: Place, write: Write) -> int:
    import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="000")))
    return desk.session.scalars(select(RegisteredPerson.id)).one()


def naturalised(received: datetime) -> ApplicationData:
    return ApplicationData(Ground.NR2B, received, Channel.LETTERBOX, "Einbürgerungsurkunde")


def test_the_last_minute_counts_and_the_next_one_does_not(desk: Desk, place: Place, german: int) -> None:
    late = record_application(desk, german, naturalised(TOO_LATE))
    assert (late.in_time, late.entitled) == (False, "no")
    view = person_view(desk.session, place.election_id, german)
    assert view is not None
    assert ([one.in_time for one in view.applications], len(view.decisions)) == ([False], 1)
    in_time = record_application(desk, german, naturalised(LAST_MINUTE))
    assert (in_time.in_time, in_time.entitled) == (True, "yes")


def test_a_late_application_never_counts_in_a_later_import_either(desk: Desk, place: Place, german: int, write: Write) -> None:
    record_application(desk, german, naturalised(TOO_LATE))
    report = import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="000", Straße="Neugasse")))
    assert [(count.entitled, count.persons) for count in report.counts] == [("no", 1)]


def test_the_second_look_is_another_persons(desk: Desk, session: Session, german: int) -> None:
    outcome = record_application(desk, german, naturalised(LAST_MINUTE))
    with pytest.raises(Refused, match="eine andere Person"):
        look_again(desk, outcome.application_id, agrees=True)
    other = Desk(session, Actor(2, "Karl Zweitblick", "election_officer"))
    with pytest.raises(Refused, match="womit Sie nicht einverstanden"):
        look_again(other, outcome.application_id, agrees=False)
    look_again(other, outcome.application_id, agrees=True)
    with pytest.raises(Refused, match="Karl Zweitblick"):
        look_again(other, outcome.application_id, agrees=True)


def test_a_person_exempt_from_registration_comes_in_by_application_with_affirmation(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    outcome = record_unregistered(desk, place.election_id, DIPLOMAT, affirmed())
    assert (outcome.in_time, outcome.entitled, outcome.entry, outcome.grounds) == (True, "yes", "application", ("NR1",))
    with pytest.raises(Refused, match="schon aufgenommen"):
        record_unregistered(desk, place.election_id, DIPLOMAT, affirmed())
    unproven = record_unregistered(desk, place.election_id, replace(DIPLOMAT, given_names="Chidi"), affirmed(proof=""))
    assert unproven.entitled == "unclear"
    late = record_unregistered(desk, place.election_id, replace(DIPLOMAT, given_names="Ngozi"), affirmed(TOO_LATE))
    assert (late.in_time, late.entitled) != (True, "yes")
    lines = person_page(desk.session, place.election_id, PersonFilter(search="okafor")).lines
    assert [(line.register_number, line.registered) for line in lines] == [("§26-1", False), ("§26-2", False), ("§26-3", False)]
    report = import_register(desk, place.election_id, write(a_line(Vornamen="Elif")))
    assert report.missing == 0, "the register cannot miss whom it never had"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ags": "07998000"}, "nicht zum Wahlgebiet"),
        ({"birth_date": "31.02.1980"}, "gibt es nicht"),
        ({"nationalities": "9"}, "dreistelliger"),
        ({"residence_since": ""}, "Dreimonatsfrist"),
        ({"family_name": "Oka\u200bfor"}, "unsichtbare"),
    ],
)
def test_what_an_exempt_person_affirms_must_be_readable(desk: Desk, place: Place, changes: dict[str, str], said: str) -> None:
    before = desk.session.scalar(select(func.count()).select_from(JournalEntry))
    desk.session.rollback()
    data = UnregisteredPerson(**{**{name: getattr(DIPLOMAT, name) for name in DIPLOMAT.__slots__}, **changes})
    with pytest.raises(Refused, match=said):
        record_unregistered(desk, place.election_id, data, affirmed())
    assert desk.session.scalar(select(func.count()).select_from(JournalEntry)) == before


def test_one_person_under_two_numbers_is_offered_and_never_merged_silently(desk: Desk, place: Place, write: Write) -> None:
    lines = [
        a_line(Familienname="Öztürk", Vornamen="Ayşe"),
        a_line(Registernummer="2", Familienname="Oeztuerk", Vornamen="Ayse"),
        a_line(Registernummer="3", Familienname="Öztürk", Vornamen="Ayşe", Geburtsdatum="18.05.1980"),
    ]
    report = import_register(desk, place.election_id, write(*lines))
    assert report.added == 3
    (offer,) = possible_duplicates(desk.session, place.election_id)
    assert (offer.register_number, offer.other_register_number) == ("4711", "2")
    with pytest.raises(Refused, match="wie die Frage geklärt"):
        decide_duplicate(desk, offer.other_id, offer.person_id, same=True, reason=" ")
    decide_duplicate(desk, offer.other_id, offer.person_id, same=True, reason="Einwohnermeldeamt, Anruf")
    assert possible_duplicates(desk.session, place.election_id) == ()
    assert open_roll(desk, place.election_id, {"": place.districts[0]}) == 2
    assert "Oeztuerk" not in [entry.family_name for entry in entries(desk.session, place.election_id)]
    with pytest.raises(Refused, match="schon entschieden"):
        decide_duplicate(desk, offer.person_id, offer.other_id, same=False, reason="doch nicht")
