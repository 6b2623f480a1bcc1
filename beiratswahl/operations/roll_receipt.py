"""Eingang eines Antrags oder einer Einwendung: whether the moment put down can be true, before a deadline is judged by it."""

from datetime import date, datetime, timedelta

from beiratswahl import clock
from beiratswahl.operations.desk import Refused

#: a wrong year puts any moment before the election more than a year before it
LONGEST = timedelta(days=366)


def check_receipt(received_at: datetime, election_day: date) -> None:
    """Eingang prüfen: whether the moment can be that of a letter for this election.

    No statute names a first day; nobody writes more than a year ahead. A date typed with the year before, or with half of its year, would
    make a late letter one in time, so it is refused. The day on which the election was founded here is no limit, because a letter may have
    come before.

    Args:
        received_at: moment it came in, with time zone.
        election_day: the day of the election.

    Raises:
        Refused: later than now, or more than a year before the election.
    """
    if received_at > clock.now():
        raise Refused("Der Eingang liegt in der Zukunft. Ob die Frist gewahrt ist, hängt davon ab; bitte Datum und Uhrzeit prüfen.")
    day = clock.local(received_at).date()
    if day < election_day - LONGEST:
        text = f"Der Eingang am {day.day:02}.{day.month:02}.{day.year:04} liegt mehr als ein Jahr vor dem Wahltag."
        raise Refused(f"{text} Ob die Frist gewahrt ist, hängt davon ab; vermutlich ist das Jahr falsch.")
