"""All tables at once, for the migrations and the tests of the archive."""

from beiratswahl.store.tables import (
    accounts,
    boards,
    count_control,
    count_units,
    counting,
    electoral_roll,
    journal,
    nominations,
    publication,
    results,
    roll,
    roll_cases,
    second_entries,
    setup,
    teams,
)
from beiratswahl.store.tables.base import Base

ROOMS = (
    accounts,
    boards,
    count_control,
    count_units,
    counting,
    electoral_roll,
    journal,
    nominations,
    publication,
    results,
    roll,
    roll_cases,
    second_entries,
    setup,
    teams,
)
METADATA = Base.metadata
