"""Staatsangehörigkeiten: the three-digit keys of the Statistisches Bundesamt and their names."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

GERMAN = "000"
STATELESS = "997"
UNCLEAR = "998"
NOT_STATED = "999"


class Nationality(NamedTuple):
    """Staatsangehörigkeit: key, German name, and whether the state no longer exists (still found in registers)."""

    key: str
    name: str
    former: bool


@cache
def nationalities() -> dict[str, Nationality]:
    """Schlüsselverzeichnis: every known key, former states included because old register entries keep them."""
    with (Path(__file__).with_name("nationalities.csv")).open(encoding="utf-8", newline="") as lines:
        return {row["key"]: Nationality(row["key"], row["name"], row["former"] == "1") for row in csv.DictReader(lines, delimiter=";")}


def nationality_name(key: str) -> str:
    """Name der Staatsangehörigkeit, or the key itself when it is not in the list."""
    known = nationalities().get(key)
    return known.name if known else key
