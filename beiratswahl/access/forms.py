"""Forms with protection against foreign requests: the one place that touches Flask-WTF."""

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm

_protection = CSRFProtect()


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """Root of all forms; messages in German."""

    class Meta:
        locales = ("de_DE", "de")


def hang_up(app: Flask) -> None:
    """Protect every posting view of an application."""
    _protection.init_app(app)
