"""Zulassung der Wahlvorschläge: the decision of the Wahlausschuss, which refuses, strikes and numbers, and what follows from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law import nominations as law
from beiratswahl.law.admission import Outcome, alphabetical, ballot_order, outcome
from beiratswahl.law.list_numbers import free_number_fault, free_number_steps, list_numbers
from beiratswahl.law.nominations import Defect, NominationState
from beiratswahl.law.rules import NominationModel, Rules, System
from beiratswahl.law.trace import Step
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee_decisions import Vote, minute_admission
from beiratswahl.operations.committee_state import running_sitting
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nomination_checks import lawful
from beiratswahl.operations.nominations import must_be_undecided
from beiratswahl.operations.setup import rule_set
from beiratswahl.operations.signatures import countable
from beiratswahl.store.read.nominations import free_numbers, nominations
from beiratswahl.store.tables.nominations import FreeListNumber, Nomination
from beiratswahl.store.tables.setup import Election

#: candidates of a list carry its number and two digits: "304" is the fourth of list 3
LARGEST_LIST = 99
#: rules to be confirmed that neither the admission nor the ballot rests on
WITHOUT_EFFECT = frozenset({"application_deadline"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """Entscheidungen des Wahlausschusses (§ 23 KWG, KWO § 29).

    Attributes:
        refused: reason by number (id) of each refused nomination.
        struck: reason by number (id) of each struck candidate; double candidacies are struck without being named here.
        votes: vote by number (id) of each nomination; needed when a sitting of the Wahlausschuss is open.
        strike_votes: vote by number (id) of each candidate whose strike was voted on apart; else the vote on the nomination holds.
        free_numbers: party by Listennummer that stays free because it sits in the Landtag and does not run (§ 24 Abs. 1 KWG).
        free_basis: why this rule holds here, e.g. the § of the bylaw; needed with a free number.
        outside: why it is entered although no sitting is open here, e.g. where the minutes on paper are; ignored while one is open.
    """

    refused: Mapping[int, str] = field(default_factory=dict)
    struck: Mapping[int, str] = field(default_factory=dict)
    votes: Mapping[int, Vote] = field(default_factory=dict)
    strike_votes: Mapping[int, Vote] = field(default_factory=dict)
    free_numbers: Mapping[int, str] = field(default_factory=dict)
    free_basis: str = ""
    outside: str = ""


@dataclass(frozen=True, slots=True)
class Admission:
    """Ergebnis der Zulassung: what would follow, or has followed.

    Attributes:
        outcome: Verhältniswahl, Mehrheitswahl or no election.
        steps: why.
        order: admitted nominations (ids) in ballot order.
        numbers: the Listennummer of each of them; a number that stays free is left out.
    """

    outcome: Outcome
    steps: tuple[Step, ...]
    order: tuple[int, ...]
    numbers: tuple[int, ...]


def preview(session: Session, election_id: int, decisions: Decisions) -> Admission:
    """What would follow if the Wahlausschuss decided like this; nothing is stored.

    Raises:
        Refused: a number cannot stay free.
    """
    return _admitting(_rules(session, election_id), _remaining(session, election_id, decisions), decisions)


def waiting_for(session: Session, election_id: int) -> tuple[str, ...]:
    """Was der Zulassung noch entgegensteht: nominations may still come in, or rules that it or the ballot rests on are not confirmed.

    Source: § 16 Abs. 1 Satz 5 KWG: nominations can be handed in until the deadline [V]; § 23 KWG: the Wahlausschuss decides on all of
    them, so not before it [I].

    Returns:
        Sentences for people; empty when it can be decided.
    """
    found, rules, day = [], _rules(session, election_id), session.get_one(Election, election_id).day
    if law.still_open(rules, day, clock.local(clock.now()).replace(tzinfo=None)):
        found.append(
            f"Wahlvorschläge können noch bis {law.last_moment(rules, day)} eingereicht werden. Erst danach wird über die Zulassung "
            "entschieden (§§ 16, 23 KWG)."
        )
    unconfirmed = [key for key in rule_set(session, election_id).to_be_confirmed() if key not in WITHOUT_EFFECT]
    if unconfirmed:
        still = "1 Regel ist" if len(unconfirmed) == 1 else f"{len(unconfirmed)} Regeln sind"
        found.append(
            f"{still} noch nicht bestätigt, auf denen Wählbarkeit oder Stimmzettel beruhen. Bestätigen Sie sie zuerst unter „Regeln“."
        )
    return tuple(found)


def in_spite_of(session: Session, election_id: int, decisions: Decisions) -> tuple[tuple[str, Defect], ...]:
    """Mängel, trotz derer so zugelassen würde: Kennwort and defect, of what the decisions leave standing."""
    signed = countable(session, election_id)
    left = [replace(of, signatures=signed.get(int(of.key), ())) for of in _remaining(session, election_id, decisions) if of.candidates]
    rules, day = _rules(session, election_id), session.get_one(Election, election_id).day
    return tuple((of.keyword, one) for of in left for one in law.defects(rules, day, of, [other for other in left if other is not of]))


def decided(session: Session, election_id: int) -> Admission:
    """Folge der Entscheidungen, with its reasons, once the Wahlausschuss has decided."""
    admitted = [of for of in nominations(session, election_id) if of.state == NominationState.ADMITTED.value]
    # who departed later was admitted all the same, and keeps the number
    struck = frozenset(str(candidate.candidate_id) for of in admitted for candidate in of.candidates if candidate.ballot_number is None)
    kept = free_numbers(session, election_id)
    basis = kept[0].basis if kept else ""
    remaining = tuple(_without(lawful(of), struck) for of in admitted)
    return _admission(_rules(session, election_id), remaining, {of.number: of.party for of in kept}, basis)


def close_nominations(desk: Desk, election_id: int, decisions: Decisions) -> Admission:
    """Über die Zulassung entscheiden: refuse, strike, number the lists and candidates in ballot order (§§ 23, 24 KWG).

    Raises:
        Refused: nominations are closed already, something of `waiting_for` stands against it, a reason is missing, no sitting is open
            and nothing said about why, a list is longer than its numbers allow, a number cannot stay free, or the sitting of the
            Wahlausschuss is open and a vote is missing or cannot be right.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.NOMINATIONS_CLOSED, "Zulassung der Wahlvorschläge", **where) as entry:
        must_be_undecided(desk.session, election_id)
        if waiting := waiting_for(desk.session, election_id):
            raise Refused(" ".join(waiting))
        _must_be_minuted(desk.session, election_id, decisions)
        if any(not reason.strip() for reason in (*decisions.refused.values(), *decisions.struck.values())):
            raise Refused("Nennen Sie für jede Zurückweisung und jede Streichung den Grund; er steht in der Niederschrift.")
        rules = _rules(desk.session, election_id)
        remaining = _remaining(desk.session, election_id, decisions)
        admission = _admitting(rules, remaining, decisions)
        rows = {row.id: row for row in desk.session.scalars(select(Nomination).where(Nomination.election_id == election_id))}
        standing = {candidate.key for of in remaining for candidate in of.candidates}
        _strike(rows.values(), standing, decisions)
        _number(rows, admission)
        if by_persons(rules):
            _number_persons(rows, remaining)
        for number, party in decisions.free_numbers.items():
            desk.session.add(FreeListNumber(**where, number=number, party=party.strip(), basis=decisions.free_basis.strip()))
        outside = "" if running_sitting(desk.session, election_id) else decisions.outside.strip()
        minute_admission(desk.session, election_id, rows.values(), decisions.votes, decisions.strike_votes)
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        election.nominations_closed_at_utc = clock.now()
        election.admission_outcome = admission.outcome.value
        entry.note(
            outcome=admission.outcome.value,
            order=list(admission.order),
            list_numbers=list(admission.numbers),
            free_numbers={str(number): party for number, party in decisions.free_numbers.items()},
            free_basis=decisions.free_basis.strip(),
            outside=outside,
            refused={str(key): reason for key, reason in decisions.refused.items()},
            struck=sorted(candidate.id for row in rows.values() for candidate in row.candidates if candidate.struck),
        )
        return admission


