"""The office puts small districts together before the count, and undoes it until the count begins."""

from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.counting import Letters, record_ballot, record_letters
from beiratswahl.operations.desk import Desk
from tests.doors.conftest import NewVisitor
from tests.doors.pages import Visitor
from tests.world import ON_PAPER, Place, nominate


def ready(desk: Desk, place: Place) -> str:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    record_letters(desk, place.districts[0], Letters(60, 0, {}, 60), 0)
    record_letters(desk, place.districts[1], Letters(4, 0, {}, 4), 0)
    return f"/amt/wahl/{place.election_id}/zaehlung"


def test_the_office_is_told_who_is_small_and_merges_with_two_clicks(desk: Desk, office: Visitor, visitor: NewVisitor, place: Place) -> None:
    at = ready(desk, place)
    assert "Ein Bezirk hat zu wenige Stimmzettel" in office.open(at).text
    page = office.open(f"{at}/zusammenlegung")
    assert "Vorschlag: Bezirk 2 (Briefwahlbezirk Süd) zusammen mit Bezirk 1" in page.text
    page = office.press(page, "Bezirke zusammenlegen")
    assert "zählt Bezirk 1" in page.text
    assert "Ein Bezirk hat zu wenige" not in office.open(at).text
    assert "1 + 2 · Briefwahlbezirk Nord, Briefwahlbezirk Süd" in office.open(at).text
    assert "Übergabe und Abschluss" in office.open(f"/auszaehlung/stimmbezirk/{place.districts[1]}/").text
    refused = office.open(f"/auszaehlung/stimmbezirk/{place.districts[1]}/stimmzettel")
    assert "wird zusammen mit Stimmbezirk 1" in refused.text
    assert "noch 64" in office.open(f"/auszaehlung/stimmbezirk/{place.districts[0]}/").text.replace("\xa0", " ")


def test_a_merger_is_undone_until_the_count_begins(desk: Desk, office: Visitor, place: Place) -> None:
    at = ready(desk, place)
    page = office.press(office.open(f"{at}/zusammenlegung"), "Bezirke zusammenlegen")
    page = office.press(page, "Zusammenlegung von Bezirk 2 aufheben")
    assert "aufgehoben" in page.text
    page = office.press(page, "Bezirke zusammenlegen")
    record_ballot(desk, place.districts[0], "a", Ballot(marks={"101": 1}))
    page = office.press(page, "Zusammenlegung von Bezirk 2 aufheben")
    assert page.status == 422
    assert "schon Stimmzettel erfasst" in page.refusal


def test_a_decision_without_a_reason_keeps_what_was_chosen(desk: Desk, office: Visitor, place: Place) -> None:
    at = ready(desk, place)
    page = office.press(office.open(f"{at}/zusammenlegung"), "Bezirke zusammenlegen", reason="")
    assert page.status == 422
    assert "Begründen Sie" in page.refusal
    chosen = [
        option.get("value")
        for option in page.field("Dieser Bezirk gibt seine Stimmzettel ab").iter("option")
        if option.get("selected") is not None
    ]
    assert chosen == [str(place.districts[1])]
