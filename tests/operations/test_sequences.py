"""No sequence of acts breaks an invariant: one journal entry per act, a refused act changes nothing, every ballot counts once."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.operations import closing, counting, results, stacks
from beiratswahl.operations.ballots import ballot_paper
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.tally import tally
from beiratswahl.store import journal
from beiratswahl.store.read import counting as read
from beiratswahl.store.tables.journal import JournalEntry
from tests.databases import SqliteTemplates, engine_of
from tests.world import DRAWN, admitted, two_counters

CANDIDATES = [f"{number}{place:02d}" for number, persons in ((1, 13), (2, 10), (3, 7), (4, 4)) for place in range(1, persons + 1)]
BALLOTS = st.builds(
    Ballot,
    list_marks=st.lists(st.sampled_from(["1", "2", "3", "4", "9"]), max_size=2, unique=True).map(tuple),
    marks=st.dictionaries(st.sampled_from([*CANDIDATES, "999"]), st.integers(1, 5), max_size=6),
    struck=st.lists(st.sampled_from(CANDIDATES), max_size=2, unique=True).map(tuple),
    findings=st.lists(st.sampled_from(Finding), max_size=1).map(tuple),
)
SMALL = st.integers(-1, 6)
PLACE = st.integers(0, 1)


class CountingEvening(RuleBasedStateMachine):
    """Two districts, everything in any order."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.engine = engine_of(SqliteTemplates(Path(self.folder.name)).clone())
        self.session = Session(self.engine)
        self.desk = Desk(self.session, Actor(None, "Zählgruppe", "Zählgruppe"))
        self.place = admitted(self.desk)
        self.people = [two_counters(self.desk, district) for district in self.place.districts]
        self.acts = self.entries()
        self.sent: dict[tuple[int, str], Ballot] = {}

    def entries(self) -> int:
        with Session(self.engine) as other:
            return other.scalar(select(func.count()).select_from(JournalEntry)) or 0

    def picture(self) -> object:
        """All that is recorded, to compare before and after a refused act."""
        with Session(self.engine) as other:
            counts = [read.count(other, district) for district in self.place.districts]
            return (
                counts,
                [read.ballots(other, district) for district in self.place.districts],
                results.drawn_lots(other, self.place.election_id),
            )

    def try_to(self, act: Callable[[], object], entries: int = 1) -> bool:
        before = self.picture()
        try:
            act()
        except Refused:
            refused = True
        else:
            refused = False
            self.acts += entries
        assert not refused or self.picture() == before
        return not refused

    @rule(at=PLACE, ballot=BALLOTS, key=st.integers(0, 5))
    def record(self, at: int, ballot: Ballot, key: int) -> None:
        district = self.place.districts[at]
        again = (district, str(key)) in self.sent
        if self.try_to(lambda: counting.record_ballot(self.desk, district, str(key), ballot), 0 if again else 1):
            assert self.sent.setdefault((district, str(key)), ballot) == ballot

    @rule(at=PLACE, number=st.integers(1, 4))
    def cancel(self, at: int, number: int) -> None:
        self.try_to(lambda: counting.cancel_ballot(self.desk, self.place.districts[at], number, "vertippt"))

    @rule(at=PLACE, number=st.integers(1, 4), valid=st.booleans(), reason=st.sampled_from(["", "Beschluss des Vorstands"]))
    def decide(self, at: int, number: int, valid: bool, reason: str) -> None:
        self.try_to(lambda: counting.decide_ballot(self.desk, self.place.districts[at], number, valid=valid, reason=reason))

    @rule(at=PLACE, received=SMALL, voters=SMALL, rejected=SMALL, stale=st.booleans())
    def letters(self, at: int, received: int, voters: int, rejected: int, stale: bool) -> None:
        district = self.place.districts[at]
        version = read.count(self.session, district).version - stale
        letters = Letters(received, 0, {"nicht_unterschrieben": rejected}, voters)
        self.try_to(lambda: counting.record_letters(self.desk, district, letters, version))

    @rule(at=PLACE, first=SMALL, second=SMALL, blank=SMALL)
    def stacks(self, at: int, first: int, second: int, blank: int) -> None:
        district = self.place.districts[at]
        ids = [of.nomination_id for of in ballot_paper(self.session, self.place.election_id).nominations]
        version = read.count(self.session, district).version
        self.try_to(lambda: stacks.record_stacks(self.desk, district, {ids[0]: first, ids[1]: second}, blank, version, self.people[at][0]))

    @rule(at=PLACE, slip=st.booleans())
    def stacks_again(self, at: int, slip: bool) -> None:
        """The second person agrees, or counts one blank ballot more and both settle on the first number."""
        district = self.place.districts[at]
        found = read.count(self.session, district)
        blank = found.blank_ballots + slip
        done = self.try_to(lambda: stacks.record_stacks_again(self.desk, district, dict(found.unchanged), blank, self.people[at][1]))
        if done and stacks.stack_count(self.session, district).differences:
            both = (stacks.FIRST, stacks.SECOND)
            self.try_to(lambda: stacks.settle_stacks(self.desk, district, {stacks.BLANK: stacks.FIRST}, both))

    @rule(at=PLACE)
    def fit_and_close(self, at: int) -> None:
        """Make the number of voters fit, explain what is strange, close."""
        district = self.place.districts[at]
        found = closing.control(self.session, district)
        letters = Letters(found.tally.ballots, 0, {}, found.tally.ballots)
        self.try_to(lambda: counting.record_letters(self.desk, district, letters, found.count.version))
        for warning in closing.control(self.session, district).unexplained:
            self.try_to(lambda code=warning.code: counting.explain(self.desk, district, code, "geprüft"))
        self.try_to(lambda: closing.close_district(self.desk, district))

    @rule(at=PLACE)
    def reopen(self, at: int) -> None:
        self.try_to(lambda: closing.reopen_district(self.desk, self.place.districts[at], "Beschluss des Wahlausschusses"))

    @rule(winner=st.sampled_from(["1", "2", "3", "4"]))
    def draw(self, winner: str) -> None:
        self.try_to(
            lambda: results.enter_lot(self.desk, self.place.election_id, winner, drawn_at=DRAWN, drawn_by="Vorsitz", witness="Zeugin")
        )

    @invariant()
    def one_entry_per_act(self) -> None:
        assert self.entries() == self.acts

    @invariant()
    def every_vote_is_accounted_for(self) -> None:
        paper = ballot_paper(self.session, self.place.election_id)
        for district in self.place.districts:
            counted = read.count(self.session, district)
            summed = tally(self.session, paper, district, counted.blank_ballots)
            assert summed.used + summed.unused == 13 * summed.valid
            recorded = [each for each in read.ballots(self.session, district) if not each.cancelled]
            assert summed.ballots == len(recorded) + sum(counted.unchanged.values()) + counted.blank_ballots
            if counted.closed_at_utc is not None:
                assert counted.voters == summed.ballots
                assert not summed.unresolved

    def teardown(self) -> None:
        if not hasattr(self, "session"):
            return
        assert list(journal.faults(self.session)) == []
        self.session.close()
        self.engine.dispose()
        self.folder.cleanup()


TestCountingEvening = CountingEvening.TestCase
TestCountingEvening.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
