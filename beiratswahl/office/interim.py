"""Zwischenstand on the evening: what would be shown, what is held back and why, and one button."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.published import announce_change
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations import interim as operations
from beiratswahl.operations.desk import Refused


class InterimForm(Form):
    """Zwischenstand veröffentlichen; nothing is to be filled in."""


def add_to(door: Blueprint) -> None:
    """Hang the page."""
    door.add_url_rule("/wahl/<int:election_id>/veroeffentlichung/zwischenstand", "interim", interim, methods=["GET", "POST"])


@holding(Permission.PUBLISH)
def interim(election_id: int) -> ResponseReturnValue:
    """Zwischenstand ansehen und veröffentlichen."""
    form, refusal = InterimForm(), ""
    if form.validate_on_submit():
        try:
            number = operations.publish_interim(desk(), election_id)
            announce_change()
            return done(f"Fassung {number} ist veröffentlicht: der Zwischenstand.", "interim")
        except Refused as error:
            refusal = str(error)
    found, impossible = possible(election_id)
    return show(
        "publication/interim.html", "publication", form=form, found=found, impossible=impossible, refusal=refusal, refused=bool(refusal)
    )


def possible(election_id: int) -> tuple[operations.Interim | None, str]:
    """What an interim version would show; None with the reason while there is no ballot paper."""
    try:
        return operations.interim(archive.session(), election_id), ""
    except Refused as error:
        return None, str(error)
