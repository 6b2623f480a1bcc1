"""What the Niederschrift says of the control of a count. Decides nothing."""

from sqlalchemy.orm import Session

from beiratswahl.documents.counting_sheet import RecordControl
from beiratswahl.operations.ballots import Paper
from beiratswahl.operations.count_controls import method_of
from beiratswahl.operations.second_entries import second_count
from beiratswahl.operations.stacks import BLANK, stack_count
from beiratswahl.store.read.count_control import chosen, draws
from beiratswahl.store.read.setup import DistrictView


def record_control(session: Session, paper: Paper, district: DistrictView) -> RecordControl:
    """Kontrolle der Zählung eines Stimmbezirks, as the Niederschrift tells it."""
    control, second = chosen(session, district.election_id), second_count(session, district.district_id)
    stacks = stack_count(session, district.district_id)
    counted = [each for each in (stacks.first, stacks.second) if each is not None]
    words = {str(of.nomination_id): paper.names[str(of.number)] for of in paper.nominations} | {BLANK: "Leere Stimmzettel"}
    settled = stacks.second.settled if stacks.second else {}
    return RecordControl(
        method=method_of(control).value,
        decision=control.decision if control else "",
        entered_twice=second.entered,
        differing=second.differed,
        draws=tuple((each.thrown_by, each.points, each.ballots, each.drawn) for each in draws(session, district.district_id)),
        stacks_by=tuple(each.counted_by for each in counted),
        stacks_settled=tuple((words.get(key, key), first, second_number, right) for key, (first, second_number, right) in settled.items()),
    )
