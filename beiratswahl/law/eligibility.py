"""Wahlberechtigung: who may vote, decided person by person, with every reason.

An `Assessor` settles once per election what is the same for everyone (the day of birth that is just old enough, the last day of moving
in, every sentence). People whose facts answer the same questions alike share one `Decision`: a roll of hundreds of thousands costs little.
"""

from datetime import date

from beiratswahl.law.eligibility_reasons import Sentences
from beiratswahl.law.facts import Application, Election, FactDate, Person, Residence, earliest, latest, months_before
from beiratswahl.law.grounds import (
    Birthright,
    GroundFinding,
    Nationality,
    affirmed_ground,
    birthright_of,
    category_of,
    claimed_ground,
    first_ground,
    nationality_of,
)
from beiratswahl.law.residence import Residency, latest_arrival, residency
from beiratswahl.law.rules import Ground, Rules, RuleToBeConfirmed
from beiratswahl.law.suffrage import Decision, Entitlement, Entry, Suffrage, suffrage_of
from beiratswahl.law.trace import Reason

_Key = tuple[bool | None, Residency, bool | None, bool | None, Nationality, tuple[Application, ...], bool, Birthright | None]

_GERMANNESS: dict[Nationality, bool | None] = {
    Nationality.FOREIGN: False,
    Nationality.STATELESS: False,
    Nationality.NOT_GERMAN: False,
    Nationality.DUAL: True,
    Nationality.GERMAN: True,
    Nationality.GERMAN_UNSURE: True,
    Nationality.UNRESOLVED: None,
    Nationality.UNKNOWN: None,
}


def latest_birth(election_day: date, age: int) -> date:
    """Spätester Geburtstag: who was born on this day or before has completed the age on election day; the birthday counts.

    Source: § 56 Abs. 2 Satz 2 GemO [V]; § 187 Abs. 2 Satz 2, § 188 Abs. 2 BGB: who was born on 29 February completes a year in a
    common year at the end of 28 February [G].

    Args:
        election_day: the day of voting.
        age: completed years.

    Returns:
        The last day of birth that is early enough.
    """
    return months_before(election_day, age * 12)


