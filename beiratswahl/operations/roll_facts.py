"""Tatsachen für das Wählerverzeichnis: from a person of the register to the row that is stored, and from the row to what the law asks."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from beiratswahl.law.facts import Application, FactDate, Person, Residence, fact_date
from beiratswahl.operations.register_fields import Residence as RegisteredResidence
from beiratswahl.operations.register_persons import RegisterPerson
from beiratswahl.operations.register_values import Reading, ResidenceStatus
from beiratswahl.store.clarified import DECIDED_ON, Clarification, clarified

#: what the register says about a person, in the order of `Stored`
REGISTER_COLUMNS = (
    "register_number",
    "family_name",
    "given_names",
    "birth_date",
    "sex",
    "nationalities",
    "blocks",
    "died",
    "excluded",
    "ags",
    "residence_status",
    "moved_in",
    "main_since",
    "moved_out",
    "in_area_since",
    "street",
    "house_number",
    "postcode",
    "town",
    "district",
    "further_residences",
)
_HOME = REGISTER_COLUMNS.index("ags")
_NO_FURTHER = ("",)
#: homes with their dates; they repeat less than single texts
KEPT_HOMES = 5_000
_FURTHER = REGISTER_COLUMNS.index("further_residences")
_ASKED = tuple(map(REGISTER_COLUMNS.index, DECIDED_ON))

Stored = tuple[Any, ...]


class Casework(NamedTuple):
    """Was außer dem Melderegister zählt: the applications of a person and what the office has settled about her."""

    applications: tuple[Application, ...] = ()
    clarifications: tuple[Clarification, ...] = ()

    def settled(self, stored: Stored) -> Stored:
        """The row with the clarifications laid over what the register says."""
        if not self.clarifications:
            return stored
        facts = clarified(dict(zip(REGISTER_COLUMNS, stored, strict=True)), self.clarifications)
        return tuple(facts[column] for column in REGISTER_COLUMNS)


NOTHING = Casework()

_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_stored(person: RegisterPerson, in_area: Callable[[str], bool]) -> Stored:
    """Die Zeile einer Person in the order of `REGISTER_COLUMNS`; the residence that counts most comes first."""
    residences = person.residences
    if len(residences) == 1:
        return person[1:10] + residences[0] + _NO_FURTHER
    first, *others = sorted(residences, key=lambda home: _weight(home, in_area), reverse=True)
    return (*person[1:10], *first, _write_json(others))


def _weight(home: RegisteredResidence, in_area: Callable[[str], bool]) -> tuple[bool, bool, bool, str]:
    return in_area(home.ags), not home.moved_out, home.status == ResidenceStatus.MAIN, home.moved_in


def asked(stored: Stored) -> dict[str, Any]:
    """Die Tatsachen, nach denen entschieden wird, as they are kept with a superseded decision."""
    return {REGISTER_COLUMNS[place]: stored[place] for place in _ASKED}


def same_facts(one: Stored, other: Stored) -> bool:
    """True when the law would be asked the same about both rows."""
    return all(one[place] == other[place] for place in _ASKED)


class FactReader:
    """Leser der Tatsachen: reads each date, set of nationalities and residence only once."""

    def __init__(self) -> None:
        self._dates: Reading[str, FactDate] = Reading(lambda text: fact_date(text) if text else None)
        self._nationalities: Reading[str, tuple[str, ...]] = Reading(lambda text: tuple(text.split()))
        self._homes: dict[tuple[str, ...], tuple[Residence, ...]] = {}

    def person(self, stored: Stored, casework: Casework = NOTHING, *, registered: bool = True) -> Person:
        """What the law is asked about the person of a row; whoever is exempt from registration affirms the residence (§ 11a KWO)."""
        dates, stored = self._dates, casework.settled(stored)
        home = stored[_HOME : _HOME + 6]
        residences = self._homes.get(home)
        if residences is None:
            residences = self._residences(home)
        if stored[_FURTHER]:
            for other in json.loads(stored[_FURTHER]):
                residences += self._residences(tuple(other[:6]))
        nationalities = self._nationalities[stored[5]]
        return Person(dates[stored[3]], nationalities, residences, stored[8], dates[stored[7]], casework.applications, registered)

    def newly_read(self, person: RegisterPerson) -> Person:
        """What the law is asked about a person as the export tells of her, without any application."""
        dates = self._dates
        residences: tuple[Residence, ...] = ()
        for home in person.residences:
            stays = self._homes.get(home[:6])
            residences += self._residences(home[:6]) if stays is None else stays
        nationalities = self._nationalities[person.nationalities]
        return Person(dates[person.birth_date], nationalities, residences, person.excluded, dates[person.died])

    def _residences(self, home: tuple[str, ...]) -> tuple[Residence, ...]:
        """One register entry as the stays it proves.

        A Nebenwohnung that became Hauptwohnung counts as Hauptwohnung from that day on only; a stay in the municipality without a break
        counts from its beginning.
        """
        ags, status, moved_in, main_since, moved_out, in_area_since = home
        since, until = self._dates[moved_in], self._dates[moved_out]
        if status != ResidenceStatus.MAIN:
            stays: tuple[Residence, ...] = (Residence(ags, False, since, until),)
        elif main_since > moved_in:
            became_main = self._dates[main_since]
            stays = (Residence(ags, False, since, became_main), Residence(ags, True, became_main, until))
        elif in_area_since and in_area_since < moved_in:
            stays = (Residence(ags, True, self._dates[in_area_since], since), Residence(ags, True, since, until))
        else:
            stays = (Residence(ags, True, since, until),)
        if len(self._homes) >= KEPT_HOMES:
            self._homes.clear()
        self._homes[home] = stays
        return stays
