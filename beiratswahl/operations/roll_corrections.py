"""Berichtigungen des Wählerverzeichnisses: one decision, one reason, one journal entry."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.roll_casework import check_not_double
from beiratswahl.operations.roll_certificates import valid_certificate
from beiratswahl.operations.roll_entries import district_of, enter_person, is_entitled
from beiratswahl.store.read.roll_standing import Kind as Kind
from beiratswahl.store.read.roll_standing import RollStanding, standing_of
from beiratswahl.store.read.roll_work import ENTRY_FACTS, waits_for_second_look
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollCorrection, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson


class Basis(StrEnum):
    """Rechtsgrundlage der Berichtigung."""

    OBJECTION = "Einwendung (§ 14 KWO)"
    OBVIOUS_ERROR = "offenbare Unrichtigkeit (§ 15 Abs. 2 KWO)"
    REGISTER = "Änderung im Melderegister (§ 11 KWO)"
    APPLICATION = "Antrag auf Eintragung (§§ 11, 11a KWO)"


@dataclass(frozen=True, slots=True)
class Correction:
    """Angaben einer Berichtigung.

    Attributes:
        kind: what is done.
        basis: on what it rests.
        reason: why, in words; stands in the column Bemerkungen.
        heard_on: day on which the person was heard; needed before a strike (§ 14 KWO).
        district: name of the district in the register's words, for a new entry that the register assigns to none.
    """

    kind: Kind
    basis: Basis
    reason: str
    heard_on: date | None = None
    district: str | None = None


def correct_roll(desk: Desk, person_id: int, correction: Correction) -> None:
    """Wählerverzeichnis berichtigen.

    Source: §§ 14, 15 KWO: after the start of the Einsicht only by decision or as obvious error, reasons in the column Bemerkungen;
    the person is heard before a strike; after the closing only obvious errors [V]. A frozen entry stays, the correction is listed apart;
    entry and later corrections together say who stands in the roll (`store.read.roll_standing`).

    Args:
        desk: where the official works.
        person_id: the person whose entry is meant.
        correction: what is decided.

    Raises:
        Refused: no reason; the roll is not opened; a strike without hearing; a hearing in the future or before the opening; the entry does
            not allow it; after the closing anything but an obvious error.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{correction.kind}: {person.family_name}, {person.given_names}"
    act = desk.act(Act.ROLL_CORRECTED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        apply_correction(desk, entry, person_id, correction)


def apply_correction(desk: Desk, entry: Entry, person_id: int, correction: Correction) -> None:
    """The correction inside an act that has begun; see `correct_roll`."""
    session = desk.session
    person, row, closed = check_possible(session, person_id, correction)
    if not closed:
        _change(session, person, row, correction)
    session.add(
        RollCorrection(
            municipality_id=person.municipality_id,
            election_id=person.election_id,
            person_id=person_id,
            kind=correction.kind.value,
            basis=correction.basis.value,
            reason=correction.reason.strip(),
            heard_on=correction.heard_on,
            at_utc=clock.now(),
            by=desk.actor.name,
            after_closing=closed,
        )
    )
    entry.note(person_id=person_id, kind=correction.kind.value, basis=correction.basis.value, reason=correction.reason.strip())
    entry.note(heard_on=correction.heard_on.isoformat() if correction.heard_on else "", after_closing=closed)


def check_possible(session: Session, person_id: int, correction: Correction) -> tuple[RegisteredPerson, RollEntry | None, bool]:
    """Check that a correction can be carried out now.

    Returns:
        The locked person, the entry if there is one, and whether the roll is closed.

    Raises:
        Refused: as for `correct_roll`.
    """
    if not correction.reason.strip():
        raise Refused("Die Begründung fehlt. Sie steht in der Spalte „Bemerkungen“ des Wählerverzeichnisses (§ 15 KWO).")
    if correction.kind is Kind.STRIKE and correction.heard_on is None:
        raise Refused("Vor einer Streichung ist die betroffene Person zu hören (§ 14 KWO). Tragen Sie den Tag der Anhörung ein.")
    person = session.get_one(RegisteredPerson, person_id, with_for_update=True)
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == person.election_id).with_for_update()).first()
    if book is None:
        raise Refused("Das Wählerverzeichnis ist noch nicht angelegt. Ändern Sie solange die Entscheidung über die Person.")
    check_hearing(book, correction.heard_on)
    closed = book.closed_at_utc is not None
    if closed and correction.basis is not Basis.OBVIOUS_ERROR:
        raise Refused("Das Wählerverzeichnis ist abgeschlossen. Berichtigt wird nur noch eine offenbare Unrichtigkeit (§ 15 Abs. 2 KWO).")
    row = session.scalars(select(RollEntry).where(RollEntry.person_id == person_id)).first()
    _check(session, person, row, correction)
    return person, row, closed


