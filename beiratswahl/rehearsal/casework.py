"""The demo's work in progress: an election still to come, in which every work list of the roll has something to do."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.law.facts import ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.information import publish_information
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_application_changes import correct_application, look_again, withdraw_application
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_certificate_changes import replace_certificate
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificates, valid_certificate
from beiratswahl.operations.roll_clarification_letters import letter_on_case
from beiratswahl.operations.roll_clarifications import ClarificationData, Finding, record_clarification
from beiratswahl.operations.roll_corrections import Basis, Correction, Kind, correct_roll
from beiratswahl.operations.roll_districts import assign_house_range, assign_register_district
from beiratswahl.operations.roll_duplicates import decide_duplicate
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.operations.roll_letter_keeping import write_letter
from beiratswahl.operations.roll_objections import ObjectionData, decide_objection, record_objection
from beiratswahl.operations.roll_unregistered import UnregisteredPerson, record_unregistered
from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.candidates import DISTRICT_LISTS, nominate
from beiratswahl.rehearsal.founding import COUNTY_OFFICE, found_musterland
from beiratswahl.rehearsal.register import HEADINGS, write_register
from beiratswahl.store.house_numbers import HouseRange, Side
from beiratswahl.store.read import setup
from beiratswahl.store.read.electoral_roll import entries
from beiratswahl.store.read.roll import person_page
from beiratswahl.store.read.roll_duplicates import possible_duplicates
from beiratswahl.store.read.roll_views import PersonFilter, PersonLine
from beiratswahl.store.read.roll_work import WorkList

PERSONS = 2_000
FIRST, SECOND = (Actor(account_id=None, name=name, role=Role.ELECTION_OFFICE.value) for _, name in COUNTY_OFFICE)
NUMBER, FAMILY, GIVEN, KEYS = (
    HEADINGS.index(name) for name in ("Registernummer", "0101 Familienname", "0301 Vornamen", "1001 Staatsangehörigkeiten")
)
STREET, DISTRICT = HEADINGS.index("Straße"), HEADINGS.index("Stimmbezirk")
BOUNDARY = "Ringstraße"
DEED = "Einbürgerungsurkunde"


def day_to_come(today: date) -> date:
    """The Sunday two to three weeks ahead: the Einsicht begins, and applications are still in time."""
    soon = today + timedelta(days=14)
    return soon + timedelta(days=6 - soon.weekday())


def prepare_election(session: Session, folder: Path, seed: int) -> int:
    """Set an election up and leave it in the middle of its preparation; the id of the election."""
    first, second = Desk(session, FIRST), Desk(session, SECOND)
    day = day_to_come(clock.today())
    election_id = found_musterland(first, day)
    publish_notice(first, election_id, Announcement.CALL, day - timedelta(days=70))
    nominate(first, election_id, DISTRICT_LISTS, seed, day)
    publish_notice(first, election_id, Announcement.INSPECTION, day - timedelta(days=26))
    publish_information(first, election_id)
    rows = _first_export(day, seed)
    import_register(first, election_id, _written(folder / "kreis-auszug-1.csv", rows))
    _assign(first, election_id, next(row[DISTRICT] for row in rows if row[STREET] == BOUNDARY))
    open_roll(first, election_id)
    numbers = [line.register_number for line in _listed(session, election_id, WorkList.EX_OFFICIO)]
    import_register(first, election_id, _written(folder / "kreis-auszug-2.csv", _second_export(rows, numbers)))
    _applications(first, second, election_id)
    for act in (_clarifications, _objections, _duplicates, _exempt, _certificates):
        act(first, election_id)
    return election_id


def _first_export(day: date, seed: int) -> list[list[str]]:
    """A register in which some nationalities are unresolved."""
    stream = io.BytesIO()
    write_register(stream, PERSONS, seed, ags=town.AGS, election_day=day)
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline=""), delimiter=";"))
    foreign = [row for row in rows if row[KEYS].isdigit() and row[KEYS] != "000"]
    numbers = {row[NUMBER] for row in foreign[100:500:90]}
    return [[*row[:KEYS], "998", *row[KEYS + 1 :]] if row[NUMBER] in numbers else row for row in rows]


def _second_export(rows: Sequence[list[str]], numbers: Sequence[str]) -> list[list[str]]:
    """Three people have left, two have become German, one has another family name, two stand there twice with one more given name."""
    left, naturalised, doubled = set(numbers[4:7]), set(numbers[8:10]), numbers[20:22]
    changed = [[*row[:KEYS], "000", *row[KEYS + 1 :]] if row[NUMBER] in naturalised else row for row in rows if row[NUMBER] not in left]
    known = {row[NUMBER]: row for row in rows}
    changed = [[*row[:FAMILY], f"{row[FAMILY]}-Berg", *row[FAMILY + 1 :]] if row[NUMBER] == numbers[12] else row for row in changed]
    for number in doubled:
        row = known[number]
        changed.append([f"9{number[1:]}", row[FAMILY], f"{row[GIVEN]} Maria", *row[GIVEN + 1 :]])
    return changed


def _written(file: Path, rows: Sequence[Sequence[str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";", lineterminator="\r\n").writerows(rows)
    return file


def _assign(desk: Desk, election_id: int, divided: str) -> None:
    """Districts of the register by turns, and the odd houses of a street on their boundary the other way."""
    west, east = (one.district_id for one in setup.districts(desk.session, election_id))
    for name in range(1, town.DISTRICTS + 1):
        assign_register_district(desk, election_id, str(name), "", west if name % 2 else east)
    other = east if int(divided) % 2 else west
    assign_house_range(desk, election_id, divided, BOUNDARY, HouseRange(1, 59, Side.ODD), other)


def _listed(session: Session, election_id: int, work: WorkList) -> list[PersonLine]:
    found = person_page(session, election_id, PersonFilter(work=work), rows=60).lines
    session.rollback()
    return list(found)


def _received(days_ago: int) -> datetime:
    return clock.from_local(datetime.combine(clock.today() - timedelta(days=days_ago), time(9, 40)))


def _applications(first: Desk, second: Desk, election_id: int) -> None:
    """Every state an application can be in: decided either way, open, to be looked at twice, given back, agreed, taken back, corrected."""
    # further down than those whom the second export has changed
    people = [line.id for line in _listed(first.session, election_id, WorkList.NEEDS_APPLICATION)][20:]
    proven = ApplicationData(Ground.NR2B, _received(2), Channel.IN_PERSON, DEED, date(2012, 5, 3))
    unproven = replace(proven, channel=Channel.EMAIL, proof_kind="", proof_date=None)
    refused = replace(proven, ground=Ground.NR2D, channel=Channel.POST, proof_kind="Geburtsurkunde", parent=ParentStatus.GERMAN)
    twice = replace(proven, channel=Channel.LETTERBOX, second_look=True)
    record_application(first, people[0], proven)
    record_application(first, people[1], refused)
    for person_id in people[:2]:
        write_letter(first, letter_on_case(first.session, election_id, person_id))
    record_application(first, people[2], unproven)
    record_application(first, people[3], twice)
    record_application(second, people[4], twice)
    given_back = record_application(first, people[5], replace(twice, proof_kind="Urkunde")).application_id
    look_again(second, given_back, agrees=False, remark="Welche Urkunde lag vor?")
    look_again(second, record_application(first, people[6], twice).application_id, agrees=True)
    withdraw_application(first, record_application(first, people[7], proven).application_id, "am Telefon zurückgenommen")
    correct_application(first, record_application(first, people[8], unproven).application_id, proven, "Urkunde nachgereicht")


def _clarifications(desk: Desk, election_id: int) -> None:
    """One unclear case is settled, one person is asked by letter, the others wait."""
    unresolved = [line.id for line in _listed(desk.session, election_id, WorkList.UNCLEAR) if line.nationalities == ("998",)]
    reason = "Ausländerakte eingesehen: Staatsangehörigkeit ungeklärt, sicher nicht deutsch"
    record_clarification(desk, unresolved[0], ClarificationData(Finding.NOT_GERMAN, "Auskunft der Ausländerbehörde", reason))
    write_letter(desk, letter_on_case(desk.session, election_id, unresolved[1]))


def _objections(desk: Desk, election_id: int) -> None:
    """One is open, one is rejected; and one entry is struck as an obvious error."""
    entered = [line.id for line in _listed(desk.session, election_id, WorkList.EX_OFFICIO)]
    moved = ObjectionData("Hedwig Nachbar", _received(1), Kind.STRIKE, "Die Person ist im Sommer weggezogen.", Channel.POST.value)
    record_objection(desk, entered[30], moved)
    rejected = record_objection(desk, entered[33], replace(moved, reasons="Ich habe die Person lange nicht gesehen."))
    decide_objection(desk, rejected, granted=False, reason="Die Wohnung ist bewohnt; die Gründe sind nicht glaubhaft gemacht.")
    correct_roll(desk, entered[40], Correction(Kind.STRIKE, Basis.OBVIOUS_ERROR, "Hauptwohnung liegt außerhalb", clock.today()))


def _duplicates(desk: Desk, election_id: int) -> None:
    """One pair is decided, the others wait."""
    pair = possible_duplicates(desk.session, election_id)[0]
    desk.session.rollback()
    decide_duplicate(desk, pair.person_id, pair.other_id, same=False, reason="Zwillinge; beide haben sich ausgewiesen")


def _exempt(desk: Desk, election_id: int) -> None:
    """Somebody who is not in the register (§ 26 BMG)."""
    home = ("Botschaftsweg", "3", town.POSTCODE, town.TOWN)
    guest = UnregisteredPerson("Okafor", "Ada", "01.05.1980", "w", "232", town.AGS, "01.02.2024", *home, district="1")
    affirmed = ApplicationData(Ground.NR1, _received(3), Channel.POST, "Versicherung über die Wohnung (§ 11a KWO)")
    record_unregistered(desk, election_id, guest, affirmed)


def _certificates(desk: Desk, election_id: int) -> None:
    """Wahlscheine for the first entries of a district, one of them replaced."""
    district = setup.districts(desk.session, election_id)[0].district_id
    post = CertificateData(Delivery.POST, None)
    issue_certificates(desk, district, range(1, 41), post)
    lost = entries(desk.session, election_id, district, rows=1)[0]
    held = valid_certificate(desk.session, lost.person_id)
    desk.session.rollback()
    if held is not None:
        replace_certificate(desk, held.id, replace(post, reason="auf dem Postweg verloren"))
