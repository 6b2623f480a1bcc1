"""Rechenschritte der Sitzverteilung in words: quotients with rank, and the same result checked by divisor, as a newspaper reader would."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from beiratswahl.law.sainte_lague import divisor_of, missing_votes, rounded
from beiratswahl.law.seat_values import LotQuestion, QuotientStanding, RankedSeat, ShareStanding
from beiratswahl.law.trace import Step, grouped, votes_in_words

Names: TypeAlias = Mapping[str, str]

_METHOD = "§ 41 Abs. 1 KWG"
_CLAUSE = "§ 41 Abs. 2 KWG"


def render(record: Sequence[tuple[object, ...]], names: Names) -> tuple[Step, ...]:
    """Rechenschritte: each entry of the record as steps.

    Args:
        record: what happened, in order.
        names: words for the keys of lists; a key without words keeps itself.
    """
    return tuple(step for entry in record for step in _WORDING[str(entry[0])](names, *entry[1:]))


def decimal(number: Fraction, places: int = 4) -> str:
    """Kommazahl: digits are cut off, never rounded; an ellipsis says that more follow."""
    digits, rest = divmod(number.numerator * 10**places, number.denominator)
    whole, part = divmod(digits, 10**places)
    text = f"{part:0{places}d}" if rest else f"{part:0{places}d}".rstrip("0")
    return grouped(whole) + (f",{text}" if text else "") + ("…" if rest else "")


def _name(names: Names, key: str) -> str:
    return f"„{names.get(key, key)}“"


def _listing(names: Names, keys: Sequence[str]) -> str:
    return ", ".join(_name(names, key) for key in keys)


def _seats(number: int) -> str:
    return "1 Sitz" if number == 1 else f"{number} Sitze"


def _of_seats(number: int) -> str:
    return "von 1 Sitz" if number == 1 else f"von {number} Sitzen"


def _total_votes(_: Names, total: int, seats: int) -> Iterator[Step]:
    yield Step("total_votes", "§ 40 Abs. 2 KWG", f"Alle Listen zusammen: {votes_in_words(total)}. Zu vergeben: {_seats(seats)}.")


def _no_votes(_: Names, seats: int) -> Iterator[Step]:
    yield Step("no_votes", _METHOD, f"Keine Liste hat Stimmen. Unbesetzt: {_seats(seats)}.")


def _standing(names: Names, standing: QuotientStanding | ShareStanding) -> Iterator[Step]:
    if isinstance(standing, ShareStanding):
        yield from _shares(names, standing)
    else:
        yield from _quotients(names, standing)
        yield from _divisor(names, standing)


def _quotient(names: Names, ranked: RankedSeat) -> str:
    # votes / 0.5, / 1.5 ... with the exact fraction where the decimal does not end
    value = ranked.quotient
    exact = "" if value.denominator == 1 else f" = {value.numerator}/{value.denominator}"
    return f"Liste {_name(names, ranked.name)}, {grouped(ranked.votes)} : {ranked.nth - 1},5{exact} = {decimal(value)}"


def _quotients(names: Names, standing: QuotientStanding) -> Iterator[Step]:
    for rank, ranked in enumerate(standing.ranked, 1):
        yield Step("quotient", _METHOD, f"Sitz {rank}: {_quotient(names, ranked)}.")
    following = standing.next[0]
    if standing.open:
        who = _listing(names, standing.tied)
        text = f"Gleichstand um {_seats(standing.open)}: {who} haben denselben Quotienten {decimal(following.quotient)}."
        yield Step("tie", _METHOD, text)
        return
    text = f"Hier endet die Zuteilung. Der nächste Quotient: {_quotient(names, following)}."
    missing = missing_votes(standing)
    if missing is not None:
        text += f" Für den letzten Sitz fehlte dieser Liste: {votes_in_words(missing)}."
    yield Step("cut_line", _METHOD, text)


def _divisor(names: Names, standing: QuotientStanding) -> Iterator[Step]:
    divisor = divisor_of(standing)
    yield Step(
        "divisor", _METHOD, f"Probe mit dem Divisor {_exact(divisor)}: Stimmen durch Divisor; unter ,5 wird abgerundet, darüber auf."
    )
    total = 0
    for one in standing.lists:
        seats, half = rounded(one.votes, divisor)
        total += seats
        value = decimal(Fraction(one.votes * divisor.denominator, divisor.numerator))
        rounding = f"genau ,5; {seats} oder {seats + 1}" if half else f"gerundet {seats}"
        yield Step("rounding", _METHOD, f"Liste {_name(names, one.name)}: {grouped(one.votes)} : {_exact(divisor)} = {value}, {rounding}.")
    text = f"Zusammen {total} {_of_seats(standing.total)}."
    if standing.open:
        text += f" Offen durch Gleichstand: {standing.open}."
    yield Step("rounding_total", _METHOD, text)


def _exact(number: Fraction) -> str:
    text = decimal(number, 12)
    return f"{number.numerator}/{number.denominator}" if text.endswith("…") else text


def _shares(names: Names, standing: ShareStanding) -> Iterator[Step]:
    for share in standing.shares:
        value = decimal(Fraction(share.votes * standing.total, standing.votes))
        text = f"Liste {_name(names, share.name)}: {grouped(share.votes)} · {standing.total} : {grouped(standing.votes)} = {value}; "
        yield Step("share", _METHOD, text + f"ganze Sitze {share.whole}, Rest {share.remainder}/{standing.votes}.")
    left = standing.total - sum(share.whole for share in standing.shares)
    winners = [share.name for share in standing.shares if standing.seats[share.name] > share.whole]
    if winners:
        yield Step("remainders", _METHOD, f"Nach den größten Resten je einen {_of_seats(left)}: {_listing(names, winners)}.")
    if standing.open:
        yield Step("tie", _METHOD, f"Gleichstand um {_seats(standing.open)}: {_listing(names, standing.tied)} haben denselben Rest.")


def _majority_clause(names: Names, big: str, target: int, seats: int) -> Iterator[Step]:
    text = f"Liste {_name(names, big)} hat mehr als die Hälfte der Stimmen, nach Absatz 1 aber nicht sicher mehr als die Hälfte der Sitze. "
    text += f"Sie erhält {target} {_of_seats(seats)}; die übrigen Listen teilen sich den Rest nach demselben Verfahren."
    yield Step("majority_clause", _CLAUSE, text)


def _lot_drawn(names: Names, question: LotQuestion, drawn: str) -> Iterator[Step]:
    text = f"Los um Sitz {question.seat} zwischen {_listing(names, question.among)}: gezogen wurde {_name(names, drawn)}."
    yield Step("lot_drawn", "§ 41 KWG", text)


def _lot_needed(names: Names, question: LotQuestion) -> Iterator[Step]:
    text = f"Über Sitz {question.seat} entscheidet das Los zwischen {_listing(names, question.among)}."
    yield Step("lot_needed", "§ 41 KWG", text)


def _lot_not_needed(names: Names, tied: Sequence[str], left: int) -> Iterator[Step]:
    text = f"Ein Los ist nicht nötig: {_listing(names, tied)} haben keine weiteren Bewerber. Unbesetzt: {_seats(left)}."
    yield Step("lot_not_needed", "§ 41 KWG", text)


def _vacant(names: Names, name: str, number: int) -> Iterator[Step]:
    yield Step("vacant", "§ 41 KWG", f"Liste {_name(names, name)} hat nicht genug Bewerber. Unbesetzt: {_seats(number)}.")


def _result(names: Names, seats: Mapping[str, int], vacant: int, done: bool) -> Iterator[Step]:
    text = ", ".join(f"{_name(names, name)} {number}" for name, number in seats.items())
    text = f"{'Ergebnis' if done else 'Bisher sicher'}: {text}." + (f" Unbesetzt: {_seats(vacant)}." if vacant else "")
    yield Step("result", "§ 41 KWG", text)


_WORDING: dict[str, Callable[..., Iterator[Step]]] = {
    "total_votes": _total_votes,
    "no_votes": _no_votes,
    "standing": _standing,
    "majority_clause": _majority_clause,
    "lot_drawn": _lot_drawn,
    "lot_needed": _lot_needed,
    "lot_not_needed": _lot_not_needed,
    "vacant": _vacant,
    "result": _result,
}
