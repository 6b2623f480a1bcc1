"""Wahlscheine: issued with number and day, replaced, declared invalid, taken back; each of them one journal entry (KWO §§ 17 to 21)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Table, exists, func, or_, select, update
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.deadlines import deadlines
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.operations.letters import certificate_of
from beiratswahl.operations.roll_casework import check_not_double
from beiratswahl.operations.roll_entries import district_of, is_entitled
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.bulk import BulkInsert
from beiratswahl.store.read.roll_standing import RollStanding, standing_of
from beiratswahl.store.read.roll_work import ENTITLED, WAITS, waits_for_second_look
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson, RollVerdict
from beiratswahl.store.tables.roll_book import VotingCertificate
from beiratswahl.store.tables.setup import Election, PollingDistrict

CERTIFICATES: Table = VotingCertificate.__table__  # type: ignore[assignment]  # declared as FromClause, is a Table
ROWS_AT_ONCE = 5_000
#: numbers named for each reason why somebody was left out
NAMED = 10


class Delivery(StrEnum):
    """Wie der Wahlschein zur Person kommt."""

    POST = "per Post"
    HANDED_OVER = "persönlich ausgehändigt"
    AUTHORISED = "an bevollmächtigte Person"


@dataclass(frozen=True, slots=True)
class CertificateData:
    """Angaben zu einem Wahlschein.

    Attributes:
        delivery: how it reaches the person.
        sent_on: day of posting or handing over, None while it waits.
        number: as printed; "" takes the next running number.
        reason: why, in a special case: not in the roll, or after the closing.
    """

    delivery: Delivery
    sent_on: date | None
    number: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Issued:
    """Ergebnis einer Ausstellung für viele: first and last running number, how many, and who got none and why."""

    first: int
    last: int
    certificates: int
    left_out: tuple[tuple[int, str], ...]


def issue_certificate(desk: Desk, person_id: int, data: CertificateData) -> str:
    """Wahlschein erteilen and mark the entry with W, so that nobody votes twice.

    Source: § 14 KWG, §§ 17 bis 19 KWO: on application, until the second day before the election, 18 o'clock; in special cases until the
    election day, 15 o'clock [G]; § 21 KWO: those issued after the closing stand in a list of their own [V]; the letter W [G]. Without an
    entry it is kept under the polling district of the address [I].

    Returns:
        The number.

    Raises:
        Refused: the Stimmabgabe is noted, not entitled by the decision in force, the application waits for the second look, blocked with
            N, a valid Wahlschein exists, the number is taken or malformed, too late, or a special case without reason.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    with act_on(desk, Act.CERTIFICATE_NOTED, person) as entry:
        book = roll_of(desk.session, person.election_id)
        row = desk.session.scalars(select(RollEntry).where(RollEntry.person_id == person_id).with_for_update()).first()
        refuse_late(desk.session, book, data.reason)
        refuse_without_right(desk.session, person)
        district_id = _district_of(desk.session, person, row, data.reason)
        if valid_certificate(desk.session, person_id) is not None or (row is not None and row.certificate):
            raise Refused("Für diese Person ist schon ein gültiger Wahlschein vermerkt. Ist er verloren, stellen Sie einen Ersatz aus.")
        certificate = new_certificate(desk, book, person_id, district_id, data)
        if row is not None and book.closed_at_utc is None:
            row.certificate = True
        note_certificate(entry, certificate)
        return certificate.number


def issue_certificates(desk: Desk, district_id: int, numbers: Sequence[int], data: CertificateData) -> Issued:
    """Wahlscheine für viele erteilen, one act: by roll numbers of a polling district, or to everybody there who has none.

    Source: § 14 KWG; bylaws with postal vote only send them to all who are entered ex officio. Who is no longer entitled or
    waits for the second look gets none.

    Args:
        desk: where the official works.
        district_id: the polling district.
        numbers: roll numbers; empty for all entries without Wahlschein.
        data: delivery and day; numbers are given by the program.

    Raises:
        Refused: too late, a number that is not in the roll, or nobody left to get one.
    """
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.CERTIFICATES_ISSUED, f"Stimmbezirk {district.number}", **where) as entry:
        book = roll_of(desk.session, district.election_id)
        if book.closed_at_utc is not None:
            raise Refused(
                "Das Wählerverzeichnis ist abgeschlossen. Spätere Wahlscheine werden einzeln und mit Grund erteilt (§§ 18, 21 KWO)."
            )
        refuse_late(desk.session, book, "")
        rows = _entries(desk.session, district_id, numbers)
        left_out = tuple((row.number, _hindrance(row)) for row in rows if _hindrance(row))
        wanted = [row for row in rows if not _hindrance(row)]
        if not wanted:
            raise Refused(f"Von diesen Einträgen kann keiner einen Wahlschein bekommen. {_why_none(left_out)}")
        first = _next(desk.session, district.election_id)
        constants = _values(desk, book, data) | {"district_id": district_id}
        insert = BulkInsert(desk.session, CERTIFICATES, ("number", "running", "person_id"), constants)
        for start in range(0, len(wanted), ROWS_AT_ONCE):
            some = wanted[start : start + ROWS_AT_ONCE]
            insert.insert([(str(running), running, row.person_id) for running, row in enumerate(some, first + start)])
            desk.session.execute(update(RollEntry).where(RollEntry.id.in_([row.id for row in some])).values(certificate=True))
        last = first + len(wanted) - 1
        entry.note(district=district_id, first_number=first, last_number=last, certificates=len(wanted), delivery=data.delivery.value)
        entry.note(sent_on=data.sent_on.isoformat() if data.sent_on else "", left_out=len(left_out))
        return Issued(first, last, len(wanted), left_out)


