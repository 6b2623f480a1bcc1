"""A dry run tells what the release will do and writes nothing; a killed import leaves nothing; every person gets the law's verdict."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Election as ElectionFacts
from beiratswahl.law.suffrage import suffrage_of
from beiratswahl.operations import roll_second_process
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.findings import FileRefused, Findings
from beiratswahl.operations.register_file import open_register
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_assessment import Electorate
from beiratswahl.operations.roll_facts import REGISTER_COLUMNS, FactReader, to_stored
from beiratswahl.operations.roll_intake import Intake
from beiratswahl.operations.roll_preview import ChangeKind, PersonChange, preview_import
from beiratswahl.operations.setup import rules_of
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store import journal
from beiratswahl.store.read.roll import imports
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from tests.operations.test_register_file import Write, a_line, write
from tests.operations.test_roll import snapshot
from tests.world import ELECTION_DAY, Place, found

__all__ = ["write"]


TODAY = "2026-11-01"


@pytest.fixture
def place(desk: Desk) -> Place:
    return found(desk)


def electorate_of(desk: Desk, place: Place) -> Electorate:
    return Electorate(suffrage_of(rules_of(desk.session, place.election_id)), ElectionFacts(ELECTION_DAY, frozenset({"07999000"})))


def rehearsed(path: Path, persons: int, seed: int) -> Path:
    with path.open("wb") as stream:
        write_register(stream, persons, seed, election_day=ELECTION_DAY)
    return path


def test_every_person_gets_the_verdict_the_law_gives_alone(desk: Desk, place: Place, tmp_path: Path) -> None:
    path = rehearsed(tmp_path / "auszug.csv", 4000, 11)
    import_register(desk, place.election_id, path)
    alone = Assessor(suffrage_of(rules_of(desk.session, place.election_id)), ElectionFacts(ELECTION_DAY, frozenset({"07999000"})))
    columns = [getattr(RegisteredPerson, name) for name in REGISTER_COLUMNS]
    facts = FactReader()
    query = select(RollVerdict, *columns).join(RegisteredPerson, RegisteredPerson.verdict_id == RollVerdict.id)
    rows = desk.session.execute(query).all()
    assert len(rows) == 4000
    for verdict, *stored in rows:
        decision = alone.decide(facts.person(tuple(stored)))
        assert (verdict.entitled, verdict.entry or None) == (decision.entitled.value, decision.entry and decision.entry.value)
        assert [reason["text"] for reason in verdict.reasons] == [reason.text for reason in decision.reasons]


def test_a_register_with_other_dates_at_every_bound_is_decided_as_the_law_says(desk: Desk, place: Place, write: Write) -> None:
    chance = random.Random(3)
    births = ["14.11.2010", "15.11.2010", "16.11.2010", "00.11.2010", "00.00.2010", "00.00.2009", "00.00.0000", "", "29.02.2008"]
    arrivals = ["14.08.2026", "15.08.2026", "16.08.2026", "00.08.2026", "00.00.2026", "00.00.0000", "01.12.2026", "15.11.2026"]
    lines = [
        a_line(
            Registernummer=str(number),
            Geburtsdatum=chance.choice(births),
            Einzugsdatum=chance.choice(arrivals),
            Wohnungsstatus=chance.choice("HN"),
            Staatsangehörigkeiten=chance.choice(["163", "000", "998", "999", "000 163", "997"]),
        )
        for number in range(1, 400)
    ]
    import_register(desk, place.election_id, write(*lines))
    alone = Assessor(suffrage_of(rules_of(desk.session, place.election_id)), ElectionFacts(ELECTION_DAY, frozenset({"07999000"})))
    columns = [getattr(RegisteredPerson, name) for name in REGISTER_COLUMNS]
    query = select(RollVerdict, *columns).join(RegisteredPerson, RegisteredPerson.verdict_id == RollVerdict.id)
    answers = set()
    for verdict, *stored in desk.session.execute(query):
        decision = alone.decide(FactReader().person(tuple(stored)))
        assert [reason["text"] for reason in verdict.reasons] == [reason.text for reason in decision.reasons]
        answers.add(verdict.entitled)
    assert answers == {"yes", "no", "unclear"}


def test_a_preview_writes_nothing_and_tells_what_the_import_does(desk: Desk, place: Place, write: Write) -> None:
    stays, moves, goes = a_line(), a_line(Registernummer="2", Vornamen="Elif"), a_line(Registernummer="3", Vornamen="Deniz")
    import_register(desk, place.election_id, write(stays, moves, goes))
    rows, entries = snapshot(desk.session), desk.session.scalar(select(func.count()).select_from(JournalEntry))
    newer = write(
        stays,
        a_line(Registernummer="2", Vornamen="Elif", Staatsangehörigkeiten="000", Straße="Neugasse"),
        a_line(Registernummer="9", Vornamen="Mira", Einzugsdatum="01.10.2026"),
    )
    told: list[PersonChange] = []
    preview = preview_import(desk, place.election_id, newer, record=told.append)
    assert snapshot(desk.session) == rows
    assert desk.session.scalar(select(func.count()).select_from(JournalEntry)) == entries
    assert (preview.persons, preview.added, preview.changed, preview.missing, preview.decided_anew) == (3, 1, 1, 1, 1)
    by_number = {change.register_number: change for change in preview.changes}
    assert {number: change.kind for number, change in by_number.items()} == {
        "2": ChangeKind.CHANGED,
        "3": ChangeKind.MISSING,
        "9": ChangeKind.NEW,
    }
    assert told == list(preview.changes)
    assert preview.changes_in_all == 3
    naturalised = by_number["2"]
    assert {field.column: (field.before, field.after) for field in naturalised.fields} == {
        "nationalities": ("163", "000"),
        "street": ("Hauptstraße", "Neugasse"),
    }
    assert naturalised.before is not None
    assert naturalised.after is not None
    assert (naturalised.before.entitled, naturalised.after.entitled) == ("yes", "no")
    assert any("auf Antrag" in sentence for sentence in naturalised.after.because)
    assert preview.answers == ((("yes", ""), ("no", "application"), 1),)
    assert sum(count.persons for count in preview.counts) == 3
    assert any("3 Monate" in sentence and persons == 1 for sentence, persons in preview.reasons)
    report = import_register(desk, place.election_id, newer, released=preview.state)
    assert (report.added, report.changed, report.missing, report.decided_anew) == (1, 1, 1, 1)
    assert report.counts == preview.counts


def test_the_preview_of_a_large_first_export_has_the_counts_of_the_import(desk: Desk, place: Place, tmp_path: Path) -> None:
    path = rehearsed(tmp_path / "auszug.csv", 900, 5)
    preview = preview_import(desk, place.election_id, path)
    assert (preview.added, preview.changes_in_all, len(preview.changes)) == (900, 900, 500)
    report = import_register(desk, place.election_id, path)
    assert sorted(preview.counts, key=repr) == sorted(report.counts, key=repr)


def test_the_preview_of_the_same_file_says_so(desk: Desk, place: Place, write: Write) -> None:
    path = write(a_line())
    import_register(desk, place.election_id, path)
    preview = preview_import(desk, place.election_id, path)
    assert (preview.repeated, preview.changes_in_all) == (True, 0)


def test_a_full_export_read_as_mere_changes_by_mistake_can_be_read_again_as_a_whole(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line(), a_line(Registernummer="2", Vornamen="Elif")))
    without_the_second = write(a_line(Familienname="Neu"))
    assert import_register(desk, place.election_id, without_the_second, changes_only=True).missing == 0
    assert preview_import(desk, place.election_id, without_the_second, changes_only=True).repeated
    preview = preview_import(desk, place.election_id, without_the_second)
    assert (preview.repeated, preview.missing) == (False, 1)
    assert import_register(desk, place.election_id, without_the_second).missing == 1
    assert import_register(desk, place.election_id, without_the_second).repeated


def test_exchanged_headings_of_the_names_are_warned_about(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line(Familienname="Kaya", Vornamen="Ada"), a_line(Registernummer="2", Vornamen="Li")))
    turned = write(a_line(Familienname="Ada", Vornamen="Kaya"), a_line(Registernummer="2", Vornamen="Lia"))
    for warnings in (preview_import(desk, place.election_id, turned).warnings, import_register(desk, place.election_id, turned).warnings):
        (warning,) = warnings
        assert warning.what == "Bei 1 Person steht als Familienname, was bisher die Vornamen waren, und umgekehrt."


def test_a_release_is_refused_when_something_changed_since_the_preview(desk: Desk, place: Place, write: Write) -> None:
    state = preview_import(desk, place.election_id, write(a_line())).state
    with pytest.raises(Refused, match="Seit der Vorschau"):
        import_register(desk, place.election_id, write(a_line(Vornamen="Elif")), released=state)
    state = preview_import(desk, place.election_id, write(a_line())).state
    import_register(desk, place.election_id, write(a_line(Registernummer="1")))
    with pytest.raises(Refused, match="Seit der Vorschau"):
        import_register(desk, place.election_id, write(a_line()), released=state)


def test_a_preview_of_a_broken_file_names_every_fault(desk: Desk, place: Place, write: Write) -> None:
    with pytest.raises(FileRefused) as refused:
        preview_import(desk, place.election_id, write(a_line(Geburtsdatum="31.02.1980"), a_line(Registernummer="2", Wohnungsstatus="?")))
    assert refused.value.findings.errors == 2
    with pytest.raises(FileRefused, match="steht schon in Zeile 2"):
        preview_import(desk, place.election_id, write(a_line(), a_line(Registernummer="2"), a_line()))


def test_daily_change_files_touch_only_whom_they_name(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line(), a_line(Registernummer="2", Vornamen="Elif")))
    monday = write(a_line(Registernummer="2", Vornamen="Elif", Sterbedatum="02.11.2026"))
    report = import_register(desk, place.election_id, monday, changes_only=True)
    assert (report.changed, report.missing, report.decided_anew) == (1, 0, 1)
    tuesday = write(a_line(Registernummer="3", Vornamen="Mira"), a_line(Auszugsdatum="03.11.2026"))
    report = import_register(desk, place.election_id, tuesday, changes_only=True)
    assert (report.added, report.changed, report.missing) == (1, 1, 0)
    answers = {count.entitled: count.persons for count in report.counts}
    assert answers == {"yes": 1, "no": 2}
    assert [one.number for one in imports(desk.session, place.election_id)] == [3, 2, 1]


def test_an_older_export_than_the_last_is_warned_about(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line(Einzugsdatum="01.10.2026")))
    older = write(a_line(Einzugsdatum="01.02.2010"))
    (warning,) = preview_import(desk, place.election_id, older).warnings
    assert warning.what.endswith("wohl älter als der zuletzt übernommene: sein jüngstes Ereignis ist 01.02.2010, dort 01.10.2026.")
    assert import_register(desk, place.election_id, older).warnings_in_all == 1


def test_a_number_that_stands_at_somebody_else_is_warned_about(desk: Desk, place: Place, write: Write) -> None:
    numbers = ("1", "2", "3", "4", "5")
    import_register(desk, place.election_id, write(*(a_line(Registernummer=number) for number in numbers)))
    married = a_line(Registernummer="1", Familienname="Krüger", Vornamen="Ayşe Elif")
    put_right = a_line(Registernummer="2", Geburtsdatum="18.05.1980")
    other = {"Familienname": "Braun", "Vornamen": "Ilse", "Geburtsdatum": "00.03.1950"}
    kept = [a_line(Registernummer=number) for number in ("4", "5")]
    file = write(married, put_right, a_line(Registernummer="3", **other), *kept)
    (warning,) = preview_import(desk, place.election_id, file).warnings
    assert "„3“: bisher Yılmaz, Ayşe (geboren 17.05.1980), jetzt Braun, Ilse (geboren 00.03.1950)" in warning.text
    assert "hängen an der Nummer" in warning.why
    assert import_register(desk, place.election_id, file).warnings == (warning,)
    file = write(*(a_line(Registernummer=number, Vornamen="Uwe", Geburtsdatum="01.01.1990") for number in numbers))
    (warning,) = preview_import(desk, place.election_id, file).warnings
    assert "Unter 5 bekannten Registernummern" in warning.what
    assert warning.what.count("bisher") == 3


def test_one_number_written_in_two_ways_is_one_person(write: Write) -> None:
    findings = Findings()
    lines = (a_line(Auszugsdatum="01.03.2020"), a_line(Registernummer=" 4711 ", Einzugsdatum="01.03.2020", Straße="Nebenweg"))
    (person,) = open_register(write(*lines)).persons(("07999000",), "2026-11-15", TODAY, findings)
    assert (len(person.residences), findings.errors) == (2, 0)


KILLED = """
import sys
from pathlib import Path
from sqlalchemy.orm import Session
from beiratswahl.operations import roll, roll_second_process
from beiratswahl.operations.desk import Actor, Desk
from beiratswahl.store.database import open_engine
address, election_id, path = sys.argv[1:]
roll.CHUNK_PERSONS = dict.fromkeys(roll.CHUNK_PERSONS, 100)
roll_second_process.WORTH_A_PROCESS = 0
def wait(done, whole):
    print(done, flush=True)
    if done > 1000:
        sys.stdin.read()
