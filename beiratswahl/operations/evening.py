"""The frame of what a polling board does on its evening besides counting: one district, one act, one journal entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Entry, Refused
from beiratswahl.store.tables.counting import DistrictCount
from beiratswahl.store.tables.setup import PollingDistrict

RECORD_STAYS = "Die Zählung dieses Stimmbezirks ist abgeschlossen; ihre Niederschrift ändert sich nicht mehr."


@contextmanager
def evening_act(
    desk: Desk, district_id: int, act: Act, *, also_closed: bool = False, closed: str = RECORD_STAYS
) -> Iterator[tuple[PollingDistrict, Entry]]:
    """The frame of an act: the polling district and the journal entry.

    Args:
        desk: who acts.
        district_id: the polling district.
        act: what is done.
        also_closed: whether it may be done after the count is closed.
        closed: what to say when it may not.

    Raises:
        Refused: the count of the district is closed.
    """
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(act, f"Stimmbezirk {district.number}", **where) as entry:
        entry.note(district=district_id)
        closed_at = select(DistrictCount.closed_at_utc).where(DistrictCount.district_id == district_id)
        if not also_closed and desk.session.scalars(closed_at).one_or_none() is not None:
            raise Refused(closed)
        yield desk.session.get_one(PollingDistrict, district_id), entry


def keys_in(district: PollingDistrict) -> dict[str, int]:
    """The keys every row of a polling district carries."""
    return {"municipality_id": district.municipality_id, "election_id": district.election_id, "district_id": district.id}
