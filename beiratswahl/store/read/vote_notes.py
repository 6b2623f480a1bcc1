"""Reads of the Stimmabgabevermerke: how many there are in each polling district, beside what was counted there."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from beiratswahl.store.read import counting
from beiratswahl.store.read.roll_standing import struck
from beiratswahl.store.read.setup import districts
from beiratswahl.store.tables.electoral_roll import RollEntry
from beiratswahl.store.tables.roll_book import VotingCertificate


@dataclass(frozen=True, slots=True)
class VoteNotes:
    """Vermerke eines Stimmbezirks.

    Attributes:
        may_vote: entries that may vote in the polling room: without N and W, not struck later, without a later Wahlschein.
        noted: Stimmabgabevermerke; in a postal district the admitted letters stand for them (KWO § 56).
        voters: Wähler as counted, 0 before they are.
        ballots: ballots recorded so far.
    """

    district_id: int
    number: int
    name: str
    postal: bool
    may_vote: int
    noted: int
    voters: int
    ballots: int

    @property
    def difference(self) -> int:
        """Counted voters above the notes; not 0 means that somebody has to explain it (§ 52 KWO)."""
        return self.voters - self.noted


@dataclass(frozen=True, slots=True)
class NotedEntry:
    """Eintrag, as the polling room sees it: no birthday, no address."""

    number: int
    name: str
    voted: bool
    blocked: bool
    certificate: bool


def vote_notes(session: Session, election_id: int) -> tuple[VoteNotes, ...]:
    """Stimmabgabevermerke of all polling districts, by number."""
    entries = _entries(session, election_id)
    return tuple(_notes(session, one.district_id, one.number, one.name, one.postal, entries) for one in districts(session, election_id))


def vote_notes_of(session: Session, election_id: int, district_id: int) -> VoteNotes | None:
    """Stimmabgabevermerke of one polling district, or None."""
    return next((one for one in vote_notes(session, election_id) if one.district_id == district_id), None)


def noted_entries(session: Session, district_id: int, numbers: tuple[int, ...]) -> tuple[NotedEntry, ...]:
    """Entries by their numbers, in the order of the numbers; unknown ones are left out."""
    query = select(RollEntry).where(RollEntry.district_id == district_id, RollEntry.number.in_(numbers))
    found = {row.number: row for row in session.scalars(query)}
    return tuple(
        NotedEntry(number, f"{row.family_name}, {row.given_names}", row.voted, row.blocked, row.certificate)
        for number in numbers
        if (row := found.get(number)) is not None
    )


def holds_certificate(election_id: int) -> ColumnElement[bool]:
    """Whether who is entered votes with a Wahlschein only.

    Source: § 21 KWO: Wahlscheine issued after the closing stand in a list of their own, the closed roll shows no W for them [V]; nor does
    it for one issued before the person was entered.

    Args:
        election_id: the election.
    """
    held = select(VotingCertificate.person_id).where(VotingCertificate.election_id == election_id)
    held = held.where(VotingCertificate.after_closing.is_(True) | VotingCertificate.invalidated_at_utc.is_(None))
    return or_(RollEntry.certificate.is_(True), RollEntry.person_id.in_(held))


def _entries(session: Session, election_id: int) -> dict[int, tuple[int, int]]:
    may_vote = func.sum(case((or_(struck(RollEntry.person_id), holds_certificate(election_id)), 0), else_=1))
    noted = func.sum(case((RollEntry.voted.is_(True), 1), else_=0))
    query = select(RollEntry.district_id, may_vote, noted).where(RollEntry.election_id == election_id).group_by(RollEntry.district_id)
    return {district_id: (int(room), int(votes)) for district_id, room, votes in session.execute(query)}


def _notes(session: Session, district_id: int, number: int, name: str, postal: bool, entries: dict[int, tuple[int, int]]) -> VoteNotes:
    may_vote, noted = entries.get(district_id, (0, 0))
    counted = counting.count(session, district_id)
    if postal:
        noted = counted.letters_received - sum(counted.letters_rejected.values())
    ballots = sum(counted.unchanged.values()) + counted.blank_ballots + counting.recorded(session, district_id)[0]
    return VoteNotes(district_id, number, name, postal, may_vote, noted, counted.voters, ballots)