def by_persons(rules: Rules) -> bool:
    """Whether the ballot shows persons in alphabetical order instead of lists (Personenmodell)."""
    return rules.nomination_model is NominationModel.PERSON and rules.system is System.MAJORITY


def _strike(rows: Iterable[Nomination], standing: set[str], decisions: Decisions) -> None:
    for row in rows:
        if row.id in decisions.refused:
            row.state, row.decision_reason = NominationState.REFUSED.value, decisions.refused[row.id]
        for candidate in row.candidates:
            if str(candidate.id) not in standing:
                candidate.struck = True
                candidate.struck_reason = decisions.struck.get(candidate.id, "auf mehreren Wahlvorschlägen (§ 19 Abs. 2 KWG)")


def _number(rows: Mapping[int, Nomination], admission: Admission) -> None:
    for number, nomination_id in zip(admission.numbers, admission.order, strict=True):
        row = rows[nomination_id]
        row.number, row.state = number, NominationState.ADMITTED.value
        standing = [candidate for candidate in row.candidates if not candidate.struck]
        if len(standing) > LARGEST_LIST:
            raise Refused(f"„{row.keyword}“ hat mehr als {LARGEST_LIST} Personen; so viele lassen sich nicht nummerieren.")
        for place, candidate in enumerate(standing, 1):
            candidate.ballot_number = f"{number}{place:02d}"


