"""Vorlage des gedruckten Wählerverzeichnisses (§ 10 KWO) and of its certificate of closing (§ 16 KWO)."""

from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl.documents.result_sheet import Letterhead


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """Zeile. `address` is already the word that stands for a blocked one: the press never learns what is hidden.

    Attributes:
        marks: "N", "W", "N W" or "".
    """

    number: int
    family_name: str
    given_names: str
    birth_date: str
    address: str
    marks: str
    remarks: str


@dataclass(frozen=True, slots=True)
class PrintedDistrict:
    """Stimmbezirk with its entries, and the numbers the certificate names."""

    number: int
    name: str
    without_certificate: int
    with_certificate: int
    blocked: int


@dataclass(frozen=True, slots=True)
class LaterChange:
    """Spätere Berichtigung, listed apart from the frozen entries."""

    name: str
    kind: str
    basis: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class RollSheet:
    """Deckblatt: whose roll it is, its numbers, its hash.

    Attributes:
        closed_at: "13.11.2026, 18:00 Uhr", "" while it is not closed; then the print says so.
        sha256: hash of the frozen entries, "" while not closed.
    """

    letterhead: Letterhead
    council: str
    election_day: date
    key_date: date
    districts: tuple[PrintedDistrict, ...]
    later_changes: tuple[LaterChange, ...]
    closed_at: str
    sha256: str
    place: str
    dated_on: date
    signatory: str
    signatory_office: str
    created_at_utc: datetime


@dataclass(frozen=True, slots=True)
class DistrictLeaves:
    """Einträge eines Stimmbezirks; `title` stands above each leaf, e.g. "Stimmbezirk 1 Nord"."""

    title: str
    entries: tuple[PrintedEntry, ...]
