"""Stacks as numbers, counted by two members of the board who do not see each other's numbers; both settle what differs, paper in hand."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper
from beiratswahl.operations.capture import refuse_while_resting
from beiratswahl.operations.counting import counting_act, keys_of, refuse_stale
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.read.boards import MemberView, members
from beiratswahl.store.read.count_control import StackView, stack_entries
from beiratswahl.store.read.counting import CountView, count
from beiratswahl.store.read.teams import group_of
from beiratswahl.store.tables.count_control import StackEntry
from beiratswahl.store.tables.counting import BallotStack, DistrictCount

BLANK = "blank"
FIRST, SECOND = 1, 2


@dataclass(frozen=True, slots=True)
class StackDifference:
    """Stapel, den zwei Personen verschieden gezählt haben: its key (id of the nomination, or BLANK) and both numbers."""

    key: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class StackCount:
    """Stand der Stapel: who counted them, and what differs.

    Attributes:
        first: the first count; None before it.
        second: the second one; None before it.
        differences: stacks on which they differ.
        something: whether anything lies on the stacks.
    """

    first: StackView | None
    second: StackView | None
    differences: tuple[StackDifference, ...]
    something: bool

    @property
    def counted_once(self) -> bool:
        """Whether a second person has still to count them."""
        return self.something and self.second is None


def record_stacks(desk: Desk, district_id: int, unchanged: Mapping[int, int], blank: int, version: int, member_id: int) -> None:
    """Unveränderte Stimmzettel je Liste und leere als Zahlen erfassen (§ 53 Abs. 1 Nr. 1 Buchst. a, Nr. 3 KWO): the first count.

    Args:
        desk: who records.
        district_id: the polling district.
        unchanged: ballots by number (id) of the nomination.
        blank: blank or obviously invalid ballots.
        version: state of the page the numbers were typed into.
        member_id: who counted; one of `counters`.

    Raises:
        Refused: a number is negative, a nomination is not on the ballot, the person is not one of `counters` or counted second, the
            district is closed, capture rests, or another page was faster.
    """
    with counting_act(desk, district_id, Act.UNCHANGED_BALLOTS_RECORDED) as (paper, row, entry):
        refuse_while_resting(desk, district_id)
        refuse_stale(row, version)
        amounts = _amounts(paper, unchanged, blank)
        _write(desk, row, FIRST, amounts, member_id, entry)
        _count_with(desk.session, row, amounts)


def record_stacks_again(desk: Desk, district_id: int, unchanged: Mapping[int, int], blank: int, member_id: int) -> None:
    """Die Stapel zum zweiten Mal zählen; says nothing of the first count.

    Raises:
        Refused: nobody has counted them first, the same person did or is not one of `counters`, a number is negative, a nomination is
            not on the ballot, the district is closed, or capture rests.
    """
    with counting_act(desk, district_id, Act.STACKS_COUNTED_AGAIN) as (paper, row, entry):
        refuse_while_resting(desk, district_id)
        if stack_count(desk.session, district_id).first is None:
            raise Refused("Die Stapel hat noch niemand gezählt. Tragen Sie zuerst die erste Zählung ein.")
        _write(desk, row, SECOND, _amounts(paper, unchanged, blank), member_id, entry)


def settle_stacks(desk: Desk, district_id: int, right: Mapping[str, int], confirmed_by: Collection[int]) -> None:
    """Mit den Stapeln in der Hand sagen, welche Zahl stimmt; both persons confirm, nothing is typed again.

    Args:
        desk: who enters it.
        district_id: the polling district.
        right: by key of each stack that differs, FIRST or SECOND.
        confirmed_by: who confirms, as FIRST and SECOND; both who counted.

    Raises:
        Refused: nothing differs, a stack is left out, one of the two has not confirmed, the district is closed.
    """
    with counting_act(desk, district_id, Act.STACKS_SETTLED) as (_, row, entry):
        found = stack_count(desk.session, district_id)
        if found.first is None or found.second is None or not found.differences:
            raise Refused("Bei den Stapeln gibt es keinen offenen Unterschied.")
        if any(right.get(each.key) not in (FIRST, SECOND) for each in found.differences):
            raise Refused("Sagen Sie bei jedem Stapel, welche der beiden Zahlen stimmt.")
        if {FIRST, SECOND} - set(confirmed_by):
            raise Refused(f"Bestätigen müssen es beide: {found.first.counted_by} und {found.second.counted_by}.")
        settled = {
            each.key: [each.first, each.second, each.first if right[each.key] == FIRST else each.second] for each in found.differences
        }
        amounts = {**found.first.amounts, **{key: numbers[2] for key, numbers in settled.items()}}
        for entered in _rows(desk.session, district_id).values():
            entered.amounts, entered.settled = amounts, {**entered.settled, **settled}
        row.version += 1
        _count_with(desk.session, row, amounts)
        entry.note(settled=settled, says=[found.first.counted_by, found.second.counted_by])


def stack_count(session: Session, district_id: int, counted: CountView | None = None) -> StackCount:
    """Stand der Stapel eines Stimmbezirks."""
    counted = counted or count(session, district_id)
    entries = stack_entries(session, district_id)
    first, second = entries.get(FIRST), entries.get(SECOND)
    differences: tuple[StackDifference, ...] = ()
    if first is not None and second is not None:
        keys = dict.fromkeys([*first.amounts, *second.amounts])
        pairs = ((key, first.amounts.get(key, 0), second.amounts.get(key, 0)) for key in keys)
        differences = tuple(StackDifference(*pair) for pair in pairs if pair[1] != pair[2])
    return StackCount(first, second, differences, bool(counted.blank_ballots or any(counted.unchanged.values())))


def _amounts(paper: Paper, unchanged: Mapping[int, int], blank: int) -> dict[str, int]:
    admitted = {of.nomination_id for of in paper.nominations}
    if not set(unchanged) <= admitted or not (paper.lists_can_be_marked or not any(unchanged.values())):
        raise Refused("Auf diesem Stimmzettel lässt sich diese Liste nicht ankreuzen.")
    if blank < 0 or any(number < 0 for number in unchanged.values()):
        raise Refused("Eine Anzahl ist kleiner als 0. Tragen Sie 0 ein, wenn es keine gab.")
    return {**{str(key): number for key, number in unchanged.items()}, BLANK: blank}


def counters(session: Session, district_id: int, account_id: int | None) -> tuple[MemberView, ...]:
    """Wer die Stapel gezählt haben kann: everybody who is there; for the account of an Auszählungsgruppe only its own people."""
    group = group_of(session, account_id, district_id) if account_id is not None else None
    return tuple(member for member in members(session, district_id) if member.present and group in (None, member.counting_group))


def _counter(desk: Desk, district_id: int, member_id: int) -> MemberView:
    for member in counters(desk.session, district_id, desk.actor.account_id):
        if member.member_id == member_id:
            return member
    raise Refused("Wählen Sie, wer die Stapel gezählt hat. Zur Wahl steht, wer auf der Seite „Wahlvorstand“ als anwesend erfasst ist.")


def _write(desk: Desk, row: DistrictCount, place: int, amounts: dict[str, int], member_id: int, entry: Entry) -> None:
    counter = _counter(desk, row.district_id, member_id)
    present = _rows(desk.session, row.district_id)
    other = present.get(SECOND if place == FIRST else FIRST)
    if other is not None and other.member_id == counter.member_id:
        raise Refused(f"{counter.name} hat die Stapel schon gezählt. Zum zweiten Mal zählt sie eine andere Person.")
    if other is not None:
        other.settled = {}
    mine = present.get(place)
    if mine is None:
        mine = StackEntry(**keys_of(row), place=place)
        desk.session.add(mine)
    mine.member_id, mine.counted_by, mine.recorded_by = counter.member_id, counter.name, desk.actor.name
    mine.amounts, mine.settled, mine.recorded_at_utc = amounts, {}, clock.now()
    told = {key: number for key, number in amounts.items() if key != BLANK}
    entry.note(unchanged=told, blank=amounts[BLANK], counted_by=counter.name)


def _count_with(session: Session, row: DistrictCount, amounts: Mapping[str, int]) -> None:
    present = {
        stack.nomination_id: stack for stack in session.scalars(select(BallotStack).where(BallotStack.district_id == row.district_id))
    }
    for key, ballots in amounts.items():
        if key == BLANK:
            row.blank_ballots = ballots
        elif int(key) in present:
            present[int(key)].ballots = ballots
        else:
            session.add(BallotStack(**keys_of(row), nomination_id=int(key), ballots=ballots))


def _rows(session: Session, district_id: int) -> dict[int, StackEntry]:
    return {row.place: row for row in session.scalars(select(StackEntry).where(StackEntry.district_id == district_id))}
