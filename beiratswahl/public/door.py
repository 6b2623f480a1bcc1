"""The door as a blueprint: every page of it is hung here."""

from flask import Blueprint


def blueprint() -> Blueprint:
    """A fresh blueprint of this door."""
    return Blueprint("public", __name__)
