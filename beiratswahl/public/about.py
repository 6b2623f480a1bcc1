"""Erklärende Seiten: what the Beirat is, how accessible these pages are, what data they take."""

from flask import Blueprint, Response

from beiratswahl.access.gates import public
from beiratswahl.public import answers
from beiratswahl.public.languages import add_page


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    add_page(door, "/beirat", "council", council)
    add_page(door, "/barrierefreiheit", "accessibility", accessibility)
    add_page(door, "/datenschutz", "privacy", privacy)


@public
def council() -> Response:
    """Was ist der Beirat?"""
    return answers.page("council.html")


@public
def accessibility() -> Response:
    """Barrierefreiheit."""
    return answers.page("accessibility.html")


@public
def privacy() -> Response:
    """Datenschutz."""
    return answers.page("privacy.html")
