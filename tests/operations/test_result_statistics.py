"""Numbers about the elected that are published with the result: groups of few persons stay hidden."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.documents.result_sheet import Label
from beiratswahl.operations.desk import Desk
from beiratswahl.operations.determination import determine
from beiratswahl.operations.publication import publish
from beiratswahl.operations.result_statistics import LEAST, grouped
from beiratswahl.store.read import published
from beiratswahl.store.tables.base import Base
from beiratswahl.store.tables.nominations import Candidate, Nomination
from beiratswahl.store.tables.results import Determination
from beiratswahl.store.tables.setup import Election
from tests.operations.test_results import counted, with_roll
from tests.world import SITTING, Place


def statistics(desk: Desk, place: Place) -> dict[str, dict[str, dict[str, int | None] | None]]:
    number = publish(desk, place.election_id, Label.PRELIMINARY, note="Statistik")
    newest = published.versions(desk.session, place.election_id)[0]
    assert newest.number == number
    found: dict[str, dict[str, dict[str, int | None] | None]] = newest.result["statistics"]
    return found


def ready(desk: Desk) -> Place:
    place = counted(desk, ({1: 60, 2: 20}, {1: 10, 3: 40}))
    with_roll(desk, place)
    return place


def test_the_elected_are_counted_by_age_and_nationality(desk: Desk) -> None:
    place = ready(desk)
    first, second, third, *_ = desk.session.query(Candidate).filter_by(election_id=place.election_id).order_by(Candidate.ballot_number)
    for person in (first, second, third):
        person.birth_date, person.nationality = "2009-00-00", "475"
    desk.session.commit()
    found = statistics(desk, place)
    assert found["elected"]["nationality"] == {"Syrien": 3, "Türkei": 10}
    assert found["elected"]["age"] == {"bis 17 Jahre": 3, "45 bis 59 Jahre": 10}


def test_a_single_person_is_not_recognised_in_a_group(desk: Desk) -> None:
    place = ready(desk)
    only = desk.session.query(Candidate).filter_by(election_id=place.election_id, ballot_number="101").one()
    only.nationality = "475"
    desk.session.commit()
    assert statistics(desk, place)["elected"]["nationality"] == {"Syrien": None, "Türkei": None}


@given(st.lists(st.sampled_from("abcde"), max_size=25))
def test_what_is_hidden_is_never_one_group_and_never_few_persons(labels: list[str]) -> None:
    shown = grouped(labels)
    counts = Counter(labels)
    hidden = [label for label, persons in shown.items() if persons is None]
    assert all(persons is None or persons >= LEAST for persons in shown.values())
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(counts[label] for label in hidden) >= LEAST)


def test_sex_is_not_recorded_when_nobody_told_it(desk: Desk) -> None:
    found = statistics(desk, ready(desk))
    assert (found["elected"]["sex"], found["candidates"]["sex"]) == (None, None)


def test_sex_is_counted_where_it_was_told_and_one_person_stays_hidden(desk: Desk) -> None:
    place = ready(desk)
    people = desk.session.query(Candidate).filter_by(election_id=place.election_id).order_by(Candidate.ballot_number).all()
    for at, person in enumerate(people):
        person.sex = "w" if at % 2 else "m"
    desk.session.commit()
    elected = statistics(desk, place)["elected"]["sex"]
    assert elected is not None
    assert sum(persons or 0 for persons in elected.values()) == 13
    assert set(elected) == {"männlich", "weiblich"}
    people[0].sex = "d"
    desk.session.commit()
    elected = statistics(desk, place)["elected"]["sex"]
    assert elected is not None
    assert elected["divers"] is None
    assert sum(persons is None for persons in elected.values()) >= 2


def test_who_was_elected_last_time_too_is_counted(desk: Desk) -> None:
    place = ready(desk)
    assert statistics(desk, place)["elected"]["elected_before"] is None
    determine(desk, place.election_id, SITTING)
    earlier = desk.session.query(Determination).one()
    before = Election(
        municipality_id=place.municipality_id,
        day=desk.session.get_one(Election, place.election_id).day.replace(year=2021),
        area=["07999000"],
        rule_layers={},
        bylaw_citation="",
        created_at_utc=earlier.determined_at_utc,
    )
    desk.session.add(before)
    desk.session.flush()
    desk.session.add(Determination(**columns(earlier, election_id=before.id)))
    desk.session.commit()
    assert statistics(desk, place)["elected"]["elected_before"] is None  # names alone are not enough
    for of in desk.session.query(Nomination).filter_by(election_id=place.election_id).all():
        copied = Nomination(**columns(of, election_id=before.id))
        desk.session.add(copied)
        desk.session.flush()
        desk.session.add_all(Candidate(**columns(one, election_id=before.id, nomination_id=copied.id)) for one in of.candidates)
    desk.session.commit()
    assert statistics(desk, place)["elected"]["elected_before"] == {"ja": 13}
    for person in desk.session.query(Candidate).filter(
        Candidate.election_id == before.id, Candidate.ballot_number.in_(("101", "201", "301"))
    ):
        person.birth_date = "1999-09-09"
    desk.session.commit()
    assert statistics(desk, place)["elected"]["elected_before"] == {"ja": 10, "nein": 3}


def columns(row: Base, **instead: int) -> dict[str, object]:
    """The values of a row for a copy of it."""
    return {column.name: getattr(row, column.name) for column in row.__table__.columns if column.name != "id"} | instead
