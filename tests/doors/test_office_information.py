"""The office publishes the information before an election, and where council and commissioner can be reached."""

from tests.doors.pages import Visitor
from tests.world import Place


def test_the_office_publishes_and_withdraws_the_information(office: Visitor, place: Place) -> None:
    path = f"/amt/wahl/{place.election_id}/informationen"
    overview = office.open(f"/amt/wahl/{place.election_id}/veroeffentlichung")
    before = office.open(overview.link("Informationen zur Wahl"))
    assert "Es fehlt noch: Kontakt des Beirats" in before.text
    assert office.client.get(f"/wahl/{place.election_id}").status_code == 404
    done = office.press(before, "Informationen jetzt veröffentlichen")
    assert "sind veröffentlicht (Nr. 1)" in done.text
    assert office.open(f"/wahl/{place.election_id}").status == 200
    assert "Informationen jetzt veröffentlichen" not in done.html
    withdrawing = office.open(done.link("Informationen zurückziehen"))
    assert "Schreiben Sie, warum" in office.press(withdrawing, "Informationen zurückziehen", notice="").text
    gone = office.press(withdrawing, "Informationen zurückziehen", notice="Falsche Frist")
    assert "sind zurückgezogen" in gone.text
    assert "Falsche Frist" in office.open(f"/wahl/{place.election_id}").text
    assert "Informationen jetzt veröffentlichen" in office.open(path).html


def test_the_office_writes_down_where_council_and_commissioner_are(office: Visitor, place: Place) -> None:
    form = office.open(f"/amt/wahl/{place.election_id}/koerperschaft")
    office.press(form, "Angaben speichern", council_contact="Beirat\r\n\r\nLindenweg 1", commissioner_contact="Samira Beispiel")
    assert "Beirat, Lindenweg 1" in office.open(f"/amt/wahl/{place.election_id}/informationen").text
