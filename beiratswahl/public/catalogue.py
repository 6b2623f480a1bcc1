"""Verzeichnisse für Programme: feed of what was published, sitemap, robots, DCAT catalogue. All addresses are given, none is made here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from beiratswahl import words
from beiratswahl.public.publication import Version

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: § 5 Abs. 1 UrhG: official announcements are nobody's property
LICENCE = "http://dcat-ap.de/def/licenses/officialWork"
THEME = "http://publications.europa.eu/resource/authority/data-theme/GOVE"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/DEU"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
Address = Callable[[str, Version], str]


def feed(versions: Sequence[Version], start: str, itself: str, page: Address) -> bytes:
    """Atom-Feed: an entry per published version and per withdrawal, the newest first."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "de"})
    happened = [(of.published_at_utc, False, of) for of in versions]
    happened += [(of.withdrawn_at_utc, True, of) for of in versions if of.withdrawn_at_utc]
    happened.sort(key=lambda one: (one[0], one[2].election_id, one[2].number), reverse=True)
    _texts(root, {"id": start, "title": "Ergebnisse der Beiratswahlen", "updated": _moment(happened[0][0]) if happened else NEVER})
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    SubElement(root, "link", {"href": start})
    SubElement(SubElement(root, "author"), "name").text = "Wahlamt"
    for at, withdrawn, version in happened:
        entry = SubElement(root, "entry")
        address = page("result", version)
        title, summary = _entry(version, withdrawn)
        identity = f"{address}#zurueckgezogen" if withdrawn else address
        _texts(entry, {"id": identity, "title": title, "updated": _moment(at), "summary": summary})
        SubElement(entry, "link", {"href": address})
    return _xml(root)


def sitemap(pages: Iterable[str]) -> bytes:
    """Sitemap of the pages for people; files are found from there."""
    root = Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        SubElement(SubElement(root, "url"), "loc").text = page
    return _xml(root)


def robots(sitemap_address: str) -> bytes:
    """robots.txt: everything public may be found; the doors of the officials are left out."""
    return f"User-agent: *\nDisallow: /amt/\nDisallow: /auszaehlung/\nDisallow: /anmelden\nSitemap: {sitemap_address}\n".encode()


def dcat(versions: Iterable[Version], start: str, page: Address, files: Mapping[str, str]) -> dict[str, object]:
    """DCAT-Katalog as JSON-LD: a dataset per election with its files.

    Args:
        versions: the newest version of every election.
        start: address of the start page.
        page: gives an address by endpoint and version.
        files: media type by endpoint of the file.
    """
    return {
        "@context": CONTEXT,
        "@id": start,
        "@type": "dcat:Catalog",
        "dct:title": "Ergebnisse der Wahlen zum Beirat für Migration und Integration",
        "dct:language": {"@id": LANGUAGE},
        "foaf:homepage": {"@id": start},
        "dcat:dataset": [_dataset(version, page, files) for version in versions],
    }


def _dataset(version: Version, page: Address, files: Mapping[str, str]) -> dict[str, object]:
    return {
        "@id": page("election", version),
        "@type": "dcat:Dataset",
        "dct:title": f"Wahl am {words.short_date(version.election_day)}: {version.body}",
        "dct:description": f"{_state(version)} mit Stimmen, Sitzen, Stimmbezirken, Regeln und Rechenschritten.",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": version.authority},
        "dct:issued": {"@type": "xsd:dateTime", "@value": _moment(version.published_at_utc)},
        "dcat:version": str(version.number),
        "dcat:theme": {"@id": THEME},
        "dct:language": {"@id": LANGUAGE},
        "dcat:landingPage": {"@id": page("result", version)},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:accessURL": {"@id": page(endpoint, version)},
                "dcat:downloadURL": {"@id": page(endpoint, version)},
                "dcat:mediaType": media_type,
                "dct:license": {"@id": LICENCE},
            }
            for endpoint, media_type in files.items()
        ],
    }


def _entry(version: Version, withdrawn: bool) -> tuple[str, str]:
    where = f"{version.authority}, Wahl am {words.short_date(version.election_day)}"
    if withdrawn:
        return f"{where}: Fassung {version.number} zurückgezogen", version.withdrawal_notice
    if version.interim:
        return f"{where}: {_state(version)}", version.note or "Sitze werden erst berechnet, wenn alle Stimmbezirke ausgezählt sind."
    turnout = words.percent(version.voters, version.eligible)
    return f"{where}: {_state(version)}", version.note or f"Wahlbeteiligung {turnout}, {words.counted(version.seats, 'Sitz', 'Sitze')}."


def _state(version: Version) -> str:
    if version.interim:
        return f"Zwischenstand: {version.interim.counted} von {version.interim.districts} Stimmbezirken (Fassung {version.number})"
    return f"{'Endgültiges' if version.final else 'Vorläufiges'} Ergebnis (Fassung {version.number})"


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _texts(parent: Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        SubElement(parent, name).text = text


def _xml(root: Element) -> bytes:
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
