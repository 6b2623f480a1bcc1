"""All tables at once, for the migrations and the tests of the archive."""

from beiratswahl.store.tables import accounts, boards, counting, electoral_roll, journal, nominations, publication, results, roll, setup
from beiratswahl.store.tables.base import Base

ROOMS = (accounts, boards, counting, electoral_roll, journal, nominations, publication, results, roll, setup)
METADATA = Base.metadata