def check_hearing(book: ElectoralRoll, heard_on: date | None) -> None:
    """Tag der Anhörung prüfen: it can only lie between the opening of the roll and today.

    Source: § 14 KWO: the person is heard before the decision [V]; a day before the roll was opened is a slip, since nobody could be
    heard on being struck from it [I].

    Args:
        book: the opened roll.
        heard_on: the day put down, None where nobody was heard.

    Raises:
        Refused: the day lies in the future or before the roll was opened.
    """
    if heard_on is None:
        return
    if heard_on > clock.today():
        raise Refused(
            "Der Tag der Anhörung liegt in der Zukunft. Entschieden wird erst nach der Anhörung (§ 14 KWO); prüfen Sie das Datum."
        )
    opened = clock.local(book.opened_at_utc).date()
    if heard_on < opened:
        raise Refused(
            f"Der Tag der Anhörung liegt vor der Anlegung des Wählerverzeichnisses am {opened:%d.%m.%Y}. Prüfen Sie das Datum; vermutlich "
            "ist das Jahr falsch."
        )


def _check(session: Session, person: RegisteredPerson, row: RollEntry | None, correction: Correction) -> None:
    """Check the correction against the entry and what was corrected after the closing (§ 15 Abs. 2 KWO)."""
    standing, kind = standing_of(session, person.id), correction.kind
    if kind is Kind.ENTER:
        _refuse_second_entry(row, standing)
        _refuse_without_right(session, person)
    elif standing is RollStanding.ABSENT:
        raise Refused("Die Person steht nicht im Wählerverzeichnis.")
    elif kind is Kind.STRIKE and standing is RollStanding.STRUCK:
        raise Refused("Die Person ist schon gestrichen (Sperrvermerk N, oder Streichung nach dem Abschluss).")
    elif kind is Kind.REINSTATE:
        if standing is not RollStanding.STRUCK:
            raise Refused("Der Eintrag hat keinen Sperrvermerk N und ist nicht gestrichen; es gibt nichts wieder aufzunehmen.")
        _refuse_without_right(session, person)
    elif kind is Kind.AMEND:
        _refuse_same_amendment(session, person.id, correction)


def _refuse_second_entry(row: RollEntry | None, standing: RollStanding) -> None:
    if row is not None:
        raise Refused(f"Die Person steht schon unter Nummer {row.number} im Wählerverzeichnis.")
    if standing is RollStanding.ENTERED:
        raise Refused("Die Eintragung der Person ist nach dem Abschluss schon vermerkt.")
    if standing is RollStanding.STRUCK:
        raise Refused("Die Person wurde nach dem Abschluss eingetragen und wieder gestrichen. Wählen Sie „Wiederaufnahme“.")


def _refuse_same_amendment(session: Session, person_id: int, correction: Correction) -> None:
    """After the closing nothing of the entry changes, so that only the words tell one amendment from another."""
    same = select(RollCorrection.id).where(
        RollCorrection.person_id == person_id,
        RollCorrection.after_closing.is_(True),
        RollCorrection.kind == Kind.AMEND.value,
        RollCorrection.reason == correction.reason.strip(),
    )
    if session.scalars(same).first() is not None:
        raise Refused("Diese Änderung ist nach dem Abschluss schon mit derselben Begründung vermerkt.")


def _refuse_without_right(session: Session, person: RegisteredPerson) -> None:
    if not is_entitled(session, person):
        raise Refused("Nach der geltenden Entscheidung ist die Person nicht wahlberechtigt. Klären Sie zuerst Angaben oder Antrag.")
    check_not_double(session, person)
    if waits_for_second_look(session, person.id):
        raise Refused("Der Antrag der Person wartet auf den zweiten Blick. Vorher wird sie nicht eingetragen.")


def _change(session: Session, person: RegisteredPerson, row: RollEntry | None, correction: Correction) -> None:
    remark = f"{correction.kind} am {clock.today():%d.%m.%Y}, {correction.basis}: {correction.reason.strip()}"
    if row is None:
        entered = enter_person(session, person, district_of(session, person, correction.district), remark)
        entered.certificate = valid_certificate(session, person.id) is not None
        return
    row.remarks = f"{row.remarks}; {remark}" if row.remarks else remark
    changes: dict[str, Any] = {}
    if correction.kind is Kind.AMEND:
        changes = {name: getattr(person, name) for name in ENTRY_FACTS}
    elif correction.kind in (Kind.STRIKE, Kind.REINSTATE):
        changes = {"blocked": correction.kind is Kind.STRIKE}
    for name, value in changes.items():
        setattr(row, name, value)
