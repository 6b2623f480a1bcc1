"""Hare-Niemeyer: proportion with largest remainders, for elections before 2014."""

from collections.abc import Sequence

from beiratswahl.law.seat_values import ListVotes, Share, ShareStanding


def standing_of(seats: int, lists: Sequence[ListVotes]) -> ShareStanding:
    """Sitze nach Quoten: whole seats by proportion, the rest to the largest remainders.

    Source: § 41 KWG before the amendment of 08.05.2013 [S].

    Args:
        seats: seats to allocate, at least 0.
        lists: lists; those without votes get nothing. At least one has votes.

    Returns:
        The standing; lists whose remainders tie for the last seats are `tied`.
    """
    total = sum(one.votes for one in lists)
    shares = [Share(one.name, one.votes, *divmod(one.votes * seats, total)) for one in lists]
    ranking = sorted(shares, key=lambda share: -share.remainder)
    left = seats - sum(share.whole for share in shares)
    won = {share.name: share.whole for share in shares}
    cut = ranking[left].remainder
    above = [share for share in ranking[:left] if share.remainder > cut]
    for share in above:
        won[share.name] += 1
    open_seats = left - len(above)
    tied = tuple(share.name for share in shares if share.remainder == cut) if open_seats else ()
    return ShareStanding(seats=won, tied=tied, open=open_seats, total=seats, votes=total, shares=tuple(ranking))
