"""The demo's municipalities, elections, accounts and polling districts, all fictitious."""

from datetime import date

from beiratswahl.access.passwords import DEMO, hash_of
from beiratswahl.access.roles import Role
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import accounts, setup
from beiratswahl.operations.desk import Desk
from beiratswahl.rehearsal import town

BYLAW = "Satzung der Stadt Musterstadt über den Beirat für Migration und Integration vom 1. Juni 2026"
#: what a demo town has decided where the legal text leaves a choice
CHOICES = {
    "remaining_votes": "skip_marked",
    "majority_overvote": "first_from_top",
    "dual_nationals_ex_officio": True,
    "children_of_naturalised": False,
    "application_deadline": "E-2 18:00",
}
#: log-in and name of the two who keep the roll of the Landkreis, so that one can look at the other's cases a second time
COUNTY_OFFICE = (("kreis", "Kim Kreis"), ("kreis2", "Toni Berg"))
REASON = "Festlegung für die Vorführung; kein Rechtsrat"


def found_musterstadt(desk: Desk, day: date) -> tuple[int, int]:
    """A town that elects thirteen members from lists; the ids of municipality and election."""
    municipality_id = setup.found_municipality(
        desk,
        setup.MunicipalityData(
            ags=town.AGS,
            name="Stadt Musterstadt",
            level="Gemeinde",
            council_name="Beirat für Migration und Integration der Stadt Musterstadt",
            office_name="Die Wahlleiterin der Stadt Musterstadt",
            street="Rathausplatz 1",
            postcode=town.POSTCODE,
            town=town.TOWN,
            phone="06999 123-456",
            email="wahlamt@musterstadt.example",
            returning_officer="Dr. Henriette Beispiel",
            returning_officer_title="Oberbürgermeisterin als Wahlleiterin",
            objection_recipient="der Oberbürgermeisterin der Stadt Musterstadt",
            council_contact="Beirat für Migration und Integration\nHaus der Vereine, Bahnhofstraße 12\nbeirat@musterstadt.example",
            commissioner_contact="Samira Beispiel, Beauftragte für Migration und Integration\nRathausplatz 1\nTelefon 06999 123-470",
        ),
    )
    office = account(desk, "amt", "Erika Amt")
    accounts.permit(desk, office, municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["listenmodell"].values, "seats": 13}
    return municipality_id, set_up_election(desk, municipality_id, day, town.AGS, BYLAW, values)


def found_mustertal(desk: Desk, day: date) -> int:
    """A Verbandsgemeinde that elects five persons; the id of its election."""
    ags = "07999501"
    municipality_id = setup.found_municipality(
        desk,
        setup.MunicipalityData(
            ags=ags,
            name="Verbandsgemeinde Mustertal",
            level="Verbandsgemeinde",
            council_name="Beirat für Migration und Integration der Verbandsgemeinde Mustertal",
            office_name="Der Wahlleiter der Verbandsgemeinde Mustertal",
            street="Talstraße 2",
            postcode="67998",
            town="Mustertal",
            returning_officer="Jörg Muster",
            returning_officer_title="Bürgermeister als Wahlleiter",
            objection_recipient="dem Bürgermeister der Verbandsgemeinde Mustertal",
        ),
    )
    accounts.permit(desk, account(desk, "mustertal", "Mara Tal"), municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["personenmodell"].values, "level": "Verbandsgemeinde", "seats": 5}
    return set_up_election(desk, municipality_id, day, ags, "Satzung der Verbandsgemeinde Mustertal vom 3. Mai 2026", values)


