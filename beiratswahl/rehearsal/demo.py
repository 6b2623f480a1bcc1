"""The demo: a whole election of fictitious Musterstadt, done through the operations as officials would do it."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from beiratswahl.access.passwords import DEMO, hash_of
from beiratswahl.access.roles import Role
from beiratswahl.config import Config, prepare_instance, sqlite_url
from beiratswahl.documents.result_minutes import Sitting
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.ballot_papers import Ballot
from beiratswahl.law.presets import PRESETS
from beiratswahl.law.rule_layers import Origin, layer_of
from beiratswahl.law.rule_sets import RuleSet
from beiratswahl.operations import accounts, closing, counting, results, setup, stacks
from beiratswahl.operations.admission import Decisions, close_nominations
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.determination import determine
from beiratswahl.operations.information import publish_information
from beiratswahl.operations.nominations import CandidateData, NominationData, receive_nomination
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.publication import publish
from beiratswahl.operations.roll import ImportReport, import_register
from beiratswahl.operations.roll_closing import close_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.ballots import Town, changed_ballots, majority_ballots, tie_makers
from beiratswahl.rehearsal.boards import seat_board
from beiratswahl.rehearsal.communities import COMMUNITIES
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade
from beiratswahl.store.read import counting as read
from beiratswahl.store.read.nominations import nominations
from beiratswahl.store.read.published import pdf
from beiratswahl.store.read.roll_pending import pending

ELECTION_DAY = date(2026, 11, 15)
PERSONS, SEED = 20_000, 2026
OFFICER = Actor(account_id=None, name="Erika Amt", role=Role.ELECTION_OFFICE.value)
TEAM = Actor(account_id=None, name="Zählgruppe 1", role=Role.COUNTING_TEAM.value)
BYLAW = "Satzung der Stadt Musterstadt über den Beirat für Migration und Integration vom 1. Juni 2026"
#: what a demo town has decided where the legal text leaves a choice
CHOICES = {
    "remaining_votes": "skip_marked",
    "majority_overvote": "first_from_top",
    "dual_nationals_ex_officio": True,
    "children_of_naturalised": False,
    "application_deadline": "E-2 18:00",
}
SITTING = Sitting(
    day=ELECTION_DAY + timedelta(days=3),
    place="Rathaus, Raum 2",
    began="17:00",
    ended="18:10",
    chair="Erika Amt",
    members=("Hamid Rahimi", "Iryna Petrenko", "Karl Weber", "Hülya Demir"),
    recorder="Jan Schreiber",
)
REASON = "Festlegung für die Vorführung; kein Rechtsrat"
LISTS = (
    ("Internationale Liste Musterstadt", 13),
    ("Gemeinsam leben – Bündnis der Vereine", 11),
    ("Junge Stimmen", 8),
    ("Liste Heimat und Zukunft", 6),
)
WEIGHTS = (38, 29, 20, 13)
#: unchanged ballots by list in the two districts, and ballots typed one by one
STACKS = ((196, 141, 92, 58), (171, 128, 81, 47))
TYPED = (300, 240)
BLANK = (7, 5)

Say = Callable[[str], None]
Progress = Callable[[str, int, int], None]


class ForeignInstance(Exception):
    """The folder holds an installation that is no demo; nothing in it was touched."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the demo has done, for the closing words."""

    folder: Path
    register: ImportReport
    election_id: int
    ballots: int
    seats: dict[str, int]
    lot: str
    pdf: Path


def fresh_instance(folder: Path) -> Config:
    """A clean demo instance; an earlier demo there is removed, anything else is left alone.

    Raises:
        ForeignInstance: the folder is not empty and no demo.
    """
    settings = folder / "config.toml"
    if folder.exists() and any(folder.iterdir()) and not (settings.exists() and "demo = true" in settings.read_text(encoding="utf-8")):
        raise ForeignInstance(
            f"In {folder} liegt eine Installation, die keine Vorführung ist. Sie bleibt unberührt; wählen Sie einen anderen Ordner."
        )
    shutil.rmtree(folder, ignore_errors=True)
    prepare_instance(folder, demo=True)
    secret = (folder / "secret_key").read_text(encoding="utf-8")
    # never the address of another instance's database, whatever the environment says
    return Config(folder, sqlite_url(folder), secret, demo=True, secure_cookies=False)


