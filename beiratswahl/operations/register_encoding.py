"""Zeichencodierung: which of the two encodings of German registers a file uses, found before the first line is read."""

import codecs
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from beiratswahl.operations.findings import Findings

BLOCK_BYTES = 1 << 20
UNDEFINED_IN_WINDOWS_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
LINES_NAMED = 10
#: the first bytes of .xlsx and of .xls
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Scan:
    """Ergebnis der ersten Durchsicht.

    Attributes:
        encoding: "utf-8-sig" (with or without BOM) or "cp1252".
        sha256: hexadecimal hash of the file's bytes.
        lines: number of line ends; the measure of progress.
        size_bytes: size of the file.
    """

    encoding: str
    sha256: str
    lines: int
    size_bytes: int


@dataclass(slots=True)
class _Lines:
    """Lines by what their bytes can be; only the first of each are named."""

    utf8: int = 0
    other: int = 0
    first_utf8: list[int] = field(default_factory=list)
    first_other: list[int] = field(default_factory=list)
    first_impossible: list[int] = field(default_factory=list)

    def sort(self, block: bytes, first_line: int) -> None:
        """Sort the lines of a block that is not pure ASCII."""
        for number, line in enumerate(block.split(b"\n"), first_line):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                self.other += 1
                _name(self.first_other, number)
                if UNDEFINED_IN_WINDOWS_1252.intersection(line):
                    _name(self.first_impossible, number)
            else:
                self.utf8 += 1
                _name(self.first_utf8, number)


def _name(named: list[int], number: int) -> None:
    if len(named) < LINES_NAMED:
        named.append(number)


def scan(path: Path, findings: Findings) -> Scan:
    """Durchsicht: encoding, hash and number of lines of a file, block by block.

    Args:
        path: the file.
        findings: receives an error for an empty file, UTF-16, NUL bytes, and encodings mixed in one file.

    Returns:
        What was found; use it only when `findings` got no error.
    """
    digest, lines, size, seen, nul = hashlib.sha256(), 0, 0, _Lines(), False
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        while block := file.read(BLOCK_BYTES):
            block += file.readline()
            digest.update(block)
            nul = nul or b"\0" in block
            if not block.isascii() and not (seen.other == 0 and seen.first_utf8 and _is_utf8(block)):
                seen.sort(block, lines + 1)
            lines += block.count(b"\n")
            size += len(block)
    _report(start, size, nul, seen, findings)
    return Scan("cp1252" if seen.other else "utf-8-sig", digest.hexdigest(), lines, size)


def _is_utf8(block: bytes) -> bool:
    try:
        block.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _report(start: bytes, size: int, nul: bool, seen: _Lines, findings: Findings) -> None:
    save = "Bitte den Auszug als UTF-8 oder Windows-1252 neu erstellen."
    if size == 0 or start[:size] == codecs.BOM_UTF8:
        findings.error("Die Datei ist leer.", "Es gibt nichts zu übernehmen.", "Bitte den Auszug neu erstellen.")
    elif start.startswith(WORKBOOKS):
        findings.error(
            "Das ist eine Excel-Arbeitsmappe, keine CSV-Datei, wie auch immer sie heißt.",
            "Gelesen wird nur Text mit einem Semikolon zwischen den Spalten.",
            "Nehmen Sie den Auszug so, wie ihn das Einwohnerverfahren als CSV ausgibt, oder speichern Sie ihn in Excel unter „CSV UTF-8“.",
        )
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        findings.error("Die Datei ist in UTF-16 gespeichert.", "Gelesen werden UTF-8 und Windows-1252.", save)
    elif nul:
        findings.error("Die Datei enthält Nullzeichen.", "Das ist kein Text, oder die Datei ist beschädigt.", save)
    elif seen.utf8 and seen.other:
        _report_mixture(seen, findings)
    elif seen.first_impossible:
        for line in seen.first_impossible:
            findings.error(
                "Die Zeile enthält Bytes, die es weder in UTF-8 noch in Windows-1252 gibt.",
                "Namen würden falsch gelesen.",
                save,
                line=line,
            )


def _report_mixture(seen: _Lines, findings: Findings) -> None:
    fewer, other_name, most = (
        (seen.first_other, "Windows-1252", "UTF-8") if seen.other <= seen.utf8 else (seen.first_utf8, "UTF-8", "Windows-1252")
    )
    for line in fewer:
        findings.error(
            f"Die Zeile ist in {other_name} gespeichert, andere Zeilen in {most}.",
            "Umlaute und Sonderzeichen würden in einem Teil der Zeilen falsch gelesen.",
            "Bitte den Auszug in einer einzigen Codierung neu erstellen.",
            line=line,
        )
