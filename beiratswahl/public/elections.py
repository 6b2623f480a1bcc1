"""Eine Wahl, wie sie veröffentlicht ist: information and notices before it, results after it; any one of them makes it public."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import abort

from beiratswahl import clock
from beiratswahl.access import archive
from beiratswahl.public.publication import Version, body_of, version_of
from beiratswahl.store.read import published
from beiratswahl.store.read.published import InformationView, NoticeView

ADMITTED = "wahlvorschlaege"
NO_ELECTION = "keine-wahl"
_LIST_HEADING = re.compile(r"Wahlvorschlag (\d+) „(.*)“")


@dataclass(frozen=True, slots=True)
class Due:
    """Frist; `hour` is "" where the whole day counts."""

    key: str
    day: date
    hour: str
    text: str
    source: str

    @property
    def days_left(self) -> int:
        """Days until its last one, 0 on that day, below 0 once it is over: on that day after its hour."""
        now = clock.local(clock.now())
        days = (self.day - now.date()).days
        return -1 if days == 0 and self.hour and self.hour < f"{now:%H:%M}" else days


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Zugelassener Wahlvorschlag as announced; without number and keyword where every person is a nomination."""

    number: str
    keyword: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PublicElection:
    """Wahl mit allem, was zu ihr veröffentlicht ist.

    Attributes:
        versions: of the result, the newest first.
        information: the newest, withdrawn or not; None when none was published.
        notices: the newest first, the withdrawn ones too.
    """

    election_id: int
    authority: str
    council: str
    election_day: date
    versions: tuple[Version, ...]
    information: InformationView | None
    notices: tuple[NoticeView, ...]

    @property
    def body(self) -> str:
        """Name of the council with its municipality."""
        return body_of(self.council, self.authority)

    @property
    def result(self) -> Version | None:
        """The newest version of the result."""
        return self.versions[0] if self.versions else None

    @property
    def result_state(self) -> str:
        """Changes when a version of the result comes out or is withdrawn, and only then."""
        return f"{len(self.versions)}-{sum(of.withdrawn_at_utc is not None for of in self.versions)}"

    @property
    def proportional(self) -> bool:
        """Verhältniswahl, as far as something published says so."""
        if self.result:
            return self.result.proportional
        return bool(self.information) and self.sheet["system"] == "Verhältniswahl"

    @property
    def sheet(self) -> dict[str, Any]:
        """Fields of the information; empty without one."""
        return self.information.sheet if self.information else {}

    @property
    def cancelled(self) -> NoticeView | None:
        """The standing notice that no election takes place (§ 56 Abs. 3 GemO)."""
        return self._standing(NO_ELECTION)

    @property
    def candidacies(self) -> tuple[Candidacy, ...]:
        """Zugelassene Wahlvorschläge, from the notice that stands."""
        notice = self._standing(ADMITTED)
        return _candidacies(notice.sheet["sections"]) if notice else ()

    @property
    def deadlines(self) -> tuple[Due, ...]:
        """Fristen in order of time."""
        return tuple(
            Due(of["key"], date.fromisoformat(of["at"][:10]), of["at"][11:], of["text"], of["source"])
            for of in self.sheet.get("deadlines", ())
        )

    def _standing(self, kind: str) -> NoticeView | None:
        return next((of for of in self.notices if of.kind == kind and of.withdrawn_at_utc is None), None)


def every() -> tuple[PublicElection, ...]:
    """All elections of which anything is published, the newest day first."""
    session = archive.session()
    versions, information, notices = published.everything(session), published.information(session), published.notices(session)
    ids = {of.election_id for of in versions} | {of.election_id for of in information} | {of.election_id for of in notices}
    found = [
        _election(
            election_id,
            [version_of(of) for of in reversed(versions) if of.election_id == election_id],
            [of for of in information if of.election_id == election_id],
            [of for of in notices if of.election_id == election_id],
        )
        for election_id in ids
    ]
    return tuple(sorted(found, key=lambda of: (of.election_day, of.election_id), reverse=True))


def election_of(election_id: int) -> PublicElection:
    """One election; one that does not exist and one of which nothing is published are the same 404."""
    session = archive.session()
    versions = [version_of(of) for of in published.versions(session, election_id)]
    information, notices = published.information(session, election_id), published.notices(session, election_id)
    return _election(election_id, versions, information, notices) if versions or information or notices else abort(404)


def _election(
    election_id: int, versions: Sequence[Version], information: Sequence[InformationView], notices: Sequence[NoticeView]
) -> PublicElection:
    if versions:
        about = versions[0].authority, versions[0].council, versions[0].election_day
    else:
        sheet = information[0].sheet if information else notices[0].sheet
        about = sheet["authority"], sheet["council"], date.fromisoformat(sheet["election_day"])
    return PublicElection(election_id, *about, tuple(versions), information[0] if information else None, tuple(notices))


def _candidacies(sections: Sequence[dict[str, Any]]) -> tuple[Candidacy, ...]:
    found = []
    for section in sections:
        for block in section["blocks"]:
            if block["type"] == "table":
                named = _LIST_HEADING.fullmatch(section["heading"])
                number, keyword = named.groups() if named else ("", "")
                found.append(Candidacy(number, keyword, tuple(block["head"]), tuple(map(tuple, block["rows"]))))
    return tuple(found)
