"""Angaben zur Wahl, out of which every notice before the election is written: who, when, where, by which rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from beiratswahl import words
from beiratswahl.documents.notice_sheet import Notice, Section
from beiratswahl.documents.result_announcement import STATUTE
from beiratswahl.documents.result_sheet import Letterhead
from beiratswahl.law.deadlines import Deadline
from beiratswahl.law.rules import Level, Rules

NO_ELECTION = {Level.DISTRICT: "§ 49a Abs. 3 LKO"}


@dataclass(frozen=True, slots=True)
class ElectionFacts:
    """Angaben zur Wahl.

    Attributes:
        letterhead: Briefkopf.
        municipality_of: name in the genitive with article, e.g. "der Stadt Musterstadt".
        council: "Beirat für Migration und Integration der Stadt Musterstadt".
        council_genitive: "Beirates für Migration und Integration der Stadt Musterstadt".
        level: decides between GemO and LKO.
        bylaw: full citation.
        election_day: Wahltag.
        rules: rules of the election.
        deadlines: deadlines by key.
        office: lines of the address where things are handed in.
        place: place of the signature.
        dated_on: day of the signature.
        signatory: who signs.
        signatory_office: as what.
        created_at_utc: moment written into the file.
    """

    letterhead: Letterhead
    municipality_of: str
    council: str
    council_genitive: str
    level: Level
    bylaw: str
    election_day: date
    rules: Rules
    deadlines: Mapping[str, Deadline]
    office: tuple[str, ...]
    place: str
    dated_on: date
    signatory: str
    signatory_office: str
    created_at_utc: datetime

    @property
    def statute(self) -> str:
        """§ of the council."""
        return STATUTE[self.level]

    @property
    def no_election(self) -> str:
        """§ that calls an election off."""
        return NO_ELECTION.get(self.level, "§ 56 Abs. 3 GemO")

    def when(self, key: str) -> str:
        """ "Montag, 28. September 2026, 18:00 Uhr"."""
        return spoken(self.deadlines[key].at)

    def day(self, key: str) -> date:
        """Calendar day of a deadline."""
        at = self.deadlines[key].at
        return at.date() if isinstance(at, datetime) else at

    def notice(
        self,
        title: str,
        *sections: Section,
        kind: str = "Öffentliche Bekanntmachung",
        about: str = "für die Wahl",
        recipient: tuple[str, ...] = (),
        signed: bool = True,
    ) -> Notice:
        """A notice on this election; with a recipient a letter."""
        return Notice(
            letterhead=self.letterhead,
            kind=kind,
            name=title,
            title=title,
            subtitle=f"{about} des {self.council_genitive} am {words.long_date(self.election_day)}",
            running=f"{self.council} · Wahl am {words.long_date(self.election_day)}",
            sections=sections,
            place=self.place,
            dated_on=self.dated_on,
            signatory=self.signatory if signed else "",
            signatory_office=self.signatory_office,
            created_at_utc=self.created_at_utc,
            recipient=recipient,
        )


def spoken(at: date | datetime) -> str:
    """A day, with its hour where there is one."""
    if isinstance(at, datetime):
        return f"{words.weekday_date(at.date())}, {at:%H:%M}{words.NO_BREAK}Uhr"
    return words.weekday_date(at)
