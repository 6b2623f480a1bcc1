"""The `beiratswahl` command."""

import argparse
import sys
from importlib import import_module

from beiratswahl import __version__

#: rooms of subcommands, in the order of the help page; each module has add_to(subparsers)
COMMANDS = ("instance", "accounts", "publication", "law", "sample", "demo")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused, 2 bad input, 130 interrupted."""
    parser = argparse.ArgumentParser(
        prog="beiratswahl", description="Wahl des Beirats für Migration und Integration in Rheinland-Pfalz (§ 56 GemO, § 49a LKO)."
    )
    parser.add_argument("--version", action="version", version=f"beiratswahl {__version__}")
    subparsers = parser.add_subparsers(title="Befehle", metavar="BEFEHL", required=True)
    for name in COMMANDS:
        import_module(f"beiratswahl.commands.{name}").add_to(subparsers)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)
        return 130
