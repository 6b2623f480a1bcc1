"""Reasons for which a postal letter is rejected."""

import pytest

from beiratswahl.law.postal import Rejection, rejection_of


def test_every_reason_is_found_by_its_key() -> None:
    assert [rejection_of(reason.key) for reason in Rejection] == list(Rejection)
    assert len({reason.key for reason in Rejection}) == len(Rejection)


def test_the_seven_reasons_of_the_statute_and_the_four_of_the_ordinance() -> None:
    # KWO § 56 Abs. 2 names § 39 Abs. 1 Satz 1 Nr. 2 to 8 KWG; Nr. 1, late letters, are not opened at all
    of_the_statute = [f"§ 39 Abs. 1 Nr. {number} KWG" for number in range(2, 9)]
    # its further sentences: several ballots, a ballot that gives the secret away, one of another election, none at all
    assert [reason.source for reason in Rejection] == [*of_the_statute, *["§ 56 Abs. 2 KWO"] * 4]


def test_an_unknown_reason_is_refused() -> None:
    with pytest.raises(KeyError, match="zu_spaet"):
        rejection_of("zu_spaet")
