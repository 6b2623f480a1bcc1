"""German labels, number and date forms for people. Nothing here decides anything."""

from datetime import date, datetime
from fractions import Fraction

from beiratswahl.clock import local

MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
NO_BREAK = "\u00a0"


def number(value: int) -> str:
    """1234567 as "1.234.567"."""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int, places: int = 1) -> str:
    """Share in per cent, rounded half up, "12,3 %"; "–" when the whole is 0."""
    if whole == 0:
        return "–"
    return f"{decimal(Fraction(100 * part, whole), places)}{NO_BREAK}%"


def decimal(value: Fraction, places: int) -> str:
    """Exact fraction as a German decimal, rounded half up, "4,4941"."""
    scale = 10**places
    scaled = (2 * abs(value) * scale + 1) // 2
    sign = "-" if value < 0 and scaled else ""
    whole, rest = divmod(scaled, scale)
    return f"{sign}{number(whole)},{rest:0{places}d}" if places else f"{sign}{number(whole)}"


def long_date(day: date) -> str:
    """ "10. November 2024"."""
    return f"{day.day}.{NO_BREAK}{MONTHS[day.month - 1]}{NO_BREAK}{day.year}"


def weekday_date(day: date) -> str:
    """ "Sonntag, 10. November 2024"."""
    return f"{WEEKDAYS[day.weekday()]}, {long_date(day)}"


def short_date(day: date) -> str:
    """ "10.11.2024"."""
    return day.strftime("%d.%m.%Y")


def moment(at: datetime) -> str:
    """Local date and time, "10.11.2024, 18:00 Uhr"."""
    return local(at).strftime(f"%d.%m.%Y, %H:%M{NO_BREAK}Uhr")


def to_the_second(at: datetime) -> str:
    """Local date and time where seconds decide, "28.09.2026, 18:00:01 Uhr"."""
    return local(at).strftime(f"%d.%m.%Y, %H:%M:%S{NO_BREAK}Uhr")


def council_genitive(name: str) -> str:
    """ "Beirates für Migration und Integration der Stadt Musterstadt"."""
    return f"Beirates{name.removeprefix('Beirat')}" if name.startswith("Beirat ") else name


def counted(amount: int, one: str, many: str) -> str:
    """ "1 Person", "1.234 Personen"."""
    return f"{number(amount)}{NO_BREAK}{one if amount == 1 else many}"
