"""Unterstützungsunterschriften: entered against register and roll, each voter once, counted as they come in (§ 16 Abs. 2 KWG)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.nominations import NominationState
from beiratswahl.law.suffrage import Entitlement
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import nominations as read_nominations
from beiratswahl.store.read import setup
from beiratswahl.store.read import signatures as read
from beiratswahl.store.read.signatures import SignatureView
from beiratswahl.store.tables.nominations import Nomination, SupportSignature


class SignatureState(StrEnum):
    """Stand einer Unterschrift."""

    VALID = "gültig"
    OBJECTED = "beanstandet"
    LATE = "nach Fristende"
    UNKNOWN = "nicht im Melderegister"
    NOT_ENTITLED = "nicht wahlberechtigt"
    UNCLEAR = "ungeklärt"
    ELSEWHERE = "schon vergeben"


EXPLAINED = {
    SignatureState.VALID: "",
    SignatureState.LATE: "Sie ist erst nach Ablauf der Einreichungsfrist eingegangen (§ 16 Abs. 1, § 23 Abs. 2 KWG).",
    SignatureState.UNKNOWN: "Die Person steht nicht im Melderegister; unterschreiben können nur Wahlberechtigte (§ 16 Abs. 2 KWG).",
    SignatureState.NOT_ENTITLED: "Die Person ist nicht wahlberechtigt (§ 16 Abs. 2 KWG).",
    SignatureState.UNCLEAR: "Ob die Person wahlberechtigt ist, ist noch nicht entschieden; klären Sie es im Wählerverzeichnis.",
}


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Zeile der Unterschriftenliste: who signed, whether it counts, and why not."""

    view: SignatureView
    state: SignatureState
    why: str


@dataclass(frozen=True, slots=True)
class SignatureCount:
    """Stand der Unterschriften eines Wahlvorschlags; needed 0 when none are asked for."""

    lines: tuple[SignatureLine, ...]
    needed: int

    @property
    def valid(self) -> int:
        """Gültige Unterschriften."""
        return sum(line.state is SignatureState.VALID for line in self.lines)

    @property
    def missing(self) -> int:
        """How many are still missing."""
        return max(0, self.needed - self.valid)


def enter_signature(
    desk: Desk, nomination_id: int, person_id: int | None, name: str, handed_in_at_utc: datetime | None = None, objection: str = ""
) -> int:
    """Unterschrift erfassen.

    Args:
        desk: who enters it.
        nomination_id: the nomination that was signed.
        person_id: who signed, by the register; None for somebody who is not in it.
        name: as signed; needed only for somebody who is not in the register.
        handed_in_at_utc: when the sheet came in; None for together with the nomination.
        objection: why it does not count whatever the register says, e.g. "nicht eigenhändig".

    Returns:
        Its number within the nomination.

    Raises:
        Refused: nominations are closed, the nomination is withdrawn, the person is unknown here or has signed it already, or the name is
            missing.
    """
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.SIGNATURE_ENTERED, row.keyword, **where) as entry:
        row = _open(desk.session, nomination_id)
        known = read.signer(desk.session, row.election_id, person_id) if person_id is not None else None
        if person_id is not None and known is None:
            raise Refused("Diese Person steht nicht im Melderegister dieser Wahl.")
        signed = known.name if known else name.strip()
        if not signed or not signed.isprintable():
            raise Refused("Geben Sie den Namen ein, so wie er auf dem Unterschriftenblatt steht.")
        present = read.signatures(desk.session, row.election_id, nomination_id)
        again = next((of for of in present if known and of.signer and of.signer.person_id == known.person_id), None)
        if again:
            raise Refused(f"{signed} hat diesen Wahlvorschlag schon unterschrieben (Nr. {again.number}). Jede Unterschrift zählt einmal.")
        number = (
            desk.session.scalar(select(func.max(SupportSignature.number)).where(SupportSignature.nomination_id == nomination_id)) or 0
        ) + 1
        desk.session.add(
            SupportSignature(
                **where,
                nomination_id=nomination_id,
                number=number,
                person_id=person_id,
                name=signed,
                objection=objection.strip(),
                handed_in_at_utc=handed_in_at_utc or row.received_at_utc,
                entered_by=desk.actor.name,
                entered_at_utc=clock.now(),
            )
        )
        entry.note(nomination_id=nomination_id, number=number, person_id=person_id, objection=objection.strip())
        return number


def object_to_signature(desk: Desk, nomination_id: int, number: int, objection: str) -> None:
    """Unterschrift beanstanden; an empty objection lifts it again.

    Raises:
        Refused: nominations are closed, or there is no such signature.
    """
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.SIGNATURE_OBJECTED, f"{row.keyword}, Unterschrift {number}", **where) as entry:
        _open(desk.session, nomination_id)
        signature = _signature(desk.session, nomination_id, number)
        entry.note(nomination_id=nomination_id, number=number, before=signature.objection, objection=objection.strip())
        signature.objection = objection.strip()


