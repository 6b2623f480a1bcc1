"""`beiratswahl sample`: fictitious files to try the programme with."""

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from beiratswahl.commands.file_faults import because
from beiratswahl.rehearsal import town
from beiratswahl.rehearsal.register import write_register

if TYPE_CHECKING:
    from argparse import _SubParsersAction

DEFAULT_DAY = date(2029, 11, 11)


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sample register` to the command line."""
    sample = subparsers.add_parser("sample", help="erfundene Dateien zum Ausprobieren schreiben")
    kinds = sample.add_subparsers(title="Arten", metavar="ART", required=True)
    register = kinds.add_parser(
        "register",
        help="erfundener Melderegister-Auszug",
        description="Schreibt einen erfundenen Melderegister-Auszug als CSV-Datei (UTF-8, „;“).",
    )
    register.add_argument("--persons", type=_positive, default=1000, metavar="N", help="Anzahl der Personen (Vorgabe: %(default)s)")
    register.add_argument("--seed", type=int, default=1, metavar="S", help="gleiche Zahl, gleiche Datei (Vorgabe: %(default)s)")
    register.add_argument("--out", type=Path, metavar="DATEI", help="Zieldatei; ohne Angabe die Standardausgabe")
    register.add_argument("--ags", type=_ags, default=town.AGS, help="Gemeindeschlüssel, acht Ziffern (Vorgabe: %(default)s)")
    register.add_argument("--election-day", type=_day, default=DEFAULT_DAY, metavar="JJJJ-MM-TT", help="Wahltag (Vorgabe: %(default)s)")
    register.set_defaults(run=run_register)


def run_register(arguments: argparse.Namespace) -> int:
    """Write the export to the file or to standard output; 0 when it is written, 1 when the file cannot be written."""
    options = {"ags": arguments.ags, "election_day": arguments.election_day}
    if arguments.out is None:
        write_register(sys.stdout.buffer, arguments.persons, arguments.seed, **options)
        return 0
    try:
        with arguments.out.open("wb") as file:
            write_register(file, arguments.persons, arguments.seed, **options)
    except OSError as fault:
        print(f"Die Datei „{arguments.out}“ lässt sich nicht schreiben. {because(fault)}.", file=sys.stderr)
        return 1
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"„{text}“ ist keine Anzahl; erwartet wird eine ganze Zahl ab 1")
    return int(text)


def _ags(text: str) -> str:
    if len(text) != 8 or not text.isdecimal() or not text.isascii():
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Gemeindeschlüssel; erwartet werden acht Ziffern")
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"„{text}“ ist kein Tag; erwartet wird JJJJ-MM-TT") from None
