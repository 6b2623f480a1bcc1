"""Wahlregeln: everything a bylaw, a notice or the election date can change, in one frozen value.

`Rules` is the first argument of every law function. It is put together by `rule_sets` out of layers, each value with its source;
what each parameter means, its range and its source stands in `rule_parameters`, what the statute says by date in `rule_versions`.
None in a field that a bylaw may leave open means: not confirmed yet. The law functions refuse to guess it.
"""

from dataclasses import dataclass, field, replace
from datetime import time
from enum import StrEnum
from fractions import Fraction

from beiratswahl.law.rule_values import DayBefore, Hours, Window
from beiratswahl.law.seat_values import MajoritySeats


class RuleVersion(StrEnum):
    """Gesetzesfassung: the state of GemO, LKO and KWG by the day of the election."""

    FOREIGNERS_COUNCIL = "1994"
    MIGRATION_COUNCIL = "2009"
    AGE_SIXTEEN = "2014"
    CURRENT = "2023"


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
    """Reststimmen: who receives the unused votes of a marked list; the text of § 37 Abs. 5 KWG was not seen."""

    SKIP_MARKED = "skip_marked"
    TOP_UP = "top_up"


class RemainingVotesOrder(StrEnum):
    """Reihenfolge der Reststimmen."""

    TOP_DOWN = "von oben nach unten"


class MajorityOvervote(StrEnum):
    """Überzählige Stimmen bei Mehrheitswahl (§ 38 Abs. 2 Nr. 4 KWG or the bylaw)."""

    FIRST_FROM_TOP = "first_from_top"
    INVALID_BALLOT = "invalid_ballot"


class NominationModel(StrEnum):
    """Form der Wahlvorschläge: lists as in the KWG, or each person a nomination."""

    LIST = "Listenmodell"
    PERSON = "Personenmodell"


class Nominator(StrEnum):
    """Vorschlagsberechtigte: who may hand in a nomination."""

    ELIGIBLE_PERSON = "Wahlberechtigte"
    SELF = "Selbstvorschlag"
    CLUB = "Verein"
    ASSOCIATION = "Verband"
    ORGANISATION = "Organisation"
    PARTY = "Partei"
    VOTER_GROUP = "Wählergruppe"


class BallotOrder(StrEnum):
    """Reihenfolge auf dem Stimmzettel."""

    LIST_NUMBER = "Listennummer"
    ALPHABETICAL = "alphabetisch"
    RECEIPT = "Eingang"


class VotingMode(StrEnum):
    """Art der Stimmabgabe."""

    POSTAL_ONLY = "nur Briefwahl"
    URN_AND_POSTAL = "Urne und Briefwahl"


class TieBreak(StrEnum):
    """Entscheidung bei Gleichstand."""

    LOT = "Los"
    LIST_ORDER = "Reihenfolge im Wahlvorschlag"


class ExhaustedList(StrEnum):
    """Erschöpfter Wahlvorschlag: what becomes of seats a list has no candidates for."""

    VACANT = "unbesetzt"


class NoElection(StrEnum):
    """Wahl findet nicht statt: when § 56 Abs. 3 Satz 1 GemO calls the election off."""

    NOT_MORE_PERSONS_THAN_SEATS = "zugelassene Personen ≤ Sitze"


class Ground(StrEnum):
    """Wahlrechtsgrund: the groups of § 56 Abs. 2 Satz 2 GemO, § 49a Abs. 2 Satz 2 LKO."""

    NR1 = "NR1"
    NR2A = "NR2A"
    NR2B = "NR2B"
    NR2C = "NR2C"
    NR2D = "NR2D"


ALL_GROUNDS = tuple(Ground)


