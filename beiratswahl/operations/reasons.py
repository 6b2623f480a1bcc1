"""Reasons that stand in the Niederschrift."""

from beiratswahl.operations.desk import Refused

SHORTEST_REASON, LONGEST_REASON = 3, 500


def reason_given(text: str) -> str:
    """Begründung with 3 to 500 characters, blanks at the ends taken off.

    Raises:
        Refused: it is shorter or longer.
    """
    words = text.strip()
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise Refused(f"Schreiben Sie eine Begründung von {SHORTEST_REASON} bis {LONGEST_REASON} Zeichen; sie steht in der Niederschrift.")
    return words
