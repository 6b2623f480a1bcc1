"""The ballot: everything a voter needs, nothing that tells one voter from another, holes of the template over its boxes."""

import csv
import re
import subprocess
import sys
import unicodedata
from dataclasses import fields, replace
from functools import cache
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import pairwise

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beiratswahl.documents import ballot_blocks, stencil
from beiratswahl.documents.ballot_geometry import BallotLayout, Target
from beiratswahl.documents.ballot_layout import BallotTooLarge, lay_out
from beiratswahl.documents.ballot_paper import print_ballot
from beiratswahl.documents.ballot_sheet import BallotList, BallotPerson, BallotSheet
from beiratswahl.documents.typeface import UnprintableCharacter
from beiratswahl.law.rules import MajorityOvervote, System
from tests.documents.ballot_samples import BALLOTS, large, lists, majority_list, majority_persons, persons, proportional
from tests.documents.conftest import text_in

SMALL = ("ballot_majority_list", "ballot_majority_persons", "ballot_proportional")


@cache
def ballot(name: str) -> bytes:
    return print_ballot(BALLOTS[name]())


@cache
def template(name: str) -> bytes:
    return stencil.print_stencil(BALLOTS[name]())


@pytest.mark.parametrize("name", SMALL)
@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_ballot_and_template_are_archive_format_and_accessible(name: str, profile: page.ValidationProfile) -> None:
    for data in (ballot(name), template(name)):
        report = page.validate_pdf_bytes(data, profile=profile)
        assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def test_every_ballot_is_the_same_bytes_in_every_process() -> None:
    code = (
        "import sys; from hashlib import sha256; from tests.documents.ballot_samples import proportional;"
        "from beiratswahl.documents.ballot_paper import print_ballot;"
        "sys.stdout.write(sha256(print_ballot(proportional())).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert sha256(ballot("ballot_proportional")).hexdigest() == other
    assert sha256(print_ballot(proportional())).hexdigest() == other


def test_the_sheet_has_no_place_for_a_district_a_number_or_a_voter() -> None:
    assert {field.name for field in fields(BallotSheet)} == {
        "council_genitive", "election_day", "system", "votes", "votes_per_person", "created_at_utc", "lists", "persons", "list_mark",
        "cross_lists", "write_in_lines", "overvote", "postal_only", "specimen",
    }  # fmt: skip


def test_the_file_carries_nothing_but_title_producer_and_the_moment_of_admission() -> None:
    with pikepdf.open(BytesIO(ballot("ballot_proportional"))) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items()}
        assert set(info) == {"/Title", "/Producer", "/Creator", "/CreationDate", "/ModDate"} - ({"/Creator"} - set(info))
        assert info["/CreationDate"] == info["/ModDate"]
        assert "20240930160000" in info["/CreationDate"]
        assert not list(pdf.attachments)
        assert len(pdf.pages) == 1


@pytest.mark.parametrize("name", SMALL)
def test_one_page_in_the_announced_format(name: str) -> None:
    layout = lay_out(BALLOTS[name]())
    with pikepdf.open(BytesIO(ballot(name))) as pdf:
        box = [float(value) * 25.4 / 72 for value in pdf.pages[0].MediaBox]
        assert len(pdf.pages) == 1
    assert box[2] == pytest.approx(layout.paper.width, abs=0.1)
    assert box[3] == pytest.approx(layout.paper.height, abs=0.1)


@pytest.mark.parametrize(
    "statement",
    [
        "Stimmzettel für die Wahl des Beirates für Migration und Integration der Stadt Musterstadt am Sonntag, 10. November 2024",
        "Sie haben 13 Stimmen.",
        "Eine Person kann von Ihnen bis zu 3 Stimmen bekommen.",
        "Vergeben Sie zusammen nicht mehr als 13 Stimmen.",
        "Wahlvorschlag 1 Internationale Liste",
        "Wahlvorschlag 4 Einzelbewerbung Dr. Abdi 401 Abdi, Dr. Fatuma",
        "106 Шевченко, Олександр Іванович",
        "210 Suharto",
    ],
)
def test_the_ballot_says_what_a_voter_needs(statement: str) -> None:
    assert statement in text_in(ballot("ballot_proportional"))


