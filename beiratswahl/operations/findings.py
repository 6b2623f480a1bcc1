"""Befunde: what is wrong in a file that officials hand in; all of it at once, each with its place and what to do."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

SHOWN_PER_SEVERITY = 200
KINDS_KEPT = 400
#: severity, column, what was found without its value, why it matters and what to do
Kind = tuple[str, str | None, str, str, str]
#: the value that was found, inside a sentence
_VALUE = re.compile("„[^“]*“")


class Severity(StrEnum):
    """Schwere: an error refuses the whole file, a warning lets it pass."""

    ERROR = "Fehler"
    WARNING = "Warnung"


@dataclass(frozen=True, slots=True)
class Finding:
    """Befund: one thing that is wrong.

    Attributes:
        severity: whether the file is refused.
        what: German sentence, what was found.
        why: German sentence, why it matters.
        remedy: German sentence, what the reader can do.
        line: line in the file as an editor counts it, from 1; None when the whole file is meant.
        column: heading of the column, None when the whole line is meant.
    """

    severity: Severity
    what: str
    why: str
    remedy: str
    line: int | None = None
    column: str | None = None

    @property
    def place(self) -> str:
        """Fundstelle, e.g. „Zeile 12, Spalte „0601 Geburtsdatum““; „Datei“ for the whole file."""
        parts = [f"Zeile {self.line}"] if self.line is not None else []
        if self.column is not None:
            parts.append(f"Spalte „{self.column}“")
        return ", ".join(parts) or "Datei"

    @property
    def kind(self) -> Kind:
        """Art des Befunds: the same in every line that has the same fault, whatever value stands there."""
        return (self.severity, self.column, _VALUE.sub("„“", self.what), self.why, self.remedy)

    @property
    def text(self) -> str:
        """Der ganze Befund in one paragraph."""
        return f"{self.place}: {self.what} {self.why} {self.remedy}"


@dataclass(slots=True)
class Findings:
    """Befundliste: counts every finding, keeps the first ones and the first of each kind; a broken file of any size needs little memory."""

    kept: list[Finding] = field(default_factory=list)
    counted: Counter[Severity] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)

    def add(self, finding: Finding) -> None:
        """Count a finding; keep it while there is room for its severity, or when it is the first of its kind."""
        self.counted[finding.severity] += 1
        known = finding.kind in self.kinds
        if self.counted[finding.severity] <= SHOWN_PER_SEVERITY or (not known and len(self.kinds) < KINDS_KEPT):
            self.kept.append(finding)
            known = True
        if known:
            self.kinds[finding.kind] += 1

    def error(self, what: str, why: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        """Add a finding that refuses the file."""
        self.add(Finding(Severity.ERROR, what, why, remedy, line, column))

    def warning(self, what: str, why: str, remedy: str, *, line: int | None = None, column: str | None = None) -> None:
        """Add a finding that lets the file pass."""
        self.add(Finding(Severity.WARNING, what, why, remedy, line, column))

    @property
    def errors(self) -> int:
        """Number of all errors, also of those not kept."""
        return self.counted[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """Number of all warnings, also of those not kept."""
        return self.counted[Severity.WARNING]

    def in_file_order(self) -> list[Finding]:
        """The kept findings: errors before warnings, each by line."""
        return sorted(self.kept, key=lambda finding: (finding.severity is Severity.WARNING, finding.line or 0))

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.in_file_order())


class FileRefused(Exception):
    """Raised when a file has at least one error; nothing of it was kept.

    Attributes:
        findings: every kept finding, and the number of all.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        shown = "\n".join(finding.text for finding in findings)
        super().__init__(f"Die Datei wurde nicht übernommen: {findings.errors} Fehler.\n{shown}")
