"""Wahlrechtsgründe: NR1 from the nationalities in the register, NR2A to NR2D from what a person claims and proves.

The Melderegister shows present nationalities and not how somebody became German (§ 3 Abs. 1 Nr. 10 BMG), so every NR2 needs a claim.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from beiratswahl.law.facts import (
    GERMAN,
    NOT_GERMAN,
    NOT_STATED,
    STATELESS,
    UNRESOLVED,
    Application,
    FactDate,
    ParentStatus,
    earliest,
    latest,
)
from beiratswahl.law.rules import Ground
from beiratswahl.law.suffrage import Category, Suffrage
from beiratswahl.law.trace import Reason

# § 4 Abs. 3 StAG is in force since this day; who was born before cannot have become German by it.
BIRTHRIGHT_SINCE = date(2000, 1, 1)


class Nationality(StrEnum):
    """Staatsangehörigkeit: what the keys of the register say together."""

    FOREIGN = "ausländisch"
    STATELESS = "staatenlos"
    NOT_GERMAN = "nicht deutsch"
    DUAL = "deutsch und ausländisch"
    GERMAN = "deutsch"
    GERMAN_UNSURE = "deutsch, weitere ungeklärt"
    UNRESOLVED = "ungeklärt"
    UNKNOWN = "nicht bekannt"


class Birthright(StrEnum):
    """Geburt vor oder seit dem Inkrafttreten von § 4 Abs. 3 StAG."""

    BEFORE = "davor"
    SINCE = "seitdem"
    UNKNOWN = "nicht bekannt"


class GroundFinding(NamedTuple):
    """Befund zu einem Grund.

    Attributes:
        ground: the ground.
        holds: True, False, or None where it cannot be told.
        reason: the sentence for people.
    """

    ground: Ground
    holds: bool | None
    reason: Reason


_NATIONALITY_TEXTS: dict[Nationality, tuple[bool | None, str]] = {
    Nationality.FOREIGN: (True, "Besitzt eine ausländische Staatsangehörigkeit."),
    Nationality.STATELESS: (True, "Ist staatenlos; Staatenlose zählen zu den ausländischen Einwohnern."),
    Nationality.NOT_GERMAN: (True, "Ist nicht deutsch. Ob ausländisch oder staatenlos, macht für das Wahlrecht keinen Unterschied."),
    Nationality.DUAL: (True, "Besitzt neben der deutschen eine ausländische Staatsangehörigkeit."),
    Nationality.GERMAN: (False, "Besitzt nach dem Melderegister nur die deutsche Staatsangehörigkeit."),
    Nationality.GERMAN_UNSURE: (None, "Ist deutsch; ob eine weitere Staatsangehörigkeit besteht, ist ungeklärt."),
    # Non-Germans without a proven nationality are foreign residents too, so they could be entered ex officio with a check [G]; the
    # statute does not name them, therefore the officer looks first.
    Nationality.UNRESOLVED: (None, "Die Staatsangehörigkeit ist im Melderegister ungeklärt. Bitte die Ausländerakte prüfen."),
    Nationality.UNKNOWN: (None, "Die Staatsangehörigkeit ist nicht angegeben. Bitte im Melderegister nachsehen."),
}

_CATEGORIES = {
    Nationality.FOREIGN: Category.FOREIGNER,
    Nationality.STATELESS: Category.FOREIGNER,
    Nationality.NOT_GERMAN: Category.FOREIGNER,
    Nationality.DUAL: Category.DUAL_NATIONAL,
}

_CLAIM_CATEGORIES = {
    Ground.NR2A: Category.RESETTLER,
    Ground.NR2B: Category.NATURALISED,
    Ground.NR2C: Category.CHILD,
    Ground.NR2D: Category.CHILD,
}

_CLAIMS = {
    Ground.NR2A: (
        "Nr. 2 Buchst. a",
        "§ 7 StAG",
        "als Spätaussiedler oder deren Familienangehörige",
        "Spätaussiedlerbescheinigung oder Bundesvertriebenenausweis",
    ),
    Ground.NR2B: ("Nr. 2 Buchst. b", "§§ 8 bis 16 StAG", "durch Einbürgerung", "Einbürgerungsurkunde"),
    Ground.NR2C: (
        "Nr. 2 Buchst. c",
        "§ 4 Abs. 3 StAG",
        "durch Geburt im Inland als Kind ausländischer Eltern",
        "Geburtsurkunde mit Hinweis auf § 4 Abs. 3 StAG",
    ),
    Ground.NR2D: (
        "Nr. 2 Buchst. d",
        "§ 4 Abs. 1, 4 StAG",
        "als Kind eines deutschen Elternteils und eines Elternteils aus dem begünstigten Kreis",
        "Geburtsurkunde und Nachweis über den Elternteil",
    ),
}


def nationality_of(keys: tuple[str, ...]) -> Nationality:
    """Staatsangehörigkeit zusammenfassen.

    Source: § 3 Abs. 1 Nr. 10 BMG [V]; 997 staatenlos, 998 ungeklärt, 999 ohne Angabe [V]; "ungeklärt" beside German stays open [I].
    § 2 Abs. 1 AufenthG: whoever is no German is an Ausländer, stateless persons too [G].

    Args:
        keys: three-digit keys of the Statistisches Bundesamt, in any order; `NOT_GERMAN` alone where the election office found just that.

    Returns:
        What they say together; a named foreign nationality outweighs an unclear key.
    """
    if NOT_GERMAN in keys:
        return Nationality.NOT_GERMAN
    german = GERMAN in keys
    foreign = any(key not in {GERMAN, STATELESS, UNRESOLVED, NOT_STATED} for key in keys)
    if foreign:
        return Nationality.DUAL if german else Nationality.FOREIGN
    if german:
        return Nationality.GERMAN if all(key == GERMAN for key in keys) else Nationality.GERMAN_UNSURE
    if UNRESOLVED in keys:
        return Nationality.UNRESOLVED
    return Nationality.STATELESS if STATELESS in keys and NOT_STATED not in keys else Nationality.UNKNOWN


def birthright_of(birth: FactDate) -> Birthright:
    """Geburt vor oder seit dem 01.01.2000; an incomplete date may decide it.

    Source: § 4 Abs. 3 StAG, in force since 01.01.2000 [G].
    """
    if latest(birth) < BIRTHRIGHT_SINCE:
        return Birthright.BEFORE
    return Birthright.SINCE if earliest(birth) >= BIRTHRIGHT_SINCE else Birthright.UNKNOWN


def first_ground(suffrage: Suffrage, nationality: Nationality) -> GroundFinding:
    """Grund NR1: foreign nationality or statelessness.

    Source: § 56 Abs. 2 Satz 2 Nr. 1 GemO, § 49a Abs. 2 Satz 2 Nr. 1 LKO [V]; Germans with a second nationality [S].

    Args:
        suffrage: rules of the electorate.
        nationality: what the register says.

    Returns:
        The finding; None in `holds` where the register leaves it open.
    """
    holds, text = _NATIONALITY_TEXTS[nationality]
    if nationality in {Nationality.DUAL, Nationality.GERMAN_UNSURE} and not suffrage.admits_dual_nationals:
        holds, text = False, "Besitzt die deutsche Staatsangehörigkeit; wahlberechtigt waren damals nur Ausländer."
    return GroundFinding(Ground.NR1, holds, Reason("foreign_nationality", suffrage.place("Nr. 1"), text, holds))


def affirmed_ground(suffrage: Suffrage, first: GroundFinding, applications: tuple[Application, ...]) -> GroundFinding:
    """Grund NR1 bei Befreiung von der Meldepflicht: it counts once the residence is affirmed.

    Source: § 11a KWO, § 26 BMG [V]; an application that affirms nothing stays open [I].

    Args:
        suffrage: rules of the electorate.
        first: the finding on NR1 by nationality.
        applications: the claims; `proof` of a claim of NR1 is the affirmation.

    Returns:
        The same finding, or an open one where NR1 would hold and the affirmation is missing.
    """
    affirmed = any(claim.ground is Ground.NR1 and claim.proof for claim in applications)
    if affirmed or not first.holds:
        return first
    text = "Ist von der Meldepflicht befreit; die Versicherung an Eides statt über die Wohnung fehlt noch."
    return first._replace(holds=None, reason=Reason("affirmation", f"{suffrage.place('Nr. 1')}, § 11a KWO", text, None))


def claimed_ground(suffrage: Suffrage, claim: Application, german: bool | None, born: Birthright) -> GroundFinding:
    """Geltend gemachter Grund: what a claim of NR2A to NR2D proves.

    Source: § 56 Abs. 2 Satz 2 Nr. 2 GemO [V]; §§ 4, 7, 8 bis 16 StAG [G].

    Args:
        suffrage: rules of the electorate.
        claim: the application, not for NR1.
        german: whether the register shows German nationality, None where it is unclear.
        born: birth before or since § 4 Abs. 3 StAG.

    Returns:
        The finding; None in `holds` where proof or a fact is missing, for NR2D also the status of the parent.
    """
    letter, statute, how, proof = _CLAIMS[claim.ground]
    holds, text = _claim(suffrage, claim, german, born, how, proof)
    rule = f"claim_{claim.ground.lower()}"
    return GroundFinding(claim.ground, holds, Reason(rule, f"{suffrage.place(letter)} i. V. m. {statute}", text, holds))


def category_of(nationality: Nationality, claims: tuple[GroundFinding, ...]) -> Category | None:
    """Personengruppe: by nationality for foreigners and dual nationals, else by the first claim that is not refuted."""
    if nationality in _CATEGORIES:
        return _CATEGORIES[nationality]
    hopeful = sorted(claim.ground for claim in claims if claim.holds is not False)
    return _CLAIM_CATEGORIES[hopeful[0]] if hopeful else None


def _claim(suffrage: Suffrage, claim: Application, german: bool | None, born: Birthright, how: str, proof: str) -> tuple[bool | None, str]:
    if claim.ground not in suffrage.grounds:
        return False, f"Deutsche Staatsangehörigkeit {how} gab bei dieser Wahl noch kein Wahlrecht."
    if german is False:
        return False, f"Ist nach dem Melderegister nicht deutsch; der Erwerb {how} scheidet aus."
    refuted = _refuted(suffrage, claim, born)
    if refuted:
        return False, refuted
    if not claim.proof:
        return None, f"Gibt an, {how} deutsch geworden zu sein; der Nachweis fehlt ({proof})."
    if german is None:
        return None, f"Gibt an, {how} deutsch geworden zu sein; das Melderegister bestätigt die deutsche Staatsangehörigkeit noch nicht."
    if claim.ground is Ground.NR2C and born is Birthright.UNKNOWN:
        return None, "Ob die Geburt vor oder nach dem 01.01.2000 liegt, ist offen; davor gab es keinen Erwerb nach § 4 Abs. 3 StAG."
    if claim.ground is Ground.NR2D and claim.parent is None:
        return None, "Welchem Kreis der Elternteil angehört, ist offen; ohne diese Angabe ist der Anspruch nicht nachgewiesen."
    return True, f"Ist {how} deutsch geworden; nachgewiesen."


def _refuted(suffrage: Suffrage, claim: Application, born: Birthright) -> str:
    if claim.ground is Ground.NR2C and born is Birthright.BEFORE:
        return "Vor dem 01.01.2000 geboren: kein Erwerb nach § 4 Abs. 3 StAG. Ein Erwerb nach § 40b StAG ist eine Einbürgerung (Buchst. b)."
    if claim.ground is not Ground.NR2D:
        return ""
    if claim.parent is ParentStatus.GERMAN:
        return "Kein Elternteil ist Ausländer, Spätaussiedler oder Angehöriger nach § 7 StAG."
    if claim.parent is ParentStatus.NATURALISED and not suffrage.children_of_naturalised:
        return "Der Elternteil ist eingebürgert und nur noch deutsch; nach den Regeln dieser Wahl genügt das nicht."
    return ""
