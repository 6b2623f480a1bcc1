"""Werte im Melderegister-Auszug: how each field is read, each different text only once.

A register repeats itself: 200,000 persons have some 30,000 birth dates and a few hundred combinations of nationalities. So each kind of
field has a `Reading`, a dictionary that reads a text when it first sees it. Texts that cannot be read are never kept, so a broken file
fills no memory.
"""

import datetime
import re
from calendar import monthrange
from collections.abc import Callable
from enum import StrEnum
from typing import Generic, TypeVar

from beiratswahl.operations.nationalities import GERMAN, nationalities

KEPT_TEXTS = 60_000
YEARS = range(1890, 2101)
#: what „17.05.“ becomes, for each day that every year has
DAYS_OF_EVERY_YEAR = {
    f"{day:02}.{month:02}.": f"-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, monthrange(2001, month)[1] + 1)
}
#: the years in which a date may lie
YEAR_TEXTS = {str(year): str(year) for year in YEARS}
UNKNOWN_DATE = "0000-00-00"
K = TypeVar("K")
T = TypeVar("T")


class Unreadable(ValueError):
    """Raised when a field cannot be read.

    Attributes:
        what: German sentence, what was found.
        why: German sentence, why it matters.
        remedy: German sentence, what to do.
    """

    def __init__(self, what: str, why: str, remedy: str = "Bitte im Melderegister berichtigen und den Auszug neu erstellen.") -> None:
        super().__init__(what)
        self.what, self.why, self.remedy = what, why, remedy


