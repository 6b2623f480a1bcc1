"""Sitzungen des Wahlausschusses: planned with agenda and members, opened, attended, decided in, closed; every step can be put right."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.committee import VOTING, CommitteeFunction, attendance_fault
from beiratswahl.law.nominations import NominationState
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.read.committee import AttendanceView, SittingView, sitting, sittings
from beiratswahl.store.tables.committee import CommitteeAttendance, CommitteeDecision, CommitteeSitting
from beiratswahl.store.tables.nominations import Candidate, Nomination
from beiratswahl.store.tables.setup import Election

#: what a sitting on the admission deals with, as a proposal (§ 23 KWG, § 29 KWO)
ADMISSION_AGENDA = (
    "Eröffnung, Feststellung der Anwesenheit und der Beschlussfähigkeit",
    "Hinweis auf die Pflicht zur unparteiischen Wahrnehmung des Amtes und zur Verschwiegenheit",
    "Bericht über die eingegangenen Wahlvorschläge und ihre Prüfung",
    "Anhörung der Vertrauenspersonen",
    "Entscheidung über die Zulassung der einzelnen Wahlvorschläge und der einzelnen Personen",
    "Feststellung der Reihenfolge und der Art der Wahl",
    "Verkündung der Entscheidungen",
)


@dataclass(frozen=True, slots=True)
class Vote:
    """Abstimmung im Wahlausschuss: each at least 0."""

    yes: int
    no: int = 0
    abstained: int = 0


@dataclass(frozen=True, slots=True)
class SittingData:
    """Angaben zu einer Sitzung.

    Attributes:
        begins_at_utc: when it begins.
        room: where.
        agenda: Tagesordnung, at least one item.
        members: names with functions of everybody invited.
        invited_on: day on which the invitations went out; None when they have not.
    """

    begins_at_utc: datetime
    room: str
    agenda: tuple[str, ...]
    members: tuple[tuple[str, CommitteeFunction], ...]
    invited_on: date | None = None


def plan_sitting(desk: Desk, election_id: int, data: SittingData) -> int:
    """Sitzung ansetzen.

    Returns:
        Key of the sitting.

    Raises:
        Refused: room, agenda or chair are missing, or a name stands twice.
    """
    _complete(data)
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.SITTING_PLANNED, _when(data.begins_at_utc), **where) as entry:
        newest = desk.session.scalar(select(func.max(CommitteeSitting.number)).where(CommitteeSitting.election_id == election_id)) or 0
        row = CommitteeSitting(**where, number=newest + 1, quorum="", course="", cancelled_reason="", **_values(data))
        desk.session.add(row)
        desk.session.flush()
        _invite(desk.session, row, data.members)
        entry.note(number=row.number, room=row.room, agenda=list(data.agenda), members=[name for name, _ in data.members])
        return row.id


def change_sitting(desk: Desk, sitting_id: int, data: SittingData) -> None:
    """Sitzung ändern, until it is opened.

    Raises:
        Refused: it is opened or cancelled, or the data are not complete.
    """
    _complete(data)
    with _on(desk, sitting_id, Act.SITTING_CHANGED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt; Ort, Zeit und Tagesordnung stehen fest.")
        for name, value in _values(data).items():
            setattr(row, name, value)
        for old in desk.session.scalars(select(CommitteeAttendance).where(CommitteeAttendance.sitting_id == sitting_id)):
            desk.session.delete(old)
        desk.session.flush()
        _invite(desk.session, row, data.members)
        entry.note(number=row.number, room=row.room, agenda=list(data.agenda), members=[name for name, _ in data.members])


def cancel_sitting(desk: Desk, sitting_id: int, reason: str) -> None:
    """Sitzung absagen.

    Raises:
        Refused: it is opened or cancelled already, or the reason is missing.
    """
    with _on(desk, sitting_id, Act.SITTING_CANCELLED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund; die Mitglieder und die Öffentlichkeit müssen ihn erfahren.")
        row.cancelled_reason = reason.strip()
        entry.note(number=row.number, reason=reason.strip())


def open_sitting(desk: Desk, sitting_id: int, at_utc: datetime, quorum: str = "") -> None:
    """Sitzung eröffnen: who is marked as present counts; the chair finds on the quorum.

    Args:
        desk: who records it.
        sitting_id: the sitting.
        at_utc: when it was opened, not in the future.
        quorum: what the chair found where fewer than half are there; needed only then.

    Raises:
        Refused: it is open, closed or cancelled, another one is open, the moment lies ahead, or nobody presides.
    """
    with _on(desk, sitting_id, Act.SITTING_OPENED) as (row, entry):
        if row.opened_at_utc is not None or row.cancelled_reason:
            raise Refused("Die Sitzung ist schon eröffnet oder abgesagt.")
        if running_sitting(desk.session, row.election_id) is not None:
            raise Refused("Eine andere Sitzung ist noch offen. Schließen Sie erst diese.")
        _not_ahead(at_utc)
        fault = attendance_fault(
            (CommitteeFunction(of.function), of.present_from_utc is not None) for of in _people(desk.session, sitting_id)
        )
        if fault is not None and not quorum.strip():
            raise Refused(f"{fault} Tragen Sie ein, wer da ist, oder worauf der Vorsitz die Beschlussfähigkeit stützt.")
        row.opened_at_utc = at_utc
        row.quorum = (
            quorum.strip() or "Der Wahlausschuss ist beschlussfähig: Der Vorsitz und mehr als die Hälfte der Mitglieder sind anwesend."
        )
        entry.note(number=row.number, opened_at=at_utc.isoformat(), quorum=row.quorum)


def record_attendance(desk: Desk, attendance_id: int, present_from_utc: datetime | None, present_to_utc: datetime | None) -> None:
    """Anwesenheit eintragen oder berichtigen; without a beginning the person did not appear.

    Raises:
        Refused: the sitting is closed or cancelled, a moment lies ahead, or the end lies before the beginning.
    """
    person = desk.session.get_one(CommitteeAttendance, attendance_id)
    with _on(desk, person.sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        _still_open(row)
        person = desk.session.get_one(CommitteeAttendance, attendance_id, with_for_update=True)
        _in_order(present_from_utc, present_to_utc)
        person.present_from_utc, person.present_to_utc = present_from_utc, present_to_utc
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, present_from=_iso(present_from_utc), present_to=_iso(present_to_utc))


def add_attendee(desk: Desk, sitting_id: int, name: str, function: CommitteeFunction, present_from_utc: datetime | None = None) -> int:
    """Jemanden hinzufügen, der eingeladen ist oder kam, z. B. eine Vertrauensperson.

    Raises:
        Refused: the sitting is closed or cancelled, the name is missing or stands there already, or the moment lies ahead.
    """
    with _on(desk, sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        _still_open(row)
        if not name.strip():
            raise Refused("Geben Sie den Namen ein.")
        if name.strip().casefold() in {of.name.casefold() for of in _people(desk.session, sitting_id)}:
            raise Refused(f"{name.strip()} steht schon auf der Liste.")
        _in_order(present_from_utc, None)
        person = _attendee(row, name, function)
        person.present_from_utc = present_from_utc
        desk.session.add(person)
        desk.session.flush()
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, present_from=_iso(present_from_utc))
        return person.id


def remove_attendee(desk: Desk, attendance_id: int) -> None:
    """Falsch eingetragene Person von der Liste nehmen.

    Raises:
        Refused: the sitting is closed or cancelled.
    """
    person = desk.session.get_one(CommitteeAttendance, attendance_id)
    with _on(desk, person.sitting_id, Act.ATTENDANCE_RECORDED) as (row, entry):
        _still_open(row)
        person = desk.session.get_one(CommitteeAttendance, attendance_id, with_for_update=True)
        entry.subject = f"{person.name} ({person.function})"
        entry.note(number=row.number, state="von der Liste genommen")
        desk.session.delete(person)


def record_decision(desk: Desk, sitting_id: int, subject: str, decision: str, vote: Vote, reason: str = "") -> int:
    """Beschluss eintragen; decisions on nominations come with the admission.

    Returns:
        Its number within the sitting.

    Raises:
        Refused: the sitting is not open, subject or decision are missing, or the vote cannot be right.
    """
    with _on(desk, sitting_id, Act.DECISION_RECORDED) as (row, entry):
        if not subject.strip() or not decision.strip():
            raise Refused("Nennen Sie, worüber und wie beschlossen wurde.")
        number = minute(desk.session, row, subject, decision, reason, vote)
        entry.subject = subject.strip()
        entry.note(number=number, resolution=decision.strip(), reason=reason.strip(), yes=vote.yes, no=vote.no, abstained=vote.abstained)
        return number


def withdraw_decision(desk: Desk, sitting_id: int, number: int) -> None:
    """Falsch eingetragenen Beschluss wieder streichen, while the sitting is open; decisions on the admission stay.

    Raises:
        Refused: the sitting is not open, there is no such decision, or it belongs to the admission or to a departure.
    """
    with _on(desk, sitting_id, Act.DECISION_WITHDRAWN) as (row, entry):
        _running(row)
        query = select(CommitteeDecision).where(CommitteeDecision.sitting_id == sitting_id, CommitteeDecision.number == number)
        decision = desk.session.scalars(query.with_for_update()).one_or_none()
        if decision is None:
            raise Refused(f"Einen Beschluss Nr. {number} gibt es in dieser Sitzung nicht.")
        if decision.nomination_id is not None or decision.candidate_id is not None:
            raise Refused("Dieser Beschluss hat die Zulassung bewirkt; er lässt sich hier nicht streichen.")
        entry.subject = decision.subject
        entry.note(number=number, resolution=decision.decision)
        desk.session.delete(decision)


def note_course(desk: Desk, sitting_id: int, course: str) -> None:
    """Verlauf festhalten: who was heard with what, and what else belongs into the minutes.

    Raises:
        Refused: the sitting is closed or cancelled.
    """
    with _on(desk, sitting_id, Act.SITTING_CHANGED) as (row, entry):
        _still_open(row)
        row.course = course.strip()
        entry.note(number=row.number, text=row.course)


def close_sitting(desk: Desk, sitting_id: int, at_utc: datetime) -> None:
    """Sitzung schließen; who was present until then leaves with it.

    Raises:
        Refused: it is not open, or the moment lies ahead or before the opening.
    """
    with _on(desk, sitting_id, Act.SITTING_CLOSED) as (row, entry):
        _running(row)
        _not_ahead(at_utc)
        if row.opened_at_utc is not None and at_utc < row.opened_at_utc:
            raise Refused("Das Ende liegt vor der Eröffnung.")
        row.closed_at_utc = at_utc
        entry.note(number=row.number, closed_at=at_utc.isoformat())


def reopen_sitting(desk: Desk, sitting_id: int, reason: str) -> None:
    """Niederschrift berichtigen: open a closed sitting again.

    Raises:
        Refused: it is not closed, another one is open, or the reason is missing.
    """
    with _on(desk, sitting_id, Act.SITTING_REOPENED) as (row, entry):
        if row.closed_at_utc is None:
            raise Refused("Die Sitzung ist nicht geschlossen.")
        if running_sitting(desk.session, row.election_id) is not None:
            raise Refused("Eine andere Sitzung ist offen. Schließen Sie erst diese.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund der Berichtigung.")
        row.closed_at_utc = None
        entry.note(number=row.number, reason=reason.strip())


def running_sitting(session: Session, election_id: int) -> SittingView | None:
    """The sitting that is open now, or None."""
    return next((of for of in sittings(session, election_id) if of.running), None)


def voters(view: SittingView) -> int:
    """Stimmberechtigte Anwesende: who may vote and has not left."""
    return sum(of.present_from_utc is not None and of.present_to_utc is None and of.function in VOTING for of in view.attendances)


def minute(
    session: Session,
    row: CommitteeSitting,
    subject: str,
    decision: str,
    reason: str,
    vote: Vote,
    *,
    nomination_id: int | None = None,
    candidate_id: int | None = None,
) -> int:
    """Beschluss in die Niederschrift; within an act.

    Raises:
        Refused: the sitting is not open, or the vote cannot be right.
    """
    _running(row)
    view = sitting(session, row.id)
    _check_vote(vote, voters(view) if view else 0, subject)
    newest = session.scalar(select(func.max(CommitteeDecision.number)).where(CommitteeDecision.sitting_id == row.id)) or 0
    session.add(
        CommitteeDecision(
            municipality_id=row.municipality_id,
            election_id=row.election_id,
            sitting_id=row.id,
            number=newest + 1,
            subject=subject.strip(),
            nomination_id=nomination_id,
            candidate_id=candidate_id,
            decision=decision.strip(),
            reason=reason.strip(),
            yes=vote.yes,
            no=vote.no,
            abstained=vote.abstained,
        )
    )
    session.flush()
    return newest + 1


def minute_admission(
    session: Session, election_id: int, rows: Iterable[Nomination], votes: Mapping[int, Vote], strike_votes: Mapping[int, Vote]
) -> None:
    """Die Entscheidungen über die Zulassung in die Niederschrift der offenen Sitzung; without an open one nothing happens.

    Raises:
        Refused: a vote is missing or cannot be right.
    """
    view = running_sitting(session, election_id)
    if view is None:
        return
    row = session.get_one(CommitteeSitting, view.sitting_id, with_for_update=True)
    for of in sorted(rows, key=lambda of: (of.received_at_utc, of.id)):
        if of.state == NominationState.WITHDRAWN.value:
            continue
        name = of.keyword or "ohne Kennwort"
        if of.id not in votes:
            raise Refused(f"Tragen Sie ein, wie über den Wahlvorschlag „{name}“ abgestimmt wurde; die Sitzung ist eröffnet.")
        vote, admitted = votes[of.id], of.number is not None
        if of.state != NominationState.REFUSED.value:
            _minute_strikes(session, row, of.candidates, vote, strike_votes)
        decision = NominationState.ADMITTED.value if admitted else NominationState.REFUSED.value
        reason = of.decision_reason or ("" if admitted else "Keine Person ist zugelassen.")
        minute(session, row, f"Wahlvorschlag „{name}“", decision, reason, vote, nomination_id=of.id)


def _minute_strikes(
    session: Session, row: CommitteeSitting, candidates: Iterable[Candidate], vote: Vote, strike_votes: Mapping[int, Vote]
) -> None:
    for person in candidates:
        if person.struck:
            subject = f"{person.family_name}, {person.given_names}"
            own = strike_votes.get(person.id, vote)
            minute(
                session, row, subject, "gestrichen", person.struck_reason, own, nomination_id=person.nomination_id, candidate_id=person.id
            )


def _check_vote(vote: Vote, present: int, subject: str) -> None:
    if min(vote.yes, vote.no, vote.abstained) < 0:
        raise Refused("Stimmenzahlen können nicht negativ sein.")
    given = vote.yes + vote.no + vote.abstained
    if given != present:
        raise Refused(
            f"{subject}: {given} Stimmen sind eingetragen, stimmberechtigt anwesend sind {present}. Prüfen Sie Abstimmung und Anwesenheit."
        )
    if vote.no > vote.yes:
        raise Refused(f"{subject}: mehr Nein- als Ja-Stimmen; so ist das nicht beschlossen. Tragen Sie ein, was beschlossen wurde.")


@contextmanager
def _on(desk: Desk, sitting_id: int, act: Act) -> Iterator[tuple[CommitteeSitting, Entry]]:
    """An act on one sitting, with its row locked."""
    row = desk.session.get_one(CommitteeSitting, sitting_id)
    with desk.act(act, _when(row.begins_at_utc), municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        yield desk.session.get_one(CommitteeSitting, sitting_id, with_for_update=True), entry


def _values(data: SittingData) -> dict[str, object]:
    return {
        "begins_at_utc": data.begins_at_utc,
        "room": data.room.strip(),
        "agenda": [item.strip() for item in data.agenda if item.strip()],
        "invited_on": data.invited_on,
    }


def _invite(session: Session, row: CommitteeSitting, members: Iterable[tuple[str, CommitteeFunction]]) -> None:
    for name, function in members:
        session.add(_attendee(row, name, function))
    session.flush()


def _attendee(row: CommitteeSitting, name: str, function: CommitteeFunction) -> CommitteeAttendance:
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id, "sitting_id": row.id}
    return CommitteeAttendance(**where, name=name.strip(), function=function.value)


def _people(session: Session, sitting_id: int) -> tuple[AttendanceView, ...]:
    view = sitting(session, sitting_id)
    return view.attendances if view else ()


def _complete(data: SittingData) -> None:
    if not data.room.strip():
        raise Refused("Geben Sie den Ort der Sitzung ein.")
    if not any(item.strip() for item in data.agenda):
        raise Refused("Geben Sie mindestens einen Punkt der Tagesordnung ein.")
    names = [name.strip().casefold() for name, _ in data.members]
    if not all(names) or len(set(names)) != len(names):
        raise Refused("Ein Name fehlt oder steht zweimal auf der Liste der Eingeladenen.")
    if CommitteeFunction.CHAIR not in {function for _, function in data.members}:
        raise Refused("Der Vorsitz fehlt: Die Wahlleitung führt den Vorsitz im Wahlausschuss (§ 8 KWG).")


def _still_open(row: CommitteeSitting) -> None:
    if row.closed_at_utc is not None or row.cancelled_reason:
        raise Refused("Die Sitzung ist geschlossen oder abgesagt. Öffnen Sie sie wieder, um die Niederschrift zu berichtigen.")


def _running(row: CommitteeSitting) -> None:
    if row.opened_at_utc is None or row.closed_at_utc is not None or row.cancelled_reason:
        raise Refused("Das geht nur, solange die Sitzung eröffnet und nicht geschlossen ist.")


def _not_ahead(at_utc: datetime) -> None:
    if at_utc > clock.now():
        raise Refused("Die Uhrzeit liegt in der Zukunft. Tragen Sie ein, was geschehen ist, wenn es geschehen ist.")


def _in_order(present_from_utc: datetime | None, present_to_utc: datetime | None) -> None:
    for at_utc in (present_from_utc, present_to_utc):
        if at_utc is not None:
            _not_ahead(at_utc)
    if present_to_utc is not None and (present_from_utc is None or present_to_utc < present_from_utc):
        raise Refused("Das Gehen liegt vor dem Kommen, oder das Kommen fehlt.")


def _when(at_utc: datetime) -> str:
    return f"Sitzung am {clock.local(at_utc):%d.%m.%Y, %H:%M} Uhr"


def _iso(at_utc: datetime | None) -> str:
    return at_utc.isoformat() if at_utc else ""
