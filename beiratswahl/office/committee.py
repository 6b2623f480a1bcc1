"""The sittings of the Wahlausschuss: planning them, their pages and papers."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.law.committee import CommitteeFunction
from beiratswahl.office.committee_acts import act
from beiratswahl.office.committee_page import show_sitting, sitting_here
from beiratswahl.office.frame import done, show
from beiratswahl.operations import committee, committee_papers
from beiratswahl.operations.committee import ADMISSION_AGENDA, SittingData
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import committee as read
from beiratswahl.store.read import nominations as read_nominations
from beiratswahl.store.read.committee import SittingView

HOUR = r"([01]?\d|2[0-3]):[0-5]\d$"


#: what is printed of a sitting
PAPERS: dict[str, Callable[..., bytes]] = {
    "einladung": committee_papers.invitation_pdf,
    "bekanntmachung": committee_papers.announcement_pdf,
    "niederschrift": committee_papers.minutes_pdf,
}


MEMBERS = (
    CommitteeFunction.CHAIR,
    CommitteeFunction.DEPUTY_CHAIR,
    CommitteeFunction.ASSESSOR,
    CommitteeFunction.DEPUTY_ASSESSOR,
    CommitteeFunction.RECORDER,
    CommitteeFunction.CONTACT,
)


class SittingForm(Form):
    """Sitzung des Wahlausschusses."""

    day = DateField("Tag der Sitzung", validators=[InputRequired("Geben Sie den Tag der Sitzung ein.")])
    begins = StringField(
        "Beginn",
        validators=[
            InputRequired("Geben Sie den Beginn ein, zum Beispiel 16:00."),
            Regexp(HOUR, message="Schreiben Sie die Uhrzeit wie 16:00."),
        ],
    )
    room = StringField("Ort", validators=[InputRequired("Geben Sie den Ort der Sitzung ein."), Length(max=200)])
    invited_on = DateField("Einladungen versandt am", validators=[Optional()])
    agenda = TextAreaField("Tagesordnung", validators=[InputRequired("Geben Sie die Tagesordnung ein."), Length(max=4000)])
    chair = StringField("Vorsitz", validators=[InputRequired("Geben Sie an, wer den Vorsitz führt."), Length(max=120)])
    deputy_chair = StringField("Stellvertretung des Vorsitzes", validators=[Length(max=120)])
    assessors = TextAreaField("Beisitzerinnen und Beisitzer", validators=[Length(max=2000)])
    deputy_assessors = TextAreaField("Stellvertretungen, die statt ihrer kommen", validators=[Length(max=2000)])
    recorder = StringField("Schriftführung", validators=[Length(max=120)])
    contacts = TextAreaField("Vertrauenspersonen", validators=[Length(max=4000)])


FIELDS = dict(zip(MEMBERS, ("chair", "deputy_chair", "assessors", "deputy_assessors", "recorder", "contacts"), strict=True))


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/wahlausschuss"
    door.add_url_rule(base, "committee", overview)
    door.add_url_rule(f"{base}/neu", "plan_sitting", plan, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:number>", "sitting", sitting)
    door.add_url_rule(f"{base}/<int:number>/aendern", "change_sitting", change, methods=["GET", "POST"])
    door.add_url_rule(f"{base}/<int:number>/druck/<which>.pdf", "sitting_paper", paper)
    door.add_url_rule(f"{base}/<int:number>/<which>", "sitting_act", act, methods=["POST"])


@holding(Permission.KEEP_NOMINATIONS)
def overview(election_id: int) -> ResponseReturnValue:
    """Alle Sitzungen."""
    return show("committee/overview.html", "nominations", sittings=read.sittings(archive.session(), election_id))


@holding(Permission.KEEP_NOMINATIONS)
def plan(election_id: int) -> ResponseReturnValue:
    """Sitzung ansetzen; members are those of the sitting before."""
    form = SittingForm(data=_proposed(election_id))
    return _edit(form, None, lambda data: committee.plan_sitting(desk(), election_id, data))


@holding(Permission.KEEP_NOMINATIONS)
def change(election_id: int, number: int) -> ResponseReturnValue:
    """Sitzung ändern."""
    view = sitting_here(election_id, number)
    at = clock.local(view.begins_at_utc)
    values = {"day": at.date(), "begins": f"{at:%H:%M}", "room": view.room, "invited_on": view.invited_on, "agenda": "\n".join(view.agenda)}
    form = SittingForm(data={**values, **_members_of(view)})
    return _edit(form, view, lambda data: committee.change_sitting(desk(), view.sitting_id, data))


@holding(Permission.KEEP_NOMINATIONS)
def sitting(election_id: int, number: int) -> ResponseReturnValue:
    """Eine Sitzung: was als Nächstes zu tun ist, Anwesenheit, Beschlüsse."""
    return show_sitting(sitting_here(election_id, number))


@holding(Permission.KEEP_NOMINATIONS)
def paper(election_id: int, number: int, which: str) -> ResponseReturnValue:
    """Einladung, Bekanntmachung oder Niederschrift."""
    view = sitting_here(election_id, number)
    if which not in PAPERS:
        abort(404)
    try:
        content = PAPERS[which](archive.session(), view, clock.today())
    except Refused as error:
        return show_sitting(view, str(error))
    name = f"wahlausschuss-{number}-{which}.pdf"
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _edit(form: SittingForm, view: SittingView | None, act: Callable[[SittingData], object]) -> ResponseReturnValue:
    refusal = ""
    if form.validate_on_submit():
        try:
            act(_data(form))
            if view is not None:
                return done("Die Sitzung ist geändert.", "sitting", number=view.number)
            newest = read.sittings(archive.session(), place().election.election_id)[-1].number
            return done("Die Sitzung ist angesetzt. Drucken Sie jetzt die Einladung.", "sitting", number=newest)
        except Refused as error:
            refusal = str(error)
    return show("committee/plan.html", "nominations", form=form, sitting=view, refusal=refusal, refused=bool(refusal or form.errors))


def _proposed(election_id: int) -> dict[str, object]:
    """Agenda of an admission, the members of the sitting before, the Vertrauenspersonen of the nominations and their deputies."""
    before = read.sittings(archive.session(), election_id)
    known: dict[str, object] = dict(_members_of(before[-1])) if before else {"chair": place().municipality.returning_officer}
    found = read_nominations.nominations(archive.session(), election_id)
    people = [name for of in found for name in (of.contact_name, of.deputy_name) if name]
    return {"agenda": "\n".join(ADMISSION_AGENDA), **known, "contacts": "\n".join(dict.fromkeys(people))}


def _members_of(view: SittingView) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for of in view.attendances:
        if of.function in FIELDS:
            found.setdefault(FIELDS[CommitteeFunction(of.function)], []).append(of.name)
    return {name: "\n".join(people) for name, people in found.items()}


def _data(form: SittingForm) -> SittingData:
    hour = form.begins.data.rjust(5, "0")
    begins = datetime.fromisoformat(f"{form.day.data.isoformat()}T{hour}")
    members = [(name, function) for function, field in FIELDS.items() for name in _lines(form[field].data)]
    return SittingData(clock.from_local(begins), form.room.data, _lines(form.agenda.data), tuple(members), form.invited_on.data)


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())
