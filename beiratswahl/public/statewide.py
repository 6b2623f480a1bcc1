"""Alle Wahlen in einer Tabelle: a row per election with what AGARP and the Landtag ask for; each column says what it is and wherefrom.

One list of fields makes the table, its JSON twin and the list of fields. A value that was never recorded is empty; one that is left out so
that nobody is recognised is „.“, as in official statistics.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from beiratswahl import csv_files, words
from beiratswahl.public.districts import Fields
from beiratswahl.public.publication import Version

LEFT_OUT = "."
RESULT, STATISTICS, RULES, NOWHERE = "Ergebnis", "Statistik zum Ergebnis", "Wahlregeln", "nicht erfasst"
FIELD_COLUMNS = ("feld", "bedeutung", "herkunft")
AGES = (
    *("bis 17 Jahre", "18 bis 24 Jahre", "25 bis 34 Jahre", "35 bis 44 Jahre", "45 bis 59 Jahre", "60 bis 69 Jahre"),
    "70 Jahre und älter",
)
SEXES = {"frauen": "weiblich", "maenner": "männlich", "divers": "divers", "geschlecht-ohne-angabe": "ohne Angabe"}
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """Spalte: its name, what it means, where it is from, and its value for an election (None: not recorded)."""

    name: str
    meaning: str
    origin: str
    value: Callable[[Version], Value]


def statewide_csv(versions: Iterable[Version]) -> bytes:
    """Alle Wahlen dieser Installation, a row each, the newest version of each."""
    return csv_files.table(
        [of.name for of in FIELDS], [["" if value is None else value for value in _row(version)] for version in versions]
    )


def statewide_json(versions: Iterable[Version]) -> dict[str, object]:
    """The same rows as JSON, with the fields explained; null is not recorded, „.“ left out."""
    return {
        "format": "beiratswahl-alle-wahlen",
        "format_version": 1,
        "fields": [dict(zip(FIELD_COLUMNS, (of.name, of.meaning, of.origin), strict=True)) for of in FIELDS],
        "elections": [dict(zip([of.name for of in FIELDS], _row(version), strict=True)) for version in versions],
    }


def fields_csv() -> bytes:
    """Feldliste: every column of the table with its meaning and origin."""
    return csv_files.table(FIELD_COLUMNS, [(of.name, of.meaning, of.origin) for of in FIELDS])


def _row(version: Version) -> list[Value]:
    return [of.value(version) for of in FIELDS]


def _decided(value: Callable[[Version], Value]) -> Callable[[Version], Value]:
    """Nothing while polling districts are missing."""
    return lambda version: None if version.interim else value(version)


def _turnout(version: Version) -> Value:
    return words.decimal(Fraction(100 * version.voters, version.eligible), 2) if version.eligible else None


def _rule(name: str) -> Callable[[Version], Value]:
    return lambda version: next((str(of.value) for of in version.rules if of.rule == name), None)


def _group(whose: str, table: str, label: str) -> Callable[[Version], Value]:
    """Persons of a group: 0 when nobody belongs to it, None when nobody was asked."""

    def value(version: Version) -> Value:
        groups = _groups(version, whose, table)
        if groups is None:
            return None
        shown = groups.get(label, 0)
        return LEFT_OUT if shown is None else int(shown)

    return value


def _groups(version: Version, whose: str, table: str) -> Fields | None:
    found: Mapping[str, Fields | None] = (version.statistics or {}).get(whose, {})
    return found.get(table)


def _nationalities(version: Version) -> Value:
    """Groups that are shown, the largest first, and how many persons the others are."""
    groups = _groups(version, "elected", "nationality")
    if groups is None:
        return None
    shown = sorted(((persons, name) for name, persons in groups.items() if persons is not None), key=lambda of: (-of[0], of[1]))
    rest = version.seats - version.vacant_seats - sum(persons for persons, _ in shown)
    return ", ".join([f"{name} {persons}" for persons, name in shown] + ([f"weitere {rest}"] if rest else []))


def _minors(version: Version) -> Value:
    minors: Value = (version.statistics or {}).get("eligible", {}).get("minors")
    return minors


def _by_sex(start: str, whose: str, who: str) -> tuple[Field, ...]:
    return tuple(
        Field(
            f"{start}-{name}", f"{who}: Geschlecht {label}; leer: nicht erfasst, „.“: weggelassen", STATISTICS, _group(whose, "sex", label)
        )
        for name, label in SEXES.items()
    )


def _by_age(start: str, whose: str, who: str, ages: Sequence[str]) -> tuple[Field, ...]:
    return tuple(
        Field(f"{start}-{_slug(label)}", f"{who}: Alter am Wahltag {label}; „.“: weggelassen", STATISTICS, _group(whose, "age", label))
        for label in ages
    )


def _slug(label: str) -> str:
    return label.removesuffix(" Jahre").replace(" Jahre", "").replace("älter", "aelter").replace(" ", "-")


def _never(name: str, meaning: str) -> Field:
    return Field(name, meaning, NOWHERE, lambda _: None)


FIELDS: tuple[Field, ...] = (
    Field("ags", "Amtlicher Gemeindeschlüssel mit führender Null", RESULT, lambda of: of.ags),
    Field("koerperschaft", "Gemeinde, Verbandsgemeinde oder Landkreis", RESULT, lambda of: of.authority),
    Field("ebene", "Gemeinde, Verbandsgemeinde oder Landkreis als Art", RESULT, lambda of: of.level),
    Field("wahltag", "Wahltag, TT.MM.JJJJ", RESULT, lambda of: words.short_date(of.election_day)),
    Field("stand", "endgültig, vorläufig oder Zwischenstand (dann fehlen Stimmbezirke)", RESULT, lambda of: of.label),
    Field("fassung", "Nummer der veröffentlichten Fassung", RESULT, lambda of: of.number),
    Field("zurueckgezogen", "ja, wenn diese Fassung zurückgezogen ist", RESULT, lambda of: "ja" if of.withdrawn_at_utc else "nein"),
    Field("wahlsystem", "Verhältniswahl oder Mehrheitswahl", RESULT, lambda of: of.system),
    Field("stimmabgabe", "Urne und Briefwahl oder nur Briefwahl", RULES, _rule("voting_mode")),
    Field("sitze", "zu wählende Mitglieder", RESULT, lambda of: of.seats),
    Field("gewaehlt", "gewählte Personen", RESULT, _decided(lambda of: of.seats - of.vacant_seats)),
    Field("unbesetzt", "Sitze, die unbesetzt bleiben", RESULT, _decided(lambda of: of.vacant_seats)),
    Field("berufene-hoechstens", "Höchstzahl berufener Mitglieder nach der Satzung", RULES, _rule("appointed_max")),
    Field("wahlberechtigte", "Wahlberechtigte im ganzen Wahlgebiet", RESULT, lambda of: of.eligible),
    Field("wahlberechtigte-16-bis-17", "Wahlberechtigte unter 18; leer ohne Zahlen des Abschlusses", STATISTICS, _minors),
    Field("waehler", "Wählerinnen und Wähler", RESULT, lambda of: of.voters),
    _never("waehler-16-bis-17", "Wählerinnen und Wähler unter 18 Jahren; eine Wahlstatistik nach Alter wird nicht geführt (Wahlgeheimnis)"),
    Field("wahlbeteiligung-prozent", "Wähler je 100 Wahlberechtigte, zwei Nachkommastellen", RESULT, _decided(_turnout)),
    Field("gueltige-stimmzettel", "gültige Stimmzettel", RESULT, lambda of: of.valid_ballots),
    Field("ungueltige-stimmzettel", "ungültige Stimmzettel", RESULT, lambda of: of.invalid_ballots),
    Field("gueltige-stimmen", "gültige Stimmen", RESULT, lambda of: of.votes),
    Field("wahlbriefe-rechtzeitig", "rechtzeitig eingegangene Wahlbriefe", RESULT, lambda of: of.postal.in_time if of.postal else None),
    Field("wahlbriefe-zurueckgewiesen", "davon zurückgewiesen", RESULT, lambda of: of.postal.rejected if of.postal else None),
    Field("wahlbriefe-verspaetet", "zu spät eingegangen", RESULT, lambda of: of.postal.late if of.postal else None),
    Field("wahlvorschlaege", "Wahlvorschläge; leer bei Mehrheitswahl", RESULT, lambda of: len(of.lists) or None),
    _never("wahlvorschlaege-ausrichtung", "Ausrichtung der Wahlvorschläge (international, national, politisch, religiös, andere)"),
    Field("bewerbungen", "Personen auf Wahlvorschlägen; leer bei Mehrheitswahl", RESULT, lambda of: _candidacies(of) or None),
    *_by_sex("bewerbungen", "candidates", "Bewerberinnen und Bewerber"),
    *_by_age("bewerbungen", "candidates", "Bewerberinnen und Bewerber", AGES[:1]),
    Field("lose", "Losentscheide", RESULT, _decided(lambda of: len(of.lots))),
    *_by_sex("gewaehlt", "elected", "Gewählte"),
    *_by_age("gewaehlt", "elected", "Gewählte", AGES),
    Field("gewaehlt-staatsangehoerigkeiten", "Gewählte nach Staatsangehörigkeit; kleine Gruppen als „weitere“", STATISTICS, _nationalities),
    Field(
        "gewaehlt-wieder",
        "Gewählte, die schon bei der vorigen Wahl gewählt wurden; leer: diese ist hier nicht festgestellt, „.“: weggelassen",
        STATISTICS,
        _group("elected", "elected_before", "ja"),
    ),
)


def _candidacies(version: Version) -> int:
    return sum(len(of.candidates) for of in version.lists)
