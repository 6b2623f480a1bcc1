"""Persons of the roll: the lists, the page of a case with everything about it, and the blocked address, which is shown on demand only."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive, login
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office import roll_cases, roll_timeline, roll_words
from beiratswahl.office.frame import may, show
from beiratswahl.office.roll_next_step import Case, next_step
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.nationalities import nationality_name
from beiratswahl.operations.roll_addresses import reveal_address
from beiratswahl.operations.roll_entries import stage_of
from beiratswahl.store.read import electoral_roll, roll_duplicates
from beiratswahl.store.read import roll as read
from beiratswahl.store.read import roll_cases as cases_read
from beiratswahl.store.read.roll_standing import standing_of
from beiratswahl.store.read.roll_views import PersonView
from beiratswahl.store.read.roll_work import WorkList, is_in


class RevealForm(Form):
    """Gesperrte Anschrift ansehen."""

    reason = StringField(
        "Wofür brauchen Sie die Anschrift?",
        validators=[InputRequired("Schreiben Sie den Grund; er steht im Amtsbuch."), Length(max=300)],
    )


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    door.add_url_rule(f"{base}/personen", "persons", persons)
    door.add_url_rule(f"{base}/person/<int:person_id>", "person", person)
    door.add_url_rule(f"{base}/person/<int:person_id>/anschrift", "blocked_address", blocked_address, methods=["GET", "POST"])


@holding(Permission.KEEP_ROLL)
def persons(election_id: int) -> ResponseReturnValue:
    """Personen suchen und auswählen; without a choice the unclear ones."""
    session, wanted = archive.session(), roll_cases.wanted()
    page = read.person_page(session, election_id, wanted, request.args.get("seite", 1, type=int))
    going = {"liste": wanted.work.value} if wanted.work else {}
    choice = {**going, **{name: value for name, value in roll_cases.kept().items() if name != "seite"}}
    rights = cases_read.other_rights(session, election_id, [line.id for line in page.lines], municipalities())
    return show(
        "roll/persons.html",
        "roll",
        wanted=wanted,
        page=page,
        words=roll_words,
        # „alle“ has to stay chosen: without any choice the list would be that of the unclear cases again
        choice=choice or {"suche": ""},
        title=roll_cases.title_of(wanted),
        rights=rights,
    )


@holding(Permission.KEEP_ROLL)
def person(election_id: int, person_id: int) -> ResponseReturnValue:
    """Ein Fall: what holds and why, what comes next, and everything that happened. A blocked address is never in it."""
    view = found(election_id, person_id)
    session = archive.session()
    objections = electoral_roll.objections(session, election_id, person_id)
    doubles = roll_duplicates.duplicate_decisions(session, election_id, person_id)
    kept, entry = roll_cases.kept(), electoral_roll.entry_of(session, election_id, person_id)
    letters = cases_read.letters(session, person_id)
    again = is_in(session, person_id, WorkList.ENTITLED_AGAIN)
    return show(
        "roll/person.html",
        "roll",
        view=view,
        nationalities=", ".join(nationality_name(key) for key in view.line.nationalities),
        words=roll_words,
        course=roll_cases.course(election_id, person_id),
        kept=kept,
        step=next_step(election_id, Case(view, letters, objections, doubles, kept, entry, stage_of(session, election_id), again)),
        events=roll_timeline.timeline(place().municipality.municipality_id, election_id, view),
        entry=entry,
        standing=standing_of(session, person_id),
        written=next((one for one in letters if one.kept and one.letter_id == request.args.get("schreiben", type=int)), None),
        rights=cases_read.other_rights(session, election_id, [person_id], municipalities()).get(person_id, ()),
        objections=objections,
        doubles=[one for one in doubles if one.same],
        may_reveal=may(Permission.REVEAL_ADDRESS),
        clarifiable=roll_cases.matters_of(view),
        may_write=view.applications or view.line.entitled == "unclear" or any(one.counts for one in view.clarifications),
    )


@holding(Permission.REVEAL_ADDRESS)
def blocked_address(election_id: int, person_id: int) -> ResponseReturnValue:
    """Gesperrte Anschrift: asked for with a reason, shown once, never kept by the browser."""
    view = found(election_id, person_id)
    form, refusal, address = RevealForm(), "", None
    if not view.line.blocks:
        refusal = "Die Anschrift dieser Person ist nicht gesperrt; sie steht auf ihrer Seite."
    elif form.validate_on_submit():
        try:
            address = reveal_address(desk(), person_id, form.reason.data)
        except Refused as error:
            refusal = str(error)
    refused = bool(form.errors or (refusal and request.method == "POST"))
    return show(
        "roll/blocked_address.html",
        "roll",
        view=view,
        form=form,
        refusal=refusal,
        address=address,
        refused=refused,
        kept=roll_cases.kept(),
    )


def found(election_id: int, person_id: int) -> PersonView:
    """The person of an address; 404 when the election has none like that."""
    view = read.person_view(archive.session(), election_id, person_id)
    if view is None:
        abort(404)
    return view


def municipalities() -> frozenset[int]:
    """Municipalities whose roll the logged-in account keeps."""
    somebody = login.current()
    return somebody.municipalities(Permission.KEEP_ROLL) if somebody else frozenset()
