"""The only clock of the house: UTC in the database, Europe/Berlin for people."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def now() -> datetime:
    """Jetzt: the current moment in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the one clock


def today() -> date:
    """Heute: the current day in Rheinland-Pfalz."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """Ortszeit: the same moment on a clock in Rheinland-Pfalz.

    Raises:
        ValueError: the moment carries no time zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be told in local time")
    return moment.astimezone(BERLIN)


def from_local(moment: datetime) -> datetime:
    """UTC of a wall-clock time in Rheinland-Pfalz (a naive datetime, as an official types it)."""
    return moment.replace(tzinfo=BERLIN).astimezone(UTC)
