"""Register districts belong to polling districts: settled before numbers are given, street before district, taken back with the opening."""

import pytest

from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate
from beiratswahl.operations.roll_districts import assign_register_district, discard_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.store.read.electoral_roll import electoral_roll, entries
from beiratswahl.store.read.register_districts import persons_by_district, register_districts
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll_book import INSPECTION, STICHTAG, at, person
from tests.world import Place, found

__all__ = ["write"]


@pytest.fixture
def place(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Four persons: two in the register's district 'Nord' (two streets), one in 'Süd', one in '1', which is the number of a district."""
    at(monkeypatch, STICHTAG)
    here = found(desk)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    lines = [
        a_line(Registernummer="1", Familienname="Zeman", Straße="Amselweg") + ";Nord",
        a_line(Registernummer="2", Familienname="Öztürk", Straße="Bachgasse") + ";Nord",
        a_line(Registernummer="3", Familienname="Abebe", Straße="Talweg") + ";Süd",
        a_line(Registernummer="4", Familienname="Costa", Straße="Ring") + ";01",
    ]
    import_register(desk, here.election_id, write(*lines, header=header))
    return here


def test_what_nobody_settled_is_named_with_its_persons(desk: Desk, place: Place) -> None:
    views = {view.name: view for view in register_districts(desk.session, place.election_id)}
    assert {name: (view.persons, view.unassigned) for name, view in views.items()} == {"01": (1, 0), "Nord": (2, 2), "Süd": (1, 1)}
    assert [street.street for street in views["Nord"].streets] == ["Amselweg", "Bachgasse"]
    with pytest.raises(Refused, match="„Nord“, „Süd“"):
        open_roll(desk, place.election_id)


def test_a_street_goes_before_its_district_and_an_assignment_before_the_number(desk: Desk, place: Place) -> None:
    first, second = place.districts
    assign_register_district(desk, place.election_id, "Nord", "", first)
    assign_register_district(desk, place.election_id, "Nord", "Bachgasse", second)
    assign_register_district(desk, place.election_id, "Süd", "", second)
    assign_register_district(desk, place.election_id, "01", "", second)
    open_roll(desk, place.election_id)
    assert [(one.district_number, one.family_name) for one in entries(desk.session, place.election_id)] == [
        (1, "Zeman"),
        (2, "Abebe"),
        (2, "Costa"),
        (2, "Öztürk"),
    ]
    assert persons_by_district(desk.session, place.election_id) == {first: 1, second: 3}


def test_an_assignment_is_changed_and_taken_back_but_not_done_twice(desk: Desk, place: Place) -> None:
    first, second = place.districts
    assign_register_district(desk, place.election_id, "Nord", "", first)
    with pytest.raises(Refused, match="nichts geändert"):
        assign_register_district(desk, place.election_id, "Nord", "", first)
    assign_register_district(desk, place.election_id, "Nord", "", second)
    assign_register_district(desk, place.election_id, "Nord", "", None)
    with pytest.raises(Refused, match="nichts geändert"):
        assign_register_district(desk, place.election_id, "Nord", "", None)
    (nord,) = [view for view in register_districts(desk.session, place.election_id) if view.name == "Nord"]
    assert (nord.own, nord.district_id) == (False, None)


def test_a_polling_district_of_another_election_is_refused(desk: Desk, place: Place) -> None:
    other = found(desk, ags="07998000", name="Stadt Nachbarstadt")
    with pytest.raises(Refused, match="gibt es in dieser Wahl nicht"):
        assign_register_district(desk, place.election_id, "Nord", "", other.districts[0])


def test_once_numbers_are_given_nothing_is_moved_until_the_opening_is_taken_back(
    desk: Desk, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = place.districts
    for name in ("Nord", "Süd"):
        assign_register_district(desk, place.election_id, name, "", first)
    open_roll(desk, place.election_id)
    with pytest.raises(Refused, match="schon eine Nummer"):
        assign_register_district(desk, place.election_id, "Nord", "", second)
    with pytest.raises(Refused, match="warum"):
        discard_roll(desk, place.election_id, " ")
    assert discard_roll(desk, place.election_id, "Süd gehört zu Bezirk 2") == 4
    assert electoral_roll(desk.session, place.election_id) is None
    assign_register_district(desk, place.election_id, "Süd", "", second)
    assert open_roll(desk, place.election_id) == 4
    issue_certificate(desk, person(desk.session, "1"), CertificateData(Delivery.POST, None))
    with pytest.raises(Refused, match="schon Wahlscheine"):
        discard_roll(desk, place.election_id, "noch einmal")
    at(monkeypatch, INSPECTION)
    with pytest.raises(Refused, match="einzelne Entscheidung"):
        discard_roll(desk, place.election_id, "noch einmal")