def refuse_without_right(session: Session, person: RegisteredPerson) -> None:
    """Refuse a Wahlschein to whom the roll or the decision in force gives no right to vote, or who has voted already.

    Source: § 14 KWG: a Wahlschein is for Wahlberechtigte [V]; who died or moved away meanwhile still stands in the roll for a while. § 10
    KWO: the Stimmabgabevermerk says who has voted [V]; everybody votes once.

    Raises:
        Refused: the Stimmabgabe is noted, blocked with N or struck after the closing, not entitled by the decision in force, the second
            entry of somebody, or by an application that waits for the second look.
    """
    # locked: a note made at the same moment in the polling room is seen
    row = session.scalars(select(RollEntry).where(RollEntry.person_id == person.id).with_for_update()).first()
    if row is not None and row.voted:
        raise Refused(
            "Für diese Person ist die Stimmabgabe schon vermerkt. Mit einem Wahlschein könnte sie ein zweites Mal wählen. Ist der Vermerk "
            "falsch, muss er zuerst zurückgenommen werden."
        )
    if standing_of(session, person.id) is RollStanding.STRUCK:
        raise Refused("Einen Wahlschein bekommt nur, wer keinen Sperrvermerk N hat und nicht gestrichen ist (§ 14 KWG).")
    if not is_entitled(session, person):
        raise Refused(
            "Nach der geltenden Entscheidung ist die Person nicht wahlberechtigt und bekommt keinen Wahlschein (§ 14 KWG). Ist das "
            "falsch, klären Sie zuerst Angaben oder Antrag; ist es richtig, darf auch kein Eintrag ohne Sperrvermerk N bleiben."
        )
    check_not_double(session, person)
    if waits_for_second_look(session, person.id):
        raise Refused("Der Antrag der Person wartet auf den zweiten Blick. Vorher bekommt sie keinen Wahlschein.")


def _district_of(session: Session, person: RegisteredPerson, row: RollEntry | None, reason: str) -> int:
    if row is not None:
        return row.district_id
    if standing_of(session, person.id) is RollStanding.ABSENT and not reason.strip():
        raise Refused(
            "Die Person steht nicht im Wählerverzeichnis. Einen Wahlschein bekommt sie nur, wenn sie das nicht zu vertreten hat "
            "(§ 17 Abs. 2 KWO); schreiben Sie den Grund."
        )
    return _district_by_address(session, person)


def _district_by_address(session: Session, person: RegisteredPerson) -> int:
    """Stimmbezirk by the register's district, street and house number; the lowest number where they belong to none."""
    try:
        return district_of(session, person)
    except Refused:
        lowest = select(PollingDistrict.id).where(PollingDistrict.election_id == person.election_id).order_by(PollingDistrict.number)
        found = session.scalars(lowest).first()
        if found is None:
            raise
        return found


def refuse_late(session: Session, book: ElectoralRoll, reason: str) -> None:
    """Refuse after the deadlines: the regular one without a reason, the one of special cases altogether."""
    election = session.get_one(Election, book.election_id)
    due: dict[str, Any] = {one.key: one.at for one in deadlines(rules_of(session, book.election_id), election.day)}
    here = clock.local(clock.now()).replace(tzinfo=None)
    regular, special = due["voting_certificates"], due["voting_certificates_special"]
    if here > special:
        raise Refused(f"Wahlscheine gibt es bis zum {special:%d.%m.%Y, %H:%M} Uhr (§ 18 KWO).")
    if (here > regular or book.closed_at_utc is not None) and not reason.strip():
        raise Refused(
            f"Die Frist für Wahlscheine endete am {regular:%d.%m.%Y, %H:%M} Uhr. Bis zum {special:%d.%m.%Y, %H:%M} Uhr gibt es sie nur in "
            "besonderen Fällen, etwa bei plötzlicher Erkrankung (§ 18 KWO); schreiben Sie den Grund."
        )


def roll_of(session: Session, election_id: int) -> ElectoralRoll:
    """The opened roll, locked."""
    book = session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == election_id).with_for_update()).first()
    if book is None:
        raise Refused("Das Wählerverzeichnis ist noch nicht angelegt. Wahlscheine werden zu seinen Einträgen erteilt.")
    return book


