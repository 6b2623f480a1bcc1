"""The polling board: composition, quorum, and when capture rests (§§ 26, 27 KWG, § 55b KWO)."""

from dataclasses import dataclass

import pytest

from beiratswahl.law.boards import Function, Member, composition_faults, quorum_fault, small_groups

LEADERS = (Function.CHAIR, Function.DEPUTY_CHAIR, Function.RECORDER)


def board(assessors: int = 5, *extra: Function) -> list[Member]:
    functions = (*LEADERS, *([Function.ASSESSOR] * assessors), *extra)
    return [Member(function, 0, True) for function in functions]


@dataclass(frozen=True)
class Absent:
    """A board of eight of whom some are away."""

    functions: tuple[Function, ...]

    def members(self) -> list[Member]:
        away = list(self.functions)
        found = []
        for member in board(4, Function.DEPUTY_RECORDER):
            here = member.function not in away
            if not here:
                away.remove(member.function)
            found.append(member._replace(present=here))
        return found


@pytest.mark.parametrize("assessors", [3, 8])
def test_three_to_eight_assessors_make_a_board(assessors: int) -> None:
    assert composition_faults(board(assessors)) == ()


@pytest.mark.parametrize("assessors", [2, 9])
def test_fewer_or_more_assessors_make_none(assessors: int) -> None:
    (fault,) = composition_faults(board(assessors))
    assert fault.startswith(f"Eingetragen als Beisitzer: {assessors}")


@pytest.mark.parametrize("function", LEADERS)
def test_each_leader_is_there_exactly_once(function: Function) -> None:
    without = [member for member in board() if member.function is not function]
    assert len(composition_faults(without)) == 1
    assert len(composition_faults([*board(), Member(function, 0, True)])) == 1


def test_the_chair_supervises_the_groups_and_is_in_none() -> None:
    members = [Member(Function.CHAIR, 1, True), *board()[1:]]
    assert composition_faults(members) == ("Der Wahlvorsteher beaufsichtigt die Auszählungsgruppen und gehört selbst keiner an.",)


@pytest.mark.parametrize(
    ("away", "fault"),
    [
        ((), ""),
        ((Function.ASSESSOR,) * 3, ""),
        ((Function.ASSESSOR,) * 4, "nur 4 anwesend"),
        ((Function.CHAIR,), ""),
        ((Function.CHAIR, Function.DEPUTY_CHAIR), "Wahlvorsteher und Stellvertretung fehlen"),
        ((Function.RECORDER,), ""),
        ((Function.RECORDER, Function.DEPUTY_RECORDER), "Schriftführer und Stellvertretung fehlen"),
    ],
)
def test_five_with_chair_and_recorder_may_resolve(away: tuple[Function, ...], fault: str) -> None:
    found = quorum_fault(Absent(away).members())
    assert fault in found
    assert bool(found) is bool(fault)


def test_a_group_below_three_rests_and_the_others_go_on() -> None:
    assessor = Function.ASSESSOR
    groups = [Member(assessor, 1, True)] * 3 + [Member(assessor, 2, True)] * 2 + [Member(assessor, 2, False), Member(assessor, 0, False)]
    assert small_groups(groups) == {2: 2}
    assert small_groups([]) == {}
