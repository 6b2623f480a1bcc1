"""`beiratswahl law …`: the law room on the command line, JSON in, JSON out, without an instance."""

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from beiratswahl.commands import sources
from beiratswahl.commands.file_faults import because
from beiratswahl.commands.json_input import InputError, parse

if TYPE_CHECKING:
    from argparse import _SubParsersAction

_GENERAL = """\
Rechnet das Wahlrecht dieser Wahl nach, ohne Datenbank und ohne Webserver. Jeder Aufruf liest JSON aus einer Datei oder von der
Standardeingabe („-“ oder keine Angabe), schreibt JSON auf die Standardausgabe und endet mit 0. Fehlerhafte Eingaben enden mit 2 und
einer Zeile auf der Fehlerausgabe: JSON-Pfad, Fehler, was erlaubt ist.

Eine Regel, die fehlt, gilt nach dem Gesetz am Wahltag. Regeln, deren Gesetzestext nicht eindeutig ist, haben keine stille Vorgabe;
fehlen sie, nennt die Fehlermeldung ihren Namen.
"""

_EPILOG = """\
Beispiele:
  beiratswahl law eligibility personen.json
  beiratswahl law deadlines --day 2029-11-11
  beiratswahl law rules --preset landkreis
  echo '{"method": "Sainte-Laguë", "seats": 13, "majority_clause": false,
         "lists": [{"list": "1", "votes": 4711}]}' | beiratswahl law seats

„beiratswahl law BEFEHL --help“ beschreibt Eingabe und Ausgabe jedes Befehls.
„beiratswahl sources“ nennt die Rechtsquellen, deren Wortlaut noch zu prüfen ist.
"""

_SEATS = """\
Verteilt Sitze auf Listen (§ 41 KWG) und zeigt jeden Rechenschritt.

Eingabe:
  method           „Sainte-Laguë“ (Wahlen seit 2014) oder „Hare-Niemeyer“
  seats            Zahl der Sitze
  majority_clause  true, wenn § 41 Abs. 2 KWG gilt
  lists            Liste aus {"list": Name, "votes": Stimmen, "candidates": Zahl der Bewerber (wahlweise)}
  lots             gezogene Lose in ihrer Reihenfolge, je der Name der Liste (wahlweise)

Ausgabe:
  outcome  „done“ oder „lot“: es muss gelost werden
  seats    Sitze je Liste; bei „lot“ die, die schon feststehen
  vacant   Sitze, die unbesetzt bleiben, weil eine Liste zu wenige Bewerber hat
  lot      {"seat": Nummer des Sitzes, "among": Listen} oder null
  steps    Rechenschritte mit §
"""

_BALLOTS = """\
Wertet Stimmzettel aus: gültig oder nicht, welche Stimmen, nach welcher Regel (§§ 32, 33, 37, 38 KWG).

Eingabe:
  rules    system („Verhältniswahl“ oder „Mehrheitswahl“), votes, max_votes_per_candidate,
           remaining_votes („skip_marked“ oder „top_up“; bei Verhältniswahl erforderlich),
           majority_overvote („first_from_top“ oder „invalid_ballot“; bei Mehrheitswahl erforderlich), write_ins
  lists    Liste aus {"list": Name, "candidates": [{"candidate": Name, "named": 1 bis 3}]}
  ballots  Liste aus {"ballot": Name, "list_marks": [Liste], "marks": {Bewerber: Kreuze}, "struck": [Bewerber],
           "write_ins": [{"text": …, "person": Name oder null, "eligible": true}],
           "findings": „nicht_amtlich“, „anderes_wahlgebiet“, „wille_nicht_erkennbar“, „zusatz_oder_vorbehalt“}

Ausgabe:
  ballots  je Stimmzettel: ballot, valid, reason, votes, unused, steps
  totals   Summen über alle Stimmzettel
"""

_ELIGIBILITY = """\
Prüft die Wahlberechtigung (§ 56 Abs. 2 GemO, § 49a Abs. 2 LKO, §§ 1, 2 KWG): ja, nein oder unklar, mit allen Gründen.

Eingabe:
  election.day           Wahltag, JJJJ-MM-TT
  election.area          Gemeindeschlüssel des Wahlgebiets, acht Ziffern; fünf Ziffern stehen für einen ganzen Landkreis
  election.incorporated  in den letzten drei Monaten eingegliederte Gebiete (§ 1 Abs. 2 KWG), wahlweise
  election.rules         Regeln, wahlweise: age, residence_months, level und weitere aus „law rules“;
                         erforderlich: dual_nationals_ex_officio (Wahlen seit 2009), children_of_naturalised (seit 2014)
  persons                Liste von Personen:
    person         Name oder Nummer, jede nur einmal
    birth_date     JJJJ-MM-TT, unvollständig JJJJ-MM oder JJJJ; null: nicht bekannt
    nationalities  Schlüssel des Statistischen Bundesamtes: 000 deutsch, 997 staatenlos, 998 ungeklärt, 999 ohne Angabe
    residences     Liste aus {"ags", "main": Hauptwohnung, "from": Einzug, "until": letzter Tag oder null}
    excluded       true bei Ausschluss vom Wahlrecht (§ 2 KWG); Vorgabe false
    died           Sterbetag oder null
    application    {"ground": „NR1“, „NR2A“ bis „NR2D“, "proof": true, "parent": nur bei NR2D, wahlweise
                   „Ausländer“, „Spätaussiedler“, „Angehörige nach § 7 StAG“, „Eingebürgerte“ oder „Deutsche“},
                   eine Liste davon, oder null
    registered     false bei Befreiung von der Meldepflicht (§ 26 BMG); proof heißt dann: Wohnung versichert

Ausgabe:
  persons  je Person: person; entitled „yes“, „no“ oder „unclear“; category; grounds; entry „ex_officio“, „application“ oder null;
           reasons: Liste aus {"rule", "source", "text", "met"}; met null: lässt sich nicht sagen
"""

