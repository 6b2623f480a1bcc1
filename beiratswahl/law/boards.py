"""Wahlvorstand: who must be there so that it may count and resolve, and when capture rests."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

#: present at the count, the chair and the recorder among them
QUORUM = 5
LEAST_ASSESSORS, MOST_ASSESSORS = 3, 8
LEAST_IN_GROUP = 3


class Function(StrEnum):
    """Funktion im Wahlvorstand.

    Source: § 26 KWG, § 5 KWO [V].
    """

    CHAIR = "Wahlvorsteher"
    DEPUTY_CHAIR = "Stellvertretung des Wahlvorstehers"
    RECORDER = "Schriftführer"
    DEPUTY_RECORDER = "Stellvertretung des Schriftführers"
    ASSESSOR = "Beisitzer"
    #: works in an Auszählungsgruppe without being a member: neither resolves nor signs [G]
    HELPER = "Hilfskraft"


class TeamTask(StrEnum):
    """Aufgabe einer Auszählungsgruppe, for a group that is limited to one.

    Source: § 55b KWO (groups enter ballots under the eyes of the chair) [V]; the division into tasks [G].
    """

    LETTERS = "Wahlbriefe"
    STACKS = "Stapel"
    BALLOTS = "Einzelne Stimmzettel"
    SECOND_ENTRY = "Zweiteingabe"


class Member(NamedTuple):
    """Mitglied des Wahlvorstands.

    Attributes:
        function: what the member is.
        group: number of the Auszählungsgruppe from 1, 0 for none.
        present: whether the member is there now.
    """

    function: Function
    group: int
    present: bool


def composition_faults(members: Iterable[Member]) -> tuple[str, ...]:
    """Zusammensetzung: what the board lacks or has too much of.

    Source: § 26 KWG [V]; § 55b KWO (the chair is in no Auszählungsgruppe) [V].

    Args:
        members: all appointed members, present or not.

    Returns:
        German sentences; empty when the board is as the statute wants it.
    """
    appointed = tuple(members)
    found = []
    for function in (Function.CHAIR, Function.DEPUTY_CHAIR, Function.RECORDER):
        number = sum(member.function is function for member in appointed)
        if number != 1:
            found.append(f"Eingetragen als {function.value}: {number}; es muss genau eine Person sein.")
    assessors = sum(member.function is Function.ASSESSOR for member in appointed)
    if not LEAST_ASSESSORS <= assessors <= MOST_ASSESSORS:
        found.append(f"Eingetragen als Beisitzer: {assessors}; es müssen {LEAST_ASSESSORS} bis {MOST_ASSESSORS} Personen sein.")
    if any(member.function is Function.CHAIR and member.group for member in appointed):
        found.append("Der Wahlvorsteher beaufsichtigt die Auszählungsgruppen und gehört selbst keiner an.")
    return tuple(found)


def quorum_fault(members: Iterable[Member]) -> str:
    """Beschlussfähigkeit bei der Ermittlung des Ergebnisses.

    Source: § 27 KWG [V].

    Args:
        members: all appointed members.

    Returns:
        Why the board may not resolve now, as a German sentence; empty when it may.
    """
    here = [member.function for member in members if member.present and member.function is not Function.HELPER]
    if len(here) < QUORUM:
        return (
            f"Der Wahlvorstand ist nicht beschlussfähig: Mindestens {QUORUM} Mitglieder müssen da sein; es sind nur {len(here)} anwesend."
        )
    for function, deputy in ((Function.CHAIR, Function.DEPUTY_CHAIR), (Function.RECORDER, Function.DEPUTY_RECORDER)):
        if function not in here and deputy not in here:
            return f"Der Wahlvorstand ist nicht beschlussfähig: {function.value} und Stellvertretung fehlen."
    return ""


def small_groups(members: Iterable[Member]) -> Mapping[int, int]:
    """Auszählungsgruppen, that are too small to go on.

    Source: § 55b KWO: at least three persons, capture rests while a member is absent [V].

    Args:
        members: all appointed members.

    Returns:
        Persons present by number of the group, only groups with fewer than three.
    """
    here: dict[int, int] = {}
    for member in members:
        if member.group:
            here[member.group] = here.get(member.group, 0) + member.present
    return {group: present for group, present in sorted(here.items()) if present < LEAST_IN_GROUP}
