"""The printed roll keeps its tags and hides blocked addresses; letters carry the reasons and the remedy."""

from datetime import UTC, date, datetime
from io import BytesIO

import pikepdf
import pytest

from beiratswahl import clock
from beiratswahl.documents import roll_print
from beiratswahl.law.rules import Ground
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_clarification_letters import decision_letter
from beiratswahl.operations.roll_clarifications import ClarificationData, Finding, record_clarification
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_printing import printed_roll
from tests.documents.conftest import pages_in, text_in
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll_book import CLOSING, INSPECTION, STICHTAG, at, close_anyway, person
from tests.world import Place, found

__all__ = ["write"]

RECEIVED = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Place:
    at(monkeypatch, STICHTAG)
    return found(desk)


def elements(data: bytes, kind: str) -> int:
    """Number of structure elements of a kind, reached from the root."""
    with pikepdf.open(BytesIO(data)) as file:
        waiting, found_elements = [file.Root.StructTreeRoot.K], 0
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(one)
            elif isinstance(one, pikepdf.Dictionary):
                found_elements += one.get("/S") == kind
                if "/K" in one:
                    waiting.append(one.K)
        return found_elements


def test_the_printed_roll_has_every_entry_its_certificate_and_no_blocked_address(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Name{letter}{other}" for letter in "abcdef" for other in "abcdef"][:30]
    lines = [a_line(Registernummer=str(number), Familienname=name) for number, name in enumerate(names)]
    lines.append(a_line(Registernummer="51", Familienname="Gesperrt", Auskunftssperre="51", Straße="Geheimweg"))
    import_register(desk, place.election_id, write(*lines))
    with pytest.raises(Refused, match="nicht angelegt"):
        printed_roll(desk.session, place.election_id)
    open_roll(desk, place.election_id, {"": place.districts[0]})
    at(monkeypatch, CLOSING)
    digest = close_anyway(desk, place.election_id)
    correct_roll(desk, person(desk.session, "3"), Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "verzogen", date(2026, 11, 12)))
    monkeypatch.setattr(roll_print, "LEAVES_PER_PART", 1)
    told: list[tuple[int, int]] = []
    data = printed_roll(desk.session, place.election_id, lambda done, whole: told.append((done, whole)))
    cover, *leaves = pages_in(data)
    text = " ".join(leaves)
    assert len(leaves) == 2
    assert all(name in text for name in names)
    assert "Auskunftssperre" in text
    assert "Geheimweg" not in text
    assert "13.11.2026, 18:00 Uhr" in cover
    assert digest[:32] in cover.replace(" ", "")
    assert "Berichtigungen nach dem Abschluss" in cover
    assert "verzogen" in cover
    assert ("Blatt 1 von 2" in leaves[0], "Blatt 2 von 2" in leaves[1]) == (True, True)
    assert told == [(1, 2), (2, 2)]
    # a head row on both leaves and on the two tables of the cover, and the rows below them
    assert elements(data, "/TR") == 31 + 2 + (1 + 3) + (1 + 1)
    with pikepdf.open(BytesIO(data)) as file:
        numbers = [number for node in file.Root.StructTreeRoot.ParentTree.Kids for number in list(node.Nums)[::2]]
        pages = [int(page.obj.StructParents) for page in file.pages]
        assert sorted(set(pages)) == sorted(pages)
        assert set(pages) <= {int(number) for number in numbers}