def test_a_name_is_printed_as_often_as_the_list_names_it() -> None:
    text = text_in(ballot("ballot_proportional"))
    assert "201 " + " ".join(["dos Santos e Castro de Albuquerque, Maria da Conceição Fernanda"] * 3) + " 202" in text
    assert "202 Al-Ḥusainī, Ṣāliḥ Al-Ḥusainī, Ṣāliḥ 203" in text


def test_the_tags_lead_from_each_list_to_its_persons() -> None:
    with pikepdf.open(BytesIO(ballot("ballot_proportional"))) as pdf:
        tree = pdf.Root.StructTreeRoot
        parents = tree.ParentTree.Nums[1]
        (sheet,) = tree.K[0].K
        tags = [(str(of.S), [str(kid.S) for kid in of.K]) for of in sheet.K if str(of.S) in ("/H2", "/Div")]
        assert [len(kids) for tag, kids in tags if tag == "/Div"] == [13, 13, 8, 1]
        assert [tag for tag, _ in tags] == ["/H2", "/Div"] * 4
        assert {kid for tag, kids in tags for kid in kids if tag == "/Div"} == {"/P"}
        for division in sheet.K:
            if str(division.S) == "/Div":
                assert all(parents[int(paragraph.K)].objgen == paragraph.objgen for paragraph in division.K)
        marks = [int(found[1]) for found in re.finditer(rb"/MCID (\d+)", pdf.pages[0].Contents.read_bytes())]
        assert sorted(marks) == list(range(len(parents)))


def test_every_name_is_copied_and_read_aloud_behind_its_number_and_its_list() -> None:
    text = unicodedata.normalize("NFC", text_in(ballot("ballot_large")))
    expected = " ".join(
        f"Wahlvorschlag {of.number} {of.keyword} " + " ".join(f"{person.number} {person.name}" for person in of.persons)
        for of in large().lists
    )
    assert unicodedata.normalize("NFC", expected) in text


@pytest.mark.parametrize("letter", ["क", "த", "中"])
def test_a_name_that_cannot_be_set_right_is_refused_with_its_letter(letter: str) -> None:
    people = (BallotPerson("101", letter, "Anna"),)
    with pytest.raises(UnprintableCharacter, match=f"U\\+{ord(letter):04X}"):
        print_ballot(replace(proportional(), lists=(BallotList(1, "Liste", people), *proportional().lists[1:])))


def test_an_invisible_hyphen_stays_invisible() -> None:
    people = (BallotPerson("101", "Müller\u00adŁukasiewicz", "Anna"),)
    sheet = replace(proportional(), lists=(BallotList(1, "Liste", people), *proportional().lists[1:]))
    assert "101 MüllerŁukasiewicz, Anna" in text_in(print_ballot(sheet))


def test_in_majority_vote_everybody_is_printed_once_with_one_box() -> None:
    sheet = replace(majority_list(), lists=(BallotList(1, "Liste", persons(1, 14, {1: 3})),))
    layout = lay_out(sheet)
    assert sum(row.number == "101" for block in layout.blocks for column in block.columns for row in column.rows) == 1
    assert len(layout.blocks[0].columns[0].rows[0].lines) == len(lay_out(majority_list()).blocks[0].columns[0].rows[0].lines)
    assert [of.label for of in layout.targets if not of.whole_list] == list(sheet.numbers)


def test_free_lines_are_as_many_as_announced_and_carry_no_box() -> None:
    layout = lay_out(majority_persons())
    free = [row for block in layout.blocks for column in block.columns for row in column.rows if not row.number]
    assert len(free) == 10
    assert min(row.height for row in free) >= ballot_blocks.WRITE_IN_HEIGHT
    assert len(layout.targets) == 21


