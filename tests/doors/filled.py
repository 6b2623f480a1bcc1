"""Elections in which there is something to open: nominations, a roll, recorded ballots and published versions."""

import io
from datetime import date, timedelta
from pathlib import Path

from beiratswahl import clock
from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.law.boards import Function
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import boards, counting, screens, setup, teams
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import Decisions, close_nominations
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.roll import import_register
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.read import count_units as read_units
from beiratswahl.store.read import teams as read_teams
from beiratswahl.store.read.roll import person_page
from beiratswahl.store.read.roll_views import PersonFilter
from beiratswahl.store.tables.setup import Election
from tests.documents import samples
from tests.doors import publications
from tests.world import CHOICES, ELECTION_DAY, Place, nominate


def second_election(desk: Desk, first: Place) -> Place:
    """Another election of the same municipality, a week later."""
    day = ELECTION_DAY + timedelta(days=7)
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
    close_nominations(desk, place.election_id, Decisions())
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
    asked = teams.ask(desk, secret, ["Gül Eins", "Hans Zwei", "Ida Drei"])
    screen = screens.open_screen(desk, place.election_id, None)
    (opened,) = read_units.screens(desk.session, place.election_id)
    (team,) = read_teams.teams(desk.session, place.districts[0])
    return {
        "member_id": member_id,
        "team_id": team.team_id,
        "device_id": asked.device_id,
        "secret": secret,
        "screen": screen,
        "screen_id": opened.screen_id,
        "closing": ballots,
        "nomination_id": nomination_id,
        "position": 1,
        "person_id": persons.lines[0].id,
        "number": ballots,
    }
