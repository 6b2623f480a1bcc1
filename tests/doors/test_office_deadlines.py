"""The office door: the calendar with the next step first, ticks by hand and their removal."""

from datetime import timedelta

from beiratswahl import clock
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.notices import publish_notice
from tests.doors.pages import Visitor
from tests.world import ON_PAPER, Place, nominate

TO_DO = "Was das Wahlamt noch zu tun hat"


def address(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/fristen"


def test_the_next_step_stands_first_and_leads_to_its_page(office: Visitor, place: Place) -> None:
    page = office.open(address(place))
    assert "Spätester Tag der Aufforderung" in page.text[:600]
    assert page.link("Jetzt erledigen").endswith("/schriftstuecke/bekanntmachen/aufforderung")


def test_an_act_ticks_its_deadline_and_a_hand_the_others(office: Visitor, place: Place, desk: Desk) -> None:
    publish_notice(desk, place.election_id, Announcement.CALL, clock.today())
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(address(place))
    done = " ".join(" ".join(row) for row in page.rows("Erledigte Fristen"))
    assert "Bekanntmachung Nr. 1" in done
    assert "Zulassung abgeschlossen" in done
    page = office.press(
        page, "Abhaken: Letzter Tag für den Versand der Briefwahlunterlagen an alle von Amts wegen Eingetragenen.", note="Post"
    )
    assert "Post" in " ".join(" ".join(row) for row in page.rows("Erledigte Fristen"))
    page = office.press(page, "Haken entfernen")
    assert "Post" not in page.text


def test_a_tick_under_a_day_to_come_or_on_what_ticks_itself_is_refused(office: Visitor, place: Place) -> None:
    page = office.open(address(place))
    button = "Abhaken: Letzter Tag für den Versand der Briefwahlunterlagen an alle von Amts wegen Eingetragenen."
    ahead = office.press(page, button, done_on=(clock.today() + timedelta(days=2)).isoformat())
    assert "Zukunft" in ahead.refusal
    assert "Geben Sie den Tag ein" in office.press(page, button, done_on="").refusal
    token = {one.get("name"): one.get("value") for one in page.form(button).iter("input") if one.get("type") == "hidden"}
    by_act = office.client.post(f"{address(place)}/admission/abhaken", data={**token, "done_on": "2026-01-01"})
    assert by_act.status_code == 422
    assert office.client.post(f"{address(place)}/erfunden/abhaken", data=token).status_code == 404
