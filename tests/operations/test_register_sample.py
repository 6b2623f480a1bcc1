"""The fictitious register is the same for the same seed and holds the cases a roll must cope with."""

import argparse
import io
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from beiratswahl.commands import sample as command
from beiratswahl.operations.findings import Findings
from beiratswahl.operations.register_file import open_register
from beiratswahl.operations.register_persons import RegisterPerson
from beiratswahl.operations.register_values import ResidenceStatus
from beiratswahl.rehearsal.register import write_register

DAY = date(2029, 11, 11)


def sample(persons: int, seed: int) -> bytes:
    stream = io.BytesIO()
    write_register(stream, persons, seed, election_day=DAY)
    return stream.getvalue()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    chosen = parser.parse_args(arguments)
    return int(chosen.run(chosen))


@pytest.fixture(scope="module")
def residents(tmp_path_factory: pytest.TempPathFactory) -> list[RegisterPerson]:
    path = tmp_path_factory.mktemp("sample") / "auszug.csv"
    path.write_bytes(sample(6000, 7))
    findings = Findings()
    persons = list(open_register(path).persons(("07999000",), DAY.isoformat(), DAY.isoformat(), findings))
    assert (findings.errors, findings.warnings) == (0, 0)
    return persons


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert sample(300, 1) == sample(300, 1)
    assert sample(300, 1) != sample(300, 2)


def test_the_asked_number_of_persons_is_written(residents: list[RegisterPerson]) -> None:
    assert len(residents) == 6000


def test_most_residents_are_german_and_many_communities_live_there(residents: list[RegisterPerson]) -> None:
    by_nationalities = Counter(person.nationalities for person in residents)
    assert 3000 < by_nationalities["000"] < 5000
    assert {"163", "475", "152", "154", "166", "137", "125", "423", "150", "153", "432", "224", "436"} <= set(by_nationalities)
    assert {"997", "998"} <= set(by_nationalities)
    assert sum(number for keys, number in by_nationalities.items() if keys.startswith("000 ")) > 200


def test_every_hard_case_occurs(residents: list[RegisterPerson]) -> None:
    assert any(person.birth_date.endswith("-00-00") for person in residents)
    assert any(person.birth_date.endswith("-00") and not person.birth_date.endswith("-00-00") for person in residents)
    assert any(date(2013, 9, 30).isoformat() < person.birth_date <= date(2013, 11, 11).isoformat() for person in residents)
    assert any(person.birth_date == "2013-11-12" for person in residents)
    assert {"", "51", "52"} <= {person.blocks for person in residents}
    assert any(person.died for person in residents)
    assert any(home.status == ResidenceStatus.SECONDARY for person in residents for home in person.residences)
    assert any(home.main_since for person in residents for home in person.residences)
    assert any(home.moved_out and len(person.residences) == 1 for person in residents for home in person.residences)
    moved_in = {home.moved_in for person in residents for home in person.residences}
    assert {"2029-08-10", "2029-08-11", "2029-08-12"} <= moved_in


def test_names_are_composed_and_reach_far_beyond_german_letters(residents: list[RegisterPerson]) -> None:
    letters = {letter for person in residents for letter in person.family_name + person.given_names}
    assert all(unicodedata.is_normalized("NFC", person.family_name + person.given_names) for person in residents)
    assert set("ışğŞțșłńḥʿëčđāễ") <= letters


def test_the_command_writes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "auszug.csv"
    assert main(["sample", "register", "--persons", "20", "--seed", "5", "--out", str(path), "--election-day", "2029-11-11"]) == 0
    assert path.read_bytes() == sample(20, 5)


def test_the_command_says_when_it_cannot_write(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "register", "--persons", "1", "--out", str(tmp_path / "no" / "x.csv")]) == 1
    assert "lässt sich nicht schreiben" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--persons", "0"], ["--ags", "7999000"], ["--election-day", "11.11.2029"]])
def test_the_command_refuses_what_it_cannot_mean(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["sample", "register", *wrong])
    assert "erwartet w" in capsys.readouterr().err
