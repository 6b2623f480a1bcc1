"""Amtszeit und berufene Mitglieder: when the term begins, whom the council appoints, when an appointment ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.succession import term_end, too_many_appointed
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determined import determined
from beiratswahl.operations.mandates import mandates
from beiratswahl.store.read.appointments import AppointmentView, appointments, term_begin
from beiratswahl.store.tables.appointments import AppointedMember, CouncilTerm
from beiratswahl.store.tables.setup import Election

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Council:
    """Amtszeit und Berufene.

    Attributes:
        begins_on: first day of the term; None when it is not entered.
        last_day: last day of the term; None likewise.
        appointed: all appointed members, those in office first.
        appointed_max: most the bylaw allows; 0 when it provides for none.
        too_many: those in office are more than a third of all members; the council has to appoint anew.
    """

    begins_on: date | None
    last_day: date | None
    appointed: tuple[AppointmentView, ...]
    appointed_max: int
    too_many: bool

    @property
    def in_office(self) -> tuple[AppointmentView, ...]:
        """Appointed members in office."""
        return tuple(of for of in self.appointed if of.ended_on is None)


def council(session: Session, election_id: int) -> Council:
    """Amtszeit und berufene Mitglieder.

    Source: § 56 Abs. 2 GemO, § 49a Abs. 2 LKO [Vo]; a third of all members: bylaws [V].

    Raises:
        Refused: nothing is determined.
    """
    begins, known = term_begin(session, election_id), appointments(session, election_id)
    elected = [of.person for of in mandates(session, election_id).members]
    now = [str(of.appointment_id) for of in known if of.ended_on is None]
    most = determined(session, election_id).rules.appointed_max
    return Council(
        begins, term_end(begins) - timedelta(days=1) if begins else None, known, most, bool(now) and too_many_appointed(elected, now)
    )


def record_term(desk: Desk, election_id: int, begins_on: date) -> None:
    """Beginn der Amtszeit eintragen or correct it.

    Raises:
        Refused: nothing is determined, or the day lies before the determination.
    """
    where = _where(desk, election_id)
    with desk.act(Act.TERM_RECORDED, f"ab {begins_on:%d.%m.%Y}", **where) as entry:
        _not_before_determination(desk.session, election_id, begins_on)
        row = desk.session.scalars(select(CouncilTerm).where(CouncilTerm.election_id == election_id).with_for_update()).one_or_none()
        entry.note(before=row.begins_on.isoformat() if row else "", happened_on=begins_on.isoformat())
        if row is None:
            row = CouncilTerm(**where, begins_on=begins_on, recorded_by=desk.actor.name, recorded_at_utc=clock.now())
            desk.session.add(row)
        row.begins_on, row.recorded_by, row.recorded_at_utc = begins_on, desk.actor.name, clock.now()


def appoint(desk: Desk, election_id: int, name: str, appointed_on: date, reason: str) -> int:
    """Mitglied berufen.

    Returns:
        The id of the appointment.

    Raises:
        Refused: the bylaw provides for none or for no more, nothing is determined, a text is missing, or the day is not possible.
    """
    where = _where(desk, election_id)
    said = _said(name, "den Namen"), _said(reason, "den Beschluss, zum Beispiel „Stadtrat, 3. Dezember 2026“")
    with desk.act(Act.MEMBER_APPOINTED, said[0], **where) as entry:
        _not_before_determination(desk.session, election_id, appointed_on)
        _not_in_future(appointed_on)
        known = council(desk.session, election_id)
        if len(known.in_office) >= known.appointed_max:
            raise Refused(
                f"Die Satzung lässt höchstens {known.appointed_max} berufene Mitglieder zu; {len(known.in_office)} sind eingetragen. "
                "Tragen Sie zuerst das Ende einer Berufung ein, oder prüfen Sie die Wahlregel „Höchstzahl berufener Mitglieder“."
            )
        row = AppointedMember(
            **where,
            name=said[0],
            appointed_on=appointed_on,
            reason=said[1],
            ended_reason="",
            recorded_by=desk.actor.name,
            recorded_at_utc=clock.now(),
        )
        desk.session.add(row)
        desk.session.flush()
        entry.note(person=said[0], happened_on=appointed_on.isoformat(), reason=said[1])
    return row.id


def end_appointment(desk: Desk, election_id: int, appointment_id: int, ended_on: date, reason: str) -> None:
    """Ende einer Berufung eintragen.

    Raises:
        Refused: it does not exist or has ended, the reason is missing, or the day is not possible.
    """
    with desk.act(Act.APPOINTMENT_ENDED, "Berufung", **_where(desk, election_id)) as entry:
        row = _row(desk, election_id, appointment_id)
        if row.ended_on is not None:
            raise Refused(f"Diese Berufung ist schon am {row.ended_on:%d.%m.%Y} beendet.")
        _not_in_future(ended_on)
        if ended_on < row.appointed_on:
            raise Refused(f"Die Person ist erst seit dem {row.appointed_on:%d.%m.%Y} berufen.")
        row.ended_on, row.ended_reason = ended_on, _said(reason, "den Grund")
        entry.subject = row.name
        entry.note(person=row.name, happened_on=ended_on.isoformat(), reason=row.ended_reason)


def take_back_appointment(desk: Desk, election_id: int, appointment_id: int, reason: str) -> None:
    """Irrtümlich eingetragene Berufung, or its end, zurücknehmen; the journal keeps it.

    Raises:
        Refused: it does not exist, or the reason is missing.
    """
    with desk.act(Act.APPOINTMENT_TAKEN_BACK, "Berufung", **_where(desk, election_id)) as entry:
        row = _row(desk, election_id, appointment_id)
        said = _said(reason, "den Grund")
        entry.subject = row.name
        ended = row.ended_on.isoformat() if row.ended_on else ""
        entry.note(person=row.name, happened_on=row.appointed_on.isoformat(), before=ended, before_reason=row.reason, reason=said)
        if row.ended_on is None:
            desk.session.delete(row)
        else:
            row.ended_on, row.ended_reason = None, ""


def _where(desk: Desk, election_id: int) -> dict[str, int]:
    return {"municipality_id": desk.session.get_one(Election, election_id).municipality_id, "election_id": election_id}


def _row(desk: Desk, election_id: int, appointment_id: int) -> AppointedMember:
    row = desk.session.get(AppointedMember, appointment_id)
    if row is None or row.election_id != election_id:
        raise Refused("Diese Berufung gibt es nicht mehr.")
    return row


def _said(text: str, what: str) -> str:
    said = " ".join(text.split())
    if not said or len(said) > LONGEST:
        raise Refused(f"Nennen Sie {what}, mit höchstens {LONGEST} Zeichen.")
    return said


def _not_in_future(day: date) -> None:
    if day > clock.today():
        raise Refused("Der Tag liegt in der Zukunft. Tragen Sie ein, was geschehen ist.")


def _not_before_determination(session: Session, election_id: int, day: date) -> None:
    first = determined(session, election_id).day
    if day < first:
        raise Refused(f"Der Tag liegt vor der Feststellung des Ergebnisses am {first:%d.%m.%Y}.")
