"""Ergebnisse: the result in every version, how the seats were computed, and the files."""

from collections.abc import Sequence
from fractions import Fraction

from flask import Blueprint, Response, abort, url_for

from beiratswahl.access import archive
from beiratswahl.access.gates import public
from beiratswahl.paths import shipped
from beiratswahl.public import answers, calculation, charts, comparison
from beiratswahl.public.elections import election_of
from beiratswahl.public.languages import add_page
from beiratswahl.public.publication import Version, version_of
from beiratswahl.store.read import published

ELECTION = "/wahl/<int:election_id>"
VERSION = f"{ELECTION}/fassung/<int:number>"
RECOMPUTATION = {True: "nachrechnen_verhaeltniswahl.py", False: "nachrechnen_mehrheitswahl.py"}


def add_to(door: Blueprint) -> None:
    """Hang the pages; what names no version shows the newest one."""
    door.add_url_rule("/wahlen.json", "elections_json", elections_json)
    door.add_url_rule(f"{ELECTION}.json", "versions_json", versions_json)
    add_page(door, f"{ELECTION}/ergebnis", "result", result)
    add_page(door, VERSION, "result", result)
    for place in (ELECTION, VERSION):
        add_page(door, f"{place}/berechnung", "seats", seats)
        door.add_url_rule(f"{place}/nachrechnen.py", "recomputation", recomputation)
        door.add_url_rule(f"{place}/bekanntmachung.pdf", "announcement", announcement)
        door.add_url_rule(f"{place}/ergebnis.json", "result_json", result_json)
        door.add_url_rule(f"{place}/ergebnis.csv", "result_csv", result_csv)


@public
def elections_json() -> Response:
    """The same as JSON."""
    return answers.data([{**_described(version), "details": _absolute("versions_json", version.election_id)} for version in _newest()])


@public
def versions_json(election_id: int) -> Response:
    """The versions of an election as JSON."""
    return answers.data([_described(version) for version in _versions(election_id)])


@public
def result(election_id: int, number: int | None = None) -> Response:
    """Ergebnis in one version."""
    place = election_of(election_id)
    version = _chosen(place.versions, number)
    return answers.page(
        "interim.html" if version.interim else "result.html",
        place=place,
        shown=version,
        versions=place.versions,
        circle=charts.half_circle(version),
        bars=charts.list_bars(version),
        person_bars=charts.person_bars(version.elected),
        files=_sizes(version),
        comparison=None if version.interim else comparison.compare(version, _newest()),
    )


@public
def seats(election_id: int, number: int | None = None) -> Response:
    """Berechnung der Sitze, step by step."""
    place = election_of(election_id)
    version = _allocated(_chosen(place.versions, number))
    return answers.page(
        "seats.html",
        place=place,
        shown=version,
        versions=place.versions,
        lists={of.number: of for of in version.lists},
        explanation=calculation.explain(version),
        cut=calculation.cut_of(version),
        program=_program(version),
        half=Fraction(1, 2),
    )


@public
def recomputation(election_id: int, number: int | None = None) -> Response:
    """Programm zum Nachrechnen."""
    version = _allocated(_chosen(_versions(election_id), number))
    return answers.file(_program(version).encode(), "text/x-python; charset=utf-8", download_as="nachrechnen.py")


@public
def announcement(election_id: int, number: int | None = None) -> Response:
    """Bekanntmachung as PDF."""
    content = published.pdf(archive.session(), election_id, _number(election_id, number))
    return answers.file(content or abort(404), "application/pdf", immutable=number is not None)


@public
def result_json(election_id: int, number: int | None = None) -> Response:
    """Ergebnis as JSON, byte for byte as hashed."""
    content = published.json_text(archive.session(), election_id, _number(election_id, number))
    return answers.file((content or abort(404)).encode(), "application/json", immutable=number is not None)


@public
def result_csv(election_id: int, number: int | None = None) -> Response:
    """Ergebnis as CSV."""
    content = published.csv(archive.session(), election_id, _number(election_id, number))
    return answers.file(
        (content or abort(404)).encode(), "text/csv; charset=utf-8", download_as="ergebnis.csv", immutable=number is not None
    )


def _newest() -> tuple[Version, ...]:
    return tuple(version_of(view) for view in published.newest(archive.session()))


def _versions(election_id: int) -> tuple[Version, ...]:
    """The newest first; an election that does not exist and one without publication are the same 404."""
    found = tuple(version_of(view) for view in published.versions(archive.session(), election_id))
    return found or abort(404)


def _chosen(versions: Sequence[Version], number: int | None) -> Version:
    if number is None:
        return versions[0] if versions else abort(404)
    return next((version for version in versions if version.number == number), None) or abort(404)


def _allocated(version: Version) -> Version:
    """While districts are missing nothing is computed that could be explained."""
    return abort(404) if version.interim else version


def _number(election_id: int, number: int | None) -> int:
    return _versions(election_id)[0].number if number is None else number


def _sizes(version: Version) -> dict[str, int]:
    """Bytes of each file, so that nobody with a small data plan is surprised."""
    session, key = archive.session(), (version.election_id, version.number)
    return {
        "pdf": published.pdf_size(session, *key) or 0,
        "csv": len((published.csv(session, *key) or "").encode()),
        "json": len((published.json_text(session, *key) or "").encode()),
    }


def _program(version: Version) -> str:
    return (shipped("templates") / "public" / RECOMPUTATION[version.proportional]).read_text(encoding="utf-8")


def _described(version: Version) -> dict[str, object]:
    def address(endpoint: str) -> str:
        return _absolute(endpoint, version.election_id, version.number)

    return {
        "authority": version.authority,
        "council": version.council,
        "election_day": version.election_day.isoformat(),
        "system": version.system,
        "seats": version.seats,
        "eligible": version.eligible,
        "voters": version.voters,
        "version": version.number,
        "label": version.label,
        "published_at": version.published_at_utc.isoformat(),
        **({"districts_counted": version.interim.counted, "districts": version.interim.districts} if version.interim else {}),
        "note": version.note,
        "withdrawn_at": version.withdrawn_at_utc.isoformat() if version.withdrawn_at_utc else None,
        "withdrawal_notice": version.withdrawal_notice,
        "sha256": version.sha256,
        "pdf_signed_by": version.signed_by or None,
        "page": address("result"),
        "json": address("result_json"),
        "csv": address("result_csv"),
        "pdf": address("announcement"),
    }


def _absolute(endpoint: str, election_id: int, number: int | None = None) -> str:
    return url_for(f"public.{endpoint}", election_id=election_id, number=number, _external=True)
