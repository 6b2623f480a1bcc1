"""Niederschrift mit Zählliste und Schnellmeldung eines abgeschlossenen Stimmbezirks zum Herunterladen (KWO §§ 58, 59)."""

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import holding
from beiratswahl.access.roles import Permission
from beiratswahl.operations.counting_records import QUICK_REPORT, RECORD, TALLY_LIST, document
from beiratswahl.operations.desk import Refused


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>/abschluss"
    door.add_url_rule(f"{at}/niederschrift.pdf", "record_pdf", record_pdf)
    door.add_url_rule(f"{at}/<int:closing>/niederschrift.pdf", "earlier_record_pdf", earlier_record_pdf)
    door.add_url_rule(f"{at}/zaehlliste.pdf", "tally_list_pdf", tally_list_pdf)
    door.add_url_rule(f"{at}/schnellmeldung.pdf", "quick_report_pdf", quick_report_pdf)


@holding(Permission.CLOSE_COUNT)
def record_pdf(district_id: int) -> ResponseReturnValue:
    """Niederschrift des letzten Abschlusses."""
    return _answer(district_id, RECORD, None)


@holding(Permission.CLOSE_COUNT)
def earlier_record_pdf(district_id: int, closing: int) -> ResponseReturnValue:
    """Niederschrift eines früheren Abschlusses."""
    return _answer(district_id, RECORD, closing)


@holding(Permission.CLOSE_COUNT)
def tally_list_pdf(district_id: int) -> ResponseReturnValue:
    """Zählliste des letzten Abschlusses, Anlage der Niederschrift."""
    return _answer(district_id, TALLY_LIST, None)


@holding(Permission.CLOSE_COUNT)
def quick_report_pdf(district_id: int) -> ResponseReturnValue:
    """Schnellmeldung des letzten Abschlusses."""
    return _answer(district_id, QUICK_REPORT, None)


def _answer(district_id: int, kind: str, closing: int | None) -> Response:
    try:
        found = document(archive.session(), district_id, kind, closing)
    except Refused:
        abort(404)
    return Response(found.pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{found.name}"'})
