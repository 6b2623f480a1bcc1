"""Wahlscheine, die sich ändern: replaced, declared invalid, restored, taken back, sent; each of them one journal entry (KWO §§ 19, 21)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.roll_certificates import (
    CertificateData,
    Delivery,
    act_on,
    new_certificate,
    note_certificate,
    refuse_late,
    refuse_without_right,
    roll_of,
    valid_certificate,
)
from beiratswahl.store.tables.counting import PostalLetter
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import VotingCertificate


def replace_certificate(desk: Desk, certificate_id: int, data: CertificateData) -> str:
    """Ersatz-Wahlschein erteilen: the lost one becomes invalid and goes into the list of invalid Wahlscheine.

    Source: § 19 KWO: who credibly never received or lost it gets another one, the old number is declared invalid [G]. It is given until the
    election day, 15 o'clock, as every Wahlschein in a special case (§ 18 KWO) [I]; in federal elections this ends on the day before, 12
    o'clock (§ 28 Abs. 10 BWO), which is not taken over here.

    Returns:
        The new number.

    Raises:
        Refused: it is invalid already, a letter with it was admitted, the person has voted, is blocked with N, not entitled by the decision
            in force or waits for the second look, no reason, or after 15 o'clock of the election day.
    """
    with _found(desk, Act.CERTIFICATE_REPLACED, certificate_id) as (old, entry):
        if not data.reason.strip():
            raise Refused("Schreiben Sie, warum ein Ersatz nötig ist, etwa „nach glaubhafter Angabe nicht zugegangen“ (§ 19 KWO).")
        _refuse_invalid(old)
        book = roll_of(desk.session, old.election_id)
        refuse_without_right(desk.session, desk.session.get_one(RegisteredPerson, old.person_id))
        refuse_late(desk.session, book, data.reason)
        _refuse_used(desk.session, old)
        _invalidate(desk, old, f"ersetzt: {data.reason.strip()}")
        new = new_certificate(desk, book, old.person_id, old.district_id, data, old.id)
        entry.note(before=old.number)
        note_certificate(entry, new)
        return new.number


def invalidate_certificate(desk: Desk, certificate_id: int, reason: str) -> None:
    """Wahlschein für ungültig erklären, for instance because the person was struck; the mark W stays, nobody votes with it.

    Source: § 19 KWO, as § 28 Abs. 8 BWO [G].

    Raises:
        Refused: no reason, invalid already, or a letter with it was admitted.
    """
    with _found(desk, Act.CERTIFICATE_INVALIDATED, certificate_id) as (row, entry):
        _refuse_invalid(row)
        _refuse_used(desk.session, row)
        _invalidate(desk, row, _reason(reason))
        entry.note(certificate=row.number, reason=row.invalid_reason)


def restore_certificate(desk: Desk, certificate_id: int, reason: str) -> None:
    """Ungültigkeit aufheben, when it was declared by mistake.

    Raises:
        Refused: no reason, it is valid, the person has another valid one by now, has voted, is blocked with N, is not entitled by the
            decision in force, or waits for the second look.
    """
    with _found(desk, Act.CERTIFICATE_RESTORED, certificate_id) as (row, entry):
        if row.invalidated_at_utc is None:
            raise Refused("Der Wahlschein ist gültig; es gibt nichts aufzuheben.")
        if valid_certificate(desk.session, row.person_id) is not None:
            raise Refused("Die Person hat inzwischen einen anderen gültigen Wahlschein. Zwei zugleich darf es nicht geben.")
        refuse_without_right(desk.session, desk.session.get_one(RegisteredPerson, row.person_id))
        held = desk.session.scalars(select(RollEntry).where(RollEntry.person_id == row.person_id)).first()
        book = roll_of(desk.session, row.election_id)
        if held is not None and not held.certificate and not row.after_closing:
            if book.closed_at_utc is not None:
                raise Refused(
                    "Der Vermerk W wurde vor dem Abschluss zurückgenommen und kann danach nicht wieder gesetzt werden (§ 16 KWO)."
                )
            held.certificate = True
        entry.note(certificate=row.number, reason=_reason(reason), before_reason=row.invalid_reason)
        row.invalidated_at_utc, row.invalidated_by, row.invalid_reason = None, "", ""


def take_back_certificate(desk: Desk, certificate_id: int, reason: str) -> None:
    """Vermerk W zurücknehmen: the Wahlschein was noted by mistake, or lies here unused; the person may vote in the polling room again.

    Source: §§ 21, 43 Nr. 3 KWO: W stands in the roll that is closed at the second day before the election [V]; taking back [I].

    Raises:
        Refused: no reason, the roll is closed, it is invalid already, or a letter with it was admitted.
    """
    with _found(desk, Act.CERTIFICATE_TAKEN_BACK, certificate_id) as (row, entry):
        _refuse_invalid(row)
        _refuse_used(desk.session, row)
        if roll_of(desk.session, row.election_id).closed_at_utc is not None:
            raise Refused("Das Wählerverzeichnis ist abgeschlossen; der Vermerk W bleibt. Sie können den Wahlschein für ungültig erklären.")
        held = desk.session.scalars(select(RollEntry).where(RollEntry.person_id == row.person_id).with_for_update()).first()
        if held is not None:
            held.certificate = False
        _invalidate(desk, row, f"Vermerk zurückgenommen: {_reason(reason)}")
        entry.note(certificate=row.number, reason=_reason(reason))


def note_sent(desk: Desk, certificate_id: int, sent_on: date, delivery: Delivery) -> None:
    """Versand eintragen oder berichtigen.

    Raises:
        Refused: it is invalid, or nothing changes.
    """
    with _found(desk, Act.CERTIFICATE_SENT, certificate_id) as (row, entry):
        _refuse_invalid(row)
        if (row.sent_on, row.delivery) == (sent_on, delivery.value):
            raise Refused("Es ist nichts geändert.")
        entry.note(certificate=row.number, sent_on=sent_on.isoformat(), delivery=delivery.value)
        row.sent_on, row.delivery = sent_on, delivery.value


def _refuse_invalid(row: VotingCertificate) -> None:
    if row.invalidated_at_utc is not None:
        raise Refused(f"Der Wahlschein {row.number} ist schon ungültig: {row.invalid_reason}.")


def _refuse_used(session: Session, row: VotingCertificate) -> None:
    used = select(PostalLetter.number).where(PostalLetter.election_id == row.election_id, PostalLetter.certificate == row.number)
    if session.scalars(used).first() is not None:
        raise Refused(
            f"Der Wahlbrief mit dem Wahlschein {row.number} steht schon im Buch der Wahlbriefe. Daran ändert das Wahlamt nichts mehr."
        )


def _invalidate(desk: Desk, row: VotingCertificate, reason: str) -> None:
    row.invalidated_at_utc, row.invalidated_by, row.invalid_reason = clock.now(), desk.actor.name, reason
    desk.session.flush()


def _reason(text: str) -> str:
    if not text.strip():
        raise Refused("Schreiben Sie den Grund; er steht im Amtsbuch und im Verzeichnis der Wahlscheine.")
    return text.strip()


@contextmanager
def _found(desk: Desk, act: Act, certificate_id: int) -> Iterator[tuple[VotingCertificate, Entry]]:
    row = desk.session.get_one(VotingCertificate, certificate_id)
    with act_on(desk, act, desk.session.get_one(RegisteredPerson, row.person_id)) as entry:
        yield desk.session.get_one(VotingCertificate, certificate_id, with_for_update=True), entry
