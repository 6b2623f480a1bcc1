"""Zwischenstand: publishing the polling districts counted so far, as numbered immutable versions, before all are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from beiratswahl import clock, words
from beiratswahl.documents.attachments import result_csv, result_json
from beiratswahl.documents.interim_announcement import announce_interim
from beiratswahl.documents.press import OutsideAddress
from beiratswahl.documents.result_sheet import InterimState, Label, ResultAnnouncement
from beiratswahl.documents.typeface import FontsMissing, UnprintableCharacter
from beiratswahl.law.deadlines import count_begins
from beiratswahl.law.interim import Groups, InterimUnits, interim_units, units_after
from beiratswahl.law.rules import Rules
from beiratswahl.operations.acts import Act
from beiratswahl.operations.announced_districts import published_groups
from beiratswahl.operations.announcements import sheet_of
from beiratswahl.operations.count_units import units
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.publication import Edition, keep, next_number
from beiratswahl.operations.results import DistrictResult, Result, partial_result
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.read import count_overview, published
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.read.published import PublishedView
from beiratswahl.store.read.setup import DistrictView, ElectionView, printed_municipality
from beiratswahl.store.read.setup import election as election_view
from beiratswahl.store.tables.setup import Election

ALL_COUNTED = "Alle Stimmbezirke sind abgeschlossen. Veröffentlichen Sie jetzt das vorläufige Ergebnis mit den Sitzen."


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Ausgezählter Stimmbezirk, der noch nicht gezeigt wird, and why."""

    district: DistrictView
    reason: str


@dataclass(frozen=True, slots=True)
class Interim:
    """Möglicher Zwischenstand.

    Attributes:
        districts: all polling districts.
        counted: those that are closed.
        shown: those the new version would show, earlier ones among them; when nothing can be published those of the newest version.
        added: those of them that no version shows yet.
        held_back: closed ones that would not be shown.
        groups: numbers of districts that stand in one line.
        refusal: why nothing can be published now; "" when it can.
    """

    districts: tuple[DistrictView, ...]
    counted: tuple[DistrictView, ...]
    shown: tuple[DistrictView, ...]
    added: tuple[DistrictView, ...]
    held_back: tuple[HeldBack, ...]
    groups: Groups
    refusal: str

    @property
    def state(self) -> InterimState:
        """What the version says about itself."""
        missing = tuple((of.number, of.name) for of in self.districts if of not in self.shown)
        return InterimState(len(self.shown), len(self.districts), missing)

    @property
    def still_open(self) -> tuple[DistrictView, ...]:
        """Districts that are not closed."""
        return tuple(of for of in self.districts if of not in self.counted)


def interim(session: Session, election_id: int) -> Interim:
    """Was jetzt als Zwischenstand veröffentlicht werden könnte, what is held back and why.

    Source: secrecy of the vote, Art. 76 Abs. 1 LV [I]; § 57 Abs. 6 KWO analogously [I].

    Raises:
        Refused: nominations are not closed, so there is no ballot paper to count by.
    """
    progress = _progress(session, election_id)
    newest = next(iter(published.versions(session, election_id)), None)
    stopping = _stopping(session, election_id, progress, newest)
    if stopping:
        return _view(progress, progress.earlier, InterimUnits((), (), (), ()), stopping)
    found = interim_units(progress.rules, progress.ballots, progress.outstanding, progress.earlier)
    groups, refusal = found.groups, ""
    if not found.added:
        again = {number: amount for number, amount in progress.ballots.items() if any(number in group for group in progress.earlier)}
        groups = units_after(progress.rules, again, progress.earlier) if again else ()
        if not groups or not _has_changed(session, election_id, progress, groups, newest):
            refusal = "Seit der letzten Fassung ist kein Stimmbezirk dazugekommen, der schon gezeigt werden kann."
    return _view(progress, groups, found, refusal)


