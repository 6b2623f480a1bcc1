"""Dateien für Programme: tables, rules, feed, sitemap, catalogue, and the page that explains them."""

from flask import Blueprint, Response, abort, url_for

from beiratswahl.access import archive
from beiratswahl.access.gates import public
from beiratswahl.public import answers, catalogue, feed, open_data, statewide
from beiratswahl.public.addresses import places
from beiratswahl.public.elections import PublicElection, every
from beiratswahl.public.languages import add_page, offered
from beiratswahl.public.publication import Version, version_of
from beiratswahl.store.read import published

ELECTION = "/wahl/<int:election_id>"
VERSION = f"{ELECTION}/fassung/<int:number>"
CSV = "text/csv; charset=utf-8"
#: media types of the files of an election
FILES = {
    "result_json": "application/json",
    "result_csv": "text/csv",
    "announcement": "application/pdf",
    "districts_csv": "text/csv",
    "area_csv": "text/csv",
    "names_csv": "text/csv",
    "rules_json": "application/json",
}
GENERAL_PAGES = ("start", "council", "open_data", "accessibility", "privacy")
PAGES = (*GENERAL_PAGES, "election", "candidates", "notices", "notice", "result", "seats")
GENERAL: tuple[dict[str, object], ...] = ({},)


def add_to(door: Blueprint) -> None:
    """Hang the files; what names no version shows the newest one."""
    add_page(door, "/offene-daten", "open_data", explained)
    door.add_url_rule("/wahlen.csv", "elections_csv", elections_csv)
    door.add_url_rule("/wahlen-tabelle.json", "elections_table", elections_table)
    door.add_url_rule("/wahlen-felder.csv", "fields_csv", fields_csv)
    door.add_url_rule("/neues.atom", "feed", news)
    door.add_url_rule("/sitemap.xml", "sitemap", sitemap)
    door.add_url_rule("/robots.txt", "robots", robots)
    door.add_url_rule("/katalog.jsonld", "catalogue", dcat)
    for place in (ELECTION, VERSION):
        door.add_url_rule(f"{place}/Open-Data-<ags>-Beiratswahl-Stimmbezirk.csv", "districts_csv", districts_csv)
        door.add_url_rule(f"{place}/Open-Data-<ags>-Beiratswahl-Wahlgebiet.csv", "area_csv", area_csv)
        door.add_url_rule(f"{place}/namen.csv", "names_csv", names_csv)
        door.add_url_rule(f"{place}/regeln.json", "rules_json", rules_json)


@public
def explained() -> Response:
    """Offene Daten erklärt."""
    return answers.page("open_data.html", versions=_newest())


@public
def elections_csv() -> Response:
    """Alle Wahlen als Tabelle."""
    return answers.file(statewide.statewide_csv(_newest()), CSV, download_as="wahlen.csv")


@public
def elections_table() -> Response:
    """Dieselbe Tabelle für Programme, mit ihren Feldern."""
    return answers.data(statewide.statewide_json(_newest()))


@public
def fields_csv() -> Response:
    """Felder dieser Tabelle mit ihrer Bedeutung."""
    return answers.file(statewide.fields_csv(), CSV, download_as="wahlen-felder.csv")


@public
def districts_csv(election_id: int, ags: str, number: int | None = None) -> Response:
    """Stimmbezirke im Format von votemanager."""
    return answers.file(open_data.districts_csv(_version(election_id, number, ags)), CSV, download_as=_name(ags, "Stimmbezirk"))


@public
def area_csv(election_id: int, ags: str, number: int | None = None) -> Response:
    """Wahlgebiet im Format von votemanager."""
    return answers.file(open_data.area_csv(_version(election_id, number, ags)), CSV, download_as=_name(ags, "Wahlgebiet"))


@public
def names_csv(election_id: int, number: int | None = None) -> Response:
    """Namen zu den Spalten."""
    return answers.file(open_data.names_csv(_version(election_id, number)), CSV, download_as="namen.csv")


@public
def rules_json(election_id: int, number: int | None = None) -> Response:
    """Regeln, Lose und Rechenschritte."""
    return answers.data(open_data.rules_and_steps(_version(election_id, number)))


@public
def news() -> Response:
    """Was veröffentlicht wurde, als Atom-Feed."""
    entries = feed.news(every(), _place)
    return answers.file(feed.atom(entries, _absolute("start"), _absolute("feed")), "application/atom+xml; charset=utf-8")


@public
def sitemap() -> Response:
    """Seiten für Suchmaschinen."""
    elections = every()
    pages = [
        url_for(f"public.{name}", language=language.code, _external=True, **place)  # type: ignore[arg-type]  # parts of the address
        for name in PAGES
        for place in (GENERAL if name in GENERAL_PAGES else _newest_places(name, elections))
        for language in offered()
    ]
    return answers.file(catalogue.sitemap(pages), "application/xml; charset=utf-8")


@public
def robots() -> Response:
    """Was Suchmaschinen lesen sollen."""
    return answers.file(catalogue.robots(_absolute("sitemap")), "text/plain; charset=utf-8")


@public
def dcat() -> Response:
    """Katalog für Datenportale."""
    return answers.data(catalogue.dcat(_newest(), _absolute("start"), _address, FILES), "application/ld+json")


def _newest() -> tuple[Version, ...]:
    return tuple(version_of(view) for view in published.newest(archive.session()))


def _version(election_id: int, number: int | None, ags: str | None = None) -> Version:
    views = [view for view in published.versions(archive.session(), election_id) if number in (None, view.number)]
    version = version_of(views[0] if views else abort(404))
    return version if ags in (None, version.ags) else abort(404)


def _address(endpoint: str, version: Version) -> str:
    """Address of a page or file of exactly this version."""
    place: dict[str, object] = {"election_id": version.election_id}
    if endpoint != "election":
        place["number"] = version.number
    if endpoint in {"districts_csv", "area_csv"}:
        place["ags"] = version.ags
    return url_for(f"public.{endpoint}", _external=True, **place)  # type: ignore[arg-type]  # parts of the address


def _place(endpoint: str, election_id: int, **place: int) -> str:
    return url_for(f"public.{endpoint}", election_id=election_id, _external=True, **place)  # type: ignore[arg-type]  # parts of the address


def _newest_places(name: str, elections: tuple[PublicElection, ...]) -> list[dict[str, object]]:
    """Places of a page without its older versions, in their order."""
    found = [{key: value for key, value in place.items() if key in ("election_id", "notice")} for place in places(name, elections)]
    return [place for at, place in enumerate(found) if place and place not in found[:at]]


def _absolute(endpoint: str) -> str:
    return url_for(f"public.{endpoint}", _external=True)


def _name(ags: str, level: str) -> str:
    return f"Open-Data-{ags}-Beiratswahl-{level}.csv"
