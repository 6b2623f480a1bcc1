"""A name is found in whatever spelling somebody types it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beiratswahl.store.spelling import search_key, search_words


@pytest.mark.parametrize(
    "spellings",
    [
        ("Müller", "Mueller", "Muller", "MÜLLER", "Mu\u0308ller"),
        ("Groß", "Gross", "GROSS", "GROẞ"),
        ("Nguyễn", "Nguyen"),
        ("Işık", "Isik", "ISIK"),
        ("Łukasz", "Lukasz"),
        ("Đorđević", "Dordevic"),
        ("O’Neill", "O'Neill", "ONeill"),
        ("Kovalʹčuk", "Kovalcuk"),
        ("ʿAbdallāh", "Abdallah", "Abdallaah"),
        ("Ångström", "Aangstroem", "Angstrom"),
        ("al-Ḥasan", "al Hasan", "AL HASAN"),
        ("Kr̥ṣṇa", "Krsna"),
    ],
)
def test_all_spellings_of_a_name_have_one_search_form(spellings: tuple[str, ...]) -> None:
    assert len({search_key(spelling) for spelling in spellings}) == 1


@given(st.text(alphabet="aeouäöüßÅåæøłḥ'’- bcdABC", max_size=12), st.integers(0, 12))
def test_the_beginning_of_a_name_finds_it(name: str, length: int) -> None:
    assert search_key(name).startswith(search_key(name[:length]))


@given(st.text(max_size=20))
def test_a_search_form_is_plain_and_does_not_depend_on_composition(name: str) -> None:
    key = search_key(name)
    assert key == " ".join(key.split())
    assert key.isascii()
    assert key == search_key(unicodedata.normalize("NFD", name)) == search_key(unicodedata.normalize("NFC", name))


def test_a_double_name_is_found_by_each_part_and_written_together() -> None:
    words = search_words("Al-Ḥasan", "Bašār")
    assert all(" " + word in words for word in ("al", "hasan", "alhasan", "basar"))
