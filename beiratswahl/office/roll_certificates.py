"""Wahlscheine: the list, issuing for one and for many, what happens to one of them, and the list as CSV and for the polling boards."""

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect
from wtforms import DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from beiratswahl import csv_files
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done
from beiratswahl.office.roll_shelves import CERTIFICATES, show_shelf
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_certificate_changes import (
    invalidate_certificate,
    note_sent,
    replace_certificate,
    restore_certificate,
    take_back_certificate,
)
from beiratswahl.operations.roll_certificates import CertificateData, Delivery, issue_certificate, issue_certificates, told
from beiratswahl.operations.roll_papers import certificate_list
from beiratswahl.operations.roll_votes import roll_numbers_of
from beiratswahl.store.read import certificates as read
from beiratswahl.store.read import electoral_roll, setup
from beiratswahl.store.read.certificates import Choice
from beiratswahl.store.read.roll import PAGE_ROWS, person_view
from beiratswahl.store.read.roll_standing import standing_of
from beiratswahl.words import counted, moment, short_date

CHOICES = {
    Choice.ALL: "alle",
    Choice.WAITING: "noch nicht versandt",
    Choice.INVALID: "für ungültig erklärt",
    Choice.LATER: "nach dem Abschluss oder ohne Eintrag erteilt",
    Choice.BLOCKED: "gültig, aber Person gesperrt (N)",
}
DELIVERIES = {delivery.value: delivery.value for delivery in Delivery}


class IssueForm(Form):
    """Wahlschein für eine Person."""

    delivery = RadioField("Zustellung", choices=DELIVERIES, default=Delivery.POST.value)
    sent_on = DateField("Versandt oder ausgehändigt am", validators=[Optional()])
    number = StringField("Nummer des Wahlscheins", validators=[Length(max=40)])
    reason = TextAreaField("Begründung", validators=[Length(max=500)])


class IssueManyForm(Form):
    """Wahlscheine für viele."""

    district = SelectField("Stimmbezirk", coerce=int)
    numbers = TextAreaField("Laufende Nummern")
    everybody = RadioField("Für wen", choices={"": "Nummern aus der Liste", "alle": "alle Einträge ohne Wahlschein"}, default="")
    delivery = RadioField("Zustellung", choices=DELIVERIES, default=Delivery.POST.value)
    sent_on = DateField("Versandt am", validators=[Optional()])


class ReasonForm(Form):
    """Begründung einer Änderung."""

    reason = TextAreaField(
        "Begründung", validators=[InputRequired("Schreiben Sie die Begründung; sie steht im Amtsbuch."), Length(max=500)]
    )


class SentForm(Form):
    """Versand."""

    delivery = RadioField("Zustellung", choices=DELIVERIES)
    sent_on = DateField("Versandt oder ausgehändigt am", validators=[InputRequired("Geben Sie den Tag ein.")])


#: what may happen to one certificate: word in the address -> title, button, operation
CHANGES = {
    "ungueltig": ("Wahlschein für ungültig erklären", "Für ungültig erklären", invalidate_certificate),
    "zuruecknehmen": ("Vermerk W zurücknehmen", "Vermerk zurücknehmen", take_back_certificate),
    "wieder-gueltig": ("Ungültigkeit aufheben", "Wieder für gültig erklären", restore_certificate),
}


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    one = f"{base}/wahlscheine/<int:certificate_id>"
    both = ["GET", "POST"]
    door.add_url_rule(f"{base}/wahlscheine", "certificates", listed)
    door.add_url_rule(f"{base}/wahlscheine/erteilen", "issue_certificates", issue_many, methods=both)
    door.add_url_rule(f"{base}/wahlscheine.csv", "certificates_csv", as_csv)
    door.add_url_rule(f"{base}/wahlscheine.pdf", "certificates_pdf", as_pdf)
    door.add_url_rule(f"{base}/person/<int:person_id>/wahlschein", "issue_certificate", issue, methods=both)
    door.add_url_rule(one, "certificate", certificate)
    door.add_url_rule(f"{one}/ersatz", "replace_certificate", replace, methods=both)
    door.add_url_rule(f"{one}/versand", "certificate_sent", sent, methods=both)
    door.add_url_rule(f"{one}/<change>", "change_certificate", change, methods=both)


