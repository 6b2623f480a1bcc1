"""Vergleich mit der vorigen Wahl desselben Beirats, when its final result is published here; and which elections are the archive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from beiratswahl.public.publication import ListResult, Version


@dataclass(frozen=True, slots=True)
class ListPair:
    """Wahlvorschlag now and then; one of the two may be missing. Lists are the same when their keyword is."""

    keyword: str
    now: ListResult | None
    then: ListResult | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Vergleich zweier Wahlen; `lists` is empty unless both were by lists."""

    then: Version
    lists: tuple[ListPair, ...]


def compare(version: Version, newest: Iterable[Version]) -> Comparison | None:
    """Compare with the election before.

    Args:
        version: the version that is shown.
        newest: the newest version of every election.

    Returns:
        None when no earlier final result of the same municipality and council stands.
    """
    earlier = [of for of in newest if _same_council(of, version) and of.election_day < version.election_day and _stands(of)]
    if not earlier:
        return None
    then = max(earlier, key=lambda of: of.election_day)
    return Comparison(then, _pairs(version.lists, then.lists) if version.lists and then.lists else ())


def archived(newest: Sequence[Version]) -> tuple[Version, ...]:
    """Frühere Wahlen: those for whose council a later election is published, in the order given."""
    return tuple(of for of in newest if any(_same_council(of, other) and other.election_day > of.election_day for other in newest))


def _same_council(one: Version, other: Version) -> bool:
    return (one.ags, one.council) == (other.ags, other.council)


def _stands(version: Version) -> bool:
    return version.final and version.withdrawn_at_utc is None


def _pairs(now: Sequence[ListResult], then: Sequence[ListResult]) -> tuple[ListPair, ...]:
    before = {of.keyword.casefold(): of for of in then}
    pairs = [ListPair(of.keyword, of, before.pop(of.keyword.casefold(), None)) for of in now]
    return (*pairs, *(ListPair(of.keyword, None, of) for of in before.values()))
