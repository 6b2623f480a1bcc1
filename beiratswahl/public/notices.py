"""Bekanntmachungen und Wahlvorschläge: what was announced before the election, as page, PDF and JSON."""

from flask import Blueprint, Response, abort

from beiratswahl.access import archive
from beiratswahl.access.gates import public
from beiratswahl.public import answers
from beiratswahl.public.elections import election_of
from beiratswahl.public.languages import add_page
from beiratswahl.store.read import published

ELECTION = "/wahl/<int:election_id>"
NOTICE = f"{ELECTION}/bekanntmachungen/<int:notice>"


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    add_page(door, f"{ELECTION}/wahlvorschlaege", "candidates", candidates)
    add_page(door, f"{ELECTION}/bekanntmachungen", "notices", notices)
    add_page(door, NOTICE, "notice", notice)
    door.add_url_rule(f"{NOTICE}/bekanntmachung.pdf", "notice_pdf", notice_pdf)
    door.add_url_rule(f"{ELECTION}/informationen.json", "information_json", information_json)


@public
def candidates(election_id: int) -> Response:
    """Zugelassene Wahlvorschläge mit ihren Personen."""
    place = election_of(election_id)
    return answers.page("candidates.html", place=place, shown=None) if place.candidacies else abort(404)


@public
def notices(election_id: int) -> Response:
    """Alle Bekanntmachungen vor der Wahl."""
    place = election_of(election_id)
    return answers.page("notices.html", place=place, shown=None) if place.notices else abort(404)


@public
def notice(election_id: int, notice: int) -> Response:
    """Eine Bekanntmachung in ihrem deutschen Wortlaut."""
    place = election_of(election_id)
    of = next((of for of in place.notices if of.number == notice), None)
    return answers.page("notice.html", place=place, shown=None, of=of) if of else abort(404)


@public
def notice_pdf(election_id: int, notice: int) -> Response:
    """Eine Bekanntmachung as it was printed."""
    content = published.notice_pdf(archive.session(), election_id, notice)
    return answers.file(content or abort(404), "application/pdf", immutable=True)


@public
def information_json(election_id: int) -> Response:
    """Informationen zur Wahl, byte for byte as hashed."""
    newest = next(iter(published.information(archive.session(), election_id)), None) or abort(404)
    text = published.information_text(archive.session(), election_id, newest.number)
    return answers.file((text or abort(404)).encode(), "application/json")
