"""Statistik des Wählerverzeichnisses: one function for the roll as it stands and as it was closed, small groups suppressed in both."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from beiratswahl import csv_files
from beiratswahl.operations.nationalities import nationality_name
from beiratswahl.store.read.roll_statistics import GERMAN, Counts, Dimension, counts_frozen, counts_now
from beiratswahl.store.tables.electoral_roll import ElectoralRoll
from beiratswahl.store.tables.roll_book import RollStatistic

#: a group of fewer persons is not shown; what is left out together is never fewer either
LEAST = 5
SUPPRESSED = "•"
NOT_STATED = "ohne Angabe"


@dataclass(frozen=True, slots=True)
class Group:
    """Gruppe: `persons` is None when it is suppressed, because it is small or would betray a small one."""

    label: str
    persons: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Tabelle eines Merkmals; `suppressed` is the sum of all groups left out, 0 for none."""

    dimension: Dimension
    groups: tuple[Group, ...]

    @property
    def largest(self) -> int:
        """Persons of the largest group shown, 1 for none, for the bars."""
        return max([group.persons or 0 for group in self.groups], default=0) or 1

    @property
    def suppressed(self) -> int:
        """Number of groups left out."""
        return sum(group.persons is None for group in self.groups)


@dataclass(frozen=True, slots=True)
class RollStatistics:
    """Statistik; `persons` is None when there are so few that even the sum is not shown."""

    frozen: bool
    persons: int | None
    tables: tuple[Table, ...]


def roll_statistics(session: Session, election_id: int, *, frozen: bool) -> RollStatistics | None:
    """Wahlberechtigte nach Merkmalen.

    Source: § 89 KWO: the roll is protected [V]; what small numbers betray is left out, as the official statistics do [I]. The tables have
    one dimension each, but Personengruppe, Eintragung and the row of the Germans count the same persons: see `hidden_labels`.

    Args:
        session: any session.
        election_id: the election.
        frozen: True for the numbers of the closing, False for the roll as it stands.

    Returns:
        The tables; None when there is nothing: the roll is not opened, or not closed.
    """
    counts = counts_frozen(session, election_id) if frozen else counts_now(session, election_id)
    persons = sum(counts.get(Dimension.ENTRY, {}).values())
    if not persons:
        return None
    hidden = hidden_labels(counts)
    tables = tuple(
        Table(dimension, _groups(dimension, counts[dimension], hidden[dimension])) for dimension in Dimension if dimension in counts
    )
    return RollStatistics(frozen, persons if persons >= LEAST else None, tables)


def hidden_labels(counts: Counts) -> dict[Dimension, frozenset[str]]:
    """Geheimhaltung over all tables: as in each table alone, and no hidden group is a difference of numbers of two tables.

    The groups of Personengruppe are parts of "auf Antrag" and "von Amts wegen", and of the Germans and the foreigners among the
    nationalities. So as soon as one of these three divisions has a small group, Eintragung is hidden as a whole, and so are the Germans,
    with enough others that their number is not the rest to the sum. Small foreign nationalities always hide among foreign ones, because
    the number of the Germans may follow from Personengruppe.

    Args:
        counts: persons by group, by table.

    Returns:
        Labels of hidden groups, by table.
    """
    hidden = {dimension: suppressed_labels(groups) for dimension, groups in counts.items()}
    nationalities = counts.get(Dimension.NATIONALITY, {})
    foreign = {label: persons for label, persons in nationalities.items() if label != GERMAN}
    germans = nationalities.get(GERMAN, 0)
    small = any(0 < persons < LEAST for persons in (germans, sum(foreign.values())))
    if small or hidden.get(Dimension.CATEGORY) or hidden.get(Dimension.ENTRY):
        hidden[Dimension.ENTRY] = frozenset(counts.get(Dimension.ENTRY, {}))
        hidden[Dimension.NATIONALITY] = suppressed_labels(nationalities, always=GERMAN) | suppressed_labels(foreign)
    else:
        hidden[Dimension.NATIONALITY] = suppressed_labels(foreign)
    return hidden


def suppressed_labels(groups: Mapping[str, int], least: int = LEAST, *, always: str | None = None) -> frozenset[str]:
    """Geheimhaltung: which groups of one table stay hidden while its sum is shown.

    Every group below `least` is hidden; then the smallest others, until at least two are hidden and together they have `least` persons more
    than there are groups, and not just the most that small groups can have; groups of equal size stay together. So neither the rest to the
    sum nor the choice of what is hidden tells one of them.

    Args:
        groups: persons by group; a group of nobody tells nothing and stays.
        least: persons a group needs to be shown.
        always: a group to be hidden like a small one.

    Returns:
        Labels of hidden groups; all of them when too few are left to hide behind.
    """
    rising = sorted((label for label in groups if groups[label]), key=lambda label: (groups[label], label))
    small = [label for label in rising if groups[label] < least or label == always]
    if not small:
        return frozenset()
    hidden = list(small)
    for label in (label for label in rising if label not in small):
        together = sum(groups[one] for one in hidden)
        all_as_large_as_can_be = hidden == small and together == len(small) * (least - 1)
        if len(hidden) > 1 and together >= least + len(hidden) and not all_as_large_as_can_be:
            break
        hidden.append(label)
    if hidden != small:
        hidden = [label for label in rising if label in small or groups[label] <= groups[hidden[-1]]]
    return frozenset(hidden)


def keep_statistics(session: Session, book: ElectoralRoll) -> None:
    """Freeze the counts when the roll is closed."""
    for dimension, groups in counts_now(session, book.election_id).items():
        for label, persons in sorted(groups.items()):
            keys = {"municipality_id": book.municipality_id, "election_id": book.election_id}
            session.add(RollStatistic(**keys, dimension=dimension.value, label=label, persons=persons))


def statistics_csv(statistics: RollStatistics) -> bytes:
    """The tables as CSV: semicolons, with byte order mark, as spreadsheet programs of an office open it; a suppressed number is „•“."""
    rows = [
        (table.dimension.value, group.label, SUPPRESSED if group.persons is None else group.persons)
        for table in statistics.tables
        for group in table.groups
    ]
    everybody = ("Alle", "zusammen", SUPPRESSED if statistics.persons is None else statistics.persons)
    return csv_files.table(("Merkmal", "Gruppe", "Wahlberechtigte"), (everybody, *rows), marked=True)


def _groups(dimension: Dimension, counts: Mapping[str, int], hidden: frozenset[str]) -> tuple[Group, ...]:
    by_size = dimension in (Dimension.NATIONALITY, Dimension.CATEGORY)
    shown_size = {label: -persons for label, persons in counts.items() if by_size and label not in hidden}
    order = sorted(counts, key=lambda label: (by_size and label in hidden, shown_size.get(label, 0), *_place(_name(dimension, label))))
    return tuple(Group(_name(dimension, label), None if label in hidden else counts[label]) for label in order)


def _place(label: str) -> tuple[int, str]:
    """Districts by number, ages by the age they begin with, everything else by its name."""
    first = next((part for part in label.split() if part.isdigit()), "")
    return (0 if label.startswith("bis") else int(first) if first else 0, label)


def _name(dimension: Dimension, label: str) -> str:
    if dimension is not Dimension.NATIONALITY:
        return label
    return "nur deutsch" if label == GERMAN else nationality_name(label) if label else NOT_STATED