def run(config: Config, say: Say, progress: Progress, persons: int = PERSONS) -> Summary:
    """The whole election: set up, register of so many persons, nominations, count, lot, announcement, publication."""
    with _desk(config) as desk:
        say("1  Wahl einrichten")
        municipality_id, election_id = _set_up(desk)
        districts = _districts(desk, municipality_id, election_id)
        say("2  Melderegister einlesen und über jede Person entscheiden")
        report = _import(desk, config.instance, election_id, persons, progress)
        say("3  Wahlvorschläge entgegennehmen und zulassen")
        publish_notice(desk, election_id, Announcement.CALL, ELECTION_DAY - timedelta(days=70))
        _nominate(desk, election_id, LISTS, SEED)
        publish_notice(desk, election_id, Announcement.ADMITTED, ELECTION_DAY - timedelta(days=13))
        publish_notice(desk, election_id, Announcement.ELECTION, ELECTION_DAY - timedelta(days=9))
        _keep_roll(desk, election_id, districts)
        publish_information(desk, election_id)
        say("4  Zwei Briefwahlbezirke auszählen")
        ballots = _count(desk, election_id, districts, progress)
        say("5  Ergebnis ermitteln; bei Gleichstand entscheidet das Los")
        lot = _draw(desk, election_id)
        say("6  Bekanntmachung drucken und veröffentlichen")
        number = publish(desk, election_id, Label.PRELIMINARY)
        determine(desk, election_id, SITTING)
        note = f"Vom Wahlausschuss festgestellt; die Zahlen der Fassung {number} sind unverändert."
        publish(desk, election_id, Label.FINAL, note=note)
        file = config.instance / "bekanntmachung.pdf"
        file.write_bytes(pdf(desk.session, election_id, number + 1) or b"")
        allocation = results.result(desk.session, election_id).allocation
        paper = ballot_paper(desk.session, election_id)
        seats = {paper.names[key]: number for key, number in (allocation.seats if allocation else {}).items()}
        say("7  Eine zweite Wahl, die am Los steht: Verbandsgemeinde Mustertal")
        _second_election(desk, progress)
        return Summary(config.instance, report, election_id, ballots, seats, lot, file)


@contextmanager
def _desk(config: Config) -> Iterator[Desk]:
    engine = open_engine(config.database_url)
    upgrade(engine)
    with Session(engine) as session:
        yield Desk(session, OFFICER)
    engine.dispose()


def _set_up(desk: Desk) -> tuple[int, int]:
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
    office = _account(desk, "amt", "Erika Amt")
    accounts.permit(desk, office, municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["listenmodell"].values, "seats": 13}
    return municipality_id, _election(desk, municipality_id, town.AGS, BYLAW, values)


def _election(desk: Desk, municipality_id: int, ags: str, bylaw: str, values: dict[str, object]) -> int:
    rule_set = RuleSet(ELECTION_DAY, layer_of(Origin.BYLAW, values, bylaw))
    election_id = setup.set_up_election(desk, municipality_id, setup.ElectionData(ELECTION_DAY, (ags,), bylaw, rule_set))
    for key in rule_set.to_be_confirmed():
        setup.confirm_rule(desk, election_id, key, CHOICES[key], REASON)
    return election_id


def _account(desk: Desk, login: str, name: str) -> int:
    return accounts.create_account(desk, login, name, hash_of(DEMO, demo=True), demo=True)


def _districts(desk: Desk, municipality_id: int, election_id: int) -> tuple[int, int]:
    north = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Nord", postal=True)
    south = setup.create_district(desk, election_id, 2, "Briefwahlbezirk Süd", postal=True)
    for number, district in enumerate((north, south), 1):
        team = _account(desk, f"team{number}", f"Zählgruppe {number}")
        accounts.permit(desk, team, municipality_id, Role.COUNTING_TEAM.value, district)
        board = _account(desk, f"vorstand{number}", f"Wahlvorstand {number}")
        accounts.permit(desk, board, municipality_id, Role.POLLING_BOARD.value, district)
    return north, south


def _import(desk: Desk, folder: Path, election_id: int, persons: int, progress: Progress) -> ImportReport:
    file = folder / "melderegister.csv"
    stream = io.BytesIO()
    write_register(stream, persons, SEED, ags=town.AGS, election_day=ELECTION_DAY)
    file.write_bytes(stream.getvalue())
    return import_register(desk, election_id, file, progress=lambda done, all_lines: progress("Melderegister", done, all_lines))


