"""The count as the office sees it: every polling district, live."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office.frame import done, show
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.closing import reopen_district
from beiratswahl.operations.count_progress import Stage, UnitProgress, progress
from beiratswahl.operations.counting_records import QUICK_REPORT, RECORD, TALLY_LIST, document
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.determination import is_determined
from beiratswahl.operations.tally import Tally, tallies, total
from beiratswahl.operations.unit_sizes import unit_sizes
from beiratswahl.store.read import published, setup

COLOURS = {Stage.DONE: "success", Stage.COUNTING: "info", Stage.LETTERS: "info", Stage.WAITING: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of the count: what is recorded, what it adds up to, and since when nothing has come."""

    progress: UnitProgress
    tally: Tally

    @property
    def state(self) -> tuple[str, str]:
        """The state in words and its colour."""
        return self.progress.stage.value, COLOURS[self.progress.stage]


class ReopenForm(Form):
    """Beschluss, die Zählung wieder zu öffnen."""

    reason = TextAreaField("Warum?", validators=[InputRequired("Schreiben Sie den Grund; er steht im Amtsbuch."), Length(min=3, max=500)])


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/wahl/<int:election_id>/zaehlung", "counting", overview)
    at = "/wahl/<int:election_id>/zaehlung/<int:district_id>"
    door.add_url_rule(f"{at}/niederschrift.pdf", "count_record", count_record)
    door.add_url_rule(f"{at}/zaehlliste.pdf", "tally_list", tally_list)
    door.add_url_rule(f"{at}/schnellmeldung.pdf", "quick_report", quick_report)
    door.add_url_rule(f"{at}/oeffnen", "reopen", reopen, methods=["GET", "POST"])


@holding(Permission.SEE_ELECTION)
def overview(election_id: int) -> ResponseReturnValue:
    """Stand der Zählung."""
    session = archive.session()
    try:
        paper = ballot_paper(session, election_id)
    except Refused as error:
        return show("counting/overview.html", "counting", lines=(), waiting=str(error), sums=None, lists=(), givers=(), small=0)
    every = progress(session, election_id)
    summed = tallies(session, paper, {each.unit.district.district_id: each.count.blank_ballots for each in every})
    lines = [Line(each, summed[each.unit.district.district_id]) for each in every]
    sums = total(line.tally for line in lines)
    votes = sums.list_votes(paper)
    lists = [(paper.names[key], votes[key]) for key in votes] if paper.lists_can_be_marked else []
    givers = [part for each in every for part in each.unit.parts[1:]]
    small = len(unit_sizes(session, election_id).proposals)
    return show(
        "counting/overview.html",
        "counting",
        lines=lines,
        waiting="",
        sums=sums,
        lists=lists,
        givers=givers,
        small=small,
        voters=sum(line.progress.voters or 0 for line in lines),
        closed=sum(line.progress.stage is Stage.DONE for line in lines),
    )


@holding(Permission.SEE_ELECTION)
def count_record(election_id: int, district_id: int) -> ResponseReturnValue:
    """Niederschrift eines abgeschlossenen Bezirks (§ 59 KWO)."""
    return _document(district_id, RECORD)


@holding(Permission.SEE_ELECTION)
def tally_list(election_id: int, district_id: int) -> ResponseReturnValue:
    """Zählliste eines abgeschlossenen Bezirks, Anlage der Niederschrift (§ 59 KWO)."""
    return _document(district_id, TALLY_LIST)


@holding(Permission.SEE_ELECTION)
def quick_report(election_id: int, district_id: int) -> ResponseReturnValue:
    """Schnellmeldung eines abgeschlossenen Bezirks (§ 58 KWO)."""
    return _document(district_id, QUICK_REPORT)


def _document(district_id: int, kind: str) -> Response:
    try:
        found = document(archive.session(), district_id, kind)
    except Refused:
        abort(404)
    return Response(found.pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{found.name}"'})


@holding(Permission.DETERMINE_RESULT)
def reopen(election_id: int, district_id: int) -> ResponseReturnValue:
    """Zählung eines abgeschlossenen Bezirks wieder öffnen."""
    district = setup.district(archive.session(), district_id)
    form = ReopenForm()
    refusal = ""
    if form.validate_on_submit():
        try:
            reopen_district(desk(), district_id, form.reason.data.strip())
            return done("Die Zählung ist wieder geöffnet.", "counting")
        except Refused as error:
            refusal = str(error)
    shown = next((of for of in published.versions(archive.session(), election_id) if of.withdrawn_at_utc is None), None)
    return show(
        "counting/reopen.html",
        "counting",
        form=form,
        district=district,
        determined=is_determined(archive.session(), election_id),
        published=shown,
        refusal=refusal,
        refused=bool(refusal or form.errors),
    )
