"""Anzeigen für den Raum: links that show the progress of the count to everybody in the room, and nothing else."""

from sqlalchemy import select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.link_secrets import digest, drawn_link
from beiratswahl.store.tables.count_units import RoomScreen
from beiratswahl.store.tables.setup import Election, PollingDistrict


def open_screen(desk: Desk, election_id: int, district_id: int | None, *, shows_votes: bool = False) -> str:
    """Anzeige öffnen; a former link for the same place opens nothing any more.

    Args:
        desk: who opens it.
        election_id: the election.
        district_id: one polling district, or None for all.
        shows_votes: whether the votes of the lists are shown once every district is closed; never for a single district, whose
            numbers could be subtracted from the published ones.

    Returns:
        The secret of the link, which is nowhere else.

    Raises:
        Refused: votes are wanted for a single district, or the district is of another election.
    """
    if shows_votes and district_id is not None:
        raise Refused("Eine Anzeige für einen einzelnen Bezirk zeigt keine Stimmen; sie verriete, was getrennt nicht veröffentlicht wird.")
    election, secret = desk.session.get_one(Election, election_id), drawn_link()
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.SCREEN_OPENED, "alle Stimmbezirke", **where) as entry:
        if district_id is not None:
            district = desk.session.get(PollingDistrict, district_id)
            if district is None or district.election_id != election_id:
                raise Refused("Diesen Stimmbezirk gibt es in dieser Wahl nicht.")
            entry.subject = f"Stimmbezirk {district.number}"
        _remove(desk, election_id, district_id)
        told = {"shows_votes": shows_votes, "made_by": desk.actor.name, "made_at_utc": clock.now()}
        desk.session.add(RoomScreen(**where, district_id=district_id, link_hash=digest(secret), **told))
        entry.note(district=district_id, shows_votes=shows_votes)
    return secret


def close_screen(desk: Desk, election_id: int, screen_id: int) -> None:
    """Anzeige schließen: the screens that show it go blank with their next look.

    Raises:
        Refused: it is closed already.
    """
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.SCREEN_CLOSED, "alle Stimmbezirke", **where) as entry:
        row = desk.session.get(RoomScreen, screen_id)
        if row is None or row.election_id != election_id:
            raise Refused("Diese Anzeige ist schon geschlossen.")
        if row.district_id is not None:
            entry.subject = f"Stimmbezirk {desk.session.get_one(PollingDistrict, row.district_id).number}"
        entry.note(district=row.district_id, shows_votes=row.shows_votes)
        desk.session.delete(row)


def _remove(desk: Desk, election_id: int, district_id: int | None) -> None:
    same = RoomScreen.district_id.is_(None) if district_id is None else RoomScreen.district_id == district_id
    for row in desk.session.scalars(select(RoomScreen).where(RoomScreen.election_id == election_id, same)):
        desk.session.delete(row)
    desk.session.flush()
