"""Wahlausschuss: who belongs to it, and who has to be there so that it can decide."""

from collections.abc import Iterable
from enum import StrEnum


class CommitteeFunction(StrEnum):
    """Funktion in der Sitzung des Wahlausschusses.

    Source: § 8 KWG, § 29 KWO [V]; the number of Beisitzer was not seen [G].
    """

    CHAIR = "Vorsitz"
    DEPUTY_CHAIR = "Stellvertretung des Vorsitzes"
    ASSESSOR = "Beisitz"
    DEPUTY_ASSESSOR = "Stellvertretung eines Beisitzes"
    RECORDER = "Schriftführung"
    CONTACT = "Vertrauensperson"
    GUEST = "Gast"


#: who votes when present; a deputy comes only in place of a member
VOTING = (CommitteeFunction.CHAIR, CommitteeFunction.DEPUTY_CHAIR, CommitteeFunction.ASSESSOR, CommitteeFunction.DEPUTY_ASSESSOR)
#: who makes up the full number
SEATS = (CommitteeFunction.CHAIR, CommitteeFunction.ASSESSOR)


def attendance_fault(members: Iterable[tuple[CommitteeFunction, bool]]) -> str | None:
    """Beschlussfähigkeit: what speaks against it.

    Source: § 8 KWG: the chair leads [V]; more than half of the members, as § 39 GemO wants it of a council: the text for the
        Wahlausschuss was not seen [G].

    Args:
        members: function and whether present, of everybody invited.

    Returns:
        A German sentence, or None when chair (or deputy) and more than half of the members are there.
    """
    known = tuple(members)
    here = [function for function, present in known if present and function in VOTING]
    full = sum(function in SEATS for function, _ in known)
    if not {CommitteeFunction.CHAIR, CommitteeFunction.DEPUTY_CHAIR} & set(here):
        return "Weder Vorsitz noch Stellvertretung ist anwesend; ohne sie kann der Wahlausschuss nicht tagen (§ 8 KWG)."
    if 2 * len(here) <= full:
        verb = "ist" if len(here) == 1 else "sind"
        return f"Von {full} Mitgliedern {verb} {len(here)} anwesend, nicht mehr als die Hälfte."
    return None
