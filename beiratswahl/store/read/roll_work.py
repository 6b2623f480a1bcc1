"""Work lists of the roll: which persons wait for what, as conditions on a query of persons and their verdicts."""

from collections.abc import Callable
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from beiratswahl.law.suffrage import Entitlement, Entry
from beiratswahl.store.read.roll_standing import Kind
from beiratswahl.store.tables.electoral_roll import DuplicateDecision, ElectoralRoll, RollCorrection, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RegisterImport, RollApplication, RollVerdict

#: what an entry copies from the register
ENTRY_FACTS = ("family_name", "given_names", "birth_date", "street", "house_number", "postcode", "town", "blocks")


def differs(entry: type[RollEntry]) -> ColumnElement[bool]:
    """Whether an entry still says what the register does not say any more."""
    return or_(*(getattr(entry, name) != getattr(RegisteredPerson, name) for name in ENTRY_FACTS))


class WorkList(StrEnum):
    """Arbeitsliste."""

    UNCLEAR = "unklar"
    NEEDS_APPLICATION = "antrag-noetig"
    APPLIED = "beantragt"
    EX_OFFICIO = "von-amts-wegen"
    CHANGED = "geaendert"
    UNREGISTERED = "ohne-meldepflicht"
    MISSING = "nicht-im-auszug"
    NOT_ENTERED = "nicht-eingetragen"
    LOST_RIGHT = "recht-verloren"
    OTHER_FACTS = "andere-angaben"
    ENTITLED_AGAIN = "wieder-wahlberechtigt"


_second = aliased(DuplicateDecision)
_COUNTS = and_(RollApplication.person_id == RegisteredPerson.id, RollApplication.withdrawn_at_utc.is_(None))
_HERE = RegisteredPerson.missing_since_import_id.is_(None)
_stays = aliased(RegisteredPerson)
#: entered twice in the register; the other entry counts, as long as the register still has it
DOUBLE = exists().where(
    DuplicateDecision.person_id == RegisteredPerson.id,
    DuplicateDecision.same,
    _stays.id == DuplicateDecision.other_id,
    _stays.missing_since_import_id.is_(None),
)
#: a late application counts for nothing, so nobody's entry waits for a look at it
_UNLOOKED = and_(
    RollApplication.in_time,
    RollApplication.withdrawn_at_utc.is_(None),
    RollApplication.second_look_needed.is_(True),
    RollApplication.second_look_agrees.is_not(True),
)
_OF_SECOND_ENTRY = RollApplication.person_id.in_(
    select(_second.person_id).where(_second.other_id == RegisteredPerson.id, _second.same).correlate(RegisteredPerson)
)
#: the right rests on an application in time, perhaps one for her second entry, to which a second person has not agreed
WAITS = and_(
    RollVerdict.entry == Entry.APPLICATION.value,
    exists().where(or_(RollApplication.person_id == RegisteredPerson.id, _OF_SECOND_ENTRY), _UNLOOKED),
)
_APPLIED = exists().where(_COUNTS)
#: an entry under another name than in the query around it, which may have entries of its own
_entry = aliased(RollEntry)
_ENTRY = exists().where(_entry.person_id == RegisteredPerson.id)
ENTITLED = and_(_HERE, RollVerdict.entitled == Entitlement.YES.value)
#: entitled, not in the roll, not found to be somebody else under a second number, and not waiting for the second look
TO_BE_ENTERED = and_(ENTITLED, ~_ENTRY, ~DOUBLE, ~WAITS)
#: in the roll, not blocked and no longer entitled
NO_LONGER_ENTITLED = and_(~ENTITLED, _ENTRY.where(_entry.blocked.is_(False)))
#: blocked with N when the right was lost, not by a decision on this person, and entitled again
ENTITLED_AGAIN = and_(
    ENTITLED,
    _ENTRY.where(_entry.blocked.is_(True)),
    ~DOUBLE,
    ~WAITS,
    ~exists().where(RollCorrection.person_id == RegisteredPerson.id, RollCorrection.kind == Kind.STRIKE.value),
    exists().where(ElectoralRoll.election_id == RegisteredPerson.election_id, ElectoralRoll.closed_at_utc.is_(None)),
)
#: in the roll, not blocked with N, and the register says something else than the entry; what is closed stays as it is
OTHER_FACTS = and_(
    _HERE,
    _ENTRY.where(_entry.blocked.is_(False), differs(_entry)),
    exists().where(ElectoralRoll.election_id == RegisteredPerson.election_id, ElectoralRoll.closed_at_utc.is_(None)),
)


