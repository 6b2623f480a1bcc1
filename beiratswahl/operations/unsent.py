"""Ballots that wait on a device because the server could not be reached: announced, taken back, given up by decision."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.reasons import reason_given
from beiratswahl.store.tables.boards import Incident
from beiratswahl.store.tables.count_control import UnsentDevice
from beiratswahl.store.tables.setup import PollingDistrict

DEVICE = re.compile("[A-Z]{2}")
MOST_UNSENT = 9999


class Waited(NamedTuple):
    """Später gesendet: a device that could not reach the server.

    Attributes:
        device: two letters the device made for itself.
        mark: what was written on the paper in place of the number, e.g. "KX-3"; empty when nothing was.
        left: ballots the device still holds after this one.
    """

    device: str
    mark: str
    left: int


def announce_unsent(desk: Desk, district_id: int, device: str, ballots: int) -> None:
    """Nicht gesendete Stimmzettel melden; 0 takes the message back. The same message twice changes nothing, and is no act.

    Raises:
        Refused: the name of the device or the number cannot be.
    """
    if not DEVICE.fullmatch(device) or not 0 <= ballots <= MOST_UNSENT:
        raise Refused("Diese Meldung eines Geräts ist nicht zu verstehen. Laden Sie dort die Seite neu.")
    if ballots_on(desk.session, district_id, device) == ballots:
        return
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.UNSENT_ANNOUNCED, f"Stimmbezirk {district.number}", **where) as entry:
        entry.note(district=district_id, device=device, ballots=ballots)
        note_unsent(desk, {**where, "district_id": district_id}, device, ballots)


def note_unsent(desk: Desk, place: Mapping[str, int], device: str, ballots: int) -> None:
    """Within an act: what a device still holds.

    Args:
        desk: who announces it.
        place: the keys of the polling district: municipality, election, district.
        device: the name of the device.
        ballots: how many; 0 takes the row away.
    """
    row = desk.session.scalars(_of(place["district_id"], device)).one_or_none()
    if not ballots:
        if row is not None:
            desk.session.delete(row)
        return
    if row is None:
        row = UnsentDevice(**place, device=device)
        desk.session.add(row)
    row.ballots, row.announced_by, row.announced_at_utc = ballots, desk.actor.name, clock.now()


def give_up_device(desk: Desk, district_id: int, device: str, reason: str) -> None:
    """Gerät aufgeben: by decision its unsent ballots no longer hold up closing; the Niederschrift names it as an incident.

    Raises:
        Refused: the device has announced nothing, or the reason is missing.
    """
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.DEVICE_GIVEN_UP, f"Stimmbezirk {district.number}", **where) as entry:
        row = desk.session.scalars(_of(district_id, device)).one_or_none()
        if row is None:
            raise Refused(f"Das Gerät {device} hat keine ausstehenden Stimmzettel gemeldet.")
        told = reason_given(reason)
        entry.note(district=district_id, device=device, ballots=row.ballots, reason=told)
        number = desk.session.scalar(select(func.max(Incident.number)).where(Incident.district_id == district_id)) or 0
        ballots = words.counted(row.ballots, "nicht gesendeten Stimmzettel", "nicht gesendete Stimmzettel")
        text = f"Gerät {device} ({row.announced_by}) hatte {ballots} gemeldet und wurde aufgegeben: {told}"
        keys = {**where, "district_id": district_id, "number": number + 1}
        desk.session.add(Incident(**keys, text=text, recorded_by=desk.actor.name, at_utc=clock.now()))
        desk.session.delete(row)


def ballots_on(session: Session, district_id: int, device: str) -> int:
    """How many ballots a device has announced."""
    return session.scalar(select(UnsentDevice.ballots).where(UnsentDevice.district_id == district_id, UnsentDevice.device == device)) or 0


def _of(district_id: int, device: str) -> Select[UnsentDevice]:
    return select(UnsentDevice).where(UnsentDevice.district_id == district_id, UnsentDevice.device == device)
