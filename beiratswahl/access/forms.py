"""Forms with protection against foreign requests: the one place that touches Flask-WTF."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm

P = ParamSpec("P")
R = TypeVar("R")
_protection = CSRFProtect()


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Root of all forms; messages in German."""

    class Meta:
        locales = ("de_DE", "de")


def open_to_everyone(view: Callable[P, R]) -> Callable[P, R]:
    """A posting view that changes nothing and knows nobody: no request from elsewhere can do harm, so no session is needed."""
    exempt: Callable[P, R] = _protection.exempt(view)
    return exempt


def hang_up(app: Flask) -> None:
    """Protect every posting view of an application."""
    _protection.init_app(app)
