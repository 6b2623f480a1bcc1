"""Kontrolle der Einzelerfassung: how an election checks what was typed, and how a sample is drawn so that anyone can recompute it.

The sample needs no secret and no trust in the program. People throw dice in the open and read the points out; the line
`<points>/<number of the district>/<number of the ballot>` is hashed with SHA-256 for every ballot, and the ballots with the smallest hashes
are the sample. `printf '%s' '31415…/7/12' | sha256sum` gives the same hash on any machine.
"""

from collections.abc import Collection
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

#: points of dice, 1 to 6 each: ten throws leave more than sixty million seeds, so that nobody can choose one that suits
LEAST_THROWS, MOST_THROWS = 10, 60
MOST_PERCENT = 100
MOST_BALLOTS = 100_000


class ControlMethod(StrEnum):
    """Verfahren der Kontrolle.

    Source: § 55a KWO asks for a secure count and leaves the procedure open [I].
    """

    NONE = "keine vorgeschriebene"
    SECOND_ENTRY = "vollständige Zweiteingabe"
    SAMPLE = "Stichprobe"


class SampleRule(NamedTuple):
    """Umfang der Stichprobe.

    Attributes:
        percent: share of the ballots typed one by one, 1 to 100.
        least: at least so many ballots, from 1; all of them where there are fewer.
        allowed: differences that the sample may have and still holds, from 0.
    """

    percent: int = 10
    least: int = 20
    allowed: int = 0


def sample_rule_faults(rule: SampleRule) -> tuple[str, ...]:
    """Fehler in der Regel der Stichprobe.

    Source: § 55a KWO; the bounds are the program's [I].

    Returns:
        German sentences; empty when the rule can be used.
    """
    found = []
    if not 1 <= rule.percent <= MOST_PERCENT:
        found.append("Der Anteil der Stichprobe liegt zwischen 1 und 100 Prozent.")
    if not 1 <= rule.least <= MOST_BALLOTS:
        found.append(f"Die Mindestzahl der Stichprobe liegt zwischen 1 und {MOST_BALLOTS} Stimmzetteln.")
    if not 0 <= rule.allowed < rule.least:
        found.append("Es müssen weniger Abweichungen erlaubt sein, als Stimmzettel mindestens gezogen werden; 0 ist am strengsten.")
    return tuple(found)


def sample_size(rule: SampleRule, ballots: int) -> int:
    """Umfang der Stichprobe: the share, rounded up, but at least `least` and never more than there are.

    Source: § 55a KWO; the numbers are those the election chose [I].

    Args:
        rule: what the election chose.
        ballots: ballots typed one by one that count, from 0.

    Returns:
        How many of them are drawn; 0 when there is none.
    """
    share = -(-ballots * rule.percent // 100)
    return min(ballots, max(rule.least, share))


def seed_faults(points: str) -> tuple[str, ...]:
    """Fehler im Startwert: too few or too many throws, or a sign that is no side of a die.

    Source: § 55a KWO; publicity of the count, § 52 KWO [I].

    Args:
        points: points as read out, one digit for each throw.

    Returns:
        German sentences; empty when the seed can be used.
    """
    if not points or any(sign not in "123456" for sign in points):
        return ("Der Startwert besteht nur aus gewürfelten Augen: Ziffern von 1 bis 6, eine je Wurf.",)
    if not LEAST_THROWS <= len(points) <= MOST_THROWS:
        return (f"Würfeln Sie {LEAST_THROWS}- bis {MOST_THROWS}-mal; eingetragen sind {len(points)} Würfe.",)
    return ()


def place_in_draw(points: str, district: int, number: int) -> str:
    """Loszahl eines Stimmzettels: SHA-256 of `<points>/<district>/<number>` in 64 hexadecimal digits.

    Source: FIPS 180-4; § 52 KWO [I].

    Args:
        points: the seed, as read out.
        district: number of the polling district.
        number: number on the ballot.
    """
    return sha256(f"{points}/{district}/{number}".encode("ascii")).hexdigest()


def drawn_numbers(points: str, district: int, numbers: Collection[int], size: int) -> tuple[int, ...]:
    """Gezogene Stimmzettel: those whose hash is smallest.

    Source: § 55a, § 52 KWO [I].

    Args:
        points: the seed, as read out.
        district: number of the polling district.
        numbers: numbers of all ballots that can be drawn, each once.
        size: how many are drawn, from 0.

    Returns:
        Their numbers in ascending order.

    Raises:
        ValueError: the seed has a fault.
    """
    for fault in seed_faults(points):
        raise ValueError(fault)
    in_order = sorted(numbers, key=lambda number: place_in_draw(points, district, number))
    return tuple(sorted(in_order[:size]))


def sample_holds(rule: SampleRule, differences: int) -> bool:
    """Ob die Stichprobe hält; one that does not is followed by a second entry of every ballot.

    Source: § 55a KWO [I].

    Args:
        rule: what the election chose.
        differences: drawn ballots whose two entries differed, whichever of them the paper proved right.
    """
    return differences <= rule.allowed
