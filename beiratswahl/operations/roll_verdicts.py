"""Entscheidungen über das Wahlrecht, each wording stored once for all persons it fits."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import __version__
from beiratswahl.law.facts import Election as ElectionFacts
from beiratswahl.law.facts import Person
from beiratswahl.law.rules import Rules, RuleToBeConfirmed
from beiratswahl.law.suffrage import Decision, suffrage_of
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.roll_assessment import Assessment, Electorate
from beiratswahl.operations.setup import still_open
from beiratswahl.store.tables.roll import RollVerdict
from beiratswahl.store.tables.setup import Election


class Verdicts:
    """Entscheider einer Wahl: asks the law and finds or stores the verdict's row.

    Attributes:
        electorate: everything but the person that a decision depends on.
        rules_digest: hash of it and of the version of this program.

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
        self.electorate = Electorate(suffrage, ElectionFacts(election.day, frozenset(election.area)))
        try:
            self._assessment = Assessment(self.electorate)
        except RuleToBeConfirmed as open_rule:
            raise Refused(f"Über das Wahlrecht kann noch nicht entschieden werden: {still_open(open_rule)}") from open_rule
        self._session = session
        self._election = election
        self._version = rules.version.value
        # another version of this program may read a rule otherwise: then the same export is worth deciding again
        self.rules_digest = _digest([__version__, self._version, suffrage._asdict(), election.day.isoformat(), sorted(election.area)])
        self._keeps = keeps
        #: ids of the verdicts by the number of the decision
        self._ids: list[int] = []
        self._words: dict[int, dict[str, Any]] = {}
        query = select(RollVerdict.id).where(RollVerdict.election_id == election.id, RollVerdict.rules_digest == self.rules_digest)
        self._of_these_rules = frozenset(session.scalars(query))

    def in_area(self, ags: str) -> bool:
        """True when the municipality belongs to the Wahlgebiet."""
        return self._assessment.in_area(ags)

    def holds(self, verdict_id: int) -> bool:
        """True when the verdict was given before this act, under the rules as they are."""
        return verdict_id in self._of_these_rules

    def verdict_id(self, person: Person) -> int:
        """Entscheide über eine Person; the id of the verdict's row."""
        number = self._assessment.number(person)
        self._ids.extend(map(self.verdict_of, self._assessment.decisions[len(self._ids) :]))
        return self._ids[number]

    def verdict_of(self, decision: Decision) -> int:
        """The id of the row of a decision's verdict."""
        plain = _plain(decision)
        digest = _digest([self.rules_digest, plain])
        query = select(RollVerdict).where(RollVerdict.election_id == self._election.id, RollVerdict.digest == digest)
        row = self._session.scalars(query).first()
        verdict_id = row.id if row is not None else self._insert(digest, plain) if self._keeps else -1 - len(self._words)
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
