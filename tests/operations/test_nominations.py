"""Receiving nominations and deciding on them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from beiratswahl import clock
from beiratswahl.law.admission import Outcome
from beiratswahl.operations.admission import Decisions, close_nominations, preview
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nomination_checks import defects
from beiratswahl.operations.nominations import NominationData, change_nomination, receive_nomination, withdraw_nomination
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read.nominations import nomination, nominations
from beiratswahl.store.tables.setup import Election
from tests.world import ON_PAPER, PAPERS, Place, candidate, found, nominate

IN_TIME = datetime(2026, 9, 1, 10, tzinfo=UTC)


def test_lists_are_numbered_by_their_last_votes_and_candidates_by_their_list(desk: Desk) -> None:
    place = found(desk)
    ids = nominate(desk, place)
    admission = close_nominations(desk, place.election_id, ON_PAPER)
    assert admission.outcome is Outcome.PROPORTIONAL
    assert admission.order == tuple(ids)
    second = nominations(desk.session, place.election_id)[1]
    assert [(of.ballot_number, of.named) for of in second.candidates[:3]] == [("201", 3), ("202", 2), ("203", 1)]


def test_a_party_of_the_landtag_stands_before_every_list_of_the_council(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    people = tuple(candidate(f"Landtag{at}") for at in range(5))
    received = datetime(2026, 9, 20, 10, tzinfo=UTC)
    party = receive_nomination(desk, place.election_id, NominationData("Zett-Partei", received, people, landtag_votes=1))
    admission = close_nominations(desk, place.election_id, ON_PAPER)
    assert admission.order[0] == party


def test_a_person_on_two_lists_is_struck_from_both_and_the_others_move_up(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    both = candidate("Doppel", "Dora")
    for keyword in ("Liste A", "Liste B"):
        receive_nomination(desk, place.election_id, NominationData(keyword, IN_TIME, (both, candidate(f"Einzel {keyword}")), **PAPERS))
    found_defects = [defect.rule for list_defects in defects(desk.session, place.election_id).values() for defect in list_defects]
    assert found_defects == ["several_nominations", "several_nominations"]
    close_nominations(desk, place.election_id, ON_PAPER)
    last = nominations(desk.session, place.election_id)[-1]
    assert [(of.family_name, of.struck, of.ballot_number) for of in last.candidates] == [
        ("Doppel", True, None),
        ("Einzel Liste B", False, "601"),
    ]


def test_a_late_nomination_is_recorded_with_its_defect(desk: Desk) -> None:
    place = found(desk)
    one_second_late = datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC)
    late = receive_nomination(desk, place.election_id, NominationData("Zu spät", one_second_late, (candidate("Spät"),), **PAPERS))
    (defect,) = defects(desk.session, place.election_id)[late]
    assert (defect.rule, defect.curable) == ("deadline", False)
    assert "18:00:01" in defect.text


def test_not_more_persons_than_seats_means_no_election(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place, (("Eine Liste", 13),))
    assert preview(desk.session, place.election_id, Decisions()).outcome is Outcome.NO_ELECTION


def test_one_list_with_enough_persons_means_majority_vote(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place, (("Eine Liste", 14),))
    assert close_nominations(desk, place.election_id, ON_PAPER).outcome is Outcome.MAJORITY
    rules = rules_of(desk.session, place.election_id)
    assert (rules.system.value, rules.max_votes_per_candidate) == ("Mehrheitswahl", 1)


def test_a_decision_needs_its_reason(desk: Desk) -> None:
    place = found(desk)
    (first, *_) = nominate(desk, place)
    with pytest.raises(Refused, match="Grund"):
        close_nominations(desk, place.election_id, Decisions({first: " "}, outside="auf Papier"))
    assert nominations(desk.session, place.election_id)[0].number is None


def test_a_refused_nomination_gets_no_number(desk: Desk) -> None:
    place = found(desk)
    (first, *others) = nominate(desk, place)
    admission = close_nominations(desk, place.election_id, Decisions({first: "Frist versäumt"}, outside="auf Papier"))
    assert admission.order == tuple(others)
    refused = nomination(desk.session, first)
    assert refused is not None
    assert (refused.number, refused.state) == (None, "zurückgewiesen")


def test_after_the_decision_nothing_changes(desk: Desk) -> None:
    place = found(desk)
    (first, *_) = nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    data = NominationData("Neu", IN_TIME, (candidate("Neu"),))
    for act in (
        lambda: receive_nomination(desk, place.election_id, data),
        lambda: change_nomination(desk, first, data),
        lambda: withdraw_nomination(desk, first, "doch nicht"),
        lambda: close_nominations(desk, place.election_id, ON_PAPER),
    ):
        with pytest.raises(Refused, match="entschieden"):
            act()


def test_a_withdrawn_nomination_does_not_count(desk: Desk) -> None:
    place = found(desk)
    (first, *others) = nominate(desk, place)
    withdraw_nomination(desk, first, "zurückgezogen")
    assert close_nominations(desk, place.election_id, ON_PAPER).order == tuple(others)


@pytest.mark.parametrize("name", ["Mu\u202estermann", "Muster\x07mann", "Muster\u200bmann"])
def test_invisible_characters_in_a_name_are_refused(desk: Desk, name: str) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="Steuerzeichen"):
        receive_nomination(desk, place.election_id, NominationData("Liste", IN_TIME, (candidate(name),)))


def test_names_are_kept_composed(desk: Desk) -> None:
    place = found(desk)
    key = receive_nomination(desk, place.election_id, NominationData("Liste", IN_TIME, (candidate("Mu\u0308ller "),)))
    view = nomination(desk.session, key)
    assert view is not None
    assert view.candidates[0].family_name == "Müller"


def test_missing_papers_of_a_nomination_are_defects_with_their_source(desk: Desk) -> None:
    place = found(desk)
    bare = receive_nomination(desk, place.election_id, NominationData("Ohne Papiere", IN_TIME, (candidate("Kaya"),)))
    found_defects = {of.rule: of for of in defects(desk.session, place.election_id)[bare]}
    assert {"meeting", "contact"} == set(found_defects)
    assert not found_defects["meeting"].curable
    assert "§ 18" in found_defects["meeting"].source
    half = {**PAPERS, "meeting_secret": False, "meeting_present": None, "deputy_street": ""}
    change_nomination(desk, bare, NominationData("Halb", IN_TIME, (candidate("Kaya"),), **half))
    assert [of.rule for of in defects(desk.session, place.election_id)[bare]] == ["meeting_secret", "meeting_details", "contact_address"]


def test_an_office_that_may_not_go_with_membership_needs_the_declaration(desk: Desk) -> None:
    place = found(desk)
    people = (candidate("Kaya", incompatible_office="Sachbearbeitung im Ordnungsamt"), candidate("Haile"))
    key = receive_nomination(desk, place.election_id, NominationData("Liste", IN_TIME, people, **PAPERS))
    (defect,) = defects(desk.session, place.election_id)[key]
    assert (defect.rule, defect.curable) == ("intent", True)
    assert "Sachbearbeitung im Ordnungsamt" in defect.text


def test_a_meeting_cannot_count_fewer_than_nobody(desk: Desk) -> None:
    place = found(desk)
    with pytest.raises(Refused, match="negativ"):
        receive_nomination(desk, place.election_id, NominationData("Liste", IN_TIME, (), **{**PAPERS, "meeting_present": -1}))


def test_the_papers_come_back_as_they_were_entered(desk: Desk) -> None:
    place = found(desk)
    view = nomination(desk.session, nominate(desk, place)[0])
    assert view is not None
    assert {name: getattr(view, name) for name in PAPERS} == PAPERS
    assert view.contact_address == ("Brunnengasse 3", "55999 Musterstadt")


def test_a_name_twice_on_one_list_is_a_defect_that_can_be_cured(desk: Desk) -> None:
    place = found(desk)
    people = (candidate("Kaya"), candidate("Haile"), candidate("Kaya"))
    key = receive_nomination(desk, place.election_id, NominationData("Liste", IN_TIME, people, **PAPERS))
    found_defects = defects(desk.session, place.election_id)[key]
    assert {(of.rule, of.curable) for of in found_defects} == {("written_twice", True)}


def test_a_list_longer_than_allowed_is_a_defect_that_can_be_cured(desk: Desk) -> None:
    place = found(desk)
    people = tuple(candidate(f"Person{at}") for at in range(27))
    key = receive_nomination(desk, place.election_id, NominationData("Lange Liste", IN_TIME, people, **PAPERS))
    (defect,) = defects(desk.session, place.election_id)[key]
    assert (defect.rule, defect.curable) == ("too_many", True)
    assert "höchstens 26" in defect.text


@pytest.mark.parametrize(
    ("details", "why"),
    [
        ({"birth_date": "0080-05-01"}, "Person 2 \\(Kaya\\): Der 01.05.80 kann kein Geburtstag sein"),
        ({"birth_date": "2980-05-01"}, "kann kein Geburtstag sein"),
        ({"public_town": "Mainz"}, "Postleitzahl und Ort"),
        ({"public_postcode": "55116"}, "Postleitzahl und Ort"),
        ({"sex": "f"}, "keine der Angaben"),
        ({"stands_as": "NR3"}, "keine der Angaben"),
        ({"profession": "Leh\u200brer"}, "Person 2 \\(Kaya\\), Beruf: Der Text enthält unsichtbare Steuerzeichen"),
        ({"named": 4}, "Person 2 \\(Kaya\\) kann ein-, zwei- oder dreimal genannt sein"),
        ({"family_name": " "}, "Bei Person 2 fehlt der Familienname"),
    ],
)
def test_what_cannot_be_is_refused_with_person_and_field(desk: Desk, details: dict[str, object], why: str) -> None:
    people = (candidate("Erste"), candidate(**{"family_name": "Kaya", **details}))  # type: ignore[arg-type]
    with pytest.raises(Refused, match=why):
        receive_nomination(desk, found(desk).election_id, NominationData("Liste", IN_TIME, people))


@pytest.mark.parametrize("channel", ["E-Mail", "Telefax"])
def test_a_copy_needs_its_original_before_the_deadline(desk: Desk, channel: str) -> None:
    place = found(desk)
    data = NominationData("Kopie", IN_TIME, (candidate("Kaya"),), channel=channel, **PAPERS)
    nomination_id = receive_nomination(desk, place.election_id, data)
    assert [of.rule for of in defects(desk.session, place.election_id)[nomination_id]] == ["written_form"]
    change_nomination(desk, nomination_id, replace(data, original_received_at_utc=datetime(2026, 9, 28, 16, tzinfo=UTC)))
    assert defects(desk.session, place.election_id)[nomination_id] == ()
    change_nomination(desk, nomination_id, replace(data, original_received_at_utc=datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC)))
    assert [of.rule for of in defects(desk.session, place.election_id)[nomination_id]] == ["written_form"]


def test_before_the_deadline_for_nominations_nothing_is_decided(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = found(desk)
    nominate(desk, place)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 28, 16, tzinfo=UTC))
    with pytest.raises(Refused, match=r"noch bis 28\.09\.2026 um 18:00 Uhr eingereicht werden"):
        close_nominations(desk, place.election_id, ON_PAPER)
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC))
    assert close_nominations(desk, place.election_id, ON_PAPER).outcome is Outcome.PROPORTIONAL


def test_rules_the_ballot_rests_on_are_confirmed_before_the_admission(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    drop_confirmations(desk, place, "remaining_votes")
    with pytest.raises(Refused, match="1 Regel ist noch nicht bestätigt"):
        close_nominations(desk, place.election_id, ON_PAPER)


def test_the_deadline_for_applications_does_not_stop_the_admission(desk: Desk) -> None:
    place = found(desk)
    nominate(desk, place)
    drop_confirmations(desk, place, "application_deadline")
    assert close_nominations(desk, place.election_id, ON_PAPER).outcome is Outcome.PROPORTIONAL


def drop_confirmations(desk: Desk, place: Place, key: str) -> None:
    """As if nobody had confirmed this rule yet."""
    election = desk.session.get_one(Election, place.election_id)
    kept = [one for one in election.rule_layers["confirmations"] if one["key"] != key]
    election.rule_layers = {**election.rule_layers, "confirmations": kept}
    desk.session.commit()


@pytest.mark.parametrize("told", ["", "  "])
def test_without_a_sitting_nothing_is_decided_unless_somebody_says_why(desk: Desk, told: str) -> None:
    place = found(desk)
    nominate(desk, place)
    with pytest.raises(Refused, match="Es ist keine Sitzung eröffnet"):
        close_nominations(desk, place.election_id, Decisions(outside=told))
    assert {one.state for one in nominations(desk.session, place.election_id)} == {"eingereicht"}
