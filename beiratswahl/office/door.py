"""The door as a blueprint: every page of it is hung here."""

from flask import Blueprint

from beiratswahl.office import (
    accounts,
    admission,
    applications,
    candidate_files,
    candidates,
    count_control,
    count_units,
    counting,
    deadlines,
    districts,
    documents,
    duplicates,
    journal,
    municipality,
    nominations,
    notices,
    persons,
    publication,
    result_documents,
    results,
    roll,
    roll_book,
    roll_letters,
    roll_objections,
    rules,
    screens,
    second_looks,
    setup,
    start,
    unregistered,
)

STAGES = (
    start,
    setup,
    municipality,
    rules,
    deadlines,
    roll,
    roll_book,
    applications,
    persons,
    unregistered,
    second_looks,
    roll_objections,
    duplicates,
    roll_letters,
    nominations,
    candidates,
    candidate_files,
    admission,
    documents,
    notices,
    districts,
    counting,
    count_units,
    screens,
    count_control,
    results,
    result_documents,
    publication,
    accounts,
    journal,
)


def blueprint() -> Blueprint:
    """A fresh blueprint of this door."""
    door = Blueprint("office", __name__, url_prefix="/amt")
    for stage in STAGES:
        stage.add_to(door)
    return door
