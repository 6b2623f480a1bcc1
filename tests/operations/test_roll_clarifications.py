"""What the register leaves open the office settles itself: versioned, with proof, and only until the register says more."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.law.rules import Ground
from beiratswahl.operations.acts import Act
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.roll_applications import ApplicationData, Channel, record_application
from beiratswahl.operations.roll_clarifications import (
    FINDINGS,
    ClarificationData,
    Finding,
    Matter,
    open_matters,
    record_clarification,
    withdraw_clarification,
)
from beiratswahl.operations.roll_preview import preview_import
from beiratswahl.store.read.roll import person_view
from beiratswahl.store.read.roll_views import PersonView
from beiratswahl.store.read.roll_work import WorkList, work_counts
from beiratswahl.store.tables.journal import JournalEntry
from beiratswahl.store.tables.roll import RegisteredPerson
from tests.operations.test_register_file import Write, a_line, write
from tests.world import Place, found

__all__ = ["write"]

UNRESOLVED = {"Staatsangehörigkeiten": "998"}
NO_YEAR = {"Geburtsdatum": "00.00.2010"}
NO_ARRIVAL = {"Einzugsdatum": "00.00.2026"}
NO_DEATH = {"Sterbedatum": "00.11.2026"}


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 10, 14, 8, tzinfo=UTC))
    return found(desk)


def taken_over(desk: Desk, place: Place, write: Write, **columns: str) -> int:
    import_register(desk, place.election_id, write(a_line(**columns)))
    return desk.session.scalars(select(RegisteredPerson.id)).one()


def finding(of: Finding, **more: object) -> ClarificationData:
    return ClarificationData(of, "Auskunft der Ausländerbehörde", "Akte eingesehen", **more)  # type: ignore[arg-type]  # fields by name


def view_of(session: Session, place: Place, person_id: int) -> PersonView:
    view = person_view(session, place.election_id, person_id)
    assert view is not None
    return view


def acts(session: Session) -> list[str]:
    return [entry.act for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.id))]


@pytest.mark.parametrize(
    ("columns", "data", "answer", "entry"),
    [
        (UNRESOLVED, finding(Finding.NOT_GERMAN), "yes", "ex_officio"),
        (UNRESOLVED, finding(Finding.STATELESS), "yes", "ex_officio"),
        (UNRESOLVED, finding(Finding.FOREIGN, nationality="475"), "yes", "ex_officio"),
        (UNRESOLVED, finding(Finding.GERMAN), "no", "application"),
        ({"Staatsangehörigkeiten": "999"}, finding(Finding.NOT_GERMAN), "yes", "ex_officio"),
        ({"Staatsangehörigkeiten": "000 998"}, finding(Finding.DUAL, nationality="475"), "yes", "ex_officio"),
        (NO_YEAR, finding(Finding.BORN, day=date(2010, 11, 15)), "yes", "ex_officio"),
        (NO_YEAR, finding(Finding.BORN, day=date(2010, 11, 16)), "no", ""),
        (NO_ARRIVAL, finding(Finding.MAIN_SINCE, day=date(2026, 8, 15)), "yes", "ex_officio"),
        (NO_ARRIVAL, finding(Finding.MAIN_SINCE, day=date(2026, 8, 16)), "no", ""),
        (NO_ARRIVAL, finding(Finding.SECONDARY), "no", ""),
        (NO_ARRIVAL, finding(Finding.MOVED_OUT, day=date(2026, 9, 30)), "no", ""),
    ],
)
def test_a_finding_decides_an_unclear_case(
    desk: Desk, place: Place, write: Write, columns: dict[str, str], data: ClarificationData, answer: str, entry: str
) -> None:
    person_id = taken_over(desk, place, write, **columns)
    assert work_counts(desk.session, place.election_id)[WorkList.UNCLEAR] == 1
    desk.session.rollback()
    before = len(acts(desk.session))
    desk.session.rollback()
    assert record_clarification(desk, person_id, data) == answer
    assert acts(desk.session)[before:] == [Act.CLARIFICATION_RECORDED.value]
    assert work_counts(desk.session, place.election_id)[WorkList.UNCLEAR] == 0
    view = view_of(desk.session, place, person_id)
    assert (view.line.entitled, view.line.entry) == (answer, entry)
    assert [one.number for one in view.decisions] == [2, 1]
    assert view.decisions[1].cause.startswith("Feststellung des Wahlamts: ")
    assert [(one.finding[:6], one.counts) for one in view.clarifications] == [(data.finding[:6], True)]


def test_a_death_that_may_lie_before_the_election_is_settled(
    desk: Desk, place: Place, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 20, 8, tzinfo=UTC))
    person_id = taken_over(desk, place, write, **NO_DEATH)
    assert open_matters([{"rule": "alive", "met": None}]) == (Matter.DEATH,)
    assert record_clarification(desk, person_id, finding(Finding.DIED, day=date(2026, 11, 3))) == "no"
    assert record_clarification(desk, person_id, finding(Finding.ALIVE)) == "yes"


def test_each_version_shows_the_facts_it_rests_on(desk: Desk, place: Place, write: Write) -> None:
    person_id = taken_over(desk, place, write, **UNRESOLVED)
    record_clarification(desk, person_id, finding(Finding.STATELESS))
    record_clarification(desk, person_id, finding(Finding.FOREIGN, nationality="475"))
    view = view_of(desk.session, place, person_id)
    assert [one.facts["nationalities"] for one in view.decisions] == ["475", "997", "998"]
    assert view.line.nationalities == ("998",), "what the register says stays readable"
    assert [(one.counts, one.withdrawn_reason) for one in view.clarifications] == [
        (False, "ersetzt: ausländische Staatsangehörigkeit: Syrien"),
        (True, ""),
    ]


def test_a_finding_taken_back_leaves_the_case_unclear_again(desk: Desk, place: Place, write: Write) -> None:
    person_id = taken_over(desk, place, write, **UNRESOLVED)
    record_clarification(desk, person_id, finding(Finding.NOT_GERMAN))
    (one,) = view_of(desk.session, place, person_id).clarifications
    desk.session.rollback()
    with pytest.raises(Refused, match="warum"):
        withdraw_clarification(desk, one.clarification_id, " ")
    withdraw_clarification(desk, one.clarification_id, "Verwechslung")
    view = view_of(desk.session, place, person_id)
    assert (view.line.entitled, [of.facts["nationalities"] for of in view.decisions]) == ("unclear", ["998", "nicht-deutsch", "998"])
    desk.session.rollback()
    with pytest.raises(Refused, match="gilt nicht mehr: Verwechslung"):
        withdraw_clarification(desk, one.clarification_id, "noch einmal")
    assert acts(desk.session)[-1] == Act.CLARIFICATION_WITHDRAWN.value


def test_a_finding_holds_over_an_export_that_says_the_same_and_yields_to_one_that_says_more(desk: Desk, place: Place, write: Write) -> None:
    person_id = taken_over(desk, place, write, **UNRESOLVED)
    record_clarification(desk, person_id, finding(Finding.NOT_GERMAN))
    moved = write(a_line(**UNRESOLVED, Straße="Neugasse", Wohnungsstatus="H", Einzugsdatum="01.01.2020"))
    assert preview_import(desk, place.election_id, moved).answers == ()
    import_register(desk, place.election_id, moved)
    view = view_of(desk.session, place, person_id)
    assert (view.line.street, view.line.entitled) == ("Neugasse", "yes")
    assert [one.counts for one in view.clarifications] == [True]
    german = write(a_line(Staatsangehörigkeiten="000"))
    assert preview_import(desk, place.election_id, german).answers == ((("yes", ""), ("no", "application"), 1),)
    import_register(desk, place.election_id, german)
    view = view_of(desk.session, place, person_id)
    assert (view.line.entitled, view.decisions[1].facts["nationalities"]) == ("no", "nicht-deutsch")
    assert [(one.counts, one.outdated) for one in view.clarifications] == [(False, True)]


def test_a_released_preview_is_void_once_somebody_has_settled_a_case(desk: Desk, place: Place, write: Write) -> None:
    person_id = taken_over(desk, place, write, **UNRESOLVED)
    newer = write(a_line(**UNRESOLVED, Straße="Neugasse"))
    state = preview_import(desk, place.election_id, newer).state
    record_clarification(desk, person_id, finding(Finding.NOT_GERMAN))
    with pytest.raises(Refused, match="Vorschau neu ansehen"):
        import_register(desk, place.election_id, newer, released=state)


def test_an_application_counts_together_with_the_finding(desk: Desk, place: Place, write: Write) -> None:
    person_id = taken_over(desk, place, write, **UNRESOLVED)
    naturalised = ApplicationData(Ground.NR2B, datetime(2026, 10, 1, 9, tzinfo=UTC), Channel.POST, "Einbürgerungsurkunde")
    assert record_application(desk, person_id, naturalised).entitled == "unclear"
    assert record_clarification(desk, person_id, finding(Finding.GERMAN)) == "yes"
    assert view_of(desk.session, place, person_id).line.grounds == ("NR2B",)


@pytest.mark.parametrize(
    ("columns", "data", "said"),
    [
        ({}, finding(Finding.NOT_GERMAN), "nicht offen"),
        (UNRESOLVED, finding(Finding.SECONDARY), "nicht offen"),
        (UNRESOLVED, ClarificationData(Finding.STATELESS, " ", "geklärt"), "was vorgelegen hat"),
        (UNRESOLVED, ClarificationData(Finding.STATELESS, "Reiseausweis", " "), "was vorgelegen hat"),
        (UNRESOLVED, finding(Finding.FOREIGN), "ausländische Staatsangehörigkeit"),
        (UNRESOLVED, finding(Finding.DUAL, nationality="000"), "ausländische Staatsangehörigkeit"),
        (UNRESOLVED, finding(Finding.STATELESS, proof_date=date(2026, 10, 15)), "Zukunft"),
        (NO_YEAR, finding(Finding.BORN), "fehlt der Tag"),
        (NO_YEAR, finding(Finding.BORN, day=date(2009, 12, 31)), "passt nicht"),
        (NO_ARRIVAL, finding(Finding.MAIN_SINCE, day=date(2026, 10, 15)), "Zukunft"),
    ],
)
def test_a_refused_finding_changes_nothing(
    desk: Desk, place: Place, write: Write, columns: dict[str, str], data: ClarificationData, said: str
) -> None:
    person_id = taken_over(desk, place, write, **columns)
    before = len(acts(desk.session))
    desk.session.rollback()
    with pytest.raises(Refused, match=said):
        record_clarification(desk, person_id, data)
    view = view_of(desk.session, place, person_id)
    assert (len(acts(desk.session)), len(view.decisions), view.clarifications) == (before, 1, ())


def test_every_finding_belongs_to_one_matter() -> None:
    listed = [one for findings in FINDINGS.values() for one in findings]
    assert sorted(listed) == sorted(Finding)
