"""Reads of what still waits in the roll: every kind of case that somebody has to decide, with its number."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.store.read.electoral_roll import OPEN_OBJECTION, objections
from beiratswahl.store.read.roll_cases import number_waiting
from beiratswahl.store.read.roll_duplicates import undecided_pairs
from beiratswahl.store.read.roll_work import WorkList, number_in
from beiratswahl.store.tables.electoral_roll import RollObjection


class Pending(NamedTuple):
    """Was noch wartet, in numbers of cases.

    Attributes:
        unclear: persons whose right to vote is open, those whose application lacks its proof among them.
        second_looks: applications and decisions on objections that wait for a second person, or were given back by one.
        objections: not decided.
        not_entered: entitled and not in the roll.
        lost_right: in the roll and no longer entitled.
        entitled_again: blocked with N without a decision and entitled again.
        other_facts: in the roll under facts that the register has changed since.
        duplicates: pairs that may be one person.
    """

    unclear: int
    second_looks: int
    objections: int
    not_entered: int
    lost_right: int
    entitled_again: int
    other_facts: int
    duplicates: int

    @property
    def cases(self) -> int:
        """All of them together."""
        return sum(self)


def pending(session: Session, election_id: int) -> Pending:
    """Was vor dem Abschluss noch zu klären ist."""
    return Pending(
        unclear=number_in(session, election_id, WorkList.UNCLEAR),
        second_looks=second_looks(session, election_id),
        objections=open_objections(session, election_id),
        not_entered=number_in(session, election_id, WorkList.NOT_ENTERED),
        lost_right=number_in(session, election_id, WorkList.LOST_RIGHT),
        entitled_again=number_in(session, election_id, WorkList.ENTITLED_AGAIN),
        other_facts=number_in(session, election_id, WorkList.OTHER_FACTS),
        duplicates=len(undecided_pairs(session, election_id)),
    )


def open_objections(session: Session, election_id: int) -> int:
    """Einwendungen, die weder entschieden noch zurückgenommen sind."""
    query = select(func.count()).select_from(RollObjection).where(RollObjection.election_id == election_id, OPEN_OBJECTION)
    return session.scalar(query) or 0


def second_looks(session: Session, election_id: int) -> int:
    """Wie vieles auf den zweiten Blick wartet: applications and decisions on objections, those given back too."""
    return number_waiting(session, election_id) + sum(one.waits for one in objections(session, election_id))
