"""Information before the election: frozen, numbered, hashed, replaced by the next one, withdrawn with a reason and still there."""

import hashlib

import pytest

from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.information import publish_information, sheet_of, standing, unsaid, withdraw_information
from beiratswahl.operations.setup import Imprint, change_municipality
from beiratswahl.store.read import journal, published, setup
from tests.world import Place, found

CONTACT = "Beirat der Stadt\n  Lindenweg 1 \n\nTelefon 12"


def say_contacts(desk: Desk, place: Place, council: str = CONTACT) -> None:
    present = setup.municipality(desk.session, place.municipality_id)
    known = {name: getattr(present, name) for name in Imprint.__dataclass_fields__}
    change_municipality(
        desk, place.municipality_id, Imprint(**{**known, "council_contact": council, "commissioner_contact": "Samira Beispiel"})
    )


def test_information_says_what_the_rules_of_this_election_say(desk: Desk) -> None:
    place = found(desk, residence_months=3)
    say_contacts(desk, place)
    sheet = sheet_of(desk.session, place.election_id)
    assert (sheet["seats"], sheet["system"], sheet["voting_mode"], sheet["age"]) == (13, "Verhältniswahl", "nur Briefwahl", 16)
    assert sheet["council_contact"] == ["Beirat der Stadt", "Lindenweg 1", "Telefon 12"]
    due = {of["key"]: of["at"] for of in sheet["deadlines"]}
    assert due["applications"] == "2026-11-13T18:00"
    assert due["latest_arrival"] == "2026-08-15"
    assert "ballots_destroyable" not in due
    assert unsaid(sheet) == ()


def test_missing_contacts_are_named_and_stop_nobody(desk: Desk) -> None:
    place = found(desk)
    assert unsaid(sheet_of(desk.session, place.election_id)) == ("Kontakt des Beirats", "Kontakt der oder des Beauftragten")
    assert publish_information(desk, place.election_id) == 1


def test_information_without_any_way_to_the_office_is_not_published(desk: Desk) -> None:
    place = found(desk)
    present = setup.municipality(desk.session, place.municipality_id)
    known = {name: getattr(present, name) for name in Imprint.__dataclass_fields__}
    nowhere = {"street": "", "postcode": "", "town": "", "phone": "", "email": ""}
    change_municipality(desk, place.municipality_id, Imprint(**{**known, **nowhere}))
    with pytest.raises(Refused, match="wüsste nicht, wohin"):
        publish_information(desk, place.election_id)
    change_municipality(desk, place.municipality_id, Imprint(**{**known, **nowhere, "phone": "06998 1"}))
    assert publish_information(desk, place.election_id) == 1


def test_the_papers_have_their_days_where_they_come_by_themselves(desk: Desk) -> None:
    place = found(desk)
    due = {of["key"]: of["at"] for of in sheet_of(desk.session, place.election_id)["deadlines"]}
    assert due["postal_dispatch_begins"] < due["postal_dispatch_ends"] < due["voting_certificates"]


def test_published_information_is_frozen_with_its_checksum_and_in_the_journal(desk: Desk) -> None:
    place = found(desk)
    publish_information(desk, place.election_id)
    (view,) = published.information(desk.session, place.election_id)
    text = published.information_text(desk.session, place.election_id, 1)
    say_contacts(desk, place)
    assert published.information(desk.session, place.election_id) == (view,)
    assert view.sha256 == hashlib.sha256((text or "").encode()).hexdigest()
    (entry,) = [of for of in journal.entries(desk.session, place.municipality_id) if of.act == "Informationen zur Wahl veröffentlicht"]
    assert view.sha256 in entry.details


def test_the_same_information_is_not_published_twice_and_new_information_replaces_it(desk: Desk) -> None:
    place = found(desk)
    publish_information(desk, place.election_id)
    with pytest.raises(Refused, match="stehen schon da"):
        publish_information(desk, place.election_id)
    say_contacts(desk, place)
    assert publish_information(desk, place.election_id) == 2
    shown = standing(desk.session, place.election_id)
    assert shown is not None
    assert shown.number == 2


def test_withdrawn_information_stays_with_its_notice(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="keine Informationen"):
        withdraw_information(desk, place.election_id, "falsch")
    publish_information(desk, place.election_id)
    before = published.state(desk.session)
    with pytest.raises(Refused, match="Grund"):
        withdraw_information(desk, place.election_id, "  ")
    withdraw_information(desk, place.election_id, "Die Frist war falsch.")
    assert standing(desk.session, place.election_id) is None
    (view,) = published.information(desk.session, place.election_id)
    assert view.withdrawal_notice == "Die Frist war falsch."
    assert published.state(desk.session) != before
    with pytest.raises(Refused, match="keine Informationen"):
        withdraw_information(desk, place.election_id, "noch einmal")
    assert publish_information(desk, place.election_id) == 2


def test_information_of_an_election_whose_rules_are_open_is_refused(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused):
        publish_information(desk, place.election_id + 99)
