"""Strict JSON for the `law` command: typed readers that name the place of every mistake.

A place is a JSON path: `$` is the whole document, `$.lists[0].votes` a value in it.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NoReturn, TypeVar

Choice = TypeVar("Choice", bound=StrEnum)


class InputError(Exception):
    """Fehler in der Eingabe: what is wrong at which place, in German.

    Attributes:
        path: JSON path of the place, `$` for the whole document.
        message: what is wrong and what is allowed.
    """

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return self.message if self.path == "$" else f"{self.path}: {self.message}"


class _DoubledKey(dict[str, object]):
    """An object in which a key stands twice; `parse` finds its path and refuses it."""

    doubled: str = ""


def parse(text: str) -> object:
    """JSON-Text lesen, streng: no key twice, no NaN or Infinity, nothing after the document.

    Args:
        text: the JSON text.

    Returns:
        The document as Python values.

    Raises:
        InputError: the text is no JSON, holds a key twice, or holds NaN or Infinity.
    """
    found: list[_DoubledKey] = []

    def pairs(items: list[tuple[str, object]]) -> dict[str, object]:
        value = dict(items)
        if len(value) == len(items):
            return value
        keys = [key for key, _ in items]
        doubled = _DoubledKey(value)
        doubled.doubled = next(key for key in keys if keys.count(key) > 1)
        found.append(doubled)
        return doubled

    try:
        document: object = json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        place = f"Zeile {error.lineno}, Spalte {error.colno}"
        raise InputError("$", f"Das ist kein gültiges JSON ({place}). Bitte die Datei prüfen.") from error
    except RecursionError as error:
        raise InputError("$", "Das JSON ist zu tief verschachtelt. Bitte die Datei prüfen.") from error
    except ValueError as error:
        raise InputError("$", "Das JSON enthält eine Zahl mit zu vielen Stellen. Bitte die Datei prüfen.") from error
    if found:
        path, key = next(_doubled_keys(document, "$"))
        raise InputError(path, f"Der Schlüssel „{key}“ steht hier zweimal. Bitte einen davon entfernen.")
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise InputError("$", f"„{name}“ ist keine Zahl, die JSON kennt. Bitte eine ganze Zahl angeben.")


def _doubled_keys(value: object, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, _DoubledKey):
        yield path, value.doubled
    inside: list[tuple[str, object]] = []
    if isinstance(value, dict):
        inside = [(f"{path}.{key}", inner) for key, inner in value.items()]
    elif isinstance(value, list):
        inside = [(f"{path}[{index}]", inner) for index, inner in enumerate(value)]
    for place, inner in inside:
        yield from _doubled_keys(inner, place)


def object_at(value: object, path: str, required: Collection[str], optional: Collection[str] = ()) -> dict[str, object]:
    """Objekt: a JSON object with all required keys and no unknown one.

    Raises:
        InputError: no object, a required key missing, or a key neither required nor optional.
    """
    if not isinstance(value, dict):
        raise InputError(path, f"Hier wird ein Objekt erwartet, nicht {_kind(value)}.")
    for key in value:
        if key not in required and key not in optional:
            allowed = ", ".join(f"„{name}“" for name in (*required, *optional))
            raise InputError(f"{path}.{key}", f"Diesen Schlüssel gibt es hier nicht. Erlaubt sind: {allowed}.")
    for key in required:
        if key not in value:
            raise InputError(f"{path}.{key}", "Diese Angabe fehlt.")
    return value


def items_at(value: object, path: str) -> list[tuple[str, object]]:
    """Liste: each element of a JSON array together with its path.

    Raises:
        InputError: no array.
    """
    if not isinstance(value, list):
        raise InputError(path, f"Hier wird eine Liste erwartet, nicht {_kind(value)}.")
    return [(f"{path}[{index}]", element) for index, element in enumerate(value)]


def text_at(value: object, path: str, *, empty: bool = False) -> str:
    """Text: a string of proper characters, not empty unless `empty` allows it.

    Raises:
        InputError: no string, an empty one, or one with half a character (a lone surrogate).
    """
    if not isinstance(value, str):
        raise InputError(path, f"Hier wird ein Text erwartet, nicht {_kind(value)}.")
    if not value and not empty:
        raise InputError(path, "Der Text ist leer.")
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InputError(path, "Der Text enthält ein unvollständiges Zeichen.")
    return value


def integer_at(value: object, path: str, least: int = 0, most: int | None = None) -> int:
    """Ganze Zahl: an integer in `least..most`; true, false and 3.0 are none.

    Raises:
        InputError: no integer, or out of range.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(path, f"Hier wird eine ganze Zahl erwartet, nicht {_kind(value)}.")
    if value < least:
        raise InputError(path, f"Die Zahl {value} ist zu klein; erlaubt ist mindestens {least}.")
    if most is not None and value > most:
        raise InputError(path, f"Die Zahl {value} ist zu groß; erlaubt ist höchstens {most}.")
    return value


