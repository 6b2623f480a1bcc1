"""How the pages look, against approved pictures.

After a wanted change, look at the new pages and approve them: `python -m tests.documents.test_look`.
"""

from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from beiratswahl.documents.ballot_paper import print_ballot
from beiratswahl.documents.interim_announcement import announce_interim
from beiratswahl.documents.notice import print_notice
from beiratswahl.documents.stencil import print_stencil
from tests.documents.ballot_samples import BALLOTS
from tests.documents.conftest import printed
from tests.documents.notice_samples import NOTICES
from tests.documents.samples import interim

APPROVED = Path(__file__).parent / "approved"
DPI = 40
SHOWN = [
    ("proportional", 0),
    ("proportional", 1),
    ("proportional", 3),
    ("proportional", 4),
    ("preliminary", 0),
    ("interim", 0),
    ("majority", 0),
    ("majority", 1),
    ("ballot_proportional", 0),
    ("ballot_majority_persons", 0),
    ("ballot_majority_list", 0),
    ("ballot_large", 0),
    ("stencil_proportional", 0),
    ("stencil_proportional", 1),
    ("notice_call", 0),
    ("notice_inspection", 0),
    ("notice_admitted", 0),
    ("notice_no_election", 0),
    ("notice_election", 0),
    ("notice_letter", 0),
    ("notice_invitation", 0),
    ("notice_minutes", 0),
    ("notice_deadlines", 0),
]
BLOCK = 12  # pixels: about two lines of text
TOLERANCE = 24  # of 255, for a block's mean: another build of the renderer differs by less, a moved line by far more


@cache
def _printed(sample: str) -> bytes:
    if sample in BALLOTS:
        return print_ballot(BALLOTS[sample]())
    if sample.startswith("stencil"):
        return print_stencil(BALLOTS[sample.replace("stencil", "ballot")]())
    if sample == "interim":
        return announce_interim(interim())
    if sample in NOTICES:
        return print_notice(NOTICES[sample]())
    return printed(sample)


def _picture(sample: str, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(_printed(sample))
    try:
        page = document[number]
        picture: Image.Image = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        page.close()
    finally:
        document.close()
    return picture


def _file(sample: str, number: int) -> Path:
    return APPROVED / f"{sample}-{number + 1}.png"


def _worst_block(one: Image.Image, other: Image.Image) -> tuple[float, tuple[int, int]]:
    difference = ImageChops.difference(one, other)
    blocks = [
        (ImageStat.Stat(difference.crop((x, y, x + BLOCK, y + BLOCK))).mean[0], (x, y))
        for x in range(0, one.width, BLOCK)
        for y in range(0, one.height, BLOCK)
    ]
    return max(blocks)


@pytest.mark.parametrize(("sample", "number"), SHOWN)
def test_page_looks_as_approved(sample: str, number: int, tmp_path: Path) -> None:
    picture, approved = _picture(sample, number), Image.open(_file(sample, number))
    assert picture.size == approved.size
    worst, (x, y) = _worst_block(picture, approved)
    if worst > TOLERANCE:
        seen = tmp_path / _file(sample, number).name
        picture.save(seen)
        pytest.fail(
            f"Seite {number + 1} von „{sample}“ sieht anders aus als freigegeben: Abweichung {worst:.0f} von 255 bei "
            f"{x * 25.4 / DPI:.0f} mm von links, {y * 25.4 / DPI:.0f} mm von oben. Neu: {seen}, freigegeben: {_file(sample, number)}. "
            "Ist die Änderung gewollt: python -m tests.documents.test_look"
        )


def test_the_comparison_notices_a_moved_line() -> None:
    picture = _picture("majority", 0)
    assert _worst_block(picture, ImageChops.offset(picture, 0, 4))[0] > TOLERANCE
    assert _worst_block(picture, picture.point(lambda value: max(value - 6, 0)))[0] <= TOLERANCE


if __name__ == "__main__":
    for shown in SHOWN:
        _picture(*shown).save(_file(*shown), optimize=True)
