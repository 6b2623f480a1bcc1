"""A small election to stand tests on, made through the operations only."""

from dataclasses import dataclass
from datetime import date

from beiratswahl.access.passwords import hash_of
from beiratswahl.access.roles import Role
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import accounts, setup
from beiratswahl.operations.desk import Desk

PASSWORD = "vier zufällige wörter"
#: one Argon2 hash for all accounts of the tests
PASSWORD_HASH = hash_of(PASSWORD)
ELECTION_DAY = date(2026, 11, 15)
CHOICES = {
    "remaining_votes": "skip_marked",
    "dual_nationals_ex_officio": True,
    "children_of_naturalised": False,
    "application_deadline": "E-2 18:00",
}


@dataclass(frozen=True)
class Place:
    """One municipality with one election and two polling districts."""

    municipality_id: int
    election_id: int
    districts: tuple[int, int]


def found(desk: Desk, ags: str = "07999000", name: str = "Stadt Musterstadt", **bylaw: object) -> Place:
    """A municipality with an election by lists, seats 13, postal only; `bylaw` changes the values."""
    municipality_id = setup.found_municipality(
        desk,
        setup.MunicipalityData(
            ags=ags,
            name=name,
            level="Gemeinde",
            council_name=f"Beirat für Migration und Integration der {name}",
            office_name=f"Die Wahlleiterin der {name}",
            street="Rathausplatz 1",
            postcode="55999",
            town="Musterstadt",
            phone="06999 1234-0",
            email="wahlamt@musterstadt.example",
        ),
    )
    values = {**PRESETS["listenmodell"].values, "seats": 13, **bylaw}
    rule_set = RuleSet(ELECTION_DAY, layer_of(Origin.BYLAW, values, "Satzung vom 1. Juni 2026"))
    data = setup.ElectionData(ELECTION_DAY, (ags,), "Satzung der Stadt Musterstadt vom 1. Juni 2026", rule_set)
    election_id = setup.set_up_election(desk, municipality_id, data)
    for key in setup.rule_set(desk.session, election_id).to_be_confirmed():
        setup.confirm_rule(desk, election_id, key, {**CHOICES, "majority_overvote": "first_from_top"}[key], "Beschluss des Wahlausschusses")
    first = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Nord", postal=True)
    second = setup.create_district(desk, election_id, 2, "Briefwahlbezirk Süd", postal=True)
    return Place(municipality_id, election_id, (first, second))


def account(desk: Desk, login: str, role: Role, place: Place, district_id: int | None = None) -> int:
    """An account with one permit; its password is PASSWORD."""
    account_id = accounts.create_account(desk, login, login.title(), PASSWORD_HASH)
    accounts.permit(desk, account_id, place.municipality_id, role.value, district_id)
    return account_id
