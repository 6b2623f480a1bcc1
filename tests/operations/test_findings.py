"""Findings of a file: equal faults are one kind whatever value they show, other faults are another kind."""

from beiratswahl.operations.findings import Finding, Severity

WHY, REMEDY = "Davon hängt das Wahlrecht ab.", "Berichtigen Sie den Schlüssel."


def _finding(what: str) -> Finding:
    return Finding(Severity.ERROR, what, WHY, REMEDY, 14, "Staatsangehörigkeit")


def test_the_value_that_was_found_makes_no_kind_of_its_own() -> None:
    assert _finding("„9999“ ist kein dreistelliger Schlüssel.").kind == _finding("„1“ ist kein dreistelliger Schlüssel.").kind


def test_another_fault_is_another_kind_although_the_remedy_is_the_same() -> None:
    assert _finding("„9999“ ist kein dreistelliger Schlüssel.").kind != _finding("„777“ steht nicht im Verzeichnis.").kind
