"""The door as a blueprint: every page of it is hung here."""

from flask import Blueprint

from beiratswahl.counting import (
    ballots,
    board,
    closing,
    doubts,
    frame,
    letter_book,
    postal,
    recorded,
    records,
    room,
    second_entry,
    spellings,
    stacks,
    start,
    teams,
    vote_notes,
)
from beiratswahl.operations.desk import Refused

STAGES = (
    start,
    postal,
    letter_book,
    stacks,
    ballots,
    recorded,
    doubts,
    closing,
    board,
    teams,
    room,
    records,
    second_entry,
    spellings,
    vote_notes,
)


def blueprint() -> Blueprint:
    """A fresh blueprint of this door."""
    door = Blueprint("counting", __name__, url_prefix="/auszaehlung")
    for stage in STAGES:
        stage.add_to(door)
    door.register_error_handler(Refused, frame.explain_refusal)
    return door
