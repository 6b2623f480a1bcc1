"""The tasks before election day besides the roll: setting up, nominations and their notices, boards, accounts."""

from dataclasses import replace

from flask import current_app, url_for

from beiratswahl import clock, words
from beiratswahl.access import archive
from beiratswahl.access.roles import DISTRICT_ROLES
from beiratswahl.law.admission import Outcome
from beiratswahl.office.task import DONE, OPEN, RUNNING, WAITING, Task, until
from beiratswahl.office.task_calendar import Stand, by_calendar, first_up, notice, timely
from beiratswahl.operations import information
from beiratswahl.operations.announcements_before import Announcement
from beiratswahl.operations.calendar import DeadlineState
from beiratswahl.operations.notices import standing
from beiratswahl.operations.publication import unsaid
from beiratswahl.operations.setup import rule_set
from beiratswahl.store.read import accounts, nominations, setup
from beiratswahl.store.read.boards import led_districts


def setting_up(at: Stand) -> tuple[Task, ...]:
    """Einrichten."""
    return timely(at, (_municipality(at), _rules(at), _districts(at), _information(at)))


def nominating(at: Stand) -> tuple[Task, ...]:
    """Wahlvorschläge."""
    return timely(
        at,
        (
            notice(at, "Zu Wahlvorschlägen auffordern", "call_for_nominations", Announcement.CALL),
            _nominations(at),
            _admitted_notice(at),
        ),
    )


def preparing_the_day(at: Stand) -> tuple[Task, ...]:
    """Wahltag vorbereiten."""
    return timely(at, (_election_notice(at), _boards(at), _accounts(at)))


def _municipality(at: Stand) -> Task:
    title, url = "Angaben zur Körperschaft prüfen", at.page("municipality")
    view = setup.municipality(archive.session(), at.election.municipality_id)
    if not (view.street.strip() and view.postcode.strip() and view.town.strip()):
        hint = "Die Anschrift des Wahlamts fehlt; ohne sie lässt sich keine Bekanntmachung drucken."
        return Task(title, url, OPEN, hint, may_stay=at.day_is_over, by=None if at.day_is_over else at.last_day("call_for_nominations"))
    missing = unsaid(view)
    if missing:
        return Task(title, url, OPEN, f"Für das endgültige Ergebnis fehlt: {', '.join(missing)}.", may_stay=True)
    return Task(title, url, DONE)


def _rules(at: Stand) -> Task:
    title, url = "Regeln der Wahl bestätigen", at.page("rules")
    still = len(rule_set(archive.session(), at.election.election_id).to_be_confirmed())
    if still:
        hint = f"{words.counted(still, 'Regel ist', 'Regeln sind')} noch zu bestätigen."
        return Task(title, url, OPEN, hint, by=None if at.day_is_over else at.last_day("call_for_nominations"))
    return Task(title, url, DONE)


def _districts(at: Stand) -> Task:
    title, url = "Stimmbezirke und Briefwahlbezirke anlegen", at.page("districts")
    if not at.districts:
        hint = "Gezählt wird je Stimmbezirk; bei reiner Briefwahl genügt einer."
        return Task(title, url, OPEN, hint, by=None if at.day_is_over else at.last_day("register_key_date"))
    return Task(title, url, DONE, f"{words.counted(len(at.districts), 'Bezirk', 'Bezirke')}.")


def _information(at: Stand) -> Task:
    title, url = "Informationen zur Wahl veröffentlichen", at.page("information")
    shown = information.standing(archive.session(), at.election.election_id)
    if shown is None:
        hint = "Wer wählen darf, welche Fristen gelten und wen man fragen kann, steht noch nicht auf der öffentlichen Seite."
        return Task(title, url, OPEN, hint, may_stay=True, by=at.election.day)
    return Task(title, url, DONE, f"Nr. {shown.number} vom {words.moment(shown.published_at_utc)}.")


