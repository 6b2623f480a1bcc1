"""Nominations: receiving, changing, withdrawing, and the decision of the Wahlausschuss that closes them."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law import nominations as law
from beiratswahl.law.meetings import Meeting
from beiratswahl.law.nominations import Defect, NominationState, Outcome
from beiratswahl.law.rules import NominationModel, Rules, System
from beiratswahl.law.trace import Step
from beiratswahl.operations.acts import Act
from beiratswahl.operations.committee import Vote, minute_admission
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rule_set
from beiratswahl.operations.signatures import countable
from beiratswahl.store.read.nominations import CandidateView, NominationView, nominations
from beiratswahl.store.tables.nominations import Candidate, Nomination
from beiratswahl.store.tables.setup import Election

#: street, and postcode with town
FULL_ADDRESS = 2
#: candidates of a list carry its number and two digits: "304" is the fourth of list 3
LARGEST_LIST = 99


@dataclass(frozen=True, slots=True)
class CandidateData:
    """Angaben zu einer Bewerberin oder einem Bewerber (§ 19 KWG, KWO § 25)."""

    family_name: str
    given_names: str
    birth_date: str = ""
    nationality: str = ""
    profession: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    named: int = 1
    consent: bool = False
    eligibility_certified: bool = False
    parental_consent: bool = False
    incompatible_office: str = ""
    intent_declared: bool = False


@dataclass(frozen=True, slots=True)
class NominationData:
    """Angaben zu einem Wahlvorschlag; the fields of the meeting are those of law.meetings.Meeting."""

    keyword: str
    received_at_utc: datetime
    candidates: tuple[CandidateData, ...]
    short_name: str = ""
    channel: str = "persönlich"
    contact_name: str = ""
    contact_street: str = ""
    contact_postcode: str = ""
    contact_town: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    deputy_name: str = ""
    deputy_street: str = ""
    deputy_postcode: str = ""
    deputy_town: str = ""
    deputy_phone: str = ""
    deputy_email: str = ""
    meeting_day: date | None = None
    meeting_place: str = ""
    meeting_invited_on: date | None = None
    meeting_invitation: str = ""
    meeting_leader: str = ""
    meeting_present: int | None = None
    meeting_secret: bool = False
    meeting_signed: bool = False
    meeting_affirmed: bool = False
    signatures_waived: str = ""
    landtag_votes: int | None = None
    previous_votes: int | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """Entscheidungen des Wahlausschusses (§ 23 KWG, KWO § 29).

    Attributes:
        refused: reason by number (id) of each refused nomination.
        struck: reason by number (id) of each struck candidate; double candidacies are struck without being named here.
        votes: vote by number (id) of each nomination; needed when a sitting of the Wahlausschuss is open.
        strike_votes: vote by number (id) of each candidate whose strike was voted on apart; else the vote on the nomination holds.
    """

    refused: Mapping[int, str] = field(default_factory=dict)
    struck: Mapping[int, str] = field(default_factory=dict)
    votes: Mapping[int, Vote] = field(default_factory=dict)
    strike_votes: Mapping[int, Vote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Admission:
    """Ergebnis der Zulassung: what would follow, or has followed.

    Attributes:
        outcome: Verhältniswahl, Mehrheitswahl or no election.
        steps: why.
        order: admitted nominations (ids) in ballot order.
    """

    outcome: Outcome
    steps: tuple[Step, ...]
    order: tuple[int, ...]


def receive_nomination(desk: Desk, election_id: int, data: NominationData) -> int:
    """Wahlvorschlag entgegennehmen; a late one is recorded too, and has that defect.

    Returns:
        The number of the nomination in the receipt book.

    Raises:
        Refused: nominations are closed, or a name is missing or unreadable.
    """
    _readable(data)
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.NOMINATION_RECEIVED, data.keyword or "ohne Kennwort", **where) as entry:
        _open(desk.session, election_id)
        row = Nomination(
            municipality_id=election.municipality_id, election_id=election_id, state=NominationState.SUBMITTED.value, decision_reason=""
        )
        _fill(row, data)
        desk.session.add(row)
        desk.session.flush()
        entry.note(nomination_id=row.id, received_at=data.received_at_utc.isoformat(), candidates=len(data.candidates))
        return row.id


def change_nomination(desk: Desk, nomination_id: int, data: NominationData) -> None:
    """Wahlvorschlag ändern, until nominations are closed.

    Raises:
        Refused: nominations are closed, the nomination is withdrawn, or a name is missing or unreadable.
    """
    _readable(data)
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.NOMINATION_CHANGED, data.keyword or "ohne Kennwort", **where) as entry:
        row = _submitted(desk.session, nomination_id)
        row.candidates.clear()
        desk.session.flush()
        _fill(row, data)
        entry.note(nomination_id=nomination_id, candidates=len(data.candidates))


def withdraw_nomination(desk: Desk, nomination_id: int, reason: str) -> None:
    """Wahlvorschlag zurücknehmen, before it is decided on.

    Raises:
        Refused: nominations are closed, or the nomination is withdrawn already.
    """
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.NOMINATION_WITHDRAWN, row.keyword, **where) as entry:
        row = _submitted(desk.session, nomination_id)
        row.state, row.decision_reason = NominationState.WITHDRAWN.value, reason
        entry.note(nomination_id=nomination_id, reason=reason)


def defects(session: Session, election_id: int) -> dict[int, tuple[Defect, ...]]:
    """Mängel of every submitted nomination, by its number (id)."""
    signed = countable(session, election_id)
    submitted = {
        of.nomination_id: _lawful(of, signed.get(of.nomination_id, ()))
        for of in nominations(session, election_id)
        if of.state == NominationState.SUBMITTED.value
    }
    rules, day = _rules(session, election_id), session.get_one(Election, election_id).day
    return {
        key: law.defects(rules, day, of, [other for other in submitted.values() if other.key != of.key]) for key, of in submitted.items()
    }


def preview(session: Session, election_id: int, decisions: Decisions) -> Admission:
    """What would follow if the Wahlausschuss decided like this; nothing is stored."""
    return _admission(_rules(session, election_id), _remaining(session, election_id, decisions))


def decided(session: Session, election_id: int) -> Admission:
    """Folge der Entscheidungen, with its reasons, once the Wahlausschuss has decided."""
    admitted = [of for of in nominations(session, election_id) if of.state == NominationState.ADMITTED.value]
    struck = frozenset(str(candidate.candidate_id) for of in admitted for candidate in of.candidates if candidate.struck)
    return _admission(_rules(session, election_id), tuple(_without(_lawful(of), struck) for of in admitted))


def close_nominations(desk: Desk, election_id: int, decisions: Decisions) -> Admission:
    """Über die Zulassung entscheiden: refuse, strike, number the lists and candidates in ballot order (§§ 23, 24 KWG).

    Raises:
        Refused: nominations are closed already, a reason is missing, a list is longer than its numbers allow, or the sitting of the
            Wahlausschuss is open and a vote is missing or cannot be right.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.NOMINATIONS_CLOSED, "Zulassung der Wahlvorschläge", **where) as entry:
        _open(desk.session, election_id)
        if any(not reason.strip() for reason in (*decisions.refused.values(), *decisions.struck.values())):
            raise Refused("Nennen Sie für jede Zurückweisung und jede Streichung den Grund; er steht in der Niederschrift.")
        rules = _rules(desk.session, election_id)
        remaining = _remaining(desk.session, election_id, decisions)
        admission = _admission(rules, remaining)
        rows = {row.id: row for row in desk.session.scalars(select(Nomination).where(Nomination.election_id == election_id))}
        standing = {candidate.key for of in remaining for candidate in of.candidates}
        _strike(rows.values(), standing, decisions)
        _number(rows, admission)
        if rules.nomination_model is NominationModel.PERSON and rules.system is System.MAJORITY:
            _number_persons(rows, remaining)
        minute_admission(desk.session, election_id, rows.values(), decisions.votes, decisions.strike_votes)
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        election.nominations_closed_at_utc = clock.now()
        election.admission_outcome = admission.outcome.value
        entry.note(
            outcome=admission.outcome.value,
            order=list(admission.order),
            refused={str(key): reason for key, reason in decisions.refused.items()},
            struck=sorted(candidate.id for row in rows.values() for candidate in row.candidates if candidate.struck),
        )
        return admission


