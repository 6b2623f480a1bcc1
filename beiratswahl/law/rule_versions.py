"""Gesetzesfassungen: what the statute says by the day of the election.

Four versions of the statute have governed these elections. Each differs from the one before in few values; they stand here with their
source, everything else is the same in all versions and stands in `rule_parameters`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from fractions import Fraction
from typing import NamedTuple

from beiratswahl.law.rule_values import DayBefore, Value
from beiratswahl.law.rules import Ground, RuleVersion, SeatMethod


class StatuteText(NamedTuple):
    """Gesetzeswert: a value as one version of the statute gives it, with the place and the confidence mark."""

    value: Value
    source: str
    mark: str


@dataclass(frozen=True, slots=True)
class Version:
    """Fassung: one state of the law.

    Attributes:
        valid_from: first election day to which it applies.
        title: German name for people.
        changed: the values in which it differs from the version before; the first version names all that ever changed.
    """

    valid_from: date
    title: str
    changed: Mapping[str, StatuteText]


_LAW_1994 = "§ 56 GemO i. d. F. vom 31.01.1994"
_LAW_2008 = "§ 56 Abs. 2 GemO i. d. F. des Landesgesetzes vom 26.11.2008 (GVBl. S. 294)"
_LAW_2014 = "§ 56 Abs. 2 GemO, § 49a Abs. 2 LKO i. d. F. des Landesgesetzes vom 27.05.2014"

VERSIONS: Mapping[RuleVersion, Version] = {
    RuleVersion.FOREIGNERS_COUNCIL: Version(
        date(1994, 1, 31),
        "Ausländerbeirat",
        {
            "age": StatuteText(18, _LAW_1994, "Vo"),
            "candidate_age": StatuteText(18, "§ 4 Abs. 1 KWG", "Vo"),
            "grounds": StatuteText((Ground.NR1,), _LAW_1994, "Vo"),
            "citizens_may_stand": StatuteText(False, _LAW_1994, "Vo"),
            "seat_method": StatuteText(SeatMethod.HARE_NIEMEYER, "§ 41 KWG alter Fassung", "S"),
            "threshold": StatuteText(Fraction(1, 33), "§ 61 Abs. 1 KWO alter Fassung", "Vo"),
            "turnout_quorum_percent": StatuteText(10, f"{_LAW_1994}; Landtag, Plenarprotokoll vom 16.04.2008", "S"),
            "majority_clause": StatuteText(None, "§ 41 Abs. 2 KWG alter Fassung, nicht gesehen", "G"),
            "nomination_deadline": StatuteText(DayBefore(41, time(18)), "§ 16 Abs. 1 KWG vor dem 08.05.2013", "V"),
            "admission_deadline": StatuteText(DayBefore(34), "§ 23 KWG vor dem 08.05.2013", "V"),
        },
    ),
    RuleVersion.MIGRATION_COUNCIL: Version(
        date(2009, 1, 1),
        "Beirat für Migration und Integration, Wahlalter 18",
        {
            "grounds": StatuteText((Ground.NR1, Ground.NR2A, Ground.NR2B), _LAW_2008, "S"),
            "citizens_may_stand": StatuteText(True, _LAW_2008, "G"),
            "threshold": StatuteText(Fraction(0), "§ 41 KWG seit 2009", "S"),
            "turnout_quorum_percent": StatuteText(0, _LAW_2008, "S"),
        },
    ),
    # The law of 27.05.2014 names no earlier day; its exact day of entry into force was not seen [G]. The method of allocation and the
    # nomination deadline of the KWG had changed on 08.05.2013 already; no election between the two days is known.
    RuleVersion.AGE_SIXTEEN: Version(
        date(2014, 5, 27),
        "Beirat für Migration und Integration, Wahlalter 16",
        {
            "age": StatuteText(16, _LAW_2014, "V"),
            "candidate_age": StatuteText(16, _LAW_2014, "I"),
            "grounds": StatuteText(tuple(Ground), _LAW_2014, "V"),
            "citizens_may_stand": StatuteText(True, _LAW_2014, "V"),
            "seat_method": StatuteText(SeatMethod.SAINTE_LAGUE, "§ 41 Abs. 1 KWG", "S"),
            "majority_clause": StatuteText(True, "§ 41 Abs. 2 KWG", "S"),
            "nomination_deadline": StatuteText(DayBefore(48, time(18)), "§ 16 Abs. 1 Satz 5 KWG", "V"),
            "admission_deadline": StatuteText(DayBefore(41), "§ 23 KWG", "S"),
        },
    ),
    # § 38 Abs. 2 Nr. 4 and Abs. 3 KWG (curing from the top, unused votes to the marked list) and the end of joined lists; at the latest
    # in force on 31.05.2023 [V]. None of them is a silent default, so no value changes here.
    RuleVersion.CURRENT: Version(date(2023, 5, 31), "Beirat für Migration und Integration, KWG in der Fassung vom 24.05.2023", {}),
}


class BeforeFirstVersion(ValueError):
    """Kein Recht für diesen Tag: the election day lies before the first version known here."""


def version_on(election_day: date) -> RuleVersion:
    """Fassung am Wahltag: the version of the statute that governs an election.

    Source: § 56 GemO 1994 [Vo]; Landesgesetz vom 26.11.2008 [V]; Landesgesetz vom 27.05.2014 [S]; Gesetz vom 24.05.2023 [V].

    Args:
        election_day: the day of voting.

    Returns:
        The newest version whose first day is not later.

    Raises:
        BeforeFirstVersion: the day lies before 31.01.1994.
    """
    reached = [version for version, text in VERSIONS.items() if text.valid_from <= election_day]
    if not reached:
        raise BeforeFirstVersion("Für Wahlen vor dem 31.01.1994 ist kein Recht hinterlegt. Bitte den Wahltag prüfen.")
    return reached[-1]


def statute_text(version: RuleVersion, key: str) -> StatuteText:
    """Gesetzeswert nach Fassung: what a version says about a value that has changed over time.

    Args:
        version: version of the statute.
        key: a name in `CHANGING`.

    Returns:
        The text of the newest change up to that version.
    """
    order = tuple(VERSIONS)
    texts = [VERSIONS[step].changed[key] for step in order[: order.index(version) + 1] if key in VERSIONS[step].changed]
    return texts[-1]


CHANGING = frozenset(VERSIONS[RuleVersion.FOREIGNERS_COUNCIL].changed)
