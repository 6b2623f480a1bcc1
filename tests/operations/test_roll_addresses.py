"""A blocked address leaves the archive only by an act of its own; letters are kept as printed, but for one that carries it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_addresses import reveal_address
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_corrections import Kind
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_letter_keeping import write_letter
from beiratswahl.operations.roll_letters import letter_on_application
from beiratswahl.operations.roll_objection_deadlines import until
from beiratswahl.operations.roll_objection_letters import letter_on_objection
from beiratswahl.operations.roll_objections import ObjectionData, decide_objection, record_objection
from beiratswahl.store.read.roll import person_page, person_view
from beiratswahl.store.read.roll_cases import kept_letter, letters
from beiratswahl.store.read.roll_views import PersonFilter
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll_cases import RollLetter
from tests.documents.conftest import text_in
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

NOW = datetime(2026, 10, 30, 22, 58, tzinfo=UTC)  # 23:58 in Germany, two minutes before the end of the Einsicht
SECRET = "Geheimweg"
CLAIM = ApplicationData(Ground.NR2B, datetime(2026, 10, 1, 9, tzinfo=UTC), Channel.POST, "Einbürgerungsurkunde")


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch, write: Write) -> Place:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    place = found(desk)
    blocked = {"Straße": SECRET, "Auskunftssperre": "51", "Staatsangehörigkeiten": "000"}
    moved = (
        a_line(Registernummer="51", Familienname="Gesperrt", Einzugsdatum="01.01.2010", Auszugsdatum="01.01.2020", **blocked),
        a_line(Registernummer="51", Familienname="Gesperrt", Einzugsdatum="01.01.2020", **blocked),
    )
    import_register(desk, place.election_id, write(a_line(Registernummer="N1"), *moved))
    return place


def person(desk: Desk, place: Place, number: str) -> int:
    (line,) = person_page(desk.session, place.election_id, PersonFilter(search=number)).lines
    return line.id


def journal(desk: Desk) -> list[JournalEntry]:
    return list(desk.session.scalars(select(JournalEntry).where(JournalEntry.act == Act.ADDRESS_REVEALED.value)))


def test_no_read_of_a_person_carries_a_blocked_address(desk: Desk, place: Place) -> None:
    who = person(desk, place, "51")
    record_application(desk, who, CLAIM)
    view = person_view(desk.session, place.election_id, who)
    assert SECRET not in repr(view)
    assert SECRET not in repr(person_page(desk.session, place.election_id, PersonFilter()))
    assert view is not None
    assert (view.line.street, view.line.town, view.further_residences) == ("", "", 1)
    open_view = person_view(desk.session, place.election_id, person(desk, place, "N1"))
    assert open_view is not None
    assert open_view.line.street == "Hauptstraße"


def test_revealing_needs_a_reason_and_is_written_down_without_the_address(desk: Desk, place: Place) -> None:
    who = person(desk, place, "51")
    with pytest.raises(Refused, match="wofür"):
        reveal_address(desk, who, " ")
    assert journal(desk) == []
    assert reveal_address(desk, who, "Zustellung der Unterlagen").street == SECRET
    (entry,) = journal(desk)
    assert (entry.actor_name, "Zustellung der Unterlagen" in entry.details, SECRET in entry.details) == ("Erika Amt", True, False)
    with pytest.raises(Refused, match="nicht gesperrt"):
        reveal_address(desk, person(desk, place, "N1"), "Neugier")


def test_a_letter_is_kept_as_it_was_printed(desk: Desk, place: Place) -> None:
    who = person(desk, place, "51")
    record_application(desk, who, CLAIM)
    letter_id, printed = write_letter(desk, letter_on_application(desk.session, place.election_id, who))
    assert SECRET not in text_in(printed)
    assert "Auskunftssperre" in text_in(printed)
    assert kept_letter(desk.session, place.election_id, letter_id) == printed
    assert kept_letter(desk.session, place.election_id + 1, letter_id) is None


def test_a_letter_to_a_blocked_address_is_handed_out_once_and_never_kept(desk: Desk, place: Place) -> None:
    who = person(desk, place, "51")
    record_application(desk, who, CLAIM)
    letter = letter_on_application(desk.session, place.election_id, who, with_blocked_address=True)
    with pytest.raises(Refused, match="warum"):
        write_letter(desk, letter)
    letter_id, printed = write_letter(desk, letter, "Versand der Entscheidung")
    assert SECRET in text_in(printed)
    assert kept_letter(desk.session, place.election_id, letter_id) is None
    assert desk.session.get_one(RollLetter, letter_id).pdf is None
    assert [(one.kept, one.addressee) for one in letters(desk.session, who)] == [(False, "Ayşe Gesperrt")]
    (entry,) = journal(desk)
    assert SECRET not in entry.details


def objected(desk: Desk, place: Place, received: datetime = NOW) -> int:
    open_roll(desk, place.election_id, {"": place.districts[0]})
    data = ObjectionData("Karl Nachbar", received, Kind.STRIKE, "wohnt nicht dort", "Post", "Hauptstraße 3\n55999 Musterstadt")
    return record_objection(desk, person(desk, place, "N1"), data)


def test_both_sides_get_the_decision_on_an_objection_with_reasons_and_remedy(desk: Desk, place: Place) -> None:
    objection_id = objected(desk, place)

    def text(**wanted: object) -> str:
        letter = letter_on_objection(desk.session, place.election_id, objection_id, **wanted)  # type: ignore[arg-type]
        return text_in(write_letter(desk, letter)[1])

    with pytest.raises(Refused, match="noch nicht entschieden"):
        text(to_person=False)
    decide_objection(desk, objection_id, granted=True, reason="Die Wohnung ist aufgelöst.", heard_on=date(2026, 10, 30))
    objector = text(to_person=False, appeal_until=date(2026, 11, 6))
    assert "Karl Nachbar" in objector
    assert "Hauptstraße 3" in objector
    assert "30.10.2026, 23:58 Uhr" in objector
    assert "stattgegeben" in objector
    assert "Die Wohnung ist aufgelöst." in objector
    assert "bis zum 6. November 2026 Widerspruch" in objector
    assert "Aufsichtsbehörde" in objector
    concerned = text(to_person=True)
    assert "Ayşe Yılmaz" in concerned
    assert "Karl Nachbar" not in concerned
    assert "bis zum" not in concerned.partition("Was Sie tun können")[2]


def test_no_letter_names_a_last_day_of_the_widerspruch_before_its_own_day(desk: Desk, place: Place) -> None:
    objection_id = objected(desk, place)
    decide_objection(desk, objection_id, granted=False, reason="Die Wohnung besteht.")
    for to_person in (False, True):
        with pytest.raises(Refused, match="vor dem Tag des Schreibens"):
            letter_on_objection(desk.session, place.election_id, objection_id, to_person=to_person, appeal_until=date(2026, 10, 29))
    letter = letter_on_objection(desk.session, place.election_id, objection_id, to_person=False, appeal_until=date(2026, 10, 30))
    assert "bis zum 30. Oktober 2026 Widerspruch" in text_in(write_letter(desk, letter)[1])


@pytest.mark.parametrize(("number", "told"), [("51", False), ("N1", True)])
def test_only_who_is_not_blocked_is_named_to_the_objector_with_district_and_number(
    desk: Desk, place: Place, number: str, told: bool
) -> None:
    who = person(desk, place, number)
    if number == "51":
        record_application(desk, who, CLAIM)
    open_roll(desk, place.election_id, {"": place.districts[0]})
    data = ObjectionData("Karl Nachbar", NOW, Kind.AMEND, "heißt anders", "Post", "Hauptstraße 3\n55999 Musterstadt")
    objection_id = record_objection(desk, who, data)
    decide_objection(desk, objection_id, granted=True, reason="Der Name war falsch geschrieben.")
    texts = [
        text_in(write_letter(desk, letter_on_objection(desk.session, place.election_id, objection_id, to_person=to_person))[1])
        for to_person in (False, True)
    ]
    assert ["Eintrag: Stimmbezirk 1, Nummer" in text for text in texts] == [told, True], "the person herself is told"


def test_the_time_that_is_left_counts_to_the_minute(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    limits = until(desk.session, place.election_id)
    assert (limits.receipt.left, limits.receipt.is_over) == ("2 Minuten", False)
    assert limits.decision.left == "6 Tage"
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(minute=59, second=59))
    assert until(desk.session, place.election_id).receipt.left == "1 Minute"
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(hour=23, minute=0))
    assert until(desk.session, place.election_id).receipt.is_over


def test_the_last_minute_of_the_einsicht_counts_and_the_next_one_is_recorded_and_refused(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_time = objected(desk, place, NOW)
    midnight = NOW.replace(hour=23, minute=0)
    monkeypatch.setattr(clock, "now", lambda: midnight)
    late = record_objection(desk, person(desk, place, "N1"), ObjectionData("Zu Spät", midnight, Kind.STRIKE, "wohnt nicht dort"))
    with pytest.raises(Refused, match="unzulässig"):
        decide_objection(desk, late, granted=True, reason="doch", heard_on=date(2026, 10, 30))
    assert decide_objection(desk, late, granted=False, reason="nach der Frist")
    assert decide_objection(desk, in_time, granted=True, reason="weggezogen", heard_on=date(2026, 10, 30))
