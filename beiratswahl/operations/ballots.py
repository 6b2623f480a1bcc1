"""The ballot paper of an election, and ballots as the archive keeps them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Text, bindparam, cast, select
from sqlalchemy.orm import Session

from beiratswahl.law.admission import Outcome
from beiratswahl.law.ballot_papers import Ballot, BallotPaper, Finding, PaperCandidate, PaperList, WriteIn
from beiratswahl.law.ballots import paper_of
from beiratswahl.law.rules import NominationModel, Rules, RuleToBeConfirmed, System
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.setup import rules_in_force, still_open
from beiratswahl.store.read.nominations import NominationView, nominations
from beiratswahl.store.tables.setup import Election

#: the one list of the person model, which nobody can mark
ALL_PERSONS = "alle"


@dataclass(frozen=True, slots=True)
class Paper:
    """Stimmzettelmuster with the words for its keys.

    Attributes:
        law: the paper as the law adjudicates it.
        names: words for the keys of lists ("Liste 3 – Kennwort") and candidates ("304 Kaya, Ayşe").
        nominations: the admitted nominations in printed order.
        made_of: outcome of the admission and rules, as stored, from which the paper was made.
    """

    law: BallotPaper
    names: Mapping[str, str]
    nominations: tuple[NominationView, ...]
    made_of: tuple[str, str]

    @property
    def rules(self) -> Rules:
        """The rules of the election."""
        return self.law.rules

    @property
    def gone(self) -> dict[str, str]:
        """Who stands on the paper and can take no seat any more, with the German word for why (law.departures)."""
        people = (person for of in self.nominations for person in of.standing if not person.electable)
        return {person.ballot_number or "": person.departed for person in people}

    @property
    def lists_can_be_marked(self) -> bool:
        """Whether the paper has a Kopfleiste to mark."""
        return self.rules.list_mark and ALL_PERSONS not in self.law.lists


def ballot_paper(session: Session, election_id: int) -> Paper:
    """Stimmzettelmuster of an election.

    Raises:
        Refused: nominations are not closed, there is no election, or a rule of the count is not confirmed.
    """
    outcome, layers = session.execute(_MADE_OF, {"election_id": election_id}).one()
    return _prepared(outcome, layers, nominations(session, election_id))


def paper_within_act(session: Session, election_id: int, seen: Paper | None) -> Paper:
    """The paper inside an act: the one the page has read already, when neither admission nor rules have changed since.

    Raises:
        Refused: nominations are not closed, there is no election, or a rule of the count is not confirmed.
    """
    # admitted nominations are closed: what could still change under a page are the outcome of the admission and the rules
    if seen is not None and tuple(session.execute(_MADE_OF, {"election_id": election_id}).one()) == seen.made_of:
        return seen
    return ballot_paper(session, election_id)


_MADE_OF = select(Election.admission_outcome, cast(Election.rule_layers, Text)).where(Election.id == bindparam("election_id"))


@lru_cache(maxsize=64)
def _prepared(outcome: str, layers: str, received: tuple[NominationView, ...]) -> Paper:
    # remembered by everything it is made of, and by nothing else: a paper that no longer holds cannot be handed out
    if outcome == Outcome.NO_ELECTION.value:
        raise Refused("Die Wahl findet nicht statt (§ 56 Abs. 3 GemO); es gibt keinen Stimmzettel.")
    admitted = tuple(of for of in received if of.number is not None)
    if not admitted:
        raise Refused("Die Wahlvorschläge sind noch nicht zugelassen; es gibt noch keinen Stimmzettel.")
    rules = rules_in_force(json.loads(layers), outcome)
    try:
        law = paper_of(rules, _lists(rules, admitted))
    except RuleToBeConfirmed as error:
        raise Refused(still_open(error)) from error
    return Paper(law, _names(admitted), admitted, (outcome, layers))


def ballot_of(content: Mapping[str, Any]) -> Ballot:
    """A ballot from its stored form."""
    return Ballot(
        list_marks=tuple(content.get("list_marks", ())),
        marks=dict(content.get("marks", {})),
        struck=tuple(content.get("struck", ())),
        write_ins=tuple(WriteIn(entry["text"], entry["person"], entry["eligible"]) for entry in content.get("write_ins", ())),
        findings=tuple(Finding(name) for name in content.get("findings", ())),
        voided=tuple(content.get("voided", ())),
    )


def stored(ballot: Ballot) -> dict[str, Any]:
    """The stored form of a ballot; `ballot_of` reads it back unchanged."""
    return {
        "list_marks": list(ballot.list_marks),
        "marks": dict(ballot.marks),
        "struck": list(ballot.struck),
        "write_ins": [{"text": entry.text, "person": entry.person, "eligible": entry.eligible} for entry in ballot.write_ins],
        "findings": [finding.value for finding in ballot.findings],
        "voided": list(ballot.voided),
    }


def _lists(rules: Rules, admitted: tuple[NominationView, ...]) -> list[PaperList]:
    if rules.system is System.MAJORITY and rules.nomination_model is NominationModel.PERSON:
        persons = [person for of in admitted for person in of.standing]
        persons.sort(key=lambda person: int(person.ballot_number or 0))
        return [PaperList(ALL_PERSONS, tuple(PaperCandidate(person.ballot_number or "") for person in persons))]
    return [
        PaperList(str(of.number), tuple(PaperCandidate(person.ballot_number or "", person.named) for person in of.standing))
        for of in admitted
    ]


def _names(admitted: tuple[NominationView, ...]) -> dict[str, str]:
    names = {str(of.number): f"Liste {of.number} – {of.keyword}" for of in admitted}
    for of in admitted:
        names.update({person.ballot_number or "": f"{person.ballot_number} {person.name}" for person in of.standing})
    return names
