"""Was aus einem Antrag wird: the second look at it, its correction, and its withdrawal. What was recorded stays readable."""

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_applications import (
    ApplicationData,
    ApplicationOutcome,
    apply_for,
    check_data,
    note_data,
)
from beiratswahl.operations.roll_casework import check_not_double, decide_person
from beiratswahl.operations.roll_second_look import check_other_person, check_remark
from beiratswahl.store.tables.roll import RegisteredPerson, RollApplication


def look_again(desk: Desk, application_id: int, *, agrees: bool, remark: str = "") -> None:
    """Zweite Prüfung eines Antrags by somebody who did not record it; who disagrees says why and gives it back.

    Raises:
        Refused: by the person who recorded it, a second time, a disagreement without remark, or the application is withdrawn.
    """
    row = desk.session.get_one(RollApplication, application_id)
    subject = _subject(desk.session, row)
    with desk.act(Act.APPLICATION_CHECKED, subject, municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        row = desk.session.get_one(RollApplication, application_id, with_for_update=True)
        _check_counts(row)
        check_other_person(desk.actor, row.recorded_by, row.recorded_by_id)
        if row.second_look_by:
            raise Refused(f"Diesen Antrag hat schon {row.second_look_by} ein zweites Mal geprüft.")
        check_remark(remark, agrees=agrees)
        row.second_look_by, row.second_look_agrees, row.second_look_remark = desk.actor.name, agrees, remark.strip()
        row.second_look_at_utc = clock.now()
        entry.note(application_id=application_id, person_id=row.person_id, agrees=agrees, remark=remark.strip())


def correct_application(desk: Desk, application_id: int, data: ApplicationData, reason: str) -> ApplicationOutcome:
    """Antrag berichtigen: the wrong one is kept as withdrawn, the right one is recorded, and the person decided anew.

    Also for a proof that is handed in later. A second look that was asked for is asked for again.

    Raises:
        Refused: no reason, withdrawn already, or as for `record_application`.
    """
    check_data(data)
    row = desk.session.get_one(RollApplication, application_id)
    subject = _subject(desk.session, row)
    with desk.act(Act.APPLICATION_CORRECTED, subject, municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        row, person = _locked(desk.session, application_id)
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, was berichtigt wird, zum Beispiel „Urkunde nachgereicht“.")
        _withdraw(desk, row, f"berichtigt: {reason.strip()}")
        again = bool(row.second_look_needed) or data.second_look
        outcome = apply_for(desk, person, _with_second_look(data) if again else data)
        if not outcome.in_time and row.in_time:
            decide_person(desk.session, person, f"Antrag {application_id} berichtigt")
        entry.note(person_id=person.id, before=application_id, application_id=outcome.application_id, reason=reason.strip())
        note_data(entry, data)
        entry.note(in_time=outcome.in_time, decision_number=person.decision_number, second_look=outcome.waits)
        return outcome


def withdraw_application(desk: Desk, application_id: int, reason: str) -> None:
    """Antrag zurücknehmen: taken back by the person, or recorded by mistake; the person is decided anew without it.

    Raises:
        Refused: no reason, or withdrawn already.
    """
    row = desk.session.get_one(RollApplication, application_id)
    subject = _subject(desk.session, row)
    with desk.act(Act.APPLICATION_WITHDRAWN, subject, municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        row, person = _locked(desk.session, application_id)
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, warum der Antrag nicht mehr gilt, zum Beispiel „am Telefon zurückgenommen“.")
        _withdraw(desk, row, reason.strip())
        if row.in_time:
            decide_person(desk.session, person, f"Antrag zurückgenommen: {reason.strip()}")
        entry.note(person_id=person.id, application_id=application_id, reason=reason.strip(), decision_number=person.decision_number)


def _locked(session: Session, application_id: int) -> tuple[RollApplication, RegisteredPerson]:
    row = session.get_one(RollApplication, application_id, with_for_update=True)
    _check_counts(row)
    person = session.get_one(RegisteredPerson, row.person_id, with_for_update=True)
    check_not_double(session, person)
    return row, person


def _withdraw(desk: Desk, row: RollApplication, reason: str) -> None:
    row.withdrawn_at_utc, row.withdrawn_by, row.withdrawn_reason = clock.now(), desk.actor.name, reason
    desk.session.flush()


def _check_counts(row: RollApplication) -> None:
    if row.withdrawn_at_utc is not None:
        raise Refused(f"Dieser Antrag gilt nicht mehr: {row.withdrawn_reason}.")


def _with_second_look(data: ApplicationData) -> ApplicationData:
    return ApplicationData(data.ground, data.received_at, data.channel, data.proof_kind, data.proof_date, data.parent, second_look=True)


def _subject(session: Session, row: RollApplication) -> str:
    person = session.get_one(RegisteredPerson, row.person_id)
    return f"{person.family_name}, {person.given_names} ({person.register_number})"
