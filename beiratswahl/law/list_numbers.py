"""Listennummern: which number a list carries, and which numbers stay free because a party of the Landtag does not run."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

from beiratswahl.law.nominations import Nomination
from beiratswahl.law.rules import BallotOrder, Rules
from beiratswahl.law.trace import Step

SOURCE = "§ 24 Abs. 1 KWG"


def list_numbers(ordered: Sequence[Nomination], free: Collection[int] = ()) -> tuple[int, ...]:
    """Listennummern in the order of the ballot, jumping over those that stay free.

    Source: § 24 Abs. 1 KWG: the number of a party of the Landtag that does not run stays free [V].

    Args:
        ordered: admitted nominations in ballot order.
        free: numbers that stay free, each at least 1.

    Returns:
        One number for each nomination, rising.
    """
    numbers = (number for number in count(1) if number not in free)
    return tuple(next(numbers) for _ in ordered)


def free_number_fault(rules: Rules, ordered: Sequence[Nomination], free: Collection[int]) -> str | None:
    """Prüfung der freien Nummern: only numbers of parties of the Landtag stay free, and these come first.

    Source: § 24 Abs. 1 KWG [V]; that bylaws which order otherwise know no free numbers [I].

    Args:
        rules: rules of the election.
        ordered: admitted nominations in ballot order.
        free: numbers that shall stay free.

    Returns:
        What is wrong, in German; None when nothing is.
    """
    if not free:
        return None
    if rules.ballot_order is not BallotOrder.LIST_NUMBER:
        return (
            f"Nach den Wahlregeln ist die Reihenfolge auf dem Stimmzettel „{rules.ballot_order.value}“. Nummern bleiben nur frei, wenn die "
            "Satzung auf § 24 Abs. 1 KWG verweist; ändern Sie dann zuerst diese Regel."
        )
    of_landtag = sum(of.landtag_votes is not None for of in ordered)
    last = of_landtag + len(free)
    if beyond := sorted(number for number in free if not 1 <= number <= last):
        return (
            f"Die Nummer {beyond[0]} kann nicht frei bleiben. Frei bleiben nur Nummern von Parteien des Landtags; diese tragen hier die "
            f"Nummern 1 bis {last} ({of_landtag} zugelassen, {len(free)} frei). Prüfen Sie die Nummer und ob bei jeder zugelassenen Partei "
            "des Landtags die Landesstimmen eingetragen sind."
        )
    return None


def free_number_steps(free: Mapping[int, str], basis: str) -> Iterator[Step]:
    """Freie Nummern in words.

    Args:
        free: party by number that stays free.
        basis: why the rule holds for this election, e.g. the § of the bylaw.
    """
    for number, party in sorted(free.items()):
        text = f"Die Listennummer {number} bleibt frei: „{party}“ ist im Landtag vertreten und tritt hier nicht an. Grundlage: {basis}."
        yield Step("free_number", SOURCE, text)
