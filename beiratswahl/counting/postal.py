"""Wahlbriefe und Wähler: received, late, rejected by reason, ballot envelopes in the urn, with a running balance."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.forms import Form
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.counting.amounts import AmountField, amounts_form, page_version
from beiratswahl.law.postal import Rejection
from beiratswahl.operations.counting import Letters, record_letters
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.letters import book
from beiratswahl.store.read import counting
from beiratswahl.store.read.counting import CountView


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    door.add_url_rule("/stimmbezirk/<int:district_id>/wahlbriefe", "letters", letters, methods=["GET", "POST"])


@holding(Permission.RECORD_LETTERS)
def letters(district_id: int) -> ResponseReturnValue:
    """Wahlbriefe und Wähler erfassen."""
    count = counting.count(archive.session(), district_id)
    postal = frame.here().postal
    booked = book(archive.session(), district_id).letters if postal else 0
    form = _form(count, postal=postal, booked=bool(booked))
    refusal = ""
    if form.validate_on_submit():
        try:
            record_letters(desk(), district_id, _letters(form, postal=postal), page_version(form))
            return frame.go_on("Gespeichert.", "Als Nächstes werden die Stapel gezählt.", frame.STACKS)
        except Refused as error:
            refusal = str(error)
            count = counting.count(archive.session(), district_id)
            form["version"].data = count.version
    status = frame.UNPROCESSABLE if refusal or form.errors else 200
    return frame.show(
        "letters.html",
        frame.LETTERS,
        status=status,
        count=count,
        form=form,
        refusal=refusal,
        rejections=list(Rejection),
        booked=booked,
        balances=_balances(form) if postal else (),
    )


def _form(count: CountView, *, postal: bool, booked: bool) -> Form:
    fields = {"voters": AmountField("Stimmzettelumschläge in der Urne" if postal else "Stimmzettel in der Urne")}
    if postal:
        fields |= {"received": AmountField("Rechtzeitig eingegangen"), "late": AmountField("Zu spät eingegangen")}
        fields |= {reason.key: AmountField(reason.text, blank_is_zero=True) for reason in Rejection}
    present: dict[str, int] = {}
    if booked:
        present = {"received": count.letters_received, "late": count.letters_late, **count.letters_rejected}
    if count.letters_recorded_at_utc:
        present = {"voters": count.voters, "received": count.letters_received, "late": count.letters_late, **count.letters_rejected}
    return amounts_form(fields, present, count.version)


def _letters(form: Form, *, postal: bool) -> Letters:
    if not postal:
        return Letters(0, 0, {}, form["voters"].data)
    rejected = {reason.key: form[reason.key].data for reason in Rejection}
    return Letters(form["received"].data, form["late"].data, rejected, form["voters"].data)


def _balances(form: Form) -> tuple[tuple[str, tuple[str, ...], int], ...]:
    """Running sums: words, the fields that make the sum ("-" before what is taken away), and its value now."""
    reasons = tuple(reason.key for reason in Rejection)
    sums = (
        ("Zurückgewiesen", reasons),
        ("Zugelassen", ("received", *(f"-{key}" for key in reasons))),
        ("Unterschied zur Urne", ("voters", "-received", *reasons)),
    )
    return tuple((words, terms, sum(_signed(form, term) for term in terms)) for words, terms in sums)


def _signed(form: Form, term: str) -> int:
    amount: int = form[term.lstrip("-")].data or 0
    return -amount if term.startswith("-") else amount
