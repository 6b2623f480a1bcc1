"""Words of the roll: where somebody stands, told with what was corrected after the closing."""

import pytest

from beiratswahl.office.roll_words import standing
from beiratswahl.store.read.electoral_roll import EntryView
from beiratswahl.store.read.roll_standing import RollStanding


def entry(*, blocked: bool, certificate: bool = False) -> EntryView:
    where = {"entry_id": 1, "person_id": 1, "district_id": 1, "district_number": 2, "district_name": "Rathaus", "number": 7}
    who = {"family_name": "Kaya", "given_names": "Ada", "birth_date": "1990-01-01", "address": "", "hidden": False, "entry": "ex_officio"}
    return EntryView(**where, **who, blocked=blocked, certificate=certificate, voted=False, remarks="", outdated=False)


@pytest.mark.parametrize(
    ("of", "now", "said"),
    [
        (None, RollStanding.ABSENT, "noch kein Eintrag"),
        (None, RollStanding.ENTERED, "kein Eintrag; nach dem Abschluss eingetragen"),
        (entry(blocked=False, certificate=True), RollStanding.ENTERED, "Stimmbezirk 2, Nummer 7, Wahlschein (W)"),
        (entry(blocked=False), RollStanding.STRUCK, "Stimmbezirk 2, Nummer 7; nach dem Abschluss gestrichen"),
        (entry(blocked=True), RollStanding.STRUCK, "Stimmbezirk 2, Nummer 7, gesperrt (N)"),
        (entry(blocked=True), RollStanding.ENTERED, "Stimmbezirk 2, Nummer 7, gesperrt (N); nach dem Abschluss wieder aufgenommen"),
    ],
)
def test_a_frozen_entry_is_told_with_what_came_after_it(of: EntryView | None, now: RollStanding, said: str) -> None:
    assert standing(of, now) == said
