"""Überblick: all elections of the installation, and one election before and after its day."""

from datetime import date

from flask import Blueprint, Response

from beiratswahl.access.gates import public
from beiratswahl.clock import today
from beiratswahl.public import answers, charts, comparison, self_check
from beiratswahl.public.elections import PublicElection, election_of, every
from beiratswahl.public.languages import add_page


def add_to(door: Blueprint) -> None:
    """Hang the pages."""
    add_page(door, "/", "start", start)
    add_page(door, "/wahl/<int:election_id>", "election", election)


@public
def start() -> Response:
    """Alle Wahlen, zu denen etwas veröffentlicht ist."""
    elections = every()
    old = {of.election_id for of in comparison.archived([of.result for of in elections if of.result])}
    return answers.page(
        "start.html",
        coming=sorted((of for of in elections if _coming(of, today())), key=lambda of: of.election_day),
        counting=[of for of in elections if not of.result and not _coming(of, today())],
        counted=[of for of in elections if of.result and of.election_id not in old],
        earlier=[of for of in elections if of.election_id in old],
    )


@public
def election(election_id: int) -> Response:
    """Eine Wahl: what is elected, when and by whom, who stands, and the result when there is one."""
    place = election_of(election_id)
    return answers.page(
        "election.html",
        place=place,
        shown=place.result,
        versions=place.versions,
        circle=charts.half_circle(place.result) if place.result else None,
        today=today(),
        self_check=self_check.offered(place),
    )


def _coming(of: PublicElection, day: date) -> bool:
    return not of.result and of.election_day >= day
