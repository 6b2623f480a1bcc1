"""The door as a blueprint: every page of it is hung here."""

from flask import Blueprint, Response

from beiratswahl.public import about, answers, application, data_files, languages, notices, overview, results, screen, self_check


def blueprint() -> Blueprint:
    """A fresh blueprint of this door."""
    door = Blueprint("public", __name__)
    languages.speak(door)
    overview.add_to(door)
    self_check.add_to(door)
    application.add_to(door)
    notices.add_to(door)
    results.add_to(door)
    screen.add_to(door)
    data_files.add_to(door)
    about.add_to(door)
    door.register_error_handler(404, _not_published)
    return door


def _not_published(_: Exception) -> Response:
    return answers.page("not_published.html", status=404)
