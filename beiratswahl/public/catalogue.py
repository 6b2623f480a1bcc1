"""Verzeichnisse für Programme: sitemap, robots, DCAT catalogue. All addresses are given, none is made here."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from beiratswahl import words
from beiratswahl.public.publication import Version

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


def sitemap(pages: Iterable[str]) -> bytes:
    """Sitemap of the pages for people; files are found from there."""
    root = Element("urlset", {"xmlns": SITEMAP})
    for page in pages:
        SubElement(SubElement(root, "url"), "loc").text = page
    return as_xml(root)


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
        "dct:description": f"{state_of(version)} mit Stimmen, Sitzen, Stimmbezirken, Regeln und Rechenschritten.",
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": version.authority},
        "dct:issued": {"@type": "xsd:dateTime", "@value": moment_of(version.published_at_utc)},
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


def state_of(version: Version) -> str:
    """What a version is, in German."""
    if version.interim:
        return f"Zwischenstand: {version.interim.counted} von {version.interim.districts} Stimmbezirken (Fassung {version.number})"
    return f"{'Endgültiges' if version.final else 'Vorläufiges'} Ergebnis (Fassung {version.number})"


def moment_of(at: datetime) -> str:
    """Moment in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def put_texts(parent: Element, texts: Mapping[str, str]) -> None:
    """Elements with a text each."""
    for name, text in texts.items():
        SubElement(parent, name).text = text


def as_xml(root: Element) -> bytes:
    """The document."""
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
