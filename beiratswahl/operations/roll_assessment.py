"""Prüfung eines ganzen Registers: the law asked once for each combination of facts. Needs no database, so that any process may do it."""

from typing import NamedTuple

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Election as ElectionFacts
from beiratswahl.law.facts import Person, Residence, fact_date
from beiratswahl.law.suffrage import Decision, Suffrage
from beiratswahl.operations.register_values import Reading

SOME_FOREIGN_KEY = "163"


class Electorate(NamedTuple):
    """Wählerschaft: everything but the person that a decision depends on."""

    suffrage: Suffrage
    election: ElectionFacts

    @property
    def area(self) -> tuple[str, ...]:
        """AGS of the Wahlgebiet, in a fixed order."""
        return tuple(sorted(self.election.area))


class Assessment:
    """Prüfung aller Personen: gives each decision a number, and knows which dates the law treats alike.

    Attributes:
        electorate: for whom it decides.
        decisions: every decision given so far; its place is its number.
        latest_birth, latest_arrival: "YYYY-MM-DD", the last days that are early enough; whole dates before them are decided like them.

    Args:
        electorate: for whom to decide.

    Raises:
        RuleToBeConfirmed: a rule on which decisions depend is not confirmed yet.
    """

    def __init__(self, electorate: Electorate) -> None:
        self.electorate = electorate
        self.decisions: list[Decision] = []
        self.in_area = electorate.election.holds
        self._assessor = Assessor(electorate.suffrage, electorate.election)
        self._numbers: dict[int, int] = {}
        self.latest_birth = self._assessor.latest_birth.isoformat()
        self.latest_arrival = self._assessor.latest_arrival.isoformat()
        self._kinds: dict[tuple[int, ...], int] = {}
        someone, long_ago = self._someone, f"{electorate.election.day.year - 60}-01-01"
        self._kinds_of_age: Reading[str, int] = Reading(lambda birth_date: self._kind(someone(birth_date, long_ago)))
        self._kinds_of_stay: Reading[str, int] = Reading(
            lambda moved_in: self._kind(someone(long_ago, moved_in), someone(long_ago, moved_in, main=False))
        )
        #: decisions that are compared by identity stay alive
        self._compared: list[Decision] = []

    def number(self, person: Person) -> int:
        """Entscheide über eine Person; the number of the decision."""
        decision = self._assessor.decide(person)
        number = self._numbers.get(id(decision))
        if number is None:
            number = self._numbers[id(decision)] = len(self.decisions)
            self.decisions.append(decision)
        return number

    def kind_of_age(self, birth_date: str) -> int:
        """Art des Alters: a number equal for birth dates with which the law decides alike about anybody who never applied."""
        if birth_date[8:] != "00":
            # Whoever was born earlier than the latest day the law accepts is no younger.
            birth_date = max(birth_date, self.latest_birth)
        return self._kinds_of_age[birth_date]

    def kind_of_stay(self, moved_in: str) -> int:
        """Art der Wohndauer: a number equal for days of moving in with which the law decides alike about anybody who stayed since."""
        if moved_in[8:] != "00":
            moved_in = max(moved_in, self.latest_arrival)
        return self._kinds_of_stay[moved_in]

    def _kind(self, *persons: Person) -> int:
        # Decisions on somebody who fails at nothing else show in their reasons what the law makes of the date.
        decisions = tuple(map(self._assessor.decide, persons))
        known = self._kinds.get(tuple(map(id, decisions)))
        if known is None:
            self._compared.extend(decisions)
            known = self._kinds[tuple(map(id, decisions))] = len(self._kinds)
        return known

    def _someone(self, birth_date: str, moved_in: str, *, main: bool = True) -> Person:
        home = Residence(f"{self.electorate.area[0]:0<8}", main, fact_date(moved_in))
        return Person(fact_date(birth_date), (SOME_FOREIGN_KEY,), (home,))