class RuleToBeConfirmed(ValueError):
    """Zu bestätigende Regel: the text of the statute was not seen and nobody has confirmed a value.

    Attributes:
        rule: name of the rule in `Rules`.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(f"Die Regel „{rule}“ ist noch nicht bestätigt. Ohne sie lässt sich hier nicht entscheiden.")
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Rules:
    """Wahlregeln einer Wahl: first argument of every law function.

    The meaning, range and source of each field stand in `rule_parameters.PARAMETERS` under the same name. The defaults are those of the
    statute for a municipality today, for tests and examples; an election's rules come from `rule_sets.RuleSet.rules`.
    """

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
    majority_seats: MajoritySeats | None = None
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
    version: RuleVersion = RuleVersion.CURRENT
    grounds: tuple[Ground, ...] = ALL_GROUNDS
    ex_officio_grounds: tuple[Ground, ...] = (Ground.NR1,)
    citizens_may_stand: bool = True
    foreigners_threshold: int = 1000
    appointed_max: int = 0
    switch_to_majority_if_single_list: bool = True
    cross_lists: bool = True
    list_mark: bool = True
    remaining_votes_order: RemainingVotesOrder = RemainingVotesOrder.TOP_DOWN
    nominators: tuple[Nominator, ...] = (Nominator.PARTY, Nominator.VOTER_GROUP)
    nomination_meeting: bool = True
    threshold: Fraction = field(default_factory=lambda: Fraction(0))
    turnout_quorum_percent: int = 0
    tie_seat: TieBreak = TieBreak.LOT
    tie_in_list: TieBreak = TieBreak.LIST_ORDER
    list_exhausted: ExhaustedList = ExhaustedList.VACANT
    no_election_if: NoElection = NoElection.NOT_MORE_PERSONS_THAN_SEATS
    objection_period_days: int = 14
    acceptance_period_days: int = 7
    nomination_deadline: DayBefore = field(default=DayBefore(48, time(18)))
    admission_deadline: DayBefore = field(default=DayBefore(41))
    candidates_notice_deadline: DayBefore = field(default=DayBefore(12))
    register_key_date: DayBefore = field(default=DayBefore(42))
    application_deadline: DayBefore | None = None
    postal_dispatch_window: Window = field(default=Window(DayBefore(34), DayBefore(10)))
    voting_certificate_deadline: DayBefore = field(default=DayBefore(2, time(18)))
    inspection_period: Window = field(default=Window(DayBefore(20), DayBefore(16)))
    postal_deadline: time = time(18)
    voting_hours: Hours | None = None
    hand_in_hours: Hours | None = None

    @property
    def to_be_confirmed(self) -> tuple[str, ...]:
        """Zu bestätigen: the relevant fields whose legal text was not seen and that nobody has confirmed yet.

        Returns:
            Field names in the order of this class; empty when nothing is open for this system and version.
        """
        return tuple(key for key in confirmable(self.version, self.system, self.list_mark) if getattr(self, key) is None)

    def for_majority_vote(self) -> "Rules":
        """Wechsel zur Mehrheitswahl: the same rules after only one list was admitted.

        Source: § 22 KWG [S]; § 33 Abs. 1 KWG: one vote per person [V]; § 30 KWG: candidates named several times are printed once [V].
        """
        return replace(self, system=System.MAJORITY, max_votes_per_candidate=1, max_named=1)


def confirmable(version: RuleVersion, system: System | None, list_mark: bool) -> tuple[str, ...]:
    """Bestätigungsbedürftige Regeln: the names of the rules that have no silent default in this constellation.

    Source: § 37 Abs. 5 KWG (Reststimmen), § 38 Abs. 2 Nr. 4 KWG against bylaws, § 41 Abs. 2 KWG before 2014, § 56 Abs. 2 GemO: text
    not seen or contradicted by practice [I].

    Args:
        version: version of the statute.
        system: None where it is not settled yet; then the rules of both systems count.
        list_mark: whether a list can be marked as a whole; without it no votes remain to be given to a list.

    Returns:
        Names of `Rules` fields, in the order of that class.
    """
    old_clause = version in {RuleVersion.FOREIGNERS_COUNCIL, RuleVersion.MIGRATION_COUNCIL}
    wide_electorate = version is not RuleVersion.FOREIGNERS_COUNCIL
    relevant = {
        "remaining_votes": system is not System.MAJORITY and list_mark,
        "majority_overvote": system is not System.PROPORTIONAL,
        "majority_clause": system is not System.MAJORITY and old_clause,
        "dual_nationals_ex_officio": wide_electorate,
        "children_of_naturalised": version in {RuleVersion.AGE_SIXTEEN, RuleVersion.CURRENT},
        "application_deadline": wide_electorate,
    }
    return tuple(key for key, applies in relevant.items() if applies)
