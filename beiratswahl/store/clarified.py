"""Feststellungen über dem Melderegister: what a decision rests on where the election office has settled an open fact.

A clarification holds as long as the register says about its matter what it said when the clarification was made. Once an export brings
something else, the register counts again.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

#: what the law is asked about, without the further residences, whose addresses may be blocked
SHOWN_FACTS = (
    "birth_date",
    "nationalities",
    "died",
    "excluded",
    "ags",
    "residence_status",
    "moved_in",
    "main_since",
    "moved_out",
    "in_area_since",
)
#: what the law is asked about
DECIDED_ON = (*SHOWN_FACTS, "further_residences")


class Clarification(NamedTuple):
    """Feststellung, as far as it concerns a decision.

    Attributes:
        facts: by column of the register's facts what holds instead; its columns are the matter.
        register_state: `state_of` the register's facts when it was made.
    """

    facts: Mapping[str, Any]
    register_state: str

    def holds_over(self, facts: Mapping[str, Any]) -> bool:
        """Whether the register still says about the matter what it said then."""
        return state_of(facts, self.facts) == self.register_state


def state_of(facts: Mapping[str, Any], columns: Iterable[str]) -> str:
    """Stand des Melderegisters zu einer Sache: a hash, because the facts may name an address that is blocked."""
    said = {column: facts[column] for column in sorted(columns)}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def clarified(facts: Mapping[str, Any], clarifications: Iterable[Clarification]) -> dict[str, Any]:
    """Tatsachen einer Person with every clarification that still holds laid over what the register says."""
    settled = dict(facts)
    for one in clarifications:
        if one.holds_over(facts):
            settled.update(one.facts)
    return settled
