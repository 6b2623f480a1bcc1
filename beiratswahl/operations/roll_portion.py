"""Portion eines Auszugs: persons on their way from the reader to the database.

An ordinary person travels in a short form, in which what many persons have in common (a name with its search words, the address) is one
thing: it is written once when a portion goes from one process to another, and the whole row is made where it is needed.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from beiratswahl.law.suffrage import Decision
from beiratswahl.operations.findings import Findings
from beiratswahl.operations.roll_facts import Stored

#: a name and its search words
Name = tuple[str, str]
#: nationalities, AGS, status, excluded
Together = tuple[str, str, str, bool]
#: street, postcode, town, district
Site = tuple[str, str, str, str]
#: register number, family name, given names, birth date, sex, what stands together, blocks, day of moving in, site, house number, and the
#: number of the decision; nothing else is known of an ordinary person
Short = tuple[str, Name, Name, str, str, Together, str, str, Site, str, int]
SHORT_FIELDS = 11


class Portion(NamedTuple):
    """Portion, and how far the reading has come with it.

    Attributes:
        read: persons in the order of the file: `Short`, or for one out of the ordinary `roll_facts.REGISTER_COLUMNS`, the search words and
            the number of the decision. All are decided about as if they had not applied.
        decisions: decisions that persons of this portion are the first to receive; numbers count on from portion to portion.
        line: the line read last.
        persons: number of persons handed out.
        newest_event: latest arrival, move, departure or death in the lines read so far, "YYYY-MM-DD"; "" for none.
        findings: everything found so far.
    """

    read: list[tuple[Any, ...]]
    decisions: tuple[Decision, ...]
    line: int
    persons: int
    newest_event: str
    findings: Findings

    def rows(self, verdict_ids: Sequence[int]) -> list[Stored]:
        """A row for each person: `roll_facts.REGISTER_COLUMNS`, the search words, the id of the verdict.

        Args:
            verdict_ids: ids of the verdicts by the number of the decision.
        """
        return [
            in_full(person, verdict_ids) if len(person) == SHORT_FIELDS else (*person[:-1], verdict_ids[person[-1]]) for person in self.read
        ]


def in_full(person: Short, verdict_ids: Sequence[int]) -> Stored:
    """Die ganze Zeile eines gewöhnlichen Falls, as `Portion.rows` gives it."""
    number, (family, family_words), (given, given_words), birth, sex, together, blocks, moved_in, site, house, decision = person
    nationalities, ags, status, excluded = together
    street, postcode, town, district = site
    return (
        number, family, given, birth, sex, nationalities, blocks, "", excluded, ags, status, moved_in, "", "", "",
        street, house, postcode, town, district, "", family_words + given_words, verdict_ids[decision],
    )  # fmt: skip
