"""Wertarten: the forms a rule's value can take, how each is read from plain JSON and written back.

A bylaw speaks of days before the election ("am 48. Tage vor der Wahl, 18 Uhr"), of shares, hours and choices. Each kind here knows its
range, says in German what is allowed, and reads and writes the one spelling that is stored: "E-48 18:00", "3/2", "08:00-18:00".
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class DayBefore(NamedTuple):
    """Tag vor der Wahl: the n-th day before election day, with an hour where the rule names one.

    Source: § 75 KWG: deadlines are not moved for Saturdays, Sundays or holidays [V].
    """

    days: int
    hour: time | None = None

    def at(self, election_day: date) -> date | datetime:
        """Zeitpunkt: the calendar day, or the exact local time where the rule names an hour."""
        day = election_day - timedelta(days=self.days)
        if self.hour is None:
            return day
        return datetime.combine(day, self.hour)

    def __str__(self) -> str:
        """Give the stored spelling, e.g. "E-48 18:00"."""
        day = f"E-{self.days}"
        return day if self.hour is None else f"{day} {self.hour:%H:%M}"


class Window(NamedTuple):
    """Zeitraum vor der Wahl: from the n-th to the m-th day before election day, both included."""

    first: DayBefore
    last: DayBefore

    def __str__(self) -> str:
        """Give the stored spelling, e.g. "E-20..E-16"."""
        return f"{self.first}..{self.last}"


class Hours(NamedTuple):
    """Uhrzeiten: opening and closing hour on election day."""

    opens: time
    closes: time

    def __str__(self) -> str:
        """Give the stored spelling, e.g. "08:00-18:00"."""
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


Value = bool | int | str | Fraction | time | DayBefore | Window | Hours | tuple[StrEnum, ...] | None
Plain = bool | int | str | list[str] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """Wertart: one form of value.

    Attributes:
        name: stable English name of the form, e.g. "whole_number".
        allowed: German sentence part that says what may be written.
        read: turns plain JSON into the value, None where it does not fit.
        options: the words to choose from; empty where the value is no choice.
    """

    name: str
    allowed: str
    read: Callable[[object], Value]
    options: tuple[StrEnum, ...] = ()


def plain(value: Value) -> Plain:
    """Schreibweise: the plain JSON form of a rule's value, which `Kind.read` reads back unchanged."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple) and not isinstance(value, DayBefore | Window | Hours):
        return [str(member) for member in value]
    return str(value)


def shown(raw: object) -> str:
    """Anzeige: how a plain value is written in a sentence: a text as it is, all else as in a rules file."""
    return raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, default=str)


def whole_number(low: int, high: int) -> Kind:
    """Ganze Zahl between low and high, both included."""

    def read(raw: object) -> Value:
        return raw if isinstance(raw, int) and not isinstance(raw, bool) and low <= raw <= high else None

    return Kind("whole_number", f"ganze Zahl von {low} bis {high}", read)


def yes_or_no() -> Kind:
    """Ja oder Nein: true or false, never a number or a word."""
    return Kind("yes_or_no", "true oder false", lambda raw: raw if isinstance(raw, bool) else None)


def choice(members: type[StrEnum], *only: StrEnum) -> Kind:
    """Auswahl: exactly one of the statute's words; `only` narrows it to what the law leaves open."""
    known = {str(member): member for member in only or tuple(members)}

    def read(raw: object) -> Value:
        return known.get(raw) if isinstance(raw, str) else None

    return Kind("choice", " oder ".join(f"„{word}“" for word in known), read, tuple(known.values()))


def choices(members: type[StrEnum]) -> Kind:
    """Mehrfachauswahl: a list of different words, at least one; the order does not matter."""
    order = tuple(members)
    words = {str(member) for member in order}

    def read(raw: object) -> Value:
        if not isinstance(raw, list | tuple) or not raw or not all(isinstance(word, str) for word in raw):
            return None
        chosen = {str(word) for word in raw}
        if len(chosen) < len(raw) or not chosen <= words:
            return None
        return tuple(member for member in order if str(member) in chosen)

    return Kind("choices", "Liste aus " + ", ".join(f"„{member}“" for member in order) + " (ohne Wiederholung)", read, order)


def ratio(low: Fraction, high: Fraction) -> Kind:
    """Verhältniszahl: an exact fraction between low and high, written "3/2" or 1.5."""

    def read(raw: object) -> Value:
        try:
            value = Fraction(str(raw).replace(",", "."))
        except (ValueError, ZeroDivisionError):
            return None
        return value if low <= value <= high else None

    return Kind("ratio", f'Bruch oder Dezimalzahl von {low} bis {high}, zum Beispiel "3/2"', read)


_HOUR = r"([01][0-9]|2[0-3]):([0-5][0-9])"
_DAY = r"E-(0|[1-9][0-9]{0,2})"


def _match(pattern: str, raw: object) -> re.Match[str] | None:
    return re.fullmatch(pattern, raw) if isinstance(raw, str) else None


def day_before() -> Kind:
    """Tag vor der Wahl without an hour, written "E-41"."""

    def read(raw: object) -> Value:
        found = _match(_DAY, raw)
        return DayBefore(int(found[1])) if found else None

    return Kind("day_before", 'Tag vor der Wahl wie "E-41"', read)


def moment_before() -> Kind:
    """Tag vor der Wahl mit Uhrzeit, written "E-48 18:00"."""

    def read(raw: object) -> Value:
        found = _match(f"{_DAY} {_HOUR}", raw)
        return DayBefore(int(found[1]), time(int(found[2]), int(found[3]))) if found else None

    return Kind("moment_before", 'Tag vor der Wahl mit Uhrzeit wie "E-48 18:00"', read)


def window() -> Kind:
    """Zeitraum vor der Wahl, written "E-20..E-16"; the first day does not lie after the last."""

    def read(raw: object) -> Value:
        found = _match(rf"{_DAY}\.\.{_DAY}", raw)
        if not found or int(found[1]) < int(found[2]):
            return None
        return Window(DayBefore(int(found[1])), DayBefore(int(found[2])))

    return Kind("window", 'Zeitraum wie "E-20..E-16", der erste Tag nicht nach dem letzten', read)


def hour() -> Kind:
    """Uhrzeit am Wahltag, written "18:00"."""

    def read(raw: object) -> Value:
        found = _match(_HOUR, raw)
        return time(int(found[1]), int(found[2])) if found else None

    return Kind("hour", 'Uhrzeit wie "18:00"', read)


def hours() -> Kind:
    """Zeitspanne am Wahltag, written "08:00-18:00"; it opens before it closes."""

    def read(raw: object) -> Value:
        found = _match(f"{_HOUR}-{_HOUR}", raw)
        if not found:
            return None
        span = Hours(time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4])))
        return span if span.opens < span.closes else None

    return Kind("hours", 'Zeitspanne wie "08:00-18:00", Beginn vor Ende', read)
