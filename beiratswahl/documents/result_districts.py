"""Vorlage der Ergebnisbekanntmachung, second part: postal letters, polling districts and the rules that held, as frozen values."""

from dataclasses import dataclass

from beiratswahl.law.rule_values import Plain


@dataclass(frozen=True, slots=True)
class RejectedLetters:
    """Zurückgewiesene Wahlbriefe aus einem Grund.

    Attributes:
        reason: key of the reason, e.g. "nicht_unterschrieben".
        text: the reason in words.
        source: § of the reason.
        letters: how many, at least 1.
    """

    reason: str
    text: str
    source: str
    letters: int


@dataclass(frozen=True, slots=True)
class PostalLetters:
    """Wahlbriefe: letters that came, kept apart from invalid ballots.

    Attributes:
        in_time: received before the deadline, the rejected ones among them.
        rejected: rejected by the polling board (§ 39 KWG, §§ 56, 57 KWO); their senders have not voted.
        late: received after the deadline, not opened; None when nobody counted them.
        reasons: the rejected ones by reason; empty when nobody told them apart.
    """

    in_time: int
    rejected: int
    late: int | None = None
    reasons: tuple[RejectedLetters, ...] = ()


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """Ergebnis eines Stimmbezirks, or of several small ones together for the secrecy of the vote.

    Attributes:
        numbers: numbers of the districts.
        names: their names, in the same order.
        eligible: Wahlberechtigte, or None where the districts do not tell them apart.
        voters: Wähler.
        valid_ballots: gültige Stimmzettel.
        invalid_ballots: ungültige Stimmzettel.
        votes: valid votes given.
        postal: letters, or None where nobody votes by post.
        list_votes: votes of the lists in ballot order; empty for Mehrheitswahl.
        candidate_votes: for each list the votes of its candidates in ballot order; empty for Mehrheitswahl.
        person_votes: for Mehrheitswahl the votes of everybody in `ResultAnnouncement.persons`, in that order.
    """

    numbers: tuple[int, ...]
    names: tuple[str, ...]
    eligible: int | None
    voters: int
    valid_ballots: int
    invalid_ballots: int
    votes: int
    postal: PostalLetters | None = None
    list_votes: tuple[int, ...] = ()
    candidate_votes: tuple[tuple[int, ...], ...] = ()
    person_votes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """Angewandte Wahlregel.

    Attributes:
        rule: key of the rule, e.g. "max_votes_per_candidate".
        title: what it is, in German.
        value: what held, as plain JSON value.
        origin: who set it: statute, bylaw, notice or a decision of the office.
        source: § or document.
    """

    rule: str
    title: str
    value: Plain
    origin: str
    source: str