@pytest.mark.parametrize(
    ("change", "said", "unsaid"),
    [
        ({"overvote": MajorityOvervote.INVALID_BALLOT}, "sonst ist der ganze Stimmzettel ungültig", "von oben nach unten. Falten"),
        ({"overvote": MajorityOvervote.FIRST_FROM_TOP}, "sonst zählen nur die ersten 10 von oben nach unten", "ungültig"),
        ({"write_in_lines": 0}, "Sie haben 10 Stimmen.", "andere wählbare Personen"),
        ({"postal_only": True}, "legen Sie ihn in den Stimmzettelumschlag", "Muster "),
        ({"votes": 1}, "Sie haben eine Stimme.", "Sie haben 1 "),
    ],
)
def test_the_advice_follows_the_rules(change: dict[str, object], said: str, unsaid: str) -> None:
    text = text_in(print_ballot(replace(majority_list(), **change)))  # type: ignore[arg-type]
    assert said in text
    assert unsaid not in text


def test_only_a_specimen_says_so() -> None:
    assert "Muster " not in text_in(ballot("ballot_proportional"))
    assert "Muster Stimmzettel" in text_in(print_ballot(replace(proportional(), specimen=True)))


def test_without_list_mark_no_circle_is_printed() -> None:
    layout = lay_out(replace(proportional(), list_mark=False))
    assert not any(target.whole_list for target in layout.targets)
    assert sum(target.whole_list for target in lay_out(proportional()).targets) == 4


def _inside(layout: BallotLayout) -> None:
    for block in layout.blocks:
        assert layout.paper.margin - 0.1 <= block.x
        assert block.x + block.width <= layout.paper.width - layout.paper.margin + 0.1
        assert layout.paper.margin <= block.y
        assert block.y + block.height <= layout.paper.height - layout.paper.margin + 0.1
        for column in block.columns:
            for row, below in pairwise(column.rows):
                assert row.y + row.height <= below.y + 0.03
            assert column.rows[-1].y + column.rows[-1].height <= block.y + block.height + 0.1


def _apart(layout: BallotLayout) -> None:
    targets = sorted(layout.targets, key=lambda of: (of.x, of.y))
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            if other.x >= one.x + one.size:
                break
            assert abs(one.y - other.y) >= min(one.size, other.size)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 26), min_size=2, max_size=8), st.integers(1, 3))
def test_everything_lies_inside_the_sheet_and_no_box_touches_another(sizes: list[int], boxes: int) -> None:
    lists = tuple(BallotList(at, f"Liste {at}", persons(at, size)) for at, size in enumerate(sizes, 1))
    layout = lay_out(replace(proportional(), lists=lists, votes_per_person=boxes))
    _inside(layout)
    _apart(layout)
    assert len(layout.targets) == boxes * sum(sizes) + len(sizes)


def test_no_letter_of_the_page_touches_a_box() -> None:
    layout = lay_out(proportional())
    document = pypdfium2.PdfDocument(ballot("ballot_proportional"))
    textpage = document[0].get_textpage()
    boxes = [of for of in layout.targets if not of.whole_list]
    height = layout.paper.height
    letters = 0
    for at in range(textpage.count_chars()):
        left, bottom, right, top = (value * 25.4 / 72 for value in textpage.get_charbox(at))
        if textpage.get_text_range(at, 1).strip():
            letters += 1
            assert not any(
                left < box.x + box.size and right > box.x and height - top < box.y + box.size and height - bottom > box.y for box in boxes
            )
    assert letters > 900
    textpage.close()
    document.close()


def test_twelve_lists_of_46_fit_on_a2_with_the_longest_names() -> None:
    layout = lay_out(large())
    _inside(layout)
    assert layout.paper.name == "A2"
    assert len(layout.targets) == 12 * 46 * 3 + 12


def test_a_small_election_stays_on_small_paper_with_large_type() -> None:
    small = replace(proportional(), lists=tuple(BallotList(at, f"Liste {at}", persons(7, 5)) for at in (1, 2)))
    layout = lay_out(small)
    assert layout.paper.name == "A4"
    assert layout.density.names >= 12


