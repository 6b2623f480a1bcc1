"""From the determined result to the sheet of its announcement (§ 65 KWO). Decides nothing."""

from datetime import date, datetime, timedelta
from fractions import Fraction

from beiratswahl import clock
from beiratswahl.documents.result_sheet import (
    Arms,
    Candidate,
    DivisorLine,
    InterimState,
    Label,
    Letterhead,
    ListResult,
    Lot,
    Objection,
    Quotient,
    ResultAnnouncement,
    SeatAllocation,
)
from beiratswahl.law.candidates import Elected
from beiratswahl.law.interim import Groups
from beiratswahl.law.rule_sets import rule_set_of
from beiratswahl.law.rules import Level, SeatMethod, System
from beiratswahl.law.sainte_lague import divisor_of, rounded
from beiratswahl.law.seat_values import QuotientStanding
from beiratswahl.operations.announced_districts import district_figures, letters_of, rules_applied
from beiratswahl.operations.results import LotKind, LotView, Result
from beiratswahl.store.read.nominations import CandidateView
from beiratswahl.store.read.setup import ElectionView, MunicipalityView

#: what the lot made of a half: rounded down, rounded up; the public pages translate these words
ROUNDED_BY_LOT = ("nach Los abgerundet", "nach Los aufgerundet")
METHODS = {
    SeatMethod.SAINTE_LAGUE: "Sainte-Laguë/Schepers (Divisorverfahren mit Standardrundung)",
    SeatMethod.HARE_NIEMEYER: "Hare-Niemeyer (Quotenverfahren mit größten Resten)",
}


def sheet_of(
    result: Result,
    municipality: MunicipalityView,
    election: ElectionView,
    *,
    label: Label,
    version: int,
    at_utc: datetime,
    determined_on: date | None,
    groups: Groups = (),
    interim: InterimState | None = None,
) -> ResultAnnouncement:
    """Vorlage der Bekanntmachung.

    Args:
        result: complete result; no lot is open. For an interim version the part of it that is shown.
        municipality: whose election it is.
        election: the election.
        label: preliminary, final or interim.
        version: number of the version.
        at_utc: moment of the announcement.
        determined_on: day of the session of the Wahlausschuss; None while preliminary.
        groups: numbers of the polling districts as the newest version before shows them.
        interim: which districts an interim version shows; else None.
    """
    announced_on = clock.local(at_utc).date()
    final = label is Label.FINAL
    proportional = result.rules.system is System.PROPORTIONAL
    persons = {} if proportional else _persons(result)
    return ResultAnnouncement(
        letterhead=letterhead(municipality),
        ags=municipality.ags,
        municipality_of=genitive(municipality.name),
        level=Level(municipality.level),
        bylaw=election.bylaw_citation,
        election_day=election.day,
        system=result.rules.system,
        seats=result.rules.seats,
        label=label,
        version=version,
        determined_on=determined_on,
        eligible=result.eligible,
        voters=result.voters,
        valid_ballots=result.tally.valid,
        invalid_ballots=result.tally.invalid,
        votes=result.tally.used,
        place=municipality.town,
        announced_on=announced_on,
        signatory=municipality.returning_officer,
        signatory_office=municipality.returning_officer_title,
        created_at_utc=at_utc,
        postal=letters_of(result.districts),
        lists=_lists(result) if proportional else (),
        persons=tuple(persons.values()),
        lots=tuple(_lot(result, lot) for lot in result.lots),
        allocation=_allocation(result) if proportional else None,
        objection=_objection(municipality, announced_on, result.rules.objection_period_days) if final else None,
        districts=district_figures(result, tuple(persons), groups),
        least_ballots=result.rules.min_ballots_per_count_unit,
        rules=rules_applied(rule_set_of(election.rule_layers), result.rules),
        interim=interim,
    )


def genitive(name: str) -> str:
    """ "der Stadt Musterstadt", "des Landkreises Musterland", "des Rhein-Lahn-Kreises"."""
    first, _, rest = name.partition(" ")
    if first == "Landkreis":
        return f"des Landkreises {rest}"
    if name.endswith(("kreis", "Kreis")):
        return f"des {name}es"
    return f"der {name}"


def letterhead(municipality: MunicipalityView) -> Letterhead:
    """Briefkopf of a municipality."""
    contact = (f"Telefon {municipality.phone}" if municipality.phone else "", municipality.email)
    return Letterhead(
        municipality=municipality.name,
        office=municipality.office_name,
        address=_address(municipality),
        contact=tuple(line for line in contact if line),
        arms=Arms(municipality.arms_media_type, municipality.arms) if municipality.arms else None,
    )


def _address(municipality: MunicipalityView) -> tuple[str, ...]:
    lines = (municipality.street, f"{municipality.postcode} {municipality.town}".strip())
    return tuple(line for line in lines if line)


def _objection(municipality: MunicipalityView, announced_on: date, days: int) -> Objection:
    recipient = municipality.objection_recipient or f"der Verwaltung {genitive(municipality.name)}"
    return Objection(recipient, (municipality.name, *_address(municipality)), announced_on + timedelta(days=days))


