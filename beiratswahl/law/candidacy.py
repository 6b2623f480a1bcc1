"""Wählbarkeit: who may stand: everybody entitled to vote, and every Bürger of the municipality."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from beiratswahl.law.eligibility import Assessor, latest_birth
from beiratswahl.law.facts import GERMAN, Election, Person, latest
from beiratswahl.law.rules import Rules
from beiratswahl.law.suffrage import Decision, Entitlement, Suffrage, suffrage_of
from beiratswahl.law.trace import Reason

_ALWAYS = date.min
# Member states of the European Union: key of the Statistisches Bundesamt to the first day of membership.
UNION_SINCE = {
    **dict.fromkeys(("124", "126", "129", "134", "135", "137", "143", "148", "153", "161"), _ALWAYS),
    **dict.fromkeys(("128", "151", "157"), date(1995, 1, 1)),
    **dict.fromkeys(("127", "131", "139", "142", "145", "152", "155", "164", "165", "181"), date(2004, 5, 1)),
    **dict.fromkeys(("125", "154"), date(2007, 1, 1)),
    "130": date(2013, 7, 1),
}
# The United Kingdom left on 31.01.2020.
BRITISH, BRITISH_UNTIL = "168", date(2020, 1, 31)

_MAJORITY_AGE = 18

_CITIZEN: dict[bool | None, str] = {
    True: "Ist Deutsche oder Deutscher oder besitzt die Staatsangehörigkeit eines Mitgliedstaates der Europäischen Union.",
    False: "Ist weder deutsch noch Unionsbürger und damit nicht Bürger der Gemeinde.",
    None: "Die Staatsangehörigkeit ist nicht bekannt.",
}
_OFFICE: dict[bool | None, str] = {
    True: "Besitzt infolge Richterspruchs die Wählbarkeit oder die Fähigkeit zur Bekleidung öffentlicher Ämter nicht.",
    False: "Wählbarkeit und Fähigkeit zur Bekleidung öffentlicher Ämter sind nicht aberkannt.",
    None: "Ob Wählbarkeit und Amtsfähigkeit aberkannt sind, ist nicht bekannt.",
}
_HOME_STATE: dict[bool | None, str] = {
    True: "Hat im Herkunftsmitgliedstaat die Wählbarkeit verloren.",
    False: "Hat im Herkunftsmitgliedstaat die Wählbarkeit nicht verloren.",
    None: "Die Erklärung zur Wählbarkeit im Herkunftsmitgliedstaat fehlt.",
}
_CONSENT: dict[bool | None, str] = {
    True: "Die gesetzlichen Vertreter stimmen der Bewerbung zu.",
    False: "Die gesetzlichen Vertreter stimmen der Bewerbung nicht zu.",
    None: "Wer am Wahltag noch minderjährig ist, braucht die Zustimmung der gesetzlichen Vertreter; sie fehlt.",
}


class Footing(StrEnum):
    """Grundlage der Wählbarkeit."""

    ELIGIBLE_PERSON = "Wahlberechtigte"
    CITIZEN = "Bürger"


class CandidateFacts(NamedTuple):
    """Tatsachen zur Bewerbung beyond those of the register.

    Attributes:
        parental_consent: whether the legal representatives of a minor agree; None not handed in yet.
        office_barred: whether a court has taken the right to stand or to hold public office.
        home_state_barred: whether a Union citizen has lost the right to stand in the state of origin.
    """

    parental_consent: bool | None = None
    office_barred: bool | None = False
    home_state_barred: bool | None = False


class Candidacy(NamedTuple):
    """Entscheidung über die Wählbarkeit.

    Attributes:
        eligible: yes, no or unclear.
        footing: on which footing; None where neither is proven.
        reasons: every condition of that footing; for no of both footings.
    """

    eligible: Entitlement
    footing: Footing | None
    reasons: tuple[Reason, ...]


def is_union_citizen(keys: tuple[str, ...], day: date) -> bool:
    """Unionsbürger: whether a nationality belongs to a member state of the European Union on that day.

    Source: Art. 20 AEUV and the treaties of accession [G].
    """
    return any(UNION_SINCE.get(key, date.max) <= day or (key == BRITISH and day <= BRITISH_UNTIL) for key in keys)


def stand(rules: Rules, election: Election, person: Person, facts: CandidateFacts) -> Candidacy:
    """Wählbarkeit einer Person.

    Source: § 56 Abs. 2 GemO: Wahlberechtigte and Bürger [V]; § 13 GemO, § 1 KWG: Bürger [V]; § 4 Abs. 2 KWG entsprechend [Vo];
    consent for minors: §§ 1626, 1629 BGB [S]. Being entered in the roll is not asked for, only the ground [I].

    Args:
        rules: rules of the election.
        election: day and area.
        person: what the register and applications say.
        facts: what the candidacy adds.

    Returns:
        "yes" when one footing holds and nothing bars the person; "no" when both fail or a bar is proven; "unclear" otherwise.

    Raises:
        RuleToBeConfirmed: an open rule of the electorate that can matter has no value.
    """
    suffrage = suffrage_of(rules)
    candidate_suffrage = suffrage._replace(age=suffrage.candidate_age)
    entitled = Assessor(candidate_suffrage, election).decide(person)
    bars = _bars(election, person, facts)
    footings = [(Footing.ELIGIBLE_PERSON, _by_entitlement(entitled))]
    if suffrage.citizens_may_stand:
        footings.append((Footing.CITIZEN, _as_citizen(candidate_suffrage, election, person)))
    return _best_footing(footings, bars)


def _best_footing(footings: list[tuple[Footing, tuple[Reason, ...]]], bars: tuple[Reason, ...]) -> Candidacy:
    for verdict in (Entitlement.YES, Entitlement.UNCLEAR):
        for footing, reasons in footings:
            if _verdict((*reasons, *bars)) is verdict:
                return Candidacy(verdict, footing, (*reasons, *bars))
    every = dict.fromkeys((*(reason for _, reasons in footings for reason in reasons), *bars))
    return Candidacy(Entitlement.NO, None, tuple(every))


def _verdict(reasons: tuple[Reason, ...]) -> Entitlement:
    states = [reason.met for reason in reasons]
    if False in states:
        return Entitlement.NO
    return Entitlement.UNCLEAR if None in states else Entitlement.YES


def _by_entitlement(decision: Decision) -> tuple[Reason, ...]:
    # Whoever holds a ground that the register shows is wahlberechtigt even before applying for the roll.
    shown = any(reason.rule == "foreign_nationality" and reason.met for reason in decision.reasons)
    return tuple(reason for reason in decision.reasons if not (shown and reason.rule == "entry"))


def _as_citizen(suffrage: Suffrage, election: Election, person: Person) -> tuple[Reason, ...]:
    # § 13 GemO: Germans and Union citizens of 18 years with three months of residence; the other conditions are those of the electorate.
    keys = person.nationalities
    citizen = (GERMAN in keys or is_union_citizen(keys, election.day)) if keys else None
    conditions = Assessor(suffrage._replace(age=_MAJORITY_AGE), election).conditions(person)
    return (Reason("citizen", "§ 56 Abs. 2, § 13 GemO", _CITIZEN[citizen], citizen), *conditions)


def _bars(election: Election, person: Person, facts: CandidateFacts) -> tuple[Reason, ...]:
    reasons = [_bar("office", _OFFICE, facts.office_barred)]
    if GERMAN not in person.nationalities and is_union_citizen(person.nationalities, election.day):
        reasons.append(_bar("home_state", _HOME_STATE, facts.home_state_barred))
    if latest(person.birth) > latest_birth(election.day, _MAJORITY_AGE):
        consent = facts.parental_consent
        reasons.append(Reason("parental_consent", "§§ 1626, 1629 BGB", _CONSENT[consent], consent))
    return tuple(reasons)


def _bar(rule: str, texts: dict[bool | None, str], barred: bool | None) -> Reason:
    return Reason(rule, "§ 4 Abs. 2 KWG", texts[barred], None if barred is None else not barred)
