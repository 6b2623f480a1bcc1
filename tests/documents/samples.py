"""Sheets to print: fictitious elections with the cases that break a layout (long names, every alphabet, a lot, an empty seat)."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

from beiratswahl.documents.result_districts import AppliedRule, DistrictFigures, PostalLetters, RejectedLetters
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
from beiratswahl.law.rules import Level, System
from beiratswahl.law.trace import Step

ARMS = Arms(
    "image/svg+xml",
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 120">'
    b'<path d="M5 5H95V60C95 90 70 108 50 116C30 108 5 90 5 60Z" fill="#c8102e" '
    b'stroke="#000" stroke-width="4"/><path d="M5 45H95V60H5Z" fill="#ffffff"/><circle cx="50" cy="28" r="10" fill="#ffd100"/></svg>',
)

INTERNATIONAL = (
    "Yılmaz|Ayşe", "Müller-Łukasiewicz|Katarzyna Małgorzata", "Balasubramaniyam Venkataraghavan|Thirunavukkarasu", "Nguyễn|Thị Hồng Ánh",
    "Öztürk|Çağlar", "Đorđević|Željko", "Ştefănescu|Ioana", "M̂bengue|D̂jibril", "Šķēle|Ģirts", "O’Brien|Siobhán", "Ağaoğlu|İlknur",
    "Hrabětová|Růžena", "Þorsteinsdóttir|Guðrún",
)  # fmt: skip
PARTICIPATION = (
    "Шевченко|Олександр Іванович", "Παπαδοπούλου|Ελένη",
    "dos Santos e Castro de Albuquerque|Maria da Conceição Fernanda", "Al-Ḥusainī|Ṣāliḥ",
    "Kowalczyk|Zbigniew", "Hämäläinen|Päivi", "Nagy|Győző", "Petrović|Dušan", "Ionescu|Crina", "García Márquez|Íñigo", "Traoré|Aïssatou",
    "Suharto|", "Ó Súilleabháin|Pádraig",
)  # fmt: skip
NOTES = {1: "4,5 nach Los aufgerundet", 2: "3,5 nach Los abgerundet"}
ROOTS = ("Demir|Hülya", "Haile|Selam", "Rahimi|Farid", "Kaya|Emre", "Petrenko|Iryna", "Berisha|Arbër", "Okafor|Chinwe", "Silva|João")

REJECTED = (
    RejectedLetters("kein_wahlschein", "kein oder kein gültiger Wahlschein", "§ 39 Abs. 1 Nr. 2 KWG", 21),
    RejectedLetters("nicht_unterschrieben", "Versicherung an Eides statt nicht unterschrieben", "§ 39 Abs. 1 Nr. 6 KWG", 37),
)
RULES = (
    AppliedRule("seats", "Mitglieder des Beirats", 13, "Satzung", "§ 2 der Satzung"),
    AppliedRule("max_votes_per_candidate", "Stimmen je Person", 3, "Gesetz", "§ 32 Abs. 1 KWG"),
)
#: number, names, eligible, voters, valid, letters in time and rejected by reason
DISTRICTS = (
    ((1,), ("Briefwahlbezirk Altstadt und Universität",), 9_120, 803, 786, 832, (9, 20)),
    ((2,), ("Briefwahlbezirk Nord",), 7_980, 589, 574, 610, (9, 12)),
    ((3, 4), ("Briefwahlbezirk Waldhof", "Briefwahlbezirk Am Kernbergturm"), 884, 79, 77, 87, (3, 5)),
)


def proportional() -> ResultAnnouncement:
    """Verhältniswahl: four lists, 13 seats, the last seat by lot, one seat without a person."""
    lists = (
        _list(1, "Internationale Liste", 6300, 5, INTERNATIONAL),
        _list(2, "Liste für gleichberechtigte Teilhabe, Bildung und Vielfalt in Musterstadt", 4900, 3, PARTICIPATION),
        _list(3, "Wurzeln und Zukunft – Коріння і майбутнє", 3900, 3, ROOTS),
        _list(4, "Einzelbewerbung Dr. Abdi", 2150, 2, ("Abdi|Fatuma",), title="Dr."),
    )
    return ResultAnnouncement(
        letterhead=Letterhead(
            municipality="Stadt Musterstadt",
            office="Die Wahlleiterin für die Wahl des Beirates für Migration und Integration",
            address=("Wahlamt", "Rathausplatz 1", "55999 Musterstadt"),
            contact=("Telefon 06999 123-456", "wahlamt@musterstadt.example"),
            arms=ARMS,
        ),
        ags="07999000",
        municipality_of="der Stadt Musterstadt",
        level=Level.MUNICIPALITY,
        bylaw="Satzung der Stadt Musterstadt über den Beirat für Migration und Integration vom 12.\u00a0Juni\u00a02024",
        election_day=date(2024, 11, 10),
        system=System.PROPORTIONAL,
        seats=13,
        label=Label.FINAL,
        version=2,
        determined_on=date(2024, 11, 13),
        eligible=17_984,
        voters=1_471,
        valid_ballots=1_437,
        invalid_ballots=34,
        votes=17_250,
        place="Musterstadt",
        announced_on=date(2024, 11, 14),
        signatory="Dr. Henriette Beispiel-Wagner",
        signatory_office="Oberbürgermeisterin als Wahlleiterin",
        created_at_utc=datetime(2024, 11, 14, 9, 30, tzinfo=UTC),
        postal=PostalLetters(in_time=1_529, rejected=58, late=12, reasons=REJECTED),
        districts=_districts(lists),
        least_ballots=50,
        rules=RULES,
        lists=lists,
        lots=(
            Lot(
                subject="Vergabe des 13. Sitzes",
                among=("Wahlvorschlag 1 „Internationale Liste“", "Wahlvorschlag 2 „Liste für gleichberechtigte Teilhabe“"),
                drawn_by="der Vorsitzenden des Wahlausschusses, Dr. Henriette Beispiel-Wagner,",
                drawn_on=date(2024, 11, 13),
                witnesses=("Karl Muster", "Ljubica Probe"),
                result="Das Los fiel auf Wahlvorschlag 1.",
                source="§ 41 KWG",
                seat=13,
                winner="Wahlvorschlag 1",
                list_number=1,
            ),
        ),
        allocation=_allocation(lists),
        objection=Objection(
            recipient="der Oberbürgermeisterin der Stadt Musterstadt",
            address=("Stadtverwaltung Musterstadt", "Wahlamt", "Rathausplatz 1", "55999 Musterstadt"),
            last_day=date(2024, 11, 28),
        ),
    )


def preliminary() -> ResultAnnouncement:
    """The same election on the evening: preliminary, without arms."""
    final = proportional()
    return replace(
        final,
        letterhead=replace(final.letterhead, arms=None),
        label=Label.PRELIMINARY,
        version=1,
        determined_on=None,
        announced_on=date(2024, 11, 10),
        objection=None,
    )


def interim() -> ResultAnnouncement:
    """The same evening an hour before: two of four districts, no seats."""
    whole = preliminary()
    shown = whole.districts[:2]
    lists = tuple(
        replace(
            of,
            votes=sum(district.list_votes[at] for district in shown),
            seats=0,
            candidates=tuple(
                replace(
                    person,
                    votes=sum(district.candidate_votes[at][place] for district in shown),
                    elected_rank=None,
                    substitute_rank=None,
                    by_lot=False,
                )
                for place, person in enumerate(of.candidates)
            ),
        )
        for at, of in enumerate(whole.lists)
    )
    return replace(
        whole,
        label=Label.INTERIM,
        voters=sum(district.voters for district in shown),
        valid_ballots=sum(district.valid_ballots for district in shown),
        invalid_ballots=sum(district.invalid_ballots for district in shown),
        votes=sum(of.votes for of in lists),
        postal=None,
        lists=lists,
        lots=(),
        allocation=None,
        districts=shown,
        interim=InterimState(2, 4, ((3, "Briefwahlbezirk Waldhof"), (4, "Briefwahlbezirk Am Kernbergturm"))),
    )


def majority() -> ResultAnnouncement:
    """Mehrheitswahl in a district: 10 seats, 34 people with votes, of whom at most 20 substitutes are published."""
    names = [*INTERNATIONAL, *PARTICIPATION, *ROOTS]
    people = tuple(_candidate(name, votes=412 - 11 * place, **_rank(place + 1, seats=10)) for place, name in enumerate(names))
    people = (*people[:8], replace(people[8], votes=people[9].votes), *people[9:])
    return replace(
        proportional(),
        letterhead=Letterhead(
            municipality="Landkreis Musterland",
            office="Der Kreiswahlleiter",
            address=("Kreisverwaltung Musterland", "Am Schlossgarten 12", "56999 Musterburg"),
        ),
        ags="07199000",
        municipality_of="des Landkreises Musterland",
        level=Level.DISTRICT,
        bylaw="Satzung des Landkreises Musterland über den Beirat für Migration und Integration vom 3.\u00a0Mai\u00a02024",
        system=System.MAJORITY,
        seats=10,
        version=1,
        votes=sum(person.votes for person in people),
        lists=(),
        persons=people,
        lots=(),
        allocation=None,
        postal=None,
        districts=(),
        place="Musterburg",
        signatory="Jörg Muster",
        signatory_office="Landrat als Kreiswahlleiter",
        objection=Objection(recipient="dem Landrat des Landkreises Musterland", address=("Kreisverwaltung Musterland", "56999 Musterburg")),
    )


SAMPLES = {"proportional": proportional, "preliminary": preliminary, "majority": majority}


def _candidate(name: str, **fields: object) -> Candidate:
    family, given = name.split("|")
    return Candidate(family_name=family, given_names=given, **fields)  # type: ignore[arg-type]


def _rank(rank: int, seats: int) -> dict[str, int]:
    return {"elected_rank": rank} if rank <= seats else {"substitute_rank": rank - seats}


def _list(number: int, keyword: str, votes: int, seats: int, names: tuple[str, ...], title: str = "") -> ListResult:
    weights = [len(names) + 2 - place // 2 for place in range(len(names))]
    shares = [votes * weight // sum(weights) for weight in weights]
    shares[0] += votes - sum(shares)
    order = sorted(range(len(names)), key=lambda place: -shares[place])
    ranks = {place: rank for rank, place in enumerate(order, 1)}
    return ListResult(
        number,
        keyword,
        votes,
        seats,
        tuple(
            _candidate(
                name,
                votes=shares[place],
                position=place + 1,
                title=title,
                **_rank(ranks[place], seats),
            )
            for place, name in enumerate(names)
        ),
    )


def _districts(lists: tuple[ListResult, ...]) -> tuple[DistrictFigures, ...]:
    """Votes by the share of valid ballots; the first district takes what rounding leaves."""
    rows = []
    for place, (numbers, names, eligible, voters, valid, in_time, rejected) in enumerate(DISTRICTS):
        votes = tuple(tuple(_share(person.votes, place) for person in of.candidates) for of in lists)
        reasons = tuple(replace(REJECTED[at], letters=amount) for at, amount in enumerate(rejected))
        rows.append(
            DistrictFigures(
                numbers=numbers,
                names=names,
                eligible=eligible,
                voters=voters,
                valid_ballots=valid,
                invalid_ballots=voters - valid,
                votes=sum(sum(of) for of in votes),
                postal=PostalLetters(in_time, sum(rejected), 4, reasons),
                list_votes=tuple(sum(of) for of in votes),
                candidate_votes=votes,
            )
        )
    return tuple(rows)


def _share(votes: int, place: int) -> int:
    shares = [votes * valid // 1_437 for *_, valid, _, _ in DISTRICTS]
    return votes - shares[1] - shares[2] if place == 0 else shares[place]


def _allocation(lists: tuple[ListResult, ...]) -> SeatAllocation:
    quotients = [(of.votes / divisor, of.number, divisor) for of in lists for divisor in (Fraction(odd, 2) for odd in range(1, 12, 2))]
    ordered = sorted(quotients, key=lambda item: (-item[0], item[1]))
    ranks = {(number, divisor): rank for rank, (_, number, divisor) in enumerate(ordered[:13], 1)}
    return SeatAllocation(
        method="Sainte-Laguë/Schepers (Divisorverfahren mit Standardrundung)",
        source="§ 41 Abs. 1 KWG",
        quotients=tuple(
            Quotient(number, divisor, value, ranks.get((number, divisor)), by_lot=ranks.get((number, divisor)) == 13)
            for value, number, divisor in quotients
        ),
        divisor=Fraction(1400),
        lines=tuple(DivisorLine(of.number, of.votes, Fraction(of.votes, 1400), of.seats, NOTES.get(of.number, "")) for of in lists),
        steps=(
            Step("sum_of_votes", "§ 40 Abs. 2 KWG", "Die Stimmen der Wahlvorschläge sind 6.300, 4.900, 3.900 und 2.150, zusammen 17.250."),
            Step("quotients", "§ 41 Abs. 1 KWG", "Die zwölf größten Höchstzahlen ergeben 4, 3, 3 und 2 Sitze."),
            Step(
                "tie",
                "§ 41 Abs. 1 KWG",
                "Für den 13. Sitz haben die Wahlvorschläge 1 (6.300 : 4,5) und 2 (4.900 : 3,5) die gleiche Höchstzahl 1.400.",
            ),
            Step("lot", "§ 41 Abs. 1 KWG", "Das am 13. November 2024 gezogene Los gibt den 13. Sitz dem Wahlvorschlag 1."),
            Step("majority_clause", "§ 41 Abs. 2 KWG", "Kein Wahlvorschlag hat mehr als die Hälfte der Stimmen."),
        ),
    )
