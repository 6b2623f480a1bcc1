"""Reads of who stands in the roll now: the entry, and what was corrected after the closing, which the frozen entry does not show."""

from enum import Enum, StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from beiratswahl.store.tables.electoral_roll import RollCorrection, RollEntry


class Kind(StrEnum):
    """Art der Berichtigung."""

    ENTER = "Eintragung"
    STRIKE = "Streichung"
    REINSTATE = "Wiederaufnahme"
    AMEND = "Änderung der Angaben"


class RollStanding(Enum):
    """Stand einer Person im Wählerverzeichnis: never entered, entered, or struck (Sperrvermerk N, or a later strike)."""

    ABSENT = 1
    ENTERED = 2
    STRUCK = 3


#: corrections after the closing that say who may vote; an amendment of the data does not
_LATER = and_(RollCorrection.after_closing.is_(True), RollCorrection.kind != Kind.AMEND.value)


def standing_of(session: Session, person_id: int) -> RollStanding:
    """Stand einer Person im Wählerverzeichnis.

    Source: §§ 10, 15 Abs. 2, 16 KWO: after the closing obvious errors are still corrected [V]. The frozen entry stays, so that the
    last correction counts [I].
    """
    later = select(RollCorrection.kind).where(RollCorrection.person_id == person_id, _LATER).order_by(RollCorrection.id.desc())
    last = session.scalars(later.limit(1)).first()
    if last is not None:
        return RollStanding.STRUCK if last == Kind.STRIKE.value else RollStanding.ENTERED
    blocked = session.scalars(select(RollEntry.blocked).where(RollEntry.person_id == person_id)).first()
    if blocked is None:
        return RollStanding.ABSENT
    return RollStanding.STRUCK if blocked else RollStanding.ENTERED


def struck(person_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """Whether persons of a query are struck; their entries must be joined to it.

    Args:
        person_id: the column that names the person.
    """
    last = RollCorrection.id.in_(select(func.max(RollCorrection.id)).where(_LATER).group_by(RollCorrection.person_id))
    kind = RollCorrection.kind == Kind.STRIKE.value
    away, back = (select(RollCorrection.person_id).where(last, one) for one in (kind, ~kind))
    return or_(person_id.in_(away), and_(RollEntry.blocked.is_(True), person_id.not_in(back)))
