"""Building the application: read the configuration, hang the doors, refuse to start with an ungated view."""

from collections.abc import Hashable
from dataclasses import replace
from importlib import import_module

from flask import Flask, Response, flash, render_template, request
from jinja2 import StrictUndefined
from sqlalchemy import select
from werkzeug.exceptions import HTTPException, SecurityError

from beiratswahl import __version__, clock, publishing, words
from beiratswahl.access import archive, forms, gates, login, views
from beiratswahl.access import published as news
from beiratswahl.config import BadConfiguration, Config
from beiratswahl.paths import shipped, static
from beiratswahl.public import figures, languages, terms
from beiratswahl.public.cache import MicroCache
from beiratswahl.store.migrate import is_current
from beiratswahl.store.read import published
from beiratswahl.store.tables.accounts import Account

ALL = frozenset({"office", "counting", "public"})
PUBLIC = frozenset({"public"})
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
LARGEST_UPLOAD = 256 * 1024 * 1024


def create_app(config: Config, doors: frozenset[str] = ALL) -> Flask:
    """An application with the given doors.

    Raises:
        BadConfiguration: the database lacks a migration, or holds accounts with published passwords and this is no demo.
        UngatedView: a view does not say who may enter.
    """
    app = Flask(
        "beiratswahl",
        template_folder=str(shipped("templates")),
        static_folder=str(static()),
        static_url_path="/static",
        instance_path=str(config.instance.resolve()),
    )
    app.config.update(
        SECRET_KEY=config.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SESSION_COOKIE_NAME="beiratswahl",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=config.secure_cookies,
        PERMANENT_SESSION_LIFETIME=12 * 3600,
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        WTF_CSRF_TIME_LIMIT=None,  # counting evenings are long; the token lives as long as the session
        BEIRATSWAHL=config,
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _hang_words(app, config, doors)
    languages.hang_up(app)
    figures.hang_up(app)
    terms.hang_up(app)
    archive.hang_up(app, config.database_url)
    login.hang_up(app)
    forms.hang_up(app)
    if doors & {"office", "counting"}:
        app.register_blueprint(views.blueprint())
    for door in sorted(doors):
        app.register_blueprint(import_module(f"beiratswahl.{door}.door").blueprint())
    app.register_error_handler(HTTPException, _explain)
    app.after_request(_protect)
    if "public" in doors:
        _keep_answers(app)
    if "office" in doors:
        _write_what_is_published(app, config)
    gates.refuse_ungated(app)
    _refuse_old_database(app)
    _refuse_demo_accounts(app, config)
    with app.app_context():
        archive.engine().dispose()  # no open connection may pass into a forked worker
    return app


def _keep_answers(app: Flask) -> None:
    def state() -> Hashable:
        with app.app_context():
            return published.state(archive.session()), clock.today()  # deadlines pass without anybody publishing

    cache = MicroCache(app.wsgi_app, state, app.config["SESSION_COOKIE_NAME"])
    app.wsgi_app = cache  # type: ignore[method-assign]  # as Flask's documentation does it
    news.listen(app, cache.forget)


def _write_what_is_published(app: Flask, config: Config) -> None:
    def write() -> None:
        try:
            publishing.write_site(create_app(replace(config, trusted_hosts=()), PUBLIC), config.published, config.public_address)
        except publishing.NotWritable as error:
            app.logger.exception("static publication failed")
            flash(f"{error} Die Anwendung zeigt den neuen Stand; die Dateien schreibt „beiratswahl publish“ später.", "warning")

    news.listen(app, write)


def _hang_words(app: Flask, config: Config, doors: frozenset[str]) -> None:
    app.jinja_env.filters.update(
        number=words.number,
        long_date=words.long_date,
        weekday_date=words.weekday_date,
        short_date=words.short_date,
        moment=words.moment,
        to_the_second=words.to_the_second,
    )
    app.jinja_env.globals.update(
        percent=words.percent,
        counted=words.counted,
        decimal=words.decimal,
        version=__version__,
        today=clock.today,
        is_demo=config.demo,
        doors=doors,
        person=login.current,
    )


def _explain(error: HTTPException) -> tuple[str, int] | Response:
    if isinstance(error, SecurityError):  # a foreign host name: no address of ours may be built with it, so no page of ours is shown
        return Response("Unter diesem Rechnernamen gibt es hier nichts.", 400, content_type="text/plain; charset=utf-8")
    return render_template("shared/error.html", error=error), error.code or 500


def _protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    # what lies in static/ is the same for everyone: no reason to load the account, or to fetch fonts anew for every page
    if request.endpoint != "static" and login.current() is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _refuse_old_database(app: Flask) -> None:
    with app.app_context():
        current = is_current(archive.engine())
    if not current:
        raise BadConfiguration("Die Datenbank ist nicht auf dem Stand dieses Programms. Rufen Sie „beiratswahl upgrade“ auf.")


def _refuse_demo_accounts(app: Flask, config: Config) -> None:
    if config.demo:
        return
    with app.app_context():
        known = archive.session().scalars(select(Account.login).where(Account.demo.is_(True))).all()
        archive.session().close()
    if known:
        raise BadConfiguration(
            f"Diese Datenbank enthält Konten mit öffentlich bekanntem Passwort: {', '.join(known)}. "
            "Legen Sie eine eigene Installation an („beiratswahl init“) oder ändern Sie die Passwörter („beiratswahl account password“)."
        )