@holding(Permission.KEEP_ROLL)
def listed(election_id: int) -> ResponseReturnValue:
    """Wahlscheinverzeichnis."""
    session, choice, search = archive.session(), _choice(), request.args.get("suche", "").strip()
    page = max(1, request.args.get("seite", 1, type=int))
    return show_shelf(
        "certificates.html",
        CERTIFICATES,
        certificates=read.certificates(session, election_id, choice, search=search, page=page),
        numbers=read.certificate_numbers(session, election_id),
        book=electoral_roll.electoral_roll(session, election_id),
        choices=CHOICES,
        choice=choice,
        search=search,
        page=page,
        page_rows=PAGE_ROWS,
        Choice=Choice,
    )


@holding(Permission.KEEP_ROLL)
def issue_many(election_id: int) -> ResponseReturnValue:
    """Wahlscheine für viele erteilen: by roll numbers, as typed or scanned, or to everybody of a polling district."""
    form, refusal = IssueManyForm(), ""
    form.district.choices = [(one.district_id, f"{one.number} {one.name}") for one in setup.districts(archive.session(), election_id)]
    if form.validate_on_submit():
        try:
            numbers = () if form.everybody.data == "alle" else roll_numbers_of(form.numbers.data or "")
            data = CertificateData(Delivery(form.delivery.data), form.sent_on.data)
            issued = issue_certificates(desk(), form.district.data, numbers, data)
            said = f"{counted(issued.certificates, 'Wahlschein', 'Wahlscheine')} erteilt, Nummern {issued.first} bis {issued.last}."
            if issued.left_out:
                said += f" Ausgelassen: {told(issued.left_out)}."
            return done(said, "certificates")
        except Refused as error:
            refusal = str(error)
    return show_shelf("certificates_issue.html", CERTIFICATES, form=form, refusal=refusal, refused=bool(refusal or form.errors))


@holding(Permission.KEEP_ROLL)
def issue(election_id: int, person_id: int) -> ResponseReturnValue:
    """Wahlschein für eine Person erteilen."""
    view = person_view(archive.session(), election_id, person_id)
    if view is None:
        abort(404)
    form, refusal = IssueForm(), ""
    if form.validate_on_submit():
        try:
            number = issue_certificate(desk(), person_id, _data(form))
            return done(_issued(election_id, person_id, number), "certificates")
        except Refused as error:
            refusal = str(error)
    entry = electoral_roll.entry_of(archive.session(), election_id, person_id)
    held = read.certificates_of(archive.session(), election_id, person_id)
    standing = standing_of(archive.session(), person_id)
    context = {"form": form, "view": view, "entry": entry, "standing": standing.name, "held": held, "refusal": refusal}
    return show_shelf("certificate_issue.html", CERTIFICATES, refused=bool(refusal or form.errors), **context)


@holding(Permission.KEEP_ROLL)
def certificate(election_id: int, certificate_id: int) -> ResponseReturnValue:
    """Ein Wahlschein mit allem, was möglich ist."""
    book = electoral_roll.electoral_roll(archive.session(), election_id)
    return show_shelf("certificate.html", CERTIFICATES, one=_found(election_id, certificate_id), book=book)


@holding(Permission.KEEP_ROLL)
def replace(election_id: int, certificate_id: int) -> ResponseReturnValue:
    """Ersatz erteilen."""
    one, form, refusal = _found(election_id, certificate_id), IssueForm(), ""
    if form.validate_on_submit():
        try:
            number = replace_certificate(desk(), certificate_id, _data(form))
            return done(f"Wahlschein {number} ist als Ersatz erteilt; {one.number} ist ungültig.", "certificates")
        except Refused as error:
            refusal = str(error)
    context = {"form": form, "one": one, "refusal": refusal}
    return show_shelf("certificate_replace.html", CERTIFICATES, refused=bool(refusal or form.errors), **context)


@holding(Permission.KEEP_ROLL)
def sent(election_id: int, certificate_id: int) -> ResponseReturnValue:
    """Versand eintragen oder berichtigen."""
    one = _found(election_id, certificate_id)
    form, refusal = SentForm(data={"delivery": one.delivery, "sent_on": one.sent_on}), ""
    if form.validate_on_submit():
        try:
            note_sent(desk(), certificate_id, form.sent_on.data, Delivery(form.delivery.data))
            return done(f"Der Versand des Wahlscheins {one.number} ist eingetragen.", "certificate", certificate_id=certificate_id)
        except Refused as error:
            refusal = str(error)
    context = {"form": form, "one": one, "refusal": refusal}
    return show_shelf("certificate_sent.html", CERTIFICATES, refused=bool(refusal or form.errors), **context)


