"""All tables at once, for the migrations and the tests of the archive."""

from beiratswahl.store.tables import (
    accounts,
    boards,
    counting,
    electoral_roll,
    journal,
    nominations,
    publication,
    results,
    roll,
    second_entries,
    setup,
)
from beiratswahl.store.tables.base import Base

ROOMS = (accounts, boards, counting, electoral_roll, journal, nominations, publication, results, roll, second_entries, setup)
METADATA = Base.metadata
