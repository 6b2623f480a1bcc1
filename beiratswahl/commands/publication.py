"""`beiratswahl publish`: write everything published as files for a web server; `--nginx` prints a configuration for it."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from beiratswahl.config import BadConfiguration, load
from beiratswahl.public import languages

if TYPE_CHECKING:
    from argparse import _SubParsersAction


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    publish = subparsers.add_parser(
        "publish",
        help="alles Veröffentlichte als Dateien für einen Webserver schreiben",
        description="Schreibt alle öffentlichen Seiten und Dateien nach published/site im Ordner der Installation.",
    )
    publish.add_argument("--nginx", action="store_true", help="nur eine passende Konfiguration für nginx ausgeben")
    publish.set_defaults(run=_publish)


def _publish(arguments: argparse.Namespace) -> int:
    from beiratswahl import publishing
    from beiratswahl.app import CONTENT_SECURITY, PUBLIC, create_app

    try:
        config = load()
        if arguments.nginx:
            print(_nginx(config.published / publishing.SITE, config.public_address, CONTENT_SECURITY), end="")
            return 0
        files = publishing.write_site(create_app(replace(config, trusted_hosts=()), PUBLIC), config.published, config.public_address, _show)
    except (BadConfiguration, publishing.NotWritable) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"\r{files} Dateien stehen in {config.published / publishing.SITE}")
    return 0


def _nginx(root: Path, address: str, content_security: str) -> str:
    text = Path(__file__).with_name("nginx.conf").read_text(encoding="utf-8")
    lost = "".join(f"    ~^{one.prefix}/  {one.prefix}/404.html;\n" for one in languages.offered() if one.prefix)
    host = urlsplit(address).hostname or "localhost"
    return text.replace("@ROOT@", str(root)).replace("@HOST@", host).replace("@CSP@", content_security).replace("@LOST@", lost)


def _show(done: int, everything: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} von {everything} Seiten", end="", file=sys.stderr)
