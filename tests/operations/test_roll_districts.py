"""Register districts belong to polling districts: settled before numbers are given, street before district, taken back with the opening."""

import pytest

from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate
from beiratswahl.operations.roll_districts import assign_house_range, assign_register_district, discard_roll, remove_house_range
from beiratswahl.operations.roll_entries import open_roll, update_roll
from beiratswahl.store.house_numbers import HouseRange, Side, leading_number
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


@pytest.fixture
def ring(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Five persons in one street of one district, one of them with a blocked address, and one blocked alone in another street."""
    at(monkeypatch, STICHTAG)
    here = found(desk)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    houses = [("1", "1"), ("2", "2"), ("3", "11"), ("4", "12a"), ("5", "20")]
    lines = [a_line(Registernummer=number, Straße="Ring", Hausnummer=house) + ";01" for number, house in houses]
    lines.append(a_line(Registernummer="6", Straße="Ring", Hausnummer="3", Auskunftssperre="51") + ";01")
    lines.append(a_line(Registernummer="7", Straße="Geheimweg", Hausnummer="1", Auskunftssperre="52") + ";01")
    import_register(desk, here.election_id, write(*lines, header=header))
    return here


def districts_by_number(desk: Desk, place: Place) -> dict[str, int]:
    numbers = {person(desk.session, str(number)): str(number) for number in range(1, 8)}
    return {numbers[one.person_id]: one.district_number for one in entries(desk.session, place.election_id)}


def test_houses_go_before_their_street_on_their_side_only(desk: Desk, ring: Place) -> None:
    second = ring.districts[1]
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(1, 11, Side.ODD), second)
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(12, 20, Side.EVEN), second)
    (view,) = register_districts(desk.session, ring.election_id)
    (street,) = view.streets
    assert (street.persons, [(str(one.numbers), one.persons) for one in street.ranges]) == (
        1,
        [("1 bis 11 (ungerade)", 2), ("12 bis 20 (gerade)", 2)],
    )
    desk.session.rollback()
    open_roll(desk, ring.election_id)
    assert districts_by_number(desk, ring) == {"1": 2, "2": 1, "3": 2, "4": 2, "5": 2, "6": 2, "7": 1}


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (HouseRange(10, 12, Side.BOTH), r"10 bis 12 überschneidet sich mit dem Bereich 1 bis 10, der zum Stimmbezirk 2 gehört"),
        (HouseRange(2, 2, Side.EVEN), "überschneidet sich"),
        (HouseRange(20, 12, Side.BOTH), "liegt keine Hausnummer"),
        (HouseRange(0, 3, Side.BOTH), "liegt keine Hausnummer"),
        (HouseRange(13, 13, Side.EVEN), "liegt keine Hausnummer"),
        (HouseRange(21, 40, Side.EVEN), "überschneidet sich mit dem Bereich 30 bis 50"),
    ],
)
def test_a_house_belongs_to_one_polling_district_only(desk: Desk, ring: Place, numbers: HouseRange, said: str) -> None:
    first, second = ring.districts
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(1, 10, Side.BOTH), second)
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(30, 50, Side.EVEN), second)
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(31, 49, Side.ODD), first)
    assign_house_range(desk, ring.election_id, "01", "Geheimweg", HouseRange(1, 10, Side.BOTH), first)
    with pytest.raises(Refused, match=said):
        assign_house_range(desk, ring.election_id, "01", "Ring", numbers, first)


def test_ranges_meet_where_a_house_lies_in_both() -> None:
    ranges = [HouseRange(first, last, side) for first in range(1, 7) for last in range(first, 7) for side in Side]
    for one in ranges:
        for other in ranges:
            assert one.meets(other) == any(one.holds(number) and other.holds(number) for number in range(1, 8))
    assert [leading_number(text) for text in ("12", "12a", "12-14", " 7 ", "", "a")] == [12, 12, 12, 7, None, None]


def test_a_range_is_removed_and_none_is_touched_once_numbers_are_given(desk: Desk, ring: Place) -> None:
    second = ring.districts[1]
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(1, 20, Side.BOTH), second)
    (view,) = register_districts(desk.session, ring.election_id)
    range_id = view.streets[0].ranges[0].range_id
    desk.session.rollback()
    remove_house_range(desk, range_id)
    assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(1, 2, Side.BOTH), second)
    open_roll(desk, ring.election_id)
    assert set(districts_by_number(desk, ring).values()) == {1, 2}
    desk.session.rollback()
    with pytest.raises(Refused, match="schon eine Nummer"):
        assign_house_range(desk, ring.election_id, "01", "Ring", HouseRange(3, 4, Side.BOTH), second)


def test_no_street_tells_that_somebody_with_a_blocked_address_lives_there(desk: Desk, ring: Place) -> None:
    (view,) = register_districts(desk.session, ring.election_id)
    assert (view.persons, view.blocked) == (7, 2)
    assert [(one.street, one.persons) for one in view.streets] == [("Ring", 5)], "the blocked one of the street is not counted with it"
    assert sum(view.planned.values()) == 5
    desk.session.rollback()
    open_roll(desk, ring.election_id)
    for street in ("Ring", "Geheimweg", "Nirgendwo"):
        with pytest.raises(Refused, match="aus diesem Bezirk"):
            assign_register_district(desk, ring.election_id, "01", street, ring.districts[1])


def told(desk: Desk, place: Place) -> tuple[object, ...]:
    """All that pages and refusal tell before the opening, for the one district 'Nord'."""
    (view,) = register_districts(desk.session, place.election_id)
    desk.session.rollback()
    with pytest.raises(Refused) as refused:
        open_roll(desk, place.election_id)
    return view.persons, view.blocked, view.unassigned, view.planned, view.numbered, str(refused.value)


@pytest.fixture
def hiding(desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch) -> Place:
    """District 'Nord': one person in each of two streets, and somebody with a blocked address in Bachgasse 18."""
    at(monkeypatch, STICHTAG)
    here = found(desk)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    houses = [("1", "Amselweg", "1", ""), ("2", "Bachgasse", "1", ""), ("3", "Bachgasse", "18", "51")]
    keys = ("Registernummer", "Straße", "Hausnummer", "Auskunftssperre")
    lines = [a_line(**dict(zip(keys, one, strict=True))) + ";Nord" for one in houses]
    import_register(desk, here.election_id, write(*lines, header=header))
    return here


def test_nothing_told_changes_with_the_house_a_blocked_person_lives_in(desk: Desk, hiding: Place) -> None:
    first, second = hiding.districts
    before = told(desk, hiding)
    assert before[1:3] == (1, 3)
    for number in (17, 18, 19):
        assign_house_range(desk, hiding.election_id, "Nord", "Bachgasse", HouseRange(number, number, Side.BOTH), second)
        assert told(desk, hiding) == before, "a range in which nobody else lives changes nothing"
    assign_register_district(desk, hiding.election_id, "Nord", "Geheimweg", first)
    assert told(desk, hiding) == before
    assign_register_district(desk, hiding.election_id, "Nord", "Amselweg", first)
    one_street = told(desk, hiding)
    assign_register_district(desk, hiding.election_id, "Nord", "Amselweg", None)
    assign_register_district(desk, hiding.election_id, "Nord", "Bachgasse", first)
    assert told(desk, hiding) == one_street, "her street tells what a street without her tells"
    assign_register_district(desk, hiding.election_id, "Nord", "Amselweg", first)
    assert told(desk, hiding)[2] == 1, "all streets are settled; the opening still asks for the district as a whole"


def test_who_is_blocked_goes_with_her_house_once_the_whole_district_is_settled(desk: Desk, hiding: Place) -> None:
    first, second = hiding.districts
    assign_house_range(desk, hiding.election_id, "Nord", "Bachgasse", HouseRange(18, 18, Side.BOTH), second)
    assign_register_district(desk, hiding.election_id, "Nord", "", first)
    (view,) = register_districts(desk.session, hiding.election_id)
    assert view.unassigned == 0
    desk.session.rollback()
    open_roll(desk, hiding.election_id)
    assert persons_by_district(desk.session, hiding.election_id) == {first: 2, second: 1}


def test_a_blocked_person_who_comes_later_does_not_lock_a_district_settled_by_streets(
    desk: Desk, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, STICHTAG)
    here = found(desk)
    header = write().read_text(encoding="utf-8").strip() + ";Stimmbezirk"
    import_register(desk, here.election_id, write(a_line(Registernummer="1", Straße="Amselweg") + ";Nord", header=header))
    assign_register_district(desk, here.election_id, "Nord", "Amselweg", here.districts[0])
    open_roll(desk, here.election_id)
    late = a_line(Registernummer="2", Straße="Amselweg", Auskunftssperre="51") + ";Nord"
    import_register(desk, here.election_id, write(late, header=header), changes_only=True)
    with pytest.raises(Refused, match="„Nord“"):
        update_roll(desk, here.election_id)
    assign_register_district(desk, here.election_id, "Nord", "", here.districts[1])
    assert update_roll(desk, here.election_id).entered == 1
    assert persons_by_district(desk.session, here.election_id) == {here.districts[0]: 2}
    with pytest.raises(Refused, match="schon eine Nummer"):
        assign_register_district(desk, here.election_id, "Nord", "", None)
