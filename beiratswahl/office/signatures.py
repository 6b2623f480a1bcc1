"""Support signatures of a nomination: found by number in the roll or by name, counted as they come in."""

from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.office.nominations import may_change, nomination_here
from beiratswahl.office.roll_words import birthday
from beiratswahl.operations import signatures as operations
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import signatures as read
from beiratswahl.store.read.nominations import NominationView
from beiratswahl.store.read.signatures import SignerView

ENTITLED = {"yes": "wahlberechtigt", "no": "nicht wahlberechtigt", "unclear": "ungeklärt"}


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlvorschlaege/<int:nomination_id>/unterschriften"
    door.add_url_rule(base, "signatures", signatures, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:number>/beanstanden", "object_to_signature", objection, methods=["POST"])
    door.add_url_rule(f"{base}/<int:number>/entfernen", "remove_signature", remove, methods=["POST"])


@holding(Permission.KEEP_NOMINATIONS)
def signatures(election_id: int, nomination_id: int) -> ResponseReturnValue:
    """Unterschriften zeigen, Personen suchen, Unterschrift erfassen."""
    view = nomination_here(election_id, nomination_id)
    if request.method == "POST":
        try:
            person, name = request.form.get("person", ""), request.form.get("name", "")
            number = operations.enter_signature(
                desk(), nomination_id, int(person) if person.isdecimal() else None, name, _handed_in(), request.form.get("objection", "")
            )
        except Refused as error:
            return _page(view, str(error))
        return done(f"Unterschrift Nr. {number} ist erfasst.", "signatures", nomination_id=nomination_id)
    return _page(view)


@holding(Permission.KEEP_NOMINATIONS)
def objection(election_id: int, nomination_id: int, number: int) -> ResponseReturnValue:
    """Unterschrift beanstanden oder die Beanstandung aufheben."""
    view = nomination_here(election_id, nomination_id)
    try:
        text = request.form.get("objection", "")
        operations.object_to_signature(desk(), nomination_id, number, text)
    except Refused as error:
        return _page(view, str(error))
    said = "ist beanstandet" if text.strip() else "zählt wieder nach Melderegister und Wählerverzeichnis"
    return done(f"Unterschrift Nr. {number} {said}.", "signatures", nomination_id=nomination_id)


@holding(Permission.KEEP_NOMINATIONS)
def remove(election_id: int, nomination_id: int, number: int) -> ResponseReturnValue:
    """Falsch erfasste Unterschrift entfernen."""
    view = nomination_here(election_id, nomination_id)
    try:
        operations.remove_signature(desk(), nomination_id, number)
    except Refused as error:
        return _page(view, str(error))
    return done(f"Unterschrift Nr. {number} ist entfernt.", "signatures", nomination_id=nomination_id)


def _page(view: NominationView, refusal: str = "") -> ResponseReturnValue:
    search = request.values.get("suche", "").strip()
    return show(
        "nominations/signatures.html",
        "nominations",
        nomination=view,
        signed=operations.signature_count(archive.session(), view.election_id, view.nomination_id),
        may_change=may_change(view),
        search=search,
        found=_found(view.election_id, search),
        entitled=ENTITLED,
        birthday=birthday,
        most=read.MOST_FOUND,
        received=f"{clock.local(view.received_at_utc):%Y-%m-%d}",
        typed=request.form,
        refusal=refusal,
        refused=bool(refusal),
    )


def _found(election_id: int, search: str) -> tuple[SignerView, ...]:
    """Persons for "1/204" (district and number in the roll), or for a name."""
    district, slash, number = search.partition("/")
    if slash and district.strip().isdecimal() and number.strip().isdecimal():
        one = read.signer_by_number(archive.session(), election_id, int(district), int(number))
        return (one,) if one else ()
    return read.found_signers(archive.session(), election_id, search) if search else ()


def _handed_in() -> datetime | None:
    """Day and time at which a sheet came in later than the nomination; None for together with it.

    Raises:
        Refused: it is no day or no time.
    """
    day, hour = request.form.get("handed_in_day", ""), request.form.get("handed_in_hour", "")
    if not day:
        return None
    try:
        return clock.from_local(datetime.fromisoformat(f"{day}T{(hour.strip() or '00:00').rjust(5, '0')}"))
    except ValueError as error:
        raise Refused("Schreiben Sie Tag und Uhrzeit des Eingangs wie 17:45 oder 18:00:01.") from error
