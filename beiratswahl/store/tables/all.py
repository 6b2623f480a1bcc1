"""All tables at once, for the migrations and the tests of the archive."""

import importlib
import pkgutil

from beiratswahl.store import tables
from beiratswahl.store.tables.base import Base

for _module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
    if _module.name != __name__:
        importlib.import_module(_module.name)
METADATA = Base.metadata
