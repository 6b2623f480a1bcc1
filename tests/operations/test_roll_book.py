"""The electoral roll: opened at the Stichtag, corrected by decision, closed at the second day before the election, then frozen."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate
from beiratswahl.operations.roll_closing import close_roll, is_unchanged
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_duplicates import decide_duplicate
from beiratswahl.operations.roll_entries import open_roll, update_roll
from beiratswahl.operations.roll_inspection import note_inspection
from beiratswahl.operations.roll_objections import ObjectionData, decide_objection, record_objection
from beiratswahl.store.read.electoral_roll import corrections, electoral_roll, entries, entry_of, objections
from beiratswahl.store.read.roll_book import book_lines
from beiratswahl.store.read.roll_pending import pending
from beiratswahl.store.read.roll_standing import RollStanding, standing_of
from beiratswahl.store.read.roll_work import WorkList, is_in, number_in
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

STICHTAG = datetime(2026, 10, 4, 10, tzinfo=UTC)
INSPECTION = datetime(2026, 10, 27, 10, tzinfo=UTC)
CLOSING = datetime(2026, 11, 13, 17, 0, tzinfo=UTC)  # 18:00 in Germany
HEARD = date(2026, 10, 4)
STRIKE = Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "weggezogen", HEARD)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def close_anyway(desk: Desk, election_id: int) -> str:
    """Close the roll with everything that still waits accepted; its hash."""
    waiting = pending(desk.session, election_id).cases
    desk.session.rollback()
    return close_roll(desk, election_id, waiting)


def person(session: Session, number: str) -> int:
    return session.scalars(select(RegisteredPerson.id).where(RegisteredPerson.register_number == number)).one()


@pytest.fixture
def place(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    at(monkeypatch, STICHTAG)
    place = found(desk)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    lines = [
        a_line(Registernummer="1", Familienname="Zeman") + ";1",
        a_line(Registernummer="2", Familienname="Öztürk") + ";1",
        a_line(Registernummer="3", Familienname="Abebe", Auskunftssperre="51", Straße="Geheimweg") + ";02",
        a_line(Registernummer="4", Familienname="Schmitt", Staatsangehörigkeiten="000") + ";2",
    ]
    import_register(desk, place.election_id, write(*lines, header=header))
    return place


def newer(desk: Desk, place: Place, write: Write, *lines: str) -> None:
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    import_register(desk, place.election_id, write(*lines, header=header), changes_only=True)


def test_entries_are_numbered_by_name_in_each_district_and_only_who_may_vote_is_entered(desk: Desk, place: Place) -> None:
    assert open_roll(desk, place.election_id) == 3
    listed = [(entry.district_number, entry.number, entry.family_name) for entry in entries(desk.session, place.election_id)]
    assert listed == [(1, 1, "Öztürk"), (1, 2, "Zeman"), (2, 1, "Abebe")]
    assert [entry.family_name for entry in entries(desk.session, place.election_id, search="ozturk")] == ["Öztürk"]


def test_a_blocked_address_leaves_the_roll_only_on_demand(desk: Desk, place: Place) -> None:
    open_roll(desk, place.election_id)
    assert "Geheimweg" not in repr(entries(desk.session, place.election_id))
    entry = entry_of(desk.session, place.election_id, person(desk.session, "3"))
    assert entry is not None
    assert (entry.hidden, entry.address) == (True, "Auskunftssperre")
    (shown,) = entries(desk.session, place.election_id, place.districts[1], with_blocked_addresses=True)
    assert "Geheimweg" in shown.address


def test_the_roll_is_not_opened_before_the_stichtag_nor_twice(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, STICHTAG.replace(day=3))
    with pytest.raises(Refused, match=r"Stichtag angelegt, dem 04\.10\.2026"):
        open_roll(desk, place.election_id)
    at(monkeypatch, STICHTAG)
    open_roll(desk, place.election_id)
    with pytest.raises(Refused, match="schon angelegt"):
        open_roll(desk, place.election_id)


def test_a_district_nobody_assigned_stops_the_opening_and_can_be_assigned(desk: Desk, place: Place, write: Write) -> None:
    newer(desk, place, write, a_line(Registernummer="7") + ";77")
    with pytest.raises(Refused, match="„77“"):
        open_roll(desk, place.election_id)
    assert electoral_roll(desk.session, place.election_id) is None
    assert open_roll(desk, place.election_id, {"77": place.districts[0]}) == 4


def test_until_the_einsicht_begins_the_roll_follows_the_register(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    newer(
        desk,
        place,
        write,
        a_line(Registernummer="1", Familienname="Zeman", Sterbedatum="05.10.2026") + ";1",
        a_line(Registernummer="9") + ";1",
    )
    view = electoral_roll(desk.session, place.election_id)
    assert view is not None
    assert (view.to_be_entered, view.no_longer_entitled) == (1, 1)
    change = update_roll(desk, place.election_id)
    assert (change.entered, change.blocked) == (1, 1)
    marks = {entry.family_name: (entry.number, entry.blocked) for entry in entries(desk.session, place.election_id, place.districts[0])}
    assert marks == {"Öztürk": (1, False), "Zeman": (2, True), "Yılmaz": (3, False)}
    at(monkeypatch, INSPECTION)
    with pytest.raises(Refused, match="einzelne Entscheidung"):
        update_roll(desk, place.election_id)


def test_a_correction_needs_a_reason_and_a_strike_a_hearing(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    who = person(desk.session, "1")
    before = len(desk.session.scalars(select(JournalEntry.id)).all())
    for broken, said in (
        (Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "weggezogen"), "zu hören"),
        (Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, " ", HEARD), "Begründung fehlt"),
        (Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "Irrtum"), "keinen Sperrvermerk"),
        (Correction(Kind.ENTER, Basis.OBVIOUS_ERROR, "Irrtum"), "steht schon unter Nummer 2"),
    ):
        with pytest.raises(Refused, match=said):
            correct_roll(desk, who, broken)
    assert len(desk.session.scalars(select(JournalEntry.id)).all()) == before
    correct_roll(desk, who, STRIKE)
    entry = entry_of(desk.session, place.election_id, who)
    assert entry is not None
    assert entry.blocked
    assert "27.10.2026" in entry.remarks
    assert "weggezogen" in entry.remarks
    correct_roll(desk, who, Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "doch nicht weggezogen"))
    (first, second) = corrections(desk.session, place.election_id, who)
    assert (first.kind, first.heard_on, second.kind, first.after_closing) == ("Streichung", HEARD, "Wiederaufnahme", False)


@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize(
    ("heard_on", "said"),
    [
        (INSPECTION.date() + timedelta(days=1), "in der Zukunft"),
        (STICHTAG.date() - timedelta(days=1), r"vor der Anlegung des Wählerverzeichnisses am 04\.10\.2026"),
        (date(202, 10, 27), "vor der Anlegung"),
    ],
)
def test_a_hearing_lies_between_the_opening_of_the_roll_and_today(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch, heard_on: date, said: str, granted: bool
) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    who = person(desk.session, "1")
    with pytest.raises(Refused, match=said):
        correct_roll(desk, who, Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "weggezogen", heard_on))
    objection = record_objection(desk, who, ObjectionData("Karl Nachbar", INSPECTION, Kind.STRIKE, "wohnt nicht dort"))
    with pytest.raises(Refused, match=said):
        decide_objection(desk, objection, granted=granted, reason="weggezogen", heard_on=heard_on)
    decide_objection(desk, objection, granted=granted, reason="weggezogen", heard_on=INSPECTION.date())
    entry = entry_of(desk.session, place.election_id, who)
    assert entry is not None
    assert entry.blocked is granted


def test_nobody_without_the_right_is_entered_by_correction(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    with pytest.raises(Refused, match="nicht wahlberechtigt"):
        correct_roll(desk, person(desk.session, "4"), Correction(Kind.ENTER, Basis.OBVIOUS_ERROR, "Irrtum"))


def test_an_objection_in_time_is_carried_out_and_a_late_one_cannot_be_granted(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    newer(desk, place, write, a_line(Registernummer="9") + ";1")
    who = person(desk.session, "9")
    objection = record_objection(desk, who, ObjectionData("Ayşe Yılmaz", INSPECTION, Kind.ENTER, "Ich wohne seit 2010 hier."))
    decide_objection(desk, objection, granted=True, reason="Die Hauptwohnung besteht.")
    entry = entry_of(desk.session, place.election_id, who)
    assert entry is not None
    assert entry.number == 3
    with pytest.raises(Refused, match="schon entschieden"):
        decide_objection(desk, objection, granted=False, reason="anders")
    at(monkeypatch, datetime(2026, 11, 2, 12, tzinfo=UTC))
    received = datetime(2026, 10, 30, 23, 30, tzinfo=UTC)  # 31 October, 00:30 in Germany: one day after the end
    late = record_objection(desk, who, ObjectionData("Ein Nachbar", received, Kind.STRIKE, "Er ist weggezogen."))
    assert [(one.objection_id, one.late) for one in objections(desk.session, place.election_id)] == [(late, True), (objection, False)]
    with pytest.raises(Refused, match="unzulässig"):
        decide_objection(desk, late, granted=True, reason="stimmt", heard_on=HEARD)
    decide_objection(desk, late, granted=False, reason="verspätet")
    view = electoral_roll(desk.session, place.election_id)
    assert view is not None
    assert view.objections_open == 0


def test_what_still_waits_is_named_before_the_closing_and_must_be_accepted(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    record_objection(desk, person(desk.session, "1"), ObjectionData("Ein Nachbar", INSPECTION, Kind.STRIKE, "Er ist weggezogen."))
    correct_roll(desk, person(desk.session, "2"), Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "verwechselt", HEARD))
    at(monkeypatch, CLOSING)
    waiting = pending(desk.session, place.election_id)
    assert (waiting.objections, waiting.cases) == (1, 1)
    desk.session.rollback()
    with pytest.raises(Refused, match=r"Noch nicht geklärt: 1.Fall"):
        close_roll(desk, place.election_id)
    close_roll(desk, place.election_id, accepted=1)
    (entry,) = desk.session.scalars(select(JournalEntry).where(JournalEntry.act == Act.ROLL_CLOSED.value))
    assert json.loads(entry.details)["pending"] == 1


@pytest.fixture
def closed(desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    """A closed roll: 2 was struck before, 9 is entitled and was forgotten."""
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    correct_roll(desk, person(desk.session, "2"), STRIKE)
    newer(desk, place, write, a_line(Registernummer="9") + ";2")
    at(monkeypatch, CLOSING)
    close_anyway(desk, place.election_id)
    return place


def obvious(kind: Kind, reason: str = "offenbar") -> Correction:
    return Correction(kind, Basis.OBVIOUS_ERROR, reason, HEARD if kind is Kind.STRIKE else None)


@pytest.mark.parametrize(
    ("number", "kinds", "said"),
    [
        ("1", (Kind.STRIKE, Kind.STRIKE), "schon gestrichen"),
        ("1", (Kind.REINSTATE,), "keinen Sperrvermerk N"),
        ("1", (Kind.STRIKE, Kind.REINSTATE, Kind.REINSTATE), "keinen Sperrvermerk N"),
        ("2", (Kind.STRIKE,), "schon gestrichen"),
        ("2", (Kind.REINSTATE, Kind.REINSTATE), "keinen Sperrvermerk N"),
        ("9", (Kind.STRIKE,), "steht nicht im Wählerverzeichnis"),
        ("9", (Kind.ENTER, Kind.ENTER), "nach dem Abschluss schon vermerkt"),
        ("9", (Kind.ENTER, Kind.STRIKE, Kind.ENTER), "Wiederaufnahme"),
        ("1", (Kind.AMEND, Kind.AMEND), "schon mit derselben Begründung"),
    ],
)
def test_after_the_closing_a_correction_is_refused_that_changes_nothing(
    desk: Desk, closed: Place, number: str, kinds: tuple[Kind, ...], said: str
) -> None:
    who = person(desk.session, number)
    for kind in kinds[:-1]:
        correct_roll(desk, who, obvious(kind))
    listed = corrections(desk.session, closed.election_id)
    with pytest.raises(Refused, match=said):
        correct_roll(desk, who, obvious(kinds[-1]))
    assert corrections(desk.session, closed.election_id) == listed


def test_after_the_closing_a_wrong_correction_is_taken_back_by_another(desk: Desk, closed: Place) -> None:
    paths: tuple[tuple[str, tuple[Kind, ...], RollStanding], ...] = (
        ("1", (Kind.STRIKE, Kind.REINSTATE, Kind.STRIKE, Kind.AMEND), RollStanding.STRUCK),
        ("2", (Kind.REINSTATE, Kind.STRIKE, Kind.REINSTATE), RollStanding.ENTERED),
        ("9", (Kind.ENTER, Kind.STRIKE, Kind.REINSTATE), RollStanding.ENTERED),
        ("3", (Kind.AMEND,), RollStanding.ENTERED),
    )
    for number, kinds, standing in paths:
        for kind in kinds:
            correct_roll(desk, person(desk.session, number), obvious(kind))
        assert standing_of(desk.session, person(desk.session, number)) is standing
    assert standing_of(desk.session, person(desk.session, "4")) is RollStanding.ABSENT
    assert is_unchanged(desk.session, closed.election_id)


def test_the_roll_closes_at_the_second_day_before_at_18_and_is_frozen(desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    open_roll(desk, place.election_id)
    first, third = person(desk.session, "1"), person(desk.session, "3")
    issue_certificate(desk, third, CertificateData(Delivery.POST, None))
    at(monkeypatch, CLOSING.replace(hour=16, minute=59))
    with pytest.raises(Refused, match=r"13\.11\.2026 um 18:00 Uhr"):
        close_roll(desk, place.election_id)
    at(monkeypatch, CLOSING)
    digest = close_roll(desk, place.election_id)
    view = electoral_roll(desk.session, place.election_id)
    assert view is not None
    assert (view.sha256, len(digest)) == (digest, 64)
    numbers = [(one["district"], one["without_certificate"], one["with_certificate"], one["blocked"]) for one in view.certified]
    assert numbers == [(1, 2, 0, 0), (2, 0, 1, 0)]
    with pytest.raises(Refused, match="abgeschlossen"):
        correct_roll(desk, first, Correction(Kind.STRIKE, Basis.OBJECTION, "Einwendung", HEARD))
    correct_roll(desk, first, STRIKE)
    (later,) = corrections(desk.session, place.election_id)
    assert later.after_closing
    assert is_unchanged(desk.session, place.election_id), "later changes are listed apart, the frozen roll stays"
    with pytest.raises(Refused, match="abgeschlossen"):
        close_roll(desk, place.election_id)
    desk.session.execute(text("UPDATE roll_entries SET family_name = 'Anders' WHERE number = 1"))
    assert not is_unchanged(desk.session, place.election_id)


def moved_and_blocked(desk: Desk, place: Place, write: Write) -> None:
    """Zeman bears another name, has moved into the other district, and her address must not be told."""
    line = a_line(Registernummer="1", Familienname="Zeman-Nový", Straße="Schutzweg", Hausnummer="9", Auskunftssperre="51")
    newer(desk, place, write, f"{line};2")


def test_a_block_that_came_later_hides_the_address_everywhere_in_a_closed_roll_too(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    zeman = person(desk.session, "1")

    def told() -> set[str]:
        """Her address in the lists, on her own and in the print-out."""
        own = entry_of(desk.session, place.election_id, zeman)
        listed = [one.address for one in entries(desk.session, place.election_id) if one.person_id == zeman]
        printed = [one.address for one in book_lines(desk.session, place.election_id) if one.family_name == "Zeman"]
        return {*listed, *printed, own.address if own else ""}

    assert told() == {"Hauptstraße 1a, 67999 Musterstadt"}
    at(monkeypatch, INSPECTION)
    moved_and_blocked(desk, place, write)
    assert told() == {"Auskunftssperre"}
    entry = entry_of(desk.session, place.election_id, zeman)
    assert entry is not None
    assert (entry.hidden, entry.outdated) == (True, True)
    with pytest.raises(Refused, match="Auskunftssperre"):
        note_inspection(desk, entry.entry_id, own=False, reason="steht doppelt")
    at(monkeypatch, CLOSING)
    close_anyway(desk, place.election_id)
    assert told() == {"Auskunftssperre"}
    assert is_unchanged(desk.session, place.election_id)
    assert number_in(desk.session, place.election_id, WorkList.OTHER_FACTS) == 0


def test_until_the_einsicht_the_roll_takes_over_what_the_register_says_now(desk: Desk, place: Place, write: Write) -> None:
    open_roll(desk, place.election_id)
    moved_and_blocked(desk, place, write)
    assert number_in(desk.session, place.election_id, WorkList.OTHER_FACTS) == 1
    assert update_roll(desk, place.election_id).amended == 1
    (entry,) = [one for one in entries(desk.session, place.election_id, with_blocked_addresses=True) if one.number == 2]
    assert (entry.district_number, entry.family_name, entry.address.split(",")[0]) == (1, "Zeman-Nový", "Schutzweg 9")
    assert not entry.outdated
    assert number_in(desk.session, place.election_id, WorkList.OTHER_FACTS) == 0
    assert update_roll(desk, place.election_id).amended == 0


def test_once_the_einsicht_has_begun_changed_facts_wait_for_a_correction_and_are_told_before_the_closing(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    moved_and_blocked(desk, place, write)
    assert pending(desk.session, place.election_id).other_facts == 1
    correct_roll(desk, person(desk.session, "1"), Correction(Kind.AMEND, Basis.REGISTER, "Heirat und Umzug"))
    assert pending(desk.session, place.election_id).other_facts == 0


def test_who_was_blocked_by_mistake_of_an_export_is_taken_up_again_and_who_was_struck_by_a_decision_is_not(
    desk: Desk, place: Place, write: Write
) -> None:
    open_roll(desk, place.election_id)
    zeman, öztürk = person(desk.session, "1"), person(desk.session, "2")
    correct_roll(desk, öztürk, STRIKE)
    unclear = a_line(Registernummer="1", Familienname="Zeman", Staatsangehörigkeiten="999") + ";1"
    newer(desk, place, write, unclear)
    assert update_roll(desk, place.election_id).blocked == 1
    assert number_in(desk.session, place.election_id, WorkList.ENTITLED_AGAIN) == 0
    newer(desk, place, write, a_line(Registernummer="1", Familienname="Zeman") + ";1")
    assert pending(desk.session, place.election_id).entitled_again == 1
    assert is_in(desk.session, zeman, WorkList.ENTITLED_AGAIN)
    assert not is_in(desk.session, öztürk, WorkList.ENTITLED_AGAIN)
    assert update_roll(desk, place.election_id).reinstated == 1
    marks = {one.person_id: (one.blocked, one.remarks) for one in entries(desk.session, place.election_id)}
    assert marks[zeman] == (
        False,
        "Sperrvermerk N: nicht mehr wahlberechtigt (04.10.2026); Sperrvermerk N aufgehoben: wieder wahlberechtigt (04.10.2026)",
    )
    assert marks[öztürk][0]
    assert pending(desk.session, place.election_id).entitled_again == 0


def test_once_the_einsicht_has_begun_who_is_entitled_again_waits_for_a_correction(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_roll(desk, place.election_id)
    newer(desk, place, write, a_line(Registernummer="1", Familienname="Zeman", Staatsangehörigkeiten="999") + ";1")
    update_roll(desk, place.election_id)
    at(monkeypatch, INSPECTION)
    newer(desk, place, write, a_line(Registernummer="1", Familienname="Zeman") + ";1")
    zeman = person(desk.session, "1")
    assert is_in(desk.session, zeman, WorkList.ENTITLED_AGAIN)
    correct_roll(desk, zeman, Correction(Kind.REINSTATE, Basis.REGISTER, "Auszug war unvollständig"))
    assert not is_in(desk.session, zeman, WorkList.ENTITLED_AGAIN)


def test_a_merger_counts_only_while_the_register_has_the_entry_that_stays(desk: Desk, place: Place, write: Write) -> None:
    open_roll(desk, place.election_id)
    newer(desk, place, write, a_line(Registernummer="9", Familienname="Zemann") + ";1")
    stays, double = person(desk.session, "1"), person(desk.session, "9")
    decide_duplicate(desk, double, stays, same=True, reason="zwei Schreibweisen")
    assert update_roll(desk, place.election_id).entered == 0
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    kept = [a_line(Registernummer="2", Familienname="Öztürk") + ";1", a_line(Registernummer="9", Familienname="Zemann") + ";1"]
    import_register(desk, place.election_id, write(*kept, header=header))
    change = update_roll(desk, place.election_id)
    assert (change.entered, change.blocked) == (1, 2)
    assert entry_of(desk.session, place.election_id, double) is not None