def remove_signature(desk: Desk, nomination_id: int, number: int) -> None:
    """Falsch erfasste Unterschrift entfernen; its number stays free, the journal keeps what was there.

    Raises:
        Refused: nominations are closed, or there is no such signature.
    """
    row = desk.session.get_one(Nomination, nomination_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.SIGNATURE_REMOVED, f"{row.keyword}, Unterschrift {number}", **where) as entry:
        _open(desk.session, nomination_id)
        signature = _signature(desk.session, nomination_id, number)
        entry.note(nomination_id=nomination_id, number=number, name=signature.name, person_id=signature.person_id)
        desk.session.delete(signature)


def signature_count(session: Session, election_id: int, nomination_id: int) -> SignatureCount:
    """Stand der Unterschriften eines Wahlvorschlags."""
    lines = tuple(line for line in _judged(session, election_id) if line.view.nomination_id == nomination_id)
    nomination = read_nominations.nomination(session, nomination_id)
    waived = nomination is not None and bool(nomination.signatures_waived)
    return SignatureCount(lines, 0 if waived else rules_of(session, election_id).support_signatures)


def countable(session: Session, election_id: int) -> dict[int, tuple[str, ...]]:
    """Who signed each nomination and may sign, as the law wants it; on how many nominations somebody signed is for the law to see."""
    found: dict[int, tuple[str, ...]] = {}
    for line in _judged(session, election_id):
        if line.state in (SignatureState.VALID, SignatureState.ELSEWHERE):
            found[line.view.nomination_id] = (*found.get(line.view.nomination_id, ()), _voter(line.view))
    return found


def _judged(session: Session, election_id: int) -> list[SignatureLine]:
    views = read.signatures(session, election_id)
    if not views:
        return []
    received = [of for of in read_nominations.nominations(session, election_id) if of.state != NominationState.WITHDRAWN.value]
    order = {of.nomination_id: (of.received_at_utc, str(of.nomination_id)) for of in received}
    deadline = _deadline(session, election_id)
    states = {view.signature_id: _state(view, deadline) for view in views}
    good = [view for view in views if states[view.signature_id] is SignatureState.VALID and view.nomination_id in order]
    first = _first(good, order)
    keywords = {of.nomination_id: of.keyword for of in received}
    lines = []
    for view in views:
        state, why = states[view.signature_id], view.objection or EXPLAINED.get(states[view.signature_id], "")
        taken = first.get(_voter(view)) if state is SignatureState.VALID else None
        if taken is not None and taken != view.nomination_id and view.nomination_id in order:
            # KWO § 29 Abs. 2: whoever signs several nominations counts for the one received first
            state, why = SignatureState.ELSEWHERE, f"Hat auch „{keywords[taken]}“ unterschrieben, der früher einging (§ 29 Abs. 2 KWO)."
        lines.append(SignatureLine(view, state, why))
    return lines


def _first(views: Iterable[SignatureView], order: Mapping[int, tuple[datetime, str]]) -> dict[str, int]:
    """The nomination received first among those each voter signed."""
    first: dict[str, int] = {}
    for view in sorted(views, key=lambda of: order[of.nomination_id]):
        first.setdefault(_voter(view), view.nomination_id)
    return first


def _state(view: SignatureView, deadline: datetime) -> SignatureState:
    if view.objection:
        return SignatureState.OBJECTED
    if view.handed_in_at_utc > deadline:
        return SignatureState.LATE
    if view.signer is None:
        return SignatureState.UNKNOWN
    by_verdict = {Entitlement.YES.value: SignatureState.VALID, Entitlement.NO.value: SignatureState.NOT_ENTITLED}
    return by_verdict.get(view.signer.entitled, SignatureState.UNCLEAR)


def _deadline(session: Session, election_id: int) -> datetime:
    election = setup.election(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    at = rules_of(session, election_id).nomination_deadline.at(election.day)
    return clock.from_local(at if isinstance(at, datetime) else datetime.combine(at, datetime.max.time()))


def _voter(view: SignatureView) -> str:
    return str(view.signer.person_id) if view.signer else f"unbekannt-{view.signature_id}"


def _open(session: Session, nomination_id: int) -> Nomination:
    row = session.get_one(Nomination, nomination_id, with_for_update=True)
    if row.state != NominationState.SUBMITTED.value or _decided(session, row.election_id):
        raise Refused("Über die Zulassung ist entschieden oder der Wahlvorschlag ist zurückgenommen; die Unterschriften stehen fest.")
    return row


def _decided(session: Session, election_id: int) -> bool:
    election = setup.election(session, election_id)
    return election is None or election.nominations_closed_at_utc is not None


def _signature(session: Session, nomination_id: int, number: int) -> SupportSignature:
    query = select(SupportSignature).where(SupportSignature.nomination_id == nomination_id, SupportSignature.number == number)
    row = session.scalars(query.with_for_update()).one_or_none()
    if row is None:
        raise Refused(f"Eine Unterschrift Nr. {number} gibt es auf diesem Wahlvorschlag nicht.")
    return row
