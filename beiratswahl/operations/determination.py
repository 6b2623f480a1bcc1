"""Feststellung des Ergebnisses by the Wahlausschuss (§ 63 KWO): the result frozen with its sitting, the minutes, letters to the elected."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.attachments import result_json
from beiratswahl.documents.elected_letter import ElectedLetter, print_letter
from beiratswahl.documents.result_minutes import ResultMinutes, Sitting, print_minutes
from beiratswahl.documents.result_sheet import Label, ResultAnnouncement
from beiratswahl.documents.typeface import UnprintableCharacter
from beiratswahl.law.rules import System
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announced_districts import published_groups
from beiratswahl.operations.announcements import sheet_of
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.determined import decisive, frozen_mandates
from beiratswahl.operations.result_control import obstacles
from beiratswahl.operations.results import Result, result
from beiratswahl.store.read.nominations import CandidateView
from beiratswahl.store.read.setup import election as election_view
from beiratswahl.store.read.setup import printed_municipality
from beiratswahl.store.tables.results import Determination
from beiratswahl.store.tables.setup import Election

FORMAT = "beiratswahl-feststellung"


@dataclass(frozen=True, slots=True)
class DeterminationView:
    """Feststellung as it was recorded; `current` is False when the result has changed since."""

    number: int
    sitting: Sitting
    sha256: str
    determined_at_utc: datetime
    determined_by: str
    current: bool


def determine(desk: Desk, election_id: int, sitting: Sitting) -> int:
    """Ergebnis feststellen: freeze the result with the sitting that determined it. A later determination replaces it, none is changed.

    Returns:
        The number of the determination, from 1.

    Raises:
        Refused: a district is open, a lot is pending, the numbers do not add up, or the sitting lacks a person, lies before the election
            or ends before a lot was drawn that the result rests on.
    """
    election = desk.session.get_one(Election, election_id)
    _check(sitting, election.day)
    at_utc = clock.now().replace(microsecond=0)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.RESULT_DETERMINED, f"Sitzung am {sitting.day:%d.%m.%Y}", **where) as entry:
        stopping = obstacles(desk.session, election_id)
        if stopping:
            raise Refused("Das Ergebnis kann noch nicht festgestellt werden: " + " ".join(stopping))
        earlier = _rows(desk.session, election_id)
        number = len(earlier) + 1
        counted = result(desk.session, election_id)
        _check_lots(sitting, counted)
        text = _frozen(_sheet(desk.session, election_id, number, sitting, at_utc), sitting, counted)
        desk.session.add(
            Determination(
                municipality_id=election.municipality_id,
                election_id=election_id,
                number=number,
                label=Label.FINAL.value,
                result=text,
                sha256=_digest(text),
                determined_at_utc=at_utc,
                determined_by=desk.actor.name,
            )
        )
        entry.note(number=number, sha256=_digest(text), sitting={**asdict(sitting), "day": sitting.day.isoformat()})
    return number


def is_determined(session: Session, election_id: int) -> bool:
    """Whether the Wahlausschuss has determined a result at all."""
    return bool(_rows(session, election_id))


def latest(session: Session, election_id: int) -> DeterminationView | None:
    """The determination that counts, or None."""
    rows = _rows(session, election_id)
    if not rows:
        return None
    row = rows[-1]
    sitting = _sitting(json.loads(row.result)["sitting"])
    return DeterminationView(
        row.number, sitting, row.sha256, row.determined_at_utc, row.determined_by, _is_current(session, election_id, row, sitting)
    )


def settled(session: Session, election_id: int) -> DeterminationView:
    """The determination that counts, of exactly the result as it stands.

    Raises:
        Refused: nothing is determined, or something has changed since.
    """
    determined = latest(session, election_id)
    if determined is None:
        raise Refused("Das Ergebnis ist noch nicht festgestellt. Tragen Sie zuerst die Sitzung des Wahlausschusses ein.")
    if not determined.current:
        raise Refused("Seit der Feststellung hat sich das Ergebnis geändert. Der Wahlausschuss muss neu feststellen.")
    return determined


def minutes(session: Session, election_id: int) -> bytes:
    """Niederschrift der Feststellung as PDF.

    Raises:
        Refused: nothing is determined, something has changed since, or a name cannot be printed.
    """
    determined = settled(session, election_id)
    sheet = _sheet(session, election_id, determined.number, determined.sitting, determined.determined_at_utc)
    districts = len(result(session, election_id).districts)
    try:
        return print_minutes(ResultMinutes(sheet, determined.sitting, districts, determined.determined_at_utc))
    except UnprintableCharacter as error:
        raise Refused(str(error)) from error


def letters(session: Session, election_id: int) -> tuple[ElectedLetter, ...]:
    """Schreiben an die Gewählten, in the order of lists and ranks.

    Raises:
        Refused: nothing is determined, or something has changed since.
    """
    determined = settled(session, election_id)
    sheet = _sheet(session, election_id, determined.number, determined.sitting, determined.determined_at_utc)
    counted = result(session, election_id)
    standing = {person.ballot_number or "": person for of in counted.paper.nominations for person in of.standing}
    found = []
    for key, name in _elected_keys(counted):
        person = standing.get(key)
        found.append(_letter(sheet, counted, key, name, person))
    return tuple(found)


def print_letters(session: Session, election_id: int) -> tuple[tuple[str, bytes], ...]:
    """Schreiben as PDF files with their names, "01-Kaya.pdf".

    Raises:
        Refused: as `letters`, or a name cannot be printed.
    """
    written = letters(session, election_id)
    try:
        return tuple((f"{place:02d}-{letter.name.split()[-1]}.pdf", print_letter(letter)) for place, letter in enumerate(written, 1))
    except UnprintableCharacter as error:
        raise Refused(str(error)) from error


def _check(sitting: Sitting, election_day: date) -> None:
    if not sitting.chair.strip() or not sitting.recorder.strip() or not any(name.strip() for name in sitting.members):
        raise Refused(
            "Nennen Sie Vorsitz, Schriftführung und die anwesenden Mitglieder des Wahlausschusses; sie unterschreiben die Niederschrift."
        )
    if not sitting.place.strip() or not sitting.began.strip() or not sitting.ended.strip():
        raise Refused("Nennen Sie Ort, Beginn und Ende der Sitzung; beides steht in der Niederschrift.")
    if sitting.day < election_day:
        raise Refused("Die Sitzung kann nicht vor dem Wahltag liegen.")


def _check_lots(sitting: Sitting, counted: Result) -> None:
    """A result cannot be determined before the lot it rests on; an hour nobody can read counts as the end of the day."""
    try:
        hour = time.fromisoformat(sitting.ended.strip())
    except ValueError:
        hour = time.max
    for lot in counted.lots:
        drawn = clock.local(lot.drawn_at_utc).replace(tzinfo=None, second=0, microsecond=0)
        if drawn > datetime.combine(sitting.day, hour):
            raise Refused(
                f"Das Los um Sitz {lot.seat} wurde erst am {drawn:%d.%m.%Y um %H:%M} Uhr gezogen, nach dem Ende dieser Sitzung. "
                "Ein Ergebnis lässt sich nicht vor dem Los feststellen, auf dem es beruht. Prüfen Sie Tag und Ende der Sitzung."
            )


def _rows(session: Session, election_id: int) -> list[Determination]:
    query = select(Determination).where(Determination.election_id == election_id).order_by(Determination.number)
    return list(session.scalars(query))


def _sheet(session: Session, election_id: int, number: int, sitting: Sitting, at_utc: datetime) -> ResultAnnouncement:
    election = election_view(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    municipality = printed_municipality(session, election.municipality_id)
    counted = result(session, election_id)
    groups = published_groups(session, election_id)
    return sheet_of(
        counted, municipality, election, label=Label.FINAL, version=number, at_utc=at_utc, determined_on=sitting.day, groups=groups
    )


def _frozen(sheet: ResultAnnouncement, sitting: Sitting, counted: Result) -> str:
    about = {**asdict(sitting), "day": sitting.day.isoformat()}
    content = {
        "format": FORMAT,
        "format_version": 1,
        "sitting": about,
        "result": json.loads(result_json(sheet)),
        "mandates": frozen_mandates(counted),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _is_current(session: Session, election_id: int, row: Determination, sitting: Sitting) -> bool:
    if obstacles(session, election_id):
        return False
    sheet = _sheet(session, election_id, row.number, sitting, row.determined_at_utc)
    return decisive(json.loads(result_json(sheet))) == decisive(json.loads(row.result)["result"])


def _sitting(stored: dict[str, object]) -> Sitting:
    members = stored["members"]
    texts = {key: str(stored[key]) for key in ("place", "began", "ended", "chair", "recorder", "corrections")}
    names = tuple(str(name) for name in members) if isinstance(members, list) else ()
    return Sitting(day=date.fromisoformat(str(stored["day"])), members=names, **texts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _elected_keys(counted: Result) -> list[tuple[str, str]]:
    """Keys of the elected with the words for their list ("" in Mehrheitswahl)."""
    by_list = counted.rules.system is System.PROPORTIONAL
    names = {str(of.number): f"Wahlvorschlag {of.number} „{of.keyword}“" for of in counted.paper.nominations}
    return [(key, names.get(of, "") if by_list else "") for of, chosen in counted.elected.items() for key in chosen.elected]


def _letter(sheet: ResultAnnouncement, counted: Result, key: str, list_name: str, person: CandidateView | None) -> ElectedLetter:
    name = " ".join(part for part in (person.given_names, person.family_name) if part) if person else key
    home = (person.street, f"{person.postcode} {person.town}".strip()) if person else ()
    return ElectedLetter(
        letterhead=sheet.letterhead,
        recipient=(name, *(line for line in home if line)),
        name=name,
        council_genitive=sheet.council_genitive,
        municipality_of=sheet.municipality_of,
        election_day=sheet.election_day,
        determined_on=sheet.determined_on or sheet.announced_on,
        votes=counted.tally.votes.get(key, 0),
        list_name=list_name,
        by_lot=any(lot.winner == key for lot in counted.lots),
        days=counted.rules.acceptance_period_days,
        place=sheet.place,
        signatory=sheet.signatory,
        signatory_office=sheet.signatory_office,
        created_at_utc=sheet.created_at_utc,
    )