def _changed(election_id: int) -> ColumnElement[bool]:
    last = (
        select(RegisterImport.at_utc)
        .where(RegisterImport.election_id == election_id)
        .order_by(RegisterImport.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    return and_(RegisteredPerson.decision_number > 1, RegisteredPerson.decided_at_utc == last)


def _opened(election_id: int) -> ColumnElement[bool]:
    return exists().where(ElectoralRoll.election_id == election_id)


_CONDITIONS: dict[WorkList, Callable[[int], ColumnElement[bool]]] = {
    WorkList.UNCLEAR: lambda _: and_(_HERE, RollVerdict.entitled == Entitlement.UNCLEAR.value, ~DOUBLE),
    WorkList.NEEDS_APPLICATION: lambda _: and_(
        _HERE, RollVerdict.entry == Entry.APPLICATION.value, RollVerdict.entitled != Entitlement.YES.value, ~_APPLIED, ~DOUBLE
    ),
    WorkList.APPLIED: lambda _: _APPLIED,
    WorkList.EX_OFFICIO: lambda _: and_(
        _HERE, RollVerdict.entry == Entry.EX_OFFICIO.value, RollVerdict.entitled == Entitlement.YES.value, ~DOUBLE
    ),
    WorkList.CHANGED: _changed,
    WorkList.UNREGISTERED: lambda _: RegisteredPerson.import_id.is_(None),
    WorkList.MISSING: lambda _: ~_HERE,
    WorkList.NOT_ENTERED: lambda election_id: and_(_opened(election_id), TO_BE_ENTERED),
    WorkList.LOST_RIGHT: lambda _: NO_LONGER_ENTITLED,
    WorkList.OTHER_FACTS: lambda _: OTHER_FACTS,
    WorkList.ENTITLED_AGAIN: lambda _: ENTITLED_AGAIN,
}


def belongs_to(work: WorkList, election_id: int) -> ColumnElement[bool]:
    """Bedingung einer Arbeitsliste on persons joined with their verdicts."""
    return _CONDITIONS[work](election_id)


def number_in(session: Session, election_id: int, work: WorkList) -> int:
    """Wie viele Personen in einer Arbeitsliste stehen."""
    persons = (
        select(func.count())
        .select_from(RegisteredPerson)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(RegisteredPerson.election_id == election_id)
    )
    return session.scalar(persons.where(belongs_to(work, election_id))) or 0


def work_counts(session: Session, election_id: int) -> dict[WorkList, int]:
    """Wie viele Personen in jeder Arbeitsliste stehen."""
    return {work: number_in(session, election_id, work) for work in WorkList}


def is_in(session: Session, person_id: int, work: WorkList) -> bool:
    """Whether a person stands in a work list."""
    person = session.get_one(RegisteredPerson, person_id)
    query = select(RegisteredPerson.id).join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
    return session.scalars(query.where(RegisteredPerson.id == person_id, belongs_to(work, person.election_id))).first() is not None


def waits_for_second_look(session: Session, person_id: int) -> bool:
    """Whether a person's right rests on an application to which a second person has not agreed."""
    query = select(RegisteredPerson.id).join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
    return session.scalars(query.where(RegisteredPerson.id == person_id, WAITS)).first() is not None
