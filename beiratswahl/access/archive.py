"""The archive's session in a request: the one place that touches Flask-SQLAlchemy."""

from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from beiratswahl.store.database import prepare
from beiratswahl.store.tables import all as _all_tables  # noqa: F401 - relationships need every table
from beiratswahl.store.tables.base import Base

_archive = SQLAlchemy(model_class=Base)


def hang_up(app: Flask, database_url: str) -> None:
    """Bind the archive to an application."""
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    _archive.init_app(app)
    with app.app_context():
        prepare(_archive.engine)


def session() -> Session:
    """The session of this request; closed when the request ends."""
    return cast(Session, cast(Any, _archive.session)())


def engine() -> Engine:
    """The engine of the current application."""
    return _archive.engine
