"""Strict JSON: every mistake is refused with its path."""

from enum import StrEnum

import pytest

from beiratswahl.commands import json_input
from beiratswahl.commands.json_input import InputError


class Colour(StrEnum):
    RED = "rot"
    GREEN = "grün"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("{", "$"),
        ("{} {}", "$"),
        ('{"a": NaN}', "$"),
        ('{"a": -Infinity}', "$"),
        ('{"a": 1, "a": 2}', "$"),
        ('{"x": [1, {"b": 1, "c": 2, "c": 3}]}', "$.x[1]"),
        ('[{"x": {"y": 1}}, {"b": 1, "b": 3}]', "$[1]"),
        ("[" * 100_000, "$"),
        ("1" * 5000, "$"),
    ],
)
def test_what_is_not_one_clean_json_document_is_refused(text: str, path: str) -> None:
    with pytest.raises(InputError) as error:
        json_input.parse(text)
    assert error.value.path == path
    # a fault of the whole document needs no place
    assert str(error.value).startswith("$") == (path != "$")
    assert str(error.value).startswith(f"{path}: ") == (path != "$")


def test_a_clean_document_is_read() -> None:
    assert json_input.parse('{"a": [1, "ä", null, true]}') == {"a": [1, "ä", None, True]}


@pytest.mark.parametrize(
    ("value", "path"),
    [([], "$"), ({"a": 1, "c": 1}, "$.c"), ({"b": 1}, "$.a"), (None, "$")],
)
def test_objects_have_their_keys_and_no_others(value: object, path: str) -> None:
    with pytest.raises(InputError) as error:
        json_input.object_at(value, "$", ("a",), ("b",))
    assert error.value.path == path


def test_objects_and_lists_are_handed_on() -> None:
    assert json_input.object_at({"a": 1}, "$", ("a",), ("b",)) == {"a": 1}
    assert json_input.items_at([4, 5], "$.x") == [("$.x[0]", 4), ("$.x[1]", 5)]


def test_an_object_is_no_list() -> None:
    with pytest.raises(InputError, match="Liste erwartet"):
        json_input.items_at({}, "$")


@pytest.mark.parametrize("value", [True, False, 1.0, "1", None, [], {}, -1, 8])
def test_integers_are_integers_in_range(value: object) -> None:
    with pytest.raises(InputError):
        json_input.integer_at(value, "$", 0, 7)


def test_right_values_are_handed_on() -> None:
    assert json_input.integer_at(7, "$", 0, 7) == 7
    assert json_input.integer_at(10**30, "$") == 10**30
    assert json_input.boolean_at(True, "$") is True
    assert json_input.text_at("ä", "$") == "ä"
    assert json_input.text_at("", "$", empty=True) == ""
    assert json_input.choice_at("grün", "$", Colour) is Colour.GREEN
    assert json_input.date_at("2024-02-29", "$").day == 29
    assert json_input.time_at("2024-11-10T18:00", "$").hour == 18
    json_input.unique([("$[0]", "1"), ("$[1]", "2")], "Die Liste")


@pytest.mark.parametrize("value", ["", 1, None, "\ud800"])
def test_texts_are_proper_and_not_empty(value: object) -> None:
    with pytest.raises(InputError):
        json_input.text_at(value, "$")


@pytest.mark.parametrize("value", [0, 1, "true", None])
def test_numbers_are_no_truth_values(value: object) -> None:
    with pytest.raises(InputError):
        json_input.boolean_at(value, "$")


def test_an_unknown_choice_names_the_allowed_ones() -> None:
    with pytest.raises(InputError, match="„rot“, „grün“"):
        json_input.choice_at("blau", "$", Colour)


@pytest.mark.parametrize("value", ["2023-02-29", "10.11.2024", "20241110", "2024-W45-7", 5])
def test_dates_have_one_form_and_exist(value: object) -> None:
    with pytest.raises(InputError):
        json_input.date_at(value, "$")


@pytest.mark.parametrize("value", ["2024-11-10", "2024-11-10T18:00:00", "2024-11-10T24:00", "2024-11-10T18:00+01:00", 5])
def test_moments_have_one_form_and_exist(value: object) -> None:
    with pytest.raises(InputError):
        json_input.time_at(value, "$")


def test_a_text_given_twice_names_both_places() -> None:
    with pytest.raises(InputError) as error:
        json_input.unique([("$[0]", "1"), ("$[1]", "1")], "Die Liste")
    assert error.value.path == "$[1]"
    assert "$[0]" in error.value.message
