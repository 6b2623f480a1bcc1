"""Serving the application with Gunicorn: several processes, threads for slow readers."""

from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from beiratswahl.app import create_app
from beiratswahl.config import Config


class Server(BaseApplication):  # type: ignore[misc]  # Gunicorn is untyped
    """Gunicorn started from Python; the application is built once before the workers fork, so a bad start shows at once."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.application = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Give Gunicorn the options."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Flask:
        """The application the workers run."""
        return self.application


def serve(config: Config, doors: frozenset[str], host: str, port: int, workers: int) -> None:
    """Serve until stopped.

    Raises:
        BadConfiguration: the application refuses to start.
    """
    app = create_app(config, doors)
    options = {"bind": f"{host}:{port}", "workers": workers, "threads": 4, "accesslog": None, "errorlog": "-", "loglevel": "warning"}
    Server(app, options).run()
