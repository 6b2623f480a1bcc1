"""The stored words of the roll in German for people."""

from beiratswahl.law.facts import ParentStatus
from beiratswahl.law.rules import Ground
from beiratswahl.law.suffrage import Category
from beiratswahl.operations.nationalities import nationality_name
from beiratswahl.store.read.electoral_roll import EntryView
from beiratswahl.store.read.roll_standing import RollStanding
from beiratswahl.store.read.roll_work import WorkList

ANSWERS = {"yes": "wahlberechtigt", "no": "nicht wahlberechtigt", "unclear": "unklar"}
#: who may vote once an application is decided on, and has made none
ON_APPLICATION = "nicht eingetragen (nur auf Antrag)"
KINDS = {"yes": "success", "no": "", "unclear": "warning"}
ENTRIES = {"ex_officio": "von Amts wegen", "application": "auf Antrag", "": "–"}
CATEGORIES = {category.value: category.value for category in Category}
GROUNDS = {
    Ground.NR1.value: "Nr. 1: ausländische oder keine Staatsangehörigkeit",
    Ground.NR2A.value: "Nr. 2 a): Spätaussiedler oder Angehörige nach § 7 StAG",
    Ground.NR2B.value: "Nr. 2 b): Einbürgerung",
    Ground.NR2C.value: "Nr. 2 c): Geburt in Deutschland, § 4 Abs. 3 StAG",
    Ground.NR2D.value: "Nr. 2 d): deutscher Elternteil, § 4 Abs. 1 und 4 StAG",
}
COLUMNS = {
    "family_name": "Familienname",
    "given_names": "Vornamen",
    "birth_date": "Geburtsdatum",
    "sex": "Geschlecht",
    "nationalities": "Staatsangehörigkeiten",
    "blocks": "Auskunftssperre",
    "died": "Sterbedatum",
    "excluded": "Wahlausschluss",
    "ags": "Gemeinde",
    "residence_status": "Wohnungsstatus",
    "moved_in": "Einzug",
    "main_since": "Hauptwohnung seit",
    "moved_out": "Auszug",
    "in_area_since": "In der Gemeinde seit",
    "street": "Straße",
    "house_number": "Hausnummer",
    "postcode": "Postleitzahl",
    "town": "Wohnort",
    "district": "Stimmbezirk",
    "further_residences": "weitere Wohnungen",
}
#: columns whose values a preview never shows, because an address may be blocked
ADDRESS_COLUMNS = frozenset({"street", "house_number", "postcode", "town", "further_residences"})
#: title of a work list, and what is to be done with its cases
WORK = {
    WorkList.UNCLEAR: ("Unklare Fälle", "Es fehlt eine Angabe, von der das Wahlrecht abhängt."),
    WorkList.NEEDS_APPLICATION: ("Antrag nötig", "Eingetragen wird nur, wer es beantragt; bisher liegt kein Antrag vor."),
    WorkList.APPLIED: ("Mit Antrag", "Anträge und ihre Entscheidungen."),
    WorkList.EX_OFFICIO: ("Von Amts wegen", "Wahlberechtigt nach dem Melderegister; nichts zu tun."),
    WorkList.CHANGED: ("Durch den letzten Auszug geändert", "Die Entscheidung wurde durch den letzten Auszug eine andere."),
    WorkList.UNREGISTERED: ("Ohne Meldepflicht (§ 26 BMG)", "Nicht im Melderegister; eingetragen auf Antrag mit Versicherung."),
    WorkList.NOT_ENTERED: (
        "Noch nicht eingetragen",
        "Wahlberechtigt und nicht im Wählerverzeichnis. Bis zur Einsicht trägt die Fortschreibung alle ein, danach die Berichtigung "
        "jeden einzeln (§§ 14, 15 KWO).",
    ),
    WorkList.LOST_RIGHT: (
        "Eingetragen, aber nicht mehr wahlberechtigt",
        "Sie bekommen den Sperrvermerk N: bis zur Einsicht durch die Fortschreibung, danach nach Anhörung durch Berichtigung.",
    ),
    WorkList.ENTITLED_AGAIN: (
        "Gesperrt, aber wieder wahlberechtigt",
        "Der Sperrvermerk N kam ohne Entscheidung über die Person: bis zur Einsicht hebt ihn die Fortschreibung auf, danach die "
        "Berichtigung „Wiederaufnahme“.",
    ),
    WorkList.OTHER_FACTS: (
        "Im Register jetzt andere Angaben",
        "Name, Geburtsdatum, Anschrift oder Auskunftssperre sind im Eintrag noch die alten: bis zur Einsicht übernimmt sie die "
        "Fortschreibung, danach die Berichtigung „Änderung der Angaben“.",
    ),
    WorkList.MISSING: ("Nicht mehr im Auszug", "Weggezogen, verstorben oder gelöscht; im Melderegister prüfen."),
}
WORK_TITLES = {work: title for work, (title, _) in WORK.items()}
#: facts of a decision that are dates, and that are yes or no
_DATES = frozenset({"birth_date", "died", "moved_in", "main_since", "moved_out", "in_area_since"})
PARENTS = {status.value: status.value for status in ParentStatus}
MET = {True: ("erfüllt", "success"), False: ("steht entgegen", "danger"), None: ("offen", "warning")}


def fact(column: str, value: object) -> str:
    """A stored fact for people."""
    if column == "nationalities":
        return ", ".join(nationality_name(key) for key in str(value).split()) or "unbekannt"
    if column in _DATES:
        return birthday(str(value)) if value else "–"
    return ("ja" if value else "nein") if isinstance(value, bool) else str(value or "–")


def changed(column: str, before: object, after: object) -> str:
    """Geänderte Angabe for people; of an address only that it changed, because it may be blocked (§§ 51, 52 BMG)."""
    heading = COLUMNS[column]
    return heading if column in ADDRESS_COLUMNS else f"{heading}: {fact(column, before)} → {fact(column, after)}"


def standing(entry: EntryView | None, now: RollStanding) -> str:
    """Stand im Wählerverzeichnis in words: the entry, and what was corrected after the closing, which a frozen entry does not show."""
    if entry is None:
        return "kein Eintrag; nach dem Abschluss eingetragen" if now is RollStanding.ENTERED else "noch kein Eintrag"
    said = f"Stimmbezirk {entry.district_number}, Nummer {entry.number}"
    said += (", gesperrt (N)" if entry.blocked else "") + (", Wahlschein (W)" if entry.certificate else "")
    if entry.blocked and now is RollStanding.ENTERED:
        return f"{said}; nach dem Abschluss wieder aufgenommen"
    return f"{said}; nach dem Abschluss gestrichen" if not entry.blocked and now is RollStanding.STRUCK else said


def birthday(stored: str) -> str:
    """A birth date of the register, unknown parts as "00": "00.00.1980"."""
    year, _, rest = stored.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}.{month}.{year}" if day else stored or "unbekannt"


def answer(entitled: str, entry: str) -> str:
    """Entscheidung in words; who only has to apply is told apart from who may not vote."""
    return ON_APPLICATION if (entitled, entry) == ("no", "application") else ANSWERS[entitled]
