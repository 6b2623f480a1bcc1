"""Leinwand: the result of one election for a room, large and without anything to read twice; it renews itself."""

from flask import Blueprint, Response

from beiratswahl.access.gates import public
from beiratswahl.public import answers, charts
from beiratswahl.public.elections import election_of
from beiratswahl.public.languages import add_page


def add_to(door: Blueprint) -> None:
    """Hang the page."""
    add_page(door, "/wahl/<int:election_id>/leinwand", "screen", screen)


@public
def screen(election_id: int) -> Response:
    """The newest version, or that there is none yet."""
    place = election_of(election_id)
    shown = place.result
    return answers.page("screen.html", place=place, shown=shown, circle=charts.half_circle(shown) if shown else None)
