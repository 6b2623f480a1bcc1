"""Bekanntmachung, Schreiben, Niederschrift drucken: one template for all of them."""

from beiratswahl.documents import press
from beiratswahl.documents.notice_sheet import Facts, Items, Notice, SignatureLines, Table
from beiratswahl.documents.result_announcement import arms_address


def print_notice(notice: Notice) -> bytes:
    """Schriftstück drucken.

    Returns:
        Bytes of the PDF, the same for the same sheet.

    Raises:
        typeface.UnprintableCharacter: a name uses a script the fonts do not have.
    """
    title = " ".join(part for part in (notice.title, notice.subtitle) if part)
    html = press.compose("notice.html", sheet=notice, title=title, arms=arms_address(notice.letterhead.arms), kind_of=_kind_of)
    return press.print_pdf(html, title=title, created_at_utc=notice.created_at_utc, modified_at_utc=notice.created_at_utc)


def _kind_of(block: object) -> str:
    kinds: tuple[tuple[type, str], ...] = ((Items, "items"), (Facts, "facts"), (Table, "table"), (SignatureLines, "signatures"))
    return next((name for kind, name in kinds if isinstance(block, kind)), "text")
