"""Bekanntmachung als Daten: the text of a notice as JSON, from the same sheet as the printed page, always the same bytes.

The fields (`format` "beiratswahl-bekanntmachung", `format_version` 1; days are ISO 8601) stand in `store.read.published.NoticeView`.
"""

import json
from datetime import date
from typing import Any

from beiratswahl.documents.notice_sheet import Block, Facts, Items, Notice, SignatureLines, Table


def notice_json(notice: Notice, *, kind: str, number: int, council: str, election_day: date) -> bytes:
    """Bekanntmachung als JSON.

    Args:
        notice: the sheet.
        kind: stable name of the kind of notice.
        number: its number within the election.
        council: name of the council.
        election_day: Wahltag.
    """
    content = {
        "format": "beiratswahl-bekanntmachung",
        "format_version": 1,
        "kind": kind,
        "number": number,
        "heading": notice.kind,
        "title": notice.title,
        "subtitle": notice.subtitle,
        "authority": notice.letterhead.municipality,
        "council": council,
        "election_day": election_day.isoformat(),
        "dated_on": notice.dated_on.isoformat(),
        "place": notice.place,
        "signatory": notice.signatory,
        "signatory_office": notice.signatory_office,
        "contact": {
            "office": notice.letterhead.office,
            "address": list(notice.letterhead.address),
            "lines": list(notice.letterhead.contact),
        },
        "sections": [
            {"heading": section.heading, "small": section.small, "blocks": [_block(block) for block in section.blocks]}
            for section in notice.sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Items):
        return {"type": "items", "entries": list(block.entries)}
    if isinstance(block, Facts):
        return {"type": "facts", "pairs": [list(pair) for pair in block.pairs]}
    if isinstance(block, Table):
        return {"type": "table", "head": list(block.head), "rows": [list(row) for row in block.rows]}
    if isinstance(block, SignatureLines):
        return {"type": "signatures", "signers": [list(signer) for signer in block.signers]}
    return {"type": "text", "text": block}
