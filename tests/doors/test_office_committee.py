"""The office door: a sitting of the Wahlausschuss from the invitation to the signed minutes."""

from datetime import datetime, timedelta

from beiratswahl import clock
from beiratswahl.operations.desk import Desk
from beiratswahl.store.read.nominations import nominations
from tests.documents.conftest import text_in
from tests.doors.pages import Page, Visitor
from tests.world import Place, nominate


def yesterday() -> datetime:
    """A day on which every hour lies behind."""
    return clock.local(clock.now()) - timedelta(days=1)


def base(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/wahlausschuss"


def planned(office: Visitor, place: Place) -> Page:
    return office.press(
        office.open(f"{base(place)}/neu"),
        "Sitzung ansetzen",
        day=yesterday().date().isoformat(),
        begins="16:00",
        room="Rathaus, Zimmer 12",
        chair="Dr. Henriette Beispiel",
        assessors="Ljubica Probe\nEmre Test",
        recorder="Karl Schreiber",
    )


def with_everybody(office: Visitor, page: Page) -> Page:
    fields = {name.get("name") or "": "15:55" for name in page.tree.iter("input") if (name.get("name") or "").startswith("from-")}
    return office.press(page, "Anwesenheit speichern", **fields)


def opened(office: Visitor, place: Place) -> Page:
    page = with_everybody(office, planned(office, place))
    return office.press(page, "Sitzung eröffnen", at="16:00")


def test_a_sitting_goes_from_invitation_to_minutes(office: Visitor, place: Place, desk: Desk) -> None:
    ids = nominate(desk, place)
    page = planned(office, place)
    assert page.heading == "1. Sitzung des Wahlausschusses"
    assert "Beisitz Emre Test" in text_in(office.client.get(page.link("Einladung (PDF)")).data)
    assert "Geben Sie den Tag ein" in office.press(page, "Versand vermerken", sent_on="").refusal
    page = office.press(page, "Versand vermerken", sent_on=yesterday().date().isoformat())
    assert "Eingeladen noch nicht" not in page.text
    page = office.press(page, "Sitzung öffentlich bekannt machen", medium="Aushang")
    assert "bekannt gemacht (Bekanntmachung Nr. 1)" in " ".join(page.with_role("status"))
    page = with_everybody(office, page)
    page = office.press(page, "Sitzung eröffnen", at="16:00")
    assert "Die Sitzung ist eröffnet" in page.text
    page = office.open(page.link("Zur Entscheidung über die Zulassung"))
    preview = office.press(page, "Vorschau", **{f"no-{ids[0]}": "1", f"yes-{ids[0]}": "2"})
    assert office.press(preview, "Zulassung abschließen").heading == "Wahlvorschläge"
    page = office.open(f"{base(place)}/1")
    assert page.rows("Beschlüsse")[0][3:] == ["2", "1", "0"]
    page = office.press(page, "Verlauf speichern", course="Frau Haile wurde gehört.")
    page = office.press(page, "Sitzung schließen", at="17:25")
    said = text_in(office.client.get(page.link("Niederschrift (PDF)")).data)
    for statement in ("17:25 Uhr", "Frau Haile wurde gehört.", "2 Ja, 1 Nein, 0 Enthaltungen", "Karl Schreiber Schriftführung"):
        assert statement in said
    page = office.press(page, "Sitzung wieder öffnen", reason="Schreibfehler")
    assert "Die Sitzung ist eröffnet" in page.text


def test_what_was_typed_stays_when_it_is_refused(office: Visitor, place: Place) -> None:
    page = opened(office, place)
    refused = office.press(page, "Beschluss eintragen", subject="Druck", decision="im Oktober", yes="9")
    assert refused.status == 422
    assert "stimmberechtigt anwesend sind 3" in refused.refusal
    assert refused.field("Worüber").get("value") == "Druck"
    page = office.press(refused, "Beschluss eintragen", yes="3")
    assert [row[1:3] for row in page.rows("Beschlüsse")] == [["Druck", "im Oktober"]]
    page = office.press(page, "Beschluss streichen")
    assert "Es ist noch nichts beschlossen." in page.text


def test_who_comes_and_goes_is_put_right(office: Visitor, place: Place) -> None:
    page = opened(office, place)
    page = office.press(page, "Hinzufügen", name="Selam Haile", function="Vertrauensperson", came="16:20")
    assert "Selam Haile" in page.text
    leaving = next(of.get("name") for of in page.tree.iter("input") if of.get("aria-label") == "Emre Test da bis")
    page = office.press(page, "Anwesenheit speichern", **{str(leaving): "16:30"})
    assert "stimmberechtigt anwesend: 2" in page.text
    assert "keine Uhrzeit" in office.press(page, "Anwesenheit speichern", **{str(leaving): "halb fünf"}).refusal
    guest = next(of.get("value") for of in page.tree.iter("option") if "".join(of.itertext()).startswith("Selam"))
    page = office.press(page, "Von der Liste nehmen", attendance=str(guest))
    assert "Selam Haile" not in str(page.rows("Eingeladene und Anwesende"))


def test_without_votes_an_open_sitting_does_not_admit(office: Visitor, place: Place, desk: Desk) -> None:
    ids = nominate(desk, place)
    opened(office, place)
    page = office.open(f"/amt/wahl/{place.election_id}/zulassung")
    preview = office.press(page, "Vorschau")
    refused = office.press(preview, "Zulassung abschließen", **{f"yes-{ids[1]}": "1"})
    assert refused.status == 422
    assert "1 Stimme eingetragen" in refused.refusal
    assert all(of.number is None for of in nominations(desk.session, place.election_id))


def test_a_sitting_is_changed_called_off_and_the_next_one_knows_the_members(office: Visitor, place: Place) -> None:
    page = planned(office, place)
    changed = office.press(office.open(page.link("Sitzung ändern")), "Speichern", room="Bürgersaal")
    assert "Bürgersaal" in changed.text
    assert "nennen" in office.press(changed, "Sitzung absagen").refusal.casefold()
    office.press(changed, "Sitzung absagen", reason="Erkrankung")
    assert office.open(base(place)).rows("Sitzungen")[0][-1] == "abgesagt"
    following = office.open(f"{base(place)}/neu")
    assert "Ljubica Probe" in "".join(following.field("Beisitzerinnen und Beisitzer").itertext())
    assert office.client.get(f"{base(place)}/7").status_code == 404


def test_a_sitting_without_chair_or_room_is_not_planned(office: Visitor, place: Place) -> None:
    page = office.press(office.open(f"{base(place)}/neu"), "Sitzung ansetzen", chair="", begins="4 Uhr")
    assert page.status == 422
    assert "Geben Sie an, wer den Vorsitz führt." in page.text
    assert "Schreiben Sie die Uhrzeit wie 16:00." in page.text
