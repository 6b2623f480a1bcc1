"""The enclosed files tell the same result as the printed page."""

import csv
import json
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from beiratswahl.documents import attachments
from beiratswahl.documents.result_announcement import fingerprint
from beiratswahl.documents.result_districts import DistrictFigures
from tests.documents.conftest import opened, text_of
from tests.documents.samples import SAMPLES, majority, proportional


def test_json_and_csv_lie_in_the_pdf_as_data(sample: str) -> None:
    expected = {file.name: file.content for file in attachments.result_files(SAMPLES[sample]())}
    with opened(sample) as pdf:
        assert {name: bytes(pdf.attachments[name].get_file().read_bytes()) for name in pdf.attachments} == expected
        assert {pdf.attachments[name].get_file().mime_type for name in pdf.attachments} == {"application/json", "text/csv"}
        assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Data", "/Data"]


def test_footer_shows_the_fingerprint_of_the_enclosed_json(sample: str) -> None:
    content = attachments.result_json(SAMPLES[sample]())
    assert f"Prüfsumme {fingerprint(content)}".replace("\u00a0", " ") in text_of(sample)
    assert sha256(content).hexdigest() in text_of(sample)


def test_json_adds_up_and_seats_can_be_computed_again_from_it() -> None:
    result = json.loads(attachments.result_json(proportional()))
    assert result["voters"] == result["valid_ballots"] + result["invalid_ballots"]
    assert Fraction(result["turnout"]) == Fraction(result["voters"], result["eligible"])
    assert sum(Fraction(of["share"]) for of in result["lists"]) == 1
    for of in result["lists"]:
        assert sum(person["votes"] for person in of["candidates"]) == of["votes"]
        assert sum(person["elected"] for person in of["candidates"]) + of["vacant_seats"] == of["seats"]
    won = [item for item in result["allocation"]["quotients"] if item["rank"]]
    assert {of["number"]: of["seats"] for of in result["lists"]} == {
        of["number"]: sum(item["list"] == of["number"] for item in won) for of in result["lists"]
    }


def test_the_districts_add_up_to_the_totals() -> None:
    result = json.loads(attachments.result_json(proportional()))
    districts = result["districts"]
    for field in ("voters", "valid_ballots", "invalid_ballots", "votes", "eligible"):
        assert sum(district[field] for district in districts) == result[field], field
    for place, of in enumerate(result["lists"]):
        assert sum(district["list_votes"][place] for district in districts) == of["votes"]
        summed = [sum(votes) for votes in zip(*(district["candidate_votes"][place] for district in districts), strict=True)]
        assert summed == [person["votes"] for person in of["candidates"]]
    letters = [district["postal_letters"] for district in districts]
    assert sum(of["rejected"] for of in letters) == result["postal_letters"]["rejected"]
    assert sum(of["letters"] for of in result["postal_letters"]["rejected_by_reason"]) == result["postal_letters"]["rejected"]


def test_votes_in_districts_are_given_for_published_persons_only() -> None:
    sheet = majority()
    figures = DistrictFigures((1,), ("Nord",), None, 900, 900, 0, sheet.votes, person_votes=tuple(one.votes for one in sheet.persons))
    result = json.loads(attachments.result_json(replace(sheet, districts=(figures,))))
    assert result["districts"][0]["person_votes"] == [person["votes"] for person in result["persons"]]
    assert len(result["persons"]) == 30


def test_every_json_field_is_documented() -> None:
    def names(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(names(inner) for inner in value.values()))
        return set().union(*(names(inner) for inner in value)) if isinstance(value, list) else set()

    described = attachments.__doc__ or ""
    assert {name for name in names(json.loads(attachments.result_json(proportional()))) if f"`{name}`" not in described} == set()


def test_csv_follows_the_rules_for_open_election_data() -> None:
    data = attachments.result_csv(proportional())
    assert not data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8").splitlines(), delimiter=";"))
    assert len(rows) == 35
    assert {row["wahl-behoerde-gs"] for row in rows} == {"07999000"}
    assert {row["wahl-datum"] for row in rows} == {"10.11.2024"}
    assert all(row["stimmen"].isdecimal() for row in rows)
    assert sum(int(row["stimmen"]) for row in rows) == proportional().votes
    assert sum(row["gewaehlt"] == "ja" for row in rows) == 12
    assert attachments.__doc__ is not None
    assert all(column in attachments.__doc__ for column in rows[0])


def test_the_csv_tells_whose_seat_the_lot_decided() -> None:
    rows = list(csv.DictReader(attachments.result_csv(proportional()).decode().splitlines(), delimiter=";"))
    assert {(row["wahlvorschlag-nr"], row["wahlvorschlag-los-sitze"]) for row in rows if row["wahlvorschlag-los-sitze"] != "0"} == {
        ("1", "1")
    }


def test_a_delimiter_in_a_keyword_does_not_break_the_csv() -> None:
    sheet = proportional()
    keyword = 'Vielfalt; "Wir"'
    data = attachments.result_csv(replace(sheet, lists=(replace(sheet.lists[0], keyword=keyword),)))
    rows = list(csv.DictReader(data.decode().splitlines(), delimiter=";"))
    assert {row["wahlvorschlag"] for row in rows} == {keyword}


def test_people_behind_the_published_substitutes_appear_nowhere() -> None:
    sheet = majority()
    assert len(sheet.persons) == 34
    published = [person["substitute_rank"] for person in json.loads(attachments.result_json(sheet))["persons"] if not person["elected"]]
    assert published == list(range(1, 21))
    hidden = sheet.persons[30:]
    for person in hidden:
        assert person.name not in text_of("majority")
        assert person.family_name not in attachments.result_csv(sheet).decode()
