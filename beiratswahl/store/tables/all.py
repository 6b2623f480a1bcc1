"""All tables at once, for the migrations and the tests of the archive."""

from beiratswahl.store.tables import accounts, journal, setup
from beiratswahl.store.tables.base import Base

ROOMS = (accounts, journal, setup)
METADATA = Base.metadata