def _entries(session: Session, district_id: int, numbers: Sequence[int]) -> list[Any]:
    # Who was entered after getting a Wahlschein has a valid one without W.
    valid = exists().where(VotingCertificate.person_id == RollEntry.person_id, VotingCertificate.invalidated_at_utc.is_(None))
    columns = (
        *(RollEntry.id, RollEntry.number, RollEntry.person_id, RollEntry.blocked),
        *(or_(RollEntry.certificate, valid).label("certificate"), ENTITLED.label("entitled"), WAITS.label("waits")),
    )
    query = (
        select(*columns)
        .join(RegisteredPerson, RegisteredPerson.id == RollEntry.person_id)
        .join(RollVerdict, RollVerdict.id == RegisteredPerson.verdict_id)
        .where(RollEntry.district_id == district_id)
        .order_by(RollEntry.number)
    )
    if not numbers:
        return list(session.execute(query.where(RollEntry.certificate.is_(False), RollEntry.blocked.is_(False))))
    known = {row.number: row for row in session.execute(query)}
    strange = sorted(set(numbers) - known.keys())
    if strange:
        listed = ", ".join(map(str, strange[:20]))
        raise Refused(f"Diese Nummern stehen nicht im Wählerverzeichnis des Stimmbezirks: {listed}. Es wurde nichts eingetragen.")
    return [known[number] for number in dict.fromkeys(numbers)]


def _hindrance(row: Any) -> str:
    if row.blocked:
        return "Sperrvermerk N"
    if row.certificate:
        return "hat schon einen Wahlschein"
    if not row.entitled:
        return "nach der geltenden Entscheidung nicht wahlberechtigt"
    return "Antrag wartet auf den zweiten Blick" if row.waits else ""


def told(left_out: Sequence[tuple[int, str]]) -> str:
    """How many were left out of an issue and why, with the first numbers of each reason."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, why in left_out:
        numbers[why].append(number)
    return "; ".join(
        f"{len(some)} {why} (Nr. {', '.join(map(str, some[:NAMED]))}{' und weitere' if len(some) > NAMED else ''})"
        for why, some in numbers.items()
    )


def _why_none(left_out: Sequence[tuple[int, str]]) -> str:
    return f"Ausgelassen: {told(left_out)}." if left_out else "Alle haben schon einen oder sind mit N gesperrt."


def new_certificate(
    desk: Desk, book: ElectoralRoll, person_id: int, district_id: int, data: CertificateData, replaces_id: int | None = None
) -> VotingCertificate:
    """One certificate with the number typed in, or else the next one."""
    running = None if data.number.strip() else _next(desk.session, book.election_id)
    number = certificate_of(data.number) if running is None else str(running)
    same = select(VotingCertificate.id).where(VotingCertificate.election_id == book.election_id, VotingCertificate.number == number)
    if desk.session.scalars(same).first() is not None:
        raise Refused(f"Die Wahlscheinnummer {number} ist schon vergeben.")
    row = VotingCertificate(
        number=number, running=running, person_id=person_id, district_id=district_id, replaces_id=replaces_id, **_values(desk, book, data)
    )
    desk.session.add(row)
    desk.session.flush()
    return row


def _values(desk: Desk, book: ElectoralRoll, data: CertificateData) -> dict[str, Any]:
    """What certificates issued together have in common."""
    return {
        "municipality_id": book.municipality_id,
        "election_id": book.election_id,
        "issued_at_utc": clock.now(),
        "issued_by": desk.actor.name,
        "delivery": data.delivery.value,
        "sent_on": data.sent_on,
        "reason": data.reason.strip(),
        "after_closing": book.closed_at_utc is not None,
        "invalidated_by": "",
        "invalid_reason": "",
    }


def _next(session: Session, election_id: int) -> int:
    """The next running number that no number from outside has taken either."""
    given = select(func.max(VotingCertificate.running)).where(VotingCertificate.election_id == election_id)
    foreign = select(VotingCertificate.number).where(VotingCertificate.election_id == election_id, VotingCertificate.running.is_(None))
    taken = [int(number) for number in session.scalars(foreign) if number.isascii() and number.isdigit()]
    return max([session.scalar(given) or 0, *taken]) + 1


def valid_certificate(session: Session, person_id: int) -> VotingCertificate | None:
    """The one Wahlschein of a person that counts, or None."""
    query = select(VotingCertificate).where(VotingCertificate.person_id == person_id, VotingCertificate.invalidated_at_utc.is_(None))
    return session.scalars(query).first()


def note_certificate(entry: Entry, row: VotingCertificate) -> None:
    """What the journal keeps of a certificate."""
    entry.note(certificate=row.number, person_id=row.person_id, delivery=row.delivery, after_closing=row.after_closing)
    entry.note(sent_on=row.sent_on.isoformat() if row.sent_on else "", reason=row.reason)


def act_on(desk: Desk, act: Act, person: RegisteredPerson) -> Any:
    """An act about one person."""
    subject = f"{person.family_name}, {person.given_names}"
    return desk.act(act, subject, municipality_id=person.municipality_id, election_id=person.election_id)
