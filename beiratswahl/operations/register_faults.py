"""Fehler im Aufbau des Melderegister-Auszugs, in words."""

from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_columns import Column


def report_width(fields: int, width: int, line: int, findings: Findings) -> None:
    """A line has more or fewer fields than the header."""
    findings.error(
        f"Die Zeile hat {fields} Felder, die Kopfzeile {width}.",
        "Die Angaben lassen sich den Spalten nicht sicher zuordnen.",
        "Vermutlich steht ein Trennzeichen in einem Feld ohne Anführungszeichen, oder die Zeile ist abgeschnitten.",
        line=line,
    )


def report_broken_quotes(fault: str, line: int, findings: Findings) -> None:
    """The csv reader gave up on a line."""
    findings.error(
        f"Die Anführungszeichen dieser Zeile sind nicht richtig gesetzt ({fault}).",
        "Wo das Feld endet, ist nicht erkennbar.",
        "Anführungszeichen in einem Feld müssen verdoppelt sein.",
        line=line,
    )


def report_two_persons(number: str, first_line: int, line: int, findings: Findings) -> None:
    """A register number stands at two places, or its lines tell of two different persons."""
    findings.error(
        f"Die Registernummer „{number}“ steht schon in Zeile {first_line}.",
        "Jede Nummer gehört zu genau einer Person; mehrere Wohnungen einer Person stehen direkt untereinander, "
        "alle anderen Angaben sind in diesen Zeilen gleich.",
        "Bitte im Melderegister klären, ob es dieselbe Person ist.",
        line=line,
        column=Column.REGISTER_NUMBER.value,
    )


def report_same_line(number: str, first_line: int, line: int, findings: Findings) -> None:
    """A person stands there twice with one residence."""
    findings.error(
        f"Die Person „{number}“ aus Zeile {first_line} steht hier ein zweites Mal mit derselben Wohnung.",
        "Ein doppelter Eintrag würde ein doppeltes Wahlrecht bedeuten.",
        "Bitte den Auszug ohne die doppelte Zeile neu erstellen.",
        line=line,
        column=Column.REGISTER_NUMBER.value,
    )
