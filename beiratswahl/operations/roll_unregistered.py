"""Personen, die von der Meldepflicht befreit sind (§ 26 BMG): not in the register, entered on application only."""

from dataclasses import dataclass

from sqlalchemy import func, select

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.register_names import InvisibleSigns, composed
from beiratswahl.operations.register_values import ResidenceStatus, Unreadable, read_birth_date, read_date, read_nationalities, read_sex
from beiratswahl.operations.roll_applications import ApplicationData, ApplicationOutcome, apply_for, check_data
from beiratswahl.operations.roll_facts import REGISTER_COLUMNS, FactReader
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
        Refused: a value cannot be read, the residence lies outside the Wahlgebiet, or as for `record_application`.
    """
    check_data(application)
    values = _read(data)
    election = desk.session.get_one(Election, election_id)
    subject = f"{values['family_name']}, {values['given_names']} (§ 26 BMG)"
    with desk.act(Act.APPLICATION_RECORDED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        session = desk.session
        verdicts = Verdicts(session, election, rules_of(session, election_id))
        if not verdicts.in_area(data.ags):
            raise Refused(f"Die Gemeinde {data.ags} gehört nicht zum Wahlgebiet. Wählen kann nur, wer dort wohnt.")
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
        return outcome


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
