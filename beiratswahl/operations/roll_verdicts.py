"""Entscheidungen über das Wahlrecht, each wording stored once for all persons it fits."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Election as ElectionFacts
from beiratswahl.law.facts import Person, Residence, fact_date
from beiratswahl.law.rules import Rules, RuleToBeConfirmed
from beiratswahl.law.suffrage import Decision, suffrage_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.register_values import Reading
from beiratswahl.store.tables.roll import RollVerdict
from beiratswahl.store.tables.setup import Election

SOME_FOREIGN_KEY = "163"


class Verdicts:
    """Entscheider einer Wahl: asks the law and finds or stores the verdict's row.

    Attributes:
        rules_digest: hash of everything but the person that a decision depends on.
        area: AGS of the Wahlgebiet.

    Args:
        session: in a writing transaction, unless `keeps` is False.
        election: the election.
        rules: its rules.
        keeps: False for a dry run: verdicts nobody has received yet get negative numbers and are not stored.

    Raises:
        Refused: a rule on which decisions depend is not confirmed yet.
    """

    def __init__(self, session: Session, election: Election, rules: Rules, *, keeps: bool = True) -> None:
        suffrage = suffrage_of(rules)
        try:
            self._assessor = Assessor(suffrage, ElectionFacts(election.day, frozenset(election.area)))
        except RuleToBeConfirmed as open_rule:
            raise Refused(f"Über das Wahlrecht kann noch nicht entschieden werden: {open_rule}") from open_rule
        self._latest_birth = self._assessor.latest_birth.isoformat()
        self._latest_arrival = self._assessor.latest_arrival.isoformat()
        self._session = session
        self._election = election
        self._version = rules.version.value
        self.rules_digest = _digest([self._version, suffrage._asdict(), election.day.isoformat(), sorted(election.area)])
        self._keeps = keeps
        self._ids: dict[int, int] = {}
        self._words: dict[int, dict[str, Any]] = {}
        query = select(RollVerdict.id).where(RollVerdict.election_id == election.id, RollVerdict.rules_digest == self.rules_digest)
        self._of_these_rules = frozenset(session.scalars(query))
        self._kept: list[Decision] = []
        self.area = tuple(election.area)
        self._kinds: dict[tuple[int, ...], int] = {}
        someone, long_ago = self._someone, f"{election.day.year - 60}-01-01"
        self._kinds_of_age: Reading[str, int] = Reading(lambda birth_date: self._kind(someone(birth_date, long_ago)))
        self._kinds_of_stay: Reading[str, int] = Reading(
            lambda moved_in: self._kind(someone(long_ago, moved_in), someone(long_ago, moved_in, main=False))
        )

    def in_area(self, ags: str) -> bool:
        """True when the municipality belongs to the Wahlgebiet."""
        return self._assessor.election.holds(ags)

    def holds(self, verdict_id: int) -> bool:
        """True when the verdict was given before this act, under the rules as they are."""
        return verdict_id in self._of_these_rules

    def kind_of_age(self, birth_date: str) -> int:
        """Art des Alters: a number equal for birth dates with which the law decides alike about anybody who never applied."""
        if birth_date[8:] != "00":
            # Whoever was born earlier than the latest day the law accepts is no younger.
            birth_date = max(birth_date, self._latest_birth)
        return self._kinds_of_age[birth_date]

    def kind_of_stay(self, moved_in: str) -> int:
        """Art der Wohndauer: a number equal for days of moving in with which the law decides alike about anybody who stayed since."""
        if moved_in[8:] != "00":
            moved_in = max(moved_in, self._latest_arrival)
        return self._kinds_of_stay[moved_in]

    def _kind(self, *persons: Person) -> int:
        # Decisions on somebody who fails at nothing else show in their reasons what the law makes of the date.
        decisions = tuple(map(self._assessor.decide, persons))
        known = self._kinds.get(tuple(map(id, decisions)))
        if known is None:
            # The decisions are kept, so that their identity stays their own.
            self._kept.extend(decisions)
            known = self._kinds[tuple(map(id, decisions))] = len(self._kinds)
        return known

    def _someone(self, birth_date: str, moved_in: str, *, main: bool = True) -> Person:
        home = Residence(f"{self.area[0]:0<8}", main, fact_date(moved_in))
        return Person(fact_date(birth_date), (SOME_FOREIGN_KEY,), (home,))

    def verdict_id(self, person: Person) -> int:
        """Entscheide über eine Person; the id of the verdict's row."""
        decision = self._assessor.decide(person)
        known = self._ids.get(id(decision))
        return known if known is not None else self._store(decision)

    def _store(self, decision: Decision) -> int:
        plain = _plain(decision)
        digest = _digest([self.rules_digest, plain])
        query = select(RollVerdict).where(RollVerdict.election_id == self._election.id, RollVerdict.digest == digest)
        row = self._session.scalars(query).first()
        verdict_id = row.id if row is not None else self._insert(digest, plain) if self._keeps else -1 - len(self._words)
        # The decision is kept, so that its identity stays its own.
        self._kept.append(decision)
        self._ids[id(decision)] = verdict_id
        self._words[verdict_id] = plain
        return verdict_id

    def words(self, verdict_id: int) -> dict[str, Any]:
        """The wording of a verdict, its fields as in `RollVerdict`; also of one that is not stored."""
        if verdict_id not in self._words:
            row = self._session.get_one(RollVerdict, verdict_id)
            self._words[verdict_id] = {name: getattr(row, name) for name in ("entitled", "category", "grounds", "entry", "reasons")}
        return self._words[verdict_id]

    def _insert(self, digest: str, plain: dict[str, Any]) -> int:
        row = RollVerdict(
            municipality_id=self._election.municipality_id,
            election_id=self._election.id,
            digest=digest,
            rules_version=self._version,
            rules_digest=self.rules_digest,
            **plain,
        )
        self._session.add(row)
        self._session.flush()
        return row.id


def _plain(decision: Decision) -> dict[str, Any]:
    return {
        "entitled": decision.entitled.value,
        "category": decision.category.value if decision.category else "",
        "grounds": [ground.value for ground in decision.grounds],
        "entry": decision.entry.value if decision.entry else "",
        "reasons": [{"rule": r.rule, "source": r.source, "text": r.text, "met": r.met} for r in decision.reasons],
    }


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
