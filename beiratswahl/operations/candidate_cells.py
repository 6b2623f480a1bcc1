"""Zellen der Tabelle: each kind of cell read as text, and what a spreadsheet may have spoilt said, never guessed."""

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from beiratswahl.law.rules import Ground
from beiratswahl.operations.nominations import CITIZEN, implausible_birth
from beiratswahl.operations.register_values import Unreadable, read_sex

YES, NO = "ja", "nein"
#: how the groups of § 56 Abs. 2 Satz 2 GemO are written in the table
STATUS = {
    "": "",
    "1": Ground.NR1.value,
    "2a": Ground.NR2A.value,
    "2b": Ground.NR2B.value,
    "2c": Ground.NR2C.value,
    "2d": Ground.NR2D.value,
    "bürger": CITIZEN,
}
NUMBERS = {
    "postcode": 5,
    "contact_postcode": 5,
    "deputy_postcode": 5,
    "public_postcode": 5,
    "nationality": 3,
}  # digits that a spreadsheet shortens when it takes them for a number


class Fault(ValueError):
    """A cell that cannot be taken over."""


def text_in(name: str, cell: Any) -> str:
    """The text of a cell.

    Raises:
        Fault: a formula, something else than text, or a number that may have lost its zeros.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        raise Fault("Hier steht eine Formel oder ein Fehlerwert. Schreiben Sie den Wert selbst hinein.")
    if isinstance(value, bool) or (not isinstance(value, str) and name not in NUMBERS):
        raise Fault(f"„{value}“ ist nicht als Text gespeichert. Formatieren Sie die Zelle als Text und tippen Sie den Eintrag neu.")
    if not isinstance(value, str):
        value = str(value)
        if not (value.isdigit() and len(value) == NUMBERS[name]):
            raise Fault(f"„{value}“ ist als Zahl gespeichert; führende Nullen können fehlen. Formatieren Sie die Zelle als Text.")
    text = unicodedata.normalize("NFC", value).strip()
    if not text.isprintable():
        raise Fault("Der Text enthält Zeilenumbrüche oder unsichtbare Zeichen. Tippen Sie ihn neu.")
    return text


def _date(name: str, cell: Any) -> str:
    if isinstance(cell.value, datetime):
        return cell.value.date().isoformat()
    text = text_in(name, cell)
    for form in ("%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 - a day, no moment
        except ValueError:
            continue
    if text:
        raise Fault(f"„{text}“ ist kein Tag. Schreiben Sie ihn wie 31.12.1980.")
    return ""


def _birth_date(name: str, cell: Any) -> str:
    text = _date(name, cell)
    if text and implausible_birth(date.fromisoformat(text)):
        raise Fault(f"Der {date.fromisoformat(text):%d.%m.%Y} kann kein Geburtstag sein. Prüfen Sie das Jahr.")
    return text


def _sex(name: str, cell: Any) -> str:
    try:
        return read_sex(text_in(name, cell))
    except Unreadable as unreadable:
        raise Fault(f"{unreadable.what} Schreiben Sie w, m oder d, oder lassen Sie das Feld leer.") from unreadable


def _stands_as(name: str, cell: Any) -> str:
    text = str(cell.value) if isinstance(cell.value, int) and not isinstance(cell.value, bool) else text_in(name, cell)
    plain = "".join(text.casefold().replace("nr", "").replace(".", "").replace(")", "").split())
    if plain not in STATUS:
        raise Fault(f"„{text}“: Schreiben Sie {', '.join(list(STATUS)[1:-1])} oder Bürger.")
    return STATUS[plain]


def _named(name: str, cell: Any) -> int:
    value = cell.value if isinstance(cell.value, int) and not isinstance(cell.value, bool) else text_in(name, cell)
    if str(value or "1") not in ("1", "2", "3"):
        raise Fault(f"„{value}“: Eine Person kann ein-, zwei- oder dreimal genannt sein.")
    return int(value or 1)


def _yes(name: str, cell: Any) -> bool:
    text = text_in(name, cell).casefold()
    if text not in ("", YES, NO):
        raise Fault(f"„{text}“: Schreiben Sie „{YES}“ oder „{NO}“.")
    return text == YES


def _day(name: str, cell: Any) -> date | None:
    text = _date(name, cell)
    return date.fromisoformat(text) if text else None


def _amount(name: str, cell: Any) -> int:
    text = str(cell.value) if isinstance(cell.value, int) and not isinstance(cell.value, bool) else text_in(name, cell)
    if not (text.isdecimal() and len(text) <= len("99999")):
        raise Fault(f"„{text}“ ist keine Zahl.")
    return int(text)


READERS: dict[str, Callable[[str, Any], Any]] = {
    "birth_date": _birth_date,
    "named": _named,
    "consent": _yes,
    "eligibility_certified": _yes,
    "parental_consent": _yes,
    "intent_declared": _yes,
    "sex": _sex,
    "stands_as": _stands_as,
}
HEAD_READERS: dict[str, Callable[[str, Any], Any]] = {
    "meeting_day": _day,
    "meeting_invited_on": _day,
    "meeting_present": _amount,
    "meeting_secret": _yes,
    "meeting_signed": _yes,
    "meeting_affirmed": _yes,
}
