"""Veröffentlichte Stimmbezirke, Wahlbriefe und Regeln: their part of the published JSON as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RejectedLetters:
    """Zurückgewiesene Wahlbriefe aus einem Grund."""

    text: str
    source: str
    letters: int


@dataclass(frozen=True, slots=True)
class PostalLetters:
    """Wahlbriefe: received in time (the rejected among them), rejected, late (None: not counted), rejected by reason."""

    in_time: int
    rejected: int
    late: int | None
    reasons: tuple[RejectedLetters, ...]

    @property
    def admitted(self) -> int:
        """Zugelassene Wahlbriefe: their senders have voted."""
        return self.in_time - self.rejected


@dataclass(frozen=True, slots=True)
class District:
    """Stimmbezirk, or several small ones that are published together.

    Attributes:
        numbers: numbers of the districts.
        names: their names.
        eligible: Wahlberechtigte, or None.
        list_votes: in the order of the lists.
        candidate_votes: for each list in the order of its candidates.
        person_votes: Mehrheitswahl: in the order of the published persons.
    """

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    eligible: int | None
    voters: int
    valid_ballots: int
    invalid_ballots: int
    votes: int
    postal: PostalLetters | None
    list_votes: tuple[int, ...]
    candidate_votes: tuple[tuple[int, ...], ...]
    person_votes: tuple[int, ...]

    @property
    def together(self) -> bool:
        """Several districts in one."""
        return len(self.numbers) > 1


@dataclass(frozen=True, slots=True)
class Rule:
    """Angewandte Wahlregel."""

    rule: str
    title: str
    value: object
    origin: str
    source: str


def letters_of(letters: Fields | None) -> PostalLetters | None:
    """Read the letters of an election or of a district."""
    if letters is None:
        return None
    reasons = tuple(RejectedLetters(of["text"], of["source"], of["letters"]) for of in letters["rejected_by_reason"])
    return PostalLetters(letters["in_time"], letters["rejected"], letters["late"], reasons)


def district_of(figures: Fields) -> District:
    """Read a district."""
    return District(
        numbers=tuple(figures["numbers"]),
        names=tuple(figures["names"]),
        eligible=figures["eligible"],
        voters=figures["voters"],
        valid_ballots=figures["valid_ballots"],
        invalid_ballots=figures["invalid_ballots"],
        votes=figures["votes"],
        postal=letters_of(figures["postal_letters"]),
        list_votes=tuple(figures["list_votes"]),
        candidate_votes=tuple(tuple(votes) for votes in figures["candidate_votes"]),
        person_votes=tuple(figures["person_votes"]),
    )
