"""Einsicht in das Wählerverzeichnis: who was shown what; the journal keeps that it happened, never what was seen."""

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll_entries import day_of
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election


def note_inspection(desk: Desk, entry_id: int, *, own: bool, reason: str = "") -> None:
    """Einsicht vermerken.

    Source: § 12 KWG, § 13 KWO: own data always; the data of others in the Einsichtsfrist, only with facts that make an error credible, and
    never for persons with an Auskunftssperre under § 51 Abs. 1 BMG [V]; § 52 BMG treated alike [G].

    Args:
        desk: where the official works.
        entry_id: entry that was shown.
        own: True when the person saw the own data, after identification.
        reason: facts that make an error credible; needed for the data of others.

    Raises:
        Refused: the data of others without facts, outside the Einsichtsfrist, or under an Auskunftssperre.
    """
    row = desk.session.get_one(RollEntry, entry_id)
    where = {"municipality_id": row.municipality_id, "election_id": row.election_id}
    with desk.act(Act.ROLL_INSPECTED, f"{row.family_name}, {row.given_names}", **where) as entry:
        row = desk.session.scalars(select(RollEntry).where(RollEntry.id == entry_id)).one()
        if not own:
            _refuse_others(desk, row, reason)
        entry.note(person_id=row.person_id, own_data=own, reason=reason.strip())


def _refuse_others(desk: Desk, row: RollEntry, reason: str) -> None:
    if row.blocks or desk.session.get_one(RegisteredPerson, row.person_id).blocks:
        raise Refused("Für diese Person besteht eine Auskunftssperre. Andere dürfen ihre Daten nicht einsehen (§ 12 KWG, §§ 51, 52 BMG).")
    rules, day = rules_of(desk.session, row.election_id), desk.session.get_one(Election, row.election_id).day
    begins, ends = day_of(rules, day, "inspection_begins"), day_of(rules, day, "inspection_ends")
    if not begins <= clock.today() <= ends:
        raise Refused(f"Daten anderer Personen können nur vom {begins:%d.%m.%Y} bis zum {ends:%d.%m.%Y} eingesehen werden (§ 12 KWG).")
    if not reason.strip():
        raise Refused(
            "Daten anderer Personen zeigen Sie nur, wenn jemand Tatsachen glaubhaft macht, aus denen sich ein Fehler ergibt (§ 12 KWG)."
        )