@holding(Permission.KEEP_ROLL)
def change(election_id: int, certificate_id: int, change: str) -> ResponseReturnValue:
    """Für ungültig erklären, Vermerk zurücknehmen, Ungültigkeit aufheben: each with a reason."""
    if change not in CHANGES:
        abort(404)
    one, form, refusal = _found(election_id, certificate_id), ReasonForm(), ""
    title, button, operation = CHANGES[change]
    if form.validate_on_submit():
        try:
            operation(desk(), certificate_id, form.reason.data)
            return done(f"{title}: Wahlschein {one.number}. Es ist im Amtsbuch festgehalten.", "certificate", certificate_id=certificate_id)
        except Refused as error:
            refusal = str(error)
    context = {"form": form, "one": one, "title": title, "button": button, "refusal": refusal, "change": change}
    return show_shelf("certificate_change.html", CERTIFICATES, refused=bool(refusal or form.errors), **context)


@holding(Permission.KEEP_ROLL)
def as_csv(election_id: int) -> ResponseReturnValue:
    """Wahlscheinverzeichnis als CSV, without addresses and birthdays."""
    columns = (
        *("Wahlschein", "Stimmbezirk", "Nr.", "Name", "erteilt", "Zustellung"),
        *("versandt", "nach dem Abschluss", "Ersatz für", "ungültig", "Grund"),
    )
    listed = read.certificates(archive.session(), election_id, _choice(), rows=None)
    return current_app.response_class(
        csv_files.table(columns, map(_cells, listed), marked=True),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="wahlscheinverzeichnis.csv"'},
    )


def _cells(one: read.CertificateView) -> tuple[object, ...]:
    return (
        *(one.number, one.district_number, one.roll_number or "", one.name, moment(one.issued_at_utc), one.delivery),
        *(short_date(one.sent_on) if one.sent_on else "", "ja" if one.after_closing else "", one.replaces),
        *(moment(one.invalidated_at_utc) if one.invalidated_at_utc else "", one.invalid_reason),
    )


@holding(Permission.KEEP_ROLL)
def as_pdf(election_id: int) -> ResponseReturnValue:
    """Verzeichnis der ungültigen oder der später oder ohne Eintrag erteilten Wahlscheine, for the polling boards."""
    choice = _choice()
    if choice not in (Choice.INVALID, Choice.LATER):
        return redirect(url_for("office.certificates", election_id=place().election.election_id))
    data = certificate_list(archive.session(), election_id, choice)
    return current_app.response_class(
        data, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="wahlscheine-{choice.value}.pdf"'}
    )


def _issued(election_id: int, person_id: int, number: str) -> str:
    """What the polling board sees of the new Wahlschein, and what it must be told (§ 21 KWO)."""
    entry = electoral_roll.entry_of(archive.session(), election_id, person_id)
    if entry is not None and entry.certificate:
        return f"Wahlschein {number} ist erteilt, der Eintrag hat den Vermerk W."
    why = "Die Person hat keinen Eintrag" if entry is None else "Das Wählerverzeichnis ist abgeschlossen, der Eintrag bleibt ohne Vermerk W"
    book = electoral_roll.electoral_roll(archive.session(), election_id)
    source = " (§ 21 KWO)" if book is not None and book.closed_at_utc is not None else ""
    return (
        f"Wahlschein {number} ist erteilt. {why}; der Wahlschein steht im besonderen Verzeichnis der später oder ohne Eintrag erteilten"
        f"{source}. Benachrichtigen Sie den Wahlvorstand: Geben Sie ihm dieses Verzeichnis."
    )


def _choice() -> Choice:
    asked = request.args.get("auswahl", "")
    return Choice(asked) if asked in {choice.value for choice in Choice} else Choice.ALL


def _data(form: IssueForm) -> CertificateData:
    return CertificateData(Delivery(form.delivery.data), form.sent_on.data, form.number.data or "", form.reason.data or "")


def _found(election_id: int, certificate_id: int) -> read.CertificateView:
    found = read.certificate(archive.session(), election_id, certificate_id)
    if found is None:
        abort(404)
    return found
