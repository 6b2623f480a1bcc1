"""Veröffentlichte Fassung: the published JSON as frozen values that pages can show. Nothing is decided and nothing is counted here.

The fields are those of format "beiratswahl-ergebnis", version 1, as documented with every published file.
"""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from beiratswahl import pictures
from beiratswahl.public.districts import District, Fields, PostalLetters, Rule, district_of, letters_of
from beiratswahl.public.interim import InterimState, state_of
from beiratswahl.store.read.published import PublishedView

FINAL = "endgültig"
PROPORTIONAL = "Verhältniswahl"


@dataclass(frozen=True, slots=True)
class Person:
    """Bewerberin oder Bewerber.

    Attributes:
        name: "Kaya, Dr. Ayşe".
        votes: votes in the whole electoral area.
        position: place on the nomination, or None.
        elected_rank: place among the elected, from 1, or None.
        substitute_rank: place among the substitutes, from 1, or None.
        by_lot: the lot decided this rank.
    """

    name: str
    votes: int
    position: int | None
    elected_rank: int | None
    substitute_rank: int | None
    by_lot: bool


@dataclass(frozen=True, slots=True)
class ListResult:
    """Wahlvorschlag mit Ergebnis; `colour` is the fill of its pictures, white text on it is readable."""

    number: int
    keyword: str
    votes: int
    seats: int
    vacant_seats: int
    candidates: tuple[Person, ...]
    colour: str

    @property
    def elected(self) -> tuple[Person, ...]:
        """Gewählte in their order."""
        return elected_of(self.candidates)

    @property
    def substitutes(self) -> tuple[Person, ...]:
        """Ersatzpersonen in their order."""
        return substitutes_of(self.candidates)

    @property
    def ranked(self) -> tuple[Person, ...]:
        """Everybody: the elected, the substitutes, the others as on the ballot."""
        rest = tuple(one for one in self.candidates if one.elected_rank is None and one.substitute_rank is None)
        return self.elected + self.substitutes + rest


@dataclass(frozen=True, slots=True)
class Lot:
    """Losentscheid as it was minuted; older files lack the hour, seat and winner: "" or None then."""

    subject: str
    among: tuple[str, ...]
    drawn_by: str
    drawn_on: date
    witnesses: tuple[str, ...]
    result: str
    source: str
    seat: int | None
    winner: str
    drawn_hour: str


@dataclass(frozen=True, slots=True)
class Quotient:
    """Höchstzahl: votes of a list through a divisor; `rank` is the number of the seat it won, or None."""

    list_number: int
    divisor: Fraction
    value: Fraction
    rank: int | None
    by_lot: bool


@dataclass(frozen=True, slots=True)
class RoundingLine:
    """Zeile der Divisorrechnung."""

    list_number: int
    votes: int
    quotient: Fraction
    seats: int
    note: str


