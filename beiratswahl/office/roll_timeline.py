"""Verlauf eines Falls: everything that happened to a person in the roll, in the order of time."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from beiratswahl.access import archive
from beiratswahl.office import roll_words
from beiratswahl.operations.acts import Act
from beiratswahl.store.read import electoral_roll, journal, roll_cases, roll_duplicates
from beiratswahl.store.read.roll_views import ApplicationView, ClarificationView, DecisionView, PersonView
from beiratswahl.words import short_date


@dataclass(frozen=True, slots=True)
class Event:
    """Ereignis; `number` is that of a decision, whose facts and reasons can be opened."""

    at_utc: datetime
    title: str
    text: str = ""
    by: str = ""
    number: int | None = None
    letter_id: int | None = None


def timeline(municipality_id: int, election_id: int, view: PersonView) -> tuple[Event, ...]:
    """Verlauf, the newest first."""
    person_id = view.line.id
    found = [
        *(_decision(one, view) for one in view.decisions),
        *(event for one in view.applications for event in _application(one)),
        *(event for one in view.clarifications for event in _clarification(one)),
        *_letters(person_id),
        *_objections(election_id, person_id),
        *_corrections(election_id, person_id),
        *_duplicates(election_id, person_id),
    ]
    if view.line.blocks:
        found += _reveals(municipality_id, election_id, person_id)
    return tuple(sorted(found, key=lambda event: event.at_utc, reverse=True))


def _decision(one: DecisionView, view: PersonView) -> Event:
    answer = roll_words.answer(one.entitled, one.entry)
    first = "Aus dem Melderegister übernommen" if view.line.registered else "Ohne Meldepflicht aufgenommen (§ 26 BMG)"
    earlier = {of.number: of.cause for of in view.decisions}
    cause = first if one.number == 1 else earlier.get(one.number - 1, "")
    return Event(one.decided_at_utc, f"Entscheidung, Fassung {one.number}: {answer}", cause, number=one.number)


def _application(one: ApplicationView) -> Iterator[Event]:
    proof = f"Nachweis gesehen: {one.proof_kind}" if one.proof_kind else "kein Nachweis"
    dated = f" vom {short_date(one.proof_date)}" if one.proof_date else ""
    late = "" if one.in_time else "; verspätet"
    yield Event(one.received_at_utc, "Antrag eingegangen", f"{roll_words.GROUNDS[one.ground]}; {one.channel}; {proof}{dated}{late}")
    yield Event(one.recorded_at_utc, "Antrag erfasst", "ein zweiter Blick ist nötig" if one.second_look_needed else "", one.recorded_by)
    if one.second_look_at_utc:
        said = "Zweiter Blick: bestätigt" if one.second_look_agrees else "Zweiter Blick: zurückgegeben"
        yield Event(one.second_look_at_utc, said, one.second_look_remark, one.second_look_by)
    if one.withdrawn_at_utc:
        yield Event(one.withdrawn_at_utc, "Antrag gilt nicht mehr", one.withdrawn_reason, one.withdrawn_by)


def _clarification(one: ClarificationView) -> Iterator[Event]:
    dated = f" vom {short_date(one.proof_date)}" if one.proof_date else ""
    text = f"{one.finding}; {one.proof_kind}{dated}: {one.reason}"
    yield Event(one.recorded_at_utc, f"Feststellung des Wahlamts: {one.matter}", text, one.recorded_by)
    if one.withdrawn_at_utc:
        yield Event(one.withdrawn_at_utc, "Feststellung gilt nicht mehr", one.withdrawn_reason, one.withdrawn_by)


def _letters(person_id: int) -> Iterator[Event]:
    for one in roll_cases.letters(archive.session(), person_id):
        text = f"„{one.title}“ an {one.addressee}" + ("" if one.kept else "; mit gesperrter Anschrift, nicht aufbewahrt")
        yield Event(one.at_utc, "Schreiben erzeugt", text, one.by, letter_id=one.letter_id if one.kept else None)


def _objections(election_id: int, person_id: int) -> Iterator[Event]:
    for one in electoral_roll.objections(archive.session(), election_id, person_id):
        late = "; nach der Frist" if one.late else ""
        yield Event(one.received_at_utc, f"Einwendung eingegangen: {one.wanted}", f"von {one.raised_by}{late}", one.recorded_by)
        if one.decided_at_utc and one.granted is not None:
            said = "stattgegeben" if one.granted else "zurückgewiesen"
            waits = " (wartet auf den zweiten Blick)" if one.waits else ""
            yield Event(one.decided_at_utc, f"Über Einwendung entschieden: {said}{waits}", one.decision_reason, one.decided_by)
        if one.second_look_at_utc:
            said = "bestätigt" if one.second_look_agrees else "zurückgegeben"
            yield Event(one.second_look_at_utc, f"Zweiter Blick auf die Einwendung: {said}", one.second_look_remark, one.second_look_by)
        if one.withdrawn_at_utc:
            yield Event(one.withdrawn_at_utc, "Einwendung zurückgenommen", one.decision_reason, one.withdrawn_by)


def _corrections(election_id: int, person_id: int) -> Iterator[Event]:
    for one in electoral_roll.corrections(archive.session(), election_id, person_id):
        after = " (nach dem Abschluss)" if one.after_closing else ""
        yield Event(one.at_utc, f"Wählerverzeichnis berichtigt: {one.kind}{after}", f"{one.basis}: {one.reason}", one.by)


def _duplicates(election_id: int, person_id: int) -> Iterator[Event]:
    for one in roll_duplicates.duplicate_decisions(archive.session(), election_id, person_id):
        other = one.other_name if one.person_id == person_id else one.name
        title = f"Dieselbe Person wie {other}" if one.same else f"Nicht dieselbe Person wie {other}"
        yield Event(one.at_utc, title, one.reason, one.by)


def _reveals(municipality_id: int, election_id: int, person_id: int) -> Iterator[Event]:
    for one in journal.entries_of_act(archive.session(), municipality_id, election_id, Act.ADDRESS_REVEALED.value):
        noted = json.loads(one.details)
        if noted.get("person_id") == person_id and not noted.get("blocked_address"):
            yield Event(one.at_utc, Act.ADDRESS_REVEALED.value, str(noted.get("reason", "")), one.actor_name)
