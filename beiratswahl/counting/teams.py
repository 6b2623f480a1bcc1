"""Zählgruppen zulassen: links on cards, requests with their code, devices that are logged in; on the chair's own screen (§ 55b KWO)."""

from typing import NamedTuple

import segno
from flask import Blueprint, current_app, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.access.team_codes import code_of
from beiratswahl.counting import frame
from beiratswahl.law.boards import LEAST_IN_GROUP, Function, TeamTask
from beiratswahl.operations import team_devices, teams
from beiratswahl.operations.boards import MOST_GROUPS
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.team_devices import DeviceState
from beiratswahl.store.read import boards
from beiratswahl.store.read import teams as read
from beiratswahl.store.read.boards import MemberView
from beiratswahl.store.read.teams import DeviceView, TeamView


class Request(NamedTuple):
    """Erbetene Anmeldung, as the chair sees it: the code, and what each person is on the board."""

    device: DeviceView
    number: int
    code: str
    persons: tuple[tuple[str, str], ...]
    fault: str


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/gruppen"
    door.add_url_rule(at, "teams", overview)
    door.add_url_rule(f"{at}/karte", "team_card", card, methods=["POST"])
    door.add_url_rule(f"{at}/<int:team_id>/aufgabe", "assign_task", assign, methods=["POST"])
    door.add_url_rule(f"{at}/<int:team_id>/sperren", "revoke_team_link", revoke, methods=["POST"])
    door.add_url_rule(f"{at}/geraet/<int:device_id>/zulassen", "confirm_team", confirm, methods=["POST"])
    door.add_url_rule(f"{at}/geraet/<int:device_id>/abweisen", "refuse_team", refuse, methods=["POST"])
    door.add_url_rule(f"{at}/geraet/<int:device_id>/abmelden", "end_team", end, methods=["POST"])


@holding(Permission.ADMIT_TEAMS)
def overview(district_id: int) -> ResponseReturnValue:
    """Gruppen eines Stimmbezirks."""
    return _page(district_id)


@holding(Permission.ADMIT_TEAMS)
def card(district_id: int) -> ResponseReturnValue:
    """Link ausgeben: the card to print, shown once."""
    typed = request.form.get("nummer", "").strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_GROUPS)) else 0
    try:
        secret = teams.issue_link(desk(), district_id, number, _chosen_task())
    except Refused as error:
        return _page(district_id, str(error))
    link = url_for("access.team_asks", secret="-".join(secret[at : at + 4] for at in range(0, len(secret), 4)), _external=True)
    picture = segno.make(link, error="m", micro=False).svg_data_uri(scale=6, border=4, dark="#000", light="#fff")
    return frame.show("team_card.html", frame.TEAMS, number=number, link=link, picture=picture)


@holding(Permission.ADMIT_TEAMS)
def assign(district_id: int, team_id: int) -> ResponseReturnValue:
    """Aufgabe einer Gruppe ändern."""
    try:
        task = _chosen_task()
        teams.assign_task(desk(), district_id, team_id, task)
    except Refused as error:
        return _page(district_id, str(error))
    words = frame.task_words(task) if task else "alle Aufgaben"
    return frame.done(f"Aufgabe geändert: {words}. Es gilt ab dem nächsten Klick der Gruppe.", "teams")


@holding(Permission.ADMIT_TEAMS)
def revoke(district_id: int, team_id: int) -> ResponseReturnValue:
    """Link sperren."""
    try:
        teams.revoke_link(desk(), district_id, team_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done("Der Link ist gesperrt; die Geräte der Gruppe sind abgemeldet.", "teams")


@holding(Permission.ADMIT_TEAMS)
def confirm(district_id: int, device_id: int) -> ResponseReturnValue:
    """Gruppe zulassen."""
    try:
        team_devices.confirm(desk(), district_id, device_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done("Die Gruppe ist zugelassen; ihr Gerät geht von selbst weiter. Die Personen sind als anwesend erfasst.", "teams")


@holding(Permission.ADMIT_TEAMS)
def refuse(district_id: int, device_id: int) -> ResponseReturnValue:
    """Gruppe abweisen."""
    try:
        team_devices.refuse(desk(), district_id, device_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done("Die Anmeldung ist abgewiesen.", "teams")


@holding(Permission.ADMIT_TEAMS)
def end(district_id: int, device_id: int) -> ResponseReturnValue:
    """Gerät abmelden."""
    try:
        team_devices.end(desk(), district_id, device_id)
    except Refused as error:
        return _page(district_id, str(error))
    return frame.done("Das Gerät ist abgemeldet. Was es erfasst hat, bleibt erfasst.", "teams")


def _chosen_task() -> TeamTask | None:
    """The task as chosen; None for all of them.

    Raises:
        Refused: there is no such task.
    """
    chosen = request.form.get("aufgabe", "")
    if chosen not in {"", *(task.value for task in TeamTask)}:
        raise Refused("Wählen Sie die Aufgabe der Gruppe aus der Liste.")
    return TeamTask(chosen) if chosen else None


def _usual_task(board: tuple[MemberView, ...]) -> str:
    """Vorschlag: where the people present are enough for one group only, it does everything."""
    free = sum(member.present and member.function != Function.CHAIR.value for member in board)
    return TeamTask.BALLOTS.value if free >= 2 * LEAST_IN_GROUP else ""


def _tasks() -> list[tuple[str, str]]:
    """Value and words of each choice."""
    return [("", "Alle Aufgaben"), *((task.value, frame.task_words(task)) for task in TeamTask)]


def _page(district_id: int, refusal: str = "") -> ResponseReturnValue:
    session, now = archive.session(), clock.now()
    board = boards.members(session, district_id)
    present = read.teams(session, district_id)
    number_of = {team.team_id: team.number for team in present}
    found = read.devices(session, district_id, tuple(state.value for state in DeviceState), now)
    working = {device.team_id: device for device in found if device.state in (DeviceState.CONFIRMED.value, DeviceState.WORKING.value)}
    waiting = [_request(each, number_of[each.team_id], board) for each in found if each.state == DeviceState.WAITING.value]
    return frame.show(
        "teams.html",
        frame.TEAMS,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        requests=waiting,
        lines=[(team, working.get(team.team_id), _here(board, team)) for team in present],
        next_number=next(number for number in range(1, MOST_GROUPS + 2) if number not in number_of.values()),
        most=MOST_GROUPS,
        tasks=_tasks(),
        usual=_usual_task(board),
    )


def _request(device: DeviceView, number: int, board: tuple[MemberView, ...]) -> Request:
    people, faults = [], []
    for name in device.persons:
        member = team_devices.member_named(board, name)
        people.append((name, member.function if member else "nicht im Wahlvorstand, wird als Hilfskraft eingetragen"))
        faults.append(team_devices.seat_fault(member, number) if member else "")
    code = code_of(current_app.config["SECRET_KEY"], device.device_id, device.asked_at_utc)
    return Request(device, number, code, tuple(people), " ".join(fault for fault in faults if fault))


def _here(board: tuple[MemberView, ...], team: TeamView) -> int:
    return sum(member.present for member in board if member.counting_group == team.number)
