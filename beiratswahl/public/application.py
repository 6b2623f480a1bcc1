"""Antrag auf Eintragung: filled in on a page, printed as PDF with its code, and forgotten; or empty, to be filled in by hand."""

from datetime import UTC, datetime, time
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request
from wtforms import DateField, Form, RadioField, StringField
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Regexp

from beiratswahl import words
from beiratswahl.access.forms import open_to_everyone
from beiratswahl.access.gates import public
from beiratswahl.documents.application_code import ApplicationFields
from beiratswahl.documents.application_form import ApplicationSheet, print_application
from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.documents.typeface import UnprintableCharacter
from beiratswahl.law.facts import ParentStatus
from beiratswahl.public import answers, self_check
from beiratswahl.public.elections import PublicElection, election_of
from beiratswahl.public.languages import add_page, gettext
from beiratswahl.public.self_check_facts import claims

LONGEST = 120
NO_STORE = "no-store"


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    add_page(door, "/wahl/<int:election_id>/antrag", "application", form)
    add_page(door, "/wahl/<int:election_id>/antrag", "filled_application", filled, methods=["POST"])
    door.add_url_rule("/wahl/<int:election_id>/antrag.pdf", "empty_application", empty)


@public
def form(election_id: int) -> Response:
    """Antrag zum Ausfüllen."""
    place = election_of(election_id)
    if self_check.past(place) and claims(place.sheet):
        return self_check.over(place)
    place = _open(election_id)
    return answers.page("application.html", place=place, form=_form(place), fault="")


@open_to_everyone
@public
def filled(election_id: int) -> Response:
    """Ausgefüllter Antrag as PDF; nothing of it is kept, here or on the way."""
    place = _open(election_id)
    given = _form(place, request.form)
    status, faults = 422, ""
    if given.validate():
        try:
            return _pdf(print_application(_sheet(place, _fields(place, given))), "antrag.pdf")
        except UnprintableCharacter:
            faults = gettext(
                "Ein Zeichen lässt sich nicht drucken. Schreiben Sie Ihren Namen so, wie er in Ihrem Ausweis in lateinischer Schrift steht."
            )
    page = make_response(render_template("public/application.html", place=place, form=given, fault=faults), status)
    page.headers["Cache-Control"] = NO_STORE
    return page


@public
def empty(election_id: int) -> Response:
    """Leerer Antrag as PDF."""
    return answers.file(print_application(_sheet(_open(election_id), None)), "application/pdf")


def _open(election_id: int) -> PublicElection:
    place = election_of(election_id)
    return place if self_check.offered(place) and claims(place.sheet) else abort(404)


def _form(place: PublicElection, given: Any = None) -> Form:
    needed = DataRequired(gettext("Bitte ausfüllen."))
    short = Length(max=LONGEST, message=gettext("Das ist zu lang."))
    reasons = {
        "NR1": gettext("Ich habe die deutsche und eine andere Staatsangehörigkeit."),
        "NR2A": gettext("Ich bin Spätaussiedlerin oder Spätaussiedler oder gehöre zu deren Familie."),
        "NR2B": gettext("Ich bin eingebürgert worden."),
        "NR2C": gettext("Ich bin durch Geburt in Deutschland deutsch geworden, beide Eltern waren Ausländer."),
        "NR2D": gettext("Ich bin durch Geburt deutsch, und mindestens ein Elternteil ist Ausländer, Spätaussiedler oder eingebürgert."),
    }
    parents = {
        "": gettext("trifft nicht zu"),
        ParentStatus.FOREIGNER.value: gettext("Er oder sie hat eine ausländische Staatsangehörigkeit."),
        ParentStatus.RESETTLER.value: gettext("Er oder sie kam als Spätaussiedler oder Spätaussiedlerin, auch als Familienmitglied."),
        ParentStatus.NATURALISED.value: gettext("Er oder sie ist eingebürgert und nur noch deutsch."),
    }
    offered = {name: reasons[name] for name in claims(place.sheet)}
    day = gettext("Bitte als Tag, Monat und Jahr angeben.")
    whose = gettext("Bitte wählen Sie, was auf den Elternteil zutrifft. Trifft nichts davon zu, wählen Sie oben einen anderen Grund.")

    class Application(Form):  # type: ignore[misc]  # WTForms is untyped
        family_name = StringField(gettext("Familienname"), [needed, short])
        given_names = StringField(gettext("Vornamen"), [needed, short])
        birth_date = DateField(gettext("Geburtsdatum"), [InputRequired(day)])
        street = StringField(gettext("Straße und Hausnummer"), [needed, short])
        postcode = StringField(gettext("Postleitzahl"), [needed, Regexp(r"\d{5}$", message=gettext("Eine Postleitzahl hat fünf Ziffern."))])
        town = StringField(gettext("Wohnort"), [needed, short])
        contact = StringField(gettext("Telefon oder E-Mail"), [short])
        ground = RadioField(
            gettext("Wie sind Sie deutsch geworden?"),
            [AnyOf(offered, message=gettext("Bitte wählen."))],
            choices=offered,
            validate_choice=False,
        )
        parent = RadioField(
            gettext("Nur wenn es um Ihre Eltern geht: Was trifft auf mindestens einen Elternteil zu?"),
            choices=parents,
            default="",
            validate_choice=False,
        )

        def validate(self, extra_validators: Any = None) -> bool:
            """A day that cannot be read is said in the language of the page; a claim by descent says by which parent."""
            fit: bool = super().validate(extra_validators)
            if self.birth_date.errors:
                self.birth_date.errors = (day,)
            if self.ground.data == "NR2D" and self.parent.data not in set(ParentStatus):
                self.parent.errors = (whose,)
                return False
            return fit

    return Application(given)


def _fields(place: PublicElection, given: Any) -> ApplicationFields:
    texts = {name: " ".join(given[name].data.split()) for name in ("family_name", "given_names", "street", "town", "contact")}
    return ApplicationFields(
        ags=place.sheet["ags"],
        election_day=place.election_day.isoformat(),
        birth_date=given.birth_date.data.isoformat(),
        postcode=given.postcode.data,
        ground=given.ground.data,
        parent=given.parent.data if given.ground.data == "NR2D" and given.parent.data in set(ParentStatus) else "",
        **texts,
    )


def _sheet(place: PublicElection, of: ApplicationFields | None) -> ApplicationSheet:
    due = next((one for one in place.deadlines if one.key == "applications"), None)
    hour = f", {due.hour} Uhr" if due and due.hour else ""
    office, *address = place.sheet["office"]
    published_at = place.information.published_at_utc if place.information else datetime.combine(place.election_day, time(), UTC)
    return ApplicationSheet(
        letterhead=Letterhead(place.authority, office, tuple(address)),
        council=place.council,
        election_day=place.election_day,
        grounds=claims(place.sheet),
        deadline=f"bis {words.weekday_date(due.day)}{hour}" if due else "",
        # the day a form was printed says nothing of the person
        created_at_utc=published_at,
        filled=of,
    )


def _pdf(content: bytes, name: str) -> Response:
    response = Response(content, mimetype="application/pdf")
    response.headers["Cache-Control"] = NO_STORE
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
