"""Gewählte und Ersatzpersonen: who sits on the seats of a list, who is elected in Mehrheitswahl, and who follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from beiratswahl.law.seat_lots import check_lot, refuse_surplus
from beiratswahl.law.seat_values import LotQuestion, Outcome
from beiratswahl.law.trace import Step, votes_in_words


class PersonVotes(NamedTuple):
    """Stimmen einer Person.

    Attributes:
        person: key, unique in the election.
        votes: votes, at least 0.
    """

    person: str
    votes: int


@dataclass(frozen=True, slots=True)
class Elected:
    """Gewählte und Ersatzpersonen eines Wahlvorschlags oder einer Mehrheitswahl.

    Attributes:
        outcome: DONE, or LOT when `lot` has to be drawn first.
        elected: elected persons in order of votes; with outcome LOT those that are certain.
        substitutes: substitutes in groups; within a group the order is open until one of them is called (a lot, § 45 Abs. 3 KWG).
        vacant: seats that nobody can take.
        lot: the question to draw (`among` names persons), None when done.
        steps: what was decided why, persons named by their keys.
    """

    outcome: Outcome
    elected: tuple[str, ...]
    substitutes: tuple[tuple[str, ...], ...]
    vacant: int
    lot: LotQuestion | None
    steps: tuple[Step, ...]


def of_list(candidates: Sequence[PersonVotes], seats: int, gone: Mapping[str, str] = MappingProxyType({})) -> Elected:
    """Gewählte eines Wahlvorschlags: by votes, equal votes by place on the list; nobody needs a vote.

    Source: § 45 Abs. 2 KWG [V] for substitutes; § 41 Abs. 3 KWG [I] for seats; no vote needed [I]; who is gone takes no seat [I].

    Args:
        candidates: candidates in the order of the list, each person once.
        seats: seats of the list, at least 0.
        gone: persons who died or lost their Wählbarkeit after the admission, with the German word for it: they take no seat.

    Returns:
        Always DONE: elected, all others as substitutes one by one, and the seats without a candidate.
    """
    ranking = sorted((one for one in candidates if one.person not in gone), key=lambda one: -one.votes)
    elected, others = ranking[:seats], ranking[seats:]
    steps = [
        Step("gone", "§ 40 Abs. 2, § 45 KWG", f"„{one.person}“ ({gone[one.person]}): Stimmen zählen für die Liste, nicht für einen Sitz.")
        for one in candidates
        if one.person in gone
    ]
    steps += [
        Step("by_votes", "§ 41 Abs. 3, § 45 Abs. 2 KWG", f"Platz {place}: „{one.person}“ mit {votes_in_words(one.votes)}.")
        for place, one in enumerate(elected, 1)
    ]
    if elected and others and elected[-1].votes == others[0].votes:
        text = f"„{elected[-1].person}“ und „{others[0].person}“ haben gleich viele Stimmen; die Reihenfolge der Liste entscheidet."
        steps.append(Step("list_order", "§ 45 Abs. 2 KWG", text))
    vacant = max(0, seats - len(ranking))
    if vacant:
        steps.append(Step("vacant", "§ 41 KWG", f"Die Liste hat nicht genug Bewerber. Unbesetzt: {vacant}."))
    return Elected(Outcome.DONE, tuple(one.person for one in elected), tuple((one.person,) for one in others), vacant, None, tuple(steps))


def of_majority(persons: Sequence[PersonVotes], seats: int, lots: Sequence[str] = ()) -> Elected:
    """Gewählte bei Mehrheitswahl: by votes, equal votes by lot where they decide about a seat; at least one vote is needed.

    Source: § 43 KWG [S]; lot [S]; at least one vote [G]; substitutes at most twice the seats, § 65 Abs. 1 Nr. 4 KWO [V].

    Args:
        persons: all persons with their votes, each once; the order decides nothing.
        seats: seats to fill, at least 1.
        lots: persons drawn so far, one for each question in turn.

    Returns:
        The elected and the substitutes; with outcome LOT call again with the drawn person appended to `lots`.
        A group of equal substitutes that would go beyond twice the seats is not named.

    Raises:
        LotRefused: a lot is not among the persons in question, or more lots were drawn than asked for.
    """
    ranking = [one for one in sorted(persons, key=lambda one: -one.votes) if one.votes]
    cut = ranking[seats].votes if len(ranking) > seats else 0
    above = [one for one in ranking if one.votes > cut]
    elected = [one.person for one in above]
    tied = [one.person for one in ranking if one.votes == cut]
    steps = [
        Step("by_votes", "§ 43 KWG", f"Platz {place}: „{one.person}“ mit {votes_in_words(one.votes)}.")
        for place, one in enumerate(above, 1)
    ]
    used, lot = 0, None
    while len(elected) < seats and tied and lot is None:
        question = LotQuestion(len(elected) + 1, tuple(tied))
        names = ", ".join(f"„{name}“" for name in tied)
        if used == len(lots):
            lot = question
            text = f"Über Sitz {question.seat} entscheidet das Los zwischen {names} (je {votes_in_words(cut)})."
            steps.append(Step("lot_needed", "§ 43 KWG", text))
        else:
            drawn = check_lot(question, lots, used)
            steps.append(Step("lot_drawn", "§ 43 KWG", f"Los um Sitz {question.seat} zwischen {names}: gezogen wurde „{drawn}“."))
            elected.append(drawn)
            tied.remove(drawn)
            used += 1
    refuse_surplus(lots, used)
    vacant = max(0, seats - len(ranking))
    if vacant:
        steps.append(Step("vacant", "§ 43 KWG", f"Nicht genug Personen haben eine Stimme. Unbesetzt: {vacant}."))
    substitutes = () if lot else _substitutes(ranking, elected, 2 * seats)
    return Elected(Outcome.LOT if lot else Outcome.DONE, tuple(elected), substitutes, vacant, lot, tuple(steps))


def _substitutes(ranking: Sequence[PersonVotes], elected: Sequence[str], most: int) -> tuple[tuple[str, ...], ...]:
    # § 65 Abs. 1 Nr. 4 KWO: at most twice the seats; § 45 Abs. 3 KWG: among equals the lot is drawn only when one is called
    groups: dict[int, list[str]] = {}
    for one in ranking:
        if one.person not in elected:
            groups.setdefault(one.votes, []).append(one.person)
    named: list[tuple[str, ...]] = []
    for group in groups.values():
        if sum(map(len, named)) + len(group) > most:
            break
        named.append(tuple(group))
    return tuple(named)
