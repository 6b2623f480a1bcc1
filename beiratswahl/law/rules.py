"""Wahlregeln: everything a bylaw, a notice or the election date can change, in one frozen value."""

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Level(StrEnum):
    """Ebene: the body whose Beirat is elected."""

    MUNICIPALITY = "Gemeinde"
    ASSOCIATION = "Verbandsgemeinde"
    DISTRICT = "Landkreis"


class System(StrEnum):
    """Wahlsystem."""

    PROPORTIONAL = "Verhältniswahl"
    MAJORITY = "Mehrheitswahl"


class SeatMethod(StrEnum):
    """Sitzzuteilungsverfahren."""

    SAINTE_LAGUE = "Sainte-Laguë"
    HARE_NIEMEYER = "Hare-Niemeyer"


class RemainingVotes(StrEnum):
    """Reststimmen: who receives the unused votes of a marked list (open, digest 4.4-R)."""

    SKIP_MARKED = "skip_marked"
    TOP_UP = "top_up"


class MajorityOvervote(StrEnum):
    """Überzählige Stimmen bei Mehrheitswahl (§ 38 Abs. 2 Nr. 4 KWG or the bylaw)."""

    FIRST_FROM_TOP = "first_from_top"
    INVALID_BALLOT = "invalid_ballot"


class NominationModel(StrEnum):
    """Form der Wahlvorschläge: lists as in the KWG, or each person a nomination."""

    LIST = "Listenmodell"
    PERSON = "Personenmodell"


class BallotOrder(StrEnum):
    """Reihenfolge auf dem Stimmzettel."""

    LIST_NUMBER = "Listennummer"
    ALPHABETICAL = "alphabetisch"
    RECEIPT = "Eingang"


class VotingMode(StrEnum):
    """Art der Stimmabgabe."""

    POSTAL_ONLY = "nur Briefwahl"
    URN_AND_POSTAL = "Urne und Briefwahl"


@dataclass(frozen=True, slots=True)
class Rules:
    """Wahlregeln einer Wahl: first argument of every law function. TEMPORARY SKELETON: names are fixed, the rest is not."""

    system: System
    seats: int
    votes: int
    level: Level = Level.MUNICIPALITY
    max_votes_per_candidate: int = 3
    remaining_votes: RemainingVotes | None = None
    majority_overvote: MajorityOvervote | None = None
    write_ins: bool = True
    seat_method: SeatMethod = SeatMethod.SAINTE_LAGUE
    majority_clause: bool | None = True
    age: int = 16
    candidate_age: int = 16
    residence_months: int = 3
    dual_nationals_ex_officio: bool | None = None
    children_of_naturalised: bool | None = None
    nomination_model: NominationModel = NominationModel.LIST
    max_named: int = 3
    max_candidates_factor: Fraction = field(default_factory=lambda: Fraction(2))
    support_signatures: int = 0
    ballot_order: BallotOrder = BallotOrder.LIST_NUMBER
    voting_mode: VotingMode = VotingMode.POSTAL_ONLY
    min_ballots_per_count_unit: int = 50
