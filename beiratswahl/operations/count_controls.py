"""Choosing how an election controls what was typed, and drawing the sample of a polling district."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.count_control import ControlMethod, SampleRule, drawn_numbers, sample_rule_faults, sample_size, seed_faults
from beiratswahl.operations.acts import Act
from beiratswahl.operations.capture import refuse_without_quorum
from beiratswahl.operations.counting import count_of
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.reasons import reason_given
from beiratswahl.store.read.count_control import ControlView, chosen, draws
from beiratswahl.store.tables.count_control import CountControl, SampleDraw
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.setup import Election, PollingDistrict

SHORTEST_NAMES, LONGEST_NAMES = 3, 200


def method_of(control: ControlView | None) -> ControlMethod:
    """The procedure in force; none is prescribed before one is chosen."""
    return ControlMethod(control.method) if control else ControlMethod.NONE


def rule_of(control: ControlView | None) -> SampleRule:
    """The rule of the sample in force; the usual one before one is chosen."""
    return SampleRule(control.percent, control.least, control.allowed) if control else SampleRule()


def counting_has_begun(session: Session, election_id: int) -> bool:
    """Whether a ballot of the election is recorded."""
    return session.scalars(select(RecordedBallot.id).where(RecordedBallot.election_id == election_id).limit(1)).first() is not None


def choose_control(desk: Desk, election_id: int, method: ControlMethod, rule: SampleRule, decision: str = "") -> None:
    """Verfahren der Kontrolle wählen; once a ballot is recorded only by a decision, which stands in the journal and in the Niederschrift.

    Raises:
        Refused: the rule of the sample has a fault, nothing would change, or counting has begun and there is no decision.
    """
    for fault in sample_rule_faults(rule) if method is ControlMethod.SAMPLE else ():
        raise Refused(fault)
    election = desk.session.get_one(Election, election_id)
    where = {"municipality_id": election.municipality_id, "election_id": election_id}
    with desk.act(Act.CONTROL_CHOSEN, method.value, **where) as entry:
        before = chosen(desk.session, election_id)
        if before is not None and (method_of(before), rule_of(before)) == (method, rule):
            raise Refused("Dieses Verfahren ist schon gewählt; es ändert sich nichts.")
        words = reason_given(decision) if counting_has_begun(desk.session, election_id) else decision.strip()
        row = desk.session.scalars(select(CountControl).where(CountControl.election_id == election_id)).one_or_none()
        if row is None:
            row = CountControl(**where)
            desk.session.add(row)
        row.method, row.decision = method.value, words
        row.percent, row.least, row.allowed = rule
        row.chosen_by, row.chosen_at_utc = desk.actor.name, clock.now()
        entry.note(before=before.method if before else "", method=method.value, decision=words)
        if method is ControlMethod.SAMPLE:
            entry.note(percent=rule.percent, least=rule.least, allowed=rule.allowed)


def draw_sample(desk: Desk, district_id: int, points: str, thrown_by: str) -> tuple[int, ...]:
    """Stichprobe ziehen: from the points of dice that people threw in the open.

    Args:
        desk: who enters what was thrown.
        district_id: the polling district.
        points: one digit from 1 to 6 for each throw; blanks are left out.
        thrown_by: names of those who threw and read out.

    Returns:
        Numbers of the drawn ballots, ascending.

    Raises:
        Refused: the election has chosen no sample, no ballot can be drawn, the points or names have a fault, the sample is drawn already
            and no ballot was recorded since, the board has no quorum, or the district is closed.
    """
    seed = "".join(points.split())
    for fault in seed_faults(seed):
        raise Refused(fault)
    names = " ".join(thrown_by.split())
    if not SHORTEST_NAMES <= len(names) <= LONGEST_NAMES:
        raise Refused("Tragen Sie ein, wer gewürfelt und wer vorgelesen hat; die Namen stehen in der Niederschrift.")
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.SAMPLE_DRAWN, f"Stimmbezirk {district.number}", **where) as entry:
        if count_of(desk.session, district_id).closed_at_utc is not None:
            raise Refused("Die Zählung dieses Stimmbezirks ist abgeschlossen.")
        refuse_without_quorum(desk.session, district_id)
        rule, numbers, number = _drawable(desk.session, where["election_id"], district_id)
        drawn = drawn_numbers(seed, district.number, numbers, sample_size(rule, len(numbers)))
        highest = desk.session.scalar(select(func.max(RecordedBallot.number)).where(RecordedBallot.district_id == district_id)) or 0
        facts = {"number": number, "points": seed, "thrown_by": names, "ballots": len(numbers), "highest_number": highest}
        size = {"percent": rule.percent, "least": rule.least, "allowed": rule.allowed, "drawn": list(drawn)}
        row = SampleDraw(**where, **facts, **size, district_id=district_id, recorded_by=desk.actor.name, drawn_at_utc=clock.now())
        desk.session.add(row)
        entry.note(district=district_id, number=number, points=seed, thrown_by=names, ballots=len(numbers), drawn=list(drawn))
        return drawn


def _drawable(session: Session, election_id: int, district_id: int) -> tuple[SampleRule, list[int], int]:
    control = chosen(session, election_id)
    if method_of(control) is not ControlMethod.SAMPLE:
        raise Refused("Für diese Wahl ist keine Stichprobe gewählt; das Wahlamt legt das Verfahren der Kontrolle fest.")
    here = (RecordedBallot.district_id == district_id, RecordedBallot.cancelled.is_(False))
    numbers = list(session.scalars(select(RecordedBallot.number).where(*here)))
    if not numbers:
        raise Refused("Es ist noch kein Stimmzettel einzeln erfasst; es gibt nichts zu ziehen.")
    earlier = draws(session, district_id)
    if earlier and max(numbers) <= earlier[-1].highest_number:
        raise Refused("Die Stichprobe ist schon gezogen. Neu gezogen wird nur, wenn danach weitere Stimmzettel erfasst worden sind.")
    return rule_of(control), numbers, len(earlier) + 1