def _strike(rows: Iterable[Nomination], standing: set[str], decisions: Decisions) -> None:
    for row in rows:
        if row.id in decisions.refused:
            row.state, row.decision_reason = NominationState.REFUSED.value, decisions.refused[row.id]
        for candidate in row.candidates:
            if str(candidate.id) not in standing:
                candidate.struck = True
                candidate.struck_reason = decisions.struck.get(candidate.id, "auf mehreren Wahlvorschlägen (§ 19 Abs. 2 KWG)")


def _number(rows: Mapping[int, Nomination], admission: Admission) -> None:
    for number, nomination_id in enumerate(admission.order, 1):
        row = rows[nomination_id]
        row.number, row.state = number, NominationState.ADMITTED.value
        standing = [candidate for candidate in row.candidates if not candidate.struck]
        if len(standing) > LARGEST_LIST:
            raise Refused(f"„{row.keyword}“ hat mehr als {LARGEST_LIST} Personen; so viele lassen sich nicht nummerieren.")
        for place, candidate in enumerate(standing, 1):
            candidate.ballot_number = f"{number}{place:02d}"


def _number_persons(rows: Mapping[int, Nomination], remaining: tuple[law.Nomination, ...]) -> None:
    persons = {str(candidate.id): candidate for row in rows.values() for candidate in row.candidates}
    everybody = law.alphabetical(candidate for of in remaining for candidate in of.candidates)
    for place, person in enumerate(everybody, 1):
        persons[person.key].ballot_number = str(place)


