"""Buch der Wahlbriefe: scan or type the number of the Wahlschein; Enter admits, every other outcome has its button (KWO §§ 56, 57)."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.law.postal import LetterState, Rejection, rejection_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.letters import book, book_letter, decide_letter
from beiratswahl.store.read import counting
from beiratswahl.store.read.counting import LetterView

NEWEST = 12
REJECTIONS = tuple((rejection.key, rejection.text) for rejection in Rejection)


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/wahlbriefe/buch"
    door.add_url_rule(at, "letter_book", letter_book)
    door.add_url_rule(at, "book", enter, methods=["POST"])
    door.add_url_rule(f"{at}/<int:number>", "decide_letter", decide, methods=["POST"])


@holding(Permission.RECORD_LETTERS)
def letter_book(district_id: int) -> ResponseReturnValue:
    """Buch der Wahlbriefe eines Bezirks."""
    return _page(district_id)


@holding(Permission.RECORD_LETTERS)
def enter(district_id: int) -> ResponseReturnValue:
    """Einen Wahlbrief eintragen."""
    typed = request.form.get("wahlschein", "")
    try:
        state, reason = _outcome()
        number = book_letter(desk(), district_id, typed, state, reason)
    except Refused as error:
        return _page(district_id, str(error), typed)
    return frame.go("letter_book", nr=number)


@holding(Permission.CLOSE_COUNT)
def decide(district_id: int, number: int) -> ResponseReturnValue:
    """Über einen Wahlbrief beschließen or correct its entry."""
    try:
        decide_letter(desk(), district_id, number, *_outcome())
    except Refused as error:
        return _page(district_id, str(error))
    return frame.go("letter_book", nr=number)


def _outcome() -> tuple[LetterState, str]:
    chosen = request.form.get("stand", "")
    if chosen not in {state.value for state in LetterState}:
        raise Refused("Wählen Sie, was mit dem Wahlbrief geschieht.")
    state = LetterState(chosen)
    return state, request.form.get("grund", "") if state is LetterState.REJECTED else ""


def _page(district_id: int, refusal: str = "", typed: str = "") -> ResponseReturnValue:
    session = archive.session()
    wanted = request.args.get("nr", 0, type=int)
    letters = counting.letters(session, district_id)
    return frame.show(
        "letter_book.html",
        frame.LETTERS,
        status=frame.UNPROCESSABLE if refusal else 200,
        refusal=refusal,
        typed=typed,
        book=book(session, district_id),
        last=next((letter for letter in letters if letter.number == wanted), None),
        newest=letters[:NEWEST],
        waiting=[letter for letter in letters if letter.state == LetterState.SET_ASIDE.value],
        rejections=REJECTIONS,
        words=words,
    )


def words(letter: LetterView) -> str:
    """Was mit einem Wahlbrief geschah."""
    return f"{letter.state}: {rejection_of(letter.reason).text}" if letter.reason else letter.state
