"""Dates of the register: whole, incomplete, unknown, or refused."""

import re

import pytest

from beiratswahl.law.facts import fact_date


@pytest.mark.parametrize("text", ["", "2008-1-1", "2008-11-10-01", "08-11-10", "2008/11/10"])
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=f"^„{re.escape(text)}“ ist kein Datum\\.$"):
        fact_date(text)


@pytest.mark.parametrize("text", ["2008-13-01", "2008-02-30", "2008-00-10", "0000-01-01"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|out of range"):
        fact_date(text)
