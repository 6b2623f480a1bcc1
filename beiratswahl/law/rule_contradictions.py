"""Widersprüche: rules that are allowed one by one and cannot hold together."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from beiratswahl.law.rule_layers import Problem
from beiratswahl.law.rule_values import Value
from beiratswahl.law.rules import BallotOrder, NominationModel, System, VotingMode


class Contradiction(NamedTuple):
    """Widerspruch: one combination that cannot hold.

    Attributes:
        keys: the rules it compares; the first one is named to the reader.
        clash: true when these values contradict each other; asked only when all of them are known.
        text: what is allowed, with §.
    """

    keys: tuple[str, ...]
    clash: Callable[..., bool]
    text: str


CONTRADICTIONS = (
    Contradiction(
        ("votes", "seats"),
        lambda votes, seats: votes > seats,
        "Es kann nicht mehr Stimmen als Sitze geben (§ 32 Abs. 1, § 33 Abs. 1 KWG). Erlaubt ist höchstens die Zahl in „seats“.",
    ),
    Contradiction(
        ("appointed_max", "seats"),
        lambda appointed, seats: appointed * 2 > seats,
        "Berufene Mitglieder dürfen höchstens ein Drittel aller Mitglieder stellen. Erlaubt ist höchstens die Hälfte von „seats“.",
    ),
    Contradiction(
        ("max_votes_per_candidate", "system"),
        lambda most, system: system is System.MAJORITY and most > 1,
        "Bei Mehrheitswahl gibt es kein Kumulieren: eine Stimme je Person (§ 33 Abs. 1 KWG). Erlaubt ist: 1.",
    ),
    Contradiction(
        ("max_named", "system"),
        lambda most, system: system is System.MAJORITY and most > 1,
        "Bei Mehrheitswahl steht jede Person nur einmal auf dem Stimmzettel (§ 30 KWG). Erlaubt ist: 1.",
    ),
    Contradiction(
        ("nomination_model", "system"),
        lambda model, system: model is NominationModel.PERSON and system is System.PROPORTIONAL,
        "Das Personenmodell kennt keine Listen und passt nur zur Mehrheitswahl (§ 33 KWG). Erlaubt ist: „Listenmodell“.",
    ),
    Contradiction(
        ("ballot_order", "nomination_model"),
        lambda order, model: order is BallotOrder.LIST_NUMBER and model is NominationModel.PERSON,
        "Im Personenmodell gibt es keine Listennummern. Erlaubt ist: „alphabetisch“ oder „Eingang“.",
    ),
    Contradiction(
        ("list_mark", "nomination_model"),
        lambda mark, model: mark and model is NominationModel.PERSON,
        "Im Personenmodell gibt es keine Liste, die man ankreuzen kann. Erlaubt ist: false.",
    ),
    Contradiction(
        ("voting_hours", "voting_mode"),
        lambda hours, mode: mode is VotingMode.POSTAL_ONLY,
        "Bei reiner Briefwahl gibt es keine Wahlzeit. Erlaubt ist für die Abgabe der Wahlbriefe am Wahltag „hand_in_hours“.",
    ),
    Contradiction(
        ("hand_in_hours", "postal_deadline"),
        lambda hours, deadline: hours.closes > deadline,
        "Die Abgabe kann nicht länger dauern als die Frist für Wahlbriefe (§ 31 Abs. 1 KWG). Erlaubt ist ein Ende bis „postal_deadline“.",
    ),
    Contradiction(
        ("admission_deadline", "nomination_deadline"),
        lambda admission, nomination: admission.days > nomination.days,
        "Über die Zulassung kann nicht vor Ablauf der Einreichungsfrist entschieden werden (§§ 16, 23 KWG). Erlaubt ist ein späterer Tag.",
    ),
    Contradiction(
        ("candidates_notice_deadline", "admission_deadline"),
        lambda notice, admission: notice.days > admission.days,
        "Bekannt gemacht wird erst, was zugelassen ist (§§ 23, 24 KWG). Erlaubt ist ein späterer Tag.",
    ),
)


def contradictions(values: Mapping[str, Value]) -> list[Problem]:
    """Widersprüche finden: all combinations among these rules that cannot hold.

    Source: §§ 15, 16, 22, 23, 24, 30, 31, 32, 33 KWG; § 56 Abs. 1 GemO [I].

    Args:
        values: rule name to value, None or missing where not settled.

    Returns:
        One problem per contradiction, empty when the rules fit together.
    """
    found = []
    for row in CONTRADICTIONS:
        compared: list[Any] = [values.get(key) for key in row.keys]
        if None not in compared and row.clash(*compared):
            found.append(Problem(None, row.keys[0], row.text))
    return found