@dataclass(frozen=True, slots=True)
class CalculationStep:
    """Rechenschritt of the law."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """Sitzverteilung as it was computed."""

    method: str
    source: str
    divisor: Fraction | None
    quotients: tuple[Quotient, ...]
    rounding: tuple[RoundingLine, ...]
    steps: tuple[CalculationStep, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """Fassung: one immutable published result with what is said about it.

    Attributes:
        final: True for "endgültig", False for "vorläufig" and "Zwischenstand".
        signed_by: whose certificate signed the announcement, or "".
        note: what changed against the version before, or "".
        withdrawn_at_utc: moment of the withdrawal, or None.
        persons: Mehrheitswahl only: the elected and the published substitutes.
        allocation: None for Mehrheitswahl.
        contact: office, address, telephone and e-mail, a line each.
        districts: as far as the secrecy of the vote allows; small ones stand together.
        least_ballots: with fewer ballots a district does not stand alone.
        statistics: groups of the elected and the candidates as published; None without.
        interim: which districts are in it, while some are missing: no seats are allocated, nobody is elected; else None.
    """

    election_id: int
    number: int
    final: bool
    sha256: str
    published_at_utc: datetime
    note: str
    withdrawn_at_utc: datetime | None
    withdrawal_notice: str
    authority: str
    council: str
    bylaw: str
    level: str
    election_day: date
    system: str
    seats: int
    determined_on: date | None
    eligible: int
    voters: int
    valid_ballots: int
    invalid_ballots: int
    votes: int
    vacant_seats: int
    postal: PostalLetters | None
    lists: tuple[ListResult, ...]
    persons: tuple[Person, ...]
    lots: tuple[Lot, ...]
    allocation: Allocation | None
    ags: str
    contact: tuple[str, ...]
    districts: tuple[District, ...]
    least_ballots: int
    rules: tuple[Rule, ...]
    signed_by: str
    interim: InterimState | None
    statistics: Fields | None

    @property
    def proportional(self) -> bool:
        """Verhältniswahl."""
        return self.system == PROPORTIONAL

    @property
    def label(self) -> str:
        """Stand in German, as in the files."""
        return "Zwischenstand" if self.interim else FINAL if self.final else "vorläufig"

    @property
    def body(self) -> str:
        """Name of the council with its municipality."""
        return body_of(self.council, self.authority)

    @property
    def elected(self) -> tuple[Person, ...]:
        """Gewählte bei Mehrheitswahl."""
        return elected_of(self.persons)

    @property
    def substitutes(self) -> tuple[Person, ...]:
        """Ersatzpersonen bei Mehrheitswahl."""
        return substitutes_of(self.persons)


def body_of(council: str, authority: str) -> str:
    """Name of the council with its municipality, which some councils carry in their name already."""
    return council if authority.split()[-1] in council else f"{council}, {authority}"


def version_of(view: PublishedView) -> Version:
    """Read a published version."""
    result = view.result
    determined_on = result["determined_on"]
    return Version(
        election_id=view.election_id,
        number=view.number,
        final=view.label == FINAL,
        sha256=view.sha256,
        published_at_utc=view.published_at_utc,
        note=view.note,
        withdrawn_at_utc=view.withdrawn_at_utc,
        withdrawal_notice=view.withdrawal_notice,
        authority=result["authority"],
        council=result["council"],
        bylaw=result["bylaw"],
        level=result["level"],
        election_day=date.fromisoformat(result["election_day"]),
        system=result["system"],
        seats=result["seats"],
        determined_on=date.fromisoformat(determined_on) if determined_on else None,
        eligible=result["eligible"],
        voters=result["voters"],
        valid_ballots=result["valid_ballots"],
        invalid_ballots=result["invalid_ballots"],
        votes=result["votes"],
        vacant_seats=result["vacant_seats"] or 0,
        postal=letters_of(result["postal_letters"]),
        lists=tuple(_list(of, place) for place, of in enumerate(result["lists"])),
        persons=tuple(_person(one) for one in result["persons"]),
        lots=tuple(_lot(lot) for lot in result["lots"]),
        allocation=_allocation(result["allocation"]) if result["allocation"] else None,
        ags=result["ags"],
        contact=(result["contact"]["office"], *result["contact"]["address"], *result["contact"]["lines"]),
        districts=tuple(district_of(figures) for figures in result["districts"]),
        least_ballots=result["least_ballots"],
        rules=tuple(Rule(**rule) for rule in result["rules"]),
        signed_by=view.signed_by,
        interim=state_of(result.get("interim")),
        statistics=result.get("statistics"),
    )


def elected_of(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Gewählte in their order."""
    return tuple(sorted((one for one in people if one.elected_rank is not None), key=lambda one: one.elected_rank or 0))


def substitutes_of(people: tuple[Person, ...]) -> tuple[Person, ...]:
    """Ersatzpersonen in their order."""
    return tuple(sorted((one for one in people if one.substitute_rank is not None), key=lambda one: one.substitute_rank or 0))


def _list(of: Fields, place: int) -> ListResult:
    return ListResult(
        number=of["number"],
        keyword=of["keyword"],
        votes=of["votes"],
        seats=of["seats"] or 0,
        vacant_seats=of["vacant_seats"] or 0,
        candidates=tuple(_person(one) for one in of["candidates"]),
        colour=pictures.colour_of(place),
    )


def _person(one: Fields) -> Person:
    given = " ".join(part for part in (one["title"], one["given_names"]) if part)
    return Person(
        name=f"{one['family_name']}, {given}" if given else one["family_name"],
        votes=one["votes"],
        position=one["position"],
        elected_rank=one["elected_rank"],
        substitute_rank=one["substitute_rank"],
        by_lot=bool(one["by_lot"]),
    )


def _lot(lot: Fields) -> Lot:
    return Lot(
        subject=lot["subject"],
        among=tuple(lot["among"]),
        drawn_by=lot["drawn_by"].strip(" ,"),
        drawn_on=date.fromisoformat(lot["drawn_on"]),
        witnesses=tuple(lot["witnesses"]),
        result=lot["result"],
        source=lot["source"],
        seat=lot.get("seat"),
        winner=lot.get("winner", ""),
        drawn_hour=lot.get("drawn_hour", ""),
    )


def _allocation(allocation: Fields) -> Allocation:
    return Allocation(
        method=allocation["method"],
        source=allocation["source"],
        divisor=Fraction(allocation["divisor"]) if allocation["divisor"] else None,
        quotients=tuple(
            Quotient(one["list"], Fraction(one["divisor"]), Fraction(one["value"]), one["rank"], one["by_lot"])
            for one in allocation["quotients"]
        ),
        rounding=tuple(
            RoundingLine(one["list"], one["votes"], Fraction(one["quotient"]), one["seats"], one["note"]) for one in allocation["rounding"]
        ),
        steps=tuple(CalculationStep(one["source"], one["text"]) for one in allocation["steps"]),
    )