def boolean_at(value: object, path: str) -> bool:
    """Ja oder nein: true or false; 0 and 1 are neither.

    Raises:
        InputError: anything else.
    """
    if not isinstance(value, bool):
        raise InputError(path, f"Hier wird true oder false erwartet, nicht {_kind(value)}.")
    return value


def choice_at(value: object, path: str, choices: type[Choice]) -> Choice:
    """Auswahl: a member of an enumeration, given by its stored value.

    Raises:
        InputError: no string, or no value of the enumeration.
    """
    word = text_at(value, path)
    try:
        return choices(word)
    except ValueError as error:
        allowed = ", ".join(f"„{choice.value}“" for choice in choices)
        raise InputError(path, f"„{word}“ gibt es hier nicht. Erlaubt sind: {allowed}.") from error


def date_at(value: object, path: str) -> date:
    """Datum: a calendar day written as JJJJ-MM-TT.

    Raises:
        InputError: no string of this form, or no day of the calendar.
    """
    word = text_at(value, path)
    try:
        day = date.fromisoformat(word)
    except ValueError:
        day = None
    if day is None or day.isoformat() != word:
        raise InputError(path, f"„{word}“ ist kein Datum der Form JJJJ-MM-TT, zum Beispiel 2024-11-10.")
    return day


def time_at(value: object, path: str) -> datetime:
    """Zeitpunkt: local time written as JJJJ-MM-TTThh:mm, without a zone.

    Raises:
        InputError: no string of this form, or no such moment.
    """
    word = text_at(value, path)
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is not None or moment.isoformat(timespec="minutes") != word:
        raise InputError(path, f"„{word}“ ist kein Zeitpunkt der Form JJJJ-MM-TTThh:mm, zum Beispiel 2024-11-10T18:00.")
    return moment


def unique(values: Sequence[tuple[str, str]], what: str) -> None:
    """Eindeutigkeit: no text twice among (path, text) pairs.

    Args:
        values: path and text of each value, in the order of the document.
        what: German word for the thing, with its article in the nominative, e.g. "Die Liste".

    Raises:
        InputError: a text stands twice; the path is that of its second place.
    """
    first: dict[str, str] = {}
    for path, word in values:
        if word in first:
            raise InputError(path, f"{what} „{word}“ steht schon bei {first[word]}. Jede Angabe darf nur einmal vorkommen.")
        first[word] = path


def _kind(value: object) -> str:
    # bool before int: true is no number
    names: tuple[tuple[type, str], ...] = (
        (bool, "true oder false"),
        (int, "eine ganze Zahl"),
        (float, "eine Kommazahl"),
        (str, "ein Text"),
        (list, "eine Liste"),
        (dict, "ein Objekt"),
    )
    return next((name for kind, name in names if isinstance(value, kind)), "null")
