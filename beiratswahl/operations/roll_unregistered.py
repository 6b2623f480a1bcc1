"""Personen, die von der Meldepflicht befreit sind (§ 26 BMG): not in the register, entered on application only."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.register_names import InvisibleSigns, composed
from beiratswahl.operations.register_values import ResidenceStatus, Unreadable, read_birth_date, read_date, read_nationalities, read_sex
from beiratswahl.operations.roll_applications import ApplicationData, ApplicationOutcome, apply_for, check_data
from beiratswahl.operations.roll_casework import casework_of
from beiratswahl.operations.roll_decisions import decide_anew
from beiratswahl.operations.roll_facts import NOTHING, REGISTER_COLUMNS, FactReader
from beiratswahl.operations.roll_verdicts import Verdicts
from beiratswahl.operations.setup import rules_of
from beiratswahl.store.spelling import search_words
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election

PREFIX = "§26-"


@dataclass(frozen=True, slots=True)
class UnregisteredPerson:
    """Angaben einer Person ohne Meldepflicht, as she affirms them; dates as an official types them ("TT.MM.JJJJ").

    Attributes:
        ags: municipality of the affirmed residence; must belong to the Wahlgebiet.
        residence_since: since when she has lived there.
        district: Stimmbezirk in the register's words, "" for none.
    """

    family_name: str
    given_names: str
    birth_date: str
    sex: str
    nationalities: str
    ags: str
    residence_since: str
    street: str
    house_number: str
    postcode: str
    town: str
    district: str = ""


def record_unregistered(desk: Desk, election_id: int, data: UnregisteredPerson, application: ApplicationData) -> ApplicationOutcome:
    """Antrag einer von der Meldepflicht befreiten Person erfassen.

    Source: § 26 BMG [V]; § 11a KWO: entered on application only, with an affirmation of the residence [V].

    Args:
        desk: where the official works.
        election_id: the election.
        data: what she affirms.
        application: the application; the affirmation is its proof.

    Returns:
        Whether it came in time, and the verdict that holds.

    Raises:
        Refused: a value cannot be read, the residence lies outside the Wahlgebiet, the same person was taken in already, or as for
            `record_application`.
    """
    check_data(application)
    values = _read(data)
    election = desk.session.get_one(Election, election_id)
    subject = f"{values['family_name']}, {values['given_names']} (§ 26 BMG)"
    with desk.act(Act.APPLICATION_RECORDED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        session = desk.session
        verdicts = Verdicts(session, election, rules_of(session, election_id))
        _check_area(verdicts, data.ags)
        _refuse_twice(session, election_id, values)
        others = select(func.count()).where(RegisteredPerson.election_id == election_id, RegisteredPerson.import_id.is_(None))
        values["register_number"] = f"{PREFIX}{(session.scalar(others) or 0) + 1}"
        stored = tuple(values[name] for name in REGISTER_COLUMNS)
        person = RegisteredPerson(
            municipality_id=election.municipality_id,
            election_id=election_id,
            search_words=search_words(str(values["family_name"]), str(values["given_names"])),
            import_id=None,
            missing_since_import_id=None,
            verdict_id=verdicts.verdict_id(FactReader().person(stored, registered=False)),
            decision_number=1,
            decided_at_utc=clock.now(),
            **values,
        )
        session.add(person)
        session.flush()
        outcome = apply_for(desk, person, application)
        entry.note(person_id=person.id, application_id=outcome.application_id, in_time=outcome.in_time, entitled=outcome.entitled)
        entry.note(second_look=outcome.waits)
        return outcome


def correct_unregistered(desk: Desk, person_id: int, data: UnregisteredPerson, reason: str) -> None:
    """Angaben einer Person ohne Meldepflicht berichtigen; she is decided anew, the earlier decision is kept with its facts.

    Raises:
        Refused: the person is registered, no reason, a value cannot be read, or the residence lies outside the Wahlgebiet.
    """
    values = _read(data)
    subject = f"{values['family_name']}, {values['given_names']} (§ 26 BMG)"
    person = desk.session.get_one(RegisteredPerson, person_id)
    act = desk.act(Act.UNREGISTERED_CORRECTED, subject, municipality_id=person.municipality_id, election_id=person.election_id)
    with act as entry:
        session = desk.session
        person = session.get_one(RegisteredPerson, person_id, with_for_update=True)
        if person.import_id is not None:
            raise Refused(
                "Diese Person steht im Melderegister. Ihre Angaben berichtigt die Meldebehörde; der nächste Auszug bringt sie mit."
            )
        if not reason.strip():
            raise Refused("Bitte schreiben Sie, worauf die Berichtigung beruht.")
        election = session.get_one(Election, person.election_id)
        verdicts = Verdicts(session, election, rules_of(session, election.id))
        _check_area(verdicts, data.ags)
        changes = {name: value for name, value in values.items() if name not in {"register_number", "blocks"}}
        entry.note(person_id=person_id, changed=sorted(name for name, value in changes.items() if getattr(person, name) != value))
        changes["search_words"] = search_words(str(values["family_name"]), str(values["given_names"]))
        casework = casework_of(session, election.id, [person_id]).get(person_id, NOTHING)
        decide_anew(session, person, casework, verdicts, f"Angaben berichtigt: {reason.strip()}", changes)
        entry.note(reason=reason.strip(), decision_number=person.decision_number)


def _refuse_twice(session: Session, election_id: int, values: Mapping[str, object]) -> None:
    told = ("family_name", "given_names", "birth_date", "street", "house_number", "postcode", "town")
    same = (getattr(RegisteredPerson, name) == values[name] for name in told)
    known = select(RegisteredPerson.id).where(RegisteredPerson.election_id == election_id, RegisteredPerson.import_id.is_(None), *same)
    if session.scalars(known).first() is not None:
        raise Refused(
            "Diese Person ist schon aufgenommen, mit gleichem Namen, Geburtsdatum und gleicher Anschrift. Suchen Sie sie im "
            "Wählerverzeichnis; dort lässt sich ein weiterer Antrag erfassen."
        )


def _check_area(verdicts: Verdicts, ags: str) -> None:
    if not verdicts.in_area(ags):
        raise Refused(f"Die Gemeinde {ags} gehört nicht zum Wahlgebiet. Wählen kann nur, wer dort wohnt.")


def _read(data: UnregisteredPerson) -> dict[str, object]:
    try:
        values: dict[str, object] = dict.fromkeys(REGISTER_COLUMNS, "")
        for name in ("family_name", "given_names", "street", "house_number", "postcode", "town", "district", "ags"):
            values[name] = composed(getattr(data, name))
        values["birth_date"] = read_birth_date(data.birth_date)
        values["sex"] = read_sex(data.sex)
        values["nationalities"] = read_nationalities(data.nationalities)
        values["moved_in"] = read_date(data.residence_since)
    except Unreadable as fault:
        raise Refused(f"{fault.what} {fault.why}") from fault
    except InvisibleSigns as signs:
        raise Refused(f"Eine Angabe enthält unsichtbare Zeichen: {signs}. Bitte tippen Sie sie neu ein.") from signs
    if not values["family_name"] or not values["moved_in"]:
        raise Refused("Familienname und Beginn der Wohnung müssen angegeben sein; davon hängen Eintrag und Dreimonatsfrist ab.")
    values["residence_status"] = ResidenceStatus.MAIN.value
    values["excluded"] = False
    return values
