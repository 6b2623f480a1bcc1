"""Setting up: municipality, election with its rules, polling districts."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.rule_layers import RuleError, confirmation_of
from beiratswahl.law.rule_sets import RuleSet, rule_set_of
from beiratswahl.law.rules import Rules
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.setup import Election, Municipality, PollingDistrict

SUNDAY = 6
#: rules that do not touch a ballot and come up only when the votes are known
SETTLED_AFTER_COUNTING = frozenset({"majority_seats"})


@dataclass(frozen=True, slots=True)
class MunicipalityData:
    """Angaben zur Körperschaft, as printed on every document."""

    ags: str
    name: str
    level: str
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
    if not (data.ags.isascii() and data.ags.isdigit() and data.ags.startswith("07") and len(data.ags) in (5, 8)):
        raise Refused(f"„{data.ags}“ ist kein Gemeindeschlüssel in Rheinland-Pfalz: 07 und sechs weitere Ziffern (Landkreis: drei).")
    with desk.act(Act.MUNICIPALITY_FOUNDED, data.name) as entry:
        if desk.session.scalars(select(Municipality.id).where(Municipality.ags == data.ags)).first() is not None:
            raise Refused(f"Die Körperschaft mit dem Schlüssel {data.ags} gibt es schon.")
        row = Municipality(**asdict(data))
        desk.session.add(row)
        desk.session.flush()
        entry.note(ags=data.ags, municipality_id=row.id)
        return row.id


def set_up_election(desk: Desk, municipality_id: int, data: ElectionData) -> int:
    """Wahl einrichten.

    Raises:
        Refused: there is an election on that day already, or the rules contradict each other.
    """
    _complete(data.rule_set)
    subject = f"Wahl am {data.day:%d.%m.%Y}"
    with desk.act(Act.ELECTION_SET_UP, subject, municipality_id=municipality_id) as entry:
        same_day = select(Election.id).where(Election.municipality_id == municipality_id, Election.day == data.day)
        if desk.session.scalars(same_day).first() is not None:
            raise Refused(f"Für den {data.day:%d.%m.%Y} ist schon eine Wahl eingerichtet.")
        election = Election(
            municipality_id=municipality_id,
            day=data.day,
            area=list(data.area),
            rule_layers=data.rule_set.to_plain(),
            bylaw_citation=data.bylaw_citation,
            created_at_utc=clock.now(),
        )
        desk.session.add(election)
        desk.session.flush()
        entry.election_id = election.id
        entry.note(area=list(data.area), rules=data.rule_set.to_plain(), bylaw=data.bylaw_citation)
        return election.id


def warnings_of(data: ElectionData) -> tuple[str, ...]:
    """Hinweise, that do not stop anybody: an election day that is no Sunday."""
    if data.day.weekday() != SUNDAY:
        return (
            f"Der {data.day:%d.%m.%Y} ist kein Sonntag. Beiratswahlen finden an einem Sonntag statt; prüfen Sie den Beschluss des Rates.",
        )
    return ()


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
            raise Refused(str(error)) from error
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
    rules = rule_set_of(election.rule_layers).rules()
    if election.admission_outcome == rules.system.MAJORITY.value and rules.system is not rules.system.MAJORITY:
        return rules.for_majority_vote()
    return rules


def _complete(rules: RuleSet) -> None:
    try:
        rules.rules()
    except RuleError as error:
        raise Refused(str(error)) from error
