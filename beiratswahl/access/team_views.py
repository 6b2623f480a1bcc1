"""Counting teams log in: a link, the names of those who sit at the device, and a code that the chair confirms on another screen."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive, login
from beiratswahl.access.gates import public
from beiratswahl.access.team_codes import code_of
from beiratswahl.operations import team_devices
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.link_secrets import digest
from beiratswahl.operations.team_devices import DeviceState
from beiratswahl.store.read import setup
from beiratswahl.store.read import teams as read

#: where the browser keeps the secret of a device that waits
WAITING = "team_device"
SEE_OTHER, UNPROCESSABLE, NOT_FOUND = 303, 422, 404


def add_to(pages: Blueprint) -> None:
    """Hang the pages of the log-in of counting teams."""
    pages.add_url_rule("/gruppe/warten", "team_waits", team_waits)
    pages.add_url_rule("/gruppe/<secret>", "team_asks", team_asks, methods=["GET", "POST"])


@public
def team_asks(secret: str) -> ResponseReturnValue:
    """Wer sitzt an diesem Gerät? Tells nothing of the election beyond what stands on the card."""
    team = read.team_of_link(archive.session(), digest(secret.replace("-", "").lower()))
    if team is None:
        return render_template("shared/team_link_void.html"), NOT_FOUND
    district = setup.district(archive.session(), team.district_id)
    if district is None:
        abort(NOT_FOUND)
    names, refusal = request.form.getlist("person")[: team_devices.MOST_PERSONS], ""
    if request.method == "POST":
        try:
            session[WAITING] = team_devices.ask(login.desk(), secret.replace("-", "").lower(), names).token
            return redirect(url_for("access.team_waits"), SEE_OTHER)
        except Refused as error:
            refusal = str(error)
    names += [""] * (team_devices.MOST_PERSONS - len(names))
    page = render_template("shared/team_asks.html", team=team, district=district, names=names, refusal=refusal)
    return page, UNPROCESSABLE if refusal else 200


@public
def team_waits() -> ResponseReturnValue:
    """Der Code, until the chair has confirmed it; the page asks again by itself."""
    token = session.get(WAITING, "")
    device = read.device_of(archive.session(), digest(token)) if token else None
    if device is not None and team_devices.holds(device, DeviceState.CONFIRMED):
        try:
            fresh = team_devices.take_up(login.desk(), token)
        except Refused:
            fresh = None
        person = login.team_of(fresh) if fresh else None
        if person is not None:
            session.pop(WAITING, None)
            login.admit(person)
            flash("Der Wahlvorsteher hat Ihre Gruppe zugelassen.", "success")
            return redirect(url_for("counting.start"), SEE_OTHER)
    if login.current() is not None:
        return redirect(url_for("counting.start"), SEE_OTHER)
    waiting = device is not None and team_devices.holds(device, DeviceState.WAITING)
    refused = device is not None and device.state == DeviceState.REFUSED.value
    code = code_of(current_app.config["SECRET_KEY"], device.device_id, device.asked_at_utc) if device and waiting else ""
    return render_template("shared/team_waits.html", device=device, code=code, waiting=waiting, refused=refused)
