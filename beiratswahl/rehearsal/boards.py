"""The polling boards of a rehearsal: invented people, all of them there, the program checked."""

from beiratswahl.law.boards import Function
from beiratswahl.operations.boards import appoint_member, confirm_program, record_presence
from beiratswahl.operations.desk import Desk

FUNCTIONS = (
    Function.CHAIR,
    Function.DEPUTY_CHAIR,
    Function.RECORDER,
    Function.DEPUTY_RECORDER,
    *(Function.ASSESSOR,) * 3,
)
NAMES = (
    ("Renate Hoffmann", "Ali Demir", "Claudia Schmitt", "Piotr Kowalski", "Murat Yıldız", "Irina Petrowa", "Jürgen Klein"),
    ("Bernd Schäfer", "Fatima El Amrani", "Sabine Becker", "Ngozi Okafor", "Lukas Wagner", "Elena Popescu", "Thomas Braun"),
)


def seat_board(desk: Desk, district_id: int, place: int) -> tuple[int, int]:
    """A whole board that is there and has checked the program.

    Args:
        desk: who enters it.
        district_id: the polling district.
        place: 0 for the first, 1 for the second board.

    Returns:
        The two assessors who count the stacks.
    """
    seated = []
    for name, function in zip(NAMES[place], FUNCTIONS, strict=True):
        member_id = appoint_member(desk, district_id, name, function)
        record_presence(desk, district_id, member_id, present=True)
        seated.append(member_id)
    for member_id in seated[:2]:
        confirm_program(desk, district_id, member_id)
    return seated[4], seated[5]
