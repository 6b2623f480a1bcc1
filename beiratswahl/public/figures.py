"""Zahlen und Tage in the language of the page. Figures are exact before they are written: a locale never rounds."""

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal, format_percent
from flask import Flask

from beiratswahl import words
from beiratswahl.clock import local
from beiratswahl.public import languages


def hang_up(app: Flask) -> None:
    """The same names as in German pages."""
    app.jinja_env.filters.update(number=number, moment=moment, hour=hour)
    app.jinja_env.filters.update(long_date=long_date, weekday_date=weekday_date, short_date=short_date)
    app.jinja_env.globals.update(percent=percent, decimal=decimal)


def number(value: int) -> str:
    """1234567 as "1.234.567" or "1,234,567"."""
    locale = _foreign()
    return format_decimal(value, locale=locale) if locale else words.number(value)


def percent(part: int, whole: int, places: int = 1) -> str:
    """Share in per cent, rounded half up; "–" when the whole is 0."""
    locale = _foreign()
    if not locale or whole == 0:
        return words.percent(part, whole, places)
    pattern = Locale.parse(locale).percent_formats[None].pattern.replace("#,##0", _pattern(places))
    return format_percent(_exactly(Fraction(100 * part, whole), places).scaleb(-2), format=pattern, locale=locale)


def decimal(value: Fraction, places: int) -> str:
    """Exact fraction with this many places, rounded half up."""
    locale = _foreign()
    return format_decimal(_exactly(value, places), format=_pattern(places), locale=locale) if locale else words.decimal(value, places)


def long_date(day: date) -> str:
    """ "10. November 2024", "10 November 2024"."""
    locale = _foreign()
    return _together(format_date(day, "long", locale=locale)) if locale else words.long_date(day)


def weekday_date(day: date) -> str:
    """ "Sonntag, 10. November 2024"."""
    locale = _foreign()
    return format_date(day, "full", locale=locale) if locale else words.weekday_date(day)


def short_date(day: date) -> str:
    """ "10.11.2024"; with the month as a word where its place differs from country to country."""
    locale = _foreign()
    return _together(format_date(day, "medium", locale=locale)) if locale else words.short_date(day)


def moment(at: datetime) -> str:
    """Local date and time, "10.11.2024, 18:00 Uhr"."""
    locale = _foreign()
    if not locale:
        return words.moment(at)
    there = local(at)
    return f"{short_date(there.date())}, {format_time(there, 'short', locale=locale)}"


def hour(text: str) -> str:
    """ "18:00" as "18 Uhr", "18:30 Uhr"."""
    locale = _foreign()
    if locale:
        return format_time(time.fromisoformat(text), "short", locale=locale)
    return f"{text.removesuffix(':00').removeprefix('0')}{words.NO_BREAK}Uhr"


def _foreign() -> str:
    """The locale of the page, or "" when it writes figures as German does."""
    locale = languages.current().locale
    return "" if locale == languages.GERMAN.locale else locale


def _exactly(value: Fraction, places: int) -> Decimal:
    scaled = (2 * abs(value) * 10**places + 1) // 2
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-places)


def _pattern(places: int) -> str:
    return f"#,##0.{'0' * places}" if places else "#,##0"


def _together(text: str) -> str:
    return text.replace(" ", words.NO_BREAK)
