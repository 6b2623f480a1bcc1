"""Gesperrte Anschriften: shown on demand only, each time with a reason and an entry in the journal."""

from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.read.roll import Address, blocked_address
from beiratswahl.store.tables.roll import RegisteredPerson


def reveal_address(desk: Desk, person_id: int, reason: str) -> Address:
    """Gesperrte Anschrift anzeigen.

    Source: § 51 Abs. 1, § 52 BMG [V]: the address of a protected person is seen by nobody who does not need it for the task at hand. The
    journal says who saw it, when and why; it never holds the address.

    Args:
        desk: where the official works.
        person_id: whose address.
        reason: for what it is needed.

    Returns:
        The address, to be shown once.

    Raises:
        Refused: no reason, or the address is not blocked.
    """
    person = desk.session.get_one(RegisteredPerson, person_id)
    subject = f"{person.family_name}, {person.given_names} ({person.register_number})"
    act = desk.act(Act.ADDRESS_REVEALED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        if not person.blocks:
            raise Refused("Die Anschrift dieser Person ist nicht gesperrt; sie steht auf ihrer Seite.")
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, wofür Sie die Anschrift brauchen. Der Grund steht im Amtsbuch.")
        address = blocked_address(desk.session, person.election_id, person_id)
        if address is None:
            raise Refused("Zu dieser Person ist keine Anschrift gespeichert.")
        entry.note(person_id=person_id, reason=reason.strip())
        return address
