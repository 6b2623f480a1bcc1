"""Stapel: unchanged ballots of each list and blank ballots, as numbers, counted by two people (KWO § 53 Abs. 1 Nr. 1 Buchst. a, Nr. 3)."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField

from beiratswahl.access import archive, login
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.amounts import AmountField, amounts_form, page_version
from beiratswahl.counting.progress import progress_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.stacks import (
    BLANK,
    FIRST,
    SECOND,
    StackCount,
    counters,
    record_stacks,
    record_stacks_again,
    settle_stacks,
    stack_count,
)
from beiratswahl.store.read import counting
from beiratswahl.store.read.count_control import StackView
from beiratswahl.store.read.counting import CountView

BLANK_WORDS = "Leere oder offensichtlich ungültige Stimmzettel"
WHICH = {"erste": FIRST, "zweite": SECOND}
LONGEST_ID = 10


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/stapel"
    door.add_url_rule(at, "stacks", stacks, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/zweite", "stacks_again", stacks_again, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/vergleich", "compare_stacks", compare, methods=["GET"])
    door.add_url_rule(f"{at}/vergleich", "settle_stacks", settle, methods=["POST"])


@holding(Permission.RECORD_STACKS)
def stacks(district_id: int) -> ResponseReturnValue:
    """Erste Zählung der Stapel; what was saved can be corrected here, unseen so long as a second person has still to count."""
    count = counting.count(archive.session(), district_id)
    found = stack_count(archive.session(), district_id, count)
    form = _form({} if found.counted_once else _present(count, found.first), count.version, found.first)
    refusal = ""
    if form.validate_on_submit():
        try:
            record_stacks(desk(), district_id, _unchanged(form), form[BLANK].data, page_version(form), _who(form))
            return _go_on(district_id)
        except Refused as error:
            refusal = str(error)
            count = counting.count(archive.session(), district_id)
            form["version"].data = count.version
    return _page(FIRST, form, count, found, refusal)


@holding(Permission.RECORD_STACKS)
def stacks_again(district_id: int) -> ResponseReturnValue:
    """Zweite Zählung der Stapel; nothing of the first one is on this page."""
    count = counting.count(archive.session(), district_id)
    found = stack_count(archive.session(), district_id, count)
    if found.first is None:
        return frame.go("stacks")
    form = _form({}, count.version, found.second)
    refusal = ""
    if form.validate_on_submit():
        try:
            record_stacks_again(desk(), district_id, _unchanged(form), form[BLANK].data, _who(form))
            return _go_on(district_id)
        except Refused as error:
            refusal = str(error)
    return _page(SECOND, form, count, found, refusal)


@holding(Permission.RECORD_STACKS)
def compare(district_id: int) -> ResponseReturnValue:
    """Beide Zählungen nebeneinander, once there are both."""
    return _comparison(district_id, "")


@holding(Permission.RECORD_STACKS)
def settle(district_id: int) -> ResponseReturnValue:
    """Unterschiede klären: both persons say stack by stack which number is right."""
    right = {key: WHICH[request.form[name]] for key, name in _names().items() if request.form.get(name) in WHICH}
    try:
        settle_stacks(desk(), district_id, right, _confirmed())
    except Refused as error:
        return _comparison(district_id, str(error))
    return frame.done("Die Unterschiede sind geklärt; die Stapel stimmen.", "compare_stacks")


def _go_on(district_id: int) -> ResponseReturnValue:
    found = stack_count(archive.session(), district_id)
    if found.counted_once:
        return frame.done("Die erste Zählung ist gespeichert. Jetzt zählt eine zweite Person.", "stacks_again")
    if found.differences:
        return frame.go("compare_stacks")
    if frame.may(frame.BALLOTS.permission):
        return frame.go("ballots")  # its counter shows what is left; a message would push the paper off the screen
    return frame.go_on("Die Stapel sind gezählt.", "", frame.BALLOTS)


def _page(place: int, form: Form, count: CountView, found: StackCount, refusal: str) -> ResponseReturnValue:
    covered = place == SECOND or found.counted_once
    return frame.show(
        "stacks.html",
        frame.STACKS,
        status=frame.UNPROCESSABLE if refusal or form.errors else 200,
        again=place == SECOND,
        count=count,
        form=form,
        refusal=refusal,
        lists=[name for name in _names().values() if name != BLANK],
        total=0 if covered else sum(count.unchanged.values()) + count.blank_ballots,
        voters=progress_of(frame.here().district_id, count).voters,
        stacks=found,
    )


def _comparison(district_id: int, refusal: str) -> ResponseReturnValue:
    found = stack_count(archive.session(), district_id)
    if found.first is None or found.second is None:
        return frame.go("stacks")
    words = {**{str(of.nomination_id): frame.paper().names[str(of.number)] for of in frame.paper().nominations}, BLANK: BLANK_WORDS}
    first, second = found.first, found.second
    rows = [(words[key], first.amounts.get(key, 0), second.amounts.get(key, 0)) for key in _names()]
    return frame.show(
        "stacks_compared.html",
        frame.STACKS,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        found=found,
        rows=rows,
        differences=[(_names()[each.key], words[each.key], each.first, each.second) for each in found.differences],
        people=(first.counted_by, second.counted_by),
        chosen=request.form,
        confirmed=_confirmed(),
    )


def _names() -> dict[str, str]:
    """Names of the fields by key of the stack; a paper without list marks has no stack of unchanged ballots."""
    paper = frame.paper()
    lists = {str(of.nomination_id): f"list_{of.nomination_id}" for of in paper.nominations} if paper.lists_can_be_marked else {}
    return {**lists, BLANK: BLANK}


def _fields() -> dict[str, AmountField]:
    paper = frame.paper()
    words = {str(of.nomination_id): paper.names[str(of.number)] for of in paper.nominations}
    return {name: AmountField(words.get(key, BLANK_WORDS)) for key, name in _names().items()}


def _form(present: Mapping[str, int], version: int, earlier: StackView | None) -> Form:
    """The fields of a count; who counted is to be chosen, or was chosen when the count is corrected."""
    person, here = login.current(), frame.here().district_id
    people = counters(archive.session(), here, person.account_id if person else None)
    choices = [SelectChoice("", "bitte wählen"), *(SelectChoice(str(one.member_id), f"{one.name} ({one.function})") for one in people)]
    chosen = str(earlier.member_id) if earlier and earlier.member_id else ""
    # an unknown choice is refused by the act, in its own words
    who = SelectField("Wer hat gezählt?", choices=choices, default=chosen, validate_choice=False)
    return amounts_form(_fields(), present, version, counted_by=who)


def _who(form: Form) -> int:
    typed = form["counted_by"].data or ""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < LONGEST_ID else 0


def _confirmed() -> tuple[int, ...]:
    """Who has confirmed the settlement, as FIRST and SECOND."""
    return tuple(WHICH[each] for each in request.form.getlist("bestaetigt") if each in WHICH)


def _present(count: CountView, first: StackView | None) -> dict[str, int]:
    if first is None and not (count.unchanged or count.blank_ballots):
        return {}
    amounts = first.amounts if first else {**{str(key): ballots for key, ballots in count.unchanged.items()}, BLANK: count.blank_ballots}
    return {name: amounts[key] for key, name in _names().items() if key in amounts}


def _unchanged(form: Form) -> dict[int, int]:
    return {int(key): form[name].data for key, name in _names().items() if key != BLANK}