def _number_persons(rows: Mapping[int, Nomination], remaining: tuple[law.Nomination, ...]) -> None:
    persons = {str(candidate.id): candidate for row in rows.values() for candidate in row.candidates}
    everybody = alphabetical(candidate for of in remaining for candidate in of.candidates)
    for place, person in enumerate(everybody, 1):
        persons[person.key].ballot_number = str(place)


def _admitting(rules: Rules, remaining: tuple[law.Nomination, ...], decisions: Decisions) -> Admission:
    _check_free_numbers(rules, _in_order(rules, remaining), decisions)
    return _admission(rules, remaining, decisions.free_numbers, decisions.free_basis)


def _admission(rules: Rules, remaining: tuple[law.Nomination, ...], free: Mapping[int, str], basis: str) -> Admission:
    follows, steps = outcome(rules, remaining)
    order = _in_order(rules, remaining)
    kept_free = free_number_steps({number: party.strip() for number, party in free.items()}, basis.strip().rstrip("."))
    return Admission(follows, (*steps, *kept_free), tuple(int(of.key) for of in order), list_numbers(order, free))


def _in_order(rules: Rules, remaining: tuple[law.Nomination, ...]) -> tuple[law.Nomination, ...]:
    return ballot_order(rules, (of for of in remaining if of.candidates))


def _check_free_numbers(rules: Rules, order: Sequence[law.Nomination], decisions: Decisions) -> None:
    free = decisions.free_numbers
    fault = free_number_fault(rules, order, free)
    if fault is not None:
        raise Refused(fault)
    if not all(party.strip() for party in free.values()):
        raise Refused("Nennen Sie zu jeder freien Nummer die Partei, für die sie frei bleibt.")
    if free and not decisions.free_basis.strip():
        raise Refused(
            "Nennen Sie die Bestimmung der Satzung, nach der Nummern frei bleiben; sie steht in Niederschrift und Bekanntmachung."
        )


def _must_be_minuted(session: Session, election_id: int, decisions: Decisions) -> None:
    """Only in an open sitting, or with the reason why the decision is entered without one; that stands in the nearest minutes.

    Source: § 29 KWO: the decisions are minuted [V].

    Raises:
        Refused: no sitting is open and the reason is missing.
    """
    if running_sitting(session, election_id) is None and not decisions.outside.strip():
        raise Refused(
            "Es ist keine Sitzung eröffnet, also fehlen Anwesenheit und Abstimmungen. Eröffnen Sie die Sitzung, oder schreiben Sie, warum "
            "die Entscheidung ohne Sitzung im Programm nachgetragen wird, zum Beispiel wo die Niederschrift liegt (§ 29 KWO)."
        )


def _remaining(session: Session, election_id: int, decisions: Decisions) -> tuple[law.Nomination, ...]:
    """What is left of the nominations after the decisions, the struck candidates taken out."""
    submitted = [of for of in nominations(session, election_id) if of.state == NominationState.SUBMITTED.value]
    kept = [lawful(of) for of in submitted if of.nomination_id not in decisions.refused]
    gone = law.on_several(kept) | {str(candidate_id) for candidate_id in decisions.struck}
    return tuple(_without(of, gone) for of in kept)


def _without(of: law.Nomination, gone: frozenset[str]) -> law.Nomination:
    return replace(of, candidates=tuple(candidate for candidate in of.candidates if candidate.key not in gone))


def _rules(session: Session, election_id: int) -> Rules:
    return rule_set(session, election_id).rules()
