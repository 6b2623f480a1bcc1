"""Importing the register decides on everybody, keeps what was decided before, and leaves nothing of a refused file."""

import io
import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations import roll as operation
from beiratswahl.operations import roll_verdicts
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.findings import FileRefused
from beiratswahl.operations.roll import ImportReport, import_register
from beiratswahl.operations.roll_application_changes import correct_application
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store import journal
from beiratswahl.store.read.roll import imports, person_page, person_view, verdict_counts
from beiratswahl.store.read.roll_views import PersonFilter, PersonLine, PersonView
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RegisterImport, RollVerdict
from tests.operations.test_register_file import Write, a_line, write
from tests.world import ELECTION_DAY, Place, found

__all__ = ["write"]

RECEIVED = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


@pytest.fixture
def place(desk: Desk) -> Place:
    return found(desk)


def persons(session: Session, place: Place, **wanted: object) -> list[PersonLine]:
    return list(person_page(session, place.election_id, PersonFilter(**wanted), rows=1000).lines)  # type: ignore[arg-type]


def the_person(session: Session, place: Place) -> PersonView:
    (line,) = persons(session, place)
    view = person_view(session, place.election_id, line.id)
    assert view is not None
    return view


def journal_entries(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


@pytest.mark.parametrize(
    ("changes", "entitled", "category", "entry"),
    [
        ({}, "yes", "Ausländer", "ex_officio"),
        ({"Staatsangehörigkeiten": "000,163"}, "yes", "Doppelstaater", "ex_officio"),
        ({"Staatsangehörigkeiten": "997"}, "yes", "Ausländer", "ex_officio"),
        ({"Staatsangehörigkeiten": "000"}, "no", "", "application"),
        ({"Wohnungsstatus": "N"}, "no", "Ausländer", ""),
        ({"Einzugsdatum": "15.08.2026"}, "yes", "Ausländer", "ex_officio"),
        ({"Einzugsdatum": "16.08.2026"}, "no", "Ausländer", ""),
        ({"Geburtsdatum": "15.11.2010", "Einzugsdatum": "15.11.2010"}, "yes", "Ausländer", "ex_officio"),
        ({"Geburtsdatum": "16.11.2010", "Einzugsdatum": "16.11.2010"}, "no", "Ausländer", ""),
        ({"Geburtsdatum": "00.00.2010", "Einzugsdatum": "01.01.2012"}, "unclear", "Ausländer", "ex_officio"),
        ({"Geburtsdatum": "00.00.1980"}, "yes", "Ausländer", "ex_officio"),
        ({"Einzugsdatum": "00.00.0000"}, "unclear", "Ausländer", "ex_officio"),
        ({"Sterbedatum": "01.10.2026"}, "no", "Ausländer", ""),
        ({"Auszugsdatum": "01.10.2026"}, "no", "Ausländer", ""),
    ],
)
def test_every_person_is_decided_with_reasons(
    desk: Desk, place: Place, write: Write, changes: dict[str, str], entitled: str, category: str, entry: str
) -> None:
    report = import_register(desk, place.election_id, write(a_line(**changes)))
    assert [(count.entitled, count.category, count.entry, count.persons) for count in report.counts] == [(entitled, category, entry, 1)]
    decision = the_person(desk.session, place).decisions[0]
    assert decision.reasons
    assert all("§" in reason.source for reason in decision.reasons)


def test_a_move_within_the_area_does_not_start_the_three_months_anew(desk: Desk, place: Place, write: Write) -> None:
    lines = (a_line(Einzugsdatum="01.02.2010", Auszugsdatum="01.10.2026"), a_line(Einzugsdatum="01.10.2026", Straße="Neugasse"))
    import_register(desk, place.election_id, write(*lines))
    view = the_person(desk.session, place)
    assert (view.decisions[0].entitled, view.line.street, view.further_residences) == ("yes", "Neugasse", 1)


def test_a_second_residence_that_became_the_main_one_counts_from_then_on(desk: Desk, place: Place, tmp_path: Path, write: Write) -> None:
    header = write().read_text(encoding="utf-8").strip()
    path = write(a_line() + ";01.09.2026;", header=header + ";1305 Hauptwohnung seit;In der Gemeinde seit")
    import_register(desk, place.election_id, path)
    assert the_person(desk.session, place).decisions[0].entitled == "no"


def test_a_known_stay_in_the_municipality_counts_before_the_last_move(desk: Desk, place: Place, write: Write) -> None:
    header = write().read_text(encoding="utf-8").strip()
    line = a_line(Einzugsdatum="01.10.2026") + ";;01.02.2010"
    import_register(desk, place.election_id, write(line, header=header + ";1305 Hauptwohnung seit;In der Gemeinde seit"))
    assert the_person(desk.session, place).decisions[0].entitled == "yes"


def test_an_import_is_one_act_with_one_entry_and_full_counts(desk: Desk, place: Place, tmp_path: Path) -> None:
    path = tmp_path / "auszug.csv"
    with path.open("wb") as stream:
        write_register(stream, 700, 3, election_day=ELECTION_DAY)
    before = journal_entries(desk.session)
    seen: list[tuple[int, int]] = []
    report = import_register(desk, place.election_id, path, progress=lambda done, total: seen.append((done, total)))
    assert journal_entries(desk.session) == before + 1
    assert (report.persons, report.added, report.changed, report.missing) == (700, 700, 0, 0)
    assert sum(count.persons for count in report.counts) == 700
    assert {"yes", "no", "unclear"} == {count.entitled for count in report.counts}
    assert seen[-1][0] == seen[-1][1]
    assert list(journal.faults(desk.session)) == []
    assert 5 < (desk.session.scalar(select(func.count()).select_from(RollVerdict)) or 0) < 80


def test_chunks_make_no_difference(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "auszug.csv"
    with path.open("wb") as stream:
        write_register(stream, 300, 4, election_day=ELECTION_DAY)
    reports = []
    for ags, size in (("07999000", 5000), ("07998000", 7)):
        monkeypatch.setattr(operation, "CHUNK_PERSONS", dict.fromkeys(operation.CHUNK_PERSONS, size))
        own = tmp_path / ags
        own.write_bytes(path.read_bytes().replace(b"07999000", ags.encode()))
        reports.append(import_register(desk, found(desk, ags=ags, name=f"Stadt {ags}").election_id, own))
    assert reports[0].counts == reports[1].counts


def test_the_same_file_again_changes_nothing(desk: Desk, place: Place, write: Write) -> None:
    path = write(a_line(), a_line(Registernummer="2", Vornamen="Elif"))
    import_register(desk, place.election_id, path)
    rows = snapshot(desk.session)
    before = journal_entries(desk.session)
    report = import_register(desk, place.election_id, path)
    assert (report.repeated, report.persons, report.added, report.changed) == (True, 2, 0, 0)
    assert journal_entries(desk.session) == before + 1
    assert snapshot(desk.session) == rows


def snapshot(session: Session) -> list[list[tuple[object, ...]]]:
    tables = ("register_imports", "roll_verdicts", "registered_persons", "superseded_decisions")
    return [[tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY id"))] for table in tables]


def test_the_same_persons_in_another_order_are_not_touched(desk: Desk, place: Place, write: Write) -> None:
    lines = [a_line(), a_line(Registernummer="2", Vornamen="Elif")]
    import_register(desk, place.election_id, write(*lines))
    rows = snapshot(desk.session)[1:]
    report = import_register(desk, place.election_id, write(*reversed(lines)))
    assert (report.repeated, report.number, report.added, report.changed, report.decided_anew) == (False, 2, 0, 0, 0)
    assert snapshot(desk.session)[1:] == rows


def test_a_changed_person_keeps_the_earlier_decision_with_its_facts(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    report = import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="000")))
    assert (report.changed, report.decided_anew) == (1, 1)
    now, earlier = the_person(desk.session, place).decisions
    assert (now.number, now.entitled, now.superseded_at_utc) == (2, "no", None)
    assert (earlier.number, earlier.entitled, earlier.cause) == (1, "yes", "Melderegister-Auszug Nr. 2")
    assert earlier.facts["nationalities"] == "163"
    assert len(persons(desk.session, place, decided_again=True)) == 1


def test_a_new_address_changes_the_person_and_not_the_decision(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    report = import_register(desk, place.election_id, write(a_line(Straße="Neugasse", Familienname="Öztürk")))
    assert (report.changed, report.decided_anew) == (1, 0)
    view = the_person(desk.session, place)
    assert (view.line.street, len(view.decisions)) == ("Neugasse", 1)
    assert persons(desk.session, place, search="oeztuerk")


def test_persons_missing_in_a_newer_export_are_marked_until_they_return(desk: Desk, place: Place, write: Write) -> None:
    both = [a_line(), a_line(Registernummer="2", Vornamen="Elif")]
    import_register(desk, place.election_id, write(*both))
    report = import_register(desk, place.election_id, write(both[0]))
    assert (report.missing, sum(count.persons for count in report.counts)) == (1, 1)
    assert [line.register_number for line in persons(desk.session, place, missing=True)] == ["2"]
    report = import_register(desk, place.election_id, write(both[0], ""))
    assert report.missing == 0, "nobody is missing a second time"
    report = import_register(desk, place.election_id, write(*both))
    assert (report.returned, report.added, report.missing) == (1, 0, 0)
    assert persons(desk.session, place, missing=True) == []


@pytest.mark.parametrize(
    "second",
    [
        a_line(Registernummer="4711", Vornamen="Elif"),
        a_line(Registernummer="5", Geburtsdatum="31.02.1980"),
        a_line(Registernummer="5", Gemeindeschlüssel="07998000"),
        "nur;drei;Felder",
    ],
)
def test_nothing_of_a_refused_file_is_kept(desk: Desk, place: Place, write: Write, second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operation, "CHUNK_PERSONS", dict.fromkeys(operation.CHUNK_PERSONS, 2))
    between = [a_line(Registernummer=str(number)) for number in range(10, 20)]
    before = journal_entries(desk.session)
    with pytest.raises(FileRefused) as refused:
        import_register(desk, place.election_id, write(a_line(), *between, second))
    assert refused.value.findings.errors == 1
    assert snapshot(desk.session) == [[], [], [], []]
    assert journal_entries(desk.session) == before


def test_a_refused_newer_file_leaves_the_older_import_as_it_was(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    rows = snapshot(desk.session)
    with pytest.raises(FileRefused):
        import_register(desk, place.election_id, write(a_line(Vornamen="Elif"), a_line(Registernummer="2", Wohnungsstatus="?")))
    with pytest.raises(FileRefused):
        import_register(desk, place.election_id, write(a_line(), a_line(Registernummer="2"), a_line()))
    assert snapshot(desk.session) == rows


def test_an_unconfirmed_rule_stops_the_import(desk: Desk, place: Place, write: Write) -> None:
    desk.session.execute(text("UPDATE elections SET rule_layers = :layers"), {"layers": json.dumps(without_confirmations(desk.session))})
    desk.session.commit()
    with pytest.raises(Refused, match="kann noch nicht entschieden werden"):
        import_register(desk, place.election_id, write(a_line()))


def without_confirmations(session: Session) -> dict[str, object]:
    (layers,) = session.scalars(text("SELECT rule_layers FROM elections")).all()
    return {**(json.loads(layers) if isinstance(layers, str) else layers), "confirmations": []}


def test_warnings_do_not_refuse_a_file(desk: Desk, place: Place, write: Write) -> None:
    report = import_register(desk, place.election_id, write(a_line(Familienname="Шевченко")))
    assert (report.added, report.warnings_in_all, len(report.warnings)) == (1, 1, 1)


@pytest.fixture
def before_election(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def german(desk: Desk, place: Place, write: Write) -> int:
    import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="000")))
    return persons(desk.session, place)[0].id


def test_an_application_with_proof_leads_to_a_new_decision(desk: Desk, place: Place, write: Write, before_election: None) -> None:
    person_id = german(desk, place, write)
    before = journal_entries(desk.session)
    data = ApplicationData(Ground.NR2B, RECEIVED, Channel.IN_PERSON, "Einbürgerungsurkunde", date(2001, 3, 5))
    verdict = record_application(desk, person_id, data)
    assert (verdict.entitled, verdict.category, verdict.entry, verdict.grounds) == ("yes", "Eingebürgerte", "application", ("NR2B",))
    assert journal_entries(desk.session) == before + 1
    view = person_view(desk.session, place.election_id, person_id)
    assert view is not None
    assert [decision.entitled for decision in view.decisions] == ["yes", "no"]
    assert view.applications[0].proof_kind == "Einbürgerungsurkunde"


def test_an_application_without_proof_is_unclear_until_the_proof_comes(
    desk: Desk, place: Place, write: Write, before_election: None
) -> None:
    person_id = german(desk, place, write)
    assert record_application(desk, person_id, ApplicationData(Ground.NR2B, RECEIVED, Channel.POST)).entitled == "unclear"
    later = ApplicationData(Ground.NR2B, RECEIVED.replace(day=2), Channel.IN_PERSON, "Einbürgerungsurkunde")
    assert record_application(desk, person_id, later).entitled == "yes"


def test_a_new_import_does_not_forget_an_application(desk: Desk, place: Place, write: Write, before_election: None) -> None:
    person_id = german(desk, place, write)
    record_application(desk, person_id, ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, "Einbürgerungsurkunde"))
    report = import_register(desk, place.election_id, write(a_line(Staatsangehörigkeiten="000", Straße="Neugasse")))
    assert (report.changed, report.decided_anew) == (1, 0)
    assert persons(desk.session, place)[0].entitled == "yes"


def test_an_application_from_the_future_or_with_half_a_proof_is_refused(
    desk: Desk, place: Place, write: Write, before_election: None
) -> None:
    person_id = german(desk, place, write)
    before = journal_entries(desk.session)
    with pytest.raises(Refused, match="Zukunft"):
        record_application(desk, person_id, ApplicationData(Ground.NR2B, datetime(2200, 1, 1, tzinfo=UTC), Channel.POST))
    with pytest.raises(Refused, match="fehlt die Art"):
        record_application(desk, person_id, ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, " ", date(2001, 3, 5)))
    assert journal_entries(desk.session) == before


