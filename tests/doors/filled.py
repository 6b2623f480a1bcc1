"""Elections in which there is something to open: nominations, a roll, recorded ballots and published versions."""

import io
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.law.boards import Function
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.law.rules import Ground
from beiratswahl.operations import boards, counting, screens, setup, team_devices, teams
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.committee import SittingData, plan_sitting
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_corrections import Kind
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_letter_keeping import write_letter
from beiratswahl.operations.roll_letters import letter_on_application
from beiratswahl.operations.roll_objections import ObjectionData, record_objection
from beiratswahl.operations.roll_unregistered import UnregisteredPerson, record_unregistered
from beiratswahl.operations.signatures import enter_signature
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.read import count_units as read_units
from beiratswahl.store.read import teams as read_teams
from beiratswahl.store.read.roll import person_page
from beiratswahl.store.read.roll_views import PersonFilter
from beiratswahl.store.tables.appointments import AppointedMember
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.mandates import MandateEvent
from beiratswahl.store.tables.roll_book import HouseRange, VotingCertificate
from beiratswahl.store.tables.roll_cases import RollClarification
from beiratswahl.store.tables.setup import Election
from tests.documents import samples
from tests.doors import publications
from tests.world import CHOICES, ELECTION_DAY, ON_PAPER, Place, nominate


def second_election(desk: Desk, first: Place) -> Place:
    """Another election of the same municipality, a week earlier."""
    day = ELECTION_DAY - timedelta(days=7)
    rule_set = RuleSet(day, layer_of(Origin.BYLAW, {**PRESETS["listenmodell"].values, "seats": 13}, "Satzung"))
    data = setup.ElectionData(day, ("07999000",), "Satzung vom 1. Juni 2026", rule_set)
    election_id = setup.set_up_election(desk, first.municipality_id, data)
    for key in setup.rule_set(desk.session, election_id).to_be_confirmed():
        setup.confirm_rule(desk, election_id, key, CHOICES[key], "Beschluss des Wahlausschusses")
    districts = [setup.create_district(desk, election_id, number, f"Briefwahl {number}", postal=True) for number in (1, 2)]
    return Place(first.municipality_id, election_id, (districts[0], districts[1]))


def fill(desk: Desk, place: Place, day: date, ballots: int, folder: Path) -> dict[str, object]:
    """Nominations, a roll, ballots and published versions; returns what their addresses carry."""
    nomination_id = nominate(desk, place)[0]
    for number in range(1, ballots + 1):
        enter_signature(desk, nomination_id, None, f"Unbekannt {number}")
        plan_sitting(desk, place.election_id, SittingData(clock.now(), "Rathaus", ("Eröffnung",), (("Vorsitz", CommitteeFunction.CHAIR),)))
    close_nominations(desk, place.election_id, ON_PAPER)
    export = folder / f"{place.election_id}.csv"
    stream = io.BytesIO()
    write_register(stream, 5, seed=place.election_id, election_day=day)
    export.write_bytes(stream.getvalue())
    import_register(desk, place.election_id, export)
    for number in range(ballots):
        counting.record_ballot(desk, place.districts[0], f"client-{number}", Ballot(marks={"101": 1}, findings=(Finding.ADDITION,)))
        publish_notice(desk, place.election_id, (Announcement.CALL, Announcement.INSPECTION)[number], clock.today())
    election = desk.session.get_one(Election, place.election_id)
    publications.publish(desk.session, election, samples.preliminary())
    if ballots > 1:
        publications.publish(desk.session, election, samples.proportional())
    desk.session.commit()
    persons = person_page(desk.session, place.election_id, PersonFilter(entitled=None))
    member_id = boards.appoint_member(desk, place.districts[0], "Dana Vorsitz", Function.CHAIR)
    secret = teams.issue_link(desk, place.districts[0], 1)
    asked = team_devices.ask(desk, secret, ["Gül Eins", "Hans Zwei", "Ida Drei"])
    screen = screens.open_screen(desk, place.election_id, None)
    (opened,) = read_units.screens(desk.session, place.election_id)
    (team,) = read_teams.teams(desk.session, place.districts[0])
    cases = open_cases(desk, place, day, [line.id for line in persons.lines])
    person_id = _entered(desk, place, int(str(cases["other_id"])))
    certificate = _certificate(place, person_id)
    event, appointed = _mandate_event(place), _appointed(place)
    clarification = _clarification(place, person_id)
    houses = HouseRange(
        municipality_id=place.municipality_id,
        election_id=place.election_id,
        name="1",
        street="Ring",
        first_number=1,
        last_number=9,
        side="alle",
        district_id=place.districts[0],
    )
    desk.session.add_all((certificate, event, appointed, clarification, houses))
    desk.session.commit()
    return {
        "certificate_id": certificate.id,
        "clarification_id": clarification.id,
        "range_id": houses.id,
        "event_id": event.id,
        "appointment_id": appointed.id,
        "member_id": member_id,
        "team_id": team.team_id,
        "device_id": asked.device_id,
        "secret": secret,
        "screen": screen,
        "screen_id": opened.screen_id,
        "closing": ballots,
        "nomination_id": nomination_id,
        "position": 1,
        "person_id": person_id,
        "number": ballots,
        **cases,
    }


