"""`beiratswahl demo`: a whole fictitious election in an instance of its own."""

import argparse
import os
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from beiratswahl.config import default_instance
from beiratswahl.words import counted, number

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from beiratswahl.rehearsal.demo import Summary


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command of the demo."""
    demo = subparsers.add_parser(
        "demo",
        help="eine ganze erfundene Wahl durchspielen und zeigen",
        description="Spielt eine ganze erfundene Wahl in einem eigenen Ordner durch und startet die Anwendung.",
    )
    demo.add_argument("--folder", type=Path, help="Ordner der Vorführung (Vorgabe: demo im Ordner der Installation)")
    demo.add_argument("--port", type=int, default=5000)
    demo.add_argument("--no-serve", action="store_true", help="nach der Zusammenfassung enden")
    demo.set_defaults(run=run_demo)


def run_demo(arguments: argparse.Namespace) -> int:
    """Run the demo; 0 done, 1 the port is taken or the folder belongs to a real installation."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from beiratswahl.rehearsal.demo import ForeignInstance, fresh_instance, run

    if not arguments.no_serve and _taken(arguments.port):
        # perhaps an earlier demo: its folder must not vanish under it
        print(
            f"Port {arguments.port} ist belegt. Läuft dort eine frühere Vorführung, beenden Sie sie mit Strg+C; "
            f"sonst wählen Sie einen anderen Port: make demo PORT={arguments.port + 1}",
            file=sys.stderr,
        )
        return 1
    console = Console(highlight=False, soft_wrap=True)
    started = time.monotonic()
    try:
        config = fresh_instance((arguments.folder or default_instance() / "demo").resolve())
    except ForeignInstance as refusal:
        print(refusal, file=sys.stderr)
        return 1
    columns = (TextColumn("   {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        tasks = {}

        def show(what: str, done: int, all_of_it: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=all_of_it)
            bars.update(tasks[what], completed=done, total=all_of_it)

        summary = run(config, lambda text: console.print(f"[bold]{text}[/bold]"), show)
    _close(console.print, summary, time.monotonic() - started)
    _explain(console.print, summary, arguments.port, served=not arguments.no_serve)
    if arguments.no_serve:
        return 0
    from beiratswahl.server import serve

    os.environ.pop("BEIRATSWAHL_DATABASE_URL", None)
    serve(config, frozenset({"office", "counting", "public"}), "127.0.0.1", arguments.port, 2)
    return 0


def _taken(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def _explain(say: Callable[[str], None], summary: "Summary", port: int, *, served: bool) -> None:
    from beiratswahl.access.passwords import DEMO

    address = f"http://127.0.0.1:{port}"
    say("\n[bold]Ansehen[/bold]")
    if not served:
        say(f"   starten mit            BEIRATSWAHL_INSTANCE={summary.folder} .venv/bin/beiratswahl serve --port {port}")
    say(f"   Öffentlichkeit         {address}/")
    say(f"   Wahlamt                {address}/amt/         als amt oder mustertal (dort wartet das Los),")
    say("                          als kreis oder kreis2 (dort ist das Wählerverzeichnis in Arbeit),")
    say("                          als hafen (dort wird gezählt)")
    say(f"   Auszählung             {address}/auszaehlung/ als team3 oder vorstand3 (dort ist die Zählung offen),")
    say("                          als team1, team2, vorstand1 oder vorstand2 (dort ist sie abgeschlossen)")
    say(f"   Passwort für alle      {DEMO}")
    if served:
        say("   beenden                Strg+C")


def _close(say: Callable[[str], None], summary: "Summary", seconds: float) -> None:
    entitled: Counter[str] = Counter()
    for count in summary.register.counts:
        # who is only entered on application is not told as not entitled
        entitled["asks" if (count.entitled, count.entry) == ("no", "application") else count.entitled] += count.persons
    say("\n[bold]Zusammenfassung[/bold]")
    say(f"   Personen im Auszug     {number(summary.register.persons)}")
    say(f"   wahlberechtigt         {number(entitled['yes'])}")
    say(f"   nur auf Antrag         {number(entitled['asks'])}")
    say(f"   nicht wahlberechtigt   {number(entitled['no'])}")
    say(f"   unklar                 {number(entitled['unclear'])}")
    say(f"   Stimmzettel            {number(summary.ballots)}")
    for name, seats in summary.seats.items():
        say(f"   {counted(seats, 'Sitz', 'Sitze'):<22} {name}")
    say(f"   Losentscheid           {summary.lot or 'keiner'}")
    say(f"   Bekanntmachung         {summary.pdf}")
    say(f"   gedauert               {seconds:.0f} Sekunden")
