"""An election before its day: information, notices and admitted lists are published, no result."""

from datetime import timedelta

from beiratswahl import clock
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import setup
from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.information import publish_information
from beiratswahl.operations.notices import publish_notice, withdraw_notice
from beiratswahl.store.read.setup import municipality
from tests.world import CHOICES, ON_PAPER, Place, found, nominate

AGS, TOWN = "07997000", "Stadt Beispielburg"
COUNCIL_LINES = "Beirat für Migration und Integration\nHaus der Vereine, Lindenweg 1\nTelefon 06998 77"
COMMISSIONER_LINES = "Samira Beispiel, Beauftragte für Migration und Integration\nRathaus, Zimmer 12\nTelefon 06998 12"
WITHDRAWN = "Die Frist war falsch."


def announce(desk: Desk, in_days: int = 40) -> int:
    """Number of an election that many days from now, with 4 admitted lists, information, three notices, the first one withdrawn."""
    place = coming(desk, in_days)
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    publish_information(desk, place.election_id)
    first = publish_notice(desk, place.election_id, Announcement.CALL, clock.today(), "Amtsblatt Nr. 36")
    withdraw_notice(desk, place.election_id, first, WITHDRAWN)
    publish_notice(desk, place.election_id, Announcement.CALL, clock.today())
    publish_notice(desk, place.election_id, Announcement.ADMITTED, clock.today())
    desk.session.commit()
    return place.election_id


def coming(desk: Desk, in_days: int) -> Place:
    """An election that many days from now, of which nothing is published."""
    first = found(desk, ags=AGS, name=TOWN)
    present = municipality(desk.session, first.municipality_id)
    known = {name: getattr(present, name) for name in setup.Imprint.__dataclass_fields__}
    contacts = {"council_contact": COUNCIL_LINES, "commissioner_contact": COMMISSIONER_LINES}
    setup.change_municipality(desk, first.municipality_id, setup.Imprint(**{**known, **contacts}))
    day = clock.today() + timedelta(days=in_days)
    rule_set = RuleSet(day, layer_of(Origin.BYLAW, {**PRESETS["listenmodell"].values, "seats": 13}, "Satzung"))
    data = setup.ElectionData(day, (AGS,), "Satzung vom 1. Juni 2026", rule_set)
    election_id = setup.set_up_election(desk, first.municipality_id, data)
    for key in setup.rule_set(desk.session, election_id).to_be_confirmed():
        setup.confirm_rule(desk, election_id, key, CHOICES[key], "Beschluss des Wahlausschusses")
    districts = [setup.create_district(desk, election_id, number, f"Briefwahl {number}", postal=True) for number in (1, 2)]
    return Place(first.municipality_id, election_id, (districts[0], districts[1]))
