"""The running book of postal letters: each certificate once, the balance always true (KWO §§ 56, 57)."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.postal import LetterState
from beiratswahl.operations.closing import control
from beiratswahl.operations.counting import Letters, record_letters
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.letters import book, book_letter, decide_letter
from beiratswahl.store.read.counting import count
from beiratswahl.store.tables.counting import PostalLetter
from tests.world import admitted

ADMITTED, REJECTED, ASIDE, LATE = LetterState.ADMITTED, LetterState.REJECTED, LetterState.SET_ASIDE, LetterState.LATE


def test_the_book_keeps_the_balance_of_the_totals(session: Session, desk: Desk) -> None:
    north = admitted(desk).districts[0]
    entries = (("4711", ADMITTED, ""), ("4712", REJECTED, "nicht_unterschrieben"), ("4713", LATE, ""), ("4714", ASIDE, ""))
    assert [book_letter(desk, north, *entry) for entry in entries] == [1, 2, 3, 4]
    found, totals = book(session, north), count(session, north)
    assert (found.admitted, dict(found.rejected), found.set_aside, found.late) == (1, {"nicht_unterschrieben": 1}, 1, 1)
    assert (totals.letters_received, totals.letters_late, totals.letters_rejected) == (3, 1, {"nicht_unterschrieben": 1})
    assert found.letters == 4


def test_a_letter_set_aside_blocks_closing_until_it_is_decided(session: Session, desk: Desk) -> None:
    north = admitted(desk).districts[0]
    number = book_letter(desk, north, "4711", ASIDE)
    assert "F104" in [check.code for check in control(session, north).errors]
    decide_letter(desk, north, number, REJECTED, "kein_umschlag")
    assert "F104" not in [check.code for check in control(session, north).errors]
    assert count(session, north).letters_rejected == {"kein_umschlag": 1}
    with pytest.raises(Refused, match="nichts geändert"):
        decide_letter(desk, north, number, REJECTED, "kein_umschlag")
    with pytest.raises(Refused, match="gibt es in diesem Buch nicht"):
        decide_letter(desk, north, 99, ADMITTED)


def test_a_certificate_counts_once_in_the_whole_election(session: Session, desk: Desk) -> None:
    place = admitted(desk)
    north, south = place.districts
    book_letter(desk, north, " ws-4711 ", ADMITTED)
    with pytest.raises(Refused, match=r"WS-4711 steht schon im Buch, als Wahlbrief 1 \(zugelassen\)"):
        book_letter(desk, north, "WS-47 11", REJECTED, "kein_wahlschein")
    with pytest.raises(Refused, match="eines anderen Bezirks"):
        book_letter(desk, south, "WS-4711", ADMITTED)
    row = {"municipality_id": place.municipality_id, "election_id": place.election_id, "district_id": south, "number": 1}
    told = {"certificate": "WS-4711", "state": "zugelassen", "reason": "", "recorded_by": "x", "recorded_at_utc": clock.now()}
    with pytest.raises(IntegrityError):
        session.execute(insert(PostalLetter).values(**row, **told))
    session.rollback()


@pytest.mark.parametrize(
    ("certificate", "state", "reason", "words"),
    [
        ("", ADMITTED, "", "keine Wahlscheinnummer"),
        ("47;11", ADMITTED, "", "keine Wahlscheinnummer"),
        ("4" * 41, ADMITTED, "", "keine Wahlscheinnummer"),
        ("4711", REJECTED, "", "Wählen Sie, warum"),
        ("4711", REJECTED, "erfunden", "Wählen Sie, warum"),
        ("4711", ADMITTED, "kein_umschlag", "nur zu einem zurückgewiesenen"),
    ],
)
def test_an_impossible_entry_is_refused(desk: Desk, certificate: str, state: LetterState, reason: str, words: str) -> None:
    north = admitted(desk).districts[0]
    with pytest.raises(Refused, match=words):
        book_letter(desk, north, certificate, state, reason)
    assert book(desk.session, north).letters == 0


def test_book_and_totals_exclude_each_other(desk: Desk) -> None:
    north, south = admitted(desk).districts
    record_letters(desk, north, Letters(5, 0, {}, 5), 0)
    with pytest.raises(Refused, match="schließen einander aus"):
        book_letter(desk, north, "4711", ADMITTED)
    book_letter(desk, south, "4711", ADMITTED)
    with pytest.raises(Refused, match="Buch der Wahlbriefe geführt"):
        record_letters(desk, south, Letters(2, 0, {}, 1), 1)
    record_letters(desk, south, Letters(1, 0, {}, 1), 1)
    book_letter(desk, south, "4712", ADMITTED)
    assert count(desk.session, south).voters == 1
