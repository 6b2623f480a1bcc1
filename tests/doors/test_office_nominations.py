"""The office door: nominations, their persons, and the decision of the Wahlausschuss."""

from sqlalchemy.orm import Session

from beiratswahl.office.nominations import with_candidates
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import change_nomination
from beiratswahl.store.read.nominations import nominations
from tests.doors.pages import Page, Visitor
from tests.world import Place, candidate, nominate


def path_of(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/wahlvorschlaege"


def received(office: Visitor, place: Place, keyword: str = "Bunte Liste", day: str = "2026-09-01", hour: str = "10:00") -> Page:
    form = office.open(f"{path_of(place)}/neu")
    return office.press(form, "Speichern", keyword=keyword, received_day=day, received_hour=hour)


def test_a_nomination_is_received_and_its_persons_entered_one_after_the_other(office: Visitor, place: Place, archive: Session) -> None:
    page = received(office, place)
    assert page.heading == "Bunte Liste"
    form = office.open(page.link("Person hinzufügen"))
    person = {"family_name": "Kaya", "given_names": "Ayşe", "birth_date": "1980-05-01", "nationality": "163", "consent": "y", "named": "3"}
    following = office.press(form, "Speichern und nächste Person", **person)
    assert following.heading == "Person hinzufügen"
    assert following.field("Platz auf der Liste").get("value") == "2"
    page = office.press(following, "Speichern und fertig", family_name="Nguyễn", given_names="Văn")
    rows = page.rows("Personen in der Reihenfolge des Wahlvorschlags")
    assert [(row[1], row[3]) for row in rows] == [("Kaya, Ayşe", "dreimal"), ("Nguyễn, Văn", "einmal")]
    assert "Die schriftliche Zustimmung von Nguyễn, Văn fehlt." in page.text
    (stored,) = nominations(archive, place.election_id)
    assert [of.named for of in stored.candidates] == [3, 1]


def test_the_votes_that_order_the_ballot_survive_a_change_of_persons(office: Visitor, place: Place, archive: Session) -> None:
    form = office.open(f"{path_of(place)}/neu")
    head = {"keyword": "Landespartei", "received_day": "2026-09-01", "received_hour": "10:00", "landtag_votes": "432100"}
    page = office.press(form, "Speichern", **head, previous_votes="77")
    office.press(office.open(page.link("Person hinzufügen")), "Speichern und fertig", family_name="Kaya")
    (stored,) = nominations(archive, place.election_id)
    assert (stored.landtag_votes, stored.previous_votes) == (432_100, 77)


def test_a_late_nomination_is_recorded_and_its_refusal_suggested(office: Visitor, place: Place) -> None:
    page = received(office, place, "Zu spät", "2026-09-28", "18:00:01")
    assert "nicht behebbar" in page.text
    decide = office.open(f"/amt/wahl/{place.election_id}/zulassung")
    assert "nach Ablauf der Frist" in str(decide.field("Ganzen Wahlvorschlag zurückweisen, weil …").get("value"))


def test_a_person_that_was_changed_meanwhile_is_not_overwritten(office: Visitor, place: Place, desk: Desk) -> None:
    page = received(office, place)
    office.press(office.open(page.link("Person hinzufügen")), "Speichern und fertig", family_name="Kaya")
    form = office.open(f"{page.path}/person/1")
    view = nominations(desk.session, place.election_id)[0]
    people = (candidate("Kaya"), candidate("Neu"))
    change_nomination(desk, view.nomination_id, with_candidates(view, people))
    refused = office.press(form, "Speichern", family_name="Kaya-Alt")
    assert refused.status == 422
    assert "Inzwischen hat jemand anderes" in refused.refusal
    assert refused.field("Familienname").get("value") == "Kaya-Alt"
    desk.session.expire_all()
    assert [of.family_name for of in nominations(desk.session, place.election_id)[0].candidates] == ["Kaya", "Neu"]


def test_a_name_with_control_characters_is_refused_and_nothing_is_kept(office: Visitor, place: Place, archive: Session) -> None:
    page = received(office, place)
    form = office.open(page.link("Person hinzufügen"))
    refused = office.press(form, "Speichern und fertig", family_name="Ka\u202eya")
    assert refused.status == 422
    assert "unsichtbare Steuerzeichen" in refused.refusal
    assert nominations(archive, place.election_id)[0].candidates == ()


def test_a_person_is_taken_off_a_nomination(office: Visitor, place: Place, desk: Desk) -> None:
    (first, *_) = nominate(desk, place)
    page = office.press(office.open(f"{path_of(place)}/{first}/person/1"), "Person entfernen")
    rows = page.rows("Personen in der Reihenfolge des Wahlvorschlags")
    assert rows[0][:2] == ["1", "Person102, Ada"]


def test_admission_shows_what_follows_before_it_is_decided(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    path = f"/amt/wahl/{place.election_id}/zulassung"
    first = office.open(path)
    assert "Zulassung abschließen" not in first.html
    preview = office.press(first, "Vorschau")
    assert "Daraus folgt: Verhältniswahl" in preview.text
    assert all(of.state == "eingereicht" for of in nominations(desk.session, place.election_id))
    done = office.press(preview, "Zulassung abschließen")
    assert "Über die Zulassung ist entschieden: Verhältniswahl" in done.text
    assert [row[0] for row in done.rows("Eingegangene Wahlvorschläge")] == ["1", "2", "3", "4"]
    again = office.press(preview, "Zulassung abschließen")
    assert again.status == 422


def test_a_refused_nomination_and_a_struck_person_carry_their_reasons(office: Visitor, place: Place, desk: Desk) -> None:
    ids = nominate(desk, place)
    person = nominations(desk.session, place.election_id)[1].candidates[0].candidate_id
    typed = {f"refuse-{ids[0]}": "Kennwort fehlt auf dem Original", f"strike-{person}": "nicht wählbar"}
    preview = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau", **typed)
    assert preview.field("Ganzen Wahlvorschlag zurückweisen, weil …").get("value") == "Kennwort fehlt auf dem Original"
    office.press(preview, "Zulassung abschließen")
    assert "Kennwort fehlt auf dem Original" in office.open(f"{path_of(place)}/{ids[0]}").text
    assert "nicht wählbar" in office.open(f"{path_of(place)}/{ids[1]}").text


def test_a_nomination_of_another_election_is_not_found(office: Visitor, place: Place, elsewhere: Place, desk: Desk) -> None:
    (foreign, *_) = nominate(desk, elsewhere)
    assert office.open(f"{path_of(place)}/{foreign}").status == 404
    assert office.open(f"{path_of(place)}/{foreign}/person/1").status == 404


def test_a_nomination_is_withdrawn_with_a_reason(office: Visitor, place: Place, desk: Desk) -> None:
    (first, *_) = nominate(desk, place)
    form = office.open(f"{path_of(place)}/{first}/ruecknahme")
    assert office.press(form, "Wahlvorschlag zurücknehmen", reason="").status == 422
    page = office.press(form, "Wahlvorschlag zurücknehmen", reason="Erklärung beider Vertrauenspersonen vom 2. September")
    assert "zurückgenommen" in [row[-1] for row in page.rows("Eingegangene Wahlvorschläge")]