def publish_interim(desk: Desk, election_id: int) -> int:
    """Zwischenstand veröffentlichen: votes of the districts counted so far, without seats. It is no announcement and is not signed.

    Returns:
        The number of the version.

    Raises:
        Refused: nothing new can be shown, voting is not over, or the count changed while the sheet was printed.
    """
    number = next_number(desk.session, election_id)
    at_utc = clock.now().replace(microsecond=0)
    found = interim(desk.session, election_id)
    sheet = _sheet(desk.session, election_id, found, number, at_utc)
    try:
        printed = Edition(sheet, result_json(sheet), result_csv(sheet), announce_interim(sheet))
    except (UnprintableCharacter, FontsMissing, OutsideAddress) as error:
        raise Refused(str(error)) from error
    where = {"municipality_id": desk.session.get_one(Election, election_id).municipality_id, "election_id": election_id}
    subject = f"Fassung {number}, {Label.INTERIM.value} ({found.state.counted} von {found.state.districts} Stimmbezirken)"
    with desk.act(Act.RESULT_PUBLISHED, subject, **where) as entry:
        again = _sheet(desk.session, election_id, interim(desk.session, election_id), next_number(desk.session, election_id), at_utc)
        if result_json(again) != printed.json:
            raise Refused("Während des Drucks hat sich etwas geändert. Prüfen Sie den Stand und veröffentlichen Sie ihn noch einmal.")
        note = _note(found) if number > 1 else ""
        keep(desk, printed, printed.pdf, signed_by="", note=note, entry=entry, **where)
    return number


def _sheet(session: Session, election_id: int, found: Interim, number: int, at_utc: datetime) -> ResultAnnouncement:
    if found.refusal:
        raise Refused(found.refusal)
    election = _election(session, election_id)
    return sheet_of(
        partial_result(session, election_id, {number for group in found.groups for number in group}),
        printed_municipality(session, election.municipality_id),
        election,
        label=Label.INTERIM,
        version=number,
        at_utc=at_utc,
        determined_on=None,
        groups=found.groups,
        interim=found.state,
    )


@dataclass(frozen=True, slots=True)
class _Progress:
    """Stand der Auszählung, by the number of the district that counts."""

    rules: Rules
    districts: tuple[DistrictView, ...]
    parts: Mapping[int, tuple[DistrictView, ...]]
    closed: Mapping[int, DistrictResult]
    faults: Mapping[int, str]
    outstanding: int
    earlier: Groups

    @property
    def ballots(self) -> dict[int, int]:
        """Ballots of the closed districts in which nothing contradicts itself."""
        return {number: each.tally.ballots for number, each in self.closed.items() if number not in self.faults}


def _progress(session: Session, election_id: int) -> _Progress:
    every = units(session, election_id)
    counts = count_overview.counts(session, [part.district_id for unit in every for part in unit.parts])
    parts = {unit.district.number: unit.parts for unit in every}
    states = {number: [counts.get(of.district_id, CountView()) for of in together] for number, together in parts.items()}
    numbers = {number for number, each in states.items() if all(of.closed_at_utc for of in each)}
    counted: Result = partial_result(session, election_id, numbers)
    faults = {each.district.number: fault for each in counted.districts if (fault := _fault(each))}
    waiting = [of for number, each in states.items() if number not in numbers or number in faults for of in each]
    known = published_groups(session, election_id)
    return _Progress(
        rules=counted.rules,
        districts=tuple(sorted((of for together in parts.values() for of in together), key=lambda of: of.number)),
        parts=parts,
        closed={each.district.number: each for each in counted.districts},
        faults=faults,
        # voters are counted before a ballot is unfolded (§ 52 KWO), so their number is certain while the votes are not
        outstanding=sum(of.voters for of in waiting if of.letters_recorded_at_utc is not None),
        earlier=tuple(kept for group in known if (kept := tuple(number for number in group if number in parts))),
    )


def _fault(each: DistrictResult) -> str:
    if each.count.voters != each.tally.ballots:
        return f"{words.number(each.count.voters)} Wähler, aber {words.number(each.tally.ballots)} Stimmzettel: das muss erst geklärt sein."
    if each.tally.unresolved:
        return "Über Stimmzettel ist noch nicht beschlossen."
    return ""


