"""Anträge auf Eintragung: what somebody claims, what proof was seen, and the new decision that follows."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.deadlines import application_in_time
from beiratswahl.law.facts import ParentStatus
from beiratswahl.law.rules import Ground, RuleToBeConfirmed
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Actor, Desk, Entry, Refused
from beiratswahl.operations.roll_casework import check_not_double, decide_person
from beiratswahl.operations.roll_receipt import check_receipt
from beiratswahl.operations.roll_second_look import is_needed
from beiratswahl.operations.setup import rules_of, still_open
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication, RollVerdict
from beiratswahl.store.tables.setup import Election

#: nobody who votes today can hold an older proof
FIRST_PROOF = date(1900, 1, 1)


class Channel(StrEnum):
    """Eingangsweg of an application."""

    IN_PERSON = "persönlich"
    POST = "Post"
    LETTERBOX = "Briefkasten"
    FAX = "Fax"
    EMAIL = "E-Mail"
    ONLINE = "Online-Formular"


@dataclass(frozen=True, slots=True)
class ApplicationData:
    """Angaben eines Antrags.

    Attributes:
        ground: the claimed ground.
        received_at: moment it came in, with time zone.
        channel: how it came in.
        proof_kind: what proof was seen, e.g. "Einbürgerungsurkunde"; empty for none. No copy is kept.
        proof_date: date of the proof's issue, None when it bears none.
        parent: for NR2D the status of the parent on whom the claim rests.
        second_look: True when whoever records it wants a second person to look, whatever the election office has settled.
    """

    ground: Ground
    received_at: datetime
    channel: Channel
    proof_kind: str = ""
    proof_date: date | None = None
    parent: ParentStatus | None = None
    second_look: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationOutcome:
    """Ergebnis eines Antrags.

    Attributes:
        application_id: the application.
        in_time: False when it came after the deadline; then it changed nothing.
        entitled, category, grounds, entry: the verdict that holds now, values as in `law.suffrage`.
        waits: True when nobody is entered on it before a second person has agreed.
    """

    application_id: int
    in_time: bool
    entitled: str
    category: str
    grounds: tuple[str, ...]
    entry: str
    waits: bool


def record_application(desk: Desk, person_id: int, data: ApplicationData) -> ApplicationOutcome:
    """Antrag auf Eintragung erfassen; the person is decided anew at once, unless the application came too late.

    Source: deadline by bylaw or notice, to the minute [V]; § 11 KWO [V].

    Args:
        desk: where the official works.
        person_id: the person in the register.
        data: what the application says and what proof was seen; of two applications for one ground the later one counts.

    Returns:
        Whether it came in time, and the verdict that holds now.

    Raises:
        Refused: received in the future or more than a year before the election, a proof date without a proof or that cannot be true, an
            application of the same ground, moment and channel counts already, or a rule that decides is not confirmed.
    """
    check_data(data)
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{person.family_name}, {person.given_names} ({person.register_number})"
    act = desk.act(Act.APPLICATION_RECORDED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        session = desk.session
        person = session.get_one(RegisteredPerson, person_id, with_for_update=True)
        outcome = apply_for(desk, person, data)
        entry.note(application_id=outcome.application_id, in_time=outcome.in_time)
        entry.note(person_id=person_id)
        note_data(entry, data)
        entry.note(entitled=outcome.entitled, entry=outcome.entry, decision_number=person.decision_number, second_look=outcome.waits)
        return outcome


def note_data(entry: Entry, data: ApplicationData) -> None:
    """Put down in the journal what an application says."""
    entry.note(ground=data.ground.value, received_at=data.received_at.isoformat(), channel=data.channel.value)
    entry.note(proof_kind=data.proof_kind, proof_date=data.proof_date.isoformat() if data.proof_date else "")


def check_data(data: ApplicationData) -> None:
    """Check what can be told without the person.

    Raises:
        Refused: a proof date without a proof, in the future, or of a year nobody's proof can be of.
    """
    if data.proof_date is None:
        return
    if not data.proof_kind.strip():
        raise Refused("Zum Datum des Nachweises fehlt die Art. Bitte angeben, welcher Nachweis vorgelegen hat.")
    if not FIRST_PROOF <= data.proof_date <= clock.today():
        raise Refused(
            "Der Nachweis kann nicht an diesem Tag ausgestellt sein. Bitte das Datum auf dem Nachweis prüfen, vor allem das Jahr."
        )


def apply_for(desk: Desk, person: RegisteredPerson, data: ApplicationData) -> ApplicationOutcome:
    """The application inside an act that has begun, on a locked person; see `record_application`."""
    session = desk.session
    check_not_double(session, person)
    election = session.get_one(Election, person.election_id)
    check_receipt(data.received_at, election.day)
    _check_new(session, person, data)
    rules = rules_of(session, election.id)
    try:
        in_time = application_in_time(rules, election.day, clock.local(data.received_at).replace(tzinfo=None))
    except RuleToBeConfirmed as open_rule:
        raise Refused(f"Ob der Antrag rechtzeitig ist, kann noch nicht entschieden werden: {still_open(open_rule)}") from open_rule
    waits = data.second_look or is_needed(session, election.id)
    row = _row(person, data, desk.actor, in_time=in_time, waits=waits)
    session.add(row)
    session.flush()
    if in_time:
        decide_person(session, person, f"Antrag vom {clock.local(data.received_at):%d.%m.%Y %H:%M}")
    verdict = session.get_one(RollVerdict, person.verdict_id)
    return ApplicationOutcome(row.id, in_time, verdict.entitled, verdict.category, tuple(verdict.grounds), verdict.entry, waits)


def _check_new(session: Session, person: RegisteredPerson, data: ApplicationData) -> None:
    """A form sent twice records one application: its twin would go on counting after the first is withdrawn."""
    query = select(RollApplication.recorded_by).where(
        RollApplication.person_id == person.id,
        RollApplication.withdrawn_at_utc.is_(None),
        RollApplication.received_at_utc == data.received_at,
        RollApplication.ground == data.ground.value,
        RollApplication.channel == data.channel.value,
    )
    if (recorded_by := session.scalars(query).first()) is not None:
        text = f"Dieser Antrag ist schon erfasst, von {recorded_by}: gleicher Grund, gleicher Eingang, gleicher Weg."
        raise Refused(f"{text} Doppelt erfasst gälte er nach einer Rücknahme weiter. Fehlt etwas, berichtigen Sie den erfassten Antrag.")


def _row(person: RegisteredPerson, data: ApplicationData, actor: Actor, *, in_time: bool, waits: bool) -> RollApplication:
    return RollApplication(
        municipality_id=person.municipality_id,
        election_id=person.election_id,
        person_id=person.id,
        ground=data.ground.value,
        parent=data.parent.value if data.parent else "",
        received_at_utc=data.received_at,
        channel=data.channel.value,
        proof_kind=data.proof_kind.strip(),
        proof_date=data.proof_date,
        in_time=in_time,
        recorded_at_utc=clock.now(),
        recorded_by=actor.name,
        recorded_by_id=actor.account_id,
        second_look_needed=waits,
        second_look_by="",
        second_look_remark="",
    )