class Reading(dict[K, T], Generic[K, T]):
    """Lesart eines Feldes: `reading[text]` is the value; reads each text once and keeps a bounded number."""

    def __init__(self, read: Callable[[K], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: K) -> T:
        value = self._read(text)
        if len(self) >= KEPT_TEXTS:
            self.clear()
        self[text] = value
        return value


class ResidenceStatus(StrEnum):
    """Wohnungsstatus (§ 21 BMG)."""

    MAIN = "Hauptwohnung"
    SECONDARY = "Nebenwohnung"


_STATUS = {
    **dict.fromkeys(("h", "hw", "hauptwohnung", "a", "aw", "e", "alleinige wohnung", "einzige wohnung"), ResidenceStatus.MAIN.value),
    **dict.fromkeys(("n", "nw", "nebenwohnung"), ResidenceStatus.SECONDARY.value),
}
_SEXES = {"m": "m", "männlich": "m", "w": "w", "weiblich": "w", "d": "d", "divers": "d", "x": "", "": "", "ohne angabe": ""}
_YES = frozenset({"1", "j", "ja"})
_NO = frozenset({"", "0", "n", "nein"})
_DATES = re.compile(r"(?P<day>\d\d)\.(?P<month>\d\d)\.(?P<year>\d{4})|(?P<y>\d{4})-?(?P<m>\d\d)-?(?P<d>\d\d)")
_KEYS = re.compile(r"\d{3}")


def read_date(text: str) -> str:
    """Datum im Register, perhaps incomplete: „17.05.1980“, „00.05.1980“, „00.00.1980“, also „1980-05-17“ and „19800517“.

    Returns:
        "YYYY-MM-DD" with 00 for what the register does not know; "" for an empty field.

    Raises:
        Unreadable: no date, or a day that no calendar has.
    """
    if ordinary := _read_whole_date(text):
        return ordinary
    text = text.strip()
    if not text:
        return ""
    match = _DATES.fullmatch(text)
    if match is None:
        raise Unreadable(f"„{text}“ ist kein Datum.", "Erwartet wird TT.MM.JJJJ, unbekannte Teile als 00.")
    year = int(match["year"] or match["y"])
    month = int(match["month"] or match["m"])
    day = int(match["day"] or match["d"])
    if year or month or day:
        _check_calendar(text, year, month, day)
    return f"{year:04}-{month:02}-{day:02}"


def _read_whole_date(text: str) -> str:
    """The short way for nearly every date, „17.05.1980“ with a day that the calendar has; "" for all others."""
    day, month, year = text[:2], text[3:5], text[6:]
    if len(text) != 10 or not text[2] == text[5] == "." or not (year + month + day).isdecimal() or not text.isascii():
        return ""
    try:
        return f"{year}-{month}-{day}" if datetime.date(int(year), int(month), int(day)).year in YEARS else ""
    except ValueError:
        return ""


def _check_calendar(text: str, year: int, month: int, day: int) -> None:
    if year not in YEARS:
        raise Unreadable(f"„{text}“ liegt außerhalb der Jahre {YEARS[0]} bis {YEARS[-1]}.", "So kann das Datum nicht gemeint sein.")
    if month > 12 or (day and not month) or day > (monthrange(year, month)[1] if month else 0):
        raise Unreadable(f"Den Tag „{text}“ gibt es nicht.", "Alter und Wohndauer ließen sich nicht berechnen.")


def read_birth_date(text: str) -> str:
    """Geburtsdatum: as `read_date`; an empty field reads like „00.00.0000“, wholly unknown."""
    return read_date(text) or UNKNOWN_DATE


def read_event_date(text: str) -> str:
    """Datum eines Ereignisses, das nicht jeden trifft (death, moving out): as `read_date`, "" when it did not happen.

    Raises:
        Unreadable: as `read_date`, and for „00.00.0000“, which may mean either.
    """
    date = read_date(text)
    if date == UNKNOWN_DATE:
        raise Unreadable(
            f"„{text}“ lässt offen, ob das Ereignis eingetreten ist.",
            "Tod und Auszug beenden das Wahlrecht.",
            "Bitte das Feld leer lassen, wenn es nicht zutrifft, sonst wenigstens das Jahr angeben.",
        )
    return date


def read_nationalities(text: str, between: str = ",") -> str:
    """Staatsangehörigkeiten: three-digit keys, several parted by comma or blanks, in the order of the register.

    Returns:
        The keys joined by one blank, each once; German first, so that equal sets read alike.

    Raises:
        Unreadable: empty, not a key of three digits, or a key the Statistisches Bundesamt does not list.
    """
    keys = dict.fromkeys(text.replace(between, " ").split())
    if not keys:
        raise Unreadable(
            "Es ist keine Staatsangehörigkeit angegeben.",
            "Von ihr hängt das Wahlrecht ab.",
            "Bitte ergänzen; „997“ steht für staatenlos, „998“ für ungeklärt, „999“ für ohne Angabe.",
        )
    known = nationalities()
    for key in keys:
        if key not in known:
            kind = (
                "ist nicht im Schlüsselverzeichnis des Statistischen Bundesamts"
                if _KEYS.fullmatch(key)
                else "ist kein dreistelliger Schlüssel"
            )
            raise Unreadable(
                f"„{key}“ {kind}.",
                "Von der Staatsangehörigkeit hängt das Wahlrecht ab.",
                "Bitte den Schlüssel berichtigen; mehrere durch Komma oder Leerzeichen trennen.",
            )
    return " ".join(sorted(keys, key=lambda key: (key != GERMAN, key)))


def read_status(text: str) -> str:
    """Wohnungsstatus: H or A (alleinige Wohnung) and N, or the words.

    Returns:
        A value of `ResidenceStatus`.

    Raises:
        Unreadable: anything else, the empty field too.
    """
    status = _STATUS.get(text.strip().casefold())
    if status is None:
        raise Unreadable(
            f"„{text}“ ist kein Wohnungsstatus.",
            "Nur eine Hauptwohnung begründet das Wahlrecht (§ 1 Abs. 1 Nr. 2 KWG).",
            "Erwartet wird H (Haupt- oder alleinige Wohnung) oder N (Nebenwohnung).",
        )
    return status


def read_sex(text: str) -> str:
    """Geschlecht: "m", "w", "d" or "" (ohne Angabe).

    Raises:
        Unreadable: anything else.
    """
    sex = _SEXES.get(text.strip().casefold())
    if sex is None:
        raise Unreadable(f"„{text}“ ist keine Angabe zum Geschlecht.", "Erwartet wird m, w, d oder x.")
    return sex


def read_blocks(text: str) -> str:
    """Auskunftssperren: "51" (§ 51 BMG), "52" (§ 52 BMG), both as "51 52", or "" for none; „ja“ means § 51.

    Raises:
        Unreadable: anything else; a block must never be lost by a typing error.
    """
    found = set()
    for part in text.replace("§", " ").replace(",", " ").casefold().split():
        if part in _YES:
            found.add("51")
        elif part in {"51", "52"}:
            found.add(part)
        elif part not in _NO | {"bmg"}:
            raise Unreadable(
                f"„{text}“ ist keine bekannte Auskunftssperre.",
                "Eine Sperre, die nicht erkannt wird, könnte einen Menschen gefährden.",
                "Erwartet wird 51 (§ 51 BMG), 52 (§ 52 BMG) oder ein leeres Feld.",
            )
    return " ".join(sorted(found))


def read_exclusion(text: str) -> bool:
    """Wahlausschluss durch Richterspruch (§ 2 KWG): ja or nein; the empty field means nein.

    Raises:
        Unreadable: anything else.
    """
    word = text.strip().casefold()
    if word not in _YES | _NO:
        raise Unreadable(f"„{text}“ ist keine Angabe zum Wahlausschluss.", "Erwartet wird ja oder nein.")
    return word in _YES


def read_ags(text: str) -> str:
    """Gemeindeschlüssel: eight digits; blanks between them are dropped.

    Raises:
        Unreadable: not eight digits.
    """
    digits = text.replace(" ", "")
    if len(digits) != 8 or not digits.isdecimal() or not digits.isascii():
        raise Unreadable(
            f"„{text}“ ist kein amtlicher Gemeindeschlüssel.",
            "An ihm wird erkannt, ob die Wohnung im Wahlgebiet liegt.",
            "Erwartet werden acht Ziffern; eine führende Null darf nicht verloren gehen.",
        )
    return digits
