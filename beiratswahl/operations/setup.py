"""Setting up: municipality, election with its rules, polling districts."""

import hashlib
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.documents.arms import ArmsUnusable, harmless
from beiratswahl.law.rule_layers import RuleError, confirmation_of
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_sets import RuleSet, rule_set_of
from beiratswahl.law.rules import Rules, RuleToBeConfirmed
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.setup import Election, Municipality, PollingDistrict

SUNDAY = 6
SEVERAL_LINES = frozenset({"council_contact", "commissioner_contact"})
#: every amtlicher Gemeindeschlüssel of the Land begins with it
RHEINLAND_PFALZ = "07"
DISTRICT_DIGITS, MUNICIPALITY_DIGITS, ASSOCIATION_DIGITS = 5, 8, 9
#: rules that do not touch a ballot and come up only when the votes are known
SETTLED_AFTER_COUNTING = frozenset({"majority_seats"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """Angaben zur Körperschaft, as printed on every document."""

    name: str
    council_name: str
    office_name: str
    street: str = ""
    postcode: str = ""
    town: str = ""
    phone: str = ""
    email: str = ""
    returning_officer: str = ""
    returning_officer_title: str = ""
    objection_recipient: str = ""
    #: some lines each
    council_contact: str = ""
    commissioner_contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityData(Imprint):
    """Eine Körperschaft: what is printed of it, and what never changes."""

    ags: str
    level: str


@dataclass(frozen=True, slots=True)
class ElectionData:
    """Angaben zur Wahl: the day, the Wahlgebiet, the bylaw and what it sets."""

    day: date
    area: tuple[str, ...]
    bylaw_citation: str
    rule_set: RuleSet


def found_municipality(desk: Desk, data: MunicipalityData) -> int:
    """Körperschaft anlegen.

    Raises:
        Refused: the AGS is malformed or taken.
    """
    if not _is_key(data.ags, (DISTRICT_DIGITS, MUNICIPALITY_DIGITS, ASSOCIATION_DIGITS)):
        raise Refused(
            f"„{data.ags}“ ist kein Gemeindeschlüssel in Rheinland-Pfalz: 07 und sechs weitere Ziffern "
            "(Landkreis: drei, Verbandsgemeinde: sieben)."
        )
    with desk.act(Act.MUNICIPALITY_FOUNDED, data.name) as entry:
        if desk.session.scalars(select(Municipality.id).where(Municipality.ags == data.ags)).first() is not None:
            raise Refused(f"Die Körperschaft mit dem Schlüssel {data.ags} gibt es schon.")
        row = Municipality(**asdict(data))
        desk.session.add(row)
        desk.session.flush()
        entry.note(ags=data.ags, municipality_id=row.id)
        return row.id


def change_municipality(desk: Desk, municipality_id: int, imprint: Imprint) -> None:
    """Angaben zur Körperschaft ändern; what is published already stays as it is.

    Raises:
        Refused: a name is missing, a text has control characters, or nothing changes.
    """
    lines = {key: _lines(value) if key in SEVERAL_LINES else _line(value) for key, value in asdict(imprint).items()}
    if not all(lines[key] for key in ("name", "council_name", "office_name")):
        raise Refused("Der Name der Körperschaft, des Beirats und der Wahlleitung stehen in jedem Dokument; keiner darf fehlen.")
    with desk.act(Act.MUNICIPALITY_CHANGED, lines["name"], municipality_id=municipality_id) as entry:
        row = desk.session.get_one(Municipality, municipality_id, with_for_update=True)
        changed = {key: value for key, value in lines.items() if getattr(row, key) != value}
        if not changed:
            raise Refused("Es ist nichts geändert.")
        entry.note(**{key: f"{value or 'leer'} (bisher {getattr(row, key) or 'leer'})" for key, value in changed.items()})
        for key, value in changed.items():
            setattr(row, key, value)


def change_arms(desk: Desk, municipality_id: int, content: bytes | None) -> None:
    """Wappen hinterlegen or remove it; what is published already stays as it is.

    Args:
        desk: who changes it.
        municipality_id: whose arms.
        content: the uploaded file, SVG or PNG; None removes the arms.

    Raises:
        Refused: the file cannot be used, or there is nothing to remove.
    """
    try:
        arms = harmless(content) if content is not None else None
    except ArmsUnusable as error:
        raise Refused(str(error)) from error
    with desk.act(Act.ARMS_CHANGED, "Wappen hinterlegt" if arms else "Wappen entfernt", municipality_id=municipality_id) as entry:
        row = desk.session.get_one(Municipality, municipality_id, with_for_update=True)
        if arms is None and row.arms is None:
            raise Refused("Es ist kein Wappen hinterlegt.")
        row.arms, row.arms_media_type = (arms.data, arms.media_type) if arms else (None, "")
        entry.note(sha256=hashlib.sha256(arms.data).hexdigest() if arms else "leer")


def own_area(ags: str) -> tuple[str, ...]:
    """Wahlgebiet, when nothing else is said: the municipality itself; a Landkreis stands for all its municipalities.

    Returns:
        The one key; empty for a Verbandsgemeinde, whose municipalities must be named.
    """
    return () if len(ags) == ASSOCIATION_DIGITS else (ags,)


def set_up_election(desk: Desk, municipality_id: int, data: ElectionData) -> int:
    """Wahl einrichten.

    Raises:
        Refused: the Wahlgebiet is empty or names something that is no municipality of Rheinland-Pfalz, there is an election on that
            day already, or the rules contradict each other.
    """
    area = checked_area(data.area)
    refuse_contradictions(data.rule_set)
    subject = f"Wahl am {data.day:%d.%m.%Y}"
    with desk.act(Act.ELECTION_SET_UP, subject, municipality_id=municipality_id) as entry:
        same_day = select(Election.id).where(Election.municipality_id == municipality_id, Election.day == data.day)
        if desk.session.scalars(same_day).first() is not None:
            raise Refused(f"Für den {data.day:%d.%m.%Y} ist schon eine Wahl eingerichtet.")
        election = Election(
            municipality_id=municipality_id,
            day=data.day,
            area=area,
            rule_layers=data.rule_set.to_plain(),
            bylaw_citation=data.bylaw_citation,
            created_at_utc=clock.now(),
        )
        desk.session.add(election)
        desk.session.flush()
        entry.election_id = election.id
        entry.note(area=area, rules=data.rule_set.to_plain(), bylaw=data.bylaw_citation)
        return election.id


def checked_area(keys: tuple[str, ...]) -> list[str]:
    """Wahlgebiet, each key once.

    Raises:
        Refused: it is empty, or names something that is no municipality of Rheinland-Pfalz.
    """
    if not keys:
        raise Refused("Nennen Sie die Gemeinden des Wahlgebiets; wer in keiner von ihnen wohnt, ist nicht wahlberechtigt.")
    for key in keys:
        if not _is_key(key, (DISTRICT_DIGITS, MUNICIPALITY_DIGITS)):
            raise Refused(
                f"„{key}“ im Wahlgebiet ist kein Gemeindeschlüssel: 07 und sechs weitere Ziffern, für einen ganzen Landkreis drei."
            )
    return list(dict.fromkeys(keys))


def refuse_contradictions(rules: RuleSet) -> None:
    """Refuse rules that cannot hold together.

    Raises:
        Refused: system or seats are missing, or the layers contradict each other or the statute.
    """
    try:
        rules.rules()
    except RuleError as error:
        raise Refused(in_words(error)) from error


def warnings_of(day: date, area: tuple[str, ...], ags: str) -> tuple[str, ...]:
    """Hinweise, that do not stop anybody: an election day that is no Sunday, a municipality of another Landkreis.

    Args:
        day: election day.
        area: keys of the Wahlgebiet.
        ags: key of the municipality whose council is elected.
    """
    found = []
    if day.weekday() != SUNDAY:
        found.append(
            f"Der {day:%d.%m.%Y} ist kein Sonntag. Beiratswahlen finden an einem Sonntag statt; prüfen Sie den Beschluss des Rates."
        )
    outside = [key for key in area if key[:DISTRICT_DIGITS] != ags[:DISTRICT_DIGITS]]
    if outside:
        found.append(
            f"Zum Wahlgebiet soll {', '.join(outside)} gehören, der eigene Schlüssel ist {ags}. Wer dort wohnt, wird wahlberechtigt; "
            "prüfen Sie, ob sich niemand vertippt hat."
        )
    return tuple(found)


def confirm_rule(desk: Desk, election_id: int, key: str, value: object, reason: str) -> None:
    """Wahlregel bestätigen: settle a rule whose legal text leaves a choice; name and day are recorded.

    Raises:
        Refused: the rule or the value is unknown, or ballots are already recorded under the rules as they are.
    """
    election = desk.session.get_one(Election, election_id)
    with desk.act(Act.RULE_CONFIRMED, key, municipality_id=election.municipality_id, election_id=election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        counting = key not in SETTLED_AFTER_COUNTING
        if counting and desk.session.scalars(select(RecordedBallot.id).where(RecordedBallot.election_id == election_id).limit(1)).first():
            raise Refused("Die Zählung hat begonnen; die Regeln der Wahl stehen damit fest.")
        try:
            confirmation = confirmation_of(key, value, desk.actor.name, clock.today(), reason)
            rule_set = rule_set_of(election.rule_layers).confirmed(confirmation)
            rule_set.rules()
        except RuleError as error:
            raise Refused(in_words(error)) from error
        election.rule_layers = rule_set.to_plain()
        entry.note(value=confirmation.to_plain()["value"], reason=reason)


def create_district(desk: Desk, election_id: int, number: int, name: str, *, postal: bool, eligible: int | None = None) -> int:
    """Stimmbezirk anlegen.

    Raises:
        Refused: the number is taken or not positive.
    """
    election = desk.session.get_one(Election, election_id)
    if number < 1:
        raise Refused("Die Nummer eines Stimmbezirks beginnt bei 1.")
    with desk.act(Act.DISTRICT_CREATED, f"{number} {name}", municipality_id=election.municipality_id, election_id=election_id) as entry:
        taken = select(PollingDistrict.id).where(PollingDistrict.election_id == election_id, PollingDistrict.number == number)
        if desk.session.scalars(taken).first() is not None:
            raise Refused(f"Den Stimmbezirk {number} gibt es schon. Wählen Sie eine andere Nummer.")
        district = PollingDistrict(
            municipality_id=election.municipality_id, election_id=election_id, number=number, name=name, postal=postal, eligible=eligible
        )
        desk.session.add(district)
        desk.session.flush()
        entry.note(district_id=district.id, postal=postal, eligible=eligible)
        return district.id


def rule_set(session: Session, election_id: int) -> RuleSet:
    """The layers of an election's rules."""
    return rule_set_of(session.get_one(Election, election_id).rule_layers)


def rules_of(session: Session, election_id: int) -> Rules:
    """The rules in force for an election; those of Mehrheitswahl when the admission has led to it (§ 22 KWG)."""
    election = session.get_one(Election, election_id)
    return rules_in_force(election.rule_layers, election.admission_outcome)


def rules_in_force(layers: object, outcome: str) -> Rules:
    """The rules in force, from the layers of an election and the outcome of its admission (§ 22 KWG)."""
    rules = rule_set_of(layers).rules()
    if outcome == rules.system.MAJORITY.value and rules.system is not rules.system.MAJORITY:
        return rules.for_majority_vote()
    return rules


def in_words(error: RuleError) -> str:
    """What is wrong with rules, each by its title instead of the name a rules file uses."""
    titles = {f"„{key}“": f"„{parameter.title}“" for key, parameter in PARAMETERS.items()}
    said = []
    for problem in error.problems:
        text = problem.text
        for key, title in titles.items():
            text = text.replace(key, title)
        said.append(f"{PARAMETERS[problem.key].title if problem.key in PARAMETERS else problem.key}: {text}")
    return " ".join(said)


def still_open(error: RuleToBeConfirmed) -> str:
    """Which rule somebody must confirm first, and where, in words."""
    return f"Die Wahlregel „{PARAMETERS[error.rule].title}“ ist noch nicht bestätigt. Das Wahlamt holt das unter „Regeln“ nach."


def _is_key(key: str, digits: tuple[int, ...]) -> bool:
    return key.isascii() and key.isdigit() and key.startswith(RHEINLAND_PFALZ) and len(key) in digits


def _line(text: str) -> str:
    composed = " ".join(unicodedata.normalize("NFC", text).split())
    if not composed.isprintable():
        raise Refused(f"„{composed}“ enthält unsichtbare Steuerzeichen. Tippen Sie den Text neu, statt ihn zu kopieren.")
    return composed


def _lines(text: str) -> str:
    return "\n".join(line for line in map(_line, text.splitlines()) if line)
