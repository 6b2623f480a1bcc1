"""Closing the count of a polling district, and opening it again by decision."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.checks import Check, DistrictCount, check
from beiratswahl.operations.acts import Act
from beiratswahl.operations.ballots import Paper, ballot_paper
from beiratswahl.operations.capture import refuse_without_quorum
from beiratswahl.operations.count_units import checks_of_unit, unit_count, unit_eligible
from beiratswahl.operations.counting import count_of
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.letters import book
from beiratswahl.operations.mergers import refuse_when_taken
from beiratswahl.operations.poll_end import refuse_before_count
from beiratswahl.operations.reasons import reason_given
from beiratswahl.operations.second_entries import SecondCount, second_count
from beiratswahl.operations.spellings import unmerged_alike
from beiratswahl.operations.stacks import StackCount, stack_count
from beiratswahl.operations.tally import Tally, tally
from beiratswahl.store.read.count_control import unsent
from beiratswahl.store.read.count_units import PartnersView, partners_of
from beiratswahl.store.read.counting import CountView
from beiratswahl.store.tables.counting import RecordedBallot
from beiratswahl.store.tables.results import DrawnLot
from beiratswahl.store.tables.setup import PollingDistrict


@dataclass(frozen=True, slots=True)
class Control:
    """Kontrolle eines Stimmbezirks vor dem Abschluss.

    Attributes:
        count: what is recorded.
        tally: what follows from it.
        checks: errors, then warnings.
        explanations: written explanations by code.
        paper: the ballot paper it was checked against.
        partners: who is merged with the district.
        stacks: who counted the stacks, and what differs.
        second: the control of what was typed one by one.
    """

    count: CountView
    tally: Tally
    checks: tuple[Check, ...]
    explanations: Mapping[str, str]
    paper: Paper
    partners: PartnersView
    stacks: StackCount
    second: SecondCount

    @property
    def errors(self) -> tuple[Check, ...]:
        """What blocks closing."""
        return tuple(found for found in self.checks if found.is_error)

    @property
    def unexplained(self) -> tuple[Check, ...]:
        """Warnings that still want an explanation."""
        return tuple(found for found in self.checks if not found.is_error and found.code not in self.explanations)

    @property
    def can_close(self) -> bool:
        """Whether the district can be closed now."""
        return not self.errors and not self.unexplained


def control(session: Session, district_id: int) -> Control:
    """Kontrolle: every plausibility rule on what is recorded now.

    Raises:
        Refused: there is no ballot paper yet.
    """
    district = session.get_one(PollingDistrict, district_id)
    paper = ballot_paper(session, district.election_id)
    partners = partners_of(session, district_id)
    counted = unit_count(session, district_id, partners.givers)
    summed = tally(session, paper, district_id, counted.blank_ballots)
    eligible = unit_eligible(session, district_id, partners.givers)
    stacks, second = stack_count(session, district_id, counted), second_count(session, district_id)
    found = check(paper.rules, _lawful(session, district, eligible, paper, counted, summed, stacks, second))
    return Control(counted, summed, checks_of_unit(session, partners, found), counted.explanations, paper, partners, stacks, second)


def close_district(desk: Desk, district_id: int) -> None:
    """Zählung abschließen.

    Raises:
        Refused: the poll is not over, an error stands against it, a warning is not explained, or the district is closed already.
    """
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.DISTRICT_CLOSED, f"Stimmbezirk {district.number}", **where) as entry:
        refuse_before_count(desk.session, district_id)
        row = count_of(desk.session, district_id)
        if row.closed_at_utc is not None:
            raise Refused("Dieser Stimmbezirk ist schon abgeschlossen.")
        refuse_without_quorum(desk.session, district_id)
        found = control(desk.session, district_id)
        if found.errors:
            raise Refused("Der Stimmbezirk kann noch nicht abgeschlossen werden. " + " ".join(error.team for error in found.errors))
        if found.unexplained:
            raise Refused("Erklären Sie zuerst: " + " ".join(warning.team for warning in found.unexplained))
        row.closed_at_utc, row.closed_by = clock.now(), desk.actor.name
        row.closings += 1
        row.version += 1
        entry.note(
            district=district_id,
            voters=found.count.voters,
            valid=found.tally.valid,
            invalid=dict(found.tally.invalid_by_reason),
            votes=dict(found.tally.votes),
            explanations=dict(found.explanations),
        )


def reopen_district(desk: Desk, district_id: int, reason: str) -> None:
    """Zählung durch Beschluss wieder öffnen; lots drawn on the old numbers no longer count.

    Raises:
        Refused: the reason is missing, or the district is not closed.
    """
    district = desk.session.get_one(PollingDistrict, district_id)
    where = {"municipality_id": district.municipality_id, "election_id": district.election_id}
    with desk.act(Act.DISTRICT_REOPENED, f"Stimmbezirk {district.number}", **where) as entry:
        row = count_of(desk.session, district_id)
        if row.closed_at_utc is None:
            raise Refused("Dieser Stimmbezirk ist nicht abgeschlossen.")
        refuse_when_taken(desk.session, district_id)
        entry.note(district=district_id, reason=reason_given(reason))
        void = select(DrawnLot).where(DrawnLot.election_id == district.election_id).order_by(DrawnLot.number)
        entry.note(void_lots=[[lot.number, lot.winner] for lot in desk.session.scalars(void)])
        desk.session.execute(delete(DrawnLot).where(DrawnLot.election_id == district.election_id))
        row.closed_at_utc, row.closed_by = None, ""
        row.version += 1


def _lawful(
    session: Session,
    district: PollingDistrict,
    eligible: int | None,
    paper: Paper,
    counted: CountView,
    summed: Tally,
    stacks: StackCount,
    second: SecondCount,
) -> DistrictCount:
    numbers = select(func.max(RecordedBallot.number), func.count()).where(RecordedBallot.district_id == district.id)
    sample, open_sample = second.sample, bool(second.sample) and not (second.sample and second.sample.failed)
    highest, all_recorded = session.execute(numbers).one()
    return DistrictCount(
        postal=district.postal,
        eligible=eligible,
        letters_received=counted.letters_received,
        letters_rejected=counted.letters_rejected,
        letters_late=counted.letters_late,
        second_missing=0 if open_sample else second.missing,
        second_differing=len(second.differences),
        sample_undrawn=sample is not None and sample.undrawn,
        sample_missing=second.missing if open_sample else 0,
        sample_differing=len(sample.differing) if sample else 0,
        sample_failed=sample is not None and sample.failed,
        stacks_counted_once=stacks.counted_once,
        stacks_differing=len(stacks.differences),
        unsent=sum(device.ballots for device in unsent(session, district.id)),
        similar_spellings=unmerged_alike(session, paper, district.id),
        letters_set_aside=book(session, district.id).set_aside,
        voters=counted.voters,
        valid=summed.valid,
        invalid=summed.invalid,
        unchanged=summed.unchanged,
        recorded=summed.recorded,
        blank=counted.blank_ballots,
        unresolved=summed.unresolved,
        used=summed.used,
        unused=summed.unused,
        votes=summed.votes,
        printed=frozenset(paper.law.list_of),
        list_votes=summed.list_votes(paper),
        highest_number=highest or 0,
        cancelled=all_recorded - summed.recorded,
    )
