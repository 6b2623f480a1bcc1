"""Reads of the roll as a book: every entry as it is printed. Blocked addresses never leave it, whenever the block came (§§ 51, 52 BMG)."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.store.read.electoral_roll import HIDDEN, KEPT_SECRET
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import PollingDistrict

ROWS_AT_ONCE = 2_000


class BookLine(NamedTuple):
    """Eintrag, as it is printed; `address` is the word „Auskunftssperre“ for a blocked one."""

    district: int
    number: int
    family_name: str
    given_names: str
    birth_date: str
    address: str
    blocked: bool
    certificate: bool
    remarks: str


def book_lines(session: Session, election_id: int) -> Iterator[BookLine]:
    """Das ganze Wählerverzeichnis by polling district and number, in one query, so that nothing changes between its leaves."""
    entry = RollEntry
    query = (
        select(
            PollingDistrict.number,
            *(entry.number, entry.family_name, entry.given_names, entry.birth_date),
            *(entry.street, entry.house_number, entry.postcode, entry.town, KEPT_SECRET),
            *(entry.blocked, entry.certificate, entry.remarks),
        )
        .join(PollingDistrict, PollingDistrict.id == entry.district_id)
        .join(RegisteredPerson, RegisteredPerson.id == entry.person_id)
        .where(entry.election_id == election_id)
        .order_by(PollingDistrict.number, entry.number)
    )
    for district, number, family, given, born, street, house, postcode, town, secret, *marks in session.execute(
        query.execution_options(yield_per=ROWS_AT_ONCE)
    ):
        address = HIDDEN if secret else f"{street} {house}, {postcode} {town}"
        yield BookLine(district, number, family, given, born, address, *marks)