def test_twenty_lists_of_sixty_are_refused_with_what_does_not_fit() -> None:
    with pytest.raises(BallotTooLarge, match=r"Bei 20 Wahlvorschlägen bleiben für einen Namen \d mm .*Nr\. 101 „.*weitere") as told:
        lay_out(replace(proportional(), votes=30, lists=lists(20, 60)))
    assert "größeren Bogen" in str(told.value)


def test_a_list_that_is_too_long_is_named_with_the_missing_height() -> None:
    people = tuple(BallotPerson(f"1{at:02d}", "Kaya", "Emre", 3) for at in range(1, 61))
    sheet = replace(proportional(), lists=(BallotList(1, "Lange Liste", people), *proportional().lists[1:]))
    with pytest.raises(
        BallotTooLarge, match=r"In der Höhe fehlen \d+ mm \(Wahlvorschlag 1 „Lange Liste“ hat 60 Personen mit 180 Nennungen"
    ):
        lay_out(sheet)


def test_a_keyword_of_one_endless_word_is_named() -> None:
    sheet = replace(proportional(), lists=(*lists(11, 20), BallotList(12, "X" * 80, persons(12, 3))))
    with pytest.raises(BallotTooLarge, match="Kennwort „XXX"):
        lay_out(sheet)


@pytest.mark.parametrize("name", SMALL)
def test_every_hole_lies_over_its_box_and_no_hole_meets_another(name: str) -> None:
    layout = lay_out(BALLOTS[name]())
    punched = stencil.holes(layout)
    assert len(punched) == len(layout.targets)
    for hole, box in zip(punched, layout.targets, strict=True):
        assert (hole.label, hole.whole_list) == (box.label, box.whole_list)
        assert hole.x < box.x < box.x + box.size < hole.x + hole.size
        assert hole.y < box.y < box.y + box.size < hole.y + hole.size
    _apart(replace(layout, targets=tuple(Target(of.label, of.whole_list, of.x, of.y, of.size) for of in punched)))


def test_the_template_encloses_its_holes_in_millimetres() -> None:
    with pikepdf.open(BytesIO(template("ballot_proportional"))) as pdf:
        content = bytes(pdf.attachments["loecher.csv"].get_file().read_bytes()).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content), delimiter=";"))
    layout = lay_out(proportional())
    assert len(rows) == len(layout.targets)
    assert [row["nummer"] for row in rows if row["form"] == "Kreis"] == ["1", "2", "3", "4"]
    assert [row["feld"] for row in rows if row["nummer"] == "201"] == ["1", "2", "3"]
    assert all(re.fullmatch(r"\d+,\d\d", row["x_mm"]) for row in rows)


@pytest.mark.parametrize(
    "statement",
    [
        "Stimmzettelschablone",
        "In Originalgröße drucken",
        "Sie haben 13 Stimmen.",
        "Jede Zeile hat 3 Löcher nebeneinander. Von oben nach unten:",
        "dreimal genannt",
        "Nummer 401: Abdi, Dr. Fatuma",
    ],
)
def test_the_words_to_read_aloud_say_everything_on_the_ballot(statement: str) -> None:
    assert statement in text_in(template("ballot_proportional"))


def test_ballot_and_template_have_the_same_size_and_fold_marks_make_a5() -> None:
    layout = lay_out(proportional())
    with pikepdf.open(BytesIO(template("ballot_proportional"))) as pdf, pikepdf.open(BytesIO(ballot("ballot_proportional"))) as other:
        assert list(pdf.pages[0].MediaBox) == list(other.pages[0].MediaBox)
    across, down = layout.folds
    folded = sorted((layout.paper.width / (len(across) + 1), layout.paper.height / (len(down) + 1)))
    assert folded == pytest.approx([148, 210], abs=1)
    assert proportional().system is System.PROPORTIONAL
