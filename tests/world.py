"""A small election to stand tests on, made through the operations only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from beiratswahl.access.passwords import hash_of
from beiratswahl.access.roles import Role
from beiratswahl.documents.result_minutes import Sitting
from beiratswahl.law.boards import Function
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import accounts, boards, setup, stacks
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import CandidateData, NominationData, receive_nomination
from beiratswahl.store.read.boards import members

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


def found(desk: Desk, ags: str = "07999000", name: str = "Stadt Musterstadt", **bylaw: Any) -> Place:
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
            returning_officer="Dr. Henriette Beispiel",
            returning_officer_title="Oberbürgermeisterin als Wahlleiterin",
            objection_recipient=f"der Oberbürgermeisterin der {name}",
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


LISTS = (
    ("Internationale Liste", 13),
    ("Gemeinsam für Musterstadt", 10),
    ("Bündnis der Vereine", 7),
    ("Junge Stimmen", 4),
)


def candidate(family_name: str, given_names: str = "Ada", **details: object) -> CandidateData:
    """A candidate with everything that is asked for."""
    complete = {"birth_date": "1980-05-01", "nationality": "163", "profession": "Lehrkraft", "street": "Hauptstraße 1"}
    where = {"postcode": "55999", "town": "Musterstadt", "consent": True, "eligibility_certified": True}
    return CandidateData(family_name, given_names, **{**complete, **where, **details})  # type: ignore[arg-type]


def count_stacks(desk: Desk, district_id: int, unchanged: dict[int, int], blank: int, version: int) -> None:
    """Stacks, counted by two people who agree."""
    anna, ben = two_counters(desk, district_id)
    stacks.record_stacks(desk, district_id, unchanged, blank, version, anna)
    stacks.record_stacks_again(desk, district_id, unchanged, blank, ben)


def two_counters(desk: Desk, district_id: int, names: tuple[str, str] = ("Anna Erste", "Ben Zweiter")) -> tuple[int, int]:
    """Two people on the board who are there; helpers, so that nothing waits for a quorum."""
    known = {member.name: member for member in members(desk.session, district_id)}
    first, second = (known[name].member_id if name in known else _seated(desk, district_id, name) for name in names)
    return first, second


def _seated(desk: Desk, district_id: int, name: str) -> int:
    member_id = boards.appoint_member(desk, district_id, name, Function.HELPER)
    boards.record_presence(desk, district_id, member_id, present=True)
    return member_id


#: everything a nomination needs besides its candidates
PAPERS: dict[str, Any] = {
    "contact_name": "Selam Haile",
    "contact_street": "Brunnengasse 3",
    "contact_postcode": "55999",
    "contact_town": "Musterstadt",
    "contact_phone": "06999 5551",
    "deputy_name": "Emre Kaya",
    "deputy_street": "Lindenweg 8",
    "deputy_postcode": "55999",
    "deputy_town": "Musterstadt",
    "meeting_day": date(2026, 8, 20),
    "meeting_place": "Gemeindehaus, Lindenweg 1",
    "meeting_invited_on": date(2026, 8, 10),
    "meeting_invitation": "Aushang und Zeitung",
    "meeting_leader": "Selam Haile",
    "meeting_present": 24,
    "meeting_secret": True,
    "meeting_signed": True,
    "meeting_affirmed": True,
}


def nominate(desk: Desk, place: Place, lists: tuple[tuple[str, int], ...] = LISTS) -> list[int]:
    """Hand in lists; on the second one the first person is named three times and the second twice."""
    ids = []
    for number, (keyword, persons) in enumerate(lists, 1):
        named = {1: 3, 2: 2} if number == 2 else {}
        people = tuple(candidate(f"Person{number}{at:02d}", named=named.get(at, 1)) for at in range(1, persons + 1))
        data = NominationData(keyword, datetime(2026, 9, number, 10, tzinfo=UTC), people, previous_votes=1000 - number, **PAPERS)
        ids.append(receive_nomination(desk, place.election_id, data))
    return ids


#: decided in a sitting that this archive does not hold
ON_PAPER = Decisions(outside="Niederschrift auf Papier in der Wahlakte")


def admitted(desk: Desk, **bylaw: Any) -> Place:
    """An election whose nominations are admitted; list keys "1" to "4", candidate keys "101" …"""
    place = found(desk, **bylaw)
    nominate(desk, place)
    close_nominations(desk, place.election_id, ON_PAPER)
    return place


#: the lot is drawn in the sitting below, at 17:20 local time
DRAWN = datetime(2026, 11, 18, 16, 20, tzinfo=UTC)
#: the sitting of the Wahlausschuss that determines the result
SITTING = Sitting(
    day=date(2026, 11, 18),
    place="Rathaus, Raum 2",
    began="17:00",
    ended="18:10",
    chair="Vera Vorsitz",
    members=("Karl Muster", "Ngozi Fall"),
    recorder="Jan Schreiber",
)
