"""A register export is read whole or refused with everything that is wrong in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from beiratswahl.operations.findings import FileRefused, Findings, Severity
from beiratswahl.operations.register_columns import Mapping, read_mapping
from beiratswahl.operations.register_file import open_register
from beiratswahl.operations.register_persons import RegisterPerson
from beiratswahl.operations.register_values import ResidenceStatus

HEADER = (
    "Registernummer;0101 Familienname;0301 Vornamen;0601 Geburtsdatum;0701 Geschlecht;1001 Staatsangehörigkeiten;1201 Gemeindeschlüssel;"
    "Straße;Hausnummer;Postleitzahl;Wohnort;1213 Wohnungsstatus;1301 Einzugsdatum;1306 Auszugsdatum;1801 Auskunftssperre;1901 Sterbedatum"
)
NAMES = [heading.split(" ", 1)[-1] for heading in HEADER.split(";")]
LINE = "4711;Yılmaz;Ayşe;17.05.1980;w;163;07999000;Hauptstraße;1a;67999;Musterstadt;H;01.02.2010;;;"
USUAL = dict(zip(NAMES, LINE.split(";"), strict=True))
AREA = ("07999000",)
DAY = "2029-11-11"
TODAY = "2026-11-01"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(*lines: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
        path = tmp_path / "auszug.csv"
        path.write_bytes("\r\n".join((header, *lines, "")).encode(encoding))
        return path

    return write


def a_line(**changes: str) -> str:
    values = USUAL | {name.replace("_", " "): value for name, value in changes.items()}
    assert len(values) == len(USUAL)
    return ";".join(values.values())


def read(path: Path, mapping: Mapping | None = None) -> tuple[list[RegisterPerson], Findings]:
    findings = Findings()
    persons = list(open_register(path, mapping).persons(AREA, DAY, TODAY, findings))
    return persons, findings


def errors(path: Path) -> list[str]:
    return [finding.text for finding in read(path)[1] if finding.severity is Severity.ERROR]


def refusal(path: Path, mapping: Mapping | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        open_register(path, mapping)
    return str(refused.value)


def test_a_person_is_read_with_every_field(write: Write) -> None:
    persons, findings = read(write(a_line()))
    assert findings.errors == findings.warnings == 0
    person = persons[0]
    assert (person.line, person.register_number, person.family_name, person.given_names) == (2, "4711", "Yılmaz", "Ayşe")
    assert (person.birth_date, person.sex, person.nationalities) == ("1980-05-17", "w", "163")
    home = person.residences[0]
    assert (home.ags, home.status, home.moved_in) == ("07999000", ResidenceStatus.MAIN, "2010-02-01")
    assert (home.street, home.house_number, home.postcode, home.town) == ("Hauptstraße", "1a", "67999", "Musterstadt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_both_encodings_and_the_mark_at_the_start_are_recognised(write: Write, encoding: str) -> None:
    persons, findings = read(write(a_line(Familienname="Größer", Vornamen="Zoë"), encoding=encoding))
    assert (persons[0].family_name, persons[0].given_names, findings.errors) == ("Größer", "Zoë", 0)


def test_two_encodings_in_one_file_name_the_lines_of_the_rarer_one(tmp_path: Path) -> None:
    path = tmp_path / "auszug.csv"
    lines = [
        HEADER.encode(),
        a_line(Registernummer="1").encode(),
        a_line(Registernummer="2", Familienname="Größer", Vornamen="").encode("cp1252"),
    ]
    path.write_bytes(b"\n".join([*lines, b""]))
    assert "Zeile 3: Die Zeile ist in Windows-1252 gespeichert, andere Zeilen in UTF-8." in refusal(path)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", "Die Datei ist leer."),
        (b"\xef\xbb\xbf", "Die Datei ist leer."),
        (HEADER.encode("utf-16"), "Die Datei ist in UTF-16 gespeichert."),
        (b"Registernummer;\x00", "Nullzeichen"),
        (b"PK\x03\x04\x14\x00", "Excel-Arbeitsmappe"),
        (HEADER.encode("cp1252") + b"\n4711;Gr\xf6\x81\n", "Zeile 2: Die Zeile enthält Bytes"),
    ],
)
def test_what_is_no_readable_text_is_refused(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "auszug.csv"
    path.write_bytes(content)
    assert named in refusal(path)


def test_a_file_with_a_header_alone_is_refused(write: Write) -> None:
    assert errors(write()) == ["Datei: Die Datei enthält keine Person. Es gibt nichts zu übernehmen. Bitte den Auszug neu erstellen."]


@pytest.mark.parametrize(("sign", "name"), [(",", "Komma"), ("\t", "Tabulator"), ("|", "senkrechter Strich")])
def test_a_wrong_separator_is_named(write: Write, sign: str, name: str) -> None:
    assert f"Die Kopfzeile scheint durch {name} getrennt zu sein." in refusal(write(header=HEADER.replace(";", sign)))


def test_every_missing_column_is_named(write: Write) -> None:
    header = HEADER.replace("0601 Geburtsdatum", "x").replace("1001 Staatsangehörigkeiten", "y")
    text = refusal(write(header=header))
    assert "Die Spalte „0601 Geburtsdatum“ fehlt." in text
    assert "Die Spalte „1001 Staatsangehörigkeiten“ fehlt." in text


def test_a_doubled_heading_is_refused_in_either_spelling(write: Write) -> None:
    assert "Die Überschrift „0601 Geburtsdatum“ steht 2-mal in der Kopfzeile (Spalten 4, 17)." in refusal(
        write(header=HEADER + ";geburtsdatum")
    )


def test_columns_are_found_by_number_or_words_in_any_order(tmp_path: Path) -> None:
    headings = [heading.split(" ")[0] if heading[0].isdigit() else heading.upper() for heading in HEADER.split(";")]
    path = tmp_path / "auszug.csv"
    path.write_text("\n".join([";".join(reversed(headings)), ";".join(reversed(a_line().split(";")))]), encoding="utf-8")
    assert read(path)[0][0].family_name == "Yılmaz"


def test_a_mapping_names_the_columns_of_another_product(tmp_path: Path, write: Write) -> None:
    toml = tmp_path / "produkt.toml"
    toml.write_text(
        '[spalten]\nRegisternummer = "PKZ"\n"0601" = "GEBDAT"\n[trennzeichen]\nspalten = "|"\nstaatsangehoerigkeiten = "/"\n',
        encoding="utf-8",
    )
    header = HEADER.replace("Registernummer", "PKZ").replace("0601 Geburtsdatum", "GebDat").replace(";", "|")
    path = write(a_line(Staatsangehörigkeiten="163/000").replace(";", "|"), header=header)
    persons, findings = read(path, read_mapping(toml))
    assert (persons[0].register_number, persons[0].nationalities, findings.errors) == ("4711", "000 163", 0)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[spalten", "kein lesbares TOML"),
        ('[spalten]\nGeburtsort = "X"', "die unbekannte Spalte „Geburtsort“"),
        ('[spalten]\nRegisternummer = ""', "keine Überschrift"),
        ('[spalten]\nRegisternummer = "X"\n"0101" = "x"', "2-mal vergeben"),
        ('[trennzeichen]\nspalten = ";;"', "nicht genau ein Zeichen"),
    ],
)
def test_a_broken_mapping_is_refused(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "produkt.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FileRefused, match=named):
        read_mapping(path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("29.02.2000", "2000-02-29"),
        ("29.02.2012", "2012-02-29"),
        ("00.05.1980", "1980-05-00"),
        ("00.00.1980", "1980-00-00"),
        ("00.00.0000", "0000-00-00"),
        ("", "0000-00-00"),
        ("1980-05-17", "1980-05-17"),
        ("19800500", "1980-05-00"),
    ],
)
def test_birth_dates_may_be_incomplete_but_are_never_guessed(write: Write, text: str, value: str) -> None:
    persons, findings = read(write(a_line(Geburtsdatum=text, Einzugsdatum="01.03.2020")))
    assert (persons[0].birth_date, findings.errors) == (value, 0)


@pytest.mark.parametrize("text", ["29.02.2001", "29.02.1900", "31.04.1980", "17.13.1980", "17.00.1980", "17.05.1780", "17.5.80", "gestern"])
def test_impossible_dates_are_errors_with_line_and_column(write: Write, text: str) -> None:
    (text_shown,) = errors(write(a_line(Geburtsdatum=text)))
    assert text_shown.startswith("Zeile 2, Spalte „0601 Geburtsdatum“: ")
    assert text in text_shown


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"Geburtsdatum": "12.11.2029", "Einzugsdatum": "12.11.2029"}, "Das Geburtsdatum liegt nach dem Wahltag."),
        ({"Geburtsdatum": "17.05.1980", "Einzugsdatum": "16.05.1980"}, "Das Einzugsdatum liegt vor der Geburt."),
        ({"Sterbedatum": "16.05.1980"}, "Das Sterbedatum liegt vor der Geburt."),
        ({"Auszugsdatum": "31.01.2010"}, "Das Auszugsdatum liegt vor dem Einzug."),
    ],
)
def test_dates_in_impossible_order_are_errors(write: Write, changes: dict[str, str], named: str) -> None:
    (text,) = errors(write(a_line(**changes)))
    assert named in text


@pytest.mark.parametrize("died", ["02.11.2026", "01.01.2030", "00.12.2026", "00.00.2027"])
def test_a_death_to_come_is_warned_about_with_line_and_column(write: Write, died: str) -> None:
    persons, findings = read(write(a_line(Sterbedatum=died)))
    assert (len(persons), findings.errors) == (1, 0)
    (warning,) = findings
    assert warning.severity is Severity.WARNING
    assert warning.text.startswith("Zeile 2, Spalte „1901 Sterbedatum“: Das Sterbedatum liegt in der Zukunft.")


@pytest.mark.parametrize("died", ["01.11.2026", "31.10.2026", "00.11.2026", "00.00.2026"])
def test_a_death_that_may_have_been_is_not_warned_about(write: Write, died: str) -> None:
    assert list(read(write(a_line(Sterbedatum=died)))[1]) == []


@pytest.mark.parametrize("column", ["Sterbedatum", "Auszugsdatum"])
def test_a_wholly_unknown_end_is_an_error_because_it_may_be_none(write: Write, column: str) -> None:
    (text,) = errors(write(a_line(**{column: "00.00.0000"})))
    assert "lässt offen, ob das Ereignis eingetreten ist" in text


def test_a_wholly_unknown_day_of_moving_in_is_kept(write: Write) -> None:
    assert read(write(a_line(Einzugsdatum="00.00.0000")))[0][0].residences[0].moved_in == "0000-00-00"


def test_incomplete_dates_contradict_nothing_they_do_not_say(write: Write) -> None:
    assert errors(write(a_line(Geburtsdatum="00.00.2010", Einzugsdatum="01.02.2010"))) == []
    assert errors(write(a_line(Geburtsdatum="01.03.2010", Einzugsdatum="00.00.2010"))) == []
    assert len(errors(write(a_line(Geburtsdatum="00.00.2011", Einzugsdatum="01.02.2010")))) == 1


@pytest.mark.parametrize(
    ("text", "keys"), [("163,000", "000 163"), ("000 163", "000 163"), ("163, 163", "163"), ("997", "997"), ("475 163 000", "000 163 475")]
)
def test_several_nationalities_are_read_in_one_order(write: Write, text: str, keys: str) -> None:
    assert read(write(a_line(Staatsangehörigkeiten=text)))[0][0].nationalities == keys


@pytest.mark.parametrize("text", ["", "996", "TUR", "16", "163/000"])
def test_unknown_nationalities_are_errors(write: Write, text: str) -> None:
    (shown,) = errors(write(a_line(Staatsangehörigkeiten=text)))
    assert shown.startswith("Zeile 2, Spalte „1001 Staatsangehörigkeiten“: ")


def test_decomposed_names_become_composed(write: Write) -> None:
    person = read(write(a_line(Familienname="Mu\u0308ller", Vornamen="Zoe\u0308")))[0][0]
    assert (person.family_name, person.given_names) == ("M\u00fcller", "Zo\u00eb")


@pytest.mark.parametrize("sign", ["\u202e", "\u200b", "\u2066", "\u0007", "\t", "\u00ad", "\u2028", "\ue000"])
def test_control_and_bidi_signs_are_errors(write: Write, sign: str) -> None:
    (text,) = errors(write(a_line(Familienname=f"Yıl{sign}maz")))
    assert text.startswith("Zeile 2, Spalte „0101 Familienname“: Das Feld enthält unsichtbare Zeichen: U+")


@pytest.mark.parametrize("name", ["Шевченко", "Παπαδόπουλος", "محمد", "Müll3r", "A🙂"])
def test_letters_that_no_german_register_keeps_are_warnings(write: Write, name: str) -> None:
    persons, findings = read(write(a_line(Familienname=name)))
    assert (persons[0].family_name, findings.errors, findings.warnings) == (name, 0, 1)


@pytest.mark.parametrize("name", ["ʿAbd al-Qādir", "Kovalʹčuk", "D’Angelo", "Nguyễn", "Kr̥ṣṇa", "Đặng", "Țepeș", "M̂ı", "Dr. Weiß (Groß)"])
def test_latin_letters_with_all_their_marks_are_no_warnings(write: Write, name: str) -> None:
    assert read(write(a_line(Familienname=name)))[1].warnings == 0


def test_blanks_around_and_between_names_are_tidied(write: Write) -> None:
    assert read(write(a_line(Familienname="  von\u00a0der  Heydt ")))[0][0].family_name == "von der Heydt"


def test_a_person_has_one_line_for_each_residence(write: Write) -> None:
    persons, findings = read(
        write(
            a_line(Einzugsdatum="01.02.2010", Auszugsdatum="01.03.2020"),
            a_line(Einzugsdatum="01.03.2020", Straße="Nebenweg"),
            a_line(Einzugsdatum="01.04.2020", Gemeindeschlüssel="07998000", Wohnungsstatus="N"),
            a_line(Registernummer="4712"),
        )
    )
    assert [(person.register_number, len(person.residences)) for person in persons] == [("4711", 3), ("4712", 1)]
    assert findings.errors == 0


def test_a_register_number_for_two_persons_is_an_error(write: Write) -> None:
    (text,) = errors(write(a_line(), a_line(Vornamen="Elif", Straße="Nebenweg")))
    assert text.startswith("Zeile 3, Spalte „Registernummer“: Die Registernummer „4711“ steht schon in Zeile 2.")


def test_a_register_number_far_apart_is_an_error_even_for_the_same_person(write: Write) -> None:
    between = [a_line(Registernummer=str(number)) for number in range(300)]
    (text,) = errors(write(a_line(), *between, a_line()))
    assert text.startswith("Zeile 303, Spalte „Registernummer“: Die Registernummer „4711“ steht schon in Zeile 2.")


def test_the_same_line_twice_is_an_error(write: Write) -> None:
    (text,) = errors(write(a_line(), a_line()))
    assert "ein zweites Mal mit derselben Wohnung" in text


def test_a_file_of_another_municipality_is_an_error_named_once(write: Write) -> None:
    lines = [a_line(Registernummer=str(number), Gemeindeschlüssel="07998000") for number in range(50)]
    (text,) = errors(write(*lines))
    assert "50 Personen haben nur eine Wohnung in der Gemeinde 07998000." in text


def test_five_digits_of_the_area_stand_for_a_whole_district(write: Write) -> None:
    findings = Findings()
    path = write(a_line(Gemeindeschlüssel="07998001"), a_line(Registernummer="2", Gemeindeschlüssel="07998002"))
    assert len(list(open_register(path).persons(("07998",), DAY, TODAY, findings))) == 2
    assert findings.errors == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Registernummer", ""),
        ("Familienname", " "),
        ("Geschlecht", "q"),
        ("Gemeindeschlüssel", "7999000"),
        ("Wohnungsstatus", ""),
        ("Einzugsdatum", ""),
        ("Auskunftssperre", "53"),
        ("Straße", "Haupt\u202estraße"),
        ("Vornamen", "x" * 301),
    ],
)
def test_every_field_names_its_own_fault(write: Write, column: str, value: str) -> None:
    (text,) = errors(write(a_line(**{column: value})))
    assert text.startswith("Zeile 2, Spalte „")
    assert column in text.split("“")[0]


@pytest.mark.parametrize(
    ("text", "blocks"), [("", ""), ("51", "51"), ("ja", "51"), ("52", "52"), ("51, 52", "51 52"), ("§ 51 BMG", "51"), ("0", "")]
)
def test_blocked_addresses_are_told_apart(write: Write, text: str, blocks: str) -> None:
    assert read(write(a_line(Auskunftssperre=text)))[0][0].blocks == blocks


def test_all_errors_come_at_once_in_the_order_of_the_file(write: Write) -> None:
    path = write(
        a_line(Geburtsdatum="31.02.1980", Staatsangehörigkeiten="996"),
        a_line(Registernummer="2"),
        "3;zu;kurz",
        a_line(Registernummer="4", Wohnungsstatus="?"),
        a_line(Registernummer="2"),
    )
    assert [text.split(":")[0] for text in errors(path)] == [
        "Zeile 2, Spalte „0601 Geburtsdatum“",
        "Zeile 2, Spalte „1001 Staatsangehörigkeiten“",
        "Zeile 4",
        "Zeile 5, Spalte „1213 Wohnungsstatus“",
        "Zeile 6, Spalte „Registernummer“",
    ]


def test_a_wholly_broken_file_keeps_few_findings_and_counts_all(write: Write) -> None:
    _, findings = read(write(*(a_line(Registernummer=str(number), Geburtsdatum="x") for number in range(1000))))
    assert (findings.errors, len(list(findings))) == (1000, 200)


def test_broken_quotes_are_named_and_the_next_line_is_still_read(write: Write) -> None:
    persons, findings = read(write('"a"b' + a_line(), a_line(Registernummer="2")))
    assert [person.register_number for person in persons] == ["2"]
    assert [finding.line for finding in findings] == [2]


def test_a_quoted_separator_belongs_to_the_field_and_empty_lines_do_not_count(write: Write) -> None:
    persons, findings = read(write("", a_line(Straße='"Haupt;straße"'), ""))
    assert (persons[0].residences[0].street, persons[0].line, findings.errors) == ("Haupt;straße", 3, 0)