_DEADLINES = """\
Berechnet alle Fristen und Termine einer Wahl. Fristen verschieben sich nicht, wenn ihr Ende auf ein Wochenende oder einen Feiertag
fällt (§ 75 KWG).

Ausgabe:
  deadlines        die früheste zuerst: key, at („2024-09-29“ oder „2024-09-23T18:00“, Ortszeit), source, mark, text, missed
  to_be_confirmed  Regeln, ohne die eine Frist noch nicht feststeht
"""

_RULES = """\
Zeigt die Regeln einer Vorlage, jede mit Bedeutung, Wertebereich, Herkunft, Fundstelle und Sicherheit, und was noch zu bestätigen ist.
Ohne --preset: die Namen der Vorlagen.

Ausgabe mit --preset:
  rules            Name und Wert jeder Regel; als Datei für „law deadlines --rules“ verwendbar
  settings         dasselbe mit title, allowed, origin, source, mark
                   (V Wortlaut gesehen, Vo ältere Fassung, S zweite Hand, I Schluss, G allgemeines Wissen)
  to_be_confirmed  Regeln ohne stille Vorgabe
  missing          Regeln, die jede Satzung selbst nennen muss
"""


def add_to(subparsers: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `law` with its commands, and `sources`, to the command line."""
    law = subparsers.add_parser(
        "law",
        help="das Wahlrecht nachrechnen: JSON hinein, JSON heraus",
        description=_GENERAL,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = law.add_subparsers(title="Befehle", metavar="BEFEHL", required=True)
    for name, short, long in (
        ("seats", "Sitze auf Listen verteilen", _SEATS),
        ("ballots", "Stimmzettel auswerten", _BALLOTS),
        ("eligibility", "Wahlberechtigung prüfen", _ELIGIBILITY),
    ):
        command = _command(commands, name, short, long)
        command.add_argument("file", nargs="?", default="-", metavar="DATEI", help="JSON-Datei; „-“ oder keine Angabe: Standardeingabe")
        command.set_defaults(run=run_file, command=name)
    deadlines = _command(commands, "deadlines", "Fristen berechnen", _DEADLINES)
    deadlines.add_argument("--day", required=True, metavar="JJJJ-MM-TT", help="Wahltag")
    deadlines.add_argument("--rules", metavar="DATEI", help="JSON-Datei mit Regeln; „-“: Standardeingabe")
    deadlines.set_defaults(run=run_deadlines)
    rules = _command(commands, "rules", "Regeln einer Vorlage zeigen", _RULES)
    rules.add_argument("--preset", metavar="NAME", help="Name der Vorlage")
    rules.add_argument("--day", metavar="JJJJ-MM-TT", help="Wahltag (Vorgabe: der Tag der Vorlage, sonst 2024-11-10)")
    rules.set_defaults(run=run_rules)
    sources.add_to(subparsers)


def run_file(arguments: argparse.Namespace) -> int:
    """Answer the JSON document of a file: 0 answered, 2 bad input."""
    return _answered(arguments.command, lambda: read_document(arguments.file))


def run_deadlines(arguments: argparse.Namespace) -> int:
    """Answer with the deadlines of a day: 0 answered, 2 bad input."""

    def document() -> object:
        rules = {} if arguments.rules is None else read_document(arguments.rules)
        return {"day": arguments.day, "rules": rules}

    return _answered("deadlines", document)


def run_rules(arguments: argparse.Namespace) -> int:
    """Answer with the rules of a preset: 0 answered, 2 bad input."""
    return _answered("rules", lambda: {"preset": arguments.preset, "day": arguments.day})


def read_document(name: str) -> object:
    """JSON-Dokument lesen: from a file, or from standard input for "-".

    Raises:
        InputError: the file cannot be read, is not UTF-8, or holds no strict JSON.
    """
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise InputError("$", f"Die Datei „{name}“ lässt sich nicht lesen. {because(error)}.") from error
    except UnicodeDecodeError as error:
        raise InputError("$", "Die Eingabe ist kein UTF-8. Bitte die Datei in dieser Kodierung speichern.") from error
    return parse(text)


def _command(commands: "_SubParsersAction[argparse.ArgumentParser]", name: str, short: str, description: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=short, description=description, formatter_class=argparse.RawDescriptionHelpFormatter)


def _answered(command: str, document: Callable[[], object]) -> int:
    answer = import_module(f"beiratswahl.commands.law_{command}").answer
    try:
        said = answer(document())
    except InputError as error:
        # one line, whatever the input holds
        print(" ".join(str(error).split()), file=sys.stderr)
        return 2
    sys.stdout.buffer.write(f"{json.dumps(said, ensure_ascii=False, indent=2)}\n".encode())
    sys.stdout.buffer.flush()
    return 0
