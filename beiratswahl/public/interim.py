"""Zwischenstand: which polling districts an interim version shows, from its published JSON."""

from dataclasses import dataclass

from beiratswahl.public.districts import Fields


@dataclass(frozen=True, slots=True)
class InterimState:
    """Auszählungsstand: districts shown, all districts, number and name of those still missing."""

    counted: int
    districts: int
    missing: tuple[tuple[int, str], ...]


def state_of(fields: Fields | None) -> InterimState | None:
    """Read the state; None for a version with all districts."""
    if fields is None:
        return None
    return InterimState(fields["districts_counted"], fields["districts"], tuple((of["number"], of["name"]) for of in fields["missing"]))
