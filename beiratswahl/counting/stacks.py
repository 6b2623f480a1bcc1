"""Stapel: unchanged ballots of each list and blank ballots, as numbers (KWO § 53 Abs. 1 Nr. 1 Buchst. a, Nr. 3)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.amounts import AmountField, amounts_form, page_version
from beiratswahl.counting.progress import progress_of
from beiratswahl.operations.counting import record_stacks
from beiratswahl.operations.desk import Refused
from beiratswahl.store.read import counting


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/stimmbezirk/<int:district_id>/stapel", "stacks", stacks, methods=["GET", "POST"])


@holding(Permission.RECORD_COUNT)
def stacks(district_id: int) -> ResponseReturnValue:
    """Stapel erfassen."""
    paper = frame.paper()
    count = counting.count(archive.session(), district_id)
    # on a paper without list marks there is no stack of unchanged ballots
    lists = {f"list_{of.nomination_id}": of for of in paper.nominations} if paper.lists_can_be_marked else {}
    fields = {name: AmountField(paper.names[str(of.number)]) for name, of in lists.items()}
    fields["blank"] = AmountField("Leere oder offensichtlich ungültige Stimmzettel")
    present = {f"list_{key}": number for key, number in count.unchanged.items()}
    if count.unchanged or count.blank_ballots:
        present["blank"] = count.blank_ballots
    form = amounts_form(fields, present, count.version)
    refusal = ""
    if form.validate_on_submit():
        try:
            unchanged = {of.nomination_id: form[name].data for name, of in lists.items()}
            record_stacks(desk(), district_id, unchanged, form["blank"].data, page_version(form))
            return frame.go("ballots")  # its counter shows what is left; a message would push the paper off the screen
        except Refused as error:
            refusal = str(error)
            count = counting.count(archive.session(), district_id)
            form["version"].data = count.version
    status = frame.UNPROCESSABLE if refusal or form.errors else 200
    progress = progress_of(district_id, count)
    return frame.show(
        "stacks.html", frame.STACKS, status=status, count=count, form=form, refusal=refusal, lists=list(lists), progress=progress
    )
