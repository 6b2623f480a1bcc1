"""The office door: everything that is printed before the election."""

from io import BytesIO

from sqlalchemy.orm import Session

from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import NominationData, receive_nomination
from beiratswahl.store.read.nominations import nomination
from tests.documents.conftest import text_in
from tests.doors.pages import Visitor
from tests.operations.test_admission_papers import LATE
from tests.world import ON_PAPER, Place, candidate, nominate


def base(place: Place) -> str:
    return f"/amt/wahl/{place.election_id}/schriftstuecke"


def pdf(office: Visitor, address: str) -> str:
    response = office.client.get(address)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    return text_in(response.data)


def test_every_link_of_the_page_gives_its_paper(office: Visitor, place: Place, desk: Desk) -> None:
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    page = office.open(base(place))
    assert page.heading == "Schriftstücke"
    for text, said in (
        ("Aufforderung zur Einreichung von Wahlvorschlägen, Entwurf (PDF)", "Fristende"),
        ("Zugelassene Wahlvorschläge, Entwurf (PDF)", "Person101"),
        ("Wahlbekanntmachung, Entwurf (PDF)", "Jede wahlberechtigte Person hat 13 Stimmen."),
        ("Stimmzettel (PDF)", "Sie haben 13 Stimmen."),
        ("Stimmzettel mit Aufdruck „Muster“ (PDF)", "Muster"),
        ("Stimmzettelschablone (PDF)", "Begleittext"),
        ("Fristenplan zum Aushängen (PDF)", "§ 75 KWG"),
    ):
        assert said in pdf(office, page.link(text))
    calendar = office.client.get(page.link("Fristen für den Kalender (ICS)"))
    assert calendar.mimetype == "text/calendar"


def test_the_chosen_day_stands_under_the_notice(office: Visitor, place: Place) -> None:
    page = office.open(f"{base(place)}?datum=2026-08-28")
    assert "den 28. August 2026" in pdf(office, page.link("Aufforderung zur Einreichung von Wahlvorschlägen, Entwurf (PDF)"))


def test_too_early_is_said_in_words(office: Visitor, place: Place) -> None:
    page = office.open(f"{base(place)}/druck/stimmzettel.pdf")
    assert page.status == 422
    assert "§ 23 KWG" in page.refusal
    assert office.client.get(f"{base(place)}/druck/anderes.pdf").status_code == 404
    assert office.client.get(f"{base(place)}/bekanntmachung/anderes.pdf").status_code == 404


def test_a_flawed_nomination_gets_its_letter(office: Visitor, place: Place, desk: Desk) -> None:
    receive_nomination(desk, place.election_id, NominationData("Zu spät", LATE, (candidate("Kaya"),), contact_name="Emre Kaya"))
    page = office.open(base(place))
    assert "nach Ablauf der Frist am 28.09.2026" in pdf(office, page.link("Mängel von „Zu spät“ (PDF)"))


def test_a_letter_about_a_nomination_elsewhere_is_not_found(
    office: Visitor, place: Place, elsewhere: Place, desk: Desk, archive: Session
) -> None:
    foreign = receive_nomination(desk, elsewhere.election_id, NominationData("Fremd", LATE, (candidate("Kaya"),)))
    assert office.client.get(f"{base(place)}/maengel/{foreign}.pdf").status_code == 404


def test_a_filled_template_is_read_and_a_spoilt_one_changes_nothing(office: Visitor, place: Place, desk: Desk, archive: Session) -> None:
    first, *_ = nominate(desk, place)
    view = nomination(archive, first)
    assert view is not None
    address = f"/amt/wahl/{place.election_id}/wahlvorschlaege/{first}"
    table = office.client.get(f"{address}/personen.xlsx").data
    page = office.open(office.open(address).link("Aus einer Tabelle einlesen"))
    spoilt = office.press(page, "Einlesen", file=(BytesIO(b"kein Excel"), "x.xlsx"))
    assert spoilt.status == 422
    assert "XLSX" in spoilt.refusal
    after = office.press(page, "Einlesen", file=(BytesIO(table), "x.xlsx"), replace_all="y")
    assert after.heading == "Internationale Liste"
    assert len(after.rows("Personen in der Reihenfolge des Wahlvorschlags")) == len(view.candidates) == 13
    assert office.client.get(f"/amt/wahl/{place.election_id}/wahlvorschlaege/vorlage.xlsx").status_code == 200


def test_an_enormous_photo_is_refused_in_words_and_nothing_is_lost(office: Visitor, place: Place, desk: Desk, archive: Session) -> None:
    first, *_ = nominate(desk, place)
    address = f"/amt/wahl/{place.election_id}/wahlvorschlaege/{first}"
    token = office.open(f"{address}/einlesen").form("Einlesen").find(".//input[@name='csrf_token']")
    assert token is not None
    head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
    parts = [
        (head.format("csrf_token", "") + (token.get("value") or "")).encode(),
        head.format("file", '; filename="foto.jpg"').encode() + b"\xff\xd8\xff" + bytes(80_000_000),
    ]
    body = b"--x\r\n" + b"\r\n--x\r\n".join(parts) + b"\r\n--x--\r\n"
    answer = office.client.post(f"{address}/einlesen", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (413, 422)
    assert "größer als 2 MB" in answer.text or "zu groß" in answer.text
    view = nomination(archive, first)
    assert view is not None
    assert len(view.candidates) == 13


def test_the_head_of_a_nomination_is_read_from_the_second_sheet(office: Visitor, place: Place, desk: Desk, archive: Session) -> None:
    first, second, *_ = nominate(desk, place)
    source = f"/amt/wahl/{place.election_id}/wahlvorschlaege/{first}/personen.xlsx"
    table = office.client.get(source).data
    page = office.open(f"/amt/wahl/{place.election_id}/wahlvorschlaege/{second}/einlesen")
    office.press(page, "Einlesen", file=(BytesIO(table), "x.xlsx"), replace_all="y", with_head="y")
    view = nomination(archive, second)
    assert view is not None
    assert (view.keyword, len(view.candidates), view.meeting_present) == ("Internationale Liste", 13, 24)