@pytest.mark.parametrize(
    "received", [datetime(202, 4, 17, 9, tzinfo=UTC), datetime(1066, 1, 1, tzinfo=UTC), datetime(2025, 11, 13, 22, 59, tzinfo=UTC)]
)
def test_an_application_does_not_come_more_than_a_year_before_the_election(
    desk: Desk, place: Place, write: Write, before_election: None, received: datetime
) -> None:
    person_id = german(desk, place, write)
    with pytest.raises(Refused, match=f"{received.year:04} liegt mehr als ein Jahr vor dem Wahltag"):
        record_application(desk, person_id, ApplicationData(Ground.NR2B, received, Channel.POST))
    earliest = datetime(2025, 11, 13, 23, tzinfo=UTC)  # 14 November 2025, 0:00 in Germany: 366 days before
    assert record_application(desk, person_id, ApplicationData(Ground.NR2B, earliest, Channel.POST)).in_time


@pytest.mark.parametrize("issued", [date(2026, 11, 3), date(2030, 1, 1), date(1899, 12, 31), date(201, 3, 5)])
def test_a_proof_of_an_impossible_day_is_refused(desk: Desk, place: Place, write: Write, before_election: None, issued: date) -> None:
    person_id = german(desk, place, write)
    proven = ApplicationData(Ground.NR2B, RECEIVED, Channel.POST, "Einbürgerungsurkunde", issued)
    with pytest.raises(Refused, match="kann nicht an diesem Tag ausgestellt sein"):
        record_application(desk, person_id, proven)
    today = record_application(desk, person_id, replace(proven, proof_date=date(2026, 11, 2)))
    with pytest.raises(Refused, match="kann nicht an diesem Tag ausgestellt sein"):
        correct_application(desk, today.application_id, proven, "Datum der Urkunde")


