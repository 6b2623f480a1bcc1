"""The tasks of an election in the order of the law: what is done, what is open, what comes next."""

from collections import Counter
from dataclasses import dataclass, replace

from flask import url_for

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.documents.result_sheet import Label
from beiratswahl.law.succession import Acceptance
from beiratswahl.operations import determination, results
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.mandates import mandates
from beiratswahl.operations.publication import unsaid
from beiratswahl.operations.setup import rule_set
from beiratswahl.store.read import counting, nominations, published, roll, setup
from beiratswahl.store.read.setup import ElectionView

OPEN, DONE, RUNNING, WAITING = "offen", "erledigt", "läuft", "noch nicht möglich"
KINDS = {OPEN: "warning", DONE: "success", RUNNING: "info", WAITING: ""}


@dataclass(frozen=True, slots=True)
class Task:
    """Aufgabe: one stage with its state in words; `may_stay` when the next stage need not wait for it."""

    title: str
    url: str
    status: str
    hint: str = ""
    may_stay: bool = False
    is_next: bool = False

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return KINDS[self.status]


def tasks_of(election: ElectionView) -> tuple[Task, ...]:
    """Aufgaben einer Wahl, the next one marked; a task that cannot be done yet waits."""
    tasks = (
        _municipality(election),
        _rules(election),
        _roll(election),
        _nominations(election),
        _districts(election),
        _counting(election),
        _result(election),
        _publication(election),
        _mandates(election),
    )
    urgent = [place for place, task in enumerate(tasks) if task.status in (OPEN, RUNNING) and not task.may_stay]
    if not urgent:
        return tasks
    return tuple(replace(task, is_next=place == urgent[0]) for place, task in enumerate(tasks))


def _url(endpoint: str, election: ElectionView) -> str:
    return url_for(f"office.{endpoint}", election_id=election.election_id)


def _municipality(election: ElectionView) -> Task:
    title, url = "Angaben zur Körperschaft prüfen", _url("municipality", election)
    missing = unsaid(setup.municipality(archive.session(), election.municipality_id))
    if missing:
        return Task(title, url, OPEN, f"Für das endgültige Ergebnis fehlt: {', '.join(missing)}.", may_stay=True)
    return Task(title, url, DONE)


def _rules(election: ElectionView) -> Task:
    title, url = "Regeln der Wahl bestätigen", _url("rules", election)
    still = len(rule_set(archive.session(), election.election_id).to_be_confirmed())
    if still:
        return Task(title, url, OPEN, f"{words.counted(still, 'Regel ist', 'Regeln sind')} noch zu bestätigen.")
    return Task(title, url, DONE)


def _roll(election: ElectionView) -> Task:
    title, url = "Wählerverzeichnis aufstellen", _url("roll", election)
    persons: Counter[str] = Counter()
    for count in roll.verdict_counts(archive.session(), election.election_id):
        persons[count.entitled] += count.persons
    if not persons:
        return Task(title, url, OPEN, "Es ist noch kein Auszug aus dem Melderegister eingelesen.")
    entitled = f"{words.counted(persons['yes'], 'Person ist', 'Personen sind')} wahlberechtigt"
    if persons["unclear"]:
        return Task(title, url, RUNNING, f"{entitled}, {words.number(persons['unclear'])} noch unklar.", may_stay=True)
    return Task(title, url, DONE, f"{entitled}.")


def _districts(election: ElectionView) -> Task:
    title, url = "Stimmbezirke und Briefwahlbezirke anlegen", _url("districts", election)
    present = setup.districts(archive.session(), election.election_id)
    if not present:
        return Task(title, url, OPEN, "Gezählt wird je Stimmbezirk; bei reiner Briefwahl genügt einer.")
    return Task(title, url, DONE, words.counted(len(present), "Bezirk", "Bezirke"))


def _nominations(election: ElectionView) -> Task:
    title, url = "Wahlvorschläge erfassen und zulassen", _url("nominations", election)
    if election.nominations_closed_at_utc is not None:
        admitted = [of for of in nominations.nominations(archive.session(), election.election_id) if of.number is not None]
        return Task(title, url, DONE, f"{words.counted(len(admitted), 'Wahlvorschlag', 'Wahlvorschläge')} auf dem Stimmzettel.")
    received = nominations.nominations(archive.session(), election.election_id)
    if not received:
        return Task(title, url, OPEN, "Es ist noch kein Wahlvorschlag erfasst.")
    return Task(title, url, RUNNING, f"{words.counted(len(received), 'Wahlvorschlag', 'Wahlvorschläge')} erfasst, noch nicht zugelassen.")


def _counting(election: ElectionView) -> Task:
    title = "Stimmen zählen"
    if election.nominations_closed_at_utc is None:
        return Task(title, "", WAITING, "Erst müssen die Wahlvorschläge zugelassen sein.")
    counts = [counting.count(archive.session(), of.district_id) for of in setup.districts(archive.session(), election.election_id)]
    closed = sum(count.closed_at_utc is not None for count in counts)
    if counts and closed == len(counts):
        return Task(title, _url("counting", election), DONE, "Alle Bezirke sind abgeschlossen.")
    begun = any(count.version for count in counts)
    return Task(title, _url("counting", election), RUNNING if begun else OPEN, f"{closed} von {len(counts)} Bezirken abgeschlossen.")


def _result(election: ElectionView) -> Task:
    title, session = "Ergebnis ermitteln", archive.session()
    if election.nominations_closed_at_utc is None or results.missing(session, election.election_id):
        return Task(title, "", WAITING, "Erst müssen alle Bezirke abgeschlossen sein.")
    try:
        question = results.result(session, election.election_id).question
    except Refused as error:
        return Task(title, _url("result", election), OPEN, str(error))
    if question is not None:
        return Task(title, _url("result", election), OPEN, f"Über Sitz {question.seat} muss das Los entscheiden.")
    return Task(title, _url("result", election), DONE, "Die Sitze sind verteilt.")


def _publication(election: ElectionView) -> Task:
    title, url = "Ergebnis veröffentlichen", _url("publication", election)
    versions = published.versions(archive.session(), election.election_id)
    newest = versions[0] if versions else None
    if newest is None or newest.label == Label.INTERIM.value:
        if _result(election).status == DONE:
            return Task(title, url, OPEN, "Prüfen Sie die Bekanntmachung und veröffentlichen Sie das vorläufige Ergebnis.")
        if newest is None:
            return Task(title, "", WAITING, "Erst muss das Ergebnis ermittelt sein.")
        return Task(
            title, url, RUNNING, f"Zwischenstand veröffentlicht: Fassung {newest.number}, {words.moment(newest.published_at_utc)}."
        )
    return Task(title, url, DONE, f"Fassung {newest.number} ({newest.label}) vom {words.moment(newest.published_at_utc)}.")


def _mandates(election: ElectionView) -> Task:
    title, url, session = "Annahme der Wahl und Nachrücken verfolgen", _url("mandates", election), archive.session()
    if election.nominations_closed_at_utc is None or not determination.is_determined(session, election.election_id):
        return Task(title, "", WAITING, "Erst muss der Wahlausschuss das Ergebnis feststellen.")
    try:
        known = mandates(session, election.election_id)
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