class Assessor:
    """Prüfung der Wahlberechtigung für eine Wahl: decides any number of persons under one set of rules."""

    def __init__(self, suffrage: Suffrage, election: Election) -> None:
        """Prepare an election.

        Raises:
            RuleToBeConfirmed: dual nationals or children of naturalised parents are not settled and can matter on that day.
        """
        if suffrage.to_be_confirmed:
            raise RuleToBeConfirmed(suffrage.to_be_confirmed[0])
        self.suffrage = suffrage
        self.election = election
        self.latest_birth = latest_birth(election.day, suffrage.age)
        self.latest_arrival = latest_arrival(election.day, suffrage.residence_months)
        self._sentences = Sentences(suffrage, self.latest_birth, self.latest_arrival)
        self._decisions: dict[_Key, Decision] = {}

    def decide(self, person: Person) -> Decision:
        """Wahlberechtigung einer Person.

        Source: § 56 Abs. 2 Satz 2 GemO, § 49a Abs. 2 Satz 2 LKO [V]; §§ 1, 2 KWG [V]; §§ 11, 11a KWO [V].

        Args:
            person: what is known; any part may be missing.

        Returns:
            "no" as soon as one condition fails for certain, "unclear" where a missing fact can still decide, else "yes".
        """
        birth, keys, homes, excluded, died, applications, registered = person
        key = (
            self._old_enough(birth),
            self._residency(homes, registered),
            died is None or self._alive(died),
            excluded,
            nationality_of(keys),
            applications,
            registered,
            birthright_of(birth) if applications else None,
        )
        decision = self._decisions.get(key)
        if decision is None:
            decision = self._decisions[key] = self._decision(*key)
        return decision

    def conditions(self, person: Person) -> tuple[Reason, ...]:
        """Allgemeine Voraussetzungen: age, exclusion, death and residence, whatever ground a person has.

        Source: § 56 Abs. 2 Satz 2 GemO, § 49a Abs. 2 Satz 2 LKO [V]; §§ 1, 2 KWG [V].

        Args:
            person: what is known; nationalities and applications are not looked at.

        Returns:
            Every condition, met, not met or open.
        """
        alive = person.died is None or self._alive(person.died)
        lives = self._residency(person.residences, person.registered)
        return self._conditions(self._old_enough(person.birth), lives, alive, person.excluded)

    def _conditions(self, old_enough: bool | None, lives: Residency, alive: bool | None, excluded: bool | None) -> tuple[Reason, ...]:
        return (*self._sentences.personal(old_enough, alive, excluded), *self._sentences.residence(lives))

    def _old_enough(self, birth: FactDate) -> bool | None:
        if latest(birth) <= self.latest_birth:
            return True
        return False if earliest(birth) > self.latest_birth else None

    def _alive(self, died: FactDate) -> bool | None:
        if earliest(died) > self.election.day:
            return True
        return False if latest(died) <= self.election.day else None

    def _residency(self, homes: tuple[Residence, ...] | None, registered: bool) -> Residency:
        # Persons exempt from registration affirm their residence; without dates nothing is refuted (§ 11a KWO).
        if homes is None or (not homes and not registered):
            return Residency.UNKNOWN
        if len(homes) == 1 and self._plainly_settled(homes[0]):
            return Residency.SETTLED
        return residency(self.election, self.latest_arrival, homes)

    def _plainly_settled(self, home: Residence) -> bool:
        # Nearly everybody in a roll: one Hauptwohnung with a full date. This is the short way to what `residency` says of it.
        ags, main, since, until = home
        early = type(since) is date and since <= self.latest_arrival
        return main is True and until is None and early and self.election.holds(ags) and ags not in self.election.incorporated

    def _decision(
        self,
        old_enough: bool | None,
        lives: Residency,
        alive: bool | None,
        excluded: bool | None,
        nationality: Nationality,
        applications: tuple[Application, ...],
        registered: bool,
        born: Birthright | None,
    ) -> Decision:
        conditions = self._conditions(old_enough, lives, alive, excluded)
        impossible = any(condition.met is False for condition in conditions)
        first = first_ground(self.suffrage, nationality)
        german = _GERMANNESS[nationality]
        ex_officio = registered and first.holds is not False and (not german or self.suffrage.dual_nationals_ex_officio is True)
        # What the register shows needs no proof, so any application brings NR1 with it; without the register it is affirmed.
        shown = first if registered else affirmed_ground(self.suffrage, first, applications)
        claims = tuple(
            claimed_ground(self.suffrage, claim, german, born or Birthright.UNKNOWN)
            for claim in applications
            if claim.ground is not Ground.NR1
        )
        ground = _best((shown, *claims)) if ex_officio or applications else False
        entry = self._entry(first, shown, claims, applications, ex_officio, registered, german)
        entitled = _entitlement((ground, *(condition.met for condition in conditions)))
        reasons = (
            shown.reason if applications else first.reason,
            *(claim.reason for claim in claims),
            *conditions,
            *(() if impossible and ground is not False else self._sentences.entry(entry, ground, ex_officio, registered)),
        )
        # An unclear nationality is no ground yet, unless somebody who has to apply claims it.
        named = first.holds or (shown.holds is None and not ex_officio and any(claim.ground is Ground.NR1 for claim in applications))
        return Decision(
            entitled,
            category_of(nationality, claims),
            _grounds(entitled, (first, *claims) if named else claims),
            None if impossible else entry,
            tuple(reason for reason in reasons if _matters(entitled, reason)),
        )

    def _entry(
        self,
        first: GroundFinding,
        shown: GroundFinding,
        claims: tuple[GroundFinding, ...],
        applications: tuple[Application, ...],
        ex_officio: bool,
        registered: bool,
        german: bool | None,
    ) -> Entry | None:
        if ex_officio and first.holds:
            return Entry.EX_OFFICIO
        if any(claim.holds is not False for claim in claims):
            return Entry.APPLICATION
        if ex_officio:
            return None
        if applications:
            return None if shown.holds is False else Entry.APPLICATION
        # Nobody has applied yet; a German may hold any NR2, and who is exempt from registration can be entered no other way.
        may_claim = german and self.suffrage.admits_dual_nationals
        return Entry.APPLICATION if first.holds or may_claim or not registered else None


def decide(rules: Rules, election: Election, person: Person) -> Decision:
    """Wahlberechtigung: whether one person may vote in an election.

    Source: § 56 Abs. 2 Satz 2 GemO, § 49a Abs. 2 Satz 2 LKO [V]; §§ 1, 2 KWG [V].

    Args:
        rules: rules of the election.
        election: day and area.
        person: what is known of the person.

    Returns:
        The decision with every reason. For many persons keep one `Assessor`.

    Raises:
        RuleToBeConfirmed: dual nationals or children of naturalised parents are not settled and can matter on that day.
    """
    return Assessor(suffrage_of(rules), election).decide(person)


def _best(findings: tuple[GroundFinding, ...]) -> bool | None:
    # One ground is enough (§ 56 Abs. 2 Satz 2 GemO: "oder").
    states = [finding.holds for finding in findings]
    if True in states:
        return True
    return None if None in states else False


def _entitlement(states: tuple[bool | None, ...]) -> Entitlement:
    # All conditions together: one that fails decides, whatever else is open.
    if False in states:
        return Entitlement.NO
    return Entitlement.UNCLEAR if None in states else Entitlement.YES


def _matters(entitled: Entitlement, reason: Reason) -> bool:
    # A further ground that fails does not speak against somebody whom another ground carries.
    if entitled is Entitlement.YES:
        return reason.met is True
    return entitled is Entitlement.NO or reason.met is not False


def _grounds(entitled: Entitlement, findings: tuple[GroundFinding, ...]) -> tuple[Ground, ...]:
    # A claim that still waits for its proof is a ground of an open decision, not of a positive one.
    wanted = {True} if entitled is Entitlement.YES else {True, None}
    return tuple(sorted(finding.ground for finding in findings if finding.holds in wanted))
