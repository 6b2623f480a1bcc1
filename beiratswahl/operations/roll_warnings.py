"""Was an einem Auszug stutzig macht: looks right by itself, but not beside what was taken over before."""

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.roll_facts import Stored
from beiratswahl.operations.roll_persons import PersonBook
from beiratswahl.operations.roll_portion import Portion
from beiratswahl.store.tables.roll import RegisterImport


def warn_of_older_export(last: RegisterImport | None, read: Portion) -> None:
    """Add a warning when the newest event of an export lies before that of the last one."""
    if last is not None and read.newest_event < last.newest_event:
        newest, before = _day(read.newest_event) if read.newest_event else "keines", _day(last.newest_event)
        read.findings.warning(
            f"Dieser Auszug ist wohl älter als der zuletzt übernommene: sein jüngstes Ereignis ist {newest}, dort {before}.",
            "Ein älterer Auszug würde Umzüge, Sterbefälle und Einbürgerungen der letzten Zeit wieder zurücknehmen.",
            "Bitte prüfen, ob die richtige Datei gewählt ist.",
        )


def warn_of_other_persons(book: PersonBook, findings: Findings) -> None:
    """Add a warning when register numbers now stand at somebody else: what hangs at the number would pass to that person."""
    if not book.exchanged:
        return
    named = "; ".join(f"„{before[0]}“: bisher {_named(before)}, jetzt {_named(after)}" for before, after in book.examples)
    findings.warning(
        f"Unter einer bekannten Registernummer steht im Auszug wohl eine andere Person ({named})."
        if book.exchanged == 1
        else f"Unter {book.exchanged} bekannten Registernummern stehen im Auszug wohl andere Personen (zum Beispiel {named}).",
        "Vornamen und Geburtsdatum sind andere. Anträge, Feststellungen und Wahlscheine hängen an der Nummer und gingen auf die andere "
        "Person über.",
        "Bitte im Melderegister klären, ob Nummern neu vergeben wurden oder der Auszug aus einem anderen Verfahren stammt.",
    )


def warn_of_turned_names(book: PersonBook, findings: Findings) -> None:
    """Add a warning when family name and given names have changed places, as when two headings of an export are exchanged."""
    if book.turned:
        persons = "1 Person" if book.turned == 1 else f"{book.turned} Personen"
        findings.warning(
            f"Bei {persons} steht als Familienname, was bisher die Vornamen waren, und umgekehrt.",
            "So stünden sie im Wählerverzeichnis und auf den Wahlscheinen.",
            "Bitte prüfen, ob im Auszug die Überschriften beider Spalten vertauscht sind.",
        )


def _named(stored: Stored) -> str:
    _number, family, given, born, *_rest = stored
    return f"{family}, {given} (geboren {_day(born)})"


def _day(iso: str) -> str:
    """Tag, of which the register may know the year or the month only: "2026-10-30" as 30.10.2026."""
    return ".".join(reversed(iso.split("-")))
