"""Angaben und Regeln einer Wahl ändern, as long as nothing rests on them; an election that holds nothing yet can be removed."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from beiratswahl.law.rule_layers import Origin, RuleError
from beiratswahl.law.rule_parameters import PARAMETERS
from beiratswahl.law.rule_sets import RuleSet, rule_set_of
from beiratswahl.law.rule_values import plain
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.reasons import reason_given
from beiratswahl.operations.setup import SETTLED_AFTER_COUNTING, checked_area, in_words, refuse_contradictions
from beiratswahl.store.tables.accounts import Permit
from beiratswahl.store.tables.base import Base
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.electoral_roll import ElectoralRoll
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from beiratswahl.store.tables.setup import Election, PollingDistrict

DAY, AREA, CITATION = "day", "area", "bylaw_citation"
#: what the admission of nominations rests on
ADMISSION_RULES = frozenset(
    {
        *(DAY, "system", "nomination_model", "seats", "votes", "max_votes_per_candidate", "cross_lists", "list_mark", "write_ins"),
        *("switch_to_majority_if_single_list", "max_named", "max_candidates_factor", "nominators", "nomination_meeting"),
        *("support_signatures", "ballot_order", "candidate_age", "nomination_deadline", "admission_deadline"),
    }
)
#: what the decisions on persons rest on
ROLL_RULES = frozenset(
    {
        *(DAY, AREA, "age", "candidate_age", "residence_months", "dual_nationals_ex_officio", "children_of_naturalised"),
        *("application_deadline", "register_key_date", "inspection_period"),
    }
)
#: follows from the municipality and the day; nobody states it
DERIVED = frozenset({"version", "level"})
#: what belongs to setting up, and goes with the election
SET_UP_TABLES = frozenset({PollingDistrict.__tablename__, JournalEntry.__tablename__})


@dataclass(frozen=True, slots=True)
class ElectionBasics:
    """Angaben zur Wahl: the day, the Wahlgebiet, how the bylaw is cited."""

    day: date
    area: tuple[str, ...]
    bylaw_citation: str


class Standing(NamedTuple):
    """Was schon feststeht: what has happened that rules rest on."""

    roll_closed: bool
    admitted: bool
    counted: bool

    def why_settled(self, key: str) -> str:
        """Why a rule can no longer be changed; empty while it can."""
        if key == CITATION or (self.counted and key in SETTLED_AFTER_COUNTING):
            return ""
        if self.counted:
            return "Die Zählung hat begonnen; die Regeln der Wahl stehen damit fest."
        if self.admitted and key in ADMISSION_RULES:
            return "Der Wahlausschuss hat über die Wahlvorschläge entschieden; was dieser Entscheidung zugrunde lag, steht damit fest."
        if self.roll_closed and key in ROLL_RULES:
            return "Das Wählerverzeichnis ist abgeschlossen; wonach es entschieden wurde, steht damit fest (§ 16 KWO)."
        return ""


def standing(session: Session, election_id: int) -> Standing:
    """What has happened in an election that rules rest on."""
    closed = select(exists().where(ElectoralRoll.election_id == election_id, ElectoralRoll.closed_at_utc.is_not(None)))
    ballots = select(exists().where(RecordedBallot.election_id == election_id))
    admitted = bool(session.get_one(Election, election_id).admission_outcome)
    return Standing(session.scalar(closed) is True, admitted, session.scalar(ballots) is True)


def may_be_stated(key: str) -> bool:
    """Whether a bylaw or notice can say something of its own on a rule."""
    return key in PARAMETERS and key not in DERIVED and not PARAMETERS[key].fixed


def state_rule(desk: Desk, election_id: int, key: str, value: object, origin: Origin, source: str, reason: str) -> bool:
    """Regel nach Satzung oder Bekanntmachung festlegen.

    Source: § 56 Abs. 2 GemO: the bylaw settles the details by the principles of municipal election law [Vo].

    Args:
        desk: who changes it.
        election_id: the election.
        key: name of the rule.
        value: plain value; None where bylaw and notice are silent and the statute holds.
        origin: bylaw or notice.
        source: name and date of the notice; the bylaw is cited as the election cites it.
        reason: where it stands, and why it is changed.

    Returns:
        Whether persons have already been decided on under the former rules; the last export then has to be read in once more.

    Raises:
        Refused: the rule or the value is not allowed, contradicts others, nothing changes, or something rests on the rule already.
    """
    told = reason_given(reason)
    if not may_be_stated(key):
        raise Refused("Diese Regel legt das Gesetz fest; Satzung und Bekanntmachung können sie nicht ändern.")
    election = desk.session.get_one(Election, election_id)
    with desk.act(Act.RULES_CHANGED, PARAMETERS[key].title, municipality_id=election.municipality_id, election_id=election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        _refuse_settled(desk.session, election_id, key)
        before = rule_set_of(election.rule_layers)
        cited = election.bylaw_citation if origin is Origin.BYLAW else source.strip()
        if not cited and value is not None:
            raise Refused("Nennen Sie die Bekanntmachung, in der das steht, mit ihrem Datum.")
        try:
            after = before.stating(origin, key, value, cited or before.notice.source)
        except RuleError as error:
            raise Refused(in_words(error)) from error
        refuse_contradictions(after)
        if after.to_plain() == before.to_plain():
            raise Refused("Es ist nichts geändert.")
        election.rule_layers = after.to_plain()
        entry.note(rule=key, before=_plain_setting(before, key), after=_plain_setting(after, key), source=cited, reason=told)
        return key in ROLL_RULES and _has_persons(desk.session, election_id)


def change_election(desk: Desk, election_id: int, basics: ElectionBasics, reason: str) -> bool:
    """Angaben zur Wahl ändern: day, Wahlgebiet, citation of the bylaw.

    Returns:
        As of `state_rule`.

    Raises:
        Refused: the Wahlgebiet is wrong, another election is held on that day, the rules do not hold then, nothing changes, or something
            rests on what would change.
    """
    told, area, citation = reason_given(reason), checked_area(basics.area), " ".join(basics.bylaw_citation.split())
    election = desk.session.get_one(Election, election_id)
    subject = f"Wahl am {basics.day:%d.%m.%Y}"
    with desk.act(Act.RULES_CHANGED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        election = desk.session.get_one(Election, election_id, with_for_update=True)
        changed = {
            key: (old, new)
            for key, old, new in (
                (DAY, election.day, basics.day),
                (AREA, list(election.area), area),
                (CITATION, election.bylaw_citation, citation),
            )
            if old != new
        }
        if not changed:
            raise Refused("Es ist nichts geändert.")
        for key in changed:
            _refuse_settled(desk.session, election_id, key)
        if DAY in changed:
            _refuse_second_election(desk.session, election, basics.day)
        rules = rule_set_of(election.rule_layers)
        rules = replace(rules, day=basics.day, bylaw=replace(rules.bylaw, source=citation))
        refuse_contradictions(rules)
        election.day, election.area, election.bylaw_citation, election.rule_layers = basics.day, area, citation, rules.to_plain()
        entry.note(**{key: f"{new} (bisher {old})" for key, (old, new) in changed.items()}, reason=told)
        return not ROLL_RULES.isdisjoint(changed) and _has_persons(desk.session, election_id)


def remove_election(desk: Desk, election_id: int, reason: str) -> None:
    """Wahl entfernen that was set up by mistake, with its polling districts; the Amtsbuch keeps what was done.

    Raises:
        Refused: the election holds more than its set-up.
    """
    told = reason_given(reason)
    election = desk.session.get_one(Election, election_id)
    subject = f"Wahl am {election.day:%d.%m.%Y}"
    with desk.act(Act.ELECTION_REMOVED, subject, municipality_id=election.municipality_id, election_id=election_id) as entry:
        for table in Base.metadata.sorted_tables:
            column = table.columns.get("election_id")
            if column is None or table.name in SET_UP_TABLES:
                continue
            if desk.session.scalar(select(exists().where(column == election_id))):
                raise Refused(
                    "Zu dieser Wahl ist schon etwas erfasst; sie bleibt mit allen Angaben erhalten. Findet sie nicht statt, beschließt "
                    "das der Wahlausschuss, und die Bekanntmachung sagt es."
                )
        in_districts = select(PollingDistrict.id).where(PollingDistrict.election_id == election_id)
        if desk.session.scalar(select(exists().where(Permit.polling_district_id.in_(in_districts)))):
            raise Refused("Für Stimmbezirke dieser Wahl gibt es Konten. Entziehen Sie unter „Konten“ zuerst deren Berechtigungen.")
        districts = desk.session.scalars(select(PollingDistrict).where(PollingDistrict.election_id == election_id)).all()
        entry.note(reason=told, districts=[district.name for district in districts])
        for district in districts:
            desk.session.delete(district)
        desk.session.flush()
        desk.session.delete(election)


def _plain_setting(rules: RuleSet, key: str) -> object:
    return plain(rules.settings()[key].value)


def _refuse_settled(session: Session, election_id: int, key: str) -> None:
    if why := standing(session, election_id).why_settled(key):
        raise Refused(why)


def _refuse_second_election(session: Session, election: Election, day: date) -> None:
    same = (Election.municipality_id == election.municipality_id, Election.day == day, Election.id != election.id)
    if session.scalar(select(exists().where(*same))):
        raise Refused(f"Für den {day:%d.%m.%Y} ist schon eine Wahl eingerichtet.")


def _has_persons(session: Session, election_id: int) -> bool:
    return session.scalar(select(exists().where(RegisteredPerson.election_id == election_id))) is True