def _stopping(session: Session, election_id: int, progress: _Progress, newest: PublishedView | None) -> str:
    """Why there can be no interim version at all now; "" when there can."""
    if newest is not None and newest.label != Label.INTERIM.value:
        return "Ein Ergebnis aller Stimmbezirke ist schon veröffentlicht; danach gibt es keinen Zwischenstand mehr."
    if rules_of(session, election_id).to_be_confirmed:
        return "Eine Wahlregel ist noch nicht bestätigt. Bestätigen Sie sie unter „Regeln“."
    if clock.now() < _end_of_voting(_election(session, election_id), progress.rules):
        return "Vor dem Ende der Wahlzeit darf nichts aus der Auszählung bekannt werden."
    if len(progress.parts) < 2:
        return "Es wird nur an einer Stelle ausgezählt; ihr Ergebnis ist schon das ganze."
    if progress.parts.keys() == progress.closed.keys():
        return ALL_COUNTED
    reopened = sorted(number for group in progress.earlier for number in group if number not in progress.ballots)
    if reopened:
        which = _enumerated([str(number) for number in reopened])
        return f"Stimmbezirk {which} steht schon in einer Fassung und ist wieder geöffnet oder ungeklärt. Schließen Sie ihn zuerst ab."
    if not progress.ballots:
        return "Noch ist kein Stimmbezirk abgeschlossen."
    return ""


def _view(progress: _Progress, groups: Sequence[Sequence[int]], found: InterimUnits, refusal: str) -> Interim:
    def parts_of(numbers: Sequence[int]) -> tuple[DistrictView, ...]:
        return tuple(sorted((of for number in numbers for of in progress.parts[number]), key=lambda of: of.number))

    least = progress.rules.min_ballots_per_count_unit
    reasons = {number: f"weniger als {least} Stimmzettel; wartet auf andere kleine Stimmbezirke" for number in found.too_small}
    companion = (
        f"wartet mit, weil die übrigen sonst weniger als {least} Stimmzettel haben könnten und sich aus zwei Fassungen errechnen ließen"
    )
    reasons |= dict.fromkeys(found.companions, companion)
    reasons |= progress.faults
    return Interim(
        districts=progress.districts,
        counted=parts_of(sorted(progress.closed)),
        shown=parts_of([number for group in groups for number in group]),
        added=parts_of(found.added),
        held_back=tuple(HeldBack(of, reasons[number]) for number in sorted(reasons) for of in progress.parts[number]),
        groups=tuple(tuple(group) for group in groups),
        refusal=refusal,
    )


def _has_changed(session: Session, election_id: int, progress: _Progress, groups: Groups, newest: PublishedView | None) -> bool:
    """The newest version is withdrawn, or what it shows has been corrected."""
    if newest is None or newest.withdrawn_at_utc is not None:
        return True
    view = _view(progress, groups, InterimUnits((), (), (), ()), "")
    now = result_json(_sheet(session, election_id, view, newest.number, newest.published_at_utc))
    return now.decode() != published.json_text(session, election_id, newest.number)


def _note(found: Interim) -> str:
    if not found.added:
        return "Zahlen schon gezeigter Stimmbezirke sind berichtigt."
    numbers = _enumerated([str(of.number) for of in found.added])
    return f"Neu dabei: {'Stimmbezirk' if len(found.added) == 1 else 'Stimmbezirke'} {numbers}."


def _end_of_voting(election: ElectionView, rules: Rules) -> datetime:
    return clock.from_local(count_begins(rules, election.day))


def _enumerated(numbers: Sequence[str]) -> str:
    return " und ".join(part for part in (", ".join(numbers[:-1]), numbers[-1]) if part)


def _election(session: Session, election_id: int) -> ElectionView:
    election = election_view(session, election_id)
    if election is None:
        raise Refused("Diese Wahl gibt es nicht.")
    return election
