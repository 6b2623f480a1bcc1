"""The tasks from election day on: counting, the result and its determination, publication, acceptance of the election."""

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.succession import Acceptance
from beiratswahl.office.task import DONE, OPEN, OUTDATED, RUNNING, UNTIL_THE_DAY, WAITING, Task
from beiratswahl.office.task_calendar import Stand
from beiratswahl.operations import determination, results
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.determination import DeterminationView
from beiratswahl.operations.mandates import mandates
from beiratswahl.store.read import published
from beiratswahl.store.read.count_overview import counts


def on_the_day(at: Stand) -> tuple[Task, ...]:
    """Zählung."""
    return (_counting(at),)


def settling(at: Stand) -> tuple[Task, ...]:
    """Ergebnis."""
    result = _result(at)
    has_result = result.status == DONE
    determined = determination.is_determined(archive.session(), at.election.election_id)
    settled = _settled(at.election.election_id) if has_result and determined else None
    settling_it = _determination(at, has_result, determined, settled)
    return result, _publication(at, has_result, settled), settling_it, _mandates(at, determined)


def _counting(at: Stand) -> Task:
    title, url = "Stimmen zählen", at.page("counting")
    if at.election.nominations_closed_at_utc is None:
        return Task(title, "", WAITING, "Erst müssen die Wahlvorschläge zugelassen sein.")
    found = counts(archive.session(), [of.district_id for of in at.districts])
    closed = sum(count.closed_at_utc is not None for count in found.values())
    if at.districts and closed == len(at.districts):
        return Task(title, url, DONE, "Alle Bezirke sind abgeschlossen.")
    hint = f"{words.number(closed)} von {words.counted(len(at.districts), 'Bezirk', 'Bezirken')} abgeschlossen."
    if any(count.version for count in found.values()):
        return Task(title, url, RUNNING, hint, by=at.election.day)
    if at.today < at.election.day:
        begins = at.calendar["count_begins"].deadline
        when = f"{words.weekday_date(at.election.day)}, {begins.at:%H:%M}{words.NO_BREAK}Uhr"
        return Task(title, url, UNTIL_THE_DAY, f"Ausgezählt wird ab {when} ({begins.source}).")
    return Task(title, url, OPEN, hint, by=at.election.day)


def _result(at: Stand) -> Task:
    title, url, session, election_id = "Ergebnis ermitteln", at.page("result"), archive.session(), at.election.election_id
    if at.election.nominations_closed_at_utc is None or results.missing(session, election_id):
        return Task(title, "", WAITING, "Erst müssen alle Bezirke abgeschlossen sein.")
    try:
        question = results.result(session, election_id).question
    except Refused as error:
        return Task(title, url, OPEN, str(error))
    if question is not None:
        return Task(title, url, OPEN, f"Über Sitz {question.seat} muss das Los entscheiden.")
    return Task(title, url, DONE, "Die Sitze sind verteilt.")


def _publication(at: Stand, has_result: bool, settled: DeterminationView | None) -> Task:
    title, url = "Ergebnis veröffentlichen", at.page("publication")
    newest = next(iter(published.versions(archive.session(), at.election.election_id)), None)
    final = newest is not None and newest.label == Label.FINAL.value and newest.withdrawn_at_utc is None
    if newest is not None and final and settled is None:
        hint = f"Fassung {newest.number} (endgültig) ist öffentlich, aber das Ergebnis hat sich seither geändert oder wird neu gezählt. "
        return Task(title, url, OUTDATED, f"{hint}Ziehen Sie sie zurück oder veröffentlichen Sie nach der neuen Feststellung eine neue.")
    if newest is None or newest.label == Label.INTERIM.value:
        if has_result:
            return Task(title, url, OPEN, "Prüfen Sie die Bekanntmachung und veröffentlichen Sie das vorläufige Ergebnis.")
        if newest is None:
            return Task(title, "", WAITING, "Erst muss das Ergebnis ermittelt sein.")
        since = words.moment(newest.published_at_utc)
        return Task(title, url, RUNNING, f"Zwischenstand veröffentlicht: Fassung {newest.number}, {since}.")
    if newest.withdrawn_at_utc is not None:
        return Task(title, url, OPEN, f"Fassung {newest.number} ist zurückgezogen; eine neue ist noch nicht veröffentlicht.")
    told = f"Fassung {newest.number} ({newest.label}) vom {words.moment(newest.published_at_utc)}."
    if newest.label == Label.PRELIMINARY.value and settled is not None:
        return Task(title, url, OPEN, f"Das Ergebnis ist festgestellt; veröffentlichen Sie das endgültige. Bisher: {told}")
    return Task(title, url, DONE, told)


def _determination(at: Stand, has_result: bool, determined: bool, settled: DeterminationView | None) -> Task:
    title, url = "Ergebnis im Wahlausschuss feststellen", at.page("determination")
    if not has_result:
        return Task(title, "", WAITING, "Erst muss das Ergebnis ermittelt sein.")
    if settled is not None:
        return Task(title, url, DONE, f"Festgestellt in der Sitzung am {words.short_date(settled.sitting.day)}.")
    if determined:
        return Task(title, url, OUTDATED, "Seit der Feststellung hat sich das Ergebnis geändert; der Wahlausschuss muss neu feststellen.")
    return Task(title, url, OPEN, "Tragen Sie die Sitzung des Wahlausschusses ein (§ 63 KWO).")


def _settled(election_id: int) -> DeterminationView | None:
    try:
        return determination.settled(archive.session(), election_id)
    except Refused:
        return None


def _mandates(at: Stand, determined: bool) -> Task:
    title, url, session, election_id = (
        "Annahme der Wahl und Nachrücken verfolgen",
        at.page("mandates"),
        archive.session(),
        at.election.election_id,
    )
    if at.election.nominations_closed_at_utc is None or not determined:
        return Task(title, "", WAITING, "Erst muss der Wahlausschuss das Ergebnis feststellen.")
    try:
        known = mandates(session, election_id)
    except Refused as error:
        return Task(title, url, OPEN, str(error))
    if known.lot is not None:
        return Task(title, url, OPEN, "Für einen freien Sitz muss das Los gezogen werden.")
    undecided = sum(seat.holder is not None and seat.holder.acceptance in (None, Acceptance.OPEN) for seat in known.seats)
    if undecided:
        return Task(title, url, RUNNING, f"{words.counted(undecided, 'Annahme ist', 'Annahmen sind')} noch offen.")
    return Task(
        title, url, DONE, words.counted(len(known.members), "Mitglied hat die Wahl angenommen.", "Mitglieder haben die Wahl angenommen.")
    )