def _admission(rules: Rules, remaining: tuple[law.Nomination, ...]) -> Admission:
    outcome, steps = law.outcome(rules, remaining)
    order = law.ballot_order(rules, (of for of in remaining if of.candidates))
    return Admission(outcome, steps, tuple(int(of.key) for of in order))


def _remaining(session: Session, election_id: int, decisions: Decisions) -> tuple[law.Nomination, ...]:
    """What is left of the nominations after the decisions, the struck candidates taken out."""
    submitted = [of for of in nominations(session, election_id) if of.state == NominationState.SUBMITTED.value]
    lawful = [_lawful(of) for of in submitted if of.nomination_id not in decisions.refused]
    gone = law.on_several(lawful) | {str(candidate_id) for candidate_id in decisions.struck}
    return tuple(_without(of, gone) for of in lawful)


def _without(of: law.Nomination, gone: frozenset[str]) -> law.Nomination:
    values = {column.name: getattr(of, column.name) for column in fields(of)}
    values["candidates"] = tuple(candidate for candidate in of.candidates if candidate.key not in gone)
    return law.Nomination(**values)


def _lawful(view: NominationView, signatures: tuple[str, ...] = ()) -> law.Nomination:
    return law.Nomination(
        key=str(view.nomination_id),
        keyword=view.keyword,
        received_at=clock.local(view.received_at_utc).replace(tzinfo=None),
        candidates=tuple(_lawful_candidate(candidate) for candidate in view.candidates),
        signatures=signatures,
        landtag_votes=view.landtag_votes,
        previous_votes=view.previous_votes,
        meeting=Meeting(**{column.name: getattr(view, f"meeting_{column.name}") for column in fields(Meeting)}),
        signatures_waived=bool(view.signatures_waived),
        contact_named=bool(view.contact_name and view.deputy_name),
        contact_reachable=len(view.contact_address) == len(view.deputy_address) == FULL_ADDRESS,
    )


def _lawful_candidate(view: CandidateView) -> law.Candidate:
    try:
        birth_date = date.fromisoformat(view.birth_date)
    except ValueError:
        birth_date = None
    details = (view.birth_date, view.nationality, view.profession, view.street, view.postcode, view.town, view.given_names)
    return law.Candidate(
        key=str(view.candidate_id),
        family_name=view.family_name,
        given_names=view.given_names,
        birth_date=birth_date,
        named=view.named,
        complete=all(details) and birth_date is not None,
        consent=view.consent,
        certified=view.eligibility_certified,
        parental_consent=view.parental_consent,
        undeclared_office="" if view.intent_declared else view.incompatible_office,
    )


def _rules(session: Session, election_id: int) -> Rules:
    return rule_set(session, election_id).rules()


def _open(session: Session, election_id: int) -> None:
    if session.get_one(Election, election_id, with_for_update=True).nominations_closed_at_utc is not None:
        raise Refused("Über die Zulassung ist entschieden; die Wahlvorschläge stehen fest.")


def _submitted(session: Session, nomination_id: int) -> Nomination:
    row = session.get_one(Nomination, nomination_id, with_for_update=True)
    _open(session, row.election_id)
    if row.state != NominationState.SUBMITTED.value:
        raise Refused("Dieser Wahlvorschlag ist zurückgenommen.")
    return row


def _readable(data: NominationData) -> None:
    records: tuple[NominationData | CandidateData, ...] = (data, *data.candidates)
    values = [getattr(of, column.name) for of in records for column in fields(of)]
    texts = [value for value in values if isinstance(value, str)]
    if data.meeting_present is not None and data.meeting_present < 0:
        raise Refused("Die Zahl der Teilnehmenden kann nicht negativ sein.")
    if any(not text.isprintable() for text in texts):
        raise Refused("Ein Name enthält unsichtbare Steuerzeichen. Tippen Sie ihn neu, statt ihn zu kopieren.")
    for number, of in enumerate(data.candidates, 1):
        if not of.family_name.strip():
            raise Refused(f"Bei Person {number} fehlt der Familienname.")
        if not 1 <= of.named <= 3:
            raise Refused(f"Person {number} kann ein-, zwei- oder dreimal genannt sein, nicht {of.named}-mal.")


def _fill(row: Nomination, data: NominationData) -> None:
    for column in fields(data):
        if column.name != "candidates":
            setattr(row, column.name, _composed(getattr(data, column.name)))
    for position, of in enumerate(data.candidates, 1):
        values = {column.name: _composed(getattr(of, column.name)) for column in fields(of)}
        where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
        row.candidates.append(Candidate(position=position, struck=False, struck_reason="", **values, **where))


def _composed(value: Any) -> Any:
    """Text in Unicode NFC without blanks at its ends; other values as they are."""
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value