def _keep_roll(desk: Desk, election_id: int, districts: tuple[int, int]) -> None:
    """Enter, number and certify; the first districts of the register vote in the north."""
    publish_notice(desk, election_id, Announcement.INSPECTION, ELECTION_DAY - timedelta(days=26))
    names = range(1, town.DISTRICTS + 1)
    open_roll(desk, election_id, {str(name): districts[0 if name <= town.DISTRICTS // 2 else 1] for name in names})
    close_roll(desk, election_id, pending(desk.session, election_id).cases)


def _nominate(desk: Desk, election_id: int, lists: tuple[tuple[str, int], ...], seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - fictitious candidates
    for number, (keyword, persons) in enumerate(lists, 1):
        # on the second list one person is named three times and the next one twice (§ 15 Abs. 3 KWG)
        named = {1: 3, 2: 2} if number == 2 else {}
        people = tuple(_candidate(chance, named.get(place, 1)) for place in range(1, persons + 1))
        received = datetime(2026, 9, 14 + number, 8, 30 + number, 12, tzinfo=UTC)
        data = NominationData(keyword, received, people, previous_votes=9000 - 1000 * number, **_papers(people))
        receive_nomination(desk, election_id, data)
    close_nominations(desk, election_id, Decisions())


def _papers(people: tuple[CandidateData, ...]) -> dict[str, Any]:
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
        "meeting_day": ELECTION_DAY - timedelta(days=80),
        "meeting_place": "Haus der Vereine, Bahnhofstraße 12",
        "meeting_invited_on": ELECTION_DAY - timedelta(days=90),
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


def _count(desk: Desk, election_id: int, districts: tuple[int, int], progress: Progress) -> int:
    team = Desk(desk.session, TEAM)
    paper = ballot_paper(desk.session, election_id)
    lists = {of.number or 0: of.nomination_id for of in nominations(desk.session, election_id)}
    amounts = [sum(STACKS[place]) + BLANK[place] + TYPED[place] for place in range(2)]
    for place, district in enumerate(districts):
        unchanged = {lists[number]: ballots for number, ballots in enumerate(STACKS[place], 1)}
        first, second = seat_board(desk, district, place)
        stacks.record_stacks(team, district, unchanged, BLANK[place], 0, first)
        stacks.record_stacks_again(team, district, unchanged, BLANK[place], second)
        for number, ballot in enumerate(changed_ballots(paper.law, TYPED[place], SEED + place, Town(WEIGHTS)), 1):
            counting.record_ballot(team, district, f"demo-{number}", ballot)
            progress(f"Stimmzettel im Bezirk {place + 1}", number, TYPED[place])
        _decide(desk, district)
    # a few more voters bring the last seat into a tie, so that the lot can be shown
    votes = results.result(desk.session, election_id).list_votes
    extra = tie_makers(paper.law, votes, bool(paper.rules.majority_clause))
    for number, ballot in enumerate(extra):
        counting.record_ballot(team, districts[1], f"demo-last-{number}", ballot)
    amounts[1] += len(extra)
    for district, voters, rejected in zip(districts, amounts, (61, 44), strict=True):
        _close(desk, district, voters, rejected)
    return sum(amounts)


def _decide(desk: Desk, district: int) -> None:
    for place, doubtful in enumerate(read.ballots(desk.session, district, unresolved=True)):
        valid = place % 2 == 0
        reason = "Der Wille ist eindeutig zu erkennen." if valid else "Der Zusatz steht quer über dem Stimmzettel."
        counting.decide_ballot(desk, district, doubtful.number, valid=valid, reason=reason)


def _close(desk: Desk, district: int, voters: int, rejected: int) -> None:
    unsigned, missing = rejected * 2 // 3, rejected - rejected * 2 // 3
    letters = Letters(voters + rejected, 9, {"nicht_unterschrieben": unsigned, "kein_wahlschein": missing}, voters)
    counting.record_letters(desk, district, letters, read.count(desk.session, district).version)
    for warning in closing.control(desk.session, district).unexplained:
        counting.explain(desk, district, warning.code, "Vom Briefwahlvorstand geprüft; die Zahlen stimmen.")
    closing.close_district(desk, district)


def _draw(desk: Desk, election_id: int) -> str:
    drawn = []
    while (question := results.result(desk.session, election_id).question) is not None:
        winner = Random(SEED).choice(question.among)  # noqa: S311 - stands for the lot that the chair draws by hand
        results.enter_lot(desk, election_id, winner, drawn_by="Dr. Henriette Beispiel", witness="Karl Zeuge")
        drawn.append(f"Sitz {question.seat}: {question.names[winner]}")
    return "; ".join(drawn)


def _second_election(desk: Desk, progress: Progress) -> None:
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
    accounts.permit(desk, _account(desk, "mustertal", "Mara Tal"), municipality_id, Role.ELECTION_OFFICE.value)
    values = {**PRESETS["personenmodell"].values, "level": "Verbandsgemeinde", "seats": 5}
    election_id = _election(desk, municipality_id, ags, "Satzung der Verbandsgemeinde Mustertal vom 3. Mai 2026", values)
    district = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Mustertal", postal=True, eligible=842)
    _nominate(desk, election_id, tuple(("Einzelbewerbung", 1) for _ in range(11)), SEED + 7)
    publish_information(desk, election_id)
    paper = ballot_paper(desk.session, election_id)
    ballots = list(majority_ballots(paper.law, 71, SEED))
    for number, ballot in enumerate(ballots, 1):
        counting.record_ballot(desk, district, f"demo-{number}", ballot)
        progress("Stimmzettel in Mustertal", number, len(ballots))
    ballots += _level_fifth_and_sixth(desk, election_id, district)
    _close(desk, district, len(ballots), 4)


def _level_fifth_and_sixth(desk: Desk, election_id: int, district: int) -> list[Ballot]:
    """Give the sixth person votes until she is level with the fifth, so that the lot has to decide about the last seat."""
    votes = results.result(desk.session, election_id).tally.votes
    ranking = sorted(votes, key=lambda key: (-votes[key], key))
    fifth, sixth = ranking[4], ranking[5]
    more = [Ballot(marks={sixth: 1}) for _ in range(votes[fifth] - votes[sixth])]
    for number, ballot in enumerate(more):
        counting.record_ballot(desk, district, f"demo-last-{number}", ballot)
    return more