def _nominations(at: Stand) -> Task:
    title, url = "Wahlvorschläge erfassen und zulassen", at.page("nominations")
    received = nominations.nominations(archive.session(), at.election.election_id)
    if at.election.nominations_closed_at_utc is not None:
        admitted = sum(of.number is not None for of in received)
        return Task(title, url, DONE, f"{words.counted(admitted, 'Wahlvorschlag', 'Wahlvorschläge')} auf dem Stimmzettel.")
    entered = (
        f"{words.counted(len(received), 'Wahlvorschlag', 'Wahlvorschläge')} erfasst" if received else "Noch kein Wahlvorschlag erfasst"
    )
    # it stays due after election day: without it nothing can be counted
    by = None if at.day_is_over else at.last_day("admission")
    if at.calendar["nominations"].state is DeadlineState.DUE:
        hint = f"{entered}. Einreichen ist möglich {at.until('nominations')}; zugelassen wird danach."
        return Task(title, url, RUNNING if received else OPEN, hint, may_stay=True, by=by)
    return Task(title, at.page("admission") if received else url, OPEN, f"{entered}. Zulassen {at.until('admission')}.", by=by)


def _admitted_notice(at: Stand) -> Task:
    title = "Zugelassene Wahlvorschläge bekannt machen"
    if at.election.admission_outcome == Outcome.NO_ELECTION.value:
        return notice(at, "Bekannt machen, dass keine Wahl stattfindet", "candidates_notice", Announcement.NO_ELECTION)
    task = notice(at, title, "candidates_notice", Announcement.ADMITTED)
    if at.election.nominations_closed_at_utc is None and task.status != DONE:
        return replace(task, url="", status=WAITING, hint=f"Erst müssen die Wahlvorschläge zugelassen sein. {task.hint}")
    return task


def _election_notice(at: Stand) -> Task:
    title, url = "Wahlbekanntmachung veröffentlichen", at.notice(Announcement.ELECTION)
    out = standing(archive.session(), at.election.election_id, Announcement.ELECTION.value)
    if out is not None:
        return Task(title, url, DONE, f"Bekanntmachung Nr. {out.number}, am {words.short_date(clock.local(out.published_at_utc).date())}.")
    if at.election.nominations_closed_at_utc is None:
        return Task(title, "", WAITING, "Erst müssen die Wahlvorschläge zugelassen sein.", by=at.election.day)
    # the house knows no last day for it: it is told, and presses nobody
    return Task(title, url, OPEN, "Sie nennt Wahlzeit, Stimmabgabe und Wahlräume.", may_stay=True, by=at.election.day)


def _boards(at: Stand) -> Task:
    title, key = "Wahlvorstände eintragen", "polling_chairs"
    by = at.last_day(key) or at.election.day
    if not at.districts:
        return Task(title, "", WAITING, "Erst müssen die Bezirke angelegt sein.", by=by)
    led = led_districts(archive.session(), at.election.election_id)
    without = [of for of in at.districts if of.district_id not in led]
    if not without:
        return Task(title, at.page("counting"), DONE, "Jeder Bezirk hat eine Wahlvorsteherin oder einen Wahlvorsteher.")
    entry = at.calendar.get(key)
    if entry is not None and entry.state is DeadlineState.DONE:
        return by_calendar(at, title, key, at.page("counting"))
    hint = f"{words.counted(len(without), 'Bezirk', 'Bezirke')} ohne Wahlvorsteher. {first_up(until(by, at.today))}."
    # the counting door may be served elsewhere
    here = "counting" in current_app.blueprints
    url = url_for("counting.board", district_id=without[0].district_id) if here else at.page("counting")
    return Task(title, url, OPEN, hint, by=by)


def _accounts(at: Stand) -> Task:
    title, roles = "Konten für die Zählung", {role.value for role in DISTRICT_ROLES}
    found = accounts.accounts(archive.session(), at.election.municipality_id)
    holding = sum(of.active and any(permit.role in roles for permit in of.permits) for of in found)
    if holding:
        return Task(title, "", DONE, f"{words.counted(holding, 'Konto', 'Konten')} für Wahlvorstände und Zählgruppen.")
    hint = "Konten für Wahlvorstände und Zählgruppen legt die Administration unter „Konten“ an."
    return Task(title, "", OPEN, hint, may_stay=True, by=at.election.day)