def found_musterland(desk: Desk, day: date) -> int:
    """A Landkreis whose election is still to come, kept by two people; the id of its election."""
    municipality_id = setup.found_municipality(
        desk,
        setup.MunicipalityData(
            ags="07999",
            name="Landkreis Musterland",
            level="Landkreis",
            council_name="Beirat für Migration und Integration des Landkreises Musterland",
            office_name="Die Wahlleiterin des Landkreises Musterland",
            street="Kreishausstraße 3",
            postcode=town.POSTCODE,
            town=town.TOWN,
            phone="06999 321-0",
            email="wahlen@musterland.example",
            returning_officer="Anneliese Vorbild",
            returning_officer_title="Landrätin als Wahlleiterin",
            objection_recipient="der Landrätin des Landkreises Musterland",
        ),
    )
    for login, name in COUNTY_OFFICE:
        accounts.permit(desk, account(desk, login, name), municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["listenmodell"].values, "level": "Landkreis", "seats": 9}
    bylaw = f"Satzung des Landkreises Musterland über den Beirat für Migration und Integration vom 12. März {day.year}"
    election_id = set_up_election(desk, municipality_id, day, "07999", bylaw, values)
    for number, name in enumerate(("Briefwahlbezirk West", "Briefwahlbezirk Ost"), 1):
        setup.create_district(desk, election_id, number, name, postal=True)
    return election_id


def found_musterhafen(desk: Desk, day: date) -> tuple[int, int]:
    """A town whose poll is over and whose only district is open for the count; the ids of election and district."""
    ags = "07999002"
    municipality_id = setup.found_municipality(
        desk,
        setup.MunicipalityData(
            ags=ags,
            name="Stadt Musterhafen",
            level="Gemeinde",
            council_name="Beirat für Migration und Integration der Stadt Musterhafen",
            office_name="Der Wahlleiter der Stadt Musterhafen",
            street="Am Kai 4",
            postcode="67997",
            town="Musterhafen",
            phone="06998 77-0",
            email="wahlen@musterhafen.example",
            returning_officer="Henning Vorlage",
            returning_officer_title="Bürgermeister als Wahlleiter",
            objection_recipient="dem Bürgermeister der Stadt Musterhafen",
        ),
    )
    accounts.permit(desk, account(desk, "hafen", "Ines Hafen"), municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["listenmodell"].values, "seats": 7}
    election_id = set_up_election(desk, municipality_id, day, ags, "Satzung der Stadt Musterhafen vom 2. Februar 2026", values)
    district = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Hafen", postal=True, eligible=1_240)
    _counters(desk, municipality_id, 3, district)
    return election_id, district


def set_up_election(desk: Desk, municipality_id: int, day: date, ags: str, bylaw: str, values: dict[str, object]) -> int:
    """An election with its rules confirmed."""
    rule_set = RuleSet(day, layer_of(Origin.BYLAW, values, bylaw))
    election_id = setup.set_up_election(desk, municipality_id, setup.ElectionData(day, (ags,), bylaw, rule_set))
    for key in rule_set.to_be_confirmed():
        setup.confirm_rule(desk, election_id, key, CHOICES[key], REASON)
    return election_id


def account(desk: Desk, login: str, name: str) -> int:
    """An account with the published password of the demo."""
    return accounts.create_account(desk, login, name, hash_of(DEMO, demo=True), demo=True)


def districts_of_musterstadt(desk: Desk, municipality_id: int, election_id: int) -> tuple[int, int]:
    """Two districts, each with the accounts of a counting team and a board."""
    north = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Nord", postal=True)
    south = setup.create_district(desk, election_id, 2, "Briefwahlbezirk Süd", postal=True)
    for number, district in enumerate((north, south), 1):
        _counters(desk, municipality_id, number, district)
    return north, south


def _counters(desk: Desk, municipality_id: int, number: int, district: int) -> None:
    team = account(desk, f"team{number}", f"Zählgruppe {number}")
    accounts.permit(desk, team, municipality_id, Role.COUNTING_TEAM.value, district)
    board = account(desk, f"vorstand{number}", f"Wahlvorstand {number}")
    accounts.permit(desk, board, municipality_id, Role.POLLING_BOARD.value, district)
