"""The minutes of the meeting that chose the candidates: what they must prove (§ 18 KWG)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from beiratswahl.law.meetings import Meeting, meeting_faults

DAY = date(2026, 8, 20)
LAST = date(2026, 9, 28)
GOOD = Meeting(DAY, "Gemeindehaus", DAY - timedelta(days=10), "Aushang", "Selam Haile", 24, secret=True, signed=True, affirmed=True)


def faults(meeting: Meeting) -> list[tuple[str, bool]]:
    return [(fault.rule, fault.curable) for fault in meeting_faults(meeting, LAST)]


def test_complete_minutes_have_no_fault() -> None:
    assert faults(GOOD) == []


def test_without_minutes_nothing_else_is_asked() -> None:
    assert faults(Meeting()) == [("meeting", False)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"day": LAST + timedelta(days=1), "invited_on": LAST - timedelta(days=5)}, ("meeting_too_late", False)),
        ({"affirmed": False}, ("meeting_affirmed", False)),
        ({"secret": False}, ("meeting_secret", True)),
        ({"signed": False}, ("meeting_signed", True)),
        ({"present": 4}, ("meeting_signed", True)),
        ({"invited_on": None}, ("meeting_invited", True)),
        ({"invited_on": DAY - timedelta(days=2)}, ("meeting_notice", False)),
        ({"invited_on": DAY - timedelta(days=15)}, ("meeting_notice", False)),
        ({"invited_on": DAY + timedelta(days=1)}, ("meeting_notice", False)),
        ({"place": " "}, ("meeting_details", True)),
        ({"present": None}, ("meeting_details", True)),
    ],
)
def test_each_lack_is_one_fault(change: dict[str, object], expected: tuple[str, bool]) -> None:
    assert faults(replace(GOOD, **change)) == [expected]  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [3, 14])
def test_an_invitation_on_the_first_and_the_last_day_allowed_is_in_time(days: int) -> None:
    assert faults(replace(GOOD, invited_on=DAY - timedelta(days=days))) == []


def test_the_sentences_name_what_is_missing_and_their_source() -> None:
    (fault,) = meeting_faults(replace(GOOD, place="", present=None), LAST)
    assert fault.text == "In der Niederschrift der Versammlung fehlt: Ort, Zahl der Teilnehmenden."
    assert all("KWG" in fault.source for fault in meeting_faults(replace(GOOD, secret=False, signed=False), LAST))
