"""The office door: nominations, their persons, and the decision of the Wahlausschuss."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.office.nominations import with_candidates
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import NominationData, change_nomination, receive_nomination
from beiratswahl.operations.notices import publish_notice
from beiratswahl.store.read.nominations import nomination, nominations
from tests.doors.pages import Page, Visitor
from tests.world import ON_PAPER, PAPERS, Place, candidate, nominate

#: why a decision is entered without a sitting
OUTSIDE = "Sitzung vom 02.10.2026, Niederschrift auf Papier"


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
    done = office.press(preview, "Zulassung abschließen", outside=OUTSIDE)
    assert "Über die Zulassung ist entschieden: Verhältniswahl" in done.text
    assert [row[0] for row in done.rows("Eingegangene Wahlvorschläge")] == ["1", "2", "3", "4"]
    again = office.press(preview, "Zulassung abschließen", outside=OUTSIDE)
    assert again.status == 422


def test_nothing_is_closed_but_what_the_preview_showed(office: Visitor, place: Place, desk: Desk) -> None:
    ids = nominate(desk, place)
    preview = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau")
    changed = office.press(preview, "Zulassung abschließen", outside=OUTSIDE, **{f"refuse-{ids[0]}": "Kennwort fehlt"})
    assert changed.status == 422
    assert "Seit der Vorschau haben Sie etwas geändert" in changed.refusal
    assert "Zugelassen: 3 Wahlvorschläge" in changed.text
    assert all(of.state == "eingereicht" for of in nominations(desk.session, place.election_id))
    assert "entschieden: Verhältniswahl" in office.press(changed, "Zulassung abschließen", outside=OUTSIDE).text


def test_enter_in_a_field_previews_and_never_closes(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    preview = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau")
    first = next(button for button in preview.form("Vorschau").iter("button") if button.get("type") == "submit")
    assert first.get("value") == "preview"


def person_on(desk: Desk, nomination_id: int) -> int:
    desk.session.rollback()  # see what the page has stored meanwhile
    view = nomination(desk.session, nomination_id)
    assert view is not None
    return view.candidates[0].candidate_id


def test_what_is_admitted_in_spite_of_its_defects_is_named_before_it_is_closed(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    received(office, place, "Zu spät", "2026-09-28", "18:00:01")
    late = nominations(desk.session, place.election_id)[-1].nomination_id
    path = f"/amt/wahl/{place.election_id}/zulassung"
    assert "trotz dieser Mängel" not in office.press(office.open(path), "Vorschau").text
    preview = office.press(office.open(path), "Vorschau", **{f"refuse-{late}": ""})
    assert "Zugelassen würde trotz dieser Mängel" not in preview.text  # nobody is on it
    office.press(office.open(office.open(f"{path_of(place)}/{late}").link("Person hinzufügen")), "Speichern und fertig", family_name="Kaya")
    preview = office.press(office.open(path), "Vorschau", **{f"refuse-{late}": "", f"strike-{person_on(desk, late)}": ""})
    assert "Zugelassen würde trotz dieser Mängel" in preview.text
    assert "„Zu spät“: Eingegangen am 28.09.2026 um 18:00:01 Uhr, nach Ablauf der Frist" in preview.text


def test_free_numbers_are_read_by_line_and_shown_before_they_are_decided(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    path = f"/amt/wahl/{place.election_id}/zulassung"
    for typed, told in (
        ("Partei Abwesend", "Zeile 1: „Partei Abwesend“ nennt nicht Nummer und Partei"),
        ("1 Partei A\n\n1: Partei B", "Zeile 3: Die Nummer 1 steht schon darüber"),
        ("3 Partei A", "Die Nummer 3 kann nicht frei bleiben"),
        ("1 Partei A", "Nennen Sie die Bestimmung der Satzung"),
    ):
        refused = office.press(office.open(path), "Vorschau", free_numbers=typed)
        assert refused.status == 422
        assert told in refused.refusal
    preview = office.press(refused, "Vorschau", free_basis="§ 9 Abs. 3 der Satzung")
    assert "Nr. 1 bleibt frei (Partei A) Nr. 2 Internationale Liste" in preview.text
    decided = office.press(preview, "Zulassung abschließen", outside=OUTSIDE)
    assert "Diese Nummern bleiben frei: 1 – Partei A (§ 24 Abs. 1 KWG; § 9 Abs. 3 der Satzung)." in decided.text
    assert [row[0] for row in decided.rows("Eingegangene Wahlvorschläge")] == ["2", "3", "4", "5"]


def test_the_next_step_after_the_decision_is_the_notice(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(path_of(place))
    assert office.open(page.link("Zur Bekanntmachung")).heading == "Zugelassene Wahlvorschläge"
    publish_notice(desk, place.election_id, Announcement.ADMITTED, clock.today())
    assert "Zur Bekanntmachung" not in office.open(path_of(place)).html


def test_a_decision_is_opened_again_with_a_reason_and_made_anew(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(office.open(path_of(place)).link("Neu entscheiden"))
    assert page.heading == "Über die Zulassung neu entscheiden"
    assert office.press(page, "Zulassung wieder öffnen").status == 422
    again = office.press(page, "Zulassung wieder öffnen", reason="Schreibfehler")
    assert again.heading == "Über die Zulassung entscheiden"
    assert "entschieden: Verhältniswahl" in office.press(office.press(again, "Vorschau"), "Zulassung abschließen", outside=OUTSIDE).text


def test_a_person_carries_status_sex_and_published_place(office: Visitor, place: Place, archive: Session) -> None:
    page = received(office, place)
    form = office.open(page.link("Person hinzufügen"))
    more = {"stands_as": "NR2B", "sex": "w", "public_postcode": "01099"}
    refused = office.press(form, "Speichern und fertig", family_name="Kaya", **more)
    assert "Person 1 (Kaya): Zur Erreichbarkeitsanschrift gehören Postleitzahl und Ort" in refused.refusal
    page = office.press(refused, "Speichern und fertig", public_town="Dresden")
    assert "bekannt gemacht wird: 01099 Dresden" in page.text
    (stored,) = nominations(archive, place.election_id)[0].candidates
    assert (stored.stands_as, stored.sex, stored.published_place) == ("NR2B", "w", "01099 Dresden")
    assert "Frauen 1" in office.open(path_of(place)).text


def test_a_refused_nomination_and_a_struck_person_carry_their_reasons(office: Visitor, place: Place, desk: Desk) -> None:
    ids = nominate(desk, place)
    person = nominations(desk.session, place.election_id)[1].candidates[0].candidate_id
    typed = {f"refuse-{ids[0]}": "Kennwort fehlt auf dem Original", f"strike-{person}": "nicht wählbar"}
    preview = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau", **typed)
    assert preview.field("Ganzen Wahlvorschlag zurückweisen, weil …").get("value") == "Kennwort fehlt auf dem Original"
    office.press(preview, "Zulassung abschließen", outside=OUTSIDE)
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


def test_before_the_deadline_the_preview_says_until_when_nominations_come_in(
    office: Visitor, place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    nominate(desk, place)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 20, 9, tzinfo=UTC))
    page = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau")
    assert "Wahlvorschläge können noch bis 28.09.2026 um 18:00 Uhr eingereicht werden" in page.text
    assert "Daraus folgt: Verhältniswahl" in page.text
    assert "Zulassung abschließen" not in page.text


def test_after_the_decision_no_nomination_form_is_opened(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(f"{path_of(place)}/neu")
    assert page.heading == "Wahlvorschläge"
    assert "es lässt sich kein Wahlvorschlag mehr erfassen" in page.html


def test_before_the_deadline_nothing_is_called_beyond_repair(
    office: Visitor, place: Place, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 20, 9, tzinfo=UTC))
    page = received(office, place)
    assert "Der Wahlvorschlag nennt niemanden. (§ 19 Abs. 1 KWG) – noch nicht eingetragen" in page.text
    assert "– nicht behebbar" not in page.text
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC))
    assert "Der Wahlvorschlag nennt niemanden. (§ 19 Abs. 1 KWG) – nicht behebbar" in office.open(page.path).text


def test_who_is_struck_by_law_is_told_in_the_line_of_the_decision(office: Visitor, place: Place, desk: Desk) -> None:
    both = candidate("Doppel", "Dora")
    for keyword in ("Liste A", "Liste B"):
        data = NominationData(keyword, datetime(2026, 9, 1, 10, tzinfo=UTC), (both, candidate(f"Einzel {keyword}")), **PAPERS)
        receive_nomination(desk, place.election_id, data)
    text = office.open(f"/amt/wahl/{place.election_id}/zulassung").text
    assert text.count("1. Doppel, Dora streichen, weil … – optional gestrichen von Gesetzes wegen") == 2
    assert text.count("gestrichen von Gesetzes wegen") == 2


def test_the_original_of_a_copy_is_entered_with_day_and_hour(office: Visitor, place: Place, archive: Session) -> None:
    form = office.open(f"{path_of(place)}/neu")
    head = {"keyword": "Kopie", "received_day": "2026-09-01", "received_hour": "10:00", "channel": "E-Mail"}
    page = office.press(form, "Speichern", **head)
    assert "Der Wahlvorschlag kam nur per E-Mail" in page.text
    change = office.open(page.link("Angaben ändern"))
    refused = office.press(change, "Speichern", original_day="2026-09-02")
    assert (refused.status, "Tag und Uhrzeit" in refused.refusal) == (422, True)
    page = office.press(refused, "Speichern", original_hour="11:30")
    assert "Der Wahlvorschlag kam nur per E-Mail" not in page.text
    assert "Original am 02.09.2026, 11:30:00" in page.text.replace("\u00a0", " ")
    assert office.open(page.link("Angaben ändern")).field("Original um").get("value") == "11:30:00"
    assert nominations(archive, place.election_id)[0].original_received_at_utc == datetime(2026, 9, 2, 9, 30, tzinfo=UTC)


def test_without_a_sitting_the_decision_needs_the_reason(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    preview = office.press(office.open(f"/amt/wahl/{place.election_id}/zulassung"), "Vorschau")
    refused = office.press(preview, "Zulassung abschließen")
    assert refused.status == 422
    assert "Es ist keine Sitzung eröffnet" in refused.refusal
    done = office.press(refused, "Zulassung abschließen", outside=OUTSIDE)
    assert "entschieden: Verhältniswahl" in done.text
    assert OUTSIDE in office.open(f"/amt/wahl/{place.election_id}/amtsbuch").text