def test_two_municipalities_never_see_each_others_persons(desk: Desk, place: Place, write: Write) -> None:
    other = found(desk, ags="07998000", name="Stadt Beispielheim")
    import_register(desk, place.election_id, write(a_line()))
    import_register(desk, other.election_id, write(a_line(Gemeindeschlüssel="07998000", Vornamen="Elif")))
    (line,) = persons(desk.session, place)
    assert line.given_names == "Ayşe"
    assert person_view(desk.session, other.election_id, line.id) is None
    assert sum(count.persons for count in verdict_counts(desk.session, other.election_id)) == 1


@pytest.mark.parametrize("search", ["yilmaz", "Yılm", "YILMAZ ayse", "ays yil", "4711", "17.05.1980", "1980-05", "Ayşe 1980"])
def test_a_person_is_found_in_any_spelling_by_number_and_by_birth_date(desk: Desk, place: Place, write: Write, search: str) -> None:
    other = a_line(Registernummer="2", Familienname="Müller-Lüdenscheidt", Vornamen="Jürgen", Geburtsdatum="01.01.1990")
    import_register(desk, place.election_id, write(a_line(), other))
    assert [line.register_number for line in persons(desk.session, place, search=search)] == ["4711"]
    assert len(persons(desk.session, place, search="ludenscheidt")) == 1
    assert persons(desk.session, place, search="denscheidt") == []
    assert persons(desk.session, place, search="Лüd") == persons(desk.session, place, search="Люденшайдт") == []


