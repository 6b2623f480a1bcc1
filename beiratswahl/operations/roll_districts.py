"""Bezirke des Melderegisters und Stimmbezirke: which district, street or houses belong where; settled before numbers are given."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_entries import inspection_refusal, open_book
from beiratswahl.store.house_numbers import HouseRange, Side
from beiratswahl.store.read.register_districts import Assignments, street_ranges
from beiratswahl.store.tables import roll_book
from beiratswahl.store.tables.electoral_roll import RollCorrection, RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_book import RegisterDistrict, VotingCertificate
from beiratswahl.store.tables.setup import Election, PollingDistrict


def assign_register_district(desk: Desk, election_id: int, name: str, street: str, district_id: int | None) -> None:
    """Bezirk oder Straße des Melderegisters einem Stimmbezirk zuordnen, or take the assignment back.

    Source: § 11 Abs. 1 KWG: the roll is kept by Stimmbezirk [V]; a street may go another way than its register district [I].

    Args:
        desk: where the official works.
        election_id: the election.
        name: district as the register names it, "" where it names none.
        street: only this street of it, "" for the whole district.
        district_id: the polling district; None takes the assignment back.

    Raises:
        Refused: nothing changes, the polling district is of another election, or somebody from there has a number in the roll already. A
            district without any polling district as a whole gets one even then: no number was given by it.
    """
    election = desk.session.get_one(Election, election_id)
    subject = ", ".join(part for part in (name or "ohne Bezirk", street) if part)
    with desk.act(Act.REGISTER_DISTRICT_ASSIGNED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        desk.session.get_one(Election, election_id, with_for_update=True)
        district = desk.session.get(PollingDistrict, district_id) if district_id is not None else None
        if district_id is not None and (district is None or district.election_id != election_id):
            raise Refused("Diesen Stimmbezirk gibt es in dieser Wahl nicht.")
        if street or Assignments(desk.session, election_id).settled(name, "") is not None:
            # where nothing is settled for the whole district, no number was given by it
            _refuse_numbered(desk.session, election_id, name)
        row = _row(desk.session, election_id, name, street)
        if (row.district_id if row else None) == district_id:
            raise Refused("Es ist nichts geändert.")
        entry.note(district=district.number if district else "", name=name, street=street)
        if row is not None and district_id is None:
            desk.session.delete(row)
        elif row is not None and district_id is not None:
            row.district_id = district_id
        elif district_id is not None:
            keys = {"municipality_id": election.municipality_id, "election_id": election_id}
            desk.session.add(RegisterDistrict(**keys, name=name, street=street, district_id=district_id))


def assign_house_range(desk: Desk, election_id: int, name: str, street: str, numbers: HouseRange, district_id: int) -> None:
    """Hausnummern einer Straße einem anderen Stimmbezirk zuordnen als den Rest der Straße.

    Source: § 11 Abs. 1 KWG: every person stands in the roll of exactly one Stimmbezirk [V]; a boundary along house numbers [I].

    Args:
        desk: where the official works.
        election_id: the election.
        name: district as the register names it, "" where it names none.
        street: the street in it.
        numbers: which house numbers.
        district_id: the polling district.

    Raises:
        Refused: no street; no number lies in the range, or one lies in another range of the street already; the polling district is of
            another election; or somebody from the district has a number in the roll already.
    """
    election = desk.session.get_one(Election, election_id)
    subject = f"{street}, Hausnummern {numbers}"
    with desk.act(Act.REGISTER_DISTRICT_ASSIGNED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        desk.session.get_one(Election, election_id, with_for_update=True)
        district = desk.session.get(PollingDistrict, district_id)
        if district is None or district.election_id != election_id:
            raise Refused("Diesen Stimmbezirk gibt es in dieser Wahl nicht.")
        if not street.strip():
            raise Refused("Hausnummern lassen sich nur innerhalb einer Straße aufteilen.")
        if not 0 < numbers.first <= numbers.last or not numbers.meets(numbers):
            raise Refused(f"Im Bereich {numbers} liegt keine Hausnummer. Bitte die erste und die letzte Hausnummer und die Seite prüfen.")
        _refuse_numbered(desk.session, election_id, name)
        for _, other, of_district in street_ranges(desk.session, election_id, name, street):
            if numbers.meets(other):
                belongs = desk.session.get_one(PollingDistrict, of_district)
                raise Refused(
                    f"Der Bereich {numbers} überschneidet sich mit dem Bereich {other}, der zum Stimmbezirk {belongs.number} gehört. Jede "
                    "Hausnummer gehört zu genau einem Stimmbezirk. Entfernen Sie zuerst den anderen Bereich, oder ändern Sie die Grenzen."
                )
        keys = {"municipality_id": election.municipality_id, "election_id": election_id}
        values = {"first_number": numbers.first, "last_number": numbers.last, "side": numbers.side.value, "district_id": district_id}
        desk.session.add(roll_book.HouseRange(**keys, name=name, street=street, **values))
        entry.note(district=district.number, name=name, street=street, house_numbers=str(numbers))


def remove_house_range(desk: Desk, range_id: int) -> None:
    """Bereich von Hausnummern aufheben; the houses go with their street again.

    Raises:
        Refused: somebody from the district has a number in the roll already.
    """
    row = desk.session.get_one(roll_book.HouseRange, range_id)
    numbers = HouseRange(row.first_number, row.last_number, Side(row.side))
    subject = f"{row.street}, Hausnummern {numbers}"
    with desk.act(Act.REGISTER_DISTRICT_ASSIGNED, subject, municipality_id=row.municipality_id, election_id=row.election_id) as entry:
        row = desk.session.get_one(roll_book.HouseRange, range_id, with_for_update=True)
        _refuse_numbered(desk.session, row.election_id, row.name)
        entry.note(district="", name=row.name, street=row.street, house_numbers=str(numbers))
        desk.session.delete(row)


def discard_roll(desk: Desk, election_id: int, reason: str) -> int:
    """Anlegen zurücknehmen: all numbers are given up, so that the roll can be opened anew, for instance with other districts.

    Source: §§ 14, 15 KWO: only from the start of the Einsicht on does a change need a decision [V]; taking back before it [I].

    Returns:
        Number of entries that are gone.

    Raises:
        Refused: no reason, not opened, the Einsicht has begun, or there is a Wahlschein or a correction already.
    """
    election = desk.session.get_one(Election, election_id)
    subject = f"Wahl am {election.day:%d.%m.%Y}"
    with desk.act(Act.ROLL_DISCARDED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        book = open_book(desk.session, election_id)
        if not reason.strip():
            raise Refused("Schreiben Sie, warum das Wählerverzeichnis neu angelegt wird.")
        inspection_refusal(desk.session, election)
        for table, what in ((VotingCertificate, "Wahlscheine"), (RollCorrection, "Berichtigungen")):
            if desk.session.scalars(select(table.id).where(table.election_id == election_id).limit(1)).first() is not None:
                raise Refused(f"Zu diesem Wählerverzeichnis gibt es schon {what}; es kann nicht mehr neu angelegt werden.")
        of_this = RollEntry.election_id == election_id
        gone = desk.session.scalar(select(func.count()).select_from(RollEntry).where(of_this)) or 0
        desk.session.execute(delete(RollEntry).where(of_this))
        desk.session.delete(book)
        entry.note(entries=gone, reason=reason.strip())
        return gone


def _row(session: Session, election_id: int, name: str, street: str) -> RegisterDistrict | None:
    query = select(RegisterDistrict).where(
        RegisterDistrict.election_id == election_id, RegisterDistrict.name == name, RegisterDistrict.street == street
    )
    return session.scalars(query).first()


def _refuse_numbered(session: Session, election_id: int, name: str) -> None:
    """Refuse once somebody from a district of the register has a number.

    The street does not count: whether somebody with a number lives in a given street is not told, her address may be blocked.
    """
    query = select(RollEntry.id).join(RegisteredPerson, RegisteredPerson.id == RollEntry.person_id)
    of_district = query.where(RollEntry.election_id == election_id, RegisteredPerson.district == name).limit(1)
    if session.scalars(of_district).first() is not None:
        raise Refused(
            "Personen aus diesem Bezirk des Melderegisters haben schon eine Nummer im Wählerverzeichnis. Nehmen Sie zuerst das Anlegen "
            "zurück oder berichtigen Sie einzeln."
        )
