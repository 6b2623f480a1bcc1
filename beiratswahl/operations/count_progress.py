"""Stand der Auszählung of all units of an election: papers, never votes. As many queries for thirty districts as for one."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from beiratswahl.operations.count_units import Unit, together, units
from beiratswahl.store.read import count_overview
from beiratswahl.store.read.counting import CountView


class Stage(StrEnum):
    """Wie weit ein Stimmbezirk ist."""

    WAITING = "noch nicht begonnen"
    LETTERS = "Umschläge gezählt"
    COUNTING = "wird ausgezählt"
    DONE = "abgeschlossen"


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """Stand einer Zähleinheit.

    Attributes:
        unit: the unit.
        count: its letters and voters together, the rest as recorded where it is counted.
        voters: ballots to be counted, None before they are known.
        counted: ballots counted so far.
        waiting: ballots that wait for a resolution.
    """

    unit: Unit
    count: CountView
    voters: int | None
    counted: int
    waiting: int

    @property
    def name(self) -> str:
        """Numbers and names of all parts."""
        parts = self.unit.parts
        return f"{' + '.join(str(part.number) for part in parts)} · {', '.join(part.name for part in parts)}"

    @property
    def stage(self) -> Stage:
        """How far it is."""
        if self.count.closed_at_utc is not None:
            return Stage.DONE
        if self.counted:
            return Stage.COUNTING
        return Stage.LETTERS if self.voters is not None else Stage.WAITING


def progress(session: Session, election_id: int, district_id: int | None = None) -> tuple[UnitProgress, ...]:
    """Stand aller Zähleinheiten einer Wahl, or of the one a district belongs to."""
    every = [unit for unit in units(session, election_id) if district_id in (None, *(part.district_id for part in unit.parts))]
    counts = count_overview.counts(session, [part.district_id for unit in every for part in unit.parts])
    single = count_overview.recorded(session, [unit.district.district_id for unit in every])
    return tuple(_of(unit, [counts.get(part.district_id, CountView()) for part in unit.parts], single) for unit in every)


def _of(unit: Unit, counts: list[CountView], single: count_overview.Recorded) -> UnitProgress:
    count = together(counts)
    recorded, waiting = single.get(unit.district.district_id, (0, 0))
    known = all(each.letters_recorded_at_utc is not None for each in counts)
    return UnitProgress(
        unit, count, count.voters if known else None, sum(count.unchanged.values()) + count.blank_ballots + recorded, waiting
    )