def test_pages_are_sorted_by_name_and_never_lose_or_repeat_anybody(desk: Desk, place: Place, tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_register(stream, 230, 5, election_day=ELECTION_DAY)
    path = tmp_path / "auszug.csv"
    path.write_bytes(stream.getvalue())
    import_register(desk, place.election_id, path)
    pages = [person_page(desk.session, place.election_id, PersonFilter(), page) for page in range(1, 6)]
    numbers = Counter(line.register_number for page in pages for line in page.lines)
    assert (len(numbers), set(numbers.values()), pages[0].pages) == (230, {1}, 5)
    assert person_page(desk.session, place.election_id, PersonFilter(), 99).page == 5
    by_answer = [person_page(desk.session, place.election_id, PersonFilter(entitled=answer)).persons for answer in ("yes", "no", "unclear")]
    assert sum(by_answer) == 230


def test_imports_are_listed_with_what_they_changed(desk: Desk, place: Place, write: Write) -> None:
    import_register(desk, place.election_id, write(a_line()))
    report: ImportReport = import_register(desk, place.election_id, write(a_line(Vornamen="Elif")))
    newest, first = imports(desk.session, place.election_id)
    assert (first.number, first.added, newest.number, newest.changed) == (1, 1, 2, report.changed)


def test_a_person_cannot_hang_under_another_elections_verdict(desk: Desk, place: Place, write: Write, session: Session) -> None:
    other = found(desk, ags="07998000", name="Stadt Beispielheim")
    import_register(desk, place.election_id, write(a_line()))
    import_register(desk, other.election_id, write(a_line(Gemeindeschlüssel="07998000")))
    row = session.scalars(select(RegisteredPerson).where(RegisteredPerson.election_id == place.election_id)).one()
    foreign = session.scalars(select(RegisterImport.id).where(RegisterImport.election_id == other.election_id)).one()
    row.import_id = foreign
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        session.flush()


def test_the_same_file_is_decided_again_by_another_version_of_the_program(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(a_line())
    import_register(desk, place.election_id, file)
    assert import_register(desk, place.election_id, file).repeated
    monkeypatch.setattr(roll_verdicts, "__version__", "99.0")
    report = import_register(desk, place.election_id, file)
    assert (report.repeated, report.decided_anew, report.changed) == (False, 1, 0)