def _lists(result: Result) -> tuple[ListResult, ...]:
    votes, vacant = result.list_votes, result.vacant_by_list
    allocated = result.allocation.seats if result.allocation else {}
    found = []
    for of in result.paper.nominations:
        key = str(of.number)
        persons = tuple(_candidate(person, place, result, result.elected[key]) for place, person in enumerate(of.standing, 1))
        found.append(ListResult(of.number or 0, of.keyword, votes[key], allocated.get(key, 0) + vacant.get(key, 0), persons))
    return tuple(found)


def _persons(result: Result) -> dict[str, Candidate]:
    """Everybody printed or written in by key, in the order of their votes; while districts are missing the printed only."""
    chosen = result.elected[""]
    printed = [person for of in result.paper.nominations for person in of.standing]
    people = {person.ballot_number or "": _candidate(person, None, result, chosen) for person in printed}
    people |= {
        key: Candidate(key, "", votes, None, "", _rank(chosen.elected, key), _group(chosen, key), _drawn(result, key))
        for key, votes in result.tally.votes.items()
        if key not in people and not result.partial
    }
    return dict(sorted(people.items(), key=lambda item: (-item[1].votes, item[1].family_name, item[1].given_names)))


def _candidate(person: CandidateView, position: int | None, result: Result, chosen: Elected) -> Candidate:
    key = person.ballot_number or ""
    return Candidate(
        family_name=person.family_name,
        given_names=person.given_names,
        votes=result.tally.votes.get(key, 0),
        position=position,
        elected_rank=_rank(chosen.elected, key),
        substitute_rank=_group(chosen, key),
        by_lot=_drawn(result, key),
    )


def _rank(order: tuple[str, ...], key: str) -> int | None:
    return order.index(key) + 1 if key in order else None


def _group(chosen: Elected, key: str) -> int | None:
    """Rank among the substitutes; equals share the rank of their group's first."""
    before = 0
    for group in chosen.substitutes:
        if key in group:
            return before + 1
        before += len(group)
    return None


def _drawn(result: Result, key: str) -> bool:
    return any(lot.kind is LotKind.PERSON and lot.winner == key for lot in result.lots)


def _lot(result: Result, lot: LotView) -> Lot:
    names = result.paper.names
    return Lot(
        subject=f"Vergabe des {lot.seat}. Sitzes",
        among=tuple(names.get(key, key) for key in lot.among),
        drawn_by=lot.drawn_by,
        drawn_on=clock.local(lot.drawn_at_utc).date(),
        witnesses=(lot.witness,),
        result=f"Das Los fiel auf {names.get(lot.winner, lot.winner)}.",
        source="§ 41 KWG" if lot.kind is LotKind.LIST else "§ 43 KWG",
        seat=lot.seat,
        winner=names.get(lot.winner, lot.winner),
        drawn_hour=f"{clock.local(lot.drawn_at_utc):%H:%M}",
        list_number=int(lot.winner) if lot.kind is LotKind.LIST else None,
    )


def _allocation(result: Result) -> SeatAllocation | None:
    if result.allocation is None:
        return None
    names = {str(of.number): f"{of.number} {of.keyword}" for of in result.paper.nominations}
    steps = result.allocation.steps_with(names)
    standings = [entry[1] for entry in result.allocation.record if entry[0] == "standing"]
    standing = standings[0] if len(standings) == 1 and isinstance(standings[0], QuotientStanding) else None
    quotients, divisor, lines = _two_forms(standing, result) if standing else ((), None, ())
    return SeatAllocation(METHODS[result.rules.seat_method], "§ 41 KWG", quotients, divisor, lines, steps)


def _two_forms(standing: QuotientStanding, result: Result) -> tuple[tuple[Quotient, ...], Fraction, tuple[DivisorLine, ...]]:
    """Quotients with rank down to one beyond each list's last seat, and the same by divisor and rounding."""
    vacant = result.vacant_by_list
    seats = {key: number + vacant.get(key, 0) for key, number in (result.allocation.seats if result.allocation else {}).items()}
    ranks = {(of.name, of.nth): place for place, of in enumerate(standing.ranked, 1)}
    drawn = [lot for lot in result.lots if lot.kind is LotKind.LIST]
    by_lot = {(lot.winner, standing.seats[lot.winner] + 1): lot.seat for lot in drawn}
    most = max(seats.values())
    quotients = tuple(
        Quotient(
            int(of.name),
            Fraction(2 * nth - 1, 2),
            Fraction(2 * of.votes, 2 * nth - 1),
            ranks.get((of.name, nth), by_lot.get((of.name, nth))),
            (of.name, nth) in by_lot,
        )
        for of in standing.lists
        for nth in range(1, min(seats[of.name] + 1, most) + 1)
    )
    divisor = divisor_of(standing)
    lines = []
    for of in standing.lists:
        whole, half = rounded(of.votes, divisor)
        note = ROUNDED_BY_LOT[seats[of.name] > whole] if half else ""
        lines.append(
            DivisorLine(int(of.name), of.votes, Fraction(of.votes) * divisor.denominator / divisor.numerator, seats[of.name], note)
        )
    return quotients, divisor, tuple(lines)
