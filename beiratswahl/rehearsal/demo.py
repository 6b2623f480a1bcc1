"""The demo: a whole election of fictitious Musterstadt, done through the operations as officials would do it, and three that wait."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.access.roles import Role
from beiratswahl.config import Config, prepare_instance, sqlite_url
from beiratswahl.documents.result_minutes import Sitting
from beiratswahl.documents.result_sheet import Label
from beiratswahl.operations import results, setup
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.operations.determination import determine
from beiratswahl.operations.information import publish_information
from beiratswahl.operations.notices import publish_notice
from beiratswahl.operations.publication import publish
from beiratswahl.operations.roll import ImportReport, import_register
from beiratswahl.operations.roll_closing import close_roll
from beiratswahl.operations.roll_entries import open_roll
from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.candidates import HARBOUR_LISTS, LISTS, nominate
from beiratswahl.rehearsal.casework import prepare_election
from beiratswahl.rehearsal.evening import Progress, begin_count, count_lists, count_persons, draw_lots
from beiratswahl.rehearsal.founding import districts_of_musterstadt, found_musterhafen, found_musterstadt, found_mustertal
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.database import open_engine
from beiratswahl.store.migrate import upgrade
from beiratswahl.store.read.published import pdf
from beiratswahl.store.read.roll_pending import pending

#: nothing is counted before the poll is over, so the demo's election is a past one on whatever day the demo runs
ELECTION_DAY = min(date(2026, 11, 15), clock.today() - timedelta(days=clock.today().isoweekday() % 7 + 7))
PERSONS, SEED = 20_000, 2026
OFFICER = Actor(account_id=None, name="Erika Amt", role=Role.ELECTION_OFFICE.value)
SITTING = Sitting(
    day=ELECTION_DAY + timedelta(days=3),
    place="Rathaus, Raum 2",
    began="17:00",
    ended="18:10",
    chair="Erika Amt",
    members=("Hamid Rahimi", "Iryna Petrenko", "Karl Weber", "Hülya Demir"),
    recorder="Jan Schreiber",
)
DRAWN = clock.from_local(datetime.combine(SITTING.day, time(17, 20)))
Say = Callable[[str], None]


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
        municipality_id, election_id = found_musterstadt(desk, ELECTION_DAY)
        districts = districts_of_musterstadt(desk, municipality_id, election_id)
        say("2  Melderegister einlesen und über jede Person entscheiden")
        report = _import(desk, config.instance, election_id, persons, progress)
        say("3  Wahlvorschläge entgegennehmen und zulassen")
        publish_notice(desk, election_id, Announcement.CALL, ELECTION_DAY - timedelta(days=70))
        nominate(desk, election_id, LISTS, SEED, ELECTION_DAY)
        publish_notice(desk, election_id, Announcement.ADMITTED, ELECTION_DAY - timedelta(days=13))
        publish_notice(desk, election_id, Announcement.ELECTION, ELECTION_DAY - timedelta(days=9))
        _keep_roll(desk, election_id, districts)
        publish_information(desk, election_id)
        say("4  Zwei Briefwahlbezirke auszählen")
        ballots = count_lists(desk, election_id, districts, SEED, progress)
        say("5  Ergebnis ermitteln; bei Gleichstand entscheidet das Los")
        lot = draw_lots(desk, election_id, SEED, DRAWN)
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
        say("8  Eine dritte Wahl, die noch vorbereitet wird: Landkreis Musterland")
        prepare_election(desk.session, config.instance, SEED + 8)
        say("9  Eine vierte Wahl, deren Stimmzettel noch zu erfassen sind: Stadt Musterhafen")
        _open_count(desk)
        return Summary(config.instance, report, election_id, ballots, seats, lot, file)


@contextmanager
def _desk(config: Config) -> Iterator[Desk]:
    engine = open_engine(config.database_url)
    upgrade(engine)
    with Session(engine) as session:
        yield Desk(session, OFFICER)
    engine.dispose()


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


def _open_count(desk: Desk) -> None:
    """The poll is over, the board is there, some ballots are typed; the rest is for whoever tries it."""
    election_id, district = found_musterhafen(desk, ELECTION_DAY)
    nominate(desk, election_id, HARBOUR_LISTS, SEED + 9, ELECTION_DAY)
    publish_information(desk, election_id)
    begin_count(desk, election_id, district, SEED)


def _second_election(desk: Desk, progress: Progress) -> None:
    election_id = found_mustertal(desk, ELECTION_DAY)
    district = setup.create_district(desk, election_id, 1, "Briefwahlbezirk Mustertal", postal=True, eligible=842)
    nominate(desk, election_id, tuple(("Einzelbewerbung", 1) for _ in range(11)), SEED + 7, ELECTION_DAY)
    publish_information(desk, election_id)
    count_persons(desk, election_id, district, SEED, progress)
