"""Nächster Schritt eines Falls: the first thing that is still to be done for a person, or nothing."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flask import url_for

from beiratswahl import words
from beiratswahl.law.suffrage import Entitlement, Entry
from beiratswahl.operations.roll_entries import Stage
from beiratswahl.store.read.electoral_roll import EntryView, ObjectionView
from beiratswahl.store.read.roll_cases import LetterView
from beiratswahl.store.read.roll_duplicates import DuplicateView
from beiratswahl.store.read.roll_views import ApplicationView, PersonView

#: by whether the person is entitled
_BROUGHT_UP = {
    True: "Die Person ist wahlberechtigt und noch nicht eingetragen. Bis zur Einsicht trägt die Fortschreibung alle auf einmal ein.",
    False: "Die Person ist nicht mehr wahlberechtigt. Bis zur Einsicht setzt die Fortschreibung den Sperrvermerk N.",
}
_CORRECTED = {
    True: ("In das Wählerverzeichnis eintragen", "Die Person ist wahlberechtigt und noch nicht eingetragen (§§ 14, 15 KWO)."),
    False: (
        "Aus dem Wählerverzeichnis streichen",
        "Die Person ist nicht mehr wahlberechtigt. Hören Sie sie an, dann bekommt der Eintrag den Sperrvermerk N (§ 14 KWO).",
    ),
}
_HELD_UP = "Eingetragen wird erst, wenn eine zweite Person zugestimmt hat."
_LATE = "Der Antrag ist als verspätet erfasst; eine zweite Person prüft, ob Tag und Stunde des Eingangs stimmen."
_OPEN = (
    "Das Melderegister lässt offen, ob die Person wählen darf. Klären Sie das mit der Meldebehörde, der Ausländerbehörde oder der Person "
    "selbst, und halten Sie fest, was feststeht."
)
_OTHERS = "Auch Meldebehörde und Ausländerbehörde können Auskunft geben."


class Step(NamedTuple):
    """Schritt: what, why, and the page on which it is done."""

    title: str
    text: str
    url: str
    label: str


class Case(NamedTuple):
    """Fall: a person with what was written to her, raised against her entry, decided about second entries, and her entry in the roll.

    `kept` is the choice of the list, which goes on in every address; `entitled_again` is True where an N without a decision is to be
    lifted.
    """

    view: PersonView
    letters: tuple[LetterView, ...]
    objections: tuple[ObjectionView, ...]
    doubles: tuple[DuplicateView, ...]
    kept: Mapping[str, str]
    entry: EntryView | None
    stage: Stage
    entitled_again: bool


def next_step(election_id: int, case: Case) -> Step | None:
    """The first step that fits; None when nothing is to be done."""
    return next(
        (step for part in (_second_entry, _second_look, _objection, _entry, _late_look, _right) for step in part(election_id, case)), None
    )


def _to(endpoint: str, election_id: int, case: Case, **address: object) -> str:
    values: dict[str, object] = {"election_id": election_id, **address, **case.kept}
    return url_for(f"office.{endpoint}", **values)  # type: ignore[arg-type]  # the values of an address


def _second_entry(election_id: int, case: Case) -> Iterator[Step]:
    for one in case.doubles:
        if one.same and one.person_id == case.view.line.id and case.view.line.double:
            yield Step(
                "Mit dem Eintrag arbeiten, der bleibt",
                f"Dieser Registereintrag und „{one.other_name}“ sind eine Person. Er wird nicht in das Wählerverzeichnis eingetragen.",
                _to("person", election_id, case, person_id=one.other_id),
                "Eintrag öffnen, der bleibt",
            )


def _second_look(election_id: int, case: Case) -> Iterator[Step]:
    yield from _looks(election_id, case, in_time=True)


def _late_look(election_id: int, case: Case) -> Iterator[Step]:
    yield from _looks(election_id, case, in_time=False)


def _looks(election_id: int, case: Case, *, in_time: bool) -> Iterator[Step]:
    for one in (of for of in case.view.applications if of.in_time is in_time):
        if one.returned:
            yield Step(
                "Antrag berichtigen",
                f"{one.second_look_by} hat ihn zurückgegeben: {one.second_look_remark}",
                _to("correct_application", election_id, case, application_id=one.application_id),
                "Antrag berichtigen",
            )
        elif one.waits:
            yield Step(
                "Zweiter Blick auf den Antrag",
                f"Erfasst von {one.recorded_by}. {_HELD_UP if in_time else _LATE}",
                _to("look_again", election_id, case, application_id=one.application_id),
                "Antrag prüfen",
            )


def _objection(election_id: int, case: Case) -> Iterator[Step]:
    for one in case.objections:
        if one.is_open or one.waits:
            yield Step(
                "Über die Einwendung entscheiden" if one.is_open else "Zweiter Blick auf die Entscheidung über die Einwendung",
                f"{one.raised_by} beantragt: {one.wanted}.",
                _to("objection", election_id, case, objection_id=one.objection_id),
                "Einwendung öffnen",
            )


def _entry(election_id: int, case: Case) -> Iterator[Step]:
    line = case.view.line
    entitled = line.entitled == Entitlement.YES.value and not line.missing
    stands = case.entry is not None and not case.entry.blocked
    if case.stage not in (Stage.UPDATED, Stage.CORRECTED):
        return
    if entitled == stands:
        if stands and case.entry is not None and case.entry.outdated:
            yield _outdated(election_id, case)
        return
    if case.entitled_again:
        yield _lifted(election_id, case)
        return
    if entitled and (line.waits or line.double or case.entry is not None):
        return
    if case.stage is Stage.UPDATED:
        yield Step("Wählerverzeichnis fortschreiben", _BROUGHT_UP[entitled], _to("roll_book", election_id, case), "Zu den Einträgen")
    else:
        title, text = _CORRECTED[entitled]
        yield Step(title, text, _to("correct_roll", election_id, case, person_id=line.id), "Eintrag berichtigen")


def _lifted(election_id: int, case: Case) -> Step:
    told = "Der Eintrag bekam den Sperrvermerk N, als das Wahlrecht fehlte; jetzt ist die Person wieder wahlberechtigt. "
    if case.stage is Stage.UPDATED:
        told += "Die Fortschreibung hebt ihn auf."
        return Step("Wählerverzeichnis fortschreiben", told, _to("roll_book", election_id, case), "Zu den Einträgen")
    told += "Heben Sie ihn mit einer Wiederaufnahme auf (§§ 14, 15 KWO)."
    return Step("Wieder aufnehmen", told, _to("correct_roll", election_id, case, person_id=case.view.line.id), "Eintrag berichtigen")


def _outdated(election_id: int, case: Case) -> Step:
    told = "Name, Geburtsdatum, Anschrift oder Auskunftssperre sind im Melderegister andere als im Eintrag. "
    if case.stage is Stage.UPDATED:
        told += "Die Fortschreibung übernimmt sie; Stimmbezirk und Nummer bleiben."
        return Step("Wählerverzeichnis fortschreiben", told, _to("roll_book", election_id, case), "Zu den Einträgen")
    told += "Übernehmen Sie sie mit einer Berichtigung (§§ 14, 15 KWO)."
    return Step(
        "Angaben im Eintrag ändern", told, _to("correct_roll", election_id, case, person_id=case.view.line.id), "Eintrag berichtigen"
    )


def _right(election_id: int, case: Case) -> Iterator[Step]:
    line = case.view.line
    counting = [one for one in case.view.applications if one.withdrawn_at_utc is None]
    if line.missing:
        return
    if counting:
        yield from _after_application(election_id, case, counting[-1])
    elif line.entitled == Entitlement.UNCLEAR.value and line.entry != Entry.APPLICATION.value:
        yield _clarify(election_id, case)
    elif line.entry == Entry.APPLICATION.value:
        yield Step(
            "Antrag erfassen, sobald er eingeht",
            "Aus dem Melderegister ergibt sich kein Wahlrecht; die Person muss die Eintragung beantragen.",
            _to("record_application", election_id, case, person_id=line.id),
            "Antrag erfassen",
        )


def _clarify(election_id: int, case: Case) -> Step:
    asked = max((letter.at_utc for letter in case.letters), default=None)
    title = "Antwort abwarten, dann festhalten, was feststeht" if asked else "Angaben klären"
    text = f"Die Person ist am {words.moment(asked)} gefragt worden. {_OTHERS}" if asked else _OPEN
    return Step(title, text, _to("clarify", election_id, case, person_id=case.view.line.id), "Feststellung erfassen")


def _after_application(election_id: int, case: Case, last: ApplicationView) -> Iterator[Step]:
    answered = any(letter.at_utc >= max(last.recorded_at_utc, case.view.decisions[0].decided_at_utc) for letter in case.letters)
    if not answered:
        asks = case.view.line.entitled == Entitlement.UNCLEAR.value
        yield Step(
            "Fehlenden Nachweis anfordern" if asks else "Entscheidung mitteilen",
            "Das Schreiben nennt, was noch fehlt." if asks else "Das Schreiben nennt die Entscheidung mit ihren Gründen.",
            _to("write_letter", election_id, case, person_id=case.view.line.id),
            "Schreiben erzeugen",
        )
    elif case.view.line.entitled == Entitlement.UNCLEAR.value:
        yield Step(
            "Nachweis nachtragen, sobald er eingeht",
            "Das Schreiben ist hinaus; über den Antrag wird mit dem Nachweis neu entschieden.",
            _to("correct_application", election_id, case, application_id=last.application_id),
            "Nachweis nachtragen",
        )
