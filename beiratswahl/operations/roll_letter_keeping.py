"""Schreiben erzeugen und aufbewahren: every letter of the roll is kept as it was printed, but for one with a blocked address."""

import hashlib

from beiratswahl import clock
from beiratswahl.documents.notice import print_notice
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_letters import Letter
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.roll_cases import RollLetter


def write_letter(desk: Desk, letter: Letter, reason: str = "") -> tuple[int, bytes]:
    """Schreiben erzeugen.

    Source: §§ 51, 52 BMG [V]: a letter with a blocked address is printed once for dispatch and not kept; the journal says that the address
    was used, by whom and why.

    Args:
        desk: where the official works.
        letter: what is printed.
        reason: why a blocked address is needed; not asked for otherwise.

    Returns:
        The letter's id and the bytes of the PDF.

    Raises:
        Refused: a blocked address without a reason.
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    if letter.blocked_address and not reason.strip():
        raise Refused("Bitte schreiben Sie, warum das Schreiben die gesperrte Anschrift braucht. Der Grund steht im Amtsbuch.")
    printed = print_notice(letter.notice)
    person = desk.session.get_one(RegisteredPerson, letter.person_id)
    subject = f"{person.family_name}, {person.given_names} ({person.register_number})"
    kind = Act.ADDRESS_REVEALED if letter.blocked_address else Act.ROLL_LETTER_WRITTEN
    with desk.act(kind, subject, municipality_id=person.municipality_id, election_id=person.election_id) as entry:
        row = RollLetter(
            municipality_id=person.municipality_id,
            election_id=person.election_id,
            person_id=letter.person_id,
            title=letter.notice.title,
            addressee=letter.addressee,
            at_utc=clock.now(),
            by=desk.actor.name,
            sha256=hashlib.sha256(printed).hexdigest(),
            pdf=None if letter.blocked_address else printed,
        )
        desk.session.add(row)
        desk.session.flush()
        entry.note(person_id=letter.person_id, text=letter.notice.title, addressee=letter.addressee, sha256=row.sha256)
        if letter.blocked_address:
            entry.note(blocked_address=True, reason=reason.strip())
        return row.id, printed
