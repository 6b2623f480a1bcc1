"""Stimmabgabevermerk: by roll number, in the polling room or afterwards from the marked print-out."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.read.roll_standing import struck
from beiratswahl.store.read.vote_notes import holds_certificate
from beiratswahl.store.tables.electoral_roll import ElectoralRoll, RollEntry
from beiratswahl.store.tables.setup import Election, PollingDistrict

#: numbers typed at once, "1-80" counts as 80
MOST_AT_ONCE = 2_000


def roll_numbers_of(typed: str) -> tuple[int, ...]:
    """Roll numbers from a list as people type it or a scanner sends it: "12 15, 20-25" or one in a line.

    Raises:
        Refused: something in it is no number, a range runs backwards, or there are too many.
    """
    numbers: list[int] = []
    for part in re.sub(r"\s*[-–]\s*", "-", typed).replace(",", " ").replace(";", " ").split():
        found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", part)
        if not found:
            raise Refused(f"„{part}“ ist keine laufende Nummer. Erlaubt sind Zahlen und Bereiche wie 20-25. Es wurde nichts eingetragen.")
        first, last = int(found[1]), int(found[2] or found[1])
        if last < first:
            raise Refused(f"„{part}“ läuft rückwärts. Es wurde nichts eingetragen.")
        if len(numbers) + last - first >= MOST_AT_ONCE:
            raise Refused(f"Das sind mehr als {MOST_AT_ONCE} Nummern auf einmal. Teilen Sie die Liste.")
        numbers.extend(range(first, last + 1))
    if not numbers:
        raise Refused("Geben Sie mindestens eine laufende Nummer ein.")
    return tuple(dict.fromkeys(numbers))


def note_votes(desk: Desk, district_id: int, numbers: Sequence[int]) -> int:
    """Stimmabgabe vermerken, all numbers or none.

    Source: § 10 KWO: columns for the Stimmabgabevermerk; § 52 KWO: their number is compared with the ballots [V]; who has a Wahlschein
    votes with it only [G].

    Args:
        desk: where the official or the board works.
        district_id: polling district with a polling room.
        numbers: running numbers of the roll.

    Returns:
        How many notes were made.

    Raises:
        Refused: before the election day, the roll is not closed, a postal district, or a number that is not in the roll, noted already,
            blocked with N, struck after the closing, or marked with W.
    """
    with _polling_room(desk, district_id, Act.VOTES_NOTED) as (district, entry):
        rows = _rows(desk.session, district_id, numbers)
        gone = _struck(desk.session, district.election_id)
        held = _certificates(desk.session, district.election_id)
        faults = [fault for number in numbers if (fault := _fault(number, rows.get(number), gone, held))]
        if faults:
            raise Refused(" ".join([*faults[:10], "Es wurde nichts vermerkt." if len(numbers) > 1 else ""]).strip())
        for number in numbers:
            rows[number].voted = True
        entry.note(district=district_id, numbers=list(numbers))
        return len(numbers)


def take_back_vote(desk: Desk, district_id: int, number: int, reason: str) -> None:
    """Stimmabgabevermerk zurücknehmen, made for a wrong number.

    Raises:
        Refused: no reason, or nothing is noted for the number.
    """
    with _polling_room(desk, district_id, Act.VOTE_TAKEN_BACK) as (_, entry):
        row = _rows(desk.session, district_id, [number]).get(number)
        if row is None or not row.voted:
            raise Refused(f"Für Nummer {number} ist keine Stimmabgabe vermerkt.")
        if not reason.strip():
            raise Refused("Schreiben Sie, warum der Vermerk zurückgenommen wird, etwa „Nummer vertippt“.")
        row.voted = False
        entry.note(district=district_id, number=number, reason=reason.strip())


def _fault(number: int, row: RollEntry | None, gone: set[int], held: set[int]) -> str:
    if row is None:
        return f"Nummer {number} steht nicht im Wählerverzeichnis dieses Stimmbezirks."
    if row.voted:
        return f"Für Nummer {number} ist die Stimmabgabe schon vermerkt."
    if row.person_id in gone:
        return f"Nummer {number} ist gesperrt (N) und darf nicht wählen."
    if row.person_id in held:
        return f"Nummer {number} hat einen Wahlschein (W) und kann nur mit ihm wählen."
    return ""


def _rows(session: Session, district_id: int, numbers: Sequence[int]) -> dict[int, RollEntry]:
    query = select(RollEntry).where(RollEntry.district_id == district_id, RollEntry.number.in_(numbers)).with_for_update()
    return {row.number: row for row in session.scalars(query)}


def _struck(session: Session, election_id: int) -> set[int]:
    """Persons who are struck: N in the entry, or a strike after the closing that no later correction lifts."""
    return set(session.scalars(select(RollEntry.person_id).where(RollEntry.election_id == election_id, struck(RollEntry.person_id))))


def _certificates(session: Session, election_id: int) -> set[int]:
    """Persons who vote with their Wahlschein only."""
    return set(session.scalars(select(RollEntry.person_id).where(RollEntry.election_id == election_id, holds_certificate(election_id))))


@contextmanager
def _polling_room(desk: Desk, district_id: int, act: Act) -> Iterator[tuple[PollingDistrict, Entry]]:
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(act, f"Stimmbezirk {district.number}", **where) as entry:
        if district.postal:
            raise Refused("In einem Briefwahlbezirk zählt das Buch der Wahlbriefe; einen Stimmabgabevermerk gibt es dort nicht.")
        election = desk.session.get_one(Election, district.election_id)
        if clock.today() < election.day:
            raise Refused(f"Die Stimmabgabe wird am Wahltag vermerkt, dem {election.day:%d.%m.%Y}, oder danach.")
        book = desk.session.scalars(select(ElectoralRoll).where(ElectoralRoll.election_id == district.election_id)).first()
        if book is None or book.closed_at_utc is None:
            raise Refused("Das Wählerverzeichnis ist noch nicht abgeschlossen (§ 16 KWO). Erst danach wird die Stimmabgabe vermerkt.")
        yield district, entry
