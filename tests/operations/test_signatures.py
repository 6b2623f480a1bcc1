"""Support signatures: only of those entitled, each voter once, the nomination received first counts, everything can be put right."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from beiratswahl.operations.admission import close_nominations
from beiratswahl.operations.desk import Desk, Refused
from beiratswahl.operations.nomination_checks import defects
from beiratswahl.operations.nominations import NominationData, change_nomination, receive_nomination, withdraw_nomination
from beiratswahl.operations.roll import import_register
from beiratswahl.operations.signatures import (
    SignatureState,
    enter_signature,
    object_to_signature,
    remove_signature,
    signature_count,
)
from beiratswahl.rehearsal.register import write_register
from beiratswahl.store.read.signatures import SignerView, found_signers
from tests.world import ELECTION_DAY, ON_PAPER, PAPERS, Place, candidate, found

#: handed in before and after the second nomination
EARLY, LATER = datetime(2026, 9, 1, 10, tzinfo=UTC), datetime(2026, 9, 2, 10, tzinfo=UTC)
AFTER_DEADLINE = datetime(2026, 9, 28, 16, 0, 1, tzinfo=UTC)


@pytest.fixture
def place(desk: Desk, tmp_path: Path) -> Place:
    """An election that asks for two signatures, with a register of sixty persons."""
    here = found(desk, support_signatures=2)
    stream = io.BytesIO()
    write_register(stream, 60, seed=7, election_day=ELECTION_DAY)
    (tmp_path / "register.csv").write_bytes(stream.getvalue())
    import_register(desk, here.election_id, tmp_path / "register.csv")
    return here


def people(desk: Desk, place: Place, entitled: str = "yes") -> list[SignerView]:
    letters = "aeiou"
    known = {of.person_id: of for letter in letters for of in found_signers(desk.session, place.election_id, letter)}
    return sorted((of for of in known.values() if of.entitled == entitled), key=lambda of: of.person_id)


def handed_in(desk: Desk, place: Place, keyword: str, received: datetime) -> int:
    return receive_nomination(desk, place.election_id, NominationData(keyword, received, (candidate(keyword),), **PAPERS))


def states(desk: Desk, place: Place, nomination_id: int) -> list[SignatureState]:
    return [line.state for line in signature_count(desk.session, place.election_id, nomination_id).lines]


def missing(desk: Desk, place: Place, nomination_id: int) -> list[str]:
    return [of.text for of in defects(desk.session, place.election_id)[nomination_id] if of.rule == "signatures"]


def test_signatures_are_counted_live_and_the_defect_goes_with_the_last_one(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    first, second, *_ = people(desk, place)
    assert missing(desk, place, key) == ["Es fehlen 2 von 2 gültigen Unterstützungsunterschriften."]
    enter_signature(desk, key, first.person_id, "")
    assert signature_count(desk.session, place.election_id, key).missing == 1
    enter_signature(desk, key, second.person_id, "")
    assert missing(desk, place, key) == []


def test_nobody_signs_the_same_nomination_twice(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    (first, *_) = people(desk, place)
    enter_signature(desk, key, first.person_id, "")
    with pytest.raises(Refused, match=r"schon unterschrieben \(Nr\. 1\)"):
        enter_signature(desk, key, first.person_id, "")


def test_who_signed_two_nominations_counts_for_the_one_received_first(desk: Desk, place: Place) -> None:
    later, early = handed_in(desk, place, "Später", LATER), handed_in(desk, place, "Früher", EARLY)
    (first, *_) = people(desk, place)
    enter_signature(desk, later, first.person_id, "")
    assert states(desk, place, later) == [SignatureState.VALID]
    enter_signature(desk, early, first.person_id, "")
    assert (states(desk, place, early), states(desk, place, later)) == ([SignatureState.VALID], [SignatureState.ELSEWHERE])
    (line,) = signature_count(desk.session, place.election_id, later).lines
    assert "„Früher“" in line.why
    withdraw_nomination(desk, early, "zurückgezogen")
    assert states(desk, place, later) == [SignatureState.VALID]


def test_who_is_not_entitled_or_unknown_or_late_is_kept_with_the_reason_and_does_not_count(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    enter_signature(desk, key, None, "Unbekannt, Ulla")
    enter_signature(desk, key, people(desk, place, "no")[0].person_id, "")
    enter_signature(desk, key, people(desk, place)[0].person_id, "", AFTER_DEADLINE)
    enter_signature(desk, key, people(desk, place)[1].person_id, "", objection="nicht eigenhändig")
    assert states(desk, place, key) == [
        SignatureState.UNKNOWN,
        SignatureState.NOT_ENTITLED,
        SignatureState.LATE,
        SignatureState.OBJECTED,
    ]
    counted = signature_count(desk.session, place.election_id, key)
    assert (counted.valid, counted.missing) == (0, 2)
    assert all(line.why for line in counted.lines)


def test_an_objection_is_lifted_and_a_wrong_entry_removed(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    first, second, *_ = people(desk, place)
    number = enter_signature(desk, key, first.person_id, "")
    object_to_signature(desk, key, number, "nicht eigenhändig")
    assert states(desk, place, key) == [SignatureState.OBJECTED]
    object_to_signature(desk, key, number, "")
    assert states(desk, place, key) == [SignatureState.VALID]
    remove_signature(desk, key, number)
    assert states(desk, place, key) == []
    enter_signature(desk, key, second.person_id, "")
    with pytest.raises(Refused, match="gibt es auf diesem Wahlvorschlag nicht"):
        remove_signature(desk, key, 9)


def test_a_party_that_needs_none_is_not_asked_for_any(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    change_nomination(desk, key, NominationData("A", EARLY, (candidate("A"),), **PAPERS, signatures_waived="im Landtag vertreten"))
    assert missing(desk, place, key) == []
    assert signature_count(desk.session, place.election_id, key).needed == 0


def test_changing_a_nomination_keeps_its_signatures(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    enter_signature(desk, key, people(desk, place)[0].person_id, "")
    change_nomination(desk, key, NominationData("A neu", EARLY, (candidate("A"), candidate("B")), **PAPERS))
    assert states(desk, place, key) == [SignatureState.VALID]


def test_after_the_decision_the_signatures_stand(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    number = enter_signature(desk, key, people(desk, place)[0].person_id, "")
    close_nominations(desk, place.election_id, ON_PAPER)
    for act in (
        lambda: enter_signature(desk, key, None, "X"),
        lambda: object_to_signature(desk, key, number, "x"),
        lambda: remove_signature(desk, key, number),
    ):
        with pytest.raises(Refused, match="stehen fest"):
            act()


def test_somebody_outside_the_register_needs_a_name(desk: Desk, place: Place) -> None:
    key = handed_in(desk, place, "A", EARLY)
    with pytest.raises(Refused, match="Namen"):
        enter_signature(desk, key, None, " ")
    with pytest.raises(Refused, match="nicht im Melderegister dieser Wahl"):
        enter_signature(desk, key, 10**6, "")
