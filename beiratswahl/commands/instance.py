"""`beiratswahl init`, `upgrade`, `serve`, `journal`: one installation on the command line."""

import argparse
import sys
from typing import Any

from beiratswahl.config import BadConfiguration, default_instance, load, prepare_instance

Subparsers = Any
DOORS = frozenset({"office", "counting", "public"})


def add_to(subparsers: Subparsers) -> None:
    """Add the commands of an installation."""
    init = subparsers.add_parser("init", help="Installation anlegen: Ordner, Schlüssel, Datenbank")
    init.set_defaults(run=_init)
    upgrade = subparsers.add_parser("upgrade", help="Datenbank auf den neuesten Stand bringen")
    upgrade.set_defaults(run=_upgrade)
    serve = subparsers.add_parser("serve", help="Anwendung starten")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=5000)
    serve.add_argument("--workers", type=int, default=2)
    serve.add_argument("--doors", default="office,counting,public", help="Türen dieses Prozesses, mit Komma getrennt")
    serve.set_defaults(run=_serve)
    journal = subparsers.add_parser("journal", help="Amtsbuch prüfen: ist kein Eintrag verändert oder verloren?")
    journal.set_defaults(run=_journal)


def _init(_: argparse.Namespace) -> int:
    folder = default_instance()
    prepare_instance(folder)
    return _upgrade(_)


def _upgrade(_: argparse.Namespace) -> int:
    from beiratswahl.store.database import open_engine
    from beiratswahl.store.migrate import upgrade

    try:
        config = load()
    except BadConfiguration as error:
        return _refuse(error)
    engine = open_engine(config.database_url)
    upgrade(engine)
    engine.dispose()
    print(f"Die Installation in {config.instance} ist auf dem neuesten Stand.")
    return 0


def _serve(arguments: argparse.Namespace) -> int:
    from beiratswahl.server import serve

    doors = frozenset(arguments.doors.split(","))
    if not doors <= DOORS:
        print(f"Diese Tür gibt es nicht: {', '.join(sorted(doors - DOORS))}. Erlaubt sind {', '.join(sorted(DOORS))}.", file=sys.stderr)
        return 2
    try:
        serve(load(), doors, arguments.host, arguments.port, arguments.workers)
    except BadConfiguration as error:
        return _refuse(error)
    return 0


def _journal(_: argparse.Namespace) -> int:
    from sqlalchemy.orm import Session

    from beiratswahl.store.database import open_engine
    from beiratswahl.store.journal import faults

    engine = open_engine(load().database_url)
    with Session(engine) as session:
        found = list(faults(session))
    engine.dispose()
    for fault in found:
        print(fault)
    if not found:
        print("Das Amtsbuch ist vollständig und unverändert.")
    return 1 if found else 0


def _refuse(error: BadConfiguration) -> int:
    print(error, file=sys.stderr)
    return 2