with Session(open_engine(address)) as session:
    roll.import_register(Desk(session, Actor(None, "Erika Amt", "election_officer")), int(election_id), Path(path), progress=wait)
"""


def test_an_import_killed_in_the_middle_leaves_nothing_and_can_start_again(
    desk: Desk, session: Session, place: Place, database_url: str, tmp_path: Path
) -> None:
    path = rehearsed(tmp_path / "auszug.csv", 10_000, 8)
    entries = session.scalar(select(func.count()).select_from(JournalEntry))
    session.rollback()
    arguments = [sys.executable, "-c", KILLED, database_url, str(place.election_id), str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stdout:
            if int(line) > 1000:
                break
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        # Whoever reads the register for the killed process holds this pipe too; its end shows that nobody is left.
        assert process.stderr.read() == ""
    for _ in range(100):
        # PostgreSQL notices the lost client a moment later
        rows = [
            session.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("registered_persons", "register_imports", "roll_verdicts")
        ]
        session.rollback()
        if rows == [0, 0, 0]:
            break
        time.sleep(0.1)
    assert rows == [0, 0, 0]
    assert session.scalar(select(func.count()).select_from(JournalEntry)) == entries
    session.rollback()
    report = import_register(desk, place.election_id, path)
    assert (report.persons, report.added) == (10_000, 10_000)
    assert list(journal.faults(session)) == []


def test_ordinary_lines_are_read_as_the_thorough_reader_would(desk: Desk, place: Place, write: Write) -> None:
    chance = random.Random(5)
    dates = [
        "01.02.2010",
        "29.02.2008",
        "2010-02-01",
        "20100201",
        "00.02.2010",
        "00.00.0000",
        "31.02.2010",
        "1.2.2010",
        "17.05.1980 ",
        "01.01.2031",
    ]
    lines = [
        a_line(
            Registernummer=chance.choice([f"{number}", f" {number}", f"7/{number}"]),
            Familienname=chance.choice(["Yılmaz", "Müller ", "Müller", "Кот", ""]),
            Geburtsdatum=chance.choice(dates),
            Einzugsdatum=chance.choice(dates),
            Geschlecht=chance.choice(["w", "M", ""]),
            Staatsangehörigkeiten=chance.choice(["163", "000,163", "163 000"]),
            Gemeindeschlüssel=chance.choice(["07999000", "07999000", "07998000"]),
            Auskunftssperre=chance.choice(["", "", "51", "52"]),
            Sterbedatum=chance.choice(["", "", "", "01.06.2031"]),
            Hausnummer=chance.choice(["1a", " 1  a"]),
        )
        for number in range(2000)
    ]
    file = open_register(write(*lines))
    electorate, findings = electorate_of(desk, place), Findings()
    portions = list(Intake(file, electorate, TODAY).portions(100))
    decisions = [decision for portion in portions for decision in portion.decisions]
    rows = [row for portion in portions for row in portion.rows(range(len(decisions)))]
    persons = list(file.persons(("07999000",), ELECTION_DAY.isoformat(), TODAY, findings))
    facts, alone = FactReader(), Assessor(*electorate)
    assert len(rows) > 100
    assert [row[: len(REGISTER_COLUMNS)] for row in rows] == [to_stored(person, electorate.election.holds) for person in persons]
    assert [decisions[row[-1]] for row in rows] == [alone.decide(facts.newly_read(person)) for person in persons]
    assert [finding.text for finding in portions[-1].findings] == [finding.text for finding in findings]
    assert portions[-1].newest_event == max(max(person.died, *(home.moved_in for home in person.residences)) for person in persons)


def test_a_second_process_reads_and_decides_as_the_first_would(
    desk: Desk, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_register(rehearsed(tmp_path / "auszug.csv", 1500, 4))
    electorate = electorate_of(desk, place)
    alone = list(Intake(file, electorate, TODAY).portions(400))
    monkeypatch.setattr(roll_second_process, "WORTH_A_PROCESS", 0)
    with roll_second_process.register_reader(file.path) as reads:
        assert list(reads(file, electorate, TODAY, 400)) == alone
    assert [len(portion.read) for portion in alone] == [400, 400, 400, 300]
    assert alone[-1].persons == 1500


def test_a_second_process_names_every_fault_of_the_file(desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_second_process, "WORTH_A_PROCESS", 0)
    lines = [a_line(Registernummer=str(number), Geburtsdatum="31.02.1980" if number % 2 else "28.02.1980") for number in range(500)]
    with pytest.raises(FileRefused) as refused:
        import_register(desk, place.election_id, write(*lines, a_line(Registernummer="2")))
    assert refused.value.findings.errors == 251
    assert imports(desk.session, place.election_id) == ()


@pytest.mark.parametrize("program", ["", "import sys; sys.stdout.write('cut off')"])
def test_an_import_whose_second_process_ends_early_leaves_nothing(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    if len(os.sched_getaffinity(0)) < 2:
        pytest.skip("one processor alone reads in the first process")
    monkeypatch.setattr(roll_second_process, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(roll_second_process, "COMMAND", (sys.executable, "-c", program))
    with pytest.raises(RuntimeError, match="ended early"):
        import_register(desk, place.election_id, write(a_line()))
    assert imports(desk.session, place.election_id) == ()
    monkeypatch.undo()
    assert import_register(desk, place.election_id, write(a_line())).added == 1
