"""The tasks of an election in the order of the law: what is done, what is open, what comes next."""

from dataclasses import dataclass, replace

from flask import url_for

from beiratswahl import words
from beiratswahl.access import archive
from beiratswahl.operations.setup import rule_set
from beiratswahl.store.read import counting, nominations, published, setup
from beiratswahl.store.read.setup import ElectionView

OPEN, DONE, RUNNING, WAITING = "offen", "erledigt", "läuft", "noch nicht möglich"
KINDS = {OPEN: "warning", DONE: "success", RUNNING: "info", WAITING: ""}


@dataclass(frozen=True, slots=True)
class Task:
    """Aufgabe: one stage with its state in words."""

    title: str
    url: str
    status: str
    hint: str = ""
    is_next: bool = False

    @property
    def kind(self) -> str:
        """The colour of the state."""
        return KINDS[self.status]


def tasks_of(election: ElectionView) -> tuple[Task, ...]:
    """Aufgaben einer Wahl, the next one marked; a task that cannot be done yet waits."""
    tasks = (
        _rules(election),
        _districts(election),
        _nominations(election),
        _counting(election),
        _publication(election),
    )
    for position, task in enumerate(tasks):
        if task.status in (OPEN, RUNNING):
            return (*tasks[:position], replace(task, is_next=True), *tasks[position + 1 :])
    return tasks


def _url(endpoint: str, election: ElectionView) -> str:
    return url_for(f"office.{endpoint}", election_id=election.election_id)


def _rules(election: ElectionView) -> Task:
    title, url = "Regeln der Wahl bestätigen", _url("rules", election)
    still = len(rule_set(archive.session(), election.election_id).to_be_confirmed())
    if still:
        return Task(title, url, OPEN, f"{words.counted(still, 'Regel ist', 'Regeln sind')} noch zu bestätigen.")
    return Task(title, url, DONE)


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


def _publication(election: ElectionView) -> Task:
    title = "Ergebnis veröffentlichen"
    versions = published.versions(archive.session(), election.election_id)
    if not versions:
        return Task(title, "", WAITING, "Erst muss das Ergebnis ermittelt sein.")
    newest = versions[0]
    return Task(
        title, _url("publication", election), DONE, f"Fassung {newest.number} ({newest.label}) vom {words.moment(newest.published_at_utc)}."
    )
