"""Los zwischen Listen: which question is put, whether it has to be put at all, and whether the answer fits it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from beiratswahl.law.seat_values import ListVotes, LotQuestion, Standing


class LotRefused(ValueError):
    """Los passt nicht: a drawn lot answers no question, or not the one that was put.

    Attributes:
        index: place of the lot among the drawn ones, 0 for the first.
    """

    def __init__(self, index: int, message: str) -> None:
        super().__init__(message)
        self.index = index


@dataclass(frozen=True, slots=True)
class Settled:
    """Ergebnis auf dem Papier, before the number of candidates is looked at.

    Attributes:
        seats: seats of each list, so far as they are certain.
        empty: tied seats that stay empty whoever wins them, because no tied list has another candidate.
        lot: the open question, None when everything is settled.
        used: how many of the drawn lots were used.
        record: what happened, for the steps.
    """

    seats: Mapping[str, int]
    empty: int = 0
    lot: LotQuestion | None = None
    used: int = 0
    record: tuple[tuple[object, ...], ...] = field(default=())


def check_lot(question: LotQuestion, lots: Sequence[str], index: int) -> str:
    """Gezogenes Los prüfen.

    Args:
        question: the question put.
        lots: the drawn lots.
        index: which of them answers the question.

    Returns:
        The list that was drawn.

    Raises:
        LotRefused: the lot names a list that is not in the question.
    """
    drawn = lots[index]
    if drawn not in question.among:
        names = ", ".join(f"„{name}“" for name in question.among)
        raise LotRefused(index, f"Das Los „{drawn}“ passt nicht zur Frage: Sitz {question.seat} ist zu ziehen zwischen {names}.")
    return drawn


def refuse_surplus(lots: Sequence[str], used: int) -> None:
    """Überzählige Lose ablehnen.

    Raises:
        LotRefused: more lots were drawn than questions were put.
    """
    if used < len(lots):
        raise LotRefused(used, f"Das Los „{lots[used]}“ ist überzählig: Es gibt nichts (mehr) zu ziehen.")


def settle(standing: Standing, lists: Sequence[ListVotes], lots: Sequence[str], first: int = 0) -> Settled:
    """Gleichstand auflösen, einen Sitz nach dem anderen.

    A lot is asked for only while its outcomes differ: once no tied list has another candidate, the open seats stay empty whoever wins.

    Source: § 41 KWG [I], § 42 Abs. 4 KWG [Vo]; empty seats [S].

    Args:
        standing: what the method gave.
        lists: the lists, with the number of their candidates.
        lots: drawn lots.
        first: index of the first lot not yet used.

    Returns:
        The settled seats, or the open question.

    Raises:
        LotRefused: a drawn lot is not among the tied lists.
    """
    seats = dict(standing.seats)
    room = {one.name: one.candidates is None or seats[one.name] < one.candidates for one in lists}
    tied, left, used = list(standing.tied), standing.open, 0
    record: list[tuple[object, ...]] = []
    while left and any(room[name] for name in tied):
        question = LotQuestion(sum(seats.values()) + 1, tuple(tied))
        if first + used == len(lots):
            return Settled(seats, 0, question, used, (*record, ("lot_needed", question)))
        drawn = check_lot(question, lots, first + used)
        record.append(("lot_drawn", question, drawn))
        seats[drawn] += 1
        tied.remove(drawn)
        left -= 1
        used += 1
    if left:
        record.append(("lot_not_needed", tuple(tied), left))
    return Settled(seats, left, None, used, tuple(record))


def filled(settled: Settled, lists: Sequence[ListVotes]) -> dict[str, int]:
    """Besetzbare Sitze: seats of each list, no more than it has candidates.

    Source: § 41 KWG [I]: no redistribution, seen in practice 2009 [S].
    """
    limits = {one.name: one.candidates for one in lists}
    return {name: seats if limits[name] is None else min(seats, limits[name] or 0) for name, seats in settled.seats.items()}
