"""Reads of the registered persons and the decisions on them."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.clarified import SHOWN_FACTS
from beiratswahl.store.read.roll_cases import clarifications, settled_facts
from beiratswahl.store.read.roll_views import (
    ApplicationView,
    DecisionView,
    ImportView,
    PersonFilter,
    PersonLine,
    PersonPage,
    PersonView,
    ReasonView,
    VerdictCount,
)
from beiratswahl.store.read.roll_work import DOUBLE, WAITS, belongs_to
from beiratswahl.store.spelling import search_key
from beiratswahl.store.tables.roll import RegisteredPerson, RegisterImport, RollApplication, RollVerdict, SupersededDecision

PAGE_ROWS = 50


class Address(NamedTuple):
    """Anschrift."""

    street: str
    house_number: str
    postcode: str
    town: str


_HIDDEN = Address("", "", "", "")


def imports(session: Session, election_id: int) -> tuple[ImportView, ...]:
    """All imports of an election, the newest first."""
    query = select(RegisterImport).where(RegisterImport.election_id == election_id).order_by(RegisterImport.number.desc())
    return tuple(
        ImportView(row.number, row.at_utc, row.file_name, row.sha256, row.persons, row.added, row.changed, row.missing, row.decided_anew)
        for row in session.scalars(query)
    )


def verdict_counts(session: Session, election_id: int) -> tuple[VerdictCount, ...]:
    """Persons of the newest export by answer, category and entry, most first; persons missing in it are left out."""
    persons = func.count().label("persons")
    per_verdict = (
        select(RegisteredPerson.verdict_id, persons)
        .where(RegisteredPerson.election_id == election_id, RegisteredPerson.missing_since_import_id.is_(None))
        .group_by(RegisteredPerson.verdict_id)
        .subquery()
    )
    total = func.sum(per_verdict.c.persons)
    query = (
        select(RollVerdict.entitled, RollVerdict.category, RollVerdict.entry, total)
        .join(per_verdict, per_verdict.c.verdict_id == RollVerdict.id)
        .group_by(RollVerdict.entitled, RollVerdict.category, RollVerdict.entry)
        .order_by(total.desc(), RollVerdict.entitled, RollVerdict.category, RollVerdict.entry)
    )
    return tuple(VerdictCount(entitled, category, entry, int(number)) for entitled, category, entry, number in session.execute(query))


def person_page(session: Session, election_id: int, wanted: PersonFilter, page: int = 1, rows: int = PAGE_ROWS) -> PersonPage:
    """Eine Seite der Personenliste, sorted by name.

    Args:
        session: any session.
        election_id: the election.
        wanted: which persons.
        page: from 1; beyond the last one the last one is given.
        rows: lines of a page.
    """
    query = _filtered(election_id, wanted)
    persons = session.scalar(query.with_only_columns(func.count())) or 0
    pages = max(1, -(-persons // rows))
    page = min(max(page, 1), pages)
    found = query.order_by(RegisteredPerson.search_words, RegisteredPerson.id).limit(rows).offset((page - 1) * rows)
    lines = tuple(_line(*row) for row in session.execute(found.add_columns(DOUBLE, WAITS)))
    return PersonPage(lines, persons, page, pages)


def next_case(session: Session, election_id: int, wanted: PersonFilter, person_id: int) -> int | None:
    """Nächster Fall: who comes after a person in a list, from the beginning again after the last; None when nobody else is in it."""
    here = session.execute(select(RegisteredPerson.search_words, RegisteredPerson.id).where(RegisteredPerson.id == person_id)).one()
    order = (RegisteredPerson.search_words, RegisteredPerson.id)
    query = _filtered(election_id, wanted).with_only_columns(RegisteredPerson.id).order_by(*order).limit(1)
    behind = or_(order[0] > here[0], and_(order[0] == here[0], order[1] > here[1]))
    found = session.scalar(query.where(behind))
    return found if found is not None else session.scalar(query.where(RegisteredPerson.id != person_id))


def number_of_persons(session: Session, election_id: int, wanted: PersonFilter) -> int:
    """How many persons a filter finds."""
    return session.scalar(_filtered(election_id, wanted).with_only_columns(func.count())) or 0


def blocked_address(session: Session, election_id: int, person_id: int) -> Address | None:
    """Anschrift einer Person, a blocked one too; for `operations.roll_addresses` and letters to herself only."""
    columns = [getattr(RegisteredPerson, name) for name in Address._fields]
    found = session.execute(select(*columns).where(RegisteredPerson.id == person_id, RegisteredPerson.election_id == election_id)).first()
    return Address(*found) if found else None


def person_view(session: Session, election_id: int, person_id: int) -> PersonView | None:
    """Eine Person with everything that was decided; None when the election has no such person. A blocked address is left out."""
    query = select(RegisteredPerson, RollVerdict, DOUBLE, WAITS).join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
    found = session.execute(query.where(RegisteredPerson.id == person_id, RegisteredPerson.election_id == election_id)).first()
    if found is None:
        return None
    person, verdict, double, waits = found
    return PersonView(
        line=_line(person, verdict, double, waits),
        sex=person.sex,
        ags=person.ags,
        died=person.died,
        excluded=person.excluded,
        residence_status=person.residence_status,
        moved_in=person.moved_in,
        main_since=person.main_since,
        moved_out=person.moved_out,
        in_area_since=person.in_area_since,
        further_residences=len(json.loads(person.further_residences)) if person.further_residences else 0,
        decisions=(_current(session, person, verdict), *_earlier(session, person_id)),
        applications=_applications(session, person_id),
        clarifications=clarifications(session, person),
    )


def _filtered(election_id: int, wanted: PersonFilter) -> Select[RegisteredPerson, RollVerdict]:
    query = (
        select(RegisteredPerson, RollVerdict)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(RegisteredPerson.election_id == election_id)
    )
    for column, value in (
        (RollVerdict.entitled, wanted.entitled),
        (RollVerdict.category, wanted.category),
        (RollVerdict.entry, wanted.entry),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.missing is not None:
        is_missing = RegisteredPerson.missing_since_import_id.is_not(None)
        query = query.where(is_missing if wanted.missing else ~is_missing)
    if wanted.decided_again:
        query = query.where(RegisteredPerson.decision_number > 1)
    if wanted.work is not None:
        query = query.where(belongs_to(wanted.work, election_id))
    found: Select[RegisteredPerson, RollVerdict] = searched(query, wanted.search)
    return found


def searched(query: Any, search: str) -> Any:
    """Persons whose names, register number or birth date fit a search; see `PersonFilter`."""
    for word in search.split():
        if word.isascii() and any(sign.isdigit() for sign in word):
            by_date = RegisteredPerson.birth_date.startswith(_as_stored_date(word), autoescape=True)
            query = query.where((RegisteredPerson.register_number == word) | by_date)
        elif any(sign.isalpha() for sign in word) and not search_key(word):
            # The register holds names in Latin letters; another script finds nobody, instead of everybody.
            query = query.where(false())
        else:
            for part in search_key(word).split():
                query = query.where(RegisteredPerson.search_words.contains(f" {part}"))
    return query


def _as_stored_date(word: str) -> str:
    return "-".join(part.zfill(2) for part in reversed(word.split("."))) if "." in word else word


def _line(person: RegisteredPerson, verdict: RollVerdict, double: bool, waits: bool) -> PersonLine:
    address = _HIDDEN if person.blocks else Address(person.street, person.house_number, person.postcode, person.town)
    return PersonLine(
        id=person.id,
        register_number=person.register_number,
        family_name=person.family_name,
        given_names=person.given_names,
        birth_date=person.birth_date,
        nationalities=tuple(person.nationalities.split()),
        blocks=person.blocks,
        street=address.street,
        house_number=address.house_number,
        postcode=address.postcode,
        town=address.town,
        district=person.district,
        missing=person.missing_since_import_id is not None,
        entitled=verdict.entitled,
        category=verdict.category,
        grounds=tuple(verdict.grounds),
        entry=verdict.entry,
        registered=person.import_id is not None,
        double=bool(double),
        waits=bool(waits),
    )


def _current(session: Session, person: RegisteredPerson, verdict: RollVerdict) -> DecisionView:
    settled = settled_facts(session, person)
    facts = {name: settled[name] for name in SHOWN_FACTS}
    return _decision(verdict, person.decision_number, person.decided_at_utc, facts, None, "")


def _kept_facts(text: str) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(text)
    # Further residences carry their addresses, of which one may be blocked.
    kept.pop("further_residences", None)
    return kept


def _earlier(session: Session, person_id: int) -> tuple[DecisionView, ...]:
    query = (
        select(SupersededDecision, RollVerdict)
        .join(RollVerdict, RollVerdict.id == SupersededDecision.verdict_id)
        .where(SupersededDecision.person_id == person_id)
        .order_by(SupersededDecision.number.desc())
    )
    return tuple(
        _decision(verdict, row.number, row.decided_at_utc, _kept_facts(row.facts), row.superseded_at_utc, row.cause)
        for row, verdict in session.execute(query)
    )


def _decision(
    verdict: RollVerdict, number: int, decided_at_utc: datetime, facts: dict[str, Any], superseded_at_utc: datetime | None, cause: str
) -> DecisionView:
    return DecisionView(
        number=number,
        entitled=verdict.entitled,
        category=verdict.category,
        grounds=tuple(verdict.grounds),
        entry=verdict.entry,
        reasons=tuple(ReasonView(**reason) for reason in verdict.reasons),
        rules_version=verdict.rules_version,
        rules_digest=verdict.rules_digest,
        decided_at_utc=decided_at_utc,
        facts=facts,
        superseded_at_utc=superseded_at_utc,
        cause=cause,
    )


def application(session: Session, election_id: int, application_id: int) -> ApplicationView | None:
    """Ein Antrag of an election, or None."""
    row = session.get(RollApplication, application_id)
    return _application(row) if row is not None and row.election_id == election_id else None


def _applications(session: Session, person_id: int) -> tuple[ApplicationView, ...]:
    query = (
        select(RollApplication).where(RollApplication.person_id == person_id).order_by(RollApplication.received_at_utc, RollApplication.id)
    )
    return tuple(_application(row) for row in session.scalars(query))


def _application(row: RollApplication) -> ApplicationView:
    return ApplicationView(
        person_id=row.person_id,
        ground=row.ground,
        parent=row.parent,
        received_at_utc=row.received_at_utc,
        channel=row.channel,
        proof_kind=row.proof_kind,
        proof_date=row.proof_date,
        application_id=row.id,
        in_time=row.in_time,
        recorded_at_utc=row.recorded_at_utc,
        recorded_by=row.recorded_by,
        recorded_by_id=row.recorded_by_id,
        second_look_needed=bool(row.second_look_needed),
        second_look_by=row.second_look_by,
        second_look_agrees=row.second_look_agrees,
        second_look_remark=row.second_look_remark,
        second_look_at_utc=row.second_look_at_utc,
        withdrawn_at_utc=row.withdrawn_at_utc,
        withdrawn_by=row.withdrawn_by or "",
        withdrawn_reason=row.withdrawn_reason or "",
    )
