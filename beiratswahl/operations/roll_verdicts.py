"""Entscheidungen über das Wahlrecht, each wording stored once for all persons it fits."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl.law.eligibility import Assessor
from beiratswahl.law.facts import Election as ElectionFacts
from beiratswahl.law.facts import Person
from beiratswahl.law.rules import Rules, RuleToBeConfirmed
from beiratswahl.law.suffrage import Decision, suffrage_of
from beiratswahl.operations.desk import Refused
from beiratswahl.store.tables.roll import RollVerdict
from beiratswahl.store.tables.setup import Election


class Verdicts:
    """Entscheider einer Wahl: asks the law and finds or stores the verdict's row.

    Attributes:
        rules_digest: hash of everything but the person that a decision depends on.

    Raises:
        Refused: a rule on which decisions depend is not confirmed yet.
    """

    def __init__(self, session: Session, election: Election, rules: Rules) -> None:
        suffrage = suffrage_of(rules)
        try:
            self._assessor = Assessor(suffrage, ElectionFacts(election.day, frozenset(election.area)))
        except RuleToBeConfirmed as open_rule:
            raise Refused(f"Über das Wahlrecht kann noch nicht entschieden werden: {open_rule}") from open_rule
        self._session = session
        self._election = election
        self._version = rules.version.value
        self.rules_digest = _digest([self._version, suffrage._asdict(), election.day.isoformat(), sorted(election.area)])
        self._ids: dict[int, int] = {}
        query = select(RollVerdict.id).where(RollVerdict.election_id == election.id, RollVerdict.rules_digest == self.rules_digest)
        self._of_these_rules = frozenset(session.scalars(query))
        self._kept: list[Decision] = []

    def in_area(self, ags: str) -> bool:
        """True when the municipality belongs to the Wahlgebiet."""
        return self._assessor.election.holds(ags)

    def holds(self, verdict_id: int) -> bool:
        """True when the verdict was given before this act, under the rules as they are."""
        return verdict_id in self._of_these_rules

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
        if row is None:
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
        # The decision is kept, so that its identity stays its own.
        self._kept.append(decision)
        self._ids[id(decision)] = row.id
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
