"""One person twice in the register, and one person in two elections: offered, decided, taken back, and shown only to whom it belongs."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_closing import close_roll
from beiratswahl.operations.roll_duplicates import decide_duplicate, undo_duplicate
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_unregistered import UnregisteredPerson, correct_unregistered, record_unregistered
from beiratswahl.store.read.roll import next_case, number_of_persons, person_page, person_view
from beiratswahl.store.read.roll_cases import other_rights
from beiratswahl.store.read.roll_duplicates import duplicate_decisions, possible_duplicates, resemble
from beiratswahl.store.read.roll_views import PersonFilter, PersonLine
from beiratswahl.store.read.roll_work import WorkList, work_counts
from beiratswahl.store.spelling import search_words
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

NOW = datetime(2026, 10, 27, 10, tzinfo=UTC)
CLOSING = datetime(2026, 11, 13, 17, tzinfo=UTC)
CLAIM = ApplicationData(Ground.NR2B, datetime(2026, 10, 1, 9, tzinfo=UTC), Channel.POST, "Einbürgerungsurkunde")


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return found(desk)


def lines(desk: Desk, place: Place, **wanted: object) -> list[PersonLine]:
    return list(person_page(desk.session, place.election_id, PersonFilter(**wanted)).lines)  # type: ignore[arg-type]


def entitled(desk: Desk, place: Place, person_id: int) -> str:
    view = person_view(desk.session, place.election_id, person_id)
    assert view is not None
    return view.decisions[0].entitled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Öztürk", "Ayşe"), ("Oeztuerk", "Ayse")),
        (("Öztürk", "Ayşe"), ("Öztürk", "Ayşe Fatma")),
        (("Al-Hassan", "Omar"), ("Alhassan", "Omar")),
        (("Nguyen", "Thi Mai"), ("Thi Mai", "Nguyen")),
        (("Schmitt", "Mohammed"), ("Schmitt", "Mohamed")),
        (("Petrov", "Aleksandr"), ("Petrov", "Aleks")),
    ],
)
def test_spellings_of_one_name_resemble_one_another(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert resemble(search_words(*one), search_words(*other))
    assert resemble(search_words(*other), search_words(*one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Öztürk", "Ayşe"), ("Öztürk", "Mehmet")),
        (("Kim", "Ana"), ("Kim", "Eva")),
        (("Weber", "Anna"), ("Schulz", "Anna")),
        (("Li", "Wei"), ("Lu", "Wei")),
    ],
)
def test_other_people_born_on_the_same_day_do_not(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not resemble(search_words(*one), search_words(*other))


@given(st.text("abco ", max_size=8), st.text("abco ", max_size=8))
def test_resemblance_has_no_direction(one: str, other: str) -> None:
    assert resemble(one, other) == resemble(other, one)


def test_an_application_for_the_entry_that_is_left_out_counts_for_the_one_that_stays(desk: Desk, place: Place, write: Write) -> None:
    german = {"Staatsangehörigkeiten": "000"}
    rows = (a_line(Familienname="Öztürk", **german), a_line(Registernummer="2", Familienname="Oeztuerk", **german))
    import_register(desk, place.election_id, write(*rows))
    (pair,) = possible_duplicates(desk.session, place.election_id)
    left_out, stays = pair.person_id, pair.other_id
    record_application(desk, left_out, CLAIM)
    decide_duplicate(desk, left_out, stays, same=True, reason="Anruf beim Einwohnermeldeamt")
    assert entitled(desk, place, stays) == "yes"
    with pytest.raises(Refused, match="als doppelt erkannt"):
        record_application(desk, left_out, CLAIM)
    assert {line.id: line.double for line in lines(desk, place)} == {left_out: True, stays: False}
    assert open_roll(desk, place.election_id, {"": place.districts[0]}) == 1
    with pytest.raises(Refused, match="warum"):
        undo_duplicate(desk, stays, left_out, " ")
    undo_duplicate(desk, stays, left_out, "doch Zwillinge")
    assert entitled(desk, place, stays) == "no"
    assert len(possible_duplicates(desk.session, place.election_id)) == 1
    assert duplicate_decisions(desk.session, place.election_id) == ()
    with pytest.raises(Refused, match="nichts entschieden"):
        undo_duplicate(desk, stays, left_out, "noch einmal")


def test_two_persons_are_not_offered_again_and_three_entries_end_at_one(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(*(a_line(Registernummer=str(number)) for number in (1, 2, 3))))
    assert len(possible_duplicates(desk.session, place.election_id)) == 3
    one, two, three = (line.id for line in lines(desk, place))
    decide_duplicate(desk, two, one, same=True, reason="geklärt")
    for left_out, stays in ((three, two), (one, three)):
        with pytest.raises(Refused, match="mit einem dritten"):
            decide_duplicate(desk, left_out, stays, same=True, reason="geklärt")
    decide_duplicate(desk, three, one, same=False, reason="Zwilling")
    assert possible_duplicates(desk.session, place.election_id) == ()


def test_a_merge_is_not_undone_once_the_roll_is_closed(desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import_register(desk, place.election_id, write(a_line(Registernummer="1"), a_line(Registernummer="2")))
    one, two = (line.id for line in lines(desk, place))
    decide_duplicate(desk, two, one, same=True, reason="geklärt")
    open_roll(desk, place.election_id, {"": place.districts[0]})
    monkeypatch.setattr(clock, "now", lambda: CLOSING)
    close_roll(desk, place.election_id)
    with pytest.raises(Refused, match="abgeschlossen"):
        undo_duplicate(desk, two, one, "doch zwei")


def test_every_person_is_in_the_work_lists_that_fit(desk: Desk, place: Place, write: Write) -> None:
    first = (a_line(Registernummer="1"), a_line(Registernummer="2", Staatsangehörigkeiten="000"), a_line(Registernummer="3"))
    import_register(desk, place.election_id, write(*first))
    later = (
        a_line(Registernummer="1", Staatsangehörigkeiten="998"),
        a_line(Registernummer="2", Staatsangehörigkeiten="000", Vornamen="Eva"),
    )
    import_register(desk, place.election_id, write(*later))
    counts = work_counts(desk.session, place.election_id)
    assert {of: number for of, number in counts.items() if number} == {
        WorkList.UNCLEAR: 1,
        WorkList.NEEDS_APPLICATION: 1,
        WorkList.CHANGED: 1,
        WorkList.MISSING: 1,
    }
    record_application(desk, lines(desk, place, search="2")[0].id, CLAIM)
    counts = work_counts(desk.session, place.election_id)
    assert (counts[WorkList.NEEDS_APPLICATION], counts[WorkList.APPLIED]) == (0, 1)
    for of, number in counts.items():
        assert len(lines(desk, place, work=of)) == number == number_of_persons(desk.session, place.election_id, PersonFilter(work=of))


def test_the_next_case_goes_once_round_the_list_even_from_a_case_that_left_it(desk: Desk, place: Place, write: Write) -> None:
    names = ("Abebe", "Müller", "Özil", "Zeman")
    rows = [a_line(Registernummer=str(at), Familienname=name, Staatsangehörigkeiten="000") for at, name in enumerate(names)]
    import_register(desk, place.election_id, write(*rows))
    wanted = PersonFilter(work=WorkList.NEEDS_APPLICATION)
    ids = [line.id for line in lines(desk, place, work=WorkList.NEEDS_APPLICATION)]
    assert [next_case(desk.session, place.election_id, wanted, number) for number in ids] == [*ids[1:], ids[0]]
    record_application(desk, ids[1], CLAIM)
    assert next_case(desk.session, place.election_id, wanted, ids[1]) == ids[2]
    for number in (ids[0], ids[2]):
        record_application(desk, number, CLAIM)
    assert next_case(desk.session, place.election_id, wanted, ids[3]) is None


def test_a_right_in_the_other_election_is_shown_only_to_who_keeps_both_rolls(desk: Desk, place: Place, write: Write) -> None:
    county = found(desk, ags="07999", name="Landkreis Musterland")
    apart = found(desk, ags="07888000", name="Stadt Fern")
    rows = (a_line(Registernummer="1"), a_line(Registernummer="2", Familienname="Abebe"))
    import_register(desk, place.election_id, write(*rows))
    import_register(desk, county.election_id, write(rows[0], a_line(Registernummer="2", Geburtsdatum="01.01.1990")))
    one, other = (line.id for line in lines(desk, place, search="Yılmaz") + lines(desk, place, search="Abebe"))
    both = {place.municipality_id, county.municipality_id, apart.municipality_id}
    rights = other_rights(desk.session, place.election_id, [one, other], both)
    assert list(rights) == [one], "the same number with another birth date is another register's person"
    ((right,),) = rights.values()
    assert (right.election_id, right.municipality, right.entitled) == (county.election_id, "Landkreis Musterland", "yes")
    assert other_rights(desk.session, place.election_id, [one, other], {place.municipality_id}) == {}
    assert other_rights(desk.session, county.election_id, [right.person_id], both)[right.person_id][0].person_id == one


def test_what_an_exempt_person_affirmed_can_be_corrected_and_the_earlier_facts_stay(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    told = UnregisteredPerson("Okafor", "Ada", "01.05.1980", "w", "232", "07999000", "01.10.2026", "Botschaftsweg", "3", "67999", "Ort")
    affirmed = ApplicationData(Ground.NR1, datetime(2026, 10, 1, 9, tzinfo=UTC), Channel.POST, "Versicherung")
    assert record_unregistered(desk, place.election_id, told, affirmed).entitled == "no"
    (guest,) = lines(desk, place, work=WorkList.UNREGISTERED)
    right = UnregisteredPerson(**{**{name: getattr(told, name) for name in told.__slots__}, "residence_since": "01.10.2025"})
    with pytest.raises(Refused, match="worauf die Berichtigung"):
        correct_unregistered(desk, guest.id, right, "")
    with pytest.raises(Refused, match="Melderegister"):
        correct_unregistered(desk, lines(desk, place, search="4711")[0].id, right, "Irrtum")
    correct_unregistered(desk, guest.id, right, "Schreiben der Person")
    view = person_view(desk.session, place.election_id, guest.id)
    assert view is not None
    assert [(one.entitled, one.facts["moved_in"]) for one in view.decisions[:2]] == [("yes", "2025-10-01"), ("no", "2026-10-01")]
