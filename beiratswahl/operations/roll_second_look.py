"""Zweiter Blick: which cases of the roll a second person checks before anybody is entered, and who that may be."""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.store.tables.roll_cases import SecondLookRule
from beiratswahl.store.tables.setup import Election


class Scope(StrEnum):
    """Umfang des zweiten Blicks, as the election office has settled it."""

    NONE = "nur wo er im Einzelfall verlangt wird"
    APPLICATIONS = "bei jedem Antrag"
    ALL = "bei jedem Antrag und jeder Entscheidung über eine Einwendung"


def rule_second_look(desk: Desk, election_id: int, scope: Scope, reason: str) -> None:
    """Zweiten Blick regeln; it holds for what is recorded from now on, and what waits already goes on waiting.

    No statute asks for it; election offices order it for themselves.

    Raises:
        Refused: no reason, or it is settled like this already.
    """
    election = desk.session.get_one(Election, election_id)
    with desk.act(Act.SECOND_LOOK_RULED, scope.value, municipality_id=election.municipality_id, election_id=election_id) as entry:
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, worauf die Regelung beruht, zum Beispiel auf einer Dienstanweisung.")
        row = _rule(desk.session, election_id)
        before = row.scope if row else Scope.NONE.value
        if scope.value == before:
            raise Refused(f"Der zweite Blick ist schon so geregelt: {before}.")
        if row is None:
            row = SecondLookRule(municipality_id=election.municipality_id, election_id=election_id)
            desk.session.add(row)
        row.scope, row.reason, row.at_utc, row.by = scope.value, reason.strip(), clock.now(), desk.actor.name
        entry.note(before=before, value=scope.value, reason=reason.strip())


def scope_of(session: Session, election_id: int) -> Scope:
    """What the election office has settled; only single cases until it does."""
    row = _rule(session, election_id)
    return Scope(row.scope) if row else Scope.NONE


def is_needed(session: Session, election_id: int, *, objection: bool = False) -> bool:
    """Whether an application, or the decision on an objection, needs a second person."""
    scope = scope_of(session, election_id)
    return scope is Scope.ALL or (scope is Scope.APPLICATIONS and not objection)


def check_other_person(actor: Actor, first_name: str, first_id: int | None) -> None:
    """Check that the second look is not the first person's own.

    Raises:
        Refused: the same account, or the same name.
    """
    if actor.name == first_name or (first_id is not None and actor.account_id == first_id):
        raise Refused("Sie haben das selbst erfasst. Die zweite Prüfung macht eine andere Person.")


def check_remark(remark: str, *, agrees: bool) -> None:
    """Check that who gives a case back says why.

    Raises:
        Refused: it goes back without a word.
    """
    if not agrees and not remark.strip():
        raise Refused("Bitte schreiben Sie, womit Sie nicht einverstanden sind; danach wird der Fall berichtigt oder neu entschieden.")


def _rule(session: Session, election_id: int) -> SecondLookRule | None:
    return session.scalars(select(SecondLookRule).where(SecondLookRule.election_id == election_id)).first()
