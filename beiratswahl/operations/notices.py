"""Bekanntmachungen veröffentlichen: each one frozen with text, PDF and checksum, numbered, and withdrawable with a reason."""

import hashlib
from collections.abc import Callable
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.notice_data import notice_json
from beiratswahl.documents.notice_sheet import Notice
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announcements_before import Announcement, notice_of, printed
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read import setup
from beiratswahl.store.read.published import NoticeView, notices
from beiratswahl.store.tables.publication import PublishedNotice


class NoticeKind(StrEnum):
    """Art der Bekanntmachung: the announcements before the election, and sittings of the Wahlausschuss."""

    CALL = Announcement.CALL.value
    INSPECTION = Announcement.INSPECTION.value
    ADMITTED = Announcement.ADMITTED.value
    NO_ELECTION = Announcement.NO_ELECTION.value
    ELECTION = Announcement.ELECTION.value
    SITTING = "sitzung"


def publish_notice(desk: Desk, election_id: int, which: Announcement, dated_on: date, medium: str = "") -> int:
    """Bekanntmachung veröffentlichen.

    Args:
        desk: who publishes.
        election_id: the election.
        which: which one; while one of its kind stands, it has to be withdrawn first.
        dated_on: day under which it is signed, not in the future.
        medium: where it is announced besides, e.g. the Amtsblatt.

    Returns:
        Its number within the election.

    Raises:
        Refused: it is not the time for it, something it must say is missing, one of its kind stands, or it cannot be printed.
    """
    if standing(desk.session, election_id, which.value) is not None:
        raise Refused("Diese Bekanntmachung ist schon veröffentlicht. Soll sie ersetzt werden, ziehen Sie erst die alte mit Grund zurück.")
    return put_out(desk, election_id, NoticeKind(which.value), lambda: notice_of(desk.session, election_id, which, dated_on), medium)


def put_out(
    desk: Desk, election_id: int, kind: NoticeKind, make: Callable[[], Notice], medium: str = "", sitting_id: int | None = None
) -> int:
    """Ein Schriftstück veröffentlichen. It is printed first, so that nobody waits for it; then it is stored.

    Args:
        desk: who publishes.
        election_id: the election.
        kind: what it is.
        make: makes the sheet; called a second time within the act, to see that nothing has changed meanwhile.
        medium: where it is announced besides.
        sitting_id: the sitting of the Wahlausschuss it announces; None for every other kind.

    Returns:
        Its number within the election.

    Raises:
        Refused: it is dated in the future, cannot be printed, or something changed while it was printed.
    """
    notice = make()
    if notice.dated_on > clock.today():
        raise Refused("Das Datum liegt in der Zukunft. Veröffentlicht wird, sobald Sie bestätigen; nehmen Sie das heutige Datum.")
    pdf = printed(notice)
    election = setup.election(desk.session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    council = setup.municipality(desk.session, election.municipality_id).council_name
    with desk.act(Act.NOTICE_PUBLISHED, notice.title, municipality_id=election.municipality_id, election_id=election_id) as entry:
        number = _next_number(desk.session, election_id)
        if make() != notice or _stands(desk.session, election_id, kind, sitting_id):
            raise Refused(
                "Während des Drucks hat sich etwas geändert. Sehen Sie den Entwurf noch einmal an und veröffentlichen Sie ihn dann."
            )
        sheet = notice_json(notice, kind=kind.value, number=number, council=council, election_day=election.day)
        checksum = hashlib.sha256(pdf).hexdigest()
        desk.session.add(
            PublishedNotice(
                municipality_id=election.municipality_id,
                election_id=election_id,
                number=number,
                kind=kind.value,
                title=notice.title,
                sheet=sheet.decode(),
                pdf=pdf,
                sha256=checksum,
                medium=medium.strip(),
                published_at_utc=clock.now().replace(microsecond=0),
                withdrawn_reason="",
                sitting_id=sitting_id,
            )
        )
        entry.note(number=number, kind=kind.value, pdf_sha256=checksum, sha256=hashlib.sha256(sheet).hexdigest(), medium=medium.strip())
        return number


def withdraw_notice(desk: Desk, election_id: int, number: int, reason: str) -> None:
    """Bekanntmachung zurückziehen; it stays reachable with the reason above it.

    Raises:
        Refused: there is no such notice, it is withdrawn already, or the reason is missing.
    """
    election = setup.election(desk.session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.NOTICE_WITHDRAWN, f"Bekanntmachung Nr. {number}", **where) as entry:
        query = select(PublishedNotice).where(PublishedNotice.election_id == election_id, PublishedNotice.number == number)
        row = desk.session.scalars(query.with_for_update()).one_or_none()
        if row is None:
            raise Refused(f"Die Bekanntmachung Nr. {number} gibt es nicht.")
        if row.withdrawn_at_utc is not None:
            raise Refused(f"Die Bekanntmachung Nr. {number} ist schon zurückgezogen.")
        if not reason.strip():
            raise Refused("Nennen Sie den Grund; er steht auf der öffentlichen Seite über dem Text.")
        row.withdrawn_at_utc, row.withdrawn_reason = clock.now().replace(microsecond=0), reason.strip()
        entry.subject = f"Nr. {number}: {row.title}"
        entry.note(number=number, kind=row.kind, reason=reason.strip())


def standing(session: Session, election_id: int, kind: str) -> NoticeView | None:
    """The notice of a kind that is published and not withdrawn, the newest one, or None."""
    return next((of for of in notices(session, election_id) if of.kind == kind and of.withdrawn_at_utc is None), None)


def _stands(session: Session, election_id: int, kind: NoticeKind, sitting_id: int | None) -> bool:
    """Whether such a notice stands already: one of its kind, or one of the same sitting."""
    query = select(PublishedNotice.id).where(PublishedNotice.election_id == election_id, PublishedNotice.withdrawn_at_utc.is_(None))
    same = PublishedNotice.kind == kind.value if sitting_id is None else PublishedNotice.sitting_id == sitting_id
    return session.scalars(query.where(same)).first() is not None


def _next_number(session: Session, election_id: int) -> int:
    return (session.scalar(select(func.max(PublishedNotice.number)).where(PublishedNotice.election_id == election_id)) or 0) + 1
