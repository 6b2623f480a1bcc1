"""Regelgrößen: every rule that a bylaw, a notice or the election date can change, described as data.

One row per field of `rules.Rules`: its German name, its form and range, where it stands, how sure the text is, and what the statute says
when bylaw and notice are silent. Rows stand in the order in which they are settled: a row may look at the rows above it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from fractions import Fraction

from beiratswahl.law import rule_values as form
from beiratswahl.law.rule_values import DayBefore, Hours, Kind, Value, Window
from beiratswahl.law.rules import (
    BallotOrder,
    ExhaustedList,
    Ground,
    Level,
    MajorityOvervote,
    NoElection,
    NominationModel,
    Nominator,
    RemainingVotes,
    RemainingVotesOrder,
    RuleVersion,
    SeatMethod,
    System,
    TieBreak,
    VotingMode,
)
from beiratswahl.law.seat_values import MajoritySeats

Chosen = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """Regelgröße: one rule as data.

    Attributes:
        key: name of the field in `Rules`, in a rules file and in the journal.
        title: German name for people.
        kind: form and range of the value.
        source: where it stands.
        mark: how sure the text is: V, Vo, S, I or G.
        statute: what holds when bylaw and notice are silent; None where they must speak or nothing applies.
        fixed: True where the statute leaves no choice: a layer may repeat the value, never change it.
    """

    key: str
    title: str
    kind: Kind
    source: str
    mark: str
    statute: Callable[[Chosen], Value]
    fixed: bool = False


def _always(value: Value) -> Callable[[Chosen], Value]:
    return lambda chosen: value


def _by_majority(majority: Value, proportional: Value) -> Callable[[Chosen], Value]:
    return lambda chosen: majority if chosen.get("system") is System.MAJORITY else proportional


def _by_person_model(person: Value, lists: Value) -> Callable[[Chosen], Value]:
    return lambda chosen: person if chosen.get("nomination_model") is NominationModel.PERSON else lists


def _threshold_of_level(chosen: Chosen) -> Value:
    return 5000 if chosen.get("level") is Level.DISTRICT else 1000


def _polling_hours(chosen: Chosen) -> Value:
    return Hours(time(8), time(18)) if chosen.get("voting_mode") is VotingMode.URN_AND_POSTAL else None


_OPEN = _always(None)
_GEMO = "§ 56 Abs. 2 Satz 2 GemO, § 49a Abs. 2 Satz 2 LKO"
_BYLAW = "§ 56 Abs. 2 GemO (Satzung)"

_ROWS = (
    Parameter("version", "Gesetzesfassung", form.choice(RuleVersion), "Wahltag", "S", _OPEN, fixed=True),
    Parameter("level", "Ebene", form.choice(Level), "§ 56 GemO, § 49a LKO", "V", _always(Level.MUNICIPALITY)),
    Parameter("system", "Wahlsystem", form.choice(System), _BYLAW, "S", _OPEN),
    Parameter("nomination_model", "Form der Wahlvorschläge", form.choice(NominationModel), "§ 15 KWG", "Vo", _always(NominationModel.LIST)),
    Parameter("voting_mode", "Art der Stimmabgabe", form.choice(VotingMode), "§ 31 KWG", "V", _always(VotingMode.URN_AND_POSTAL)),
    Parameter("seats", "Zahl der zu wählenden Mitglieder", form.whole_number(1, 99), "§ 56 Abs. 1 Satz 3 GemO (Satzung)", "Vo", _OPEN),
    Parameter("appointed_max", "Höchstzahl berufener Mitglieder", form.whole_number(0, 49), _BYLAW, "V", _always(0)),
    Parameter(
        "foreigners_threshold",
        "Einrichtungspflicht ab mehr als … ausländischen Einwohnern",
        form.whole_number(1000, 5000),
        "§ 56 Abs. 1 Satz 1 GemO, § 49a Abs. 1 LKO",
        "V",
        _threshold_of_level,
        fixed=True,
    ),
    Parameter(
        "votes", "Stimmen je Wähler", form.whole_number(1, 99), "§ 32 Abs. 1, § 33 Abs. 1 KWG", "V", lambda chosen: chosen.get("seats")
    ),
    Parameter(
        "max_votes_per_candidate",
        "Höchstzahl der Stimmen für eine Person",
        form.whole_number(1, 3),
        "§ 32 Abs. 1 Nr. 3, § 33 Abs. 1 KWG",
        "V",
        _by_majority(1, 3),
    ),
    Parameter("cross_lists", "Panaschieren", form.yes_or_no(), "§ 32 Abs. 1 Nr. 4 KWG", "V", _always(True)),
    Parameter("list_mark", "Listenkreuz", form.yes_or_no(), "§ 32 Abs. 1 Nr. 6, § 33 Abs. 2 KWG", "V", _by_person_model(False, True)),
    Parameter(
        "remaining_votes_order",
        "Reihenfolge der Reststimmen",
        form.choice(RemainingVotesOrder),
        "§ 37 Abs. 5, § 38 Abs. 3 KWG",
        "S",
        _always(RemainingVotesOrder.TOP_DOWN),
        fixed=True,
    ),
    Parameter("remaining_votes", "Empfänger der Reststimmen", form.choice(RemainingVotes), "§ 37 Abs. 5 KWG", "I", _OPEN),
    Parameter(
        "majority_overvote",
        "Zu viele Stimmen bei Mehrheitswahl",
        form.choice(MajorityOvervote),
        "§ 38 Abs. 2 Nr. 4 KWG oder Satzung",
        "V",
        _OPEN,
    ),
    Parameter(
        "write_ins", "Eintragen weiterer Personen bei Mehrheitswahl", form.yes_or_no(), "§ 33 Abs. 2 KWG oder Satzung", "V", _always(True)
    ),
    Parameter(
        "switch_to_majority_if_single_list",
        "Wechsel zur Mehrheitswahl bei nur einem Wahlvorschlag",
        form.yes_or_no(),
        "§ 22 KWG",
        "S",
        _always(True),
    ),
    Parameter(
        "max_named", "Höchstzahl der Nennungen einer Person", form.whole_number(1, 3), "§ 15 Abs. 3, § 30 KWG", "Vo", _by_majority(1, 3)
    ),
    Parameter(
        "max_candidates_factor",
        "Höchstzahl der Bewerber als Vielfaches der Sitze",
        form.ratio(Fraction(1), Fraction(5)),
        "§ 15 Abs. 3 KWG oder Satzung",
        "Vo",
        _always(Fraction(2)),
    ),
    Parameter(
        "nominators",
        "Vorschlagsberechtigte",
        form.choices(Nominator),
        "§ 15 Abs. 1 KWG oder Satzung",
        "Vo",
        _by_person_model(tuple(Nominator), (Nominator.PARTY, Nominator.VOTER_GROUP)),
    ),
    Parameter(
        "nomination_meeting",
        "Aufstellungsversammlung vorgeschrieben",
        form.yes_or_no(),
        "§§ 17, 18 KWG oder Satzung",
        "V",
        _by_person_model(False, True),
    ),
    # The scale of § 16 Abs. 2 KWG above 5.000 inhabitants and the exempt parties of Abs. 3 were not seen; most bylaws ask for none.
    Parameter(
        "support_signatures",
        "Unterstützungsunterschriften",
        form.whole_number(0, 1000),
        "§ 16 Abs. 2 KWG oder Satzung",
        "I",
        _always(0),
    ),
    Parameter(
        "ballot_order",
        "Reihenfolge auf dem Stimmzettel",
        form.choice(BallotOrder),
        "§ 24 Abs. 1 KWG oder Satzung",
        "V",
        _by_person_model(BallotOrder.ALPHABETICAL, BallotOrder.LIST_NUMBER),
    ),
    Parameter("age", "Wahlalter", form.whole_number(14, 21), _GEMO, "V", _OPEN),
    Parameter("candidate_age", "Mindestalter für die Wählbarkeit", form.whole_number(14, 21), _GEMO, "I", _OPEN),
    Parameter(
        "residence_months", "Mindestdauer der Hauptwohnung in Monaten", form.whole_number(0, 12), "§ 1 Abs. 1 Nr. 2 KWG", "V", _always(3)
    ),
    Parameter("grounds", "Wahlrechtsgründe", form.choices(Ground), _GEMO, "V", _OPEN, fixed=True),
    Parameter(
        "ex_officio_grounds", "Eintragung von Amts wegen", form.choices(Ground), "§ 3 Abs. 1 BMG", "V", _always((Ground.NR1,)), fixed=True
    ),
    Parameter("citizens_may_stand", "Bürger sind wählbar", form.yes_or_no(), "§ 56 Abs. 2 GemO", "V", _OPEN, fixed=True),
    Parameter("dual_nationals_ex_officio", "Doppelstaater von Amts wegen eintragen", form.yes_or_no(), _GEMO, "S", _OPEN),
    Parameter(
        "children_of_naturalised", "Kinder von nur noch deutschen Eingebürgerten wahlberechtigt", form.yes_or_no(), _GEMO, "S", _OPEN
    ),
    Parameter("register_key_date", "Stichtag des Wählerverzeichnisses", form.day_before(), "§ 11 Abs. 1 KWO", "V", _always(DayBefore(42))),
    Parameter("nomination_deadline", "Frist für Wahlvorschläge", form.moment_before(), "§ 16 Abs. 1 Satz 5 KWG", "V", _OPEN),
    Parameter("admission_deadline", "Letzter Tag der Zulassung", form.day_before(), "§ 23 KWG", "S", _OPEN),
    Parameter(
        "candidates_notice_deadline",
        "Bekanntmachung der Wahlvorschläge",
        form.day_before(),
        "§ 24 Abs. 3 KWG",
        "Vo",
        _always(DayBefore(12)),
    ),
    Parameter("application_deadline", "Antragsfrist für das Wählerverzeichnis", form.moment_before(), _BYLAW, "V", _OPEN),
    Parameter(
        "postal_dispatch_window",
        "Versand der Briefwahlunterlagen",
        form.window(),
        "§ 19 KWO, Bekanntmachung",
        "S",
        _always(Window(DayBefore(34), DayBefore(10))),
    ),
    Parameter(
        "voting_certificate_deadline", "Frist für Wahlscheinanträge", form.moment_before(), "§ 18 KWO", "S", _always(DayBefore(2, time(18)))
    ),
    Parameter(
        "inspection_period",
        "Einsicht in das Wählerverzeichnis",
        form.window(),
        "§ 12 KWG, § 13 KWO",
        "V",
        _always(Window(DayBefore(20), DayBefore(16))),
    ),
    Parameter("postal_deadline", "Eingang der Wahlbriefe am Wahltag", form.hour(), "§ 31 Abs. 1 KWG oder Satzung", "V", _always(time(18))),
    Parameter("voting_hours", "Wahlzeit", form.hours(), "§ 31 KWG oder Satzung", "V", _polling_hours),
    Parameter("hand_in_hours", "Persönliche Abgabe der Wahlbriefe am Wahltag", form.hours(), "Satzung oder Bekanntmachung", "V", _OPEN),
    Parameter("seat_method", "Sitzzuteilungsverfahren", form.choice(SeatMethod), "§ 41 Abs. 1 KWG", "S", _OPEN),
    Parameter("threshold", "Sperrklausel", form.ratio(Fraction(0), Fraction(1, 20)), "§ 41 KWG", "S", _OPEN),
    Parameter("majority_clause", "Mehrheitsklausel", form.yes_or_no(), "§ 41 Abs. 2 KWG", "S", _OPEN),
    # asked only where the readings differ, see majority_clause.settle_with_clause
    Parameter("majority_seats", "Lesart der Mehrheitsklausel", form.choice(MajoritySeats), "§ 41 Abs. 2 KWG", "I", _OPEN),
    Parameter(
        "turnout_quorum_percent", "Mindestbeteiligung in Prozent", form.whole_number(0, 10), "§ 56 GemO 1994", "S", _OPEN, fixed=True
    ),
    Parameter(
        "tie_seat", "Gleichstand um einen Sitz", form.choice(TieBreak, TieBreak.LOT), "§ 42 KWG", "Vo", _always(TieBreak.LOT), fixed=True
    ),
    Parameter(
        "tie_in_list",
        "Gleichstand in der Liste",
        form.choice(TieBreak, TieBreak.LIST_ORDER),
        "§ 45 Abs. 2 KWG",
        "V",
        _always(TieBreak.LIST_ORDER),
        fixed=True,
    ),
    Parameter(
        "list_exhausted",
        "Mehr Sitze als Bewerber",
        form.choice(ExhaustedList),
        "§ 41 KWG",
        "S",
        _always(ExhaustedList.VACANT),
        fixed=True,
    ),
    Parameter(
        "no_election_if",
        "Die Wahl findet nicht statt",
        form.choice(NoElection),
        "§ 56 Abs. 3 Satz 1 GemO, § 49a Abs. 3 LKO",
        "V",
        _always(NoElection.NOT_MORE_PERSONS_THAN_SEATS),
        fixed=True,
    ),
    Parameter("objection_period_days", "Einspruchsfrist in Tagen", form.whole_number(1, 60), "§ 48 KWG", "V", _always(14)),
    Parameter("acceptance_period_days", "Annahmefrist in Tagen", form.whole_number(1, 30), "§ 44 KWG", "V", _always(7)),
    Parameter(
        "min_ballots_per_count_unit",
        "Mindestzahl der Stimmzettel je Zähleinheit",
        form.whole_number(1, 500),
        "§ 57 Abs. 6 KWO entsprechend",
        "I",
        _always(50),
    ),
)

PARAMETERS: Mapping[str, Parameter] = {row.key: row for row in _ROWS}

# Without these no election can be held; the statute gives no value and nobody may guess one (§ 56 Abs. 1 Satz 3, Abs. 2 GemO).
REQUIRED = ("system", "seats", "votes")
