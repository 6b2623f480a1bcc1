"""The demo's nominations: lists and single persons with all their papers."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.nominations import CandidateData, NominationData, receive_nomination
from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.communities import COMMUNITIES

LISTS = (
    ("Internationale Liste Musterstadt", 13),
    ("Gemeinsam leben – Bündnis der Vereine", 11),
    ("Junge Stimmen", 8),
    ("Liste Heimat und Zukunft", 6),
)
HARBOUR_LISTS = (("Hafenliste International", 7), ("Zusammen in Musterhafen", 6), ("Offene Stadt", 4))
DISTRICT_LISTS = (("Kreisliste International", 9), ("Miteinander im Musterland", 7), ("Stimme der Dörfer", 5))


def nominate(desk: Desk, election_id: int, lists: tuple[tuple[str, int], ...], seed: int, day: date) -> None:
    """Receive and admit one nomination for each keyword, with so many persons."""
    chance = Random(seed)  # noqa: S311 - fictitious candidates
    for number, (keyword, persons) in enumerate(lists, 1):
        # on the second list one person is named three times and the next one twice (§ 15 Abs. 3 KWG)
        named = {1: 3, 2: 2} if number == 2 else {}
        people = tuple(_candidate(chance, named.get(place, 1)) for place in range(1, persons + 1))
        received = datetime.combine(day - timedelta(days=62 - number), time(8, 30 + number, 12), tzinfo=UTC)
        data = NominationData(keyword, received, people, previous_votes=9000 - 1000 * number, **_papers(people, day))
        receive_nomination(desk, election_id, data)
    close_nominations(desk, election_id, Decisions(outside="Musterwahl: Niederschrift der Sitzung auf Papier in der Wahlakte"))


def _papers(people: tuple[CandidateData, ...], day: date) -> dict[str, Any]:
    """Contacts and minutes of the meeting: the first and the last candidate speak for their list."""
    first, second = people[0], people[-1]
    return {
        "contact_name": f"{first.given_names} {first.family_name}",
        "contact_street": first.street,
        "contact_postcode": first.postcode,
        "contact_town": first.town,
        "contact_phone": "06999 555-01",
        "deputy_name": f"{second.given_names} {second.family_name}",
        "deputy_street": second.street,
        "deputy_postcode": second.postcode,
        "deputy_town": second.town,
        "meeting_day": day - timedelta(days=80),
        "meeting_place": "Haus der Vereine, Bahnhofstraße 12",
        "meeting_invited_on": day - timedelta(days=90),
        "meeting_invitation": "Aushang und Zeitung",
        "meeting_leader": f"{second.given_names} {second.family_name}",
        "meeting_present": 20 + len(people),
        "meeting_secret": True,
        "meeting_signed": True,
        "meeting_affirmed": True,
    }


def _candidate(chance: Random, named: int) -> CandidateData:
    community = chance.choices(COMMUNITIES, [each.weight for each in COMMUNITIES])[0]
    woman = chance.random() < 0.5
    forms = chance.choice(community.families).split("/")
    family = forms[-1] if woman else forms[0]
    given = chance.choice(community.women if woman else community.men)
    born = date(1955, 1, 1) + timedelta(days=chance.randrange(18_000))
    return CandidateData(
        family_name=family,
        given_names=given,
        birth_date=born.isoformat(),
        nationality=community.key,
        profession=chance.choice(
            ("Pflegefachkraft", "Lehrkraft", "Softwareentwicklung", "Köchin/Koch", "Studium", "Elektrotechnik", "Rente")
        ),
        street=f"{chance.choice(town.STREETS)} {chance.randint(1, 90)}",
        postcode=town.POSTCODE,
        town=town.TOWN,
        named=named,
        consent=True,
        eligibility_certified=True,
    )