def open_cases(desk: Desk, place: Place, day: date, people: list[int]) -> dict[str, object]:
    """An application, an objection, a letter and a pair of persons in the roll; what their addresses carry."""
    received = datetime.combine(day - timedelta(days=18), time(9), tzinfo=UTC)
    outcome = record_application(desk, people[0], ApplicationData(Ground.NR2B, received, Channel.POST, second_look=True))
    guest = UnregisteredPerson("Okafor", "Ada", "01.05.1980", "w", "232", "07999000", "01.02.2024", "Botschaftsweg", "3", "67999", "Ort")
    record_unregistered(desk, place.election_id, guest, ApplicationData(Ground.NR1, received, Channel.POST, "Versicherung"))
    open_roll(desk, place.election_id, {str(number): place.districts[0] for number in range(100)} | {"": place.districts[0]})
    objection_id = record_objection(desk, people[0], ObjectionData("Ada Beschwert", received, Kind.STRIKE, "wohnt dort nicht"))
    record_application(desk, people[1], ApplicationData(Ground.NR2B, received, Channel.POST))
    letter_id, _ = write_letter(desk, letter_on_application(desk.session, place.election_id, people[1]))
    return {
        "application_id": outcome.application_id,
        "objection_id": objection_id,
        "letter_id": letter_id,
        "other_id": people[1],
    }


def _entered(desk: Desk, place: Place, other_id: int) -> int:
    """Somebody who stands in the roll and is not the other one."""
    query = select(RollEntry.person_id).where(RollEntry.election_id == place.election_id, RollEntry.person_id != other_id)
    return desk.session.scalars(query.order_by(RollEntry.id)).first() or 0


def _certificate(place: Place, person_id: int) -> VotingCertificate:
    """A row of its own: by the clock of these tests the election is over, and no Wahlschein is issued any more."""
    return VotingCertificate(
        municipality_id=place.municipality_id,
        election_id=place.election_id,
        number="1",
        running=1,
        person_id=person_id,
        district_id=place.districts[0],
        issued_at_utc=clock.now(),
        issued_by="Aufbau",
        delivery="per Post",
        reason="",
        after_closing=False,
        invalidated_by="",
        invalid_reason="",
    )


def _clarification(place: Place, person_id: int) -> RollClarification:
    """A row of its own: nothing is unclear about this person."""
    return RollClarification(
        municipality_id=place.municipality_id,
        election_id=place.election_id,
        person_id=person_id,
        matter="Staatsangehörigkeit",
        finding="staatenlos",
        facts={"nationalities": "997"},
        register_state="",
        proof_kind="Reiseausweis",
        reason="eingesehen",
        recorded_at_utc=clock.now(),
        recorded_by="Aufbau",
    )


def _appointed(place: Place) -> AppointedMember:
    return AppointedMember(
        municipality_id=place.municipality_id,
        election_id=place.election_id,
        name="Ada Berufen",
        appointed_on=ELECTION_DAY,
        reason="Stadtrat",
        recorded_by="Aufbau",
        recorded_at_utc=clock.now(),
    )


def _mandate_event(place: Place) -> MandateEvent:
    """A row of its own: nothing is determined in these elections."""
    return MandateEvent(
        municipality_id=place.municipality_id,
        election_id=place.election_id,
        person="101",
        kind="Tod",
        day=ELECTION_DAY,
        reason="",
        recorded_by="Aufbau",
        recorded_at_utc=clock.now(),
    )
