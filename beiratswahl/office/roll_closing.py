"""Abschluss des Wählerverzeichnisses with its certificate and hash; statistics, from the closed roll where there is one."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.office import roll_tasks
from beiratswahl.office.frame import done
from beiratswahl.office.roll_shelves import CLOSING, STATISTICS, VOTES, show_shelf
from beiratswahl.operations import roll_closing as closing
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_papers import statistics_paper
from beiratswahl.operations.roll_printing import certificate_of_closing
from beiratswahl.operations.roll_statistics import SUPPRESSED, RollStatistics, roll_statistics, statistics_csv
from beiratswahl.store.read import certificates, electoral_roll
from beiratswahl.store.read.roll_pending import pending
from beiratswahl.store.read.vote_notes import vote_notes

NOW, FROZEN = "jetzt", "abschluss"


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    base = "/wahl/<int:election_id>/verzeichnis"
    door.add_url_rule(f"{base}/abschluss", "roll_closing", closing_page)
    door.add_url_rule(f"{base}/buch/abschliessen", "close_roll", close_roll, methods=["POST"])
    door.add_url_rule(f"{base}/abschluss/pruefen", "verify_roll", verify, methods=["POST"])
    door.add_url_rule(f"{base}/abschluss/bescheinigung.pdf", "closing_certificate", certificate)
    door.add_url_rule(f"{base}/stimmabgabe", "vote_notes", votes)
    door.add_url_rule(f"{base}/statistik", "roll_statistics", statistics)
    door.add_url_rule(f"{base}/statistik.csv", "roll_statistics_csv", as_csv)
    door.add_url_rule(f"{base}/statistik.pdf", "roll_statistics_pdf", as_pdf)


@holding(Permission.KEEP_ROLL)
def closing_page(election_id: int) -> ResponseReturnValue:
    """Was bescheinigt wird oder wurde, what still stands in the way, and the button."""
    session = archive.session()
    book = electoral_roll.electoral_roll(session, election_id)
    rows = [] if book is None else list(book.certified) or closing.certified(session, election_id)
    waiting = pending(session, election_id) if book is not None and book.closed_at_utc is None else None
    return show_shelf(
        "closing.html",
        CLOSING,
        book=book,
        pending=waiting,
        tasks=roll_tasks.waiting(election_id, waiting) if waiting else (),
        rows=rows,
        due=closing.closing_time(session, election_id),
        later=[one for one in electoral_roll.corrections(session, election_id) if one.after_closing],
        late_certificates=certificates.certificate_numbers(session, election_id)[certificates.Choice.LATER],
        checked=request.args.get("geprueft", ""),
    )


@holding(Permission.KEEP_ROLL)
def close_roll(election_id: int) -> ResponseReturnValue:
    """Wählerverzeichnis abschließen."""
    try:
        closing.close_roll(desk(), election_id, request.form.get("trotz", 0, type=int))
        return done(
            "Das Wählerverzeichnis ist abgeschlossen. Drucken Sie es noch heute: Der Ausdruck ist ab jetzt das Verzeichnis.", "roll_closing"
        )
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.roll_closing", election_id=election_id))


@holding(Permission.KEEP_ROLL)
def verify(election_id: int) -> ResponseReturnValue:
    """Prüfsumme nachrechnen."""
    book = electoral_roll.electoral_roll(archive.session(), election_id)
    if book is None or book.closed_at_utc is None:
        flash("Das Wählerverzeichnis ist noch nicht abgeschlossen; es gibt keine Prüfsumme.", "warning")
        return redirect(url_for("office.roll_closing", election_id=election_id))
    same = closing.is_unchanged(archive.session(), election_id)
    return redirect(url_for("office.roll_closing", election_id=election_id, geprueft="gleich" if same else "anders"))


@holding(Permission.KEEP_ROLL)
def certificate(election_id: int) -> ResponseReturnValue:
    """Bescheinigung des Abschlusses."""
    try:
        data = certificate_of_closing(archive.session(), election_id)
    except Refused as error:
        flash(str(error), "warning")
        return redirect(url_for("office.roll_closing", election_id=election_id))
    return _file(data, "application/pdf", "bescheinigung-abschluss.pdf")


@holding(Permission.KEEP_ROLL)
def votes(election_id: int) -> ResponseReturnValue:
    """Stimmabgabevermerke je Stimmbezirk, beside what was counted."""
    return show_shelf("votes.html", VOTES, rows=vote_notes(archive.session(), election_id))


@holding(Permission.KEEP_ROLL)
def statistics(election_id: int) -> ResponseReturnValue:
    """Statistik: the closed roll where there is one, else as it stands; the other on demand."""
    found, closed = _statistics(election_id)
    return show_shelf("statistics.html", STATISTICS, statistics=found, closed=closed, sign=SUPPRESSED, state=_state(found))


@holding(Permission.KEEP_ROLL)
def as_csv(election_id: int) -> ResponseReturnValue:
    """Statistik als CSV."""
    found, _ = _statistics(election_id)
    if found is None:
        return _nothing(election_id)
    return _file(statistics_csv(found), "text/csv", f"statistik-{_state(found)}.csv")


@holding(Permission.KEEP_ROLL)
def as_pdf(election_id: int) -> ResponseReturnValue:
    """Statistik als PDF."""
    found, _ = _statistics(election_id)
    if found is None:
        return _nothing(election_id)
    return _file(statistics_paper(archive.session(), election_id, found), "application/pdf", f"statistik-{_state(found)}.pdf")


def _statistics(election_id: int) -> tuple[RollStatistics | None, bool]:
    """The tables asked for, and whether there are those of a closing at all."""
    frozen = roll_statistics(archive.session(), election_id, frozen=True)
    if frozen is not None and request.args.get("stand") != NOW:
        return frozen, True
    return roll_statistics(archive.session(), election_id, frozen=False), frozen is not None


def _state(found: RollStatistics | None) -> str:
    return FROZEN if found is not None and found.frozen else NOW


def _nothing(election_id: int) -> ResponseReturnValue:
    flash("Das Wählerverzeichnis ist noch nicht angelegt; es gibt noch nichts zu zählen.", "warning")
    return redirect(url_for("office.roll_statistics", election_id=election_id))


def _file(data: bytes, kind: str, name: str) -> ResponseReturnValue:
    return current_app.response_class(data, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
