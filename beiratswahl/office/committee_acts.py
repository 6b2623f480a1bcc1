"""What is done in a sitting of the Wahlausschuss: opened, attended, decided, closed; one button each."""

from collections.abc import Callable, Mapping
from datetime import date

from flask import abort, request
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.office.committee_page import hour_of, moment_of, show_sitting, sitting_here, vote_of
from beiratswahl.office.frame import done
from beiratswahl.operations import committee, committee_attendance, committee_decisions, committee_papers
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read.committee import SittingView


@holding(Permission.KEEP_NOMINATIONS)
def act(election_id: int, number: int, which: str) -> ResponseReturnValue:
    """Eine Handlung in einer Sitzung; what was typed stays in its field when it is refused."""
    view = sitting_here(election_id, number)
    if which not in ACTS:
        abort(404)
    try:
        message = ACTS[which](view, request.form)
    except Refused as error:
        return show_sitting(view, str(error))
    return done(message, "sitting", number=number)


def _opened(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.open_sitting(desk(), view.sitting_id, hour_of(view, typed.get("at", "")), typed.get("quorum", ""))
    return "Die Sitzung ist eröffnet."


def _attended(view: SittingView, typed: Mapping[str, str]) -> str:
    changed = 0
    for of in view.attendances:
        came = moment_of(view, typed.get(f"from-{of.attendance_id}", ""), of.present_from_utc)
        left = moment_of(view, typed.get(f"to-{of.attendance_id}", ""), of.present_to_utc)
        if (came, left) != (of.present_from_utc, of.present_to_utc):
            committee_attendance.record_attendance(desk(), of.attendance_id, came, left)
            changed += 1
    return "Die Anwesenheit ist gespeichert." if changed else "An der Anwesenheit hat sich nichts geändert."


def _joined(view: SittingView, typed: Mapping[str, str]) -> str:
    if typed.get("function") not in {function.value for function in CommitteeFunction}:
        raise Refused("Wählen Sie die Funktion.")
    committee_attendance.add_attendee(
        desk(), view.sitting_id, typed.get("name", ""), CommitteeFunction(typed["function"]), moment_of(view, typed.get("came", ""), None)
    )
    return f"{typed.get('name', '').strip()} ist eingetragen."


def _left_out(view: SittingView, typed: Mapping[str, str]) -> str:
    known = {str(of.attendance_id): of for of in view.attendances}
    of = known.get(typed.get("attendance", ""))
    if of is None:
        raise Refused("Diese Person steht nicht auf der Liste.")
    committee_attendance.remove_attendee(desk(), of.attendance_id)
    return f"{of.name} ist von der Liste genommen."


def _resolved(view: SittingView, typed: Mapping[str, str]) -> str:
    vote = vote_of(typed, "")
    if vote is None:
        raise Refused("Tragen Sie ein, wie abgestimmt wurde.")
    number = committee_decisions.record_decision(
        desk(), view.sitting_id, typed.get("subject", ""), typed.get("decision", ""), vote, typed.get("reason", "")
    )
    return f"Der Beschluss Nr. {number} ist eingetragen."


def _unresolved(view: SittingView, typed: Mapping[str, str]) -> str:
    number = typed.get("decision", "")
    committee_decisions.withdraw_decision(desk(), view.sitting_id, int(number) if number.isdecimal() else 0)
    return f"Der Beschluss Nr. {number} ist gestrichen."


def _noted(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.note_course(desk(), view.sitting_id, typed.get("course", "").replace("\r\n", "\n"))
    return "Der Verlauf ist gespeichert."


def _invited(view: SittingView, typed: Mapping[str, str]) -> str:
    try:
        day = date.fromisoformat(typed.get("sent_on", ""))
    except ValueError as error:
        raise Refused("Geben Sie den Tag ein, an dem die Einladungen versandt wurden.") from error
    committee.note_invitation(desk(), view.sitting_id, day)
    return "Der Versand der Einladungen ist vermerkt."


def _closed(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.close_sitting(desk(), view.sitting_id, hour_of(view, typed.get("at", "")))
    return "Die Sitzung ist geschlossen. Drucken Sie die Niederschrift und lassen Sie sie unterschreiben."


def _reopened(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.reopen_sitting(desk(), view.sitting_id, typed.get("reason", ""))
    return "Die Sitzung ist wieder geöffnet."


def _cancelled(view: SittingView, typed: Mapping[str, str]) -> str:
    committee.cancel_sitting(desk(), view.sitting_id, typed.get("reason", ""))
    if view.announced is None:
        return "Die Sitzung ist abgesagt."
    return f"Die Sitzung ist abgesagt. Ziehen Sie jetzt die Bekanntmachung Nr. {view.announced.number} zurück."


def _announced(view: SittingView, typed: Mapping[str, str]) -> str:
    number = committee_papers.publish_sitting(desk(), view, clock.today(), typed.get("medium", ""))
    announce_change()
    return f"Die Sitzung ist bekannt gemacht (Bekanntmachung Nr. {number})."


ACTS: dict[str, Callable[[SittingView, Mapping[str, str]], str]] = {
    "eroeffnen": _opened,
    "anwesenheit": _attended,
    "hinzufuegen": _joined,
    "streichen": _left_out,
    "beschluss": _resolved,
    "beschluss-streichen": _unresolved,
    "verlauf": _noted,
    "eingeladen": _invited,
    "schliessen": _closed,
    "wieder-oeffnen": _reopened,
    "absagen": _cancelled,
    "bekanntmachen": _announced,
}
