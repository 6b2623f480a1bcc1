"""Tatsachen: what is known about a person and an election when entitlement is decided.

Every fact may be missing or incomplete; the decision then says "unclear" where the gap can matter. Facts are named tuples because a roll
holds hundreds of thousands of them.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from beiratswahl.law.rules import Ground

GERMAN = "000"
STATELESS = "997"
UNRESOLVED = "998"
NOT_STATED = "999"
#: in place of a key: found by the election office to be no German, whichever other nationality there is
NOT_GERMAN = "nicht-deutsch"


class IncompleteDate(NamedTuple):
    """Unvollständiges Datum: a day of which only the year, or year and month, is known; both bounds included."""

    earliest: date
    latest: date


FactDate = date | IncompleteDate | None


class ParentStatus(StrEnum):
    """Status des Elternteils on whom a claim under NR2D rests."""

    FOREIGNER = "Ausländer"
    RESETTLER = "Spätaussiedler"
    RESETTLER_FAMILY = "Angehörige nach § 7 StAG"
    NATURALISED = "Eingebürgerte"
    GERMAN = "Deutsche"


class Residence(NamedTuple):
    """Wohnung: one entry of the Melderegister, or the affirmed residence of a person exempt from registration.

    Attributes:
        ags: eight-digit municipality key.
        main: Hauptwohnung (True), Nebenwohnung (False), None unknown.
        since: day of moving in, None unknown.
        until: last day there, None still there.
    """

    ags: str
    main: bool | None
    since: FactDate
    until: FactDate = None


class Application(NamedTuple):
    """Antrag auf Eintragung: the ground a person claims, and whether it is proven.

    Attributes:
        ground: the claimed ground.
        proof: whether proof, or for § 26 BMG the affirmation of residence, was seen.
        parent: for NR2D the status of the parent, None where the application does not name it.
    """

    ground: Ground
    proof: bool
    parent: ParentStatus | None = None


class Person(NamedTuple):
    """Person: what the register, applications and notices say.

    Attributes:
        birth: day of birth, complete, incomplete or None.
        nationalities: three-digit keys of the Statistisches Bundesamt, or `NOT_GERMAN`; empty where unknown.
        residences: all known residences, past ones too; empty: none registered; None: nothing known.
        excluded: whether a court has taken the right to vote; None unknown.
        died: day of death, None alive.
        applications: claims, at most one per ground.
        registered: False for persons exempt from registration (§ 26 BMG).
    """

    birth: FactDate
    nationalities: tuple[str, ...]
    residences: tuple[Residence, ...] | None
    excluded: bool | None = False
    died: FactDate = None
    applications: tuple[Application, ...] = ()
    registered: bool = True


@dataclass(frozen=True, slots=True)
class Election:
    """Wahl: day and area.

    Attributes:
        day: election day.
        area: municipality keys of the Wahlgebiet, eight digits each; a five-digit key stands for every municipality of that Landkreis.
        incorporated: keys of areas incorporated into the Wahlgebiet during the last three months.
    """

    day: date
    area: frozenset[str]
    incorporated: frozenset[str] = frozenset()

    def holds(self, ags: str) -> bool:
        """Im Wahlgebiet: whether a municipality key lies in the area, incorporated areas included."""
        return ags in self.area or ags[:5] in self.area or ags in self.incorporated


def fact_date(text: str) -> FactDate:
    """Datum lesen: a day, or what is known of it.

    Args:
        text: "2008-11-10"; year and month as "2008-11" or "2008-11-00"; the year as "2008" or "2008-00-00"; "0000-00-00" is unknown.

    Returns:
        The day, its bounds where it is incomplete, None where nothing is known.

    Raises:
        ValueError: no such form or no such day.
    """
    if len(text) == 10 and text[4] == text[7] == "-" and text[8:] != "00":
        # nearly every date of a register is complete
        return date.fromisoformat(text)
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(map(_is_number, parts)):
        raise ValueError(f"„{text}“ ist kein Datum.")
    year, month = (*(int(part) for part in parts), 0)[:2]
    if month:
        return IncompleteDate(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    return IncompleteDate(date(year, 1, 1), date(year, 12, 31)) if year else None


def months_before(day: date, months: int) -> date:
    """Monate zurück: the same day number `months` earlier, the last day of the month where it has no such day.

    Source: §§ 187 Abs. 2, 188 Abs. 2 und 3 BGB [G]; § 1 Abs. 3 KWG [V].
    """
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def earliest(day: FactDate) -> date:
    """Frühestens: the first day a known or incomplete date can mean; the beginning of time where nothing is known."""
    if day is None:
        return date.min
    return day.earliest if isinstance(day, IncompleteDate) else day


def latest(day: FactDate) -> date:
    """Spätestens: the last day a known or incomplete date can mean; the end of time where nothing is known."""
    if day is None:
        return date.max
    return day.latest if isinstance(day, IncompleteDate) else day


def day_before(day: date) -> date:
    """Vortag: the day before, the beginning of time for itself."""
    return day if day == date.min else day - timedelta(days=1)


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdigit()