def test_a_print_before_the_closing_says_so(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    open_roll(desk, place.election_id, {"": place.districts[0]})
    assert "Stand vor dem Abschluss" in pages_in(printed_roll(desk.session, place.election_id))[0]


def applied(desk: Desk, place: Place, write: Write, received: datetime, proof: str, **changes: str) -> int:
    import_register(desk, place.election_id, write(a_line(**{"Staatsangehörigkeiten": "000", **changes})))
    who = person(desk.session, "4711")
    record_application(desk, who, ApplicationData(Ground.NR2B, received, Channel.POST, proof))
    return who


def test_the_letter_of_entry_names_the_reasons(desk: Desk, place: Place, write: Write) -> None:
    who = applied(desk, place, write, RECEIVED, "Einbürgerungsurkunde")
    text = text_in(decision_letter(desk.session, place.election_id, who))
    assert "Ihre Eintragung in das Wählerverzeichnis" in text
    assert "01.10.2026, 11:30 Uhr" in text
    assert "Ayşe Yılmaz" in text
    assert "§ 56" in text


def test_nobody_who_is_struck_is_told_of_an_entry_before_being_taken_up_again(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = applied(desk, place, write, RECEIVED, "Einbürgerungsurkunde")
    open_roll(desk, place.election_id, {"": place.districts[0]})
    struck = Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "verwechselt", STICHTAG.date())
    again = Correction(Kind.REINSTATE, Basis.OBVIOUS_ERROR, "doch nicht")
    for moment in (INSPECTION, CLOSING):
        at(monkeypatch, moment)
        if moment == CLOSING:
            close_anyway(desk, place.election_id)
        correct_roll(desk, who, struck)
        with pytest.raises(Refused, match="gestrichen"):
            decision_letter(desk.session, place.election_id, who)
        correct_roll(desk, who, again)
        assert "unter der Nummer 1" in text_in(decision_letter(desk.session, place.election_id, who))


def test_nobody_who_is_struck_is_told_of_an_entry_by_a_finding_of_the_office(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="998")))
    who = person(desk.session, "4711")
    record_clarification(desk, who, ClarificationData(Finding.FOREIGN, "Reiseausweis", "eingesehen", nationality="423"))
    open_roll(desk, place.election_id, {"": place.districts[0]})
    assert "unter der Nummer 1" in text_in(decision_letter(desk.session, place.election_id, who))
    correct_roll(desk, who, Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "verwechselt", STICHTAG.date()))
    with pytest.raises(Refused, match="gestrichen"):
        decision_letter(desk.session, place.election_id, who)


def test_the_letter_of_refusal_names_reasons_and_remedy(desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    who = applied(desk, place, write, RECEIVED, "Einbürgerungsurkunde", Einzugsdatum="01.09.2026")
    text = text_in(decision_letter(desk.session, place.election_id, who))
    assert "abgelehnt" in text
    assert "3 Monate" in text
    assert "26. Oktober 2026 bis zum 30. Oktober 2026" in text
    assert "Aufsichtsbehörde" in text
    at(monkeypatch, INSPECTION.replace(month=11, day=2))
    assert "endete am 30. Oktober 2026" in text_in(decision_letter(desk.session, place.election_id, who))


def test_the_letter_on_a_late_application_names_the_deadline(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, datetime(2026, 11, 14, 8, tzinfo=UTC))
    who = applied(desk, place, write, datetime(2026, 11, 13, 17, 1, tzinfo=UTC), "Einbürgerungsurkunde")
    text = text_in(decision_letter(desk.session, place.election_id, who))
    assert "kam zu spät" in text
    assert "13. November 2026, 18:00 Uhr" in text


def test_the_letter_on_an_open_case_asks_for_the_proof(desk: Desk, place: Place, write: Write) -> None:
    who = applied(desk, place, write, RECEIVED, "")
    text = text_in(decision_letter(desk.session, place.election_id, who))
    assert "fehlt noch etwas" in text
    assert "bis zum 13. November 2026, 18:00 Uhr, nach" in text


def test_a_proof_is_not_asked_for_until_a_moment_that_has_passed(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = applied(desk, place, write, RECEIVED, "")
    at(monkeypatch, CLOSING)  # 18:00 in Germany, the last minute
    assert "bis zum 13. November 2026, 18:00 Uhr, nach" in text_in(decision_letter(desk.session, place.election_id, who))
    at(monkeypatch, CLOSING.replace(minute=1))
    text = text_in(decision_letter(desk.session, place.election_id, who))
    assert "Nachweise umgehend nach" in text
    assert "13. November 2026, 18:00" not in text


def test_nobody_gets_a_letter_without_an_application(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    with pytest.raises(Refused, match="kein Antrag"):
        decision_letter(desk.session, place.election_id, person(desk.session, "4711"))
    assert clock.now() == STICHTAG
