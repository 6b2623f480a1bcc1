"""Nachricht im Haus: something was published or withdrawn. A door that publishes says it; the application listens."""

from collections.abc import Callable

from flask import Flask, current_app

_LISTENERS = "beiratswahl.published"
Listener = Callable[[], None]


def listen(app: Flask, listener: Listener) -> None:
    """Call somebody whenever what is published has changed."""
    app.extensions.setdefault(_LISTENERS, []).append(listener)


def announce_change() -> None:
    """What is published has changed; say it after the act is committed."""
    for listener in current_app.extensions.get(_LISTENERS, ()):
        listener()
