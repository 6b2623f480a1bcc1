"""All tables at once, for the migrations and the tests of the archive."""

from beiratswahl.store.tables import (
    accounts,
    boards,
    committee,
    count_control,
    count_units,
    counting,
    deadlines,
    electoral_roll,
    journal,
    mandates,
    nominations,
    publication,
    results,
    roll,
    roll_book,
    roll_cases,
    second_entries,
    setup,
    teams,
)
from beiratswahl.store.tables.base import Base

ROOMS = (
    accounts,
    boards,
    committee,
    count_control,
    count_units,
    counting,
    deadlines,
    electoral_roll,
    journal,
    mandates,
    nominations,
    publication,
    results,
    roll,
    roll_book,
    roll_cases,
    second_entries,
    setup,
    teams,
)
METADATA = Base.metadata
