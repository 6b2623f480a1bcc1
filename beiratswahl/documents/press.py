"""Druck: HTML of our own templates in, one file that is PDF/A-3a and PDF/UA-1 out. The only place that knows WeasyPrint.

The same input gives the same bytes on every machine: own font files only, no clock, and an identifier made from the content.
"""

import itertools
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from typing import Any

import pydyf
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from beiratswahl import __version__, paths, words
from beiratswahl.documents import typeface
from beiratswahl.documents.inlay import Inlay, insert

CITATION = re.compile(r"(?<=§) |(?<=\bAbs\.) |(?<=\bNr\.) |(?<=\bSatz) |(?<=\d) (?=(?:Abs\.|Nr\.|Satz|KWG|KWO|GemO|LKO)(?!\w))")

NOTHING = Inlay(b"")

# ISO 19005-3, 6.1.7.1: a last byte CR before the LF of "endstream" reads as one line end, and the length as wrong
HALF_A_LINE_END = b"\r\nendstream"
PDFUA = b"""
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


class OutsideAddress(ValueError):
    """A document, or a picture in it, asks for something that is neither our font nor inside the document."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Beigefügte Datei: a file inside the PDF.

    Attributes:
        name: file name with its ending, e.g. "ergebnis.json"; the ending decides the media type.
        description: German description for readers.
        content: the bytes.
    """

    name: str
    description: str
    content: bytes


def compose(template: str, **context: object) -> str:
    """Satz: fill a template of templates/documents; an unknown name in the template is an error, text is escaped.

    Args:
        template: file name inside templates/documents.
        context: what the template prints.
    """
    return _environment().get_template(template).render(**context)


def print_pdf(
    html: str,
    *,
    title: str,
    created_at_utc: datetime,
    modified_at_utc: datetime,
    attachments: Sequence[Enclosure] = (),
    inlay: Inlay = NOTHING,
) -> bytes:
    """Druck: one tagged file, PDF/A-3a and PDF/UA-1 at once, in German, with the title shown.

    Args:
        html: a whole document, best from `compose`; it can load nothing from outside, only `data:` pictures.
        title: title of the document, shown by readers in place of the file name.
        created_at_utc: moment in UTC written into the file as its creation.
        modified_at_utc: moment in UTC of the last change.
        attachments: files to enclose, each with the relationship "Data".
        inlay: words and lines drawn on the first page, over those of the document.

    Returns:
        The bytes; the same input gives the same bytes.

    Raises:
        typeface.FontsMissing: a font file is not installed.
        typeface.UnprintableCharacter: the text needs a script that our fonts do not have.
        OutsideAddress: the document asks for a file or an address.
        ValueError: a moment carries no time zone.
    """
    typeface.refuse_foreign_characters(html)
    fonts = FontConfiguration()
    fetcher = _OwnFilesOnly()
    document = HTML(string=html, url_fetcher=fetcher).render(
        font_config=fonts,
        stylesheets=[CSS(string=typeface.rules() + _style(), font_config=fonts, url_fetcher=fetcher)],
        pdf_variant="pdf/a-3a",
    )
    document.metadata.title = title
    document.metadata.lang = "de"
    document.metadata.generator = f"beiratswahl {__version__}"
    document.metadata.created = _stamp(created_at_utc)
    document.metadata.modified = _stamp(modified_at_utc)
    identifier = _identifier(html, title, created_at_utc, modified_at_utc, attachments, inlay)
    for spare in itertools.count():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its own colour profile open
            data: bytes = document.write_pdf(
                pdf_variant="pdf/a-3a",
                pdf_identifier=identifier,
                finisher=partial(_finish, inlay, spare),
                attachments=[_attachment(enclosure, created_at_utc, modified_at_utc) for enclosure in attachments],
            )
        # The table of objects is made at the very end: an empty object more gives it another last byte.
        if HALF_A_LINE_END not in data:
            break
    if fetcher.refused:
        raise OutsideAddress(f"a document tried to load {', '.join(address[:80] for address in fetcher.refused)}")
    return data


def _attachment(enclosure: Enclosure, created: datetime, modified: datetime) -> Attachment:
    return Attachment(
        file_obj=BytesIO(enclosure.content),
        name=enclosure.name,
        description=enclosure.description,
        relationship="Data",
        created=created.astimezone(UTC),
        modified=modified.astimezone(UTC),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(paths.shipped("templates") / "documents"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=words.number,
        decimal=words.decimal,
        long_date=words.long_date,
        weekday_date=words.weekday_date,
        council_genitive=words.council_genitive,
        law=keep_citation_together,
    )
    environment.globals.update(percent=words.percent, counted=words.counted)
    return environment


def keep_citation_together(text: str) -> str:
    """Zitat: "§ 65 Abs. 1 KWO" stays on one line: no break after §, Abs., Nr. and Satz, none between a number and its statute."""
    return CITATION.sub(words.NO_BREAK, text)


def _style() -> str:
    return (paths.shipped("templates") / "documents" / "documents.css").read_text(encoding="utf-8")


class _OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Nothing from outside: our font files and pictures inside the document; everything else is remembered and stops the print."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"file", "data"})
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        if url not in typeface.addresses() and not url.startswith("data:image/"):
            self.refused.append(url)
            raise ValueError("only our own fonts and pictures inside the document are loaded")
        return super().fetch(url, headers)


def _finish(inlay: Inlay, spare: int, _document: Any, pdf: Any) -> None:
    """What the archive format asks and WeasyPrint leaves out: readable XMP, the PDF/UA mark, each enclosure once, true letters."""
    if inlay is not NOTHING:
        insert(inlay, pdf)
    for item in pdf.objects:
        if getattr(item, "extra", {}).get("Type") == "/Metadata":
            item.compress = False  # ISO 19005-3, 6.6.2.1: metadata without a filter
            xmp = item.stream[0]
            end = xmp.rindex(b"</rdf:RDF>")
            item.stream[0] = xmp[:end] + PDFUA + xmp[end:]
        if isinstance(item, dict) and "ToUnicode" in item:
            typeface.name_true_letters(item["BaseFont"].decode(), pdf.objects[int(item["ToUnicode"].split()[0])].stream)
    for item in pdf.objects:
        if getattr(item, "compress", False) and item.data.endswith(HALF_A_LINE_END):
            item.compress = False
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary({}))
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _stamp(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be written into a document")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _identifier(html: str, title: str, created: datetime, modified: datetime, attachments: Sequence[Enclosure], inlay: Inlay) -> bytes:
    digest = sha256(inlay.content)
    for part in (html, title, _stamp(created), _stamp(modified)):
        digest.update(part.encode() + b"\0")
    for enclosure in attachments:
        digest.update(enclosure.name.encode() + b"\0" + sha256(enclosure.content).digest())
    return digest.hexdigest()[:32].encode()
