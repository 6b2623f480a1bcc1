"""Zulassung: which kind of election follows from the admitted nominations, and in which order they stand on the ballot paper."""

from collections.abc import Iterable
from enum import StrEnum

from beiratswahl.law.nominations import Candidate, Nomination, folded
from beiratswahl.law.rules import BallotOrder, Rules, System
from beiratswahl.law.trace import Step


class Outcome(StrEnum):
    """Folge der Zulassung: the kind of election that follows from what is admitted.

    Source: § 56 Abs. 3 Satz 1 GemO, § 49a Abs. 3 LKO [V]; § 22 KWG [S].
    """

    PROPORTIONAL = "Verhältniswahl"
    MAJORITY = "Mehrheitswahl"
    NO_ELECTION = "keine Wahl"


def outcome(rules: Rules, admitted: Iterable[Nomination]) -> tuple[Outcome, tuple[Step, ...]]:
    """Folge der Zulassung.

    Source: § 56 Abs. 3 Satz 1 GemO, § 49a Abs. 3 LKO: no election when no valid nomination is admitted or not more persons than
        members to elect [V]; § 22 KWG: Mehrheitswahl when one nomination is left [S].

    Args:
        rules: rules of the election.
        admitted: admitted nominations with their admitted candidates only.

    Returns:
        What follows, and why.
    """
    admitted = tuple(of for of in admitted if of.candidates)
    persons = len({candidate.person for of in admitted for candidate in of.candidates})
    source = "§ 49a Abs. 3 LKO" if rules.level.value == "Landkreis" else "§ 56 Abs. 3 Satz 1 GemO"
    lists = "1 Wahlvorschlag" if len(admitted) == 1 else f"{len(admitted)} Wahlvorschläge"
    people = "1 Person" if persons == 1 else f"{persons} Personen"
    counted = f"Zugelassen: {lists} mit {people}; zu wählende Mitglieder: {rules.seats}."
    if persons <= rules.seats:
        text = f"{counted} Die Wahl findet nicht statt, weil nicht mehr Personen zugelassen sind, als Mitglieder zu wählen sind."
        return Outcome.NO_ELECTION, (Step("no_election", source, text),)
    enough = Step("enough_persons", source, f"{counted} Die Wahl findet statt.")
    if rules.system is System.MAJORITY:
        return Outcome.MAJORITY, (enough, Step("system", "Satzung", "Nach der Satzung wird nach Mehrheitswahl gewählt."))
    if len(admitted) == 1 and rules.switch_to_majority_if_single_list:
        text = "Nur ein Wahlvorschlag ist zugelassen; deshalb wird nach Mehrheitswahl gewählt."
        return Outcome.MAJORITY, (enough, Step("single_list", "§ 22 KWG", text))
    if len(admitted) == 1:
        text = "Nach der Satzung wird auch mit nur einem Wahlvorschlag nach Verhältniswahl gewählt."
        return Outcome.PROPORTIONAL, (enough, Step("system", "Satzung", text))
    text = "Mehrere Wahlvorschläge sind zugelassen; gewählt wird nach Verhältniswahl."
    return Outcome.PROPORTIONAL, (enough, Step("system", "§ 22 KWG", text))


def ballot_order(rules: Rules, admitted: Iterable[Nomination]) -> tuple[Nomination, ...]:
    """Reihenfolge der Wahlvorschläge auf dem Stimmzettel.

    Source: § 24 Abs. 1 KWG: parties in the Landtag by Landesstimmen, then those in the council by votes at the last election, then
        alphabetically by Kennwort [V]; Satzungen: alphabetically, or by receipt (Mainz § 14) [V].

    Args:
        rules: `ballot_order` says which.
        admitted: admitted nominations.

    Returns:
        All of them, in order; number 1 first.
    """
    by_name = sorted(admitted, key=lambda of: (folded(of.keyword), of.key))
    if rules.ballot_order is BallotOrder.RECEIPT:
        return tuple(sorted(by_name, key=lambda of: (of.received_at, of.key)))
    if rules.ballot_order is BallotOrder.ALPHABETICAL:
        return tuple(by_name)
    return tuple(sorted(by_name, key=_statutory))


def _statutory(nomination: Nomination) -> tuple[int, int]:
    if nomination.landtag_votes is not None:
        return 0, -nomination.landtag_votes
    if nomination.previous_votes is not None:
        return 1, -nomination.previous_votes
    return 2, 0


def alphabetical(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Alphabetische Reihenfolge der Personen (Personenmodell), by family name, then given names.

    Source: Satzungen nach dem Muster des Gemeinde- und Städtebundes, z. B. Vulkaneifel 2024 [V].
    """
    return tuple(sorted(candidates, key=lambda of: (folded(of.family_name), folded(of.given_names), of.key)))
