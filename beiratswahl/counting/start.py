"""Start of this door: the polling districts of a person, one district as a list of tasks, and the card of the keys."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import holding, holding_anywhere
from beiratswahl.access.login import Person
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.command import FINDINGS
from beiratswahl.counting.progress import tasks_of
from beiratswahl.operations.ballot_words import FINDINGS as FINDING_WORDS
from beiratswahl.operations.closing import control
from beiratswahl.store.read import setup
from beiratswahl.store.read.setup import DistrictView, ElectionView


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/", "start", start)
    door.add_url_rule("/karte", "card", card)
    door.add_url_rule("/stimmbezirk/<int:district_id>/", "district", district)
    door.add_url_rule("/stimmbezirk/<int:district_id>/lage", "standing", standing)


@holding_anywhere(Permission.JOIN_COUNT)
def start() -> ResponseReturnValue:
    """Meine Stimmbezirke; with a single one straight to it."""
    person = login.current()
    mine = _mine(person) if person else []
    only = [each.district_id for _, districts in mine for each in districts]
    if len(only) == 1:
        return redirect(url_for("counting.district", district_id=only[0]))
    names = {each.municipality_id: setup.municipality(archive.session(), each.municipality_id).name for each, _ in mine}
    return render_template("counting/start.html", mine=mine, names=names)


@holding(Permission.JOIN_COUNT)
def district(district_id: int) -> ResponseReturnValue:
    """Ein Stimmbezirk: was zu tun ist."""
    found = control(archive.session(), district_id)
    tasks = tasks_of(frame.here(), found, frame.may)
    following = next((each for each in tasks if each.is_next), None)
    return frame.show(
        "district.html",
        frame.OVERVIEW,
        count=found.count,
        tasks=tasks,
        next_task=following,
        own_task=frame.task_words(task) if (task := frame.task()) else "",
        types=frame.may(Permission.SETTLE_ENTRIES),
    )


@holding(Permission.JOIN_COUNT)
def standing(district_id: int) -> ResponseReturnValue:
    """Lage im Stimmbezirk, which every page of it asks for every few seconds."""
    return render_template("counting/standing.html", district=frame.here(), **frame.standing(request.args.get("seite", "")))


@holding_anywhere(Permission.JOIN_COUNT)
def card() -> ResponseReturnValue:
    """Tastenkarte zum Ausdrucken."""
    findings = [(f"F{place}", FINDING_WORDS[finding.value]) for place, finding in enumerate(FINDINGS, start=1)]
    return render_template("counting/card.html", findings=findings)


def _mine(person: Person) -> list[tuple[ElectionView, list[DistrictView]]]:
    session = archive.session()
    whole = person.municipalities(Permission.JOIN_COUNT)
    mine = []
    for election in setup.elections(session, whole):
        districts = [
            each
            for each in setup.districts(session, election.election_id)
            if person.role_for(Permission.JOIN_COUNT, election.municipality_id, each.district_id)
        ]
        if districts:
            mine.append((election, districts))
    return mine
