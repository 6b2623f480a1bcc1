"""Words written into a page of the press: they stand as the press would have set them, and none is lost."""

import unicodedata
from datetime import UTC, datetime

import page
import pypdfium2
import pytest

from beiratswahl.documents import kerning, press
from beiratswahl.documents.glyphs import face
from beiratswahl.documents.inlay import FACE, FONT, Inlay
from tests.documents.ballot_samples import NAMES
from tests.documents.conftest import text_in

WHEN = datetime(2024, 9, 30, 16, tzinfo=UTC)
SIZE = 16
STYLE = (
    "<style>@page { size: A4; margin: 0; @bottom-right { content: none } }"
    "p, p + p { font-size: 16px; line-height: 20px; margin: 0 0 20px }</style>"
)
WORDS = (*(name.replace("|", ", ") for name in NAMES), "VATER Tăutu", "„Wer, Ty?“ L’Avion", "AVAWA Yo-Yo 1741", "Γαΐας Τάκης", "Гута Тарас")


def printed(html: str, inlay: Inlay) -> bytes:
    return press.print_pdf(
        f'<html lang="de"><body>{STYLE}{html}</body></html>', title="Probe", created_at_utc=WHEN, modified_at_utc=WHEN, inlay=inlay
    )


def written(top: float, *lines: str) -> tuple[str, ...]:
    return tuple(
        f"/{FONT} {SIZE} Tf 1 0 0 -1 0 {top + 20 * at:g} Tm {kerning.shown(face(FACE), line, SIZE)}" for at, line in enumerate(lines, 1)
    )


@pytest.mark.parametrize("words", [name for name in WORDS if face(FACE).combining.isdisjoint(name)])
def test_letters_stand_as_close_as_the_press_sets_them(words: str) -> None:
    data = printed(f"<p>{words}</p><div></div>", Inlay(b"", (written(20, words),), frozenset(words)))
    document = pypdfium2.PdfDocument(data)
    text = document[0].get_textpage()
    found = [(text.get_text_range(at, 1), *text.get_charbox(at)) for at in range(text.count_chars())]
    text.close()
    document.close()
    letters = [(letter, left) for letter, left, *_ in found if letter.strip()]
    theirs, ours = letters[: len(letters) // 2], letters[len(letters) // 2 :]
    assert "".join(letter for letter, _ in theirs) == "".join(letter for letter, _ in ours) == words.replace(" ", "")
    assert [left for _, left in ours] == pytest.approx([left for _, left in theirs], abs=0.05)


def test_words_are_read_where_their_division_stands() -> None:
    inlay = Inlay(b"", (written(15, "Ayşe"), written(55, "M̂bengue")), frozenset("AyşeM̂bengue"))
    text = text_in(printed("<p>eins</p><div></div><p>zwei</p><div></div><p>drei</p>", inlay))
    assert unicodedata.normalize("NFC", text) == unicodedata.normalize("NFC", "eins Ayşe zwei M̂bengue drei")


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1])
def test_inlaid_words_are_archive_format_and_accessible(profile: page.ValidationProfile) -> None:
    words = "".join(name.replace("|", " ") for name in NAMES)
    report = page.validate_pdf_bytes(
        printed("<p>eins</p><div></div>", Inlay(b"", (written(20, words),), frozenset(words))), profile=profile
    )
    assert report.is_compliant, [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize("html", ["<p>eins</p>", "<p>eins</p><div></div><div></div>", "<div></div><p>eins</p>"])
def test_no_word_is_lost_unnoticed(html: str) -> None:
    with pytest.raises(ValueError, match=r"zip\(\)|no words"):
        printed(html, Inlay(b"", (written(20, "Ayşe"),), frozenset("Ayşe")))
