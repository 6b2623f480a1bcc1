"""An application is read in: the office chooses the person, the case is filled in, nothing is taken over unseen."""

from dataclasses import replace
from io import BytesIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.documents.application_code import encoded
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.documents.test_application_form import PERSON
from tests.doors.pages import Visitor
from tests.doors.test_office_roll import export, taken_over
from tests.world import Place


def test_a_code_of_another_election_or_none_is_refused(office: Visitor, place: Place) -> None:
    path = f"/amt/wahl/{place.election_id}/verzeichnis/antrag-einlesen"
    for filled, why in (
        ({"code": encoded(replace(PERSON, election_day="2024-11-10"))}, "für eine andere Wahl"),
        ({"code": encoded(replace(PERSON, ags="07315000"))}, "für eine andere Wahl"),
        ({"code": "4006381333931"}, "kein Code eines Antrags"),
        ({"code": encoded(PERSON)[:-8]}, "beschädigt"),
        ({"code": "", "file": (BytesIO(b"GIF89a"), "foto.gif")}, "kein lesbares Bild"),
        ({"code": ""}, "Wählen Sie das Foto"),
    ):
        refused = office.press(office.open(path), "Einlesen", **filled)
        assert (refused.status, why in refused.refusal) == (422, True)


def test_a_typed_code_leads_to_the_person_and_fills_in_the_case(office: Visitor, place: Place, archive: Session) -> None:
    taken_over(office, place, export())
    someone = archive.scalars(select(RegisteredPerson).where(func.length(RegisteredPerson.birth_date) == 10)).first()
    assert someone is not None
    applied = replace(PERSON, family_name=someone.family_name, given_names=someone.given_names, birth_date=someone.birth_date)
    path = f"/amt/wahl/{place.election_id}/verzeichnis/antrag-einlesen"
    page = office.press(office.open(path), "Einlesen", code=encoded(applied).lower())
    assert page.heading == "Zu welcher Person gehört der Antrag?"
    assert page.rows("Personen im Melderegister, die gemeint sein können")[0][0] == f"{someone.family_name}, {someone.given_names}"
    form = office.open(page.link(f"Antrag für {someone.family_name}, {someone.given_names} erfassen"))
    assert form.field("Nur bei Nr. 2 d): der Elternteil ist").find("*[@selected]").get("value") == "Ausländer"
    assert [one.get("value") for one in form.tree.iter("input") if one.get("name") == "ground" and one.get("checked") is not None] == [
        "NR2D"
    ]


def test_nobody_with_this_birthday_leads_to_the_search(office: Visitor, place: Place) -> None:
    path = f"/amt/wahl/{place.election_id}/verzeichnis/antrag-einlesen"
    page = office.press(office.open(path), "Einlesen", code=encoded(PERSON))
    assert "ist niemand mit diesem Namen oder Geburtsdatum" in page.text
    assert "Person suchen" in page.links
