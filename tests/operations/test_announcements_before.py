"""Notices before the election: complete with every date and address, and nothing published that must not be."""

from datetime import UTC, date, datetime

import pytest

from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.announcements_before import Announcement, announcement
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nominations import NominationData, receive_nomination
from tests.documents.conftest import text_in
from tests.world import ON_PAPER, admitted, candidate, found, nominate

DAY = date(2026, 9, 1)


def text(desk: Desk, election_id: int, which: Announcement) -> str:
    return text_in(announcement(desk.session, election_id, which, DAY))


def test_the_call_says_until_when_where_and_what(desk: Desk) -> None:
    said = text(desk, found(desk).election_id, Announcement.CALL)
    for statement in (
        "Wahltag und Aufforderung zur Einreichung von Wahlvorschlägen für die Wahl des Beirates für Migration und Integration",
        "Wahltag Sonntag, 15. November 2026",
        "Zu wählen 13 Mitglieder",
        "Fristende Montag, 28. September 2026, 18:00 Uhr",
        "Wahlamt der Stadt Musterstadt Rathausplatz 1 55999 Musterstadt",
        "höchstens 26 Personen",
        "bis zu 3-mal genannt",
        "Ausschlussfrist",
        "§ 56 Abs. 3 GemO",
        "Musterstadt, den 1. September 2026",
    ):
        assert statement in said


def test_the_person_model_asks_for_no_keyword_and_no_meeting(desk: Desk) -> None:
    place = found(desk, system="Mehrheitswahl", nomination_model="Personenmodell", max_candidates_factor="3/2", seats=4)
    said = text(desk, place.election_id, Announcement.CALL)
    assert "Kennwort" not in said
    assert "Versammlung" not in said
    assert "höchstens 6 Personen" in said


def test_inspection_says_when_where_and_who_has_to_apply(desk: Desk) -> None:
    said = text(desk, found(desk).election_id, Announcement.INSPECTION)
    for statement in (
        "Montag, 26. Oktober 2026 bis Freitag, 30. Oktober 2026",
        "ausländische und staatenlose Einwohnerinnen",
        "Nur auf Antrag eingetragen werden, bis Freitag, 13. November 2026, 18:00 Uhr",
        "Eingebürgerte",
        "§ 13 KWO",
    ):
        assert statement in said


def test_admitted_persons_are_published_with_year_and_place_only(desk: Desk) -> None:
    place = admitted(desk)
    said = text(desk, place.election_id, Announcement.ADMITTED)
    assert "Wahlvorschlag 2 „Gemeinsam für Musterstadt“" in said
    assert "201 Person201, Ada (dreifach genannt) 1980 55999 Musterstadt" in said
    for secret in ("1980-05-01", "1. Mai 1980", "01.05.1980", "Hauptstraße", "Lehrkraft", "163"):
        assert secret not in said


def test_struck_persons_and_refused_lists_are_not_announced(desk: Desk) -> None:
    place = found(desk)
    ids = nominate(desk, place)
    close_nominations(desk, place.election_id, Decisions({ids[3]: "Kennwort fehlt."}, outside="auf Papier"))
    assert "Junge Stimmen" not in text(desk, place.election_id, Announcement.ADMITTED)


def test_no_election_is_announced_with_its_reason_and_what_follows(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place, (("Internationale Liste", 13),))
    close_nominations(desk, place.election_id, ON_PAPER)
    said = text(desk, place.election_id, Announcement.NO_ELECTION)
    assert "Zugelassen: 1 Wahlvorschlag mit 13 Personen; zu wählende Mitglieder: 13." in said
    assert "§ 56a GemO" in said
    for which in (Announcement.ADMITTED, Announcement.ELECTION):
        with pytest.raises(Refused, match="findet nicht statt"):
            announcement(desk.session, place.election_id, which, DAY)


def test_the_election_notice_says_how_to_vote_as_the_ballot_does(desk: Desk) -> None:
    place = admitted(desk)
    said = text(desk, place.election_id, Announcement.ELECTION)
    for statement in (
        "Jede wahlberechtigte Person hat 13 Stimmen.",
        "Eine Person kann von Ihnen bis zu 3 Stimmen bekommen.",
        "bis Sonntag, 15. November 2026, 18:00 Uhr eingegangen",
        "Stimmbezirk 1 Briefwahlbezirk Nord",
        "§ 107a StGB",
        "Stimmzettelschablone",
    ):
        assert statement in said


@pytest.mark.parametrize("which", [Announcement.ADMITTED, Announcement.ELECTION, Announcement.NO_ELECTION])
def test_before_the_decision_nothing_that_follows_from_it_is_announced(desk: Desk, which: Announcement) -> None:
    with pytest.raises(Refused, match="Zulassung"):
        announcement(desk.session, found(desk).election_id, which, DAY)


def test_the_same_day_gives_the_same_bytes(desk: Desk) -> None:
    place = found(desk)
    first, second = (announcement(desk.session, place.election_id, Announcement.CALL, DAY) for _ in range(2))
    assert first == second
    assert announcement(desk.session, place.election_id, Announcement.CALL, date(2026, 9, 2)) != first


def test_a_district_cites_its_own_order(desk: Desk) -> None:
    place = found(desk)
    receive_nomination(
        desk, place.election_id, NominationData("Liste", datetime(2026, 9, 1, tzinfo=UTC), tuple(candidate(f"P{at}") for at in range(3)))
    )
    close_nominations(desk, place.election_id, ON_PAPER)
    assert "§ 49a" not in text(desk, place.election_id, Announcement.NO_ELECTION)


def test_a_blocked_address_is_replaced_by_the_one_where_the_person_can_be_reached_and_nobodys_sex_is_told(desk: Desk) -> None:
    place = found(desk, seats=1, max_named=1)
    blocked = candidate("Gesperrt", public_postcode="55116", public_town="Mainz", sex="w", stands_as="NR2B")
    open_ = candidate("Offen", postcode="55218", town="Ingelheim", sex="d")
    for keyword, person in (("Liste A", blocked), ("Liste B", open_)):
        receive_nomination(desk, place.election_id, NominationData(keyword, datetime(2026, 9, 1, 10, tzinfo=UTC), (person,)))
    close_nominations(desk, place.election_id, ON_PAPER)
    said = text(desk, place.election_id, Announcement.ADMITTED)
    assert "Gesperrt, Ada 1980 55116 Mainz" in said
    assert "Offen, Ada 1980 55218 Ingelheim" in said
    for never in ("weiblich", "divers", "Geschlecht", "NR2B", "Einbürgerung", "55999 Musterstadt Offen"):
        assert never not in said
