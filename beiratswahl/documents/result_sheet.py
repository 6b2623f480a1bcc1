"""Vorlage der Ergebnisbekanntmachung: everything the announcement of the result prints, as frozen values, already decided elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from beiratswahl.documents.result_districts import AppliedRule, DistrictFigures, PostalLetters
from beiratswahl.documents.result_statistics import ResultStatistics
from beiratswahl.law.rules import Level, System
from beiratswahl.law.trace import Step


class Label(StrEnum):
    """Stand des Ergebnisses."""

    PRELIMINARY = "vorläufig"
    FINAL = "endgültig"
    INTERIM = "Zwischenstand"


@dataclass(frozen=True, slots=True)
class Arms:
    """Wappen: the coat of arms as a picture that was made harmless before.

    Attributes:
        media_type: "image/png" or "image/svg+xml".
        data: the bytes of the picture.
    """

    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Briefkopf.

    Attributes:
        municipality: e.g. "Stadt Musterstadt".
        office: line of the returning officer, e.g. "Die Wahlleiterin".
        address: lines of the postal address.
        contact: lines such as telephone and e-mail.
        arms: coat of arms, or None.
    """

    municipality: str
    office: str
    address: tuple[str, ...]
    contact: tuple[str, ...] = ()
    arms: Arms | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Bewerberin oder Bewerber, with names only: no birthday and no street is published.

    Attributes:
        family_name: family name.
        given_names: given names, may be empty.
        votes: votes in the whole electoral area.
        position: place on the nomination, from 1; None for a person written in.
        title: doctor's degree, or "".
        elected_rank: place among the elected (of the list, or of all in Mehrheitswahl), from 1; None when not elected.
        substitute_rank: place among the substitutes, from 1; None when elected or no substitute.
        by_lot: the lot decided this rank.
    """

    family_name: str
    given_names: str
    votes: int
    position: int | None = None
    title: str = ""
    elected_rank: int | None = None
    substitute_rank: int | None = None
    by_lot: bool = False

    @property
    def elected(self) -> bool:
        """Gewählt."""
        return self.elected_rank is not None

    @property
    def name(self) -> str:
        """Name as on the ballot: "Kaya, Dr. Ayşe"."""
        given = " ".join(part for part in (self.title, self.given_names) if part)
        return f"{self.family_name}, {given}" if given else self.family_name


@dataclass(frozen=True, slots=True)
class ListResult:
    """Wahlvorschlag mit Ergebnis.

    Attributes:
        number: number on the ballot.
        keyword: Kennwort.
        votes: votes of all its candidates.
        seats: seats that fall to it, those that stay vacant for want of candidates among them.
        candidates: in ballot order.
    """

    number: int
    keyword: str
    votes: int
    seats: int
    candidates: tuple[Candidate, ...]

    @property
    def elected(self) -> tuple[Candidate, ...]:
        """Gewählte in their order."""
        return elected_of(self.candidates)

    @property
    def vacant(self) -> int:
        """Leer bleibende Sitze: seats without a candidate."""
        return self.seats - len(self.elected)

    @property
    def ranked(self) -> tuple[Candidate, ...]:
        """All candidates: the elected, then the substitutes in their order, then the others as on the ballot."""
        rest = tuple(person for person in self.candidates if not person.elected and person.substitute_rank is None)
        return self.elected + substitutes_of(self.candidates) + rest


@dataclass(frozen=True, slots=True)
class Lot:
    """Losentscheid as it was minuted.

    Attributes:
        subject: what was decided, e.g. "Vergabe des 13. Sitzes".
        among: who was tied.
        drawn_by: who drew.
        drawn_on: day of the draw.
        witnesses: who saw it.
        result: sentence with the outcome.
        source: § that asks for the lot.
        seat: number of the seat, or None.
        winner: on whom the lot fell, or "".
        list_number: the list that won the seat, or None.
        drawn_hour: local time of the draw, "17:20", or "".
    """

    subject: str
    among: tuple[str, ...]
    drawn_by: str
    drawn_on: date
    witnesses: tuple[str, ...]
    result: str
    source: str
    seat: int | None = None
    winner: str = ""
    list_number: int | None = None
    drawn_hour: str = ""


@dataclass(frozen=True, slots=True)
class Quotient:
    """Höchstzahl: votes of a list through one divisor of the series.

    Attributes:
        list_number: number of the list.
        divisor: 1/2, 3/2, 5/2, …
        value: votes divided by the divisor.
        rank: number of the seat it won, or None.
        by_lot: the lot decided.
    """

    list_number: int
    divisor: Fraction
    value: Fraction
    rank: int | None
    by_lot: bool = False


@dataclass(frozen=True, slots=True)
class DivisorLine:
    """Zeile der Divisorrechnung.

    Attributes:
        list_number: number of the list.
        votes: its votes.
        quotient: votes divided by the Zuteilungsdivisor.
        seats: the rounded number.
        note: what else happened, e.g. "aufgerundet durch Los", or "".
    """

    list_number: int
    votes: int
    quotient: Fraction
    seats: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeatAllocation:
    """Sitzverteilung Schritt für Schritt, in two forms that prove each other.

    Attributes:
        method: name of the method for people, e.g. "Sainte-Laguë/Schepers (Divisorverfahren mit Standardrundung)".
        source: § of the method.
        quotients: first form; empty for a method without quotients.
        divisor: Zuteilungsdivisor of the second form, or None.
        lines: second form.
        steps: trace of the law.
    """

    method: str
    source: str
    quotients: tuple[Quotient, ...] = ()
    divisor: Fraction | None = None
    lines: tuple[DivisorLine, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Einspruch: to whom and where.

    Attributes:
        recipient: in the dative, e.g. "dem Oberbürgermeister der Stadt Musterstadt".
        address: lines of the address.
        last_day: last day of the two weeks when it is known at printing, or None.
    """

    recipient: str
    address: tuple[str, ...]
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class InterimState:
    """Auszählungsstand eines Zwischenstands.

    Attributes:
        counted: polling districts the version shows.
        districts: all polling districts of the election.
        missing: number and name of those it does not show.
    """

    counted: int
    districts: int
    missing: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ResultAnnouncement:
    """Bekanntmachung des Wahlergebnisses.

    Source: §§ 63, 65 KWO [V]; § 48 KWG [V].

    Attributes:
        letterhead: Briefkopf.
        ags: Amtlicher Gemeindeschlüssel, eight digits as text.
        municipality_of: in the genitive, e.g. "der Stadt Musterstadt", "des Landkreises Musterland".
        level: municipality, association or district; decides between § 56 GemO and § 49a LKO.
        bylaw: full citation, e.g. "Satzung der Stadt Musterstadt über … vom 12. Juni 2024".
        election_day: Wahltag.
        system: Verhältniswahl or Mehrheitswahl.
        seats: members to elect.
        label: preliminary, final, or interim: nothing is allocated then and nobody elected.
        version: number of the published version, from 1.
        determined_on: day of the session of the Wahlausschuss; None while preliminary.
        eligible: Wahlberechtigte.
        voters: Wähler.
        valid_ballots: gültige Stimmzettel.
        invalid_ballots: ungültige Stimmzettel.
        votes: valid votes given.
        postal: letters, or None when nobody voted by post.
        lists: for Verhältniswahl, in ballot order.
        persons: for Mehrheitswahl, everybody with votes.
        lots: Losentscheide.
        allocation: steps of the seat allocation, or None for Mehrheitswahl.
        objection: required for a final result.
        place: place of the signature.
        announced_on: day of the signature.
        signatory: name under the signature line.
        signatory_office: e.g. "Wahlleiterin".
        created_at_utc: moment written into the file.
        council: name of the body.
        council_genitive: the same in the genitive, without article.
        districts: polling districts as far as the secrecy of the vote allows; small ones stand together.
        least_ballots: fewest ballots with which a district may be published on its own.
        rules: the rules of the election with their sources.
        interim: which districts are in it, for an interim version; else None.
        statistics: groups of the elected and the candidates for the open data; not printed. None when it is not given.
    """

    letterhead: Letterhead
    ags: str
    municipality_of: str
    level: Level
    bylaw: str
    election_day: date
    system: System
    seats: int
    label: Label
    version: int
    determined_on: date | None
    eligible: int
    voters: int
    valid_ballots: int
    invalid_ballots: int
    votes: int
    place: str
    announced_on: date
    signatory: str
    signatory_office: str
    created_at_utc: datetime
    postal: PostalLetters | None = None
    lists: tuple[ListResult, ...] = ()
    persons: tuple[Candidate, ...] = ()
    lots: tuple[Lot, ...] = ()
    allocation: SeatAllocation | None = None
    objection: Objection | None = None
    council: str = "Beirat für Migration und Integration"
    council_genitive: str = "Beirates für Migration und Integration"
    districts: tuple[DistrictFigures, ...] = ()
    least_ballots: int = 0
    rules: tuple[AppliedRule, ...] = ()
    interim: InterimState | None = None
    statistics: ResultStatistics | None = None

    @property
    def turnout(self) -> Fraction:
        """Wahlbeteiligung, from 0 to 1; 0 when nobody was eligible."""
        return Fraction(self.voters, self.eligible) if self.eligible else Fraction(0)

    @property
    def elected(self) -> tuple[tuple[ListResult | None, Candidate], ...]:
        """Gewählte, each with the list (None in Mehrheitswahl), by list and order."""
        by_list: list[tuple[ListResult | None, Candidate]] = [(of, person) for of in self.lists for person in of.elected]
        return (*by_list, *((None, person) for person in elected_of(self.persons)))

    @property
    def vacant(self) -> int:
        """Leer bleibende Sitze."""
        return self.seats - len(self.elected)

    @property
    def published_substitutes(self) -> tuple[Candidate, ...]:
        """Ersatzleute bei Mehrheitswahl: at most twice as many as members are elected.

        Source: § 65 Abs. 1 Nr. 4 KWO [V].
        """
        return substitutes_of(self.persons)[: 2 * self.seats]


def elected_of(people: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Gewählte in their order."""
    return tuple(sorted((person for person in people if person.elected_rank is not None), key=lambda person: person.elected_rank or 0))


def substitutes_of(people: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Ersatzpersonen in their order."""
    return tuple(
        sorted((person for person in people if person.substitute_rank is not None), key=lambda person: person.substitute_rank or 0)
    )
