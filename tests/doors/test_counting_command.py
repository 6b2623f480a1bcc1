"""The command line of the counting teams: what is typed becomes the ballot, and nothing typed is dropped."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.counting.command import FINDINGS, LONGEST, Reading, read, written
from beiratswahl.law.ballot_papers import Ballot, BallotPaper, Finding, PaperCandidate, PaperList, WriteIn
from beiratswahl.law.ballots import paper_of
from beiratswahl.law.rules import MajorityOvervote, RemainingVotes, Rules, System

PROPORTIONAL = Rules(System.PROPORTIONAL, seats=13, votes=13, remaining_votes=RemainingVotes.SKIP_MARKED)
MAJORITY = Rules(System.MAJORITY, seats=5, votes=5, majority_overvote=MajorityOvervote.FIRST_FROM_TOP)


def lists(*sizes: int) -> list[PaperList]:
    return [
        PaperList(str(number), tuple(PaperCandidate(f"{number}{place:02d}") for place in range(1, size + 1)))
        for number, size in enumerate(sizes, 1)
    ]


PAPER = paper_of(PROPORTIONAL, lists(13, 10, 7, 4))
PERSONS = paper_of(MAJORITY, [PaperList("alle", tuple(PaperCandidate(str(number)) for number in range(1, 13)))])


def ballot_of(text: str, paper: BallotPaper = PAPER) -> Ballot:
    reading = read(text, paper)
    assert reading.faults == ()
    return reading.ballot


def only_fault(text: str, paper: BallotPaper = PAPER) -> str:
    (fault,) = read(text, paper).faults
    return fault.text


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ("304", {"304": 1}),
        ("304+3", {"304": 3}),
        ("304 304", {"304": 2}),
        ("304 304+2", {"304": 3}),
        ("301-303", {"301": 1, "302": 1, "303": 1}),
        ("301–303", {"301": 1, "302": 1, "303": 1}),
        ("301-302+2", {"301": 2, "302": 2}),
        ("304,112;201\n202", {"304": 1, "112": 1, "201": 1, "202": 1}),
    ],
)
def test_numbers_give_the_marks_as_written(typed: str, marks: dict[str, int]) -> None:
    assert ballot_of(typed) == Ballot(marks=marks)


def test_what_may_be_typed_is_told_with_numbers_of_this_paper() -> None:
    assert only_fault("foo") == (
        "„foo“ ist nicht zu verstehen. Erlaubt sind 401, 401+3, 401-404, L4, -401, F1 bis F4, W Name und 0 (nichts gekennzeichnet)."
    )
    assert only_fault("+3").endswith("„401+3“, „401-404“, „-401“.")
    without = paper_of(replace(MAJORITY, write_ins=False), [PaperList("alle", (PaperCandidate("1"),))])
    assert only_fault("foo", without).endswith("Erlaubt sind 1, -1, F1 bis F4 und 0 (nichts gekennzeichnet).")


@pytest.mark.parametrize(("typed", "sign"), [("leer", "„0“"), ("Nichts", "„0“"), ("?", "„F3“"), ("Zweifel", "„F3“"), ("Vorbehalt", "„F4“")])
def test_who_types_a_word_for_a_sign_is_told_the_sign(typed: str, sign: str) -> None:
    assert sign in only_fault(typed)


def test_more_marks_than_count_are_kept_as_written() -> None:
    assert ballot_of("304+5").marks == {"304": 5}


def test_strikes_lists_and_findings_are_read_in_any_case_and_once_each() -> None:
    assert ballot_of("l3 L3 -304 -304 -101-102 f2 F2") == Ballot(
        list_marks=("3",), marks={}, struck=("304", "101", "102"), findings=(Finding.OTHER_AREA,)
    )


def test_a_marked_person_may_be_struck_too() -> None:
    assert ballot_of("304 -304") == Ballot(marks={"304": 1}, struck=("304",))


def test_a_name_ends_at_a_comma() -> None:
    assert ballot_of("W Ayşe  Kaya, 304").write_ins == (WriteIn("Ayşe Kaya", "Ayşe Kaya", True),)
    assert ballot_of("W Ayşe Kaya, 304").marks == {"304": 1}


def test_a_name_typed_in_pieces_is_composed() -> None:
    assert ballot_of("W Rene\u0301").write_ins[0].text == "René"


def test_a_name_may_be_unclear_or_not_eligible_or_a_printed_number() -> None:
    assert ballot_of("W? Kaia", PERSONS).write_ins == (WriteIn("Kaia", None, True),)
    assert ballot_of("W! Kaya", PERSONS).write_ins == (WriteIn("Kaya", "Kaya", False),)
    assert read("W 7", PERSONS, {"7": "7 Kaya, Ayşe"}).ballot.write_ins == (WriteIn("7 Kaya, Ayşe", "7", True),)


def test_a_vote_with_an_addition_is_void_alone_in_majority_vote_only() -> None:
    assert ballot_of("7!", PERSONS) == Ballot(marks={"7": 1}, voided=("7",))
    assert "F4" in only_fault("304!")


def test_nothing_typed_is_not_a_ballot_without_marks() -> None:
    assert read("  ", PAPER).empty
    assert not read("0", PAPER).empty
    assert ballot_of("0") == Ballot(marks={})
    assert "Löschen" in only_fault("0 304")


@pytest.mark.parametrize(
    ("typed", "word", "allowed"),
    [
        ("999", "„999“", "101–113"),
        ("L9", "Liste 9", "L1, L2, L3, L4"),
        ("F5", "F5", "F1 bis F4"),
        ("F0", "F0", "F1 bis F4"),
        ("304+0", "„304+0“", "1 bis 99"),
        ("304+100", "„304+100“", "1 bis 99"),
        ("310-301", "„310“", "Es gibt"),
        ("307-301", "„307-301“", "erste Nummer"),
        ("112-203", "„112-203“", "je Liste"),
        ("foo", "„foo“", "401+3"),
        ("304 +3", "„+3“", "ohne Leerzeichen"),
        ("W Kaya 304", "Kaya 304", "Komma"),
    ],
)
def test_a_word_that_is_not_understood_is_named_with_what_is_allowed(typed: str, word: str, allowed: str) -> None:
    text = only_fault(typed)
    assert word in text
    assert allowed in text


def test_a_paper_without_lists_says_so() -> None:
    assert "keine Listen" in only_fault("L1", PERSONS)


def test_all_faults_are_named_at_once_and_the_rest_is_understood() -> None:
    reading = read("999 304 foo", PAPER)
    assert [fault.word for fault in reading.faults] == ["999", "foo"]
    assert reading.ballot.marks == {"304": 1}


@pytest.mark.parametrize(
    ("typed", "begun"),
    [
        ("30", True),
        ("30 ", False),
        ("99", False),
        ("L", True),
        ("-", True),
        ("304+", True),
        ("301-3", True),
        ("W", True),
        ("30 304", False),
    ],
)
def test_only_the_last_word_may_still_become_a_right_one(typed: str, begun: bool) -> None:
    (fault,) = read(typed, PAPER).faults
    assert fault.begun is begun


def test_a_text_without_end_is_refused() -> None:
    assert "länger" in only_fault("1" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("typed", "short"), [("301 302 303 304", "301-304"), ("L1 101 101", "L1 101+2"), ("113 201 202", "113 201 202"), ("0", "0")]
)
def test_a_ballot_is_written_back_in_few_words(typed: str, short: str) -> None:
    assert written(ballot_of(typed), PAPER) == short


NAMES = st.text(alphabet="Aäşßçığ éŁżК-'.", min_size=1, max_size=12).map(lambda name: " ".join(("A" + name).split()))


def ballots(paper: BallotPaper) -> st.SearchStrategy[Ballot]:
    keys = st.sampled_from(list(paper.position))
    heads = [name for name in paper.lists if name.isdigit()]
    marks = st.dictionaries(keys, st.integers(1, 9), max_size=20)

    def entry(drawn: tuple[str, str]) -> WriteIn:
        name, sign = drawn
        return WriteIn(name, None if sign == "?" else name, sign != "!")

    return st.builds(
        lambda head, marked, struck, entries, findings, voided: Ballot(
            head, marked, struck, entries, findings, tuple(key for key in marked if key in voided) if not paper.proportional else ()
        ),
        st.lists(st.sampled_from(heads), unique=True).map(tuple) if heads else st.just(()),
        marks,
        st.lists(keys, unique=True, max_size=9).map(tuple),
        st.lists(st.tuples(NAMES, st.sampled_from(("", "?", "!"))).map(entry), max_size=3).map(tuple),
        st.lists(st.sampled_from(FINDINGS), unique=True).map(tuple),
        st.sets(keys),
    )


def same(one: Ballot, other: Ballot) -> bool:
    return one._replace(voided=tuple(sorted(one.voided))) == other._replace(voided=tuple(sorted(other.voided)))


@given(ballot=ballots(PAPER))
def test_what_is_written_back_reads_as_the_same_ballot(ballot: Ballot) -> None:
    assert read(written(ballot, PAPER), PAPER) == Reading(ballot, (), empty=False)


@given(ballot=ballots(PERSONS))
def test_what_is_written_back_reads_as_the_same_ballot_in_majority_vote(ballot: Ballot) -> None:
    reading = read(written(ballot, PERSONS), PERSONS)
    assert reading.faults == ()
    assert same(reading.ballot, ballot)


@given(text=st.text(max_size=80))
def test_no_text_breaks_the_reader_and_every_word_is_ballot_or_fault(text: str) -> None:
    reading = read(text, PAPER)
    assert reading.empty or reading.faults or any(reading.ballot) or "0" in text
