"""Ablauf und Begründung: how a law function shows its work.

A `Step` says what was done under which §; a `Reason` says which condition was met or not. Both are what the screen, the Niederschrift
and the public page print: the proof is a by-product of the computation, never a second computation.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Rechenschritt: one step of a computation.

    Attributes:
        rule: stable English key of the rule that fired, e.g. "cap_three_votes".
        source: where the rule stands, e.g. "§ 37 Abs. 2 KWG".
        text: German sentence for people, with names and numbers filled in.
    """

    rule: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Grund: one condition of a decision.

    Attributes:
        rule: stable English key of the condition, e.g. "age".
        source: where the condition stands, e.g. "§ 56 Abs. 2 Satz 2 GemO".
        text: German sentence for people.
        met: True fulfilled, False not fulfilled, None cannot be told from the facts ("unclear").
    """

    rule: str
    source: str
    text: str
    met: bool | None


def grouped(number: int) -> str:
    """Ganze Zahl mit Tausenderpunkten."""
    return f"{number:,}".replace(",", ".")


def votes_in_words(number: int) -> str:
    """Stimmenzahl: "1 Stimme", "1.234 Stimmen"."""
    return "1 Stimme" if number == 1 else f"{grouped(number)} Stimmen"
