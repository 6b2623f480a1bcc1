"""Hausnummern: ranges of one street, on one side or both."""

import re
from enum import StrEnum
from typing import NamedTuple

_NUMBER = re.compile(r"\d+")


class Side(StrEnum):
    """Straßenseite, as a range of house numbers names it."""

    BOTH = "alle"
    EVEN = "gerade"
    ODD = "ungerade"


class HouseRange(NamedTuple):
    """Bereich von Hausnummern, both ends included; a number with a letter belongs to its number, so 12a lies in 1 to 12."""

    first: int
    last: int
    side: Side

    def holds(self, number: int) -> bool:
        """Whether a house number lies in the range."""
        return self.first <= number <= self.last and (self.side is Side.BOTH or (number % 2 == 0) == (self.side is Side.EVEN))

    def meets(self, other: "HouseRange") -> bool:
        """Whether some house number lies in both ranges."""
        # Two neighbouring numbers are one of each side, so the first two of the common part tell it.
        start, end = max(self.first, other.first), min(self.last, other.last)
        return any(self.holds(number) and other.holds(number) for number in range(start, min(end, start + 1) + 1))

    def __str__(self) -> str:
        numbers = f"{self.first}" if self.first == self.last else f"{self.first} bis {self.last}"
        return numbers if self.side is Side.BOTH else f"{numbers} ({self.side.value})"


def leading_number(house_number: str) -> int | None:
    """Zahl einer Hausnummer: 12 for „12“, „12a“ and „12-14“; None where there is none."""
    found = _NUMBER.search(house_number)
    return int(found[0]) if found else None
