"""Schriftstücke zum Wählerverzeichnis as PDF: lists of Wahlscheine, statistics, the extract of the own data, the certificate of closing."""

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.roll_paper import PaperTable, RollPaper, print_paper
from beiratswahl.operations.announcements import letterhead
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_printing import written
from beiratswahl.operations.roll_statistics import SUPPRESSED, RollStatistics
from beiratswahl.store.read import setup
from beiratswahl.store.read.certificates import CertificateView, Choice, certificates
from beiratswahl.store.read.electoral_roll import EntryView, entry_of

ROLL = "Wählerverzeichnis"


def certificate_list(session: Session, election_id: int, choice: Choice) -> bytes:
    """Verzeichnis der ungültigen oder der später erteilten Wahlscheine, for the polling boards.

    Source: §§ 19, 21 KWO: Wahlscheine issued later stand in a list of their own that the boards get [V]; so do those without
    an entry, which no mark W shows [I]; list of invalid ones [G].
    """
    listed = sorted(certificates(session, election_id, choice, rows=None), key=lambda one: one.certificate_id)
    invalid = choice is Choice.INVALID
    title = (
        "Verzeichnis der für ungültig erklärten Wahlscheine"
        if invalid
        else "Verzeichnis der nach dem Abschluss oder ohne Eintrag erteilten Wahlscheine"
    )
    last = "Grund" if invalid else "erteilt am"
    rows = tuple(_certificate(one, one.invalid_reason if invalid else words.moment(one.issued_at_utc)) for one in listed)
    lead = (
        "Wahlbriefe mit diesen Wahlscheinen werden nicht zugelassen (§ 56 KWO)."
        if invalid
        else "Diese Personen wählen nur mit ihrem Wahlschein, auch wo im Wählerverzeichnis kein Vermerk W bei ihnen steht (§ 21 KWO)."
    )
    table = PaperTable("", ("Wahlschein", "#Stimmbezirk", "#Nr.", "Person", last), rows)
    return print_paper(_paper(session, election_id, "Wahlscheine", title, (lead, f"Anzahl: {len(rows)}."), (table,), ()))


def statistics_paper(session: Session, election_id: int, statistics: RollStatistics) -> bytes:
    """Statistik as it stands on the page, small groups suppressed."""
    state = "Zahlen des abgeschlossenen Wählerverzeichnisses" if statistics.frozen else "Stand von heute, vor dem Abschluss änderbar"
    tables = tuple(
        PaperTable(table.dimension.value, ("Gruppe", "#Wahlberechtigte"), tuple((one.label, _number(one.persons)) for one in table.groups))
        for table in statistics.tables
    )
    lead = (f"{state}. Wahlberechtigte zusammen: {_number(statistics.persons)}.",)
    notes = (f"{SUPPRESSED} Gruppe nicht ausgewiesen: Sie ist zu klein, oder aus ihr ließe sich eine kleine Gruppe berechnen.",)
    return print_paper(_paper(session, election_id, ROLL, "Wahlberechtigte nach Gruppen", lead, tables, notes))


def own_data(session: Session, election_id: int, person_id: int) -> bytes:
    """Auszug aus dem Wählerverzeichnis for the person it is about; a blocked address stays out, as in every print.

    Source: § 12 KWG, § 13 KWO: everybody may check the own data [V].

    Raises:
        Refused: the person is not in the roll.
    """
    entry = entry_of(session, election_id, person_id)
    if entry is None:
        raise Refused("Die Person steht nicht im Wählerverzeichnis; es gibt keinen Auszug.")
    rows = tuple((label, value) for label, value in own_lines(entry))
    lead = ("Sie haben Einsicht in Ihre Daten im Wählerverzeichnis genommen (§ 12 KWG, § 13 KWO). Eingetragen ist:",)
    notes = ("Halten Sie die Angaben für falsch, können Sie bis zum Ende der Einsichtsfrist Einwendungen erheben (§ 13 KWO).",)
    table = PaperTable("", ("Angabe", "im Wählerverzeichnis"), rows)
    return print_paper(_paper(session, election_id, ROLL, "Auszug aus dem Wählerverzeichnis", lead, (table,), notes))


def own_lines(entry: EntryView) -> tuple[tuple[str, str], ...]:
    """What somebody sees of the own entry: the page and the extract show the same; the codes are explained (§ 13 Abs. 3 KWO)."""
    marks = [text for is_set, text in ((entry.blocked, "N: gesperrt"), (entry.certificate, "W: Wahlschein erteilt")) if is_set]
    return (
        ("Familienname", entry.family_name),
        ("Vornamen", entry.given_names),
        ("geboren am", written(entry.birth_date)),
        ("Anschrift", "wegen einer Auskunftssperre nicht gezeigt" if entry.hidden else entry.address),
        ("Stimmbezirk", f"{entry.district_number} {entry.district_name}"),
        ("Laufende Nummer", str(entry.number)),
        ("Vermerke", "; ".join(marks) or "keine"),
        ("Bemerkungen", entry.remarks or "keine"),
    )


def _certificate(one: CertificateView, last: str) -> tuple[str, ...]:
    return (one.number, str(one.district_number), str(one.roll_number or "–"), one.name, last)


def _number(persons: int | None) -> str:
    return SUPPRESSED if persons is None else words.number(persons)


def _paper(
    session: Session, election_id: int, kind: str, title: str, lead: tuple[str, ...], tables: tuple[PaperTable, ...], notes: tuple[str, ...]
) -> RollPaper:
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    municipality = setup.municipality(session, election.municipality_id)
    return RollPaper(
        letterhead=letterhead(municipality),
        kind=kind,
        title=title,
        election_day=election.day,
        lead=lead,
        tables=tables,
        notes=notes,
        place=municipality.town,
        created_at_utc=clock.now(),
        dated_on=clock.today(),
    )
